"""Take the pictures of the documentation from the running program: `python tools/make_pictures.py`.

Needs the extra `test`, Chromium and LibreOffice. What a picture shows is made up on the spot.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
WINDOW = ViewportSize(width=1200, height=640)
TOWNS = ("石河", "柳沟", "白杨", "东泉", "西湖", "南台", "北园", "三道")


def main() -> None:
    """Make all pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        folder = Path(scratch)
        launched = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        _lay_report(folder)
        _lay_county(folder)
        desk = subprocess.Popen(
            [sys.executable, "-m", "docgen", "desk", "--no-browser"],
            cwd=folder, stdout=subprocess.PIPE, text=True)  # fmt: skip
        try:
            assert desk.stdout is not None
            address = desk.stdout.readline().strip()
            page = launched.new_page(viewport=WINDOW)
            page.goto(address)
            _show_finding(page)
            _show_board(page, f"http://{urlsplit(address).netloc}")
        finally:
            desk.terminate()
            desk.wait()

        _show_document(launched, folder)


def _run(folder: Path, *words: object) -> None:
    subprocess.run([sys.executable, "-m", "docgen", *map(str, words)], cwd=folder, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def _lay_report(folder: Path) -> None:
    (folder / "inputs").mkdir()
    shutil.copytree(PROJECT / "inputs" / "2024", folder / "inputs" / "2024")


def _lay_county(folder: Path) -> None:
    """Lay a roster and what came in: sound returns, a wrong one, one twice, one missing."""
    text = (PROJECT / "inputs" / "2024.json").read_text(encoding="utf-8")
    came = folder / "收件"
    came.mkdir()
    names = [f"乌苏市{town}镇人民政府" for town in TOWNS]
    rows = [f"{name},王{number},0992-60000{number:02}" for number, name in enumerate(names)]
    (folder / "名单.csv").write_text("\n".join(["机关名称,联系人,电话", *rows]), encoding="utf-8")

    for town in TOWNS[:-1]:
        report = json.loads(text.replace("甘河子", town))
        if town == TOWNS[0]:
            first, *_ = report["figures"]["requests"]
            report["figures"]["requests"][first]["natural"] = 3
        path = came / f"{town}镇.json"
        path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    (came / f"{TOWNS[1]}镇 照片.jpg").write_bytes(b"\xff\xd8\xff")
    report["figures"]["disclosure"]["licensing"] = {"decided": 1}
    (came / f"{TOWNS[-2]}镇 改.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")


def _show_finding(page: Page) -> None:
    """Show a wrong figure, with what is said of it beside it."""
    page.get_by_role("link", name="2024").first.click()
    cell = page.locator('td input:not(.total)[name*=".received."]').first
    cell.fill("3")
    page.locator("[data-mark=error]").first.wait_for()
    cell.scroll_into_view_if_needed()
    page.evaluate("window.scrollBy(0, 150)")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / "desk.png")


def _show_board(page: Page, address: str) -> None:
    """Show the county's board."""
    page.goto(f"{address}/county")
    page.get_by_role("button", name="看看谁交了").click()
    page.locator(".counts").wait_for(timeout=120_000)
    page.locator("h2").first.scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / "county.png")


def _show_document(launched: Browser, folder: Path) -> None:
    """Show two pages of the issued document."""
    _run(folder, "render", PROJECT / "inputs" / "2024.json", "-o", folder / "out", "--png")
    pages = sorted((folder / "out").glob("*-*.png"))
    shown = "".join(f'<img src="{one.as_uri()}" width="490" alt="">' for one in pages[:2])
    sheet = folder / "sheet.html"
    style = "margin:10px;background:#ddd;display:flex;gap:10px"
    sheet.write_text(f'<body style="{style}">{shown}', encoding="utf-8")
    page = launched.new_page(viewport=ViewportSize(width=1020, height=720))
    page.goto(sheet.as_uri())
    page.screenshot(path=PICTURES / "document.png")


if __name__ == "__main__":
    main()
