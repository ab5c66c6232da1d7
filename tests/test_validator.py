"""What docgen writes is valid OOXML: by the Open XML SDK, and by what that does not see."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from door import INPUTS, PROJECT, Docgen, write_json
from validator import assert_valid, needs_validator

from docgen.pipeline import Settings, issue


@needs_validator
def test_the_template() -> None:
    assert_valid(PROJECT / "templates" / "report_template.docx")


@pytest.mark.slow
@needs_validator
@pytest.mark.parametrize("name", ["2024.json", "2024", "2024.xlsx"])
def test_the_reference_report(folder: Path, name: str) -> None:
    outcome = issue(INPUTS / name, Settings(folder))
    assert_valid(outcome.outputs[0])


@needs_validator
def test_a_draft(docgen: Docgen, folder: Path, reference: dict[str, object]) -> None:
    """With its marks and with what is not filled in."""
    reference["signature"] = {}
    docgen("render", write_json(folder / "a.json", reference), "--draft")
    assert_valid(folder / "outputs" / "a.草稿.docx")


def test_spans_fill_the_grid_and_merges_have_a_start(folder: Path) -> None:
    """A row's gridSpans add up to its grid; a vMerge goes on only below one in the same place."""
    outcome = issue(INPUTS / "2024.json", Settings(folder))
    for table in Document(str(outcome.outputs[0])).tables:
        columns = len(table._tbl.tblGrid.gridCol_lst)
        above: dict[int, str] = {}
        for row in table._tbl.tr_lst:
            place, here = 0, {}
            for cell in row.tc_lst:
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                kind = "" if merge is None else merge.get(qn("w:val"), "continue")
                assert kind != "continue" or above.get(place) in ("restart", "continue")
                here[place] = kind
                place += cell.grid_span
            assert place == columns
            above = here
        assert sum(int(c.get(qn("w:w")) or 0) for c in table._tbl.tblGrid.gridCol_lst) <= 8844
