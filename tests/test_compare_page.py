"""The page of a comparison: complete in itself, everything escaped, never over another file."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from alike import compared, own, sentences, tree, write
from door import Docgen, write_json

VOID = {"meta", "br"}


class Page(HTMLParser):
    """The elements of a page; fails where they are not properly nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(path: str = "page.html") -> Page:
    """A page that was written."""
    return Page(Path(path).read_text(encoding="utf-8"))


def test_hostile_text_is_text(docgen: Docgen, folder: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'"
    texts = [f"{text}{evil}{text[:4]}" for text in sentences(4)]
    report = tree(texts, f"甲{evil}镇")
    report["signature"]["name"] = f"{evil}一"
    other = tree([*texts[:3], texts[3][:8] + "改" + texts[3][9:]], f"乙{evil}镇")
    for name in ("two", "many"):
        paths = [folder / name / f"{number}<b>.json" for number in range(2 + (name == "many"))]
        (folder / name).mkdir()
        for number, path in enumerate(paths):
            write_json(path, other if number else report)
        run = docgen("compare", name, "--html", "page.html", "--force")
        assert run.code == 1
        written = page()
        assert not {"script", "img", "b", "link", "iframe", "a"} & set(written.tags)
        assert not {"src", "href", "onerror", "onclick"} & written.names
        assert evil in written.text
        assert "0<b>.json" in written.text
        assert not re.search(r"url\(|@import|https?:", Path("page.html").read_text("utf-8"))


def test_control_characters_are_refused_at_reading(docgen: Docgen, folder: Path) -> None:
    texts = sentences(4)
    bad = tree(texts)
    bad["sections"]["overview"].append("这一段里有\x1b[31m控制字符，读的时候就不收")
    write_json(folder / "a\x1b[31m.json", bad)
    write_json(folder / "b.json", tree(texts))
    run = docgen("compare", folder / "a\x1b[31m.json", "b.json", "--html", "page.html")
    assert run.code == 1
    assert "读取时有 1 个错误，按读到的比" in run.out
    assert "\x1b" not in run.out + run.err + Path("page.html").read_text("utf-8")


def test_the_page_of_two(docgen: Docgen, folder: Path) -> None:
    texts = sentences(5)
    first, second = tree(texts), tree([*texts[:4], texts[4][:8] + "改了" + texts[4][10:]])
    second["figures"]["requests"]["granted"]["natural"] = 3
    write_json(folder / "a.json", first)
    write_json(folder / "b.json", second)
    run = docgen("compare", "a.json", "b.json", "--html", "page.html")
    assert run.out.splitlines()[-1] == "page.html"
    text = Path("page.html").read_text(encoding="utf-8")
    assert f"<del>{texts[4][8:10]}</del><ins>改了</ins>{texts[4][10:]}。</p>" in text
    assert "<td>requests.granted.natural</td>" in text
    assert page().text.count("requests.granted.natural") == 1
    assert "heat" not in {*re.findall(r'class="(\w+)"', text)}


def test_the_page_of_many(docgen: Docgen, folder: Path) -> None:
    a, b, c = own(10, 3)
    write(folder / "all", [a, a[:6] + b[:4], c])
    result = compared(docgen("compare", "all", "--json", "--html", "deep/page.html"))
    assert result["html"] == str(Path("deep", "page.html"))
    text = Path("deep/page.html").read_text(encoding="utf-8")
    assert re.findall(r'<td class="(h\d+(?: over)?)">([\d.]+%)', text) == [
        ("h6 over", "60%"),
        ("h0", "0%"),
        ("h6 over", "60%"),
        ("h0", "0%"),
        ("h0", "0%"),
        ("h0", "0%"),
    ]
    assert page("deep/page.html").tags.count("details") == 1
    assert all(f"{sentence}。" in text for sentence in a[:6])


def test_a_page_of_very_many_shows_the_likest(docgen: Docgen, folder: Path) -> None:
    texts = own(4, 65)
    texts[64] = texts[0]
    write(folder / "all", texts)
    docgen("compare", "all", "--html", "page.html")
    rows = re.findall(r'<th scope="row">(\d+)', Path("page.html").read_text("utf-8"))
    assert len(rows) == 60
    assert {"1", "65"} <= set(rows)


@pytest.mark.parametrize("old", [b"mine", b""])
def test_another_file_is_not_overwritten(docgen: Docgen, folder: Path, old: bytes) -> None:
    write(folder / "all", own(4, 2))
    target = folder / "page.html"
    target.write_bytes(old)
    run = docgen("compare", "all", "--html", target)
    assert (run.code, run.out, target.read_bytes()) == (5, "", old)
    assert "X501" in run.err
    assert docgen("compare", "all", "--html", target, "--force").code == 0
    assert b"<!DOCTYPE html>" in target.read_bytes()


def test_an_input_is_never_overwritten(docgen: Docgen, folder: Path) -> None:
    write(folder / "all", own(4, 2))
    target = folder / "all" / "000.json"
    before = target.read_bytes()
    run = docgen("compare", "all", "--html", target, "--force")
    assert (run.code, target.read_bytes()) == (2, before)
    assert "C103" in run.err


def test_a_page_that_cannot_be_written(docgen: Docgen, folder: Path) -> None:
    write(folder / "all", own(4, 2))
    run = docgen("compare", "all", "--html", folder / "all" / "000.json" / "page.html")
    assert (run.code, run.out) == (5, "")
    assert "X502" in run.err
