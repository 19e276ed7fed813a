#!/usr/bin/env python3
"""Every C file is as clang-format would write it. Skipped (77) where there is no clang-format.

usage: format.py [--fix] [ROOT]     another version than the one of record: CLANG_FORMAT=clang-format-14
"""
import os
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
    action = ["-i"] if "--fix" in argv else ["--dry-run", "-Werror", "--ferror-limit=3"]
    done = subprocess.run([tool, "--style=file", *action, *files], cwd=root, check=False)
    print("format: %d files, %s" % (len(files), "as they should be" if done.returncode == 0 else "see above"))
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
