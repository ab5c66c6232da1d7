"""A clerk's whole way at the desk, in a real browser against the real server."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import BROWSER, needs_browser
from county import made_county, sheets_of, unit_report
from desk import RunningDesk, running_desk
from desk_page import field, wait_saved
from docx import Document
from door import INPUTS, Docgen
from forms import FORM
from playwright.sync_api import Browser, Page, expect, sync_playwright

from docgen.read import read_report

pytestmark = [pytest.mark.slow, needs_browser]

AXE = os.environ.get("AXE_CORE")
RUN_AXE = """async () => {
  const found = await axe.run(document);
  return found.violations.map(one => [one.id, one.nodes.map(node => node.html)]);
}"""
NATURAL = next(a for a in FORM.figures if a.startswith("requests.received."))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    with running_desk(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Open the desk as docgen opens it, on a small screen."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=False)
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    opened.goto(desk.address)
    yield opened
    context.close()


def lay_draft(desk: RunningDesk, number: int = 1) -> Path:
    """Lay the sound sheets of a body into the folder."""
    folder = desk.folder / "inputs" / "2025"
    folder.mkdir(parents=True)
    for name, data in sheets_of(unit_report(number)).items():
        (folder / name).write_bytes(data)
    return folder


def open_draft(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name="2025").first.click()
    expect(page.locator("#state")).to_be_visible()
    page.locator("html.scripted").wait_for()


def test_from_last_years_file_to_the_document(
    desk: RunningDesk, page: Page, docgen: Docgen, tmp_path: Path
) -> None:
    """Last year's Word file is dropped, the figures pasted, the text typed; it is issued."""
    last = tmp_path / "last"
    assert docgen("render", INPUTS / "2024.json", "-o", last).code == 0
    want = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    want["sections"] = unit_report(1)["sections"]

    page.locator("#file").set_input_files(last / "2024.docx")
    page.get_by_role("button", name="开始填 2025 年度的").click()
    expect(page.locator("#state")).to_contain_text("格没填")
    assert field(page, "body.name").input_value() == want["body"]["name"]
    assert page.locator(".last").count() > 100  # last year's figures stand below the fields

    for table in FORM.tables:
        for address in [a for a in FORM.figures if a.startswith(f"{table.key}.")]:
            _, row, column = address.split(".")
            if not field(page, address).evaluate("one => one.classList.contains('total')"):
                field(page, address).fill(str(want["figures"][table.key][row][column]))
    for section, paragraphs in want["sections"].items():
        field(page, f"sections.{section}").fill("\n".join(paragraphs))
    field(page, "signature.date").fill("2026年1月20日")
    expect(page.locator("#state")).to_contain_text("核对通过")
    wait_saved(page)

    page.get_by_role("button", name="正式出文件").click()
    expect(page.get_by_role("heading", name="正式出文件：好了")).to_be_visible()
    page.get_by_role("link", name="回到报告").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="2025.docx").click()
    text = "".join(one.text for one in Document(str(got.value.path())).paragraphs)
    assert want["sections"]["problems"][0] in text
    assert docgen("verify", desk.folder / "outputs" / "2025.docx").code == 0
    figures = read_report(desk.folder / "inputs" / "2025").report.figures
    assert figures[NATURAL] == want["figures"]["requests"]["received"][NATURAL.split(".")[2]]


def test_a_wrong_figure_is_told_beside_it_and_put_right_with_one_click(
    desk: RunningDesk, page: Page
) -> None:
    path = lay_draft(desk)
    open_draft(page)
    expect(page.locator("#state")).to_contain_text("核对通过")
    right = field(page, NATURAL).input_value()
    field(page, NATURAL).fill(f"{int(right) + 7}")
    expect(field(page, NATURAL)).to_have_attribute("data-mark", "error")
    told = field(page, NATURAL).get_attribute("aria-describedby").split()[0]
    expect(page.locator(f"#{told}")).to_contain_text("相差 7")

    page.get_by_role("button", name=re.compile(f"改成 {right}$")).first.click()
    expect(page.locator("#state")).to_contain_text("核对通过")
    wait_saved(page)
    assert read_report(path).report.figures[NATURAL] == int(right)


def test_a_wrong_draft_is_saved_and_a_colleague_goes_on(
    desk: RunningDesk, page: Page, docgen: Docgen
) -> None:
    path = lay_draft(desk)
    open_draft(page)
    field(page, NATURAL).fill("十二")
    expect(field(page, NATURAL)).to_have_attribute("data-mark", "error")
    wait_saved(page)
    assert docgen("check", path).code == 1
    page.reload()
    assert field(page, NATURAL).input_value() == "十二"


def test_a_block_from_a_spreadsheet_fills_the_cells(desk: RunningDesk, page: Page) -> None:
    lay_draft(desk)
    open_draft(page)
    row = [a for a in FORM.figures if a.startswith("requests.received.")][:6]
    below = [a for a in FORM.figures if a.startswith("requests.carried_in.")][:6]
    block = "\t".join("123456") + "\r\n" + "\t".join("654321") + "\r\n"
    field(page, row[0]).focus()
    page.evaluate(
        """([id, text]) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.getElementById(id).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [f"at:{row[0]}", block],
    )
    expect(page.locator("#notice")).to_contain_text("粘贴了 12 格")
    figures = read_report(desk.folder / "inputs" / "2025").report.figures
    assert [figures[one] for one in (*row, *below)] == [1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1]


def test_by_keyboard_alone(desk: RunningDesk, page: Page) -> None:
    """Enter and the arrows go from cell to cell, Tab to the next field, Enter presses buttons."""
    lay_draft(desk)
    open_draft(page)
    field(page, NATURAL).focus()
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.id")
    assert focused.startswith("at:requests.")
    assert focused != f"at:{NATURAL}"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == f"at:{NATURAL}"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id").startswith("at:requests.received.")
    page.get_by_role("button", name="出送审稿").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="出送审稿：好了")).to_be_visible()


def test_two_windows_lose_nothing(desk: RunningDesk, page: Page) -> None:
    lay_draft(desk)
    open_draft(page)
    other = page.context.new_page()
    other.goto(page.url)
    before = field(page, NATURAL).input_value()
    field(page, NATURAL).fill("41")
    wait_saved(page)
    field(other, NATURAL).fill("42")
    expect(other.locator("#saved")).to_contain_text("刚在别处改成“41”")
    figures = read_report(desk.folder / "inputs" / "2025").report.figures
    assert figures[NATURAL] == 41
    assert before != "41"
    field(other, NATURAL).fill("43")  # seen, and meant
    wait_saved(other)
    assert read_report(desk.folder / "inputs" / "2025").report.figures[NATURAL] == 43


def test_a_lost_server_is_told_and_nothing_typed_is_lost(desk: RunningDesk, page: Page) -> None:
    lay_draft(desk)
    open_draft(page)
    desk.process.kill()
    desk.process.wait()
    field(page, NATURAL).fill("44")
    expect(page.locator("#saved")).to_contain_text("没有保存")
    assert field(page, NATURAL).input_value() == "44"


def test_hostile_texts_stay_texts(desk: RunningDesk, page: Page) -> None:
    path = lay_draft(desk)
    open_draft(page)
    hostile = "<img src=x onerror=alert(1)>\"'{{ 7*7 }}</textarea><script>alert(2)</script>"
    dialogs: list[str] = []
    page.on("dialog", lambda one: dialogs.append(one.message))
    field(page, "sections.other").fill(hostile)
    field(page, "body.short_name").fill("<b>乡</b>")
    wait_saved(page)
    page.reload()
    assert field(page, "sections.other").input_value() == hostile
    assert field(page, "body.short_name").input_value() == "<b>乡</b>"
    assert page.locator("main img, main b").count() == 0
    assert dialogs == []
    assert path.is_dir()


def test_what_the_leader_changed_comes_back(
    desk: RunningDesk, page: Page, docgen: Docgen, tmp_path: Path
) -> None:
    path = lay_draft(desk)
    assert docgen("render", path, "-o", desk.folder / "outputs").code == 0
    document = Document(str(desk.folder / "outputs" / "2025.docx"))
    for one in document.paragraphs:
        if "按时更新政府网站" in one.text:
            one.runs[-1].text = one.runs[-1].text.replace("按时更新", "每天更新")
    returned = tmp_path / "王主任改.docx"
    document.save(str(returned))

    open_draft(page)
    page.get_by_label("领导在 Word 里改过").set_input_files(returned)
    page.get_by_role("button", name="看改了哪里").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("改了 1 处")
    page.get_by_role("button", name="写回打了勾的，重新出文件").click()
    expect(page.get_by_text("已经写回，重新出了文件")).to_be_visible()
    text = "".join(read_report(path).report.sections["overview"])
    assert "每天更新政府网站" in text


def test_the_countys_way(browser: Browser, tmp_path: Path) -> None:
    made = made_county(tmp_path, 24)
    with running_desk(tmp_path) as running:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(running.address)
        page.get_by_role("link", name="县（区）收件").click()
        page.get_by_role("button", name="看看谁交了、谁要改").click()
        expect(page.locator(".counts")).to_be_visible(timeout=120_000)
        for state, words in (("issued", "已签发"), ("faulty", "要改"), ("missing", "未交")):
            expect(page.locator(".counts")).to_contain_text(f"{words} {made.count(state)}")
        page.get_by_role("link", name="选哪一份").first.click()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="就用选的这一份").click()
        expect(page.locator(".counts")).to_contain_text("重复 0", timeout=60_000)
        context.close()


@pytest.mark.skipif(AXE is None and "CI" not in os.environ, reason="needs AXE_CORE")
def test_axe_finds_nothing_on_any_page(browser: Browser, desk: RunningDesk) -> None:
    lay_draft(desk)
    made_county(desk.folder, 24)
    assert AXE
    source = Path(AXE).read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(desk.address)
    found: dict[str, Any] = {}

    def audit(name: str) -> None:
        page.evaluate(source)
        if violations := page.evaluate(RUN_AXE):
            found[name] = violations
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{name}: too wide"] = True

    audit("home")
    open_draft(page)
    audit("finished")
    field(page, NATURAL).fill("999")
    expect(field(page, NATURAL)).to_have_attribute("data-mark", "error")
    audit("wrong")
    page.get_by_role("button", name="出送审稿").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("出送审稿")
    audit("result")
    page.goto(f"http://{desk.host}/county")
    audit("county")
    page.get_by_role("button", name="看看谁交了、谁要改").click()
    expect(page.locator(".counts")).to_be_visible(timeout=120_000)
    audit("board")
    page.goto(f"http://{desk.host}/nothing")
    audit("refused")
    context.close()
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)[:4000]
