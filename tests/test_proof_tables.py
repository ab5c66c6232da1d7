"""Tables on their pages: whole, or broken where the form allows it, whatever text stands above."""

from pathlib import Path
from typing import Any

import pytest
from proofs import codes, document, needs_office

from docgen.layout import proof
from docgen.layout.printed import Page, read_pages
from docgen.layout.proof import Proof

pytestmark = [pytest.mark.slow, needs_office]

_HEAD = "申请人情况"


def _after(folder: Path, lines: int) -> bytes:
    """A report with so many lines of text in its first section."""

    def change(report: dict[str, Any]) -> None:
        report["preface"] = ["现将有关情况报告如下。"]
        report["sections"]["overview"] = ["我镇按时更新公开栏目。"] * lines

    return document(folder, change)


def _texts(found: tuple[Page, ...]) -> list[str]:
    return ["".join(character.text for character in page.characters) for page in found]


def _with(found: list[str], text: str) -> str:
    [page] = [page for page in found if text in page]
    return page


def _empty(page: Page) -> float:
    """How much of the type area is empty at its foot, of 1; the page number aside."""
    top, height = (length * 72 / 25.4 for length in (37, 225))
    ends = [character.bottom for character in page.characters]
    ends += [rule.bottom for rule in page.rules]
    return (top + height - max(end for end in ends if end < top + height + 6)) / height


def test_tables_stay_whole_after_any_text(tmp_path: Path) -> None:
    """A page of lines and a few more: every place on a page where a table can begin."""
    broken = 0
    for made in proof.make_proofs([_after(tmp_path, lines) for lines in range(1, 27)]):
        assert isinstance(made, Proof)
        assert codes(made) == []
        found = read_pages(made.pdf)
        texts = _texts(found)
        first = _with(texts, "第二十条第（一）项")
        assert "二、主动公开政府信息情况" in first
        assert "行政事业性收费" in first
        results = _with(texts, "（一）予以公开")
        assert _HEAD in results
        assert "四、结转下年度继续办理" in results
        begins = _with(texts, "一、本年新收政府信息公开申请数量")
        assert all(text in begins for text in (_HEAD, "三、收到和处理", "二、上年结转"))
        broken += begins != results
        assert max(_empty(page) for page in found[:-1]) < 0.5
    assert 0 < broken < 26  # some fill up the page of table one, some stand whole
