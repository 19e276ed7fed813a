#!/bin/sh
# Write DIR/odbcinst.ini with the ODBC drivers found on this machine, so that tests (ODBCSYSINI=DIR) don't depend on what
# the system has registered. Prints the names of the drivers found; no driver at all is exit 77.
# usage: odbcini.sh DIR [LIBRARY]     LIBRARY: the scripted driver of tests/driver, which need not be built yet
set -eu
dir=${1:?usage: odbcini.sh DIR [LIBRARY]}
scripted=${2:-}
mkdir -p "$dir"

find_driver() {
    for lib in /usr/lib/*/odbc/"$1" /usr/lib/*/"$1" /usr/lib/odbc/"$1" /usr/lib64/"$1" /usr/local/lib/"$1"; do
        if [ -e "$lib" ]; then
            printf '%s\n' "$lib"
            return
        fi
    done
}

found=
: >"$dir/odbcinst.ini.new"
add() { # section, library
    lib=$(find_driver "$2")
    if [ -z "$lib" ]; then
        return
    fi
    printf '[%s]\nDescription = %s\nDriver = %s\n\n' "$1" "$1" "$lib" >>"$dir/odbcinst.ini.new"
    found="$found${found:+, }$1"
}

add "SQLite3" libsqlite3odbc.so
add "PostgreSQL Unicode" psqlodbcw.so
add "PostgreSQL ANSI" psqlodbca.so
add "MariaDB Unicode" libmaodbc.so
add "MySQL ODBC 8.0 Unicode Driver" libmyodbc8w.so
add "FreeTDS" libtdsodbc.so
add "MDBTools" libmdbodbc.so
# A driver whose library is not there, for the tests of that message.
printf '[Missing Driver]\nDescription = its library does not exist\nDriver = %s/libmissingodbc.so\n\n' "$dir" >>"$dir/odbcinst.ini.new"

[ -z "$scripted" ] || printf '[Scripted]\nDescription = plays any DBMS from a script\nDriver = %s\n\n' "$scripted" >>"$dir/odbcinst.ini.new"

mv "$dir/odbcinst.ini.new" "$dir/odbcinst.ini"
[ -e "$dir/odbc.ini" ] || : >"$dir/odbc.ini"
echo "ODBC drivers: ${found:-none}"
[ -n "$found" ] || exit 77
