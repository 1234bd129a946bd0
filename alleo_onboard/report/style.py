"""The CSS of the HTML report: the wizard's colours, light and dark, for screen and A4."""

from __future__ import annotations

from alleo_onboard.presentation.palette import DARK, LIGHT, Palette

_RULES = """
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--background);color:var(--foreground);
 font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Helvetica,Arial,sans-serif}
main,footer{max-width:1240px;margin:0 auto;padding:0 28px}
main{padding-top:36px}
h1{font-size:30px;line-height:1.2;margin:0 0 10px;letter-spacing:-.01em}
h2{font-size:19px;line-height:1.3;margin:44px 0 12px}
h3{font-size:15px;line-height:1.35;margin:0 0 10px}
p{margin:0 0 6px}
.sentence{font-size:18px;max-width:62ch}
.made{color:var(--quiet);margin:0 0 14px}
.numbers{display:flex;flex-wrap:wrap;gap:12px;margin:26px 0 0;padding:0;list-style:none}
.numbers li{flex:1 1 150px;padding:14px 18px 12px;background:var(--surface);border-top:4px solid var(--shade);border-radius:3px}
.numbers b{display:block;font-size:34px;line-height:1.15;font-variant-numeric:tabular-nums;letter-spacing:-.02em;white-space:nowrap}
.numbers span{color:var(--quiet)}
.cautions{margin:22px 0 0;padding:12px 18px;list-style:none;border-left:4px solid var(--warning);background:var(--surface)}
.cautions li{padding:3px 0 3px 18px;text-indent:-18px}
.cautions b{display:inline-block;width:18px;text-indent:0;color:var(--warning)}
.charts{columns:2 420px;column-gap:20px;margin-bottom:20px}
.charts figure:last-child{margin-bottom:0}
figure{margin:0 0 20px;break-inside:avoid;padding:18px 20px 14px;background:var(--surface);border-radius:3px}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{fill:var(--foreground);font-size:13px}
svg .quiet{fill:var(--quiet)}
svg .now{font-weight:700}
svg .axis{stroke:var(--bar);stroke-width:1}
.sync,.money{fill:var(--sync)}.skip{fill:var(--skip)}.mend,.leaves{fill:var(--mend)}.other{fill:var(--secondary)}.joins{fill:var(--sync)}
.stripes{stroke:var(--surface);stroke-width:2}
li.sync,li.money{--shade:var(--sync)}li.skip,li.other{--shade:var(--skip)}li.mend{--shade:var(--mend)}
.findings{margin:0;padding:0;list-style:none}
.findings li{padding:10px 0 12px;border-top:1px solid var(--panel)}
.findings h3{margin:0 0 2px}
.findings .mark{display:inline-block;min-width:24px;color:var(--quiet)}
.findings .error .mark{color:var(--error)}.findings .warning .mark{color:var(--warning)}
.findings p,.findings .path{margin-left:24px;max-width:88ch}
.path{color:var(--quiet);padding:0;list-style:none}
.path li{padding:0;border:0}
.tools{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;margin:0 0 10px}
.tools[hidden]{display:none}
.tools label{display:flex;align-items:center;gap:10px;font-weight:600}
.tools input{font:inherit;color:inherit;background:var(--background);border:1px solid var(--quiet);border-radius:3px;padding:6px 10px;width:min(100%,320px)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;max-width:420px;overflow-wrap:break-word}
th{border-bottom:2px solid var(--bar);font-weight:600;white-space:nowrap}
td{border-bottom:1px solid var(--panel)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
td:last-child,th:last-child{padding-right:0}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
th button::after{content:" \\2195";color:var(--quiet)}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
tr.blocked td:nth-child(4){color:var(--warning);font-weight:600}
tr.sync td:nth-child(4){color:var(--success);font-weight:600}
tr[hidden]{display:none}
.everybody td{max-width:none;overflow-wrap:anywhere}
.everybody th{white-space:normal}
:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
footer{margin-top:48px;padding-bottom:36px;color:var(--quiet);font-size:13px}
footer dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:0;padding-top:14px;border-top:1px solid var(--panel)}
dt,dd{margin:0;overflow-wrap:anywhere}
@page{size:A4;margin:14mm 13mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:8pt}}
"""
# Rows are grids, and only visible ones are laid out, so that ten thousand open quickly.
_SCREEN = """
.everybody,.everybody tbody,.everybody thead{display:block}
.everybody{min-width:1060px}
.everybody tr:not([hidden]){display:grid;grid-template-columns:minmax(0,14fr) minmax(0,23fr) minmax(0,11fr) minmax(0,9fr) minmax(0,15fr) minmax(0,9fr) minmax(0,7fr) minmax(0,6fr) minmax(0,7fr)}
.everybody tbody tr{content-visibility:auto;contain-intrinsic-height:auto 34px}
"""
_PRINTED = """
body{font-size:9.5pt;background:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,footer{max-width:none;padding:0}
h1{font-size:20pt}h2{font-size:13pt;margin:18pt 0 6pt;break-after:avoid}h3{font-size:10pt;break-after:avoid}
.sentence{font-size:12pt}
.numbers{gap:8pt;margin-top:12pt}.numbers li{padding:7pt 10pt;flex-basis:90pt}.numbers b{font-size:19pt}
.charts{columns:2;column-gap:9pt;margin-bottom:9pt}
figure{padding:9pt;margin-bottom:9pt}
.findings li,.cautions,.numbers{break-inside:avoid}
.tools,th button::after{display:none}
th button{display:contents}
.everybody th:nth-child(1){width:14%}.everybody th:nth-child(2){width:20%}.everybody th:nth-child(3){width:11%}
.everybody th:nth-child(4){width:8%}.everybody th:nth-child(5){width:14%}.everybody th:nth-child(6){width:9%}
.everybody th:nth-child(7){width:8%}.everybody th:nth-child(9){width:9%}
.scroll{overflow:visible}
table{font-size:8pt}
.everybody{table-layout:fixed}
.everybody th{overflow-wrap:normal}
thead{display:table-header-group}
tr{break-inside:avoid}
td,th{max-width:none;overflow-wrap:anywhere}
td,th{padding:2.5pt 7pt 2.5pt 0}
footer{break-inside:avoid;font-size:8pt;margin-top:18pt}
"""


def _colours(palette: Palette) -> str:
    names = (
        "primary",
        "success",
        "warning",
        "error",
        "foreground",
        "background",
        "surface",
        "panel",
        "quiet",
        "bar",
        "secondary",
    )
    values = {name: getattr(palette, name) for name in names}
    values |= {"sync": palette.primary, "skip": palette.quiet, "mend": palette.warning}
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"


STYLE = (
    _colours(LIGHT)
    + "@media screen and (prefers-color-scheme:dark){"
    + _colours(DARK)
    + "}"
    + _RULES
    + "@media screen{"
    + _SCREEN
    + "}@media print{"
    + _PRINTED
    + "}"
)
