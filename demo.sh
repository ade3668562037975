#!/usr/bin/env bash
# Shows the whole way on data that it makes itself: ./demo.sh [FOLDER]
set -euo pipefail
out=${1:-trabecula-demo}
"$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/trabecula" demo --out "$out"
echo "The demo's files are in $(readlink -f "$out")"
