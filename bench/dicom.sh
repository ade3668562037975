#!/usr/bin/env bash
# Measures how fast DICOM is read, in every transfer syntax and from a series of 300 slices to its first feature, and writes it into docs/performance.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

shared=../shared
if [[ ! -d $shared/data/dicom-syntaxes ]]; then
    echo "Nothing measured: the slices are not in $shared beside the checkout." >&2
    exit 0
fi

source eng/prerequisites.sh
require_dotnet
dotnet build bench/Trabecula.Benchmarks -c Release -v quiet
artifacts/bin/Trabecula.Benchmarks/release/Trabecula.Benchmarks dicom "$(readlink -f "$shared")" docs/performance.md
