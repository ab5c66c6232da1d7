"""Figures as offices write them: read exactly, or refused with the cell and what the sums imply."""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from busy import (
    ONE,
    TWO,
    as_json,
    cells,
    edit_xlsx,
    errors,
    nothing_written,
    put,
    read,
    said,
    write_folder,
)
from door import Docgen

from docgen.model import Report

GRANTED = "requests.granted.natural"
FEES = "disclosure.fees.amount"


def table_of(address: str) -> tuple[str, str, str]:
    """The file, the sheet and the cell where a figure of the busy report stands."""
    return (TWO, "表二 申请办理", "D6") if address == GRANTED else (ONE, "表一 主动公开", "B14")


def write(kind: str, report: Report, address: str, value: Any) -> str:
    """The report with one value of its own, as CSV, JSON or XLSX; gives the cell it stands in."""
    file, sheet, cell = table_of(address)
    if kind == "csv":
        put(write_folder(report, Path("2024")) / file, cell, value)
        return cell
    if kind == "xlsx":
        edit_xlsx(report, Path("2024.xlsx"), {(sheet, cell): value})
        return cell
    tree = as_json(report)
    table, row, column = address.split(".")
    tree["figures"][table][row][column] = "@@"
    text = json.dumps(tree, ensure_ascii=False).replace('"@@"', value)
    Path("2024.json").write_text(text, encoding="utf-8")
    return f"figures.{address}"


def name(kind: str) -> str:
    return "2024" if kind == "csv" else f"2024.{kind}"


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("{wide}", "全角改半角"),
        (" {n} ", ""),
        ("\xa0{n}\u3000", ""),
        ("{n}.0", "小数点后的 0"),
        ("{n}.00", "小数点后的 0"),
        ("00{n}", "前面的 0"),
        ("{wide}．０", "全角改半角"),
    ],
)
def test_repaired(docgen: Docgen, sent: Path, report: Report, written: str, repair: str) -> None:
    """Another way to write a number gives the same number, and a note that says so at the cell."""
    number = str(report.figures[GRANTED])
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    put(sent / TWO, "D6", written.format(n=number, wide=wide))
    run = docgen("check", "2024", "--json")
    assert (run.code, cells(run, "R305")) == (0, ["D6"] if repair else [])
    assert not repair or repair in said(run, "R305")[0]["message"]
    assert read(sent) == report


@pytest.mark.parametrize(
    "written", ["1,234", "1，234", "１，２３４", "１２３４", "1234.0", "01234"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_thousands(docgen: Docgen, report: Report, folder: Path, kind: str, written: str) -> None:
    """A thousands comma of either width is no fault; the figure is 1234."""
    figures = {**report.figures, "disclosure.penalty.decided": 1234}
    other = report.model_copy(update={"figures": figures})
    path = folder / name(kind)
    if kind == "csv":
        put(write_folder(report, path) / ONE, "B10", written)
    else:
        edit_xlsx(report, path, {("表一 主动公开", "B10"): written})
    run = docgen("check", path, "--json")
    assert (run.code, cells(run, "R305")) == (0, ["B10"])
    assert "1234" in said(run, "R305")[0]["message"]
    assert read(path) == other


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        ("csv", "190.457379", "190.457379"),
        ("csv", "12.50", "12.50"),
        ("csv", "1,190.457379", "1190.457379"),
        ("csv", "0", "0"),
        ("json", "190.457379", "190.457379"),
        ("json", "12.50", "12.50"),
        ("json", "0.1", "0.1"),
        ("json", "123456789012.123456", "123456789012.123456"),
        ("xlsx", 190.457379, "190.457379"),
        ("xlsx", 0.1, "0.1"),
        ("xlsx", 1e-6, "0.000001"),
        ("xlsx", 12, "12"),
        ("xlsx", "12.50", "12.50"),
    ],
)
def test_amounts(
    docgen: Docgen, report: Report, folder: Path, kind: str, written: Any, number: str
) -> None:
    """An amount keeps every digit that was written, and no more."""
    write(kind, report, FEES, written)
    assert docgen("check", name(kind), "--json").code == 0
    assert str(read(folder / name(kind)).figures[FEES]) == str(Decimal(number))


BLANKS = ["", " ", "\u3000", "无", "—", "——", "/", "／", "-", "－", "没有", "空", "N/A"]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        *(("csv", written) for written in BLANKS),
        *(("xlsx", written or None) for written in BLANKS),
        ("json", "null"),
        *(("json", json.dumps(written, ensure_ascii=False)) for written in BLANKS),
    ],
)
def test_nothing_is_not_zero(
    docgen: Docgen, report: Report, folder: Path, kind: str, written: Any
) -> None:
    """Blank, 无 and their like are one finding at the cell, which says what the sums imply."""
    cell = write(kind, report, GRANTED, written)
    run = docgen("render", name(kind), "--json")
    assert (run.code, errors(run)) == (1, ["R301"])
    assert cells(run, "R301") == [cell]
    assert said(run, "R301")[0]["expected"] == str(report.figures[GRANTED])
    assert nothing_written(folder)


REFUSED = [
    ("2.5", "R302"),
    ("-3", "R303"),
    ("－３", "R303"),
    ("-2.5", "R303"),
    ("1_000", "R304"),
    ("1 0", "R304"),
    ("12\xa034", "R304"),
    ("12\n34", "R304"),
    ("true", "R304"),
    ("TRUE", "R304"),
    ("1e3", "R304"),
    ("1E+05", "R304"),
    ("NaN", "R304"),
    ("Infinity", "R304"),
    ("2024-01-05", "R304"),
    ("1月5日", "R304"),
    ("22（其中修订16件）", "R304"),
    ("251000元", "R304"),
    ("5件", "R304"),
    ("五", "R304"),
    ("②", "R304"),
    ("5²", "R304"),
    ("٣", "R304"),
    ("1/2", "R304"),
    ("12%", "R304"),
    ("=3+4", "R304"),
    ("+5", "R304"),
    ("12,34", "R304"),
    ("1.234.567", "R304"),
    ("5\v6", "R304"),
    ("9" * 16, "R320"),
    ("9" * 5000, "R320"),
]


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        (kind, written, code)
        for kind in ("csv", "json", "xlsx")
        for written, code in REFUSED
        if kind != "xlsx" or not set("=\v") & {*written}  # a formula, or no XML
    ],
)
def test_refused(
    docgen: Docgen, report: Report, folder: Path, kind: str, written: str, code: str
) -> None:
    """What is no whole number of pieces is refused with its cell and what the sums imply."""
    value = json.dumps(written, ensure_ascii=False) if kind == "json" else written
    cell = write(kind, report, GRANTED, value)
    run = docgen("render", name(kind), "--json")
    assert (run.code, errors(run)) == (1, [code])
    assert cells(run, code) == [cell]
    found = said(run, code)[0]
    assert (found["actual"], found["expected"]) == (written[:40], str(report.figures[GRANTED]))
    assert written[:40] in found["message"]
    assert nothing_written(folder)


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        ("json", "2.5", "R302"),
        ("json", "-3", "R303"),
        ("json", "true", "R304"),
        ("json", "false", "R304"),
        ("json", "1e3", "R304"),
        ("json", "NaN", "R304"),
        ("json", "Infinity", "R304"),
        ("json", "-Infinity", "R304"),
        ("json", "[1]", "R304"),
        ("json", '{"natural": 1}', "R304"),
        ("json", "9" * 5000, "R320"),
        ("xlsx", 2.5, "R302"),
        ("xlsx", -3, "R303"),
        ("xlsx", True, "R304"),
        ("xlsx", 1e20, "R320"),
        ("xlsx", datetime.date(2024, 1, 5), "R304"),
        ("xlsx", "=D5+1", "R306"),
    ],
)
def test_refused_values(
    docgen: Docgen, report: Report, folder: Path, kind: str, written: Any, code: str
) -> None:
    """Numbers, dates, truth values and formulas of the format itself are held to the same."""
    cell = write(kind, report, GRANTED, written)
    run = docgen("render", name(kind), "--json")
    assert (run.code, errors(run)) == (1, [code])
    assert cells(run, code) == [cell]
    assert said(run, code)[0]["expected"] == str(report.figures[GRANTED])
    assert nothing_written(folder)


@pytest.mark.parametrize(
    "address",
    [
        "requests.received.legal", "requests.handled.total", "requests.carried_out.natural",
        "disputes.review.total", "disputes.suit_direct.pending",
    ],
)  # fmt: skip
def test_what_the_sums_say_of_either_side(docgen: Docgen, report: Report, address: str) -> None:
    """A part, a total and what is left over: each is what the sums it stands in make it."""
    write("json", report, address, '"若干"')
    run = docgen("check", name("json"), "--json")
    assert said(run, "R304")[0]["expected"] == str(report.figures[address])


@pytest.mark.parametrize(
    ("written", "code"),
    [("251000元", "R304"), ("-1", "R303"), ("1e3", "R304"), ("", "R301"), ("12.5.0", "R304")],
)
def test_no_sum_no_guess(docgen: Docgen, sent: Path, folder: Path, written: str, code: str) -> None:
    """Where no sum says what a figure must be, nothing is expected."""
    put(sent / ONE, "B14", written)
    run = docgen("render", "2024", "--json")
    assert (run.code, errors(run), cells(run, code)) == (1, [code], ["B14"])
    assert said(run, code)[0]["expected"] == ""
    assert nothing_written(folder)


def test_every_fault_at_once(docgen: Docgen, sent: Path, report: Report) -> None:
    """All unreadable figures are told of in one run, in printed order."""
    for cell, value in (("D6", "无"), ("F9", "2.5"), ("I20", "x")):
        put(sent / TWO, cell, value)
    run = docgen("check", "2024", "--json")
    assert [(f["code"], f["places"][0]["cell"]) for f in run.lines[0]["findings"]] == [
        ("R301", "D6"),
        ("R302", "F9"),
        ("R304", "I20"),
    ]
    addresses = [f["places"][0]["address"] for f in run.lines[0]["findings"]]
    assert [f["expected"] for f in run.lines[0]["findings"]] == [
        str(report.figures[address]) for address in addresses
    ]
