#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the formatting and runs every test.
#   ./test.sh                        everything
#   ./test.sh Glcm Wavelet           the tests whose full name contains one of the words
#   ./test.sh -namespace '*Nifti*'   any option of the xunit.v3 runner
# The last line is "N passed, N failed, N skipped". Numeric code is tested as it ships: in Release.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

source eng/prerequisites.sh
require_dotnet
offer_xgboost

filter=()
for argument in "$@"; do
    if [[ $argument == -* || ${filter[*]:-} == -* ]]; then filter+=("$argument"); else filter+=(-method "*$argument*"); fi
done

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
faults=()
passed=0 failed=0 skipped=0

finish() {
    if ((${#faults[@]} > 0)); then printf '%s\n' "${faults[@]}"; fi
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0 && ${#faults[@]} == 0)) || exit 1
    exit 0
}

echo "Building ..."
if ! dotnet build Trabecula.slnx -c Release -v quiet >"$log/build" 2>&1; then
    grep -v ': warning ' "$log/build" | awk '!seen[$0]++'
    faults+=("The build failed; no test was run.")
    finish
fi

dotnet format whitespace --verify-no-changes --folder . --include src/ tests/ bench/ >"$log/format" 2>&1 ||
    faults+=("$(head -n 20 "$log/format")" "The formatting is not that of .editorconfig; cure: dotnet format whitespace --folder . --include src/ tests/ bench/")

for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "Testing $name ..."
    status=0
    dotnet "artifacts/bin/$name/release/$name.dll" -noColor -noLogo "${filter[@]}" >"$log/$name" 2>&1 || status=$?
    # What the reader needs: failures, skipped tests with their reason, and the runner's own complaints.
    grep -vE '^ *(Discovering|Discovered|Starting|Finished): |^xUnit\.net v3|=== TEST EXECUTION SUMMARY ===' "$log/$name" || true
    if [[ $(grep -E "^ *$name +Total: " "$log/$name" | tail -n 1) =~ Total:\ ([0-9]+)(,\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+))? ]]; then
        total=${BASH_REMATCH[1]} broken=$((${BASH_REMATCH[3]:-0} + ${BASH_REMATCH[4]:-0})) left_out=${BASH_REMATCH[5]:-0}
        failed=$((failed + broken)) skipped=$((skipped + left_out)) passed=$((passed + total - ${BASH_REMATCH[4]:-0} - left_out))
        if ((total == 0 && ${#filter[@]} == 0)); then faults+=("$name has no tests."); fi
        if ((status != 0 && broken == 0)); then faults+=("$name ended with exit code $status."); fi
    else
        faults+=("$name ended with exit code $status and without a summary.")
    fi
done

if ((passed + failed + skipped == 0)); then faults+=("No test was run."); fi
finish
