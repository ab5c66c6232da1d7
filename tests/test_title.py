"""Long titles: broken by sense, never inside a name (GB/T 9704—2012 7.3.1)."""

from pathlib import Path
from typing import Any

import docx
import pytest
from busy import said
from door import Docgen, write_json
from hypothesis import given
from hypothesis import strategies as st

from docgen.prose.title import LINE, break_title, unbroken

_SUBJECTS = ("政府信息公开", "信息公开")

# Names with the characters that end units in them are among each kind.
_WIDE = ("新疆维吾尔自治区", "江西省", "广西壮族自治区", "")
_CITIES = (
    *("乌苏市", "景德镇市", "新乡市", "镇江市", "津市市", "呼和浩特市"),
    *("临夏回族自治州", "塔城地区", ""),
)
_COUNTIES = (
    *("沭阳县", "市中区", "沙市区", "市南区", "佳县", "东乡族自治县"),
    *("西乡塘区", "镇原县", "阿拉善左旗", "鄂温克族自治旗", ""),
)
_TOWNS = ("甘河子镇", "古镇镇", "柳市镇", "八十四户乡", "南屏瑶族乡", "文昌阁乡")
_STREETS = ("安镇街道办事处", "西乡街道办事处", "市桥街道办事处", "北街街道办事处")
_OFFICES = (
    *("市场监督管理局", "住房和城乡建设局", "乡村振兴局"),
    *("发展和改革委员会", "城市管理局", "教育局"),
)
_TAILS = (
    ("2024年", "政府信息公开", "工作", "年度报告"),
    ("政府信息公开", "工作", "2024年度报告"),
    ("关于2024年度", "政府信息公开", "工作", "年度报告"),
    ("二〇二四年", "政府信息公开", "工作", "年度报告"),
)

_PLACES = st.tuples(*map(st.sampled_from, (_WIDE, _CITIES, _COUNTIES)))
_BODIES = st.one_of(
    st.tuples(st.sampled_from(_TOWNS), st.just("人民政府")),
    st.just(("人民政府", "办公室")),
    st.tuples(st.sampled_from(_STREETS)),
    st.tuples(st.sampled_from(_OFFICES)),
)


def _width(line: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else 0.5 for character in line)


@given(places=_PLACES, body=_BODIES, tail=st.sampled_from(_TAILS))
def test_lines_end_between_units_and_phrases(
    places: tuple[str, ...], body: tuple[str, ...], tail: tuple[str, ...]
) -> None:
    pieces = [*filter(None, places), *body, *tail]
    title = "".join(pieces)
    lines = break_title(title, _SUBJECTS).split("\n")
    assert "".join(lines) == title
    assert unbroken(title, _SUBJECTS) == [line for line in lines if _width(line) > LINE]
    ends = {len("".join(pieces[:count])) for count in range(len(pieces))}
    at = 0
    for line in lines[:-1]:
        at += len(line)
        assert at in ends, lines


@given(
    places=_PLACES.filter(lambda names: 0 < len("".join(names)) < 12),
    body=_BODIES,
    tail=st.sampled_from(_TAILS),
)
def test_a_title_of_a_usual_name_is_broken_into_short_lines(
    places: tuple[str, ...], body: tuple[str, ...], tail: tuple[str, ...]
) -> None:
    title = "".join((*places, *body, *tail))
    assert not unbroken(title, _SUBJECTS)
    assert all(_width(line) <= LINE for line in break_title(title, _SUBJECTS).split("\n"))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("甘河子镇政府信息公开工作2024年度报告", None),
        ("乌苏市甘河子镇人民政府政府信息公开工作2024年度报告",
         "乌苏市甘河子镇人民政府|政府信息公开工作2024年度报告"),
        ("鹰潭市市场监督管理局2024年政府信息公开工作年度报告",
         "鹰潭市市场监督管理局|2024年政府信息公开工作年度报告"),
        # as wide as the second line it would make an oblong
        ("麻阳苗族自治县文昌阁乡人民政府2024年政府信息公开工作年度报告",
         "麻阳苗族自治县文昌阁乡人民政府2024年|政府信息公开工作年度报告"),
        ("广西壮族自治区防城港市上思县南屏瑶族乡人民政府2024年政府信息公开工作年度报告",
         "广西壮族自治区防城港市|上思县南屏瑶族乡人民政府|2024年政府信息公开工作年度报告"),
        ("甘河子镇\n2024年度报告", "甘河子镇|2024年度报告"),
        ("某市人民政府关于政府信息\n公开工作2024年度报告",
         "某市人民政府关于政府信息|公开工作2024年度报告"),
    ],
)  # fmt: skip
def test_the_document_has_the_title_in_lines(
    docgen: Docgen, folder: Path, reference: dict[str, Any], title: str, lines: str | None
) -> None:
    """The user's own line breaks stay; the page for the portal has no others."""
    reference["title"] = title
    run = docgen("render", write_json(folder / "a.json", reference), "--html")
    assert run.code == 0
    printed = docx.Document(str(folder / "outputs" / "a.docx")).paragraphs[0].text
    assert printed == (lines or title).replace("|", "\n")
    heading = title.replace("\n", "<br>")
    assert f"<h1>{heading}</h1>" in (folder / "outputs" / "a.html").read_text(encoding="utf-8")


def test_a_name_that_cannot_be_broken_is_told(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    name = "国家级高新技术产业示范基地综合服务中心筹备工作组"
    reference["title"] = f"{name}2024年政府信息公开工作年度报告"
    run = docgen("check", write_json(folder / "a.json", reference), "--json")
    [found] = said(run, "E403")
    assert name in found["message"]
    assert found["severity"] == "warning"


@given(st.text("信息公开工作年度报告省市县区乡镇街道人民政府2024关于甲乙", max_size=90))
def test_any_title_is_broken_without_loss_and_soon(title: str) -> None:
    assert break_title(title, _SUBJECTS).replace("\n", "") == title


def test_the_signature_is_broken_like_the_title(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Between units; it and the date are still the last two paragraphs."""
    reference["signature"]["name"] = "广西壮族自治区防城港市上思县南屏瑶族乡人民政府"
    assert docgen("render", write_json(folder / "a.json", reference), "--html").code == 0
    path = folder / "outputs" / "a.docx"
    name, date = (paragraph.text for paragraph in docx.Document(str(path)).paragraphs[-2:])
    assert name == "广西壮族自治区防城港市\n上思县南屏瑶族乡人民政府"
    assert date == "2025年1月20日"
    assert docgen("page", path, "--json").lines[0]["findings"] == []
