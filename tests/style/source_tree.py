"""What every style check needs: the files of the tree, C text without comments and literals, one way to complain."""
import os
import re
import sys

CODE_DIRS = ("include", "src", "connectors", "reports", "tests")
SKIPPED_DIRS = {".git", "__pycache__", "node_modules"}

_TOKEN = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>'(?:\\.|[^'\\\n])*')""",
    re.VERBOSE | re.DOTALL,
)


def _is_build_dir(path):
    return os.path.exists(os.path.join(path, "build.ninja"))


def walk(root, dirs, endings):
    """Paths relative to root, sorted, of the files below dirs whose name ends in one of endings."""
    found = []
    for top in dirs:
        for here, subdirs, names in os.walk(os.path.join(root, top)):
            subdirs[:] = [
                d for d in subdirs
                if d not in SKIPPED_DIRS and not _is_build_dir(os.path.join(here, d))
            ]
            found += [
                os.path.relpath(os.path.join(here, name), root)
                for name in names if name.endswith(endings)
            ]
    return sorted(found)


def c_files(root, dirs=CODE_DIRS):
    return walk(root, dirs, (".c", ".h"))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def code_only(text):
    """Blank out comments, strings and characters; line numbers and columns of the rest stay."""
    def blank(match):
        token = match.group()
        hidden = re.sub(r"[^\n]", " ", token)
        if match.lastgroup == "comment":
            return hidden
        return token[0] + hidden[1:-1] + token[-1]
    return _TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


class Complaints:
    """Collected as file:line: text, the form editors jump to."""

    def __init__(self):
        self.lines = []

    def add(self, path, line, text):
        self.lines.append("%s:%d: %s" % (path, line, text))

    def finish(self, what, n_checked):
        """Print, and return the exit code. A check that looked at nothing has not passed: it is skipped (77)."""
        for line in self.lines:
            print(line)
        print("%s: %d files, %d complaints" % (what, n_checked, len(self.lines)))
        if n_checked == 0:
            return 77
        return 1 if self.lines else 0


def root_from_argv(argv):
    """The tree to check: the last argument, or the tree this file lies in."""
    if len(argv) > 1 and not argv[-1].startswith("-"):
        return argv[-1]
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


if __name__ == "__main__":
    sys.exit("this module has nothing to run")
