#!/usr/bin/env python3
"""Tests of the sample plant's generator; quick, because they write the plant at a small scale.

The taxonomy the leaves are compared with: $DCSCAN_TAXONOMY, else taxonomies/whcsa-003-2024.yaml of the repository.
"""

import csv
import glob
import hashlib
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from urllib.parse import unquote

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import generate                                     # noqa: E402
from plantgen import catalog, identity, labels      # noqa: E402
from plantgen.leaves import DEFAULT_LEVEL           # noqa: E402
from plantgen.schema import comment_text, quoted    # noqa: E402
from plantgen.world import World                    # noqa: E402
from plantgen.writer import row_count, write_database            # noqa: E402

SMALL = generate.SCALES["small"]
TAXONOMY = os.environ.get("DCSCAN_TAXONOMY", os.path.join(HERE, "..", "..", "taxonomies", "whcsa-003-2024.yaml"))


def lenient(raw):
    """Text as it is: some columns hold GBK bytes."""
    return raw.decode("utf-8", "surrogateescape")


def opened(path):
    connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    connection.text_factory = lenient
    return connection


def dump_digest(path):
    digest = hashlib.sha256()
    connection = opened(path)
    for line in connection.iterdump():
        digest.update(line.encode("utf-8", "surrogateescape"))
    connection.close()
    return digest.hexdigest()


def read_labels(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def leaves_of(taxonomy):
    """Code -> default level of the leaves in the taxonomy file and in the files it includes from beside it."""
    paths = [taxonomy] + sorted(glob.glob(os.path.join(os.path.splitext(taxonomy)[0], "**", "*.yaml"), recursive=True))
    text = "\n".join(contents(path).decode("utf-8") for path in paths if os.path.isfile(path))
    items = re.split(r"^\s*- code: *", text, flags=re.MULTILINE)[1:]
    levels = ((item[:5], re.search(r"^\s*level: *(\d)", item, flags=re.MULTILINE)) for item in items)
    return {code: int(level[1]) for code, level in levels if level}


class PlantCase(unittest.TestCase):
    """One small plant for all tests of this file."""

    @classmethod
    def setUpClass(cls):
        if not hasattr(PlantCase, "holder"):
            PlantCase.holder = tempfile.TemporaryDirectory()
            unittest.addModuleCleanup(PlantCase.holder.cleanup)
            generate.generate(PlantCase.holder.name, 1, SMALL)
        cls.directory = PlantCase.holder.name
        cls.plant = catalog.databases()
        cls.labels = read_labels(os.path.join(cls.directory, "labels.csv"))

    def path(self, name):
        return os.path.join(self.directory, name)

    def columns_to_check(self):
        """(database, table, column, texts of its non-empty values) of each column with a check."""
        for database in self.plant:
            connection = opened(self.path(database.name + ".db"))
            for table in database.tables:
                for column in table.columns:
                    if column.check:
                        sql = "SELECT %s FROM %s" % (quoted(column.name), quoted(table.name))
                        values = [str(v) for (v,) in connection.execute(sql) if v not in (None, "")]
                        yield database, table, column, values
            connection.close()


class Determinism(PlantCase):
    def test_same_seed_gives_same_dumps_and_labels(self):
        with tempfile.TemporaryDirectory() as other:
            generate.generate(other, 1, SMALL)
            for database in self.plant:
                name = database.name + ".db"
                self.assertEqual(dump_digest(self.path(name)), dump_digest(os.path.join(other, name)), name)
            self.assertEqual(contents(self.path("labels.csv")), contents(os.path.join(other, "labels.csv")))

    def test_other_seed_gives_other_rows_but_same_labels(self):
        with tempfile.TemporaryDirectory() as other:
            generate.generate(other, 2, SMALL)
            self.assertNotEqual(dump_digest(self.path("hr.db")), dump_digest(os.path.join(other, "hr.db")))
            self.assertEqual(contents(self.path("labels.csv")), contents(os.path.join(other, "labels.csv")))

    def test_hash_seed_of_python_does_not_matter(self):
        with tempfile.TemporaryDirectory() as other:
            command = [sys.executable, os.path.join(HERE, "generate.py"), other, "--scale", "small"]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env=dict(os.environ, PYTHONHASHSEED="77"))
            for name in ("mes.db", "telematics.db"):
                self.assertEqual(dump_digest(self.path(name)), dump_digest(os.path.join(other, name)))


class Size(PlantCase):
    def test_full_plant_is_large_enough(self):
        world = World(1, 1.0)
        tables = [table for database in self.plant for table in database.tables]
        self.assertGreaterEqual(len(tables), 60)
        self.assertGreaterEqual(sum(len(table.columns) for table in tables), 900)
        self.assertGreaterEqual(sum(row_count(table, world, 1.0) for table in tables), 200000)

    def test_readme_states_the_counts(self):
        world, readme = World(1, 1.0), contents(os.path.join(HERE, "README.md")).decode("utf-8")
        for database in self.plant:
            figures = (len(database.tables), sum(len(t.columns) for t in database.tables),
                       format(sum(row_count(t, world, 1.0) for t in database.tables), ","))
            self.assertRegex(readme, r"`%s\.db`.*\| %d \| %d \| %s \|" % ((database.name,) + figures))

    def test_one_table_of_60000_rows_begins_unlike_the_rest(self):
        table = next(t for d in self.plant for t in d.tables if t.name == "msg_push_record")
        self.assertGreaterEqual(row_count(table, World(1, SMALL), 1.0), 60000)
        connection = opened(self.path("telematics.db"))
        values = [value for (value,) in connection.execute("SELECT target FROM msg_push_record ORDER BY id")]
        head = len(values) // 12
        self.assertFalse(any(identity.is_mobile(value) for value in values[:head]))
        self.assertTrue(all(identity.is_mobile(value) for value in values[head + 1:]))
        connection.close()

    def test_some_tables_are_empty(self):
        empty = [t.name for d in self.plant for t in d.tables if t.rows == 0]
        self.assertGreaterEqual(len(empty), 4)


class Schema(PlantCase):
    def test_files_are_sound_and_keys_hold(self):
        for database in self.plant:
            connection = opened(self.path(database.name + ".db"))
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone()[0], "ok", database.name)
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [], database.name)
            connection.close()

    def test_comments_stand_on_the_line_of_what_they_describe(self):
        for database in self.plant:
            connection = opened(self.path(database.name + ".db"))
            for table in database.tables:
                sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()[0]
                lines = sql.split("\n")
                self.assertTrue(lines[0].endswith(comment_text(table.comment, table.style, 0)), table.name)
                for place, column in enumerate(table.columns, 1):
                    self.assertTrue(lines[place].startswith("  " + quoted(column.name, table.quote)), lines[place])
                    self.assertTrue(lines[place].endswith(comment_text(column.comment, table.style, place)), lines[place])
            connection.close()

    def test_odd_identifiers_are_there(self):
        names = {c.name for d in self.plant for t in d.tables for c in t.columns}
        names |= {t.name for d in self.plant for t in d.tables}
        for sample in ('say "hi"', "客户 姓名", "order", "[note]", "价格;税", "折扣%", "1st contact"):
            self.assertIn(sample, names)
        self.assertTrue(any(len(name) >= 60 for name in names))


class Labels(PlantCase):
    def test_every_column_is_labelled_exactly_once(self):
        found = []
        for database in self.plant:
            connection = opened(self.path(database.name + ".db"))
            for table in database.tables:
                rows = connection.execute("PRAGMA table_info(%s)" % quoted(table.name)).fetchall()
                found += [(database.corpus, database.name, table.name, row[1]) for row in rows]
            tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
            self.assertEqual(tables, len(database.tables))
            connection.close()
        labelled = [(row["corpus"], row["database"], row["table"], row["column"]) for row in self.labels]
        self.assertEqual(found, labelled)

    def test_view_labels_follow_the_views(self):
        labelled = [(r["database"], r["table"], r["column"]) for r in read_labels(self.path("labels-views.csv"))]
        found = []
        for database in self.plant:
            connection = opened(self.path(database.name + ".db"))
            for view in database.views:
                rows = connection.execute("PRAGMA table_info(%s)" % quoted(view.name)).fetchall()
                found += [(database.name, view.name, row[1]) for row in rows]
            connection.close()
        self.assertEqual(found, labelled)

    def test_labels_use_known_words_only(self):
        for row in self.labels:
            leaves = [row["category"]] + [x for x in row["alternates"].split("|") if x]
            levels = [row["level"]] + [x for x in row["level_alt"].split("|") if x]
            self.assertLessEqual(set(leaves), set(DEFAULT_LEVEL), row)
            self.assertEqual(len(leaves), len(set(leaves)), row)
            self.assertLessEqual(len(leaves), 4, row)
            self.assertLessEqual(set(levels), {"G1", "G2", "G3", "G4"}, row)
            self.assertEqual(len(levels), len(set(levels)), row)
            self.assertLessEqual(set(row["pi"].split("|")), {"none", "personal", "sensitive"}, row)
            self.assertIn(row["important"], ("yes", "no"), row)
            self.assertLessEqual(len(row["why"].split()), 8, row)

    def test_sensitive_leaves_reach_level_4_unless_masked(self):
        for row in self.labels:
            if row["category"].startswith("P2") or row["category"] == "P1-03":
                if "masked" not in row["why"] and row["pi"] == "sensitive" and "~" not in row["why"]:
                    self.assertEqual(row["level"], "G4", row)

    def test_personal_leaves_are_marked(self):
        for row in self.labels:
            if row["category"].startswith("P"):
                self.assertNotEqual(row["pi"], "none", row)

    def test_all_leaves_occur(self):
        self.assertEqual(set(DEFAULT_LEVEL) - {row["category"] for row in self.labels}, set())

    def test_leaves_and_levels_are_those_of_the_taxonomy(self):
        known = leaves_of(TAXONOMY)
        if not known:
            self.skipTest("no leaves in a taxonomy file at %s (set DCSCAN_TAXONOMY)" % TAXONOMY)
        self.assertEqual({code: level for code, level in DEFAULT_LEVEL.items() if level},
                         {code: level for code, level in known.items() if DEFAULT_LEVEL.get(code) != 0})

    def test_notation(self):
        label = labels.parse_label("D2-05/@/Z1-02 ~G4 none|personal !: unit", "B2-02")
        self.assertEqual((label.category, label.alternates, label.level, label.level_alt, label.pi, label.important),
                         ("D2-05", ("B2-02", "Z1-02"), 1, (2, 4), "none|personal", True))
        for wrong in ("X1-01: no leaf", "A1-01 G3", "A1-01 big: word", "Z1-04: no level"):
            with self.assertRaises(ValueError):
                labels.parse_label(wrong)


class Values(PlantCase):
    def test_identifiers_have_correct_check_digits(self):
        for database, table, column, values in self.columns_to_check():
            if not column.check.startswith("-"):
                valid = identity.VALIDATORS[column.check]
                wrong = [value for value in values if not valid(value)]
                self.assertLessEqual(len(wrong), (1 - column.share) * len(values),
                                     "%s.%s.%s: %r" % (database.name, table.name, column.name, wrong[:3]))

    def test_near_misses_fail_the_check(self):
        seen = 0
        for database, table, column, values in self.columns_to_check():
            if column.check.startswith("-"):
                seen += 1
                valid = identity.VALIDATORS[column.check[1:]]
                self.assertTrue(values)
                self.assertEqual([v for v in values if valid(v)], [], "%s.%s.%s" % (database.name, table.name, column.name))
        self.assertGreaterEqual(seen, 8)

    def test_validators_agree_with_published_examples(self):
        for valid, text in ((identity.is_id_number, "11010519491231002X"), (identity.is_vin, "1M8GDM9AXKP042788"),
                            (identity.is_cas, "7732-18-5"), (identity.is_luhn, "79927398713"),
                            (identity.is_gtin13, "4006381333931")):
            self.assertTrue(valid(text), text)
            digit = "1" if text[-1] != "1" else "2"
            self.assertFalse(valid(text[:-1] + digit), text)

    def test_free_text_hides_numbers_in_a_small_share(self):
        world = World(1, 0.3)
        cases = (("wms", "waybill", "remark", 0.01, 0.06), ("eam", "service_order", "visit_note", 0.02, 0.1))
        for name, table, column, low, high in cases:
            with tempfile.TemporaryDirectory() as other:
                path = os.path.join(other, name + ".db")
                write_database(path, next(d for d in self.plant if d.name == name), world, 0.3, 1)
                connection = opened(path)
                values = [v or "" for (v,) in connection.execute("SELECT %s FROM %s" % (column, table))]
                connection.close()
            share = sum(bool(re.search(r"1\d{10}", v)) for v in values) / len(values)
            self.assertTrue(low < share < high, (name, share))

    def test_masked_columns_are_masked(self):
        connection = opened(self.path("hr.db"))
        for mobile, card, name in connection.execute("SELECT mobile_mask, id_card_mask, name_mask FROM hr_employee_share"):
            self.assertRegex(mobile, r"^1\d\d\*{4}\d{4}$")
            self.assertRegex(card, r"^\d{4}\*{10}\d{3}[\dX]$")
            self.assertRegex(name, r"^.\*{1,3}$")
        connection.close()


class Configuration(PlantCase):
    def test_every_source_opens_read_only(self):
        with open(self.path("dcscan.yaml"), encoding="utf-8") as file:
            text = file.read()
        paths = re.findall(r'connection: "Driver=SQLite3;Database=file:([^;]+)\?mode=ro;NoCreat=1"', text)
        self.assertEqual(len(paths), len(self.plant))
        for path in paths:
            connection = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
            self.assertTrue(os.path.isabs(unquote(path)))
            with self.assertRaises(sqlite3.OperationalError):
                connection.execute("CREATE TABLE t (a)")
            connection.close()

    def test_wrong_use_is_told(self):
        for arguments, code in (([], 2), (["x", "--scale", "0"], 2), (["/proc/none/x"], 1)):
            done = subprocess.run([sys.executable, os.path.join(HERE, "generate.py")] + arguments, capture_output=True, text=True)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertNotIn("Traceback", done.stderr)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
    import tap
    tap.main()
