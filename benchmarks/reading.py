"""How long a published report takes to be read, and what memory, by the kind of its file.

The reference in every kind: docgen's own document and page, an archive, a zip of them, the same
document as LibreOffice saves it where that is there, and a PDF drawn here. Each is read by a
process of its own, which stops where a figure is not that of the reference.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import measure as measuring
from drawn_pdf import Leaf, pdf_of
from hostile_inputs import zipped
from lxml import etree
from pages import as_archive

from docgen import office
from docgen.merge import load_template, merge_report
from docgen.publish.html import write_html
from docgen.read import read_report

NAMES = {"docx": "DOCX", "html": "web page", "mht": "MHT", "zip": "zip of a DOCX", "pdf": "PDF"}
OLD = {"doc": ".doc, through LibreOffice", "odt": ".odt, through LibreOffice"}
#: The page that is drawn, in points; so many characters are a line of it.
_WIDTH, _HEIGHT, _MARGIN, _LINE = 800.0, 1400.0, 60.0, 46


def measure(rounds: int) -> list[str]:
    """The section of the page: a row a kind."""
    with tempfile.TemporaryDirectory() as made:
        files = dict(_files(Path(made)))
        script = Path(__file__).with_name("read_one.py")
        commands: dict[str, list[str | Path]] = {
            kind: [sys.executable, script, path, measuring.INPUT] for kind, path in files.items()
        }
        runs = measuring.in_turn(commands, rounds)

    rows = []
    for kind, measured in runs.items():
        seconds = [json.loads(one.said) for one in measured]
        inside, between = measuring.spread((reading for reading, _ in seconds), 2)
        whole, _ = measuring.spread((process for _, process in seconds), 2)
        peak = max(one.peak for one in measured)
        rows.append(((NAMES | OLD)[kind], inside, between, whole, f"{peak:.0f}"))
    return [
        f"{rounds} rounds, in turn, medians of CPU seconds.",
        "",
        *measuring.table(("kind", "reading s", "min–max", "whole process s", "peak MB"), rows),
    ]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the reference in each kind that can be made here."""
    reading = read_report(measuring.INPUT)
    document = merge_report(load_template(reading.form, None), reading.form, reading.report)
    page = write_html(reading.form, reading.report)
    held = {
        "docx": document,
        "html": page,
        "mht": as_archive(page, "utf-8"),
        "zip": zipped({"年报.docx": document}),
        "pdf": _drawn(page),
    }
    for kind, data in held.items():
        path = folder / f"2024.{kind}"
        path.write_bytes(data)
        yield kind, path

    program = office.find_office()
    for kind in OLD if program else ():
        command = [str(program), "--headless", f"-env:UserInstallation={folder.as_uri()}/p"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(folder / "2024.docx")]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        yield kind, folder / f"2024.{kind}"


def _drawn(page: bytes) -> bytes:
    """Return a page as a PDF: its paragraphs as lines, its tables with a box around each cell."""
    root = etree.fromstring(page, etree.HTMLParser())
    leaf = Leaf(_WIDTH, _HEIGHT)
    leaves, top = [leaf], _MARGIN
    for element in root.iter("h1", "h2", "p", "table"):
        if element.tag == "table":
            boxes = list(_boxes(element))
            heights = _heights(boxes)
            if top + sum(heights) > _HEIGHT - _MARGIN:
                leaves, top = [*leaves, Leaf(_WIDTH, _HEIGHT)], _MARGIN
            edges = [top, *accumulate(heights, initial=top)][1:]
            for box in boxes:
                _draw_box(leaves[-1], box, edges)
            top = edges[-1] + 40
            continue

        text = "".join(map(str, element.itertext())).strip()
        for start in range(0, len(text), _LINE):
            if top > _HEIGHT - _MARGIN:
                leaves, top = [*leaves, Leaf(_WIDTH, _HEIGHT)], _MARGIN
            indent = 28 if start == 0 and element.tag == "p" else 0
            leaves[-1].text(_MARGIN + indent, top, text[start : start + _LINE], size=14)
            top += 24
        top += 12 if element.tag != "p" else 0
    return pdf_of(leaves)


class _Box(NamedTuple):
    """A cell: where it is drawn across, which rows it covers, and its lines."""

    left: float
    right: float
    row: int
    below: int
    lines: list[str]


def _boxes(table: etree._Element) -> Iterator[_Box]:
    """Yield the cells of a table of a page, each at its rows and columns."""
    rows = [list(row.iter("td", "th")) for row in table.iter("tr")]
    count = sum(int(cell.get("colspan", "1")) for cell in rows[0])
    step = (_WIDTH - 2 * _MARGIN) / count
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            wide, high = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            taken |= {(number + y, column + x) for y in range(high) for x in range(wide)}
            text = "".join(map(str, cell.itertext()))
            fits = max(int((step * wide - 6) / 10), 1)
            lines = [text[at : at + fits] for at in range(0, len(text), fits)]
            left = _MARGIN + step * column
            yield _Box(left, left + step * wide, number, number + high, lines)


def _heights(boxes: Sequence[_Box]) -> list[float]:
    """Return how tall each row is: as its cells need it for their lines."""
    heights = [20.0] * max(box.below for box in boxes)
    for box in boxes:
        needed = (13 * len(box.lines) + 8) / (box.below - box.row)
        for row in range(box.row, box.below):
            heights[row] = max(heights[row], needed)
    return heights


def _draw_box(leaf: Leaf, box: _Box, edges: Sequence[float]) -> None:
    """Draw the sides of a cell, and its lines."""
    top, bottom = edges[box.row], edges[box.below]
    for x in (box.left, box.right):
        leaf.line(x, top, x, bottom)
    for y in (top, bottom):
        leaf.line(box.left, y, box.right, y)
    for number, line in enumerate(box.lines):
        leaf.text(box.left + 3, top + 14 + 13 * number, line, size=10)
