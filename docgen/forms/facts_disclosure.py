"""The facts of a 政府信息公开工作年度报告 that its text may state, and the cells that hold them.

In order: of two facts whose words stand beside a number, the first is meant.
"""

from docgen.forms.speech import MONEY, Fact, Sum


def _rows_of(*rows: str, column: str = "total") -> Sum:
    """Return the addresses of these rows of requests, in one column."""
    return tuple(f"requests.{row}.{column}" for row in rows)


RECEIVED, CARRIED_IN, HANDLED = (
    _rows_of("received"),
    _rows_of("carried_in"),
    _rows_of("handled"),
)
BOTH = (*RECEIVED, *CARRIED_IN)
REVIEWS: Sum = ("disputes.review.total",)
SUITS: Sum = ("disputes.suit_direct.total", "disputes.suit_after_review.total")

#: The outcomes of an application: label, the meaning that says it, the rows.
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

#: Single rows: label, and the meaning that says it.
_ITEMS = {
    "denied_secret": ("属于国家秘密", "国家秘密"),
    "denied_law": ("其他法律行政法规禁止公开", "法律禁止"),
    "denied_stability": ("危及三安全一稳定", "三安全"),
    "denied_third_party": ("保护第三方合法权益", "第三方"),
    "denied_internal": ("三类内部事务信息", "内部事务"),
    "denied_process": ("四类过程性信息", "过程性"),
    "denied_enforcement": ("属于行政执法案卷", "执法案卷"),
    "denied_inquiry": ("属于行政查询事项", "查询事项"),
    "unable_not_held": ("不掌握相关政府信息", "不掌握"),
    "unable_not_ready": ("需要另行制作", "另行制作"),
    "unable_unclear": ("补正后仍不明确", "不明确"),
    "rejected_petition": ("信访举报投诉类", "信访类"),
    "rejected_duplicate": ("重复申请", "重复申请"),
    "rejected_publication": ("要求提供公开出版物", "出版物"),
    "rejected_excessive": ("无正当理由大量反复申请", "大量反复"),
    "rejected_confirm": ("要求行政机关确认或重新出具已获取信息", "确认重开"),
    "closed_uncorrected": ("逾期不补正", "不补正"),
    "closed_unpaid": ("逾期未缴费", "不缴费"),
}
_ORGANISATIONS = ("commercial", "research", "welfare", "legal", "other")
_APPLICANTS = {
    "natural": ("自然人", "自然人", ("natural",)),
    "organisations": ("法人或其他组织", "法人", _ORGANISATIONS),
    "commercial": ("商业企业", "商业企业", ("commercial",)),
    "research": ("科研机构", "科研机构", ("research",)),
    "welfare": ("社会公益组织", "公益组织", ("welfare",)),
    "legal": ("法律服务机构", "法律机构", ("legal",)),
}
#: How documents are marked in the making: 主动公开412件、依申请公开96件、不予公开778件.
_MARKED = "主动公开"
_SHOWN = "展示 主动公开 公 别事"
_RESULT = "维持 纠正 其他结果 未审结"


def requests(groups: dict[str, tuple[str, tuple[str, ...]]]) -> tuple[Fact, ...]:
    """Table two: what was received, carried over and handled, by outcome and by applicant."""
    both = "复议 诉讼 许可 处罚 旁物"
    return (
        *_outcome_facts(groups),
        *_applicant_facts(),
        Fact("carried_in", "上年结转", ("上年 结转", "结转 本年 上年"), (CARRIED_IN,),
             topic="申请", never=f"{both} 办结 新收 下年", none="上年 结转"),
        Fact("carried_out", "结转下年", ("下年 结转", "下年 转", "待办"),
             (_rows_of("carried_out"),), topic="申请", never=f"{both} 上年", none="结转"),
        Fact("received", "收到申请", ("新收 上年 结转",), (BOTH,), topic="申请", never=both),
        Fact("new", "本年新收", ("新收",), (RECEIVED,), topic="申请",
             never=f"{both} 结转 办结 渠道 主动公开", none="新收"),
        Fact("carried", "结转", ("结转",), (CARRIED_IN, _rows_of("carried_out")), topic="申请",
             never=f"{both} 办结 收到 新收", doubt="结转"),
        Fact("received", "收到申请", ("收到", "申请 数"), (RECEIVED, BOTH), topic="申请",
             never=f"{both} 不予公开 纠正 结转", none="申请|收到 求"),
        Fact("handled", "办理结果", ("办结",), (HANDLED,), topic="申请",
             never=f"{both} 结转 上年 纠正 维持 公 不予公开", wholes=("received", "new"),
             rate="办结率"),
        Fact("dealt_with", "办理申请", ("办理 申请", "处理 申请"), (RECEIVED, BOTH, HANDLED),
             topic="申请", never=both),
        Fact("received", "收到申请", ("申请",), (RECEIVED, BOTH), topic="申请",
             never=f"{both} 结转 公 主动公开 渠道 依公开"),
        Fact("received", "收到申请", ("依公开",), (RECEIVED, BOTH), topic="申请",
             never=f"{both} {_RESULT} 审理 公 主动公开 渠道 文件", apart="主动公开"),
    )  # fmt: skip


def _outcome_facts(groups: dict[str, tuple[str, tuple[str, ...]]]) -> tuple[Fact, ...]:
    """Return a fact for each way a request is answered, by the groups of the form."""
    both = _rows_of("granted", "partial")
    facts = [
        Fact("granted+partial", "予以公开和部分公开", ("予以公开 部分公开", "公 部分公开"), (both,),
             "求", apart=_MARKED, wholes=("handled", "received")),
        Fact("granted", "予以公开", ("予以公开",), (_rows_of("granted"), both), "求", apart=_MARKED,
             absent="部分公开", wholes=("handled", "received")),
    ]  # fmt: skip

    facts.append(
        Fact("granted", "予以公开", ("公",), (_rows_of("granted"),), "求", apart=_MARKED,
             doubt="公", never="主动公开 展示 渠道 类信息 规范性文件", context="部分公开 不予公开",
             wholes=("handled", "received"))
    )  # fmt: skip
    items = [
        Fact(row, label, (said,), (_rows_of(row),), "求", wholes=("handled", "received"))
        for row, (label, said) in _ITEMS.items()
        if any(row in rows for _, rows in groups.values())
    ]
    whole = [
        Fact(key, label, (label,), (_rows_of(*rows),), "求", apart=_MARKED,
             wholes=("handled", "received"))
        for key, (label, rows) in groups.items()
    ]  # fmt: skip

    return (*facts, *items, *whole)


def _applicant_facts() -> tuple[Fact, ...]:
    """Return a fact for each kind of applicant."""
    return tuple(
        Fact(
            key, f"{label}申请", (said,),
            tuple(
                tuple(f"requests.{row}.{column}" for row in rows for column in columns)
                for rows in (("received",), ("received", "carried_in"), ("handled",))
            ),
            "求", never="复议 诉讼 无", doubt="泛称", wholes=("received", "new", "handled"),
        )
        for key, (label, said, columns) in _APPLICANTS.items()
    )  # fmt: skip


def disputes() -> tuple[Fact, ...]:
    """Table three: reviews and suits over 政府信息公开, and how they ended."""
    facts = []
    blocks = {
        "review": ("行政复议", "复议", ("review",)),
        "suit_direct": ("直接起诉", "直接起诉", ("suit_direct",)),
        "suit_after_review": ("复议后起诉", "复议后", ("suit_after_review",)),
        "suits": ("行政诉讼", "诉讼", ("suit_direct", "suit_after_review")),
    }
    results = {"upheld": ("结果维持", "维持"), "corrected": ("结果纠正", "纠正"),
               "other": ("其他结果", "其他结果"), "pending": ("尚未审结", "未审结")}  # fmt: skip
    for key, (name, said, rows) in blocks.items():
        others = " ".join(word for _, word, _ in blocks.values() if word != said)
        for result, (label, words) in results.items():
            sums = (tuple(f"disputes.{row}.{result}" for row in rows),)
            facts.append(
                Fact(f"{key}.{result}", f"{name}{label}", (f"{said} {words}", words), sums,
                     said, never=f"{others} 审理", apart="审理", context="本业 申请")
            )  # fmt: skip

    joint = Fact("review+suits", "复议和诉讼", ("复议 诉讼",), ((*REVIEWS, *SUITS),), "",
                 never=f"{_RESULT} 审理", context="本业 申请")  # fmt: skip
    for key, (name, said, rows) in blocks.items():
        sums = (tuple(f"disputes.{row}.total" for row in rows),)
        never = "直接起诉 复议后" if key == "suits" else ""
        facts.append(
            Fact(key, name, (said,), sums, "", never=f"{_RESULT} 审理 {never}",
                 doubt="收到 办理 办结", apart=_RESULT, own=said, context="本业 申请", none=said)
        )  # fmt: skip

    return (joint, *facts)


def documents(issued: str, repealed: str, in_force: str) -> tuple[Fact, ...]:
    """规章 and 规范性文件; a name is the column of this edition, blank where it has none."""
    facts = []
    units = ("件", "份", "个", "部", "项", "")
    for row, name in (("normative", "规范性文件"), ("regulations", "规章")):
        said = {
            in_force: ("现行有效", "现行有效", ""),
            repealed: ("废止", "废止", "展示"),
            issued: ("制发", "制发", "展示 主动公开 公"),
        }
        for column, (label, words, doubt) in said.items():
            if column:
                facts.append(
                    Fact(f"{row}.{column}", f"{label}{name}", (f"{words} {name}", words),
                         ((f"disclosure.{row}.{column}",),), name,
                         never="别事 旁物 申请 名义", doubt=doubt, apart=_SHOWN,
                         own=words, units=units,
                         none=f"{words} {name}")
                )  # fmt: skip

    return tuple(facts)


def decisions() -> tuple[Fact, ...]:
    """行政许可, 行政处罚, 行政强制: decisions made, not those that were shown somewhere."""
    rows = {"licensing": "许可", "penalty": "处罚", "coercion": "强制"}
    return tuple(
        Fact(row, f"行政{words}处理决定", (words,), ((f"disclosure.{row}.decided",),), "",
             never="展示 类信息 另类 别事 旁物 申请 公 主动公开", none=words,
             apart=_SHOWN, own="决定",
             units=("件", "宗", "起", "次", "例", "项", ""))
        for row, words in rows.items()
    )  # fmt: skip


FEES = Fact(
    "fees", "行政事业性收费", ("收费",), (("disclosure.fees.amount",),),
    never="展示 减免", units=MONEY, none="收费",
)  # fmt: skip

#: No cell holds these: the text is held against itself.
UNTABLED = (
    Fact("handling_fee", "信息处理费", ("处理费",), units=MONEY, none="处理费"),
    Fact("published", "主动公开信息", ("主动公开 全",), never="渠道 别事 规范性文件 申请",
         units=("条", "件", "篇", "份"), exact=True),
)  # fmt: skip
TELLING = "申请 求 复议 诉讼 许可 处罚 强制 规范性文件 规章 文件"
