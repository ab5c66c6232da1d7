"""政府信息公开工作年度报告: what it says about rules of docgen, where it has words of its own."""

from collections.abc import Mapping

from docgen.forms.form import RuleText

_FORM = "国办公开办函〔2021〕30号"
_ACT = "《中华人民共和国政府信息公开条例》"
_TIMELY = f"{_FORM}；{_ACT}第六条（及时、准确地公开）"

TEXTS: Mapping[str, RuleText] = {
    "R207": RuleText(
        why="一份年报要有基本情况、正文和三张表；缺一张就不完整。",
        example="文件夹里没有“表三 复议诉讼.csv”。",
    ),
    "R208": RuleText(
        example="文件名“表四 其他.csv”。",
    ),
    "R209": RuleText(
        example="“表一 主动公开.csv”和“表一主动公开.csv”都在。",
    ),
    "R221": RuleText(
        example="“表二 申请办理(1).csv”按“表二 申请办理”读。",
    ),
    "R222": RuleText(
        example="表二最下面写着“填表人：张三”。",
    ),
    "E101": RuleText(
        why="年报固定为六个部分，一个都不能少；没有内容也要照实写明。",
        example="“六、其他需要报告的事项”下面空着。",
        cure="写上这一部分；没有需要报告的，也用一句话说明（第六部分要说明收取信息处理费的情况）。",
        basis=f"{_FORM}；{_ACT}第五十条",
    ),
    "E102": RuleText(
        basis=_FORM,
    ),
    "E201": RuleText(
        why="2019、2020 年度用 2019 年试行格式，2021 年度起用 2021 年格式；两种格式的表不同。",
        example="2024 年度的年报还用 2019 年的表。",
        basis=f"{_FORM}（2021 年度起）；国办公开办函〔2019〕60号（2019、2020 年度）",
    ),
    "E202": RuleText(
        basis=f"{_ACT}第四十九条",
    ),
    "E401": RuleText(
        why="表头和行名由国务院办公厅的格式规定；按机关要求照印，但提醒与格式不一致。",
        example="“规范性文件”，2021 年格式为“行政规范性文件”。",
        basis=_FORM,
    ),
    "E402": RuleText(
        why="年报的名称由国务院办公厅的格式规定。",
        example="“2024年政府信息公开年度报告”少了“工作”。",
        basis=_FORM,
    ),
    "E502": RuleText(
        cure=(
            "写成 {{ 本年新收 }}、{{ 予以公开 | 占 办理总计 }} 的样子。可用的名称见 docs/text.md。"
        ),
    ),
    "E503": RuleText(
        example="表二“一、本年新收”空着，正文引用 {{ 本年新收 }}。",
    ),
    "E504": RuleText(
        example="没有收到申请，正文写 {{ 予以公开 | 占 本年新收 }}。",
        cure="删去这个占比，或加上“有”“无”说明各怎么写：{{ 予以公开 | 占 本年新收 | 有 ，占… }}。",
    ),
    "E505": RuleText(
        example="“一、总体情况”里只有依申请公开的一句。",
        basis=_FORM,
    ),
    "E511": RuleText(
        example="正文写行政复议 134 件，表三是 170。",
        cure="核对原始台账，改正文或改表；正文可写成引用（如 {{ 本年新收 }}），以后就不会不一致。",
        basis=_TIMELY,
    ),
    "E512": RuleText(
        example="总体情况写收取信息处理费 380 元，其他事项写未收取。",
        basis=_TIMELY,
    ),
    "E513": RuleText(
        basis=_TIMELY,
    ),
    "E514": RuleText(
        cure="重新计算；可写成引用，如 {{ 予以公开 | 占 办理总计 }}。",
        basis=_TIMELY,
    ),
    "E515": RuleText(
        basis=_TIMELY,
    ),
    "E516": RuleText(
        basis=_TIMELY,
    ),
    "E517": RuleText(
        example="上年年报新收 3607 件，今年写“较上年的 3706 件”。",
        basis=_TIMELY,
    ),
    "E518": RuleText(
        example="小标题写“依申请公开情况”，下面只写“全年办结 8 件”，表二办理总计是 9。",
        cure="是同一件事的，改正文或改表；不是的，把说的是什么写全（如“收到政府信息公开申请…件”）。",
        basis=_TIMELY,
    ),
    "E519": RuleText(
        basis=_TIMELY,
    ),
    "E521": RuleText(
        basis=_TIMELY,
    ),
    "E522": RuleText(
        basis=_TIMELY,
    ),
    "E601": RuleText(
        example="2024 年度的年报，标题还是“2023年政府信息公开工作年度报告”。",
    ),
    "E602": RuleText(
        example="2024 年度的年报，引言写“现将2023年政府信息公开工作情况报告如下”。",
    ),
    "E603": RuleText(
        basis=f"{_ACT}第四十九条",
    ),
    "E604": RuleText(
        example="2024 年度的年报里写“2023年，我镇主动公开政府信息120条”。",
    ),
    "E606": RuleText(
        why="按期编报、按期公布是条例的要求；逾期要被通报。",
    ),
    "E607": RuleText(
        basis=f"{_ACT}第四十九条",
    ),
    "E611": RuleText(
        example="“2024年甘河子镇2024年度政府信息公开工作年度报告”。",
        basis=_FORM,
    ),
    "E701": RuleText(
        why="上年结转、现行有效和文字是否雷同，要有上年的年报才能判断；没有判断不等于没有问题。",
    ),
    "E703": RuleText(
        example="上年表二“总计”列不平。",
    ),
    "E713": RuleText(
        example="行政处罚上年 12，本年 1200。",
    ),
    "E714": RuleText(
        example="行政许可上年 54408，本年 0。",
    ),
    "E715": RuleText(
        basis=f"{_ACT}第四十七条（未按照要求开展的，督促整改或者通报批评）",
    ),
    "E716": RuleText(
        basis=f"{_ACT}第四十七条（未按照要求开展的，督促整改或者通报批评）",
    ),
    "E804": RuleText(
        example="五、存在的主要问题及改进情况：无。",
        cure="写出本机关实际存在的问题和改进的办法。",
        basis=f"{_ACT}第四十七条、第五十条",
    ),
    "E805": RuleText(
        why="总体情况是概述；写得太长，读者找不到要看的，有的地方还规定了字数。",
        example="总体情况写了 2300 字，把一年的新闻都抄了进去。",
        cure="删去与政府信息公开无关的内容；本地没有规定字数、都有必要写的，不用改。",
    ),
    "E831": RuleText(
        example="“（说明：此处填写主动公开情况）”“XX镇人民政府”。",
    ),
    "E832": RuleText(
        example="“主动公开政府信息  条”“共   件”。",
    ),
    "E836": RuleText(
        example="甘河子镇的年报，引言写“现公布白杨沟镇2024年政府信息公开工作年度报告”。",
        basis=f"{_ACT}第四十九条（年度报告由本机关编制、公布）",
    ),
    "E841": RuleText(
        example="《中华人民共和国政府信息公开条列》。",
    ),
    "E842": RuleText(
        example="国办函[2020]109号、国办函（2020）第109号。",
    ),
    "E843": RuleText(
        example="信息处理费管理办法写成国办函〔2020〕190号。",
    ),
    "E844": RuleText(
        example="2024 年度的年报写“根据……（国务院令第492号）”“……（国办公开办函〔2019〕60号）”。",
        basis=f"{_ACT}（国务院令第711号，自2019年5月15日起施行）；{_FORM}",
    ),
    "E851": RuleText(
        why="规章只有国务院部门、省级和设区的市级人民政府可以制定；县、乡镇的文件是行政规范性文件。",
        example="镇政府的表一“规章”现行有效 2 件。",
        cure="改为 0；是行政规范性文件的，填到那一行。",
        basis="《中华人民共和国立法法》第九十一条、第九十三条",
    ),
    "E852": RuleText(
        why="地方政府的部门不能制定规章；只有国务院部门可以。",
        example="县教育局的表一“规章”现行有效 1 件。",
        cure="核对是不是把行政规范性文件填到了这一行。",
        basis="《中华人民共和国立法法》第九十一条、第九十三条",
    ),
    "E853": RuleText(
        why="层级决定年报的期限、该写的内容和能不能有规章；填错了，这些都核对不对。",
        basis=f"《中华人民共和国宪法》第三十条；{_ACT}第四十九条、第五十条",
    ),
    "E854": RuleText(
        why="这一格的单位是万元；把元数直接填进来，就多了一万倍。",
        example="第六部分写收取信息处理费 12500 元，表一的收费金额填了 12500（万元），应为 1.25。",
        cure="核对单位：以元计的数除以 10000 再填；确是这么多的，不用改。",
        basis=f"{_FORM} 表一（收费金额，单位：万元）",
    ),
    "E861": RuleText(
        basis=f"{_ACT}第十五条；《中华人民共和国个人信息保护法》第二十五条",
    ),
    "E862": RuleText(
        basis=f"{_ACT}第十四条、第十七条；《中华人民共和国保守国家秘密法》",
    ),
}
