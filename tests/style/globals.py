#!/usr/bin/env python3
"""No global mutable state: the product's archives have no writable data.

usage: globals.py BUILD_DIR

Constant tables of pointers lie in .data.rel.ro, which is read only after start, and pass.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

WRITABLE = re.compile(r"^(\.data(?!\.rel\.ro)|\.bss|\.tbss|\.tdata|\*COM\*)")
# What the compilers' instrumentation adds is not ours.
INSTRUMENTED = re.compile(r"^(\.?L|__(asan|ubsan|sancov|llvm|gcov|odr)|_?__odr_asan|\*\.Lubsan)")


def objects(build_dir):
    """Object files of the product: those of the static libraries and of the program, not of tests."""
    found = glob.glob("**/*.o", root_dir=build_dir, recursive=True)
    return sorted(os.path.join(build_dir, p) for p in found if not p.startswith(("tests/", "meson-private/")))


def writable_symbols(path):
    done = subprocess.run(["nm", "--format=sysv", path], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 7 and fields[3] in ("OBJECT", "TLS") and WRITABLE.match(fields[6]) and not INSTRUMENTED.match(fields[0]):
            yield fields[0], fields[6]


def main(argv):
    if len(argv) != 2:
        sys.exit(__doc__)
    if not shutil.which("nm"):
        print("skipped: nm is not installed")
        return 77
    files, complaints = objects(argv[1]), 0
    for path in files:
        for name, section in writable_symbols(path):
            print("%s: %s lies in %s: global mutable state" % (os.path.relpath(path, argv[1]), name, section))
            complaints += 1
    print("globals: %d objects, %d complaints" % (len(files), complaints))
    if not files:
        return 77
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
