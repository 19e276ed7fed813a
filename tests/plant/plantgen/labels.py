"""The short notation a column's label is written in, and the label file.

    LEAF[/ALTERNATE…] [Gn] [~Gn] [=] [none|personal|sensitive] [!]: why

`@` stands for the subject leaf of the table. Without `Gn` the level is the leaf's default; the default levels of the
alternates are accepted beside it (a careful expert who takes the other leaf takes its level too), unless `=` is
given; `~Gn` accepts one more. Without a mark P1 leaves are personal, P1-03, P2 and pay (D4-03) sensitive. Where two
careful people would mark differently, both marks are given (`none|personal`). `!` = an important-data candidate
rule fires.
"""

import csv
from typing import NamedTuple

from .leaves import DEFAULT_LEVEL

FIELDS = ("corpus", "database", "schema", "table", "column", "category", "alternates", "level", "level_alt", "pi",
          "important", "why")
_MARKS = {"none", "personal", "sensitive"}
_SENSITIVE_LEAVES = {"P1-03", "D4-03"}

# labels many tables share; the words after the colon end up in the label file
PK = "Z1-01: surrogate key"
FK = "Z1-01: bare foreign key"
FK_USER = "Z1-01/P1-05/P1-04: user as bare surrogate id"
FK_DEPT = "Z1-01/D4-01: bare department id"
CREATED = "Z1-01: creation timestamp"
UPDATED = "Z1-01: update timestamp"
CREATED_BY = "P1-05/P1-04/Z1-01: creator's login name"
UPDATED_BY = "P1-05/P1-04/Z1-01: last editor's login name"
DELETED = "Z1-01: logical delete flag"
VERSION = "Z1-01: row version"
SORT = "Z1-01: sort order"
TENANT = "Z1-01: tenant id"
STATUS = "Z1-02/@: status code"
TYPE = "Z1-02/@: type code"
FLAG = "Z1-02/@: yes-no flag"
REMARK = "Z1-03: free-text remark"
EMPTY_TEXT = "Z1-03: reserved extension field, empty"
UNIT = "D2-05/@/Z1-02: unit of measure"
ITEM_NO = "D2-05/@: material number, refers to master"
ITEM_NAME = "D2-05/@: material name, refers to master"
ITEM_SPEC = "D2-05/@: specification, refers to master"
OPERATOR = "P1-04/P1-01/P1-05: operator's name"
OPERATOR_NO = "P1-04/P1-05: operator's employee number"
WORK_ORDER = "B2-02/@: referenced work-order number"
LOT = "B2-04/@: batch number"
EQUIPMENT_NO = "C1-01/@: referenced equipment number"
EQUIPMENT_NAME = "C1-01/@: referenced equipment name"
SUPPLIER_NO = "D1-01/@: referenced supplier number"
SUPPLIER_NAME = "D1-01/@: referenced supplier name"
CUSTOMER_NO = "D2-01/@: referenced customer number"
CUSTOMER_NAME = "D2-01/@: referenced customer name"
DEPT_NAME = "D4-01/@: department name"
PROCESS_NO = "B1-01/@: referenced process step"
PLANT_UNIT = "B1-05/@: workshop, line or station"
ATTACHMENT = "Z1-03/@: attachment path"
CURRENCY = "Z1-02/F1-04/@: currency code"


class Label(NamedTuple):
    category: str
    alternates: tuple
    level: int
    level_alt: tuple
    pi: str
    important: bool
    why: str


def default_mark(leaf):
    if leaf in _SENSITIVE_LEAVES or leaf.startswith("P2"):
        return "sensitive"
    return "personal" if leaf.startswith("P1") else "none"


def split_leaves(text, subject):
    leaves = []
    for leaf in text.split("/"):
        leaf = subject if leaf == "@" else leaf
        if leaf not in DEFAULT_LEVEL:
            raise ValueError("unknown leaf %r" % leaf)
        if leaf not in leaves:
            leaves.append(leaf)
    return leaves


def parse_label(text, subject=""):
    head, _, why = text.partition(": ")
    words = head.split()
    leaves = split_leaves(words[0], subject)
    level, extra, strict, mark, important = None, [], False, None, False
    for word in words[1:]:
        if word == "!":
            important = True
        elif word == "=":
            strict = True
        elif word.startswith("~G"):
            extra += [int(x) for x in word[1:].replace("G", "").split("~")]
        elif word.startswith("G") and word[1:].isdigit():
            level = int(word[1:])
        elif set(word.split("|")) <= _MARKS:
            mark = word
        else:
            raise ValueError("unknown word %r in label %r" % (word, text))
    level = level or DEFAULT_LEVEL[leaves[0]]
    if not level or not 0 < len(why.split()) <= 8 or len(leaves) > 4:
        raise ValueError("label %r lacks a level, has no reason of up to 8 words or too many alternates" % text)
    accepted = set(extra) | (set() if strict else {DEFAULT_LEVEL[leaf] for leaf in leaves[1:]})
    accepted -= {0, level}
    return Label(leaves[0], tuple(leaves[1:]), level, tuple(sorted(accepted)), mark or default_mark(leaves[0]),
                 important, why)


def label_rows(database):
    """One row a column, in the order of the declarations."""
    for table in database.tables:
        yield from object_rows(database, table)


def object_rows(database, table):
    for column in table.columns:
        label = parse_label(column.label, table.subject)
        yield (database.corpus, database.name, "", table.name, column.name, label.category,
               "|".join(label.alternates), "G%d" % label.level, "|".join("G%d" % n for n in label.level_alt),
               label.pi, "yes" if label.important else "no", label.why)


def view_rows(database):
    for view in database.views:
        yield from object_rows(database, view)


def write_labels(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(rows)
