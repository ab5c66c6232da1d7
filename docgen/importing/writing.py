"""An input written from a published report: never over another, and read again before it is."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from docgen import files
from docgen.address import Address
from docgen.blank import ALREADY_THERE, CANNOT_CARRY
from docgen.errors import InputStop, OutputStop, Stop
from docgen.files import scratch
from docgen.files.inputs import refuse_unportable
from docgen.files.visible import is_formula, visible
from docgen.finding import Finding, Place
from docgen.forms.form import Form
from docgen.importing import Imported
from docgen.model import FACTS, Question, Reading, Report, facts_of, print_number, texts_of
from docgen.read import read_report

#: The kinds of input that are one file; any other name is that of a folder to write into.
KINDS = (".json", ".xlsx")
_LOST = "写好的输入读回来，这几处和公布的不一样，请对照原文改正：{label}"
_MOST_LOST = 15  # of those that are named
# 甲镇/乙镇, a:b; not 甲镇.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]')


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
    if os.path.lexists(target):  # no error for a name too long: writing tells of that
        raise OutputStop(ALREADY_THERE.at(name=str(target), whose=_whose_is(target, imported)))
    refuse_unportable(target.name)
    reading = imported.reading
    again = _read_again(reading, target)
    if lost := list(_differences(reading, again)):
        asked = Question(question=_LOST.format(label="、".join(lost[:_MOST_LOST])))
        told = (*reading.report.unconfirmed, asked)
        report = reading.report.model_copy(update={"unconfirmed": told})
        reading = replace(reading, report=report)

    files.write_together(_contents(reading.form, reading.report, target))
    findings = tuple(_with_own_places(finding, again.places) for finding in imported.findings)
    return replace(imported, reading=reading, findings=findings, target=target, places=again.places)


def _whose_is(target: Path, imported: Imported) -> str:
    """Return whose report stands there and whose was to be written, if they are two bodies'."""
    try:
        there = read_report(target).report.body.name
    except Stop:  # whatever it is, it is not touched
        return ""

    own = imported.reading.report.body.name
    return f"（是“{there}”的，要写的是“{own}”的）" if there and own and there != own else ""


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
