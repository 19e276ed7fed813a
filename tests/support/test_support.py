#!/usr/bin/env python3
"""The helpers of the tests: the adding up of results, and the gate that makes leaks fail."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import summary  # noqa: E402
import tap  # noqa: E402


class SummaryTest(unittest.TestCase):
    """Each test writes the two logs that meson would and reads the closing line."""

    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.dir)
        os.mkdir(os.path.join(self.dir, "meson-logs"))

    def write(self, results, junit="", log="testlog"):
        with open(os.path.join(self.dir, "meson-logs/%s.json" % log), "w", encoding="utf-8") as file:
            for name, result in results:
                file.write(json.dumps({"name": "dcscan:unit / " + name, "result": result}) + "\n")
        with open(os.path.join(self.dir, "meson-logs/%s.junit.xml" % log), "w", encoding="utf-8") as file:
            file.write("<testsuites>%s</testsuites>" % junit)

    def closing(self, *dirs):
        command = [sys.executable, os.path.join(HERE, "summary.py"), *(dirs or (self.dir,))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()[-1]

    def test_counts_the_cases_of_a_tap_test(self):
        self.write([("a", "OK")], '<testsuite name="dcscan.dcscan:unit / a"><testcase name="1"/><testcase name="2"><skipped/></testcase></testsuite>')
        self.assertEqual(self.closing(), (0, "1 passed, 0 failed, 1 skipped"))

    def test_counts_a_script_as_one(self):
        self.write([("a", "OK"), ("b", "SKIP"), ("c", "FAIL")])
        self.assertEqual(self.closing(), (1, "1 passed, 1 failed, 1 skipped"))

    def test_counts_a_crash_after_good_cases_as_a_failure(self):
        self.write([("a", "ERROR")], '<testsuite name="dcscan.dcscan:unit / a"><testcase name="1"/></testsuite>')
        self.assertEqual(self.closing(), (1, "1 passed, 1 failed, 0 skipped"))

    def test_does_not_count_a_failed_case_twice(self):
        self.write([("a", "FAIL")], '<testsuite name="dcscan.dcscan:unit / a"><testcase name="1"><failure/></testcase></testsuite>')
        self.assertEqual(self.closing(), (1, "0 passed, 1 failed, 0 skipped"))

    def test_reads_through_control_characters_in_output(self):
        self.write([("a", "OK")], '<testsuite name="dcscan.dcscan:unit / a"><testcase name="1"/><system-out>\x1b[1m\x00</system-out></testsuite>')
        self.assertEqual(self.closing(), (0, "1 passed, 0 failed, 0 skipped"))

    def test_adds_up_several_builds(self):
        self.write([("a", "OK")])
        self.assertEqual(self.closing(self.dir, "asan=" + self.dir), (0, "2 passed, 0 failed, 0 skipped"))

    def test_reads_the_log_of_a_named_setup(self):
        self.write([("a", "SKIP"), ("b", "OK")], log="testlog-leakgate")
        self.assertEqual(self.closing(), (0, "1 passed, 0 failed, 1 skipped"))

    def test_a_missing_log_is_a_failure(self):
        self.assertEqual(self.closing(os.path.join(self.dir, "nowhere")), (1, "0 passed, 1 failed, 0 skipped"))

    def test_no_test_at_all_is_a_failure(self):
        self.write([])
        self.assertEqual(self.closing()[0], 1)

    def test_the_cases_add_up_as_numbers(self):
        self.assertEqual(summary.cases_of_test("TIMEOUT", summary.Cases(3, 0, 1)), (3, 1, 1))


LEAK = """#include <criterion/criterion.h>
#include <limits.h>
#include <stdlib.h>
static void *volatile sink;
Test(gate, case) { %s cr_assert(1); }
"""


@unittest.skipUnless(shutil.which("gcc") and os.path.exists("/usr/include/criterion/criterion.h"), "gcc or Criterion is not installed")
class LeakGateTest(unittest.TestCase):
    def run_gated(self, statement):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        source, program = os.path.join(folder, "t.c"), os.path.join(folder, "t")
        with open(source, "w", encoding="utf-8") as file:
            file.write(LEAK % statement)
        subprocess.run(["gcc", "-g", "-fsanitize=address,undefined", source, "-o", program, "-lcriterion"], check=True)
        command = [os.path.join(HERE, "leakgate.sh"), program, "--output=tap:-"]
        return subprocess.run(command, capture_output=True, text=True, check=False).returncode

    def test_passes_a_clean_case(self):
        self.assertEqual(self.run_gated(""), 0)

    def test_fails_a_case_that_leaks(self):
        self.assertEqual(self.run_gated("sink = malloc(10); sink = NULL;"), 99)

    def test_fails_undefined_behaviour(self):
        self.assertNotEqual(self.run_gated("volatile int x = INT_MAX; x = x + 1;"), 0)


class OdbcIniTest(unittest.TestCase):
    def test_lists_only_drivers_that_exist(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        done = subprocess.run([os.path.join(HERE, "odbcini.sh"), folder], capture_output=True, text=True, check=False)
        if done.returncode == 77:
            self.skipTest("no ODBC driver is installed")
        with open(os.path.join(folder, "odbcinst.ini"), encoding="utf-8") as file:
            libraries = [line.split("=")[1].strip() for line in file if line.startswith("Driver")]
        self.assertTrue(all(os.path.exists(path) for path in libraries[:-1]), libraries)
        self.assertFalse(os.path.exists(libraries[-1]), "the driver that is meant to be missing")


if __name__ == "__main__":
    tap.main()
