"""What CSV files may look like and still be read, cell by cell, with nothing guessed."""

import itertools
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
    busy_report,
    cells,
    change,
    errors,
    put,
    read,
    said,
    write_folder,
)
from conftest import INPUTS, Docgen

from docgen.model import Report


@pytest.fixture
def report() -> Report:
    """The report that every folder here holds."""
    return busy_report(read(INPUTS / "2024.json"))


@pytest.fixture
def sent(report: Report, folder: Path) -> Path:
    """The report as its CSV files, to spoil."""
    return write_folder(report, folder / "2024")


def recode(folder: Path, encoding: str, *, tabs: bool = False, end: str = "\r\n") -> None:
    for path in folder.glob("*.csv"):
        text = path.read_bytes().decode("utf-8-sig")
        if tabs:
            text = text.replace(",", "\t")
        path.write_bytes(text.replace("\r\n", end).encode(encoding))


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize(
    ("encoding", "tabs"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("gb18030", False),
        ("gbk", False),
        ("utf-16", False),
        ("utf-16", True),
        ("utf-16-be-bom", False),
        ("utf-16-be-bom", True),
    ],
)
def test_encodings(
    docgen: Docgen, sent: Path, report: Report, encoding: str, tabs: bool, end: str
) -> None:
    """Every encoding that Excel and WPS save reads as the same report, without a word."""
    if encoding == "utf-16-be-bom":
        for path in sent.glob("*.csv"):
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", end)
            text = text.replace(",", "\t") if tabs else text
            path.write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
    else:
        recode(sent, encoding, tabs=tabs, end=end)
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(sent) == report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("character", ["㐀", "镕", "䶮", "𠮷"])
def test_rare_characters(docgen: Docgen, sent: Path, encoding: str, character: str) -> None:
    """A character that GBK lacks is kept in a name."""
    put(sent / FACTS, "B4", f"{character}镇人民政府")
    recode(sent, encoding)
    assert docgen("check", "2024", "--json").code == 0
    assert read(sent).body.name == f"{character}镇人民政府"


def test_files_in_different_encodings(docgen: Docgen, sent: Path, report: Report) -> None:
    """Each file is decoded by itself."""
    for path, encoding in zip(
        sorted(sent.glob("*.csv")), ("gbk", "utf-8", "utf-16", "gb18030", "utf-8-sig"), strict=True
    ):
        path.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))
    assert docgen("check", "2024", "--json").codes == []
    assert read(sent) == report


LONG = "申请人无正当理由逾期不补正、行政机关不再受理其政府信息公开申请"
UNPAID = "申请人逾期未按收费通知要求缴纳费用、行政机关不再受理其政府信息公开申请"


@pytest.mark.parametrize(
    ("file", "cell", "label"),
    [
        (ONE, "A4", "规范性文件"),
        (TWO, "C9", "2.其他法律和行政法规禁止公开"),
        (TWO, "C9", "2.其他法律行政止公开"),
        (TWO, "C9", "其他法律和行政法规禁止公开"),
        (TWO, "C24", f"1.{LONG}"),
        (TWO, "C25", f"2.{UNPAID}"),
        (TWO, "C25", f"2、{UNPAID}"),
        (TWO, "B27", "办理结果合计"),
        (TWO, "B27", "（七）办理结果合计"),
        (TWO, "A28", "四、结转下一年度继续办理"),
        (TWO, "A28", "结转下一年度继续办理"),
        (TWO, "B7", "（二）部分公开"),
        (TWO, "C21", "要求提供公开出版物"),
        (TWO, "J2", "合计"),
        (THREE, "E2", "合计"),
        (TEXT, "A7", "五、存在的主要问题及整改措施"),
        (TEXT, "A7", "五、政府信息公开工作存在的主要问题及改进情况"),
    ],
)
def test_other_words(
    docgen: Docgen, sent: Path, report: Report, file: str, cell: str, label: str
) -> None:
    """A wording met in practice is read, and a note says at which cell and what it was read as."""
    if (file, cell) == (TEXT, "A7"):
        cell = f"A{next(n for n, row in enumerate(rows_of(sent / TEXT), 1) if row[0][:1] == '五')}"
    put(sent / file, cell, label)
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, ["R211"])
    assert cells(run, "R211") == [cell]
    assert f"“{label}”" in said(run, "R211")[0]["message"]
    assert read(sent) == report


def rows_of(path: Path) -> Rows:
    kept: list[Rows] = []
    change(path, lambda rows: kept.append(rows))  # type: ignore[func-returns-value]
    return kept[0]


@pytest.mark.parametrize(
    ("file", "cell", "label"),
    [
        (ONE, "A1", "第二十条 第（一）项"),
        (ONE, "A1", "第二十条第(一)项"),
        (ONE, "B13", "本年收费金额(单位:万元)"),
        (TWO, "A1", "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"),
        (TWO, "A4", "一. 本年新收政府信息公开申请数量"),
        (TWO, "A4", "一、本年新收\u3000政府信息公开\xa0申请数量 "),
        (TWO, "A4", "一、本年新收政府\n信息公开申请数量"),
        (TWO, "B6", "(一)予以公开"),
        (TWO, "B6", "（一） 予以公开"),
        (TWO, "B7", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"),
        (TWO, "B24", "（六）其他"),
        (TWO, "C8", "1、属于国家秘密"),
        (TWO, "C8", "１．属于国家秘密"),
        (TWO, "C8", "1．属于国家秘密"),
        (TWO, "C8", "1 属于国家秘密"),
        (TWO, "C10", '3.危及"三安全一稳定"'),
        (TWO, "C10", "3.危及三安全一稳定"),
        (TWO, "E3", "商业\n企业"),
        (TWO, "E3", "商 业 企 业"),
        (TWO, "D2", "自 然 人"),
        (THREE, "A1", "行政\r\n复议"),
        (TEXT, "A2", " 引 言"),
        (FACTS, "A4", "机关\u3000名称"),
    ],
)
def test_other_print(
    docgen: Docgen, sent: Path, report: Report, file: str, cell: str, label: str
) -> None:
    """Width, spacing, line breaks and punctuation of a label are not its wording."""
    put(sent / file, cell, label)
    run = docgen("check", "2024", "--json")
    assert run.code == 0
    assert set(run.codes) <= {"R211"}
    assert read(sent) == report


def blank_rows(rows: Rows) -> Rows:
    return list(itertools.chain.from_iterable([[], ["", ""], row] for row in rows))


def blank_columns(rows: Rows) -> Rows:
    return [[x for value in row for x in ("", value, "")] for row in rows]


def short_rows(rows: Rows) -> Rows:
    return [row[: max((i + 1 for i, v in enumerate(row) if v), default=0)] for row in rows]


def long_rows(rows: Rows) -> Rows:
    return [row + [""] * 40 for row in rows] + [[""] * 60] * 5


def titled(rows: Rows) -> Rows:
    return [["二、主动公开政府信息情况"], [], *rows]


LAYOUTS: list[Callable[[Rows], Rows]] = [blank_rows, blank_columns, short_rows, long_rows]


@pytest.mark.parametrize("spoil", LAYOUTS)
def test_blank_rows_and_columns(
    docgen: Docgen, sent: Path, report: Report, spoil: Callable[[Rows], Rows]
) -> None:
    """Blank rows and columns anywhere and short or long rows change nothing."""
    for path in sent.glob("*.csv"):
        change(path, spoil)
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(sent) == report


@pytest.mark.parametrize(
    ("file", "title"),
    [
        (ONE, "二、主动公开政府信息情况"),
        (TWO, "三、收到和处理政府信息公开申请情况"),
        (TWO, "表二"),
        (THREE, "四、政府信息公开行政复议、行政诉讼情况"),
        (THREE, "表三 复议诉讼"),
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_title_row(
    docgen: Docgen, sent: Path, report: Report, file: str, title: str, wide: bool
) -> None:
    """The section's title above a table, merged or in each cell, is not part of it."""
    change(sent / file, lambda rows: [[title] * (len(rows[0]) if wide else 1), [], *rows])
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(sent) == report


def moved(rows: Rows) -> Rows:
    """Table two with its last rows first."""
    return [*rows[:3], rows[27], *rows[3:5], *rows[5:27]]


def backwards(rows: Rows) -> Rows:
    """Table two from its last row to its first, each with its whole stack of labels."""
    return [*rows[:3], *reversed(filled_down(rows)[3:])]


def filled_down(rows: Rows) -> Rows:
    """Table two with every merged label repeated in each cell it covers."""
    above = ["", "", ""]
    filled = [list(row) for row in rows]
    for row in filled[3:]:
        depth = next(i for i in (0, 1, 2) if row[i])
        above[depth:] = row[depth:3]
        row[:3] = above
    return filled


def filled_head(rows: Rows) -> Rows:
    """A head with every merged label repeated in each cell it covers."""
    if len(rows) == 4:
        down = [*rows[1][:5], *rows[2][5:]]
        kinds = ["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5
        return [["行政复议"] * 5 + ["行政诉讼"] * 10, [*rows[1][:5], *kinds[5:]], down, rows[3]]
    corner = rows[0][:1] * 3
    parties = ["自然人", *["法人或其他组织"] * 5, "总计"]
    leaves = ["自然人", *rows[2][4:9], "总计"]
    heads = [[*corner, *labels] for labels in (["申请人情况"] * 7, parties, leaves)]
    return [*heads, *rows[3:]]


def across(rows: Rows) -> Rows:
    """Table two with its columns the other way round, each with its stack of heads."""
    full = filled_head(rows)
    return [[*row[:3], *reversed(row[3:])] for row in (*full[:3], *rows[3:])]


def one_label(rows: Rows) -> Rows:
    """Table two with the stack of labels joined in one cell."""
    return [*rows[:3], *(["".join(row[:3]), "", "", *row[3:]] for row in filled_down(rows)[3:])]


def leaf_only(rows: Rows) -> Rows:
    """Table two with the innermost label alone, in the first cell."""
    return [
        *rows[:3],
        *([next(x for x in reversed(row[:3]) if x), "", "", *row[3:]] for row in rows[3:]),
    ]


def bands_moved(rows: Rows) -> Rows:
    """Table one with its parts in another order."""
    return [*rows[11:], *rows[4:11], *rows[:4]]


def columns_moved(rows: Rows) -> Rows:
    """Table one with 现行有效件数 before 本年制发件数."""
    return [[row[0], row[3], row[1], row[2]] if i < 4 else row for i, row in enumerate(rows)]


def head_down(rows: Rows) -> Rows:
    """Table three with 行政复议's heads in the row right above the figures."""
    return [rows[0], ["", "", "", "", "", *rows[1][5:]], [*rows[1][:5], *rows[2][5:]], rows[3]]


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        (TWO, moved),
        (TWO, backwards),
        (TWO, filled_down),
        (TWO, filled_head),
        (TWO, across),
        (TWO, one_label),
        (TWO, leaf_only),
        (ONE, bands_moved),
        (ONE, columns_moved),
        (THREE, filled_head),
        (THREE, head_down),
    ],
)
def test_other_order(
    docgen: Docgen, sent: Path, report: Report, file: str, spoil: Callable[[Rows], Rows]
) -> None:
    """Rows and columns are found by their labels, in any order, merged or repeated."""
    change(sent / file, spoil)
    run = docgen("check", "2024", "--json")
    assert errors(run) == []
    assert read(sent) == report
