#!/usr/bin/env python3
"""Writes the sample plant: SQLite databases of an invented car-parts maker, labels of all columns, dcscan.yaml.

usage: generate.py OUTDIR [--seed N] [--scale F]

The same seed and scale give the same rows and the same labels, byte for byte; the labels depend on neither.
"""

import argparse
import os
import sqlite3
import sys

sys.dont_write_bytecode = True      # the generator leaves nothing behind in the source tree

from plantgen.catalog import databases      # noqa: E402
from plantgen.config import write_config    # noqa: E402
from plantgen.labels import label_rows, view_rows, write_labels     # noqa: E402
from plantgen.world import World            # noqa: E402
from plantgen.writer import write_database  # noqa: E402

SCALES = {"small": 0.02, "full": 1.0}


def scale_of(text):
    value = SCALES[text] if text in SCALES else float(text)
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("must be above 0 and at most 100")
    return value


def parse(argv):
    parser = argparse.ArgumentParser(description="Write the sample plant.")
    parser.add_argument("outdir", metavar="OUTDIR", help="directory to write to; made when missing")
    parser.add_argument("--seed", type=int, default=1, help="seed of all invented values (default 1)")
    parser.add_argument("--scale", type=scale_of, default=1.0, metavar="F",
                        help="factor on the numbers of rows: a number, small (0.02) or full (1)")
    return parser.parse_args(argv)


def generate(outdir, seed=1, scale=1.0):
    """Writes everything and returns (database, rows by table) pairs."""
    os.makedirs(outdir, exist_ok=True)
    world, plant = World(seed, scale), databases()
    counts = [(database, write_database(os.path.join(outdir, database.name + ".db"), database, world, scale, seed))
              for database in plant]
    write_labels(os.path.join(outdir, "labels.csv"), [row for database in plant for row in label_rows(database)])
    write_labels(os.path.join(outdir, "labels-views.csv"), [row for database in plant for row in view_rows(database)])
    write_config(os.path.join(outdir, "dcscan.yaml"), plant, outdir)
    return counts


def summary(counts):
    totals = [0, 0, 0]
    for database, rows in counts:
        figures = len(database.tables), sum(len(t.columns) for t in database.tables), sum(rows.values())
        totals = [a + b for a, b in zip(totals, figures)]
        yield "%-12s %4d tables %5d columns %7d rows" % ((database.name + ".db",) + figures)
    yield "%-12s %4d tables %5d columns %7d rows" % ("total", *totals)


def main(argv):
    options = parse(argv)
    try:
        counts = generate(options.outdir, options.seed, options.scale)
    except (OSError, sqlite3.Error) as error:
        print("could not write the sample plant: %s" % error, file=sys.stderr)
        return 1
    for line in summary(counts):
        print(line, file=sys.stderr)
    for name in ("labels.csv", "labels-views.csv", "dcscan.yaml"):
        print(os.path.join(options.outdir, name), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
