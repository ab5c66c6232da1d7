"""How each body stands: from what came in, whose it is and what became of it.

Of two returns of one body, year and kind none is issued before somebody has chosen; a return that
may be another body's is issued for neither.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.check.outcome import Outcome
from docgen.county.board import State
from docgen.county.board_words import tell_faults
from docgen.county.owners import Owned
from docgen.county.roster import Unit
from docgen.county.taking import Candidate
from docgen.finding import Finding, Rule

OTHER_YEAR = Rule(
    code="B125",
    name="交来的是别的年度的",
    severity="error",
    message="“{where}”是 {actual} 年度的，这次收的是 {expected} 年度",
    why="多半是拿去年的表交了，或者年度忘了改；年度不对，数和话都不能用。",
    example="把去年的定稿又交了一遍。",
    cure="请机关交 {expected} 年度的：数和话都要是这一年的。要收别的年度，加 --year。",
    since="0.4.0",
)
SAME_TWICE = Rule(
    code="B126",
    name="同一份交了不止一遍",
    severity="note",
    message="{names}说的是一样的，算一份，用“{where}”",
    why="存了副本，或者表格和定稿都交了；内容一样就不用选。",
    example="2025.xlsx 和 2025(1).xlsx。",
    cure="不用管它。",
    since="0.4.0",
)
SEVERAL = Rule(
    code="B127",
    name="交了几份，内容不同",
    severity="error",
    message="“{name}”交了 {count} 份，内容不同：{names}",
    why="哪一份是定稿，docgen 不猜；选定以前，一份也不签发。",
    example="改过以后又交了一份，旧的还在。",
    cure="写明用哪一份（如 --choose “{first}”），或加 --newest 都用最新的，或移走旧的。",
    since="0.4.0",
)


#: Files written within so many seconds of each other: which came later is not known.
_AT_ONCE = 2.0


@dataclass(frozen=True)
class Attributed:
    """A source with whose it is taken to be and what became of checking it."""

    source: Candidate
    owned: Owned
    outcome: Outcome
    said: str  # a hash of what its report says; blank for one that was not read
    seen: float = 0.0  # when its file came in first, as far as the ledger knows

    @property
    def is_read(self) -> bool:
        """Whether there is a report in it at all."""
        return bool(self.outcome.family)


@dataclass(frozen=True)
class Same:
    """Sources that say the same: the one that stands for all comes first."""

    came: tuple[Attributed, ...]

    @property
    def first(self) -> Attributed:
        """The one that stands for all."""
        return self.came[0]

    @property
    def shas(self) -> frozenset[str]:
        """The hashes of all."""
        return frozenset(one.source.sha256 for one in self.came)

    @property
    def modified(self) -> float:
        """When the newest of these was written."""
        return max(one.source.arrival.modified for one in self.came)

    @property
    def is_sound(self) -> bool:
        """Whether what stands for all may be issued."""
        return self.first.outcome.verdict == "sound"

    def came_after(self, other: "Same") -> bool:
        """Whether it surely came later: at a later run, or as a file that was written later."""
        seen, before = (max(one.seen for one in same.came) for same in (self, other))
        return seen > before if seen != before else self.modified > other.modified + _AT_ONCE


@dataclass
class Stand:
    """How one body stands: the row of the board before anything is issued."""

    key: str
    name: str
    unit: Unit | None
    state: State | None  # None: what stands first is to be issued
    why: str = ""
    returns: list[Same] = field(default_factory=list)  # the one that stands comes first
    remarks: dict[str, list[Finding]] = field(default_factory=dict)  # by the place of a source
    notes: list[str] = field(default_factory=list)  # what a person is to know besides
    is_spared: bool = False  # nothing is asked of it, though nothing came
    family: str = ""
    report_name: str = ""

    def remark(self, source: Candidate, finding: Finding) -> None:
        """Tell something of a return."""
        self.remarks.setdefault(source.where, []).append(finding)


#: Which of several returns was chosen for a body; None: nobody has.
Choose = Callable[[Stand, Sequence[Same]], Same | None]


def commonest_year(came: Iterable[Attributed]) -> int | None:
    """Return the year that most returns are of; of two alike the later."""
    years = Counter(one.outcome.year for one in came if one.outcome.year and one.owned.unit)
    return max(years, key=lambda year: (years[year], year), default=None)


class Standings:
    """Makes the rows of a board."""

    def __init__(self, units: Sequence[Unit], year: int, choose: Choose) -> None:
        self._units, self._year, self._choose = units, year, choose
        self._main = ""  # the kind of report that most sent

    def decide(self, came: Sequence[Attributed]) -> list[Stand]:
        """Return how every body stands, in the order of the roster, and then what is nobody's."""
        by_unit: dict[str, list[Attributed]] = {}
        came = [*_put_to_whom_to_ask(came)]
        for one in came:
            by_unit.setdefault(one.owned.unit.name if one.owned.unit else "", []).append(one)

        kinds = self._kinds_owed(by_unit)
        self._main = next(iter(kinds), "")
        stands = []
        for unit in self._units:
            own = by_unit.get(unit.name, [])
            sent = {one.outcome.family: one.outcome.report_name for one in own if one.is_read}
            for family, report_name in (kinds | sent or {"": ""}).items():
                stand = self._stand_of(unit, family, own)
                stand.report_name = report_name if len(kinds | sent) > 1 else ""
                stands.append(stand)

        _note_other_names(stands, came)
        return [*stands, *self._strays(by_unit.get("", []))]

    def _kinds_owed(self, by_unit: Mapping[str, Sequence[Attributed]]) -> dict[str, str]:
        """Return the kinds of report that each body owes, the commonest first, by family.

        A kind that few sent is no kind that all owe: it may be a stray.
        """
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for unit, came in by_unit.items():
            families = {one.outcome.family: one.outcome.report_name for one in came if one.is_read}
            names |= families
            counts.update(families if unit else ())

        common = counts.most_common()
        most = common[0][1] if common else 0
        return {family: names[family] for family, count in common if 2 * count > most}

    def _stand_of(self, unit: Unit, family: str, own: Sequence[Attributed]) -> Stand:
        """Return how one body stands with one kind of report."""
        stand = Stand(f"{unit.name}|{family}", unit.name, unit, "missing", family=family)
        kind = [c for c in own if c.is_read and c.outcome.family == family]
        sure = [c for c in kind if c.owned.sure and c.outcome.year in (self._year, None)]
        unsure = [c for c in kind if not c.owned.sure]
        others = [c for c in kind if c.owned.sure and c not in sure]
        unread = [c for c in own if not c.is_read] if family == self._main else []
        for one in others:
            stand.remark(one.source, self._tell_year(one))

        if sure:
            self._take_sure(stand, sure)
        elif unsure:
            stand.state, stand.why = "faulty", unsure[0].owned.remarks[0].message
        elif others:
            stand.state, stand.why = "faulty", self._tell_year(others[0]).message
        elif unread:
            stand.state, stand.why = "unreadable", tell_first(unread[0].outcome)

        rest = find_same([*unsure, *others, *unread])
        self._tell_same(stand, rest)
        stand.returns += rest
        return stand

    def _take_sure(self, stand: Stand, sure: Sequence[Attributed]) -> None:
        """Decide which of a body's returns stands, if one does."""
        found = find_same(sure)
        chosen = found[0] if len(found) == 1 else self._choose(stand, found)
        self._tell_same(stand, found)
        if chosen is None and (chosen := _find_correction(found)):
            stand.notes.append(_tell_later(chosen, [one for one in found if one is not chosen]))

        if chosen is None:
            names = "、".join(f"“{one.first.source.where}”" for one in found)
            first = found[0].first.source
            best = max(found, key=lambda one: (one.is_sound, one.first.seen, one.modified))
            told = SEVERAL.at(
                name=stand.name, count=len(found), names=names, first=best.first.source.where,
            )  # fmt: skip
            stand.remark(first, told)
            stand.state, stand.returns = "several", found
            return

        stand.returns = [chosen, *(one for one in found if one is not chosen)]
        stand.state, outcome = None, chosen.first.outcome
        if outcome.verdict != "sound":
            stand.state, stand.why = "faulty", tell_first(outcome)

    def _tell_same(self, stand: Stand, found: Sequence[Same]) -> None:
        for one in found:
            if len(one.came) > 1:
                names = "、".join(f"“{each.source.where}”" for each in one.came)
                where = one.first.source.where
                told = SAME_TWICE.at(names=names, where=where)
                stand.remark(one.first.source, told)

    def _tell_year(self, one: Attributed) -> Finding:
        where, actual = one.source.where, str(one.outcome.year)
        return OTHER_YEAR.at(where=where, expected=str(self._year), actual=actual)

    def _strays(self, came: Sequence[Attributed]) -> Iterator[Stand]:
        """Yield what belongs to no body of the roster, or nobody knows to which."""
        unlisted: dict[str, list[Attributed]] = {}
        for one in came:
            body, where = one.outcome.body, one.source.where
            if not one.is_read:
                why = tell_first(one.outcome)
                yield Stand(where, where, None, "unreadable", why, [Same((one,))])
            elif not one.owned.sure:
                why = one.owned.remarks[0].message
                yield Stand(where, where, None, "faulty", why, [Same((one,))])
            else:
                unlisted.setdefault(f"{body}|{one.outcome.family}", []).append(one)

        for key, group in unlisted.items():
            first = group[0].outcome
            stand = Stand(key, first.body, None, "unlisted", "名单里没有这个机关，没有签发")
            stand.returns, stand.family = find_same(group), first.family
            self._tell_same(stand, stand.returns)
            yield stand


def _tell_later(last: Same, earlier: Sequence[Same]) -> str:
    """Return in a line that the last return stands, and what is with the earlier ones."""
    where = last.first.source.where
    sound = [one for one in earlier if one.is_sound]
    names = "、".join(f"“{one.first.source.where}”" for one in sound or earlier)
    if sound:
        return f"后来的“{where}”有错，早先的{names}没有错；要用早先的，用 --choose 写明"
    return f"用了后来的“{where}”，早先的{names}有错，没有用"


def _put_to_whom_to_ask(came: Sequence[Attributed]) -> Iterator[Attributed]:
    """Yield all that came; what names one body and is called after another is whose it may be.

    That is the one named inside where only the other has sent a report of its own.
    """
    sent = {one.owned.unit for one in came if one.owned.sure and one.is_read}
    for one in came:
        owned = one.owned
        if owned.inside and owned.inside not in sent and owned.unit in sent:
            owned = owned._replace(unit=owned.inside, inside=owned.unit)
        yield replace(one, owned=owned)


def _note_other_names(stands: Sequence[Stand], came: Sequence[Attributed]) -> None:
    """Tell of a return on the rows of both bodies that it may be of, whatever else they sent."""
    for one in (one for one in came if one.owned.inside):
        owner, told = one.owned.unit, one.owned.remarks[0].message
        for stand in (each for each in stands if each.family in (one.outcome.family, "")):
            if stand.unit == owner and stand.why != told:  # it has sent another that stands
                stand.notes.append(told)
            elif stand.unit == one.owned.inside:
                stand.notes.append(f"{told}，在“{owner.name}”那一行问" if owner else told)
                stand.is_spared = stand.state == "missing"


def find_same(came: Sequence[Attributed]) -> list[Same]:
    """Return the sources by what they say, in order; of each group the best stands for all.

    One without errors comes before one that has some, a report that was filled in before one that
    was read back from what was published, a later one before an earlier one.
    """
    groups: dict[tuple[str, ...], list[Attributed]] = {}
    shas: dict[tuple[str, ...], tuple[str, ...]] = {}
    for one in came:
        sha = ("sha", one.source.sha256 or one.source.where)
        key = shas.setdefault(sha, ("said", one.said) if one.said else sha)
        groups.setdefault(key, []).append(one)

    return [Same(tuple(sorted(group, key=_ranker(group)))) for group in groups.values()]


_Rank = tuple[bool, int, bool, float, float, int, str]


def _ranker(group: Sequence[Attributed]) -> Callable[[Attributed], _Rank]:
    """Return by what the returns that say the same are ordered; copies are as old as each other."""
    written: dict[str, float] = {}
    for one in group:
        sha, modified = one.source.sha256, one.source.arrival.modified
        written[sha] = min(written.get(sha, modified), modified)

    def rank(one: Attributed) -> _Rank:
        errors = sum(f.severity == "error" and not f.waived for f in one.outcome.findings)
        source = one.source
        age = -one.seen, -written[source.sha256]
        unsound = one.outcome.verdict != "sound"
        return unsound, errors, source.was_published, *age, len(source.where), source.where

    return rank


def _find_correction(found: Sequence[Same]) -> Same | None:
    """Return the one that surely came last, where no two are sound: it mends the earlier ones.

    Two sound ones that differ are for a person to choose from.
    """
    if sum(one.is_sound for one in found) > 1:
        return None
    last = [one for one in found if all(one is other or one.came_after(other) for other in found)]
    return last[0] if last else None


def tell_first(outcome: Outcome) -> str:
    """Return in a line what is wrong with a report: its first error, and how many there are."""
    return tell_faults([f for f in outcome.findings if f.severity == "error" and not f.waived])
