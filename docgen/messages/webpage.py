"""A page for the office itself, complete in one file: no script, nothing fetched, all escaped."""

import html
from collections.abc import Iterable, Iterator, Sequence

from docgen.files.visible import visible

#: What all such pages look like, on a screen and printed; the size of the paper is each page's own.
_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.7; font-size: 1rem;
  font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", SimSun, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #595959; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
h1, h2, h3, p, li, th, td, summary { overflow-wrap: anywhere; unicode-bidi: isolate; }
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
@media print {
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  tr { break-inside: avoid; }
}
""".strip()


def escape(text: str) -> str:
    """Return plain text as markup, with what a browser does not show made visible."""
    return html.escape(visible(text))


def write_page(title: str, style: str, body: Iterable[str]) -> bytes:
    """Return a page; `body` is markup already, `style` is added to the common look."""
    return ("\n".join(_page_parts(title, style, body)) + "\n").encode("utf-8", "backslashreplace")


def _page_parts(title: str, style: str, body: Iterable[str]) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n{style}\n</style>\n</head>"
    yield f"<body>\n<main>\n<h1>{escape(title)}</h1>"
    yield from body
    yield "</main>\n</body>\n</html>"


def write_table(heads: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> Iterator[str]:
    """Yield a table of cells that are markup already, in a region that scrolls if it must."""
    yield f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">'
    yield '<table class="wide">'
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"

    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"

    yield "</tbody>\n</table>\n</div>"


def escape_row(row: Iterable[str]) -> list[str]:
    """Return a row of plain text as markup."""
    return [escape(cell) for cell in row]
