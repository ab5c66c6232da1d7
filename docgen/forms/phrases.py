"""Pieces of the phrases in which reports state figures, as regular expressions.

Every repetition is bounded, so that no text can make a search run away.
"""

#: Between an object and its number: 共计, 为, 是 and the like are dropped before the search.
IS = "(?:总数量|总数|总量|数量|件数|数|量)?"
#: Between a verb and its object, and at the end of a phrase.
OF = (
    "(?:公民|法人|和|或者|或|及|、|其他|组织|群众|申请人|市民|向[我本](?:[镇乡县市区局委办厅院]|机关|单位|街道)|"
    "提出|提交|递交|要求|任何|形式|的|各类|有效|书面|关于|政府){0,14}"
)
STOP = "(?=[，。；、！）]|$)"
APPLICATION = (
    "(?:(?:政府)?信息公开(?:的)?申请(?!人|行政|复议|表)"
    "|依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请)?(?:事项)?|申请公开(?:政府)?信息|公开政府信息的?申请"
    "|依申请(?!公开)|申请(?!人|行政|复议|表|公开))"
)
NAMED = "(?:信息公开申请|依申请公开(?:政府)?(?:信息)?(?:的)?(?:申请)?)"
SPOKEN = "信息公开申请|依申请|公开申请|申请公开|公开政府信息的?申请"
#: What else a body receives and answers: a sentence about these is left alone.
OTHERS = (
    "留言|信箱|来信|信件(?!申请)|热线|工单|建议|提案|咨询|诉求|投诉(?!类)|意见|征集|回应|"
    "许可|审批|救助|低保|登记|政务服务|仲裁|调解"
)
NOT = "(?:未曾|从未|未|没有|没|无|零)"
CAUSE = (
    "(?:(?:发生|出现|产生|有|收到|接到)?~)?(?:发生|出现|产生|引发|引起|收到|接到|被|因|有|提起|涉及|存在|过|任何|政府|信息公开|信息|公开|"
    "工作|申请|的|而|导致|行政|案件|、|和|及|或|与|以|也){0,16}"
)

#: The end of a phrase that says 0; another such phrase may be joined to it.
END_OR = "(?=[，。；、！）和及或与]|以及|提起|$)"
