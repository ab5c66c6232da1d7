"""A published report becomes an input: what its labels and sums prove, and what is to be asked.

Labels prove which figure it is, sums prove its digits. What neither proves is a question, which
stands in the input that is written (`Report.unconfirmed`) until the office answers it there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.check.passages import Prose
from docgen.check.rules.level import open_levels
from docgen.check.rules.sums import check_sums
from docgen.errors import FINDINGS, SOUND
from docgen.files.visible import visible
from docgen.finding import Finding, Place
from docgen.forms.form import Form
from docgen.forms.sums import compute_totals, sides
from docgen.forms.table import Number
from docgen.importing.proof import Proven, prove_tables
from docgen.model import BLANKS_ARE_ZERO, FACTS, Question, Reading, Report, facts_of
from docgen.read import read_report
from docgen.read.blanks import may_be_zero
from docgen.read.entry import MISSING_FACT
from docgen.read.figures import BLANK_FIGURE
from docgen.read.published.cells import BLANK_CELLS


@dataclass(frozen=True)
class Imported:
    """A published report as an input: the reading with its questions, and what is proved."""

    reading: Reading
    proven: Proven
    blank: tuple[str, ...]  # cells that have no figure and must have one
    zeros_hold: bool  # with 0 in those all sums hold
    unsaid: tuple[str, ...]  # facts that the input owes and the report does not say
    level_by_name: bool  # the level is as the body's name has it
    findings: tuple[Finding, ...]
    target: Path | None = None
    places: Mapping[str, Place] = field(default_factory=dict)  # in the input that was written

    @property
    def exit_code(self) -> int:
        """Return 0 where all is proved, 1 while anything is to be asked."""
        nameless = {"year", "body.name"} & set(self.unsaid)
        asked = any(asked.is_open for asked in self.reading.report.unconfirmed)
        return FINDINGS if asked or self.blank or nameless else SOUND


def import_report(
    path: Path, named: Form | None = None, *, blank_is_zero: bool = False
) -> Imported:
    """Return what a published report says as an input. Raise InputStop if it cannot be read.

    `named` is its form, where it does not show that itself.
    """
    reading = read_report(path, named=named)
    report = with_level(reading.report)
    level_by_name = report.body.level != reading.report.body.level
    blank = _blank_cells(reading)
    zeros = _figures_with_zeros(reading.form, report, blank)
    if zeros is not None and blank_is_zero:
        report = report.model_copy(update={"figures": zeros})
        blank = ()

    blanks_told = [f for f in reading.findings if f.rule in (BLANK_CELLS, BLANK_FIGURE)]
    unsaid_told = list(_unsaid_told(reading))
    told = [*blanks_told, *unsaid_told]
    asked = [f for f in reading.findings if f.severity != "note" and f not in told]
    hidden = unsaid_told if blank else told  # the last lines say what is to be filled in
    findings = tuple(finding for finding in reading.findings if finding not in hidden)

    reading = replace(reading, report=report)
    asked += check_sums(Prose(reading))
    unsaid = tuple(a for a in _owed_facts(reading.form) if report.fact(a) is None)
    questions = [Question(question=_as_question(finding)) for finding in asked]
    unread = may_be_zero(reading.form) - {*report.figures, *blank}
    if zeros is not None and blank and not unread:  # else the answer would make those 0, too
        questions.insert(0, Question(question=BLANKS_ARE_ZERO))
    report = report.model_copy(update={"unconfirmed": (*report.unconfirmed, *questions)})

    return Imported(
        reading=replace(reading, report=report),
        proven=prove_tables(reading.form, report),
        blank=blank,
        zeros_hold=zeros is not None,
        unsaid=unsaid,
        level_by_name=level_by_name,
        findings=findings,
    )


def with_level(report: Report) -> Report:
    """Return the report with the level of its body: no report prints it, most names tell it."""
    body = report.body
    levels = open_levels(body) if body.level is None else ()
    if len(levels) != 1:
        return report
    return report.model_copy(update={"body": body.model_copy(update={"level": levels[0]})})


def _blank_cells(reading: Reading) -> tuple[str, ...]:
    """Return the cells that are blank in the file and must hold a figure."""
    asked = (f for f in reading.findings if f.rule in (BLANK_CELLS, BLANK_FIGURE) and not f.actual)
    return tuple(dict.fromkeys(place.address for finding in asked for place in finding.places))


def _figures_with_zeros(
    form: Form, report: Report, blank: Sequence[str]
) -> dict[str, Number] | None:
    """Return the figures with 0 for every blank, if all sums of the report hold with them.

    A table without any figure proves nothing: it may be a form that nobody filled in.
    """
    zeros = {a: 0 for a in blank if a in may_be_zero(form)}
    if not zeros:
        return None

    figures = {**report.figures, **zeros}
    figures |= compute_totals(form, figures, set(form.totals) - set(figures))
    both = [sides(balance, figures) for balance in form.balances]
    if not any(report.figures.values()) or any(
        found is None or found.left != found.right for found in both
    ):
        return None
    return {a: figures[a] for a in form.figures if a in figures}


def _owed_facts(form: Form) -> list[str]:
    """Return the facts that an input must have to be issued."""
    may_lack = ("body.short_name", "title", "deadline", "neighbours")
    return [address for address in facts_of(form) if address not in may_lack]


def _unsaid_told(reading: Reading) -> Iterator[Finding]:
    """Yield the findings on facts that the report does not say."""
    for finding in reading.findings:
        addresses = [place.address for place in finding.places]
        if finding.rule is MISSING_FACT or (
            addresses and all(a in FACTS and reading.report.fact(a) is None for a in addresses)
        ):
            yield finding


def _as_question(finding: Finding) -> str:
    """Return what is to be looked at, and where in the published file: at the likeliest cells."""
    message = visible(" ".join(finding.message.split()))
    if finding.suspects:
        cells = (f"{s.place._replace(file='')} 读作 {s.actual}" for s in finding.suspects[:3])
        return f"{message}（先看原文{'、'.join(cells)}）"

    place = next((str(p._replace(file="")) for p in finding.places if p.sheet or p.cell), "")
    return f"{message}（原文{place}）" if place else message
