#!/usr/bin/env python3
"""A scan of what has not changed against the full scan before it: statements and seconds, for a played PostgreSQL, a SQLite file and, where one
can be started, a PostgreSQL server; and a run that is killed when half is done and resumed, against one that is not disturbed.

usage: refresh.py DCSCAN DRIVER.so [TABLES]        e.g. refresh.py build/dcscan build/tests/driver/libdcscantestodbc.so 10000
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import private_servers  # noqa: E402

OVERLAY = "overlay: plant\noverrides:\n  - {override: notes, column: note, leaf: A1-01, level: 3}\n"
COLUMNS = "id INTEGER PRIMARY KEY, mobile VARCHAR(20), qty DECIMAL(10,2), note VARCHAR(200)"


class Bench:
    def __init__(self, program, path, name, source):
        self.program, self.path, self.name = program, path, name
        self.config = path / (name + ".yaml")
        self.source = source
        self.configure(name)
        (path / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")

    def configure(self, store):
        self.store = self.path / (store + ".store")
        self.config.write_text(yaml.safe_dump({"store": str(self.store), "sources": [dict(self.source, name="bench")]}), encoding="utf-8")

    def start(self, *args):
        return subprocess.Popen([self.program, "scan", "-c", self.config, "-q", "--jobs", "1", *map(str, args)],
                                env=dict(os.environ, DCSCAN_DATA=str(ROOT)), stderr=subprocess.PIPE, text=True)

    def scan(self, what, *args):
        begun = time.monotonic()
        process = self.start("--summary", self.path / "summary.json", *args)
        errors = process.communicate()[1]
        if process.returncode:
            sys.exit(errors)
        seconds = time.monotonic() - begun
        told = json.loads((self.path / "summary.json").read_text(encoding="utf-8"))
        print("%-12s %-34s %6d tables %7d statements %8.2f s" %
              (self.name, what, told["tables"], sum(source["statements"] for source in told["sources"]), seconds), flush=True)
        return seconds

    def refresh(self):
        self.scan("full")
        self.scan("nothing has changed")
        self.scan("other rules: decided again", "--taxonomy-overlay", self.path / "overlay.yaml")
        self.scan("full again", "--full")

    def done(self):
        try:
            with sqlite3.connect("file:%s?mode=ro" % self.store, uri=True) as db:
                return db.execute("SELECT COUNT(*), COALESCE(SUM(open), 0) FROM task").fetchone()
        except sqlite3.Error:
            return 0, 0

    def resume(self):
        self.configure("whole")
        whole = self.scan("undisturbed")
        self.configure("killed")
        begun = time.monotonic()
        process = self.start()
        while process.poll() is None:
            n, n_open = self.done()
            if n and n_open <= n / 2:
                process.kill()
                break
            time.sleep(0.01)
        process.communicate()
        first = time.monotonic() - begun
        second = self.scan("resumed after half", "--resume")
        print("%-12s %-34s %6.2f + %.2f s, %+.1f %% against %.2f s undisturbed" %
              (self.name, "killed and resumed", first, second, 100 * ((first + second) / whole - 1), whole), flush=True)


def played(driver, path, n_tables):
    script = {"dialect": str(ROOT / "connectors/dialects/postgresql.yaml"), "info": {"dbms": "PostgreSQL", "version": "15.0", "quote": '"'}, "read_only": "on",
              "tables": [{"schema": "s", "name": "t{i}", "repeat": n_tables, "rows": 100, "estimate": 100,
                          "columns": [{"name": "id", "type": "integer", "key": True, "start": 1, "step": 1},
                                      {"name": "mobile", "type": "text", "value": "138{n:8}"}, {"name": "qty", "type": "numeric", "value": "{n}.5"},
                                      {"name": "note", "type": "text", "value": "note {n}"}]}]}
    (path / "script.yaml").write_text(yaml.safe_dump(script), encoding="utf-8")
    return {"connection": "Driver=%s;Script=%s" % (os.path.abspath(driver), path / "script.yaml")}


def rows(n):
    return ", ".join("(%d, '138%08d', %d.5, 'note %d')" % (i, i * 7919, i, i) for i in range(n))


def sqlite(path, n_tables):
    file = path / "plant.db"
    with sqlite3.connect(file) as db:
        for i in range(n_tables):
            db.execute("CREATE TABLE t%d (%s)" % (i, COLUMNS))
            db.execute("INSERT INTO t%d VALUES %s" % (i, rows(100)))
    return {"connection": "Driver=SQLite3;Database=%s" % file}


def postgresql(path, n_tables):
    environment = private_servers.start(str(path), "postgresql")
    if environment is None:
        return None
    password = pathlib.Path(environment["DCSCAN_TEST_ADMIN_PASSWORD_FILE"]).read_text(encoding="ascii").strip()
    make = ["CREATE TABLE bench_t%d (%s); INSERT INTO bench_t%d VALUES %s; GRANT SELECT ON bench_t%d TO %s;" %
            (i, COLUMNS, i, rows(100), i, environment["DCSCAN_TEST_USER"]) for i in range(n_tables)]
    subprocess.run(["psql", "-X", "-q", "-h", environment["DCSCAN_PG_HOST"], "-p", environment["DCSCAN_PG_PORT"], "-U", environment["DCSCAN_TEST_ADMIN"],
                    "-d", "dcscan_test"], input="\n".join(make) + "\nANALYZE;", text=True, check=True, env=dict(os.environ, PGPASSWORD=password))
    time.sleep(2)  # until the counters are written
    return {"connection": environment["DCSCAN_TEST_POSTGRESQL"], "user": environment["DCSCAN_TEST_USER"],
            "password_file": environment["DCSCAN_TEST_PASSWORD_FILE"], "include": ["*bench_t*"]}


def main(program, driver, n_tables=10000):
    n_tables = int(n_tables)
    with tempfile.TemporaryDirectory(prefix="dcscan-refresh-") as folder:
        path = pathlib.Path(folder)
        Bench(program, path, "played", played(driver, path, n_tables)).refresh()
        bench = Bench(program, path, "sqlite", sqlite(path, n_tables))
        bench.refresh()
        bench.resume()
        server = path / "server"
        server.mkdir()
        try:
            source = postgresql(server, n_tables // 5)
            if source is not None:
                Bench(program, path, "postgresql", source).refresh()
        finally:
            private_servers.stop(str(server))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
