#!/usr/bin/env python3
"""One dcscan.yaml for everything that is scanned together: the sample plant's sources and one for each loaded corpus.

usage: make_config.py PLANT_CONFIG OUT STORE [SERVERS_DIR]

Reads SERVERS_DIR/corpora.tsv (name, dbms, database, …), as load_corpora.sh writes it, and the ports from the environment that
SERVERS_DIR/env describes. Passwords stay in their file; a connection string carries none.
"""
import os
import sys

import yaml


def connection_of(dbms, database):
    if dbms == "postgresql":
        return "Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s" % (
            os.environ["DCSCAN_PG_HOST"], os.environ["DCSCAN_PG_PORT"], database)
    return "Driver={MariaDB Unicode};Server=%s;Port=%s;Database=%s;CHARSET=utf8mb4" % (
        os.environ["DCSCAN_MY_HOST"], os.environ["DCSCAN_MY_PORT"], database)


def corpus_sources(servers_dir):
    with open(os.path.join(servers_dir, "corpora.tsv"), encoding="utf-8") as file:
        for line in file:
            name, dbms, database = line.split("\t")[:3]
            yield {"name": name, "connection": connection_of(dbms, database), "user": os.environ["DCSCAN_TEST_USER"],
                   "password_file": os.environ["DCSCAN_TEST_PASSWORD_FILE"]}


def main(argv):
    if len(argv) not in (4, 5):
        sys.exit(__doc__)
    with open(argv[1], encoding="utf-8") as file:
        config = yaml.safe_load(file)
    config["store"] = os.path.abspath(argv[3])
    if len(argv) == 5:
        config["sources"] += corpus_sources(argv[4])
    with open(argv[2], "w", encoding="utf-8") as file:
        yaml.safe_dump(config, file, allow_unicode=True, sort_keys=False, width=1000)
    print("%d sources" % len(config["sources"]))


if __name__ == "__main__":
    main(sys.argv)
