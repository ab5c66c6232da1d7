"""A leader at a document in Word: what is changed in it by hand, tracked, or said in a comment."""

import copy
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph


def say(paragraph: Paragraph, text: str) -> None:
    """Write a paragraph anew, in the look of its first words."""
    first, *rest = paragraph.runs
    first.text = text
    for run in rest:
        run.text = ""


def paragraph_with(document: Document, words: str) -> Paragraph:
    """The one paragraph that begins so."""
    [found] = [one for one in document.paragraphs if one.text.startswith(words)]
    return found


def cell(document: Document, table: int, row: int, column: int) -> _Cell:
    """A cell of a table, all counted from 0."""
    return document.tables[table].rows[row].cells[column]


def put(document: Document, table: int, row: int, column: int, text: str) -> None:
    """Write something else into a cell."""
    say(cell(document, table, row, column).paragraphs[0], text)


def put_after(paragraph: Paragraph, text: str) -> None:
    """Write a paragraph below another one."""
    below = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(below)
    say(Paragraph(below, paragraph._parent), text)


def delete(paragraph: Paragraph) -> None:
    """Take a paragraph out."""
    own: Any = paragraph._p
    own.getparent().remove(own)


def delete_row(row: _Row) -> None:
    """Take a row out of its table."""
    table = row._tr.getparent()
    assert table is not None
    table.remove(row._tr)


def track_insertion(paragraph: Paragraph, text: str, author: str) -> None:
    """Add words at the end of a paragraph, as a tracked change."""
    run: Any = copy.deepcopy(paragraph.runs[-1]._r)
    run.find(qn("w:t")).text = text
    tracked: Any = OxmlElement("w:ins")
    tracked.set(qn("w:author"), author)
    tracked.append(run)
    paragraph._p.append(tracked)


def track_deletion(paragraph: Paragraph, text: str, author: str) -> None:
    """Take out the words that one run of the paragraph ends in, as a tracked change."""
    [run] = [one for one in paragraph.runs if one.text.endswith(text)]
    run.text = run.text.removesuffix(text)
    gone: Any = copy.deepcopy(run._r)
    for old in gone.findall(qn("w:t")):
        gone.remove(old)
    words: Any = OxmlElement("w:delText")
    words.text = text
    gone.append(words)
    tracked: Any = OxmlElement("w:del")
    tracked.set(qn("w:author"), author)
    tracked.append(gone)
    run._r.addnext(tracked)


def comment(document: Document, paragraph: Paragraph, text: str, author: str) -> None:
    """Say something about a whole paragraph, beside it."""
    document.add_comment(paragraph.runs, text=text, author=author)


def opened(path: Path) -> Document:
    """The document at a path."""
    return docx.Document(str(path))


def rewrite_cells(
    source: Path,
    target: Path,
    texts: Mapping[tuple[int, int, int], str],
    words: Mapping[str, str] | None = None,
) -> None:
    """Write other texts into cells, by table, row and cell from 0, and other words all over."""
    document = opened(source)
    for number, table in enumerate(document.element.body.iter(qn("w:tbl"))):
        for at, row in enumerate(table.iter(qn("w:tr"))):
            for column, one in enumerate(row.iter(qn("w:tc"))):
                text = texts.get((number, at, column))
                if text is not None:
                    _write(one, text)

    for old, new in (words or {}).items():
        for text in document.element.body.iter(qn("w:t")):
            text.text = (text.text or "").replace(old, new)
    document.save(str(target))


def _write(one: BaseOxmlElement, text: str) -> None:
    first, *rest = list(one.iter(qn("w:t"))) or [_new_text(one)]
    first.text = text
    for piece in rest:
        piece.text = ""


def _new_text(one: Any) -> Any:
    """A place for text in a cell that has none."""
    run: Any = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    one.find(qn("w:p")).append(run)
    return run[0]


def edit_at_random(document: Document, chance: random.Random) -> None:
    """Put in, take out and rewrite some paragraphs between the title and the signature."""
    written = [one for one in document.paragraphs if one.text.strip()]
    heads = [one for one in written if one.text[1:2] == "、"]
    texts = [one for one in written[1:-2] if one.text[1:2] != "、"]
    for number in range(chance.randint(1, 5)):
        one = chance.choice(texts)
        if one._p.getparent() is None:
            continue
        way = chance.choice(("delete", "below", "first", "piece", "all"))
        if way == "delete":
            delete(one)
        elif way == "below":
            put_after(one, f'加的第{number}段，有“引号”、"引号"和,逗号。')
        elif way == "first":
            put_after(chance.choice([heads[0], *heads[-2:]]), f"新的第一段{number}。")
        elif way == "piece":
            at = chance.randrange(len(one.text) - 1)
            say(one, f"{one.text[:at]}改{one.text[at + 1 :]}")
        else:
            say(one, f"全都改写了，没有一句相同的话语{number}。")
