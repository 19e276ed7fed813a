#!/bin/sh
# cppcheck over the product; any finding fails. Skipped (77) where cppcheck is not installed.
# usage: cppcheck.sh [ROOT [CACHE_DIR]]
set -u
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cache=${2:-}
command -v cppcheck >/dev/null 2>&1 || { echo "skipped: cppcheck is not installed"; exit 77; }
cd "$root" || exit 1

suppressions=
[ ! -e tests/style/cppcheck.supp ] || suppressions=tests/style/cppcheck.supp

set --
for place in src connectors reports tests/bench; do
    if [ -n "$(find "$place" -name '*.c' 2>/dev/null | head -n 1)" ]; then
        set -- "$@" "$place"
    fi
done
if [ $# -eq 0 ]; then echo "skipped: no C file below $root"; exit 77; fi

if [ -n "$cache" ]; then
    mkdir -p "$cache" && set -- "--cppcheck-build-dir=$cache" "$@"
fi
exec cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -j 2 \
    --enable=warning,performance,portability \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    ${suppressions:+"--suppressions-list=$suppressions"} \
    --template='{file}:{line}: {severity}: {message} [{id}]' -I include "$@"
