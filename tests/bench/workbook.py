#!/usr/bin/env python3
"""Workbooks of large inventories: time and memory to write them, and decisions of people there and back through LibreOffice.

usage: workbook.py [--keep DIR] [COLUMNS…]          writes the workbook of inventories of so many columns (10000 100000 1000000)
       workbook.py [--keep DIR] --round-trip [N]    N decisions (10000): filled in, saved by LibreOffice, imported, listed

A small database with identities, check digits and comments is scanned over ODBC once; its tables are then copied within the store, so that
an inventory has as many columns as asked for, with the findings, evidence and counters of real ones. Prints a line a measurement: seconds
passed, seconds of processor, largest resident memory, size of the file, rows of its sheets. Every part of the workbook is read to its end:
its check sum, whether it is well-formed, and as many rows of columns and of evidence as were written, over all continued sheets. DIR keeps stores and workbooks.
Environment: DCSCAN (build/dcscan), ODBCSYSINI with the driver SQLite3, DCSCAN_DATA. Without LibreOffice a round trip is skipped, visibly.
Exit: 1 when a command failed or a decision did not come home.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from xml.parsers import expat

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
import wide  # noqa: E402  (the columns of the other benchmarks)

DCSCAN = os.environ.get("DCSCAN", str(ROOT / "build" / "dcscan"))
COLUMNS = 20  # of a table
COMMENTS = ("主键", "工单号", "物料编码", "物料名称", "规格", "数量", "单位", "采购单价", "供应商", "联系人", "手机号", "身份证号",
            "统一社会信用代码", "电子邮箱", "车牌号", "设备地址", "炉温", "状态", "创建时间", "备注")


def say(*words):
    print(*words, flush=True)


def run(folder, *args):
    """Runs dcscan; (seconds, seconds of processor, MB)."""
    environment = dict(os.environ, XDG_STATE_HOME=str(folder / "state"), XDG_CONFIG_HOME=str(folder / "none"),
                       DCSCAN_DATA=os.environ.get("DCSCAN_DATA", str(ROOT)))
    started = time.monotonic()
    process = subprocess.Popen([DCSCAN, *map(str, args)], cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("workbook: dcscan %s: exit code %d" % (args[0], process.returncode))
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def scan_one_table(folder):
    database = sqlite3.connect(folder / "plant.db")
    lines = ["  %s %s%s -- %s" % (*column.split(":"), "," if i < COLUMNS - 1 else "", COMMENTS[i]) for i, column in enumerate(wide.COLUMNS)]
    database.execute("CREATE TABLE pur_order ( -- 采购订单\n%s\n)" % "\n".join(lines))
    database.executemany("INSERT INTO pur_order VALUES (%s)" % ",".join("?" * COLUMNS), wide.rows()[:1000])
    database.commit()
    database.close()
    (folder / "dcscan.yaml").write_text("sources:\n  - {name: plant, connection: \"Driver=SQLite3;Database=plant.db\", about: {system: ERP, "
                                        "plant: 武汉一厂, department: 采购部, owner: 周丽}}\n", encoding="utf-8")
    run(folder, "scan", "--store", "one.db", "--quiet")


def make_store(folder, n_columns):
    """The store of one table with copies of it under other names, so many columns in all."""
    n_tables = max(1, n_columns // COLUMNS)
    path = folder / ("%d.db" % n_columns)
    shutil.copy(folder / "one.db", path)
    store = sqlite3.connect(path)
    store.execute("PRAGMA synchronous = OFF")
    store.execute("PRAGMA journal_mode = MEMORY")
    for table, key in (("task", "id"), ("finding", "task_id")):
        names = [row[1] for row in store.execute("PRAGMA table_info(%s)" % table)]
        values = ["copy.i" if name == key else "printf('pur_order_%06d', copy.i)" if name == "table_name" else name for name in names]
        store.execute("WITH RECURSIVE copy (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM copy WHERE i < %d) INSERT INTO %s (%s) SELECT %s FROM %s, "
                      "copy WHERE %s.%s = 1" % (n_tables, table, ", ".join(names), ", ".join(values), table, table, key))
    store.execute("UPDATE run_source SET n_tables = ?, n_tables_read = ?, n_columns = ?", (n_tables, n_tables, n_tables * COLUMNS))
    store.commit()
    store.close()
    return path


def read_parts(path):
    """Rows of the sheets, the largest first. Every part is read by an XML reader, and its check sum compared: either raises."""
    rows = {}
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
        for part in book.infolist():
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part.filename)
            last, count = [0], [0]

            def begin(element, attributes, part=part, last=last, count=count):
                if element == "row":
                    if int(attributes["r"]) <= last[0]:
                        raise ValueError("%s: row %s behind row %d" % (part.filename, attributes["r"], last[0]))
                    last[0] = int(attributes["r"])
                    count[0] += 1

            reader = expat.ParserCreate()
            if number:
                reader.StartElementHandler = begin
            with book.open(part) as stream:  # its end compares the check sum
                for block in iter(lambda: stream.read(1 << 20), b""):
                    reader.Parse(block)
            reader.Parse(b"", True)
            if number:
                rows[names[int(number.group(1)) - 1]] = count[0]
    return sorted(rows.items(), key=lambda item: -item[1])


def measure(folder, n_columns):
    store = make_store(folder, n_columns)
    out = folder / ("%d.xlsx" % n_columns)
    seconds, processor, memory = run(folder, "report", "--store", store, "-o", out, "--quiet", "--reproducible")
    rows = read_parts(out)
    for name, above in (("数据分类分级清单", 1), ("判定依据", 3)):  # rows above those of the list on each of its sheets
        counts = [count - above for sheet, count in rows if sheet.split(" (")[0] == name]
        if sum(counts) % (n_columns // COLUMNS) != 0 or (above == 1 and sum(counts) != n_columns):
            sys.exit("workbook: %d rows in %d sheets of %s" % (sum(counts), len(counts), name))
    say("%8d columns: %7.1f s, %7.1f s of processor, %5.0f MB resident, file of %5.0f MB; %s"
        % (n_columns, seconds, processor, memory, out.stat().st_size / 1e6,
           ", ".join("%s %d" % item for item in rows[:8])))
    seconds, processor, memory = run(folder, "review", "import", out, "--store", store, "--reviewer", "nobody", "--quiet")
    say("%8d columns: read back, nothing decided in it: %.1f s, %.1f s of processor, %.0f MB resident" % (n_columns, seconds, processor, memory))


# ---- there and back ----

def fill(source, target, n):
    """Fills final level, reason and reviewer of the first n rows in the list of columns; the level differs from the proposal in every second."""
    with zipfile.ZipFile(source) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    names = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode("utf-8"))
    part = "xl/worksheets/sheet%d.xml" % (names.index("Column inventory") + 1)
    xml = parts[part].decode("utf-8")
    titles = dict((title, letters) for letters, title in re.findall(r'<c r="([A-Z]+)1"[^>]*><is><t[^>]*>([^<]*)</t>', xml))
    head, *rows = re.split(r"(?=<row )", xml)
    wanted = {"Final level": None, "Reason of the decision": "reviewed in bulk", "Reviewer": "Li Si"}
    for i in range(1, n + 1):
        for title, text in wanted.items():
            text = text or ("General 4", "Important")[i % 2]
            rows[i], found = re.subn(r'<c r="(%s%d)"( s="\d+")?\s*/>' % (titles[title], i + 1),
                                     r'<c r="\1"\2 t="inlineStr"><is><t>%s</t></is></c>' % text, rows[i])
            if found != 1:
                sys.exit("workbook: no empty cell %s in row %d" % (title, i + 1))
    parts[part] = (head + "".join(rows)).encode("utf-8")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


def apart(function, *args):
    """In a process of its own: what this one has in memory counts as memory of those that it starts."""
    child = os.fork()
    if child == 0:
        try:
            function(*args)
        except BaseException as error:  # the parent goes on after this function, the child must not
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("workbook: %s failed" % function.__name__)


def round_trip(folder, n):
    if shutil.which("soffice") is None:
        say("round trip: SKIPPED, LibreOffice (soffice) is not installed")
        return
    store = make_store(folder, n + COLUMNS)
    run(folder, "report", "--store", store, "-o", "asked.xlsx", "--lang", "en", "--quiet")
    apart(fill, folder / "asked.xlsx", folder / "filled.xlsx", n)
    started = time.monotonic()
    (folder / "saved").mkdir(exist_ok=True)
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", "saved", "filled.xlsx"], cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    say("round trip: LibreOffice saved it in %.1f s" % (time.monotonic() - started))
    seconds, processor, memory = run(folder, "review", "import", "saved/filled.xlsx", "--store", store, "--quiet")
    say("round trip: import %.1f s, %.1f s of processor, %.0f MB resident" % (seconds, processor, memory))
    seconds, processor, memory = run(folder, "report", "--store", store, "-o", "decided.jsonl", "--quiet")
    say("round trip: report with them %.1f s, %.1f s of processor, %.0f MB resident" % (seconds, processor, memory))
    with open(folder / "decided.jsonl", encoding="utf-8") as file:
        decided = [(row["final_level"], row["review_note"], row["reviewer"]) for row in map(json.loads, file) if row["decided_by"] == "person"]
    expected = [(("4", "important")[i % 2], "reviewed in bulk", "Li Si") for i in range(1, n + 1)]
    say("round trip: %d of %d decisions came home" % (sum(a == b for a, b in zip(decided, expected)), n))
    if decided != expected:
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", metavar="DIR")
    parser.add_argument("--round-trip", action="store_true")
    parser.add_argument("numbers", nargs="*", type=int)
    options = parser.parse_args()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="dcscan-workbook-")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not (folder / "one.db").exists():
            scan_one_table(folder)
        if options.round_trip:
            round_trip(folder, (options.numbers or [10000])[0])
        else:
            for number in options.numbers or [10000, 100000, 1000000]:
                measure(folder, number)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
