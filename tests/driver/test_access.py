"""A real Access file through MDBTools' driver: $DCSCAN_TEST_MDB, which setup.sh takes from the examples of Debian's mrtg-contrib."""
import pathlib
import sqlite3
import struct

from scripted import *

FILES = [pathlib.Path(path) for path in (os.environ.get("DCSCAN_TEST_MDB", "/nonexistent"),
                                         "/usr/share/doc/mrtg-contrib/examples/contrib/monitor/Monitor.mdb")]
DRIVERS = pathlib.Path(os.environ.get("ODBCSYSINI", "/etc")) / "odbcinst.ini"


PAGE = 4096
MAIL = "nobody@sunnyline.co.za".encode("utf-16-le")


def grown(content, mails):
    """The file with a row more in Monitor_Authenticate for each address, all else as in the one row that is there (Jet 4).

    A data page holds its type, its table's page and its rows' places, the rows from its end. Which pages are a table's tells a map: here one
    of references to pages of bits, of which one is enough. The table's own page holds its number of rows.
    """
    data = bytearray(content)
    first = next(i for i in range(len(data) // PAGE) if data[i * PAGE] == 1 and MAIL in data[i * PAGE:(i + 1) * PAGE])
    table = struct.unpack_from("<I", data, first * PAGE + 4)[0]
    place = struct.unpack_from("<H", data, first * PAGE + 14)[0]
    row = bytes(data[first * PAGE + place:(first + 1) * PAGE])
    per_page = (PAGE - 14) // (len(row) + 2)
    pages = [first]
    for begin in range(0, len(mails), per_page):
        page = bytearray(PAGE)
        some = mails[begin:begin + per_page]
        struct.pack_into("<BBHIIH", page, 0, 1, 1, PAGE - 14 - len(some) * (len(row) + 2), table, 0, len(some))
        for i, mail in enumerate(some):
            text = mail.encode("utf-16-le")
            assert len(text) == len(MAIL), mail
            at = PAGE - (i + 1) * len(row)
            struct.pack_into("<H", page, 14 + 2 * i, at)
            page[at:at + len(row)] = row.replace(MAIL, text)
            struct.pack_into("<I", page, at + 2, begin + i + 2)
        pages.append(len(data) // PAGE)
        data += page
    bits = bytearray(PAGE)
    bits[0:2] = b"\x05\x01"
    for page in pages:
        bits[4 + page // 8] |= 1 << page % 8
    reference = struct.unpack_from("<I", data, table * PAGE + 55)[0]
    assert reference & 0xFF == 0
    used = (reference >> 8) * PAGE + (struct.unpack_from("<H", data, (reference >> 8) * PAGE + 14)[0] & 0x1FFF)
    struct.pack_into("<BI", data, used, 1, len(data) // PAGE)
    struct.pack_into("<I", data, table * PAGE + 16, len(mails) + 1)
    return bytes(data + bits)


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
        self.assertIn("FROM [Monitor_Authenticate] LIMIT 4000", (self.path / "sent.tsv").read_text() + result.stdout + result.stderr)

    def test_of_60_000_rows_a_sample_shows_the_first_5_000_and_the_others(self):
        mails = ["u%05d@sunnyline.co.za" % n if n < 5000 else "no address at %08d" % n for n in range(60000)]
        large = self.path / "large.mdb"
        large.write_bytes(grown(self.before, mails))
        counts = []
        for seed in (1, 1, 2):
            self.assert_exit(self.scan("Driver=MDBTools;DBQ=%s" % large, "--seed", seed), 0)
            row = self.by_column()["Monitor_Authenticate", "EMail_Address"]
            self.assertGreater(row["rows_sampled"], 850)
            self.assertLess(row["rows_sampled"], 1200)
            counts.append((row["rows_sampled"], self.n_mails()))
        self.assertEqual(counts[0], counts[1], "the same seed takes the same rows")
        self.assertNotEqual(counts[0], counts[2])
        for n, found in counts:
            self.assertTrue(0.04 * n < found < 0.15 * n, "%d of %d are of the first twelfth" % (found, n))

    def n_mails(self):
        """Values of the newest run that are addresses, as counted for its store."""
        with sqlite3.connect(next(self.path.glob("state/**/inventory.db"))) as store:
            detail, = store.execute("SELECT detail FROM finding WHERE column_name = 'EMail_Address' ORDER BY task_id DESC LIMIT 1").fetchone()
        return json.loads(detail)["rules"]["email"][0]

    def test_a_file_that_is_not_there_is_an_error_and_is_not_made(self):
        missing = self.path / "none.mdb"
        self.assert_exit(self.scan("Driver=MDBTools;DBQ=%s" % missing), 4)
        self.assertFalse(missing.exists())


if __name__ == "__main__":
    tap.main()
