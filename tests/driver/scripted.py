"""Cases that run the program on databases played by the scripted driver."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap  # noqa: F401 - for those who import from here

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
ROOT = pathlib.Path(__file__).resolve().parents[2]
DIALECTS = ROOT / "connectors" / "dialects"

INFO = {
    "sqlserver": {"dbms": "Microsoft SQL Server", "version": "15.00.4365", "driver": "libtdsodbc.so", "database": "plant"},
    "oracle": {"dbms": "Oracle", "version": "19.00.0000", "driver": "libsqora.so.19.1"},
    "dm": {"dbms": "DM DBMS", "version": "8.1.3.62", "driver": "libdodbc.so"},
    "postgresql": {"dbms": "PostgreSQL", "version": "15.5", "driver": "psqlodbcw.so"},
    "generic": {"dbms": "Something Else", "version": "1.0", "driver": "libelse.so"},
}


def column(name, kind, **more):
    return dict({"name": name, "type": kind}, **more)


def table(name, columns=None, **more):
    """A table of 100 rows with an identifier and a text, unless told otherwise."""
    columns = columns or [column("id", "int", key=True, start=1, step=1), column("name", "varchar", size=40, value="v{n}")]
    return dict({"name": name, "schema": "app", "rows": 100, "columns": columns}, **more)


class Scripted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dcscan-scripted-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), XDG_CONFIG_HOME=str(self.path / "none"),
                                HOME=str(self.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")

    def play(self, dialect, tables, name="db", **more):
        """Writes the script (JSON is YAML) and returns the connection string."""
        script = dict({"info": INFO.get(dialect, INFO["generic"]), "tables": tables}, **more)
        script["dialect"] = str(DIALECTS / (dialect + ".yaml"))
        path = self.path / (name + ".yaml")
        path.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
        return "Driver=Scripted;Script=%s;Log=%s" % (path, self.path / "log")

    def run_dcscan(self, *args):
        return subprocess.run([DCSCAN, *map(str, args)], cwd=self.path, env=self.environment, text=True, capture_output=True, timeout=120)

    def scan(self, connection, *args):
        return self.run_dcscan("scan", connection, "-o", "out.jsonl", "-o", "out.xlsx", "--full", *args)

    def rows(self):
        return [json.loads(line) for line in (self.path / "out.jsonl").read_text(encoding="utf-8").splitlines()]

    def by_column(self):
        return {(row["table"], row["column"]): row for row in self.rows()}

    def log(self):
        path = self.path / "log"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def statements(self):
        """The statements that reached the driver, as the bytes that they were."""
        return [line["text"].encode("latin-1").decode("utf-8", "replace") for line in self.log() if line["call"] == "SQLExecDirect"]

    def calls(self):
        return [line["call"] for line in self.log()]

    def start(self, *args):
        process = subprocess.Popen([DCSCAN, *map(str, args)], cwd=self.path, env=self.environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def wait_for_statement(self, pattern, seconds=20):
        """Until a statement that matches is running at the driver."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(re.search(pattern, text) for text in self.statements()):
                time.sleep(0.2)
                return
            time.sleep(0.02)
        self.fail("no statement like %s: %s" % (pattern, self.statements()))

    def assert_exit(self, result, code):
        self.assertEqual(result.returncode, code, result.stderr)

    def assert_workbook(self, name="out.xlsx"):
        """The workbook is a whole archive, and all its parts are well-formed XML without characters that XML forbids."""
        with zipfile.ZipFile(self.path / name) as book:
            self.assertIsNone(book.testzip())
            texts = []
            for part in book.namelist():
                if part.endswith((".xml", ".rels")):
                    xml.etree.ElementTree.fromstring(book.read(part))
                    texts.append(book.read(part).decode("utf-8"))
        return "\n".join(texts)


__all__ = ["DCSCAN", "DIALECTS", "INFO", "ROOT", "Scripted", "os", "column", "json", "signal", "table", "tap", "time", "unittest"]
