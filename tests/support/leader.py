"""A leader at a document in Word: what is changed in it by hand, tracked, or said in a comment."""

import copy
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
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
    paragraph._p.getparent().remove(paragraph._p)


def track_insertion(paragraph: Paragraph, text: str, author: str) -> None:
    """Add words at the end of a paragraph, as a tracked change."""
    run = copy.deepcopy(paragraph.runs[-1]._r)
    run.find(qn("w:t")).text = text
    tracked = OxmlElement("w:ins")
    tracked.set(qn("w:author"), author)
    tracked.append(run)
    paragraph._p.append(tracked)


def track_deletion(paragraph: Paragraph, text: str, author: str) -> None:
    """Take out the words that one run of the paragraph ends in, as a tracked change."""
    [run] = [one for one in paragraph.runs if one.text.endswith(text)]
    run.text = run.text.removesuffix(text)
    gone = copy.deepcopy(run._r)
    for old in gone.findall(qn("w:t")):
        gone.remove(old)
    words = OxmlElement("w:delText")
    words.text = text
    gone.append(words)
    tracked = OxmlElement("w:del")
    tracked.set(qn("w:author"), author)
    tracked.append(gone)
    run._r.addnext(tracked)


def comment(document: Document, paragraph: Paragraph, text: str, author: str) -> None:
    """Say something about a whole paragraph, beside it."""
    document.add_comment(paragraph.runs, text=text, author=author)


def opened(path: Path) -> Document:
    """The document at a path."""
    return docx.Document(str(path))
