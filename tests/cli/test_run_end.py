"""What a scan leaves for programs when it has ended, however it ended: summary, command on finish, log, lock."""
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap

DCSCAN = os.path.abspath(os.environ.get("DCSCAN", "build/dcscan"))
ROOT = pathlib.Path(__file__).resolve().parents[2]


class RunEnd(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="dcscan-end-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        connection = sqlite3.connect(self.path / "plant.db")
        connection.executescript("CREATE TABLE staff (staff_name TEXT, id_card_no TEXT); CREATE TABLE empty (a TEXT); CREATE TABLE x (b TEXT);")
        connection.executemany("INSERT INTO staff VALUES (?, ?)", [("王小%d" % i, "11010119900307%04d" % i) for i in range(50)])
        connection.commit()
        connection.close()
        self.connection = "Driver=SQLite3;Database=%s" % (self.path / "plant.db")

    def environment(self, env):
        return dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), XDG_CONFIG_HOME=str(self.path / "none"), TZ="IST-5:30",
                    HOME=str(self.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8", **env)

    def scan(self, *args, source=None, **env):
        return subprocess.run([DCSCAN, "scan", source or self.connection, *args], cwd=self.path, env=self.environment(env),
                              stdin=subprocess.DEVNULL, text=True, capture_output=True, timeout=120)

    def start_slow_scan(self, *args):
        """A scan that rests long between tables; returns once its first table is in the store."""
        slow = subprocess.Popen([DCSCAN, "scan", self.connection, "--pause", "60000", "-v", *args], cwd=self.path,
                                env=self.environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: slow.poll() is None and slow.kill())
        for line in slow.stderr:
            if "rows" in line:
                return slow
        self.fail("the scan ended before its first table")

    def summary(self, name="summary.json"):
        return json.loads((self.path / name).read_text(encoding="utf-8"))


class Summary(RunEnd):
    def test_it_tells_counts_of_the_run_and_of_each_source(self):
        done = self.scan("--summary", "summary.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        told = self.summary()
        self.assertEqual((told["run"], told["exit_code"], told["outcome"], told["error"]), (1, 0, "complete", None))
        self.assertEqual((told["tables"], told["tables_not_read"], told["columns"], told["rows_read"]), (3, 0, 4, 50))
        self.assertEqual(sum(told["levels"].values()), told["columns"])
        self.assertGreaterEqual(told["sensitive"], 1)
        self.assertRegex(told["started_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertGreater(told["seconds"], 0)
        source = told["sources"][0]
        self.assertEqual((source["name"], source["state"], source["tables"], source["columns"]), ("plant", "ok", 3, 4))
        self.assertEqual(source["levels"], told["levels"])
        self.assertEqual(told["changes"]["compared"], [{"source": "plant", "earlier_run": None}])
        self.assertEqual(told["not_read"], [])

    def test_changes_since_the_earlier_run_are_counted(self):
        self.scan("--summary", "summary.json")
        connection = sqlite3.connect(self.path / "plant.db")
        connection.execute("ALTER TABLE staff ADD COLUMN phone TEXT")
        connection.close()
        self.scan("--summary", "summary.json")
        told = self.summary()["changes"]
        self.assertEqual(told["compared"], [{"source": "plant", "earlier_run": 1}])
        self.assertEqual((told["count"], told["regrade"], told["kinds"]["new-column"]), (1, 1, 1))

    def test_what_was_not_read_stands_there_with_its_reason(self):
        connection = sqlite3.connect(self.path / "plant.db")
        connection.executescript("CREATE TABLE gone (a TEXT); CREATE VIEW broken AS SELECT a FROM gone; DROP TABLE gone;")
        connection.close()
        done = self.scan("--summary", "summary.json", "--source-rows", "1")
        self.assertEqual(done.returncode, 5, done.stderr)
        told = self.summary()
        self.assertEqual((told["exit_code"], told["outcome"], told["complete"]), (5, "incomplete", False))
        self.assertEqual(len(told["not_read"]), told["tables_not_read"])
        self.assertTrue(all(table["reason"] for table in told["not_read"]), told["not_read"])

    def test_it_is_written_when_no_run_was_begun(self):
        done = self.scan("--summary", "summary.json", "--taxonomy", "nowhere.yaml")
        self.assertEqual(done.returncode, 3)
        told = self.summary()
        self.assertEqual((told["run"], told["exit_code"], told["outcome"]), (None, 3, "configuration"))
        self.assertIn("nowhere.yaml", told["error"])
        self.assertNotIn("tables", told)

    def test_a_source_that_cannot_be_opened_is_told(self):
        done = self.scan("--summary", "summary.json", source="DSN=nowhere_at_all")
        self.assertEqual(done.returncode, 4)
        told = self.summary()
        self.assertEqual(told["outcome"], "no-source")
        self.assertEqual(told["sources"][0]["state"], "unreachable")
        self.assertTrue(told["sources"][0]["error"])

    def test_it_goes_to_standard_output(self):
        done = self.scan("--summary", "-")
        self.assertEqual(json.loads(done.stdout)["run"], 1)
        done = self.scan("--summary", "-", "-o", "-")
        self.assertEqual((done.returncode, done.stdout[:1]), (2, "{"), "the summary of a usage error")

    def test_a_folder_that_is_missing_is_told_before_scanning(self):
        done = self.scan("--summary", "no/such/folder.json")
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertNotIn("columns", done.stderr)

    def test_nothing_half_written_stays_and_the_exit_code_says_so(self):
        (self.path / "target").mkdir()
        done = self.scan("--summary", "target")
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertEqual([name for name in os.listdir(self.path) if name.endswith(".tmp")], [])


class OnFinish(RunEnd):
    COMMAND = "env | grep ^DCSCAN_ > seen; echo told; cat"

    def seen(self):
        return dict(line.split("=", 1) for line in (self.path / "seen").read_text().splitlines())

    def test_the_command_finds_what_happened_in_its_environment(self):
        done = self.scan("--on-finish", self.COMMAND, "--summary", "s.json", "--fail-on", "sensitive", DCSCAN_RUN="forged")
        self.assertEqual((done.returncode, done.stdout), (1, ""), "its output goes to standard error")
        self.assertIn("told\n", done.stderr)
        seen = self.seen()
        self.assertEqual((seen["DCSCAN_RUN"], seen["DCSCAN_EXIT_CODE"], seen["DCSCAN_OUTCOME"]), ("1", "1", "gate"))
        self.assertEqual((seen["DCSCAN_SUMMARY"], seen["DCSCAN_REGRADE"]), ("s.json", "0"))
        self.assertRegex(seen["DCSCAN_FINISHED_AT"], r"Z$")

    def test_it_runs_after_a_failure_and_an_interrupt_too(self):
        self.assertEqual(self.scan("--on-finish", self.COMMAND, "--taxonomy", "nowhere.yaml").returncode, 3)
        self.assertEqual((self.seen()["DCSCAN_RUN"], self.seen()["DCSCAN_OUTCOME"]), ("0", "configuration"))
        slow = self.start_slow_scan("--on-finish", self.COMMAND, "--summary", "s.json")
        slow.send_signal(signal.SIGTERM)
        slow.communicate(timeout=60)
        self.assertEqual(slow.returncode, 130)
        self.assertEqual(self.seen()["DCSCAN_OUTCOME"], "interrupted")
        self.assertEqual(self.summary("s.json")["tables_not_read"], 2)

    def test_its_failure_is_a_warning_and_leaves_the_exit_code(self):
        done = self.scan("--on-finish", "exit 3")
        self.assertEqual(done.returncode, 0)
        self.assertIn("--on-finish ended with 3", done.stderr)
        done = self.scan("--on-finish", "kill -9 $$")
        self.assertEqual(done.returncode, 0)
        self.assertIn("ended by signal 9", done.stderr)

    def test_names_from_a_database_never_reach_the_shell(self):
        connection = sqlite3.connect(self.path / "plant.db")
        connection.execute('CREATE TABLE "$(touch owned); `touch owned`" ("; touch owned" TEXT)')
        connection.close()
        self.scan("--on-finish", "env > seen", "--summary", "s.json")
        self.assertFalse((self.path / "owned").exists())
        self.assertNotIn("touch", (self.path / "seen").read_text())


class Log(RunEnd):
    def test_lines_go_to_the_file_with_local_time(self):
        done = self.scan("--log-file", "dcscan.log", "-o", "out.jsonl")
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("wrote", done.stderr)
        text = (self.path / "dcscan.log").read_text()
        self.assertRegex(text, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+05:30 dcscan: info: wrote out.jsonl\n$")
        self.scan("--log-file", "dcscan.log", "-o", "out.jsonl", "--log-format", "json", "--full")
        lines = (self.path / "dcscan.log").read_text().splitlines()
        self.assertEqual(len(lines), 2, "it is appended to")
        self.assertEqual(json.loads(lines[1])["message"], "wrote out.jsonl")

    def test_errors_are_on_standard_error_as_well(self):
        done = self.scan("--log-file", "dcscan.log", "--taxonomy", "nowhere.yaml")
        self.assertIn("nowhere.yaml", done.stderr)
        self.assertIn("nowhere.yaml", (self.path / "dcscan.log").read_text())

    def test_a_file_that_cannot_be_written_is_told_and_lines_stay_on_standard_error(self):
        done = self.scan("--log-file", "no/such/folder.log", "-o", "out.jsonl")
        self.assertEqual(done.returncode, 0)
        self.assertIn('could not write the log "no/such/folder.log"', done.stderr)
        self.assertIn("wrote out.jsonl", done.stderr)

    def test_under_the_journal_lines_carry_their_priority(self):
        with open(self.path / "journal", "w") as journal:
            found = os.fstat(journal.fileno())
            env = self.environment({"JOURNAL_STREAM": "%d:%d" % (found.st_dev, found.st_ino)})
            subprocess.run([DCSCAN, "scan", self.connection, "-o", "out.jsonl"], cwd=self.path, env=env, stderr=journal, check=True)
        self.assertRegex((self.path / "journal").read_text(), r"(?m)^<6>dcscan: info: wrote out.jsonl$")
        done = self.scan("-o", "out.jsonl", JOURNAL_STREAM="1:1")
        self.assertTrue(re.search(r"(?m)^dcscan: info: wrote", done.stderr), "another stream than the journal")


class Lock(RunEnd):
    def test_a_second_scan_is_kept_out_while_reading_goes_on(self):
        self.start_slow_scan()
        done = self.scan("--summary", "s.json")
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertEqual((self.summary("s.json")["outcome"], self.summary("s.json")["run"]), ("locked", None))
        read = subprocess.run([DCSCAN, "report", "-o", "-"], cwd=self.path, env=self.environment({}), capture_output=True, timeout=60)
        self.assertEqual(read.returncode, 0, read.stderr)

    def test_a_scan_killed_outright_leaves_no_lock(self):
        for number in (signal.SIGKILL, signal.SIGABRT):
            slow = self.start_slow_scan()
            slow.send_signal(number)
            slow.communicate(timeout=60)
            done = self.scan()
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_a_scan_started_does_not_keep_the_lock(self):
        """The command on finish may leave something running; the store is free all the same."""
        self.scan("--on-finish", "sleep 60 >/dev/null 2>&1 & echo $! > child")
        self.addCleanup(lambda: os.kill(int((self.path / "child").read_text()), signal.SIGKILL))
        self.assertEqual(self.scan().returncode, 0)

    def test_a_sqlite_store_behind_odbc_is_locked_as_well(self):
        store = ("--store", "odbc:Driver=SQLite3;Database=%s;JournalMode=WAL;Timeout=10000" % (self.path / "other.db"))
        self.start_slow_scan(*store)
        self.assertEqual(self.scan(*store).returncode, 7)
        self.assertEqual(self.scan("--store", str(self.path / "other.db")).returncode, 7, "the same file by its path")


if __name__ == "__main__":
    tap.main()
