"""What the text states, held against the tables and against itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from docgen.check.agreement import Cells, agrees, sums_for
from docgen.check.passages import Prose
from docgen.check.rules.changes import judge_stated_changes
from docgen.check.rules.lists import judge_lists
from docgen.check.rules.shares import judge_shares
from docgen.check.ties import FULL, LIKELY, SCALE, StatedFacts, Tie, read_text, scaled
from docgen.check.vocabulary import vocabulary_of
from docgen.finding import Finding, Place, Rule
from docgen.forms.speech import COUNTED
from docgen.model import Reading
from docgen.prose.measures import Measure
from docgen.prose.sentences import Sentence

TEXT_AGAINST_TABLE = Rule(
    code="E511",
    name="正文与表不一致",
    severity="error",
    needs=("figures",),
    message="正文“{quote}”写{label} {actual}，{cells}",
    why="同一件事，正文和表里是两个数，必有一个错；报告公开后一比就能看出来。",
    example="正文写培训 134 人次，表里是 170。",
    cure="核对原始台账，改正文或改表；正文可写成引用（{{{{ 数名 }}}}），以后就不会不一致。",
    waivable=True,
)
ASKED = Rule(
    code="E518",
    name="正文的数可能与表不一致",
    severity="warning",
    needs=("figures",),
    message="正文“{quote}”像是说{label} {actual}，而{cells}，请核对",
    why="这句话没有把说的是什么写全，认不准，所以只问不判；是同一件事的，两个数必有一个错。",
    example="小标题写“培训情况”，下面只写“全年 8 次”，表里是 9。",
    cure="是同一件事的，改正文或改表；不是的，把说的是什么写全。",
    since="0.2.0",
)
TWO_NUMBERS = Rule(
    code="E512",
    name="一件事两个数",
    severity="error",
    needs=("text",),
    message="正文说{label}，一处是 {expected}，另一处“{quote}”是 {actual}",
    why="同一份报告里，同一件事只能有一个数。",
    example="前面写支出培训费 380 元，后面写没有支出。",
    cure="核对后改成一致。",
    waivable=True,
)
SCOPE = Rule(
    code="E515",
    name="范围不同，总数不同",
    severity="warning",
    needs=("figures",),
    message="正文说{label}，“{first}”是 {expected}，“{second}”是 {actual}（“{quote}”）",
    why="一份报告只报一个范围的数；全县的数和本机关的数混在一起，读者不知道表里是哪一个。",
    example="前面写全县收到 95 件，后面写本机关收到 17 件。",
    cure="核对表里是哪个范围；确要写另一范围的数，写明“其中”。",
)

Stated = tuple[Tie, Cells]

_FEW = 12  # letters that say what a number counts
_PIECES = {*COUNTED} - {"", "项"}  # 六项内容, 三个方面 count nothing that a table holds
_NEAR = 40  # numbers of one sentence that may have to do with each other


def check_mentions(prose: Prose) -> Iterator[Finding]:
    """Report every figure in the text that is not the table's, or not the text's own elsewhere."""
    reading = prose.reading
    told = read_text(reading)
    judged = _Judged(reading, told)
    yield from judged.findings
    yield from judge_lists(told, judged.wrong, judged.right)
    yield from judge_shares(reading, told, judged.wrong)
    yield from judge_stated_changes(told)


def find_unjudged(reading: Reading) -> Iterator[tuple[Place, str, str]]:
    """Yield the figures beside words of the tables that were not judged: where, what, quoted."""
    told = read_text(reading)
    judged = _Judged(reading, told)
    tied = {tie.measure for tie in told.ties} - judged.doubted
    telling = vocabulary_of(reading.form.speech).telling
    for measure in told.measures:
        number = measure.number
        counts = measure.unit in _PIECES and not measure.is_change
        if number and counts and measure.own & telling and measure not in tied:
            sentence = measure.sentence
            said = sentence.words[number.start : number.end]
            yield sentence.place, f"{measure.words[-_FEW:]}{said}", sentence.quote(number)


class _Judged:
    """The facts that a text states, each judged against the tables."""

    def __init__(self, reading: Reading, told: StatedFacts) -> None:
        self.reading = reading
        self.stated: list[Stated] = []
        self.wrong: set[Measure] = set()
        self.doubted: set[Measure] = set()
        tied = {tie.measure: tie for tie in told.ties}

        for _, group in groupby(told.ties, key=lambda tie: tie.sentence):
            ties = list(group)
            for number, tie in enumerate(ties):
                if not tie.part:
                    near = ties[max(number - _NEAR, 0) : number]
                    whole = tied.get(tie.measure.whole) if tie.measure.whole else None
                    self.stated.append((tie, sums_for(reading, tie, near, whole)))

        self.beside: dict[Sentence, list[Stated]] = {}
        for one in self.stated:
            self.beside.setdefault(one[0].sentence, []).append(one)

        self.right = {
            tie.measure for tie, cells in self.stated if any(agrees(tie, c) for _, c in cells)
        }
        self.confirmed = self._find_confirmed()
        self.findings = list(self._judge_all())

    def _find_confirmed(self) -> dict[Sentence, set[str]]:
        """Return the sentences with numbers other than 0 that agree with their facts, and those."""
        confirmed: dict[Sentence, set[str]] = {}
        for tie, _ in self.stated:
            if tie.measure in self.right and tie.value:
                confirmed.setdefault(tie.sentence, set()).add(tie.fact.key)
        return confirmed

    def _judge_all(self) -> Iterator[Finding]:
        """Report what is wrong, in order of the text; a sentence is told of another scope once."""
        by_key: dict[str, list[Stated]] = {}
        for one in self.stated:
            by_key.setdefault(one[0].fact.key, []).append(one)

        found = {
            id(tie): finding
            for alike in by_key.values()
            for finding, tie in self._judge_fact(alike)
        }
        scoped: set[Sentence] = set()

        for tie, _ in self.stated:
            finding = found.get(id(tie))
            if finding and (finding.rule is not SCOPE or tie.sentence not in scoped):
                yield finding
                if finding.rule is SCOPE:
                    scoped.add(tie.sentence)

    def _judge_fact(self, stated: Sequence[Stated]) -> Iterator[tuple[Finding, Tie]]:
        """Yield what is wrong of all that is said of one fact."""
        known = [(tie, cells) for tie, cells in stated if cells]
        right = [tie for tie, _ in known if tie.measure in self.right]
        # reversed: of those alike the first stays
        firsts = {(tie.scope, tie.value): tie for tie in reversed(right)}.values()

        for tie, cells in known:
            if any(agrees(tie, cell) for _, cell in cells):
                continue

            wider = (one for one in firsts if _other_scope(one, tie) and tie.value < one.value)
            other = next(wider, None)
            narrow = tie.narrow and all(tie.value < cell for _, cell in cells)
            if ((other or narrow) and _adds_up(tie, cells)) or self._is_rest(tie, cells):
                continue

            rule = self._rule_for(tie)
            (self.wrong if other or narrow or rule else self.doubted).add(tie.measure)
            if other:
                yield _two_scopes(other, tie), tie
            elif narrow:
                yield _own_level(self.reading, tie, cells), tie
            elif rule:
                yield _contradicted(self.reading, rule, tie, cells), tie

        if not known:
            yield from self._against_itself([tie for tie, _ in stated if len(tie.fact.sums) < 2])

    def _against_itself(self, single: Sequence[Tie]) -> Iterator[tuple[Finding, Tie]]:
        """Yield what differs from the number said first, where the tables say nothing."""
        for tie in single[1:]:
            if tie.value != single[0].value:
                self.wrong.add(tie.measure)
                told = _two_scopes if _other_scope(single[0], tie) else _two_numbers
                yield told(single[0], tie), tie

    def _rule_for(self, tie: Tie) -> Rule | None:
        """Return an error for what is named in full, a question for what is likely; else None.

        Another number of the sentence that agrees with its cell confirms what it speaks of.
        """
        confirmed = self.confirmed.get(tie.sentence, set()) - {tie.fact.key}
        sure = tie.sure + bool(confirmed)
        return TEXT_AGAINST_TABLE if sure >= FULL else ASKED if sure == LIKELY else None

    def _is_rest(self, tie: Tie, cells: Cells) -> bool:
        """Return whether a part of this fact stands beside it: 雨天4次，其他9次 of 13."""
        beside = self.beside[tie.sentence][: 2 * _NEAR]
        return any(
            set(addresses) < set(whole) and other.value + tie.value == cell
            for other, others in beside
            for addresses, _ in others
            for whole, cell in cells
        )


def _other_scope(one: Tie, other: Tie) -> bool:
    """Return whether two numbers are said of different scopes: 全县 and 本机关."""
    return bool(one.scope and other.scope and _scope_kind(one.scope) != _scope_kind(other.scope))


def _scope_kind(scope: str) -> str:
    """Return what a scope is over: 全县 and 我县 are the same."""
    return scope[1:] if scope[0] in "我本全" else scope


def _contradicted(reading: Reading, rule: Rule, tie: Tie, sums: Cells) -> Finding:
    addresses = list(dict.fromkeys(address for addresses, _ in sums for address in addresses))
    cells = "，或".join(_cells_in_words(reading, addresses, cell) for addresses, cell in sums)
    return rule.at(
        tie.sentence.place,
        *(reading.place(address) for address in addresses),
        expected=" 或 ".join(dict.fromkeys(_in_words(reading, a[0], cell) for a, cell in sums)),
        actual=tie.said,
        quote=tie.quote,
        label=tie.fact.label,
        cells=cells,
    )


def _own_level(reading: Reading, tie: Tie, sums: Cells) -> Finding:
    """Return what a government counts for itself, where its table counts all that are below it."""
    (addresses, cell), *_ = sums
    return SCOPE.at(
        tie.sentence.place,
        *(reading.place(address) for address in addresses),
        expected=_in_words(reading, addresses[0], cell),
        actual=tie.said,
        label=tie.fact.label,
        first=reading.form.figures[addresses[0]].table.short,
        second=tie.scope,
        quote=tie.quote,
    )


def _adds_up(tie: Tie, sums: Cells) -> bool:
    """Return whether the sentence gives the whole or the rest as well: 县政府20件，各部门37件."""
    numbers = [n for n in tie.sentence.numbers[: 2 * _NEAR] if n.value is not None]
    others = [scaled(number) for number in numbers if number != tie.number]
    alike = [number.value for number in numbers if number.unit == tie.measure.unit and number.value]
    return any(
        one in (cell, cell - tie.value)
        for one in (*others, sum(alike) - tie.value)
        for _, cell in sums
    )


def _cells_in_words(reading: Reading, addresses: Sequence[str], cell: Decimal) -> str:
    """Return what cells say in the words of a message."""
    figures = [reading.form.figures[address] for address in addresses]
    table = figures[0].table.short
    shown = "＋".join(f"“{figure.label}”" for figure in figures[:3])
    if len(figures) > 3:
        shown = f"“{figures[0].label}”等 {len(figures)} 格之和"
    return f"{table}{shown}是 {_in_words(reading, addresses[0], cell)}"


def _in_words(reading: Reading, address: str, cell: Decimal) -> str:
    """Return the number of a cell as a message prints it, an amount with the unit of its cell."""
    unit = reading.form.figures[address].unit
    if unit in SCALE:
        return f"{(cell / SCALE[unit]).normalize():f}{unit}"
    return f"{cell:f}"


def _two_numbers(first: Tie, tie: Tie) -> Finding:
    return TWO_NUMBERS.at(
        *_places_of(first, tie),
        expected=first.said,
        actual=tie.said,
        label=tie.fact.label,
        quote=tie.quote,
    )


def _two_scopes(first: Tie, tie: Tie) -> Finding:
    return SCOPE.at(
        *_places_of(tie, first),
        expected=first.said,
        actual=tie.said,
        label=tie.fact.label,
        first=first.scope,
        second=tie.scope,
        quote=tie.quote,
    )


def _places_of(one: Tie, other: Tie) -> list[Place]:
    return list(dict.fromkeys((one.sentence.place, other.sentence.place)))
