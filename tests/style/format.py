#!/usr/bin/env python3
"""Every C file is as clang-format would write it. Skipped (77) where there is no clang-format.

usage: format.py [--fix] [ROOT]     another version than the one of record: CLANG_FORMAT=clang-format-14
"""
import os
import re
import shutil
import subprocess
import sys

import source_tree


def main(argv):
    root = source_tree.root_from_argv([a for a in argv if a != "--fix"])
    tool = os.environ.get("CLANG_FORMAT", "clang-format")
    if not shutil.which(tool):
        print("skipped: %s is not installed" % tool)
        return 77
    files = source_tree.c_files(root)
    if not files:
        return source_tree.Complaints().finish("format", 0)
    if "--fix" in argv:
        return subprocess.run([tool, "--style=file", "-i", *files], cwd=root, check=False).returncode
    done = subprocess.run([tool, "--style=file", "--dry-run", "-Werror", *files], cwd=root, capture_output=True, text=True, check=False)
    complaints = source_tree.Complaints()
    seen = set()
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: error", done.stderr, re.MULTILINE):
        if path not in seen:  # the first of each file tells enough
            seen.add(path)
            complaints.add(path, int(line), "not as clang-format writes it (tests/style/format.py --fix)")
    if done.returncode and not seen:
        complaints.add(".clang-format", 1, done.stderr.strip())
    return complaints.finish("format", len(files))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
