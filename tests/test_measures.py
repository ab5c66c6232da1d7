"""What a sentence measures: each number with what its words mean, before anything is judged.

The words are those of the form in force; the parser itself knows none.
"""

import pytest
from forms import FORM
from hypothesis import given
from hypothesis import strategies as st

from docgen.finding import Place
from docgen.prose.lexicon import GENERAL, Lexicon
from docgen.prose.measures import Measure, counted, measures
from docgen.prose.sentences import paragraphs_of

LEXICON = Lexicon(GENERAL, FORM.speech.words)


def measured(text: str, lexicon: Lexicon = LEXICON, year: int = 2024) -> list[Measure]:
    """The measures of a paragraph of a report on 2024."""
    (paragraph,) = paragraphs_of([text], [Place()], year)
    found: list[Measure] = []
    last: Measure | None = None
    for sentence in paragraph.sentences():
        told = measures(sentence, lexicon, last)
        last = counted(told)
        found += told
    return found


def shown(measure: Measure) -> str:
    """A measure as one line: `80件 = 办结`, `3件 = 上年 结转 ⊂ 80件`, `没有 = 收到 申请`."""
    number = measure.number
    said = f"{number.value:f}{number.unit}" if number and number.value is not None else "没有"
    if number and number.value is None:
        said = f"约…{number.unit}"
    meanings = " ".join(sorted(measure.own - {"全", "本年", "无", "其中", "均"}))
    whole = measure.whole.number if measure.whole else None
    of = f" ⊂ {whole.value}{whole.unit}" if whole else ""
    return f"{said} = {meanings}{of}"


#: A sentence, and what it measures: the number, what its words mean, and what it is a part of.
SENTENCES = [
    ("收到政府信息公开申请12件。", ["12件 = 收到 求 申请"]),
    # the words may stand before the number or after it, far or near, in any words of that meaning
    ("共收到12件政府信息公开申请。", ["12件 = 收到 求 申请"]),
    ("依申请公开事项，本年度共受理十二件。", ["12件 = 收到"]),
    ("办结9件，答复8件，回复7件，办复6件，办理完成5件，已处理4件。",
     ["9件 = 办结", "8件 = 办结", "7件 = 办结", "6件 = 办结", "5件 = 办结", "4件 = 办结"]),
    ("结转下年度3件，转结下一年度2件，顺延至2025年1件。",
     ["3件 = 下年 结转", "2件 = 下年 结转", "1件 = 下年 结转"]),
    # years are read by the report's own
    ("2023年结转的3件。", ["3件 = 上年 结转"]),
    ("2022年收到申请3件。", ["3件 = 他年 收到 求"]),
    # a longer word is read first
    ("其他处理5件，处理5件，部分公开5件，公开5件。",
     ["5件 = 其他处理", "5件 = 办理", "5件 = 部分公开", "5件 = 公"]),
    ("申请人5名。", ["5名 = "]),
    # lists: what opens one, how deep it goes, where it ends
    ("办结80件（含上年结转的3件），其中予以公开33件、部分公开5件；复议2件。",
     ["80件 = 办结", "3件 = 上年 结转 ⊂ 80件", "33件 = 予以公开 ⊂ 80件",
      "5件 = 部分公开 ⊂ 80件", "2件 = 复议"]),
    ("办结80件。其中，予以公开33件。", ["80件 = 办结", "33件 = 予以公开 ⊂ 80件"]),
    ("办结20件，收到30件，其中自然人9件。",
     ["20件 = 办结", "30件 = 收到", "9件 = 自然人 ⊂ 30件"]),
    ("办结20件：予以公开10件，部分公开5件。",
     ["20件 = 办结", "10件 = 予以公开 ⊂ 20件", "5件 = 部分公开 ⊂ 20件"]),
    ("主动公开20条。在主动公开的内容中，规范性文件1件。",
     ["20条 = 主动公开", "1件 = 规范性文件 ⊂ 20条"]),
    ("公开20条，其中：甲6条，含乙4条、丙2条；丁14条。",
     ["20条 = 公", "6条 =  ⊂ 20条", "4条 =  ⊂ 6条", "2条 =  ⊂ 6条", "14条 =  ⊂ 20条"]),
    # 、 joins what has no number of its own
    ("行政复议、行政诉讼共5件。", ["5件 = 复议 诉讼"]),
    ("行政复议、行政诉讼分别3件、2件。", ["3件 = 复议", "2件 = 诉讼"]),
    # kinds told of with 等 do not make it a part; a kind alone does
    ("收到涉及土地、房屋等领域的申请12件。", ["12件 = 收到 求 等"]),
    ("收到涉及土地的申请12件。", ["12件 = 局部 收到 求"]),
    ("网上收到申请12件。", ["12件 = 收到 求 途径"]),
    # changes and shares are measures, too
    ("收到12件，较上年增长20%。", ["12件 = 收到", "20% = 上年 增减"]),
    ("收到约12件。", ["约…件 = 收到"]),
    # none: the words after it, joined by 、; before it where nothing is after
    ("未收到政府信息公开申请。", ["没有 = 收到 求 申请"]),
    ("未发生因政府信息公开引起的复议、诉讼，没有收费。",
     ["没有 = 因 复议 本业 诉讼", "没有 = "]),
    ("未发生一起行政复议。", ["没有 = 复议"]),
    ("未发生3起行政复议。", ["3起 = 复议"]),
    ("政府信息公开申请数为零。", ["没有 = 数 求 申请"]),
    ("行政复议、行政诉讼均未发生。", ["没有 = 复议 诉讼"]),
    ("依申请公开情况：无。", ["没有 = 依公开 求 申请"]),
    ("无法提供3件，零距离服务5次。", ["3件 = 无法提供", "5次 = "]),
    ("收到申请0件，零件办结。", ["0件 = 收到 求", "0件 = 办结"]),
    # what names something counts nothing
    ("按照《关于12件事的通知》第20条、第711号令，2024年1月1日起办理。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_measures(text: str, expected: list[str]) -> None:
    assert [shown(measure) for measure in measured(text)] == expected


def test_what_is_unknown_is_kept_apart() -> None:
    """Letters of no known word are told, so that a rule can be less sure."""
    known, strange = measured("收到政府信息公开申请12件，收到蹊跷的政府信息公开申请3件。")
    assert (known.unknown, strange.unknown) == ("", "蹊跷")


def test_what_was_said_before_is_known() -> None:
    first, second = measured("收到政府信息公开申请12件，均已办结，结转3件。")
    assert {"收到", "申请"} <= first.own
    assert "均" in first.after
    assert "办结" in second.before
    assert second.before["申请"] < second.before["办结"]


def test_the_parser_knows_no_form() -> None:
    """With the words of another form the same sentence is read by those."""
    lexicon = Lexicon(GENERAL, {"检查": "检查 巡查", "企业": "企业 公司"})
    (measure,) = measured("全年巡查公司12家。", lexicon)
    assert measure.head - {"全"} == {"检查", "企业"}


WORDS_OF_ALL = sorted(
    {word for said in (*GENERAL.values(), *FORM.speech.words.values()) for word in said.split()}
)
PIECES = st.sampled_from(
    [
        *WORDS_OF_ALL,
        "，",
        "。",
        "；",
        "：",
        "、",
        "（",
        "）",
        "12件",
        "3.5%",
        "2024年",
        "一起",
        "甲",
        "0件",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_cut(text: str) -> None:
    """Every counted number is one measure, in order, and no list holds itself."""
    (paragraph,) = paragraphs_of([text], [Place()], 2024)
    for sentence in paragraph.sentences():
        found = measures(sentence, LEXICON)
        places = [measure.at for measure in found if measure.number]
        assert places == sorted(set(places))
        one = [n for n in sentence.numbers if n.value != 1]
        assert len(places) >= len(one)
        for measure in found:
            assert measure.whole is not measure
            assert measure.whole is None or measure.whole in found
            assert measure.start <= measure.at <= len(sentence.signs)


@given(st.text(alphabet="".join(WORDS_OF_ALL)[:400] + "，。12件", max_size=60))
def test_words_are_read_once(text: str) -> None:
    """Known words follow each other, and each is in the text as it stands."""
    words = LEXICON.read(text, 2024)
    ends = [0, *(word.end for word in words)]
    assert all(end <= word.start < word.end for end, word in zip(ends, words, strict=False))
