"""Rules about what stands on and below the text of a page: number, signature, tables (P4–P6)."""

from docgen.catalogue.cure import in_template
from docgen.finding import Rule

_STANDARD = "GB/T 9704—2012"
_BINDS, _MOSTLY = "（应）", "（一般）"

NO_PAGE_NUMBER = Rule(
    "P401",
    "没有页码",
    "warning",
    "{actual}没有页码",
    "公文一般要有页码；首页、双页用了不同的页脚时，每种页脚都要有。",
    "设了“首页不同”，首页的页脚空着。",
    in_template("插入→页码，每种页脚都放上 — 1 — 样式的页码。"),
    f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_FORM = Rule(
    "P402",
    "页码的样子不对",
    "warning",
    "页码排成“{actual}”，一般排成“{expected}”",
    "页码用阿拉伯数字，左右各放一条一字线（—，不是减号 -）。",
    "“- 1 -”“第1页”。",
    in_template("把页码左右改成一字线（—），数字格式设为 1、2、3。"),
    f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_FONT = Rule(
    "P403",
    "页码字体不对",
    "warning",
    "页码的字体是{actual}，一般用半角{expected}",
    "页码一般用4号半角宋体阿拉伯数字。",
    "页码用了 Times New Roman。",
    in_template("把页码和两条一字线的中文、西文字体都设为宋体。"),
    f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_SIZE = Rule(
    "P404",
    "页码字号不对",
    "warning",
    "页码的字号是{actual}，一般用{expected}",
    "页码一般用4号半角宋体阿拉伯数字。",
    "页码用了小五号（9 磅）。",
    in_template("把页码和两条一字线的字号设为四号。"),
    f"{_STANDARD} 7.5{_MOSTLY}",
)
ODD_EVEN = Rule(
    "P405",
    "单双页的页码不分左右",
    "error",
    "单页和双页用同一种页脚，应{expected}",
    "公文双面印刷，页码在外侧：单页码居右空一字，双页码居左空一字。",
    "所有页的页码都居中。",
    in_template("双击页脚，勾选“奇偶页不同”；奇数页的页码右对齐、右缩进 1 字符，偶数页反之。"),
    f"{_STANDARD} 7.5{_BINDS}",
)
NUMBER_SIDE = Rule(
    "P406",
    "页码的左右位置不对",
    "error",
    "{about}的页码{actual}；应单页居右、双页居左，各{expected}",
    "单页码居右空一字，双页码居左空一字。",
    "单页的页码贴着版心右边，没有空一字。",
    in_template("奇数页的页码右对齐、右缩进 1 字符，偶数页的左对齐、左缩进 1 字符。"),
    f"{_STANDARD} 7.5{_BINDS}",
)
NUMBER_DISTANCE = Rule(
    "P407",
    "页码的高低不对",
    "warning",
    "页码的一字线在版心下边缘之下约 {actual}，一般为 {expected}",
    "一字线上距版心下边缘 7 mm。",
    "页脚距边界用了默认的 15 mm，页码离正文太远。",
    in_template(
        "双击页脚，把“页脚底端距离”设为 25 mm 左右（页脚段落固定行距 14 磅时为 25.5 mm）。"
    ),
    f"{_STANDARD} 7.5{_MOSTLY}",
)
NO_DATE = Rule(
    "P501",
    "找不到成文日期",
    "note",
    "末尾找不到成文日期",
    "上报和用印的文本要有署名和成文日期；只在网上公布的常常没有。",
    "正文之后没有“2025年1月20日”这样的一行。",
    in_template("在正文之后空一行，写上署名和成文日期。"),
    f"{_STANDARD} 7.3.5（通行做法）",
)
DATE_FORM = Rule(
    "P502",
    "成文日期写法不对",
    "error",
    "成文日期写成“{actual}”，应为“{expected}”的写法",
    "成文日期用阿拉伯数字将年、月、日标全，年份标全称，月、日不编虚位（1 不编为 01）。",
    "“2025年01月05日”“二〇二五年一月五日”“2025-1-5”。",
    in_template("改为“2025年1月5日”的写法，中间不留空格。"),
    f"{_STANDARD} 7.3.5.4{_BINDS}",
)
DATE_PLACE = Rule(
    "P503",
    "成文日期位置不对",
    "warning",
    "成文日期右边空了约 {actual} 字，一般{expected}",
    "成文日期一般右空四字编排，印章以它为准。",
    "成文日期右对齐，没有缩进。",
    in_template("成文日期右对齐，右侧缩进 4 字符。"),
    f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
NO_NAME = Rule(
    "P504",
    "成文日期之上没有署名",
    "warning",
    "成文日期之上没有发文机关署名",
    "一般在成文日期之上编排发文机关署名，印章压在两者上。",
    "成文日期直接跟在正文后面。",
    in_template("在成文日期的上一行写发文机关的全称或规范化简称。"),
    f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
NAME_CENTRED = Rule(
    "P505",
    "署名没有对着成文日期居中",
    "warning",
    "署名的中线比成文日期的中线偏{actual}，一般{expected}",
    "署名以成文日期为准居中编排，印章才能端正地压住两者。",
    "署名和日期都右对齐，长短不同，中线就不在一处。",
    in_template("调整署名的右缩进，使它的中点与成文日期的中点对齐。"),
    f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
SIGNATURE_GAP = Rule(
    "P506",
    "署名前没有空一行",
    "note",
    "署名前空了 {actual} 行，通行{expected}",
    "印章顶端应当上距正文一行之内：空一行，42 mm 的印章恰好放得下；空得多了就超过一行。",
    "正文与署名之间空了三行。",
    in_template("正文与署名之间留一个空行。"),
    f"{_STANDARD} 7.3.5.1（通行做法）",
)
SIGNATURE_KEPT = Rule(
    "P507",
    "署名可能单独落到下一页",
    "note",
    "正文末段与署名、成文日期之间有 {count} 段没有设“与下段同页”",
    "正文一增一减，署名和日期就可能单独落到另一页，那一页没有正文，不能用印。",
    "署名前的空行没有设“与下段同页”。",
    in_template("选中正文末段、空行和署名，段落→换行和分页→勾选“与下段同页”。"),
    f"{_STANDARD} 7.3.5.5（通行做法）",
)
TABLE_WIDTH = Rule(
    "P601",
    "表格宽出版心",
    "error",
    "表格宽 {actual}，应{expected}",
    "版心是排字的范围，宽 156 mm；表格出了版心，装订时会被订住或裁掉。",
    "表格按窄页边排成 180 mm 宽。",
    in_template("表格属性→表格→指定宽度 156 mm（15.6 厘米）以内。"),
    f"{_STANDARD} 5.2.1{_BINDS}",
)
TABLE_GRID = Rule(
    "P602",
    "表格的行与列数不合",
    "note",
    "{actual}（{count} 行）",
    "一行的格子合起来应与表的列数相同；不合时 Word、WPS 各按各的猜，格线会错开。",
    "表有 10 列，有一行只占 9 列。",
    in_template("重新拆分或合并这一行的格子，使它与别的行对齐。"),
    f"{_STANDARD} 8（通行做法）",
)
HEAD_ROWS = Rule(
    "P603",
    "长表的表头不重复",
    "note",
    "表格可能跨页，表头没有设重复",
    "表格跨到下一页时没有表头，看不出各列是什么。",
    "“三、收到和处理政府信息公开申请情况”的表有二十多行。",
    in_template("选中表头各行，布局→重复标题行。"),
    f"{_STANDARD} 8（通行做法）",
)
ROW_SPLIT = Rule(
    "P604",
    "表格的行可能跨页断开",
    "note",
    "有 {count} 行可以跨页断开，通行{expected}",
    "一行断成两截，数字和项目就对不上了。",
    "Word 默认允许跨页断行。",
    in_template("表格属性→行→不勾选“允许跨页断行”。"),
    f"{_STANDARD} 8（通行做法）",
)
TABLE_FONT = Rule(
    "P605",
    "表内字体少见",
    "note",
    "表内的字体是{actual}，通行用{expected}（{count} 格）",
    "标准没有单独规定表内的字体；通行用仿宋或宋体，表头可用黑体。",
    "表内用了微软雅黑。",
    in_template("把表内的中文字体设为仿宋或宋体。"),
    f"{_STANDARD} 5.2.2（通行做法）",
)
TABLE_SIZE = Rule(
    "P606",
    "表内字号少见",
    "note",
    "表内的字号是{actual}，通行用{expected}（{count} 格）",
    "标准没有单独规定表内的字号；列多时可小，但小于小五号就看不清了。",
    "表内用了 7 磅的字。",
    in_template("把表内的字号设在小五号和3号之间。"),
    f"{_STANDARD} 5.2.2（通行做法）",
)
