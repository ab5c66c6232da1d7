"""What is too much, missing or there twice is named, with its place and the nearest known name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from busy import (
    FACTS,
    ONE,
    TEXT,
    THREE,
    TWO,
    Rows,
    cells,
    change,
    errors,
    nothing_written,
    read,
    said,
)
from door import Docgen

from docgen.model import Report


def without_row(number: int) -> Callable[[Rows], Rows]:
    return lambda rows: rows[: number - 1] + rows[number:]


def twice_row(number: int) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, rows[number - 1]]


def without_column(index: int) -> Callable[[Rows], Rows]:
    return lambda rows: [row[:index] + row[index + 1 :] for row in rows]


def twice_column(index: int) -> Callable[[Rows], Rows]:
    return lambda rows: [[*row, row[index]] for row in rows]


def also(*row: str) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, list(row)]


def cell(where: str, value: str) -> Callable[[Rows], Rows | None]:
    row, index = int(where[1:]) - 1, ord(where[0]) - 65

    def edit(rows: Rows) -> None:
        rows[row] += [""] * (index + 1 - len(rows[row]))
        rows[row][index] = value

    return edit


@pytest.mark.parametrize(
    ("file", "spoil", "code", "where", "names"),
    [
        (TWO, cell("B6", "（一）予以公示"), "R201", ["B6"], "最接近的是“（一）予以公开”"),
        (TWO, cell("C13", "6.属于五类过程信息"), "R201", ["C13"], "“6.属于四类过程性信息”"),
        (TWO, also("小计", "", "", *"1234567"), "R201", ["A29"], "“小计”"),
        (ONE, cell("A10", "行政处份"), "R201", ["A10"], "最接近的是“行政处罚”"),
        (ONE, also("政府集中采购", "3"), "R201", ["A15"], "“政府集中采购”"),
        (TWO, without_row(26), "R202", [""], "“3.其他”"),
        (TWO, without_row(4), "R202", [""], "“一、本年新收政府信息公开申请数量”"),
        (ONE, without_row(3), "R202", [""], "“规章”"),
        (TWO, twice_row(28), "R203", ["A28", "A29"], "“四、结转下年度继续办理”"),
        (ONE, twice_row(14), "R203", ["A14", "A15"], "“行政事业性收费”"),
        (TWO, cell("F3", "科研所"), "R204", ["F3"], "最接近的是“科研机构”"),
        (TWO, cell("K2", "法人小计"), "R204", ["K2"], "“法人小计”"),
        (ONE, cell("D2", "现行件数"), "R204", ["D2"], "最接近的是“现行有效件数”"),
        (TWO, without_column(5), "R205", [""], "“科研机构”"),
        (ONE, without_column(3), "R205", [""], "“现行有效件数”"),
        (THREE, without_column(2), "R205", [""], "“行政复议·其他结果”"),
        (TWO, twice_column(3), "R206", ["D2", "K2"], "“自然人”"),
        (ONE, twice_column(1), "R206", None, "“本年制发件数”"),
        (ONE, cell("G5", "17"), "R210", ["G5"], "“17”"),
        (TWO, cell("L6", "9"), "R210", ["L6"], "“9”"),
        (TWO, also("", "", "", "", "", "备注"), "R210", ["F29"], "“备注”"),
        (THREE, also("1", "2"), "R210", ["A5"], "“1”"),
        (TEXT, cell("C3", "旁注"), "R210", ["C3"], "“旁注”"),
        (TEXT, cell("A3", "一、总体概况"), "R102", ["A3"], "最接近的是“一、总体情况”"),
        (FACTS, cell("A4", "机关名秤"), "R102", ["A4"], "最接近的是“机关名称”"),
        (FACTS, also("联系电话", "0"), "R102", ["A10"], "“联系电话”"),
        (FACTS, also("用语：行政规范性文建", "x"), "R102", ["A10"], "“行政规范性文件”"),
        (FACTS, also("用语：总计", "x"), "R102", ["A10"], "requests.total"),
        (FACTS, also("年度", "2023"), "R104", ["B3", "B10"], "“年度”"),
        (THREE, cell("F1", "3.其他"), "R204", ["F1"], "最接近的是“其他结果”"),
    ],
)
def test_rows_and_columns(
    docgen: Docgen,
    sent: Path,
    folder: Path,
    file: str,
    spoil: Callable[[Rows], Rows | None],
    code: str,
    where: list[str] | None,
    names: str,
) -> None:
    """One row, column or key at fault is found at its cell, and its name is in the message."""
    change(sent / file, spoil)
    run = docgen("render", "2024", "--json")
    assert run.code == 1
    assert code in errors(run)
    assert where is None or cells(run, code) == where
    assert any(names in found["message"] for found in said(run, code))
    assert all(p["file"] == f"2024/{file}" for f in said(run, code) for p in f["places"])
    assert nothing_written(folder)


@pytest.mark.parametrize(
    ("file", "spoil", "codes"),
    [
        (TWO, cell("B6", "（一）予以公示"), ["R201"]),
        (TWO, cell("B6", ""), ["R212"]),
        (TWO, cell("A4", ""), ["R212"]),
        (TWO, cell("C8", ""), ["R212"]),
        (ONE, cell("A10", "行政处份"), ["R201"]),
        (TWO, cell("F3", "科研所"), ["R204"]),
        (TWO, without_row(26), ["R202"]),
        (TWO, twice_row(28), ["R203"]),
        (TWO, without_column(5), ["R205"]),
        (TWO, twice_column(3), ["R206"]),
        (TEXT, cell("A3", "一、总体概况"), ["R102"]),
        (THREE, lambda rows: rows[4:] or [[]], ["R205"]),
        (TWO, lambda rows: rows[3:], ["R205"]),
        (FACTS, cell("A4", "机关名秤"), ["R102"]),
        (FACTS, cell("A8", "署 名 人"), ["R102"]),
        (ONE, cell("G5", "17"), ["R210"]),
    ],
)
def test_one_fault_one_finding(
    docgen: Docgen, sent: Path, file: str, spoil: Callable[[Rows], Rows | None], codes: list[str]
) -> None:
    """A misspelt or missing name is not told of again for what hangs on it."""
    change(sent / file, spoil)
    assert errors(docgen("check", "2024", "--json")) == codes


@pytest.mark.parametrize("file", [ONE, TWO, THREE, TEXT])
def test_missing_sheet(docgen: Docgen, sent: Path, folder: Path, file: str) -> None:
    """A missing sheet is one finding by its name."""
    (sent / file).unlink()
    run = docgen("render", "2024", "--json")
    assert run.code == 1
    assert [found["message"] for found in said(run, "R207")] == [
        f"没有找到“{file.removesuffix('.csv')}”"
    ]
    assert nothing_written(folder)


@pytest.mark.parametrize(
    ("name", "nearest"), [("表四 其他", ""), ("表二 申请办理 说明", "表二 申请办理")]
)
def test_unknown_sheet(docgen: Docgen, sent: Path, name: str, nearest: str) -> None:
    """A sheet too many is named; it is told once where it seems to be the one that is missing."""
    (sent / f"{name}.csv").write_text("其他,1\n", encoding="utf-8")
    if nearest:
        (sent / f"{nearest}.csv").unlink()
    run = docgen("check", "2024", "--json")
    assert (run.code, errors(run)) == (1, ["R208"])
    assert name in said(run, "R208")[0]["message"]
    assert f"“{nearest}”" in said(run, "R208")[0]["message"] or not nearest
    if not nearest:
        (sent / f"{name}.csv").write_bytes(b"\xef\xbb\xbf,,\r\n\r\n")
        assert docgen("check", "2024", "--json").codes == []


@pytest.mark.parametrize("name", ["表二", "表二 申请办理(1)", "Sheet3", "附件2", "表三"])
@pytest.mark.parametrize("file", [ONE, TWO, THREE, TEXT, FACTS])
def test_renamed_sheet(docgen: Docgen, sent: Path, report: Report, file: str, name: str) -> None:
    """A sheet is known by its labels, whatever its name; a note says which it was read as."""
    (sent / file).rename(sent / f"{name}.csv")
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, ["R221"])
    message = said(run, "R221")[0]["message"]
    assert f"“{name}”按“{file.removesuffix('.csv')}”读" in message
    assert read(sent) == report


def test_doubled_sheet(docgen: Docgen, sent: Path) -> None:
    """The same sheet twice is told with both files."""
    shutil.copy(sent / ONE, sent / "表一主动公开.csv")
    run = docgen("check", "2024", "--json")
    assert (run.code, errors(run)) == (1, ["R209"])
    files = {place["file"] for place in said(run, "R209")[0]["places"]}
    assert files == {f"2024/{ONE}", "2024/表一主动公开.csv"}


def test_other_files(docgen: Docgen, sent: Path, report: Report) -> None:
    """Other files beside the sheets are noted by name; hidden and lock files are nothing."""
    (sent / "说明.txt").write_text("x", encoding="utf-8")
    (sent / "表一 主动公开.xlsx").write_bytes(b"PK")
    (sent / "~$正文.csv").write_bytes(b"\0\0")
    (sent / ".正文.csv.swp").write_bytes(b"\0")
    (sent / "旧").mkdir()
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, ["R109", "R109"])
    assert {p["file"] for f in said(run, "R109") for p in f["places"]} == {
        "2024/说明.txt",
        "2024/表一 主动公开.xlsx",
    }
    assert read(sent) == report
