"""What hands do at the desk: paste, take back, two windows, reasons half typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import BROWSER, needs_browser
from county import sheets_of, unit_report
from desk import RunningDesk, running_desk
from desk_page import SLOW, field, wait_saved
from forms import FORM
from playwright.sync_api import Browser, Page, expect, sync_playwright
from processes import wait_for

from docgen.read import read_report

pytestmark = [pytest.mark.slow, needs_browser]

RECEIVED = [a for a in FORM.figures if a.startswith("requests.received.")][:6]
CARRIED = [a for a in FORM.figures if a.startswith("requests.carried_in.")][:6]
NATURAL = RECEIVED[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    folder = tmp_path / "inputs" / "2025"
    folder.mkdir(parents=True)
    for name, data in sheets_of(unit_report(1)).items():
        (folder / name).write_bytes(data)
    with running_desk(tmp_path) as running:
        yield running


@pytest.fixture
def page(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Open the one report at the desk."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.set_default_timeout(SLOW)
    opened.goto(desk.address)
    opened.get_by_role("link", name="2025").first.click()
    opened.locator("html.scripted").wait_for()
    yield opened
    context.close()


def figures_of(desk: RunningDesk) -> dict[str, object]:
    return dict(read_report(desk.folder / "inputs" / "2025").report.figures)


def paste(page: Page, address: str, text: str) -> None:
    field(page, address).focus()
    page.evaluate(
        """([id, text]) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.getElementById(id).dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [f"at:{address}", text],
    )


def test_a_paste_is_taken_back_whole(desk: RunningDesk, page: Page) -> None:
    """Ctrl+Z restores every cell of it, then what was typed before it; nothing else moves."""
    before = figures_of(desk)
    prose = field(page, "sections.overview")
    text = prose.input_value()
    prose.press_sequentially("甲")
    wait_saved(page)
    paste(page, NATURAL, "\t".join("123456") + "\n" + "\t".join("654321"))
    expect(page.locator("#notice")).to_contain_text("粘贴了 12 格")
    assert figures_of(desk) != before

    page.keyboard.press("Control+z")
    expect(page.locator("#notice")).to_contain_text("已撤销粘贴：")
    assert figures_of(desk) == before
    page.keyboard.press("Control+z")
    expect(page.locator("#notice")).to_contain_text("已撤销：")
    assert prose.input_value() == text
    assert prose.evaluate("one => one === document.activeElement")
    page.keyboard.press("Control+z")  # nothing is left to take back
    page.wait_for_timeout(300)
    assert figures_of(desk) == before

    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    expect(page.locator("#notice")).to_contain_text("又做了一遍粘贴：")
    page.get_by_role("button", name="知道了").click()
    assert [figures_of(desk)[one] for one in RECEIVED] == [1, 2, 3, 4, 5, 6]


def test_what_was_typed_is_taken_back_in_its_own_cell(desk: RunningDesk, page: Page) -> None:
    before = field(page, NATURAL).input_value()
    other = field(page, CARRIED[1]).input_value()
    field(page, CARRIED[1]).fill("77")
    wait_saved(page)
    field(page, NATURAL).select_text()
    page.keyboard.type("41")
    page.keyboard.press("Control+z")
    assert field(page, NATURAL).input_value() == before
    assert field(page, CARRIED[1]).input_value() == "77"
    page.keyboard.press("Control+z")
    assert field(page, CARRIED[1]).input_value() == other
    expect(page.locator("#notice")).to_contain_text("已撤销：")
    wait_saved(page)
    assert str(figures_of(desk)[CARRIED[1]]) == other


def test_labels_and_heads_of_a_block_are_left_off(desk: RunningDesk, page: Page) -> None:
    rows = [["", "自然人", "法人"], ["一、本年新收", *"123456"], ["二、上年结转", *"654321"]]
    paste(page, NATURAL, "\n".join("\t".join(row) for row in rows))
    notice = page.locator("#notice")
    expect(notice).to_contain_text("粘贴了 12 格")
    expect(notice).to_contain_text(f"从“{FORM.cells[NATURAL].label}”起")
    expect(notice).to_contain_text("左边 1 列名称和上面 1 行表头没有贴")
    got = figures_of(desk)
    assert [got[one] for one in (*RECEIVED, *CARRIED)] == [1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1]

    notice.get_by_role("button", name="撤销").click()
    expect(notice).to_contain_text("已撤销粘贴")


def test_a_block_that_does_not_fit_is_not_pasted(desk: RunningDesk, page: Page) -> None:
    before = figures_of(desk)
    paste(page, RECEIVED[4], "\t".join("123456789"))
    notice = page.locator("#notice")
    expect(notice).to_contain_text("没有粘贴")
    page.wait_for_timeout(300)
    assert figures_of(desk) == before
    notice.get_by_role("button", name="仍然从这一格粘贴").click()
    expect(notice).to_contain_text("粘贴了 3 格")
    expect(notice).to_contain_text("有 6 个值没有格子可放")
    assert [figures_of(desk)[one] for one in RECEIVED[4:6]] == [1, 2]


def test_a_refused_value_is_sent_only_when_it_is_meant(desk: RunningDesk, page: Page) -> None:
    """Another window was first: editing another cell leaves its value alone."""
    other = page.context.new_page()
    other.set_default_timeout(SLOW)
    other.goto(page.url)
    other.locator("html.scripted").wait_for()
    for refused, number in enumerate((NATURAL, RECEIVED[1]), start=1):
        field(page, number).fill("41")
        wait_saved(page)
        field(other, number).fill("42")
        expect(other.locator(".clash")).to_have_count(refused)
        expect(other.locator("#saved")).to_contain_text("刚在别处改成“41”")
    field(other, CARRIED[1]).fill("77")
    expect(other.locator("#saved")).to_contain_text("有 2 处没有保存")
    got = figures_of(desk)
    assert [got[one] for one in (NATURAL, RECEIVED[1], CARRIED[1])] == [41, 41, 77]

    other.get_by_role("button", name="出送审稿").click()  # not with a value that is open
    expect(other.locator("#notice")).to_contain_text("没有保存")
    clash = other.locator(".clash")
    expect(clash.first).to_contain_text("您填的是“42”，文件里是“41”")
    clash.first.get_by_role("button", name="用我的").click()
    expect(clash).to_have_count(1)
    clash.first.get_by_role("button", name="用文件里的").click()
    expect(other.locator("#saved")).to_contain_text(re.compile("用了文件里的|已保存"))
    assert field(other, RECEIVED[1]).input_value() == "41"
    wait_for(lambda: [figures_of(desk)[one] for one in (NATURAL, RECEIVED[1])] == [42, 41])


def test_a_reason_half_typed_stays(page: Page) -> None:
    """Another cell is edited: what is open stays open, with what was typed there."""
    text = field(page, "sections.overview")
    text.fill(text.input_value() + "\n群众满意，见附件xx。")
    waive = page.locator(".finding", has_text="xx").locator(".waive")
    waive.locator("summary").click()
    waive.get_by_label("为什么不用改").fill("照原件写")
    right = field(page, NATURAL).input_value()
    field(page, NATURAL).fill(f"{int(right) + 7}")
    expect(page.locator("#findings")).to_contain_text("相差 7")
    expect(waive.get_by_label("为什么不用改")).to_have_value("照原件写")
    expect(waive).to_have_attribute("open", "")

    waive.get_by_role("button", name="放过这一处").click()  # nobody is named
    expect(page.locator("#notice")).to_contain_text("没有放过：先写“谁同意的”")
    expect(waive.get_by_label("为什么不用改")).to_have_value("照原件写")
    waive.get_by_label("谁同意的").press_sequentially("王主任")
    field(page, NATURAL).fill(right)
    expect(page.locator("#findings")).not_to_contain_text("相差 7")
    waive.get_by_role("button", name="放过这一处").click()
    expect(page.locator(".passed")).to_contain_text("王主任")


def test_a_click_is_not_lost_while_it_saves(page: Page) -> None:
    """The button goes down, what is wrong comes anew, the button goes up: it was pressed."""
    right = field(page, NATURAL).input_value()
    field(page, NATURAL).fill(f"{int(right) + 7}")
    offer = page.get_by_role("button", name=re.compile(f"改成 {right}$")).first
    offer.hover()
    page.mouse.down()
    field(page, "body.short_name").evaluate(
        "one => { one.value += '甲'; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    wait_saved(page)
    page.wait_for_timeout(500)
    page.mouse.up()
    expect(field(page, NATURAL)).to_have_value(right)


def test_tab_goes_from_field_to_field(page: Page) -> None:
    """Never onto the frame around a table, where what is typed is lost."""
    field(page, "signature.date").focus()
    reached = ""
    for _ in range(400):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") != "scroll"
        reached = page.evaluate("document.activeElement.id")
        if reached == f"at:{NATURAL}":
            break
    assert reached == f"at:{NATURAL}"
