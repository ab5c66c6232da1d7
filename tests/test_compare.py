"""Two reports side by side: figures by address, text by sentence, shares exactly."""

from pathlib import Path

import pytest
from alike import Tree, compared, sentences, tree
from door import INPUTS, Docgen, write_json
from forms import FORMS
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.check.sentences import make_mask, read_sentences, split_sentences
from docgen.compare import ComparedReport, Comparison
from docgen.compare.redline import find_stretches, redline_texts
from docgen.read import read_report


def compare(docgen: Docgen, first: Tree, second: Tree, *words: object) -> tuple[int, Tree]:
    """Compare two reports; the exit code and the object of `--json`."""
    paths = [write_json(Path(name), each) for name, each in (("a.json", first), ("b.json", second))]
    run = docgen("compare", *paths, "--json", *words)
    return run.code, compared(run)


def kinds(result: Tree) -> list[str]:
    """What became of each sentence, in order."""
    return [each["kind"] for section in result["detail"]["sections"] for each in section["changes"]]


def test_a_report_and_itself(docgen: Docgen, folder: Path) -> None:
    copies = [folder / "a.json", folder / "b.json"]
    for copy in copies:
        copy.write_bytes((INPUTS / "2024.json").read_bytes())
    run = docgen("compare", *copies, "--json")
    result = compared(run)
    assert (run.code, result["matrix"]) == (1, [[1.0, 1.0], [1.0, 1.0]])
    assert set(kinds(result)) == {"kept"}
    detail = result["detail"]
    assert [detail[key] for key in ("facts", "figures", "only_first", "only_second")] == [[]] * 4
    assert (detail["kept_of_first"], detail["kept_of_second"]) == (1.0, 1.0)
    assert [each["near"] for each in result["pairs"][0]["sentences"]] == [1.0] * 15


def test_shares_are_exact(docgen: Docgen) -> None:
    ten, others = sentences(10), sentences(10, seed=2)
    code, result = compare(docgen, tree(ten), tree(ten[:4] + others[:4]))
    assert (code, result["matrix"]) == (0, [[1.0, 0.4], [0.5, 1.0]])  # half is not above half
    code, result = compare(docgen, tree(ten), tree(ten[:4] + others[:4]), "--threshold", "0.49")
    assert code == 1
    (pair,) = result["pairs"]
    assert (pair["share"], pair["of_first"], pair["of_second"]) == (0.5, 0.4, 0.5)
    assert [each["first"] for each in pair["sentences"]] == [f"{text}。" for text in ten[:4]]
    assert [each["counted"] for each in result["inputs"]] == [10, 8]


def test_two_alike_of_two_prove_nothing(docgen: Docgen) -> None:
    two = sentences(2)
    assert compare(docgen, tree(two), tree(two))[0] == 0
    three = sentences(3)
    assert compare(docgen, tree(three), tree(three))[0] == 1


def test_names_years_and_numbers_are_masked(docgen: Docgen) -> None:
    texts = [
        "{year}年，{place}把公开工作纳入年度考核，全年发布信息{count}条",
        "（{mark}）{own}明确由党政办牵头负责，{place}人民政府主要领导亲自过问",
        "{mark}是{district}{place}组织专题培训{count}次，参训干部比上年增加{count}.5%",
    ]
    first = {"year": 2024, "place": "甘河子镇", "own": "我镇", "count": 12, "mark": "一"}
    second = {"year": 2025, "place": "青山乡", "own": "本乡", "count": "３４", "mark": "三"}
    code, result = compare(
        docgen,
        tree([text.format(**first, district="乌苏市") for text in texts]),
        tree(
            [text.format(**second, district="伊宁县") for text in texts],
            "伊宁县青山乡人民政府",
            2025,
        ),
    )
    assert (code, result["matrix"][0][1]) == (1, 1.0)
    assert kinds(result) == ["renamed"] * 3
    assert {each["near"] for each in result["pairs"][0]["sentences"]} == {1.0}
    assert {each["leftover"] for each in result["pairs"][0]["sentences"]} == {""}


def test_a_name_left_standing_is_told(docgen: Docgen) -> None:
    texts = [f"{text}甘河子镇{text[:5]}" for text in sentences(3)]
    code, result = compare(docgen, tree(texts), tree(texts, "伊宁县青山乡人民政府"))
    assert code == 1
    assert [each["leftover"] for each in result["pairs"][0]["sentences"]] == ["甘河子镇"] * 3


def test_a_reworded_sentence_counts_as_copied(docgen: Docgen) -> None:
    texts = sentences(4)
    changed = [*texts[:3], texts[3][:10] + "改了" + texts[3][12:]]
    _, result = compare(docgen, tree(texts), tree(changed))
    assert result["matrix"][0][1] == 1.0
    # 23 pairs of letters each, three of them broken: 20 shared of 26
    assert [each["near"] for each in result["pairs"][0]["sentences"]] == [1, 1, 1, 0.7692]
    assert kinds(result) == ["kept"] * 3 + ["changed"]
    assert result["detail"]["kept_of_first"] == 0.75


def test_formulas_and_headings_do_not_count(docgen: Docgen) -> None:
    formulas = [
        "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本年度报告",
        "本报告中所列数据的统计期限自2024年1月1日至2024年12月31日止",
        "2024年，甘河子镇未收到政府信息公开申请",
        "本年度没有收取政府信息公开信息处理费",
        "无其他需要报告的事项",
        "（四）政府信息公开平台建设情况",
        "一是加强组织领导",
    ]
    _, result = compare(docgen, tree(formulas + sentences(1)), tree(formulas + sentences(1, 2)))
    assert result["matrix"][0][1] == 0.0
    assert [(each["formulas"], each["counted"]) for each in result["inputs"]] == [(6, 1)] * 2


def test_figures_that_differ_by_address(docgen: Docgen) -> None:
    first, second = tree(sentences(3)), tree(sentences(3, 2), year=2025)
    first["figures"]["requests"]["granted"]["natural"] = 7
    second["figures"]["requests"]["granted"]["natural"] = 4
    second["figures"]["disclosure"]["fees"]["amount"] = 1.25
    second["signature"]["name"] = "另一个署名"
    _, result = compare(docgen, first, second)
    differ = {each["address"]: each for each in result["detail"]["figures"]}
    assert differ.keys() == {"requests.granted.natural", "disclosure.fees.amount"}
    granted = differ["requests.granted.natural"]
    assert (granted["table"], granted["label"]) == ("表二", "（一）予以公开·自然人")
    assert (granted["first"], granted["second"], granted["change"]) == ("7", "4", "-3")
    assert differ["disclosure.fees.amount"]["change"] == "+1.25"
    facts = {each["address"]: each["second"] for each in result["detail"]["facts"]}
    assert facts == {"year": "2025", "signature.name": "另一个署名"}


def test_editions_compare_by_address(docgen: Docgen) -> None:
    older, newer = tree(sentences(3), year=2020), tree(sentences(3, 2), year=2021)
    older["form"] = "disclosure-2019"
    older["figures"] = {"requests": {"granted": {"natural": 5}}}
    _, result = compare(docgen, older, newer)
    old, new = (set(FORMS[key].figures) for key in ("disclosure-2019", "disclosure-2021"))
    detail = result["detail"]
    assert {each["address"] for each in detail["only_first"]} == old - new
    assert {each["address"] for each in detail["only_second"]} == new - old
    differ = {each["address"]: each for each in detail["figures"]}
    assert differ.keys() <= old & new
    assert differ["requests.granted.natural"]["first"] == "5"
    assert differ["requests.partial.natural"]["first"] == "未填"
    assert differ["requests.partial.natural"]["change"] == ""
    assert result["inputs"][0]["errors"] > 0  # refused by reading, compared as far as it was read


def test_the_text_for_people(docgen: Docgen) -> None:
    five, others = sentences(5), sentences(5, 2)
    write_json(Path("a.json"), tree(five))
    write_json(Path("b.json"), tree([five[0], others[0], *five[2:], others[1]], year=2025))
    run = docgen("compare", "a.json", "b.json")
    assert run.code == 1
    assert "年度  2024 → 2025" in run.out
    assert f"    删去\n      - {five[1]}。\n    新增\n      + {others[0]}。\n" in run.out
    assert "…… 原样 3 句" in run.out
    assert "甲有 80% 在乙里，乙有 66.7% 在甲里，超过 50%" in run.out
    assert run.err == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60), max_size=12))
def test_any_text_is_itself(texts: list[str]) -> None:
    reading = read_report(INPUTS / "2024.json")
    report = reading.report.model_copy(update={"sections": {"overview": tuple(texts)}})
    comparison = Comparison(
        [ComparedReport("a", reading.form, report), ComparedReport("b", reading.form, report)], 0
    )
    detail = comparison.detail
    assert detail is not None
    assert detail.kept == ((1.0, 1.0) if comparison.shared.sizes[0] else (0.0, 0.0))
    assert [*detail.facts, *detail.figures, *detail.only_first, *detail.only_second] == []
    assert {each.kind for section in detail.sections for each in section.changes} <= {"kept"}
    counted = comparison.shared.sizes[0]
    assert comparison.shared.matrix[0][1] == (1.0 if counted else 0.0)


@given(st.text("公开。！？；”》 甲a1", max_size=80))
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    assert "".join(said for _, said in split_sentences(text)).replace(" ", "") == text.replace(
        " ", ""
    )


@given(st.text("甲乙丙丁戊", max_size=40), st.text("甲乙丙丁戊", max_size=40))
def test_the_pieces_make_both_sentences(before: str, after: str) -> None:
    found = find_stretches(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "after") == before
    assert "".join(piece.text for piece in found if piece.kind != "before") == after


@settings(deadline=None)
@given(*[st.lists(st.sampled_from([*sentences(6), "短", "短二"]), max_size=9)] * 2)
def test_a_redline_holds_both_texts(before: list[str], after: list[str]) -> None:
    reading = read_report(INPUTS / "2024.json")
    texts = [
        read_sentences(
            reading.form,
            reading.report.model_copy(update={"preface": tuple(side), "sections": {}}),
            make_mask([]),
        )
        for side in (before, after)
    ]
    changes = redline_texts(*texts)
    assert [change.before for change in changes if change.kind != "added"] == before
    assert [change.after for change in changes if change.kind != "removed"] == after


@pytest.mark.parametrize("threshold", ["-0.1", "50", "nan"])
def test_a_threshold_is_a_share(docgen: Docgen, threshold: str) -> None:
    run = docgen("compare", INPUTS / "2024.json", INPUTS / "2024", "--threshold", threshold)
    assert (run.code, run.out) == (2, "")
    assert "C102" in run.err


@pytest.mark.slow
def test_a_text_too_long_is_cut_and_told(docgen: Docgen) -> None:
    texts = sentences(1100)
    _, result = compare(docgen, tree(texts), tree(texts[:40] + texts[1000:1010]))
    assert [(each["counted"], each["cut"]) for each in result["inputs"]] == [
        (1000, True),
        (50, False),
    ]
    assert result["matrix"] == [[1.0, 0.04], [0.8, 1.0]]
    assert "正文太长，后面的没有比" in docgen("compare", "a.json", "b.json").out
