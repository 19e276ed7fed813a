#!/usr/bin/env python3
"""Every public header compiles alone, twice over, as C17 and as C++17, and guards itself for C++.

usage: headers.py [ROOT]      compilers: $CC and $CXX, else gcc and g++, as far as present
"""
import os
import shutil
import subprocess
import sys

import source_tree

FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Werror"]


def compilers():
    chosen = [(os.environ.get("CC", "gcc"), ["-std=c17", "-x", "c"]), (os.environ.get("CXX", "g++"), ["-std=c++17", "-x", "c++"])]
    return [(cc, flags) for cc, flags in chosen if shutil.which(cc)]


def compile_alone(root, name, compiler, language):
    """Included twice: the second time must be empty."""
    text = '#include <%s>\n#include <%s>\n' % (name, name)
    command = [compiler, *language, *FLAGS, "-I", os.path.join(root, "include"), "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else None


def main(argv):
    root = source_tree.root_from_argv(argv)
    complaints = source_tree.Complaints()
    headers = source_tree.walk(root, ("include",), (".h",))
    tools = compilers()
    if not tools:
        print("no compiler found")
        return 77
    for path in headers:
        name = path[len("include/"):]
        if 'extern "C"' not in source_tree.read(root, path):
            complaints.add(path, 1, 'no extern "C" guard')
        for compiler, language in tools:
            error = compile_alone(root, name, compiler, language)
            if error:
                complaints.add(path, 1, "does not compile alone with %s: %s" % (compiler, error.split("\n")[0]))
    return complaints.finish("headers", len(headers))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
