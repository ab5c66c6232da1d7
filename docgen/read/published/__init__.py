"""A published report read back: Word, web page, PDF become one stream of text and tables.

Each kind of file has a reader that gives the stream; what a stream means is found by the labels
and headings of the forms, the same for every kind.

word            DOCX; word_looks: what of it people see
web             HTML, and MHT; web_source parses it, web_sight sees it, as web_looks and web_styles
                say it is shown (web_selectors: which elements); spans lays out its tables
converted       .doc, .wps, .odt, .rtf, and old workbooks, through LibreOffice
pdf             PDF with a layer of text; pdf_* find its pages, lines and tables
ofd             what stands on the pages of an OFD, for verify; then as pdf does it
archive         zips: the one report in it, unpacked
pieces          a line of pieces that look different: what is not sure of it is marked
stream          what all readers give: lines, tables, pictures, findings on the way
meaning         a stream becomes a form and entries, as any input does
which           the form it is made in; front: title, body, year, signature; outline: its parts
tables          sorting, heads and mend make of its grids what the Binder binds; trust and cells
                tell what of it is sure, and what stands beside a figure
unruled         tables of a PDF without ruling lines; unruled_* find their labels and figures
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from docgen import files
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.read.entry import Entries
from docgen.read.published.stream import Stream

#: The module here that reads a kind of file, by suffix; each has a `read_stream`.
READERS: Mapping[str, str] = {
    ".docx": "word",
    ".pdf": "pdf",
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mht", ".mhtml"), "web"),
    **dict.fromkeys((".doc", ".wps", ".odt", ".rtf"), "converted"),
}


def read_published(path: Path, named: Form | None = None) -> tuple[Form, Entries, dict[str, bytes]]:
    """Return what a published report says. Raise InputStop if it cannot be told.

    `named` is its form, where it does not show that itself.
    """
    from docgen.read.published.meaning import read_meaning

    data = files.read_bytes(path)
    place = Place(path.name)
    form, entries = read_meaning(stream_of(path.suffix, data, place), place, named)
    return form, entries, {path.name: data}


def stream_of(suffix: str, data: bytes, place: Place) -> Stream:
    """Return what a file of this kind shows. Raise InputStop if it cannot be read."""
    reader = import_module(f"{__name__}.{READERS[suffix.lower()]}")
    stream: Stream = reader.read_stream(data, place)
    return stream
