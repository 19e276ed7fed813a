"""What left the program while all suites ran: nothing but SELECT, the dialects' session statements, and catalogue calls.

The scripted driver logs every statement that reaches it, of every test of every suite, into the folder $DCSCAN_ODBC_LOG. This test
runs last, judges what it finds there, and takes it away.
"""
import glob
import json
import os
import pathlib
import re
import sys
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap

ROOT = pathlib.Path(__file__).resolve().parents[2]
CALLS = {"SQLDriverConnect", "SQLExecDirect", "SQLTables", "SQLColumns", "SQLPrimaryKeys", "SQLForeignKeys", "SQLStatistics",
         "SQLCancel", "cancelled"}
# Words that make a statement more than reading, wherever they stand outside quotes.
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|REPLACE\s+INTO|UPSERT|TRUNCATE|DROP|CREATE|ALTER|GRANT|REVOKE|EXEC|EXECUTE|CALL|INTO|"
                    r"LOCK|COMMIT|VACUUM|ANALYZE|LOAD|COPY|KILL|SHUTDOWN|FOR\s+UPDATE)\b", re.I)
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\[(?:[^\]]|\]\])*\]|--[^\n]*")
COUNTS_ALL = re.compile(r"SELECT\s+COUNT\s*\(\s*(\*|1)\s*\)\s+FROM\s+[^(]", re.I)
# What is looked for in an answer.
WORDS = {"rows_row", "rows_unit"}
RANDOM_ORDER = re.compile(r"ORDER\s+BY\s+(RANDOM|RAND|NEWID|DBMS_RANDOM|CHECKSUM)", re.I)


def template(text):
    """A dialect's statement with anything in place of its {placeholders}."""
    return re.compile("".join(".+" if re.fullmatch(r"\{[a-z_]+\}", part) else re.escape(part)
                              for part in re.split(r"(\{[a-z_]+\})", text)), re.S)


def read_dialects():
    """The files, each with what it takes over from the one that it extends."""
    contents = {}
    for path in sorted((ROOT / "connectors" / "dialects").glob("*.yaml")):
        with open(path, encoding="utf-8") as file:
            contents[path.stem] = yaml.safe_load(file)
    return [with_base(content, contents) for content in contents.values()]


def with_base(content, contents):
    """Maps key by key, all else as a whole, null takes away."""
    base = with_base(contents[content["extends"]], contents) if "extends" in content else {}
    whole = {key: value for key, value in base.items() if key not in ("dbms", "versions", "drivers", "tested", "extends")}
    for key, value in content.items():
        both = isinstance(value, dict) and isinstance(whole.get(key), dict)
        whole[key] = {k: v for k, v in {**whole[key], **value}.items() if v is not None} if both else value
    for key in ("session", "sampling", "read_only_check", "catalogue"):
        whole.setdefault(key, None)
    return whole


def load_dialects():
    dialects = {}
    for content in read_dialects():
        session = [entry if isinstance(entry, str) else entry["sql"] for entry in content.get("session") or []]
        catalogue = [text for key, text in (content.get("catalogue") or {}).items() if isinstance(text, str) and key not in WORDS]
        dialects[content["name"]] = {"file": content["name"] == "access",
                                     "session": [template(text) for text in session],
                                     "show": [template(text) for text in catalogue if text.upper().startswith(("SHOW", "DESCRIBE"))]}
    return dialects


def complaint_of(text, dialect):
    """Why a statement should not have been sent, or None."""
    if dialect and any(session.fullmatch(text) for session in dialect["session"]):
        return None
    if dialect and any(show.fullmatch(text) for show in dialect["show"]):
        return None
    plain = QUOTED.sub("''", text)
    if not re.match(r"\s*(SELECT|WITH)\b", plain, re.I):
        return "is no SELECT and no session statement of its dialect"
    if ";" in plain:
        return "is more than one statement"
    if WRITES.search(plain):
        return "does more than read: " + WRITES.search(plain).group(0)
    # MDBTools reads no row for it.
    if not (dialect and dialect["file"]) and COUNTS_ALL.search(plain) and not re.search(r"\b(information_schema|sys|all_|user_|sqlite_)", plain, re.I):
        return "counts a whole table"
    if RANDOM_ORDER.search(plain):
        return "sorts a whole table at random"
    return None


class Judge(unittest.TestCase):
    """The judge itself: it must be able to say no."""

    def test_it_lets_reading_pass(self):
        for text in ("SELECT a FROM t", 'SELECT "update" FROM "drop"', "WITH c AS (SELECT 1) SELECT * FROM c",
                     "SELECT 'INSERT INTO x' FROM t", "SELECT [delete] FROM [into]", "SELECT COUNT(*) FROM (SELECT 1 FROM t LIMIT 10) s"):
            self.assertIsNone(complaint_of(text, None), text)

    def test_it_stops_everything_else(self):
        for text in ("DELETE FROM t", "SELECT a INTO b FROM t", "SELECT a FROM t FOR UPDATE", "SET x = 1", "SELECT 1; DROP TABLE t",
                     "WITH c AS (DELETE FROM t RETURNING *) SELECT * FROM c", "SELECT COUNT(*) FROM t", "EXEC p", "",
                     "SELECT a FROM t ORDER BY RANDOM()", "CREATE TEMP TABLE x (a int)"):
            self.assertIsNotNone(complaint_of(text, None), text)

    def test_session_statements_pass_for_their_own_dialect_only(self):
        dialects = load_dialects()
        self.assertIsNone(complaint_of("SET LOCK_TIMEOUT 30000", dialects["sqlserver"]))
        self.assertIsNotNone(complaint_of("SET LOCK_TIMEOUT 30000", dialects["oracle"]))


class Dialects(unittest.TestCase):
    def test_no_dialect_holds_a_statement_that_writes(self):
        for content in read_dialects():
            texts = [text for key, text in (content.get("catalogue") or {}).items() if isinstance(text, str) and key not in WORDS]
            texts += [way["statement"] for way in content.get("sampling") or []]
            check = content["read_only_check"] or "SELECT 1"
            texts += [] if content["name"] == "sqlite" and check == "PRAGMA query_only" else [check]
            for text in texts:
                with self.subTest(dialect=content["name"], text=text):
                    own = {"session": [], "show": [], "file": content["name"] == "access"}
                    self.assertIsNone(None if text.upper().startswith(("SHOW", "DESCRIBE")) else complaint_of(text, own))
            for entry in content.get("session") or []:
                text = entry if isinstance(entry, str) else entry["sql"]
                with self.subTest(dialect=content["name"], session=text):
                    self.assertRegex(text, r"(?i)^\s*(SET|PRAGMA|ALTER SESSION SET|SELECT|START TRANSACTION READ ONLY|BEGIN READ ONLY)\b")


class WholeSuite(unittest.TestCase):
    def test_nothing_but_reading_ever_left_the_program(self):
        files = glob.glob(os.path.join(os.environ.get("DCSCAN_ODBC_LOG", "/nonexistent"), "*.jsonl"))
        if not files:
            self.skipTest("no test used the scripted driver before this one")
        dialects, n, complaints = load_dialects(), 0, []
        for name in files:
            with open(name, encoding="utf-8") as file:
                for line in file:
                    entry = json.loads(line)
                    n += 1
                    if entry["call"] not in CALLS:
                        complaints.append("call %s" % entry["call"])
                    elif entry["call"] == "SQLExecDirect":
                        why = complaint_of(entry["text"].encode("latin-1").decode("utf-8", "replace"), dialects.get(entry["dialect"]))
                        if why:
                            complaints.append("%s (%s): %s" % (why, entry["dialect"], entry["text"][:300]))
            os.unlink(name)
        print("# %d calls of %d processes reached the scripted driver" % (n, len(files)))
        self.assertEqual(complaints[:20], [])


if __name__ == "__main__":
    tap.main()
