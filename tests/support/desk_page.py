"""The page of a report in a real browser: its fields, and when what was typed is in the file."""

from typing import Any

from playwright.sync_api import Page, expect
from processes import wait_for

#: Milliseconds that a page may take on a busy machine.
SLOW = 60_000
_UNSENT = """() => [...document.querySelectorAll("[name^='at:']")]
  .filter((one) => one.value !== one.dataset.was).length"""


def field(page: Page, address: str) -> Any:
    """The field of a figure, a fact or a section, by its address."""
    return page.locator(f'[id="at:{address}"]')


def wait_saved(page: Page) -> None:
    """Wait until the page says so and no field holds what was not sent yet."""
    wait_for(lambda: page.evaluate(_UNSENT) == 0)
    expect(page.locator("#saved")).to_contain_text("已保存", timeout=SLOW)
