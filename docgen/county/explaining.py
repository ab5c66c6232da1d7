"""Which body explains what differs: the one whose figures it is, cell for cell.

A body explains cells together or not at all: each of its figures must be missing, or be there once
too often. Two bodies together explain something only if no other two do.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from docgen.finding import Rule
from docgen.forms.table import Number

NOT_ADDED = Rule(
    code="B151",
    name="有机关的数没有加进去",
    severity="error",
    message="少的正好是{names}的数：{count} 格{details}",
    why="不同的每一格，差的都是这个机关的数：多半是汇总时漏了它。",
    example="石河乡的报告是汇总以后才交的。",
    cure="把它加进去：用 docgen sum 再汇总一次，或照应有的数改。",
    since="0.4.0",
)
ADDED_TWICE = Rule(
    code="B152",
    name="有机关的数加了两遍",
    severity="error",
    message="多的正好是{names}的数：{count} 格{details}",
    why="不同的每一格，多出的都是这个机关的数：多半是把它加了两遍。",
    example="一个机关交了两份，汇总时两份都加了。",
    cure="减去一遍：用 docgen sum 再汇总一次，或照应有的数改。",
    since="0.4.0",
)
ADDED_UNSOUND = Rule(
    code="B153",
    name="没有计入的机关，全县的数里有",
    severity="error",
    message="多的正好是{names}的数，它没有计入（{why}）：{count} 格{details}",
    why="这个机关的报告有错、重复或不在名单里，不能加；全县的数却把它加上了。",
    example="石河乡的表不平，手工汇总时照样加了。",
    cure="请这个机关改好，改好以后再汇总一次。",
    since="0.4.0",
)
Vector = dict[str, Number]  # what is not 0, by cell


class Party(NamedTuple):
    """A body that may explain what differs: its name, its figures, why it does not count."""

    name: str
    figures: Vector
    why: str = ""  # blank: it counts


#: Reads them anew at every call: of twenty thousand none is kept in memory.
Parties = Callable[[], Iterator[Party]]


class Explained(NamedTuple):
    """Who explains what differs: by which rule, with which figures, why it does not count."""

    rule: Rule
    names: str
    figures: Vector
    why: str


def explain(left: Vector, parties: Parties) -> Explained | None:
    """Return the body, or the one pair of bodies, whose figures are what differs.

    All of a body's figures must differ by just that; the one that explains most comes first.
    """
    best: list[Explained] = []
    for party in parties():
        for sign, rule in ((-1, NOT_ADDED), (1, ADDED_UNSOUND if party.why else ADDED_TWICE)):
            # what does not count is rightly missing
            may_be = bool(party.figures) and not (party.why and sign < 0)
            if may_be and all(left.get(a) == sign * n for a, n in party.figures.items()):
                explained = Explained(rule, f"“{party.name}”", party.figures, _shortly(party.why))
                most = len(best[0].figures) if best else 0
                best = [explained] if len(party.figures) > most else best
                if explained not in best and len(party.figures) == most:
                    best.append(explained)

    if not best:
        return _explain_by_two(left, parties)

    first = best[0]
    alike = [one for one in best if (one.rule, one.figures) == (first.rule, first.figures)]
    return first._replace(names="或".join(one.names for one in alike))


def _explain_by_two(left: Vector, parties: Parties) -> Explained | None:
    """Return the two bodies whose figures together are all that differs, if only two are so."""
    # by hashes: of twenty thousand bodies the figures themselves are too many to hold
    known = {hash(frozenset(p.figures.items())): p.name for p in parties() if not p.why}
    for sign, rule in ((-1, NOT_ADDED), (1, ADDED_TWICE)):
        wanted = {address: sign * gap for address, gap in left.items()}
        pairs: dict[frozenset[str], tuple[str, str]] = {}
        for party in parties():
            rest = _minus(wanted, party.figures)
            other = known.get(hash(frozenset(rest.items())))
            if other and rest and not party.why and other != party.name:
                pairs.setdefault(frozenset((party.name, other)), (party.name, other))

        if len(pairs) == 1:
            names = "和".join(f"“{name}”" for name in next(iter(pairs.values())))
            return Explained(rule, names, left, "")

    return None


def _minus(one: Vector, other: Vector) -> Vector:
    gaps = {address: one.get(address, 0) - other.get(address, 0) for address in (*one, *other)}
    return {address: gap for address, gap in gaps.items() if gap}


def _shortly(why: str) -> str:
    return why.partition("：")[0]
