"""Words that speak of table three: reviews and suits over 政府信息公开, and how they ended."""

from collections.abc import Iterator

from docgen.forms.phrases import CAUSE, END_OR, IS, NOT, STOP
from docgen.forms.speech import Mention, Sum

_REVIEW = "(?<!经)(?:行政)?复议(?!后|维持|纠正|决定|机关|机构)(?:案件|申请|案)?"
_SUIT = "(?:行政)?诉讼(?:案件|案)?"
_DISCLOSING = "信息公开|依申请"
#: A body may deal with the reviews and suits of others.
_OF_OTHERS = "(?:复议机关|收到|接到|办理|审理|审结|承办|受理|应诉|普法|代理)[^，。；]{0,80}$"
#: Of all reviews, those over 政府信息公开 may be but a part.
_NO_PART = "(?![^。；]{0,24}其中[^。；]{0,16}信息公开)"
_HEARD = "复议机关|复议机构|审理|受理|办理|管辖|为被申请人的"
#: 被纠正3件，其中行政复议2件: of those with that result.
_BY_RESULT = "(?:纠正|维持|审结|其他结果|败诉|撤销)[^，。；]{0,8}~(?:，其中|（)[^。；]{0,40}$"
REVIEWS: Sum = ("disputes.review.total",)
SUITS: Sum = ("disputes.suit_direct.total", "disputes.suit_after_review.total")
_RESULTS = {"upheld": "(?:结果)?(?:被)?维持(?:原.{2,6})?", "corrected": "(?:结果)?(?:被)?纠正",
            "pending": "(?:尚未|未)审结"}  # fmt: skip
_RESULT_LABELS = {"upheld": "结果维持", "corrected": "结果纠正", "pending": "尚未审结"}


_CASES = (
    Mention(
        "review+suits", "复议和诉讼", "诉讼",
        (f"复议(?:案件)?(?:、|和|及|与|或)(?:提起|被提起)?{_SUIT}{IS}#",),
        ((*REVIEWS, *SUITS),), context=_DISCLOSING,
    ),
    Mention(
        "suit_after_review", "复议后起诉", "复议后",
        (f"复议后(?:提起|起诉|的|再){{0,3}}(?:{_SUIT})?{IS}#",),
        (SUITS[1:],), context=_DISCLOSING,
    ),
    Mention(
        "suit_direct", "直接起诉", "直接",
        (f"(?:未经复议)?直接(?:起诉|提起)(?:的)?(?:{_SUIT})?{IS}#",),
        (SUITS[:1],), context=_DISCLOSING,
    ),
    Mention(
        "review", "行政复议", "复议",
        (
            f"{_REVIEW}{IS}#{_NO_PART}",
            f"#(?:因?政府信息公开)?(?:引发|引起)?(?:的)?行政复议(?:案件|申请|案)?{STOP}",
            f"复议(?:、|和|及|与|或)(?:提起|被提起)?{_SUIT}分别#(?:、|和|，)~",
        ),
        (REVIEWS,),
        context=_DISCLOSING, unless=f"{_OF_OTHERS}|{_BY_RESULT}",
    ),
    Mention(
        "suits", "行政诉讼", "诉讼",
        (
            f"(?<!直接)(?<![\u4e00-\u9fff][、和及与或]){_SUIT}{IS}#{_NO_PART}",
            f"#(?:因?政府信息公开)?(?:引发|引起)?(?:的)?行政诉讼(?:案件|案)?{STOP}",
            f"复议(?:、|和|及|与|或)(?:提起|被提起)?{_SUIT}分别~(?:、|和|，)#",
        ),
        (SUITS,),
        context=_DISCLOSING,
        unless=f"(?:复议后|直接)[^，。；]{{0,80}}$|{_OF_OTHERS}|{_BY_RESULT}",
    ),
)  # fmt: skip


def disputes() -> tuple[Mention, ...]:
    """Every mention of table three."""
    return (*_CASES, *_none(), *_results())


def _results() -> Iterator[Mention]:
    """How reviews and suits ended, counted apart or all alike."""
    blocks = {"review": ("行政复议", "复议", "诉"), "suits": ("行政诉讼", "诉讼", "复")}
    for block, (name, word, other) in blocks.items():
        rows = ("review",) if block == "review" else ("suit_direct", "suit_after_review")
        for result, words in _RESULTS.items():
            label = f"{name}{_RESULT_LABELS[result]}"
            sums = (tuple(f"disputes.{row}.{result}" for row in rows),)
            key, cue = f"{block}.{result}", _RESULT_LABELS[result][-2:]
            apart = f"{word}(?!机关|机构)[^{other}。；]{{0,24}}{words}{IS}#"
            alike = f"{word}(?:案件)?{IS}#[^。；]{{0,12}}(?:均|全部)[^，。；]{{0,4}}{words}"
            said = Mention(key, label, cue, (apart,), sums, context=_DISCLOSING, unless=_HEARD)
            yield said
            yield said._replace(patterns=(alike,), also=True)


def _none() -> list[Mention]:
    """No review and no suit at all means none over 政府信息公开 either, so no context is needed."""
    tail = f"(?:的?情况|事项|事件|的)?{END_OR}"
    reviews = f"{NOT}{CAUSE}复议(?:案件|申请|案)?{tail}"
    suits = f"{NOT}{CAUSE}(?:复议(?:案件|申请)?)?{CAUSE}诉讼(?:案件|案)?{tail}"
    return [
        Mention("review", "行政复议", "复议", (), (REVIEWS,), (reviews,)),
        Mention("suits", "行政诉讼", "诉讼", (), (SUITS,), (suits,)),
    ]
