#!/bin/bash
# Private PostgreSQL and MariaDB servers for tests: own data, own sockets, free ports on the loopback address, gone afterwards.
# Never touches a server of the system.
#
# usage: servers.sh start DIR [postgresql] [mariadb]     start (both if none is named) and describe them in DIR/env
#        servers.sh stop DIR                             stop them and remove their data
#        servers.sh kill DIR postgresql|mariadb          end one at once, as a crash would
#        servers.sh again DIR postgresql                start one that was killed, with its data, on its port
#        servers.sh run -- COMMAND      [ARG…]           start both, run the command with DIR/env in its environment, stop
#
# DIR/env is made to be sourced. It sets, for each server that runs:
#   DCSCAN_TEST_POSTGRESQL, DCSCAN_TEST_MARIADB     ODBC connection strings of the database dcscan_test, without credentials
#   DCSCAN_TEST_USER, DCSCAN_TEST_PASSWORD_FILE     a login that may only SELECT
#   DCSCAN_TEST_ADMIN, DCSCAN_TEST_ADMIN_PASSWORD_FILE
#   DCSCAN_PG_HOST _PORT _SOCKET, DCSCAN_MY_HOST _PORT _SOCKET
#   ODBCSYSINI, ODBCINI                             the drivers, and the DSNs dcscan_test_postgresql, dcscan_test_mariadb
#   DCSCAN_SERVERS                                  DIR
# Exit: 0 · 1 could not start · 2 usage · 77 no server is installed (skip).
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C.UTF-8
admin=dcscan_admin
reader=dcscan_ro

say() { echo "servers: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

# --- helpers ---------------------------------------------------------------------------------------------------------------

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

new_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Servers refuse to run as root: take the first of the named users that exists.
server_user() {
    local name
    if [ "$(id -u)" -ne 0 ]; then
        id -un
        return
    fi
    for name in "$@" nobody; do
        if id -u "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

# as USER COMMAND…: in the servers' directory, since the user may not be allowed where we stand.
as() { (as_exec "$@"); }

as_exec() { # the same in place of this shell
    local user=$1
    shift
    cd "$base" || exit 1
    export HOME=$base
    if [ "$(id -u)" -eq 0 ]; then
        exec setpriv --reuid="$(id -u "$user")" --regid="$(id -g "$user")" --clear-groups -- "$@"
    fi
    exec "$@"
}

own_dir() { # user, directory
    mkdir -p "$2" && chmod 700 "$2"
    if [ "$(id -u)" -eq 0 ]; then
        chown "$(id -u "$1"):$(id -g "$1")" "$2"
    fi
}

secret_file() { # path: made here, readable by the caller alone
    (umask 077 && new_password >"$1")
}

newest_pg_bin() {
    local bin
    bin=$(for d in /usr/lib/postgresql/*/bin; do [ -x "$d/initdb" ] && echo "$d"; done | sort -V | tail -n 1)
    if [ -z "$bin" ] && command -v initdb >/dev/null && command -v postgres >/dev/null; then
        bin=$(dirname "$(command -v postgres)")
    fi
    echo "$bin"
}

find_mariadbd() {
    command -v mariadbd || { [ -x /usr/sbin/mariadbd ] && echo /usr/sbin/mariadbd; }
}

has_server() { # name
    case $1 in
    postgresql) [ -n "$(newest_pg_bin)" ] ;;
    mariadb) [ -n "$(find_mariadbd)" ] && command -v mariadb-install-db >/dev/null && command -v mariadb >/dev/null ;;
    esac
}

# --- PostgreSQL ------------------------------------------------------------------------------------------------------------

pg_sql() { # database; statements on standard input
    PGPASSWORD=$(cat "$dir/secrets/admin") "$(newest_pg_bin)/psql" -X -q -v ON_ERROR_STOP=1 \
        -h "$base/pg" -p "$pg_port" -U "$admin" -d "$1"
}

pg_init() { # user
    local bin
    bin=$(newest_pg_bin)
    own_dir "$1" "$base/pg"
    install -m 600 "$dir/secrets/admin" "$base/pg/pw"
    [ "$(id -u)" -ne 0 ] || chown "$(id -u "$1")" "$base/pg/pw"
    as "$1" "$bin/initdb" -D "$base/pg/data" -U "$admin" --pwfile="$base/pg/pw" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 \
        --no-sync --no-instructions >"$dir/postgresql-init.log" 2>&1 || return 1
    rm -f "$base/pg/pw"
    as "$1" tee -a "$base/pg/data/postgresql.conf" >/dev/null <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$base/pg'
max_connections = 50
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
EOF
}

# A free port may be taken between the look and the start, so try again with another.
pg_start() {
    local user try
    user=$(server_user postgres)
    pg_init "$user" || fail "could not initialise PostgreSQL: see $dir/postgresql-init.log"
    for try in 1 2 3; do
        pg_port=$(free_port)
        if as "$user" "$(newest_pg_bin)/pg_ctl" -D "$base/pg/data" -w -t 60 -s -l "$base/pg/log" -o "-p $pg_port" start >/dev/null; then
            pg_populate || fail "could not fill the PostgreSQL test database"
            return
        fi
    done
    tail -n 20 "$base/pg/log" >&2
    fail "could not start PostgreSQL (tried $try times)"
}

pg_populate() {
    pg_sql postgres <<EOF && sed -e "s/@READER@/$reader/g" "$here/test_postgresql.sql" | pg_sql dcscan_test
CREATE ROLE $reader LOGIN PASSWORD '$(cat "$dir/secrets/$reader")';
CREATE DATABASE dcscan_test;
EOF
}

pg_env() {
    cat <<EOF
export DCSCAN_PG_HOST=127.0.0.1
export DCSCAN_PG_PORT=$pg_port
export DCSCAN_PG_SOCKET='$base/pg'
export DCSCAN_TEST_POSTGRESQL='Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=$pg_port;Database=dcscan_test'
EOF
}

# --- MariaDB ---------------------------------------------------------------------------------------------------------------

my_sql() { # statements on standard input
    mariadb --no-defaults --default-character-set=utf8mb4 -S "$base/my/socket" "$@"
}

my_init() { # user
    own_dir "$1" "$base/my"
    as "$1" mariadb-install-db --no-defaults --datadir="$base/my/data" --auth-root-authentication-method=normal --skip-test-db \
        --innodb-flush-method=nosync >"$dir/mariadb-init.log" 2>&1
}

my_launch() { # user; puts the server's process into its own session, so that an interrupt at the terminal is ours to handle
    as_exec "$1" setsid "$(find_mariadbd)" --no-defaults --datadir="$base/my/data" --socket="$base/my/socket" --pid-file="$base/my/pid" \
        --log-error="$base/my/log" --bind-address=127.0.0.1 --port="$my_port" --skip-name-resolve --skip-log-bin \
        --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci --performance-schema=OFF --max-connections=50 \
        --sql-mode=NO_ENGINE_SUBSTITUTION --innodb-strict-mode=OFF --innodb-buffer-pool-size=128M \
        --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=OFF </dev/null >/dev/null 2>&1 &
    my_child=$!
}

my_wait() { # until the server answers, or its process has gone
    local tick
    for tick in $(seq 1 300); do
        if mariadb-admin --no-defaults -u root -S "$base/my/socket" ping >/dev/null 2>&1; then
            return 0
        fi
        if ! kill -0 "$my_child" 2>/dev/null; then
            return 1
        fi
        sleep 0.2
    done
    say "MariaDB did not answer after $tick looks"
    return 1
}

my_start() {
    local user try
    user=$(server_user mysql)
    my_init "$user" || fail "could not initialise MariaDB: see $dir/mariadb-init.log"
    for try in 1 2 3; do
        my_port=$(free_port)
        my_launch "$user"
        if my_wait; then
            my_populate || fail "could not fill the MariaDB test database"
            return
        fi
        kill "$my_child" 2>/dev/null
        wait "$my_child" 2>/dev/null
    done
    tail -n 20 "$base/my/log" >&2
    fail "could not start MariaDB (tried $try times)"
}

my_populate() {
    my_sql -u root <<EOF && sed -e "s/@READER@/$reader/g" "$here/test_mariadb.sql" |
CREATE USER '$reader'@'%' IDENTIFIED BY '$(cat "$dir/secrets/$reader")';
CREATE USER '$admin'@'%' IDENTIFIED BY '$(cat "$dir/secrets/admin")';
GRANT ALL ON *.* TO '$admin'@'%' WITH GRANT OPTION;
DROP USER IF EXISTS ''@'localhost', ''@'$(hostname)';
ALTER USER root@localhost IDENTIFIED BY '$(cat "$dir/secrets/admin")';
CREATE DATABASE dcscan_test;
EOF
        MYSQL_PWD=$(cat "$dir/secrets/admin") my_sql -u "$admin" dcscan_test >/dev/null
}

my_env() {
    cat <<EOF
export DCSCAN_MY_HOST=127.0.0.1
export DCSCAN_MY_PORT=$my_port
export DCSCAN_MY_SOCKET='$base/my/socket'
export DCSCAN_TEST_MARIADB='Driver={MariaDB Unicode};Server=127.0.0.1;Port=$my_port;Database=dcscan_test;CHARSET=utf8mb4'
EOF
}

# --- commands --------------------------------------------------------------------------------------------------------------

common_env() {
    cat <<EOF
export DCSCAN_SERVERS='$dir'
export DCSCAN_TEST_USER=$reader
export DCSCAN_TEST_PASSWORD_FILE='$dir/secrets/$reader'
export DCSCAN_TEST_ADMIN=$admin
export DCSCAN_TEST_ADMIN_PASSWORD_FILE='$dir/secrets/admin'
export ODBCSYSINI='$dir/odbc'
export ODBCINI='$dir/odbc/odbc.ini'
EOF
}

# dsn NAME CONNECTION_STRING: the same keys, one a line. In an ini file psqlODBC knows its server by another key.
dsn() {
    local server_key=Server
    case $2 in
    *PostgreSQL*) server_key=Servername ;;
    esac
    printf '[%s]\n%s\n\n' "$1" "$(printf '%s' "$2" | tr ';' '\n' | sed -e "s/^Server=/$server_key=/" -e 's/=/ = /' -e 's/[{}]//g')"
}

write_env() { # servers
    local name
    "$here/odbcini.sh" "$dir/odbc" >/dev/null || say "no ODBC driver found"
    common_env >"$dir/env.new"
    for name in "$@"; do
        case $name in
        postgresql) pg_env ;;
        mariadb) my_env ;;
        esac
    done >>"$dir/env.new"
    : >"$dir/odbc/odbc.ini"
    (
        # shellcheck disable=SC1091
        . "$dir/env.new"
        [ -z "${DCSCAN_TEST_POSTGRESQL:-}" ] || dsn dcscan_test_postgresql "$DCSCAN_TEST_POSTGRESQL"
        [ -z "${DCSCAN_TEST_MARIADB:-}" ] || dsn dcscan_test_mariadb "$DCSCAN_TEST_MARIADB"
    ) >>"$dir/odbc/odbc.ini"
    mv "$dir/env.new" "$dir/env"
}

installed_of() {
    local name
    for name in "$@"; do
        if has_server "$name"; then
            echo "$name"
        else
            say "$name is not installed"
        fi
    done
}

start() {
    local names
    if [ $# -eq 0 ]; then
        set -- postgresql mariadb
    fi
    mapfile -t names < <(installed_of "$@")
    if [ ${#names[@]} -eq 0 ]; then
        say "skipped: no server is installed"
        exit 77
    fi
    stop # leftovers of a run that was killed
    mkdir -p "$dir/secrets" && chmod 700 "$dir/secrets"
    secret_file "$dir/secrets/admin"
    secret_file "$dir/secrets/$reader"
    # A socket's path has to stay under 100 characters, and the servers' users must get there: so never inside DIR.
    base=$(mktemp -d "${TMPDIR:-/tmp}/dcs.XXXXXX") || fail "could not make a directory for the servers"
    chmod 711 "$base"
    [ ${#base} -le 80 ] || fail "the path of $base is too long for a socket: set TMPDIR to a shorter one"
    echo "$base" >"$dir/base"
    trap 'stop' EXIT
    for name in "${names[@]}"; do
        case $name in
        postgresql) pg_start ;;
        mariadb) my_start ;;
        esac
    done
    write_env "${names[@]}"
    trap - EXIT
    say "${names[*]} running, described in $dir/env"
}

# Our server's process id, if it is alive and really ours: its command line names our directory.
server_pid() { # name
    local file pid
    case $1 in
    postgresql) file=$base/pg/data/postmaster.pid ;;
    mariadb) file=$base/my/pid ;;
    esac
    pid=$(head -n 1 "$file" 2>/dev/null) || return 0
    if [ -r "/proc/${pid:-none}/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$base"; then
        echo "$pid"
    fi
}

end_server() { # name, first signal
    local pid tick
    pid=$(server_pid "$1")
    [ -n "$pid" ] || return 0
    kill -s "$2" "$pid"
    for tick in $(seq 1 100); do
        [ -d "/proc/$pid" ] || return 0
        sleep 0.1
    done
    say "$1 ignored SIG$2 for $((tick / 10)) s"
    kill -s KILL "$pid"
    sleep 0.5
}

stop() {
    [ -r "$dir/base" ] || return 0
    base=$(cat "$dir/base")
    end_server postgresql INT # "fast": ends sessions, then itself
    end_server mariadb TERM
    case $base in
    */dcs.??????) rm -rf -- "$base" ;;
    esac
    rm -rf -- "$dir/base" "$dir/env" "$dir/secrets" "$dir/odbc"
}

kill_one() { # name
    base=$(cat "$dir/base") || fail "no servers in $dir"
    case $1 in
    postgresql) end_server postgresql QUIT ;; # "immediate": every session ends at once
    mariadb) end_server mariadb KILL ;;
    *) exit 2 ;;
    esac
}

again() { # name
    [ "$1" = postgresql ] || exit 2
    base=$(cat "$dir/base") || fail "no servers in $dir"
    # shellcheck disable=SC1091
    . "$dir/env"
    as "$(server_user postgres)" "$(newest_pg_bin)/pg_ctl" -D "$base/pg/data" -w -t 60 -s -l "$base/pg/log" -o "-p $DCSCAN_PG_PORT" start >/dev/null ||
        fail "could not start $1 again"
}

run() {
    local rc
    dir=$(mktemp -d "${TMPDIR:-/tmp}/dcs-run.XXXXXX")
    trap 'stop; rm -rf -- "$dir"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    (start)
    rc=$?
    [ $rc -eq 0 ] || exit $rc
    set -a
    # shellcheck disable=SC1091
    . "$dir/env"
    set +a
    "$@"
    rc=$?
    exit $rc
}

usage() {
    sed -n '2,/^set -u/p' "${BASH_SOURCE[0]}" | sed -e '/^set -u/d' -e 's/^# \{0,1\}//' >&2
    exit 2
}

command=${1:-}
[ $# -ge 2 ] || usage
shift
case $command in
start | stop | kill | again)
    mkdir -p "$1" || fail "could not make the directory $1"
    dir=$(cd "$1" && pwd) || fail "could not use the directory $1"
    shift
    ;;
esac
case $command in
start) start "$@" ;;
stop) stop ;;
kill) kill_one "${1:?which server?}" ;;
again) again "${1:?which server?}" ;;
run)
    [ "$1" = "--" ] && shift
    [ $# -ge 1 ] || usage
    run "$@"
    ;;
*) usage ;;
esac
