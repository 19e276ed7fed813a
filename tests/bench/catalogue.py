#!/usr/bin/env python3
"""Time and memory to list a large catalogue, played by the scripted driver: how both grow with the number of tables.

usage: catalogue.py [--dcscan FILE] [--columns N] [--dialect NAME] [TABLES…]      (10000 25000 50000 100000 tables of 10 columns)

`sources test` connects and lists: three statements whatever the number of tables. `scan --dry-run` also plans each table. The driver's own
share is in the time, since it lives in the same process; it makes rows when they are asked for and keeps none.
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
INFO = {"sqlserver": {"dbms": "Microsoft SQL Server", "version": "15.00.4365", "driver": "libtdsodbc.so"},
        "generic": {"dbms": "Something Else", "version": "1.0", "driver": "libelse.so"}}


def script(dialect, n_tables, n_columns):
    columns = [{"name": "id", "type": "int", "key": True, "start": 1, "step": 1}]
    columns += [{"name": "col_%d" % i, "type": "varchar", "size": 40, "comment": "第%d列说明" % i} for i in range(1, n_columns)]
    return {"info": INFO[dialect], "dialect": str(ROOT / "connectors" / "dialects" / (dialect + ".yaml")), "keys": False,
            "tables": [{"schema": "plant", "name": "table_{i:6}", "comment": "业务表{i}", "repeat": n_tables, "rows": 50000,
                        "columns": columns}]}


def measure(arguments, environment):
    """Seconds, and the most memory in use at once in MiB."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execve(arguments[0], arguments, environment)
    _, status, usage = os.wait4(child, 0)
    return time.monotonic() - began, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dcscan", default=os.environ.get("DCSCAN", str(ROOT / "build" / "dcscan")))
    parser.add_argument("--columns", type=int, default=10)
    parser.add_argument("--dialect", choices=sorted(INFO), default="sqlserver")
    parser.add_argument("tables", nargs="*", type=int)
    options = parser.parse_args()
    failed = False
    print("%-16s %9s %9s %9s %9s %12s" % ("command", "tables", "columns", "seconds", "MiB", "bytes/column"))
    with tempfile.TemporaryDirectory(prefix="dcscan-catalogue-") as folder:
        environment = dict(os.environ, XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder, HOME=folder, DCSCAN_DATA=str(ROOT))
        path = os.path.join(folder, "script.yaml")
        config = os.path.join(folder, "dcscan.yaml")
        with open(config, "w", encoding="utf-8") as file:
            json.dump({"sources": [{"name": "large", "connection": "Driver=Scripted;Script=" + path}]}, file)
        commands = (("sources test", ["sources", "test", "--config", config]),
                    ("scan --dry-run", ["scan", "--config", config, "--dry-run", "-q"]))
        for name, command in commands:
            base = None
            for n_tables in [1] + sorted(options.tables or [10000, 25000, 50000, 100000]):
                with open(path, "w", encoding="utf-8") as file:
                    json.dump(script(options.dialect, n_tables, options.columns), file, ensure_ascii=False)
                seconds, memory, code = measure([options.dcscan, *command], environment)
                failed = failed or code != 0
                if base is None:
                    base = memory
                n_columns = n_tables * options.columns
                print("%-16s %9d %9d %9.2f %9.1f %12s" % (
                    name, n_tables, n_columns, seconds, memory,
                    "-" if n_tables == 1 else "%.0f" % ((memory - base) * 1048576 / n_columns)) + (" exit %d" % code if code else ""), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
