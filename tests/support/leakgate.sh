#!/bin/sh
# Wrapper for `meson test` on a sanitizer build: fails a test that left any report of AddressSanitizer or LeakSanitizer,
# whatever the test itself said, and lets UndefinedBehaviorSanitizer end what it complains about. Needed because Criterion's
# runner exits with 0 when a child process leaks, and because a leak in a dcscan that a test calls is reported by that
# dcscan alone.
# usage: meson test --wrapper "$PWD/tests/support/leakgate.sh"
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ASAN_OPTIONS="log_path=$dir/san:detect_leaks=1:detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
# gcc's UBSan takes no log file beside ASan, and goes on after a report: so let it end the process, which no test overlooks.
UBSAN_OPTIONS="halt_on_error=1:abort_on_error=1:print_stacktrace=1:${UBSAN_OPTIONS:-}"
LSAN_OPTIONS="suppressions=$here/lsan.supp:print_suppressions=0:${LSAN_OPTIONS:-}"
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS

"$@"
rc=$?
if ls "$dir"/san.* >/dev/null 2>&1; then
    cat "$dir"/san.* >&2
    exit 99
fi
exit $rc
