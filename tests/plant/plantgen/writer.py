"""Fills one SQLite file from the declarations of a database."""

import os
import random
import sqlite3

from .makers import Row
from .schema import create_indexes, create_table, create_view, insert_text

SMALL = 40      # tables of up to this many rows are not scaled down


def entities(table, world):
    """The entities a master table lists, or None for a table with a plain number of rows."""
    if not isinstance(table.rows, str):
        return None
    pool = world.pool(table.rows)
    return [one for one in pool if table.where(one)] if table.where else pool


def row_count(table, world, scale):
    listed = entities(table, world)
    if listed is not None:
        return len(listed)
    if table.fixed or table.rows <= SMALL:
        return table.rows
    return max(SMALL, round(table.rows * scale))


def make_rows(table, row, listed):
    columns = [(column.name, column.make) for column in table.columns]
    for number in range(1, row.n + 1):
        row.reset(number, listed[number - 1] if listed else None)
        made = row.v
        for name, make in columns:
            made[name] = make(row)
        yield tuple(made.values())


def fill_table(connection, database, table, world, counts, seed):
    rng = random.Random("%s/%s/%s" % (seed, database.name, table.name))
    row = Row(rng, world, counts, counts[table.name])
    connection.execute(create_table(table))
    connection.executemany(insert_text(table), make_rows(table, row, entities(table, world)))
    for statement in create_indexes(table):
        connection.execute(statement)


def remove_old(path):
    for ending in ("", "-journal", "-wal", "-shm"):
        if os.path.lexists(path + ending):
            os.remove(path + ending)


def write_database(path, database, world, scale, seed):
    """Writes the file anew and returns the number of rows of each table."""
    counts = {table.name: row_count(table, world, scale) for table in database.tables}
    remove_old(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # nobody reads the file before it is complete, so durability may wait
        for pragma in ("page_size=4096", "encoding='UTF-8'", "journal_mode=OFF", "synchronous=OFF"):
            connection.execute("PRAGMA " + pragma).fetchall()
        connection.execute("BEGIN")
        for table in database.tables:
            fill_table(connection, database, table, world, counts, seed)
        for view in database.views:
            connection.execute(create_view(view))
        connection.execute("COMMIT")
    finally:
        connection.close()
    return counts
