"""Pages of reports as portals serve them: docgen's own page, changed in what they do to it."""

import base64
import copy
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random

from door import PROJECT, write_json
from lxml import etree
from published import report

from docgen.model import Reading
from docgen.publish.html import write_html
from docgen.read import read_report

Page = etree._Element

#: Bodies whose published figures are at hand.
REPORTS = ("suqian_2023", "suqian_2024", "shuyang_gov_2025", "jinhu_2023", "shanghai_office_2019")
#: The examples of all forms.
EXAMPLES = {path.parent.name: path for path in (PROJECT / "docgen/forms").glob("*/example.json")}
#: How a page is written: its codec, and what it says of that.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "",
    "utf-16": "",
    "gb18030": "gb2312",
    "gbk": "GBK",
}


@cache
def input_of(name: str) -> Reading:
    """Return the reading of a report that was published, or of a form's example."""
    if name in EXAMPLES:
        return read_report(EXAMPLES[name])

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.json")
        write_json(path, report(name))
        return read_report(path)


def page_of(reading: Reading) -> Page:
    """Return docgen's own page of a report, to be changed."""
    root = etree.fromstring(write_html(reading.form, reading.report), etree.HTMLParser())
    assert root is not None
    return root


def figure_cells(page: Page) -> list[Page]:
    """Return the cells that hold a figure."""
    return [cell for cell in page.iter("td") if re.fullmatch("[0-9.]+", cell.text or "")]


def cut_words(page: Page, random: Random) -> None:
    """Cut texts in the middle, as Word's web pages do; a browser shows no cut."""
    for element in list(page.iter("p", "td", "th", "h1", "h2")):
        text = element.text or ""
        if len(element) or len(text) < 2 or random.random() < 0.3:
            continue
        at = random.randrange(1, len(text))
        tag = random.choice(("span", "font", "b", "o:p", "a"))
        if tag == "o:p":  # lxml makes no such name: it is put in as text
            element.text = f"{text[:at]}\ue001{text[at:]}"
            continue
        inner = etree.SubElement(element, tag)
        element.text, inner.text = text[:at], text[at:]
        if tag == "span" and len(text) - at > 1:
            inner.text, inner.tail = text[at : at + 1], text[at + 1 :]


def group_digits(page: Page, random: Random) -> None:
    """Put separators into figures of four digits and more."""
    for cell in figure_cells(page):
        if (cell.text or "").isdigit() and random.random() < 0.7:
            cell.text = f"{int(cell.text or 0):,}"


def say_false_rows(page: Page, random: Random) -> None:
    """Let a cell with a figure say that it covers the rows below it, too."""
    if cells := figure_cells(page):
        random.choice(cells).set("rowspan", str(random.randrange(2, 4)))


def split_labels(page: Page, random: Random) -> None:
    """Set labels in two lines, in the source or on the page."""
    for cell in list(page.iter("th")):
        text = cell.text or ""
        if len(cell) or len(text) < 3 or random.random() < 0.5:
            continue
        at = random.randrange(1, len(text))
        if random.random() < 0.5:
            cell.text = f"{text[:at]}\n      {text[at:]}"
        else:
            cell.text = text[:at]
            etree.SubElement(cell, "br").tail = text[at:]


def leave_out_closing(text: str) -> str:
    """Return a page without the ends of cells and rows, and with its tags in capitals."""
    text = re.sub("</(?:td|th|tr|p)>", "", text)
    return re.sub(r"<(/?)(table|tr|td|th|p)\b", lambda m: f"<{m[1]}{m[2].upper()}", text)


def lay_out(page: Page, random: Random) -> None:
    """Set the report in tables for the layout, with those of the portal around it."""
    body = page.find("body")
    assert body is not None
    held = list(body)
    outer = etree.SubElement(body, "table")
    for _ in range(random.randrange(1, 3)):
        cell = etree.SubElement(etree.SubElement(outer, "tr"), "td")
        cell.text = random.choice(("首页 > 政务公开", "", "字号：大 中 小"))

    row = etree.SubElement(outer, "tr")
    menu = etree.SubElement(row, "td", width="200")
    for word in ("机构职能", "政策文件"):
        etree.SubElement(menu, "p").text = word
    cell = etree.SubElement(row, "td")
    about = etree.SubElement(cell, "table")
    for label, value in (("索引号", "0143/2024-1"), ("发布日期", "2025-01-20"), ("文号", "")):
        line = etree.SubElement(about, "tr")
        etree.SubElement(line, "td").text = label
        etree.SubElement(line, "td").text = value
    cell.extend(held)


def hide_others(page: Page, random: Random) -> None:
    """Put rows and cells into tables that no browser shows."""
    style = etree.Element("style")
    style.text = (
        "/* a */ .gone, #x { color: red; display: none } @media print { td { display: none } }"
    )
    body = page.find("body")
    assert body is not None
    body.insert(0, style)
    for row in list(page.iter("tr")):
        if random.random() < 0.2:
            other = copy.deepcopy(row)
            for cell in other.iter("td"):
                cell.text = "77"
            other.set("class", "gone") if random.random() < 0.5 else other.set(
                "style", "DISPLAY: none"
            )
            row.addnext(other)


def as_bytes(page: Page, encoding: str, *, ends: bool = True) -> bytes:
    """Return a page in this encoding, as it would say it is written."""
    for meta in page.findall(".//meta[@charset]"):
        meta.getparent().remove(meta)  # type: ignore[union-attr]
    text = etree.tostring(page, method="html", encoding="unicode").replace("\ue001", "<o:p></o:p>")
    text = text if ends else leave_out_closing(text)
    if said := ENCODINGS[encoding]:
        text = text.replace("<head>", f'<head><meta charset="{said}">', 1)
    return text.encode(encoding)


def as_archive(data: bytes, charset: str) -> bytes:
    """Return a page as an MHT archive, a picture beside it."""
    return (
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----M--a----"\r\n\r\n'
        b"------M--a----\r\nContent-Type: text/html"
        + (f'; charset="{charset}"' if charset else "").encode()
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data).replace(b"\n", b"\r\n")
        + b"\r\n------M--a----\r\nContent-Type: image/png\r\n\r\nx\r\n------M--a------\r\n"
    )


def blank_zeros(page: Page, figures: Mapping[str, object]) -> int:
    """Blank every 0 among the figures; return how many."""
    cells = [cell for cell in figure_cells(page) if cell.text == "0"]
    for cell in cells:
        cell.text = None
    assert len(cells) == sum(value == 0 for value in figures.values())
    return len(cells)
