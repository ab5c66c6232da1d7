"""How CSV files may be encoded and their labels worded, and still be read without a guess."""

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
    put,
    read,
    said,
)
from door import Docgen

from docgen.model import Report


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
    """Every encoding that Excel and WPS save reads as the same report; tabs are told."""
    if encoding == "utf-16-be-bom":
        for path in sent.glob("*.csv"):
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", end)
            text = text.replace(",", "\t") if tabs else text
            path.write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
    else:
        recode(sent, encoding, tabs=tabs, end=end)
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, ["R121"] * 5 if tabs else [])
    assert read(sent) == report


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("character", ["㐀", "镕", "䶮", "𠮷"])
def test_rare_characters(docgen: Docgen, sent: Path, encoding: str, character: str) -> None:
    """A character that GBK lacks is kept in a name."""
    put(sent / FACTS, "B4", f"{character}镇管理委员会")
    recode(sent, encoding)
    assert docgen("check", "2024", "--json").code == 0
    assert read(sent).body.name == f"{character}镇管理委员会"


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
    change(path, lambda rows: kept.append(rows))
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
