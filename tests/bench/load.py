#!/usr/bin/env python3
"""What a run asked of its sources, from its inventory store: statements, rows and bytes a table, by source and in all.

usage: load.py [--run N] INVENTORY.db        (by default the newest run; tests/eval/run.sh DIR leaves DIR/inventory.db)
Statements are those of sampling; those of the session and the catalogue, which do not grow with the tables, stand in a column of their own.
"""
import argparse
import sqlite3
import sys

ROW = "%-20s %7d %9d %8.2f %8d %8d %10d %10d"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", type=int)
    parser.add_argument("store")
    options = parser.parse_args()
    store = sqlite3.connect("file:%s?mode=ro" % options.store, uri=True)
    run = options.run or store.execute("SELECT MAX(id) FROM run").fetchone()[0]
    rows = store.execute(
        "SELECT t.source, COUNT(*), MAX(s.n_statements) - SUM(t.n_statements), SUM(t.n_statements), SUM(t.rows_read), SUM(t.bytes_read),"
        " MAX(t.bytes_read) FROM task t JOIN run_source s ON s.run_id = t.run_id AND s.name = t.source"
        " WHERE t.run_id = ? AND t.state = 'done' GROUP BY t.source ORDER BY t.source", (run,)).fetchall()
    if not rows:
        sys.exit("run %s of %s has no table that was read" % (run, options.store))
    print("%-20s %7s %9s %8s %8s %8s %10s %10s" % ("source", "tables", "catalogue", "stmt/tab", "max rows", "rows/tab", "bytes/tab", "max bytes"))
    most = dict(store.execute("SELECT source, MAX(rows_read) FROM task WHERE run_id = ? GROUP BY source", (run,)))
    for source, n, other, statements, n_rows, n_bytes, top in rows:
        print(ROW % (source, n, other, statements / n, most[source], n_rows / n, n_bytes / n, top))
    n = sum(row[1] for row in rows)
    print(ROW % ("all", n, sum(row[2] for row in rows), sum(row[3] for row in rows) / n, max(most.values()),
                 sum(row[4] for row in rows) / n, sum(row[5] for row in rows) / n, max(row[6] for row in rows)))


if __name__ == "__main__":
    main()
