#!/usr/bin/env python3
"""Tables wide and many enough to measure on: 200 tables of 20 columns and 4,000 rows, the same in every DBMS.

usage: wide.py CONFIG OUT_CONFIG DIR      adds the sources wide-sqlite and, where DCSCAN_SERVERS names servers, wide-postgresql and
                                          wide-mariadb to CONFIG and writes OUT_CONFIG; DIR takes the SQLite database

All tables are copies of one: what is measured is the way of a value, and that is the same for each.
"""
import os
import random
import sqlite3
import subprocess
import sys

import yaml

N_TABLES, N_ROWS = 200, 4000
DATABASE = "dcscan_bench"
COLUMNS = """id:integer order_no:varchar(24) item_code:varchar(24) item_name:varchar(60) spec:varchar(60) quantity:integer unit:varchar(8)
price:decimal(12,2) supplier:varchar(60) contact:varchar(20) mobile:varchar(20) id_card:varchar(18) credit_code:varchar(18) email:varchar(60)
plate:varchar(10) ip_address:varchar(40) temperature:decimal(8,3) status:varchar(4) created_at:varchar(19) remark:varchar(200)""".split()
ITEMS = ("制动卡钳", "转向节", "轮毂轴承", "减震器总成", "线束", "活塞环", "油封", "控制臂")
FAMILY, GIVEN = "王李张刘陈杨黄赵周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


def check_digit_id(body):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


def check_digit_credit(body):
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return letters[(31 - total % 31) % 31]


def row(n, rng):
    id_body = "420106%04d%02d%02d%03d" % (rng.randrange(1960, 2004), rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(1000))
    credit_body = "91420100%09d" % rng.randrange(10**9)
    item = rng.choice(ITEMS)
    return (n, "WO2024%08d" % (n * 7), "P-%06d" % rng.randrange(10**6), "%s%d" % (item, n % 97), "%d×%d-%s" % (n % 50, n % 30, "ABC"[n % 3]),
            rng.randrange(1, 5000), ("件", "kg", "m")[n % 3], rng.randrange(100, 10**7) / 100, "武汉%s有限公司" % rng.choice(ITEMS),
            rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(GIVEN), "13%09d" % rng.randrange(10**9), id_body + check_digit_id(id_body),
            credit_body + check_digit_credit(credit_body), "u%d@example.com" % n, "鄂A%05d" % rng.randrange(10**5),
            "10.%d.%d.%d" % (n % 250, n % 199, n % 99), rng.randrange(20000, 90000) / 1000, str(n % 4),
            "2024-%02d-%02d %02d:00:00" % (n % 12 + 1, n % 28 + 1, n % 24), None if n % 5 else "首件检验合格，转下道工序 %d" % n)


def rows():
    rng = random.Random(2024)
    return [row(n, rng) for n in range(1, N_ROWS + 1)]


def definition():
    return ", ".join("%s %s" % tuple(column.split(":")) for column in COLUMNS)


def literal(value):
    return "NULL" if value is None else str(value) if isinstance(value, (int, float)) else "'%s'" % value.replace("'", "''")


def inserts(table):
    everything = rows()
    for start in range(0, len(everything), 500):
        yield "INSERT INTO %s VALUES %s;" % (table, ",".join("(%s)" % ",".join(map(literal, r)) for r in everything[start:start + 500]))


def script(copy_statements):
    yield "CREATE TABLE wide_001 (%s, PRIMARY KEY (id));" % definition()
    yield from inserts("wide_001")
    for n in range(2, N_TABLES + 1):
        yield copy_statements % {"n": "wide_%03d" % n}


def run_client(command, statements, password_variable):
    with open(os.environ["DCSCAN_TEST_ADMIN_PASSWORD_FILE"], encoding="ascii") as file:
        environment = dict(os.environ, **{password_variable: file.read().strip()})
    subprocess.run(command, input="\n".join(statements), text=True, env=environment, check=True, stdout=subprocess.DEVNULL)


def fill_sqlite(path):
    if os.path.exists(path):
        os.remove(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE wide_001 (%s, PRIMARY KEY (id))" % definition())
        connection.executemany("INSERT INTO wide_001 VALUES (%s)" % ",".join("?" * len(COLUMNS)), rows())
        for n in range(2, N_TABLES + 1):
            connection.execute("CREATE TABLE wide_%03d (%s, PRIMARY KEY (id))" % (n, definition()))
            connection.execute("INSERT INTO wide_%03d SELECT * FROM wide_001" % n)
    return {"name": "wide-sqlite", "connection": "Driver=SQLite3;Database=%s;NoCreat=1" % os.path.abspath(path)}


def with_login(name, connection):
    return {"name": name, "connection": connection, "user": os.environ["DCSCAN_TEST_USER"],
            "password_file": os.environ["DCSCAN_TEST_PASSWORD_FILE"]}


def fill_postgresql():
    client = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", os.environ["DCSCAN_PG_SOCKET"], "-p", os.environ["DCSCAN_PG_PORT"],
              "-U", os.environ["DCSCAN_TEST_ADMIN"], "-d"]
    run_client(client + ["postgres"], ["DROP DATABASE IF EXISTS %s;" % DATABASE, "CREATE DATABASE %s;" % DATABASE], "PGPASSWORD")
    end = ["GRANT SELECT ON ALL TABLES IN SCHEMA public TO %s;" % os.environ["DCSCAN_TEST_USER"], "ANALYZE;"]
    copies = "CREATE TABLE %(n)s AS TABLE wide_001; ALTER TABLE %(n)s ADD PRIMARY KEY (id);"
    run_client(client + [DATABASE], ["BEGIN;", *script(copies), *end[:1], "COMMIT;", *end[1:]], "PGPASSWORD")
    return with_login("wide-postgresql", "Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s" % (
        os.environ["DCSCAN_PG_HOST"], os.environ["DCSCAN_PG_PORT"], DATABASE))


def fill_mariadb():
    client = ["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "-S", os.environ["DCSCAN_MY_SOCKET"], "-u",
              os.environ["DCSCAN_TEST_ADMIN"]]
    begin = ["DROP DATABASE IF EXISTS %s;" % DATABASE, "CREATE DATABASE %s CHARACTER SET utf8mb4;" % DATABASE, "USE %s;" % DATABASE,
             "GRANT SELECT ON %s.* TO %s@'%%';" % (DATABASE, os.environ["DCSCAN_TEST_USER"])]
    copies = "CREATE TABLE %(n)s LIKE wide_001; INSERT INTO %(n)s SELECT * FROM wide_001; ANALYZE LOCAL TABLE %(n)s;"
    run_client(client, [*begin, *script(copies)], "MYSQL_PWD")
    return with_login("wide-mariadb", "Driver={MariaDB Unicode};Server=%s;Port=%s;Database=%s;CHARSET=utf8mb4" % (
        os.environ["DCSCAN_MY_HOST"], os.environ["DCSCAN_MY_PORT"], DATABASE))


def main(argv):
    if len(argv) != 4:
        sys.exit(__doc__)
    with open(argv[1], encoding="utf-8") as file:
        config = yaml.safe_load(file)
    config["sources"].append(fill_sqlite(os.path.join(argv[3], "wide.db")))
    if "DCSCAN_PG_PORT" in os.environ:
        config["sources"].append(fill_postgresql())
    if "DCSCAN_MY_PORT" in os.environ:
        config["sources"].append(fill_mariadb())
    with open(argv[2], "w", encoding="utf-8") as file:
        yaml.safe_dump(config, file, allow_unicode=True, sort_keys=False, width=1000)


if __name__ == "__main__":
    main(sys.argv)
