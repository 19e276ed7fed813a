"""dcscan diff: what changed between two stored runs, for people, for programs and for the exit code."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reports"))
import tap
import workbook

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
ROOT = pathlib.Path(__file__).resolve().parents[2]

BEFORE = """
CREATE TABLE supplier (id INTEGER PRIMARY KEY, supplier_name TEXT, contact_phone TEXT, purchase_price REAL);
CREATE TABLE old_stuff (a TEXT);
CREATE TABLE quality (batch TEXT, result TEXT, remark TEXT, grade TEXT);
"""
AFTER = """
DROP TABLE old_stuff;
CREATE TABLE gps_track (vin TEXT, longitude REAL, latitude REAL); -- 车辆轨迹
ALTER TABLE quality RENAME COLUMN batch TO batch_no;
ALTER TABLE quality DROP COLUMN grade;
ALTER TABLE supplier ADD COLUMN id_card_no TEXT;
UPDATE supplier SET contact_phone = substr(contact_phone, 1, 3) || '****' || substr(contact_phone, 8);
"""


class Diff(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="dcscan-diff-")
        cls.path = pathlib.Path(cls.folder.name)
        cls.change(BEFORE, "supplier", [(i, "示例%d有限公司" % i, "138%08d" % (10000000 + i * 37), i * 1.5) for i in range(100)])
        cls.change("", "quality", [("B%05d" % i, "OK", "x%d" % i, "A") for i in range(100)])
        cls.write_config("plant")
        cls.scan()
        cls.change(AFTER, "supplier", [(i, "示例%d有限公司" % i, "138****%04d" % i, i * 1.5, "11010119900307%04d" % i)
                                       for i in range(100, 150)])
        cls.change("", "gps_track", [("LSVAM4187C2184%03d" % i, 114.123456 + i / 1000, 30.512345 + i / 1000) for i in range(100)])
        cls.scan()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def change(cls, script, table, rows, database="plant"):
        connection = sqlite3.connect(cls.path / (database + ".db"))
        connection.executescript(script)
        connection.executemany("INSERT INTO %s VALUES (%s)" % (table, ", ".join("?" * len(rows[0]))), rows)
        connection.commit()
        connection.close()

    @classmethod
    def write_config(cls, *names):
        (cls.path / "dcscan.yaml").write_text("sources:\n" + "".join(
            "  - {name: %s, connection: \"Driver=SQLite3;Database=%s\"}\n" % (name, cls.path / (name + ".db")) for name in names),
            encoding="utf-8")

    @classmethod
    def scan(cls, *args):
        done = cls.dcscan("scan", *args)
        assert done.returncode in (0, 5), done.stderr
        return done

    @classmethod
    def dcscan(cls, *args, **env):
        environment = dict(os.environ, XDG_STATE_HOME=str(cls.path / "state"), XDG_CONFIG_HOME=str(cls.path / "none"), TZ="CST-8",
                           HOME=str(cls.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")
        environment.update(env)
        return subprocess.run([DCSCAN, *args], cwd=cls.path, env=environment, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=120)

    def changes(self, *args):
        done = self.dcscan("diff", "--format", "json", *args)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def kinds(self, *args):
        return {(one["change"], one["table"], one["column"]) for one in self.changes(*args)}

    def test_every_kind_of_change_is_told(self):
        self.assertLessEqual({
            ("new-table", "gps_track", None), ("gone-table", "old_stuff", None), ("volume", "supplier", None),
            ("new-column", "supplier", "id_card_no"), ("gone-column", "quality", "grade"),
            ("renamed-column", "quality", "batch_no"), ("new-masking", "supplier", "contact_phone"),
            ("new-important", "gps_track", "longitude"), ("level-up", "supplier", None)}, self.kinds("1", "2"))

    def test_objects_say_what_was_and_what_is(self):
        told = {(one["change"], one["column"]): one for one in self.changes("1", "2") if one["table"] == "supplier"}
        volume = told[("volume", None)]
        self.assertEqual((volume["before"], volume["after"], volume["regrade"]), ("100", "150", True))
        self.assertEqual((volume["run"], volume["earlier_run"]), (2, 1))
        self.assertIn("4.6", volume["basis"])
        column = told[("new-column", "id_card_no")]
        self.assertEqual((column["category"], column["level"], column["pi"]), ("P1-03", 4, "sensitive"))
        self.assertIsNone(column["before"])

    def test_what_does_not_ask_for_grading_has_no_clause(self):
        for one in self.changes("1", "2"):
            self.assertEqual(one["basis"] is not None, one["regrade"], one)
            self.assertEqual(one["regrade"], one["change"] not in ("gone-table", "renamed-table", "renamed-column", "marks"), one)

    def test_the_other_way_round_new_and_gone_change_places(self):
        self.assertLessEqual({("gone-table", "gps_track", None), ("new-table", "old_stuff", None),
                              ("gone-important", "gps_track", "longitude"), ("gone-masking", "supplier", "contact_phone"),
                              ("level-down", "supplier", None)}, self.kinds("2", "1"))

    def test_one_run_is_compared_with_the_newest(self):
        self.assertEqual(self.kinds("1"), self.kinds("1", "2"))

    def test_text_shows_runs_tables_and_clauses_in_local_time(self):
        done = self.dcscan("diff", "1", "2")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^run 2 against run 1 \(of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+08:00\): plant\n")
        self.assertRegex(done.stdout, r"(?m)^  ! volume changed +100 → 150 rows \(\+50 %\)$")
        self.assertRegex(done.stdout, r"(?m)^    table gone$")
        self.assertRegex(done.stdout, r"(?m)^ +1  new column +T/WHCSA 003-2024 4\.6; GB/T 43697-2024 annex J")
        done = self.dcscan("diff", "1", "2", "--lang", "zh")
        self.assertIn("需要重新定级", done.stdout)
        self.assertIn("附录J", done.stdout)

    def test_gates_give_exit_code_one(self):
        for gates, code in (("new-important", 1), ("level-up,leaf", 1), ("regrade", 1), ("new-sensitive", 1), ("any", 1),
                            ("type", 0), ("new-personal, type", 1), ("", 0)):
            self.assertEqual(self.dcscan("diff", "1", "2", "--fail-on", gates).returncode, code, gates)

    def test_an_unknown_gate_is_refused_with_the_list(self):
        done = self.dcscan("diff", "--fail-on", "level-up,nonsense")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "")
        self.assertIn('"nonsense"', done.stderr)
        self.assertIn("new-important", done.stderr)
        self.assertIn("regrade", done.stderr)
        self.assertEqual(self.dcscan("diff", "--fail-on", "important").returncode, 2, "a word of scan, not of diff")

    def test_bad_runs_are_usage_errors(self):
        for args, message in ((("1", "x"), "a run is a number"), (("1", "99"), "no such run"), (("1", "1"), "with itself"),
                              (("1", "2", "3"), "more than two")):
            done = self.dcscan("diff", *args)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(message, done.stderr)

    def test_an_empty_store_says_so(self):
        done = self.dcscan("diff", "--store", "empty.db")
        self.assertEqual(done.returncode, 2)
        self.assertIn("dcscan scan", done.stderr)

    def test_each_source_goes_with_its_own_earlier_run(self):
        store = ("--store", "sources.db")
        self.change("CREATE TABLE IF NOT EXISTS t (a TEXT);", "t", [("x",)], database="first")
        self.change("CREATE TABLE IF NOT EXISTS t (a TEXT);", "t", [("x",)], database="second")
        try:
            self.write_config("first", "second")
            self.scan("first", *store)  # 1
            self.scan("second", *store)  # 2
            self.change("CREATE TABLE u (a TEXT);", "u", [("x",)], database="first")
            self.change("CREATE TABLE v (a TEXT);", "v", [("x",)], database="second")
            self.scan(*store)  # 3
        finally:
            self.write_config("plant")
        found = {(one["source"], one["table"]): one["earlier_run"] for one in self.changes(*store)}
        self.assertEqual(found, {("first", "u"): 1, ("second", "v"): 2})
        for args, wanted in ((["--source", "second"], {("new table", "")}), (["--level", "4"], {("no change", "")})):
            self.assertEqual(self.dcscan("report", "3", *store, "-o", "part.xlsx", "--lang", "en", *args).returncode, 0)
            self.assertEqual(self.sheet("part.xlsx"), wanted, "a part has the changes of that part")
        book = workbook.Workbook(self.path / "part.xlsx")
        facts = {row[0]: row[1] for row in map(book.sheet("Cover").row, range(1, 12)) if len(row) > 1}
        self.assertTrue(facts["This report covers"].startswith("a part only, not the whole inventory: only levels: 4"))
        self.assertIn("(part)", book.xml("Column inventory"), "every printed page says so")
        numbers = {row[0]: row[1] for row in map(book.sheet("Overview").row, range(1, 18)) if len(row) > 1}
        self.assertEqual((numbers["Sources"], numbers["Tables"], numbers["Columns"]), ("0", "0", "0"))
        done = self.dcscan("diff", "1", "2", *store)
        self.assertIn("no changes", done.stdout)
        self.assertIn("no earlier run to compare with: second", done.stdout)

    def test_after_a_scan_the_triggers_are_told_and_may_be_gates(self):
        store = ("--store", "after.db")
        self.change("CREATE TABLE t (a TEXT);", "t", [("x",)], database="after")
        source = "Driver=SQLite3;Database=%s" % (self.path / "after.db.source")
        os.rename(self.path / "after.db", self.path / "after.db.source")
        first = self.dcscan("scan", "--no-config", source, *store, "--fail-on", "any")
        self.assertEqual(first.returncode, 0, "nothing to compare with is no change")
        self.assertNotIn("grading again", first.stderr)
        connection = sqlite3.connect(self.path / "after.db.source")
        connection.execute("ALTER TABLE t ADD COLUMN b TEXT")
        connection.close()
        second = self.dcscan("scan", "--no-config", source, *store, "--fail-on", "new-column", "-o", "after.xlsx", "--lang", "en")
        self.assertEqual(second.returncode, 1, second.stderr)
        self.assertRegex(second.stderr, r"(?m)^asks for grading again \(1\)$")
        self.assertRegex(second.stderr, r"(?m)^ +1  new column +T/WHCSA 003-2024 4\.6; GB/T 43697-2024 annex J")
        self.assertIn(("new column", "b"), self.sheet("after.xlsx"))
        self.assertEqual(self.dcscan("report", "2", *store, "-o", "again.xlsx", "--lang", "en").returncode, 0)
        self.assertEqual(self.sheet("again.xlsx"), self.sheet("after.xlsx"))
        self.assertEqual(self.dcscan("report", "1", *store, "-o", "first.xlsx", "--lang", "en").returncode, 0)
        self.assertEqual(self.sheet("first.xlsx"), {("no earlier run in the store", "")})

    def sheet(self, name):
        """(change, column) of the rows in the workbook's sheet of changes."""
        rows = workbook.Workbook(self.path / name).sheet("Comparison with the last run")
        found = [rows.row(number) for number in range(1, rows.last_row() + 1)]
        start = next(i for i, row in enumerate(found) if "Before" in row)
        column = found[start].index("Column")
        return {(row[0], row[column] if len(row) > column and row[column] else "") for row in found[start + 1:] if row}

    def test_a_renamed_table_is_one_table(self):
        store = ("--store", "renamed.db")
        self.change("CREATE TABLE kunde (id INTEGER PRIMARY KEY, name TEXT, phone TEXT); CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT);",
                    "kunde", [(i, "示例%d有限公司" % i, "138%08d" % (10000000 + i * 37)) for i in range(100)], database="renamed")
        self.change("", "part", [(i, "P-%04d" % i) for i in range(100)], database="renamed")
        os.rename(self.path / "renamed.db", self.path / "renamed.db.source")
        (self.path / "renamed.yaml").write_text(
            "sources:\n  - {name: renamed, connection: \"Driver=SQLite3;Database=%s\"}\n" % (self.path / "renamed.db.source"), encoding="utf-8")
        config = ("--config", "renamed.yaml")
        self.scan(*store, *config)
        connection = sqlite3.connect(self.path / "renamed.db.source")
        connection.execute("ALTER TABLE kunde RENAME TO customer")
        connection.close()
        self.scan(*store, *config)
        told = {(one["change"], one["table"], one["before"], one["after"]) for one in self.changes(*store)}
        self.assertIn(("renamed-table", "customer", "kunde", "customer"), told)
        self.assertFalse({one[0] for one in told} & {"new-table", "gone-table", "new-column", "gone-column"}, told)
        done = self.dcscan("diff", *store, "--lang", "en")
        self.assertRegex(done.stdout, r"(?m)^    table renamed or moved +kunde → customer$")

    def test_equal_runs_have_no_changes(self):
        store = ("--store", "equal.db")
        self.scan(*store)
        done = self.dcscan("diff", *store)
        self.assertEqual((done.returncode, done.stdout), (0, "no earlier run to compare with: plant\nno changes\n"))
        self.scan(*store)
        self.assertEqual(self.changes(*store), [])
        self.assertEqual(self.dcscan("diff", "--fail-on", "any", *store).returncode, 0)


if __name__ == "__main__":
    tap.main()
