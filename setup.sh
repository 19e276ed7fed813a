#!/bin/sh
# Set dcscan up on Debian 12, as root or with sudo. Both commands may be repeated; what is there already is left alone.
#
#   ./setup.sh demo [DIR]     install what is needed, build, make the sample plant in DIR (build/plant), scan it, and say
#                             where the workbook is
#   ./setup.sh test [BUILD…]  install what the tests need, build and run all of them; the last line is
#                             "N passed, N failed, N skipped". BUILD: gcc, asan, clang (all three)
#
# Packages come from apt-get alone, and only those that are missing. No server of the system is started, stopped or changed (but that the
# package munge, of Slurm, starts its own where there is systemd): the tests bring their own up, on free ports of the loopback address,
# and take them down.
set -eu
cd "$(dirname "$0")"
root=$(pwd)

BUILD_PACKAGES="build-essential meson ninja-build pkg-config unixodbc unixodbc-dev libpcre2-dev libyaml-dev
    libxlsxwriter-dev libminizip-dev zlib1g-dev libexpat1-dev libjansson-dev libyajl-dev libutf8proc-dev libxxhash-dev nettle-dev unicode-data python3 libsqliteodbc"
# Of MariaDB the server without its service is enough.
TEST_PACKAGES="libcriterion-dev odbc-postgresql odbc-mariadb odbc-mdbtools postgresql mariadb-server-core mariadb-client clang clang-format
    cppcheck valgrind python3-openpyxl python3-yaml sqlite3
    slurmctld slurmd slurm-client munge"

say() { echo "setup: $*" >&2; }
die() {
    say "$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        die "could not install packages: neither root nor sudo; missing are: $missing"
    fi
}

is_installed() { # package
    [ "$(dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | head -n 1)" = installed ]
}

missing_of() { # packages
    for package in "$@"; do
        is_installed "$package" || printf '%s ' "$package"
    done
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" >>"$apt_log" 2>&1
}

# PostgreSQL's package makes and starts a cluster when it comes; a setting that it reads keeps it from that, and goes again.
NO_CLUSTER=/etc/postgresql-common/createcluster.d/00-dcscan-setup.conf

forbid_cluster() {
    as_root mkdir -p "${NO_CLUSTER%/*}"
    echo "create_main_cluster = false" | as_root tee "$NO_CLUSTER" >/dev/null
    trap 'as_root rm -f "$NO_CLUSTER"' EXIT
}

allow_cluster() {
    as_root rm -f "$NO_CLUSTER"
    trap - EXIT
    # With no cluster the service has nothing to start; still, it was not there before, so it shall not be enabled either.
    # (update-rc.d also sees to systemd's links, whether systemd is there or not.)
    as_root update-rc.d postgresql disable >>"$apt_log" 2>&1 || :
}

install_packages() { # packages
    missing=$(missing_of "$@")
    new_server=no
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null 2>&1 || die "could not install packages: this is no Debian; needed are: $missing"
    say "installing $missing"
    apt_log=$(mktemp)
    apt update || say "could not refresh the package lists; going on with those at hand"
    case " $missing" in
    *" postgresql "*) is_installed postgresql-common || new_server=yes ;;
    esac
    [ $new_server = no ] || forbid_cluster
    # shellcheck disable=SC2086 # a list of words
    if ! apt install --no-install-recommends $missing; then
        tail -n 30 "$apt_log" >&2
        die "could not install packages: see above, or $apt_log"
    fi
    [ $new_server = no ] || allow_cluster
    rm -f "$apt_log"
}

build() {
    say "building in build/"
    build_log=$(mktemp)
    if [ ! -e build/build.ninja ]; then
        meson setup build --buildtype=release -Dwerror=false -Dtests=disabled >"$build_log" 2>&1 || { cat "$build_log" >&2; die "could not configure the build"; }
    fi
    ninja -C build >"$build_log" 2>&1 || { tail -n 60 "$build_log" >&2; die "could not build"; }
    rm -f "$build_log"
}

scan_plant() { # directory
    rc=0
    DCSCAN_DATA=$root build/dcscan scan --config "$1/dcscan.yaml" -o "$1/inventory.xlsx" -o "$1/inventory.jsonl" || rc=$?
    case $rc in
    0) say "scan complete" ;;
    5) say "scan incomplete (exit code 5): some tables could not be read. The plant holds such tables on purpose; the workbook lists each with its reason." ;;
    *) die "could not scan the sample plant (exit code $rc)" ;;
    esac
}

demo() { # directory
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES
    build
    say "making the sample plant in $1"
    python3 tests/plant/generate.py "$1" >/dev/null
    scan_plant "$1"
    plant=$(cd "$1" && pwd)
    cat <<EOF

The grading inventory of the sample plant: $plant/inventory.xlsx
The same, a JSON object a column:          $plant/inventory.jsonl
Sources of that scan:                      $plant/dcscan.yaml
The program:                               $root/build/dcscan
EOF
}

# Of Debian's mrtg-contrib only the Access file among its examples is wanted: unpacked beside the builds, not installed.
fetch_access_file() { # directory
    [ -z "${DCSCAN_TEST_MDB:-}" ] || return 0
    mkdir -p "$1"
    if [ ! -e "$1/Monitor.mdb" ]; then
        (cd "$1" && apt-get -q download mrtg-contrib && dpkg-deb --fsys-tarfile mrtg-contrib_*.deb | tar -xf - --wildcards --strip-components=8 '*/Monitor.mdb') \
            >"$1/log" 2>&1 || { say "could not fetch an Access file: its tests are skipped"; return 0; }
    fi
    DCSCAN_TEST_MDB=$1/Monitor.mdb
    export DCSCAN_TEST_MDB
}

run_tests() { # builds
    # shellcheck disable=SC2086
    install_packages $BUILD_PACKAGES $TEST_PACKAGES
    fetch_access_file "$root/build-test/access"
    exec tests/support/run_tests.sh "$@"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
demo) demo "${1:-build/plant}" ;;
test) run_tests "$@" ;;
*)
    sed -n '2,/^set -eu/p' "$0" | grep '^#' | cut -c 3- >&2
    exit 2
    ;;
esac
