#!/usr/bin/env python3
"""dcscan against real servers that refuse, hide, break off or go away: each is told, and the rest of the scan goes on.

The objects met here are made by tests/support/test_postgresql.sql and test_mariadb.sql.
Environment: DCSCAN; DCSCAN_SERVERS as for run.sh.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import private_servers  # noqa: E402
import tap  # noqa: E402

PROGRAM = os.environ.get("DCSCAN", str(ROOT / "build/dcscan"))


class ServerTest(unittest.TestCase):
    """A directory for each case; scan() gives exit code, messages and the lines by table and column."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="dcscan-srv-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def source(self, dbms, name=None, **more):
        if "DCSCAN_TEST_" + dbms not in os.environ:
            self.skipTest("no %s server" % dbms.lower())
        source = {"name": name or dbms.lower(), "connection": os.environ["DCSCAN_TEST_" + dbms], "user": os.environ["DCSCAN_TEST_USER"],
                  "password_file": os.environ["DCSCAN_TEST_PASSWORD_FILE"]}
        source.update(more)
        return source

    def write_config(self, sources):
        config = self.path / "dcscan.yaml"
        config.write_text(yaml.safe_dump({"store": str(self.path / "inventory.db"), "sources": sources}, allow_unicode=True), encoding="utf-8")
        return config

    def command(self, sources, *options):
        return [PROGRAM, "scan", "--config", str(self.write_config(sources)), "-o", str(self.path / "out.jsonl"), *options]

    def scan(self, sources, *options):
        environment = dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        done = subprocess.run(self.command(sources, *options), capture_output=True, text=True, check=False, env=environment, timeout=120)
        return done.returncode, done.stderr, self.rows()

    def rows(self):
        result = self.path / "out.jsonl"
        if not result.exists():
            return {}
        rows = [json.loads(line) for line in result.read_text(encoding="utf-8").splitlines()]
        return {(row["source"], row["table"], row["column"]): row for row in rows}

    def wrong_password(self):
        path = self.path / "wrong"
        path.write_text("not-the-password-7391\n", encoding="ascii")
        path.chmod(0o600)
        return str(path)


class Refusals:
    """Cases for each DBMS; `dbms` is set below."""
    dbms = None

    def only(self, **more):
        return self.scan([self.source(self.dbms, "here", **more)])

    def test_a_wrong_password_is_told_without_the_password(self):
        code, messages, rows = self.only(password_file=self.wrong_password())
        self.assertEqual(code, 4, messages)
        self.assertIn("here", messages)
        self.assertNotIn("not-the-password-7391", messages)
        self.assertEqual(rows, {})

    def test_a_source_that_refuses_does_not_stop_the_others(self):
        good, bad = self.source(self.dbms, "good"), self.source(self.dbms, "bad", password_file=self.wrong_password())
        code, messages, rows = self.scan([bad, good])
        self.assertEqual(code, 5, messages)
        self.assertIn(("good", "parts", "part_no"), rows)

    def test_a_closed_port_is_told(self):
        connection = os.environ.get("DCSCAN_TEST_" + self.dbms, "").split("Port=")[0] + "Port=1;Database=x"
        code, messages, _ = self.only(connection=connection)
        self.assertEqual(code, 4, messages)
        self.assertIn("could not", messages)

    def test_a_table_that_may_not_be_read_is_a_result_with_its_reason(self):
        code, messages, rows = self.only()
        self.assertEqual(code, 5, messages)
        row = rows["here", "forbidden", "salary"]
        self.assertEqual(row["status"], "unreadable")
        self.assertTrue(row["reason"])
        self.assertEqual(rows["here", "parts", "part_no"]["status"], "ok")

    def test_a_view_that_breaks_does_not_stop_the_scan(self):
        _, messages, rows = self.only()
        broken = [row for (_, table, _), row in rows.items() if table == "broken_view"]
        self.assertTrue(all(row["status"] != "ok" and row["reason"] for row in broken), broken)
        self.assertEqual(rows["here", "suppliers", "name"]["status"], "ok", messages)

    def admin(self):
        return self.source(self.dbms, "admin", user=os.environ.get("DCSCAN_TEST_ADMIN"),
                           password_file=os.environ.get("DCSCAN_TEST_ADMIN_PASSWORD_FILE"))

    def test_a_login_that_can_write_is_warned_of_and_refused_when_it_must_not(self):
        code, messages, rows = self.scan([self.source(self.dbms, "here")], "--include", "suppliers", "--require-read-only")
        self.assertEqual(code, 0, messages)
        self.assertIn(("here", "suppliers", "name"), rows)
        code, messages, _ = self.scan([self.admin()], "--include", "suppliers")
        self.assertEqual(code, 0, messages)
        self.assertIn("the login can write (", messages)
        code, messages, _ = self.scan([dict(self.admin(), require_read_only=True)])
        self.assertEqual(code, 4, messages)
        self.assertIn('refused: the login "dcscan_admin" can write: ', messages)

    def test_sources_test_tells_rights_encoding_and_clock(self):
        config = self.write_config([self.source(self.dbms, "here"), self.admin()])
        done = subprocess.run([PROGRAM, "sources", "test", "--config", str(config), "--format", "json"], capture_output=True, text=True,
                              check=False, env=dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT))), timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        here, admin = json.loads(done.stdout)
        self.assertEqual((here["login"], here["can_write"], here["writes"]), ("dcscan_ro", "no", ""))
        self.assertEqual((admin["can_write"], here["read_only"]), ("yes", "session"))
        self.assertTrue(here["encoding"]["database"].lower().startswith("utf8"))
        self.assertLess(abs(here["clock_ahead_seconds"]), 2)
        self.assertTrue(all(right["grant"].startswith("GRANT ") for right in here["missing"]))
        self.assertTrue(any("SELECT ON" in right["grant"] and "dcscan_ro" in right["grant"] for right in here["missing"]), here["missing"])
        self.assertNotIn("PASSWORD", done.stdout.upper().replace("PASSWORD_FILE", ""))

    def client(self, command, variable, sql):
        """What a client program of the server prints, run by the administrator."""
        with open(os.environ["DCSCAN_TEST_ADMIN_PASSWORD_FILE"], encoding="utf-8") as file:
            environment = dict(os.environ, **{variable: file.readline().strip()})
        return subprocess.run(command, input=sql, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    def test_a_dry_run_reads_no_row(self):
        config = self.write_config([self.source(self.dbms, "here")])
        rows_read = self.reads()
        done = subprocess.run([PROGRAM, "scan", "--config", str(config), "--dry-run"], capture_output=True, text=True, check=False,
                              env=dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT))), timeout=120)
        statements = [line.split("\t", 1)[1] for line in done.stdout.splitlines()]
        self.assertTrue(statements[0].startswith("SET "), done.stderr)
        self.assertTrue(any("FROM" in s and "parts" in s and s.startswith("SELECT") and "id" in s for s in statements))
        self.assertEqual(self.reads(), rows_read, "what the server counts")
        self.scan([self.source(self.dbms, "here")], "--include", "parts")
        self.assertNotEqual(self.reads(), rows_read, "a scan is counted, so the count counts")

    def test_comments_types_and_values_arrive(self):
        _, messages, rows = self.only()
        row = rows["here", "parts", "part_no"]
        self.assertEqual((row["table_comment"], row["column_comment"]), ("零件主数据", "零件号"), messages)
        self.assertGreater(row["rows_sampled"], 100)
        self.assertTrue(row["type"])
        name = rows["here", "parts", "名称"]
        self.assertGreater(name["nulls"], 0)
        self.assertEqual(name["column_comment"], "零件名称")

    def test_names_that_need_quotes_are_read(self):
        _, messages, rows = self.only()
        quote = '"' if self.dbms == "POSTGRESQL" else "`"
        for column in ("select", "two words", "with %squotes%s" % (quote, quote)):
            self.assertEqual((rows["here", "Order", column]["status"], rows["here", "Order", column]["rows_sampled"]), ("ok", 1), messages)
        self.assertEqual(rows["here", "检验记录", "检验单号"]["rows_sampled"], 2, messages)

    def test_an_empty_table_is_read_and_empty(self):
        _, messages, rows = self.only()
        self.assertEqual((rows["here", "empty_table", "note"]["status"], rows["here", "empty_table", "note"]["rows_sampled"]), ("ok", 0), messages)

    def test_what_the_login_cannot_see_is_not_listed(self):
        _, messages, rows = self.only()
        self.assertIn(("here", "parts", "id"), rows, messages)
        self.assertFalse({table for _, table, _ in rows} & {"hidden_vault", "user", "pg_authid", "CHARACTER_SETS"})
        # PostgreSQL shows the catalogue of every schema: what the login may not read there is told, not left out.
        self.assertEqual({row["status"] for (_, table, _), row in rows.items() if table == "vault"} - {"unreadable"}, set())

    def test_a_password_from_the_environment_works_too(self):
        with open(os.environ["DCSCAN_TEST_PASSWORD_FILE"], encoding="ascii") as file:
            os.environ["DCSCAN_SERVER_TEST_PW"] = file.read().strip()
        self.addCleanup(os.environ.pop, "DCSCAN_SERVER_TEST_PW")
        source = self.source(self.dbms, "here")
        del source["password_file"]
        code, messages, rows = self.scan([dict(source, password_env="DCSCAN_SERVER_TEST_PW")])
        self.assertEqual(code, 5, messages)
        self.assertIn(("here", "parts", "id"), rows)


class PostgresqlTest(Refusals, ServerTest):
    dbms = "POSTGRESQL"

    def reads(self):
        return self.client(["psql", "-X", "-A", "-t", "-h", os.environ["DCSCAN_PG_HOST"], "-p", os.environ["DCSCAN_PG_PORT"],
                            "-U", os.environ["DCSCAN_TEST_ADMIN"], "dcscan_test"], "PGPASSWORD",
                           "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_user_tables;")

    def test_an_odbc_data_source_named_on_the_command_line_is_read(self):
        self.source("POSTGRESQL")
        environment = dict(os.environ, DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
        command = [PROGRAM, "scan", "dcscan_test_postgresql", "--no-config", "--store", str(self.path / "i.db"), "-o", str(self.path / "out.jsonl"),
                   "--user", os.environ["DCSCAN_TEST_USER"], "--password-file", os.environ["DCSCAN_TEST_PASSWORD_FILE"]]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn(("dcscan_test_postgresql", "parts", "id"), self.rows())


class MariadbTest(Refusals, ServerTest):
    dbms = "MARIADB"

    def reads(self):
        return self.client(["mariadb", "-N", "-h", os.environ["DCSCAN_MY_HOST"], "-P", os.environ["DCSCAN_MY_PORT"],
                            "-u", os.environ["DCSCAN_TEST_ADMIN"]], "MYSQL_PWD",
                           "SET GLOBAL userstat = 1; SELECT coalesce(sum(rows_read), 0) FROM information_schema.table_statistics"
                           " WHERE table_schema = 'dcscan_test';")

    def test_text_in_an_old_encoding_arrives_as_it_is(self):
        _, messages, rows = self.only()
        row = rows["here", "legacy_gbk", "备注"]
        self.assertEqual((row["status"], row["distinct"]), ("ok", 1), messages)


class DriverTest(ServerTest):
    def test_a_driver_whose_library_is_missing_is_told(self):
        code, messages, _ = self.scan([{"name": "here", "connection": "Driver={Missing Driver};Server=x"}])
        self.assertEqual(code, 4, messages)
        self.assertIn("could not", messages)

    def test_an_unknown_data_source_is_told_by_name(self):
        code, messages, _ = self.scan([{"name": "here", "dsn": "NO_SUCH_DSN"}])
        self.assertEqual(code, 4, messages)
        self.assertIn("here", messages)


class GoneTest(ServerTest):
    """Servers of their own, since they are killed in the middle."""

    def scan_and_kill(self, name, dbms):
        servers = str(self.path / "servers")
        environment = private_servers.start(servers, name)
        if environment is None:
            self.skipTest("no %s server is installed" % name)
        self.addCleanup(private_servers.stop, servers)
        source = {"name": "here", "connection": environment["DCSCAN_TEST_" + dbms], "user": environment["DCSCAN_TEST_USER"],
                  "password_file": environment["DCSCAN_TEST_PASSWORD_FILE"], "limits": {"reconnect_seconds": 5}}
        environment.setdefault("DCSCAN_DATA", str(ROOT))
        # The server is killed when the first table has been read; a rest between tables gives the time for it.
        start = time.monotonic()
        lines, killed = [], False
        with subprocess.Popen(self.command([source], "--pause", "1000", "-v"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True, env=environment) as scan:
            watchdog = threading.Timer(120, scan.kill)
            watchdog.start()
            for line in scan.stderr:
                lines.append(line)
                if not killed and " rows, whole" in line:
                    killed = True
                    private_servers.kill(servers, name)
            watchdog.cancel()
        return scan.returncode, "".join(lines), time.monotonic() - start

    def check(self, name, dbms):
        code, messages, seconds = self.scan_and_kill(name, dbms)
        self.assertEqual(code, 5, messages)
        states = {row["status"] for row in self.rows().values()}
        self.assertLessEqual({"ok", "unreadable"}, states, messages)
        self.assertTrue(all(row["reason"] for row in self.rows().values() if row["status"] == "unreadable"))
        self.assertLess(seconds, 60)

    def test_postgresql_gone_in_mid_scan(self):
        self.check("postgresql", "POSTGRESQL")

    def test_mariadb_gone_in_mid_scan(self):
        self.check("mariadb", "MARIADB")


if __name__ == "__main__":
    private_servers.need(__file__)
    tap.main()
