#!/usr/bin/env python3
"""The held-out schemas are what they claim to be: known leaves, valid levels, identifiers with right check digits, nothing twice."""
import sys
import collections
import pathlib
import re
import sqlite3
import tempfile
import unittest

import make_holdout

HERE = pathlib.Path(__file__).resolve().parent
LEAVES = set("""
A1-01 A1-02 A1-03 A1-04 A1-05 A1-06 A1-07 A2-01 A2-02 A3-01 A3-02 A3-03 B1-01 B1-02 B1-03 B1-04 B1-05 B2-01 B2-02 B2-03 B2-04 B3-01
B3-02 B3-03 B3-04 B4-01 B4-02 B4-03 B5-01 B6-01 B6-02 B6-03 B6-04 C1-01 C1-02 C1-03 C2-01 C2-02 C2-03 C3-01 C3-02 C3-03 C3-04 D1-01
D1-02 D1-03 D1-04 D2-01 D2-02 D2-03 D2-04 D2-05 D3-01 D3-02 D3-03 D3-04 D3-05 D4-01 D4-02 D4-03 D4-04 D5-01 D5-02 D5-03 D5-04 D5-05
D6-01 D6-02 D6-03 D6-04 D6-05 D6-06 D6-07 E1-01 E1-02 E1-03 E1-04 E1-05 E1-06 E1-07 E1-08 E1-09 E1-10 E2-01 F1-01 F1-02 F1-03 F1-04
P1-01 P1-02 P1-03 P1-04 P1-05 P1-06 P1-07 P1-08 P1-09 P1-10 P2-01 P2-02 P2-03 P2-04 P2-05 P2-06 P2-07 P2-08 Z1-01 Z1-02 Z1-03 Z1-04
""".split())
LEVELS = {"G1", "G2", "G3", "G4"}
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)]))


def is_id_number(text):
    """GB 11643."""
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return False
    return "10X98765432"[sum(int(a) * b for a, b in zip(text, ID_WEIGHTS)) % 11] == text[17]


def is_credit_code(text):
    """GB 32100."""
    if len(text) != 18 or any(c not in CREDIT_ALPHABET for c in text):
        return False
    total = sum(CREDIT_ALPHABET.index(c) * 3 ** i % 31 for i, c in enumerate(text[:17]))
    return CREDIT_ALPHABET[-total % 31] == text[17]


def is_vin(text):
    """GB 16735."""
    if len(text) != 17 or any(c not in VIN_VALUES for c in text):
        return False
    rest = sum(VIN_VALUES[c] * w for c, w in zip(text, VIN_WEIGHTS)) % 11
    return text[8] == "0123456789X"[rest]


def passes_luhn(text):
    if not text.isdigit():
        return False
    digits = [int(c) for c in reversed(text)]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def rows():
    for path in sorted(HERE.glob("*.tsv")):
        for comment, columns in make_holdout.read_schema(path).values():
            for row in columns:
                yield path.stem, row


class Schemas(unittest.TestCase):
    def of_shape(self, leaves, shape):
        """(where, value) for every example value of a shape in columns of these leaves."""
        for name, row in rows():
            if row["category"] in leaves:
                for value in make_holdout.split_values(row["values"]):
                    if value and re.fullmatch(shape, value):
                        yield "%s.%s.%s: %s" % (name, row["table"], row["column"], value), value

    def assert_all(self, check, leaves, shape, at_least):
        found = list(self.of_shape(leaves, shape))
        self.assertGreaterEqual(len(found), at_least)
        for where, value in found:
            self.assertTrue(check(value), where)

    def test_every_line_has_all_fields(self):
        for path in sorted(HERE.glob("*.tsv")):
            lines = path.read_text(encoding="utf-8").splitlines()
            self.assertEqual(lines[0].split("\t"), make_holdout.FIELDS, path.name)
            for number, line in enumerate(lines, 1):
                self.assertEqual(line.count("\t"), len(make_holdout.FIELDS) - 1, "%s:%d" % (path.name, number))

    def test_leaves_exist_and_alternates_are_others(self):
        for name, row in rows():
            alternates = [x for x in row["alternates"].split("|") if x]
            where = (name, row["table"], row["column"])
            self.assertIn(row["category"], LEAVES, where)
            self.assertLessEqual(set(alternates), LEAVES, where)
            self.assertNotIn(row["category"], alternates, where)
            self.assertEqual(len(alternates), len(set(alternates)), where)
            self.assertLessEqual(len(alternates), 3, where)

    def test_levels_and_marks_are_of_the_guide(self):
        for name, row in rows():
            where = (name, row["table"], row["column"])
            others = [x for x in row["level_alt"].split("|") if x]
            self.assertIn(row["level"], LEVELS, where)
            self.assertLessEqual(set(others), LEVELS - {row["level"]}, where)
            self.assertLessEqual(set(row["pi"].split("|")), {"none", "personal", "sensitive"}, where)
            self.assertIn(row["important"], ("yes", "no"), where)
            self.assertTrue(0 < len(row["why"].split()) <= 8, where)

    def test_level_follows_the_floors_for_personal_information(self):
        for name, row in rows():
            where = (name, row["table"], row["column"])
            if row["category"].startswith("P2"):
                self.assertEqual((row["level"], row["pi"]), ("G3" if "*" in row["values"] else "G4", "sensitive"), where)
            if row["category"].startswith("P1"):
                self.assertNotEqual(row["pi"], "none", where)
                self.assertGreaterEqual(row["level"], "G2", where)
            if row["category"] in ("Z1-01", "Z1-02"):
                self.assertEqual(row["level"], "G1", where)

    def test_no_column_twice(self):
        counts = collections.Counter((name, row["table"].lower(), row["column"].lower()) for name, row in rows())
        self.assertEqual([key for key, count in counts.items() if count > 1], [])

    def test_id_numbers_are_valid(self):
        self.assert_all(is_id_number, {"P1-03", "P2-07"}, r"\d{17}[\dX]", 20)

    def test_credit_codes_are_valid(self):
        self.assert_all(is_credit_code, {"D1-01", "D2-01"}, r"91[0-9A-Z]{16}", 20)

    def test_vins_are_valid(self):
        self.assert_all(is_vin, {"E1-01"}, r"L[0-9A-HJ-NPR-Z]{16}", 8)

    def test_bank_cards_are_valid(self):
        self.assert_all(passes_luhn, {"P2-05"}, r"62\d{14,17}", 8)

    def test_what_looks_like_an_identifier_but_is_none_fails_the_check(self):
        for where, value in self.of_shape({"Z1-04"}, r"[0-9A-Z]{16,19}"):
            self.assertFalse(is_id_number(value) or is_vin(value) or is_credit_code(value), where)

    def test_whole_set_is_as_large_as_promised(self):
        found = list(rows())
        self.assertGreaterEqual(len({(name, row["table"]) for name, row in found}), 110)
        self.assertGreaterEqual(len(found), 1500)
        technical = sum(row["category"].startswith("Z") for _, row in found) / len(found)
        self.assertTrue(0.30 <= technical <= 0.60, technical)


class Databases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.out = pathlib.Path(cls.directory.name)
        make_holdout.main(["make_holdout.py", str(cls.out)])

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def test_every_label_has_its_column(self):
        for path in sorted(HERE.glob("*.tsv")):
            connection = sqlite3.connect(self.out / (path.stem + ".db"))
            for table, (_, columns) in make_holdout.read_schema(path).items():
                names = [line[1] for line in connection.execute("PRAGMA table_info(%s)" % make_holdout.quote(table))]
                self.assertEqual(names, [row["column"] for row in columns], (path.stem, table))
            connection.close()

    def test_tables_without_values_stay_empty_and_others_do_not(self):
        for path in sorted(HERE.glob("*.tsv")):
            connection = sqlite3.connect(self.out / (path.stem + ".db"))
            for table, (_, columns) in make_holdout.read_schema(path).items():
                n_rows, = connection.execute("SELECT count(*) FROM %s" % make_holdout.quote(table)).fetchone()
                self.assertEqual(n_rows > 0, any(row["values"] for row in columns), (path.stem, table))
            connection.close()

    def test_same_input_gives_the_same_rows(self):
        with tempfile.TemporaryDirectory() as second:
            make_holdout.main(["make_holdout.py", second])
            for name in sorted(p.name for p in self.out.glob("*.db")):
                dumps = ["\n".join(sqlite3.connect(pathlib.Path(d) / name).iterdump()) for d in (self.out, second)]
                self.assertEqual(dumps[0], dumps[1], name)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
    import tap
    tap.main()
