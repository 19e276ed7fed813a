#!/usr/bin/env python3
"""A scan that is killed at any moment and resumed ends with exactly the findings of an undisturbed one.

Environment: DCSCAN; DCSCAN_KILLS, how often the process is killed on each store (8); DCSCAN_KILL_SEED.
"""
import json
import os
import pathlib
import random
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from resume_case import PostgreSQL, ResumeCase  # noqa: E402
import tap  # noqa: E402

KILLS = int(os.environ.get("DCSCAN_KILLS", "8"))
SEED = int(os.environ.get("DCSCAN_KILL_SEED", "1"))
JOBS = ["--jobs", "4"]


def setUpModule():
    PostgreSQL.start()


def tearDownModule():
    PostgreSQL.stop()


class Killed(ResumeCase):
    def kill_often(self, kind):
        self.add_source("plant", limits={"connections": 3})
        self.add_source("office", n_tables=15)
        undisturbed = self.new_store(kind)
        begun = time.monotonic()
        self.run_to_end(undisturbed, *JOBS)
        whole = time.monotonic() - begun
        wanted = self.findings(undisturbed)
        dice = random.Random(SEED)
        n_kills = n_runs = 0
        while n_kills < KILLS:
            store = self.new_store(kind)
            n_runs += 1
            n_kills += self.kill_until_done(store, dice, whole, KILLS - n_kills)
            self.assertEqual(self.findings(store), wanted, "after %d kills, seed %d" % (n_kills, SEED))
            self.assertNotIn("not finished", self.run_to_end(store, *JOBS), "nothing is left to be resumed")
        print("# %s: %d kills in %d runs, each with the findings of an undisturbed one" % (kind, n_kills, n_runs), flush=True)

    def kill_refreshes(self, kind):
        """The same for a scan that reads some tables, carries others over and decides them again."""
        self.add_source("plant", limits={"connections": 3})
        overlay = self.path / "plant.yaml"
        overlay.write_text("overlay: plant\noverrides:\n  - {override: amounts, column: qty, leaf: A1-01, level: 3}\n", encoding="utf-8")
        stores = [self.new_store(kind) for _ in range(1 + KILLS // 4)]
        for store in stores:
            self.run_to_end(store, *JOBS)
        with sqlite3.connect(self.path / "plant.db") as db:
            for i in range(0, 40, 3):
                db.execute("ALTER TABLE t%03d_work_order ADD COLUMN supplier TEXT" % i)
        begun = time.monotonic()
        self.run_to_end(stores[0], "--taxonomy-overlay", overlay, *JOBS)
        whole = time.monotonic() - begun
        wanted = self.findings(stores[0])
        self.assertEqual({row["carried_from"] for row in wanted}, {1, None})
        dice = random.Random(SEED)
        for store in stores[1:]:
            self.kill_until_done(store, dice, whole, 4, "--taxonomy-overlay", overlay)
            self.assertEqual(self.findings(store), wanted, "seed %d" % SEED)

    def kill_until_done(self, store, dice, whole, most, *always):
        """Scans one run to its end through kills at random moments; returns how many there were."""
        args, n_kills, there, n_before = [], 0, False, self.n_runs(store)
        while True:
            process = self.start(store, *args, *always, *JOBS)
            if n_kills < most:
                time.sleep(dice.uniform(0, whole))
                if process.poll() is None:
                    process.kill()
                    n_kills += 1
            _, errors = process.communicate(timeout=300)
            if process.returncode == 0:
                return n_kills
            if process.returncode == 2 and "every run has ended" in errors:
                # Killed before the run began, or after it ended. A server may take in the beginning of a run after its process is gone.
                if there:
                    return n_kills
                there = self.n_runs(store) > n_before
                args = ["--resume"] if there else []
                continue
            self.assertIn(process.returncode, (-9, 7), errors)
            args = ["--resume"]

    def n_runs(self, store):
        path = self.path / "any.jsonl"
        process = self.start(store, "-o", path, command="report")
        process.communicate(timeout=60)
        with open(path, encoding="utf-8") if process.returncode == 0 else open(os.devnull, encoding="utf-8") as lines:
            return max((json.loads(line)["run"] for line in lines), default=1 if process.returncode == 0 else 0)

    def test_on_a_sqlite_store(self):
        self.kill_often("sqlite")

    def test_on_a_postgresql_store(self):
        self.kill_often("postgresql")

    def test_a_refresh_on_a_sqlite_store(self):
        self.kill_refreshes("sqlite")

    def test_a_refresh_on_a_postgresql_store(self):
        self.kill_refreshes("postgresql")


class Clock(ResumeCase):
    """The clock of the machine is set back two hours while a scan is under way."""

    def test_a_clock_that_is_set_back_changes_nothing_that_is_found(self):
        self.add_source("plant", limits={"connections": 2})
        wanted_store, store = self.new_store("sqlite"), self.new_store("sqlite")
        self.run_to_end(wanted_store)
        wanted = self.findings(wanted_store)
        self.sources[0]["limits"]["pause_milliseconds"] = 100
        mark = self.path / "back"
        process = self.start(store, "-v", "--lease", "2", "--summary", self.path / "summary.json",
                             LD_PRELOAD=os.environ["CLOCK_BACK_MODULE"], CLOCK_BACK=str(mark))
        for line in process.stderr:
            if " rows, " in line:
                break
        mark.touch()
        other = self.start(store, "--join", "1", "--lease", "2")
        errors = process.communicate(timeout=300)[1], other.communicate(timeout=300)[1]
        self.assertEqual((process.returncode, other.returncode), (0, 0), errors)
        self.assertEqual(self.findings(store), wanted)
        summary = json.loads((self.path / "summary.json").read_text(encoding="utf-8"))
        self.assertLess(summary["finished_at"], summary["started_at"], "as the clock said")
        self.assertTrue(0 < summary["seconds"] < 300, summary["seconds"])
        self.assertTrue(all(0 <= source["seconds"] < 300 for source in summary["sources"]))
        read_at = {row["sampled_at"] for row in self.findings(store, times=True)}
        self.assertGreater(len({moment[:13] for moment in read_at}), 1)
        self.assertTrue(all(moment.endswith("Z") for moment in read_at), read_at)


if __name__ == "__main__":
    tap.main()
