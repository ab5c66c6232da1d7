"""What stands in the cells of a printed table: words, figures; how like two labels are."""

import difflib
import re
from collections.abc import Sequence
from decimal import Decimal

from docgen.finding import Finding, Rule
from docgen.read.entry import Entry, is_blank
from docgen.read.figures import BLANKS
from docgen.read.label import normal

_NARROW = str.maketrans("０１２３４５６７８９，．－", "0123456789,.-")
# fullmatch: 12, -3.50; not 1e5, NaN, 12件.
_FIGURE = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
#: How like a misspelt label is to the right one at least; no label is longer than a line or two.
LIKE, _LONGEST_LABEL = 0.75, 120
#: Where more labels than this are unknown, they are not misspelt.
MOST_MENDED = 40

Told = list[Finding]


def figure_in(entry: Entry) -> Decimal | None:
    """Return the figure a printed cell holds, a blank one as 0; None for what is none."""
    text = entry.text.translate(_NARROW).replace(",", "")
    if text.upper() in BLANKS:
        return Decimal(0)
    return Decimal(text) if _FIGURE.fullmatch(text) else None


def labels_in(row: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """Return the words at the left of a row, up to its first figure."""
    labels = []
    for index, entry in enumerate(row):
        if is_blank(entry):
            continue
        if not isinstance(entry.value, str) or not _is_words(entry):
            break
        labels.append((index, entry))
    return labels


def _is_words(entry: Entry) -> bool:
    """Whether a cell begins with no figure."""
    text = entry.text
    return text not in BLANKS and (figure_in(entry) is None and not normal(text).isdigit())


def has_figure(entry: Entry) -> bool:
    """Whether a figure stands in a cell."""
    return not is_blank(entry) and figure_in(entry) is not None


def has_figures(row: Sequence[Entry]) -> bool:
    """Whether a figure stands in a row."""
    return any(map(has_figure, row))


def alike(one: str, other: str) -> float:
    """Return how like two labels are, from 0 to 1; no label is longer than a line or two."""
    if len(one) > _LONGEST_LABEL:
        return 0.0
    return difflib.SequenceMatcher(None, normal(one), normal(other), autojunk=False).ratio()


def tell_mended(rule: Rule, entry: Entry, table: str, label: str, official: str) -> Finding:
    """Tell of a label that is read as another."""
    return rule.at(entry.place, table=table, label=label, official=official)
