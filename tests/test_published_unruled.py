"""Tables of a PDF without ruling lines: read where form, labels and sums prove all; else refused."""

from pathlib import Path

import pages
import pytest
from drawn_report import DrawnCell, Table, draw_report

from docgen.errors import InputStop
from docgen.model import Reading
from docgen.read import read_report

#: Forms of different shape: rows in groups, no label at all, a row for each unit, 26 columns.
FORMS = ("disclosure-2021", "enforcement-zhejiang", "enforcement-shandong")


def read(data: bytes) -> Reading:
    """Return the reading of a PDF."""
    path = Path("2024.pdf")
    path.write_bytes(data)
    return read_report(path)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("at", [0, 0.5, 1])
@pytest.mark.parametrize("name", [*FORMS, "suqian_2023"])
def test_all_figures_are_read_and_asked_about(name: str, at: float) -> None:
    """Wherever figures stand in their rows."""
    given = pages.input_of(name)
    reading = read(draw_report(given, at=at))
    assert reading.report.figures == given.report.figures
    assert reading.report.units == given.report.units
    tables = [table for table in reading.form.tables if table.shape == "grid" and table.bands]
    asked = [finding for finding in reading.findings if finding.code == "R376"]
    assert [finding.places[0].address for finding in asked] == [table.key for table in tables]
