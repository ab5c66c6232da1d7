"""Whose a return is: by the name inside, by the names of its file and of the folders around it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docgen.county.body_names import OTHER_CALLED, BodyNames, without_government
from docgen.county.roster import Unit
from docgen.county.roster_rows import clean_name
from docgen.finding import Finding, Place, Rule

OTHER_NAME = Rule(
    code="B121",
    name="文件名和里面写的不是一个机关",
    severity="error",
    message="“{where}”的名字像是“{named}”的，里面写的是“{inside}”",
    why="多半是拿别的机关的表来改，忘了改机关名称，或者放错了文件夹；认错了，就会拿甲的数给乙签发。",
    example="文件叫“甲镇.xlsx”，里面的机关名称是“乙镇人民政府”。",
    cure="问清是谁的：里面写错的，请“{named}”改好再交；名字起错的，把文件改名或换到“{inside}”的文件夹。",
    since="0.4.0",
)
NAMELESS = Rule(
    code="B122",
    name="里面没有填机关名称",
    severity="error",
    message="“{where}”里没有填机关名称{guess}",
    why="没有名称，就只能照文件名猜；猜的不能签发。",
    example="空表收回来，“机关名称”还空着。",
    cure="在“基本情况”里填上机关名称，再交一次。",
    since="0.4.0",
)

#: What begins a name and says where the body is.
# match: 乌苏市, 清河县; not 市教育局, 教育局.
_REGION = re.compile("[^省市县区州盟旗]{2,8}(?:自治)?[省市县区州盟旗]")
#: A name of fewer characters is part of too many words; one of so few is no part of a longer word.
_SHORTEST, _SHORT = 2, 2
# match: 镇, 一; not （, 市.
_WITHIN_WORD = re.compile("[^\\W省市县区州盟旗_0-9A-Za-z]")


class Owned(NamedTuple):
    """Whose a return is taken to be, how surely, and what is to be told of it.

    `sure` is False where it is not issued until somebody has settled it.
    """

    unit: Unit | None
    sure: bool
    remarks: tuple[Finding, ...] = ()
    inside: Unit | None = None  # whom it names inside, where its file is called after another


class Owners:
    """The bodies of a roster, by what returns say inside and by what their files are called."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._names = BodyNames(units)
        self._called = _index((unit, _names_of(unit)) for unit in units)
        self._lengths = sorted({len(name) for name in self._called}, reverse=True)

    def find_named(self, inside: str) -> Unit | None:
        """Return the body that calls itself so: by any of its names, with its region or without."""
        called = self._names.find_likely(inside)
        return called.unit if called else None

    def find_owner(self, inside: str, where: str) -> Owned:
        """Return whose a return is that says this name, and lies there."""
        if not inside:
            named = self._named_by(where)
            unit = named[0] if len(named) == 1 else None
            guess = f"，照文件名像是“{unit.name}”的" if unit else "，看文件名也认不出是谁的"
            return Owned(unit, False, (NAMELESS.at(where=where, guess=guess),))

        called = self._names.find_likely(inside)
        unit = called.unit if called else None
        named = self._named_by(where, inside)
        if named and unit not in named:
            names = "、".join(one.name for one in named)
            told = OTHER_NAME.at(where=where, named=names, inside=inside)
            return Owned(named[0] if len(named) == 1 else None, False, (told,), unit)

        if called and clean_name(called.unit.name) != clean_name(inside):
            kind = called.kind or "另一种写法"
            told = OTHER_CALLED.at(
                Place(where), actual=inside, expected=called.unit.name, kind=kind
            )
            return Owned(unit, True, (told,))
        return Owned(unit, True)

    def guess_owner(self, where: str) -> Unit | None:
        """Return whose a file is by its name and its folders' alone."""
        named = self._named_by(where)
        return named[0] if len(named) == 1 else None

    def _named_by(self, where: str, inside: str = "") -> list[Unit]:
        """Return the bodies that the innermost name names that names any: a file, then folders.

        One that names the body inside, on the roster or not, names nobody else with those words:
        一镇 is no part of 十一镇.
        """
        own = sorted({_plain(inside), *map(_plain, _short_names(inside))}, key=len, reverse=True)
        for step in reversed(where.replace(" › ", "/").split("/")):
            text = _plain(step)
            said = next((name for name in own if len(name) >= _SHORTEST and name in text), "")
            if said and not self._called.get(said):
                text = text.replace(said, "/")
            if found := list(dict.fromkeys(self._names_in(text))):
                return found
            if said:
                return []
        return []

    def _names_in(self, text: str) -> Iterator[Unit]:
        """Yield the bodies that a text names; a name within a longer one is none."""
        taken = [False] * len(text)
        for length in self._lengths:
            for at in range(len(text) - length + 1):
                unit = self._called.get(text[at : at + length])
                if unit is None or any(taken[at : at + length]):
                    continue
                if length > _SHORT or at == 0 or not _WITHIN_WORD.match(text[at - 1]):
                    taken[at : at + length] = [True] * length
                    yield unit


def _index(named: Iterable[tuple[Unit, Iterable[str]]]) -> dict[str, Unit]:
    """Return the bodies by name; a name that two have names neither."""
    found: dict[str, Unit | None] = {}
    for unit, names in named:
        for name in {_plain(name) for name in names}:
            if len(name) >= _SHORTEST:
                found[name] = None if found.get(name, unit) != unit else unit
    return {name: unit for name, unit in found.items() if unit}


def _names_of(unit: Unit) -> Iterator[str]:
    """Yield what files are called after: all names of a body, and what is left without region."""
    for name in (unit.name, unit.short_name, unit.seal_name, *unit.former):
        yield name
        yield from _short_names(name)


def _short_names(name: str) -> Iterator[str]:
    """Yield a name without its region, and without 人民政府: 甲镇人民政府, 甲镇."""
    while (found := _REGION.match(name)) and len(name) - found.end() >= _SHORTEST:
        name = name[found.end() :]
        yield name
    yield without_government(name)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
