"""What goes out to the bodies: marked workbooks, and messages to paste into the chat."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from boards import DISCLOSURE, FACTS, REQUESTS, TODAY, BoardMaker
from county import made_county, put_file, unit_report, workbook_of
from door import Docgen

from docgen.county.board import Board, BoardRow
from docgen.county.owners import NAMELESS
from docgen.county.results import CHASE, PAGE, RETURNS, write_results

RED = "00FFC7CE"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """A small county: five bodies whose reports are spoilt, each in another way, and others."""
    maker = BoardMaker(tmp_path_factory.mktemp("county"))
    maker.add("issued").add("faulty", 5).add("unreadable").add("several")
    return maker.add("missing", 3).add("unlisted").board()


def marked(path: Path) -> dict[str, str]:
    """The cells with a comment of a marked workbook, by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {
        f"{sheet.title} {cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def look(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """Every file there with its bytes and the time when it was written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def text_of(folder: Path, name: str) -> str:
    """A text of messages, as an editor shows it."""
    data = (folder / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def paragraphs(folder: Path, name: str) -> list[list[str]]:
    """The messages that are to be sent today, and those that were sent before."""
    text = text_of(folder, name).partition("联系电话")[0]
    today, _, before = text.partition("\n以前已发过，没有变化")
    return [[line for line in part.split("\n") if "@" in line or "收到一份" in line]
            for part in (today, before)]  # fmt: skip


def only(board: Board, *states: str, **more: object) -> Board:
    """The board with just the rows in these states, each changed so."""
    rows = (replace(row, **more) for row in board.rows if row.state in states)  # type: ignore[arg-type]
    return replace(board, rows=tuple(rows))


def test_own_workbook_goes_back_marked(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    first, many, *_ = board.of("faulty")
    marks = marked(tmp_path / "退回" / f"{many.name}.xlsx")
    assert {name.rpartition(" ")[0] for name in marks} == {FACTS, DISCLOSURE, REQUESTS}
    assert {f"{REQUESTS} D4", f"{REQUESTS} E4", f"{REQUESTS} D6", f"{DISCLOSURE} B4"} < {*marks}
    assert marks[f"{REQUESTS} D4"].startswith("错误 R304：表二")
    # what need not be mended is no mark in which to look for what must
    assert not any("提示" in text for text in marks.values())
    book = openpyxl.load_workbook(tmp_path / "退回" / f"{many.name}.xlsx")
    assert book[REQUESTS]["D4"].fill.fgColor.rgb == RED
    assert book[REQUESTS]["D4"].value == "三件"
    told = book["核对结果"]["A1"].value
    assert told == f"核对结果：{many.returns[0].where}：未通过（5 个错误，0 个警告，0 个提示）"
    assert f"{REQUESTS} E6" in marked(tmp_path / "退回" / f"{first.name}.xlsx")


def test_a_folder_goes_back_as_a_workbook_of_its_sheets(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    row = next(row for row in board.of("faulty") if row.returns[0].file.is_dir())
    path = tmp_path / "退回" / f"{row.name}.xlsx"
    names = openpyxl.load_workbook(path).sheetnames
    assert names[0] == "核对结果"
    assert {FACTS, DISCLOSURE, REQUESTS} < {*names}
    assert [*marked(path)] == [f"{DISCLOSURE} B7"]


def test_only_who_must_mend_gets_a_workbook(board: Board, tmp_path: Path) -> None:
    written = write_results(board, tmp_path)
    back = {path.name for path in (tmp_path / "退回").glob("*.xlsx")}
    assert back == {f"{row.name}.xlsx" for row in board.of("faulty")}
    assert back == {path.name for path in written if path.parent.name == "退回"}


def test_a_second_run_writes_nothing(board: Board, tmp_path: Path) -> None:
    first = write_results(board, tmp_path)
    before = look(tmp_path)
    assert write_results(board, tmp_path) == first
    assert look(tmp_path) == before
    # an hour later the board says so; nothing else is another
    write_results(replace(board, made=TODAY + timedelta(hours=1), before=TODAY), tmp_path)
    after = look(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {"进度.html", "进度.xlsx"}


def test_a_report_that_came_anew_is_marked_anew(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    before = look(tmp_path)
    first, second, *_ = board.of("faulty")
    other = replace(first, returns=(replace(first.returns[0], sha256="0" * 64),))
    fewer = second.returns[0].outcome.findings[:1]
    outcome = replace(second.returns[0].outcome, findings=fewer)
    less = replace(second, returns=(replace(second.returns[0], outcome=outcome),))
    rows = (other, less, *board.rows[2:])
    write_results(replace(board, rows=rows), tmp_path)
    after = look(tmp_path)
    name, shorter = f"退回/{first.name}.xlsx", f"退回/{second.name}.xlsx"
    assert after[name] == before[name]  # made again, to the same bytes
    assert len(marked(tmp_path / shorter)) == 1


def test_what_is_sound_now_is_taken_away(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    write_results(only(board, "issued", "missing"), tmp_path)
    assert [*(tmp_path / "退回").glob("*.xlsx")] == []
    assert "今天要发的：没有" in text_of(tmp_path, RETURNS)


def test_what_somebody_changed_is_never_lost(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    first, second, *_ = board.of("faulty")
    mine, other = (tmp_path / "退回" / f"{row.name}.xlsx" for row in (first, second))
    mine.write_bytes(mine.read_bytes() + b" ")
    other.write_bytes(other.read_bytes() + b" ")
    notes = tmp_path / "退回" / "说明.docx"
    notes.write_bytes(b"x")

    write_results(board, tmp_path)  # nothing is another: it stays where it is
    assert mine.read_bytes().endswith(b" ")

    # the first is sound now; the second came anew
    came = replace(second.returns[0], sha256="0" * 64)
    rows = (replace(second, returns=(came,)), *board.rows[2:])
    for _ in range(2):
        write_results(replace(board, rows=rows), tmp_path)
        assert mine.read_bytes().endswith(b" ")
        told = f"退回/{first.name}.xlsx 已经用不着，但有人改过，没有删。"
        assert told in (tmp_path / PAGE).read_text(encoding="utf-8")
    assert not other.read_bytes().endswith(b" ")
    assert (tmp_path / "退回" / f"{second.name}.改前.xlsx").read_bytes().endswith(b" ")
    assert notes.read_bytes() == b"x"

    mine.unlink()
    write_results(replace(board, rows=rows), tmp_path)
    assert "已经用不着" not in (tmp_path / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("held", ["", "[", "[]", '{"../a.xlsx": ["", ""]}', '{"a": 1}', "[" * 9999])
def test_a_list_that_is_not_docgens_does_no_harm(board: Board, tmp_path: Path, held: str) -> None:
    (tmp_path / "退回").mkdir()
    (tmp_path / "退回" / ".docgen.json").write_text(held)
    (tmp_path / "a.xlsx").write_bytes(b"")
    write_results(only(board, "faulty"), tmp_path)
    assert (tmp_path / "a.xlsx").exists()
    listed = json.loads((tmp_path / "退回" / ".docgen.json").read_text(encoding="utf-8"))
    assert {*listed} == {f"{row.name}.xlsx" for row in board.of("faulty")}


def test_an_interrupted_run_is_finished(board: Board, tmp_path: Path) -> None:
    """It had written workbooks, and not yet noted that it did."""
    write_results(board, tmp_path)
    before = look(tmp_path)
    (tmp_path / "退回" / ".docgen.json").unlink()
    write_results(board, tmp_path)
    after = look(tmp_path)
    assert {name: data for name, (data, _) in after.items()} == {
        name: data for name, (data, _) in before.items()
    }


def test_an_input_that_is_gone_has_its_findings_listed(board: Board, tmp_path: Path) -> None:
    row = board.of("faulty")[0]
    came = replace(row.returns[0], input=tmp_path / "nowhere.xlsx")
    write_results(replace(board, rows=(replace(row, returns=(came,)),)), tmp_path / "结果")
    book = openpyxl.load_workbook(tmp_path / "结果" / "退回" / f"{row.name}.xlsx")
    assert book.sheetnames == ["核对结果"]
    assert "E301" in [cell.value for cell in book["核对结果"]["B"]]


def test_who_must_mend_is_told_what(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    today, before = paragraphs(tmp_path, RETURNS)
    assert before == []
    assert len(today) == 5
    kind = "政府信息公开工作年度报告"
    assert today[0].startswith(
        f"@二镇 王芳2：{kind}有 1 处要改：{REQUESTS}：表二“商业企业”列不平："
    )
    assert today[0].endswith("，请对照台账核对。标好的表也发给你，请照批注改好重发。")
    assert "多半错在其中一格：E4（现为 " in today[0]
    assert today[1].startswith(
        f"@三镇 王芳3：{kind}有 5 处要改：①{DISCLOSURE} B4：表一“行政规范性文件·本年制发件数”"
        "填的是“五十左右”，不是一个数；填准确的数，不写“约”“多”“左右”。"
        f"②{REQUESTS} D4：表二“一、本年新收政府信息公开申请数量·自然人”填的是“三件”，不是一个数；"
    )
    assert "。还有 2 处，都标在表里。标好的表也发给你，" in today[1]
    assert today[3].startswith(f"@五镇 王芳5：{kind}有 1 处要改：表二“总计”列不平：")
    assert "；多半应把“（七）总计·总计”由 " in today[3]  # JSON has no cells
    assert today[4] == (
        f"@六镇 王芳6：{kind}有 1 处要改：{FACTS} B9：“成文日期”填的是“明年”，读不出真实的年月日；"
        "写成 2025年1月20日 的样子。标好的表也发给你，请照批注改好重发。"
    )
    codes = {f.code for row in board.rows for each in row.returns for f in each.outcome.findings}
    assert not any(code in text_of(tmp_path, RETURNS) for code in codes)


def test_the_others_are_asked_for_what_they_owe(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    today, before = paragraphs(tmp_path, CHASE)
    kind = "政府信息公开工作年度报告"
    assert before == []
    assert today == [
        f"还没有收到 2025 年的{kind}的有 3 个机关：@九镇 王芳9、@一零镇 王芳10、@一一镇 王芳11。"
        "请尽快报送；已经发过的，请再发一次，或告诉我发在哪里。",
        f"@八镇 王芳8：收到你们 2 份{kind}：① 八镇/2025.xlsx（1月12日收到）；"
        "② 八镇/2025（改）.xlsx（1月12日收到）。交了 2 份，不知道哪一份是定稿。"
        "请告诉我哪一份是定稿；定下来以前，哪一份都不用。",
        "@七镇 王芳7：收到的 七镇/2025.xlsx 读不了：“2025.xlsx”不是完好的 .xlsx 工作簿："
        "不是完好的压缩包。用 Excel 或 WPS 打开并另存为 .xlsx；打不开就重新取一份。"
        "弄好后请再发一次。",
        f"收到一份{kind}（一二镇/2025.xlsx），机关名称写的是“乌苏市一二镇政府”，名单里没有。"
        "请发的机关告诉我全称，并照全称改好机关名称重发。",
    ]
    phones = text_of(tmp_path, CHASE).partition("联系电话（自己打电话用，不用贴）：\n")[2]
    assert phones.splitlines()[-1] == "乌苏市一一镇人民政府  王芳11 0992-6000011  未交"
    assert len(phones.splitlines()) == 5


def test_nothing_is_chased_twice(board: Board, tmp_path: Path) -> None:
    """On the day itself the texts stay; on the next day what is as it was is listed apart."""
    write_results(board, tmp_path)
    first = look(tmp_path)
    noted = only(board, *{row.state for row in board.rows}, chased=TODAY)
    write_results(noted, tmp_path)
    assert look(tmp_path)[CHASE] == first[CHASE]
    assert look(tmp_path)[RETURNS] == first[RETURNS]

    def chased_but_two(row: BoardRow) -> BoardRow:
        new = row.name in ("乌苏市二镇人民政府", "乌苏市九镇人民政府")
        return replace(row, chased=None) if new else row

    tomorrow = replace(
        noted, made=TODAY + timedelta(days=1), rows=tuple(map(chased_but_two, noted.rows))
    )
    said = {name: paragraphs(tmp_path, name)[0] for name in (CHASE, RETURNS)}
    write_results(tomorrow, tmp_path)
    today, before = paragraphs(tmp_path, RETURNS)
    assert today == said[RETURNS][:1]
    assert before == [f"〔1月12日发过〕{text}" for text in said[RETURNS][1:]]
    today, before = paragraphs(tmp_path, CHASE)
    assert len(today) == 1
    assert "有 1 个机关：@九镇 王芳9。" in today[0]
    assert before[0].startswith("〔1月12日发过〕还没有收到")
    assert "有 2 个机关：@一零镇 王芳10、@一一镇 王芳11。" in before[0]
    assert before[1:] == [f"〔1月12日发过〕{text}" for text in said[CHASE][1:]]


def test_days_of_another_year_have_their_year(board: Board, tmp_path: Path) -> None:
    write_results(only(board, "faulty", chased=datetime(2025, 12, 30, 9)), tmp_path)
    assert paragraphs(tmp_path, RETURNS)[1][0].startswith("〔2025年12月30日发过〕@二镇 王芳2：")


def test_who_sent_nothing_is_told_by_when(board: Board, tmp_path: Path) -> None:
    """The form sets a day for departments, and none for townships."""
    first, second, third = board.of("missing")
    assert first.unit
    assert second.unit
    unit = first.unit._replace(level="department", short_name="民政局")
    county = second.unit._replace(level="", short_name="宁川县")
    rows = (
        replace(first, unit=unit), replace(second, unit=county, name="宁川县人民政府"), third
    )  # fmt: skip
    others = tuple(row for row in board.rows if row.state != "missing")
    write_results(replace(board, rows=(*others, *rows)), tmp_path)
    told = [line for line in paragraphs(tmp_path, CHASE)[0] if line.startswith("还没有收到")]
    assert len(told) == 3
    assert "@民政局 王芳9。期限是2026年1月31日，请尽快报送" in told[0]
    assert "@宁川县 王芳10。期限是2026年3月31日，请尽快报送" in told[1]
    assert "@一一镇 王芳11。请尽快报送" in told[2]

    late = replace(board, rows=(*others, rows[0]), made=datetime(2026, 2, 3, 9))
    write_results(late, tmp_path)
    assert "期限是2026年1月31日，已经过了，请尽快报送" in text_of(tmp_path, CHASE)


def test_a_name_on_no_roster_is_asked_of_who_it_may_be(board: Board, tmp_path: Path) -> None:
    """The short name of one that sent nothing stands in the name or in the path."""
    row = board.of("unlisted")[0]
    missing = board.of("missing")
    outcome = replace(row.returns[0].outcome, body="九镇政府")
    came = replace(row.returns[0], outcome=outcome, where="新建文件夹/2025.xlsx")
    rows = (*missing, replace(row, returns=(came,)))
    write_results(replace(board, rows=rows), tmp_path)
    assert paragraphs(tmp_path, CHASE)[0][-1] == (
        "@九镇 王芳9：收到一份政府信息公开工作年度报告（新建文件夹/2025.xlsx），机关名称写的是"
        "“九镇政府”，名单里没有。是不是“乌苏市九镇人民政府”的？是的话，请照这个全称改好机关名称"
        "重发；不是的，请把你们的发来。"
    )
    told = "".join(paragraphs(tmp_path, CHASE)[0])
    assert told.count("@九镇") == 1  # one question, not that nothing came as well


def test_a_right_name_is_not_to_be_made_shorter(board: Board, tmp_path: Path) -> None:
    """The roster has it in short, the report in full: that is the roster's to mend."""
    row, missing = board.of("unlisted")[0], board.of("missing")[0]
    assert missing.unit
    unit = missing.unit._replace(name="县财政局", short_name="财政局")
    outcome = replace(row.returns[0].outcome, body="青禾县财政局")
    came = replace(row.returns[0], outcome=outcome, where="czj.html")
    rows = (replace(missing, name=unit.name, unit=unit), replace(row, returns=(came,)))
    write_results(replace(board, rows=rows), tmp_path)
    [told] = paragraphs(tmp_path, CHASE)[0]
    assert told.endswith("的？是的话告诉我一声，名称不用改；不是的，请把你们的发来。")
    assert "是不是“县财政局”" in told


def test_what_nobody_can_read_is_asked_for_in_another_shape(board: Board, tmp_path: Path) -> None:
    row = board.of("unreadable")[0]
    outcome = replace(row.returns[0].outcome)
    for name, told in (
        ("七镇.jpg", "照片里的字读不出来，请发我们发的那个 Excel 表。"),
        ("七镇.rar", "请压成 zip 再发，或直接发表。"),
    ):
        came = replace(row.returns[0], outcome=outcome, where=name)
        write_results(replace(board, rows=(replace(row, returns=(came,)),)), tmp_path)
        assert paragraphs(tmp_path, CHASE)[0][0].endswith(told)


def test_after_three_days_one_may_ask_again(board: Board, tmp_path: Path) -> None:
    for days, told in ((2, "不用再发"), (3, "已过 3 天，可以再催一次")):
        early = TODAY - timedelta(days=days)
        write_results(only(board, "missing", chased=early), tmp_path)
        assert f"以前已发过，没有变化：1 条，{told}\n" in text_of(tmp_path, CHASE)


def test_the_day_that_the_office_set_comes_before_the_law(board: Board, tmp_path: Path) -> None:
    write_results(replace(only(board, "missing"), until=date(2026, 1, 15)), tmp_path)
    assert "期限是2026年1月15日，请尽快报送" in text_of(tmp_path, CHASE)


def test_who_sent_what_cannot_be_read_may_be_unknown(board: Board, tmp_path: Path) -> None:
    row = replace(board.of("unreadable")[0], unit=None, name="七镇/2025.xlsx")
    write_results(replace(board, rows=(row,)), tmp_path)
    told = paragraphs(tmp_path, CHASE)[0]
    assert told[0].startswith(
        "收到一份读不了的文件 七镇/2025.xlsx，看不出是哪个机关发的，请发的机关说一声。"
    )
    assert "联系电话" not in text_of(tmp_path, CHASE)


def test_a_name_left_blank_is_told_once(board: Board, tmp_path: Path) -> None:
    """The report itself says that it is blank; whose it is by its file is for the office."""
    row = board.of("faulty")[0]
    guessed = NAMELESS.at(where="三镇.xlsx", guess="")
    came = replace(row.returns[0], remarks=(guessed,))
    write_results(replace(board, rows=(replace(row, returns=(came,)),)), tmp_path)
    [told] = paragraphs(tmp_path, RETURNS)[0]
    assert "没有填机关名称" not in told


def test_a_fault_of_docgen_is_no_ones_to_mend(board: Board, tmp_path: Path) -> None:
    row = board.of("faulty")[0]
    outcome = replace(row.returns[0].outcome, exit_code=70)
    rows = (replace(row, returns=(replace(row.returns[0], outcome=outcome),)),)
    write_results(replace(board, rows=rows), tmp_path)
    assert paragraphs(tmp_path, RETURNS) == [[], []]
    assert not [*(tmp_path / "退回").glob("*.xlsx")]
    assert row.name in (tmp_path / PAGE).read_text(encoding="utf-8")


def test_several_kinds_of_report_have_a_workbook_each(board: Board, tmp_path: Path) -> None:
    first, second, *_ = board.of("faulty")
    rows = (
        replace(first, report_name="信息公开年报"),
        replace(second, name=first.name, unit=first.unit, report_name="法治政府年报"),
    )
    write_results(replace(board, rows=rows), tmp_path)
    back = {path.name for path in (tmp_path / "退回").glob("*.xlsx")}
    assert back == {f"{first.name}（{kind}）.xlsx" for kind in ("信息公开年报", "法治政府年报")}
    today = paragraphs(tmp_path, RETURNS)[0]
    assert today[0].startswith("@二镇 王芳2：信息公开年报有 1 处要改")
    assert today[1].startswith("@二镇 王芳2：法治政府年报有 5 处要改")
    assert not any("退回/" in text for text in today)  # no folder of this computer


@pytest.mark.slow
def test_a_county_is_chased_day_by_day(docgen: Docgen, folder: Path) -> None:
    """By the command: asked for today, listed apart tomorrow, taken away once it is sound."""
    shapes = ("workbook", "nameless", "twice", "empty", "missing")
    made = made_county(folder, len(shapes), only=shapes)
    run = docgen("county", made.received, "--roster", made.roster)
    assert run.code == 1
    results = folder / "结果"
    assert "已签发 1 / 要改 1 / 读不了 1 / 重复 1 / 未交 1" in run.err
    assert len(paragraphs(results, RETURNS)[0]) == 1
    assert len(paragraphs(results, CHASE)[0]) == 3
    assert {RETURNS, CHASE, PAGE} < {*look(results)}
    first = look(results / "退回")
    assert [*first] != []

    ledger = next(folder.glob("*.sqlite"))
    with closing(sqlite3.connect(ledger)) as base:  # as if it had been yesterday
        base.execute("UPDATE bodies SET chased = '2026-01-02T09:00:00+08:00' WHERE chased > ''")
        base.commit()
    docgen("county", made.received, "--roster", made.roster)
    today, before = paragraphs(results, RETURNS)
    assert (today, len(before)) == ([], 1)
    assert before[0].startswith("〔")
    assert "1月2日发过〕@二镇 联系人2：" in before[0]
    today, before = paragraphs(results, CHASE)
    assert (today, len(before)) == ([], 3)
    assert look(results / "退回") == first

    put_file(made.received / "二镇2025.xlsx", workbook_of(unit_report(2)))
    run = docgen("county", made.received, "--roster", made.roster)
    assert "新交 1 份，新签发 1 份" in "".join(run.err.split("\n")).replace("    ", "")
    assert [*(results / "退回").glob("*.xlsx")] == []
    assert paragraphs(results, RETURNS) == [[], []]
