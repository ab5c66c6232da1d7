"""Last year's report: what this year takes over from it, what jumped, and what was copied."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docgen.catalogue import years
from docgen.finding import Finding, Place, Rule, Suspect
from docgen.forms.duties import Carry
from docgen.forms.form import Figure, Kind, Number
from docgen.model import Reading, print_number
from docgen.rules.arithmetic import check_sums
from docgen.rules.passages import Prose, Sentence
from docgen.rules.years import find_mentions, is_dated

CARRY_RULES: dict[str, Rule] = {rule.code: rule for rule in (years.CARRIED, years.IN_FORCE)}

#: A figure jumps when it is more than this many times the other, and more than this apart.
JUMP_TIMES, JUMP_APART = 5, 20
#: More than this share of sentences kept is told of, of at least so many sentences.
KEPT_SHARE, FEWEST_SENTENCES = 0.5, 4

_SHOWN = 8
_SHORTEST = 6  # characters of a sentence that can be copied
_DIGITS = re.compile("[0-9]+(?:[.,，][0-9]+)*")
_BLANKS = re.compile(r"\s+")
_FIGURE = re.compile(
    r"(?<![第〔（(0-9.])([0-9]+(?:\.[0-9]+)?)余?(?:万?元|[件条次宗起份篇期场]|人次|万[件条次]|[%％]|个百分点)"
)


class Copied(NamedTuple):
    """A sentence of this year that stands in last year's report too; `exact` to the digit."""

    sentence: Sentence
    exact: bool


def check_previous(prose: Prose, previous: Reading) -> Iterator[Finding]:
    """Everything that follows from last year's report, if it is that."""
    reading = prose.reading
    year, last = reading.report.year, previous.report.year
    if year is None or last != year - 1:
        said = f"“{previous.name}”是 {last} 年度的" if last else f"“{previous.name}”没有年度"
        yield years.NOT_JUDGED.at(why=f"{said}，不是上一年的")
        return
    if not same_body(reading, previous):
        yield years.OTHER_BODY.at(
            reading.place("body.name"),
            name=previous.name,
            expected=str(reading.report.body.name),
            actual=str(previous.report.body.name),
        )
    faults = [f for f in (*previous.findings, *check_sums(previous)) if f.severity == "error"]
    if faults:
        places = [finding.places[0] for finding in faults if finding.places]
        yield years.FAULTY_LAST_YEAR.at(*places[:_SHOWN], name=previous.name, count=len(faults))
    for carry in reading.form.duties.carries:
        if not carry.within_edition or reading.form is previous.form:
            yield from _carried(reading, previous, carry)
    yield from _jumps(reading, previous)
    yield from _copies(prose, previous, last)


def same_body(reading: Reading, previous: Reading) -> bool:
    """Whether two reports are of one body, by its name or its short name."""
    body, other = reading.report.body, previous.report.body
    if body.name and body.name == other.name:
        return True
    return bool(body.short_name and body.short_name == other.short_name)


def _carried(reading: Reading, previous: Reading, carry: Carry) -> Iterator[Finding]:
    """One finding a row or column taken over, with each cell that does not follow."""
    now, before = reading.report.figures, previous.report.figures
    wrong: dict[str, list[tuple[str, str, Number]]] = {}
    for address, figure in reading.form.figures.items():
        table, row, column = address.split(".")
        by_column = carry.across == "columns"
        if table != carry.table or (row if by_column else column) != carry.key:
            continue

        def at(key: str, row: str = row, column: str = column, across: bool = by_column) -> str:
            return f"{carry.table}.{key}.{column}" if across else f"{carry.table}.{row}.{key}"

        moved = [at(key) for key in (*carry.plus, *carry.minus)]
        if address not in now or at(carry.last) not in before or any(a not in now for a in moved):
            continue
        expected = before[at(carry.last)]
        expected += sum(now[at(key)] for key in carry.plus)
        expected -= sum(now[at(key)] for key in carry.minus)
        if now[address] != expected:
            where = figure.row[-1].label
            wrong.setdefault(where, []).append((address, at(carry.last), expected))
    for where, cells in wrong.items():
        yield _not_carried(reading, previous, carry, where, cells)


def _not_carried(
    reading: Reading,
    previous: Reading,
    carry: Carry,
    where: str,
    cells: list[tuple[str, str, Number]],
) -> Finding:
    form, now = reading.form, reading.report.figures
    suspects = [
        Suspect(
            reading.place(address),
            form.figures[address].label,
            print_number(now[address]),
            print_number(expected),
        )
        for address, _, expected in cells
    ]
    columns = [form.figures[address].column[-1].label for address, _, _ in cells]
    details = [
        f"{column}应为 {s.expected}，现为 {s.actual}"
        for column, s in zip(columns, suspects, strict=True)
    ]
    places = [place for a, last, _ in cells for place in (reading.place(a), previous.place(last))]
    return CARRY_RULES[carry.code].at(
        *places,
        expected="；".join(suspect.expected for suspect in suspects),
        actual="；".join(suspect.actual for suspect in suspects),
        suspects=suspects,
        table=form.figures[cells[0][0]].table.short,
        where=where,
        details=f"{carry.text}；" + "；".join(details),
    )


def _jumps(reading: Reading, previous: Reading) -> Iterator[Finding]:
    """Figures far from last year's, and zeros where last year was large: one note each."""
    now, before = reading.report.figures, previous.report.figures
    jumps: list[tuple[Figure, Number, Number]] = []
    zeros: list[tuple[Figure, Number, Number]] = []
    for address, figure in reading.form.figures.items():
        if address not in now or address not in before or figure.kind is Kind.CHANGE:
            continue
        if (
            address not in previous.form.figures
            or previous.form.figures[address].kind != figure.kind
        ):
            continue
        one, other = before[address], now[address]
        small, large = sorted((one, other))
        if large - small > JUMP_APART and large > JUMP_TIMES * small:
            (jumps if other else zeros).append((figure, one, other))
    for rule, found in ((years.JUMP, jumps), (years.NOW_ZERO, zeros)):
        if found:
            details = [
                f"{figure.table.short}“{figure.label}”{print_number(one)}→{print_number(other)}"
                for figure, one, other in found[:_SHOWN]
            ]
            more = "等" if len(found) > _SHOWN else ""
            places = [reading.place(figure.address) for figure, _, _ in found]
            yield rule.at(*places, count=len(found), details="；".join(details) + more)


def find_copied(prose: Prose, last: Prose) -> tuple[list[Copied], int]:
    """The sentences kept from last year, whatever their digits, and how many there are in all."""
    sentences = [s for s in prose.sentences() if len(s.text) >= _SHORTEST]
    exact = {_BLANKS.sub("", sentence.text) for sentence in last.sentences()}
    alike = {_DIGITS.sub("#", text) for text in exact}
    copied = []
    for sentence in sentences:
        text = _BLANKS.sub("", sentence.text)
        if _DIGITS.sub("#", text) in alike:
            copied.append(Copied(sentence, text in exact))
    return copied, len(sentences)


def _copies(prose: Prose, previous: Reading, year: int) -> Iterator[Finding]:
    """The share of sentences kept, and those kept to the letter that tell of last year."""
    copied, total = find_copied(prose, Prose(previous))
    if total >= FEWEST_SENTENCES and len(copied) > KEPT_SHARE * total:
        places = dict.fromkeys(prose.place(copy.sentence.start) for copy in copied)
        yield years.SAME_TEXT.at(
            *places,
            total=total,
            kept=len(copied),
            share=round(100 * len(copied) / total),
            limit=round(100 * KEPT_SHARE),
            expected=f"不超过 {round(100 * KEPT_SHARE)} %",
            actual=f"{round(100 * len(copied) / total)} %",
        )
    stale: dict[int, str] = {}
    for mention in find_mentions(prose):
        if mention.year in (year, year - 1) and not is_dated(mention):
            stale.setdefault(prose.bounds(mention.start)[0], f"{mention.year}年")
    old_names = _old_names(prose.reading, previous)
    for sentence, exact in copied:
        if exact and (what := _of_last_year(sentence, stale, old_names)):
            quote = prose.quote(sentence.start, sentence.start + 1)
            place: Place = prose.place(sentence.start)
            yield years.SAME_SENTENCE.at(place, quote=quote, what=what[0], actual=what[1])


def _old_names(reading: Reading, previous: Reading) -> list[str]:
    """Names of the body that it had last year only."""
    body, other = reading.report.body, previous.report.body
    now = [name for name in (body.name, body.short_name) if name]
    before = [name for name in (other.name, other.short_name) if name]
    return [name for name in before if not any(name in current for current in now)]


def _of_last_year(
    sentence: Sentence, stale: dict[int, str], old_names: list[str]
) -> tuple[str, str] | None:
    """What of last year a sentence that was kept to the letter still carries."""
    if sentence.start in stale:
        return "年份", stale[sentence.start]
    for name in old_names:
        if name in sentence.text:
            return "名称", name
    for match in _FIGURE.finditer(sentence.text):
        if "." in match[1] or len(match[1]) > 1:
            return "数", match[0]
    return None
