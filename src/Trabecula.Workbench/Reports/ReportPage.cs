using Trabecula.Workbench.Reports.Raster;

namespace Trabecula.Workbench.Reports;

/// <summary>The frame of a report: one file without scripts or addresses of other files; light, dark and for print.</summary>
internal static class ReportPage
{
    // Colours: Okabe and Ito's set, which stays apart for every common colour vision; lines also differ in their dashes.
    internal const string Style = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b2733;--soft:#53616f;--line:#d8dee5;--panel:#f5f7f9;--blue:#0072b2;--orange:#c04f00;--mark:#e69f00;--note:#fff6e0}
        @media (prefers-color-scheme:dark){:root{--paper:#12171d;--ink:#e4e9ee;--soft:#9fadba;--line:#333e49;--panel:#1a2129;--blue:#56b4e9;--orange:#f08a3c;--mark:#f0b429;--note:#2b2413}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,Trabecula,sans-serif}
        main{max-width:920px;margin:0 auto;padding:28px 24px 56px}
        .notice{background:var(--note);border-bottom:2px solid var(--mark);padding:9px 24px;text-align:center}
        .brand{color:var(--soft);font-size:.82rem;letter-spacing:.09em;text-transform:uppercase;margin:14px 0 2px}
        h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem;letter-spacing:-.015em}
        h2{font-size:1.2rem;margin:2.6rem 0 .6rem;padding-top:1.1rem;border-top:1px solid var(--line)}
        p{margin:.5rem 0 .8rem;max-width:72ch}
        .lead{color:var(--soft);font-size:1.06rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:16px;margin:1.4rem 0 1rem}
        .card{background:var(--panel);border:1px solid var(--line);border-left:5px solid var(--blue);border-radius:6px;padding:14px 18px}
        .card.truth{border-left-color:var(--orange)}
        .card b{display:block;font-size:2.3rem;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
        .card span{display:block;color:var(--soft);font-size:.92rem}
        .card .name{color:var(--ink);font-weight:600}
        figure{margin:1rem 0}
        figcaption{color:var(--soft);font-size:.9rem;max-width:76ch;margin-top:.4rem}
        .figure{display:block;width:100%;max-width:520px;height:auto;font-family:Trabecula,sans-serif}
        .figure.wide{max-width:872px}
        .grid{stroke:var(--line);stroke-width:1;fill:none}
        .diagonal{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4;fill:none}
        .zero{stroke:var(--soft);stroke-width:1;fill:none}
        .curve{fill:none;stroke-width:2.4;stroke-linejoin:round}
        .model{stroke:var(--blue)}
        .series-0{stroke:var(--blue)}
        .series-1{stroke:var(--orange);stroke-dasharray:7 4}
        .series-2{stroke:#009e73;stroke-dasharray:2 3}
        .series-3{stroke:#cc79a7;stroke-dasharray:11 3 2 3}
        .series-4{stroke:var(--mark);stroke-dasharray:4 2}
        .series-5{stroke:var(--soft);stroke-dasharray:12 4}
        .box{fill:var(--panel);stroke:var(--line);stroke-width:1}
        td.words,th.words{text-align:left}
        tr.off th,tr.off td{opacity:.55}
        .true-risk{stroke:var(--orange);stroke-dasharray:7 4}
        .event{fill:var(--orange)}
        .no-event{fill:var(--paper);stroke:var(--blue);stroke-width:1.7}
        .raises{fill:var(--blue)}
        .lowers{fill:var(--orange)}
        .figure text{fill:var(--ink)}
        .tick{font-size:12px;fill:var(--soft);font-variant-numeric:tabular-nums}
        .axis,.legend{font-size:13px}
        .feature{font-size:12px}
        .feature.small{font-size:10.5px}
        .refit{stroke:var(--soft);stroke-width:1;stroke-opacity:.6;fill:none}
        .mask-none{fill:#fbfbf5;stroke:none}
        .mask-event{fill:none;stroke:var(--orange);stroke-width:1.2}
        .slices,.plots{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px}
        .slices figure,.plots figure{margin:0}
        .slices .pair{display:grid;grid-template-columns:49.92fr 43.68fr;align-items:center;gap:4px;background:#000;padding:4px;border-radius:6px}
        .slice{display:block;width:100%;height:auto}
        .outline{fill:none;stroke:#f0b429;stroke-width:1.6;vector-effect:non-scaling-stroke;stroke-linecap:square}
        .contents ol{columns:3 190px;column-gap:28px;padding:0;margin:1.2rem 0 0;font-size:.93rem}
        .contents li{break-inside:avoid;margin:0 0 .3rem 1.9rem}
        a{color:var(--blue)}
        .paper{color:var(--soft)}
        .files a{font-size:.82rem;margin-left:.5em}
        .label{margin:.9rem 0 0}
        .plan{font-size:.78rem}
        .table{overflow-x:auto}
        table{border-collapse:collapse;font-size:.95rem;font-variant-numeric:tabular-nums;margin:.6rem 0}
        th,td{text-align:right;padding:5px 16px 5px 0;border-bottom:1px solid var(--line)}
        th:first-child,td:first-child{text-align:left}
        thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
        tbody th{font-weight:500}
        .data{font-size:.86rem}
        .data th,.data td{padding-right:11px}
        .data tbody th{min-width:8rem}
        .dense{font-size:.78rem}
        .dense th,.dense td{padding-right:8px}
        .dense tbody th{min-width:0}
        .facts td{text-align:left;overflow-wrap:anywhere}
        code,pre{font:.88rem Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",Trabecula,monospace}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:12px 14px;overflow-x:auto}
        li{margin:.25rem 0;max-width:76ch}
        footer{color:var(--soft);font-size:.88rem;border-top:1px solid var(--line);margin-top:2.6rem;padding-top:1rem}
        @media (max-width:640px){.slices,.plots{grid-template-columns:1fr}h1{font-size:1.6rem}}
        @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--panel:#fff;--blue:#0072b2;--orange:#c04f00;--mark:#e69f00;--note:#fff}
        @page{margin:16mm 15mm}body{font-size:10.5pt}h1{font-size:1.55rem}main{max-width:none;padding:8px 0 0}.notice{padding:4px 0;font-size:.85rem}.cards{grid-template-columns:1fr 1fr}
        figure,table,.card,pre{break-inside:avoid}h2,h3,h4,.label{break-after:avoid}.table+p,figcaption{break-before:avoid}p{orphans:3;widows:3}h2{margin-top:1.4rem}.figure.wide{max-width:100%}.files{display:none}pre.plan{break-inside:auto;white-space:pre-wrap}.table{overflow:visible}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;

    /// <summary>The fonts that pictures are laid out for, so that no label runs into another on a machine with others.</summary>
    private static readonly Lazy<string> s_fonts = new(() => $"{Face(TrueTypeFont.Regular, 400)}\n{Face(TrueTypeFont.Bold, 700)}");

    private static string Face(TrueTypeFont font, int weight) =>
        FormattableString.Invariant($"@font-face{{font-family:Trabecula;font-weight:{weight};src:url(data:font/ttf;base64,{Convert.ToBase64String(font.File)})}}");

    /// <summary>A whole page around its body.</summary>
    internal static string Render(string title, string notice, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>{Html.Text(title)}</title>
        <style>
        {Style}
        {s_fonts.Value}
        </style>
        </head>
        <body>
        <div class="notice" role="note">{notice}</div>
        <main>
        {body}
        </main>
        </body>
        </html>

        """.ReplaceLineEndings("\n");
}
