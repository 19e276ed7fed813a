"""dcscan explain: the evidence of a stored run, for people and for programs."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
ROOT = pathlib.Path(__file__).resolve().parents[2]

SCHEMA = """
CREATE TABLE supplier ( -- 供应商档案
  id INTEGER PRIMARY KEY, -- 主键
  supplier_name TEXT, -- 供应商名称
  contact_phone TEXT, -- 联系人手机
  purchase_price REAL -- 采购单价
);
CREATE TABLE "odd.name" ("id_card.no" TEXT, contact_phone TEXT, x7 TEXT);
CREATE TABLE plc_connection (plc_ip TEXT, rack_slot TEXT); -- PLC连接配置
"""


class Explain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="dcscan-explain-")
        cls.path = pathlib.Path(cls.folder.name)
        connection = sqlite3.connect(cls.path / "plant.db")
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO supplier VALUES (?, ?, ?, ?)",
                               [(i, "示例%d有限公司" % i, "138%08d" % (10000000 + i * 37), i * 1.5) for i in range(150)])
        connection.commit()
        connection.close()
        (cls.path / "dcscan.yaml").write_text(
            "sources:\n  - {name: plant, connection: \"Driver=SQLite3;Database=%s\"}\n" % (cls.path / "plant.db"),
            encoding="utf-8")
        assert cls.dcscan("scan").returncode == 0

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def dcscan(cls, *args):
        environment = dict(os.environ, XDG_STATE_HOME=str(cls.path / "state"), XDG_CONFIG_HOME=str(cls.path / "none"),
                           HOME=str(cls.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")
        return subprocess.run([DCSCAN, *args], cwd=cls.path, env=environment, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=120)

    def json_of(self, column):
        done = self.dcscan("explain", column, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_evidence_adds_up_to_the_scores(self):
        told = self.json_of("plant.supplier.contact_phone")
        self.assertEqual(told["category"], "P1-02")
        for score in told["scores"]:
            lines = [line["weight"] for line in told["evidence"]
                     if line["category"] == score["category"] and line["kind"] != "level"]
            self.assertAlmostEqual(sum(lines), score["score"], places=3)
        self.assertEqual(told["scores"][0]["category"], told["category"])

    def test_without_a_deciding_line_the_runner_up_wins(self):
        told = self.json_of("plant.supplier.contact_phone")
        first, second = told["scores"][0], told["scores"][1] if len(told["scores"]) > 1 else None
        for line in told["deciding"]:
            self.assertLess(first["score"] - line["weight"], second["score"])

    def test_the_subject_of_the_table_has_its_reasons_and_the_next_one_too(self):
        told = self.json_of("plant.supplier.supplier_name")
        self.assertEqual(told["subjects"][0]["subject"], told["subject"])
        self.assertAlmostEqual(told["subjects"][0]["score"], told["subject_score"], places=3)
        for subject in told["subjects"]:
            self.assertAlmostEqual(sum(reason["weight"] for reason in subject["reasons"]), subject["score"], places=3)
        kinds = {(reason["kind"], reason["word"]) for reason in told["subjects"][0]["reasons"]}
        self.assertIn(("table_comment", "供应商档案"), kinds)
        self.assertIn("supplier_name", {reason["column"] for reason in told["subjects"][0]["reasons"]})
        scores = [subject["score"] for subject in told["subjects"]]
        self.assertEqual(scores, sorted(scores, reverse=True))
        text = self.dcscan("explain", "plant.supplier.supplier_name", "--lang", "en").stdout
        self.assertIn("what the table is about, and why", text)
        self.assertRegex(text, r'\+\d\.\d\d  table comment +"供应商档案"')
        self.assertRegex(text, "impact +the organisation: general harm")

    def test_names_may_be_short_and_in_any_case(self):
        full = self.json_of("plant.supplier.purchase_price")
        self.assertEqual(self.json_of("supplier.purchase_price"), full)
        self.assertEqual(self.json_of("PLANT.Supplier.PURCHASE_PRICE"), full)
        self.assertEqual(self.json_of("purchase_price"), full)

    def test_parts_with_points_are_quoted(self):
        told = self.json_of('plant."odd.name"."id_card.no"')
        self.assertEqual((told["table"], told["column"]), ("odd.name", "id_card.no"))
        self.assertEqual(self.json_of("plant.odd.name.id_card.no")["column"], "id_card.no")

    def test_people_read_category_level_clause_and_masked_examples(self):
        done = self.dcscan("explain", "plant.supplier.contact_phone", "--lang", "zh")
        self.assertEqual(done.returncode, 0, done.stderr)
        for text in ("P1-02", "一般", "依据", "联系人手机", "什么会改变结论", "T/WHCSA 003-2024"):
            self.assertIn(text, done.stdout)
        self.assertNotIn("13810000037", done.stdout)

    def test_the_language_follows_the_option(self):
        done = self.dcscan("explain", "plant.supplier.contact_phone", "--lang", "en")
        self.assertIn("what would change it", done.stdout)
        self.assertIn("95 %", done.stdout)

    def test_candidates_say_what_a_person_must_check(self):
        told = self.json_of("plant.plc_connection.plc_ip")
        self.assertIn("ID08", [rule["rule"] for rule in told["important"]])
        self.assertTrue(all(rule["basis"] and rule["check"] for rule in told["important"]))

    def test_an_ambiguous_name_lists_what_it_may_mean(self):
        done = self.dcscan("explain", "contact_phone")
        self.assertEqual(done.returncode, 2)
        self.assertIn("names 2 columns", done.stderr)
        self.assertIn("plant.supplier.contact_phone", done.stderr)
        self.assertIn('plant."odd.name".contact_phone', done.stderr)

    def test_an_unknown_column_suggests_those_of_its_table(self):
        done = self.dcscan("explain", "plant.supplier.contact_fone")
        self.assertEqual(done.returncode, 2)
        self.assertIn("could not find column", done.stderr)
        self.assertIn("plant.supplier.contact_phone", done.stderr)

    def test_bad_names_are_usage_errors(self):
        for name, message in (("plant.*.id", "one column at a time"), ("plant..id", "empty part"),
                              ("a.b.c.d.e.f", "more than 5 parts"), ('"a"b.c', "a point is wanted")):
            done = self.dcscan("explain", name)
            self.assertEqual(done.returncode, 2, name)
            self.assertIn(message, done.stderr)
        self.assertEqual(self.dcscan("explain").returncode, 2)

    def test_a_run_that_is_not_there_is_told(self):
        done = self.dcscan("explain", "plant.supplier.id", "--run", "99")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("99", done.stderr)


if __name__ == "__main__":
    tap.main()
