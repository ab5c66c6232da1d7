"""The board of sixty bodies on paper, and the page in a browser as axe sees it."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from audit import CHROMIUM, audit, needs_axe
from boards import county_board
from processes import finish

from docgen import office
from docgen.county.board import Board
from docgen.county.board_words import HEAD
from docgen.county.results import PAGE, WORKBOOK, write_results

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Sixty bodies in the middle of their January."""
    return county_board(tmp_path_factory.mktemp("county"))


def pages_of(path: Path) -> list[str]:
    """The text of each page of a PDF on A4."""
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            assert [round(side) for side in page.get_size()] == [595, 842]
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.skipif(not CHROMIUM and "CI" not in os.environ, reason="Chromium")
def test_the_page_of_sixty_prints_on_two_sheets(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    words = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    words += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'a.pdf'}"]
    done = finish([*words, (tmp_path / PAGE).as_uri()])
    assert done.returncode == 0, done.stderr
    pages = ["".join(page.split()) for page in pages_of(tmp_path / "a.pdf")]
    assert len(pages) == 2
    assert all("".join(HEAD).replace(" ", "") in page for page in pages)  # the head is repeated
    said = "".join(pages)
    assert all(row.name in said and row.contact.replace(" ", "") in said for row in board.rows)
    assert all("".join(row.why.split()) in said for row in board.rows)


@pytest.mark.skipif(not shutil.which("soffice") and "CI" not in os.environ, reason="LibreOffice")
def test_the_workbook_of_sixty_prints_on_two_sheets(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    program = office.find_office()
    assert program is not None
    with office.work_folder() as work:
        path = Path(shutil.copy(tmp_path / WORKBOOK, work / "a.xlsx"))
        filters = office.Filters("Calc MS Excel 2007 XML", "pdf:calc_pdf_Export")
        office.run_office(program, [path], filters, 120)
        pages = pages_of(path.with_suffix(".pdf"))
    assert len(pages) <= 2
    said = "".join("".join(pages).split())
    assert all(row.name in said and row.contact.replace(" ", "") in said for row in board.rows)
    assert all("".join(row.why.split()) in said for row in board.rows)  # no row is too low
    assert "退回/" not in said  # links are for the screen
    assert openpyxl.load_workbook(tmp_path / WORKBOOK).sheetnames == ["进度"]


@needs_axe
@pytest.mark.parametrize("width", [1280, 500])
def test_axe_finds_no_violation(board: Board, tmp_path: Path, width: int) -> None:
    """All rules of axe; a narrow window scrolls in the table alone."""
    write_results(replace(board, ignored=("Thumbs.db",)), tmp_path)
    page = (tmp_path / PAGE).read_bytes()
    # the page lets no script run, and axe is one
    page = page.replace(b"default-src 'none'", b"default-src 'none'; script-src 'unsafe-inline'")
    result = audit(tmp_path, page, width)
    assert result["violations"] == []
    assert {rule for rule, _ in result["incomplete"]} <= {"color-contrast"}
    assert {"td-has-header", "color-contrast"} <= {rule for rule, _ in result["passes"]}
    assert not result["overflows"]
