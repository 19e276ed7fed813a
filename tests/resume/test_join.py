#!/usr/bin/env python3
"""Several processes on one run, on a store of either kind: the same findings, each table once, connections counted over all.

Environment: DCSCAN; DCSCAN_AWAY, for how many seconds stores and servers go away (3).
"""
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import PostgreSQL, ResumeCase  # noqa: E402
import private_servers  # noqa: E402
import tap  # noqa: E402


# How long a store or a server stays away, in seconds.
AWAY = float(os.environ.get("DCSCAN_AWAY", "3"))


def setUpModule():
    PostgreSQL.start()


def tearDownModule():
    PostgreSQL.stop()


class OnEither:
    """Cases for each kind of store; `kind` is set below."""
    kind = None

    def ask(self, store, sql):
        if self.kind == "sqlite":
            with sqlite3.connect(store) as db:
                return db.execute(sql).fetchone()[0]
        name = store.split("Database=")[1].split(";")[0]
        return int(PostgreSQL.sql(sql.replace(" FROM ", " FROM dcscan."), name))

    def change(self, store, sql):
        if self.kind == "sqlite":
            with sqlite3.connect(store, timeout=30) as db:
                db.execute(sql)
        else:
            PostgreSQL.sql(sql.replace("UPDATE ", "UPDATE dcscan."), store.split("Database=")[1].split(";")[0])

    def started(self, store):
        try:
            return self.ask(store, "SELECT COUNT(*) FROM task") > 0
        except (sqlite3.Error, subprocess.CalledProcessError):
            return False

    def wanted(self, *args):
        store = self.new_store(self.kind)
        self.run_to_end(store, *args)
        return self.findings(store)

    def test_four_processes_end_with_the_findings_of_one(self):
        self.add_source("plant", limits={"connections": 4})
        self.add_source("office", n_tables=10)
        wanted = self.wanted()
        store = self.new_store(self.kind)
        processes = [self.start(store, "--join", "night-1", "-v") for _ in range(4)]
        errors = [p.communicate(timeout=300)[1] for p in processes]
        self.assertEqual([p.returncode for p in processes], [0] * 4, errors)
        self.assertEqual(self.findings(store), wanted)
        self.assertEqual(self.ask(store, "SELECT COUNT(*) FROM run"), 1, "one run")
        n_read = sum(text.count(" rows, ") for text in errors)
        self.assertEqual(n_read, 50, "each table was read by one of them")

    def test_who_joins_a_run_that_has_ended_finds_it_done(self):
        self.add_source("plant", n_tables=3)
        store = self.new_store(self.kind)
        self.run_to_end(store, "--join", "night-1")
        self.assertIn("3", self.run_to_end(store, "--join", "night-1"))
        self.assertEqual(self.ask(store, "SELECT COUNT(*) FROM run"), 1)
        self.run_to_end(store, "--join", "1")

    def test_a_run_is_kept_out_while_joined_ones_work(self):
        self.add_source("plant", limits={"pause_milliseconds": 500, "connections": 2})
        store = self.new_store(self.kind)
        first = self.start(store, "--join", "night-1", "--jobs", "1")
        self.wait_for(lambda: self.started(store))
        second = self.start(store, "--join", "1", "--jobs", "1")
        self.wait_for(lambda: self.ask(store, "SELECT COUNT(DISTINCT lease_owner) FROM seat") == 2)
        first.kill()
        first.communicate()
        output = self.run_to_end(store, expect=7)
        self.assertIn("joined", output)
        second.kill()
        second.communicate()

    def test_what_a_dead_process_held_is_done_by_another(self):
        self.add_source("plant", n_tables=20, limits={"connections": 2})
        wanted = self.wanted()
        self.sources[0]["limits"]["pause_milliseconds"] = 100
        store = self.new_store(self.kind)
        first = self.start(store, "--join", "night-1", "--lease", "2")
        self.wait_for(lambda: self.started(store))
        second = self.start(store, "--join", "1", "--lease", "2")
        time.sleep(0.5)
        first.kill()
        first.communicate()
        _, errors = second.communicate(timeout=120)
        self.assertEqual(second.returncode, 0, errors)
        self.assertEqual(self.findings(store), wanted)

    def test_who_has_used_up_a_budget_sees_to_what_others_leave(self):
        self.add_source("plant", n_tables=5, limits={"source_rows": 1, "pause_milliseconds": 1000})
        store = self.new_store(self.kind)
        process = self.start(store)
        self.wait_for(lambda: self.started(store))
        self.change(store, "UPDATE task SET lease_owner = 'somebody', lease_until = %d WHERE id = 5" % (time.time() + 4))
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 5, errors)
        self.assertEqual(self.ask(store, "SELECT COUNT(*) FROM task WHERE reason LIKE '%rows allowed for the source%'"), 4)

    def open_files(self, processes):
        """The descriptors of the source that each has open."""
        found = set()
        for process in processes:
            folder = "/proc/%d/fd" % process.pid
            try:
                for fd in os.listdir(folder):
                    if "plant.db" in os.readlink(os.path.join(folder, fd)):
                        found.add((process.pid, fd))
            except OSError:  # closed, or ended, while it was looked at
                continue
        return found

    def test_the_connections_of_a_source_are_counted_over_all_processes(self):
        self.add_source("plant", n_tables=30, limits={"connections": 2, "pause_milliseconds": 50})
        store = self.new_store(self.kind)
        processes = [self.start(store, "--join", "night-1", "--jobs", "4") for _ in range(3)]
        most, stop = [0], threading.Event()

        def watch():
            while not stop.is_set():
                # What was open in two looks was open between them, all at once.
                most[0] = max(most[0], len(self.open_files(processes) & self.open_files(processes)))
                time.sleep(0.002)

        watcher = threading.Thread(target=watch)
        watcher.start()
        errors = [p.communicate(timeout=300)[1] for p in processes]
        stop.set()
        watcher.join()
        self.assertEqual([p.returncode for p in processes], [0] * 3, errors)
        self.assertGreaterEqual(most[0], 1)
        self.assertLessEqual(most[0], 2)

    def test_a_budget_of_rows_is_that_of_all_processes_together(self):
        self.add_source("plant", n_tables=30, limits={"connections": 3, "source_rows": 1, "pause_milliseconds": 200})
        store = self.new_store(self.kind)
        processes = [self.start(store, "--join", "night-1") for _ in range(3)]
        errors = [p.communicate(timeout=300)[1] for p in processes]
        self.assertEqual([p.returncode for p in processes], [5] * 3, errors)
        done = self.ask(store, "SELECT COUNT(*) FROM task WHERE state = 'done'")
        self.assertGreaterEqual(done, 1)
        self.assertLessEqual(done, 3, "no more than one was in hand in each when the budget was used up")
        self.assertEqual(self.ask(store, "SELECT COUNT(*) FROM task WHERE reason LIKE '%rows allowed for the source%'"), 30 - done)

    def test_a_changed_setting_is_refused_when_a_run_is_resumed(self):
        self.add_source("plant", limits={"pause_milliseconds": 100})
        store = self.new_store(self.kind)
        first = self.start(store)
        self.wait_for(lambda: self.started(store))
        first.send_signal(signal.SIGINT)
        first.communicate()
        self.assertEqual(first.returncode, 130)
        self.sources[0]["limits"]["sample_rows"] = 10
        self.assertIn("settings of source \"plant\" have changed", self.run_to_end(store, "--resume", expect=3))
        self.sources[0]["name"] = "other"
        self.assertIn("\"plant\" is neither named nor configured", self.run_to_end(store, "--resume", expect=2))

    def test_without_an_unfinished_run_there_is_nothing_to_resume(self):
        self.add_source("plant", n_tables=1)
        store = self.new_store(self.kind)
        self.run_to_end(store)
        self.assertIn("every run has ended", self.run_to_end(store, "--resume", expect=2))
        self.assertIn("it has ended", self.run_to_end(store, "--resume=1", expect=2))


class OnSqlite(OnEither, ResumeCase):
    kind = "sqlite"

    def test_a_store_that_is_busy_for_long_is_waited_for(self):
        self.add_source("plant", n_tables=10)
        wanted = self.wanted()
        self.sources[0]["limits"] = {"pause_milliseconds": 500}
        store = self.new_store("sqlite")
        self.run_to_end(store)
        process = self.start("odbc:Driver=SQLite3;Database=%s;Timeout=300" % store, "--full")
        self.wait_for(lambda: self.ask(store, "SELECT COUNT(*) FROM task") > 10)
        busy = sqlite3.connect(store, isolation_level=None)
        busy.execute("BEGIN IMMEDIATE")
        time.sleep(AWAY)  # longer than the driver waits by itself
        busy.execute("COMMIT")
        busy.close()
        _, errors = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn("waiting for the store", errors)
        self.assertEqual(self.findings(store), wanted)

    def add_server_source(self):
        """Twenty tables in a database of the private server."""
        connection = PostgreSQL.new_store().replace("odbc:", "")
        name = connection.split("Database=")[1].split(";")[0]
        PostgreSQL.sql("; ".join("CREATE TABLE t%02d_work_order AS SELECT n AS id, '1380000' || lpad(n::text, 4, '0') AS mobile, n / 4.0 AS qty "
                                 "FROM generate_series(1, 60) n" % i for i in range(20)) + "; ANALYZE", name)
        self.sources.append({"name": "server", "connection": connection.split(";UID=")[0], "user": PostgreSQL.environment["DCSCAN_TEST_ADMIN"],
                             "password_file": PostgreSQL.environment["DCSCAN_TEST_ADMIN_PASSWORD_FILE"], "limits": {}})

    def kill_source(self, store):
        process = self.start(store, "-v")
        for line in process.stderr:
            if " rows, " in line:
                break
        private_servers.kill(PostgreSQL.folder, "postgresql")
        return process

    def test_a_source_whose_server_is_restarted_is_waited_for(self):
        if PostgreSQL.environment is None:
            self.skipTest("no PostgreSQL is installed")
        self.add_server_source()
        wanted = self.wanted()
        self.sources[0]["limits"] = {"pause_milliseconds": 200, "connections": 2}
        store = self.new_store("sqlite")
        process = self.kill_source(store)
        time.sleep(AWAY)
        PostgreSQL.start_again()
        _, errors = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn("waiting for the source", errors)
        self.assertEqual(self.findings(store), wanted)

    def test_a_source_whose_server_stays_away_is_given_up(self):
        if PostgreSQL.environment is None:
            self.skipTest("no PostgreSQL is installed")
        self.add_server_source()
        self.sources[0]["limits"] = {"pause_milliseconds": 200, "reconnect_seconds": 1}
        store = self.new_store("sqlite")
        process = self.kill_source(store)
        _, errors = process.communicate(timeout=600)
        PostgreSQL.start_again()
        self.assertEqual(process.returncode, 5, errors)
        self.assertEqual({row["status"] for row in self.findings(store)}, {"ok", "unreadable"})


class OnPostgresql(OnEither, ResumeCase):
    kind = "postgresql"

    def test_a_store_whose_server_is_restarted_is_waited_for(self):
        self.add_source("plant", n_tables=20)
        wanted = self.wanted()
        self.sources[0]["limits"] = {"pause_milliseconds": 500}  # so that it is still at work then, on a busy machine too
        store = self.new_store("postgresql")
        process = self.start(store)
        self.wait_for(lambda: self.started(store))
        private_servers.kill(PostgreSQL.folder, "postgresql")
        time.sleep(AWAY)
        PostgreSQL.start_again()
        _, errors = process.communicate(timeout=600)  # the program itself gives up after 300 s
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn("waiting for the store", errors)
        self.assertEqual(self.findings(store), wanted)


if __name__ == "__main__":
    tap.main()
