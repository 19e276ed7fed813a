#!/usr/bin/env python3
"""Accuracy does not fall: the held-out and the tuned schemas are scanned and held to floors.tsv; and the floors themselves are sound."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
sys.path.insert(0, str(HERE))
import floors
import tap

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")


def scan(folder, out):
    """Makes the schemas of a folder, scans them, and returns the figures over all of them."""
    subprocess.run([sys.executable, str(HERE / "holdout" / "make_holdout.py"), out, str(HERE / folder)], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run([DCSCAN, "scan", "--config", out + "/dcscan.yaml", "--store", out + "/store.db", "-o", out + "/out.jsonl"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return floors.figures(out + "/labels.csv", out + "/out.jsonl")


class FloorsTest(unittest.TestCase):
    def hold(self, folder):
        with tempfile.TemporaryDirectory(prefix="dcscan-floors-") as out:
            reached = scan(folder, out)
        print("# " + folder + ": " + ", ".join("%s %.3f" % (f, reached[f]) for f in floors.FLOORS + floors.CEILINGS))
        self.assertEqual(floors.missed(floors.read()[folder], reached), [])

    def test_schemas_never_seen(self):
        self.hold("holdout")

    def test_schemas_the_knowledge_was_tuned_on(self):
        self.hold("tuned")


class BoundsTest(unittest.TestCase):
    REACHED = {"leaf_accuracy": 0.9, "under_graded": 0.02, "pi_recall": float("nan")}

    def test_a_figure_below_its_floor_or_above_its_ceiling_is_told(self):
        bounds = {"leaf_accuracy": ("floor", 0.91), "under_graded": ("ceiling", 0.01)}
        self.assertEqual(len(floors.missed(bounds, self.REACHED)), 2)

    def test_what_cannot_be_computed_misses_its_bound(self):
        self.assertEqual(len(floors.missed({"pi_recall": ("floor", 0.1)}, self.REACHED)), 1)

    def test_floors_only_rise_and_ceilings_only_sink(self):
        bounds = {"leaf_accuracy": ("floor", 0.95), "under_graded": ("ceiling", 0.001)}
        self.assertEqual(floors.stricter(bounds, self.REACHED), bounds)
        looser = floors.stricter({"leaf_accuracy": ("floor", 0.5), "under_graded": ("ceiling", 0.5)}, self.REACHED)
        self.assertEqual(looser["leaf_accuracy"], ("floor", 0.895))
        self.assertEqual(looser["under_graded"], ("ceiling", 0.025))

    def test_every_set_has_floors(self):
        self.assertEqual(set(floors.read()), {"corpora", "holdout", "plant", "tuned"})


if __name__ == "__main__":
    tap.main()
