"""The running text of a 政府信息公开工作年度报告: its terms, its facts, ready sentences.

The words are those of published reports. A phrase that may mean something else is left out:
a figure that is not tied is not judged.
"""

from docgen.forms.facts_disclosure import (
    FEES,
    HANDLED,
    OUTCOMES,
    REVIEWS,
    SUITS,
    TELLING,
    UNTABLED,
    decisions,
    disputes,
    documents,
    requests,
)
from docgen.forms.formulas import FORMULAS
from docgen.forms.speech import Ready, Speech, Term
from docgen.forms.words_disclosure import WORDS

SUBJECTS = ("政府信息公开", "信息公开")
BUSINESS = ("政务公开", "政府信息", "依申请", "主动公开")
RESIDUES = ("（含收取信息处理费情况）", "（含收取信息处理费的情况）")
COUNTED = ("规范性文件", "行政规范性文件")

_ORGANISATIONS = ("commercial", "research", "welfare", "legal", "other")


def _request_terms(closed: tuple[str, ...]) -> tuple[Term, ...]:
    """Return the names for the figures on requests; `closed` are the rows of what was closed."""
    groups = OUTCOMES | {"closed": ("其他处理", closed)}
    return (
        Term("本年新收", ("requests.received.total",)),
        Term("上年结转", ("requests.carried_in.total",)),
        Term("收到合计", ("requests.received.total", "requests.carried_in.total")),
        Term("办理总计", HANDLED),
        Term("结转下年", ("requests.carried_out.total",)),
        Term("自然人申请", ("requests.received.natural",)),
        Term("法人申请", tuple(f"requests.received.{column}" for column in _ORGANISATIONS)),
        *(
            Term(name, tuple(f"requests.{row}.total" for row in rows))
            for name, rows in groups.values()
        ),
    )


def _dispute_terms() -> tuple[Term, ...]:
    """Return the names for the figures on reviews and lawsuits."""
    results = {"维持": "upheld", "纠正": "corrected", "其他结果": "other", "未审结": "pending"}
    suits = ("suit_direct", "suit_after_review")
    return (
        Term("行政复议", REVIEWS),
        Term("行政诉讼", SUITS),
        Term("直接起诉", SUITS[:1]),
        Term("复议后起诉", SUITS[1:]),
        *(Term(f"复议{name}", (f"disputes.review.{key}",)) for name, key in results.items()),
        *(
            Term(f"诉讼{name}", tuple(f"disputes.{suit}.{key}" for suit in suits))
            for name, key in results.items()
        ),
    )


def _document_terms(columns: dict[str, str]) -> tuple[Term, ...]:
    """Return the names for the figures on documents, by the columns of the form."""
    rows = {"规章": "regulations", "规范性文件": "normative"}
    return tuple(
        Term(f"{row}{column}", (f"disclosure.{row_key}.{key}",))
        for row, row_key in rows.items()
        for column, key in columns.items()
    )


_DECISIONS = (
    Term("行政许可", ("disclosure.licensing.decided",)),
    Term("行政处罚", ("disclosure.penalty.decided",)),
    Term("行政强制", ("disclosure.coercion.decided",)),
)
_READY = (
    Ready(
        "overview",
        "（二）依申请公开情况。{{ 年度 }}年"
        "{{ 本年新收 | 有 新收政府信息公开申请…件 | 无 未收到政府信息公开申请 }}"
        "{{ 上年结转 | 有 ，上年结转…件 }}{{ 办理总计 | 有 ，办结…件 }}"
        "{{ 结转下年 | 有 ，结转下年度继续办理…件 }}。"
        "{{ 行政复议 | 有 因政府信息公开被申请行政复议…件 | 无 未发生政府信息公开行政复议 }}，"
        "{{ 行政诉讼 | 有 因政府信息公开被提起行政诉讼…件 | 无 未发生政府信息公开行政诉讼 }}。",
    ),
)


def speech_2021() -> Speech:
    """Return the text of the edition in force."""
    columns = {"制发": "issued", "废止": "repealed", "现行有效": "in_force"}
    return Speech(
        terms=(
            *_request_terms(OUTCOMES["closed"][1]),
            *_dispute_terms(),
            *_document_terms(columns),
            *_DECISIONS,
            Term("行政事业性收费", ("disclosure.fees.amount",)),
        ),
        words=WORDS,
        facts=(
            *documents("issued", "repealed", "in_force"),
            *disputes(),
            *requests(OUTCOMES),
            *decisions(),
            FEES,
            *UNTABLED,
        ),
        domain="本业 申请",
        headings="申请 求",
        others="别事",
        telling=TELLING,
        ready=_READY,
        formulas=FORMULAS,
        subjects=SUBJECTS,
        business=BUSINESS,
        residues=RESIDUES,
        counted=COUNTED,
    )


def speech_2019() -> Speech:
    """Return the text of the trial edition: other columns in table one, one row of 其他处理."""
    columns = {"新制作": "made", "新公开": "published", "对外公开": "in_force"}
    closed = ("closed_other",)
    return Speech(
        terms=(*_request_terms(closed), *_dispute_terms(), *_document_terms(columns), *_DECISIONS),
        words=WORDS,
        facts=(
            *documents("made", "", ""),
            *disputes(),
            *requests(OUTCOMES | {"closed": ("其他处理", closed)}),
            *decisions(),
            *UNTABLED,
        ),
        domain="本业 申请",
        headings="申请 求",
        others="别事",
        telling=TELLING,
        ready=_READY,
        formulas=FORMULAS,
        subjects=SUBJECTS,
        business=BUSINESS,
        residues=RESIDUES,
        counted=COUNTED,
    )
