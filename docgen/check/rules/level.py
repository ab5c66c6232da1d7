"""The level of a body, held against its name: 某镇人民政府 is a township whatever is filled in."""

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.finding import Finding, Rule
from docgen.model import LEVELS, Body, Level, print_number

NO_POWER = Rule(
    code="E851",
    name="没有这项职权却有数",
    severity="error",
    needs=("powers_never",),
    message="{table}“{row}”有数（{label}为 {actual}），{level}不能{name}",
    why="有的事依法只有某些层级的机关才能做；别的机关这里只能是 0。",
    example="一行的事只有设区的市以上才能做，镇政府填了 2。",
    cure="核对是不是填错了行；机关层级没有填错的，改为 0。",
    waivable=True,
)

SELDOM_POWER = Rule(
    code="E852",
    name="一般没有这项职权却有数",
    severity="warning",
    needs=("powers_seldom",),
    message="{table}“{row}”有数（{label}为 {actual}），{level}一般不能{name}",
    why="这一层级的机关很少有做这件事的职权；多半是填错了行。",
    example="一行的事一般由人民政府做，县教育局填了 1。",
    cure="核对是不是填错了行；确有依据的，不用改。",
)


LEVEL = Rule(
    code="E853",
    name="机关层级与机关名称不符",
    severity="error",
    needs=("level",),
    message="机关层级写的是“{actual}”，“{name}”应是“{expected}”",
    why="层级决定报告的期限、该写的内容和可以有的职权；填错了，这些都核对不对。",
    example="机关名称是甘河子镇人民政府，机关层级填“县级”。",
    cure="核对机关层级和机关名称；多半应填“{expected}”。",
    basis="《中华人民共和国宪法》第三十条",
    waivable=True,
    since="0.2.0",
)

_CENTRAL = "北京市|天津市|上海市|重庆市"
#: The commissions that are departments wherever there is one.
_COMMISSIONS = "卫生健康|发展(?:和|与)?改革|民族(?:宗教)?事务|国有资产监督管理|城乡建设"
#: What a name ends in, and the levels that it leaves open; a name of another kind leaves all.
#: A district of 直辖市 ranks as a prefecture; 管理委员会 and 办公室 may report for any.
_NAMED: tuple[tuple[str, tuple[Level, ...]], ...] = (
    # 甘河子镇人民政府, 路南街道办事处; not 城镇管理局.
    ("(?:镇|乡|民族乡|苏木|街道)(?:人民政府|政府)?$|街道办事处$|(?<=街)办事处$", ("township",)),
    # 宁川县人民政府; not 县政府办公室.
    ("(?:县|旗)(?:人民政府|政府)?$", ("county",)),
    # 路南区人民政府; not 自治区人民政府, 地区政府.
    ("区(?<!自治区)(?<!地区)(?:人民政府|政府)$", ("county", "prefecture")),
    # 北京市, 宁川省人民政府; not 宁川市人民政府.
    (f"^(?:{_CENTRAL})(?:人民政府|政府)?$|(?:省|自治区)(?:人民政府|政府)?$", ("province",)),
    # 宁川州人民政府, 宁川地区行署; not 宁川州.
    ("(?:州|盟|地区)(?:人民政府|政府|行政公署|行署)$", ("prefecture",)),
    # 宁川市人民政府; not 宁川市.
    ("市(?:人民政府|政府)$", ("prefecture", "county")),
    # 宁川市教育局, 省财政厅; not 省人民政府办公厅.
    ("局$|(?<!办公)厅$", ("department",)),
    # 宁川县卫生健康委员会, 市发展改革委; not 开发区管理委员会, 村民委员会.
    (f"(?:{_COMMISSIONS})(?:委员会|委)$", ("department",)),
)


def check_level(prose: Prose) -> Iterator[Finding]:
    """Check that the level is one that the body's name leaves open."""
    reading = prose.reading
    body = reading.report.body
    if body.level is not None and known_level(body) is None:
        likely = "或".join(LEVELS[level][0] for level in open_levels(body))
        yield LEVEL.at(
            reading.place("body.level"),
            reading.place("body.name"),
            name=body.name,
            expected=likely,
            actual=LEVELS[body.level][0],
        )


def known_level(body: Body) -> Level | None:
    """Return the level that is filled in, or None where the name refutes it."""
    named = open_levels(body)
    return body.level if not named or body.level in named else None


def open_levels(body: Body) -> tuple[Level, ...]:
    """Return the levels that the name of a body leaves open; none where it says nothing."""
    return _levels_of(re.sub(r"\s", "", body.name or ""))


@lru_cache(maxsize=8)
def _levels_of(name: str) -> tuple[Level, ...]:
    return next((levels for ends, levels in _NAMED if re.search(ends, name)), ())


def check_powers(prose: Prose) -> Iterator[Finding]:
    """Report figures that a body of this level cannot have."""
    reading = prose.reading
    level, figures = known_level(reading.report.body), reading.report.figures
    if level is None:
        return

    for power in reading.form.duties.powers:
        rule = NO_POWER if level in power.never else SELDOM_POWER
        if level not in (*power.never, *power.seldom):
            continue

        given = [a for a in figures if Address(a).is_below(power.address) and figures[a]]
        if given:
            figure = reading.form.figures[given[0]]
            yield rule.at(
                *(reading.place(address) for address in given),
                table=figure.table.short,
                row=reading.form.wordings[power.address].label,
                name=power.name,
                label=figure.column[-1].label,
                level=LEVELS[level][0] + ("" if level == "department" else "机关"),
                expected="0",
                actual=print_number(figures[given[0]]),
            )
