#!/usr/bin/env bash
# Makes docs/images/report.png from the demonstration's report: docs/images/report.sh trabecula-demo
# It shows the page's own warning that all data is synthetic, the AUROCs, and four of the figures. Needs Chromium.
set -euo pipefail
report=$(readlink -f "${1:-trabecula-demo}")/sound/report.html
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat "$report" - >"$work/report.html" <<'STYLE'
<style>
main{display:grid;grid-template-columns:1fr 1fr;gap:0 22px;max-width:1000px;padding-top:6px}
main>*:not(.brand,h1,.lead,.cards,#figure-01,#figure-04,#figure-07,#figure-09){display:none}
.brand,h1,.lead,.cards{grid-column:1/-1}
main>.cards{grid-template-columns:repeat(5,1fr);gap:10px;margin:.4rem 0 .8rem}
.card{padding:8px 10px}.card b{font-size:1.7rem}.card span{font-size:.74rem}
figure{align-self:center;margin:.4rem 0}
#figure-04 svg{max-width:380px;margin:auto}
h1{font-size:1.6rem;margin:0}.lead{margin:.2rem 0}
figcaption{display:none}
</style>
STYLE
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/browser" \
    --blink-settings=preferredColorScheme=1 --window-size=1000,950 --screenshot="$here/report.png" "file://$work/report.html" 2>/dev/null
