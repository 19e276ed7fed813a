#!/bin/bash
# Load the labelled real schemas of an evaluation directory into the private servers, and let the read-only login see them.
# usage: load_corpora.sh SERVERS_DIR EVAL_DIR [CORPUS…]
# Each corpus is corpora/NAME/schema.sql; its database is NAME with - replaced by _. A pg_dump goes to PostgreSQL, all else to
# MariaDB. Prints one line a corpus: name, dbms, database, tables and views, columns, and writes them to SERVERS_DIR/corpora.tsv.
# Exit: 0 · 1 a corpus could not be loaded · 2 usage · 77 there is no such directory, or a server is missing (skip).
# shellcheck disable=SC2317 # functions are called by names made up from the DBMS
set -u
export LC_ALL=C.UTF-8
[ $# -ge 2 ] || { echo "usage: load_corpora.sh SERVERS_DIR EVAL_DIR [CORPUS…]" >&2; exit 2; }
servers=$1 eval_dir=$2
shift 2
if [ ! -d "$eval_dir/corpora" ]; then
    echo "skipped: no corpora in $eval_dir" >&2
    exit 77
fi
# shellcheck disable=SC1091
. "$servers/env" || exit 2
admin_password=$(cat "$DCSCAN_TEST_ADMIN_PASSWORD_FILE")
export PGPASSWORD=$admin_password MYSQL_PWD=$admin_password PGOPTIONS='-c client_min_messages=error'

pg() { psql -X -q -A -t -F "$(printf '\t')" -v ON_ERROR_STOP=1 -h "$DCSCAN_PG_SOCKET" -p "$DCSCAN_PG_PORT" -U "$DCSCAN_TEST_ADMIN" "$@"; }
my() { mariadb --no-defaults --default-character-set=utf8mb4 --batch --skip-column-names -S "$DCSCAN_MY_SOCKET" -u "$DCSCAN_TEST_ADMIN" "$@"; }

load_postgresql() { # schema file, database
    pg -d postgres -c "DROP DATABASE IF EXISTS $2" -c "CREATE DATABASE $2" || return 1
    # Newer dumps begin with \restrict, which an older psql does not know.
    grep -vE '^\\(un)?restrict ' "$1" | pg -d "$2" --single-transaction >/dev/null || return 1
    pg -d "$2" >/dev/null <<EOF
SELECT format('GRANT USAGE ON SCHEMA %1\$I TO $DCSCAN_TEST_USER; GRANT SELECT ON ALL TABLES IN SCHEMA %1\$I TO $DCSCAN_TEST_USER', nspname)
FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \\gexec
ANALYZE;
EOF
}

count_postgresql() { # database
    pg -d "$1" -c "SELECT count(DISTINCT (table_schema, table_name)), count(*) FROM information_schema.columns
                   WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
}

load_mariadb() { # schema file, database
    my -e "DROP DATABASE IF EXISTS \`$2\`; CREATE DATABASE \`$2\` CHARACTER SET utf8mb4; GRANT SELECT ON \`$2\`.* TO '$DCSCAN_TEST_USER'@'%'" || return 1
    # One transaction for all rows: the statements come one row each.
    { echo 'SET autocommit=0;' && cat "$1" && echo 'COMMIT;'; } | my "$2" || return 1
    # Row estimates are wanted as a server in use has them.
    my -e "SELECT concat('ANALYZE LOCAL TABLE \`$2\`.\`', table_name, '\`;') FROM information_schema.tables
           WHERE table_schema = '$2' AND table_type = 'BASE TABLE'" | my >/dev/null
}

count_mariadb() { # database
    my -e "SELECT count(DISTINCT table_name), count(*) FROM information_schema.columns WHERE table_schema = '$1'"
}

dbms_of() { # schema file
    if grep -qE '^(CREATE TABLE public\.|\\restrict )' "$1"; then echo postgresql; else echo mariadb; fi
}

is_running() { # dbms
    case $1 in
    postgresql) [ -n "${DCSCAN_PG_PORT:-}" ] ;;
    mariadb) [ -n "${DCSCAN_MY_PORT:-}" ] ;;
    esac
}

load_one() { # corpus
    local schema=$eval_dir/corpora/$1/schema.sql database=${1//-/_} dbms counts
    dbms=$(dbms_of "$schema")
    if ! is_running "$dbms"; then
        echo "skipped: $1 needs $dbms, which does not run" >&2
        return 77
    fi
    "load_$dbms" "$schema" "$database" || { echo "could not load $1 into $dbms" >&2; return 1; }
    counts=$("count_$dbms" "$database") || return 1
    printf '%s\t%s\t%s\t%s\n' "$1" "$dbms" "$database" "$counts"
}

if [ $# -eq 0 ]; then
    mapfile -t names < <(cd "$eval_dir/corpora" && for d in */; do echo "${d%/}"; done)
    set -- "${names[@]}"
fi
worst=0
: >"$servers/corpora.tsv"
for corpus in "$@"; do
    load_one "$corpus" >"$servers/corpora.one"
    rc=$?
    tee -a "$servers/corpora.tsv" <"$servers/corpora.one"
    if [ $rc -eq 1 ] || [ $worst -eq 0 ]; then worst=$rc; fi
done
rm -f "$servers/corpora.one"
awk -F '\t' '{t += $4; c += $5} END {printf "%d corpora, %d tables and views, %d columns\n", NR, t, c}' "$servers/corpora.tsv"
exit $worst
