#!/usr/bin/env python3
"""Add up the test cases of one or more meson build directories and print one closing line.

usage: summary.py [LABEL=]BUILD_DIR…        prints "N passed, N failed, N skipped"; exit 1 when any failed or none ran

Reads the newest meson-logs/testlog*.json (one result a test) and its .junit.xml (the cases inside a TAP test). A test that failed
without naming a failed case, because it crashed, timed out or broke its plan, counts as one failure more.
"""
import collections
import glob
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

BAD = {"FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Cases = collections.namedtuple("Cases", "passed failed skipped")


def read_junit(path):
    """Cases of each TAP test by its meson name; the suites of plain tests are in there too, under the project's name."""
    with open(path, encoding="utf-8", errors="replace") as file:
        # Output of tests is copied into the file unescaped; a stray control character must not hide all results.
        root = ElementTree.fromstring(NOT_XML.sub("?", file.read()).encode())
    found = {}
    for suite in root.iter("testsuite"):
        counts = collections.Counter()
        for case in suite.iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                counts["failed"] += 1
            elif case.find("skipped") is not None:
                counts["skipped"] += 1
            else:
                counts["passed"] += 1
        found[suite.get("name", "").partition(".")[2]] = Cases(counts["passed"], counts["failed"], counts["skipped"])
    return found


def read_testlog(path):
    """(name, result) of each test; meson lists a test of several suites once."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.strip():
                entry = json.loads(line)
                yield entry["name"], entry["result"]


def cases_of_test(result, cases):
    if cases is None:
        return Cases(result in ("OK", "EXPECTEDFAIL"), result in BAD, result == "SKIP")
    if result in BAD and cases.failed == 0:
        return cases._replace(failed=1)
    return cases


def newest_log(build_dir):
    """testlog.json, or testlog-SETUP.json after `meson test --setup SETUP`."""
    logs = glob.glob(os.path.join(build_dir, "meson-logs", "testlog*.json"))
    if not logs:
        raise FileNotFoundError("none in " + build_dir)
    return max(logs, key=os.path.getmtime)


def count(build_dir):
    log = newest_log(build_dir)
    tap = read_junit(log[:-len(".json")] + ".junit.xml")
    total, failures = Cases(0, 0, 0), []
    for name, result in read_testlog(log):
        cases = cases_of_test(result, tap.get(name))
        total = Cases(*(a + int(b) for a, b in zip(total, cases)))
        if cases.failed:
            failures.append(name.rpartition(" / ")[2])
    return total, failures


def describe(cases):
    return "%d passed, %d failed, %d skipped" % cases


def main(argv):
    if len(argv) < 2:
        sys.exit(__doc__)
    total = Cases(0, 0, 0)
    for argument in argv[1:]:
        label, _, build_dir = argument.rpartition("=")
        label = label or os.path.basename(os.path.normpath(build_dir))
        try:
            cases, failures = count(build_dir)
        except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
            cases, failures = Cases(0, 1, 0), ["no readable test log: %s" % error]
        # Indented and named, so that the closing line is the only one of its form.
        print("  %-8s %s%s" % (label, describe(cases), " — " + ", ".join(failures) if failures else ""))
        total = Cases(*(a + b for a, b in zip(total, cases)))
    print(describe(total))
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
