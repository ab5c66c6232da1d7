"""The county's run, walked end to end: whatever comes back is read, issued or told of."""

import json
import os
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from county import (
    MadeCounty,
    Tree,
    body_name,
    made_county,
    put_file,
    sheets_of,
    unit_report,
    workbook_of,
    zip_of,
)
from door import Docgen, Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from processes import begin, wait_for
from proofs import needs_office

from docgen.county.owners import Owners
from docgen.county.roster import Unit
from docgen.finding import Place

LEDGER = Path("名单-收件登记.sqlite")
Office = Callable[..., "Told"]


class Told:
    """What `docgen county --json` says."""

    def __init__(self, run: Run) -> None:
        self.run = run
        *self.rows, last = run.lines
        self.summary: Tree = last["summary"]

    def row(self, name: str) -> Tree:
        """Return the row of a body, or of a file that is nobody's."""
        [row] = [row for row in self.rows if row["body"] == name]
        return row

    def states(self) -> dict[str, str]:
        return {row["body"]: row["state"] for row in self.rows}

    def files(self) -> set[str]:
        """Return every file that is told of."""
        told = set(self.summary["ignored"])
        for row in self.rows:
            for one in row["returns"]:
                told |= {one["where"].partition(" › ")[0]}
                told |= {place.partition(" › ")[0] for place in one["also"]}
        return told


@pytest.fixture
def office(docgen: Docgen) -> Office:
    """Run `docgen county` on what lies in the folder."""

    def run(*words: object) -> Told:
        return Told(docgen("county", "收件", "--roster", "名单.xlsx", "--json", *words))

    return run


def county_of(folder: Path, *shapes: str, bodies: int = 0) -> MadeCounty:
    return made_county(folder, bodies or len(shapes), only=shapes)


def lying(top: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file below a folder, with when it was written."""
    return {
        path.relative_to(top).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def is_told(place: str, told: set[str]) -> bool:
    """Whether a file is told of, by itself or as one of a folder of CSV files."""
    return place in told or (place.endswith(".csv") and place.rpartition("/")[0] in told)


@pytest.mark.slow
def test_every_shape_comes_to_what_it_must(office: Office, folder: Path) -> None:
    made = made_county(folder, 34, seven=True)
    before = lying(made.received)
    first = office()
    assert first.run.code == 1
    assert {name: first.states()[name] for name in made.states} == made.states
    strays = {row["body"]: row["state"] for row in first.rows if row["body"] not in made.states}
    assert sorted(strays.values()) == sorted(made.strays.values())
    counts = first.summary["counts"]
    assert counts == {state: made.count(state) for state in counts}
    assert all(is_told(place, first.files()) for place in before)
    assert "说明.txt" in first.summary["ignored"]
    assert lying(made.received) == before

    issued = {path.stem for path in Path("结果/已签发").glob("*.docx")}
    assert issued == {f"{name}-2025" for name, s in made.states.items() if s == "issued"}

    again = office()
    assert again.states() == first.states()
    stands = [row["returns"][0] for row in again.rows if row["state"] == "issued"]
    assert all(one["unchanged"] for one in stands)
    assert [row["since"] for row in again.rows] == [row["since"] for row in first.rows]
    assert again.summary["before"] == first.summary["made"]
    assert lying(made.received) == before


@pytest.mark.slow
def test_every_issue_is_the_one_that_its_input_makes(
    office: Office, docgen: Docgen, folder: Path
) -> None:
    county_of(folder, "workbook", "json", "csv", "zip", "word")
    assert office().run.code == 0
    for path in sorted(Path("结果/已签发").glob("*.docx")):
        run = docgen("verify", path)
        assert run.code == 0
        assert "就是签发的那一份" in run.err


@pytest.mark.slow
def test_a_second_run_reads_nothing(office: Office, folder: Path) -> None:
    county_of(folder, "workbook", "zip", "word", "wrong sum", "twice", "locked")
    first = office()
    kept = sqlite3.connect(LEDGER).execute("SELECT kind, name, value FROM kept").fetchall()
    sqlite3.connect(LEDGER).execute("VACUUM")

    base = sqlite3.connect(LEDGER)
    marked = "UPDATE kept SET value = replace(value, ?, ?) WHERE kind = 'checked'"
    base.execute(marked, (json.dumps("列不平")[1:-1], json.dumps("列没有再读")[1:-1]))
    base.commit()
    base.close()
    again = office()
    assert "列没有再读" in again.row(body_name(4))["why"]
    assert again.states() == first.states()
    assert len(kept) == len(sqlite3.connect(LEDGER).execute("SELECT 1 FROM kept").fetchall())


@pytest.mark.slow
def test_two_returns_wait_until_one_is_chosen(office: Office, folder: Path) -> None:
    county_of(folder, "twice")
    told = office()
    row = told.row(body_name(1))
    assert row["state"] == "several"
    assert "表一 B7" in row["why"]
    assert not list(Path("结果").glob("已签发/*"))

    chosen = office("--choose", "一镇/2025改.xlsx")
    assert chosen.row(body_name(1))["state"] == "issued"
    assert chosen.row(body_name(1))["returns"][0]["where"] == "一镇/2025改.xlsx"
    assert office().row(body_name(1))["returns"][0]["where"] == "一镇/2025改.xlsx"

    third = unit_report(1)
    third["figures"]["disclosure"]["licensing"]["decided"] += 5
    put_file(folder / "收件/一镇/2025定稿.xlsx", workbook_of(third))
    assert office().row(body_name(1))["state"] == "several"
    newest = folder / "收件/一镇/2025定稿.xlsx"
    os.utime(newest, (newest.stat().st_mtime + 60,) * 2)
    assert office("--newest").row(body_name(1))["returns"][0]["where"] == "一镇/2025定稿.xlsx"
    assert office().row(body_name(1))["state"] == "issued"


def test_a_choice_of_what_is_not_there_stops(docgen: Docgen, folder: Path) -> None:
    county_of(folder, "workbook")
    run = docgen("county", "收件", "--roster", "名单.xlsx", "--choose", "二镇.xlsx")
    assert run.code == 2
    assert "B129 收到的里面没有 --choose 写的“二镇.xlsx”" in run.err


@pytest.mark.slow
def test_a_neighbours_report_is_issued_for_neither(office: Office, folder: Path) -> None:
    made = county_of(folder, "workbook", "neighbour", "missing")
    put_file(folder / "收件/三镇/三镇.xlsx", workbook_of(unit_report(2)))
    told = office()
    assert told.row(body_name(2))["state"] == told.row(body_name(3))["state"] == "faulty"
    assert "一镇" in told.row(body_name(2))["why"]
    assert [path.name for path in Path("结果/已签发").glob("*.docx")] == [
        f"{body_name(1)}-2025.docx"
    ]
    assert made.states[body_name(1)] == told.row(body_name(1))["state"] == "issued"


@pytest.mark.slow
def test_a_name_in_a_longer_name_is_nobody(office: Office, folder: Path) -> None:
    """一镇 is on the roster, 五一镇 is not; 二一镇 is."""
    county_of(folder, *["workbook"] * 21)
    put_file(folder / "收件/五一镇/2025.xlsx", workbook_of(unit_report(51)))
    put_file(folder / "收件/五一镇.jpg", b"\xff\xd8")
    shutil.move(folder / "收件/二一镇/2025.xlsx", folder / "收件/二一镇报送的.xlsx")
    told = office()
    assert told.row(body_name(51))["state"] == "unlisted"
    assert told.row("五一镇.jpg")["state"] == "unreadable"
    assert [told.row(body_name(n))["state"] for n in (1, 21)] == ["issued"] * 2


@pytest.mark.slow
def test_the_year_that_most_returns_are_of_is_asked_for(office: Office, folder: Path) -> None:
    county_of(folder, "workbook", "workbook", "last year")
    told = office()
    assert told.summary["year"] == 2025
    assert told.row(body_name(3))["why"] == "“三镇/年报.xlsx”是 2024 年度的，这次收的是 2025 年度"
    other = office("--year", 2024)
    assert [other.row(body_name(n))["state"] for n in (1, 2, 3)] == ["faulty", "faulty", "issued"]


@pytest.mark.slow
def test_a_published_report_beside_its_workbook_is_one_return(office: Office, folder: Path) -> None:
    county_of(folder, "word")
    put_file(folder / "收件/一镇.xlsx", workbook_of(unit_report(1)))
    row = office().row(body_name(1))
    assert row["state"] == "issued"
    assert [one["where"] for one in row["returns"]] == ["一镇.xlsx"]
    assert row["returns"][0]["also"] == ["一镇年报.docx"]


@pytest.mark.slow
def test_what_somebody_mended_in_a_made_workbook_stays(office: Office, folder: Path) -> None:
    county_of(folder, "word", "workbook")
    assert office().run.code == 0
    made = Path(f"结果/转成表格/{body_name(1)}-2025.xlsx")
    changed = unit_report(1)
    changed["figures"]["disclosure"]["licensing"]["decided"] += 4
    made.write_bytes(workbook_of(changed))
    for again in (office(), office()):
        assert again.row(body_name(1))["state"] == "issued"
        assert made.read_bytes() == workbook_of(changed)
    LEDGER.unlink()
    assert office().row(body_name(1))["state"] == "issued"
    assert made.read_bytes() == workbook_of(changed)


SPOILT: dict[str, Callable[[Path], object]] = {
    "lost": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "not SQLite": lambda path: path.write_bytes(b"PK\x03\x04" * 5000),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "holes": lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(40960)),
    "another's": lambda path: _foreign(path),
    "values": lambda path: _change_values(path),
}


def _foreign(path: Path) -> None:
    path.unlink()
    base = sqlite3.connect(path)
    base.execute("CREATE VIEW kept AS WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x FROM n) "
                 "SELECT x FROM n")  # fmt: skip
    base.close()


def _change_values(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute('UPDATE kept SET value = \'{"outcome": [1, null], "sha256": 3}\'')
    base.execute("UPDATE bodies SET since = 'x', chased = 7, why = '[['")
    base.execute("UPDATE arrivals SET first_seen = '2026-99-99'")
    base.execute("UPDATE runs SET made = 'yesterday'")
    base.commit()
    base.close()


@pytest.mark.slow
@pytest.mark.parametrize("how", SPOILT)
def test_a_ledger_that_is_spoilt_is_made_anew(office: Office, folder: Path, how: str) -> None:
    county_of(folder, "workbook", "wrong sum", "missing", "word")
    first = office()
    SPOILT[how](LEDGER)
    again = office()
    assert again.states() == first.states()
    assert again.run.code == 1
    rebuilt = [finding["code"] for finding in again.summary["findings"]]
    assert rebuilt.count("B123") == (how not in ("lost", "empty", "values"))
    assert office().summary["before"] == again.summary["made"]


@pytest.mark.slow
def test_a_run_that_is_killed_is_finished_by_the_next(office: Office, folder: Path) -> None:
    made = county_of(folder, *["workbook"] * 12, "wrong sum", "twice")
    for number in range(3):
        run = begin(folder, "county", "收件", "--roster", "名单.xlsx")
        wait_for(partial(_has_issued, folder, 2 * number))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    told = office()
    assert {name: told.states()[name] for name in made.states} == made.states
    assert not list(folder.rglob("*.part"))


def _has_issued(folder: Path, count: int) -> bool:
    return len(list(folder.glob("结果/已签发/*.docx"))) > count


@pytest.mark.slow
def test_two_runs_at_once_do_one_after_the_other(folder: Path) -> None:
    county_of(folder, *["workbook"] * 6)
    runs = [begin(folder, "county", "收件", "--roster", "名单.xlsx") for _ in range(2)]
    assert [run.wait(200) for run in runs] == [0, 0]


def test_links_lead_nowhere_outside(office: Office, folder: Path, tmp_path: Path) -> None:
    county_of(folder, "missing", "workbook")
    secret = put_file(tmp_path / "别处" / "一镇.xlsx", workbook_of(unit_report(1)))
    (folder / "收件/一镇.xlsx").symlink_to(secret)
    (folder / "收件/别处").symlink_to(secret.parent)
    (folder / "收件/自己").symlink_to("自己")
    put_file(tmp_path / "别处" / "秘密.txt", "不给人看".encode())
    (folder / "收件/二镇/说明.txt").symlink_to(tmp_path / "别处" / "秘密.txt")
    told = office()
    assert told.row(body_name(1))["state"] == "unreadable"
    assert "链接" in told.row(body_name(1))["why"]
    assert told.row(body_name(2))["state"] == "issued"
    assert "不给人看" not in Path("结果/进度.html").read_text(encoding="utf-8")
    assert told.row("别处")["state"] == told.row("自己")["state"] == "unreadable"


@pytest.mark.parametrize("words", [("-o", "收件/结果"), ("-o", "收件")])
def test_nothing_is_written_into_what_came_in(
    docgen: Docgen, folder: Path, words: tuple[str, ...]
) -> None:
    made = county_of(folder, "workbook")
    before = lying(made.received)
    assert docgen("county", "收件", "--roster", "名单.xlsx", *words).code == 2
    assert lying(made.received) == before


def test_two_that_differ_in_the_title_alone_are_two(office: Office, folder: Path) -> None:
    county_of(folder, "json")
    other = unit_report(1)
    other["title"] = "一镇2025年度政府信息公开工作报告"
    put_file(folder / "收件/一镇/定稿.json", json.dumps(other).encode())
    row = office().row(body_name(1))
    assert row["state"] == "several"
    assert "标题：" in row["why"]


def test_what_was_issued_before_is_told_of(office: Office, folder: Path) -> None:
    county_of(folder, "json")
    assert office().run.code == 0
    spoilt = unit_report(1)
    spoilt["figures"]["requests"]["handled"]["total"] += 7
    put_file(folder / "收件/一镇.json", json.dumps(spoilt).encode())
    row = office().row(body_name(1))
    assert row["state"] == "faulty"
    assert row["why"].endswith("；先前签发的一份还在“已签发”里")


@pytest.mark.parametrize(
    "words", [("收件", "--roster", "没有.xlsx"), ("没有", "--roster", "名单.xlsx")]
)
def test_what_is_not_there_stops(docgen: Docgen, folder: Path, words: tuple[str, ...]) -> None:
    county_of(folder, "missing")
    assert docgen("county", *words).code == 3


def test_a_body_listed_twice_has_one_row(office: Office, folder: Path) -> None:
    made = county_of(folder, "json", "missing")
    book = openpyxl.load_workbook(made.roster)
    assert book.active is not None
    book.active.append([body_name(1).replace("市", "市 ")])
    book.save(made.roster)
    told = office()
    assert [row["state"] for row in told.rows] == ["missing", "issued"]
    assert "B104" in [finding["code"] for finding in told.summary["findings"]]


def test_archives_are_held_to_the_limits(office: Office, folder: Path) -> None:
    """None of them stops the others, and nothing is written anywhere else."""
    county_of(folder, "json")
    book = workbook_of(unit_report(2))
    top = folder / "收件"
    put_file(top / "深.zip", zip_of({"/".join(["很深的文件夹" * 9] * 90) + "/2025.xlsx": book}))
    put_file(top / "外.zip", zip_of({"../../外面.xlsx": book}))
    put_file(top / "名.zip", zip_of({"a:b?*/CON.xlsx": book}))
    put_file(top / "重.zip", zip_of({"A/a.xlsx": book, "a/A.xlsx": book}))
    put_file(top / "弹.zip", zip_of({"a.json": b" " * 30_000_000}))
    put_file(top / os.fsdecode(b"\xc4\xea\xb1\xa8.json"), b"{}")
    told = office()
    assert told.row(body_name(1))["state"] == "issued"
    states = told.states()
    assert states["外.zip"] == states["弹.zip"] == states["名.zip"] == "unreadable"
    [row] = [row for row in told.rows if row["state"] == "unlisted"]
    assert len(row["returns"]) == 1
    assert not list(folder.rglob("外面.xlsx"))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(where=st.text(max_size=30), inside=st.text(max_size=20))
def test_any_name_has_an_owner_or_none(where: str, inside: str) -> None:
    owners = Owners([Unit(body_name(n), "", Place(), f"{n}镇", former=("旧",)) for n in (1, 2, 11)])
    owned = owners.find_owner(inside, where)
    assert owned.sure or owned.remarks


def test_last_years_folder_serves_all(office: Office, folder: Path) -> None:
    """A report is checked anew, and not issued, when last year's says otherwise."""
    county_of(folder, "json", "json")
    assert office().run.code == 0
    last = unit_report(1, 2024)
    last["figures"]["requests"]["carried_out"]["total"] += 1000
    last["figures"]["requests"]["carried_out"]["natural"] += 1000
    put_file(folder / "上年/一镇2024.json", json.dumps(last).encode())
    put_file(folder / "上年/三镇2024.json", json.dumps(unit_report(3, 2024)).encode())
    told = office("--previous", "上年")
    assert told.row(body_name(1))["state"] == "faulty"
    assert told.row(body_name(2))["state"] == "issued"
    assert office().states() == dict.fromkeys(map(body_name, (1, 2)), "issued")


def last_year_of(number: int) -> Tree:
    """Return a report that the one of the year after goes on from."""
    now, last = unit_report(number)["figures"], unit_report(number, 2024)
    last["figures"]["requests"]["carried_out"] = now["requests"]["carried_in"]
    rules = now["disclosure"]["normative"]
    before = rules["in_force"] - rules["issued"] + rules["repealed"]
    last["figures"]["disclosure"]["normative"]["in_force"] = before
    return last


def test_what_last_years_folder_said_is_found_again(
    office: Office, docgen: Docgen, folder: Path
) -> None:
    """Of one body it has a report, of one none, and a CSV folder of one; then it is gone."""
    county_of(folder, "json", "json", "workbook")
    put_file(folder / "上年/一镇/2024.json", json.dumps(last_year_of(1)).encode())
    for name, data in sheets_of(last_year_of(3)).items():
        put_file(folder / "上年/三镇2024" / name, data)
    assert office("--previous", "上年").run.code == 0
    issued = sorted(Path("结果/已签发").glob("*.docx"))
    assert docgen("verify", *issued).err.count("就是签发的那一份") == 3
    assert docgen("verify", *issued, "--previous", "上年").err.count("就是签发的那一份") == 3

    shutil.rmtree("上年")
    assert docgen("verify", *issued).err.count("就是签发的那一份") == 3
    shutil.rmtree("结果/核对用的上年")
    run = docgen("verify", *issued)
    assert (run.code, run.err.count("--previous")) == (0, 2)


@pytest.mark.slow
@needs_office
def test_old_formats_are_read_through_libreoffice(office: Office, folder: Path) -> None:
    made = made_county(folder, 4, old_formats=True, only=("xls", "et", "doc", "ods"))
    told = office()
    assert {name: told.states()[name] for name in made.states} == made.states
    taken = lying(folder / "结果/取出")
    assert office().states() == told.states()
    assert lying(folder / "结果/取出") == taken


#: What may lie in a folder, whatever it is called.
PIECES: dict[str, bytes] = {
    "book": b"",  # a workbook of the first body
    "zip": b"",
    "text": b"abc",
    "none": b"",
    "page": "<html><p>年报</p></html>".encode(),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "csv": "项目,内容\n年度,2025\n".encode(),
    "seven": b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
}
NAMES = st.sampled_from(
    ["2025.xlsx", "~$2025.xlsx", "a.zip", "b.7z", "年报.html", "年报_files", "x.docx", "1.jpg",
     "基本情况.csv", "正文.csv", "Thumbs.db", ".DS_Store", "2025.package.json", "2025.docx",
     "c.rar", "__MACOSX", "一镇",
     "d.lnk", "._2025.xlsx", "e.pdf", "2025.改前.json", "f.json", "无后缀"]
)  # fmt: skip
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map(tuple), st.sampled_from(list(PIECES)), max_size=8
)


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The contents, with those that take time to make."""
    book = workbook_of(unit_report(1))
    path = tmp_path_factory.mktemp("pieces") / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("里面/2025.xlsx", book)
        archive.writestr("里面/说明.txt", "请收")
    return {**PIECES, "book": book, "zip": path.read_bytes()}


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tree=TREES)
def test_every_file_is_accounted_for(
    office: Office, folder: Path, pieces: dict[str, bytes], tree: dict[tuple[str, ...], str]
) -> None:
    for path in [*folder.iterdir()]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    made_county(folder, 1, only=("missing",))
    for place, piece in tree.items():
        path = folder.joinpath("收件", *place)
        if path.is_dir() or any(above.is_file() for above in path.parents):
            continue
        put_file(path, pieces[piece])

    before = lying(folder / "收件")
    told = office()
    files = told.files()
    missing = [place for place in before if not is_told(place, files)]
    assert not missing
    assert lying(folder / "收件") == before


def test_what_was_issued_with_warnings_is_told(office: Office, folder: Path) -> None:
    """It copies last year's words: issued, and everybody sees that somebody has to look."""
    county_of(folder, "json", "json")
    now, last = unit_report(1)["figures"], unit_report(1, 2024)
    last["figures"]["requests"]["carried_out"] = now["requests"]["carried_in"]
    last["figures"]["disclosure"]["normative"]["in_force"] = 11
    put_file(folder / "上年/一镇2024.json", json.dumps(last).encode())
    told = office("--previous", "上年")
    row, other = told.row(body_name(1)), told.row(body_name(2))
    assert row["state"] == other["state"] == "issued"
    warned = [one for one in row["returns"][0]["findings"] if one["severity"] == "warning"]
    assert row["why"].startswith(f"有 {len(warned)} 处请看一眼：")
    assert (other["why"], told.summary["doubtful"]) == ("", 1)

    page = Path("结果/进度.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook("结果/进度.xlsx")["进度"]
    assert "已签发的有 1 份请看一眼" in page
    assert str(sheet["A2"].value).endswith("；已签发的有 1 份请看一眼")
    assert row["why"] in [cell.value for cell in sheet["C"]]

    said = Path("结果/消息/退回消息.txt").read_text(encoding="utf-8-sig")
    assert "【已签发，请看一眼】" in said
    assert f"收到了，有 {len(warned)} 处请看一眼，没有错的不用改：" in said


def test_a_marked_workbook_that_was_mended_comes_back(office: Office, folder: Path) -> None:
    """The body mends it where it is marked: docgen's own sheet in it is no fault of the body."""
    county_of(folder, "workbook")
    came = folder / "收件/一镇/2025.xlsx"
    book = openpyxl.load_workbook(came)
    sound = book["表二 申请办理"]["D4"].value
    book["表二 申请办理"]["D4"].value = "三件"
    book.save(came)
    assert office().row(body_name(1))["state"] == "faulty"

    marked = openpyxl.load_workbook(f"结果/退回/{body_name(1)}.xlsx")
    marked["表二 申请办理"]["E4"].value = "五件"  # mends one, and spoils another
    marked["表二 申请办理"]["D4"].value = sound
    marked.save(came)
    row = office().row(body_name(1))
    assert {one["code"] for one in row["returns"][0]["findings"]} & {"R208", "R376"} == set()
    again = openpyxl.load_workbook(f"结果/退回/{body_name(1)}.xlsx")
    assert [name for name in again.sheetnames if "核对结果" in name] == ["核对结果"]
    assert again["表二 申请办理"]["D4"].comment is None
    assert again["表二 申请办理"]["E4"].comment is not None

    marked["表二 申请办理"]["E4"].value = book["表二 申请办理"]["E4"].value
    marked["核对结果"].title = "核对结果1"
    marked.save(came)
    assert office().row(body_name(1))["state"] == "issued"

    marked["核对结果1"]["A1"].value = "我的核对结果"  # somebody's own of that name is still told
    marked.save(came)
    assert "R208" in {f["code"] for f in office().row(body_name(1))["returns"][0]["findings"]}


def test_who_sent_a_document_is_told_of_the_workbook_made_of_it(
    office: Office, folder: Path
) -> None:
    county_of(folder, "page")
    page = folder / "收件/一镇/年报.html"
    spoilt = page.read_text(encoding="utf-8").replace(">510<", ">511<", 1)
    page.write_text(spoilt, encoding="utf-8")
    assert office().row(body_name(1))["state"] == "faulty"
    said = Path("结果/消息/退回消息.txt").read_text(encoding="utf-8-sig")
    assert "标好的表（由你们发的 年报.html 转成的表格）一起发给你，就在这张表上改，" in said


def spoilt(number: int, more: int = 7) -> Tree:
    """A report of a body with a wrong total."""
    report = unit_report(number)
    report["figures"]["requests"]["handled"]["total"] += more
    return report


def put_report(path: Path, report: Tree, later: float = 0) -> Path:
    """Write a report that was written so many seconds after the others."""
    put_file(path, json.dumps(report, ensure_ascii=False).encode())
    moment = 1_767_000_000 + later
    os.utime(path, (moment, moment))
    return path


def test_of_what_says_the_same_the_sound_and_then_the_newer_stands(
    office: Office, folder: Path
) -> None:
    county_of(folder, "missing", "missing")
    for number, extra in ((1, "附加的表"), (2, "备注")):
        book = openpyxl.load_workbook(put_file(folder / "a.xlsx", workbook_of(unit_report(number))))
        own = folder / "收件" / ("一镇", "二镇")[number - 1]
        put_file(own / "2025改好的定稿.xlsx", workbook_of(unit_report(number)))
        os.utime(own / "2025改好的定稿.xlsx", (1_767_000_600,) * 2)
        book.create_sheet(extra)["A1"] = "旧数"
        book.save(own / "2025.xlsx")
        os.utime(own / "2025.xlsx", (1_767_000_000,) * 2)

    told = office()
    for number, name in ((1, "一镇"), (2, "二镇")):
        row = told.row(body_name(number))
        assert row["state"] == "issued"
        assert row["returns"][0]["where"] == f"{name}/2025改好的定稿.xlsx"
        assert row["returns"][0]["also"] == [f"{name}/2025.xlsx"]


def test_a_correction_stands_and_is_no_double(office: Office, folder: Path) -> None:
    """By the run at which it came, whatever the time of its file."""
    county_of(folder, "missing")
    put_report(folder / "收件/一镇/2025.json", spoilt(1), 900)
    assert office().row(body_name(1))["state"] == "faulty"

    put_report(folder / "收件/一镇/改.json", spoilt(1, 2))
    row = office().row(body_name(1))
    assert row["state"] == "faulty"
    assert row["returns"][0]["where"] == "一镇/改.json"  # the newer one's errors, at once
    put_report(folder / "收件/一镇/再改.json", unit_report(1))
    row = office().row(body_name(1))
    assert row["state"] == "issued"
    told = "用了后来的“一镇/再改.json”，早先的“一镇/2025.json”、“一镇/改.json”有错，没有用"
    assert row["notes"] == [told]
    assert told in Path("结果/进度.html").read_text(encoding="utf-8")

    other = unit_report(1)
    other["figures"]["disclosure"]["licensing"]["decided"] += 2
    put_report(folder / "收件/一镇/又一份.json", other)  # two sound ones: a person chooses
    assert office().row(body_name(1))["state"] == "several"


def test_a_correction_is_known_by_the_time_of_its_file(office: Office, folder: Path) -> None:
    county_of(folder, "missing", "missing")
    put_report(folder / "收件/一镇/2025.json", unit_report(1), 900)
    put_report(folder / "收件/一镇/旧.json", spoilt(1))
    put_report(folder / "收件/二镇/2025.json", unit_report(2))
    put_report(folder / "收件/二镇/旧.json", spoilt(2))
    told = office()
    assert told.row(body_name(1))["state"] == "issued"
    row = told.row(body_name(2))
    assert row["state"] == "several"  # which came later is not known
    [finding] = [one for one in row["returns"][0]["findings"] if one["code"] == "B127"]
    assert "--choose “二镇/2025.json”" in finding["cure"]


def test_a_choice_holds_against_the_newest(office: Office, folder: Path) -> None:
    county_of(folder, "missing")
    put_report(folder / "收件/一镇/2025.json", unit_report(1))
    other = unit_report(1)
    other["figures"]["disclosure"]["licensing"]["decided"] += 2
    put_report(folder / "收件/一镇/改.json", other, 900)
    office("--choose", "一镇/2025.json")
    row = office("--newest").row(body_name(1))
    assert row["returns"][0]["where"] == "一镇/2025.json"
    assert row["notes"] == ["照先前选定的用“一镇/2025.json”，不是最新的；要换，用 --choose 写明"]
    row = office("--choose", "一镇/改.json").row(body_name(1))
    assert row["returns"][0]["where"] == "一镇/改.json"


def test_a_report_under_a_neighbours_name_is_told_on_both_rows(
    office: Office, folder: Path
) -> None:
    """The neighbour has sent its own: the one that is named inside is asked, and not chased."""
    county_of(folder, "json", "missing")
    put_report(folder / "收件/一镇2025年报.json", unit_report(2))
    told = office()
    first, second = told.row(body_name(1)), told.row(body_name(2))
    assert (first["state"], second["state"]) == ("issued", "faulty")
    said = f"“一镇2025年报.json”的名字像是“{body_name(1)}”的，里面写的是“{body_name(2)}”"
    assert first["notes"] == [f"{said}，在“{body_name(2)}”那一行问"]
    assert second["why"] == said
    assert [one["where"] for one in second["returns"]] == ["一镇2025年报.json"]
    page = Path("结果/进度.html").read_text(encoding="utf-8")
    assert "要改的有 1 份要问是谁的" in page
    assert page.count("名字像是") == 2
    asked = Path("结果/消息/退回消息.txt").read_text(encoding="utf-8-sig")
    assert f"@二镇 联系人2：收到一份政府信息公开工作年度报告，{said}。是不是你们的？" in asked
    assert "还没有收到" not in Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")

    put_report(folder / "收件/二镇.json", unit_report(2))  # now both have sent their own
    told = office()
    assert told.row(body_name(2))["state"] == "issued"
    assert told.row(body_name(1))["notes"] == [said]
    assert told.row(body_name(2))["notes"] == [f"{said}，在“{body_name(1)}”那一行问"]


def test_what_is_gone_after_it_was_issued_is_not_chased(office: Office, folder: Path) -> None:
    county_of(folder, "json", "json", "missing")
    assert office().row(body_name(1))["state"] == "issued"
    (folder / "收件/一镇.json").unlink()
    for _ in range(2):
        row = office().row(body_name(1))
        assert row["state"] == "missing"
        assert row["why"].endswith("日还在收件里，现在不见了；已签发的还在“已签发”里")
        assert row["chased"] is None
        chase = Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")
        assert "一镇" not in chase
        assert "的有 1 个机关：@三镇" in chase


def test_what_came_along_with_a_report_is_shown(office: Office, folder: Path) -> None:
    """A sheet of remarks, a text file beside it; a chat of nobody is not asked for again."""
    county_of(folder, "workbook", "zip", "missing")
    book = openpyxl.load_workbook(folder / "收件/一镇/2025.xlsx")
    book.create_sheet("备注")["A1"] = "行政许可数含民办园3件，联系 13912345678"
    book.save(folder / "收件/一镇/2025.xlsx")
    put_file(folder / "收件/一镇/说明.txt", "盖章页周一补".encode("gbk"))
    with zipfile.ZipFile(folder / "收件/二镇/报送.zip", "a") as archive:
        archive.writestr("read.txt", "x")
    put_file(folder / "收件/聊天记录.txt", "在吗".encode())
    told = office()
    row = told.row(body_name(1))
    assert row["state"] == "issued"
    assert row["notes"] == [
        "带了备注：“行政许可数含民办园3件，联系 139******78”", "带了说明.txt：“盖章页周一补”"
    ]  # fmt: skip
    page = Path("结果/进度.html").read_text(encoding="utf-8")
    assert "盖章页周一补" in page
    assert "没有用上的文件：聊天记录.txt" in page
    assert told.row(body_name(2))["notes"] == ["带了二镇/报送.zip › read.txt，没有读"]
    assert "聊天记录.txt" in told.summary["ignored"]
    assert "聊天" not in Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")


def test_the_messages_name_the_day_that_the_office_set(office: Office, folder: Path) -> None:
    """A report of another year is not to be mended by its year alone."""
    county_of(folder, "workbook", "workbook", "last year", "missing")
    office("--until", "2026-01-15")
    chase = Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")
    assert "期限是2026年1月15日" in chase
    office()  # it is remembered
    assert Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig") == chase
    said = Path("结果/消息/退回消息.txt").read_text(encoding="utf-8-sig")
    assert (
        "收到的 三镇/年报.xlsx 是 2024 年度的，这次收的是 2025 年度。请发 2025 年度的"
        "政府信息公开工作年度报告：数和话都要是这一年的，不是只改年度。"
    ) in said


def test_the_messages_name_the_day_that_the_notice_said(
    office: Office, docgen: Docgen, folder: Path
) -> None:
    made = county_of(folder, "workbook", "missing")
    words = ("--roster", made.roster, "--until", "2026-01-15", "-o", "发放")
    assert docgen("new", made.year, *words).code == 0
    office()
    said = "期限是2026年1月15日"
    assert said in Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")
    office("--until", "2026-01-20")
    assert said not in Path("结果/消息/催办.txt").read_text(encoding="utf-8-sig")


def test_what_was_issued_under_a_former_name_is_told(office: Office, folder: Path) -> None:
    """The roster says another name now: the document of the old one is told of, and stays."""
    made = county_of(folder, "json", "json")
    assert "B130" not in [one["code"] for one in office().summary["findings"]]
    book = openpyxl.load_workbook(made.roster)
    assert book.active is not None
    book.active["A2"] = body_name(1).removesuffix("人民政府")
    book.save(made.roster)
    told = office()
    [stale] = [one for one in told.summary["findings"] if one["code"] == "B130"]
    assert f"“{body_name(1)}-2025.docx”" in stale["message"]
    assert Path(f"结果/已签发/{body_name(1)}-2025.docx").exists()
    assert "不再算数" in Path("结果/进度.html").read_text(encoding="utf-8")
