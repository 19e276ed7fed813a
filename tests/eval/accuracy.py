#!/usr/bin/env python3
"""How often a scan is right: its JSON Lines against labelled columns.

usage: accuracy.py LABELS.csv[,LABELS.csv…] RESULT.jsonl [--floor FIGURE=VALUE]… [--ceiling FIGURE=VALUE]… [--json] [--misses N]

A column is right in its leaf when the leaf is the label's category or one of its alternates; right in its level when the level
is the label's or one of level_alt; under-graded when it lies below every accepted level. A labelled column that the result lacks
is wrong everywhere. business_leaf_accuracy leaves out the columns labelled Z. Exit 1 when a figure over all labels misses its
floor or ceiling; a figure that cannot be computed (nothing to divide by) misses it too.
"""
import argparse
import csv
import json
import math
import sys

REVIEW = "Z1-04"
N_BINS = 10


def plain(name):
    return (name or "").strip().strip('"`[]').lower()


def number_of_level(text):
    text = str(text if text is not None else "").strip().lstrip("Gg")
    return int(text) if text.isdigit() else None


def split(text):
    return [part.strip() for part in (text or "").split("|") if part.strip()]


class Label:
    """What is accepted for one column."""

    def __init__(self, row):
        self.source = plain(row["corpus"])
        self.table = plain(row["table"])
        self.column = plain(row["column"])
        self.schema = plain(row.get("schema"))
        self.category = row["category"]
        self.leaves = {self.category, *split(row.get("alternates"))}
        self.levels = {n for n in map(number_of_level, [row.get("level"), *split(row.get("level_alt"))]) if n is not None}
        self.marks = set(split(row.get("pi"))) or {"none"}
        self.important = row.get("important") == "yes"

    def find(self, rows):
        return rows.get((self.source, self.schema, self.table, self.column)) or rows.get((self.source, self.table, self.column))


class Verdict:
    """One labelled column beside what was said of it; every figure is a mean over some of these attributes."""

    def __init__(self, label, row):
        self.label, self.missing = label, row is None
        row = row or {}
        self.leaf = row.get("category") or ""
        self.level = number_of_level(row.get("level"))
        self.confidence = row.get("confidence")
        self.mark = row.get("pi") or "none"
        self.important = bool(row.get("important"))
        self.leaf_right = self.leaf in label.leaves
        self.class_right = bool(self.leaf) and self.leaf[0] in {leaf[0] for leaf in label.leaves}
        self.level_right = self.level in label.levels
        self.under = bool(label.levels) and (self.level is None or self.level < min(label.levels))
        self.over = bool(label.levels) and self.level is not None and self.level > max(label.levels)
        self.high = bool(label.levels) and min(label.levels) >= 3
        self.business = not label.category.startswith("Z")


def share(verdicts, right, among=lambda v: True):
    chosen = [v for v in verdicts if among(v)]
    return sum(bool(right(v)) for v in chosen) / len(chosen) if chosen else math.nan


def calibration_error(verdicts):
    """Mean distance, weighted by size, between the confidence said and the share that is right, over ten bins."""
    bins = {}
    for verdict in verdicts:
        if verdict.leaf and verdict.confidence is not None:
            content = bins.setdefault(min(int(float(verdict.confidence) * N_BINS), N_BINS - 1), [0, 0, 0.0])
            content[0] += 1
            content[1] += verdict.leaf_right
            content[2] += float(verdict.confidence)
    total = sum(n for n, _, _ in bins.values())
    distance = sum(abs(right - said) for _, right, said in bins.values())
    return distance / total if total else math.nan


def macro_leaf_accuracy(verdicts):
    """Mean over the classes of the labels."""
    classes = dict.fromkeys(v.label.category[:1] for v in verdicts)
    shares = [share(verdicts, lambda v: v.leaf_right, lambda v, name=name: v.label.category[:1] == name) for name in classes]
    return sum(shares) / len(shares) if shares else math.nan


def figures(verdicts):
    return {
        "columns": len(verdicts),
        "missing": sum(v.missing for v in verdicts),
        "leaf_accuracy": share(verdicts, lambda v: v.leaf_right),
        "business_leaf_accuracy": share(verdicts, lambda v: v.leaf_right, lambda v: v.business),
        "class_accuracy": share(verdicts, lambda v: v.class_right),
        "level_accuracy": share(verdicts, lambda v: v.level_right),
        "under_graded": share(verdicts, lambda v: v.under),
        "over_graded": share(verdicts, lambda v: v.over),
        "left_to_review": share(verdicts, lambda v: v.leaf == REVIEW),
        "high_level_recall": share(verdicts, lambda v: (v.level or 0) >= 3, lambda v: v.high),
        "pi_recall": share(verdicts, lambda v: v.mark != "none", lambda v: "none" not in v.label.marks),
        "pi_precision": share(verdicts, lambda v: v.label.marks != {"none"}, lambda v: v.mark != "none"),
        "sensitive_pi_recall": share(verdicts, lambda v: v.mark == "sensitive", lambda v: v.label.marks == {"sensitive"}),
        "important_recall": share(verdicts, lambda v: v.important, lambda v: v.label.important),
        "important_precision": share(verdicts, lambda v: v.label.important, lambda v: v.important),
        "calibration_error": calibration_error(verdicts),
        "macro_leaf_accuracy": macro_leaf_accuracy(verdicts),
    }


def read_labels(paths):
    for path in paths.split(","):
        with open(path, encoding="utf-8", newline="") as file:
            yield from map(Label, csv.DictReader(file))


def read_rows(path):
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in filter(str.strip, file):
            row = json.loads(line)
            source, schema, table, column = (plain(row.get(key)) for key in ("source", "schema", "table", "column"))
            rows[source, table, column] = rows[source, schema, table, column] = row
    return rows


def print_figures(groups):
    print("%-24s" % "" + "".join("%14s" % name[:13] for name in groups))
    for key in next(iter(groups.values())):
        print("%-24s" % key + "".join("%14s" % (v if isinstance(v, int) else "%.3f" % v) for v in (g[key] for g in groups.values())))


def print_misses(verdicts, most):
    for verdict in [v for v in verdicts if not v.leaf_right][:most]:
        label = verdict.label
        print("  %s.%s.%s: %s, said %s level %s confidence %s" % (label.source, label.table, label.column, "|".join(sorted(label.leaves)),
                                                             verdict.leaf or "nothing", verdict.level, verdict.confidence))


def bound(text):
    key, _, value = text.partition("=")
    return key, float(value)


def missed_bounds(overall, floors, ceilings):
    for key, value in floors:
        if not overall[key] >= value:
            yield "%s is %.3f; at least %g is wanted" % (key, overall[key], value)
    for key, value in ceilings:
        if not overall[key] <= value:
            yield "%s is %.3f; at most %g is wanted" % (key, overall[key], value)


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels")
    parser.add_argument("result")
    parser.add_argument("--floor", action="append", type=bound, default=[])
    parser.add_argument("--ceiling", action="append", type=bound, default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args(argv[1:])
    unknown = [key for key, _ in options.floor + options.ceiling if key not in figures([])]
    if unknown:
        parser.error("unknown figure %s" % ", ".join(unknown))

    rows = read_rows(options.result)
    verdicts = [Verdict(label, label.find(rows)) for label in read_labels(options.labels)]
    sources = dict.fromkeys(v.label.source for v in verdicts)
    groups = {source: figures([v for v in verdicts if v.label.source == source]) for source in sources}
    groups["all"] = figures(verdicts)
    if options.json:
        print(json.dumps(groups, ensure_ascii=False, indent=1))
    else:
        print_figures(groups)
    print_misses(verdicts, options.misses)
    missed = list(missed_bounds(groups["all"], options.floor, options.ceiling))
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
