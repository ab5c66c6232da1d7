"""What a clerk does besides typing figures: rows, waivers, pages to look at, scripts off."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import BROWSER, needs_browser
from county import sheets_of, unit_report
from desk import RunningDesk, running_desk
from desk_page import SLOW, field, wait_saved
from door import DATA, INPUTS, Docgen
from forms import FORM
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from processes import wait_for
from proofs import needs_office
from toy import TOY

from docgen.blank import blank_report, write_blank
from docgen.forms import loader
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


@pytest.fixture(autouse=True)
def _forms() -> Iterator[None]:
    """Have the forms of the tests at hand here, as the desk has them in its folder."""
    before = loader.folders_used()
    loader.use_folders([DATA / "forms"])
    yield
    loader.use_folders(before)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    shutil.copytree(DATA / "forms", tmp_path / "forms")
    with running_desk(tmp_path) as running:
        yield running


def opened(context: BrowserContext, desk: RunningDesk) -> Page:
    page = context.new_page()
    page.set_default_timeout(SLOW)
    page.goto(desk.address)
    return page


@pytest.fixture
def page(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    yield opened(context, desk)
    context.close()


@pytest.fixture
def plain(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Open the desk in a browser whose scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    yield opened(context, desk)
    context.close()


def lay_sound(desk: RunningDesk) -> Path:
    folder = desk.folder / "inputs" / "2025"
    folder.mkdir(parents=True)
    for name, data in sheets_of(unit_report(1)).items():
        (folder / name).write_bytes(data)
    return folder


def lay_toy(desk: RunningDesk, *, workbook: bool = False) -> Path:
    """Lay an untouched blank of the form that has rows for units."""
    report = blank_report(TOY, 2025, "石河乡图书室")
    made = write_blank(TOY, report, desk.folder / "inputs", workbook=workbook)[0]
    return made if workbook else made.parent


def open_draft(page: Page, *, scripts: bool = True) -> None:
    page.goto(page.url.split("?")[0])
    page.locator("main th a").first.click()
    expect(page.locator("#state")).to_be_visible(timeout=SLOW)
    if scripts:
        page.locator("html.scripted").wait_for()


def test_rows_for_each_unit(desk: RunningDesk, page: Page) -> None:
    path = lay_toy(desk)
    open_draft(page)
    for count, name in enumerate(("城东分馆", "城西分馆", "河口分馆"), start=1):
        page.get_by_label("再加一行").fill(name)
        page.keyboard.press("Enter")
        expect(page.locator("input.unit")).to_have_count(count, timeout=SLOW)
        page.locator("html.scripted").wait_for()

    field(page, "branches.unit2").fill("城南分馆")
    wait_saved(page)
    filled = page.locator("input[id^='at:branches.unit1.']").first
    filled.fill("3")
    wait_saved(page)
    page.get_by_role("button", name="删去“城东分馆”这一行").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("“城东分馆”这一行已经填了 1 格")
    assert len(read_report(path).report.units["branches"]) == 3
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="是，就这样做").click()
    expect(page.locator("input.unit")).to_have_count(2, timeout=SLOW)
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("input.unit")).to_have_count(3, timeout=SLOW)
    expect(page.locator("input[id^='at:branches.unit1.']").first).to_have_value("3")
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="删去“城东分馆”这一行").click()
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="是，就这样做").click()
    expect(page.locator("input.unit")).to_have_count(2, timeout=SLOW)
    assert read_report(path).report.units["branches"] == ("城南分馆", "河口分馆")

    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name=re.compile("^没有：")).click()
    expect(page.get_by_role("button", name="有这项业务，要填")).to_be_visible(timeout=SLOW)
    assert read_report(path).report.absent == ("fees",)


def test_choices_are_ticked(desk: RunningDesk, page: Page) -> None:
    path = lay_toy(desk, workbook=True)
    open_draft(page)
    boxes = page.locator("[data-for]")
    address = (boxes.first.get_attribute("data-for") or "").removeprefix("at:")
    boxes.nth(0).check()
    boxes.nth(2).check()
    wait_saved(page)
    expected = f"{boxes.nth(0).input_value()}、{boxes.nth(2).input_value()}"
    expect(field(page, address)).to_have_value(expected)
    page.wait_for_timeout(300)
    assert read_report(path).report.answers[address] == expected


def test_a_finding_is_let_through_and_is_told_so(desk: RunningDesk, page: Page) -> None:
    path = lay_sound(desk)
    open_draft(page)
    text = field(page, "sections.overview")
    text.fill(text.input_value() + "\n群众满意，见附件xx。")
    waive = page.locator(".waive").first
    waive.locator("summary").click(timeout=SLOW)
    waive.get_by_label("为什么不用改").fill("照原件写")
    waive.get_by_label("谁同意的").fill("王主任")
    waive.get_by_role("button", name="放过这一处").click()
    expect(page.locator(".passed")).to_contain_text("王主任", timeout=SLOW)
    expect(page.locator("#state")).to_contain_text("核对通过")
    [waiver] = read_report(path).report.waivers
    assert (waiver.reason, waiver.by) == ("照原件写", "王主任")

    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="撤去这一条").click()
    expect(page.locator("#state")).to_contain_text("处要改", timeout=SLOW)
    assert read_report(path).report.waivers == ()


def test_sentences_are_shown_as_they_will_be_printed(desk: RunningDesk, page: Page) -> None:
    lay_sound(desk)
    open_draft(page)
    text = field(page, "sections.overview")
    preview = page.locator('[data-preview="sections.overview"]')
    expect(preview).to_be_hidden()
    text.fill(text.input_value() + "\n全年新收【本年新收】件。")
    total = field(page, "requests.received.total")
    number = total.input_value() or total.get_attribute("placeholder")
    expect(preview).to_contain_text(f"全年新收{number}件", timeout=SLOW)


def test_last_years_text_is_taken_over(desk: RunningDesk, page: Page) -> None:
    """A file dropped on the first page begins the report of the year after."""
    page.locator("#file").set_input_files(INPUTS / "2024.json")
    page.get_by_role("button", name="开始填 2025 年度的").click()
    expect(page.locator("#state")).to_be_visible(timeout=SLOW)
    page.locator("html.scripted").wait_for()
    assert (desk.folder / "上年" / "2024.json").read_bytes() == (INPUTS / "2024.json").read_bytes()
    last = read_report(INPUTS / "2024.json").report.sections["problems"]
    part = page.locator("section.prose").filter(has=field(page, "sections.problems"))
    part.locator(".before summary").click()
    part.get_by_role("button", name="照抄下来再改").click()
    wait_saved(page)
    assert field(page, "sections.problems").input_value() == "\n".join(last)

    ready = field(page, "sections.overview")  # what came with the blank gives way
    assert "【" in ready.input_value()
    part = page.locator("section.prose").filter(has=ready)
    part.locator(".before summary").click()
    part.get_by_role("button", name="照抄下来再改").click()
    whole = "\n".join(read_report(INPUTS / "2024.json").report.sections["overview"])
    assert ready.input_value() == whole
    page.keyboard.press("Control+z")
    assert "【" in ready.input_value()
    wait_saved(page)


def test_a_workbook_that_came_is_filled_in_as_it_is(desk: RunningDesk, page: Page) -> None:
    data = (INPUTS / "2024.xlsx").read_bytes()
    page.evaluate(
        """([name, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], name));
          for (const kind of ["dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(kind,
              { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        ["甲镇的表.xlsx", list(data)],
    )
    page.get_by_role("button", name=re.compile("^接着填")).click()
    expect(page.locator("#state")).to_be_visible(timeout=SLOW)
    assert (desk.folder / "inputs" / "甲镇的表.xlsx").read_bytes() == data
    assert (desk.folder / "交来的" / "甲镇的表.xlsx").read_bytes() == data


def test_questions_of_an_imported_report(desk: RunningDesk, page: Page, tmp_path: Path) -> None:
    """What its reader could not prove is asked on the page, and answered with one click."""
    tree = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    tree["unconfirmed"] = [{"question": "表三合计对不上，原件就是这样吗"}]
    source = tmp_path / "asked.json"
    source.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    page.locator("#file").set_input_files(source)
    page.get_by_role("button", name=re.compile("^接着填")).click()
    expect(page.locator(".question")).to_have_count(1, timeout=SLOW)
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="是，看过了").click()
    expect(page.locator("#state")).to_contain_text("核对通过", timeout=SLOW)
    [folder] = [path for path in (desk.folder / "inputs").iterdir() if path.is_dir()]
    assert [one.answer for one in read_report(folder).report.unconfirmed] == ["是"]


def test_scripts_off(desk: RunningDesk, plain: Page, docgen: Docgen) -> None:
    """Fill, save, take an offer, add nothing by Enter, issue: forms are enough."""
    path = lay_sound(desk)
    open_draft(plain, scripts=False)
    right = field(plain, NATURAL).input_value()
    field(plain, NATURAL).fill(f"{int(right) + 7}")
    plain.get_by_role("button", name="保存并核对").first.click()
    expect(field(plain, NATURAL)).to_have_attribute("data-mark", "error")
    assert read_report(path).report.figures[NATURAL] == int(right) + 7

    plain.get_by_role("button", name=re.compile(f"改成 {right}$")).first.click()
    expect(plain.locator("#state")).to_contain_text("核对通过")
    assert read_report(path).report.figures[NATURAL] == int(right)
    field(plain, "body.short_name").fill("一镇")
    field(plain, "body.short_name").press("Enter")
    expect(plain.locator("#state")).to_contain_text("核对通过")

    plain.get_by_role("button", name="正式出文件").click()
    expect(plain.get_by_role("heading", name="正式出文件：好了")).to_be_visible(timeout=SLOW)
    assert docgen("verify", desk.folder / "outputs" / "2025.docx").code == 0


def test_scripts_off_rows(desk: RunningDesk, plain: Page) -> None:
    path = lay_toy(desk)
    open_draft(plain, scripts=False)
    field(plain, "body.short_name").fill("图书室")
    plain.get_by_label("再加一行").fill("城东分馆")
    plain.get_by_role("button", name="加一行").click()
    expect(plain.locator("input.unit")).to_have_count(1)
    report = read_report(path).report
    assert report.units["branches"] == ("城东分馆",)
    assert report.body.short_name == "图书室"  # what else was typed is saved along


def test_what_is_blank_is_zero_once_it_is_said_so(desk: RunningDesk, plain: Page) -> None:
    """The question names how many; one click takes all of it back."""
    path = desk.folder / "inputs" / "2025"
    report = blank_report(FORM, 2025, "石河乡人民政府")
    path.mkdir(parents=True)
    for one in write_blank(FORM, report, desk.folder / "made", workbook=False):
        shutil.move(one, path / one.name)
    open_draft(plain, scripts=False)
    field(plain, NATURAL).fill("7")
    plain.get_by_role("button", name="空着的都填 0").last.click()
    asked = plain.get_by_role("alertdialog")
    expect(asked).to_contain_text(re.compile(r"里还空着 \d+ 格，都填 0 吗"))
    before = read_report(path).report.figures
    assert before[NATURAL] == 7  # what else was typed is saved along
    asked.get_by_role("button", name="是，就这样做").click()
    expect(plain.locator("#last-done")).to_contain_text("格都填了 0")
    after = read_report(path).report.figures
    assert len(after) > len(before)
    assert {after[one] for one in after.keys() - before.keys()} == {0}
    plain.get_by_role("button", name="撤销").click()
    expect(plain.locator("#last-done")).to_have_count(0)
    assert read_report(path).report.figures == before


@needs_office
def test_the_pages_are_shown_and_the_work_can_be_stopped(desk: RunningDesk, page: Page) -> None:
    lay_sound(desk)
    open_draft(page)
    page.get_by_role("button", name="看版面").click()
    page.get_by_role("button", name="停下").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("停下了", timeout=SLOW)
    assert not list((desk.folder / "outputs").glob("*.png"))

    page.get_by_role("link", name="回到报告").click()
    page.locator("html.scripted").wait_for()
    page.get_by_role("button", name="看版面").click()
    shown = page.locator(".sheets img")
    expect(shown.first).to_be_visible(timeout=120_000)
    wait_for(lambda: shown.first.evaluate("one => one.complete && one.naturalWidth") > 300)


def test_no_command_and_no_path_is_told(desk: RunningDesk, page: Page) -> None:
    """What a button says is in the office's words: no code, no option, no folder above."""
    path = lay_sound(desk)
    for button in ("用印审批单", "核验", "出送审稿", "正式出文件", "用印审批单", "核验"):
        open_draft(page)
        page.get_by_role("button", name=button, exact=True).click()
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(re.compile("好了|没有成"), timeout=SLOW)
        text = page.locator("main").inner_text()
        assert str(desk.folder) not in text
        assert not re.search(r"docgen |--[a-z]|\b[A-Z]\d{3}\b|Traceback", text), text
        page.goto(f"http://{desk.host}/")
    assert path.is_dir()


@pytest.mark.skipif(AXE is None and "CI" not in os.environ, reason="needs AXE_CORE")
def test_axe_and_width_on_the_clerks_pages(desk: RunningDesk, page: Page) -> None:
    """No violation, nothing wider than the window, at 100 % and at 150 %."""
    assert AXE
    source = Path(AXE).read_text(encoding="utf-8")
    found: dict[str, Any] = {}

    def audit(name: str) -> None:
        for width, height in ((1366, 768), (910, 512)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(source)
            if violations := page.evaluate(RUN_AXE):
                found[f"{name} {width}"] = violations
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"{name} {width}: too wide"] = True
        page.set_viewport_size({"width": 1366, "height": 768})

    lay_toy(desk)
    open_draft(page)
    audit("empty")
    page.get_by_label("再加一行").fill("城东分馆")
    page.keyboard.press("Enter")
    expect(page.locator("input.unit")).to_have_count(1, timeout=SLOW)
    audit("with a row")
    page.get_by_role("button", name="正式出文件").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有成", timeout=SLOW)
    audit("refused")
    page.goto(f"http://{desk.host}/")
    audit("home")
    page.locator("#file").set_input_files(INPUTS / "2024.xlsx")
    expect(page.get_by_role("button", name=re.compile("^接着填"))).to_be_visible(timeout=SLOW)
    audit("handed in")
    page.get_by_role("button", name=re.compile("^接着填")).click()
    page.locator("html.scripted").wait_for()
    text = field(page, "sections.overview")
    text.fill(text.input_value() + "\n群众满意，见附件xx。")
    page.locator(".waive summary").first.click(timeout=SLOW)
    audit("waiver")
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)[:4000]
