"""dcscan eval: figures against labels; that they are those of the scripts of the evaluation, to the last digit."""
import csv
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import unittest

from test_cli import Cli, ROOT
import tap

EVAL = pathlib.Path(os.environ.get("DCSCAN_EVAL") or ROOT / "../shared/eval")
HEADER = "corpus,database,schema,table,column,category,alternates,level,level_alt,pi,important,why\n"


def made_up_result(labels, seed=3):
    """A verdict on most of the labelled columns, right or wrong in every way that is counted."""
    chance = random.Random(seed)
    leaves = sorted({row["category"] for row in labels}) + ["Z1-04", None]
    for row in labels:
        if chance.random() < 0.03:
            continue
        accepted = [row["category"], *filter(None, (row["alternates"] or "").split("|"))]
        right = chance.random() < 0.7
        yield {"source": row["corpus"], "schema": chance.choice([row["schema"], row["schema"].upper(), "other"]), "table": row["table"].upper(),
               "column": '"%s"' % row["column"], "category": chance.choice(accepted if right else leaves),
               "level": int(row["level"].lstrip("G")) if chance.random() < 0.8 else chance.choice([1, 2, 3, 4, None, "G2"]),
               "pi": chance.choice([row["pi"].split("|")[0], "none", "personal", "sensitive"]),
               "important": chance.choice([[], ["ID01"]]), "confidence": chance.choice([None, round(chance.random(), 6), 1.0])}


def read_labels(paths):
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


class Eval(Cli):
    def evaluate(self, *args, code=0):
        result = self.run_dcscan("eval", *args)
        self.assert_exit(result, code)
        return result

    def figures(self, *args):
        return json.loads(self.evaluate(*args, "--format", "json").stdout)["figures"]

    def scan(self):
        self.assert_exit(self.run_dcscan("scan", self.connection, "-q", "-o", "out.jsonl"), 0)
        self.labels = self.write("labels.csv", HEADER +
                                 "plant,,,supplier,contact_phone,P1-02,,G2,,personal,no,\n"
                                 "plant,,,supplier,purchase_price,D1-03,,G3,G4,none,no,\n"
                                 "plant,,,supplier,id,B1-01,,G2,,none,no,\n")

    def write_result(self, labels):
        return self.write("result.jsonl", "".join(json.dumps(row) + "\n" for row in made_up_result(labels)))

    def assert_same_figures(self, ours, theirs, all_name):
        theirs["ALL"] = theirs.pop(all_name)
        self.assertEqual(list(ours), list(theirs))
        for name, figures in theirs.items():
            for key, value in figures.items():
                expected = None if math.isnan(value) else value
                self.assertEqual(ours[name][key], expected, "%s of %s" % (key, name))


class Agreement(Eval):
    def ask(self, script, *args):
        done = subprocess.run([sys.executable, script, *map(str, args), "--json"], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def need_labels(self):
        paths = sorted((EVAL / "labels").glob("*.csv"))
        if not paths or not (EVAL / "score.py").exists():
            self.skipTest("there is no score.py with labels in %s" % EVAL)
        return ",".join(map(str, paths)), self.write_result(list(read_labels(paths)))

    def test_every_figure_is_that_of_score_py_to_the_last_digit(self):
        labels, result = self.need_labels()
        self.assert_same_figures(self.figures(labels, result), self.ask(EVAL / "score.py", labels, result), "ALL")

    def test_confusions_and_misses_are_those_of_score_py(self):
        labels, result = self.need_labels()
        done = subprocess.run([sys.executable, EVAL / "score.py", labels, result, "--misses", "40"], capture_output=True, text=True, check=True)
        theirs = done.stdout.split("said):\n")[1].split("\nmisses:\n")
        report = json.loads(self.evaluate(labels, result, "--format", "json", "--misses", "40").stdout)
        ours = ["  %3d  %s -> %s" % (c["columns"], c["label"], c["said"]) for c in report["confusion"][:40]]
        self.assertEqual("\n".join(ours), theirs[0].rstrip("\n"))
        places = ["  %(source)s.%(table)s.%(column)s " % miss for miss in report["misses"]]
        self.assertEqual(len(places), 40)
        for place, line in zip(places, theirs[1].splitlines()):
            self.assertTrue(line.startswith(place), line)

    def test_every_figure_is_that_of_accuracy_py(self):
        labels = self.write("made.csv", HEADER + "".join(
            "s%d,,,t%d,c%d,%s,%s,G%d,%s,%s,%s,\n" % (i % 3, i % 7, i, "ABCDEPZ"[i % 7] + "1-0%d" % (i % 4 + 1), ["", "Z1-01", "B1-01|C1-02"][i % 3],
                                                    i % 4 + 1, ["", "G3"][i % 2], ["none", "personal", "sensitive", "none|personal"][i % 4],
                                                    ["no", "yes"][i % 5 == 0]) for i in range(400)))
        result = self.write_result(list(read_labels([labels])))
        self.assert_same_figures(self.figures(labels, result), self.ask(ROOT / "tests/eval/accuracy.py", labels, result), "all")


class Runs(Eval):
    def test_a_report_its_run_and_the_newest_run_give_the_same_figures(self):
        self.scan()
        figures = self.figures("labels.csv", "out.jsonl")
        self.assertEqual(self.figures("labels.csv", "1"), figures)
        self.assertEqual(self.figures("labels.csv"), figures)
        self.assertEqual((figures["plant"]["columns"], figures["plant"]["leaf_accuracy"]), (3, 2 / 3))

    def test_a_run_that_is_not_there_is_told(self):
        self.scan()
        self.assertIn("77", self.evaluate("labels.csv", "77", code=2).stderr)

    def test_an_empty_store_says_how_to_fill_it(self):
        self.write("labels.csv", HEADER + "plant,,,t,c,A1-01,,G1,,none,no,\n")
        self.assertIn("dcscan scan", self.evaluate("labels.csv", code=2).stderr)


class Output(Eval):
    def test_the_table_shows_figures_classes_calibration_and_misses(self):
        self.scan()
        text = self.evaluate("labels.csv", "out.jsonl").stdout
        for words in ("leaf_accuracy", "0.667", "by class", "calibration", "plant.supplier.id: B1-01 -> Z1-01"):
            self.assertIn(words, text)

    def test_headings_follow_the_language(self):
        self.scan()
        self.assertIn("校准", self.evaluate("labels.csv", "out.jsonl", "--lang", "zh").stdout)

    def test_misses_bound_the_list(self):
        self.scan()
        self.assertNotIn("supplier.id", self.evaluate("labels.csv", "out.jsonl", "--misses", "0").stdout)
        self.assertIn("supplier.id", self.evaluate("labels.csv", "out.jsonl", "--misses", "all").stdout)

    def test_json_holds_what_the_table_holds(self):
        self.scan()
        report = json.loads(self.evaluate("labels.csv", "--format", "json").stdout)
        self.assertEqual(report["classes"]["B"], {"columns": 1, "leaf_right": 0, "class_right": 0, "level_right": 0})
        self.assertEqual(report["confusion"], [{"label": "B1-01", "said": "Z1-01", "columns": 1}])
        self.assertEqual(sum(line["columns"] for line in report["calibration"]), 3)
        self.assertEqual(report["misses"][0]["column"], "id")
        self.assertIsNone(report["figures"]["ALL"]["important_recall"])

    def test_labels_that_are_not_in_the_result_are_told(self):
        self.scan()
        other = self.write("other.csv", HEADER + "elsewhere,,,t,c,A1-01,,G1,,none,no,\n")
        self.assertIn('column "corpus"', self.evaluate(other, "out.jsonl").stderr)


class Bounds(Eval):
    def test_a_floor_that_is_missed_is_exit_code_one(self):
        self.scan()
        result = self.evaluate("labels.csv", "--fail-under", "leaf=0.92,level=0.1", code=1)
        self.assertIn("leaf_accuracy is 0.666667; at least 0.92 is wanted", result.stderr)
        self.assertNotIn("level", result.stderr)

    def test_floors_and_ceilings_that_hold_are_exit_code_zero(self):
        self.scan()
        self.evaluate("labels.csv", "--fail-under", "leaf_accuracy=0.5", "--fail-over", "missing=0,over=0.5")

    def test_what_cannot_be_computed_misses_its_floor(self):
        self.scan()
        self.evaluate("labels.csv", "--fail-under", "important_recall=0", code=1)

    def test_bad_bounds_are_usage_errors(self):
        self.scan()
        for bound in ("leaves=1", "le=1", "leaf", "leaf=", "leaf=much", "leaf=nan", "leaf=1x"):
            self.evaluate("labels.csv", "out.jsonl", "--fail-under", bound, code=2)


class Trouble(Eval):
    def test_without_labels_it_is_a_usage_error(self):
        self.assertIn("labels", self.evaluate(code=2).stderr)

    def test_a_bad_label_is_told_with_its_place(self):
        bad = self.write("bad.csv", HEADER + "plant,,,t,c,A1-01,,high,,none,no,\n")
        self.assertIn("bad.csv:2:", self.evaluate(bad, "out.jsonl", code=3).stderr)

    def test_files_that_are_not_there_are_told(self):
        self.scan()
        self.assertIn("nowhere.csv", self.evaluate("nowhere.csv", "out.jsonl", code=3).stderr)
        self.assertIn("nowhere.jsonl", self.evaluate("labels.csv", "nowhere.jsonl", code=3).stderr)

    def test_a_result_that_is_no_json_is_told_with_its_place(self):
        self.scan()
        bad = self.write("bad.jsonl", "{}\nnot json\n")
        self.assertIn("bad.jsonl:2:", self.evaluate("labels.csv", bad, code=3).stderr)

    def test_a_number_of_misses_is_wanted(self):
        self.scan()
        for text in ("-1", "few", ""):
            self.evaluate("labels.csv", "out.jsonl", "--misses=" + text, code=2)


if __name__ == "__main__":
    tap.main()
