"""How a report's values are printed: the same words in the document and on the page.

A paragraph's heading sentence stands apart; what a draft has nothing for is marked.
"""

import re
from typing import NamedTuple

from docgen.forms.form import Figure, Form
from docgen.model import Report, print_date, print_number
from docgen.prose.title import break_name, break_title

#: What a draft prints where the report has nothing; an issued document never holds it.
UNKNOWN = "【未填】"

# match: （一）; not （1）.
_LEVEL_TWO = re.compile(r"（[一二三四五六七八九十]+）")
_LONGEST_HEADING = 50


class PrintedParagraph(NamedTuple):
    """A paragraph as a template sees it: `lead` is its heading sentence, `rest` what follows."""

    heading: bool
    lead: str
    rest: str


def print_figure(report: Report, figure: Figure) -> str:
    """Return what a cell prints: its figure digit for digit, or its answer as it stands.

    An optional cell that was left blank prints nothing.
    """
    number = report.figures.get(figure.address)
    if number is not None:
        return print_number(number)
    return report.answers.get(figure.address) or ("" if figure.cell.optional else UNKNOWN)


def print_percent(share: float) -> str:
    """Return a share from 0 to 1 in per cent, as people write it: 62.5, 100."""
    return f"{100 * share:.1f}".removesuffix(".0")


def print_title(report: Report) -> str:
    """Return the title, with the line breaks it was given."""
    return report.title or UNKNOWN


def print_title_lines(form: Form, report: Report) -> str:
    """Return the title as the document has it: no line too long for the page."""
    return break_title(print_title(report), form.subjects)


def print_signature(report: Report) -> tuple[str, str]:
    """Return name and date of issue."""
    date = report.signature.date
    return report.signature.name or UNKNOWN, print_date(date) if date else UNKNOWN


def print_signature_lines(report: Report) -> tuple[str, str]:
    """Return name and date of issue as the document has them: a long name in lines."""
    name, date = print_signature(report)
    return break_name(name), date


def paragraph(text: str) -> PrintedParagraph:
    """Return a paragraph with its heading sentence apart: `（一）…。`, which may be all."""
    if not _LEVEL_TWO.match(text):
        return PrintedParagraph(heading=False, lead="", rest=text)
    end = text.find("。") + 1 or len(text)
    if end > _LONGEST_HEADING:
        return PrintedParagraph(heading=False, lead="", rest=text)
    return PrintedParagraph(heading=end == len(text), lead=text[:end], rest=text[end:])
