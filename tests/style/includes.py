#!/usr/bin/env python3
"""Include directions: nothing points up or sideways, third-party headers stay in one place each.

usage: includes.py [ROOT]     tables: tests/style/layers.toml of ROOT
"""
import fnmatch
import os
import re
import sys
import tomllib

import source_tree

STANDARD = set("""
assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic
stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype
dirent dlfcn fcntl fnmatch getopt glob langinfo libgen poll pthread pwd sched spawn strings sysexits termios unistd
sys/file sys/ioctl sys/mman sys/random sys/resource sys/select sys/socket sys/stat sys/time sys/types sys/uio sys/utsname
sys/wait netinet/in arpa/inet netdb
""".split())
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]", re.MULTILINE)


class Table:
    def __init__(self, root):
        with open(os.path.join(root, "tests/style/layers.toml"), "rb") as file:
            data = tomllib.load(file)
        self.layers = data["layers"]
        self.places = data["places"]
        self.third_party = data["third_party"]
        self.generated = data.get("generated", {})
        self.headers = data.get("headers", {})
        self.test_doubles = data.get("test_doubles", {}).get("headers", [])
        self.test_folders = data.get("test_folders", {})

    def layer_of_file(self, path):
        """Layer of a source file; None where layers don't bind (tests other than unit tests of a layer)."""
        if path.startswith("include/"):
            return self.headers.get(path[len("include/"):])
        unit = re.match(r"tests/unit/([^/]+)/", path)
        if unit:
            return unit.group(1) if unit.group(1) in self.layers else None
        best = max((p for p in self.places if path.startswith(p + "/")), key=len, default=None)
        return self.places[best] if best else None

    def may_include(self, user, owner):
        return user == owner or owner in self.layers.get(user, [])


def check_public(table, path, layer, name):
    owner = table.headers.get(name)
    if path.startswith("tests/") and name in table.test_doubles:
        return None
    if owner is None:
        return "<%s> has no owner in tests/style/layers.toml [headers]" % name
    if layer is not None and not table.may_include(layer, owner):
        return "%s may not include <%s> of %s" % (layer, name, owner)
    return None


def check_angle(table, path, name):
    places = next((value for key, value in table.third_party.items() if fnmatch.fnmatchcase(name, key)), None)
    if places is not None:
        if any(path.startswith(place + "/") for place in places):
            return None
        return "<%s> may be included only in %s" % (name, ", ".join(places))
    if name.endswith(".h") and name[:-2] in STANDARD:
        return None
    return "<%s> is neither standard nor listed in tests/style/layers.toml" % name


def check_private(root, table, path, layer, name):
    """A quoted include is a header beside the file, or below src/ by a path; it must belong to the same layer."""
    folder = os.path.dirname(path)
    candidates = [os.path.join(folder, name)] + [os.path.join(top, name) for top in ("src", ".", "tests", "tests/support")]
    if path.startswith("tests/unit/"):
        candidates.append(os.path.join("src", layer or "", name))
    for place, folders in table.test_folders.items():
        if path.startswith(place + "/"):
            candidates += [os.path.join(other, name) for other in folders]
    for candidate in map(os.path.normpath, candidates):
        if os.path.exists(os.path.join(root, candidate)):
            owner = table.layer_of_file(candidate)
            if owner is not None and layer is not None and owner != layer:
                return "\"%s\" is a private header of %s" % (name, owner)
            return None
    if name in table.generated:
        owner = table.generated[name]
        return None if layer is None or table.may_include(layer, owner) else "\"%s\" belongs to %s" % (name, owner)
    return "\"%s\" is not beside the file, nor in its layer, nor generated" % name


def check_file(root, table, path):
    text = source_tree.read(root, path)
    # Names of quoted includes are literals, so only comments may be hidden here.
    visible = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.DOTALL)
    layer = table.layer_of_file(path)
    for match in INCLUDE.finditer(visible):
        style, name = match.groups()
        if name.startswith("dcscan/"):
            problem = check_public(table, path, layer, name)
        elif style == "<" or name in table.third_party:
            problem = check_angle(table, path, name)
        else:
            problem = check_private(root, table, path, layer, name)
        if problem:
            yield source_tree.line_of(visible, match.start()), problem


def check_table(root, table, complaints):
    for name, owner in table.headers.items():
        if owner not in table.layers:
            complaints.add("tests/style/layers.toml", 1, "%s belongs to the unknown layer %s" % (name, owner))
    for path in source_tree.walk(root, ("include",), (".h",)):
        if path[len("include/"):] not in table.headers:
            complaints.add(path, 1, "header has no owner in tests/style/layers.toml [headers]")


def main(argv):
    root = source_tree.root_from_argv(argv)
    table = Table(root)
    complaints = source_tree.Complaints()
    check_table(root, table, complaints)
    files = source_tree.c_files(root)
    for path in files:
        for line, problem in check_file(root, table, path):
            complaints.add(path, line, problem)
    return complaints.finish("includes", len(files))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
