#!/usr/bin/env python3
"""dcscan store: check, compact, export and import of a store of either kind, and which runs a policy keeps."""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import PROGRAM, ROOT, PostgreSQL, ResumeCase  # noqa: E402
import tap  # noqa: E402

DECISION = ("INSERT INTO decision_batch VALUES ({batch}, 1770000000, 0, 'a', 'h', 'f.xlsx', 'hash', {run}, '', 1)",
            "INSERT INTO decision VALUES ({batch}, {batch}, 0, 1770000000, {run}, '李工', '看过', 'plant', '', '', 't000_work_order', 'qty', 'B2-02', '3', 'none', "
            "'B2-02', 2, 'DECIMAL', '', 0, 60, 'decimal', '', '')")


def setUpModule():
    PostgreSQL.start()


def tearDownModule():
    PostgreSQL.stop()


class OnEither:
    """Cases for each kind of store; `kind` is set below, `other` is where exports go."""
    kind = other = None

    def sql(self, store, *texts):
        """Rows of the last statement, as texts."""
        if not store.startswith("odbc:"):
            with sqlite3.connect(store) as db:
                for text in texts:
                    rows = db.execute(text).fetchall()
            db.close()
            return ["|".join(map(str, row)) for row in rows]
        name = store.split("Database=")[1].split(";")[0]
        return PostgreSQL.sql("SET search_path TO dcscan; " + "; ".join(texts), name).splitlines()

    def store(self, *args, on, expect=0):
        """(standard output, standard error) of dcscan store."""
        process = self.start(on, *args, command="store")
        out, errors = process.communicate(timeout=300)
        self.assertEqual(process.returncode, expect, out + errors)
        return out, errors

    def scanned(self, n_runs=1, n_tables=3):
        self.add_source("plant", n_tables=n_tables)
        store = self.new_store(self.kind)
        for _ in range(n_runs):
            self.run_to_end(store, "--full")
        return store

    def runs(self, store):
        return [int(row) for row in self.sql(store, "SELECT id FROM run ORDER BY id")]

    def exported(self, store, *runs):
        out = self.path / "export.jsonl"
        self.store("export", *runs, "-o", out, on=store)
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    def carry(self, store, run, table="t000_work_order"):
        """The table of a run carries over what run 1 found, as an incremental scan would have it."""
        where = "run_id = %d AND table_name = '%s'" % (run, table)
        self.sql(store, "DELETE FROM finding WHERE task_id IN (SELECT id FROM task WHERE %s)" % where,
                 "UPDATE task SET carried_from = 1, findings_of = (SELECT id FROM task WHERE run_id = 1 AND table_name = '%s') WHERE %s" % (table, where),
                 "SELECT 1")

    # ---- check ----

    def test_a_store_is_sound_after_a_scan(self):
        store = self.scanned()
        self.sql(store, *(text.format(batch=1, run=1) for text in DECISION), "SELECT 1")
        out, _ = self.store("check", on=store)
        self.assertIn("1 runs, 3 tables, 18 columns, 1 decisions", out)
        self.assertTrue(out.endswith("sound\n"), out)
        told = json.loads(self.store("check", "--format", "json", on=store)[0])
        self.assertEqual((told["sound"], told["remarks"], told["tables"]), (True, [], 3))
        self.assertEqual(told["dbms"], "SQLite" if self.kind == "sqlite" else "PostgreSQL")

    def test_each_contradiction_is_told(self):
        store = self.scanned()
        self.sql(store, *(text.format(batch=1, run=1) for text in DECISION), "SELECT 1")
        for spoil, mend, word, text in [
                ("UPDATE run_source SET n_tables = n_tables + 1", "UPDATE run_source SET n_tables = n_tables - 1", "counters", "counts of tables"),
                ("UPDATE task SET n_columns = 7, open = 0 WHERE id = 2", "UPDATE task SET n_columns = 6 WHERE id = 2", "counters", "more or fewer columns"),
                ("UPDATE task SET state = 'unreadable' WHERE id = 1", "UPDATE task SET state = 'done' WHERE id = 1", "counters", "called complete"),
                ("UPDATE decision_batch SET n_decisions = 2", "UPDATE decision_batch SET n_decisions = 1", "counters", "entries of the log"),
                ("UPDATE decision SET undone = 9", "UPDATE decision SET undone = 0", "reviews", "undoing"),
                ("UPDATE task SET findings_of = 77 WHERE id = 3", "UPDATE task SET findings_of = 0 WHERE id = 3", "orphans", "missing"),
                ("UPDATE task SET lease_owner = 'x' WHERE id = 3", "UPDATE task SET lease_owner = '' WHERE id = 3", "leases", "done")]:
            with self.subTest(spoil):
                self.sql(store, spoil, "SELECT 1")
                told = json.loads(self.store("check", "--format", "json", on=store, expect=1)[0])
                self.assertIn((word, "problem"), [(r["check"], r["severity"]) for r in told["remarks"]])
                self.assertIn(text, " ".join(r["text"] for r in told["remarks"]))
                self.sql(store, mend, "SELECT 1")
        self.store("check", on=store)

    def test_a_run_that_died_is_a_note(self):
        self.add_source("plant", n_tables=10, limits={"pause_milliseconds": 200})
        store = self.new_store(self.kind)
        process = self.start(store, "-v", "--lease", "2")
        for line in process.stderr:
            if " rows, " in line:
                break
        process.kill()
        process.communicate()
        self.wait_for(lambda: "leases that ran out" in self.store("check", on=store)[0])
        self.assertIn("not finished", self.store("check", on=store)[0])
        self.run_to_end(store, "--resume")
        self.assertNotIn("note", self.store("check", on=store)[0])

    def test_a_newer_store_is_refused(self):
        store = self.scanned()
        self.sql(store, "INSERT INTO schema_version VALUES (99, 1)", "SELECT 1")
        self.assertIn("schema version 99", self.store("check", on=store, expect=1)[0])
        for args in (["compact"], ["export"]):
            self.assertIn("schema version 99, this program knows", self.store(*args, on=store, expect=3)[1])
        self.assertIn("use the version of dcscan that made it", self.run_to_end(store, expect=3))

    # ---- export and import ----

    def test_an_export_comes_back_the_same_from_a_store_of_another_kind(self):
        store = self.scanned(n_runs=2)
        self.carry(store, 2)
        self.sql(store, *(text.format(batch=1, run=1) for text in DECISION), "SELECT 1")
        wanted, rows = self.findings(store, 2), self.exported(store)
        other = self.new_store(self.other)
        out, _ = self.store("import", self.path / "export.jsonl", on=other)
        self.assertIn("imported 2 runs, 6 tables, 30 columns, 1 decisions", out)
        self.assertEqual(self.findings(other, 2), wanted)
        self.assertEqual(self.exported(other)[1:], rows[1:])
        self.store("check", on=other)
        self.run_to_end(other)  # and goes on
        self.assertEqual(self.runs(other), [1, 2, 3])

    def test_an_export_can_be_read_by_a_person(self):
        rows = self.exported(self.scanned())
        self.assertEqual([rows[0]["record"], rows[-1]["record"]], ["dcscan-store", "end"])
        run = next(row for row in rows if row["record"] == "run")
        self.assertRegex(run["started_at"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        found = next(row for row in rows if row["record"] == "finding" and row["column_name"] == "mobile")
        self.assertEqual((found["leaf"], found["pi"], found["detail"]["rules"]["cn-mobile"]), ("P1-02", "personal", [60, 60, 60, "cn_mobile"]))

    def test_an_export_holds_no_value(self):
        store = self.scanned()
        self.exported(store)
        text = (self.path / "export.jsonl").read_text(encoding="utf-8")
        with sqlite3.connect(self.path / "plant.db") as db:
            for mobile, email, note in db.execute("SELECT mobile, email, note FROM t001_work_order"):
                for value in (mobile, email, note):
                    self.assertNotIn(value, text)

    def test_a_single_run_brings_what_it_took_over(self):
        store = self.scanned(n_runs=2)
        self.carry(store, 2)
        wanted = self.findings(store, 2)
        rows = self.exported(store, 2)
        self.assertEqual({row["record"] for row in rows} & {"decision", "decision_batch"}, set())
        other = self.new_store(self.other)
        self.store("import", self.path / "export.jsonl", on=other)
        self.assertEqual(self.findings(other, 2), wanted)
        self.store("check", on=other)
        # Beside runs of other numbers, too: tables are numbered anew.
        third = self.new_store(self.kind)
        self.run_to_end(third)
        self.store("import", self.path / "export.jsonl", on=third)
        self.assertEqual(self.findings(third, 2), wanted)
        self.store("check", on=third)
        self.assertIn("no such run", self.store("export", "9", on=store, expect=2)[1])

    def test_an_import_is_all_or_nothing(self):
        store = self.scanned(n_runs=2)
        self.exported(store, 2)
        whole = (self.path / "export.jsonl").read_text(encoding="utf-8").splitlines()
        a_run = next(i for i, line in enumerate(whole) if '"record":"run"' in line)
        a_finding = next(i for i, line in enumerate(whole) if '"record":"finding"' in line)

        def changed(i, old, new):
            self.assertIn(old, whole[i])
            return whole[:i] + [whole[i].replace(old, new, 1)] + whole[i + 1:]

        other = self.new_store(self.kind)
        self.run_to_end(other)
        before = self.exported(other)[1:]
        for lines, code, text in [
                (changed(a_run, '"id":2', '"id":1'), 2, "run 1 is in the store already"),
                (whole[:-1], 3, "its end is missing"),
                (whole[:-9] + whole[-1:], 3, "records are missing"),
                (whole + ["{}"], 3, "more behind the end"),
                (changed(a_run, '"id":2', '"id":"one"'), 3, "line %d: \"id\" must be an integer" % (a_run + 1)),
                (changed(a_run, '"id":2', '"id":0'), 3, "above 0"),
                (changed(a_run, '"started_at":"20', '"started_at":"x'), 3, "must be a time"),
                (changed(a_run, '"host"', '"hots"'), 3, "has no \"hots\""),
                (changed(a_run, '"id":2,', '"id":7,'), 3, "sources whose run is missing"),
                (whole[:a_run + 1] + whole[a_run:-1] + [whole[-1].replace(str(len(whole) - 2), str(len(whole) - 1))], 2, "run 2 is in the store already"),
                (changed(a_finding, '"task_id":', '"task_id":9'), 3, "columns whose table is missing"),
                (whole[:a_finding] + whole[a_finding - 1:a_finding] + whole[a_finding:], 3, "constraint"),
                (changed(0, '"schema_version":', '"schema_version":9'), 3, "this program knows"),
                (changed(a_finding, "{", ""), 3, "no JSON object"),
                (["hello"], 3, "no JSON object")]:
            with self.subTest(text):
                path = self.path / "spoilt.jsonl"
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
                errors = self.store("import", path, on=other, expect=code)[1]
                if self.kind == "sqlite" or "missing" not in text:  # the foreign keys of PostgreSQL speak first
                    self.assertIn(text, errors)
                self.assertEqual(self.exported(other)[1:], before)
        if self.kind == "sqlite":
            self.store("import", self.path / "spoilt.jsonl", on=str(self.path / "new.db"), expect=3)
            self.assertEqual(list(self.path.glob("new.db*")), [], "nothing is left of a store that was made for it")

    # ---- which runs stay ----

    def test_runs_beyond_the_policy_are_dropped_when_asked(self):
        store = self.scanned(n_runs=5)
        self.assertIn("0 runs dropped", self.store("compact", on=store)[0])
        wanted = self.findings(store, 4)
        told = json.loads(self.store("compact", "--keep-runs", "2", "--format", "json", on=store)[0])
        self.assertEqual((told["runs_dropped"], self.runs(store)), (3, [4, 5]))
        self.assertLess(told["bytes_after"], told["bytes_before"])
        self.assertEqual(self.findings(store, 4), wanted)
        self.store("check", on=store)

    def test_what_is_needed_stays_whatever_the_policy_says(self):
        store = self.scanned(n_runs=6)
        self.sql(store, *(text.format(batch=1, run=2) for text in DECISION),  # in force
                 *(text.format(batch=2, run=1).replace("'qty'", "'note'") for text in DECISION),
                 "UPDATE decision SET undone = 3 WHERE id = 2", "INSERT INTO decision_batch VALUES (3, 1770000001, 1, 'a', 'h', '', '', 0, 'wrong', 1)",
                 # the newest that was read in full is 4; those after it were not
                 "UPDATE run SET complete = 0 WHERE id > 4", "UPDATE run_source SET state = 'partial' WHERE run_id > 4", "SELECT 1")
        self.store("compact", "--keep-runs", "1", on=store)
        self.assertEqual(self.runs(store), [2, 4, 5, 6], "2: a decision in force; 4: whole; 5: what 6 is compared with")
        self.assertEqual(self.sql(store, "SELECT COUNT(*) FROM decision"), ["2"])
        self.assertEqual(self.sql(store, "SELECT COUNT(*) FROM decision_batch"), ["3"])

    def test_days_and_runs_keep_what_either_keeps(self):
        store = self.scanned(n_runs=6)
        self.sql(store, "UPDATE run SET started_at = started_at - 864000, finished_at = finished_at - 864000 WHERE id < 5", "SELECT 1")
        self.store("compact", "--keep-runs", "3", "--keep-days", "30", on=store)
        self.assertEqual(self.runs(store), [1, 2, 3, 4, 5, 6])
        self.store("compact", "--keep-runs", "3", "--keep-days", "5", on=store)
        self.assertEqual(self.runs(store), [4, 5, 6])

    def test_findings_that_were_taken_over_outlive_their_run(self):
        store = self.scanned(n_runs=4)
        for run in (2, 3, 4):
            self.carry(store, run)
        wanted = [self.findings(store, run) for run in (3, 4)]
        self.store("compact", "--keep-runs", "2", on=store)
        self.assertEqual(self.runs(store), [3, 4])
        self.assertEqual([self.findings(store, run) for run in (3, 4)], wanted)
        self.store("check", on=store)

    def test_a_run_that_was_not_finished_can_still_be_resumed(self):
        self.add_source("plant", n_tables=6, limits={"pause_milliseconds": 100})
        store = self.new_store(self.kind)
        process = self.start(store, "-v")
        for line in process.stderr:
            if " rows, " in line:
                break
        process.kill()
        process.communicate()
        for _ in range(3):
            self.run_to_end(store)
        self.store("compact", "--keep-runs", "1", on=store)
        self.assertEqual(self.runs(store), [1, 3, 4])
        self.run_to_end(store, "--resume=1")

    def test_a_finished_scan_drops_what_the_configuration_gives_up(self):
        self.add_source("plant", n_tables=2)
        self.settings = {"keep": {"runs": 3}}
        store = self.new_store(self.kind)
        for _ in range(4):
            output = self.run_to_end(store)
        self.assertEqual(self.runs(store), [2, 3, 4])
        self.assertIn("1 old runs dropped", output)
        self.run_to_end(store, "--keep-runs", "2")
        self.assertEqual(self.runs(store), [4, 5])

    def test_nothing_is_dropped_while_a_run_is_at_work(self):
        store = self.scanned(n_runs=4)
        self.sources[0]["limits"] = {"pause_milliseconds": 300}
        process = self.start(store, "-v", "--full")
        for line in process.stderr:
            if " rows, " in line:
                break
        self.assertIn("holds it", self.store("compact", "--keep-runs", "2", on=store, expect=7)[1])
        self.store("export", "-o", self.path / "meanwhile.jsonl", on=store)
        self.store("import", self.path / "meanwhile.jsonl", on=store, expect=7)
        process.communicate(timeout=100)
        self.assertEqual(self.runs(store), [1, 2, 3, 4, 5])


class OnSqlite(OnEither, ResumeCase):
    kind, other = "sqlite", "postgresql"

    def setUp(self):
        super().setUp()
        if PostgreSQL.environment is None:
            self.other = "sqlite"

    def test_a_damaged_file_is_told(self):
        store = self.scanned()
        self.sql(store, "PRAGMA wal_checkpoint(TRUNCATE)")
        with open(store, "r+b") as file:
            file.seek(4096 * 3)
            file.write(os.urandom(4096 * 4))
        out, _ = self.store("check", on=store, expect=1)
        self.assertIn("problem: integrity: ", out)
        pathlib.Path(store).write_bytes(b"no database at all" * 100)
        self.assertIn("not a database", self.store("check", on=store, expect=1)[0])

    def test_where_there_is_none_nothing_is_made(self):
        for verb in ("check", "compact", "export"):
            self.assertIn("there is none", self.store(verb, on=str(self.path / "none.db"), expect=4)[1])
        self.assertEqual(list(self.path.glob("none.db*")), [])

    def test_an_older_store_is_checked_as_it_is(self):
        store = self.path / "older.db"
        with sqlite3.connect(store) as db:
            db.executescript((ROOT / "tests/vectors/store/version-2.sql").read_text(encoding="utf-8"))
        db.close()
        self.assertIn("note: schema: it has schema version 2", self.store("check", on=str(store))[0])
        self.assertEqual(self.sql(str(store), "SELECT MAX(version) FROM schema_version"), ["2"])

    def test_mistakes_on_the_command_line(self):
        for args in ([], ["chekc"], ["import"], ["check", "more"]):
            self.assertIn("takes \"check\"", self.store(*args, on=str(self.path / "s.db"), expect=2)[1])
        self.store("import", self.path / "none.jsonl", on=str(self.path / "s.db"), expect=2)

    def test_mistakes_in_the_policy_are_told_with_their_place(self):
        for keep, text in [("{runs: 0}", "1:14: "), ("{}", "\"runs\" or \"days\""), ("{weeks: 3}", "weeks"), ("5", "1:7: ")]:
            path = self.path / "c.yaml"
            path.write_text("keep: %s\n" % keep, encoding="utf-8")
            done = subprocess.run([PROGRAM, "store", "check", "-c", path], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("c.yaml:1:", done.stderr)
            self.assertIn(text, done.stderr)


class OnPostgresql(OnEither, ResumeCase):
    kind, other = "postgresql", "sqlite"


if __name__ == "__main__":
    tap.main()
