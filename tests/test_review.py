"""`docgen check --report`: page, workbook and JSON; what ran, what could not and why."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, Docgen, write_json
from forms import FORMS
from reviews import spoil

from docgen.check import coverage
from docgen.check.needs import OF_BESIDE, OF_BOTH, OF_REPORT, OF_RULE
from docgen.check.rules.previous import NOT_JUDGED
from docgen.codes import CODES
from docgen.read import read_report
from docgen.registry import EVERY_CODE

HOSTILE = "<script>alert(1)</script><img src=x>"


class Page(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def faulty(csv_folder: Path) -> Path:
    """`2024/` with a sum that does not hold, and a sentence of another year over two lines."""
    spoil(csv_folder, "表二 申请办理.csv", "（一）予以公开,,0,0", "（一）予以公开,,0,7")
    spoil(csv_folder, "正文.csv", "2024年，我镇", '"2023年，\n我镇')
    rest = (csv_folder / "正文.csv").read_text(encoding="utf-8-sig")
    line = next(line for line in rest.splitlines() if line.startswith("我镇"))
    spoil(csv_folder, "正文.csv", line, f'{line}"')
    return csv_folder


def test_page_says_where_what_and_how_to_mend(docgen: Docgen, faulty: Path) -> None:
    run = docgen("check", faulty, "--report", "结果.html")
    assert run.code == 1
    assert run.out == "结果.html\n"
    page = Page(Path("结果.html"))
    rule = FORMS["disclosure-2021"].rules["E302"]
    assert f"{rule.code} {rule.name}（1 处）" in page.text
    assert f"依据：{rule.basis}" in page.text
    assert "E6（（一）予以公开·商业企业）应为 0，现为 7" in page.text
    assert "多半应把 表二 申请办理.csv E6 由 7 改为 0" in page.text
    assert "未通过（2 个错误，1 个警告，" in page.text
    assert "E711 上年结转与上年年报不同" in page.text.partition("没有查或没有查全的规则")[2]
    clean = page.text.partition("查了、没有发现问题的规则")[2].partition("没有查或没有查全")[0]
    assert "E301 收办不平" in clean
    assert "E302" not in clean
    assert "E711" not in clean


def test_page_of_many_has_the_verdict_of_each(docgen: Docgen, faulty: Path) -> None:
    run = docgen("check", faulty, INPUTS / "2024.json", "没有.json", "--report", "a.html")
    assert run.code == 3
    page = Page(Path("a.html"))
    assert page.tags.count("section") == 3
    verdicts = page.text.partition("发现")[2].partition("未通过（")[0]
    assert [word for word in ("未通过", "通过", "读不了") if word in verdicts] == [
        "未通过",
        "通过",
        "读不了",
    ]
    assert "X301 找不到输入" in page.text


def test_hostile_text_is_text(docgen: Docgen, reference: dict[str, Any]) -> None:
    reference["sections"]["overview"].append(f"2023年{HOSTILE}XX。")
    reference["body"]["name"] = f"甘河子镇{HOSTILE}"
    reference["title"] = "\u202e倒着的标题"
    reference["signature"]["name"] = "\uffff坏字"
    Path("<b>a.json").write_text(json.dumps({**reference, "<i>": 1}), encoding="ascii")
    assert docgen("check", "<b>a.json", "--report", "a.html").code == 1
    page = Page(Path("a.html"))
    assert not {"script", "img", "b", "i", "a", "link"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on") or name == "src"]
    assert f"…{HOSTILE}XX…" in page.text
    assert f"甘河子镇{HOSTILE}，2024 年度" in page.text
    assert "default-src 'none'" in Path("a.html").read_text(encoding="utf-8")


def test_json_is_what_the_line_says(docgen: Docgen, faulty: Path) -> None:
    run = docgen("check", faulty, INPUTS / "2024.xlsx", "--json", "--report", "a.json")
    written = json.loads(Path("a.json").read_text(encoding="utf-8"))
    assert [one.pop("exit_code") for one in written["inputs"]] == [1, 0]
    assert written["inputs"] == run.lines
    assert "E302" in run.lines[0]["rules_ran"]


def test_what_ran_and_what_could_not(docgen: Docgen, faulty: Path) -> None:
    spoil(faulty, "表二 申请办理.csv", "不计其他情形）,,0", "不计其他情形）,,")
    line = docgen("check", faulty, "--json").lines[0]
    why = {one["code"]: one["why"] for one in line["rules_not_run"]}
    assert why["E711"] == "没有与上年的报告核对"
    assert why["E302"] == "7 个合计里有 1 个缺数，没法核对"
    assert why["E303"] == "25 个合计里有 1 个缺数，没法核对"
    assert why["E511"] == "表里缺 1 个数，说到它们的句子没法对"
    assert why["E833"].startswith("没有填相邻机关")
    assert why["E102"] == "读取时已有错误，缺的数由那些错误说明"
    assert "E301" in line["rules_ran"]
    assert not set(why) & set(line["rules_ran"])


def test_with_last_year_its_rules_run(docgen: Docgen, reference: dict[str, Any]) -> None:
    before = {**reference, "year": 2023}
    now = write_json(Path("本年.json"), reference)
    line = docgen(
        "check", now, "--previous", write_json(Path("上年.json"), before), "--json"
    ).lines[0]
    assert {"E702", "E703", "E711", "E712", "E713", "E714", "E715", "E716"} <= {*line["rules_ran"]}
    before["form"] = reference["form"]
    before["year"] = 2022
    run = docgen("check", now, "--previous", write_json(Path("上年.json"), before), "--json")
    why = {one["code"]: one["why"] for one in run.lines[0]["rules_not_run"]}
    assert why["E711"] == "给的不是上一年的报告"


def test_the_last_line_counts_the_rules(docgen: Docgen) -> None:
    run = docgen("check", INPUTS / "2024.json", "--json")
    line = run.lines[0]
    found = {finding["code"] for finding in line["findings"]}
    last = docgen("check", INPUTS / "2024.json").err.splitlines()[-1]
    clean = len(set(line["rules_ran"]) - found)
    assert last.startswith(
        f"核对了 {len(found) + clean} 条规则，{len(found)} 条有话说；"
        f"另有 {len(line['rules_not_run'])} 条用不上或没查全（"
    )
    assert "JSON 没有行和列 14 条" in last


def test_every_rule_of_a_report_is_listed() -> None:
    """No rule that a check can report is missing from what ran and what could not."""
    own = {*FORMS["disclosure-2021"].rules}
    every = {code for code in CODES if code[0] in "RE"} | own
    for name in ("2024.json", "2024.xlsx", "2024"):
        covered = coverage.cover(read_report(INPUTS / name), None)
        listed = [*covered.ran, *dict(covered.not_run)]
        assert len(listed) == len(set(listed))
        assert every - set(listed) == {NOT_JUDGED.code}
    unread = coverage.none_ran("读不了")  # whose form is not known
    assert set(dict(unread.not_run)) == set(listed) - own


@pytest.mark.parametrize("kind", ["html", "xlsx", "json"])
def test_same_outcome_same_bytes(docgen: Docgen, faulty: Path, kind: str) -> None:
    docgen("check", faulty, "--report", f"a.{kind}", "--report", f"b.{kind}")
    docgen("check", faulty, "--report", f"c.{kind}")
    one, other, third = (Path(f"{name}.{kind}").read_bytes() for name in "abc")
    assert one == other == third


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2024", "--report", "a.pdf"), 2, "不是 .html、.xlsx、.json 文件"),
        (("2024", "--report", "a"), 2, "不是 .html、.xlsx、.json 文件"),
        (("a.json", "--report", "a.json", "--force"), 2, "就是一份输入"),
        (("2024", "--previous", "a.json", "--report", "./a.json", "--force"), 2, "就是上年的输入"),
        (("2024", "a.json", "--report", "b.xlsx"), 2, "一次只能核对一份"),
        (("2024", "--report", "2024/b.xlsx"), 2, "会被当成一份报告"),
        (("2024", "--report", "b.html", "--report", "旧.html"), 5, "不覆盖|没有动它"),
        (("2024", "--report", "b.html", "--report", "旧.html/a.json"), 5, "写不了"),
    ],
)
def test_refused_reports_write_nothing(
    docgen: Docgen, faulty: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    write_json(Path("a.json"), json.loads((INPUTS / "2024.json").read_text(encoding="utf-8")))
    Path("旧.html").write_text("旧的", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    run = docgen("check", *words)
    assert run.code == code
    assert re.search(said, run.err)
    assert before == {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert faulty.is_dir()


def test_force_overwrites(docgen: Docgen, faulty: Path) -> None:
    Path("旧.html").write_text("旧的", encoding="utf-8")
    assert docgen("check", faulty, "--report", "旧.html", "--force").code == 1
    assert "E302" in Path("旧.html").read_text(encoding="utf-8")
    assert not list(Path().glob("*.part"))


def test_every_rule_that_could_not_run_has_its_name(docgen: Docgen, faulty: Path) -> None:
    for one in docgen("check", faulty, "--json").lines[0]["rules_not_run"]:
        assert EVERY_CODE[one["code"]].name == one["name"]


def test_every_rule_of_a_report_has_needs_that_are_known() -> None:
    """A rule without needs would be missing from what ran; only E701 speaks of others."""
    known = {*OF_REPORT, *OF_RULE, *OF_BOTH, *OF_BESIDE}
    for code, declared in EVERY_CODE.items():
        assert {*declared.needs} <= known, code
        of_report = code[0] in "RE" or declared.form
        assert bool(declared.needs) == (bool(of_report) and code != NOT_JUDGED.code), code
