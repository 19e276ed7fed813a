#!/bin/bash
# How long it takes to load, check and compile the shipped taxonomy: reading 43 files, patterns, lexicon, classifier.
#
# usage: taxonomy.sh [RUNS]
# Prints the median processor time of RUNS (20) starts and, where valgrind is installed, the instructions of one: the first depends on the
# machine, the second does not. Environment: DCSCAN (tests/support/env.sh).
set -eu
# shellcheck source-path=SCRIPTDIR source=../support/env.sh
. "$(dirname "$0")/../support/env.sh"
runs=${1:-20}

TIMEFORMAT='%U %S'
for _ in $(seq "$runs"); do
    { time "$dcscan" taxonomy list >/dev/null 2>&1; } 2>&1
done | awk '{print 1000 * ($1 + $2)}' | sort -n | awk '{t[NR] = $1} END {printf "load and compile: %d ms of processor time (median of %d)\n", t[int((NR + 1) / 2)], NR}'
if command -v valgrind >/dev/null; then
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$dcscan" taxonomy list 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\)/\1/p' | awk '{printf "load and compile: %d million instructions\n", $1 / 1000000}'
fi
