#!/usr/bin/env bash
# Runs the reference study (synthetic cohort, both variants, and ten real tables), prints the comparison with Python's results, and writes it
# into docs/conformance.md and docs/performance.md. Exit status 1 where a bound of the comparison is broken; each is then named.
#   bench/study.sh               the comparison with recorded results; of TabNet's 100 + 100 configurations the first ten of each
#   bench/study.sh --full        all of TabNet's configurations (minutes)
#   bench/study.sh --tabnet      the part about TabNet alone; --tabnet --full: with all of its configurations
#   bench/study.sh --python      also runs the Python stack beside it (minutes), on the same machine
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

shared=../shared
if [[ ! -d $shared/golden/study ]]; then
    echo "Nothing compared: the reference study is not in $shared beside the checkout." >&2
    exit 0
fi

source eng/prerequisites.sh
require_dotnet
dotnet build bench/Trabecula.Benchmarks -c Release -v quiet
benchmarks=artifacts/bin/Trabecula.Benchmarks/release/Trabecula.Benchmarks
shared=$(readlink -f "$shared")
full=()
[[ " $* " != *" --full "* ]] || full=(--full)
status=0
[[ " $* " == *" --tabnet "* ]] || "$benchmarks" study "$shared" docs/conformance.md docs/performance.md || status=$?
"$benchmarks" tabnet "$shared" docs/conformance.md docs/performance.md "${full[@]}" || status=$?

if [[ " $* " == *" --python "* ]]; then
    [[ -d /usr/lib/python3/dist-packages/sklearn && -d /usr/lib/python3/dist-packages/xgboost ]] ||
        install_packages python3-sklearn python3-xgboost python3-pandas
    echo "Python, variant clean, $(nproc) processes at a time: stage, wall seconds"
    /usr/bin/python3 bench/study_reference.py "$shared" "$(nproc)"
fi
exit "$status"
