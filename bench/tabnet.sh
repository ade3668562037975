#!/usr/bin/env bash
# Measures fits of TabNet beside PyTorch's, in turn on one machine and one core each, and writes the blocks of docs/performance.md.
# bench/study.sh measures the whole search.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

shared=../shared
if [[ ! -d $shared/golden/study ]]; then
    echo "Nothing measured: the reference study is not in $shared beside the checkout." >&2
    exit 0
fi

source eng/prerequisites.sh
require_dotnet
dotnet build bench/Trabecula.Benchmarks -c Release -v quiet
[[ -d /usr/lib/python3/dist-packages/torch ]] || install_packages python3-torch libopenblas0-pthread
OMP_NUM_THREADS=1 artifacts/bin/Trabecula.Benchmarks/release/Trabecula.Benchmarks tabnet-fits \
    "$(readlink -f "$shared")" docs/performance.md /usr/bin/python3 bench/tabnet_reference.py
