"""A published report becomes an input: what its labels and sums prove, and what is to be asked.

Labels prove which figure it is, sums prove its digits. What neither proves is a question, which
stands in the input that is written (`Report.unconfirmed`) until the office answers it there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.address import Address
from docgen.blank import ALREADY_THERE, CANNOT_CARRY
from docgen.check.passages import Prose
from docgen.check.rules.level import open_levels
from docgen.check.rules.sums import check_sums
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop
from docgen.files import scratch
from docgen.files.inputs import refuse_unportable
from docgen.files.visible import is_formula, visible
from docgen.finding import Finding, Place
from docgen.forms.form import Form
from docgen.forms.layout import label_of
from docgen.forms.sums import compute_totals, sides
from docgen.forms.table import Number, Table
from docgen.model import (
    BLANKS_ARE_ZERO,
    FACTS,
    LEVELS,
    Question,
    Reading,
    Report,
    facts_of,
    print_number,
    texts_of,
)
from docgen.read import read_report
from docgen.read.blanks import may_be_zero
from docgen.read.entry import MISSING_FACT
from docgen.read.figures import BLANK_FIGURE
from docgen.read.published.cells import BLANK_CELLS

#: The kinds of input that are one file; any other name is that of a folder to write into.
KINDS = (".json", ".xlsx")
_LOST = "写好的输入读回来，这几处和公布的不一样，请对照原文改正：{label}"
_MOST_ROWS = 15  # of a table without sums that are shown to be looked at
# 甲镇/乙镇, a:b; not 甲镇.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]')


class ProvenTable(NamedTuple):
    """How far one table is proved."""

    table: Table
    read: int  # figures
    missing: int  # cells without a figure that must have one
    waiting: int  # figures whose sums all lack another one
    unproved: tuple[str, ...]  # figures that no sum of the form is about


class Proven(NamedTuple):
    """What the sums of a report prove."""

    tables: tuple[ProvenTable, ...]
    held: int  # sums that hold
    broken: int


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
        asked = self.blank or self.reading.report.unconfirmed
        return FINDINGS if asked or nameless else SOUND


def import_report(
    path: Path, named: Form | None = None, *, blank_is_zero: bool = False
) -> Imported:
    """Return what a published report says as an input. Raise InputStop if it cannot be read.

    `named` is its form, where it does not show that itself.
    """
    reading = read_report(path, named=named)
    report = _with_level(reading.report)
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
        proven=_prove_tables(reading.form, report),
        blank=blank,
        zeros_hold=zeros is not None,
        unsaid=unsaid,
        level_by_name=level_by_name,
        findings=findings,
    )


def _with_level(report: Report) -> Report:
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


def _prove_tables(form: Form, report: Report) -> Proven:
    """Return what the sums that are known prove of each table."""
    both = [(b, found) for b in form.balances if (found := sides(b, report.figures)) is not None]
    holding = sum(found.left == found.right for _, found in both)
    judged = {a for balance, _ in both for a in (*balance.left, *balance.right)}
    in_sums = {a for balance in form.balances for a in (*balance.left, *balance.right)}
    tables = []
    for table in form.tables:
        cells = [a for a, figure in form.figures.items() if figure.table is table]
        read = [a for a in cells if a in report.figures]
        missing = sum(a not in report.figures and not form.figures[a].cell.optional for a in cells)
        unproved = tuple(a for a in read if a not in in_sums)
        if cells:
            waiting = sum(a in in_sums and a not in judged for a in read)
            tables.append(ProvenTable(table, len(read), missing, waiting, unproved))

    return Proven(tuple(tables), holding, len(both) - holding)


def sum_up(imported: Imported) -> Iterator[str]:
    """Yield in words what is proved and what a person must look at."""
    yield from _proven_in_words(imported)
    report = imported.reading.report
    if imported.blank and imported.zeros_hold:
        is_asked = any(asked.is_about_blanks for asked in report.unconfirmed)
        there = "在“待确认”里写“是”，或" if is_asked else ""
        yield (
            f"空着的 {len(imported.blank)} 格都填 0，勾稽就全部成立。是这样的话，"
            f"{there}加 --blank-is-zero 再导入一次。"
        )
    elif imported.blank:
        yield f"空着的 {len(imported.blank)} 格，勾稽证不出都是 0，请对照原文补上。"
    if imported.level_by_name and report.body.level:
        yield f"机关层级照机关名称写作“{LEVELS[report.body.level][0]}”，请看一眼。"
    if imported.unsaid:
        labels = "、".join(FACTS[address] for address in imported.unsaid)
        yield f"公布的文件里没有、出文件前要补的：{labels}。"
    if report.unconfirmed:
        yield f"待确认 {len(report.unconfirmed)} 条，写在输入里；一条一条答了“是”才能出文件。"


def _proven_in_words(imported: Imported) -> Iterator[str]:
    """Yield which tables are proved, and the figures that no sum proves."""
    proven = imported.proven
    with_sums = [one for one in proven.tables if one.read > len(one.unproved)]
    if with_sums:
        tables = "、".join(f"{one.table.short} {one.read} 格" for one in with_sums)
        sums = f"{proven.held} 条勾稽全部成立"
        if proven.broken:
            sums = f"{proven.held} 条勾稽成立，{proven.broken} 条不成立，照原文写了"
        yield f"{tables}：标签逐格对上，{sums}。"

    for one in proven.tables:
        if one.unproved:
            rows = "；".join(_rows_in_words(imported.reading, one))
            yield f"{one.table.short} {len(one.unproved)} 格没有勾稽，请看一眼：{rows}。"
    for one in proven.tables:
        if one.missing:
            waiting = f"，同它们相加的 {one.waiting} 格也还证不了" if one.waiting else ""
            yield f"{one.table.short} {one.missing} 格没有数{waiting}。"


def _rows_in_words(reading: Reading, one: ProvenTable) -> Iterator[str]:
    """Yield the rows of figures that no sum proves: `检查 1／0／11`."""
    rows: dict[str, list[str]] = {}
    for address in one.unproved:
        figure = reading.form.figures[address]
        label = label_of(figure.table, figure.row, reading.report.wording)
        rows.setdefault(label, []).append(print_number(reading.report.figures[address]))

    for number, (label, values) in enumerate(rows.items()):
        if number == _MOST_ROWS:
            yield f"等 {len(rows)} 行"
            return
        yield f"{label} {'／'.join(values)}"


def input_target(output: Path, reading: Reading, *, workbook: bool, alone: bool) -> Path:
    """Return where the input goes: the file that was named, or a name of its own in a folder.

    `alone`: all that is imported is one body's, so the year says which it is.
    """
    if output.suffix.lower() in KINDS:
        return output

    report, form = reading.report, reading.form
    year = str(report.year or "")
    body = _NOT_IN_NAMES.sub("", visible(report.body.short_name or report.body.name or ""))[:60]
    name = year if alone and year else f"{body}{year}" or Path(reading.name).stem
    if not form.is_usual:
        name = f"{name}-{form.family or form.key}"
    return output / (f"{name}.xlsx" if workbook else name)


def write_input(imported: Imported, target: Path) -> Imported:
    """Write the input, never over another, and read it again to know where each value stands.

    Raise OutputStop if something stands there.
    """
    if target.exists() or target.is_symlink():
        raise OutputStop(ALREADY_THERE.at(name=str(target)))
    refuse_unportable(target.name)
    reading = imported.reading
    again = _read_again(reading, target)
    if lost := list(_differences(reading, again)):
        asked = Question(question=_LOST.format(label="、".join(lost[:_MOST_ROWS])))
        told = (*reading.report.unconfirmed, asked)
        report = reading.report.model_copy(update={"unconfirmed": told})
        reading = replace(reading, report=report)

    files.write_together(_contents(reading.form, reading.report, target))
    findings = tuple(_with_own_places(finding, again.places) for finding in imported.findings)
    return replace(imported, reading=reading, findings=findings, target=target, places=again.places)


def _read_again(reading: Reading, target: Path) -> Reading:
    """Return the reading of the input as it will be written, out of a folder of docgen's own."""
    with scratch.folder("import") as top:
        files.write_together(_contents(reading.form, reading.report, top / target.name))
        return read_report(top / target.name)


def _differences(reading: Reading, again: Reading) -> Iterator[str]:
    """Yield what the input would be read as otherwise than the published report, in words.

    So it is where a text of the report looks like a part of the input: a unit called as a column.
    """
    was, now = reading.report, again.report
    for address in dict.fromkeys((*was.figures, *now.figures)):
        differs = was.figures.get(address) != now.figures.get(address)
        if differs and not (address not in was.figures and address in again.computed):
            figure = reading.form.cells.get(address) or again.form.cells.get(address)
            yield f"{figure.table.short}“{figure.label}”" if figure else address
    for key, title in texts_of(reading.form).items():
        if was.paragraphs_of(key) != now.paragraphs_of(key):
            yield title
    for address, label in facts_of(reading.form).items():
        if was.fact(address) != now.fact(address):
            yield label
    for part in ("answers", "units", "absent", "wording", "unconfirmed"):
        if getattr(was, part) != getattr(now, part):
            yield str(Report.model_fields[part].title)


def _contents(form: Form, report: Report, target: Path) -> dict[Path, bytes]:
    """Return the files of an input, of the kind its name says."""
    kind = target.suffix.lower()
    if kind == ".json":
        from docgen.publish.data import write_json_input

        return {target: write_json_input(form, report)}
    if kind == ".xlsx":
        from docgen.blank.to_xlsx import write_workbook

        return {target: write_workbook(form, report)}

    from docgen.blank.to_csv import write_csv_sheets

    _refuse_formulas(form, report, target)
    return {target / name: data for name, data in write_csv_sheets(form, report).items()}


def _refuse_formulas(form: Form, report: Report, target: Path) -> None:
    """Raise InputStop for a text that spreadsheets would take for a formula in a CSV file."""
    texts = {FACTS[a]: report.fact(a) for a in facts_of(form)}
    named = [(label, text) for label, text in texts.items() if isinstance(text, str)]
    named += [(form.wordings[a].label, text) for a, text in report.wording.items()]
    named += [("各行的单位", name) for names in report.units.values() for name in names]
    named += [(form.cells[a].label, text) for a, text in report.answers.items()]
    named += [("正文", text) for s in report.sections.values() for text in s]
    named += [(form.preface, text) for text in report.preface]

    for label, text in named:
        if is_formula(text):
            why = "Excel 和 WPS 会把它当成公式"
            cure = f"写成别的种类：-o {target.name}.xlsx 或 -o {target.name}.json。"
            raise InputStop(CANNOT_CARRY.at(label=label, value=text[:40], why=why, cure=cure))


def _with_own_places(finding: Finding, places: Mapping[str, Place]) -> Finding:
    """Return a finding with both places of its values: in the published file, and in the input."""
    own = [places[p.address] for p in finding.places if p.address in places]
    return replace(finding, places=(*finding.places, *own)) if own else finding


def values_of(imported: Imported) -> Iterator[dict[str, str]]:
    """Yield for programs every value with where it was published and where it stands now."""
    report = imported.reading.report
    cells: dict[str, object] = {a: report.fact(a) for a in facts_of(imported.reading.form)}
    cells |= {a: print_number(number) for a, number in report.figures.items()}
    cells |= report.answers
    for section in ("preface", *report.sections):
        texts = report.paragraphs_of(section)
        cells |= {Address.of_paragraph(section, n): text for n, text in enumerate(texts)}

    for address, value in cells.items():
        if value is not None and value != ():
            place = imported.reading.places.get(address)
            own = imported.places.get(address)
            yield {
                "address": address,
                "value": str(value),
                "published": str(place) if place else "",
                "input": str(own) if own else "",
            }
