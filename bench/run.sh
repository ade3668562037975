#!/usr/bin/env bash
# Measures this checkout against the yardstick and writes docs/performance.md, but for what bench/study.sh and bench/tabnet.sh write there.
# About a quarter of an hour on two idle cores.
#   bench/run.sh                        every case
#   bench/run.sh OUT.md v01_3mm clinic  some cases, into a file of your choice
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

shared=../shared
if [[ ! -f $shared/bench/yardstick.c ]]; then
    echo "Nothing measured: the reference images and times are not in $shared beside the checkout." >&2
    exit 0
fi

source eng/prerequisites.sh
require_dotnet
command -v cc >/dev/null || install_packages gcc libc6-dev
command -v taskset >/dev/null || install_packages util-linux

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/yardstick" "$shared/bench/yardstick.c" -lm
./trabecula --version >/dev/null
dotnet build bench/Trabecula.Benchmarks -c Release -v quiet >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
DOTNET_ROOT=${DOTNET_ROOT:-$(dotnet_root)}
export DOTNET_ROOT

report=${1:-docs/performance.md}
artifacts/bin/Trabecula.Benchmarks/release/Trabecula.Benchmarks all "$(readlink -f "$shared")" \
    "$(readlink -f artifacts/launcher/current)/trabecula" "$work/yardstick" 0 "$report" "${@:2}"
echo "Written: $report"
