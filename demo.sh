#!/usr/bin/env bash
# Shows the whole way on data that it makes itself: ./demo.sh [FOLDER] [OPTIONS], as in ./demo.sh out --full
set -euo pipefail
out=trabecula-demo
if [[ $# -gt 0 && $1 != -* ]]; then
    out=$1
    shift
fi
"$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/trabecula" demo --out "$out" "$@"
echo "The demo's files are in $(readlink -f "$out")"
