#!/usr/bin/env python3
"""Bytes that an inventory store takes per 100,000 columns: a played DBMS of many tables, scanned into a store, compacted.

usage: store_size.py DCSCAN DRIVER.so [TABLES [STORE]]
       e.g. store_size.py build/dcscan build/tests/driver/libdcscantestodbc.so 2000; STORE: odbc:… (a SQLite file)
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = [{"name": "id", "type": "integer", "key": True, "start": 1, "step": 1}, {"name": "order_no", "type": "text", "value": "WO2026{n}"},
           {"name": "mobile", "type": "text", "value": "1380000{n}"}, {"name": "email", "type": "text", "value": "user{n}@example.com"},
           {"name": "supplier_name", "type": "text", "value": "supplier {n}"}, {"name": "qty", "type": "integer", "start": 5, "step": 3},
           {"name": "status", "type": "text", "value": "open"}, {"name": "note", "type": "text", "value": "note {n}"}]


def main(program, driver, n_tables=2000, store=None):
    with tempfile.TemporaryDirectory(prefix="dcscan-size-") as folder:
        path = pathlib.Path(folder)
        script = {"dialect": str(ROOT / "connectors/dialects/postgresql.yaml"), "info": {"dbms": "PostgreSQL", "version": "15.0", "quote": '"'}, "read_only": "on",
                  "tables": [{"schema": "s", "name": "work_order{i}", "repeat": int(n_tables), "rows": 50, "estimate": 50, "columns": COLUMNS}]}
        (path / "script.yaml").write_text(yaml.safe_dump(script), encoding="utf-8")
        config = {"store": store or str(path / "store.db"),
                  "sources": [{"name": "played", "connection": "Driver=%s;Script=%s" % (os.path.abspath(driver), path / "script.yaml")}]}
        (path / "dcscan.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")

        def run(*args):
            done = subprocess.run([program, *args, "-c", path / "dcscan.yaml"], env=dict(os.environ, DCSCAN_DATA=str(ROOT)), capture_output=True,
                                  text=True, check=False)
            if done.returncode != 0:
                sys.exit(done.stderr)
            return done.stdout

        begun = time.monotonic()
        run("scan", "-q")
        seconds = time.monotonic() - begun
        run("store", "compact")
        told = json.loads(run("store", "check", "--format", "json"))
        begun = time.monotonic()
        run("store", "export", "-o", path / "export.jsonl")
        exported = time.monotonic() - begun
        per = 100000 / told["columns"]
        print("%s: %d columns in %d tables: %.1f MB, %.1f MB per 100,000 columns; scanned in %.1f s; exported in %.1f s, %.1f MB per 100,000" %
              (told["dbms"], told["columns"], told["tables"], told["bytes"] / 1e6, told["bytes"] * per / 1e6, seconds, exported,
               (path / "export.jsonl").stat().st_size * per / 1e6))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
