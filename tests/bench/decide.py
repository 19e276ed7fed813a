#!/usr/bin/env python3
"""Decided columns a second of one core, the database's time apart: a run in a store is decided again from its stored profiles (`dcscan regrade`).

usage: decide.py DCSCAN STORE.db          e.g. decide.py build/dcscan OUTDIR/inventory.db, a store that tests/eval/run.sh OUTDIR left

Prints processor seconds (median of five) of the whole command with its reading and writing of the store, and, where valgrind is there, the
instructions that go into deciding itself. The store is copied, not changed.
"""
import os
import pathlib
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPEATS = 5
DECIDES = "dc_classify_table"


def run(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(list(map(str, command)), env=dict(os.environ, DCSCAN_DATA=str(ROOT)), capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def instructions(program, store, path):
    """Of deciding, and of the whole command; None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    run("valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=%s" % path, program, "regrade", "--store", store, "-q")
    lines = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", path], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in lines.splitlines():
        match = re.match(r"\s*([\d,]+)\s.*?(PROGRAM TOTALS|:(\w+)(?:'\d+)? )", line + " ")
        if match:
            found.setdefault(match.group(3) or "total", int(match.group(1).replace(",", "")))
    return found[DECIDES], found["total"]


def main():
    program, origin = map(pathlib.Path, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="dcscan-decide-") as folder:
        store = pathlib.Path(folder) / "store.db"
        with sqlite3.connect(origin) as db:
            db.execute("VACUUM INTO ?", [str(store)])
        with sqlite3.connect(store) as db:
            n = db.execute("SELECT COUNT(*) FROM finding WHERE task_id IN (SELECT id FROM task WHERE run_id = (SELECT MAX(run_id) FROM task))").fetchone()[0]
        seconds = statistics.median(run(program, "regrade", "--store", store, "-q") for _ in range(REPEATS))
        print("%d columns in %.2f s of processor, store and start included: %.0f columns a second" % (n, seconds, n / seconds))
        counted = instructions(program, store, pathlib.Path(folder) / "out")
        if counted:
            print("deciding: %.0f instructions a column, %.0f %% of the command: %.0f columns a second without the rest" %
                  (counted[0] / n, 100 * counted[0] / counted[1], n / (seconds * counted[0] / counted[1])))


if __name__ == "__main__":
    main()
