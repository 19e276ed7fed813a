"""Declarations of databases, tables, views and columns, and the DDL they turn into.

One declaration of a column carries its name, type, comment, value maker and label, so the DDL, the rows and the
labels cannot drift apart.

SQLite has no comment statement. Comments are SQL comments inside the CREATE text, which sqlite_master keeps word
for word: the table's comment stands after the opening parenthesis on the same line, a column's comment follows its
definition on the same line, after the comma.
"""

from dataclasses import dataclass, field

STYLES = ("dash", "block", "mixed")


@dataclass
class Column:
    name: str
    type: str
    comment: str
    make: object
    label: str
    tail: str = ""        # DDL after the type: NOT NULL, DEFAULT, CHECK, REFERENCES
    check: str = ""       # kind in identity.VALIDATORS: all non-empty values hold; "-kind": none does
    bind: str = "?"       # placeholder of the insert, for values that need a cast
    share: float = 1.0    # at least this share of the non-empty values satisfies `check`


@dataclass
class Table:
    name: str
    comment: str
    subject: str                       # leaf of the table's subject, `@` in labels
    rows: object                       # number of rows at scale 1, or the name of a list of the world
    columns: list
    extra: tuple = ()                  # table constraints
    style: str = "dash"
    quote: str = '"'                   # '"', '`', '[' or '' (bare where the name allows it)
    indexes: tuple = ()                # (name, "columns")
    without_rowid: bool = False
    fixed: bool = False                # not scaled
    where: object = None               # filter of the world list


@dataclass
class View:
    name: str
    subject: str
    query: str
    columns: list                      # Column with name and label only


@dataclass
class Database:
    name: str
    title: str
    about: dict
    tables: list
    views: list = field(default_factory=list)

    @property
    def corpus(self):
        return "plant-" + self.name


def C(name, type_, comment, make, label, tail="", check="", bind="?", share=1.0):
    return Column(name, type_, comment, make, label, tail, check, bind, share)


def T(name, comment, subject, rows, columns, **options):
    return Table(name, comment, subject, rows, columns, **options)


def V(name, subject, query, *columns):
    return View(name, subject, query, [Column(n, "", "", None, label) for n, label in columns])


def quoted(name, quote='"'):
    if quote == "[" and "]" not in name:
        return "[%s]" % name
    if quote == "`" and "`" not in name:
        return "`%s`" % name
    plain = all(c.isalnum() or c == "_" for c in name) and not name[0].isdigit()
    if quote == "" and plain and name.upper() not in RESERVED:
        return name
    return '"%s"' % name.replace('"', '""')


RESERVED = frozenset("ORDER GROUP SELECT FROM TO INDEX TABLE VALUES CHECK DEFAULT WHERE CASE DESC LIMIT KEY".split())


def comment_text(text, style, place):
    """The comment as SQL; a `*/` in the text cannot stand in a block comment, a line end in none."""
    if not text:
        return ""
    if style == "block" or (style == "mixed" and place % 2):
        return " /* %s */" % text.replace("*/", "* /")
    return " -- %s" % text


def create_table(table):
    """The CREATE TABLE text of a declaration."""
    items = []
    for column in table.columns:
        text = quoted(column.name, table.quote)
        text += " " + column.type if column.type else ""
        text += " " + column.tail if column.tail else ""
        items.append((text, column.comment))
    items += [(text, "") for text in table.extra]
    lines = ["CREATE TABLE %s (%s" % (quoted(table.name, table.quote), comment_text(table.comment, table.style, 0))]
    for place, (text, comment) in enumerate(items, 1):
        comma = "," if place < len(items) else ""
        lines.append("  " + text + comma + comment_text(comment, table.style, place))
    lines.append(") WITHOUT ROWID" if table.without_rowid else ")")
    return "\n".join(lines)


def create_indexes(table):
    return ["CREATE INDEX %s ON %s (%s)" % (quoted(name), quoted(table.name), columns)
            for name, columns in table.indexes]


def create_view(view):
    return "CREATE VIEW %s AS %s" % (quoted(view.name), view.query)


def insert_text(table):
    return "INSERT INTO %s VALUES (%s)" % (quoted(table.name), ",".join(c.bind for c in table.columns))
