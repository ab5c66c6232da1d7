"""Words that speak of table one, and of what no table holds but the text may say twice."""

from docgen.forms.phrases import IS, NOT, STOP
from docgen.forms.speech import MONEY, Mention, Sum

_NORMATIVE = "(?:行政)?规范性文件"
_RULES = "(?:市|省)?(?:政府)?规章"
_MADE = "(?:制定发布|制发|制定|出台|印发)(?:了|并印发|的)?"
_PIECES = ("件", "份", "个", "部", "项", "")
_SHOWN = "公开|公示|发布|公布|归集|报送|上传|录入|推送|备案|审查|审核|清理|修订|修改|起草|名义"
#: A verb of its own, `作出` or `制发`, begins anew after a comma.
_SHOWN_HERE = f"(?:{_SHOWN})[^，；]{{0,80}}$"
_CHANNELS = "通过|网站|微信|微博|公众号|抖音|客户端|平台|公报|专栏|栏目|新媒体|媒体|涉及|领域|类"


def documents(issued: str, repealed: str, in_force: str) -> tuple[Mention, ...]:
    """规章 and 规范性文件; a name is the column of this edition, blank where it has none."""
    mentions = []
    for row, name, words in (
        ("normative", "规范性文件", _NORMATIVE),
        ("regulations", "规章", _RULES),
    ):
        said = {
            issued: (
                f"制发{name}",
                (f"{_MADE}{words}{IS}#", f"{_MADE}#{words}"),
                (f"{NOT}(?:{_MADE})(?:过|任何)?(?:行政)?(?:规章(?:和|、|及))?{words}{STOP}",),
            ),
            repealed: (
                f"废止{name}",
                (f"废止(?:了)?{words}{IS}#", f"废止(?:了)?#{words}", f"{words}{IS}~[，、]?废止#"),
                (f"{NOT}废止(?:过|任何)?{words}{STOP}",),
            ),
            in_force: (
                f"现行有效{name}",
                (
                    f"现[行有]有效的?{words}{IS}#", f"现行有效的?#{words}", f"{words}现行有效{IS}#",
                    f"{words}{IS}~[，、]?(?:废止~[，、])?现行有效#",
                ),
                (),
            ),
        }  # fmt: skip
        for column, (label, patterns, zeros) in said.items():
            if column:
                mentions.append(
                    Mention(
                        f"{row}.{column}", label, words[-2:], patterns,
                        ((f"disclosure.{row}.{column}",),), zeros,
                        units=_PIECES, unless=_SHOWN_HERE,
                    )
                )  # fmt: skip
    return tuple(mentions)


def decisions() -> tuple[Mention, ...]:
    """行政许可, 行政处罚, 行政强制: decisions made, not those that were shown somewhere."""
    mentions = []
    rows = {"licensing": "行政许可", "penalty": "行政处罚", "coercion": "行政强制"}
    others = "(?:行政许可|行政处罚|行政强制|、|和|及|或|决定|处理|案件){0,8}"
    for row, words in rows.items():
        sums: tuple[Sum, ...] = ((f"disclosure.{row}.decided",),)
        label, units = f"{words}处理决定", ("件", "宗", "起", "次", "例", "项", "")
        one_of = "(?:行政许可|行政处罚|行政强制)(?:处理)?(?:决定)?"
        made = "(?<!不予)(?:作出|做出|下达|实施)(?:了|的)?"
        mentions += [
            Mention(
                row, label, words,
                (f"{made}{words}(?:处理)?(?:决定|案件)?{IS}#", f"{made}#{words}"),
                sums,
                (f"{NOT}(?:作出|做出|下达|实施|发生)?(?:过|任何)?{others}{words}(?:处理)?(?:决定|案件)?(?=[，。；、！和及或]|$)",),
                units=units, unless=_SHOWN_HERE,
            ),
            Mention(
                row, label, words,
                (
                    f"(?<!不予)(?<!重大)(?<!轻微){words}(?:处理)?决定{IS}#",
                    f"(?:作出|做出|处理决定|决定)[^。；]{{0,24}}[、，]{words}(?:处理)?{IS}#",
                    f"(?:^|[，：年度]){words}#[、，]{one_of}~",
                    f"{one_of}~[、，]{words}#",
                ),
                sums, units=units, unless=_SHOWN,
            ),
        ]  # fmt: skip
    return tuple(mentions)


FEES = Mention(
    "fees", "行政事业性收费", "行政事业性收费",
    (f"行政事业性收费(?:金额|收入|总额|总金额|资金){{0,2}}{IS}#",),
    (("disclosure.fees.amount",),),
    (f"{NOT}(?:收取|征收|产生|发生)?(?:过|任何)?行政事业性收费{STOP}",),
    units=MONEY, unless=f"{_SHOWN}|[减免停缓]征|减免|免收|涉企|(?<![我本])[局委站所]",
)  # fmt: skip

#: No cell holds these: the text is held against itself.
UNTABLED = (
    Mention(
        "handling_fee", "信息处理费", "处理费",
        (f"信息(?:公开)?处理费(?:用)?(?:金额|总额|收入)?{IS}#",), (),
        (f"{NOT}(?:收取|征收|产生|发生)(?:过|任何)?(?:政府)?(?:信息公开|公开)?信息(?:公开)?处理费(?:用)?{STOP}",),
        units=MONEY,
    ),
    Mention(
        "published", "主动公开信息", "公开",
        (
            f"(?:共|累计|总计|合计|全年|年度|年|[我本全][省市县区旗镇乡局委厅办院])"
            f"主动公开(?:各类|政府|政务|信息){{1,4}}{IS}#",
        ),
        (),
        units=("条", "件", "篇", "份"), unless=_CHANNELS,
    ),
)  # fmt: skip
