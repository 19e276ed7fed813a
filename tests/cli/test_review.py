"""dcscan review: decisions out of a workbook and back into every later scan."""
import csv
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap
from book import Book

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS, REVIEW, TABLES, IMPORTANT = "数据分类分级清单", "待人工确认", "数据资产清单", "重要数据候选清单"
LEVEL, CATEGORY, REASON, REVIEWER = "最终级别", "最终分类编码", "理由", "确认人"

SCHEMA = """
CREATE TABLE supplier ( -- 供应商档案
  id INTEGER PRIMARY KEY, -- 主键
  supplier_name TEXT, -- 供应商名称
  contact_phone TEXT, -- 联系人手机
  purchase_price REAL -- 采购单价
);
CREATE TABLE odd ("a/b%c" TEXT, "=1+1" TEXT, zx7v TEXT);
"""


class Review(unittest.TestCase):
    """Each test has a copy of a plant that was scanned once."""

    @classmethod
    def setUpClass(cls):
        cls.template = tempfile.TemporaryDirectory(prefix="dcscan-review-")
        cls.path = pathlib.Path(cls.template.name)
        cls.sql(SCHEMA)
        connection = sqlite3.connect(cls.path / "plant.db")
        connection.executemany("INSERT INTO supplier VALUES (?, ?, ?, ?)",
                               [(i, "示例%d有限公司" % i, "138%08d" % (10000000 + i * 37), i * 1.5) for i in range(60)])
        connection.executemany("INSERT INTO odd VALUES (?, ?, ?)", [("x%d" % i, "y", "z%d" % i) for i in range(20)])
        connection.commit()
        connection.close()
        (cls.path / "dcscan.yaml").write_text("sources:\n  - {name: plant, connection: \"Driver=SQLite3;Database=plant.db\"}\n",
                                              encoding="utf-8")
        cls.scan()

    @classmethod
    def tearDownClass(cls):
        cls.template.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dcscan-review-")
        self.addCleanup(self.folder.cleanup)
        type(self).path = pathlib.Path(self.folder.name) / "plant"
        shutil.copytree(self.template.name, self.path)

    @classmethod
    def sql(cls, text):
        connection = sqlite3.connect(cls.path / "plant.db")
        connection.executescript(text)
        connection.commit()
        connection.close()

    @classmethod
    def dcscan(cls, *args):
        environment = dict(os.environ, XDG_STATE_HOME=str(cls.path / "state"), XDG_CONFIG_HOME=str(cls.path / "none"),
                           HOME=str(cls.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")
        return subprocess.run([DCSCAN, *map(str, args)], cwd=cls.path, env=environment, stdin=subprocess.DEVNULL,
                              text=True, capture_output=True, timeout=120)

    def run_ok(self, *args, code=0):
        done = self.dcscan(*args)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    @classmethod
    def scan(cls):
        done = cls.dcscan("scan", "-o", "inventory.xlsx", "--quiet")
        assert done.returncode == 0, done.stderr

    def report(self, *args):
        self.run_ok("report", *args, "-o", "inventory.xlsx", "-o", "inventory.jsonl", "--quiet")
        lines = (self.path / "inventory.jsonl").read_text(encoding="utf-8").splitlines()
        return {(row["table"], row["column"]): row for row in map(json.loads, lines)}

    def book(self):
        return Book(self.path / "inventory.xlsx")

    def decide(self, column, book=None, sheet=COLUMNS, **texts):
        """Fills a row of the workbook; saves it as filled.xlsx."""
        book = book or self.book()
        page = book.sheet(sheet)
        page.fill(page.find(字段名=column), **texts)
        book.save(self.path / "filled.xlsx")
        return book

    def import_json(self, *args, code=0, file="filled.xlsx"):
        return json.loads(self.run_ok("review", "import", file, "--format", "json", *args, code=code).stdout)

    def listed(self):
        return [json.loads(line) for line in self.run_ok("review", "list", "--format", "json").stdout.splitlines()]


class Import(Review):
    def test_a_decision_is_kept_with_who_when_and_why(self):
        self.decide("contact_phone", 最终级别="重要", 理由="达到一千万人", 确认人="张三")
        self.assertEqual(self.import_json()["decisions"], 1)
        decision, = self.listed()
        self.assertEqual((decision["reviewer"], decision["reason"], decision["level"], decision["category"]),
                         ("张三", "达到一千万人", "important", "P1-02"))
        self.assertRegex(decision["decided_at"], r"^20\d\d-\d\d-\d\dT")
        log = self.run_ok("review", "log", "--format", "json").stdout.splitlines()
        batch = json.loads(log[0])
        self.assertEqual((batch["kind"], batch["file"], batch["run"], batch["decisions"]), ("import", "filled.xlsx", 1, 1))
        self.assertRegex(batch["file_sha256"], "^[0-9a-f]{64}$")
        self.assertTrue(batch["account"])

    def test_a_decision_that_a_renamed_table_left_behind_is_told(self):
        self.decide("contact_phone", 最终级别="重要", 理由="达到一千万人", 确认人="张三")
        self.import_json()
        self.sql("ALTER TABLE supplier RENAME TO vendor")
        self.scan()
        told = [json.loads(line) for line in self.run_ok("diff", "--format", "json").stdout.splitlines()]
        gone, = [one for one in told if one["change"] == "gone-review"]
        self.assertEqual((gone["table"], gone["column"], gone["before"], gone["regrade"]), ("vendor", "contact_phone", "P1-02, important", True))
        self.assertTrue(gone["after"].startswith("P1-02, "), gone)
        self.run_ok("diff", "--fail-on", "gone-review", code=1)

    def test_an_untouched_workbook_decides_nothing(self):
        told = self.import_json(file="inventory.xlsx")
        self.assertEqual((told["decisions"], told["problems"]), (0, []))
        self.assertGreater(told["rows"], 7)
        self.assertEqual(self.listed(), [])

    def test_a_reviewer_alone_confirms_what_is_proposed(self):
        self.decide("purchase_price", 确认人="李四")
        self.import_json()
        decision, = self.listed()
        self.assertEqual((decision["category"], decision["level"], decision["proposed_level"]), ("D1-03", "3", 3))

    def test_sorted_filtered_moved_and_thinned_out_workbooks_mean_the_same(self):
        book = self.decide("contact_phone", 最终级别="一般4级", 理由="批量", 确认人="张三")
        self.decide("a/b%c", book=book, 最终分类编码="B1-02", 理由="工艺", 确认人="张三")
        self.decide("=1+1", book=book, 最终级别="2", 理由="公开", 确认人="张三")
        sheet = book.sheet(COLUMNS)
        kept = [sheet.find(字段名=name) for name in ("=1+1", "contact_phone", "a/b%c")]
        sheet.reverse()
        sheet.keep(kept)
        sheet.turn_columns()
        sheet.push_down(3)
        book.save(self.path / "filled.xlsx")
        self.assertEqual(self.import_json()["decisions"], 3)
        self.assertEqual({d["column"]: (d["category"], d["level"]) for d in self.listed()},
                         {"contact_phone": ("P1-02", "4"), "a/b%c": ("B1-02", "4"), "=1+1": ("Z1-02", "2")})

    def test_english_workbooks_are_read_like_chinese_ones(self):
        self.run_ok("report", "-o", "english.xlsx", "--lang", "en", "--quiet")
        book = Book(self.path / "english.xlsx")
        sheet = book.sheet("Column inventory")
        sheet.fill(sheet.find(Column="contact_phone"), **{"Final level": "Core", "Reason of the decision": "x", "Reviewer": "Li"})
        book.save(self.path / "filled.xlsx")
        self.import_json()
        self.assertEqual(self.listed()[0]["level"], "core")

    def test_other_sheets_are_read_as_well_and_make_one_decision_with_the_first(self):
        book = self.decide("zx7v", sheet=REVIEW, 最终分类编码="b1-02", 确认人="张三")
        self.decide("zx7v", book=book, 理由="工艺参数")
        tables = book.sheet(TABLES)
        tables.fill(tables.find(表名="supplier"), 最终级别="重要", 理由="全量", 确认人="张三")
        book.save(self.path / "filled.xlsx")
        self.import_json()
        self.assertEqual({(d["table"], d["column"]): (d["category"], d["level"], d["reason"]) for d in self.listed()},
                         {("odd", "zx7v"): ("B1-02", "4", "工艺参数"), ("supplier", ""): ("", "important", "全量")})

    def test_a_number_typed_as_a_number_is_a_level(self):
        book = self.book()
        sheet = book.sheet(COLUMNS)
        row = sheet.find(字段名="contact_phone")
        sheet.put(row, LEVEL, "4", kind="n")
        sheet.fill(row, 理由="批量", 确认人="张三")
        book.save(self.path / "filled.xlsx")
        self.import_json()
        self.assertEqual(self.listed()[0]["level"], "4")

    def test_the_reviewer_may_come_from_the_command_line(self):
        self.decide("contact_phone", 最终级别="一般4级", 理由="批量")
        self.import_json("--reviewer", "王五")
        self.assertEqual(self.listed()[0]["reviewer"], "王五")

    def test_a_dry_run_keeps_nothing(self):
        self.decide("contact_phone", 确认人="张三")
        self.assertEqual(self.import_json("--dry-run")["decisions"], 1)
        self.assertEqual(self.listed(), [])

    def test_libreoffice_may_save_it(self):
        if shutil.which("soffice") is None:
            self.skipTest("soffice is not installed")
        book = self.decide("contact_phone", 最终级别="重要", 理由="达到规模", 确认人="张三")
        self.decide("a/b%c", book=book, 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        sheet = book.sheet(COLUMNS)
        sheet.reverse()
        sheet.turn_columns()
        sheet.push_down(2)
        book.save(self.path / "filled.xlsx")
        (self.path / "saved").mkdir()
        subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % self.path, "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved", "filled.xlsx"], cwd=self.path, check=True,
                       env=dict(os.environ, HOME=str(self.path)), stdin=subprocess.DEVNULL, capture_output=True, timeout=240)
        with zipfile.ZipFile(self.path / "saved" / "filled.xlsx") as saved:
            self.assertIn("xl/sharedStrings.xml", saved.namelist(), "LibreOffice writes shared strings")
        told = self.import_json(file="saved/filled.xlsx")
        self.assertEqual((told["decisions"], told["run"]), (2, 1))
        self.assertEqual({d["column"]: (d["level"], d["reviewer"]) for d in self.listed()},
                         {"contact_phone": ("important", "张三"), "a/b%c": ("4", "李四")})


class Refused(Review):
    def refused(self, kind, word, *args):
        told = self.import_json(*args, code=1)
        self.assertEqual(told["import"], 0)
        self.assertIn(kind, {problem["kind"] for problem in told["problems"]})
        self.assertTrue(any(word in problem["text"] for problem in told["problems"]), told["problems"])
        return told

    def test_a_changed_level_wants_a_reason(self):
        book = self.decide("contact_phone", 最终级别="一般2级", 确认人="张三")
        self.decide("purchase_price", book=book, 确认人="张三")
        told = self.refused("invalid", "without a reason")
        self.assertRegex(told["problems"][0]["where"], r'^sheet "数据分类分级清单", row \d+$')
        self.assertEqual(told["problems"][0]["column"], "plant.supplier.contact_phone")
        self.assertEqual(self.listed(), [], "the row that was right is not kept either")

    def test_nobody_important_without_a_reason(self):
        self.decide("contact_phone", 最终级别="重要", 确认人="张三")
        self.refused("invalid", "without a reason")

    def test_mistakes_are_all_listed(self):
        book = self.decide("contact_phone", 最终级别="五级", 确认人="张三")
        self.decide("purchase_price", book=book, 最终分类编码="Q9-99", 确认人="张三")
        self.decide("supplier_name", book=book, 最终级别="一般2级")
        sheet = book.sheet(COLUMNS)
        sheet.put(sheet.find(字段名="id"), LEVEL, "#N/A", kind="e")
        row = sheet.find(字段名="zx7v")
        sheet.fill(row, 确认人="张三", 键="plant/no/such")
        book.save(self.path / "filled.xlsx")
        told = self.refused("invalid", "unknown level", "--on-conflict", "replace")
        texts = " ".join(problem["text"] for problem in told["problems"])
        for word in ("unknown category", "names no reviewer", "holds no text", "its key is none of dcscan"):
            self.assertIn(word, texts)
        self.assertEqual(len(told["problems"]), 5)

    def test_a_workbook_that_contradicts_itself_is_refused(self):
        book = self.decide("zx7v", 最终级别="一般3级", 理由="甲", 确认人="张三")
        self.decide("zx7v", book=book, sheet=REVIEW, 最终级别="一般4级", 理由="乙", 确认人="李四")
        self.decide("purchase_price", book=book, 确认人="张三")
        self.refused("disagree", "says otherwise")
        self.assertEqual(self.import_json("--on-conflict", "skip", code=1)["decisions"], 1)
        self.assertEqual([d["column"] for d in self.listed()], ["purchase_price"])

    def test_two_reviewers_of_the_same_workbook_disagree(self):
        self.decide("contact_phone", 最终级别="一般4级", 理由="甲", 确认人="张三")
        self.import_json()
        self.decide("contact_phone", 最终级别="一般2级", 理由="乙", 确认人="李四")
        told = self.refused("decided", "张三 has decided otherwise")
        self.assertEqual(len(told["problems"]), 1)
        self.import_json("--on-conflict", "skip", code=1)
        self.assertEqual(self.listed()[0]["level"], "4")
        self.import_json("--on-conflict", "replace", code=1)
        self.assertEqual(self.listed()[0]["level"], "2")

    def test_one_reviewer_may_change_his_mind(self):
        self.decide("contact_phone", 最终级别="一般4级", 理由="甲", 确认人="张三")
        self.import_json()
        self.decide("contact_phone", 最终级别="一般2级", 理由="乙", 确认人="张三")
        self.import_json()
        self.assertEqual(self.listed()[0]["level"], "2")

    def test_a_workbook_of_an_older_run_is_compared_with_the_newest(self):
        book = self.decide("contact_phone", 最终级别="一般4级", 理由="甲", 确认人="张三")
        self.decide("purchase_price", book=book, 确认人="张三")
        self.decide("supplier_name", book=book, 确认人="张三")
        self.sql("ALTER TABLE supplier DROP COLUMN purchase_price; ALTER TABLE supplier ADD COLUMN note TEXT;")
        self.sql("ALTER TABLE supplier DROP COLUMN contact_phone; ALTER TABLE supplier ADD COLUMN contact_phone INTEGER;")
        self.scan()
        told = self.import_json(code=1)
        self.assertEqual({(p["kind"], p["column"]) for p in told["problems"]},
                         {("changed", "plant.supplier.contact_phone"), ("gone", "plant.supplier.purchase_price")})
        self.assertEqual(self.import_json("--on-conflict", "skip", code=1)["decisions"], 1)

    def test_a_workbook_of_an_older_run_without_changes_is_taken(self):
        self.decide("contact_phone", 确认人="张三")
        self.scan()
        told = self.import_json()
        self.assertEqual((told["run"], told["newest_run"], told["decisions"]), (1, 2, 1))

    def test_what_was_decided_on_a_newer_run_stands_against_an_older_workbook(self):
        self.decide("contact_phone", 最终级别="一般2级", 理由="旧", 确认人="张三")
        os.rename(self.path / "filled.xlsx", self.path / "old.xlsx")
        self.scan()
        self.decide("contact_phone", 最终级别="一般4级", 理由="新", 确认人="张三")
        self.import_json()
        told = self.import_json(file="old.xlsx", code=1)
        self.assertEqual([p["kind"] for p in told["problems"]], ["older"])

    def test_a_workbook_without_properties_asks_for_the_run(self):
        book = self.decide("contact_phone", 确认人="张三")
        book.parts["_rels/.rels"] = book.parts["_rels/.rels"].replace(b"/custom-properties", b"/other")
        book.save(self.path / "filled.xlsx")
        done = self.run_ok("review", "import", "filled.xlsx", code=2)
        self.assertIn("--run", done.stderr)
        self.import_json("--run", "1")
        done = self.run_ok("review", "import", "filled.xlsx", "--run", "9", code=2)
        self.assertIn("no such run", done.stderr)

    def test_files_that_are_no_workbook_of_dcscan_are_refused(self):
        (self.path / "x.xlsx").write_text("a,b\n", encoding="utf-8")
        self.assertIn("no workbook", self.run_ok("review", "import", "x.xlsx", code=3).stderr)
        self.assertIn("No such file", self.run_ok("review", "import", "none.xlsx", code=2).stderr)
        book = self.book()
        for part in list(book.parts):
            if "sheet" in part:
                book.parts[part] = book.parts[part].replace("键".encode(), "件".encode())
        book.save(self.path / "x.xlsx")
        self.assertIn("no sheet with the columns of a review", self.run_ok("review", "import", "x.xlsx", code=3).stderr)

    def test_entities_in_a_workbook_are_refused(self):
        book = self.decide("contact_phone", 确认人="张三")
        part = book.sheets[COLUMNS]
        book.open.clear()
        book.parts[part] = book.parts[part].replace(
            b"<worksheet", b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><worksheet", 1)
        book.save(self.path / "filled.xlsx")
        self.assertIn("document type", self.run_ok("review", "import", "filled.xlsx", code=3).stderr)
        self.assertEqual(self.listed(), [])


class Later(Review):
    def decide_all(self):
        book = self.decide("contact_phone", 最终级别="重要", 理由="达到规模", 确认人="张三")
        self.decide("zx7v", book=book, 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()

    def test_reports_of_the_run_show_the_decisions(self):
        self.decide_all()
        rows = self.report()
        phone, odd = rows[("supplier", "contact_phone")], rows[("odd", "zx7v")]
        self.assertEqual((phone["final_level"], phone["level"], phone["proposed_level"], phone["decided_by"], phone["reviewer"]),
                         ("important", 4, 3, "person", "张三"))
        self.assertEqual((odd["category"], odd["level"], odd["final_level"], odd["proposed_category"]),
                         ("B1-02", 4, "4", "Z1-04"))
        self.assertEqual(rows[("supplier", "id")]["decided_by"], "machine")
        sheet = self.book().sheet(COLUMNS)
        row = sheet.find(字段名="contact_phone")
        self.assertEqual([sheet.get(row, title) for title in (LEVEL, "建议级别", REASON, REVIEWER, "复核状态")],
                         ["重要", "一般3级", "达到规模", "张三", "已确认"])
        tables = self.book().sheet(TABLES)
        row = tables.find(表名="supplier")
        self.assertEqual([tables.get(row, title) for title in ("建议级别", "现行级别", "现行级别由哪个字段决定")],
                         ["一般3级", "重要", "contact_phone"])

    def test_what_people_decided_rolls_up_to_the_schema_and_the_source(self):
        rows = self.report()
        self.assertEqual(rows[("supplier", "contact_phone")]["source_level"], "3")
        self.decide_all()
        row = self.report()[("supplier", "id")]
        self.assertEqual([row[key] for key in ("table_level", "table_level_column", "schema_level", "schema_level_column", "source_level",
                                               "source_level_column")],
                         ["important", "contact_phone", "important", "supplier.contact_phone", "important", "supplier.contact_phone"])
        self.assertRegex(self.run_ok("report", "-o", "again.csv", "--lang", "en").stderr, r"plant +important +supplier\.contact_phone")
        with zipfile.ZipFile(self.path / "inventory.xlsx") as book:
            self.assertIn(b"supplier.contact_phone", b"".join(book.read(name) for name in book.namelist()))

    def test_a_written_out_workbook_comes_back_without_change(self):
        self.decide_all()
        self.report()
        told = self.import_json(file="inventory.xlsx")
        self.assertEqual((told["decisions"], told["problems"]), (0, []))
        self.assertGreaterEqual(told["unchanged"], 2)

    def test_decisions_outlive_every_later_scan(self):
        self.decide_all()
        for _ in range(2):
            self.scan()
        row = self.report()[("supplier", "contact_phone")]
        self.assertEqual((row["run"], row["final_level"], row["decided_by"], row["review_changes"]),
                         (3, "important", "person", []))

    def test_what_was_decided_later_leaves_earlier_runs_as_they_were(self):
        self.scan()
        self.decide_all()
        self.assertEqual(self.report("1")[("supplier", "contact_phone")]["decided_by"], "machine")

    def test_a_decision_whose_basis_has_changed_comes_up_again(self):
        self.decide_all()
        self.sql("ALTER TABLE odd DROP COLUMN zx7v; ALTER TABLE odd ADD COLUMN zx7v INTEGER;")
        self.scan()
        row = self.report()[("odd", "zx7v")]
        self.assertEqual((row["category"], row["decided_by"], row["review_changes"]), ("B1-02", "person", ["type"]))
        review = self.book().sheet(REVIEW)
        shown = review.find(字段名="zx7v")
        self.assertEqual((review.get(shown, "建议类别"), review.get(shown, LEVEL), review.get(shown, REVIEWER)), ("B1-02", "一般4级", ""))
        self.assertIn("类型", review.get(shown, "复核状态"))
        self.assertEqual({d["column"]: d["changes"] for d in self.listed()}, {"contact_phone": [], "zx7v": ["type"]})
        self.decide("zx7v", sheet=REVIEW, 确认人="李四")
        self.assertEqual(self.import_json()["decisions"], 1)
        self.assertEqual(self.report()[("odd", "zx7v")]["review_changes"], [])

    def test_undone_decisions_are_gone_and_those_before_them_back(self):
        self.decide_all()
        self.report()
        self.decide("contact_phone", 最终级别="一般2级", 理由="误判", 确认人="王五")
        self.import_json()
        self.assertEqual(self.report()[("supplier", "contact_phone")]["level"], 2)
        self.run_ok("review", "undo", "3", "--reason", "误填")
        self.assertEqual(self.report()[("supplier", "contact_phone")]["final_level"], "important")
        self.run_ok("review", "undo", "--import", "1", "--reason", "版本错误")
        self.assertEqual({row["decided_by"] for row in self.report().values()}, {"machine"})
        self.assertEqual(self.listed(), [])
        log = self.run_ok("review", "log", "--lang", "en").stdout
        self.assertIn("误填", log)
        self.assertIn("[undone #4]", log)

    def test_undoing_is_all_or_nothing_and_wants_a_reason(self):
        self.decide_all()
        self.assertIn("--reason", self.run_ok("review", "undo", "1", code=2).stderr)
        self.assertIn("decision 99", self.run_ok("review", "undo", "1", "99", "--reason", "x", code=2).stderr)
        self.assertEqual(len(self.listed()), 2)
        self.run_ok("review", "undo", "1", "--reason", "x")
        self.assertIn("undone already", self.run_ok("review", "undo", "1", "--reason", "x", code=2).stderr)

    def test_an_old_workbook_does_not_bring_back_what_was_undone(self):
        self.decide_all()
        self.report()
        self.run_ok("review", "undo", "2", "--reason", "误填")
        told = self.import_json(file="inventory.xlsx")
        self.assertEqual(told["decisions"], 0)
        self.assertEqual([d["column"] for d in self.listed()], ["zx7v"])

    def test_the_log_can_be_asked_for_a_column(self):
        self.decide_all()
        log = self.run_ok("review", "log", "*.contact_phone", "--lang", "en").stdout
        self.assertIn("plant.supplier.contact_phone  P1-02 important (P1-02 general 3)  张三", log)
        self.assertNotIn("zx7v", log)


class InForce(Review):
    """What people decided is the level of tables and sources, too."""

    def decide_core(self):
        self.decide("contact_phone", 最终级别="核心", 理由="达到规模", 确认人="张三")
        self.import_json()

    def test_tables_and_sources_take_the_final_levels(self):
        self.decide_core()
        self.report()
        assets = self.book().sheet(TABLES)
        row = assets.find(表名="supplier")
        self.assertEqual((assets.get(row, "建议级别"), assets.get(row, "现行级别")), ("一般3级", "核心"))
        row = assets.find(表名="odd")
        self.assertNotEqual(assets.get(row, "现行级别"), "核心")
        for sheet in ("sources", "overview"):
            self.run_ok("report", "-o", "a.csv", "--sheet", sheet, "--quiet")
        self.run_ok("report", "-o", "sources.csv", "--sheet", "sources", "--no-bom", "--quiet")
        with open(self.path / "sources.csv", encoding="utf-8", newline="") as file:
            self.assertEqual([row["最高级别"] for row in csv.DictReader(file)], ["核心"])

    def test_a_person_may_lower_a_table(self):
        self.decide("contact_phone", 最终级别="一般1级", 理由="公开电话", 确认人="张三")
        book = self.book()
        self.import_json()
        self.decide("purchase_price", book=book, 最终级别="一般2级", 理由="已公开", 确认人="张三")
        self.import_json()
        self.report()
        assets = self.book().sheet(TABLES)
        row = assets.find(表名="supplier")
        self.assertEqual((assets.get(row, "建议级别"), assets.get(row, "现行级别")), ("一般3级", "一般2级"))

    def test_explain_tells_who_when_and_why(self):
        self.decide_core()
        told = json.loads(self.run_ok("explain", "plant.supplier.contact_phone", "--format", "json").stdout)["review"]
        self.assertEqual((told["reviewer"], told["reason"], told["level"], told["proposed_level"], told["changes"]),
                         ("张三", "达到规模", "core", 3, []))
        self.assertRegex(told["decided_at"], r"^20\d\d-\d\d-\d\dT")
        text = self.run_ok("explain", "plant.supplier.contact_phone", "--lang", "zh").stdout
        self.assertRegex(text, r"人工结论 +#1, 张三, 20\d\d-\d\d-\d\d.*, 核心: 达到规模")
        self.assertRegex(text, "程序建议 +P1-02, 一般3级")
        self.sql("ALTER TABLE supplier DROP COLUMN contact_phone; ALTER TABLE supplier ADD COLUMN contact_phone INTEGER;")
        self.scan()
        self.assertRegex(self.run_ok("explain", "plant.supplier.contact_phone", "--lang", "en").stdout, "its basis has changed +type")
        self.assertIsNone(json.loads(self.run_ok("explain", "plant.supplier.id", "--format", "json").stdout)["review"])

    def test_regrading_learns_from_decisions_as_a_scan_does(self):
        self.decide("zx7v", 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()
        self.run_ok("regrade", "-o", "regraded.jsonl", "--quiet")
        lines = (self.path / "regraded.jsonl").read_text(encoding="utf-8").splitlines()
        row = {row["column"]: row for row in map(json.loads, lines)}["zx7v"]
        self.assertEqual((row["run"], row["proposed_category"], row["category"], row["decided_by"]), (2, "B1-02", "B1-02", "person"))
        self.assertIn("review", [line["kind"] for line in row["evidence"]])
        self.scan()
        self.assertEqual(self.report("2")[("odd", "zx7v")]["evidence"], self.report("3")[("odd", "zx7v")]["evidence"])


class Learned(Review):
    def explain(self, column):
        told = json.loads(self.run_ok("explain", column, "--format", "json").stdout)
        return told, [line for line in told["evidence"] if line["kind"] == "review"]

    def test_a_decision_is_evidence_for_its_column_in_the_next_scan(self):
        self.decide("zx7v", 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()
        self.scan()
        told, lines = self.explain("plant.odd.zx7v")
        self.assertEqual((told["category"], [line["rule"] for line in lines]), ("B1-02", ["review-column"]))
        row = self.report()[("odd", "zx7v")]
        self.assertEqual((row["proposed_category"], row["proposed_level"]), ("B1-02", 4))
        self.assertEqual(self.import_json(file="inventory.xlsx")["decisions"], 0, "learned is not decided again")

    def test_a_decision_is_evidence_for_the_name_in_tables_of_the_same_kind(self):
        self.decide("zx7v", 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()
        connection = sqlite3.connect(self.path / "second.db")
        connection.executescript("CREATE TABLE odd (ZX7V TEXT); CREATE TABLE supplier (id INTEGER PRIMARY KEY, zx7v TEXT);")
        connection.close()
        (self.path / "dcscan.yaml").write_text(
            "sources:\n  - {name: second, connection: \"Driver=SQLite3;Database=second.db\"}\n", encoding="utf-8")
        self.scan()
        rows = self.report()
        told, lines = self.explain("second.odd.ZX7V")
        self.assertEqual((told["category"], lines[0]["rule"]), ("B1-02", "review-name"))
        self.assertEqual(rows[("odd", "ZX7V")]["decided_by"], "machine")
        self.assertNotEqual(rows[("supplier", "zx7v")]["category"], "B1-02", "another kind of table")

    def test_a_decision_is_evidence_along_foreign_keys(self):
        self.sql("CREATE TABLE mould (zz9 TEXT PRIMARY KEY); CREATE TABLE shot (yy8 TEXT REFERENCES mould (zz9));")
        self.scan()
        self.decide("zz9", 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()
        self.scan()
        told, lines = self.explain("plant.shot.yy8")
        self.assertEqual([line["rule"] for line in lines], ["review-reference"])
        self.assertIn("mould.zz9", lines[0]["detail"])

    def test_undone_decisions_are_no_evidence(self):
        self.decide("zx7v", 最终分类编码="B1-02", 理由="工艺", 确认人="李四")
        self.import_json()
        self.run_ok("review", "undo", "1", "--reason", "x")
        self.scan()
        self.assertEqual(self.explain("plant.odd.zx7v")[1], [])


class Export(Review):
    def test_an_exported_overlay_decides_in_a_store_that_knows_nothing(self):
        book = self.decide("zx7v", 最终分类编码="B1-02", 理由='工艺 "甲"', 确认人="李四")
        self.decide("a/b%c", book=book, 最终级别="核心", 理由="配方", 确认人="张三")
        tables = book.sheet(TABLES)
        tables.fill(tables.find(表名="supplier"), 最终级别="重要", 理由="全量", 确认人="张三")
        book.save(self.path / "filled.xlsx")
        self.import_json()
        self.run_ok("review", "export", "-o", "decisions.yaml")
        text = (self.path / "decisions.yaml").read_text(encoding="utf-8")
        self.assertEqual(self.run_ok("review", "export").stdout, text)
        self.assertIn("# decided: core", text)
        self.assertIn('"plant.supplier" important', text)
        self.assertIn('李四', text)
        self.run_ok("scan", "--store", "other.db", "--taxonomy-overlay", "decisions.yaml", "-o", "other.jsonl", "--quiet")
        rows = {row["column"]: row for row in map(json.loads, (self.path / "other.jsonl").read_text(encoding="utf-8").splitlines())}
        self.assertEqual((rows["zx7v"]["category"], rows["zx7v"]["level"], rows["a/b%c"]["level"]), ("B1-02", 4, 4))
        self.assertNotEqual(rows["=1+1"]["category"], "B1-02")

    def test_nothing_decided_is_an_overlay_that_changes_nothing(self):
        self.run_ok("review", "export", "-o", "decisions.yaml")
        self.run_ok("taxonomy", "check", "--taxonomy-overlay", "decisions.yaml")

    def test_a_file_that_cannot_be_written_is_said_to_be(self):
        self.assertIn("could not write", self.run_ok("review", "export", "-o", "none/x.yaml", code=6).stderr)


class Usage(Review):
    def test_wrong_words_are_usage_errors(self):
        for args in ((), ("imprt", "x"), ("import",), ("import", "a", "b"), ("undo",), ("undo", "x", "--reason", "y"),
                     ("import", "inventory.xlsx", "--run", "x")):
            self.run_ok("review", *args, code=2)


if __name__ == "__main__":
    tap.main()
