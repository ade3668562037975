#!/usr/bin/env bash
# Runs the reference study (synthetic cohort, both variants, and ten real tables), prints the comparison with Python's results, and writes it
# into docs/conformance.md and docs/performance.md.
#   bench/study.sh               the comparison with recorded results
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
artifacts/bin/Trabecula.Benchmarks/release/Trabecula.Benchmarks study "$(readlink -f "$shared")" docs/conformance.md docs/performance.md

if [[ ${1:-} == --python ]]; then
    [[ -d /usr/lib/python3/dist-packages/sklearn && -d /usr/lib/python3/dist-packages/xgboost ]] ||
        install_packages python3-sklearn python3-xgboost python3-pandas
    echo "Python, variant clean, $(nproc) processes at a time: stage, wall seconds"
    /usr/bin/python3 bench/study_reference.py "$shared" "$(nproc)"
fi
