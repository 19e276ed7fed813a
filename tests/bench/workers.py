#!/usr/bin/env python3
"""Speed-up of one run over several processes: a played DBMS that answers each statement after 20 ms, a SQLite store. With few tables the start of
the program is what is measured: two thousand and more show the work.

usage: workers.py DCSCAN DRIVER.so [TABLES]        e.g. workers.py build/dcscan build/tests/driver/libdcscantestodbc.so
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main(program, driver, n_tables=2000):
    with tempfile.TemporaryDirectory(prefix="dcscan-workers-") as folder:
        path = pathlib.Path(folder)
        script = {"dialect": str(ROOT / "connectors/dialects/postgresql.yaml"), "info": {"dbms": "PostgreSQL", "version": "15.0", "quote": '"'}, "read_only": "on",
                  "tables": [{"schema": "s", "name": "t{i}", "repeat": int(n_tables), "rows": 50, "estimate": 50, "delay_ms": 20,
                              "columns": [{"name": "id", "type": "integer", "key": True, "start": 1, "step": 1},
                                          {"name": "note", "type": "text", "value": "note {n}"}]}]}
        (path / "script.yaml").write_text(yaml.safe_dump(script), encoding="utf-8")
        base = None
        for n in (1, 2, 4, 8):
            config = {"store": str(path / ("store%d.db" % n)),
                      "sources": [{"name": "played", "connection": "Driver=%s;Script=%s" % (os.path.abspath(driver), path / "script.yaml"),
                                   "limits": {"connections": 8}}]}
            (path / "dcscan.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
            begun = time.monotonic()
            processes = [subprocess.Popen([program, "scan", "-c", path / "dcscan.yaml", "--join", "bench", "--jobs", "1", "-q"],
                                          env=dict(os.environ, DCSCAN_DATA=str(ROOT)), stderr=subprocess.PIPE, text=True) for _ in range(n)]
            errors = [process.communicate()[1] for process in processes]
            seconds = time.monotonic() - begun
            if any(process.returncode for process in processes):
                sys.exit("\n".join(errors))
            base = base or seconds
            print("%d processes: %6.2f s, %4.2f times as fast" % (n, seconds, base / seconds), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
