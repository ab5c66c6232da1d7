"""What a text cites: laws by their title, documents by their number, other bodies by name."""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.catalogue import cites, words
from docgen.check.passages import Prose
from docgen.check.rules.inner import is_private
from docgen.finding import Finding
from docgen.forms.duties import Law

_TITLE = re.compile(r"《([^《》\n]{4,60})》")
_NESTED_MARKS = str.maketrans("＜＞<>", "〈〉〈〉")
_ALIKE = 0.85
_LONG = 8


def check_titles(prose: Prose) -> Iterator[Finding]:
    """Titles of laws that are almost, but not quite, right; known slips without marks, too."""
    laws = prose.reading.form.duties.laws
    for law in laws:
        for slip in law.slips:
            for match in re.finditer(rf"(?<!《)(?<!共和国){slip}", prose.text):
                yield cites.LAW_TITLE.at(
                    prose.place(match.start()),
                    quote=prose.quote(match.start(), match.end()),
                    expected=law.short[0],
                    actual=slip,
                )
    for match in _TITLE.finditer(prose.text):
        title = "".join(match[1].translate(_NESTED_MARKS).split())
        right = _right_title(title, laws)
        place, quote = prose.place(match.start()), prose.quote(match.start(), match.end())
        if right is None:
            continue
        if right != title:
            yield cites.LAW_TITLE.at(place, quote=quote, expected=right, actual=match[1])


@lru_cache(maxsize=512)
def _right_title(title: str, laws: tuple[Law, ...]) -> str | None:
    """The title meant: itself, the known one it is a slip of, or None for one not known."""
    known = [name for law in laws for name in (law.title, *law.short)]
    if title in known:
        return title
    slips = [name for name in known if _is_slip(title, name)]
    if slips:
        return slips[0]
    if any(name in title for name in known):
        return None  # a law of a place, or a document about the law
    close = difflib.get_close_matches(title, known, n=1, cutoff=_ALIKE)
    return close[0] if close and abs(len(close[0]) - len(title)) <= len(title) // 3 else None


def _is_slip(title: str, name: str) -> bool:
    """Whether just one character of this name is another one; of a short one that is too much."""
    if len(title) != len(name) or len(name) < _LONG:
        return False
    return sum(one != other for one, other in zip(title, name, strict=True)) == 1


def check_neighbours(prose: Prose) -> Iterator[Finding]:
    """Names of other bodies that the office named as ones that must not stand in its text."""
    reading = prose.reading
    body = reading.report.body
    own = [name for name in (body.name, body.short_name) if name]
    names = [n for n in reading.report.neighbours if not any(n in name for name in own)]
    if not names:
        return
    for address in ("title", "signature.name"):
        text = reading.report.title if address == "title" else reading.report.signature.name
        for name in names:
            if name in (text or ""):
                yield words.NEIGHBOUR.at(reading.place(address), quote=text, actual=name)
    for match in re.finditer("|".join(map(re.escape, names)), prose.text):
        quote = prose.quote(match.start(), match.end())
        yield words.NEIGHBOUR.at(prose.place(match.start()), quote=quote, actual=match[0])


def check_characters(prose: Prose) -> Iterator[Finding]:
    """Characters that 仿宋_GB2312 has no shape for, named once."""
    report = prose.reading.report
    names = (report.title, report.body.name, report.signature.name)
    used = set(prose.text).union(*(name or "" for name in names))
    shaped = "".join(used).encode("gb2312", "ignore").decode("gb2312")
    told = "\ufffd", *filter(is_private, used)  # of these more is said
    rare = sorted(one for one in used.difference(shaped, told) if not _is_latin(one))
    if rare:
        first = prose.text.find(rare[0])
        place = prose.place(first) if first >= 0 else prose.reading.place("body.name")
        yield words.RARE_CHARACTER.at(place, count=len(rare), actual="".join(rare[:20]))


def _is_latin(character: str) -> bool:
    """Latin and general punctuation: from Times New Roman, or in every Chinese font."""
    return ord(character) < 0x250 or 0x2000 <= ord(character) < 0x2070
