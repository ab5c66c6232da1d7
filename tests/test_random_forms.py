"""Whatever form the language can say: blank, schema, template, document, page and data agree."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_forms import form_texts
from toy_reports import reports

from docgen.blank import blank_report, write_blank
from docgen.blank.schema import json_schema
from docgen.blank.template import write_template
from docgen.finding import has_errors
from docgen.forms import loader
from docgen.forms.form import Form
from docgen.importing import Imported
from docgen.importing.proof import Proven
from docgen.importing.writing import write_input
from docgen.issuing.outputs import Beside, publish
from docgen.merge import check_template, merge_report, read_back
from docgen.merge.template import Template
from docgen.model import Question, Reading
from docgen.publish.data import JSON
from docgen.read import read_report

_TRIED = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


@contextmanager
def made(text: str) -> Iterator[tuple[Form, Path]]:
    """The form of this text, known to docgen, and a folder to write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "forms" / "any"
        folder.mkdir(parents=True)
        (folder / "form.toml").write_text(text, encoding="utf-8")
        before = loader.folders_used()
        loader.use_folders([folder.parent])
        try:
            form = loader.find_form("any")
            assert form is not None
            yield form, Path(name)
        finally:
            loader.use_folders(before)


@_TRIED
@given(form_texts(), st.data())
def test_what_is_printed_is_what_was_reported(text: str, data: st.DataObject) -> None:
    with made(text) as (form, folder):
        template = Template("any.docx", write_template(form), own=False)
        assert check_template(template, form) == []

        report = data.draw(reports(form))
        reported = form.as_reported(report.units, report.absent)
        read_back(merge_report(template, reported, report), template, reported, report)
        reading = Reading("any.json", reported, report, {}, frozenset(), (), {})
        publish(reading, Beside(html=True, data=True))

        for workbook in (False, True):
            paths = write_blank(form, blank_report(form, 2024, "甲局"), folder, workbook=workbook)
            assert all(path.exists() for path in paths)
        openpyxl.load_workbook(paths[0])


@_TRIED
@given(form_texts(), st.data())
def test_what_is_published_is_an_input_that_the_schema_takes(
    text: str, data: st.DataObject
) -> None:
    with made(text) as (form, folder):
        report = data.draw(reports(form, plain=True))
        reported = form.as_reported(report.units, report.absent)
        reading = Reading("any.json", reported, report, {}, frozenset(), (), {})
        written = publish(reading, Beside(data=True))[JSON]

        schema = json_schema(form)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(written), schema, jsonschema.Draft202012Validator)
        path = folder / "any.json"
        path.write_bytes(written)
        again = read_report(path)
        assert not has_errors(again.findings)
        assert again.report == report


@_TRIED
@given(form_texts(), st.data(), st.booleans())
def test_sheets_filled_in_are_read(text: str, data: st.DataObject, workbook: bool) -> None:
    with made(text) as (form, folder):
        report = data.draw(reports(form, plain=True, whole=True))
        paths = write_blank(form, report, folder, workbook=workbook)
        again = read_report(paths[0] if workbook else paths[0].parent)
        assert not has_errors(again.findings)
        assert again.report == report


def test_bands_whose_labels_take_other_columns() -> None:
    """Where one band has three columns of labels, another has an answer."""
    text = """
name = "任意报表"
years = [2020]
title = "{name}{year}年任意报表"
signed = false

[[part]]
grid = "both"
name = "两段表"

[[part.band]]
key = "deep"
columns = "件数 cases count:宗"
rows = '''
大类 (large)
  中类 (middle)
    小类 small
'''

[[part.band]]
key = "flat"
columns = "说明 said text"
rows = "其他 other"
"""
    with made(text) as (form, _):
        template = Template("any.docx", write_template(form), own=False)
        assert check_template(template, form) == []


@_TRIED
@given(form_texts(), st.data())
def test_a_report_written_as_an_input_is_read_as_it_was(text: str, data: st.DataObject) -> None:
    """An import reads again what it writes, and would ask about what came back otherwise."""
    with made(text) as (form, folder):
        report = data.draw(reports(form, plain=True))
        asked = (Question(question="第 2 张表：读得对吗", answer="是"),)
        report = report.model_copy(update={"unconfirmed": asked})
        reported = form.as_reported(report.units, report.absent)
        reading = Reading("any.docx", reported, report, {}, frozenset(), (), {})
        imported = Imported(reading, Proven((), 0, 0), (), False, (), False, ())
        for kind in (".json", ".xlsx", ""):
            written = write_input(imported, folder / f"2024{kind}")
            assert written.reading.report.unconfirmed == asked
