"""The look of the page of a comparison, beside what all pages share (`docgen.messages.webpage`)."""

#: h0 … h10 are the shades of a share in tenths; a reworded stretch is marked not by colour alone.
STYLE = """
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
}
""".strip()
