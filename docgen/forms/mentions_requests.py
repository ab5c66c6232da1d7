"""Words that speak of table two: applications received, carried over and handled, by outcome."""

from docgen.forms.phrases import APPLICATION, IS, NAMED, NOT, OF, OTHERS, SPOKEN, STOP
from docgen.forms.speech import Mention, Sum


def _labels(*labels: str) -> str:
    words = f"(?:{'|'.join(labels)})(?:的)?(?:政府信息|信息|申请|情形|情况|决定|答复)?{IS}#"
    return f"(?<![\u4e00-\u9fff][和及与、]){words}"  # else it is counted with what is before


def _rows(*rows: str, column: str = "total") -> Sum:
    return tuple(f"requests.{row}.{column}" for row in rows)


OUTCOMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "granted": ("予以公开", ("granted",)),
    "partial": ("部分公开", ("partial",)),
    "denied": (
        "不予公开",
        tuple(
            f"denied_{reason}"
            for reason in (
                "secret", "law", "stability", "third_party", "internal", "process",
                "enforcement", "inquiry",
            )
        ),
    ),
    "unable": ("无法提供", ("unable_not_held", "unable_not_ready", "unable_unclear")),
    "rejected": (
        "不予处理",
        tuple(
            f"rejected_{reason}"
            for reason in ("petition", "duplicate", "publication", "excessive", "confirm")
        ),
    ),
    "closed": ("其他处理", ("closed_uncorrected", "closed_unpaid", "closed_other")),
}  # fmt: skip

#: Single rows by the words of their labels.
ITEMS: dict[str, tuple[str, ...]] = {
    "denied_secret": ("属于国家秘密",),
    "denied_law": ("其他法律行政法规禁止公开", "其他法律和行政法规禁止公开"),
    "denied_stability": ("危及三安全一稳定",),
    "denied_third_party": ("保护第三方合法权益",),
    "denied_internal": ("三类内部事务信息",),
    "denied_process": ("四类过程性信息",),
    "denied_enforcement": ("属于行政执法案卷",),
    "denied_inquiry": ("属于行政查询事项",),
    "unable_not_held": ("不掌握相关政府信息", "本机关不掌握"),
    "unable_not_ready": ("没有现成信息需要另行制作", "需要另行制作"),
    "unable_unclear": ("补正后申请内容仍不明确", "补正后仍不明确"),
    "rejected_petition": ("信访举报投诉类",),
    "rejected_duplicate": ("重复申请",),
    "rejected_publication": ("要求提供公开出版物",),
    "rejected_excessive": ("无正当理由大量反复申请",),
    "rejected_confirm": ("要求行政机关确认或重新出具已获取信息",),
}
APPLICANTS = {
    "natural": ("自然人", ("natural",)),
    "organisations": (
        "法人(?:和|或|及|、|与)?(?:其他|其它)组织",
        ("commercial", "research", "welfare", "legal", "other"),
    ),
    "commercial": ("商业企业", ("commercial",)),
    "research": ("科研机构", ("research",)),
    "welfare": ("社会公益组织", ("welfare",)),
    "legal": ("法律服务机构(?:组织)?", ("legal",)),
}

RECEIVED, HANDLED = _rows("received"), _rows("handled")
BOTH = _rows("received", "carried_in")


def applicants() -> tuple[Mention, ...]:
    mentions = []
    for key, (words, columns) in APPLICANTS.items():
        of = [
            tuple(f"requests.{row}.{column}" for row in rows for column in columns)
            for rows in (("received",), ("received", "carried_in"), ("handled",))
        ]
        mentions.append(
            Mention(
                key,
                words.partition("(")[0] + ("或其他组织" if key == "organisations" else "") + "申请",
                words[:2],
                (f"{words}(?:提出|提交|的)*(?:政府信息公开|信息公开)?(?:申请)?{IS}#",),
                tuple(of),
                context=SPOKEN,
                unless=OTHERS,
                wholes=("received", "new", "handled"),
            )
        )
    return tuple(mentions)


def outcomes(groups: dict[str, tuple[str, tuple[str, ...]]]) -> tuple[Mention, ...]:
    """The groups of outcomes and the rows in them; the number stands after the words or before."""
    both = _rows("granted", "partial")
    joined = (
        "(?<![不免未主])(?:予以)?公开(?:和|及|、|与|或|（含|含|以及)(?:予以)?部分公开）?"
        "(?:的)?(?:信息|申请)?"
    )
    alone = "^(?!.*部分公开).*申请"  # then 予以公开 may count in what was given in part
    after, before = [_outcome("granted+partial", "部分公开", f"{joined}{IS}#", both)], []
    for key, (words, rows) in groups.items():
        cells = _rows(*rows)
        said = ("(?<![不免未主])" if key == "granted" else "") + _labels(words)
        if key == "granted":
            after.append(_outcome(key, words, said, cells, both, context=alone))
        after.append(_outcome(key, words, said, cells))
        before.append(_outcome(key, words, f"#(?:申请)?(?:依法|均|全部|决定)?{words}", cells))
    items = [
        _outcome(row, word, _labels(word), _rows(row))
        for row, words in ITEMS.items()
        for word in words
    ]
    return (*after, *items, *before)


def _outcome(key: str, words: str, pattern: str, *sums: Sum, context: str = "申请") -> Mention:
    label = "予以公开和部分公开" if "+" in key else words
    return Mention(
        key, label, words, (pattern,), sums, context=context,
        unless=f"{OTHERS}|公文|发文|属性|制发|印发", wholes=("handled", "received"),
    )  # fmt: skip


#: What is joined to the words before is counted with them.
_APART = "(?<![\u4e00-\u9fff][和及与])"
_GOT = "(?<!不予)(?<!不再)(?:收到|受理|接收|接到)(?:并受理|并办理|了|的){0,2}"
REQUESTS = (
    Mention(
        "new", "本年新收", "新",
        (f"(?:新收到|新收|新受理|新接收|新增)(?:到|的)?{OF}(?:{APPLICATION})?{IS}#",),
        (RECEIVED,), context=SPOKEN, unless=OTHERS,
    ),
    Mention(
        "carried_in", "上年结转", "结转",
        (
            f"{_APART}(?:上年度?|上一年度?|去年)结转(?:至本年度?|到本年度?|本年度?)?"
            f"(?:继续)?(?:办理|处理)?(?:的)?{OF}(?:{APPLICATION})?{IS}#",
            f"结转(?:上年度?|上一年度?)(?:的)?{OF}(?:{APPLICATION})?{IS}#",
            "#(?:申请)?(?:为|是|系)?(?:上年度?|上一年度?)结转",
        ),
        (_rows("carried_in"),), (f"{NOT}(?:上年度?|上一年度?)结转{OF}(?:{APPLICATION})?{STOP}",),
        context="申请|新收",
    ),
    Mention(
        "carried_out", "结转下年", "结转",
        (
            f"结转(?:至|到|入)?(?:下一年度?|下年度?|次年|明年|20[0-9]{{2}}年度?)"
            f"(?:继续)?(?:办理|处理|答复)?(?:的)?{OF}(?:{APPLICATION})?{IS}#",
            f"#(?:{APPLICATION})?(?:需|将|已)?结转(?:至|到|入)?(?:下一年|下年|次年|明年|20[0-9]{{2}}年)",
        ),
        (_rows("carried_out"),),
        (f"{NOT}(?:申请|需)?结转(?:至|到)?(?:下一年度?|下年度?|次年)?(?:继续)?(?:办理|处理)?(?:的)?"
         f"{OF}(?:{APPLICATION})?{STOP}",),
        context="申请|办结|新收",
    ),
    Mention(
        "received", "收到申请", "信息公开申请",
        (f"{_GOT}{OF}(?:政府)?信息公开申请{IS}#", f"{_GOT}(?:共|计)?#{OF}(?:政府)?信息公开申请"),
        (RECEIVED, BOTH), unless=f"(?:{OTHERS})[^，；。]{{0,80}}$",
    ),
    Mention(
        "received", "收到申请", "申请",
        (
            f"{_GOT}{OF}{APPLICATION}{IS}#",
            f"{_GOT}(?:共|计)?#{OF}{APPLICATION}",
            f"{NAMED}(?:，)?(?:本年度|全年|年度|共|累计|总共|新){{0,3}}(?:收到|受理|接收){IS}#",
            f"(?<!办理)(?<!办结)(?<!答复)(?<!处理){NAMED}(?:总数量|数量|总数|总量|受理量|数|量){IS}#",
        ),
        (RECEIVED, BOTH),
        (f"{NOT}(?:有)?(?:收到|接到|受理|接收|发生|产生)?(?:过|任何|到)?{OF}{APPLICATION}(?:事项|件|的?情况)?{STOP}",),
        context=SPOKEN, unless=OTHERS,
    ),
    Mention(
        "received", "收到申请", "申请",
        (f"(?:共|累计|总共|全年|年度|年)(?:收到|受理|接收)(?:申请)?{IS}#",),
        (RECEIVED, BOTH), context=SPOKEN, unless=OTHERS,
    ),
    Mention(
        "handled", "办理结果", "申请",
        (
            f"(?:办结|办复|答复|办理完毕|处理完毕)(?:了)?{OF}(?:{APPLICATION})?{IS}#",
            f"办理结果{IS}#",
            "(?<=[，；：（、])#(?:均|全部|已)*(?:办结|答复)(?!被|书|不)",
        ),
        (HANDLED,), context=SPOKEN, unless=OTHERS, wholes=("received", "new"),
    ),
    Mention(
        "dealt_with", "办理申请", "申请",
        (f"(?<!已)(?:办理|处理)(?:了)?{OF}{APPLICATION}{IS}#",),
        (RECEIVED, BOTH, HANDLED), context=SPOKEN, unless=OTHERS,
    ),
)  # fmt: skip
