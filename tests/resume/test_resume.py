#!/usr/bin/env python3
"""A scan that is killed at any moment and resumed ends with exactly the findings of an undisturbed one.

Environment: DCSCAN; DCSCAN_KILLS, how often the process is killed on each store (8); DCSCAN_KILL_SEED.
"""
import os
import pathlib
import random
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

    def kill_until_done(self, store, dice, whole, most):
        """Scans one run to its end through kills at random moments; returns how many there were."""
        args, n_kills, there = [], 0, False
        while True:
            process = self.start(store, *args, *JOBS)
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
                there = self.n_runs(store) > 0
                args = ["--resume"] if there else []
                continue
            self.assertIn(process.returncode, (-9, 7), errors)
            args = ["--resume"]

    def n_runs(self, store):
        process = self.start(store, "-o", self.path / "any.jsonl", command="report")
        process.communicate(timeout=60)
        return 1 if process.returncode == 0 else 0

    def test_on_a_sqlite_store(self):
        self.kill_often("sqlite")

    def test_on_a_postgresql_store(self):
        self.kill_often("postgresql")


if __name__ == "__main__":
    tap.main()
