#!/usr/bin/env bash
# Measures the differences from PyRadiomics again and writes them into docs/conformance.md.
# The rows over open data are measured only where that data lies beside the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=../eng/prerequisites.sh
source eng/prerequisites.sh
require_dotnet
TRABECULA_WRITE_CONFORMANCE="$(date -u +%Y-%m-%d)" dotnet run -c Release --project tests/Trabecula.Radiomics.Tests -- \
    -class '*.ConformanceDocumentTests'
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git --no-pager diff --stat -- docs/conformance.md
fi
