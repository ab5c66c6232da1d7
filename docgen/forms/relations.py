"""Relations: sums, conditions and agreements as a form writes them, parsed and never evaluated.

    received + carried_in = handled + carried_out     each name is a row (or each is a column)
    warning .. other = total                          all from the one to the other, as printed
    accepted <= applied                               at most
    penalties.all.total = licences.all.granted        whole addresses, across tables
    mobile = 是 & fans > 0                            tests of cells, joined by & or by |
    in_force = last in_force + issued - repealed      from last year's report

A name of a group, or of the row that stands for the units, means the sum of all that is in it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Literal, NamedTuple

from docgen.forms.relation import Across, Condition, Equation, Relation, Test
from docgen.forms.table import Table, key_of

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,2}"
# fullmatch: total, warning .. other, penalties.all.total; not a + b.
_TERM = re.compile(rf"({_NAME})(?: *\.\. *({_NAME}))?")
# fullmatch: 100, 0.5, 30%; not a1.
_NUMERAL = re.compile(r"[0-9.]+%?")
# fullmatch: mobile, !weibo, mobile = 是, fine > 0, accepted <= applied; not a b.
_TEST = re.compile(rf"(!?)({_NAME})(?: *(=|>|<=) *(\S+))?")
# fullmatch: in_force = last in_force + issued - repealed; not a = b.
_CARRY = re.compile(rf"({_NAME}) *= *last +({_NAME})((?: *[+-] *{_NAME})*)")
# fullmatch: a.b.c + a.d.c = disclosure: x.y.z; not a = b.
_AGREES = re.compile(r"([^=]+)=\s*([a-z][a-z0-9_-]*)\s*:(.+)")


class RelationFault(ValueError):
    """What is wrong with a relation, in words."""


def nearest_key(name: str, known: Iterable[str]) -> str:
    """Return the key that looks most like this one, as the tail of a message."""
    close = get_close_matches(name, known, n=1)
    return f"；最接近的是“{close[0]}”" if close else ""


class Names:
    """What the names of a table mean: keys of rows, keys of columns, groups of either."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.known: dict[Across, dict[str, tuple[str, ...]]] = {"columns": {}, "rows": {}}
        for band in table.bands:
            for row in band.row_paths:
                for column in band.column_paths:
                    _, row_key, column_key = table.figure_address(row, column).figure
                    # what holds across the columns is told of rows
                    self._add("columns", row_key, [line.key for line in row])
                    self._add("rows", column_key, [line.key for line in column])
        self.labels = _labels_of(table)
        if table.each:
            self.labels[table.each.key] = f"各{_thing_named(table.each.label)}之和"

    def _add(self, across: Across, key: str, path: list[str]) -> None:
        known = self.known[across]
        for name in dict.fromkeys((key, *path)):
            if name and key not in known.get(name, ()):
                known[name] = (*known.get(name, ()), key)

    def across_of(self, terms: list[str], said: str) -> Across:
        """Return what a relation of these names holds for: each column, or each row."""
        if said:
            return "columns" if said == "column" else "rows"
        names = [name for term in terms for name in term.split(" .. ")]
        fits: list[Across] = [
            across for across, known in self.known.items() if all(name in known for name in names)
        ]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise RelationFault('这些代号既是行又是列：加 each = "column" 或 "row" 说明')
        every = {**self.known["columns"], **self.known["rows"]}
        missing = [name for name in names if name not in every]
        if missing:
            raise self._unknown(missing[0], every)
        raise RelationFault("行和列混在一个算式里")

    def _unknown(self, name: str, known: Iterable[str]) -> RelationFault:
        return RelationFault(f"“{self.table.key}”里没有“{name}”{nearest_key(name, known)}")

    def expand(self, across: Across, term: str) -> tuple[str, ...]:
        """Return the keys that a term means."""
        known = self.known[across]
        first, _, last = term.partition(" .. ")
        for name in filter(None, (first, last)):
            if name not in known:
                raise self._unknown(name, known)
        if not last:
            return known[first]

        order = list(dict.fromkeys(key for keys in known.values() for key in keys))
        start, end = order.index(known[first][0]), order.index(known[last][-1])
        if end < start:
            raise RelationFault(f"“{term}”前后颠倒")
        return tuple(order[start : end + 1])

    def print_carried(self, carried: "Carried") -> str:
        """Return what is carried over in the words of the table."""
        now, last = self.labels.get(carried.key, ""), self.labels.get(carried.last, "")
        moved = [f"＋本年{self.labels.get(key, key)}" for key in carried.plus]
        moved += [f"－本年{self.labels.get(key, key)}" for key in carried.minus]
        return f"{now}＝上年的{last}{''.join(moved)}"

    def print_sum(self, terms: list[str]) -> str:
        """Return a sum in the words of the table."""
        return "＋".join(
            "至".join(self.labels.get(name, name) for name in term.split(" .. ")) for term in terms
        )


def _labels_of(table: Table) -> dict[str, str]:
    """Return what each row, column and group is called, with its group where two are alike."""
    labels: dict[str, str] = {}
    for band in table.bands:
        for paths in (band.row_paths, band.column_paths):
            shown = {path[:depth]: None for path in paths for depth in range(1, len(path) + 1)}
            alike = Counter(path[-1].label for path in shown)
            for path in shown:
                above = f"{path[-2].label}·" if path[1:] and alike[path[-1].label] > 1 else ""
                labels.setdefault(key_of(path), above + path[-1].label)
    return labels


def _thing_named(label: str) -> str:
    """Return what a column of names names: 单位 of 单位名称, 村 of 村名, 人 of 姓名."""
    if label.endswith("姓名"):
        return "人"
    return label.removesuffix("称").removesuffix("名") or label


def read_sum(text: str) -> list[str]:
    """Return the terms of a sum: names, and ranges as `a .. b`."""
    terms = []
    for piece in text.split("+"):
        found = _TERM.fullmatch(piece.strip())
        if found is None:
            raise RelationFault(_why_no_term(piece.strip()))
        terms.append(found[1] + (f" .. {found[2]}" if found[2] else ""))
    return terms


def _why_no_term(piece: str) -> str:
    """Return why this is no name of a sum: the commonest slips by name."""
    if re.search(r"[*×/÷]", piece):
        return f"“{piece}”：规则里只能相加，不能乘、除"
    if _NUMERAL.fullmatch(piece):
        return f"“{piece}”：规则里不能写固定的数，只写代号；要和一个数比的，用 when、then"
    if re.search("[a-z0-9_ ][-－][a-z0-9_ ]", piece):
        return f"“{piece}”：不写减，把要减的移到另一边去加"
    return f"“{piece}”读不懂：写代号，用 + 相加"


def _straight(text: str) -> str:
    """Return a relation with the marks of an input method as the language has them."""
    for wide, narrow in (("≤", "<="), ("＜＝", "<="), ("＝", "="), ("＋", "+"), ("≥", ">=")):
        text = text.replace(wide, narrow)
    return text


def _refuse_other_marks(text: str) -> None:
    """Raise RelationFault for a comparison that the language writes the other way round."""
    larger, mark, smaller = text.partition(">=")
    if mark:
        raise RelationFault(f"不用 >=，写成 {smaller.strip()} <= {larger.strip()}")
    if "<" in text.replace("<=", "") or ">" in text:
        raise RelationFault("只有“等于”和“不大于”：写成“甲 + 乙 = 丙”，或“甲 <= 乙”")


def read_equation(
    names: Mapping[str, Names], code: str, table: str, text: str, each: str, words: str
) -> Equation:
    """Return the equation of a rule with `holds`; `table` is blank for whole addresses."""
    text = _straight(text)
    _refuse_other_marks(text)
    relation: Relation = "<=" if "<=" in text else "="
    sides = text.split(relation)
    if len(sides) != 2:
        raise RelationFault("等式写成“甲 + 乙 = 丙”，或“甲 <= 乙”")

    left, right = map(read_sum, sides)
    if relation == "=" and len(left) == 1 and (len(right) > 1 or ".." in right[0]):
        left, right = right, left  # the total stands on the right

    if not table:
        here, there = (tuple(map(_read_address, side)) for side in (left, right))
        return Equation(code, "", "", here, there, words or text, relation)

    known = names[table]
    across = known.across_of([*left, *right], each)
    expanded = [
        tuple(key for term in side for key in known.expand(across, term)) for side in (left, right)
    ]
    mark = "＝" if relation == "=" else "≤"
    said = words or f"{known.print_sum(left)}{mark}{known.print_sum(right)}"
    return Equation(code, table, across, expanded[0], expanded[1], said, relation)


def _read_address(term: str) -> str:
    if term.count(".") != 2 or ".." in term:
        raise RelationFault(f"“{term}”要写全：表.行.列；只在一张表里的，用 grid 写明是哪张表")
    return term


class JoinedTests(NamedTuple):
    """The tests of one side of a condition, joined by any or by all."""

    tests: tuple[Test, ...]
    is_any: bool


def read_clause(text: str) -> JoinedTests:
    """Return the tests of a clause, joined by & or by |."""
    if "&" in text and "|" in text:
        raise RelationFault("一个条件里只用 & 或只用 |")

    text = _straight(text).replace("｜", "|").replace("＆", "&").replace("！", "!")
    _refuse_other_tests(text)
    mark = "|" if "|" in text else "&"
    return JoinedTests(tuple(map(_read_test, text.split(mark))), mark == "|")


def _refuse_other_tests(text: str) -> None:
    """Raise RelationFault for a comparison that a test writes otherwise."""
    if ">=" in text:
        raise RelationFault("不用 >=：“甲 >= 乙”写成“乙 <= 甲”，“甲 >= 1”写成“甲 > 0”")
    if "<" in text.replace("<=", ""):
        raise RelationFault("不用 <：“甲 < 乙”写成“乙 > 甲”")


def _read_test(text: str) -> Test:
    found = _TEST.fullmatch(text.strip())
    if found is None or (found[1] and found[3]):
        raise RelationFault(f"“{text.strip()}”读不懂：写“代号”“!代号”“代号 = 是”或“代号 > 0”")
    if not found[3]:
        return Test(found[2], "blank" if found[1] else "filled")

    asks: dict[str, Literal["=", ">", "<="]] = {"=": "=", ">": ">", "<=": "<="}
    return Test(found[2], asks[found[3]], found[4])


def read_condition(
    names: Mapping[str, Names], code: str, table: str, when: JoinedTests, then: JoinedTests,
    each: str, words: str,
) -> Condition:  # fmt: skip
    """Return the condition of a rule with `when` and `then`."""
    tests = (*when.tests, *then.tests)
    across: Across = ""
    if table:
        across = names[table].across_of([test.key for test in tests], each)
    else:
        for test in tests:
            _read_address(test.key)

    return Condition(code, table, across, when.tests, then.tests, words, when.is_any, then.is_any)


class Carried(NamedTuple):
    """What a key takes over: last year's `last`, more of this, less of that."""

    key: str
    last: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


def read_carried(text: str) -> Carried:
    """Return the parts of a rule with `carries`."""
    found = _CARRY.fullmatch(text.strip())
    if found is None:
        raise RelationFault("写成“今年的 = last 上年的 + 加上 - 减去”")

    moved = re.findall(rf"([+-]) *({_NAME})", found[3])
    plus = tuple(key for sign, key in moved if sign == "+")
    minus = tuple(key for sign, key in moved if sign == "-")
    return Carried(found[1], found[2], plus, minus)


class Agreed(NamedTuple):
    """What two reports of one year say: addresses here, the other form's family, there."""

    here: tuple[str, ...]
    family: str
    there: tuple[str, ...]


def read_agreed(text: str) -> Agreed:
    """Return the parts of a rule with `agrees`."""
    found = _AGREES.fullmatch(text.strip())
    if found is None:
        raise RelationFault("写成“表.行.列 = 另一种报告: 表.行.列”")

    here, there = (tuple(map(_read_address, read_sum(found[n]))) for n in (1, 3))
    return Agreed(here, found[2], there)


def expand_address(names: Mapping[str, Names], address: str) -> Iterator[str]:
    """Yield the addresses that an address means: of a group, all that is in it."""
    parts = address.split(".")
    if len(parts) != 3 or parts[0] not in names:
        raise RelationFault(f"没有“{address}”：写成 表.行.列{nearest_key(parts[0], names)}")

    known = names[parts[0]]
    for row in known.expand("columns", parts[1]):
        for column in known.expand("rows", parts[2]):
            yield f"{parts[0]}.{row}.{column}"
