#!/usr/bin/env python3
"""The whole job on real databases: one run over the sample plant and, where servers and corpora are there, seven real schemas.

Calls run.sh (which makes, loads and scans everything) in a directory of its own and then looks at what came out, one case a
promise. Without the evaluation directory, or without servers, the cases that need them are skipped and say so.

Environment: DCSCAN, DCSCAN_EVAL, DCSCAN_SERVERS as in run.sh; E2E_DIR keeps the directory. Floors: floors.tsv.
"""
import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests/support"))
import private_servers  # noqa: E402
sys.path.insert(0, HERE)
import floors  # noqa: E402
import tap  # noqa: E402

try:
    import openpyxl
except ImportError:
    openpyxl = None

EVAL = os.environ.get("DCSCAN_EVAL") or os.path.join(ROOT, "../shared/eval")
KEYS = """run source system dbms catalog schema table table_comment column column_comment type ordinal status reason rows_estimated
rows_sampled nulls distinct category category_name class runner_up level pi important confidence decided_by evidence
examples""".split()


class Run:
    """What run.sh left, read once for all cases."""

    def __init__(self):
        self.out = os.environ.get("E2E_DIR") or tempfile.mkdtemp(prefix="dcscan-e2e-")
        self.plant_before = {}
        unittest.addModuleCleanup(self.remove)
        self.make_plant()
        done = subprocess.run([os.path.join(HERE, "run.sh"), "--no-score", self.out], capture_output=True, text=True, check=False)
        self.code, self.text = done.returncode, done.stdout + done.stderr
        self.rows = self.read_rows()
        self.corpora = self.read_corpora()

    def remove(self):
        if "E2E_DIR" not in os.environ:
            shutil.rmtree(self.out, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.out, name)

    def make_plant(self):
        """Before the scan, so that the databases can be compared afterwards."""
        if not os.path.exists(self.path("plant/dcscan.yaml")):
            os.makedirs(self.out, exist_ok=True)
            subprocess.run([sys.executable, os.path.join(ROOT, "tests/plant/generate.py"), self.path("plant")], check=True,
                           stdout=subprocess.DEVNULL)
        self.plant_before = self.plant_state()

    def plant_state(self):
        folder, state = self.path("plant"), {}
        for name in sorted(os.listdir(folder)):
            if ".db" in name:
                with open(os.path.join(folder, name), "rb") as file:
                    state[name] = hashlib.sha256(file.read()).hexdigest()
        return state

    def read_rows(self):
        if not os.path.exists(self.path("result.jsonl")):
            return []
        with open(self.path("result.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def read_corpora(self):
        if not os.path.exists(self.path("corpora.tsv")):
            return []
        with open(self.path("corpora.tsv"), encoding="utf-8") as file:
            return [line.rstrip("\n").split("\t") for line in file]

    def label_files(self):
        return [os.path.join(EVAL, "labels", corpus[0] + ".csv") for corpus in self.corpora]

    def written(self):
        """Everything that the scan wrote, as bytes by name; a workbook as its parts."""
        found = {}
        for name in os.listdir(self.out):
            if not name.startswith(("result.", "inventory.db", "scan.")):
                continue
            with open(self.path(name), "rb") as file:
                found[name] = file.read()
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(self.path(name)) as workbook:
                    found[name] = b"\n".join(workbook.read(part) for part in workbook.namelist())
        return found


RUN = None


def setUpModule():
    global RUN
    RUN = Run()


def accuracy(labels, *options):
    command = [sys.executable, os.path.join(HERE, "accuracy.py"), labels, RUN.path("result.jsonl"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def need_corpora(test):
    if not RUN.corpora or not os.path.isdir(os.path.join(EVAL, "labels")):
        test.skipTest("no corpora: %s" % ("no server ran" if os.path.isdir(EVAL) else "there is no %s" % os.path.normpath(EVAL)))


class ScanTest(unittest.TestCase):
    def test_ends_complete_or_incomplete(self):
        self.assertIn(RUN.code, (0, 5), RUN.text[-4000:])
        self.assertTrue(RUN.rows, RUN.text[-4000:])

    def test_what_was_not_read_has_a_reason_and_the_exit_code_tells(self):
        unread = [row for row in RUN.rows if row["status"] != "ok"]
        self.assertEqual([row for row in unread if not row["reason"]], [])
        with open(RUN.path("scan.exit"), encoding="ascii") as file:
            code = int(file.read())
        if any(row["status"] == "unreadable" for row in unread):
            self.assertEqual(code, 5)

    def test_every_source_is_in_the_result(self):
        with open(RUN.path("dcscan.yaml"), encoding="utf-8") as file:
            names = set(re.findall(r"^- name: (\S+)$", file.read(), re.MULTILINE))
        self.assertEqual({row["source"] for row in RUN.rows}, names)

    def test_the_sources_are_as_they_were(self):
        self.assertEqual(RUN.plant_state(), RUN.plant_before)


class JsonLinesTest(unittest.TestCase):
    def test_each_line_has_the_agreed_names(self):
        for row in RUN.rows:
            self.assertEqual([key for key in KEYS if key not in row], [], row)

    def test_each_value_is_of_the_agreed_kind(self):
        for row in RUN.rows:
            self.assertIn(row["status"], ("ok", "unreadable", "skipped"), row)
            self.assertIn(row["pi"], ("none", "personal", "sensitive"), row)
            self.assertIn(row["decided_by"], ("machine", "person"), row)
            self.assertIsInstance(row["important"], list, row)
            self.assertIsInstance(row["evidence"], list, row)
            self.assertTrue(0 <= row["confidence"] <= 1, row)

    def test_no_column_comes_twice(self):
        places = [tuple(row[key] for key in ("source", "catalog", "schema", "table", "column")) for row in RUN.rows]
        self.assertEqual(len(places), len(set(places)))

    def test_a_source_holds_nothing_of_another_database(self):
        need_corpora(self)
        for name, _, database, *_ in RUN.corpora:
            catalogs = {row["catalog"] or row["schema"] for row in RUN.rows if row["source"] == name}
            self.assertLessEqual(catalogs, {database, "public"}, name)


class AccuracyTest(unittest.TestCase):
    def test_every_labelled_column_of_the_plant_was_seen(self):
        done = accuracy(RUN.path("plant/labels.csv"), "--ceiling", "missing=0")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_plant_reaches_its_floors(self):
        reached = floors.figures(RUN.path("plant/labels.csv"), RUN.path("result.jsonl"))
        self.assertEqual(floors.missed(floors.read()["plant"], reached), [])

    def test_every_labelled_column_of_the_corpora_was_seen(self):
        need_corpora(self)
        done = accuracy(",".join(RUN.label_files()), "--ceiling", "missing=0")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_corpora_reach_their_floors(self):
        need_corpora(self)
        reached = floors.figures(",".join(RUN.label_files()), RUN.path("result.jsonl"))
        self.assertEqual(floors.missed(floors.read()["corpora"], reached), [])

    def test_the_score_of_the_evaluation_directory_runs_on_the_result(self):
        need_corpora(self)
        score = os.path.join(EVAL, "score.py")
        if not os.path.exists(score):
            self.skipTest("there is no score.py in the evaluation directory")
        command = [sys.executable, score, ",".join(RUN.label_files()), RUN.path("result.jsonl"), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(json.loads(done.stdout)["ALL"]["leaf_accuracy"], floors.read()["corpora"]["leaf_accuracy"][1])


@unittest.skipUnless(openpyxl, "openpyxl is not installed")
class WorkbookTest(unittest.TestCase):
    def test_opens_and_lists_every_column(self):
        book = openpyxl.load_workbook(RUN.path("result.xlsx"), read_only=True)
        self.assertGreaterEqual(len(book.sheetnames), 5)
        n_rows = max(sum(1 for _ in sheet.iter_rows()) for sheet in book)
        self.assertGreaterEqual(n_rows, len(RUN.rows))

    def test_has_a_chart(self):
        with zipfile.ZipFile(RUN.path("result.xlsx")) as book:
            self.assertTrue([part for part in book.namelist() if part.startswith("xl/charts/")])

    def test_no_half_written_file_stays_behind(self):
        left = [name for name in os.listdir(RUN.out) if name.startswith("result.") and name not in ("result.jsonl", "result.xlsx")]
        self.assertEqual(left, [])


class LeakTest(unittest.TestCase):
    """Nothing that a source holds, and no password, may be found in anything that was written."""

    def personal_values(self):
        """Distinct long values from the columns labelled as personal, as their databases hold them."""
        with open(RUN.path("plant/labels.csv"), encoding="utf-8") as file:
            labels = [row for row in csv.DictReader(file) if row["pi"] in ("personal", "sensitive")]
        for row in labels:
            for value in self.values_of(RUN.path("plant/%s.db" % row["database"]), row["table"], row["column"]):
                if re.fullmatch(r"[0-9A-Za-z]{11,}", value) and sum(map(str.isdigit, value)) >= 8:
                    yield value

    @staticmethod
    def values_of(database, table, column):
        table, column = (name.replace('"', '""') for name in (table, column))
        query = 'SELECT DISTINCT CAST("%s" AS TEXT) FROM "%s" WHERE "%s" IS NOT NULL LIMIT 3000' % (column, table, column)
        with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % database, uri=True)) as connection:
            connection.text_factory = lambda octets: octets.decode("utf-8", "replace")  # pictures are no text
            yield from (value for (value,) in connection.execute(query))

    def test_no_personal_value_is_in_the_output(self):
        values = set(self.personal_values())
        self.assertGreater(len(values), 500, "the plant has to hold values that could leak")
        for name, content in RUN.written().items():
            words = set(re.findall(r"[0-9A-Za-z]{11,}", content.decode("utf-8", "replace")))
            self.assertEqual(sorted(values & words)[:5], [], name)

    def test_no_password_is_in_the_output(self):
        need_corpora(self)
        with open(os.environ["DCSCAN_TEST_PASSWORD_FILE"], "rb") as file:
            secret = file.read().strip()
        self.assertEqual([name for name, content in RUN.written().items() if secret in content], [])


class AgainTest(unittest.TestCase):
    def test_the_same_databases_give_the_same_findings(self):
        again = RUN.path("again")
        os.makedirs(again, exist_ok=True)
        config = os.path.join(again, "dcscan.yaml")
        shutil.copy(RUN.path("plant/dcscan.yaml"), config)
        with open(config, "a", encoding="utf-8") as file:
            file.write("store: inventory.db\n")
        result = os.path.join(again, "result.jsonl")
        program = os.environ.get("DCSCAN", os.path.join(ROOT, "build/dcscan"))
        environment = dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", ROOT))
        done = subprocess.run([program, "scan", "--config", config, "-o", result], capture_output=True, text=True, check=False,
                              env=environment)
        self.assertIn(done.returncode, (0, 5), done.stderr)
        with open(result, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        self.assertEqual(self.without_run(rows), self.without_run(r for r in RUN.rows if r["source"] in {x["source"] for x in rows}))

    @staticmethod
    def without_run(rows):
        """The findings in an order of their own, without the number of their run and when it was."""
        places = ("source", "catalog", "schema", "table", "column")
        kept = [{key: value for key, value in row.items() if key not in ("run", "sampled_at")} for row in rows]
        return sorted(kept, key=lambda row: [row[key] or "" for key in places])


if __name__ == "__main__":
    if os.path.isdir(os.path.join(EVAL, "corpora")):
        private_servers.need(__file__)
    tap.main()
