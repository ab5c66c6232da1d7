"""The county's pages of the desk: the real server, real requests, a made county."""

import io
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from browser import BROWSER, needs_browser
from county import MadeCounty, body_name, made_county, put_file, unit_report, workbook_of
from desk import Answer, RunningDesk, running_desk
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from docgen.address import Address
from docgen.desk.county_work import Taken
from docgen.desk.intake import HandedIn, keep_files
from docgen.read import read_report

AXE = os.environ.get("AXE_CORE")
RUN_AXE = """async () => {
  const found = await axe.run(document);
  return found.violations.map(one => [one.id, one.nodes.map(node => node.html)]);
}"""
SHAPES = ("workbook", "json", "zip", "wrong sum", "twice", "picture", "missing")
BODIES = 9


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    with running_desk(tmp_path) as running:
        running.open()
        yield running


@pytest.fixture
def made(desk: RunningDesk) -> MadeCounty:
    """Lay a small county into the folder of the desk."""
    return made_county(desk.folder, BODIES, only=SHAPES)


def post(desk: RunningDesk, path: str, **fields: str | list[str]) -> Answer:
    return desk.ask(path, urlencode(fields, doseq=True).encode())


def wait_over(desk: RunningDesk) -> None:
    for _ in range(600):
        if json.loads(desk.ask("/county/progress").text)["over"]:
            return
        time.sleep(0.2)
    raise AssertionError("the work does not end")


def collect(desk: RunningDesk, **fields: str | list[str]) -> str:
    """Read all that came in; return the page of the board."""
    assert post(desk, "/county/collect", **fields).code == 303
    wait_over(desk)
    return desk.ask("/county").text


def counts(page: str) -> dict[str, int]:
    """Return how many rows the board has in each state."""
    return {word: int(n) for word, n in re.findall(r">(要改|读不了|重复|未交|已签发) (\d+)<", page)}


def page_of(desk: RunningDesk, page: str, name: str) -> Answer:
    found = re.search(rf'href="(/county/body/\w+)">{name}<', page)
    assert found
    return desk.ask(found[1])


def zipped(answer: Answer) -> dict[str, bytes]:
    assert answer.code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_dropped_folder_stays_inside(desk: RunningDesk) -> None:
    """Whatever its names are, nothing lands outside 收件, and nothing is overwritten."""
    outside = desk.folder / "别处"
    outside.mkdir()
    (desk.folder / "收件").mkdir()
    (desk.folder / "收件" / "链接").symlink_to(outside)
    names = [
        "甲镇/2025/一.csv", "../../etc/passwd", "/etc/cron.d/x", "C:\\Windows\\win.ini",
        "甲镇/../../../上.xlsx", "链接/里.xlsx", "con.xlsx", "甲镇/~$2025.xlsx", "__MACOSX/a.xlsx",
        "/".join("深" * 40) + "/a.xlsx", ".DS_Store", "收件/乙镇/b.xlsx",
    ]  # fmt: skip
    before = files_below(desk.folder)
    answer = desk.hand_in("/county/files", [("files", name, name.encode()) for name in names])
    assert answer.code == 303
    made = files_below(desk.folder) - before
    assert {name for name in made if not name.startswith("收件/")} == set()
    assert list(outside.iterdir()) == []
    assert {"收件/甲镇/2025/一.csv", "收件/etc/passwd", "收件/乙镇/b.xlsx"} <= made
    assert not any("~$" in one or "MACOSX" in one or "DS_Store" in one for one in made)
    assert "收件/con.xlsx" not in made  # Windows takes it for a device
    assert "9 个" in desk.ask("/county").text


def test_the_same_name_with_another_content_gets_a_number(tmp_path: Path) -> None:
    taken = Taken()
    keep_files(tmp_path, [HandedIn("甲/a.xlsx", b"1"), HandedIn("甲/a.xlsx", b"2")], taken)
    keep_files(tmp_path, [HandedIn("甲/a.xlsx", b"1")], taken)
    assert files_below(tmp_path) == {"甲/a.xlsx", "甲/a (2).xlsx"}
    assert (taken.new, taken.same, taken.renamed) == (2, 1, ["a (2).xlsx"])


def test_sheets_of_one_report_stay_together(tmp_path: Path) -> None:
    """A folder of CSV files that comes again with another figure is another report."""
    first = [HandedIn("甲/一.csv", b"1"), HandedIn("甲/二.csv", b"2")]
    keep_files(tmp_path, first, Taken())
    keep_files(tmp_path, [HandedIn("甲/一.csv", b"1"), HandedIn("甲/二.csv", b"3")], Taken())
    keep_files(tmp_path, first, Taken())
    assert files_below(tmp_path) == {"甲/一.csv", "甲/二.csv", "甲 (2)/一.csv", "甲 (2)/二.csv"}


def test_a_roster_is_looked_at_before_it_is_used(desk: RunningDesk) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["机关名称", "联系人"], ["石河乡人民政府", ""], ["石河乡人民政府", "张三"]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    roster = data.getvalue()

    wrong = desk.hand_in("/county/roster", [("roster", "名单.xlsx", b"no workbook")])
    assert wrong.code == 400
    assert "没有换" in wrong.text
    assert not (desk.folder / "名单.xlsx").exists()

    assert desk.hand_in("/county/roster", [("roster", "我的名单.xlsx", roster)]).code == 303
    assert (desk.folder / "名单.xlsx").read_bytes() == roster
    page = desk.ask("/county/roster").text
    assert "2 个机关" in page
    assert "没有联系人" in page

    listed = "机关名称\n石河乡人民政府\n".encode()
    assert desk.hand_in("/county/roster", [("roster", "a.csv", listed)]).code == 303
    assert "<strong>名单.csv</strong>" in desk.ask("/county/roster").text
    assert (desk.folder / "名单.改前.xlsx").read_bytes() == roster

    (desk.folder / "名单.xlsx").write_bytes(roster)
    page = desk.ask("/county/roster").text
    assert "这里有 2 份名单，现在用的是“名单.xlsx”" in page
    other = re.search(r'value="(\w+)"> 名单.csv', page)
    assert other
    assert post(desk, "/county/roster/use", use=other[1]).code == 303
    assert "<strong>名单.csv</strong>" in desk.ask("/county/roster").text


def test_a_blank_roster_to_fill_in(desk: RunningDesk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(desk.ask("/county/roster/new").data))
    assert book["名单"]["A1"].value == "机关名称"


def test_nothing_but_what_is_listed_is_sent(desk: RunningDesk, made: MadeCounty) -> None:
    (desk.folder / "结果").mkdir()
    (desk.folder / "结果" / "已签发").symlink_to(desk.folder / "收件")
    for path in ("/county/file/..%2F名单.xlsx", "/county/zip/..", "/county/zip/issued",
                 "/county/body/000000000000", "/county/sum/trace/x"):  # fmt: skip
        assert desk.ask(re.sub("[^ -~]+", "x", path)).code == 404, path
    assert made.roster.is_file()


@pytest.mark.slow
def test_the_countys_january(desk: RunningDesk, made: MadeCounty) -> None:
    """The board counts right, each body has its page, all is saved at once, one is chosen."""
    page = collect(desk)
    for state, word in (("faulty", "要改"), ("unreadable", "读不了"), ("missing", "未交")):
        assert counts(page)[word] == made.count(state), word
    assert (counts(page)["重复"], counts(page)["已签发"]) == (1, made.count("issued"))
    assert "截至" in page

    faulty = page_of(desk, page, body_name(4))
    assert "相差 7" in faulty.text
    assert "联系人4" in faulty.text
    assert "--" not in re.sub("<.*?>|<!--", "", faulty.text)  # no word of commands
    only = desk.ask("/county?state=missing").text
    assert body_name(7) in only
    assert body_name(1) not in only

    returns = zipped(desk.ask("/county/zip/returns"))
    assert set(returns) == {f"{body_name(4)}.xlsx"}
    issued = zipped(desk.ask("/county/zip/issued"))
    assert sum(name.endswith(".docx") for name in issued) == made.count("issued")
    messages = zipped(desk.ask("/county/zip/messages"))
    assert body_name(4).removeprefix("乌苏市")[:2] in messages["退回消息.txt"].decode("utf-8-sig")

    choice = page_of(desk, page, body_name(5)).text
    wheres = re.findall(r'name="choose" value="([^"]+)"', choice)
    assert len(wheres) == 2
    assert "行政许可" in choice  # what differs
    page = collect(desk, choose=wheres[1])
    assert counts(page)["重复"] == 0
    assert counts(page)["已签发"] == made.count("issued") + 1


@pytest.mark.slow
def test_after_a_restart_the_board_is_there(tmp_path: Path) -> None:
    made = made_county(tmp_path, BODIES, only=SHAPES)
    with running_desk(tmp_path) as desk:
        desk.open()
        before = counts(collect(desk))
    with running_desk(tmp_path) as desk:
        desk.open()
        desk.ask("/county")
        wait_over(desk)
        assert counts(desk.ask("/county").text) == before
    assert before["已签发"] == made.count("issued")


@pytest.mark.slow
def test_stopping_leaves_nothing_half(desk: RunningDesk) -> None:
    made = made_county(desk.folder, 30, only=("workbook",))
    post(desk, "/county/collect")
    for _ in range(300):
        now = json.loads(desk.ask("/county/progress").text)
        if now["done"] >= 2:
            break
        time.sleep(0.05)
    assert post(desk, "/county/halt", here="county").headers["location"] == "/county"
    wait_over(desk)
    page = desk.ask("/county").text
    assert "已按要求停下" in page
    assert counts(page) == {}
    left = files_below(desk.folder)
    assert not any(name.endswith((".part", ".tmp")) for name in left)
    assert counts(collect(desk))["已签发"] == made.count("issued") == 30


@pytest.mark.slow
def test_blanks_for_all_and_the_sum_of_all(desk: RunningDesk, made: MadeCounty) -> None:
    handed = [
        ("files", f"去年/{n}.xlsx", workbook_of(unit_report(n, made.year - 1))) for n in (1, 2)
    ]
    assert desk.hand_in("/county/roster/last-year", handed).code == 303
    answer = post(desk, "/county/blanks", year=str(made.year), until="2026-01-15", contact="王五")
    assert answer.code == 303
    wait_over(desk)
    assert "带上年数的 2 份" in desk.ask("/county/roster").text
    blanks = zipped(desk.ask("/county/zip/given"))
    assert {f"{body_name(n)}-{made.year}.xlsx" for n in range(1, BODIES + 1)} <= set(blanks)
    assert "2026年1月15日" in blanks["填报通知.txt"].decode("utf-8-sig")

    for path in (desk.folder / "上年").rglob("*.xlsx"):
        path.unlink()  # made figures do not follow last year's
    assert post(desk, "/county/sum", body="").code == 400
    assert post(desk, "/county/sum", body="乌苏市人民政府").code == 303
    wait_over(desk)
    page = desk.ask("/county/sum").text
    assert f"计入 {made.count('issued')} 份" in page
    assert body_name(7) in page  # has not handed in
    trace = re.search(r'href="(/county/sum/trace/\w+)"', page)
    draft = re.search(r'href="(/draft/\w+)"', page)
    assert trace
    assert draft
    assert openpyxl.load_workbook(io.BytesIO(desk.ask(trace[1]).data)).sheetnames
    assert desk.ask(draft[1]).code == 200

    county = desk.folder / "inputs" / f"全县{made.year}.xlsx"
    figures = read_report(county).report.figures
    sound = [n for n in range(1, BODIES + 1) if made.states[body_name(n)] == "issued"]
    address = next(iter(figures))
    table, row, column = address.split(".")
    assert figures[address] == sum(made.figures[body_name(n)][table][row][column] for n in sound)

    compare = re.search(r'action="(/county/sum/\w+/compare)"', page)
    assert compare
    post(desk, compare[1])
    wait_over(desk)
    assert "和各机关加起来的一样" in desk.ask("/county/sum").text
    more = unit_report(7, made.year)
    put_file(made.received / "补交.xlsx", workbook_of(more))
    post(desk, compare[1])
    wait_over(desk)
    assert body_name(7) in desk.ask("/county/sum").text.partition("对过了")[2][:2000]

    write_text(county, "全县依法公开政府信息。")
    post(desk, compare[1].replace("compare", "renew"))
    wait_over(desk)
    assert "正文和别的都没有动" in desk.ask("/county/sum").text
    renewed = read_report(county).report
    assert renewed.sections["overview"] == ("全县依法公开政府信息。",)
    sound.append(7)
    assert renewed.figures[address] == sum(
        made.figures[body_name(n)][table][row][column] for n in sound
    )


def write_text(path: Path, text: str) -> None:
    """Write a paragraph of the first section into a workbook, as somebody does in Excel."""
    place = read_report(path).places[Address.of_paragraph("overview", 0)]
    book = openpyxl.load_workbook(path)
    book[place.sheet][place.cell] = text
    book.save(path)


def open_page(play: Playwright, *, scripts: bool = True) -> Page:
    """Open the desk in a browser, on a small screen."""
    browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, java_script_enabled=scripts, bypass_csp=bool(AXE)
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)  # other work may be going on on the machine
    return page


@pytest.mark.slow
@needs_browser
def test_the_way_without_scripts(tmp_path: Path) -> None:
    """Roster, files, board and choice are plain forms and links."""
    made = made_county(tmp_path / "送来", BODIES, only=SHAPES)
    (tmp_path / "县").mkdir()
    with running_desk(tmp_path / "县") as desk, sync_playwright() as play:
        page = open_page(play, scripts=False)
        page.goto(desk.address)
        page.goto(f"http://{desk.host}/county/roster")
        page.set_input_files("#roster", made.roster)
        page.locator("form[action='/county/roster'] button").click()
        expect(page.get_by_text(f"{BODIES} 个机关").first).to_be_visible()

        page.goto(f"http://{desk.host}/county")
        page.set_input_files("#came-folder", made.received)
        page.locator("form[action='/county/files'] button").click()
        for _ in range(100):
            if page.locator("nav.counts").count():
                break
            page.get_by_role("link", name="看看做完没有").click()
            page.wait_for_timeout(300)
        expect(page.locator("nav.counts")).to_contain_text(f"已签发 {made.count('issued')}")
        page.get_by_role("link", name="选哪一份").click()
        assert page.locator("#message").input_value().startswith("@")


@pytest.mark.slow
@needs_browser
@pytest.mark.skipif(AXE is None and "CI" not in os.environ, reason="needs AXE_CORE")
def test_every_page_for_everyone(tmp_path: Path) -> None:
    """Axe finds nothing, nothing is wider than a window at 150 %, the keyboard is enough."""
    made = made_county(tmp_path / "送来", BODIES, only=SHAPES)
    (tmp_path / "县").mkdir()
    assert AXE
    source = Path(AXE).read_text(encoding="utf-8")
    found: dict[str, object] = {}
    with running_desk(tmp_path / "县") as desk, sync_playwright() as play:
        page = open_page(play)
        page.goto(desk.address)

        def audit(name: str) -> None:
            page.evaluate(source)
            if violations := page.evaluate(RUN_AXE):
                found[name] = violations
            page.set_viewport_size({"width": 910, "height": 512})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"{name}: too wide"] = True
            page.set_viewport_size({"width": 1366, "height": 768})

        def visit(path: str) -> None:
            page.goto(f"http://{desk.host}{path}")
            audit(path)

        for path in ("/county", "/county/roster", "/county/files", "/county/sum"):
            visit(path)
        page.goto(f"http://{desk.host}/county/roster")
        page.set_input_files("#roster", made.roster)
        page.locator("form[action='/county/roster'] button").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"{BODIES} 个机关").first).to_be_visible()
        audit("roster")
        page.get_by_role("button", name="份空表和通知").click()
        expect(page.get_by_text("做好了 9 份")).to_be_visible()
        audit("given")

        page.goto(f"http://{desk.host}/county")
        page.set_input_files("#came-folder", made.received)
        page.locator("form[action='/county/files'] button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#work")).to_be_visible()
        audit("running")
        expect(page.locator("nav.counts")).to_be_visible()
        audit("board")
        for name in (body_name(4), body_name(5), body_name(7), body_name(1)):
            page.goto(f"http://{desk.host}/county")
            page.get_by_role("link", name=name, exact=True).focus()
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", level=1)).to_contain_text(name)
            audit(name)

        visit("/county/files")
        page.goto(f"http://{desk.host}/county/sum")
        page.fill("#body", "乌苏市人民政府")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="打开接着填")).to_be_visible()
        audit("sum")
        page.get_by_role("button", name="再对一遍").click()
        expect(page.locator(".compared")).to_be_visible()
        audit("compared")
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)[:4000]
