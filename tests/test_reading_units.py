"""Rows for each unit, tables a body has no business for, pairs of label and value."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import INPUTS, Docgen, write_json
from test_reading_kinds import codes, read_tree, write_sheets
from toy import TOY, UNITS, toy_report, toy_sheets, toy_tree

from docgen.blank.to_xlsx import write_workbook
from docgen.errors import InputStop
from docgen.forms import loader
from docgen.model import Reading
from docgen.read import read_report

pytestmark = pytest.mark.usefixtures("toy")

LIBRARY, BRANCHES, FEES, CONTACT = "表一 基本信息", "表二 各分馆借阅", "表三 收费", "表四 填报信息"
ABSENT = "本图书室不收取任何费用"
Rows = list[list[str]]


def changed(folder: Path, name: str, edit: Callable[[Rows], Rows | None]) -> Reading:
    """The reading of the sound report with one sheet edited."""
    sheets = toy_sheets(toy_report())
    sheets[name] = edit(sheets[name]) or sheets[name]
    return read_report(write_sheets(folder / "2024", sheets))


def put(row: int, column: int, value: str) -> Callable[[Rows], None]:
    """An edit of one cell, both counted from 1."""

    def edit(rows: Rows) -> None:
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value

    return edit


def test_units_are_rows_of_the_form_of_this_report(folder: Path) -> None:
    """Their names label their rows, and every sum holds over them."""
    reading = read_report(write_sheets(folder / "2024", toy_sheets(toy_report())))
    assert reading.report.units == {"branches": UNITS}
    assert reading.form.cells["branches.unit2.books"].label == "城西分馆·图书"
    assert reading.form.wordings["branches.unit3"].label == "河口分馆"
    assert "branches.unit.books" not in reading.form.cells
    sums = reading.form.totals["branches.all.visits"]
    assert sums == tuple(f"branches.unit{n}.visits" for n in (1, 2, 3))


def test_totals_over_units_may_be_left_out(folder: Path) -> None:
    """They are computed: of each row, and of the last row."""
    reading = changed(folder, BRANCHES, lambda rows: [[*row[:3], "", *row[4:]] for row in rows[:5]])
    assert [code for code in codes(reading) if code != "R307"] == []
    assert reading.report.figures == toy_report().figures


def test_rows_in_another_order(folder: Path) -> None:
    """The sum may stand first; units are counted as they stand."""
    reading = changed(folder, BRANCHES, lambda rows: [*rows[:2], rows[5], *rows[4:1:-1]])
    assert (codes(reading), reading.report.units["branches"]) == ([], UNITS[::-1])
    assert reading.report.figures["branches.unit1.visits"] == 19


def test_many_units(folder: Path) -> None:
    """Three hundred are read, one more is refused."""

    def edit(count: int) -> Callable[[Rows], Rows]:
        row = ["1", "0", "1", "2", "0.5", ""]
        units = [[f"第{number}分馆", *row] for number in range(1, count + 1)]
        total = ["合计", *(str(count * int(n)) for n in row[:4]), str(count / 2), ""]
        return lambda rows: [*rows[:2], *units, total]

    reading = changed(folder, BRANCHES, edit(300))
    assert codes(reading) == []
    assert reading.report.units["branches"][299] == "第300分馆"
    assert reading.report.figures["branches.unit300.visits"] == 2
    with pytest.raises(InputStop, match="300 个"):
        changed(folder, BRANCHES, edit(301))


def filled_with(row: int, value: str) -> Callable[[Rows], None]:
    """An edit of all that stands right of a label."""

    def edit(rows: Rows) -> None:
        rows[row - 1][1:] = [value] * 6

    return edit


WRONG_ROWS = [
    ("a total worded otherwise", put(6, 1, "总计"), "R201 R307", "最接近的是“合计”", "A6"),
    ("a total set wide", put(6, 1, "合　计"), "", "", ""),
    ("a second total", lambda rows: [*rows, ["本级合计", *rows[5][1:]]], "R201", "本级合计", ""),
    ("a unit twice", put(4, 1, "城东 分馆"), "R341", "“城东 分馆”", "A3"),
    ("no name", put(4, 1, ""), "R212", "没有行名", "A4"),
    ("no figures", filled_with(4, ""), "R343", "城西分馆", "A4"),
    ("no figures but signs", filled_with(4, "/"), "R343", "城西分馆", "A4"),
    ("a figure missing", put(4, 5, ""), "R301", "“城西分馆·到馆人次”空着，没有数；按勾稽", "E4"),
    ("no unit", lambda rows: [*rows[:2], rows[5]], "R342", "下面一行也没有填", ""),
    ("no total row", lambda rows: rows[:5], "R307", "5 个总计没有填", ""),
    ("a name that cannot be printed", put(4, 1, "城西\t分馆"), "R107", "制表符", "A4"),
    ("a name that is an essay", put(4, 1, "馆" * 201), "R130", "超过上限", "A4"),
    ("a row to spare", lambda rows: [*rows[:5], ["", "", "", "0"], rows[5]], "", "", ""),
    ("a column missing", lambda rows: [row[:4] + row[5:] for row in rows], "R205", "到馆人次", ""),
    ("a column that may be blank", lambda rows: [row[:6] for row in rows], "", "", ""),
    ("an answer worded as a head", put(5, 7, "合计"), "", "", ""),
    ("the printed note", lambda rows: [*rows, ["外借册次按借出时计。"]], "", "", ""),
    ("other notes", lambda rows: [*rows, ["1.外借册次的统计范围为全年；续借不计。"]], "R222",
     "续借不计", "A7"),
    ("how to fill", lambda rows: [*rows, ["填法：一个分馆一行。"]], "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "code", "words", "cell"),
    [pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in WRONG_ROWS],
)
def test_rows_that_are_wrong(
    folder: Path, edit: Callable[[Rows], Rows | None], code: str, words: str, cell: str
) -> None:
    """Each fault is told once, with its place; what is right is not."""
    reading = changed(folder, BRANCHES, edit)
    assert codes(reading) == code.split()
    if code:
        assert words in reading.findings[0].message
        assert not cell or reading.findings[0].places[0].cell == cell


def test_a_name_near_a_row_that_is_there(folder: Path) -> None:
    """Only for a row that is missing may a name be a slip: 会计股 is a unit beside 合计."""
    reading = changed(folder, BRANCHES, put(4, 1, "合计股"))
    assert codes(reading) == []
    assert reading.report.units["branches"][1] == "合计股"


WAYS = [
    ("the sentence", [["", "", ABSENT]], []),
    ("with a full stop", [[f"{ABSENT}。"]], []),
    ("its beginning", [["本图书室不收取"]], ["R333"]),
    ("after what says how to fill", [[f"填法：{ABSENT}"]], []),
    ("another wording", [["本图书室不收任何费用"]], ["R333"]),
    ("amid the rows", [["项目", "笔数", "金额（元）"], ["复印", ABSENT], ["赔偿"], ["合计"]], []),
]


@pytest.mark.parametrize(("rows", "said"), [case[1:] for case in WAYS], ids=[w[0] for w in WAYS])
def test_no_such_business(folder: Path, rows: Rows, said: list[str]) -> None:
    """The sentence stands for the table: there are no figures, and none are missing."""
    reading = changed(folder, FEES, lambda _: rows)
    assert (codes(reading), reading.report.absent) == (said, ("fees",))
    assert not [address for address in reading.report.figures if address.startswith("fees.")]
    table = next(table for table in reading.form.tables if table.key == "fees")
    assert (table.is_absent, table.bands) == (True, ())


def test_a_remark_on_one_unit(folder: Path) -> None:
    """In a cell for text, beside figures, the sentence is said of that row alone."""
    form = folder / "forms" / TOY.key / "form.toml"
    text, grid = form.read_text(encoding="utf-8"), 'grid = "branches"'
    text = text.replace(grid, f'{grid}\nabsent = "本馆没有开展借阅业务"', 1)
    form.write_text(text, encoding="utf-8")
    loader.use_folders()

    reading = changed(folder, BRANCHES, put(5, 7, "本馆没有开展借阅业务"))
    assert (codes(reading), reading.report.absent) == ([], ())
    assert reading.report.answers["branches.unit3.note"] == "本馆没有开展借阅业务"


def empty(rows: Rows) -> Rows:
    """The table with its labels alone."""
    return [rows[0], *([row[0], "", ""] for row in rows[1:])]


NOT_ABSENT: list[tuple[str, Callable[[Rows], Rows], list[str], str]] = [
    ("figures beside", lambda rows: [*rows, [ABSENT]], ["R344"], "又填了 6 格"),
    ("a 0 beside", lambda rows: [*empty(rows)[:3], ["合计", "0", ""], [ABSENT]], ["R344"], "1 格"),
    ("blank", empty, ["R345"], "整张空着"),
    ("signs for nothing", lambda rows: [rows[0], *([row[0], "无", "/"] for row in rows[1:])],
     ["R345"], "整张空着"),
    ("zeros", lambda rows: [rows[0], *([row[0], "0", "0"] for row in rows[1:])], [], ""),
    ("what does not deny", lambda rows: [*empty(rows), ["本图书室收取任何费用"]], ["R201", "R345"],
     "不是表三的一行"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "said", "words"), [case[1:] for case in NOT_ABSENT], ids=[c[0] for c in NOT_ABSENT]
)
def test_three_things(
    folder: Path, edit: Callable[[Rows], Rows], said: list[str], words: str
) -> None:
    """A number, 0 and no such business are three things, and a blank is none of them."""
    reading = changed(folder, FEES, edit)
    assert codes(reading) == said
    assert not said or words in reading.findings[0].message
    assert "R345" not in said or ABSENT in reading.findings[-1].cure
    assert reading.report.absent == (("fees",) if said == ["R344"] else ())


def test_in_json(folder: Path) -> None:
    """Units and absent tables have members of their own."""
    tree = toy_tree() | {"absent": ["fees"]}
    del tree["figures"]["fees"]
    reading = read_tree(folder, tree)
    assert (codes(reading), reading.report.absent) == ([], ("fees",))


def drop(tree: dict[str, Any], *path: str) -> dict[str, Any]:
    """The tree without one member."""
    *above, last = path
    here = tree
    for key in above:
        here = here[key]
    del here[last]
    return tree


JSON_FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("figures beside", toy_tree() | {"absent": ["fees"]}, "R344", "又填了 6 格"),
    ("no such table", toy_tree() | {"absent": ["fee"]}, "R102", "最接近的是“fees”"),
    ("not one that may be absent", toy_tree() | {"absent": ["library"]}, "R102", "library"),
    ("no list", toy_tree() | {"absent": "fees"}, "R105", "每个名称一项"),
    ("units no object", toy_tree() | {"units": []}, "R105", "一个 { … }"),
    ("units of no such table", toy_tree() | {"units": {"fees": ["甲"]}}, "R102", "fees"),
    (
        "a row without a name",
        toy_tree() | {"units": {"branches": list(UNITS[:2])}},
        "R102",
        "unit3",
    ),
    ("a name without a row", drop(toy_tree(), "figures", "branches", "unit2"), "R202", "城西分馆"),
    ("a blank name", toy_tree() | {"units": {"branches": ["甲", " ", "丙"]}}, "R103", "分馆名称"),
    ("a doubled name", toy_tree() | {"units": {"branches": ["甲", "乙", "甲"]}}, "R341", "“甲”"),
    ("a name that is none", toy_tree() | {"units": {"branches": ["甲", 2, "丙"]}}, "R105", "“2”"),
    ("no units", drop(toy_tree(), "units"), "R342", "下面一行也没有填"),
    ("a signature", toy_tree() | {"signature": {"name": "甲"}}, "R102", "signature"),
    ("a preface", toy_tree() | {"preface": ["甲"]}, "R102", "preface"),
    ("sections", toy_tree() | {"sections": {"a": ["甲"]}}, "R102", "“a”"),
    ("answers", toy_tree() | {"answers": {}}, "R102", "answers"),
    ("a table missing", drop(toy_tree(), "figures", "fees"), "R207", "表三 收费"),
]


@pytest.mark.parametrize(
    ("tree", "code", "words"), [case[1:] for case in JSON_FAULTS], ids=[c[0] for c in JSON_FAULTS]
)
def test_faults_in_json(folder: Path, tree: dict[str, Any], code: str, words: str) -> None:
    """What is wrong with units and absent tables is told."""
    reading = read_tree(folder, tree)
    assert code in codes(reading)
    found = next(finding for finding in reading.findings if finding.code == code)
    assert words in found.message


PAIRS: list[tuple[str, Callable[[Rows], Rows | None], list[str], str]] = [
    ("a head above", lambda rows: [["项目", "", "内容", "说明"], *rows], [], ""),
    ("hints at the right", lambda rows: [["项目", "", "内容", "说明"],
                                         *([*row, "照实填"] for row in rows)], [], ""),
    ("values beside their labels", lambda rows: [[text for text in row if text] for row in rows],
     [], ""),
    ("a group in a row of its own",
     lambda rows: [*rows[:5], ["藏书"], *(row[1:] for row in rows[5:8]), *rows[8:]], [], ""),
    ("labels with colons", lambda rows: [[row[0] and f"{row[0]}：", *row[1:]] for row in rows],
     [], ""),
    ("both in one cell", lambda rows: [[f"图书室名称：{rows[0][2]}"], *rows[1:]], [], ""),
    ("a value worded as a label", put(1, 3, "名称"), [], ""),
    ("what may be blank, gone", lambda rows: [row for row in rows if row[1] != "名称"], [], ""),
    ("a row gone", lambda rows: rows[1:], ["R202"], "图书室名称"),
    ("a label misspelt", put(1, 1, "图书室明称"), ["R201"], "最接近的是“图书室名称”"),
    ("a label gone", put(1, 1, ""), ["R212"], "没有行名"),
    ("a row twice", lambda rows: [*rows, rows[0]], ["R203"], "图书室名称"),
    ("a value too many", put(1, 4, "另一个"), ["R210"], "另一个"),
    ("a title above", lambda rows: [["图书室基本情况统计表"], *rows], ["R222"], "统计表"),
    ("blank", put(1, 3, ""), ["R330"], "“图书室名称”空着"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "said", "words"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS]
)
def test_pairs(
    folder: Path, edit: Callable[[Rows], Rows | None], said: list[str], words: str
) -> None:
    """A value is known by its label, wherever the two stand."""
    reading = changed(folder, LIBRARY, edit)
    assert codes(reading) == said
    if said:
        assert words in reading.findings[0].message
    else:
        rest = {a: text for a, text in toy_report().answers.items() if "name" not in a}
        assert rest.items() - reading.report.answers.items() <= {
            ("library.site.value", "南山镇图书室")
        }


def test_lines(folder: Path) -> None:
    """Lines may be typed as they are printed."""
    lines = [["单位负责人：赵明"], ["经办:欧阳小雨"], ["联系电话：0577-88880000"],
             ["填报日期：2025年1月10日"]]  # fmt: skip
    reading = changed(folder, CONTACT, lambda _: lines)
    assert (codes(reading), reading.report) == ([], toy_report())


def test_an_unsigned_form_asks_for_no_signature(folder: Path) -> None:
    """Neither name nor date of issue is missing; one that is given is told of."""
    sheets = toy_sheets(toy_report())
    sheets["基本情况"].append(["成文日期", "2025年1月10日"])
    sheets["正文"] = [["部分", "正文"], ["引言", "甲"]]
    reading = read_report(write_sheets(folder / "2024", sheets))
    assert sorted(codes(reading)) == ["R102", "R208"]


def test_a_workbook_with_rows_to_spare(folder: Path) -> None:
    """A blank's rows for units keep their totals: of what is not filled, that is 0 or nothing."""
    report = toy_report()
    spare = report.model_copy(update={"units": {"branches": (*UNITS, "", "")}})
    path = folder / "2024.xlsx"
    path.write_bytes(write_workbook(TOY.as_reported(spare.units, ()), spare))
    assert (codes(read_report(path)), read_report(path).report) == ([], report)

    book = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value or 0
    book.save(path)
    assert (codes(read_report(path)), read_report(path).report) == ([], report)


def test_json_is_refused_for_more_units_than_there_are(folder: Path) -> None:
    """The limit is the same for programs."""
    tree = toy_tree() | {"units": {"branches": [f"第{n}馆" for n in range(301)]}}
    with pytest.raises(InputStop, match="300 个"):
        read_report(write_json(folder / "2024.json", tree))


def test_a_table_without_units_is_told_of_once(docgen: Docgen, folder: Path) -> None:
    """That there is none says it all: no sum over nobody is held against the last row."""
    tree = toy_tree() | {"units": {"branches": []}}
    tree["figures"]["branches"] = {"all": tree["figures"]["branches"]["all"]}
    run = docgen("check", write_json(folder / "2024.json", tree), "--json")
    assert run.codes == ["R342"]


def test_a_sheet_of_an_offices_own(folder: Path) -> None:
    """With a title, numbers that count the rows, rows to spare, a sum below them, notes."""

    def edit(rows: Rows) -> Rows:
        head, low, *units, total = rows
        numbered = [[str(number), *row] for number, row in enumerate(units, 1)]
        return [
            ["南山镇图书室2024年度借阅情况统计表"],
            ["填报单位：南山镇图书室", "", "", "单位：册次、元"],
            ["序号", *head],
            ["", *low],
            *numbered,
            ["4"],
            ["²"],
            ["合　计", "", *total[1:]],
            ["说明：1.外借册次的统计范围为全年。"],
            ["2.续借不另计；续借次数不报。"],
            ["填表人：赵明", "", "审核人：钱亮"],
        ]

    reading = changed(folder, BRANCHES, edit)
    assert set(codes(reading)) == {"R222", "R343"}  # ² is no number, so it may be a name
    assert reading.report.figures == toy_report().figures
    assert reading.report.units["branches"] == (*UNITS, "²")


@pytest.mark.parametrize("title", [BRANCHES, FEES])
def test_what_is_struck_through(folder: Path, title: str) -> None:
    """The name of a unit and the sentence for a table are looked at as every cell is."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in toy_sheets(toy_report()).items():
        sheet = book.create_sheet(name)
        for row in rows if name != FEES else [[ABSENT]]:
            sheet.append([text or None for text in row])
    struck = book[title]["A4" if title == BRANCHES else "A1"]
    struck.font = openpyxl.styles.Font(strike=True)
    book.save(folder / "2024.xlsx")

    reading = read_report(folder / "2024.xlsx")
    assert codes(reading) == ["R401"]
    assert reading.findings[0].places[0].cell == struck.coordinate


def test_what_a_form_does_not_have_is_not_said_to_be_judged(docgen: Docgen, folder: Path) -> None:
    """Rules on answers, units and absent tables ran only where there are any."""
    own = {"R330", "R331", "R332", "R333", "R341", "R342", "R343", "R344", "R345"}
    ran = set(docgen("check", INPUTS / "2024.json", "--json").lines[0]["rules_ran"])
    assert not own & ran
    run = docgen("check", write_json(folder / "2024.json", toy_tree()), "--json")
    assert own <= set(run.lines[0]["rules_ran"])
