#!/bin/bash
# The whole job on everything there is: makes the sample plant, starts private servers, loads the labelled real schemas, scans
# all of it in one run to JSON Lines and a workbook, and scores the result.
#
# usage: run.sh [--no-score] OUTDIR
# Leaves in OUTDIR: plant/ (databases, labels.csv), dcscan.yaml, result.jsonl, result.xlsx, inventory.db, scan.log, and in
# figures.txt what was measured. With DCSCAN_SERVERS set (servers.sh run), those servers are used and left running; otherwise
# its own are started, and stopped at the end. Without an evaluation directory or servers only the plant is scanned.
# Environment: DCSCAN, DCSCAN_EVAL (tests/support/env.sh).
# Exit: that of the scan where it is neither 0 nor 5 (incomplete, which is told); 1 when a step before it failed.
set -u
# shellcheck source-path=SCRIPTDIR source=../support/env.sh
. "$(dirname "$0")/../support/env.sh"
score=yes
if [ "${1:-}" = "--no-score" ]; then
    score=no
    shift
fi
[ $# -eq 1 ] || { sed -n '2,/^set -u/p' "$0" | grep '^#' | cut -c 3- >&2; exit 2; }
mkdir -p "$1" && out=$(cd "$1" && pwd) || exit 1
own_servers=

step() { echo "eval: $*" >&2; }
die() {
    step "$*"
    exit 1
}
finish() {
    [ -z "$own_servers" ] || "$root/tests/support/servers.sh" stop "$own_servers"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_plant() {
    if [ ! -e "$out/plant/dcscan.yaml" ]; then
        step "making the sample plant"
        "$python" "$root/tests/plant/generate.py" "$out/plant" >"$out/plant.log" 2>&1 || { cat "$out/plant.log" >&2; die "could not make the sample plant"; }
    fi
}

# Sets servers to the directory that describes them, or to nothing.
get_servers() {
    servers=${DCSCAN_SERVERS:-}
    if [ -z "$servers" ] && [ -d "$eval_dir/corpora" ]; then
        "$root/tests/support/servers.sh" start "$out/servers"
        case $? in
        0) servers=$out/servers own_servers=$out/servers ;;
        77) step "skipped: no server, so no corpora" ;;
        *) die "could not start the servers" ;;
        esac
    fi
    if [ -n "$servers" ]; then
        # shellcheck disable=SC1091
        . "$servers/env"
    fi
}

load_corpora() {
    [ -n "$servers" ] || return 0
    "$root/tests/support/load_corpora.sh" "$servers" "$eval_dir" >"$out/corpora.txt"
    case $? in
    0) cat "$out/corpora.txt" >&2 ;;
    77) step "skipped: not all corpora could be loaded" ;;
    *) die "could not load the corpora" ;;
    esac
}

make_config() {
    local arguments=("$out/plant/dcscan.yaml" "$out/dcscan.yaml" "$out/inventory.db")
    if [ -n "$servers" ] && [ -s "$servers/corpora.tsv" ]; then
        arguments+=("$servers")
    fi
    "$python" "$root/tests/eval/make_config.py" "${arguments[@]}" >&2 || die "could not write the configuration"
}

scan() {
    local start rc
    rm -f "$out"/result.* "$out"/inventory.db*
    start=$(date +%s.%N)
    "$dcscan" scan --config "$out/dcscan.yaml" -o "$out/result.jsonl" -o "$out/result.xlsx" >"$out/scan.out" 2>"$out/scan.log"
    rc=$?
    awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN {printf "%.2f\n", b - a}' >"$out/scan.seconds"
    echo $rc >"$out/scan.exit"
    step "dcscan scan: exit $rc after $(cat "$out/scan.seconds") s"
    case $rc in
    0) ;;
    5) step "incomplete: what could not be read stands in the inventory with its reason, and in $out/scan.log" ;;
    *)
        tail -n 40 "$out/scan.log" >&2
        exit $rc
        ;;
    esac
}

score() {
    echo "== sample plant (tests/eval/accuracy.py)"
    "$python" "$root/tests/eval/accuracy.py" "$out/plant/labels.csv" "$out/result.jsonl"
    [ -n "$servers" ] && [ -s "$servers/corpora.tsv" ] || return 0
    echo "== corpora"
    local labels
    labels=$(cut -f 1 "$servers/corpora.tsv" | sed "s|.*|$eval_dir/labels/&.csv|" | paste -s -d ,)
    if [ -e "$eval_dir/score.py" ]; then
        "$python" "$eval_dir/score.py" "$labels" "$out/result.jsonl"
    else
        "$python" "$root/tests/eval/accuracy.py" "$labels" "$out/result.jsonl"
    fi
}

[ -x "$dcscan" ] || die "there is no $dcscan: build first, or set DCSCAN"
make_plant
get_servers
load_corpora
make_config
# Which corpora were scanned is of interest after the servers have gone.
[ -z "$servers" ] || cp "$servers/corpora.tsv" "$out/corpora.tsv" 2>/dev/null
scan
if [ $score = yes ]; then
    score | tee "$out/figures.txt"
fi
