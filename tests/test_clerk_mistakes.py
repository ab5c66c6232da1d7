"""Mistakes of typing and handling in the CSV files, as a clerk makes them.

Each is tried on the reference report through the front door. Told is exactly what stands here,
beside what docgen says of the sound report: one message a cause, at the cell it is in.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from busy import FACTS, ONE, TEXT, THREE, TWO, Rows, change, put
from clerk import FACT, FIRST, SECOND, WORDS, Told, told
from door import Docgen, Run


@pytest.fixture(scope="module")
def usual() -> dict[str, Run]:
    """What is said of the sound report."""
    return {}


def edit(file: str, how: Callable[[Rows], Rows]) -> Callable[[Path], object]:
    """Change the rows of one CSV file."""
    return lambda folder: change(folder / file, how)


def typed(file: str, **cells: str) -> Callable[[Path], object]:
    """Type into cells of one CSV file."""

    def change(folder: Path) -> None:
        for cell, value in cells.items():
            put(folder / file, cell, value)

    return change


def row(number: int, *cells: str) -> Callable[[Rows], Rows]:
    """Put a row of its own above this row; -1 for the end."""
    return lambda rows: [*rows[: number - 1], [*cells], *rows[number - 1 :]]


def below(*cells: str) -> Callable[[Rows], Rows]:
    """Put a row of its own below all others."""
    return lambda rows: [*rows, [*cells]]


def column(index: int, head: str, cell: Callable[[int], str]) -> Callable[[Rows], Rows]:
    """Put a column of its own at this place."""
    return lambda rows: [
        [*line[:index], cell(number) if number else head, *line[index:]]
        for number, line in enumerate(rows)
    ]


def without(*numbers: int) -> Callable[[Rows], Rows]:
    """Delete these rows."""
    return lambda rows: [line for number, line in enumerate(rows, 1) if number not in numbers]


def transposed(rows: Rows) -> Rows:
    """Rows for columns."""
    width = max(map(len, rows))
    return [list(line) for line in zip(*(r + [""] * (width - len(r)) for r in rows), strict=True)]


def renamed(file: str, name: str) -> Callable[[Path], object]:
    """Give a file another name."""
    return lambda folder: (folder / file).rename(folder / name)


def copied(file: str, name: str) -> Callable[[Path], object]:
    """Leave a copy of a file beside it."""
    return lambda folder: shutil.copy(folder / file, folder / name)


def separated(mark: str, *names: str) -> Callable[[Path], object]:
    """Part the columns by another mark."""

    def save(folder: Path) -> None:
        for path in map(folder.joinpath, names):
            path.write_text(path.read_text(encoding="utf-8-sig").replace(",", mark), "utf-8-sig")

    return save


def swapped(folder: Path) -> None:
    """Give two tables each other's names."""
    (folder / TWO).rename(folder / "x")
    (folder / THREE).rename(folder / TWO)
    (folder / "x").rename(folder / THREE)


def together(file: str, other: str) -> Callable[[Path], object]:
    """Paste one table below another."""

    def paste(folder: Path) -> None:
        both = [(folder / name).read_text(encoding="utf-8-sig") for name in (file, other)]
        (folder / file).write_text("\n".join(both), "utf-8-sig")

    return paste


TYPED: list[tuple[str, str, str, int, Told]] = [
    (SECOND, "D6", "3件", 1, [("R304", "D6")]),
    (SECOND, "D6", "三", 1, [("R304", "D6")]),
    (SECOND, "D6", "约3", 1, [("R304", "D6")]),
    (SECOND, "D6", "10多", 1, [("R304", "D6")]),
    (SECOND, "D6", "3+2", 1, [("R304", "D6")]),
    (SECOND, "D6", "=3+2", 1, [("R304", "D6")]),
    (SECOND, "D6", "-", 1, [("R301", "D6")]),
    (SECOND, "D6", "/", 1, [("R301", "D6")]),
    (SECOND, "D6", "无", 1, [("R301", "D6")]),
    (SECOND, "D6", "N/A", 1, [("R301", "D6")]),
    (SECOND, "D6", "'3", 1, [("R304", "D6")]),
    (SECOND, "D6", "1 2", 1, [("R304", "D6")]),
    (SECOND, "D6", "3。", 1, [("R304", "D6")]),
    (SECOND, "D6", "O", 1, [("R304", "D6")]),
    (SECOND, "D6", "l", 1, [("R304", "D6")]),
    (SECOND, "D6", "3次", 1, [("R304", "D6")]),
    (SECOND, "D6", "３件", 1, [("R304", "D6")]),
    (SECOND, "D6", "3%", 1, [("R304", "D6")]),
    (SECOND, "D6", "?", 1, [("R304", "D6")]),
    (SECOND, "D6", "#REF!", 1, [("R304", "D6")]),
    (SECOND, "D6", "3e2", 1, [("R304", "D6")]),
    (SECOND, "D6", "+3", 1, [("R304", "D6")]),
    (SECOND, "D6", "-3", 1, [("R303", "D6")]),
    (SECOND, "D6", "2.5", 1, [("R302", "D6")]),
    (SECOND, "D6", "2024年1月3日", 1, [("R304", "D6")]),
    (SECOND, "D6", "TRUE", 1, [("R304", "D6")]),
    (SECOND, "D6", "", 1, [("R301", "D6")]),
    (FIRST, "B14", "2.5万元", 1, [("R304", "B14")]),
    (FIRST, "B14", "25000元", 1, [("R304", "B14")]),
    (FIRST, "B14", "0.5%", 1, [("R304", "B14")]),
    (SECOND, "D6", "０", 0, [("R305", "D6")]),
    (SECOND, "D6", " 0 ", 0, []),
    (SECOND, "D6", "0.0", 0, [("R305", "D6")]),
    (SECOND, "D6", "00", 0, [("R305", "D6")]),
    (SECOND, "D6", "0\u200b", 0, [("R123", "D6")]),
    (SECOND, "D6", "0\n", 0, []),
    (FIRST, "B14", "1，234.5", 0, [("R305", "B14")]),
    (FIRST, "B14", "1,234.5", 0, [("R305", "B14")]),
    (FIRST, "B14", "１２．５", 0, [("R305", "B14")]),
    (FACT, "B9", "2025.1.20", 0, []),
    (FACT, "B9", "2025/1/20", 0, []),
    (FACT, "B9", "2025-01-20", 0, []),
    (FACT, "B9", "2025 年 1 月 20 日", 0, []),
    (FACT, "B9", "二〇二五年一月二十日", 0, [("R122", "B9")]),
    (FACT, "B9", "45677", 0, [("R122", "B9")]),
    (FACT, "B9", "20250120", 0, [("R122", "B9")]),
    (FACT, "B9", "2025-01-20 00:00:00", 0, [("R122", "B9")]),
    (FACT, "B9", "２０２５年１月２０日", 0, [("R122", "B9")]),
    (FACT, "B9", "2025年1月", 1, [("R106", "B9")]),
    (FACT, "B9", "1月20日", 1, [("R106", "B9")]),
    (FACT, "B9", "25.1.20", 1, [("R106", "B9")]),
    (FACT, "B9", "2025年2月30日", 1, [("R106", "B9")]),
    (FACT, "B9", "20/1/2025", 1, [("R106", "B9")]),
    (FACT, "B9", "Jan-25", 1, [("R106", "B9")]),
    (FACT, "B9", "2025年1月20号", 1, [("R106", "B9")]),
    (FACT, "B9", "45677.5", 1, [("R106", "B9")]),
    (FACT, "B9", "2024年1月20日", 1, [("E202", "B9")]),
    (FACT, "B9", "#N/A", 1, [("R409", "B9")]),
    (FACT, "B9", "", 1, [("R103", "B9")]),
    (FACT, "B3", "2024年", 0, []),
    (FACT, "B3", " 2024 ", 0, []),
    (FACT, "B3", "2024.0", 0, []),
    (FACT, "B3", "2024年度", 1, [("R105", "B3")]),
    (FACT, "B3", "二〇二四", 1, [("R105", "B3")]),
    (FACT, "B3", "24", 1, [("R105", "B3")]),
    (FACT, "B3", "２０２４", 1, [("R105", "B3")]),
    (FACT, "B3", "2024-2025", 1, [("R105", "B3")]),
    (FACT, "B3", "", 1, [("R103", "B3")]),
    (FACT, "B3", "#REF!", 1, [("R409", "B3")]),
    (FACT, "B6", "乡镇", 0, []),
    (FACT, "B6", "镇", 0, []),
    (FACT, "B6", "乡镇级 ", 0, []),
    (FACT, "B6", "镇级", 1, [("R105", "B6")]),
    (FACT, "B6", "乡（镇）级", 1, [("R105", "B6")]),
    (FACT, "B6", "乡镇级、县级", 1, [("R105", "B6")]),
    (FACT, "B6", "", 1, [("R103", "B6")]),
    (FACT, "B4", "", 1, [("R103", "B4")]),
    (FACT, "B4", "#REF!", 1, [("R409", "B4")]),
    (FACT, "B4", "乌苏市甘河子镇\u200b人民政府", 0, [("R123", "B4")]),
    (FACT, "B4", "乌苏市甘河子镇\t人民政府", 1, [("R107", "B4")]),
    (FACT, "B2", "2021", 3, [("X313", "B2")]),
    (FACT, "A4", "机关名秤", 1, [("R102", "A4")]),
    (FACT, "A8", "署名单位", 1, [("R102", "A8")]),
    (SECOND, "B6", "（一）予以\n公开", 0, []),
    (SECOND, "B6", "（一）  予 以 公 开", 0, []),
    (SECOND, "B6", "(一)予以公开", 0, []),
    (SECOND, "B6", "（一）予以公布", 1, [("R201", "B6")]),
    (SECOND, "B6", "（一）予以\u200b公开", 0, [("R123", "B6")]),
    (SECOND, "B6", "", 1, [("R212", "B6")]),
    (SECOND, "A4", "", 1, [("R212", "C4")]),
    (SECOND, "C8", "", 1, [("R212", "C8")]),
    (SECOND, "F3", "科研所", 1, [("R204", "F3")]),
    (SECOND, "F3", "", 1, [("R205", "表二 申请办理")]),
    (SECOND, "L6", "9", 1, [("R210", "L6")]),
    (SECOND, "J4", "", 0, [("R307", "J4")]),
    (WORDS, "A3", "一、总体概况", 1, [("R102", "A3")]),
    (WORDS, "A3", "一、总体情况：", 0, []),
    (WORDS, "A2", "", 1, [("R210", "B2")]),
    (WORDS, "C4", "请领导审核", 1, [("R210", "C4")]),
    (WORDS, "B6", "\t（三）监督保障情况。建立制度。", 0, [("R108", "B6")]),
    (WORDS, "B6", "（三）监督保障情况。\t建立制度。", 1, [("R107", "B6")]),
    (WORDS, "B6", "（三）监督保障情况。\v建立\ufeff制度。", 0, [("R123", "B6")]),
    (WORDS, "B6", "（三）监督保障情况。建立#REF!制度。", 1, [("R409", "B6")]),
    (WORDS, "B6", "（三）监督保障情况。建立\u202e制度。", 1, [("R107", "B6")]),
]

HANDLED: list[tuple[str, Callable[[Path], object], int, Told]] = [
    (
        "a title above table two",
        edit(TWO, row(1, "2024年度收到和处理政府信息公开申请情况统计表")),
        0,
        [("R222", "A1")],
    ),
    ("the unit above table one", edit(ONE, row(1, "", "", "", "单位：件")), 0, [("R222", "D1")]),
    (
        "填表人 below table two",
        edit(TWO, below("填表人：张三", "", "审核人：李四", "", "填报日期：2025年1月10日")),
        0,
        [("R222", "A29")],
    ),
    (
        "填表人 in cells",
        edit(TWO, below("填表人", "张三", "", "审核人", "李四", "", "联系电话", "13912345678")),
        0,
        [("R222", "A29")],
    ),
    (
        "制表单位 above the facts",
        edit(FACTS, row(1, "制表单位：甘河子镇党政办")),
        0,
        [("R222", "A1")],
    ),
    (
        "a title above the facts",
        edit(FACTS, row(1, "2024年度政府信息公开年报基本情况表")),
        0,
        [("R222", "A1")],
    ),
    (
        "a title above the text",
        edit(TEXT, row(1, "甘河子镇政府信息公开工作2024年度报告")),
        0,
        [("R222", "A1")],
    ),
    (
        "a title above table three",
        edit(THREE, row(1, "表三：政府信息公开行政复议、行政诉讼情况")),
        0,
        [("R222", "A1")],
    ),
    (
        "a note below table three",
        edit(THREE, below("注：本表数据截至2024年12月31日")),
        0,
        [("R222", "A5")],
    ),
    ("负责人 among the facts", edit(FACTS, below("负责人", "王五")), 0, [("R222", "A14")]),
    ("填表人 below the text", edit(TEXT, below("填表人：张三")), 0, [("R222", "A12")]),
    (
        "a fact nobody knows",
        edit(FACTS, below("统一社会信用代码", "11654202010480")),
        1,
        [("R102", "A14")],
    ),
    (
        "a column 备注",
        edit(TWO, column(10, "备注", lambda number: "其中1件为补正" if number == 5 else "")),
        1,
        [("R204", "K1")],
    ),
    ("a column 序号", edit(TWO, column(0, "序号", str)), 0, [("R222", "A1")]),
    ("a column 序号 beside the facts", edit(FACTS, column(0, "序号", str)), 0, [("R222", "A1")]),
    ("a blank row", edit(TWO, row(6)), 0, []),
    ("a blank column", edit(TWO, column(4, "", lambda _: "")), 0, []),
    ("a row 小计", edit(TWO, row(17, "", "小计", "", *"0000000")), 1, [("R201", "B17")]),
    ("a row deleted", edit(TWO, without(26)), 1, [("R202", "表二 申请办理")]),
    ("a row twice", edit(TWO, lambda rows: [*rows, rows[27]]), 1, [("R203", "A28")]),
    (
        "the rows sorted",
        edit(TWO, lambda rows: [*rows[:3], *sorted(rows[3:], key=lambda row: row[2])]),
        0,
        [],
    ),
    ("the head deleted", edit(TWO, without(1, 2, 3)), 1, [("R205", "表二 申请办理")]),
    ("rows for columns", edit(THREE, transposed), 1, [("R205", "表三 复议诉讼")]),
    ("last year's table pasted below", together(TWO, TWO), 1, [("R203", "A4")]),
    ("table one pasted below table three", together(THREE, ONE), 1, [("R210", "A6")]),
    (
        "a group's label in a row of its own",
        edit(TWO, lambda rows: [*rows[:5], rows[5][:1], ["", *rows[5][1:]], *rows[6:]]),
        0,
        [],
    ),
    (
        "a copy of table two",
        copied(TWO, "表二 申请办理 - 副本.csv"),
        1,
        [("R209", "表二 申请办理 - 副本")],
    ),
    ("table two as 表二", renamed(TWO, "表二.csv"), 0, [("R221", "表二")]),
    (
        "table two as downloaded again",
        renamed(TWO, "表二 申请办理(1).csv"),
        0,
        [("R221", "表二 申请办理(1)")],
    ),
    ("table two as Sheet3", renamed(TWO, "Sheet3.csv"), 0, [("R221", "Sheet3")]),
    ("table two as 附件2", renamed(TWO, "附件2.csv"), 0, [("R221", "附件2")]),
    ("table two as 表三", renamed(TWO, "表三.csv"), 0, [("R221", "表三")]),
    ("the text as 定稿", renamed(TEXT, "年报正文（定稿）.csv"), 0, [("R221", "年报正文（定稿）")]),
    ("the facts as 1", renamed(FACTS, "1.csv"), 0, [("R221", "1")]),
    ("an upper suffix", renamed(TWO, "表二 申请办理.CSV"), 0, []),
    ("two names exchanged", swapped, 0, [("R221", "表三 复议诉讼"), ("R221", "表二 申请办理")]),
    (
        "table two as a workbook",
        renamed(TWO, "表二 申请办理.xlsx"),
        1,
        [("R207", ""), ("R109", "")],
    ),
    ("table three missing", lambda folder: (folder / THREE).unlink(), 1, [("R207", "")]),
    ("table three empty", lambda folder: (folder / THREE).write_bytes(b""), 3, [("X302", "")]),
    (
        "a file 备注",
        lambda folder: (folder / "备注.csv").write_text("备注\n今年数据由信息科汇总\n", "utf-8"),
        0,
        [("R376", "备注")],
    ),
    (
        "a file 说明.docx",
        lambda folder: (folder / "说明.docx").write_bytes(b"PK"),
        0,
        [("R109", "")],
    ),
    (
        "semicolons",
        separated(";", FACTS, TEXT, ONE, TWO, THREE),
        0,
        [
            ("R121", "基本情况"),
            ("R121", "正文"),
            ("R121", "表一 主动公开"),
            ("R121", "表三 复议诉讼"),
            ("R121", "表二 申请办理"),
        ],
    ),
    ("tabs", separated("\t", TWO), 0, [("R121", "表二 申请办理")]),
    ("full-width commas", separated("，", THREE), 1, [("R205", "表三 复议诉讼")]),
    (
        "a figure missing that the text takes",
        lambda folder: (
            typed(TWO, D4="")(folder),
            typed(TEXT, B5="（二）依申请公开情况。收到申请{{ 本年新收 }}件。")(folder),
        ),
        1,
        [("R301", "D4")],
    ),
    ("a total nobody else agrees with", typed(TWO, J4="5"), 1, [("E301", "J4")]),
]


@pytest.mark.parametrize(("sheet", "place", "value", "code", "says"), TYPED)
def test_typed(
    docgen: Docgen,
    csv_folder: Path,
    usual: dict[str, Run],
    sheet: str,
    place: str,
    value: str,
    code: int,
    says: Told,
) -> None:
    """Something typed into one cell."""
    before = usual.setdefault("csv", docgen("check", "2024", "--json"))
    put(csv_folder / f"{sheet}.csv", place, value)
    run = docgen("check", "2024", "--json")
    assert (run.code, told(run, before)) == (code, says)


@pytest.mark.parametrize(
    ("handled", "code", "says"), [pytest.param(*rest, id=what) for what, *rest in HANDLED]
)
def test_handled(
    docgen: Docgen,
    csv_folder: Path,
    usual: dict[str, Run],
    handled: Callable[[Path], object],
    code: int,
    says: Told,
) -> None:
    """Something done to the CSV files."""
    before = usual.setdefault("csv", docgen("check", "2024", "--json"))
    handled(csv_folder)
    run = docgen("check", "2024", "--json")
    assert (run.code, told(run, before)) == (code, says)


def test_a_blank_only_wants_filling(docgen: Docgen) -> None:
    """Of a blank as it was made nothing is said but that it is empty."""
    assert docgen("new", "2025", "--body", "甲县乙镇人民政府").code == 0
    run = docgen("check", "inputs/2025", "--json")
    assert set(run.codes) == {"R103", "R377", "E505", "E101"}
