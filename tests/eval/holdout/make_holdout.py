#!/usr/bin/env python3
"""Build the held-out databases: one SQLite file a schema, its labels, and a configuration to scan them.

usage: make_holdout.py OUTDIR [FOLDER]

Reads NAME.tsv in FOLDER, else beside this file (see README.md for the columns) and writes OUTDIR/NAME.db, OUTDIR/labels.csv and
OUTDIR/dcscan.yaml. The same input gives the same rows: nothing here is random.

A column's rows repeat its example values. Where that is safe they vary a little, so that a table does not look like the same ten
rows over and over: measured numbers, dates, serial numbers. Names, codes, identifiers with check digits are only ever used as given.
"""
import csv
import datetime
import pathlib
import re
import sqlite3
import sys

HERE = pathlib.Path(__file__).resolve().parent
N_ROWS = 200
ROWS_A_VALUE = 20           # a table whose richest column has few values gets fewer rows
FIELDS = ["table", "table_comment", "column", "type", "comment", "values", "category", "alternates", "level", "level_alt", "pi",
          "important", "why"]
LABEL_FIELDS = ["corpus", "database", "schema", "table", "column", "category", "alternates", "level", "level_alt", "pi", "important",
                "why"]
ABOUT = {                   # what the user would have written about a source; most sources say nothing
    "sap_ecc": "SAP ERP ECC 6.0",
    "chem_plant": "化工装置生产管理与安环系统",
    "pharma_qms": "GMP quality management, LIMS and electronic batch records",
    "nev_telematics": "新能源汽车远程监控平台",
    "logistics": "WMS/TMS",
}
DATE_FORMATS = ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y%m%d%H%M%S", "%Y%m%d")
NUMERIC_TYPE = re.compile(r"int|dec|num|float|double|real|money", re.I)
SERIAL = re.compile(r"^([A-Za-z].*?|\d+?)(\d{3,6})$")
CHECKED_LENGTHS = (11, 13, 15, 17, 18, 19)   # lengths at which a run of digits could pass for a telephone, a card, an ID number


def split_values(text):
    """Values are separated by |, a literal | is written \\|; an empty value is a NULL."""
    if not text:
        return []
    parts = re.split(r"(?<!\\)\|", text)
    return [part.replace("\\|", "|") or None for part in parts]


def read_schema(path):
    """Returns {table: (comment, [row, …])} in the order of the file."""
    tables = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            tables.setdefault(row["table"], (row["table_comment"], []))[1].append(row)
    return tables


def quote(name):
    return '"' + name.replace('"', '""') + '"'


def ddl(table, comment, columns):
    """CREATE TABLE with comments where DBMS without COMMENT keep them: behind the parenthesis and behind each comma."""
    lines = ["CREATE TABLE %s (%s" % (quote(table), " -- " + comment if comment else "")]
    for index, row in enumerate(columns):
        comma = "," if index + 1 < len(columns) else ""
        remark = "  -- " + row["comment"] if row["comment"] else ""
        lines.append("  %s %s%s%s" % (quote(row["column"]), row["type"], comma, remark))
    return "\n".join(lines + [")"])


def date_format(values):
    for form in DATE_FORMATS:
        try:
            parsed = [datetime.datetime.strptime(v, form) for v in values]
        except ValueError:
            continue
        if all(1990 <= p.year <= 2035 for p in parsed):
            return form
    return None


def shift_date(text, form, days):
    moved = (datetime.datetime.strptime(text, form) + datetime.timedelta(days=days)).strftime(form)
    return moved[:-3] if form.endswith("%f") else moved


def is_consecutive(values):
    return len(values) >= 3 and all(v.isdigit() for v in values) and all(
        int(b) - int(a) == 1 for a, b in zip(values, values[1:]))


def shift_number(text, cycle):
    """Moves a coordinate by some metres, any other number down by up to 6 %; keeps the decimals and the sign."""
    decimals = len(text.partition(".")[2])
    number = float(text)
    if decimals == 6 and abs(number) > 20:
        return "%.6f" % (number + cycle * 0.000413)
    return "%.*f" % (decimals, number * (1 - (cycle * 37) % 61 / 1000))


def shift_serial(text, step):
    prefix, digits = SERIAL.match(text).groups()
    number = int(digits) + step
    return prefix + "%0*d" % (len(digits), number) if number < 10 ** len(digits) else text


def variation(row, values):
    """How the values of a column may vary from cycle to cycle: a function (value, cycle, n_values) -> value, or None."""
    given = [v for v in values if v is not None]
    leaf, distinct = row["category"], len(set(given))
    if distinct < 5 or leaf.startswith(("P1-02", "P1-03", "P2")) or leaf in ("Z1-02", "Z1-04"):
        return None
    form = date_format(given)
    if form:
        return lambda v, cycle, n: shift_date(v, form, 5 * cycle)
    if NUMERIC_TYPE.search(row["type"]) and all(re.fullmatch(r"-?\d{1,9}(\.\d+)?", v) for v in given):
        if is_consecutive(given):
            return lambda v, cycle, n: str(int(v) + cycle * n)
        if leaf != "Z1-01" and not leaf.startswith("P") and distinct >= 6:
            return lambda v, cycle, n: shift_number(v, cycle)
        return None
    parts = [SERIAL.match(v) for v in given]
    if leaf[0] in "BCD" and all(parts) and len({p.group(1) for p in parts}) == 1 and is_consecutive([p.group(2) for p in parts]):
        if len({len(v) for v in given}) == 1 and len(given[0]) not in CHECKED_LENGTHS:
            return lambda v, cycle, n: shift_serial(v, cycle * n)
    return None


def column_rows(row, n_rows):
    values = split_values(row["values"])
    if not values:
        return [None] * n_rows
    vary = variation(row, values)
    cells = []
    for index in range(n_rows):
        value, cycle = values[index % len(values)], index // len(values)
        if value is not None and vary and cycle:
            value = vary(value, cycle, len(values))
        cells.append(value)
    return cells


def n_rows_of(columns):
    richest = max(len(set(split_values(row["values"]))) for row in columns)
    return min(N_ROWS, richest * ROWS_A_VALUE)


def build(path, tables):
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    with connection:
        for table, (comment, columns) in tables.items():
            connection.execute(ddl(table, comment, columns))
            cells = [column_rows(row, n_rows_of(columns)) for row in columns]
            marks = ",".join("?" * len(columns))
            connection.executemany("INSERT INTO %s VALUES (%s)" % (quote(table), marks), zip(*cells))
    connection.close()


def label_rows(name, tables):
    for table, (_, columns) in tables.items():
        for row in columns:
            yield {"corpus": name, "database": name, "schema": "main", **{key: row[key] for key in LABEL_FIELDS[3:]}}


def write_config(path, names, outdir):
    lines = ["sources:"]
    for name in names:
        lines += ["  - name: %s" % name, '    connection: "Driver=SQLite3;Database=%s"' % (outdir / (name + ".db"))]
        if name in ABOUT:
            lines += ["    about:", '      system: "%s"' % ABOUT[name]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv):
    if len(argv) not in (2, 3):
        sys.exit(__doc__)
    folder = pathlib.Path(argv[2]) if len(argv) == 3 else HERE
    outdir = pathlib.Path(argv[1]).resolve()
    outdir.mkdir(parents=True, exist_ok=True)
    paths = sorted(folder.glob("*.tsv"))
    schemas = {path.stem: read_schema(path) for path in paths}
    with open(outdir / "labels.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, LABEL_FIELDS, lineterminator="\n")
        writer.writeheader()
        for name, tables in schemas.items():
            build(outdir / (name + ".db"), tables)
            writer.writerows(label_rows(name, tables))
    write_config(outdir / "dcscan.yaml", schemas, outdir)
    n_tables = sum(map(len, schemas.values()))
    n_columns = sum(len(columns) for tables in schemas.values() for _, columns in tables.values())
    print("%d databases, %d tables, %d columns" % (len(schemas), n_tables, n_columns), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv)
