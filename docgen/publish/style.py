"""The look of the portal's page: on a screen, on a phone, and on A4 as GB/T 9704 sets it."""

#: White space is kept as the report has it; a wide table scrolls in its own region.
STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.8; font-size: 1.0625rem;
  font-family: "仿宋_GB2312", "仿宋", FangSong, STFangsong, "Noto Serif CJK SC", "Songti SC",
  serif; }
main { max-width: 58rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, p, th, td { white-space: break-spaces; overflow-wrap: anywhere; }
h1 { margin: 1rem 0 2rem; text-align: center; line-height: 1.5; font-size: 1.625rem;
  font-family: "方正小标宋简体", "小标宋", "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1875rem;
  font-family: "黑体", SimHei, "Noto Sans CJK SC", "PingFang SC", sans-serif; }
h3 { margin: 1rem 0 .25rem; font-size: 1.0625rem; }
h3, b { font-family: "楷体_GB2312", "楷体", KaiTi, STKaiti, serif; }
p, h3 { text-indent: 2em; }
p { margin: .25rem 0; }
.scroll { overflow-x: auto; margin: .75rem 0; }
.scroll:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
caption span { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
caption { position: relative; }
th, td { border: 1px solid #595959; padding: .3rem .35rem; text-align: center;
  font-weight: normal; overflow-wrap: break-word; }
th { background: #f3f3f3; }
th[scope=row] { background: none; text-align: left; }
td { min-width: 3.2em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.signature { display: table; margin: 2.5rem 4em 0 auto; text-align: center; }
.signature p { text-indent: 0; }
@media (max-width: 40rem) {
  h1 { font-size: 1.3125rem; }
  .signature { margin-right: 1em; }
}
@media print {
  @page { size: A4 portrait; margin: 37mm 26mm 35mm 28mm; }
  body { color: #000; font-size: 16pt; line-height: 28.95pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 22pt; font-weight: normal; line-height: 28.95pt; }
  h2, h3, b { font-size: 16pt; font-weight: normal; }
  h2, h3 { margin: 0; break-after: avoid; }
  h2 { text-indent: 2em; }
  p { margin: 0; text-align: justify; }
  .long { break-before: page; }
  .scroll { overflow: visible; margin: 0; break-inside: avoid; }
  table { min-width: 0 !important; font-size: 10.5pt; line-height: 13.5pt; }
  th, td { border-color: #000; padding: .6mm .5mm; }
  th { background: none; }
  th[scope=row] { padding-left: 1mm; }
  td { min-width: 0; white-space: normal; }
  tr { break-inside: avoid; }
  .signature { break-inside: avoid; break-before: avoid; margin: 28.95pt 4em 0 auto; }
  .signature p { text-align: center; }
}
""".strip()

#: What a page needs beside it that has answers, notes under a table, or tables on wide pages.
STYLE_MORE = """
td.words { min-width: 5em; white-space: break-spaces; overflow-wrap: anywhere; }
.note { font-size: .875rem; }
@media print {
  @page wide { size: A4 landscape; margin: 28mm 37mm 26mm 35mm; }
  .landscape { page: wide; }
  .note { font-size: 10.5pt; line-height: 15pt; }
}
""".strip()
