#!/usr/bin/env python3
"""Floors and ceilings of accuracy: reads floors.tsv, compares a result with it, makes it stricter.

usage: floors.py SET LABELS.csv[,…] RESULT.jsonl            compare; exit 1 when a bound is missed
       floors.py --raise SET LABELS.csv[,…] RESULT.jsonl    write what was reached into floors.tsv where it is stricter

A floor is set a little below what was reached (SLACK), so that a change of words that costs a column or two elsewhere is no failure.
Figures come from `dcscan eval`. Environment: DCSCAN, DCSCAN_DATA.
"""
import json
import math
import os
import pathlib
import subprocess
import sys

FILE = pathlib.Path(__file__).resolve().parent / "floors.tsv"
FLOORS = ("leaf_accuracy", "business_leaf_accuracy", "level_accuracy", "high_level_recall", "pi_recall", "pi_precision")
CEILINGS = ("under_graded", "calibration_error")
SLACK = 0.005


def read():
    """Returns {set: {figure: (bound, value)}}."""
    bounds = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, figure, bound, value = line.split("\t")
            bounds.setdefault(name, {})[figure] = (bound, float(value))
    return bounds


def write(bounds):
    head = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = ["\t".join([name, figure, bound, "%.3f" % value])
             for name in sorted(bounds) for figure, (bound, value) in sorted(bounds[name].items())]
    FILE.write_text("\n".join(head + lines) + "\n", encoding="utf-8")


def figures(labels, result):
    command = [os.environ.get("DCSCAN", "build/dcscan"), "eval", *labels.split(","), result, "--no-config", "--format", "json", "--misses", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    groups = json.loads(done.stdout)["figures"]
    return groups.get("ALL") or groups.get("all")


def missed(bounds, reached):
    """What falls short, as text."""
    out = []
    for figure, (bound, value) in sorted(bounds.items()):
        found = reached.get(figure)
        good = found is not None and not math.isnan(found) and (found >= value if bound == "floor" else found <= value)
        if not good:
            out.append("%s is %s, %s %.3f" % (figure, found, bound, value))
    return out


def stricter(bounds, reached):
    out = dict(bounds)
    for figure in FLOORS + CEILINGS:
        found = reached.get(figure)
        if found is None or math.isnan(found):
            continue
        if figure in FLOORS:
            value = math.floor((found - SLACK) * 1000) / 1000
            out[figure] = ("floor", max(value, bounds.get(figure, ("floor", 0))[1]))
        else:
            value = math.ceil((found + SLACK) * 1000) / 1000
            out[figure] = ("ceiling", min(value, bounds.get(figure, ("ceiling", 1))[1]))
    return out


def main(argv):
    raising = "--raise" in argv
    argv = [arg for arg in argv if arg != "--raise"]
    if len(argv) != 4:
        sys.exit(__doc__)
    name, bounds, reached = argv[1], read(), figures(argv[2], argv[3])
    for figure in FLOORS + CEILINGS:
        print("%-24s %s" % (figure, reached.get(figure)))
    if raising:
        bounds[name] = stricter(bounds.get(name, {}), reached)
        write(bounds)
        return 0
    short = missed(bounds.get(name, {}), reached)
    print("\n".join(short))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
