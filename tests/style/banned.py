#!/usr/bin/env python3
"""Functions that have no place here, output from libraries, work markers and machine paths.

usage: banned.py [ROOT]
"""
import re
import sys

import source_tree

# name: why. Matched as calls, in code only (not in comments or strings).
FUNCTIONS = {
    **dict.fromkeys(("sprintf", "vsprintf"), "unbounded write: use snprintf or the capped string buffer"),
    **dict.fromkeys(("strcpy", "strcat", "stpcpy", "wcscpy", "wcscat"), "unbounded copy"),
    **dict.fromkeys(("strncpy", "strncat", "stpncpy"), "does not terminate, or counts the wrong end"),
    **dict.fromkeys(("strtok", "rand", "srand", "random", "srandom"), "hidden global state"),
    **dict.fromkeys(("gets", "alloca", "tmpnam", "tempnam", "mktemp"), "cannot be used safely"),
    **dict.fromkeys(("atoi", "atol", "atoll", "atof", "scanf", "sscanf", "fscanf"), "cannot report a bad number: use strto*"),
    **dict.fromkeys(("system", "popen"), "runs a shell"),
    **dict.fromkeys(("asctime", "ctime", "gmtime", "localtime", "readdir_r", "getpwnam"),
                    "not safe in threads: use the _r form"),
    **dict.fromkeys(("signal",), "use sigaction"),
    **dict.fromkeys(("setlocale", "putenv", "setenv", "unsetenv"), "changes the whole process"),
}
# Allowed all the same: the program may set up its own process.
# driver.c: before main, since clients of Oracle and Db2 can be told their encoding in no other way.
EXEMPT = {"setlocale": ("src/cli/",), "setenv": ("tests/", "src/odbc/driver.c"), "unsetenv": ("tests/",), "putenv": ("tests/",)}
# Only the command line prints and ends the process; libraries return errors.
LIBRARY_ONLY = re.compile(r"\b(printf|vprintf|puts|putchar|perror|exit|_exit|quick_exit|err|errx|warn|warnx)\s*\(|\b(stdout|stderr)\b")
PRINTERS = ("src/cli/", "tests/")
CALL = re.compile(r"(?<![\w.>])(%s)\s*\(" % "|".join(sorted(FUNCTIONS)))

TEXT_DIRS = ("include", "src", "connectors", "reports", "taxonomies", "tests", "docs")
TEXT_ENDINGS = (".c", ".h", ".py", ".sh", ".yaml", ".yml", ".toml", ".tsv", ".md", ".build", ".in", ".supp")
MARKER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w./$}])/(?:work|home|root|Users)/\w")
# This directory has to name what it looks for.
NAMES_THEM = "tests/style/"


def check_code(path, text, complaints):
    code = source_tree.code_only(text)
    for match in CALL.finditer(code):
        name = match.group(1)
        if not path.startswith(EXEMPT.get(name, ("\0",))):
            complaints.add(path, source_tree.line_of(code, match.start()), "%s: %s" % (name, FUNCTIONS[name]))
    if path.startswith(PRINTERS):
        return
    for match in LIBRARY_ONLY.finditer(code):
        name = match.group(1) or match.group(2)
        complaints.add(path, source_tree.line_of(code, match.start()), "%s: a library returns errors, it neither prints nor exits" % name)


def check_text(path, text, complaints):
    if path.startswith(NAMES_THEM):
        return
    for number, line in enumerate(text.split("\n"), 1):
        # Tables of data hold words of other people's databases, states like these among them.
        if MARKER.search(line) and not path.endswith(".tsv"):
            complaints.add(path, number, "work marker left in the text")
        if MACHINE_PATH.search(line):
            complaints.add(path, number, "path of one machine")


def main(argv):
    root = source_tree.root_from_argv(argv)
    complaints = source_tree.Complaints()
    code_files = source_tree.c_files(root)
    for path in code_files:
        check_code(path, source_tree.read(root, path), complaints)
    text_files = source_tree.walk(root, TEXT_DIRS, TEXT_ENDINGS)
    for path in text_files:
        check_text(path, source_tree.read(root, path), complaints)
    return complaints.finish("banned", len(set(code_files + text_files)))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
