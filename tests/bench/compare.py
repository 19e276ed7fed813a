#!/usr/bin/env python3
"""Interleaved rounds of dcscan and the bare fetch over the same statements; medians and ratios per DBMS.

usage: compare.py --dcscan PROGRAM --bare PROGRAM --config dcscan.yaml --out DIR [--rounds N] [--connections N]

Both sides do the same SELECTs: dcscan writes them (--statements) in a first scan with a fixed seed. The bare fetch is the time
of its process; the scan is the time of the whole process, with start, catalogue, store and report. What that adds beyond the
values themselves is shown apart, as the time of a scan that only plans (--dry-run).
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

import yaml

DBMS_OF_DRIVER = (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"), ("psql", "PostgreSQL"), ("maria", "MariaDB"), ("mysql", "MariaDB"))


def read_sources(path):
    with open(path, encoding="utf-8") as file:
        sources = yaml.safe_load(file)["sources"]
    folder = os.path.dirname(os.path.abspath(path))
    for source in sources:
        source["connection"] = source.get("connection") or "DSN=" + source["dsn"]
        if "password_file" in source:
            source["password_file"] = os.path.join(folder, source["password_file"])
    return sources


def group_of(source):
    """DBMS and kind of tables: the wide ones are many and full, the labelled schemas nearly empty."""
    text = source["connection"].lower()
    dbms = next((name for key, name in DBMS_OF_DRIVER if key in text), "other")
    kind = "wide tables" if source["name"].startswith("wide-") else "sample plant" if dbms == "SQLite" else "labelled schemas"
    return dbms, kind


def write_sources(path, sources):
    with open(path, "w", encoding="utf-8") as file:
        for source in sources:
            fields = (source["name"], source["connection"], source.get("user", ""), source.get("password_file", ""))
            file.write("\t".join(fields) + "\n")


def timed(command, accepted=(0,)):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in accepted:
        sys.exit("%s: exit %d\n%s" % (" ".join(command), done.returncode, done.stderr[-2000:]))
    return seconds, done.stdout


class Series:
    """All that is measured on the sources of one DBMS."""

    def __init__(self, options, group, sources):
        self.options, self.group, self.names = options, group, [source["name"] for source in sources]
        prefix = os.path.join(options.out, "bench-" + "-".join(group).lower().replace(" ", "-"))
        self.sources_file, self.statements, self.store, self.result = (prefix + end for end in (".sources", ".statements", ".db", ".jsonl"))
        write_sources(self.sources_file, sources)
        self.times = {}

    def scan(self, *more):
        for end in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(self.store + end):
                os.remove(self.store + end)
        command = [self.options.dcscan, "scan", *self.names, "--config", self.options.config, "--store", self.store, "--seed", "1", *more]
        # 5: the plant holds tables that cannot be read
        return timed(command, (0, 5))

    def bare(self, *more):
        command = [self.options.bare, "--sources", self.sources_file, "--statements", self.statements, *more]
        return timed(command, (0, 1))

    def measure(self):
        self.scan("--jobs", "1", "-o", self.result, "--statements", self.statements)
        n = str(self.options.connections)
        kinds = {
            "bare": self.bare,
            "bare, memstatus off": lambda: self.bare("--memstatus-off"),
            "bare, %s connections" % n: lambda: self.bare("--connections", n, "--memstatus-off"),
            "scan --dry-run": lambda: self.scan("--jobs", "1", "--dry-run"),
            "scan --jobs 1": lambda: self.scan("--jobs", "1", "-o", self.result),
            "scan": lambda: self.scan("-o", self.result),
        }
        if self.group[0] != "SQLite":
            del kinds["bare, memstatus off"]
        self.times = {kind: [] for kind in kinds}
        for _ in range(self.options.rounds):
            for kind, run in kinds.items():
                self.times[kind].append(run()[0])

    def size(self):
        rows = [line.split("\t") for line in self.bare()[1].splitlines()[1:]]
        return [sum(int(row[i]) for row in rows) for i in (1, 2, 3, 4)]

    def print(self):
        n_statements, n_failed, n_rows, n_cells = self.size()
        print("\n%s, %s: %d sources, %d statements (%d failed), %d rows, %d cells" % (*self.group, len(self.names), n_statements, n_failed, n_rows, n_cells))
        base = statistics.median(self.times["bare"])
        print("  %-24s %9s %9s %9s %12s" % ("", "median s", "min s", "ratio", "ns/cell more"))
        difference = [scan - plan for scan, plan in zip(self.times["scan --jobs 1"], self.times["scan --dry-run"])]
        for kind, times in [*self.times.items(), ("--jobs 1 less --dry-run", difference)]:
            median = statistics.median(times)
            print("  %-24s %9.3f %9.3f %9.2f %12.0f" % (kind, median, min(times), median / base, (median - base) / max(n_cells, 1) * 1e9))


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--dcscan", "--bare", "--config", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--connections", type=int, default=2)
    options = parser.parse_args(argv[1:])
    groups = {}
    for source in read_sources(options.config):
        groups.setdefault(group_of(source), []).append(source)
    for group, sources in groups.items():
        series = Series(options, group, sources)
        series.measure()
        series.print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
