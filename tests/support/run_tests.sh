#!/bin/bash
# Build and test everything, in three builds, with private database servers around them:
#   gcc     warnings are errors; every suite
#   asan    gcc with AddressSanitizer and UndefinedBehaviorSanitizer, leaks fail; all suites that run the program
#   clang   warnings are errors; the same suites as asan
# usage: run_tests.sh [gcc|asan|clang]…      all three if none is named
# Builds in $DCSCAN_BUILD, else build-test/ in the tree. The last line is "N passed, N failed, N skipped"; exit 1 on any failure.
set -u
# shellcheck source-path=SCRIPTDIR source=env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
builds=${DCSCAN_BUILD:-$root/build-test}
support=$root/tests/support
cd "$root" || exit 1

# meson takes its options from the first word on; CC goes by the environment.
options_of() {
    case $1 in
    gcc) echo "-Dbuildtype=debugoptimized -Dwerror=true" ;;
    # Sanitizers make gcc guess wrongly about uninitialised values; warnings are judged in the other builds.
    asan) echo "-Dbuildtype=debug -Doptimization=1 -Dwerror=false -Db_sanitize=address,undefined" ;;
    clang) echo "-Dbuildtype=debugoptimized -Dwerror=true" ;;
    *) return 1 ;;
    esac
}

test_options_of() {
    case $1 in
    gcc) ;;
    asan) echo "--setup leakgate" ;;
    clang) echo "--no-suite style --no-suite support --no-suite e2e --no-suite plant" ;;
    esac
}

compiler_of() {
    case $1 in
    clang) echo clang ;;
    *) echo gcc ;;
    esac
}

build() { # name
    local dir=$builds/$1 options
    read -r -a options <<<"$(options_of "$1")"
    rm -f "$dir"/meson-logs/testlog*
    if [ ! -e "$dir/build.ninja" ]; then
        CC=$(compiler_of "$1") meson setup "$dir" "$root" -Dtests=enabled "${options[@]}" >"$dir.log" 2>&1 || { cat "$dir.log"; return 1; }
    fi
    ninja -C "$dir" >"$dir.log" 2>&1 || { grep -vE '^(\[[0-9]+/|ninja: Entering)' "$dir.log" | head -n 100; return 1; }
}

test_build() { # name
    local options
    read -r -a options <<<"$(test_options_of "$1")"
    echo "== $1"
    build "$1" || { echo "the build failed"; return 1; }
    meson test -C "$builds/$1" --no-rebuild --print-errorlogs "${options[@]}"
}

if [ $# -eq 0 ]; then set -- gcc asan clang; fi
for name in "$@"; do
    options_of "$name" >/dev/null || { echo "unknown build $name: gcc, asan or clang" >&2; exit 2; }
done

# Again with servers around us, so that the connector tests of all three builds share them.
if [ -z "${DCSCAN_SERVERS:-}" ] && [ -z "${DCSCAN_NO_SERVERS:-}" ]; then
    "$support/servers.sh" run -- "${BASH_SOURCE[0]}" "$@"
    rc=$?
    [ $rc -eq 77 ] || exit $rc
fi

mkdir -p "$builds"
dirs=()
for name in "$@"; do
    test_build "$name"
    dirs+=("$name=$builds/$name")
done
echo "== all"
exec "$python" "$support/summary.py" "${dirs[@]}"
