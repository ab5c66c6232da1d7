"""The page and the open data say what the report says; whatever differs is seen."""

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from busy import busy_report
from door import INPUTS
from drawn import LINE, reports
from forms import FORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.finding import has_errors
from docgen.forms.form import Form
from docgen.forms.layout import label_of
from docgen.merge import expected_blocks
from docgen.model import Body, Report, Signature, print_number
from docgen.printing import print_signature, print_title
from docgen.publish.data import CSV, JSON, data_differences, read_data, write_data
from docgen.publish.fragment import write_fragment
from docgen.publish.html import write_html
from docgen.publish.html_back import read_html
from docgen.read import read_report
from docgen.word.blocks import differences

READING = read_report(INPUTS / "2024.json")
FORM, REFERENCE = READING.form, READING.report
BUSY = busy_report(REFERENCE)


def numbered(form: Form) -> Report:
    """A report of any form, no two of its figures alike."""
    figures = {a: number for number, a in enumerate(form.figures, start=10)}
    return Report(
        form=form.key,
        year=form.first_year,
        body=Body(name="某市人民政府", level="prefecture"),
        title="某市人民政府\n政府信息公开工作年度报告，这个标题长得要断行",
        sections={section.key: ("（一）只有标题", "正文。") for section in form.text_sections},
        figures=figures,
        signature=Signature(name="某市人民政府", date=REFERENCE.signature.date),
    )


@st.composite
def written(draw: st.DrawFn) -> Report:
    """A sound report with headings, spaces and what HTML might take for its own."""
    report = draw(reports())
    texts = st.sampled_from(
        [
            "（一）主要做法",
            "（二）监督保障情况。我镇  明确　分工。",
            "<p>x</p>",
            "</main></body><!--",
            "&amp;amp; &#x4e2d; &nbsp",
            "a\u00a0b",
            "<script>alert(1)</script>",
            "<br>",
        ]
    )
    more = tuple(draw(st.lists(texts | LINE, max_size=4)))
    sections = {key: (*more, *paragraphs) for key, paragraphs in report.sections.items()}
    return report.model_copy(update={"sections": sections, "preface": (*report.preface, *more)})


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(written())
def test_any_page_is_read_back(report: Report) -> None:
    data = write_html(FORM, report)
    assert read_html(data) == expected_blocks(FORM, report)
    assert data == write_html(FORM, report)
    assert b"<script" not in data


def without_braces(report: Report) -> Report:
    """A report as it is once read: braces in its texts are names that were replaced."""
    plain = str.maketrans("{}", "()")

    def texts(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text.translate(plain) for text in given)

    changes = {
        "title": (report.title or "").translate(plain),
        "preface": texts(report.preface),
        "sections": {key: texts(part) for key, part in report.sections.items()},
    }
    return report.model_copy(update=changes)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports().map(without_braces))
def test_any_data_are_read_back(report: Report) -> None:
    """Both files hold every figure digit for digit; docgen reads the JSON as the same report."""
    files = write_data(FORM, report)
    assert data_differences(FORM, report, files) == []
    assert read_data(files)[CSV] == {a: print_number(n) for a, n in report.figures.items()}
    assert files == write_data(FORM, report)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "2024.json"
        path.write_bytes(files[JSON])
        again = read_report(path)
    assert not has_errors(again.findings)
    assert again.report == report
    amount = "disclosure.fees.amount"
    assert print_number(again.report.figures[amount]) == print_number(report.figures[amount])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form(form: Form) -> None:
    """Nothing here knows a form: each is published and read back."""
    report = numbered(form)
    text = expected_blocks(form, report)[1:]
    signed = print_signature(report) if form.signed else ()  # a page's lines are its own
    expected = [print_title(report), *text[: len(text) - len(signed)], *signed]
    assert read_html(write_html(form, report)) == expected
    assert read_html(write_fragment(form, report)) == expected
    assert data_differences(form, report, write_data(form, report)) == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_fragment_says_its_own_looks(form: Form) -> None:
    """An editor drops classes, styles of a sheet and what it does not know."""
    tags = Tags(write_fragment(form, numbered(form))).tags
    known = {"p", "h2", "h3", "strong", "br", "table", "tbody", "tr", "td"}
    assert {tag for tag, _ in tags} <= known
    assert all("style" in given for tag, given in tags if tag in ("p", "h2", "h3", "table", "td"))
    assert not [given for _, given in tags if given.keys() & {"class", "id", "onclick"}]


class Tags(HTMLParser):
    """Every tag of a page with its attributes and, for a cell, its text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.cells.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cells:
            tag, attributes, text = self.cells[-1]
            self.cells[-1] = (tag, attributes, text + data.strip())


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_figure_names_all_its_heads(form: Form) -> None:
    """What a screen reader says before a figure: title, columns and rows, from the outside in."""
    cells = Tags(write_html(form, numbered(form))).cells
    heads = {str(attributes["id"]): text for tag, attributes, text in cells if tag == "th"}
    assert len(heads) == sum(tag == "th" for tag, _, _ in cells)
    figures = [attributes for tag, attributes, _ in cells if tag == "td"]
    in_tables = [cell for cell in form.cells.values() if cell.table.shape != "lines"]
    assert len(figures) == len(in_tables)
    for figure, attributes in zip(in_tables, figures, strict=True):
        said = [heads[name] for name in str(attributes["headers"]).split()]
        paths = (figure.column, figure.row)
        words = [figure.band.title]
        words += [
            label_of(figure.table, path[:depth], {})
            for path in paths
            for depth in range(1, len(path) + 1)
        ]
        assert said == [word for word in words if word]


def test_the_page_is_complete_in_itself() -> None:
    """Nothing is fetched or run; language, caption, parts and scopes are there; no id twice."""
    data = write_html(FORM, REFERENCE)
    tags = Tags(data).tags
    names = [tag for tag, _ in tags]
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & set(names)
    assert not any(
        key in ("src", "href", "srcset") or key[:2] == "on" for _, a in tags for key in a
    )
    assert b"url(" not in data
    assert b"@import" not in data
    assert ("html", {"lang": "zh-CN"}) in tags
    assert [names.count(tag) for tag in ("main", "h1", "h2", "h3", "table")] == [1, 1, 6, 2, 3]
    assert [names.count(tag) for tag in ("caption", "thead", "tbody")] == [3, 2, 6]
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(set(ids)) == len(ids)
    assert {a["scope"] for tag, a in tags if tag == "th"} == {"col", "row", "rowgroup"}


PAGE = write_html(FORM, BUSY).decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">190.457379<", ">190.46<"),
        ("<h2 id", "<p>多出的一段</p><h2 id"),
        ("</main>", "夹带的文字</main>"),
        ('rowspan="22"', 'rowspan="21"'),
        ('colspan="7"', 'colspan="6"'),
        ("我镇认真贯彻", "我镇贯彻"),
        ("</tr>\n<tr>", "</tr>\n<tr></tr>\n<tr>"),
        ("2025年1月20日", "2025年1月21日"),
        ("</td>", ""),
        ("</tr>\n<tr>", ""),
    ],
)
def test_a_page_that_differs_is_seen(old: str, new: str) -> None:
    assert old in PAGE
    changed = read_html(PAGE.replace(old, new, 1).encode())
    assert differences(expected_blocks(FORM, BUSY), changed)


def test_bytes_that_are_no_page() -> None:
    """Whatever is read, nothing is raised."""
    for data in (
        b"",
        b"\xff\xfe",
        b"<td rowspan=9 colspan=x>1<td>",
        b"</p></td></table>",
        b"<body>a",
    ):
        assert differences(expected_blocks(FORM, BUSY), read_html(data))


def rows(files: Mapping[str, bytes]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[CSV].decode("utf-8-sig"), newline="")))


def test_the_csv() -> None:
    """BOM, CRLF, a figure a row, its place in words, its unit."""
    data = write_data(FORM, BUSY)[CSV]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == len(FORM.figures) + 1
    head, *lines = rows({CSV: data})
    assert head == ["表", "行", "列", "地址", "数值", "单位"]
    assert [line[3] for line in lines] == list(FORM.figures)
    fee = next(line for line in lines if line[3] == "disclosure.fees.amount")
    assert fee[1:] == [
        "第二十条第（八）项 / 行政事业性收费",
        "本年收费金额（单位：万元）",
        "disclosure.fees.amount",
        "190.457379",
        "万元",
    ]
    secret = next(line for line in lines if line[3] == "requests.denied_secret.commercial")
    assert secret[:3] == [
        "表二 申请办理",
        "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密",
        "申请人情况 / 法人或其他组织 / 商业企业",
    ]
    assert secret[5] == "件"


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@x", "＝1", " =1", '",=1', "　-2"])
def test_no_spreadsheet_takes_a_label_for_a_formula(label: str) -> None:
    wording = {"requests.received": label, "requests.total": label}
    given = rows(write_data(FORM, BUSY.model_copy(update={"wording": wording})))
    cells = {cell for row in given for cell in row[:4]}
    assert not any(cell.strip().startswith(tuple("=+-@＝＋－＠")) for cell in cells)
    assert any(label in cell for cell in cells)


def test_data_that_differ_are_seen() -> None:
    files = write_data(FORM, BUSY)
    number = "190.457379"
    for name in (CSV, JSON):
        for other in ("190.45738", "190.4573790", "1.90457379e2"):
            data = files[name].replace(number.encode(), other.encode())
            (difference,) = data_differences(FORM, BUSY, {**files, name: data})
            assert (difference.expected, difference.actual) == (number, other)
            assert difference.where.endswith("本年收费金额（单位：万元）")
    tree = json.loads(files[JSON])
    del tree["figures"]["disputes"]["review"]["total"]
    tree["figures"]["disputes"]["review"]["more"] = 1
    found = data_differences(FORM, BUSY, {JSON: json.dumps(tree).encode()})
    assert {(d.where[8:], d.actual) for d in found} >= {("disputes.review.more", "1")}
    lines = files[CSV].splitlines(keepends=True)
    with pytest.raises(ValueError, match="twice"):
        read_data({CSV: b"".join([*lines, lines[-1]])})
    with pytest.raises(ValueError, match="columns"):
        read_data({CSV: b"a,b\r\n"})


def test_what_a_report_does_not_state_is_not_in_the_json() -> None:
    """No empty names, no wording of its own, nothing that is for docgen's checks alone."""
    figures = {**BUSY.figures, "disclosure.fees.amount": Decimal("1E+3")}
    body = BUSY.body.model_copy(update={"short_name": None})
    report = BUSY.model_copy(update={"body": body, "figures": figures, "preface": ()})
    text = write_data(FORM, report)[JSON].decode()
    tree = json.loads(text)
    assert set(tree["body"]) == {"name", "level"}
    assert not {"wording", "deadline", "neighbours"} & set(tree)
    assert tree["signature"]["date"] == "2025-01-20"
    assert '"amount": 1000\n' in text
