"""Web pages read as published reports: every figure right, or told."""

from pathlib import Path
from random import Random

import pages
import pytest
from door import Docgen
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.model import Reading
from docgen.read import read_report

CHANGES = (
    pages.say_false_rows,
    pages.group_digits,
    pages.cut_words,
    pages.split_labels,
    pages.lay_out,
    pages.hide_others,
)
EVERY = (*pages.REPORTS, *sorted(pages.EXAMPLES))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def read(path: Path, data: bytes) -> Reading:
    path.write_bytes(data)
    return read_report(path)


@pytest.mark.parametrize("name", EVERY)
def test_docgens_own_page(place: Path, name: str) -> None:
    """It says the same report: figures, text, title, name and date."""
    before = pages.input_of(name)
    after = read(place / "own.html", pages.as_bytes(pages.page_of(before), "utf-8"))
    assert after.form.key == before.form.key
    assert after.report.figures == before.report.figures
    assert after.report.sections == before.report.sections
    assert after.report.signature == before.report.signature
    assert (after.report.year, after.report.body.name) == (
        before.report.year,
        before.report.body.name,
    )


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(EVERY),
    changes=st.sets(st.sampled_from(CHANGES)),
    encoding=st.sampled_from(sorted(pages.ENCODINGS)),
    ends=st.booleans(),
    archive=st.booleans(),
    seed=st.integers(0, 1 << 30),
)
def test_what_portals_do(
    place: Path,
    name: str,
    changes: set[object],
    encoding: str,
    ends: bool,
    archive: bool,
    seed: int,
) -> None:
    """Spans, separators, layout tables, encodings: the figures stay what they are."""
    before = pages.input_of(name)
    page = pages.page_of(before)
    random = Random(seed)
    for change in CHANGES:
        if change in changes:
            change(page, random)

    data = pages.as_bytes(page, encoding, ends=ends)
    if archive:
        data = pages.as_archive(data, pages.ENCODINGS[encoding])
    after = read(place / ("a.mht" if archive else "a.html"), data)
    assert after.report.figures == before.report.figures


@pytest.mark.parametrize("name", pages.REPORTS)
def test_blanks_are_asked_about(place: Path, name: str) -> None:
    """No blank is taken for 0, and every one of them is told, at once."""
    before = pages.input_of(name)
    page = pages.page_of(before)
    count = pages.blank_zeros(page, before.report.figures)
    after = read(place / "a.html", pages.as_bytes(page, "utf-8"))
    [asked] = [finding for finding in after.findings if finding.code == "R357"]
    assert str(count) in asked.message
    assert {address: n for address, n in before.report.figures.items() if n} == {
        address: n for address, n in after.report.figures.items() if n is not None
    }


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(pages.REPORTS), number=st.integers(0, 1 << 20), digit=st.integers(1, 9))
def test_a_digit_changes_one_address(place: Path, name: str, number: int, digit: int) -> None:
    before = pages.input_of(name)
    page = pages.page_of(before)
    cells = pages.figure_cells(page)
    cell = cells[number % len(cells)]
    cell.text = f"{cell.text}{digit}" if cell.text != "0" else str(digit)
    after = read(place / "a.html", pages.as_bytes(page, "utf-8"))
    old, new = before.report.figures, after.report.figures
    [changed] = [address for address in old if old[address] != new[address]]
    assert str(new[changed]) == cell.text


def _table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1<sup>2</sup>", "R355"),  # a mark for a note: 1, and told
        ("<s>9</s>1", "R304"),
        ("1<br>2", "R304"),
        ("1<table><tr><td>2</td></tr></table>", "R304"),
    ],
)
def test_what_is_no_one_figure_is_told(place: Path, cell: str, code: str) -> None:
    """What stands beside a figure on the page never becomes a digit of it."""
    text = pages.as_bytes(pages.page_of(pages.input_of("jinhu_2023")), "utf-8").decode()
    at = text.index("<td", text.index("规章"))
    start, end = text.index(">", at) + 1, text.index("</td>", at)
    after = read(place / "a.html", f"{text[:start]}{cell}{text[end:]}".encode())
    assert code in [finding.code for finding in after.findings]
    assert after.report.figures.get("disclosure.regulations.issued") in (None, 1)


def test_false_rowspans(place: Path) -> None:
    """A cell that says it covers a row which is whole without it covers it not."""
    before = pages.input_of("jinhu_2023")
    page = pages.page_of(before)
    rows = [cell.getparent() for cell in page.iter("th") if cell.text == "行政许可"]
    assert rows[0] is not None
    rows[0][-1].set("rowspan", "2")
    after = read(place / "a.html", pages.as_bytes(page, "utf-8"))
    assert after.report.figures == before.report.figures


def test_layers_are_refused(
    docgen: Docgen,
    folder: Path,
) -> None:
    page = pages.page_of(pages.input_of("jinhu_2023"))
    for element in page.iter("table", "thead", "tbody", "tr", "td", "th"):
        element.tag = "div"
    (folder / "a.html").write_bytes(pages.as_bytes(page, "utf-8"))
    run = docgen("check", "a.html", "--json")
    assert (run.code, run.codes) == (3, ["X360"])


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr>" + "<td>1" * 300_000,
        "<table>" + "<tr><td>1<td>2" * 50_000,
        "<table><tr><td>" * 300,
        "<b>" * 1_000_000,
        "<style>" + "@x{a{b}" * 500_000 + "</style><p>x",
        "<style>" + "/*" * 2_000_000 + "</style><p>x",
        "<table>" + "<tr><td colspan=1000 rowspan=65000>1<td>2" * 2900,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;',
        "MIME-Version: 1.0\r\n"
        + "".join(
            f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3000)
        ),
        "\0" * 1000,
        "<frameset><frame src=a></frameset>",
        "",
    ],
)
def test_hostile_pages(docgen: Docgen, folder: Path, html: str) -> None:
    """Refused in a sentence, soon."""
    (folder / "a.html").write_text(html, encoding="utf-8")
    run = docgen("check", "a.html", "--json")
    assert run.code == 3
    assert "root:" not in run.out
    assert len(run.codes) == 1
