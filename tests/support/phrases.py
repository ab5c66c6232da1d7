"""Sentences as governments write them in such reports, with slots for what they state.

A slot is `{fact}` (a number of the report), `{%part/whole}` (a share of two facts, in percent),
`{+fact}` (the change of a fact against last year, in percent), `{y+1}` (a year counted from the
report's), `{short}`, `{we}`, `{all}`, `{place}` (names), `{law KEY}`, `{no KEY}` (a document's
title and number) or `{o 二}` (the number of an item). What a fact is stands in `facts.py`.
"""

# ruff: noqa: E501  sentences stay whole

PREFACE = (
    "根据《{law 条例}》（国令第711号）和《{law 格式}》（{no 格式}）要求，{full}编制{y+0}年政府信息公开工作年度报告。"
    "本报告所列数据的统计期限自{y+0}年1月1日起至{y+0}年12月31日止。",
    "依据《{law 条例}》规定，现公布{short}{y+0}年政府信息公开工作年度报告。"
    "统计期限为{y+0}年1月1日至12月31日。",
    "按照《关于做好{y+0}年度政府信息公开工作年度报告编制发布工作的通知》要求，"
    "现将{short}{y+0}年政府信息公开工作情况报告如下：",
    "本年度报告由{full}按照《{law 条例}》编制。报告中所列数据的统计期限自{y+0}年1月1日起到{y+0}年12月31日止。",
)

LEAD = (
    "{y+0}年，{we}认真贯彻落实《{law 条例}》，坚持“以公开为常态、不公开为例外”，不断提高公开质量。",
    "{y+0}年，{short}严格落实《{law 条例}》和《{law 保密}》，不断拓宽公开渠道，丰富公开内容。",
    "{y+0}年，在上级的指导下，{short}深入推进政务公开工作，切实保障群众的知情权、参与权和监督权。",
    "{y+0}年度，{short}高度重视政府信息公开工作，各项任务全部完成。",
    "{we}持续深化重点领域信息公开，取得积极成效。",
)

#: Table one, and what no table holds.
DISCLOSED = (
    "制发行政规范性文件{normative_issued}件，废止{normative_repealed}件，现行有效{normative_in_force}件。",
    "全年制发行政规范性文件{normative_issued}件，现行有效行政规范性文件{normative_in_force}件，均已公开。",
    "{y+0}年，{we}制定规范性文件{normative_issued}件，废止规范性文件{normative_repealed}件。",
    "{y+0}年共制发行政规范性文件{normative_issued}件、废止行政规范性文件{normative_repealed}件。",
    "作出行政许可处理决定{licensing}件、行政处罚处理决定{penalty}件、行政强制处理决定{coercion}件。",
    "{y+0}年，{all}作出行政许可决定{licensing}件，行政处罚决定{penalty}件，行政强制决定{coercion}件。",
    "全年作出行政处罚决定{penalty}件。",
    "{all}全年共作出行政许可{licensing}件，行政处罚{penalty}宗，行政强制{coercion}宗。",
    "行政事业性收费金额{fees}万元。",
    "全年行政事业性收费共计{fees}万元。",
    "{y+0}年，{we}主动公开政府信息{published}条。",
    "全年主动公开政府信息{published}条，其中通过政府网站公开政务动态类信息较多。",
    "发放宣传资料{leaflets}份（宣传册{booklets}份、宣传单{sheets}份）。",
    "政府网站发布信息{site}条，包括：政务动态{news}条，公告公示{notices}条，其他类信息{rest}条。",
    "编发政府公报{gazettes}期，其中上半年{gazettes_first}期、其余{gazettes_second}期。",
)

RECEIVED = (
    "{y+0}年，{all}共收到政府信息公开申请{received}件。",
    "{y+0}年，{we}共收到政府信息公开申请{both}件（其中新收{new}件，上年结转{carried_in}件），"
    "办结{handled}件，结转下年度继续办理{carried_out}件。",
    "{y+0}年，{all}新收政府信息公开申请{new}件，上年结转{carried_in}件，全年办结{handled}件，结转下年度{carried_out}件。",
    "全年新收政府信息公开申请{new}件，上年度结转{carried_in}件。共办结{handled}件政府信息公开申请，"
    "结转{y+1}年继续办理{carried_out}件。",
    "{short}本年度受理政府信息公开申请{received}件，答复{handled}件，{carried_out}件结转下一年度办理。",
    "{all}全年共受理{received}件政府信息公开申请，均依法依规办理。",
    "本年度新收政府信息公开申请{new}件，其中自然人申请{natural}件、法人或其他组织申请{organisations}件。",
    "{y+0}年，{all}新收政府信息公开申请{new}件。其中，自然人{natural}件，商业企业{commercial}件，"
    "科研机构{research}件，社会公益组织{welfare}件，法律服务机构{legal}件。",
    "{y+0}年度办结政府信息公开申请{handled}件，结转下年度继续办理{carried_out}件。",
    "依申请公开工作有序，全年共收到申请{received}件，办理答复{handled}件。",
    "{y+0}年，{we}接到政府信息公开申请共计{received}件，已办结{handled}件。",
    "共收到公民、法人和其他组织提出的政府信息公开申请{received}件。",
    "政府信息公开申请总数为{received}件，上年结转{carried_in}件。",
)

OUTCOMES = (
    "办结的政府信息公开申请中，予以公开{granted}件，部分公开{partial}件，不予公开{denied}件，无法提供{unable}件，"
    "不予处理{rejected}件，其他处理{closed}件。",
    "办结政府信息公开申请{handled}件，其中予以公开{granted}件、部分公开{partial}件、不予公开{denied}件、"
    "无法提供{unable}件、不予处理{rejected}件、其他处理{closed}件。",
    "从依申请公开办理结果看，予以公开{granted}件，占{%granted/handled}；部分公开{partial}件，占{%partial/handled}；"
    "不予公开{denied}件，占{%denied/handled}；无法提供{unable}件，占{%unable/handled}。",
    "办结申请{handled}件，其中予以公开和部分公开{open}件，占{%open/handled}。",
    "依申请公开办理中，属于国家秘密{denied_secret}件，保护第三方合法权益{denied_third_party}件，"
    "属于三类内部事务信息{denied_internal}件，属于四类过程性信息{denied_process}件。",
    "依申请公开办理中，本机关不掌握相关政府信息{unable_not_held}件，没有现成信息需要另行制作{unable_not_ready}件，"
    "补正后申请内容仍不明确{unable_unclear}件，重复申请{rejected_duplicate}件。",
    "申请办理中，信访举报投诉类申请{rejected_petition}件，属于行政查询事项{denied_inquiry}件，"
    "属于行政执法案卷{denied_enforcement}件。",
)

DISPUTED = (
    "因政府信息公开被申请行政复议{review}件，其中结果维持{review_upheld}件、结果纠正{review_corrected}件、"
    "尚未审结{review_pending}件。",
    "因政府信息公开被提起行政诉讼{suits}件，其中未经复议直接起诉{suit_direct}件，复议后起诉{suit_after_review}件。",
    "{y+0}年，{all}因政府信息公开引发行政复议{review}件、行政诉讼{suits}件。",
    "全年发生政府信息公开行政复议案件{review}件，政府信息公开行政诉讼案件{suits}件。",
    "{we}因政府信息公开引发行政复议、诉讼案件{disputes}件，其中行政复议{review}件，未经复议直接起诉{suit_direct}件，"
    "复议后起诉{suit_after_review}件。",
    "政府信息公开方面，被申请复议{review}件，被诉讼{suits}件。",
    "因政府信息公开被提起行政诉讼{suits}件，其中结果维持{suits_upheld}件，结果纠正{suits_corrected}件，尚未审结{suits_pending}件。",
)

#: Said where every fact of it is 0.
NOTHING = {
    "received": (
        "{y+0}年，{short}未收到政府信息公开申请。",
        "本年度{we}没有收到公民、法人和其他组织提出的政府信息公开申请。",
        "全年未收到依申请公开事项。",
    ),
    "disputes": (
        "未发生因政府信息公开引起的行政复议、行政诉讼案件。",
        "{y+0}年，{we}未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。",
    ),
    "decided": ("{y+0}年，{we}未作出行政许可、行政处罚、行政强制决定。",),
    "normative_issued": ("{y+0}年，{we}未制发行政规范性文件。",),
}

#: With last year's report at hand.
COMPARED = (
    "{y+0}年，{all}新收政府信息公开申请{new}件，较{y-1}年的{last new}件{+new}。",
    "全年办结政府信息公开申请{handled}件，同比{+handled}。",
    "{y+0}年，{we}作出行政处罚决定{penalty}件，较上年的{last penalty}件{+penalty}。",
)

MANAGED = (
    "严格执行政府信息公开保密审查制度，做到“上网信息不涉密，涉密信息不上网”。",
    "及时调整公开目录，规范信息发布流程，动态清理{cleared}条失效信息。",
    "按照“谁公开、谁审查、谁负责”的原则，建立健全{rules}项审核制度。",
    "落实《{law 处理费}》（{no 处理费}）的规定，规范依申请公开收费。",
)
PLATFORMS = (
    "依托政府网站、微信公众号和政务公开专区，及时发布权威信息。",
    "升级改造政府网站专栏{columns}个，网站全年访问量{visits}万人次。",
    "更新维护政务新媒体{media}个，发布图解{pictures}篇、视频解读{videos}篇。",
    "自2019年机构改革以来，{we}不断优化网站栏目设置。",
)
SUPERVISED = (
    "将政务公开纳入年度工作考核，开展社会评议，未发生责任追究情形。",
    "举办业务培训{trainings}场，参训{trained}人次；考核结果为优秀，没有责任追究的情况。",
    "邀请群众代表开展评议，考核工作有序推进，在{y-1}年度考核中被评为先进。",
)
PROBLEMS = (
    "{o 一}是公开的主动性需要加强；{o 二}是公开的内容不够全面；{o 三}是业务能力有待提高。",
    "{o 一}是部分信息公开不够及时。{o 二}是政策解读的形式较为单一。",
    "主要有以下三个方面的问题：{o 一}是思想认识不够到位；{o 二}是公开渠道有待拓宽；{o 三}是专业人员不足。",
)
PLANS = (
    "{y+1}年，{short}将重点做好以下工作：{o 一}是加强业务培训，{o 二}是优化栏目设置，{o 三}是强化监督检查。",
    "{y+1}年，{we}将继续深化政务公开：{o 一}是压实工作责任。{o 二}是丰富解读形式。",
    "下一步，{y+1}年{short}将紧盯短板，持续提升公开质量。",
)
OTHER = (
    "按照《{law 处理费}》（{no 处理费}）的规定，本年度收取信息处理费{fee}元。",
    "{y+0}年，{short}收取政府信息公开信息处理费{fee}元。没有其他需要报告的事项。",
    "本年度收取信息处理费{fee}元，全部上缴财政。",
)
NO_FEE = (
    "{y+0}年，{short}未收取信息处理费。",
    "本机关按照《{law 处理费}》（{no 处理费}）的规定，本年度没有收取信息处理费。",
)
#: The fee once more, in the overview.
FEE_TOO = ("全年收取信息处理费{fee}元。",)

LAWS = {
    "条例": ("中华人民共和国政府信息公开条例", ""),
    "保密": ("中华人民共和国保守国家秘密法", ""),
    "格式": ("中华人民共和国政府信息公开工作年度报告格式", "国办公开办函〔2021〕30号"),
    "处理费": ("政府信息公开信息处理费管理办法", "国办函〔2020〕109号"),
}

#: A body's full name, its short name, how it calls itself and the whole of what it governs.
BODIES = {
    "township": (
        ("乌苏市甘河子镇人民政府", "甘河子镇", "我镇", "全镇"),
        ("乌苏市白杨沟镇人民政府", "白杨沟镇", "我镇", "全镇"),
        ("乌苏市八十四户乡人民政府", "八十四户乡", "我乡", "全乡"),
        ("昌吉市六工镇人民政府", "六工镇", "我镇", "全镇"),
    ),
    "county": (
        ("沭阳县人民政府", "沭阳县", "我县", "全县"),
        ("金湖县人民政府", "金湖县", "我县", "全县"),
        ("宿迁市宿豫区人民政府", "宿豫区", "我区", "全区"),
    ),
    "prefecture": (
        ("宿迁市人民政府", "宿迁市", "我市", "全市"),
        ("武威市人民政府", "武威市", "我市", "全市"),
    ),
    "department": (
        ("乌苏市教育局", "市教育局", "我局", "全局"),
        ("乌苏市农业农村局", "市农业农村局", "我局", "全局"),
        ("金湖县住房和城乡建设局", "县住建局", "我局", "全局"),
    ),
}
