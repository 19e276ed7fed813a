#!/usr/bin/env python3
"""Compare the reports of the demo inventory with those checked in, part by part.

usage: golden.py WRITE_DEMO SOURCE_ROOT            compare; TAP on standard output
       golden.py --update WRITE_DEMO SOURCE_ROOT   write them anew
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import workbook

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "golden")
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import tap  # noqa: E402  (beside the other supports)

LANGS = ("zh", "en")
TEXTS = (("zh", "csv"), ("zh", "jsonl"), ("en", "csv"), ("en", "jsonl"))
# The library's own, the same in every workbook; it may change with the library.
LEFT_OUT = ("xl/theme/theme1.xml",)


def write_demo(program, root, lang, path):
    definitions = os.path.join(root, "reports", "definitions")
    zone = {"zh": "CST-8", "en": "CET-1CEST,M3.5.0,M10.5.0/3"}[lang]
    subprocess.run([program, definitions, lang, path], check=True, env=dict(os.environ, TZ=zone))


def made_files(program, root):
    """relative name -> text of everything that is compared."""
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGS:
            path = os.path.join(folder, lang + ".xlsx")
            write_demo(program, root, lang, path)
            for name, text in workbook.part_texts(path).items():
                if name not in LEFT_OUT:
                    made["%s.xlsx/%s" % (lang, name)] = text
        for lang, ending in TEXTS:
            path = os.path.join(folder, "%s.%s" % (lang, ending))
            write_demo(program, root, lang, path)
            with open(path, encoding="utf-8", newline="") as file:
                made["%s.%s" % (lang, ending)] = file.read()
    return {name: shorten(text) for name, text in made.items()}


def shorten(text):
    """The long text of the demo is told by its length."""
    return re.sub("x{200,}", lambda match: "(%d times x)" % len(match.group()), text)


def golden_files():
    found = {}
    for folder, _, names in os.walk(GOLDEN):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", newline="") as file:
                found[os.path.relpath(path, GOLDEN)] = file.read()
    return found


def update(program, root):
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, text in made_files(program, root).items():
        path = os.path.join(GOLDEN, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)


class Golden(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.made = made_files(PROGRAM, ROOT)
        cls.golden = golden_files()

    def compare(self, lang_and_ending):
        names = sorted(name for name in set(self.made) | set(self.golden) if name.split("/")[0] == lang_and_ending)
        self.assertTrue(names)
        for name in names:
            wanted, found = self.golden.get(name, ""), self.made.get(name, "")
            if wanted != found:
                lines = difflib.unified_diff(wanted.split("\n"), found.split("\n"), "golden/" + name, "made/" + name, lineterm="", n=1)
                self.fail("differs; golden.py --update writes it anew\n" + "\n".join(list(lines)[:60]))


def add_case(name):
    setattr(Golden, "test_" + name.replace(".", "_"), lambda self: self.compare(name))


for golden_name in [lang + ".xlsx" for lang in LANGS] + ["%s.%s" % pair for pair in TEXTS]:
    add_case(golden_name)

if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    PROGRAM, ROOT = arguments
    if "--update" in sys.argv:
        update(PROGRAM, ROOT)
    else:
        sys.argv[1:] = []
        tap.main()
