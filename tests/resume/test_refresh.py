#!/usr/bin/env python3
"""A second scan reads what has changed and carries the rest over: on SQLite by the number of rows, on servers by what they count."""
import json
import os
import pathlib
import re
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "reports"))
from resume_case import PostgreSQL, ResumeCase  # noqa: E402
import private_servers  # noqa: E402
import tap  # noqa: E402
import workbook  # noqa: E402
from book import Book  # noqa: E402

OVERLAY = "overlay: plant\noverrides:\n  - {override: amounts, column: qty, leaf: A1-01, level: 3}\n"


class Refresh(ResumeCase):
    def setUp(self):
        super().setUp()
        self.add_source("plant", n_tables=6)
        self.store = self.new_store("sqlite")
        self.run_to_end(self.store)

    def execute(self, *statements):
        with sqlite3.connect(self.path / "plant.db") as db:
            for statement in statements:
                db.execute(statement)

    def again(self, *args, expect=0):
        """Scans again; the tables that were read, by the statements that were sent."""
        sent = self.path / "sent.txt"
        self.output = self.run_to_end(self.store, "--statements", sent, *args, expect=expect)
        return set(re.findall(r"t\d\d\d(?=_)", sent.read_text(encoding="utf-8")))

    def without_marks(self, run):
        rows = self.findings(self.store, run)
        for row in rows:
            del row["carried_from"]
        return rows

    def test_unchanged_tables_are_carried_over_and_marked(self):
        self.assertEqual(self.again(), set())
        self.assertIn("6 of 6 tables had not changed", self.output)
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 2)}, {1})
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 1)}, {None})
        self.assertEqual(self.without_marks(2), self.without_marks(1))
        self.again()
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 3)}, {1}, "the run that read it")
        self.assertEqual(self.without_marks(3), self.without_marks(1))

    def test_what_changed_is_read(self):
        self.execute("ALTER TABLE t001_work_order ADD COLUMN supplier TEXT",
                     "DELETE FROM t002_work_order WHERE id > 30",
                     "DELETE FROM t003_work_order WHERE id = 59",
                     "CREATE TABLE t009_work_order (id INTEGER)")
        self.assertEqual(self.again(), {"t001", "t002", "t009"}, "one row less is within the band")

    def overlay(self, text=OVERLAY):
        path = self.path / "plant.yaml"
        path.write_text(text, encoding="utf-8")
        return "--taxonomy-overlay", path

    def full_scan(self, *args):
        """What a scan finds that knows of nothing before it."""
        other = self.new_store("sqlite")
        self.run_to_end(other, *args)
        rows = self.findings(other)
        for row in rows:
            del row["carried_from"]
        return rows

    def test_other_rules_decide_again_without_reading(self):
        overlay = self.overlay()
        self.assertEqual(self.again(*overlay), set())
        self.assertIn("6 of 6 tables had not changed", self.output)
        self.assertEqual({row["category"] for row in self.findings(self.store, 2) if row["column"] == "qty"}, {"A1-01"})
        self.assertEqual(self.without_marks(2), self.full_scan(*overlay))
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 2)}, {1})
        self.assertEqual(self.again(*overlay), set())
        self.assertEqual(self.without_marks(3), self.without_marks(2))
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 3)}, {1})

    def test_keys_of_documents_are_decided_again_without_reading(self):
        self.execute("CREATE TABLE t009_order (id INTEGER, extra JSON, note TEXT)",
                     *["INSERT INTO t009_order VALUES (%d, '{\"owner\": {\"mobile\": \"139%08d\", \"qty\": %d}}', 'n')" % (n, n * 41, n) for n in range(40)])
        self.again()
        self.assertIn("extra$.owner.mobile", {row["column"] for row in self.findings(self.store, 2)})
        overlay = self.overlay(OVERLAY.replace("column: qty", "column: note"))
        self.assertEqual(self.again(*overlay), set())
        self.assertEqual(self.without_marks(3), self.full_scan(*overlay))
        self.assertEqual(self.again(*overlay), set())
        self.assertEqual(self.without_marks(4), self.without_marks(3))

    def test_names_in_values_are_read_again_by_other_words(self):
        self.execute("CREATE TABLE t009_order (param_key TEXT, param_value TEXT)",
                     *["INSERT INTO t009_order VALUES ('contact_mobile_%d', 'x%d')" % (n, n) for n in range(40)])
        self.again()
        overlay = self.overlay()
        self.assertEqual(self.again(*overlay), {"t009"})
        self.assertEqual(self.without_marks(3), self.full_scan(*overlay))
        self.assertEqual(self.again(*overlay), set())

    def test_what_is_told_of_a_source_decides_again_without_reading(self):
        self.sources[0]["about"] = {"system": "MES"}
        self.assertEqual(self.again(), set())
        self.assertEqual(self.without_marks(2), self.full_scan())
        self.assertEqual({row["system"] for row in self.findings(self.store, 2)}, {"MES"})

    def test_rules_that_count_otherwise_and_settings_of_the_sample_read_everything(self):
        overlay = self.overlay("overlay: plant\nvalues:\n  - rule: batch-text\n    name: {zh: 批次说明, en: batch note}\n"
                               "    pattern: '批次 [0-9]+ 合格'\n    leaf: B2-02\n    weight: 9\n    match: ['批次 12 合格']\n    no_match: ['合格']\n")
        self.assertEqual(len(self.again(*overlay)), 6)
        self.assertEqual(self.without_marks(2), self.full_scan(*overlay))
        self.assertEqual(len(self.again(*overlay, "--sample-rows", "10")), 6)
        self.assertEqual(len(self.again(*overlay, "--sample-rows", "10", "--seed", "7")), 6)

    def test_short_examples_that_a_higher_level_hid_are_read_again(self):
        self.execute("CREATE TABLE t009_work_order (grade TEXT)",
                     "INSERT INTO t009_work_order VALUES ('A1'), ('B2'), ('A1'), ('A1')")
        high = self.overlay("overlay: plant\noverrides:\n  - {override: grades, column: grade, leaf: A1-01, level: 3}\n")
        self.again(*high)
        self.assertEqual([row["examples"] for row in self.findings(self.store, 2) if row["column"] == "grade"], [[]])
        low = self.overlay("overlay: plant\noverrides:\n  - {override: grades, column: grade, leaf: A1-01, level: 1}\n")
        self.assertEqual(self.again(*low), {"t009"})
        self.assertEqual(self.without_marks(3), self.full_scan(*low))

    def decide(self, column, **texts):
        """A person decides of a column in the workbook of the newest run."""
        self.run_to_end(self.store, "-o", self.path / "book.xlsx", "--lang", "zh", command="report")
        book = Book(self.path / "book.xlsx")
        page = book.sheet("数据分类分级清单")
        page.fill(page.find(字段名=column), **texts)
        book.save(self.path / "filled.xlsx")
        self.run_to_end(self.store, "import", self.path / "filled.xlsx", command="review")

    def test_decisions_of_people_decide_again_without_reading(self):
        self.decide("note", 最终分类编码="A1-01", 最终级别="3", 理由="工艺", 确认人="张三")
        self.assertEqual(self.again(), set())
        carried = self.without_marks(2)
        self.assertEqual([row["category"] for row in carried if row["column"] == "note"], ["A1-01"] * 6,
                         "of one by the decision, of the others by what it taught")
        self.assertEqual(self.again("--full"), {"t%03d" % i for i in range(6)})
        self.assertEqual(carried, self.without_marks(3))
        self.assertEqual(self.again(), set())
        self.assertEqual(carried, self.without_marks(4))

    def test_a_regrade_learns_from_people_as_a_scan_does(self):
        self.decide("note", 最终分类编码="A1-01", 最终级别="3", 理由="工艺", 确认人="张三")
        self.run_to_end(self.store, command="regrade")
        self.again("--full")
        self.assertEqual(self.without_marks(2), self.without_marks(3))
        self.assertEqual(self.again(), set())

    def test_age_and_wish_read_everything(self):
        self.assertEqual(len(self.again("--full")), 6)
        self.assertEqual(len(self.again()), 0)
        time.sleep(2)
        self.assertEqual(len(self.again("--stale", "1s")), 6)
        self.assertEqual(len(self.again("--stale", "1h")), 0)
        self.assertEqual(len(self.again("--since", "2020-01-01")), 0)
        self.assertEqual(len(self.again("--since", "2090-01-01")), 6)
        self.assertIn("2026-13", self.run_to_end(self.store, "--since", "2026-13", expect=2))
        self.assertIn("soon", self.run_to_end(self.store, "--stale", "soon", expect=2))

    def test_a_regraded_run_is_what_a_refresh_builds_on(self):
        overlay = self.overlay()
        self.run_to_end(self.store, *overlay, command="regrade")
        self.assertEqual(len(self.again(*overlay)), 0)
        self.assertEqual({row["category"] for row in self.findings(self.store, 3) if row["column"] == "qty"}, {"A1-01"})

    def test_what_could_not_be_read_is_tried_again(self):
        self.execute("CREATE VIEW t009_work_order AS SELECT * FROM gone")
        for _ in range(2):
            self.assertEqual(self.again(expect=5), set())
            self.assertIn("1 of 7 tables not read", self.output)
        self.execute("CREATE TABLE gone (a TEXT)")
        self.assertEqual(self.again(), {"t009"})
        self.assertEqual(self.again(), {"t009"}, "of the rows of a view nothing is known")

    def test_a_refresh_that_is_killed_and_resumed_ends_the_same(self):
        overlay = self.overlay()
        wanted = self.full_scan(*overlay)
        self.sources[0]["limits"] = {"pause_milliseconds": 100}
        self.execute("ALTER TABLE t001_work_order ADD COLUMN supplier TEXT", "ALTER TABLE t004_work_order ADD COLUMN supplier TEXT")
        process = self.start(self.store, *overlay, "-v")
        for line in process.stderr:
            if "t001" in line and " rows, " in line:
                break
        process.kill()
        process.communicate()
        self.run_to_end(self.store, "--resume", *overlay)
        rows = [row for row in self.without_marks(2) if row["column"] != "supplier"]
        self.assertEqual([(row["table"], row["column"], row["category"], row["level"]) for row in rows],
                         [(row["table"], row["column"], row["category"], row["level"]) for row in wanted])
        self.assertEqual({row["table"] for row in self.findings(self.store, 2) if row["carried_from"] is None},
                         {"t001_work_order", "t004_work_order"})

    def test_processes_and_threads_carry_each_table_once(self):
        self.add_source("office", n_tables=30, limits={"connections": 4})
        self.again("--jobs", "4")
        wanted = self.without_marks(2)
        overlay = self.overlay()
        processes = [self.start(self.store, "--join", "night", "--jobs", "2", *overlay) for _ in range(3)]
        errors = [process.communicate(timeout=300)[1] for process in processes]
        self.assertEqual([process.returncode for process in processes], [0, 0, 0], errors)
        self.assertEqual(self.without_marks(3), self.full_scan(*overlay))
        self.assertEqual({row["carried_from"] for row in self.findings(self.store, 3)}, {1, 2})
        self.again("--jobs", "4")
        self.assertEqual(self.without_marks(4), wanted)

    def test_a_run_that_was_interrupted_is_not_built_on(self):
        self.execute("ALTER TABLE t000_work_order ADD COLUMN supplier TEXT")
        self.sources[0]["limits"] = {"pause_milliseconds": 300}
        process = self.start(self.store, "-v")
        for line in process.stderr:
            if " rows, " in line:
                break
        process.kill()
        process.communicate()
        del self.sources[0]["limits"]
        self.assertEqual(self.again(), {"t000"}, "the last that ended knows the others")

    def test_a_comparison_finds_nothing_new_in_what_was_carried_over(self):
        self.again()
        self.run_to_end(self.store, "--fail-on", "any", command="diff")
        self.execute("DROP TABLE t005_work_order")
        self.again()
        self.assertIn("t005_work_order", self.run_to_end(self.store, command="diff"))

    def test_persons_are_counted_over_what_was_carried_over_too(self):
        self.execute("CREATE TABLE t009_member (member_name TEXT, mobile TEXT)",
                     *["INSERT INTO t009_member VALUES ('张三%d', '139%08d')" % (n, n * 37) for n in range(600)])
        rule = self.overlay("overlay: own\nlevel_rules:\n  - {rule: L8, name: {zh: 人, en: p}, basis: b, persons: [200, 500, 100000], "
                            "sensitive_persons: 9}\n")
        self.again(*rule, "--lang", "en")
        self.assertIn("art. 7: if exported, security assessment", self.output)
        self.assertEqual(self.again(*rule, "--lang", "en"), set())
        self.assertIn("art. 7: if exported, security assessment", self.output)

    def test_the_workbook_and_the_summary_say_what_was_carried_over(self):
        self.execute("ALTER TABLE t001_work_order ADD COLUMN supplier TEXT")
        self.again("-o", self.path / "book.xlsx", "--lang", "zh", "--summary", self.path / "summary.json")
        rows = workbook.Workbook(self.path / "book.xlsx").sheet("抽样与覆盖").records("序号")
        self.assertEqual([row.get("沿用扫描编号（未变化）", "") or "" for row in rows], ["1", "", "1", "1", "1", "1"])
        summary = json.loads((self.path / "summary.json").read_text(encoding="utf-8"))
        self.assertEqual((summary["tables"], summary["tables_carried"]), (6, 5))

    def test_a_clock_that_was_set_back_makes_no_age(self):
        with sqlite3.connect(self.store) as db:
            db.execute("UPDATE task SET sampled_at = sampled_at + 7200 WHERE table_name = 't003_work_order'")
        self.assertEqual(self.again(), {"t003"}, "read in two hours: nobody knows when")

    def test_another_database_of_the_same_name_is_read(self):
        os.rename(self.path / "plant.db", self.path / "other.db")
        self.sources[0]["connection"] = "Driver=SQLite3;Database=%s" % (self.path / "other.db")
        self.assertEqual(len(self.again()), 6)


class Servers(ResumeCase):
    """A change that leaves the number of rows as it is: the DBMS counts it."""

    def check(self, dbms, execute):
        environment = os.environ
        if "DCSCAN_TEST_" + dbms not in environment:
            self.skipTest("no %s server" % dbms.lower())
        self.sources = [{"name": "here", "connection": environment["DCSCAN_TEST_" + dbms], "user": environment["DCSCAN_TEST_USER"],
                         "password_file": environment["DCSCAN_TEST_PASSWORD_FILE"], "include": ["*refresh_a", "*refresh_b"]}]
        execute("CREATE TABLE refresh_a (id INT PRIMARY KEY, note VARCHAR(40))", "CREATE TABLE refresh_b (id INT PRIMARY KEY, note VARCHAR(40))",
                *["INSERT INTO refresh_%s VALUES %s" % (name, ", ".join("(%d, 'note %d')" % (n, n) for n in range(200))) for name in "ab"])
        for name in "ab":
            execute("GRANT SELECT ON refresh_%s TO %s" % (name, environment["DCSCAN_TEST_USER"]))
        try:
            store = self.new_store("sqlite")
            time.sleep(4)
            self.run_to_end(store)
            self.run_to_end(store)
            self.assertEqual({row["carried_from"] for row in self.findings(store, 2)}, {1})
            time.sleep(1.1)
            execute("UPDATE refresh_a SET note = 'other'")
            time.sleep(2)
            self.run_to_end(store)
            self.assertEqual({(row["table"], row["carried_from"]) for row in self.findings(store, 3)}, {("refresh_a", None), ("refresh_b", 1)})
        finally:
            execute("DROP TABLE refresh_a", "DROP TABLE refresh_b")

    def test_postgresql_counts_changes(self):
        def execute(*statements):
            PostgreSQL.environment = os.environ
            for statement in statements:
                PostgreSQL.sql(statement, "dcscan_test")
        self.check("POSTGRESQL", execute)

    def test_mariadb_tells_when_it_was_written(self):
        def execute(*statements):
            import subprocess
            password = pathlib.Path(os.environ["DCSCAN_TEST_ADMIN_PASSWORD_FILE"]).read_text(encoding="ascii").strip()
            for statement in statements:
                subprocess.run(["mariadb", "-h", os.environ["DCSCAN_MY_HOST"], "-P", os.environ["DCSCAN_MY_PORT"], "-u",
                                os.environ["DCSCAN_TEST_ADMIN"], "dcscan_test", "-e", statement],
                               env=dict(os.environ, MYSQL_PWD=password), check=True, capture_output=True)
        self.check("MARIADB", execute)


if __name__ == "__main__":
    private_servers.need(__file__)
    tap.main()
