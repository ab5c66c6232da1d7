"""Inputs far too large, and paths that are no files: refused by name without being read."""

import os
from pathlib import Path

import openpyxl
import pytest
from busy import errors, refused
from door import INPUTS, Docgen, spawn


@pytest.mark.parametrize("name", ["大.json", "大.xlsx", "大/正文.csv"])
def test_a_gigabyte(docgen: Docgen, folder: Path, name: str) -> None:
    """A file too large is refused by its size alone: none of it is read."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    message = refused(docgen("render", name.split("/")[0], "--json"), 3, "X304", path.name, folder)
    assert "1024 MB" in message


@pytest.mark.slow
def test_large_folders(docgen: Docgen, csv_folder: Path, folder: Path) -> None:
    """Many files, or many large ones, are refused as a large one is; none is left out silently."""
    for number in range(300):
        (csv_folder / f"别的{number}.csv").write_bytes(b"")
    refused(docgen("render", "2024", "--json"), 3, "X304", "2024", folder)
    (folder / "大").mkdir()
    for number in range(3):
        (folder / "大" / f"{number}.csv").write_bytes(b"\r\n" * 5_000_000)
    refused(docgen("render", "大", "--json"), 3, "X304", "大", folder)


@pytest.mark.parametrize("text", ["1\r\n" * 3001, "1," * 201 + "1", "," * 9_000_000 + "1"])
def test_large_tables(docgen: Docgen, csv_folder: Path, folder: Path, text: str) -> None:
    """A CSV of more rows or columns than any report has is refused by name."""
    (csv_folder / "表一 主动公开.csv").write_text(text, encoding="utf-8")
    refused(docgen("render", "2024", "--json"), 3, "X304", "表一 主动公开.csv", folder)


def test_blank_beyond_the_table(docgen: Docgen, csv_folder: Path) -> None:
    """Blank cells and rows far beyond the table are only blank."""
    path = csv_folder / "表一 主动公开.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "," * 16_000 + "\n")
    path.write_text(text + ",,\n" * 9000, encoding="utf-8")
    assert docgen("check", "2024", "--json").code == 0


def test_huge_sheet(docgen: Docgen, folder: Path) -> None:
    """A sheet formatted far beyond the table is refused with its name and what to delete."""
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx")
    book["正文"].cell(20_000, 1).value = "x"
    book.save(folder / "2024.xlsx")
    message = refused(docgen("render", "2024.xlsx", "--json"), 3, "X308", "2024.xlsx", folder)
    assert "正文" in message


@pytest.mark.parametrize("link", ["年报", "年报.json"])
def test_links(docgen: Docgen, csv_folder: Path, folder: Path, link: str) -> None:
    """A link to a folder is read as the folder, whatever the link's name."""
    (folder / link).symlink_to(csv_folder, target_is_directory=True)
    run = docgen("render", link, "--json")
    assert (run.code, errors(run)) == (0, [])
    assert (folder / "outputs" / "2024.docx").is_file()


@pytest.mark.parametrize("name", ["圈.json", "圈", "断.json"])
def test_bad_links(docgen: Docgen, folder: Path, name: str) -> None:
    """A link to itself or to nothing is not found or not readable."""
    (folder / name).symlink_to(name if name[0] == "圈" else "没有.json")
    run = docgen("check", name, "--json")
    assert (run.code, run.codes) in [(3, ["X301"]), (3, ["X312"])]


def test_long_name(docgen: Docgen, folder: Path) -> None:
    """A name longer than the system allows is only a name that cannot be read."""
    refused(docgen("render", "长" * 200 + ".json", "--json"), 3, "X312", "长长长", folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["管.json", "管.xlsx", "管"])
def test_pipes(folder: Path, name: str) -> None:
    """A pipe or device is no file: docgen does not wait for it."""
    if name == "管":
        (folder / name).mkdir()
        os.mkfifo(folder / name / "正文.csv")
    else:
        os.mkfifo(folder / name)
    done = spawn("render", name, cwd=folder)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
