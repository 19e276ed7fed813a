#!/usr/bin/env python3
"""The figures of accuracy.py on a handful of columns that can be counted by hand."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]
import accuracy  # noqa: E402
import tap  # noqa: E402

HEAD = "corpus,database,schema,table,column,category,alternates,level,level_alt,pi,important,why\n"
LABELS = HEAD + """mes,m,,orders,order_no,B2-02,B2-04,G2,,none,no,
mes,m,,orders,price,D1-03,,G3,G2,none,yes,
mes,m,,workers,phone,P1-02,,G3,,personal,no,
mes,m,,workers,id_no,P2-01,,G4,,sensitive,no,
mes,m,,orders,status,Z1-02,,G1,,none,no,
"""


def line(table, column, category, level, confidence=0.9, **more):
    return json.dumps({"source": "MES", "schema": "", "table": table, "column": column, "category": category, "level": level,
                       "confidence": confidence, **more}) + "\n"


RESULT = (line("orders", "order_no", "B2-04", 2) + line("orders", "price", "D1-03", 1, important=["ID01"])
          + line("WORKERS", "Phone", "P1-02", 4, pi="personal") + line("orders", "status", "Z1-04", 1, 0.2, pi="personal"))


class FilesTest(unittest.TestCase):
    """Writes the labels and the result; its subclasses look at the figures."""

    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)
        self.labels, self.result = self.write("labels.csv", LABELS), self.write("result.jsonl", RESULT)

    def write(self, name, text):
        path = os.path.join(self.dir.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def figures(self):
        rows = accuracy.read_rows(self.result)
        return accuracy.figures([accuracy.Verdict(label, label.find(rows)) for label in accuracy.read_labels(self.labels)])


class AccuracyTest(FilesTest):
    def test_counts_alternates_as_right_and_missing_as_wrong(self):
        figures = self.figures()
        self.assertEqual((figures["columns"], figures["missing"]), (5, 1))
        self.assertAlmostEqual(figures["leaf_accuracy"], 3 / 5)
        self.assertAlmostEqual(figures["business_leaf_accuracy"], 3 / 4)

    def test_tells_levels_too_low_from_levels_too_high(self):
        figures = self.figures()
        self.assertAlmostEqual(figures["level_accuracy"], 2 / 5)
        self.assertAlmostEqual(figures["under_graded"], 2 / 5)
        self.assertAlmostEqual(figures["over_graded"], 1 / 5)

    def test_measures_personal_information(self):
        figures = self.figures()
        self.assertAlmostEqual(figures["pi_recall"], 1 / 2)
        self.assertAlmostEqual(figures["pi_precision"], 1 / 2)
        self.assertAlmostEqual(figures["sensitive_pi_recall"], 0)

    def test_measures_calibration_by_bins(self):
        # three right at 0.9: |3 - 2.7|; one wrong at 0.2: |0 - 0.2|; over four
        self.assertAlmostEqual(self.figures()["calibration_error"], (0.3 + 0.2) / 4)

    def run_main(self, *options):
        command = [sys.executable, os.path.join(HERE, "accuracy.py"), self.labels, self.result, *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_floor_that_is_met_passes(self):
        self.assertEqual(self.run_main("--floor", "leaf_accuracy=0.6").returncode, 0)

    def test_a_floor_that_is_missed_fails_and_says_so(self):
        done = self.run_main("--floor", "leaf_accuracy=0.61")
        self.assertEqual(done.returncode, 1)
        self.assertIn("leaf_accuracy is 0.600; at least 0.61 is wanted", done.stderr)

    def test_a_ceiling_that_is_missed_fails(self):
        self.assertEqual(self.run_main("--ceiling", "under_graded=0.1").returncode, 1)

    def test_a_figure_without_a_column_misses_its_floor(self):
        self.labels = self.write("labels.csv", HEAD)
        self.assertEqual(self.run_main("--floor", "leaf_accuracy=0").returncode, 1)

    def test_an_unknown_figure_is_refused(self):
        self.assertEqual(self.run_main("--floor", "leaf_acuracy=0.6").returncode, 2)


SCORE = os.path.join(os.environ.get("DCSCAN_EVAL") or os.path.join(HERE, "../../../shared/eval"), "score.py")


@unittest.skipUnless(os.path.exists(SCORE), "no score.py in the evaluation directory")
class SameAsScoreTest(FilesTest):
    def test_every_figure_is_the_one_of_score_py(self):
        done = subprocess.run([sys.executable, SCORE, self.labels, self.result, "--json"], capture_output=True, text=True, check=True)
        theirs = json.loads(done.stdout)["ALL"]
        for key, value in self.figures().items():
            with self.subTest(figure=key):
                self.assertAlmostEqual(value, theirs[key])


if __name__ == "__main__":
    tap.main()
