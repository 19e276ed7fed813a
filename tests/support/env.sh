# shellcheck shell=bash
# Sourced by the scripts that run dcscan from a build directory. Sets:
#   root      the repository
#   python    a Python that sees the Debian packages (a python3 found earlier on PATH may not)
#   dcscan    the program: $DCSCAN, else the one of build/
#   eval_dir  the evaluation directory: $DCSCAN_EVAL, else ../shared/eval beside the repository; it need not exist
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
python=python3
[ ! -x /usr/bin/python3 ] || python=/usr/bin/python3
dcscan=${DCSCAN:-$root/build/dcscan}
[ -x "$dcscan" ] || [ ! -x "$root/build/src/cli/dcscan" ] || dcscan=$root/build/src/cli/dcscan
eval_dir=${DCSCAN_EVAL:-$root/../shared/eval}
# Rules, dialects and report definitions come from the tree, not from what may be installed.
export DCSCAN_DATA=${DCSCAN_DATA:-$root}
# shellcheck disable=SC2034
readonly root python dcscan eval_dir
