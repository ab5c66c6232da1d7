"""Findings as the desk shows them: in words, with their fields and what to put there.

What is not filled in yet is no fault: it is told apart, as what is still to be done.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from docgen import files
from docgen.address import Address
from docgen.blank import ALREADY_THERE
from docgen.check.outcome import Outcome
from docgen.check.rules.complete import EMPTY_SECTION
from docgen.check.waivers import why_unwaivable
from docgen.finding import Finding, Place
from docgen.forms.form import Form
from docgen.messages.phrases import faulty_places
from docgen.model import Reading, print_date
from docgen.prose.personal import masked
from docgen.read.answers import BLANK_ANSWER
from docgen.read.entry import MISSING_FACT
from docgen.read.figures import BLANK_FIGURE
from docgen.read.references import ONLY_READY
from docgen.read.reported import BLANK_TABLE, EMPTY_TABLE, NO_UNIT, UNIT_BLANK

#: The codes of rules that tell of what is not filled in yet.
_UNFILLED = {
    rule.code
    for rule in (
        MISSING_FACT,
        BLANK_FIGURE,
        BLANK_ANSWER,
        BLANK_TABLE,
        EMPTY_TABLE,
        NO_UNIT,
        UNIT_BLANK,
        EMPTY_SECTION,
        ONLY_READY,
    )
}
_OF_CELLS = {BLANK_FIGURE.code, BLANK_ANSWER.code, BLANK_TABLE.code, UNIT_BLANK.code}
#: How a finding is marked: as grave as it is, or still to be done.
Mark = Literal["error", "warning", "todo", "note"]
MARKS: dict[Mark, str] = {"error": "要改", "warning": "看一看", "todo": "待填", "note": "提示"}
#: So many findings of one rule on one sheet are told as one, with the rest below it.
_MANY = 4
#: So many cells of which one may be wrong are listed.
_MOST_DOUBTFUL = 8


class Offer(NamedTuple):
    """A value that would make the sums hold, to be taken over with one click."""

    address: str
    was: str
    now: str
    label: str


class ToldFinding(NamedTuple):
    """A finding, or several alike: what is said, where it stands, what can be done about it."""

    id: str
    mark: Mark
    message: str
    cure: str
    basis: str
    addresses: tuple[str, ...]
    offers: tuple[Offer, ...]
    doubtful: tuple[tuple[str, str], ...] = ()  # cells of which one is wrong: address and label
    more: tuple[str, ...] = ()  # what the others alike say
    key: str = ""  # what a request calls it, to let it through; blank where that cannot be
    subject: str = ""  # the same as long as it is about the same thing, whatever its figures

    @property
    def word(self) -> str:
        """How grave it is, in a word."""
        return MARKS[self.mark]

    @property
    def place(self) -> str:
        """The first field it speaks of; blank where there is none."""
        return self.addresses[0] if self.addresses else ""


class Passed(NamedTuple):
    """A finding that the office let through: what it says, why, by whom, in which waiver."""

    message: str
    why: str
    address: str


class Told(NamedTuple):
    """What a check found, for the page: the findings, and how each field is marked by them."""

    findings: Sequence[ToldFinding]
    ids: dict[str, list[str]]  # of the findings about a field, by its address
    marks: dict[str, Mark]  # the gravest of them
    state: str  # how the report stands, in a few words
    sound: bool
    passed: Sequence[Passed] = ()


def tell_outcome(outcome: Outcome, reading: Reading) -> Told:
    """Return what a check found, the gravest first, findings alike together."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if not finding.waived:
            sheet = finding.places[0].sheet if finding.places else ""
            groups[finding.code, sheet].append(finding)

    blank, named = blank_cells(reading), _names_of_cells(reading)
    told: list[ToldFinding] = []
    for found in groups.values():
        alike = [found] if len(found) >= _MANY else [[one] for one in found]
        told += [_in_words(_tell_group(one, blank, reading), named) for one in alike]

    order = list(MARKS)
    told.sort(key=lambda one: order.index(one.mark))
    told = [one._replace(id=f"f{number}") for number, one in enumerate(told)]
    ids, marks = _index_told(told)
    for address in blank:
        marks.setdefault(address, "todo")

    state, sound = sum_up(outcome, reading), outcome.verdict == "sound"
    return Told(told, ids, marks, state, sound, _tell_passed(outcome, reading))


def _names_of_cells(reading: Reading) -> dict[str, str]:
    """Return what each cell is called, by where it stands in its file."""
    cells = reading.form.cells
    return {
        str(place): f"“{cells[address].label}”"
        for address, place in reading.places.items()
        if address in cells and place.cell
    }


def _in_words(told: ToldFinding, named: Mapping[str, str]) -> ToldFinding:
    """Return a finding that speaks of cells and figures as the page shows them."""

    def spoken(text: str) -> str:
        if _CELL.search(text):
            for where in sorted((one for one in named if one in text), key=len, reverse=True):
                text = re.sub(rf" ?{re.escape(where)}(?!\d) ?", named[where], text)
        return _BINDING.sub(r"【\1】", text)

    return told._replace(
        message=spoken(told.message),
        cure=spoken(told.cure),
        more=tuple(spoken(one) for one in told.more),
    )


def _tell_passed(outcome: Outcome, reading: Reading) -> list[Passed]:
    """Return what was let through, by each waiver of the report."""
    passed = []
    for number, waiver in enumerate(reading.report.waivers):
        code = waiver.code.upper()
        reason = masked(waiver.reason)
        said = [
            finding.message
            for finding in outcome.findings
            if finding.waived and finding.code == code and finding.waived.reason == reason
        ]
        why = f"{reason}（{waiver.by}，{print_date(waiver.date)}）"
        what = said[0] if said else f"“{waiver.value}”这一处（现在没有用上）"
        passed.append(Passed(what, why, Address.of_waiver(number)))

    return passed


def blank_cells(reading: Reading) -> list[str]:
    """Return the cells that must be filled in and are not."""
    report = reading.report
    known = {*report.figures, *report.answers, *reading.computed}
    typed = {
        place.address
        for finding in reading.findings
        if finding.code not in _UNFILLED
        for place in finding.places
    }
    return [
        address
        for address, figure in reading.form.cells.items()
        if address not in known and address not in typed and not figure.cell.optional
    ]


def sum_up(outcome: Outcome, reading: Reading) -> str:
    """Return how a report stands, in a few words."""
    found = [finding for finding in outcome.findings if not finding.waived]
    wrong = sum(1 for one in found if one.severity == "error" and one.code not in _UNFILLED)
    asked = sum(1 for one in found if one.severity == "warning")
    blank = len(blank_cells(reading))
    others = sum(1 for one in found if one.code in _UNFILLED - _OF_CELLS)
    said = [
        f"还有 {blank} 格没填" if blank else "",
        f"{others} 项没写" if others else "",
        f"{wrong} 处要改" if wrong else "",
    ]
    if any(said):
        return "，".join(filter(None, said))
    return "核对通过，可以出文件" + (f"；有 {asked} 处请看一看" if asked else "")


def _tell_group(found: Sequence[Finding], blank: Sequence[str], reading: Reading) -> ToldFinding:
    first = found[0]
    heads = _fields_of_heads(reading)
    addresses = dict.fromkeys(
        _field_of(address)
        for finding in found
        for place in faulty_places(finding)
        if (address := heads.get(place) or place.address)
    )
    if first.code == BLANK_TABLE.code:  # it names the sheet: its cells are those that are blank
        table = first.places[0].address
        addresses |= dict.fromkeys(one for one in blank if Address(one).first == table)
        addresses.pop(table, None)
    is_one = len(found) == 1
    waivable = is_one and can_waive(reading.form, first)
    if first.code == BLANK_FIGURE.code:
        is_one = False
    return ToldFinding(
        id="",
        mark="todo" if first.code in _UNFILLED else first.severity,
        message=first.message
        if is_one
        else f"{_sheet_of(first)}{first.rule.name}，{len(found)} 处",
        cure=for_desk(first.cure if is_one else first.rule.plain_cure),
        basis=first.rule.basis,
        addresses=tuple(addresses),
        offers=tuple(_offers_of(first, reading.form)) if is_one else (),
        more=() if is_one else tuple(finding.message for finding in found),
        doubtful=_doubtful_cells(first) if is_one else (),
        key=key_of_finding(first) if waivable else "",
        subject=_subject_of(first),
    )


def _sheet_of(finding: Finding) -> str:
    """Return the name of the sheet that findings alike stand on, to be said before them."""
    sheet = finding.places[0].sheet if finding.places else ""
    return f"{sheet}：" if sheet else ""


def can_waive(form: Form, finding: Finding) -> bool:
    """Whether the office may let a finding through."""
    is_asked = finding.waived is None and finding.severity != "note"
    return is_asked and finding.code not in _UNFILLED and not why_unwaivable(form, finding.rule)


def key_of_finding(finding: Finding) -> str:
    """Return what a request calls a finding: the same as long as it says the same."""
    said = "|".join([finding.code, finding.message, *map(str, finding.places)])
    return files.sha256(said.encode())[:12]


def _subject_of(finding: Finding) -> str:
    """Return what a page calls a finding while its figures change: its rule and its places."""
    said = "|".join([finding.code, *(place.address or place.cell for place in finding.places)])
    return files.sha256(said.encode())[:12]


def _fields_of_heads(reading: Reading) -> dict[Place, Address]:
    """Return the fields of places that hold a name: of a section's text, of another wording."""
    wordings = set(map(Address.of_wording, reading.report.wording))
    return {
        place: Address(address)
        for address, place in reading.places.items()
        if address in wordings or (not place.address and Address(address).section)
    }


def _field_of(address: Address) -> str:
    """Return the address of the field that a value stands in: a section for its paragraphs."""
    return Address.of_section(address.section) if address.section else address


# J27 and AB3 are cells; E 401 and 2025 are none.
_CELL = re.compile(r"[A-Z]{1,3}\d+")

# {{ 数名 }} and {{数名 | 占 总数}} are bound; 【数名】 is so already.
_BINDING = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")

# split after: the marks of 移走它；加 --force。
_CLAUSE = re.compile("(?<=[；。])")


#: What no cure says on a page: options, commands, pages of docgen's own manual.
_NOT_ON_PAGES = ("--", "（-o", " -o", "docgen ", "docs/")
#: Cures that are others where the reports are listed.
_ON_PAGES = {ALREADY_THERE.cure: "它已经在首页的列表里，点它接着填。"}


def for_desk(cure: str) -> str:
    """Return a cure without what is typed as a command: here buttons do that."""
    clauses = _CLAUSE.split(_ON_PAGES.get(cure, cure))
    clauses = [one for one in clauses if not any(typed in one for typed in _NOT_ON_PAGES)]
    kept = "".join(clauses)
    return f"{kept[:-1]}。" if kept.endswith("；") else kept


def tell_finding(found: Mapping[str, object]) -> ToldFinding:
    """Return a finding as a command told it to a program."""
    places = found.get("places")
    addresses = [str(one.get("address", "")) for one in places] if isinstance(places, list) else []
    fields = dict.fromkeys(_field_of(Address(one)) for one in addresses if one)
    severity = str(found.get("severity", "error"))
    mark: Mark = "warning" if severity == "warning" else "note" if severity == "note" else "error"
    is_blank = str(found.get("code")) in _UNFILLED
    return ToldFinding(
        id="",
        mark="todo" if is_blank else mark,
        message=str(found.get("message", "")),
        cure=for_desk(str(found.get("cure", ""))),
        basis=str(found.get("basis", "")),
        addresses=tuple(fields),
        offers=(),
    )


def _offers_of(finding: Finding, form: Form) -> Iterable[Offer]:
    """Yield what to put where the sums prove it; not a figure that is only one of several guesses.

    That is the one cell suspected, or a total: its parts say what it is.
    """
    is_proved = len(finding.suspects) == 1
    for suspect in finding.suspects:
        address = suspect.place.address
        if not (is_proved or address in form.totals):
            continue
        if address and suspect.expected and address.count(".") == 2:
            yield Offer(address, suspect.actual, suspect.expected, suspect.label)


def _doubtful_cells(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return the cells of which one may be wrong, where there are several."""
    cells = [(str(one.place.address), one.label) for one in finding.suspects if one.place.address]
    return tuple(cells[:_MOST_DOUBTFUL]) if len(cells) > 1 else ()


def _index_told(told: Sequence[ToldFinding]) -> tuple[dict[str, list[str]], dict[str, Mark]]:
    """Return the ids of the findings about each field, and the gravest mark of each."""
    ids: dict[str, list[str]] = defaultdict(list)
    marks: dict[str, Mark] = {}
    for one in told:  # the gravest come first
        for address in one.addresses:
            ids[address].append(one.id)
            marks.setdefault(address, one.mark)

    return ids, marks
