"""Whose a return is: by the name inside, by the names of its file and of the folders around it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docgen.county.roster import Unit
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
WRITTEN_OTHERWISE = Rule(
    code="B122",
    name="机关名称和名单写得不一样",
    severity="warning",
    message="“{where}”里的机关名称是“{inside}”，名单上是“{listed}”，算作它的",
    why="写的是曾用名或简称，也能认出是谁；可是签发的文件里印的是报告里写的名称。",
    example="名单上是“石河镇人民政府”，曾用名“石河乡人民政府”，报告里还写着“石河乡人民政府”。",
    cure="改了名的，请机关改成现在的名称；名单旧了的，改名单。",
    since="0.4.0",
)
NAMELESS = Rule(
    code="B123",
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
# search: 人民政府 of 甲镇人民政府; not 政府办公室.
_GOVERNMENT = re.compile("(?:人民政府|政府|办事处)$")
#: A name of fewer characters is part of too many words.
_SHORTEST = 2


class Owned(NamedTuple):
    """Whose a return is taken to be, how surely, and what is to be told of it.

    `sure` is False where it is not issued until somebody has settled it.
    """

    unit: Unit | None
    sure: bool
    remarks: tuple[Finding, ...] = ()


class Owners:
    """The bodies of a roster by all their names."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._own = _index((unit, [unit.name]) for unit in units)
        self._other = _index((unit, _other_names(unit)) for unit in units)
        self._hints = _index((unit, _hints_of(unit)) for unit in units)
        every = {*self._own, *self._other, *self._hints}
        self._lengths = sorted({len(name) for name in every}, reverse=True)

    def find_owner(self, inside: str, where: str) -> Owned:
        """Return whose a return is that says this name, and lies there."""
        named = self._named_by(where)
        if not inside:
            unit = named[0] if len(named) == 1 else None
            guess = f"，照文件名像是“{unit.name}”的" if unit else "，看文件名也认不出是谁的"
            return Owned(unit, False, (NAMELESS.at(Place(where), where=where, guess=guess),))

        unit = self.find_named(inside)
        if named and (unit is None or unit not in named):
            told = OTHER_NAME.at(
                Place(where), where=where, named="、".join(u.name for u in named), inside=inside
            )
            return Owned(named[0] if len(named) == 1 else None, False, (told,))
        if unit and _plain(unit.name) != _plain(inside):
            told = WRITTEN_OTHERWISE.at(Place(where), where=where, inside=inside, listed=unit.name)
            return Owned(unit, True, (told,))
        return Owned(unit, True)

    def guess_owner(self, where: str) -> Unit | None:
        """Return whose a file is by its name and its folders' alone."""
        named = self._named_by(where)
        return named[0] if len(named) == 1 else None

    def find_named(self, inside: str) -> Unit | None:
        """Return the body that calls itself so, with its region before the name or without."""
        name = _plain(inside)
        while True:
            found = self._own.get(name) or self._other.get(name)
            if found:
                return found
            region = _REGION.match(name)
            if not region or len(name) - region.end() < _SHORTEST:
                return None
            name = name[region.end() :]

    def _named_by(self, where: str) -> list[Unit]:
        """Return the bodies that the innermost name names that names any: a file, then folders."""
        steps = where.replace(" › ", "/").split("/")
        for step in reversed(steps):
            if found := list(dict.fromkeys(self._names_in(_plain(step)))):
                return found
        return []

    def _names_in(self, text: str) -> Iterator[Unit]:
        """Yield the bodies that a text names; a name within a longer one is none."""
        taken = [False] * len(text)
        for length in self._lengths:
            for at in range(len(text) - length + 1):
                name = text[at : at + length]
                unit = self._own.get(name) or self._other.get(name) or self._hints.get(name)
                if unit and not any(taken[at : at + length]):
                    taken[at : at + length] = [True] * length
                    yield unit


def _index(named: Iterable[tuple[Unit, Sequence[str]]]) -> dict[str, Unit]:
    """Return the bodies by name; a name that two have names neither."""
    found: dict[str, Unit | None] = {}
    for unit, names in named:
        for name in {_plain(name) for name in names}:
            if len(name) >= _SHORTEST:
                found[name] = None if found.get(name, unit) != unit else unit
    return {name: unit for name, unit in found.items() if unit}


def _other_names(unit: Unit) -> list[str]:
    own = _without_region(unit.name)
    return [unit.short_name, unit.seal_name, *unit.former, *([own] if own != unit.name else [])]


def _hints_of(unit: Unit) -> list[str]:
    """Return what files are called after: the name without where it is and what it is."""
    names = [unit.name, *unit.former]
    return [_GOVERNMENT.sub("", _without_region(name)) for name in names]


def _without_region(name: str) -> str:
    """Return a name without the province, city and county that it begins with."""
    while (found := _REGION.match(name)) and len(name) - found.end() > _SHORTEST:
        name = name[found.end() :]
    return name


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
