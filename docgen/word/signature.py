"""Name and date of issue in a finished document: which paragraphs they are."""

import re
from dataclasses import dataclass

from docgen.word.content import Content, Paragraph, PlacedTable

#: The built-in paragraph styles of a name and of a date, as Word and WPS name them.
NAME_STYLES, DATE_STYLES = ("signature", "签名"), ("date", "日期")
# "2025年1月20日"; not "2025.1.20", "二〇二五年一月二十日"
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# "2025.1.20", "（二〇二五年一月二十日）"; not "2025年1月"
ANY_DATE = re.compile(
    r"[（(]?[\d０-９〇○零一二三四五六七八九十]{2,4}\s*[年./\-－．]\s*"
    r"[\d０-９〇○零一二三四五六七八九十]{1,3}\s*[月./\-－．]\s*"
    r"[\d０-９〇○零一二三四五六七八九十]{1,3}\s*[日号]?[）)]?"
)


@dataclass(frozen=True)
class SignatureLines:
    """The paragraphs of a signature; the names are those of all bodies that sign, or none."""

    names: tuple[Paragraph, ...]
    date: Paragraph


def find_signature(content: Content) -> SignatureLines | None:
    """Return the last paragraph that is a date, with what stands right above it.

    What stands above is the one paragraph, or all in a row that have the style of a name.
    """
    said = [block for block in content.blocks if isinstance(block, PlacedTable) or block.stripped]
    at = next((n for n in reversed(range(len(said))) if _is_date(said[n])), None)
    if at is None:
        return None

    names: list[Paragraph] = []
    for block in reversed(said[:at]):
        if isinstance(block, PlacedTable) or (names and not _are_names(block, names[-1])):
            break
        names.append(block)

    date = said[at]
    assert isinstance(date, Paragraph)
    return SignatureLines(tuple(reversed(names)), date)


def _is_date(block: Paragraph | PlacedTable) -> bool:
    return isinstance(block, Paragraph) and bool(_DATE.fullmatch("".join(block.text.split())))


def _are_names(*paragraphs: Paragraph) -> bool:
    return all(paragraph.style in NAME_STYLES for paragraph in paragraphs)


def is_any_date(paragraph: Paragraph) -> bool:
    """Return whether a paragraph stands where a date of issue does, in whatever form it is."""
    return paragraph.style in DATE_STYLES or bool(ANY_DATE.fullmatch(paragraph.stripped))
