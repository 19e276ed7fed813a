"""A real Access file through MDBTools' driver: $DCSCAN_TEST_MDB, which setup.sh takes from the examples of Debian's mrtg-contrib."""
import pathlib

from scripted import *

FILES = [pathlib.Path(path) for path in (os.environ.get("DCSCAN_TEST_MDB", "/nonexistent"),
                                         "/usr/share/doc/mrtg-contrib/examples/contrib/monitor/Monitor.mdb")]
DRIVERS = pathlib.Path(os.environ.get("ODBCSYSINI", "/etc")) / "odbcinst.ini"


class Access(Scripted):
    def setUp(self):
        super().setUp()
        if not DRIVERS.exists() or "[MDBTools]" not in DRIVERS.read_text():
            self.skipTest("no MDBTools driver (Debian: odbc-mdbtools)")
        found = [path for path in FILES if path.exists()]
        if not found:
            self.skipTest("no Access file: DCSCAN_TEST_MDB is not set (./setup.sh test fetches one)")
        self.file = found[0]
        self.before = self.file.read_bytes()

    def test_tables_types_and_rows_of_an_access_file(self):
        result = self.scan("Driver=MDBTools;DBQ=%s" % self.file)
        self.assert_exit(result, 0)
        rows = self.by_column()
        self.assertEqual({row["dbms"] for row in rows.values()}, {"MDBTOOLS"})
        self.assertEqual({name for name, _ in rows}, {"Monitor_Authenticate"}, "tables of the system are left out")
        self.assertEqual(len(rows), 12)
        self.assertEqual(rows["Monitor_Authenticate", "ID"]["type"], "LONGINT")
        self.assertEqual(rows["Monitor_Authenticate", "EMail_Address"]["pi"], "personal")
        self.assertEqual(rows["Monitor_Authenticate", "EMail_Address"]["rows_sampled"], 1)
        self.assertEqual(self.file.read_bytes(), self.before)
        self.assert_workbook()

    def test_the_dialect_of_access_is_chosen_and_its_statement_is_taken(self):
        result = self.run_dcscan("scan", "Driver=MDBTools;DBQ=%s" % self.file, "--dry-run", "--statements", "sent.tsv")
        self.assert_exit(result, 0)
        self.assertIn("FROM [Monitor_Authenticate] LIMIT 3000", (self.path / "sent.tsv").read_text() + result.stdout + result.stderr)

    def test_a_file_that_is_not_there_is_an_error_and_is_not_made(self):
        missing = self.path / "none.mdb"
        self.assert_exit(self.scan("Driver=MDBTools;DBQ=%s" % missing), 4)
        self.assertFalse(missing.exists())


if __name__ == "__main__":
    tap.main()
