"""docgen's own documents as LibreOffice prints them, read back: the same report."""

import re
from pathlib import Path

import pytest
from door import INPUTS, PROJECT
from forms import FORMS
from hypothesis import HealthCheck, Phase, given, settings
from proofs import needs_office
from toy import TOY
from toy_reports import reports

from docgen import merge
from docgen.blank.template import write_template
from docgen.files import ooxml
from docgen.forms.form import Form
from docgen.layout import office
from docgen.merge.template import Template
from docgen.model import Report
from docgen.read import read_report

pytestmark = [pytest.mark.slow, needs_office]

#: What a published report says; the rest is the input's own: level, waivers, neighbours.
SAID = ("form", "year", "preface", "sections", "figures", "answers", "units", "absent")

TEMPLATED = sorted(key for key, form in FORMS.items() if form.template)


def example(key: str) -> Path:
    """Return the example of a form."""
    return PROJECT / "docgen" / "forms" / key / "example.json"


def document(form: Form, report: Report) -> bytes:
    """Return the DOCX of a report."""
    form = form.as_reported(report.units, report.absent)
    return merge.merge_report(merge.load_template(form, None), form, report)


def printed(folder: Path, *documents: bytes) -> list[Path]:
    """Return the PDFs of documents."""
    keys = [str(number) for number in range(len(documents))]
    pdfs = office.convert(dict(zip(keys, documents, strict=True)), {key: key for key in keys})
    paths = []
    for key, pdf in pdfs.items():
        assert isinstance(pdf, bytes)
        paths.append(folder / f"{key}.pdf")
        paths[-1].write_bytes(pdf)
    return paths


def assert_same(path: Path, report: Report) -> None:
    """Read a PDF and compare what it says with the report it was made of."""
    reading = read_report(path)
    assert reading.report, [finding.message for finding in reading.findings]
    for name in SAID:
        assert getattr(reading.report, name) == getattr(report, name), (report.form, name)
    titles = [(one.title or "").replace("\n", "") for one in (reading.report, report)]
    assert titles[0] == titles[1]  # its lines are the layout's: paper does not tell them apart
    assert reading.report.body.name == report.body.name
    assert reading.report.signature.date == report.signature.date


def test_every_form_and_the_reference_are_read_back(tmp_path: Path) -> None:
    readings = [read_report(path) for path in (*map(example, TEMPLATED), INPUTS / "2024.json")]
    reports = [reading.report for reading in readings if reading.report]
    documents = [document(one.form, one.report) for one in readings if one.report]
    for path, report in zip(printed(tmp_path, *documents), reports, strict=True):
        assert_same(path, report)
    assert len(reports) == len(TEMPLATED) + 1


def test_wherever_the_pages_end(tmp_path: Path) -> None:
    """Pages of many heights cut tables, rows, labels and paragraphs at many places."""
    key = "disclosure-2021"
    report = read_report(example(key)).report
    assert report
    parts = dict(ooxml.read_parts(document(FORMS[key], report)))
    body = parts[ooxml.DOCUMENT].decode()
    documents = []
    for number, height in enumerate(range(9_000, 16_800, 2_000)):
        text, count = re.subn(r'(<w:pgSz [^>]*w:h=")\d+', rf"\g<1>{height}", body)
        assert count
        if number % 2:  # rows may be cut, and heads are not printed again
            text = re.sub(r"<w:(?:cantSplit|tblHeader)[^>]*/>", "", text)
        documents.append(ooxml.write_package(parts | {ooxml.DOCUMENT: text.encode()}))

    for path in printed(tmp_path, *documents):
        assert_same(path, report)


@pytest.mark.usefixtures("toy")
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(report=reports(plain=True, whole=True))
def test_whatever_the_figures_are(report: Report, tmp_path: Path) -> None:
    """A figure too long for its cell is printed in two lines: it is told of, not put together."""
    template = Template("toy.docx", write_template(TOY), own=False)
    form = TOY.as_reported(report.units, report.absent)
    [path] = printed(tmp_path, merge.merge_report(template, form, report))
    reading = read_report(path)
    assert reading.report
    told = {place.address for finding in reading.findings for place in finding.places}
    read = reading.report.figures
    assert {address for address in report.figures if address not in read} <= told  # in two lines
    assert {address: report.figures[address] for address in read} == read
    assert reading.report.answers == report.answers
    assert reading.report.units == report.units
