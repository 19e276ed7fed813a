#!/usr/bin/env python3
"""Length of functions and files, and the one label a function may have.

usage: functions.py [--report] [ROOT]

Limits: a function 80 lines (signature to closing brace), the median of the product's functions 15, a file 600 lines.
Tables of data are apart: lines inside an initialiser at file scope don't count towards the length of a file.
The reader of braces trusts the formatter: a function's opening and closing braces stand alone in the first column.
"""
import collections
import re
import statistics
import sys

import source_tree

MAX_FUNCTION, MAX_MEDIAN, MAX_FILE = 80, 15, 600
PRODUCT_DIRS = ("src/", "connectors/", "reports/")
LABEL = re.compile(r"^\s*([A-Za-z_]\w*):(?!:)\s*(?:;\s*)?$")
NOT_LABELS = {"default", "public", "private"}

Function = collections.namedtuple("Function", "path name line n_lines body")


def signature_start(lines, brace):
    """First line of the signature whose opening brace is at index brace."""
    start = brace
    while start > 0:
        above = lines[start - 1]
        if not above.strip() or above.startswith(("}", "#")) or above.rstrip().endswith((";", "}")):
            break
        start -= 1
    return start


def name_of(signature):
    test = re.match(r"\s*(Test|ParameterizedTest|ParameterizedTestParameters|Theory)\(([^)]*)", signature)
    if test:
        return "%s(%s)" % (test.group(1), test.group(2).strip())
    name = re.search(r"(\w+)\s*\(", re.sub(r"__attribute__\s*\(\(.*?\)\)", "", signature))
    return name.group(1) if name else "?"


def functions_of(path, text):
    lines = source_tree.code_only(text).split("\n")
    opened = None
    for number, line in enumerate(lines):
        if line.rstrip() == "{":
            opened = number
        elif line.rstrip() == "}" and opened is not None:
            start = signature_start(lines, opened)
            signature = " ".join(lines[start:opened])
            if "(" in signature:
                yield Function(path, name_of(signature), start + 1, number - start + 1, lines[opened:number + 1])
            opened = None


def counted_lines(text):
    """Lines of a file without those inside initialisers at file scope."""
    counted, inside = 0, False
    for line in source_tree.code_only(text).rstrip("\n").split("\n"):
        if inside:
            inside = not line.startswith("}")
            continue
        counted += 1
        inside = bool(re.match(r"\S.*=\s*\{\s*$|=\s*\{\s*$", line)) and not line.startswith(("}", "#"))
    return counted


def check_labels(function, complaints):
    labels = [(n, m.group(1)) for n, line in enumerate(function.body) if (m := LABEL.match(line)) and m.group(1) not in NOT_LABELS]
    if len(labels) > 1:
        complaints.add(function.path, function.line, "%s has %d labels; one is the most" % (function.name, len(labels)))
    for number, label in labels:
        backward = any(re.search(r"\bgoto\s+%s\s*;" % label, line) for line in function.body[number + 1:])
        if backward:
            complaints.add(function.path, function.line, "%s jumps back to %s" % (function.name, label))


def check(functions, sizes):
    complaints = source_tree.Complaints()
    for path, n_lines in sizes.items():
        if n_lines > MAX_FILE:
            complaints.add(path, 1, "%d lines; %d is the most" % (n_lines, MAX_FILE))
    for function in functions:
        if function.n_lines > MAX_FUNCTION:
            complaints.add(function.path, function.line, "%s has %d lines; %d is the most" % (function.name, function.n_lines, MAX_FUNCTION))
        check_labels(function, complaints)
    product = [f.n_lines for f in functions if f.path.startswith(PRODUCT_DIRS)]
    if product and statistics.median(product) > MAX_MEDIAN:
        complaints.add("src", 1, "the median function has %g lines; %d is the most" % (statistics.median(product), MAX_MEDIAN))
    return complaints


def group_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in ("src", "connectors", "reports", "tests") and len(parts) > 2 else parts[0]


def print_report(functions, sizes, all_lines):
    groups = collections.defaultdict(list)
    for path in sizes:
        groups[group_of(path)].append(path)
    print("%-24s %6s %8s %10s %7s %8s" % ("place", "files", "lines", "functions", "median", "longest"))
    for group in sorted(groups):
        lengths = [f.n_lines for f in functions if group_of(f.path) == group]
        print("%-24s %6d %8d %10d %7s %8s" % (
            group, len(groups[group]), sum(all_lines[p] for p in groups[group]), len(lengths),
            "%g" % statistics.median(lengths) if lengths else "-", max(lengths, default="-")))
    for title, chosen in (("product", [f for f in functions if f.path.startswith(PRODUCT_DIRS)]),
                          ("tests", [f for f in functions if f.path.startswith("tests/")])):
        if chosen:
            longest = max(chosen, key=lambda f: f.n_lines)
            lines = sum(n for p, n in all_lines.items() if group_of(p).startswith("tests") == (title == "tests"))
            print("%s: %d lines, %d functions, median %g, longest %s (%d lines, %s:%d)" % (
                title, lines, len(chosen), statistics.median(f.n_lines for f in chosen),
                longest.name, longest.n_lines, longest.path, longest.line))


def main(argv):
    report = "--report" in argv
    root = source_tree.root_from_argv([a for a in argv if a != "--report"])
    functions, sizes, all_lines = [], {}, {}
    for path in source_tree.c_files(root):
        text = source_tree.read(root, path)
        functions += functions_of(path, text)
        sizes[path] = counted_lines(text)
        all_lines[path] = text.count("\n")
    if report:
        print_report(functions, sizes, all_lines)
        return 0
    return check(functions, sizes).finish("functions", len(sizes))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
