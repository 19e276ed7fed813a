"""Writes dcscan.yaml: one source a database."""

import json
import os
from urllib.parse import quote

PLANT = "武汉一厂"
DRIVER = "SQLite3"      # the name Debian's libsqliteodbc registers


def connection_string(path):
    """The driver has no read-only keyword, but passes on a file: URI, in which SQLite itself knows `mode=ro`.

    `NoCreat` keeps it from making an empty file where the path is wrong."""
    return "Driver=%s;Database=file:%s?mode=ro;NoCreat=1" % (DRIVER, quote(os.path.abspath(path)))


def scalar(value):
    """A JSON text is a YAML scalar, whatever it holds."""
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def source_lines(database, path):
    yield "  - name: %s" % database.corpus
    yield "    connection: %s" % scalar(connection_string(path))
    yield "    about:"
    for key, value in {"system": database.title, "plant": PLANT, **database.about}.items():
        yield "      %s: %s" % (key, scalar(value))


def write_config(path, databases, directory):
    lines = ["# Sources of the sample plant; written by tests/plant/generate.py, every name in it is invented.", "sources:"]
    for database in databases:
        lines += source_lines(database, os.path.join(directory, database.name + ".db"))
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
