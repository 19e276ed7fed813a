#!/usr/bin/env python3
"""Speed-up of one run over several workers: a played DBMS that answers each statement after 20 ms. Threads of one process (--jobs) and processes
that join one run (--join), each with a store in SQLite and, where one can be started, in PostgreSQL. The start of the program is measured apart
(a run of one table by as many processes): on one machine it takes its cores, on many it does not; with few tables it is all that is measured.

usage: workers.py DCSCAN DRIVER.so [TABLES [WORKERS...]]     e.g. workers.py build/dcscan build/tests/driver/libdcscantestodbc.so 2000 1 2 4 8
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import private_servers  # noqa: E402


class Stores:
    """New stores of either kind; "postgresql" only where a server can be started."""

    def __init__(self, path):
        self.path, self.n = path, 0
        self.server = path / "server"
        self.server.mkdir()
        self.environment = private_servers.start(str(self.server), "postgresql")
        self.kinds = ["sqlite"] + (["postgresql"] if self.environment else [])

    def new(self, kind):
        self.n += 1
        if kind == "sqlite":
            return str(self.path / ("store%d.db" % self.n))
        told = self.environment
        password = pathlib.Path(told["DCSCAN_TEST_ADMIN_PASSWORD_FILE"]).read_text(encoding="ascii").strip()
        subprocess.run(["psql", "-X", "-q", "-h", told["DCSCAN_PG_HOST"], "-p", told["DCSCAN_PG_PORT"], "-U", told["DCSCAN_TEST_ADMIN"], "-d", "postgres",
                        "-c", "CREATE DATABASE store%d" % self.n], env=dict(os.environ, PGPASSWORD=password), check=True)
        return "odbc:Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=store%d;UID=%s;PWD=%s" % (
            told["DCSCAN_PG_HOST"], told["DCSCAN_PG_PORT"], self.n, told["DCSCAN_TEST_ADMIN"], password)

    def stop(self):
        private_servers.stop(str(self.server))


class Bench:
    def __init__(self, program, driver, path):
        self.program, self.driver, self.path = program, driver, path
        self.stores = Stores(path)

    def config(self, store, n_tables):
        script = {"dialect": str(ROOT / "connectors/dialects/postgresql.yaml"), "info": {"dbms": "PostgreSQL", "version": "15.0", "quote": '"'},
                  "read_only": "on",
                  "tables": [{"schema": "s", "name": "t{i}", "repeat": n_tables, "rows": 50, "estimate": 50, "delay_ms": 20,
                              "columns": [{"name": "id", "type": "integer", "key": True, "start": 1, "step": 1},
                                          {"name": "note", "type": "text", "value": "note {n}"}]}]}
        (self.path / "script.yaml").write_text(yaml.safe_dump(script), encoding="utf-8")
        config = {"store": store, "sources": [{"name": "played", "limits": {"connections": 64},
                                               "connection": "Driver=%s;Script=%s" % (self.driver, self.path / "script.yaml")}]}
        (self.path / "dcscan.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")

    def seconds(self, kind, n_tables, n_processes, jobs):
        self.config(self.stores.new(kind), n_tables)
        begun = time.monotonic()
        processes = [subprocess.Popen([self.program, "scan", "-c", self.path / "dcscan.yaml", "--join", "bench", "--jobs", str(jobs), "-q"],
                                      env=dict(os.environ, DCSCAN_DATA=str(ROOT)), stderr=subprocess.PIPE, text=True) for _ in range(n_processes)]
        errors = [process.communicate()[1] for process in processes]
        if any(process.returncode for process in processes):
            sys.exit("\n".join(errors))
        return time.monotonic() - begun

    def measure(self, n_tables, workers):
        for kind in self.stores.kinds:
            for how in ("threads", "processes"):
                base = None
                for n in workers:
                    split = (1, n) if how == "threads" else (n, 1)
                    start, whole = self.seconds(kind, 1, *split), self.seconds(kind, n_tables, *split)
                    work = whole - start
                    base = base or (whole, work)
                    print("%-10s store, %d %-9s %7.2f s, %4.2f times as fast; without the start of %4.2f s: %4.2f times" %
                          (kind, n, how, whole, base[0] / whole, start, base[1] / work), flush=True)


def main(program, driver, n_tables="2000", *workers):
    with tempfile.TemporaryDirectory(prefix="dcscan-workers-") as folder:
        os.chmod(folder, 0o755)  # the server runs as its own user
        bench = Bench(program, os.path.abspath(driver), pathlib.Path(folder))
        try:
            bench.measure(int(n_tables), [int(n) for n in workers] or [1, 2, 4, 8])
        finally:
            bench.stores.stop()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
