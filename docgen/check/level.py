"""The level of a body, held against its name: 某镇人民政府 is a township whatever is filled in."""

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.catalogue import facts
from docgen.finding import Finding
from docgen.model import LEVELS, Body, Level, Reading

_CENTRAL = "北京市|天津市|上海市|重庆市"
#: What a name ends in, and the levels that it leaves open; a name of another kind leaves all.
#: A district of 直辖市 ranks as a prefecture; 管理委员会 and 办公室 may report for any.
_NAMED: tuple[tuple[str, tuple[Level, ...]], ...] = (
    # 甘河子镇人民政府, 路南街道办事处; not 城镇管理局.
    ("(?:镇|乡|民族乡|苏木|街道)(?:人民政府|政府)?$|街道办事处$|(?<=街)办事处$", ("township",)),
    # 沭阳县人民政府; not 县政府办公室.
    ("(?:县|旗)(?:人民政府|政府)?$", ("county",)),
    ("区(?<!自治区)(?<!地区)(?:人民政府|政府)$", ("county", "prefecture")),
    (f"^(?:{_CENTRAL})(?:人民政府|政府)?$|(?:省|自治区)(?:人民政府|政府)?$", ("province",)),
    ("(?:州|盟|地区)(?:人民政府|政府|行政公署|行署)$", ("prefecture",)),
    ("市(?:人民政府|政府)$", ("prefecture", "county")),
    # 乌苏市教育局, 省财政厅; not 省人民政府办公厅.
    ("局$|(?<!办公)厅$", ("department",)),
)


def check_level(reading: Reading) -> Iterator[Finding]:
    """The level is one that the body's name leaves open."""
    body = reading.report.body
    if body.level is not None and known_level(body) is None:
        likely = "或".join(LEVELS[level][0] for level in _open_levels(body))
        yield facts.LEVEL.at(
            reading.place("body.level"),
            reading.place("body.name"),
            name=body.name,
            expected=likely,
            actual=LEVELS[body.level][0],
        )


def known_level(body: Body) -> Level | None:
    """The level that is filled in, unless the name refutes it: then nothing follows from it."""
    named = _open_levels(body)
    return body.level if not named or body.level in named else None


def _open_levels(body: Body) -> tuple[Level, ...]:
    """The levels that the name of a body leaves open; none where it says nothing."""
    return _levels_of(re.sub(r"\s", "", body.name or ""))


@lru_cache(maxsize=8)
def _levels_of(name: str) -> tuple[Level, ...]:
    return next((levels for ends, levels in _NAMED if re.search(ends, name)), ())
