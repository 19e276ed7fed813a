#!/bin/bash
# Scan time against the bare fetch: makes the sample plant, starts private servers, loads the labelled schemas and wide tables
# (wide.py), then measures dcscan and bench_bare_fetch in interleaved rounds over the same statements, and prints medians and ratios per DBMS.
# usage: run.sh [OUTDIR [ROUNDS]]      (build/bench, 7)
# Not a test: figures of a busy machine mean nothing. Only ratios inside one table are meant. Build with --buildtype=release.
# Environment: DCSCAN, DCSCAN_EVAL (tests/support/env.sh), BARE_FETCH.
set -u
# shellcheck source-path=SCRIPTDIR source=../support/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../support/env.sh"
out=${1:-$root/build/bench} rounds=${2:-7}
bare=${BARE_FETCH:-$root/build/tests/bench/bench_bare_fetch}
[ -x "$bare" ] || { echo "bench: there is no $bare: build with -Dtests=enabled, or set BARE_FETCH" >&2; exit 1; }

if [ -z "${DCSCAN_SERVERS:-}" ] && [ -d "$eval_dir/corpora" ]; then
    "$root/tests/support/servers.sh" run -- "${BASH_SOURCE[0]}" "$@"
    rc=$?
    [ $rc -eq 77 ] || exit $rc
fi
# The scan of the preparation warms the caches.
"$root/tests/eval/run.sh" --no-score "$out" || exit
"$python" "$root/tests/bench/wide.py" "$out/dcscan.yaml" "$out/bench.yaml" "$out" || exit
exec "$python" "$root/tests/bench/compare.py" --dcscan "$dcscan" --bare "$bare" --config "$out/bench.yaml" --out "$out" --rounds "$rounds"
