"""The look of the page of a comparison, on a screen and printed."""

#: h0 … h10 are the shades of a share in tenths; a reworded stretch is marked not by colour alone.
STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.7; font-size: 1rem;
  font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", SimSun, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #595959; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h1, h2, h3, p, li, th, td, summary { overflow-wrap: anywhere; }
.verdict { font-weight: bold; }
.note { color: #595959; font-size: .875rem; }
.scroll { overflow-x: auto; margin: .75rem 0; }
.scroll:focus-visible, summary:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
table.wide { width: 100%; }
caption { text-align: left; padding: .25rem 0; }
th, td { border: 1px solid #8c8c8c; padding: .25rem .4rem; text-align: left; font-weight: normal;
  vertical-align: top; }
th { background: #f3f3f3; }
.heat th, .heat td { min-width: 2.6rem; text-align: right; overflow-wrap: normal;
  font-variant-numeric: tabular-nums; }
.heat th[scope=row] { text-align: left; white-space: nowrap; }
.over { font-weight: bold; outline: 2px solid #8a1c1c; outline-offset: -2px; }
del { color: #8a1c1c; background: #fdeaea; text-decoration: line-through; }
ins { color: #14532d; background: #e7f6ec; text-decoration: underline; }
.kept { color: #595959; }
.kind { display: inline-block; min-width: 3em; margin-right: .5em; font-size: .8125rem;
  color: #3d3d3d; }
.left { color: #8a1c1c; font-size: .875rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
.h0 { background: #fff; } .h1 { background: #fff7ec; } .h2 { background: #feefda; }
.h3 { background: #fee8c8; } .h4 { background: #fddcaf; } .h5 { background: #fdd49e; }
.h6 { background: #fdc38d; } .h7 { background: #fdbb84; } .h8 { background: #fca773; }
.h9 { background: #fc9662; } .h10 { background: #fc8d59; }
@media print {
  @page { size: A4 landscape; margin: 15mm; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  tr { break-inside: avoid; }
}
""".strip()
