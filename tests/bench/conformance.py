#!/usr/bin/env python3
"""Results of the conformance suite by DBMS: real ones first, then those that the scripted driver plays.

usage: tests/support/servers.sh run -- tests/bench/conformance.py [BUILD]       (build)
Without servers the cases of PostgreSQL and MariaDB are skipped, and counted so. Exit: 1 when a case failed.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASE = re.compile(r"^(ok|not ok) - (\w+)::(\w+)(.*)$")
BIAS = "a_sample_of_a_large_table_is_no_sample_of_its_first_rows"


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build").resolve()
    environment = dict(os.environ, DCSCAN_DATA=str(ROOT), ODBCSYSINI=str(build / "tests" / "support" / "odbc"))
    environment["LD_LIBRARY_PATH"] = str(build / "tests" / "driver")
    done = subprocess.run([str(build / "tests" / "connectors" / "test_connectors"), "--output=tap:-"], env=environment, cwd=ROOT,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    counts = collections.defaultdict(collections.Counter)
    bias = {}
    for verdict, dbms, case, rest in (match.groups() for match in map(CASE.match, done.stdout.splitlines()) if match):
        state = "skipped" if "# SKIP" in rest else "passed" if verdict == "ok" else "failed"
        counts[dbms][state] += 1
        if case == BIAS:
            bias[dbms] = state
    print("%-28s %6s %6s %7s   %s" % ("dbms", "passed", "failed", "skipped", "60,000 rows, the first 5,000 unlike the rest"))
    for dbms in sorted(counts, key=lambda name: (name.startswith("played_"), name)):
        count = counts[dbms]
        print("%-28s %6d %6d %7d   %s" % (dbms, count["passed"], count["failed"], count["skipped"], bias.get(dbms, "-")))
    sys.exit(1 if not counts or done.returncode else 0)


if __name__ == "__main__":
    main()
