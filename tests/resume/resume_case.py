"""A source with known findings, a store of either kind, and the program run on them: what the tests of this folder share."""
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import private_servers  # noqa: E402

PROGRAM = os.environ.get("DCSCAN", str(ROOT / "build/dcscan"))
N_TABLES = 40


def make_source(path, n_tables=N_TABLES, prefix="t"):
    random.seed(7)
    with sqlite3.connect(path) as db:
        for i in range(n_tables):
            db.execute("CREATE TABLE %s%03d_work_order (id INTEGER PRIMARY KEY, mobile TEXT, email TEXT, qty DECIMAL(10,2), "
                       "created_at TIMESTAMP, note TEXT)" % (prefix, i))
            db.executemany("INSERT INTO %s%03d_work_order VALUES (?, ?, ?, ?, ?, ?)" % (prefix, i),
                           [(n, "138%08d" % random.randrange(10 ** 8), "user%d@example.com" % n, n / 4,
                             "2026-01-%02d 08:00:00" % (n % 28 + 1), "批次 %d 合格" % n) for n in range(60)])


class PostgreSQL:
    """A private server for a whole test file; None where none is installed."""
    environment = None
    folder = None
    n_databases = 0

    @classmethod
    def start(cls):
        cls.folder = tempfile.mkdtemp(prefix="dcscan-resume-pg-")
        cls.environment = private_servers.start(cls.folder, "postgresql")

    @classmethod
    def stop(cls):
        if cls.environment is not None:
            private_servers.stop(cls.folder)

    @classmethod
    def start_again(cls):
        private_servers.again(cls.folder, "postgresql")

    @classmethod
    def password(cls):
        return pathlib.Path(cls.environment["DCSCAN_TEST_ADMIN_PASSWORD_FILE"]).read_text(encoding="ascii").strip()

    @classmethod
    def sql(cls, text, database="postgres"):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-h", cls.environment["DCSCAN_PG_HOST"], "-p", cls.environment["DCSCAN_PG_PORT"],
                               "-U", cls.environment["DCSCAN_TEST_ADMIN"], "-d", database, "-c", text],
                              env=dict(os.environ, PGPASSWORD=cls.password()), capture_output=True, text=True, check=True)
        return done.stdout.strip()

    @classmethod
    def new_store(cls):
        cls.n_databases += 1
        name = "store_%d" % cls.n_databases
        cls.sql("CREATE DATABASE %s" % name)
        return "odbc:Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s;UID=%s;PWD=%s" % (
            cls.environment["DCSCAN_PG_HOST"], cls.environment["DCSCAN_PG_PORT"], name, cls.environment["DCSCAN_TEST_ADMIN"], cls.password())


class ResumeCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dcscan-resume-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.n_stores = 0
        self.sources, self.settings = [], {}

    def add_source(self, name, n_tables=N_TABLES, **more):
        path = self.path / (name + ".db")
        make_source(path, n_tables)
        self.sources.append(dict({"name": name, "connection": "Driver=SQLite3;Database=%s" % path}, **more))

    def new_store(self, kind):
        self.n_stores += 1
        if kind == "sqlite":
            return str(self.path / ("store%d.db" % self.n_stores))
        if PostgreSQL.environment is None:
            self.skipTest("no PostgreSQL is installed")
        return PostgreSQL.new_store()

    def config(self, store):
        path = self.path / "dcscan.yaml"
        text = yaml.safe_dump({"store": store, "sources": self.sources, **self.settings}, allow_unicode=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:  # others may be about to read it
            path.write_text(text, encoding="utf-8")
        return path

    def start(self, store, *args, command="scan", **more):
        environment = dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), HOME=str(self.path), **more)
        return subprocess.Popen([PROGRAM, command, "-c", str(self.config(store)), *map(str, args)], env=environment, cwd=self.path,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_to_end(self, store, *args, command="scan", expect=0):
        process = self.start(store, *args, command=command)
        out, errors = process.communicate(timeout=300)
        self.assertEqual(process.returncode, expect, errors)
        return out + errors

    def findings(self, store, run=None, times=False):
        """Every column with all that was found, but for the number of the run and when it was read."""
        out = self.path / "findings.jsonl"
        self.run_to_end(store, *([run] if run else []), "-o", out, command="report")
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            del row["run"]
            if not times:
                del row["sampled_at"]
        return rows

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "it did not happen within %d s" % seconds)
            time.sleep(0.02)
