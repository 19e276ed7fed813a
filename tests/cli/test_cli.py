"""The command line end to end: argv in, standard output, standard error, exit code and files out."""
import contextlib
import csv
import fcntl
import json
import os
import pathlib
import re
import resource
import signal
import sqlite3
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import tap

DCSCAN = os.environ.get("DCSCAN", "build/dcscan")
ROOT = pathlib.Path(__file__).resolve().parents[2]

SCHEMA = """
CREATE TABLE supplier ( -- 供应商档案
  id INTEGER PRIMARY KEY, -- 主键
  supplier_name TEXT, -- 供应商名称
  contact_phone TEXT, -- 联系人手机
  purchase_price REAL -- 采购单价
);
CREATE TABLE "odd ""name; -- x" ("select" TEXT, "列 一" TEXT);
CREATE TABLE empty_table (id INTEGER, id_card_no TEXT);
"""


def make_database(path, rows=150):
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.executemany(
        "INSERT INTO supplier VALUES (?, ?, ?, ?)",
        [(i, "示例%d有限公司" % i, "138%08d" % (10000000 + i * 37), i * 1.5) for i in range(rows)])
    connection.execute("INSERT INTO \"odd \"\"name; -- x\" VALUES ('=1+1', '甲')")
    connection.commit()
    connection.close()


class Cli(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dcscan-cli-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.database = self.path / "plant.db"
        make_database(self.database)
        self.connection = "Driver=SQLite3;Database=%s" % self.database

    def run_dcscan(self, *args, stdin="", env=None):
        environment = dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), XDG_CONFIG_HOME=str(self.path / "none"),
                           HOME=str(self.path), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), LC_ALL="C.UTF-8")
        environment.update(env or {})
        return subprocess.run([DCSCAN, *map(str, args)], cwd=self.path, env=environment, input=stdin, text=True,
                              capture_output=True, timeout=120)

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")
        return self.path / name

    def rows(self, name="out.jsonl"):
        return [json.loads(line) for line in (self.path / name).read_text(encoding="utf-8").splitlines()]

    def assert_exit(self, result, code):
        self.assertEqual(result.returncode, code, result.stderr)


class Usage(Cli):
    def test_without_arguments_shows_the_commands_on_standard_error(self):
        result = self.run_dcscan()
        self.assert_exit(result, 2)
        self.assertEqual(result.stdout, "")
        self.assertIn("scan", result.stderr)

    def test_help_goes_to_standard_output_at_every_level(self):
        for args in (["--help"], ["scan", "--help"], ["report", "-h"], ["sources", "--help"], ["taxonomy", "--help"], ["help", "scan"]):
            result = self.run_dcscan(*args)
            self.assert_exit(result, 0)
            self.assertIn("dcscan", result.stdout)
            self.assertEqual(result.stderr, "")

    def test_version_names_the_libraries(self):
        result = self.run_dcscan("--version")
        self.assert_exit(result, 0)
        self.assertRegex(result.stdout, r"(?s)dcscan \d.*PCRE2 1\d\..*unixODBC \d")

    def test_a_mistyped_command_or_option_names_the_nearest(self):
        result = self.run_dcscan("scna")
        self.assert_exit(result, 2)
        self.assertIn('did you mean "scan"?', result.stderr)
        result = self.run_dcscan("scan", "--exlude", "x")
        self.assert_exit(result, 2)
        self.assertIn('did you mean "--exclude"?', result.stderr)

    def test_bad_option_values_are_usage_errors(self):
        for args in (["--jobs", "0"], ["--jobs", "many"], ["--lang", "fr"], ["--sample-rows"], ["--fail-on", "nonsense"],
                     ["-o", "report.docx"], ["--dry-run=yes"]):
            result = self.run_dcscan("scan", self.connection, *args)
            self.assert_exit(result, 2)
            self.assertTrue(result.stderr.startswith("dcscan"), result.stderr)

    def test_a_scan_without_any_source_tells_how_to_name_one(self):
        result = self.run_dcscan("scan")
        self.assert_exit(result, 2)
        self.assertIn("dcscan.yaml", result.stderr)

    def test_a_password_on_the_command_line_is_refused_and_not_repeated(self):
        result = self.run_dcscan("scan", "DSN=x;UID=u;PWD=geheim77")
        self.assert_exit(result, 2)
        self.assertNotIn("geheim77", result.stderr + result.stdout)


class Scan(Cli):
    def test_a_connection_string_gives_a_workbook_and_json_lines(self):
        result = self.run_dcscan("scan", self.connection, "-o", "out.xlsx", "-o", "out.jsonl")
        self.assert_exit(result, 0)
        self.assertEqual(result.stdout, "")
        self.assertIn("wrote out.xlsx", result.stderr)
        with zipfile.ZipFile(self.path / "out.xlsx") as book:
            self.assertIsNone(book.testzip())
        rows = self.rows()
        self.assertEqual({row["source"] for row in rows}, {"plant"})
        self.assertEqual(len(rows), 8)

    def test_json_lines_have_the_fixed_names(self):
        result = self.run_dcscan("scan", self.connection, "-o", "-")
        self.assert_exit(result, 0)
        names = {"run", "source", "system", "dbms", "catalog", "schema", "table", "table_comment", "column", "column_comment",
                 "type", "ordinal", "status", "reason", "rows_estimated", "rows_sampled", "sampled_at", "carried_from", "nulls", "distinct", "category",
                 "category_name", "class", "runner_up", "level", "pi", "important", "confidence", "decided_by", "evidence",
                 "examples"}
        for line in result.stdout.splitlines():
            self.assertLessEqual(names, set(json.loads(line)))

    def test_comments_are_read_and_decide(self):
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        by_name = {(row["table"], row["column"]): row for row in self.rows()}
        phone = by_name[("supplier", "contact_phone")]
        self.assertEqual(phone["table_comment"], "供应商档案")
        self.assertEqual(phone["column_comment"], "联系人手机")
        self.assertEqual(phone["category"], "P1-02")
        self.assertEqual(phone["pi"], "personal")
        self.assertEqual(by_name[("supplier", "purchase_price")]["category"], "D1-03")
        self.assertEqual(by_name[("supplier", "id")]["category"], "Z1-01")

    def test_no_value_of_the_database_is_in_any_output(self):
        result = self.run_dcscan("scan", self.connection, "-o", "out.xlsx", "-o", "out.jsonl", "-o", "out.csv", "-v")
        self.assert_exit(result, 0)
        texts = result.stderr.encode() + (self.path / "out.jsonl").read_bytes() + (self.path / "out.csv").read_bytes()
        with zipfile.ZipFile(self.path / "out.xlsx") as book:
            texts += b"".join(book.read(name) for name in book.namelist())
        for file in (self.path / "state").rglob("*"):
            texts += file.read_bytes() if file.is_file() else b""
        self.assertIn("13********".encode(), texts, "examples are there, masked")
        for i in range(150):
            self.assertNotIn(("138%08d" % (10000000 + i * 37)).encode(), texts)

    def test_a_state_secret_mark_stops_the_table_and_leaves_nothing(self):
        connection = sqlite3.connect(self.database)
        connection.executescript("CREATE TABLE paper (title TEXT, grade TEXT); CREATE TABLE 机密文件 (x TEXT);")
        connection.executemany("INSERT INTO paper VALUES (?, ?)", [("甲题%d号" % i, "机密★10年" if i == 7 else "普通") for i in range(20)])
        connection.commit()
        connection.close()
        result = self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        self.assert_exit(result, 5)
        marked = [row for row in self.rows() if row["table"] in ("paper", "机密文件")]
        self.assertEqual(len(marked), 3)
        for row in marked:
            self.assertEqual((row["status"], row["category"], row["examples"]), ("skipped", None, []))
            self.assertIn("L10", row["reason"])
        self.assert_store_holds_nothing_of("paper", "机密文件")

    def assert_store_holds_nothing_of(self, *tables):
        """Neither a value, nor a count, nor an example of it; the names of table and columns are the fact that is reported."""
        stores = [file for file in (self.path / "state").rglob("*") if file.is_file()]
        kept = b"".join(file.read_bytes() for file in stores)
        for value in ("机密★10年", "甲题", "普通", "甲*", "甲***"):
            self.assertNotIn(value.encode(), kept)
        connection = sqlite3.connect([file for file in stores if file.name == "inventory.db"][0])
        connection.row_factory = sqlite3.Row
        names = "(%s)" % ",".join("?" * len(tables))
        rows = connection.execute("SELECT f.*, t.rows_read FROM finding f JOIN task t ON t.id = f.task_id WHERE t.table_name IN " + names, tables).fetchall()
        self.assertEqual(len(rows), 3)
        for row in rows:
            for counter in ("rows_seen", "nulls", "empties", "masked", "distinct_seen", "length_max", "rows_read", "entropy", "level", "confidence"):
                self.assertEqual(row[counter], 0, counter)
            self.assertEqual(json.loads(row["examples"]), [])
            self.assertEqual(json.loads(row["evidence"]), [])
            self.assertNotIn("rules", json.loads(row["detail"]))
            self.assertEqual(row["leaf"], "")
            self.assertFalse([count for count in json.loads(row["shapes"]).values() if count])
        connection.close()

    def test_short_personal_values_leave_no_example(self):
        connection = sqlite3.connect(self.database)
        connection.execute("CREATE TABLE staff (name TEXT, blood_type TEXT, age INTEGER)")
        connection.executemany("INSERT INTO staff VALUES (?, ?, ?)", [("王小%d" % i, "AB", 31) for i in range(20)])
        connection.commit()
        connection.close()
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        examples = [row["examples"] for row in self.rows() if row["table"] == "staff" and row["pi"] != "none"]
        self.assertTrue(examples)
        for values in examples:
            self.assertNotIn("AB", values)
            self.assertNotIn("31", values)

    def test_odd_names_are_read_like_any_other(self):
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        odd = [row for row in self.rows() if row["table"] == 'odd "name; -- x']
        self.assertEqual([row["column"] for row in odd], ["select", "列 一"])
        self.assertTrue(all(row["status"] == "ok" and row["rows_sampled"] == 1 for row in odd))

    def test_globs_bound_the_scope(self):
        self.run_dcscan("scan", self.connection, "--include", "*supp*", "-o", "out.jsonl")
        self.assertEqual({row["table"] for row in self.rows()}, {"supplier"})
        self.run_dcscan("scan", self.connection, "--exclude", "supplier", "-o", "out.jsonl")
        self.assertNotIn("supplier", {row["table"] for row in self.rows()})

    def test_sample_rows_bound_what_is_read(self):
        self.run_dcscan("scan", self.connection, "--sample-rows", "40", "-o", "out.jsonl")
        sampled = {row["rows_sampled"] for row in self.rows() if row["table"] == "supplier"}
        self.assertEqual(len(sampled), 1)
        self.assertLessEqual(sampled.pop(), 48)

    def test_the_same_seed_gives_the_same_bytes(self):
        make_database(self.path / "large.db", rows=20000)
        texts = []
        for _ in range(2):
            result = self.run_dcscan("scan", "Driver=SQLite3;Database=%s" % (self.path / "large.db"), "--seed", "7", "--full",
                                     "--sample-rows", "100", "-o", "out.jsonl")
            self.assert_exit(result, 0)
            texts.append([dict(row, run=0, sampled_at=0) for row in self.rows()])
        self.assertEqual(texts[0], texts[1])

    def test_the_source_file_is_not_changed(self):
        before = self.database.read_bytes()
        self.run_dcscan("scan", self.connection)
        self.assertEqual(self.database.read_bytes(), before)
        self.assertEqual([p.name for p in self.path.glob("plant.db*")], ["plant.db"])

    def test_dry_run_prints_every_statement_and_stores_nothing(self):
        connection = sqlite3.connect(self.database)
        connection.executescript("CREATE TABLE big (id INTEGER PRIMARY KEY, \"two  blanks\" TEXT);"
                                 "INSERT INTO big SELECT value, 'x' FROM (WITH RECURSIVE c (value) AS (SELECT 1 UNION ALL"
                                 " SELECT value + 1 FROM c WHERE value < 6000) SELECT value FROM c)")
        connection.close()
        before = self.database.read_bytes()
        result = self.run_dcscan("scan", self.connection, "--dry-run", "--seed", "7")
        self.assert_exit(result, 0)
        self.assertFalse((self.path / "state").exists())
        self.assertEqual(self.database.read_bytes(), before)
        self.assertTrue(all(line.startswith("plant\t") for line in result.stdout.splitlines()), result.stdout)
        statements = [line.split("\t", 1)[1] for line in result.stdout.splitlines()]
        self.assertEqual(statements[0], "PRAGMA query_only = ON", "the session first")
        self.assertTrue(any("FROM sqlite_master m WHERE m.type IN ('table', 'view')" in s for s in statements), "then the catalogue")
        self.assertEqual([s for s in statements if '"big"' in s][-3:], [
            'SELECT min(_rowid_) FROM "big"', 'SELECT max(_rowid_) FROM "big"',
            'SELECT "id", "two  blanks" FROM "big" WHERE _rowid_ IN (… random keys)'])
        self.assertEqual(sum('FROM "supplier" LIMIT' in s for s in statements), 1)
        self.assertEqual(self.run_dcscan("scan", self.connection, "--dry-run", "--seed", "7").stdout, result.stdout)

    def test_what_was_sent_is_what_the_dry_run_said(self):
        planned = self.run_dcscan("scan", self.connection, "--dry-run").stdout.splitlines()
        self.assert_exit(self.run_dcscan("scan", self.connection, "--statements", "sent.tsv"), 0)
        sent = (self.path / "sent.tsv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(sent), 3)
        self.assertLessEqual(set(sent), set(planned))

    def test_keys_of_documents_are_columns_with_findings_of_their_own(self):
        connection = sqlite3.connect(self.database)
        connection.executescript("CREATE TABLE ext_info (id INTEGER, extra JSON, doc TEXT)")
        connection.executemany("INSERT INTO ext_info VALUES (?, ?, ?)", [
            (i, json.dumps({"owner": {"mobile": "139%08d" % (20000000 + i * 41), "note": "n%d" % i}, "139%08d" % i: 1}),
             "<o><email>u%d@example.com</email></o>" % i) for i in range(80)])
        connection.commit()
        connection.close()
        result = self.run_dcscan("scan", self.connection, "--include", "ext_info", "-o", "out.jsonl", "-o", "out.xlsx")
        self.assert_exit(result, 0)
        rows = {row["column"]: row for row in self.rows()}
        self.assertEqual(list(rows), ["id", "extra", "extra$.owner.mobile", "extra$.owner.note", "doc", "doc$.o.email"])
        mobile = rows["extra$.owner.mobile"]
        self.assertEqual((mobile["category"], mobile["pi"], mobile["type"]), ("P1-02", "personal", "json string"))
        self.assertEqual(rows["doc$.o.email"]["category"], "P1-02")
        self.assertEqual((rows["extra"]["pi"], rows["extra"]["level"]), (mobile["pi"], mobile["level"]), "a document is what it holds")
        self.assertEqual(rows["doc"]["pi"], "personal")
        self.assertNotIn("13900000", (self.path / "out.jsonl").read_text(encoding="utf-8"), "a key that is a value is no name")
        for path in ('plant.ext_info."extra$.owner.mobile"', "plant.ext_info.extra$.owner.mobile"):
            result = self.run_dcscan("explain", path)
            self.assert_exit(result, 0)
            self.assertIn("cn-mobile", result.stdout)
        self.assert_exit(self.run_dcscan("regrade", "-o", "again.jsonl"), 0)
        self.assertEqual([(row["column"], row["category"]) for row in self.rows("again.jsonl")],
                         [(row["column"], row["category"]) for row in rows.values()])

    def test_names_beside_values_are_evidence_for_them_and_stay_so_when_regraded(self):
        connection = sqlite3.connect(self.database)
        connection.executescript("CREATE TABLE sys_config (config_key VARCHAR(40), config_value VARCHAR(200))")
        connection.executemany("INSERT INTO sys_config VALUES (?, ?)",
                               [("smtp.password", "xK9#1"), ("page.size", "20"), ("theme", "dark"), ("logo.url", "/a.png")])
        connection.commit()
        connection.close()
        self.assert_exit(self.run_dcscan("scan", self.connection, "--include", "sys_config", "-o", "out.jsonl"), 0)
        self.assert_exit(self.run_dcscan("regrade", "-o", "again.jsonl"), 0)
        for name in ("out.jsonl", "again.jsonl"):
            value = {row["column"]: row for row in self.rows(name)}["config_value"]
            self.assertEqual(value["level"], 4, name)

    def test_a_budget_that_is_used_up_leaves_the_rest_with_a_reason(self):
        result = self.run_dcscan("scan", self.connection, "--source-rows", "1", "-o", "out.jsonl", "-o", "out.csv", "--lang", "zh")
        self.assert_exit(result, 5)
        self.assertIn("the rows allowed for the source were used up: 1 tables not scanned", result.stderr)
        left = {row["table"]: row["reason"] for row in self.rows() if row["status"] == "skipped"}
        self.assertEqual(left, {"supplier": "the rows allowed for the source were used up"})
        self.assertIn("该数据源的行数预算已用完，未扫描", (self.path / "out.csv").read_text(encoding="utf-8-sig"))

    def test_outside_its_window_a_source_is_not_opened(self):
        now = time.localtime()
        window = "%02d:%02d-%02d:%02d" % ((now.tm_hour + 2) % 24, now.tm_min, (now.tm_hour + 3) % 24, now.tm_min)
        result = self.run_dcscan("scan", self.connection, "--window", window, "-o", "out.csv")
        self.assert_exit(result, 5)
        self.assertIn("not reached: outside its time window " + window, result.stderr)
        result = self.run_dcscan("scan", self.connection, "--window", "00:00-24:00", "-o", "out.jsonl")
        self.assert_exit(result, 0)
        result = self.run_dcscan("scan", self.connection, "--window", "22-5")
        self.assert_exit(result, 2)
        self.assertIn("22:00-05:00", result.stderr)

    def test_gates_give_exit_code_one(self):
        self.assert_exit(self.run_dcscan("scan", self.connection, "--fail-on", "personal"), 1)
        self.assert_exit(self.run_dcscan("scan", self.connection, "--include", "odd*", "--fail-on", "level4,sensitive"), 0)

    def test_a_stored_run_can_be_reported_again(self):
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        result = self.run_dcscan("report", "-o", "again.jsonl")
        self.assert_exit(result, 0)
        self.assertEqual(self.rows("again.jsonl"), self.rows("out.jsonl"))

    def test_a_report_can_be_of_a_part(self):
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        every = self.rows("out.jsonl")
        level = max(row["level"] or 0 for row in every)
        for args, wanted in ((["--level", "%d+" % level], [row for row in every if row["level"] == level]),
                             (["--class", every[0]["category"]], [row for row in every if row["category"] == every[0]["category"]]),
                             (["--source", every[0]["source"]], every), (["--source", "elsewhere*"], [])):
            result = self.run_dcscan("report", "-o", "part.jsonl", *args)
            self.assert_exit(result, 0)
            self.assertEqual(self.rows("part.jsonl"), wanted, args)

    def test_a_report_of_what_changed_has_nothing_after_the_same_scan(self):
        self.run_dcscan("scan", self.connection)
        self.run_dcscan("scan", self.connection)
        self.assert_exit(self.run_dcscan("report", "-o", "part.jsonl", "--changed-only"), 0)
        self.assertEqual(self.rows("part.jsonl"), [])

    def test_one_sheet_can_be_written_alone(self):
        self.run_dcscan("scan", self.connection)
        self.assert_exit(self.run_dcscan("report", "-o", "a.xlsx", "--sheet", "filing", "--lang", "en"), 0)
        self.assertIn("Filing of important data", self.sheet_names("a.xlsx"))
        self.assertNotIn("Overview", self.sheet_names("a.xlsx"))
        self.assert_exit(self.run_dcscan("report", "-o", "a.csv", "--sheet", "tables", "--no-bom", "--lang", "en"), 0)
        with open(self.path / "a.csv", "rb") as file:
            self.assertTrue(file.read().startswith(b"No.,System,"))
        result = self.run_dcscan("report", "-o", "a.csv", "--sheet", "nowhere")
        self.assert_exit(result, 2)
        self.assertIn("filing", result.stderr)

    def test_the_columns_are_counted_in_the_classes_of_other_standards(self):
        self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        read = [row for row in self.rows("out.jsonl") if row["status"] == "ok"]
        self.assert_exit(self.run_dcscan("report", "-o", "a.csv", "--sheet", "standards", "--lang", "en"), 0)
        with open(self.path / "a.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        sums = {}
        for row in rows:
            sums[row["Standard"]] = sums.get(row["Standard"], 0) + int(row["Columns"])
        self.assertGreaterEqual(len(sums), 3)
        self.assertEqual(set(sums.values()), {len(read)})

    def test_reports_are_chinese_unless_told_otherwise(self):
        self.run_dcscan("scan", self.connection, "-o", "zh.xlsx")
        self.run_dcscan("scan", self.connection, "-o", "en.xlsx", "--lang", "en")
        self.assertIn("清单", self.sheet_names("zh.xlsx"))
        self.assertNotIn("清单", self.sheet_names("en.xlsx"))

    def sheet_names(self, name):
        with zipfile.ZipFile(self.path / name) as book:
            return book.read("xl/workbook.xml").decode()

    def test_quiet_says_nothing_when_all_is_well(self):
        result = self.run_dcscan("scan", self.connection, "-q", "-o", "out.jsonl")
        self.assert_exit(result, 0)
        self.assertEqual(result.stderr, "")

    def test_json_log_lines_are_json(self):
        result = self.run_dcscan("scan", self.connection, "--log-format", "json", "-v", "-o", "out.jsonl")
        lines = [line for line in result.stderr.splitlines() if line.startswith("{")]
        self.assertTrue(lines)
        for line in lines:
            self.assertIn("message", json.loads(line))


class Trouble(Cli):
    def test_an_unknown_dsn_is_exit_code_four(self):
        result = self.run_dcscan("scan", "NO_SUCH_DSN", "-o", "out.jsonl")
        self.assert_exit(result, 4)
        self.assertIn("NO_SUCH_DSN", result.stderr)
        self.assertIn("IM002", result.stderr)

    def test_a_missing_driver_is_exit_code_four(self):
        result = self.run_dcscan("scan", "Driver={No Such Driver};Database=x")
        self.assert_exit(result, 4)
        self.assertIn("odbcinst", result.stderr)

    def test_one_source_that_fails_does_not_stop_the_others(self):
        config = self.write("dcscan.yaml", "sources:\n  - {name: gone, dsn: NO_SUCH_DSN}\n  - {name: plant, connection: \"%s\"}\n"
                            % self.connection)
        result = self.run_dcscan("scan", "-c", config, "-o", "out.jsonl", "-o", "out.xlsx")
        self.assert_exit(result, 5)
        self.assertEqual({row["source"] for row in self.rows()}, {"plant"})
        self.assertIn("incomplete", result.stderr)
        with zipfile.ZipFile(self.path / "out.xlsx") as book:
            text = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
        self.assertIn("NO_SUCH_DSN", text, "the workbook says which source was not opened and why")

    def test_an_unreadable_table_is_in_the_inventory_with_its_reason(self):
        connection = sqlite3.connect(self.database)
        connection.execute("CREATE VIEW broken AS SELECT no_such_column FROM supplier")
        connection.commit()
        connection.close()
        result = self.run_dcscan("scan", self.connection, "-o", "out.jsonl")
        self.assert_exit(result, 5)
        self.assertIn("broken", result.stderr)
        self.assertIn("supplier", {row["table"] for row in self.rows()})

    def test_a_file_that_is_no_database_is_reported(self):
        bad = self.write("bad.db", "this is not a database, only text that goes on for a while\n" * 50)
        result = self.run_dcscan("scan", "Driver=SQLite3;Database=%s" % bad)
        self.assertIn(result.returncode, (4, 5))
        self.assertIn("bad", result.stderr)

    def test_malformed_yaml_is_exit_code_three_with_its_place(self):
        config = self.write("bad.yaml", "sources:\n  - name: a\n    dns: X\n")
        result = self.run_dcscan("scan", "-c", config)
        self.assert_exit(result, 3)
        self.assertRegex(result.stderr, r"bad\.yaml:3:5: ")
        self.assertIn('"dsn"', result.stderr)

    def test_a_bad_overlay_is_exit_code_three(self):
        overlay = self.write("site.yaml", "leaves:\n  - {code: A1-01, level: 9}\n")
        result = self.run_dcscan("scan", self.connection, "--taxonomy-overlay", overlay)
        self.assert_exit(result, 3)
        self.assertRegex(result.stderr, r"site\.yaml:2:")

    def test_an_output_folder_that_is_missing_is_told_before_scanning(self):
        result = self.run_dcscan("scan", self.connection, "-o", "nowhere/out.xlsx")
        self.assert_exit(result, 6)
        self.assertIn("nowhere", result.stderr)
        self.assertFalse((self.path / "state").exists())

    def test_a_full_disk_leaves_no_half_written_workbook(self):
        os.mkdir(self.path / "out")
        result = subprocess.run(["bash", "-c", "ulimit -f 8; trap '' XFSZ; exec \"$0\" \"$@\"", DCSCAN, "scan", self.connection,
                                 "--store", "store.db", "-o", "out/book.xlsx"],
                                cwd=self.path, env=dict(os.environ, HOME=str(self.path), DCSCAN_DATA=str(ROOT)),
                                capture_output=True, text=True, timeout=120)
        self.assertNotEqual(result.returncode, 0, result.stderr)
        self.assertEqual(list((self.path / "out").iterdir()), [])

    def test_two_runs_at_once_on_one_store_are_exit_code_seven(self):
        slow = self.start_slow_scan()
        result = self.run_dcscan("scan", self.connection)
        slow.send_signal(signal.SIGINT)
        slow.wait(30)
        self.assert_exit(result, 7)

    def test_an_interrupt_keeps_what_was_done(self):
        slow = self.start_slow_scan("-o", "out.xlsx")
        slow.send_signal(signal.SIGINT)
        _, errors = slow.communicate(timeout=30)
        self.assertEqual(slow.returncode, 130, errors)
        self.assertFalse((self.path / "out.xlsx").exists())
        result = self.run_dcscan("report", "-o", "after.jsonl")
        self.assert_exit(result, 0)
        states = {row["status"] for row in self.rows("after.jsonl")}
        self.assertEqual(states, {"ok", "skipped"}, "tables that were not reached say so")

    def start_slow_scan(self, *args):
        """A scan that rests long between tables; returns once its first table is in the store."""
        environment = dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), HOME=str(self.path),
                           DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        slow = subprocess.Popen([DCSCAN, "scan", self.connection, "--pause", "60000", "-v", *args], cwd=self.path,
                                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: slow.poll() is None and slow.kill())
        for line in slow.stderr:
            if "rows" in line:
                return slow
        self.fail("the scan ended before its first table")

    def test_killed_outright_the_store_still_reads(self):
        slow = self.start_slow_scan()
        slow.kill()
        slow.wait(30)
        result = self.run_dcscan("report", "-o", "after.jsonl")
        self.assert_exit(result, 0)
        self.assertEqual({row["status"] for row in self.rows("after.jsonl")}, {"ok", "skipped"})

    def test_a_report_without_any_run_says_so(self):
        result = self.run_dcscan("report", "-o", "x.jsonl")
        self.assert_exit(result, 2)
        self.assertIn("dcscan scan", result.stderr)


class Secrets(Cli):
    def test_the_store_and_its_folder_are_private(self):
        self.run_dcscan("scan", self.connection)
        store = self.path / "state" / "dcscan" / "inventory.db"
        self.assertEqual(stat.S_IMODE(store.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(store.parent.stat().st_mode), 0o700)

    def test_a_missing_password_file_names_the_file(self):
        config = self.write("dcscan.yaml", "sources:\n  - {name: plant, connection: \"%s\", password_file: no/such}\n" % self.connection)
        result = self.run_dcscan("scan", "-c", config)
        self.assertIn("no/such", result.stderr)
        self.assertNotEqual(result.returncode, 0)

    def test_no_core_dump_may_be_written(self):
        """Whatever the user's limit is: memory holds passwords and values."""
        command = [DCSCAN, "scan", self.connection, "--pause", "60000", "--no-config", "--quiet"]
        environment = dict(os.environ, XDG_STATE_HOME=str(self.path / "state"), DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        process = subprocess.Popen(command, cwd=self.path, env=environment, stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)))
        store = self.path / "state" / "dcscan" / "inventory.db"
        deadline = time.monotonic() + 60
        while not store.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        limits = pathlib.Path("/proc/%d/limits" % process.pid).read_text(encoding="ascii")
        self.assertRegex(limits, r"Max core file size +0 +0 ")
        process.send_signal(signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -os.WTERMSIG(status)
        self.assertEqual(os.WTERMSIG(status), signal.SIGABRT)
        self.assertFalse(os.WCOREDUMP(status))
        self.assertEqual([path.name for path in self.path.iterdir() if path.name.startswith("core")], [])

    def test_a_password_reaches_no_file_that_a_scan_leaves(self):
        secret = self.write("pw", "hush-4711\n")
        secret.chmod(0o600)
        for how in (["--password-file", str(secret)], ["--password-stdin"], ["--password-env", "DCSCAN_T_PW"]):
            result = self.run_dcscan("scan", self.connection, "-u", "clerk", *how, "-o", "out.xlsx", "-o", "out.jsonl", "--statements", "sql.txt",
                                     "--verbose", stdin="hush-4711\n", env={"DCSCAN_T_PW": "hush-4711"})
            self.assert_exit(result, 0)
            self.assertNotIn("hush-4711", result.stdout + result.stderr)
            secret.unlink(missing_ok=True)
            for path in self.path.rglob("*"):
                if path.is_file():
                    self.assertNotIn(b"hush-4711", path.read_bytes(), path.name)
            with zipfile.ZipFile(self.path / "out.xlsx") as workbook:
                self.assertTrue(all(b"hush-4711" not in workbook.read(name) for name in workbook.namelist()))

    def test_a_password_never_shows(self):
        secret = self.write("pw", "s3cr3t-wort\n")
        result = self.run_dcscan("scan", "Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;Database=x", "-u", "someone",
                                 "--password-file", secret, "-v", "--connect-seconds", "2")
        self.assert_exit(result, 4)
        self.assertNotIn("s3cr3t-wort", result.stdout + result.stderr)


class Rules(Cli):
    def test_taxonomy_lists_all_leaves(self):
        result = self.run_dcscan("taxonomy", "list", "--lang", "en")
        self.assert_exit(result, 0)
        self.assertEqual(len(result.stdout.splitlines()), 110)

    def test_taxonomy_shows_one(self):
        result = self.run_dcscan("taxonomy", "show", "B1-02")
        self.assert_exit(result, 0)
        self.assertIn("工艺参数", result.stdout)
        self.assert_exit(self.run_dcscan("taxonomy", "show", "X9-99"), 2)

    def test_taxonomy_maps_leaves_and_levels_to_other_standards(self):
        maps = json.loads(self.run_dcscan("taxonomy", "map", "--format", "json").stdout)
        by_id = {m["map"]: m for m in maps["class_maps"]}
        self.assertEqual(by_id["miit-2022"]["leaves"]["B1-02"]["zh"], "生产运行数据")
        self.assertEqual(len(by_id["five-domains"]["leaves"]), 110)
        self.assertTrue(by_id["whcsa-003-annex-a"]["slot"])
        text = self.run_dcscan("taxonomy", "map", "--lang", "en").stdout
        self.assertIn("production and operation data", text)
        self.assertIn("grade three", text)

    def test_taxonomy_lists_and_shows_as_json(self):
        leaves = json.loads(self.run_dcscan("taxonomy", "list", "--format", "json").stdout)
        self.assertEqual(len(leaves), 110)
        leaf = json.loads(self.run_dcscan("taxonomy", "show", "P1-03", "--format", "json").stdout)
        self.assertEqual((leaf["pi"], leaf["level"]), ("sensitive", 4))
        self.assertEqual(json.loads(self.run_dcscan("taxonomy", "check", "--format", "json").stdout)["leaves"], 110)

    def test_taxonomy_test_runs_the_examples(self):
        result = self.run_dcscan("taxonomy", "test")
        self.assert_exit(result, 0)
        self.assertRegex(result.stdout, r"\d+ rules, \d+ examples, 0 failed")

    def test_an_example_that_fails_is_told_with_its_place(self):
        overlay = self.write("own.yaml", "overlay: own\nvalues:\n  - rule: own-code\n    name: {zh: 码, en: code}\n"
                             "    pattern: \"[A-Z]{3}\"\n    leaf: D2-05\n    match: [ABC, ab1]\n    no_match: [XYZ, '12']\n")
        result = self.run_dcscan("taxonomy", "test", "--taxonomy-overlay", overlay)
        self.assert_exit(result, 3)
        self.assertIn('own.yaml:7:18: rule "own-code": "ab1" does not match', result.stderr)
        self.assertIn('own.yaml:8:16: rule "own-code": "XYZ" matches, and should not', result.stderr)
        failures = json.loads(self.run_dcscan("taxonomy", "test", "--taxonomy-overlay", overlay, "--format", "json").stdout)
        self.assertEqual(failures["failed"], 2)

    def test_the_shipped_taxonomy_checks(self):
        result = self.run_dcscan("taxonomy", "check")
        self.assert_exit(result, 0)
        self.assertIn("110 leaves", result.stdout)

    def test_taxonomy_shows_rules_with_what_is_still_to_be_verified(self):
        text = self.run_dcscan("taxonomy", "show", "ID06").stdout
        self.assertIn("附录G f (to be verified / 待核实)", text)
        self.assertIn("高温合金", text)
        self.assertIn("to be verified", self.run_dcscan("taxonomy", "show", "L3").stdout)
        self.assertNotIn("to be verified", self.run_dcscan("taxonomy", "show", "ID02").stdout)
        self.assertIn("no match", self.run_dcscan("taxonomy", "show", "cn-id").stdout)
        rule = json.loads(self.run_dcscan("taxonomy", "show", "ID16", "--format", "json").stdout)
        self.assertEqual((rule["threshold"], rule["sensitive_threshold"], rule["verify"]), (100001, 10000, False))

    def test_taxonomy_lists_rules(self):
        text = self.run_dcscan("taxonomy", "list", "rules", "--lang", "en").stdout
        self.assertEqual(len(text.splitlines()), 26)
        self.assertRegex(text, r"(?m)^ID06   \* Design")
        rules = json.loads(self.run_dcscan("taxonomy", "list", "rules", "--format", "json").stdout)
        self.assertEqual([len(rules["level_rules"]), len(rules["candidate_rules"])], [10, 16])
        self.assertGreater(len(rules["value_rules"]), 100)
        self.assert_exit(self.run_dcscan("taxonomy", "list", "nothing"), 2)

    def test_taxonomy_maps_fit_the_terminal(self):
        for columns in (80, 120):
            main, other = os.openpty()
            fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
            process = subprocess.Popen([DCSCAN, "taxonomy", "map", "--lang", "en"], stdout=other, stderr=subprocess.DEVNULL,
                                       env=dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)), HOME=str(self.path)))
            os.close(other)
            text = b""
            with contextlib.suppress(OSError):  # the end of a terminal
                while part := os.read(main, 65536):
                    text += part
            self.assertEqual(process.wait(), 0)
            os.close(main)
            rows = [line for line in text.decode().splitlines() if re.match(r"[A-Z]\d-\d\d ", line)]
            self.assertEqual(len({line[:5] for line in rows}), 110)
            self.assertLessEqual(max(map(len, rows)), columns)
            self.assertFalse([line for line in rows if not line[6:].strip()])

    def test_taxonomy_shows_one_map_as_a_table_without_empty_cells(self):
        lines = self.run_dcscan("taxonomy", "map", "five-domains", "--lang", "en").stdout.splitlines()
        self.assertEqual(len([line for line in lines if re.match(r"[A-Z]\d-\d\d  \S", line)]), 110)
        self.assertFalse([line for line in lines if line.endswith(" -")])
        self.assert_exit(self.run_dcscan("taxonomy", "map", "nothing"), 2)

    def test_taxonomy_check_tells_what_overlays_change(self):
        rule = "level_rules:\n  - {rule: L8, name: {zh: 人, en: p}, basis: b}\n"
        first, second = self.write("first.yaml", "overlay: a\n" + rule), self.write("second.yaml", "overlay: b\n" + rule)
        arguments = ["taxonomy", "check", "--taxonomy-overlay", first, "--taxonomy-overlay", second]
        result = self.run_dcscan(*arguments)
        self.assert_exit(result, 0)
        self.assertRegex(result.stdout, r'first.yaml:3: level rule "L8" takes the place of \S*levels.yaml:\d+\n')
        self.assertRegex(result.stdout, r'second.yaml:3: level rule "L8" takes the place of \S*first.yaml:3 \(both are overlays')
        replaced = json.loads(self.run_dcscan(*arguments, "--format", "json").stdout)["replaced"]
        self.assertEqual([item["between_overlays"] for item in replaced], [False, True])

    def test_taxonomy_check_tells_every_kind_of_mistake_at_once(self):
        overlay = self.write("own.yaml", "overlay: own\nlevels_rules: []\nvalues:\n"
                             "  - {rule: a, name: {zh: a, en: a}, pattern: '(?:\\d+,?)*x'}\n"
                             "  - {rule: b, name: {zh: a, en: a}, pattern: '(abc'}\n"
                             "  - {rule: c, name: {zh: a, en: a}, pattern: 'abc', check: nothing}\n")
        result = self.run_dcscan("taxonomy", "check", "--taxonomy-overlay", overlay)
        self.assert_exit(result, 3)
        for text in ('own.yaml:2:1: unknown key "levels_rules"', 'own.yaml:4:46: "*" at byte 10 of the pattern repeats',
                     'own.yaml:5:46: value rule "b": bad pattern at byte 5', 'own.yaml:6:46: value rule "c": no such check'):
            self.assertIn(text, result.stderr)

    def test_taxonomy_check_runs_what_only_running_shows(self):
        overlay = self.write("own.yaml", "overlay: own\nvalues:\n"
                             "  - {rule: a, name: {zh: a, en: a}, pattern: '(?:\\w|\\d)*-\\d'}\n"
                             "  - {rule: b, name: {zh: a, en: a}, pattern: '\\d{3}', exclusive: g, match: ['123']}\n"
                             "  - {rule: c, name: {zh: a, en: a}, pattern: '\\d{2,3}', exclusive: g, match: ['12']}\n")
        result = self.run_dcscan("taxonomy", "check", "--taxonomy-overlay", overlay)
        self.assert_exit(result, 3)
        self.assertIn('own.yaml:3:46: value rule "a": the pattern needs more than 50000 steps', result.stderr)
        self.assertRegex(result.stderr, r'own.yaml:4:\d+: value rule "b": its example "123" is taken by "c" too')
        self.assertEqual(result.stderr.count("own.yaml:"), 2, result.stderr)

    def make_members(self, n):
        connection = sqlite3.connect(self.database)
        connection.execute("CREATE TABLE member (member_name TEXT, mobile TEXT)")
        connection.executemany("INSERT INTO member VALUES (?, ?)", [("张三%d" % i, "139%08d" % (i * 37)) for i in range(n)])
        connection.commit()
        connection.close()

    def test_persons_are_held_against_the_thresholds_of_the_rules(self):
        self.make_members(600)
        rule = ("overlay: own\nlevel_rules:\n  - {rule: L8, name: {zh: 人, en: p}, basis: b, persons: [%s], sensitive_persons: 9%s}\n")
        overlay = self.write("low.yaml", rule % ("200, 500, 100000", ""))
        result = self.run_dcscan("scan", self.connection, "--taxonomy-overlay", overlay, "--lang", "en")
        self.assert_exit(result, 0)
        self.assertIn("art. 7: if exported, security assessment", result.stderr)
        self.assertNotIn("art. 28", result.stderr)
        overlay = self.write("off.yaml", rule % ("200, 500, 100000", ", enabled: false"))
        result = self.run_dcscan("scan", self.connection, "--taxonomy-overlay", overlay, "--lang", "en")
        self.assertNotIn("art. 7", result.stderr)
        self.assertNotIn("art. 7", self.run_dcscan("report", "--lang", "en").stderr, "the rule was off in that run")

    def test_a_run_keeps_the_thresholds_it_was_made_with(self):
        self.make_members(600)
        overlay = self.write("low.yaml", "overlay: own\nlevel_rules:\n  - {rule: L8, name: {zh: 人, en: p}, basis: b, persons: [200, 500, 100000]}\n")
        self.assert_exit(self.run_dcscan("scan", self.connection, "--taxonomy-overlay", overlay), 0)
        told = self.run_dcscan("report", "1", "--lang", "en", "-o", "old.xlsx")
        self.assert_exit(told, 0)
        self.assertIn("art. 7: if exported, security assessment", told.stderr, "the rules of today would not say so")
        with zipfile.ZipFile(self.path / "old.xlsx") as book:
            text = b"".join(book.read(name) for name in book.namelist())
        self.assertIn(b"<v>500</v>", text, "the threshold on the sheet of export")
        self.assertNotIn(b"<v>1000000</v>", text)
        self.assert_exit(self.run_dcscan("scan", self.connection), 0)
        self.assertNotIn("art. 7", self.run_dcscan("report", "2", "--lang", "en").stderr)

    def test_sources_are_listed_without_their_connection_strings(self):
        config = self.write("dcscan.yaml", "sources:\n  - {name: plant, connection: \"%s;PWD=geheim\"}\n" % self.connection)
        result = self.run_dcscan("sources", "list", "-c", config)
        self.assert_exit(result, 0)
        self.assertIn("plant", result.stdout)
        self.assertNotIn("geheim", result.stdout + result.stderr)

    def test_drivers_and_data_sources_are_listed_without_a_configuration(self):
        result = self.run_dcscan("sources", "list", "--format", "json")
        self.assert_exit(result, 0)
        listing = json.loads(result.stdout)
        self.assertIn("SQLite3", [driver["name"] for driver in listing["drivers"]])
        self.assertTrue(all(driver["library"] for driver in listing["drivers"]))
        self.assertEqual(listing["sources"], [])
        self.assertIn("SQLite3", self.run_dcscan("sources", "list").stdout)

    def test_a_source_is_told_of_with_all_that_can_be_known(self):
        result = self.run_dcscan("sources", "test", self.connection, "--format", "json", "--require-read-only")
        self.assert_exit(result, 0)
        (source,) = json.loads(result.stdout)
        self.assertEqual((source["dialect"], source["dialect_reason"]), ("sqlite", 'the driver says "SQLite"'))
        self.assertEqual((source["read_only"], source["can_write"]), ("session", "no login"))
        self.assertEqual(source["encoding"], {"database": "UTF-8", "connection": "UTF-8"})
        self.assertLess(abs(source["clock_ahead_seconds"]), 3)
        self.assertEqual((source["tables"], source["columns"], source["missing"]), (3, 8, []))

    def test_what_is_no_source_is_a_usage_error(self):
        self.assert_exit(self.run_dcscan("sources", "test"), 2)
        config = self.write("dcscan.yaml", "sources: [{name: plant, dsn: X}]\n")
        result = self.run_dcscan("sources", "test", "plnt", "-c", config)
        self.assert_exit(result, 2)
        self.assertIn('unknown source "plnt"', result.stderr)
        result = self.run_dcscan("sources", "test", "DSN=x;PWD=geheim77", "-c", config)
        self.assert_exit(result, 2)
        self.assertNotIn("geheim77", result.stdout + result.stderr)

    def test_sources_are_tested(self):
        config = self.write("dcscan.yaml", "sources:\n  - {name: plant, connection: \"%s\"}\n  - {name: gone, dsn: NOPE}\n"
                            % self.connection)
        result = self.run_dcscan("sources", "test", "-c", config)
        self.assert_exit(result, 5)
        self.assertIn("3 tables, 8 columns", result.stdout)
        self.assertIn("NOPE", result.stderr)


if __name__ == "__main__":
    tap.main()
