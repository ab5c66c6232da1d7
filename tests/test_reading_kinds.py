"""Cells of every kind: what is printed is read back, what is surely meant is understood."""

import csv
import datetime
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import write_json
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from toy import TOY, toy_report, toy_sheets, toy_tree

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.forms.form import Form
from docgen.model import Reading, Report
from docgen.read import read_report

Tree = dict[str, Any]

pytestmark = pytest.mark.usefixtures("toy")


def write_sheets(folder: Path, sheets: Mapping[str, list[list[str]]]) -> Path:
    """A folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\r\n").writerows(rows)
        (folder / f"{name}.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
    return folder


def read_tree(folder: Path, tree: Tree) -> Reading:
    """The reading of a JSON input."""
    return read_report(write_json(folder / "2024.json", tree))


def with_cell(address: str, value: object) -> Tree:
    """The sound report with another value in one cell."""
    tree = toy_tree()
    table, row, column = address.split(".")
    tree["figures"][table].setdefault(row, {})[column] = value
    return tree


def codes(reading: Reading) -> list[str]:
    """The codes of all that is said."""
    return [finding.code for finding in reading.findings]


def answer(reading: Reading, address: str) -> object:
    """What a cell holds."""
    report = reading.report
    return report.answers.get(address, report.figures.get(address))


def test_the_sound_report(folder: Path) -> None:
    """It is the same from JSON, from sheets as a clerk types them, and from its own blanks."""
    report, form = toy_report(), TOY.as_reported(toy_report().units, ())
    workbook = folder / "2024.xlsx"
    workbook.write_bytes(write_workbook(form, report))
    blanks = folder / "blanks" / "2024"
    blanks.mkdir(parents=True)
    for name, data in write_csv_sheets(form, report).items():
        (blanks / name).write_bytes(data)

    typed = write_sheets(folder / "2024", toy_sheets(report))
    for path in (write_json(folder / "2024.json", toy_tree()), typed, blanks, workbook):
        reading = read_report(path)
        assert (codes(reading), reading.report) == ([], report), path
        assert reading.form.cells.keys() >= report.figures.keys() | report.answers.keys()


UNDERSTOOD = [
    ("library.free.value", "√", "是"),
    ("library.free.value", "是的", "是"),
    ("library.free.value", "Ｙ", "是"),
    ("library.free.value", "×", "否"),
    ("library.free.value", "No", "否"),
    ("library.free.value", True, "是"),
    ("library.free.value", False, "否"),
    ("library.free.value", "□是 ☑否", "否"),
    ("library.type.value", "与 文化站 合建", "与文化站合建"),
    ("library.type.value", "☑独立设置□与文化站合建", "独立设置"),
    ("library.services.value", "展览,借阅", "借阅、展览"),
    ("library.services.value", "展览；讲座；展览", "讲座、展览"),
    ("library.services.value", "☑借阅 □讲座 ☑展览", "借阅、展览"),
    ("contact.head.value", "赵　明", "赵明"),
    ("contact.phone.value", "８８８８００００", "88880000"),
    ("library.address.value", "http：//www.example.cn", "http://www.example.cn"),
]


@pytest.mark.parametrize(("address", "value", "meant"), UNDERSTOOD)
def test_what_is_surely_meant(folder: Path, address: str, value: object, meant: str) -> None:
    """It is taken as it is printed, and said."""
    reading = read_tree(folder, with_cell(address, value))
    assert answer(reading, address) == meant
    assert codes(reading) == ["R333"]
    assert f"按“{meant}”读" in reading.findings[0].message


TAKEN = [
    ("library.opened.value", "2019-5-4", "2019年5月4日"),
    ("library.opened.value", "二〇一九年五月四日", "2019年5月4日"),
    ("library.site.value", "无", "无"),
    ("contact.clerk.value", "阿依古丽·买买提", "阿依古丽·买买提"),
    ("contact.clerk.value", "赵明、钱亮", "赵明、钱亮"),
    ("contact.clerk.value", "John Smith", "John Smith"),
    ("contact.phone.value", "13800000000", "13800000000"),
    ("contact.phone.value", "(0577) 8888 0000", "(0577) 8888 0000"),
    ("contact.phone.value", "0577-88880000-801", "0577-88880000-801"),
    ("contact.phone.value", "88880000转801", "88880000转801"),
    ("contact.phone.value", "400-800-1234", "400-800-1234"),
    ("contact.phone.value", "12345", "12345"),
    ("contact.phone.value", "0577-88880000、13800000000", "0577-88880000、13800000000"),
    ("library.address.value", "www.example.gov.cn", "www.example.gov.cn"),
    ("library.address.value", "https://图书.政务/n?a=1#x", "https://图书.政务/n?a=1#x"),
    ("library.days.value", 12.50, Decimal("12.5")),
    ("branches.unit1.money", 0.1, Decimal("0.1")),
    ("library.change.value", -35, -35),
]


@pytest.mark.parametrize(("address", "value", "meant"), TAKEN)
def test_what_is_taken(folder: Path, address: str, value: object, meant: object) -> None:
    """Without an error, and digit for digit."""
    reading = read_tree(folder, with_cell(address, value))
    assert answer(reading, address) == meant
    assert set(codes(reading)) <= {"R122"}


REFUSED = [
    ("library.free.value", "有", "R331", "应为“是”或“否”"),
    ("library.free.value", "基本是", "R331", "应为“是”或“否”"),
    ("library.free.value", "☑是 ☑否", "R331", "应为“是”或“否”"),
    ("library.free.value", "", "R330", "空着"),
    ("library.free.value", "/", "R330", "填的是“/”"),
    ("library.type.value", "与文化馆合建", "R331", "最接近的是“与文化站合建”"),
    ("library.type.value", "独立设置、与文化站合建", "R331", "之一"),
    ("library.services.value", "借阅、讲坐", "R331", "最接近的是“讲座”"),
    ("library.opened.value", "2019年2月30日", "R332", "应为日期"),
    ("library.site.value", 12, "R105", "应为文字"),
    ("library.site.value", "=1+1", "R105", "不是公式"),
    ("library.site.value", "#REF!", "R409", "#REF!"),
    ("library.site.value", "南山\n图书室", "R107", "换行"),
    ("library.site.value", "南山\u202e图书室", "R107", "U+202E"),
    ("library.site.value", "书" * 32_768, "R130", "超过上限"),
    ("contact.head.value", "赵明13800000000", "R332", "应为人的姓名"),
    ("contact.head.value", "赵明 钱亮", "R332", "应为人的姓名"),
    ("contact.head.value", "王", "R332", "应为人的姓名"),
    ("contact.head.value", "王" * 201, "R130", "超过上限"),
    ("contact.phone.value", "1380000000", "R332", "应为电话号码"),
    ("contact.phone.value", "57788880000", "R332", "开头的 0 没有了"),
    ("contact.phone.value", "查号台", "R332", "应为电话号码"),
    ("library.address.value", "example", "R332", "应为网址"),
    ("library.address.value", "https://10.0.0.1/", "R332", "应为网址"),
    ("library.address.value", "javascript://example.cn/x", "R332", "应为网址"),
    ("library.address.value", "https://u:p@example.cn/", "R332", "应为网址"),
    ("library.address.value", "https://[example.cn", "R332", "应为网址"),
    ("library.books.value", 12.5, "R302", "册数应为整数"),
    ("branches.unit1.visits", 12.5, "R302", "人次应为整数"),
    ("library.books.value", -3, "R303", "不应为负"),
    ("library.days.value", -0.5, "R303", "不应为负"),
    ("branches.unit1.money", "1,2", "R304", "不是一个数"),
]


@pytest.mark.parametrize(("address", "value", "code", "words"), REFUSED)
def test_what_is_asked_about(
    folder: Path, address: str, value: object, code: str, words: str
) -> None:
    """It is no answer and no figure; one finding says what should stand there."""
    reading = read_tree(folder, with_cell(address, value))
    assert answer(reading, address) is None
    assert codes(reading) == [code]
    assert words in reading.findings[0].message
    assert reading.findings[0].places[0].address == address


CURES = [
    ("branches.unit1.money", "2.5万元", "换算成元"),
    ("branches.unit1.money", "25元", "不写单位"),
    ("library.books.value", "12册", "只填数字，不写单位。"),
    ("library.books.value", "1.2万", "写全"),
    ("library.books.value", "5%", "不填百分比"),
]


@pytest.mark.parametrize(("address", "value", "cure"), CURES)
def test_cures_name_the_unit_of_the_cell(folder: Path, address: str, value: str, cure: str) -> None:
    """Money is converted to the cell's own unit, and 万元 is no word of every form."""
    (finding,) = read_tree(folder, with_cell(address, value)).findings
    assert cure in finding.cure
    assert "换算成万元" not in finding.cure


def test_blank_where_it_may_be(folder: Path) -> None:
    """It is not 0; 无 is as good as blank where no text is asked for, and a mark is noted."""
    tree = toy_tree()
    rows = tree["figures"]["library"]
    for row in ("wechat_name", "address"):
        del rows[row]
    rows["wechat_fans"]["value"], rows["services"]["value"] = "无", "—"
    reading = read_tree(folder, tree)
    assert codes(reading) == ["R333"]
    assert "按“空白”读" in reading.findings[0].message
    for row in ("wechat_name", "address", "wechat_fans", "services"):
        assert answer(reading, f"library.{row}.value") is None


def test_a_total_over_what_may_be_blank(folder: Path) -> None:
    """It is not computed as if blank were 0: it is asked for."""
    sums = folder / "forms" / "sums"
    sums.mkdir(parents=True)
    (sums / "form.toml").write_text(SUMS, encoding="utf-8")
    tree = {key: toy_tree()[key] for key in ("year", "body")} | {"form": "sums"}
    whole = {"a": {"n": 2}, "b": {"n": 3}, "all": {}}
    reading = read_tree(folder, {**tree, "figures": {"t": whole}})
    assert (codes(reading), reading.report.figures["t.all.n"]) == (["R307"], 5)

    reading = read_tree(folder, {**tree, "figures": {"t": {"a": {"n": 2}, "b": {}, "all": {}}}})
    assert (codes(reading), dict(reading.report.figures)) == (["R301"], {"t.a.n": 2})
    assert reading.findings[0].places[0].address == "t.all.n"

    given = {"a": {"n": 2}, "b": {"n": "/"}, "all": {"n": 9}}
    assert codes(read_tree(folder, {**tree, "figures": {"t": given}})) == []


SUMS = '''
name = "两数之和"
years = [2020]
title = "{name}{year}年报表"
signed = false
[[part]]
grid = "t"
heading = "一、表"
name = "表一 两数"
columns = "数 n"
rows = """
甲项 a count:个
乙项 b count?:个
总数 all count:个
"""
[[rule]]
code = "Z401"
name = "总数不对"
grid = "t"
holds = "a + b = all"
why = "总数是两数之和。"
example = "1＋1，总数写 3。"
cure = "改正。"
'''

#: Each example writes files: to shrink one takes minutes.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
_words = st.text(
    "南山图书室七月起闭馆，。、；：（）“”—《》/-+%无a B1290", min_size=1, max_size=40
).filter(lambda text: text == text.strip())
_han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
_hosts = st.from_regex(
    r"[a-z][a-z0-9]{0,9}(\.[a-z][a-z0-9]{0,9}){0,2}\.(cn|gov\.cn)", fullmatch=True
)
_money = st.decimals(0, 10**9, places=4).map(lambda number: number.normalize() + 0)
_counts = st.integers(0, 10**9)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A toy report with its cells written in the form in which they are printed."""
    sound = toy_report()
    count = draw(st.integers(1, 6))
    names = draw(st.lists(_han.map("{}馆".format), min_size=count, max_size=count, unique=True))
    day = draw(st.dates(datetime.date(1000, 1, 1)))
    answers = {
        "library.site.value": draw(_words),
        "library.address.value": f"https://{draw(_hosts)}/",
        "library.type.value": draw(st.sampled_from(("独立设置", "与文化站合建"))),
        "library.opened.value": f"{day.year:04}年{day.month}月{day.day}日",
        "library.free.value": draw(st.sampled_from("是否")),
        "library.services.value": draw(st.sampled_from(("借阅", "借阅、展览", "借阅、讲座、展览"))),
        "library.wechat.value": draw(st.sampled_from("是否")),
        "contact.head.value": draw(_han),
        "contact.clerk.value": draw(_han),
        "contact.phone.value": draw(
            st.from_regex(r"0577-[2-8][0-9]{7}|1[3-9][0-9]{9}", fullmatch=True)
        ),
        "contact.filled.value": "2025年1月10日",
    }
    form = TOY.as_reported({"branches": names}, ())
    for number in range(1, count + 1):
        if draw(st.booleans()):
            answers[f"branches.unit{number}.note"] = draw(_words)

    money = {"元", "天"}
    figures = {
        address: draw(_money) if cell.unit in money else draw(_counts)
        for address, cell in form.figures.items()
    }
    figures["library.change.value"] = draw(st.integers(-(10**6), 10**6))
    ordered = {address: answers[address] for address in form.answers if address in answers}
    return sound.model_copy(
        update={"figures": figures, "answers": ordered, "units": {"branches": tuple(names)}}
    )


@settings(
    max_examples=20, deadline=None, phases=NO_SHRINKING, suppress_health_check=list(HealthCheck)
)
@given(report=reports())
def test_what_is_printed_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, report: Report
) -> None:
    """Through CSV, a workbook and JSON: the same cells, the same units, nothing to say of them."""
    folder = tmp_path_factory.mktemp("read")
    tree = toy_tree() | {"units": {"branches": list(report.units["branches"])}, "figures": {}}
    for address, value in {**report.figures, **report.answers}.items():
        table, row, column = address.split(".")
        exact = float(value) if isinstance(value, Decimal) else value
        tree["figures"].setdefault(table, {}).setdefault(row, {})[column] = exact

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets = toy_sheets(report)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for texts in rows:
            sheet.append([None if text == "" else text for text in texts])
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if cell.value is not None else "n"
    book.save(folder / "2024.xlsx")

    paths = write_json(folder / "2024.json", tree), folder / "2024.xlsx"
    for path in (*paths, write_sheets(folder / "2024", sheets)):
        reading = read_report(path)
        said = [finding for finding in reading.findings if finding.code != "R305"]
        assert said == []
        assert dict(reading.report.answers) == dict(report.answers)
        assert dict(reading.report.figures) == dict(report.figures)
        assert reading.report.units == report.units


@settings(
    max_examples=60, deadline=None, phases=NO_SHRINKING, suppress_health_check=list(HealthCheck)
)
@given(
    address=st.sampled_from([*TOY.cells]).filter(lambda a: ".unit." not in a),
    value=st.one_of(
        st.text(st.characters(exclude_categories=["Cn", "Co", "Cs"]), max_size=60),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.none(),
        st.lists(st.integers(), max_size=2),
        st.text("□☑、,；是否借阅讲座1380-转. ", max_size=40),
    ),
)
def test_whatever_is_written(
    tmp_path_factory: pytest.TempPathFactory, address: str, value: object
) -> None:
    """Nothing that can be typed stops the reading, and what is taken is fit to be printed."""
    folder = tmp_path_factory.mktemp("read")
    reading = read_tree(folder, with_cell(address, value))
    taken = answer(reading, address)
    assert isinstance(taken, str | int | Decimal | None)
    if isinstance(taken, str):
        assert taken == taken.strip()
        assert taken.isprintable()
        again = read_tree(folder, with_cell(address, taken))
        assert (codes(again), answer(again, address)) == ([], taken)


def test_numbers_in_cells_of_text(folder: Path, toy: Form) -> None:
    """A workbook keeps what was typed as digits as a number: a telephone number, a code."""
    report = toy_report()
    path = folder / "2024.xlsx"
    path.write_bytes(write_workbook(toy.as_reported(report.units, ()), report))
    book = openpyxl.load_workbook(path)
    book["表四 填报信息"]["B4"].value = 13800000000
    book["表一 基本信息"]["C2"].value = 3305.0
    book["表一 基本信息"]["C6"].value = True
    results = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    book.save(path)
    answers = read_report(path).report.answers
    assert answers["contact.phone.value"] == "13800000000"
    assert answers["library.site.value"] == "3305"
    assert answers["library.free.value"] == "是"


SHOWN = [
    ("F3", '0.0"元"', 0),
    ("F3", '0.0"万元"', 1),
    ("F3", "0!.0,", 1),
    ("B3", '0"册次"', 0),
    ("B3", '0"万册次"', 1),
]


@pytest.mark.parametrize(("cell", "code", "told"), SHOWN)
def test_a_format_with_a_unit(folder: Path, toy: Form, cell: str, code: str, told: int) -> None:
    """A cell may be shown with its own unit; another unit makes another number of it."""
    report = toy_report()
    path = folder / "2024.xlsx"
    path.write_bytes(write_workbook(toy.as_reported(report.units, ()), report))
    book, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for each in cells:
                if each.data_type == "f":
                    each.value = results[sheet.title][each.coordinate].value
    book["表二 各分馆借阅"][cell].number_format = code
    book.save(path)
    assert codes(read_report(path)) == ["R402"] * told
