#!/usr/bin/env python3
"""Fits the weights of the combination to labelled columns, from the profiles of a stored run: no database is touched.

usage: fit.py STORE LABELS.csv[,LABELS.csv…] [STORE LABELS…]… [--weights NAME,…] [--steps 0.85,1.2] [--rounds N] [-o OVERLAY.yaml]

Features are those of weights.yaml and nothing else: kinds of evidence, forms of words, subject and role. No name of a table or
column can enter. One weight after the other is moved by each of the steps and decided again (`dcscan regrade` with an overlay);
a move stays when the goal grows by more than NOISE and at least as many sources gain by it as lose. The goal is the mean over the
sources of leaf accuracy + level accuracy − share under-graded, so that a large source does not count more than a small one.
The result is an overlay a person can read; what is right is copied by hand into taxonomies/whcsa-003-2024/weights.yaml.
At the end the points of the confidence curve are fitted as well (share right by margin, ascending) and printed.
Environment: DCSCAN (the program), DCSCAN_DATA. Always the same for the same input.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from accuracy import Verdict, read_labels, read_rows, share

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOISE = 0.0005
FIXED = ("review", "doubt", "masked_share", "confidence_")


def shipped_weights():
    text = (ROOT / "taxonomies/whcsa-003-2024/weights.yaml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in re.findall(r"^  (\w+): ([\d.]+)", text, re.M)}


def write_overlay(path, weights):
    path.write_text("weights:\n" + "".join("  %s: %g\n" % item for item in sorted(weights.items())), encoding="utf-8")


class Trial:
    """A stored run and the labels of its columns."""

    def __init__(self, folder, store, labels):
        self.store, self.labels = folder / ("%d.db" % len(list(folder.iterdir()))), list(read_labels(labels))
        self.original = store

    def decide(self, folder, weights):
        overlay, result = folder / "overlay.yaml", folder / "result.jsonl"
        write_overlay(overlay, weights)
        shutil.copy(self.original, self.store)
        subprocess.run([os.environ.get("DCSCAN", str(ROOT / "build/dcscan")), "regrade", "--no-config", "--quiet", "--store", self.store,
                        "--taxonomy-overlay", overlay, "-o", result], check=True, stdout=subprocess.DEVNULL,
                       env={"DCSCAN_DATA": str(ROOT), **os.environ})
        rows = read_rows(result)
        found = ((label, label.find(rows)) for label in self.labels)
        return [Verdict(label, row) for label, row in found if row is not None]


def goal(verdicts):
    return share(verdicts, lambda v: v.leaf_right) + share(verdicts, lambda v: v.level_right) - share(verdicts, lambda v: v.under)


def judge(trials, folder, weights):
    """source → goal, and the verdicts themselves."""
    verdicts = [verdict for trial in trials for verdict in trial.decide(folder, weights)]
    sources = dict.fromkeys(v.label.source for v in verdicts)
    return {source: goal([v for v in verdicts if v.label.source == source]) for source in sources}, verdicts


def mean(goals):
    return sum(goals.values()) / len(goals)


def better(new, old):
    gain = sum(new[s] > old[s] for s in old) - sum(new[s] < old[s] for s in old)
    return mean(new) > mean(old) + NOISE and gain >= 0


def fit(trials, folder, weights, names, steps, rounds):
    changed, (best, _) = {}, judge(trials, folder, {})
    print("start: %.4f over %d sources" % (mean(best), len(best)), flush=True)
    for _ in range(rounds):
        before = dict(changed)
        for name in names:
            for step in steps:
                value = round(changed.get(name, weights[name]) * step, 3)
                goals, _ = judge(trials, folder, {**changed, name: value})
                if better(goals, best):
                    changed[name], best = value, goals
                    print("%s: %g → %g, %.4f" % (name, weights[name], value, mean(best)), flush=True)
                    break
        if changed == before:
            break
    return changed


def margins(weights):
    points = [(weights["confidence_margin_%d" % i], weights["confidence_value_%d" % i]) for i in range(1, 9)
              if "confidence_margin_%d" % i in weights]

    def margin_of(confidence):
        for (m0, c0), (m1, c1) in zip(points, points[1:]):
            if confidence <= c1:
                return m0 + (m1 - m0) * max(confidence - c0, 0) / (c1 - c0)
        return points[-1][0]

    return [m for m, _ in points], margin_of


def print_curve(verdicts, weights):
    """Share right around each point of the curve, never falling (the nearest columns, pooled where they fall)."""
    points, margin_of = margins(weights)
    pools = []
    for i, point in enumerate(points):
        low = (points[i - 1] + point) / 2 if i else -1
        high = (points[i + 1] + point) / 2 if i + 1 < len(points) else 2
        near = [v.leaf_right for v in verdicts if v.confidence is not None and low < margin_of(float(v.confidence)) <= high]
        pools.append([sum(near), len(near), 1])
        while len(pools) > 1 and pools[-1][0] * pools[-2][1] < pools[-2][0] * pools[-1][1]:
            right, n, width = pools.pop()
            pools[-1] = [pools[-1][0] + right, pools[-1][1] + n, pools[-1][2] + width]
    shares = [right / n if n else 0 for right, n, width in pools for _ in range(width)]
    for point, value in zip(points, shares):
        print("confidence at margin %.2f: %.3f" % (point, value))


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="STORE LABELS")
    parser.add_argument("--weights", help="names, comma-separated (all of weights.yaml but those of review and confidence)")
    parser.add_argument("--steps", default="0.85,1.2")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("-o", "--output", type=pathlib.Path)
    options = parser.parse_args(argv[1:])
    weights = shipped_weights()
    names = options.weights.split(",") if options.weights else [n for n in weights if not n.startswith(FIXED)]
    if len(options.pairs) % 2 or set(names) - set(weights):
        parser.error("a store and its labels in turn, and weights of weights.yaml, are wanted")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        trials = []
        for store, labels in zip(options.pairs[::2], options.pairs[1::2]):
            trials.append(Trial(folder, store, labels))
            trials[-1].store.touch()
        changed = fit(trials, folder, weights, names, [float(s) for s in options.steps.split(",")], options.rounds)
        print_curve(judge(trials, folder, changed)[1], weights)
    if options.output:
        write_overlay(options.output, changed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
