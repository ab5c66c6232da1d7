"""The rules of the page a document declares (P), by GB/T 9704."""

from docgen.finding import Rule
from docgen.layout.cure import in_template

_STANDARD = "GB/T 9704—2012"
_BINDS, _MOSTLY = "（应）", "（一般）"
PAPER = Rule(
    code="P101",
    name="纸张不是 A4",
    severity="error",
    message="纸张是 {actual}，应为 {expected}",
    why="公文用纸是 A4；纸张不对，版心、页码和印章的位置全都不对。",
    example="Word 英文版的默认纸张是 Letter（215.9 mm×279.4 mm）。",
    cure=in_template("布局→纸张大小→A4。"),
    basis=f"{_STANDARD} 5.1{_BINDS}",
)
MARGINS = Rule(
    code="P102",
    name="页边或版心不对",
    severity="error",
    message="{actual}；应为{expected}",
    why="天头、订口和版心的尺寸是国家标准定死的，装订和用印都依它。",
    example="Word 的默认页边：上下 25.4 mm，左右 31.8 mm。",
    cure=in_template("布局→页边距→自定义：上 37 mm，下 35 mm，左 28 mm，右 26 mm，装订线 0。"),
    basis=f"{_STANDARD} 5.2.1{_BINDS}",
)
LINES = Rule(
    code="P103",
    name="每面不是 22 行",
    severity="warning",
    message="文档网格{actual}，一般每面 {expected}",
    why="一般每面排 22 行并撑满版心；行数不对，最后一页能否容下印章也算不准。",
    example="没有设文档网格，每面排了 30 行。",
    cure=in_template(
        "布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行（跨度 28.95 磅）。"
    ),
    basis=f"{_STANDARD} 5.2.3{_MOSTLY}",
)
CHARACTERS = Rule(
    code="P104",
    name="每行不是 28 字",
    severity="warning",
    message="文档网格{actual}，一般每行 {expected}",
    why="一般每行排 28 个字并撑满版心；3号字按原距只排得下 27 个。",
    example="文档网格只指定了行，没有指定字符。",
    cure=in_template("布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行。"),
    basis=f"{_STANDARD} 5.2.3{_MOSTLY}",
)
TITLE_FONT = Rule(
    code="P201",
    name="标题字体不对",
    severity="warning",
    message="标题的字体是{actual}，一般用{expected}",
    why="标题一般用2号小标宋体。",
    example="标题用了宋体加粗。",
    cure=in_template("把标题的中文字体设为“方正小标宋简体”。"),
    basis=f"{_STANDARD} 7.3.1{_MOSTLY}",
)
TITLE_SIZE = Rule(
    code="P202",
    name="标题字号不对",
    severity="warning",
    message="标题的字号是{actual}，一般用{expected}",
    why="标题一般用2号小标宋体。",
    example="标题用了小二号（18 磅）。",
    cure=in_template("把标题的字号设为二号。"),
    basis=f"{_STANDARD} 7.3.1{_MOSTLY}",
)
_STYLE = in_template("在 Word 或 WPS 里改这一处的样式，不要逐段去改。")
HEADING_FONT = Rule(
    code="P203",
    name="层次标题字体不对",
    severity="warning",
    message="{about}的字体是{actual}，一般用{expected}（{count} 处）",
    why="一般第一层“一、”用黑体，第二层“（一）”用楷体，第三、四层“1.”“（1）”用仿宋体。",
    example="“一、总体情况”用了宋体加粗。",
    cure=_STYLE,
    basis=f"{_STANDARD} 7.3.3{_MOSTLY}",
)
HEADING_SIZE = Rule(
    code="P204",
    name="层次标题字号不对",
    severity="warning",
    message="层次标题的字号是{actual}，一般用{expected}（{count} 处）",
    why="各层标题与正文同为3号字，只以字体区别。",
    example="“一、总体情况”用了二号字。",
    cure=_STYLE,
    basis=f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
BODY_FONT = Rule(
    code="P205",
    name="正文字体不对",
    severity="warning",
    message="正文的字体是{actual}，一般用{expected}（{count} 处）",
    why="如无特殊说明，各要素一般用3号仿宋体；仿宋_GB2312、仿宋、方正仿宋都算。",
    example="正文用了宋体。",
    cure=_STYLE,
    basis=f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
BODY_SIZE = Rule(
    code="P206",
    name="正文字号不对",
    severity="warning",
    message="正文的字号是{actual}，一般用{expected}（{count} 处）",
    why="如无特殊说明，各要素一般用3号字（16 磅）。",
    example="正文用了四号字（14 磅）。",
    cure=_STYLE,
    basis=f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
PUNCTUATION = Rule(
    code="P207",
    name="引号破折号落到西文字体",
    severity="warning",
    message="{actual}，落到了西文字体，一般{expected}（{count} 处）",
    why=(
        "引号、破折号、省略号在中西文字体里都有；没有标明用中文字体的，Word 就用西文字体，"
        "宽窄不对。"
    ),
    example="“以公开为常态”的引号排成了 Times New Roman 的窄引号。",
    cure=in_template("选中这些标点，在中文输入法下重新输入，或把它们的西文字体也设为中文字体。"),
    basis=f"{_STANDARD} 5.2.2{_MOSTLY}",
)
LATIN_FONT = Rule(
    code="P208",
    name="西文字体少见",
    severity="note",
    message="数字和字母的字体是{actual}，通行用 {expected}（{count} 处）",
    why="标准没有规定数字和字母的字体，通行用 Times New Roman，也可随汉字的字体。",
    example="年份用了 Calibri。",
    cure=in_template("把样式里的西文字体设为 Times New Roman。"),
    basis=f"{_STANDARD} 5.2.2（通行做法）",
)
COLOUR = Rule(
    code="P209",
    name="文字不是黑色",
    severity="error",
    message="文字的颜色是{actual}，应为{expected}（{count} 处）",
    why="如无特殊说明，公文中文字的颜色均为黑色。",
    example="Word 默认的标题样式是蓝色。",
    cure=in_template("把这些文字的颜色改为“自动”或黑色。"),
    basis=f"{_STANDARD} 5.2.4{_BINDS}",
)
OTHER_FONTS = Rule(
    code="P210",
    name="用了公文以外的字体",
    severity="note",
    message="还用了公文以外的字体：{actual}",
    why="公文用仿宋、楷体、黑体、宋体、小标宋和 Times New Roman；别的字体换一台电脑就可能走样。",
    example="页眉用了微软雅黑。",
    cure=in_template("换成公文用的字体。"),
    basis=f"{_STANDARD} 5.2.2（通行做法）",
)
TITLE_CENTRED = Rule(
    code="P301",
    name="标题没有居中",
    severity="warning",
    message="标题{actual}，一般{expected}排布",
    why="标题一般分一行或多行居中排布；首行缩进也会使它偏离中线。",
    example="标题左对齐。",
    cure=in_template("把标题设为居中，缩进设为 0。"),
    basis=f"{_STANDARD} 7.3.1{_MOSTLY}",
)
TITLE_GAP = Rule(
    code="P302",
    name="标题下没有空一行",
    severity="note",
    message="标题下空了 {actual} 行，通行{expected}",
    why="标准要求主送机关编排于标题下空一行位置；没有主送机关的，正文前也通行空一行。",
    example="标题下紧接着就是正文。",
    cure=in_template("在标题下留一个空行。"),
    basis=f"{_STANDARD} 7.3.2（通行做法）",
)
INDENT = Rule(
    code="P303",
    name="段首没有空二字",
    severity="warning",
    message="段首{actual}，一般{expected}（{count} 段）",
    why="每个自然段左空二字，回行顶格；层次标题也是自然段。",
    example="用三个空格代替缩进。",
    cure=in_template("段落→缩进→特殊格式：首行缩进 2 字符，左侧缩进 0；删去段首的空格。"),
    basis=f"{_STANDARD} 7.3.3{_MOSTLY}",
)
LINE_SPACING = Rule(
    code="P304",
    name="行距使每面不是 22 行",
    severity="warning",
    message="行距是{actual}，一般{expected}（{count} 段）",
    why="段落自己的行距会盖过文档网格。固定值在 28 磅到 28.95 磅之间，才恰好每面 22 行。",
    example="固定值 30 磅，每面只有 21 行；29 磅也差一点。",
    cure=in_template(
        "段落→行距：单倍行距，并勾选“如果定义了文档网格，则对齐到网格”；或固定值 28.95 磅。"
    ),
    basis=f"{_STANDARD} 5.2.3{_MOSTLY}",
)
PARAGRAPH_SPACE = Rule(
    code="P305",
    name="段前段后有间距",
    severity="warning",
    message="段前段后的间距是{actual}，一般为 0（{count} 段）",
    why="段间加了距离，每面就排不满 22 行。",
    example="Word 默认的正文段后 10 磅，标题段前 24 磅。",
    cure=in_template("段落→间距：段前、段后都设为 0。"),
    basis=f"{_STANDARD} 5.2.3{_MOSTLY}",
)
NO_PAGE_NUMBER = Rule(
    code="P401",
    name="没有页码",
    severity="warning",
    message="{actual}没有页码",
    why="公文一般要有页码；首页、双页用了不同的页脚时，每种页脚都要有。",
    example="设了“首页不同”，首页的页脚空着。",
    cure=in_template("插入→页码，每种页脚都放上 — 1 — 样式的页码。"),
    basis=f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_FORM = Rule(
    code="P402",
    name="页码的样子不对",
    severity="warning",
    message="页码排成“{actual}”，一般排成“{expected}”",
    why="页码用阿拉伯数字，左右各放一条一字线（—，不是减号 -）。",
    example="“- 1 -”“第1页”。",
    cure=in_template("把页码左右改成一字线（—），数字格式设为 1、2、3。"),
    basis=f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_FONT = Rule(
    code="P403",
    name="页码字体不对",
    severity="warning",
    message="页码的字体是{actual}，一般用半角{expected}",
    why="页码一般用4号半角宋体阿拉伯数字。",
    example="页码用了 Times New Roman。",
    cure=in_template("把页码和两条一字线的中文、西文字体都设为宋体。"),
    basis=f"{_STANDARD} 7.5{_MOSTLY}",
)
NUMBER_SIZE = Rule(
    code="P404",
    name="页码字号不对",
    severity="warning",
    message="页码的字号是{actual}，一般用{expected}",
    why="页码一般用4号半角宋体阿拉伯数字。",
    example="页码用了小五号（9 磅）。",
    cure=in_template("把页码和两条一字线的字号设为四号。"),
    basis=f"{_STANDARD} 7.5{_MOSTLY}",
)
ODD_EVEN = Rule(
    code="P405",
    name="单双页的页码不分左右",
    severity="error",
    message="单页和双页用同一种页脚，应{expected}",
    why="公文双面印刷，页码在外侧：单页码居右空一字，双页码居左空一字。",
    example="所有页的页码都居中。",
    cure=in_template("双击页脚，勾选“奇偶页不同”；奇数页的页码右对齐、右缩进 1 字符，偶数页反之。"),
    basis=f"{_STANDARD} 7.5{_BINDS}",
)
NUMBER_SIDE = Rule(
    code="P406",
    name="页码的左右位置不对",
    severity="error",
    message="{about}的页码{actual}；应单页居右、双页居左，各{expected}",
    why="单页码居右空一字，双页码居左空一字。",
    example="单页的页码贴着版心右边，没有空一字。",
    cure=in_template("奇数页的页码右对齐、右缩进 1 字符，偶数页的左对齐、左缩进 1 字符。"),
    basis=f"{_STANDARD} 7.5{_BINDS}",
)
NUMBER_DISTANCE = Rule(
    code="P407",
    name="页码的高低不对",
    severity="warning",
    message="页码的一字线在版心下边缘之下约 {actual}，一般为 {expected}",
    why="一字线上距版心下边缘 7 mm。",
    example="页脚距边界用了默认的 15 mm，页码离正文太远。",
    cure=in_template(
        "双击页脚，把“页脚底端距离”设为 25 mm 左右（页脚段落固定行距 14 磅时为 25.5 mm）。"
    ),
    basis=f"{_STANDARD} 7.5{_MOSTLY}",
)
NO_DATE = Rule(
    code="P501",
    name="找不到成文日期",
    severity="note",
    message="末尾找不到成文日期",
    why="上报和用印的文本要有署名和成文日期；只在网上公布的常常没有。",
    example="正文之后没有“2025年1月20日”这样的一行。",
    cure=in_template("在正文之后空一行，写上署名和成文日期。"),
    basis=f"{_STANDARD} 7.3.5（通行做法）",
)
DATE_FORM = Rule(
    code="P502",
    name="成文日期写法不对",
    severity="error",
    message="成文日期写成“{actual}”，应为“{expected}”的写法",
    why="成文日期用阿拉伯数字将年、月、日标全，年份标全称，月、日不编虚位（1 不编为 01）。",
    example="“2025年01月05日”“二〇二五年一月五日”“2025-1-5”。",
    cure=in_template("改为“2025年1月5日”的写法，中间不留空格。"),
    basis=f"{_STANDARD} 7.3.5.4{_BINDS}",
)
DATE_PLACE = Rule(
    code="P503",
    name="成文日期位置不对",
    severity="warning",
    message="成文日期右边空了约 {actual} 字，一般{expected}",
    why="成文日期一般右空四字编排，印章以它为准。",
    example="成文日期右对齐，没有缩进。",
    cure=in_template("成文日期右对齐，右侧缩进 4 字符。"),
    basis=f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
NO_NAME = Rule(
    code="P504",
    name="成文日期之上没有署名",
    severity="warning",
    message="成文日期之上没有发文机关署名",
    why="一般在成文日期之上编排发文机关署名，印章压在两者上。",
    example="成文日期直接跟在正文后面。",
    cure=in_template("在成文日期的上一行写发文机关的全称或规范化简称。"),
    basis=f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
NAME_CENTRED = Rule(
    code="P505",
    name="署名没有对着成文日期居中",
    severity="warning",
    message="署名的中线比成文日期的中线偏{actual}，一般{expected}",
    why="署名以成文日期为准居中编排，印章才能端正地压住两者。",
    example="署名和日期都右对齐，长短不同，中线就不在一处。",
    cure=in_template("调整署名的右缩进，使它的中点与成文日期的中点对齐。"),
    basis=f"{_STANDARD} 7.3.5.1{_MOSTLY}",
)
SIGNATURE_GAP = Rule(
    code="P506",
    name="署名前没有空一行",
    severity="note",
    message="署名前空了 {actual} 行，通行{expected}",
    why="印章顶端应当上距正文一行之内：空一行，42 mm 的印章恰好放得下；空得多了就超过一行。",
    example="正文与署名之间空了三行。",
    cure=in_template("正文与署名之间留一个空行。"),
    basis=f"{_STANDARD} 7.3.5.1（通行做法）",
)
SIGNATURE_KEPT = Rule(
    code="P507",
    name="署名可能单独落到下一页",
    severity="note",
    message="正文末段与署名、成文日期之间有 {count} 段没有设“与下段同页”",
    why="正文一增一减，署名和日期就可能单独落到另一页，那一页没有正文，不能用印。",
    example="署名前的空行没有设“与下段同页”。",
    cure=in_template("选中正文末段、空行和署名，段落→换行和分页→勾选“与下段同页”。"),
    basis=f"{_STANDARD} 7.3.5.5（通行做法）",
)
TABLE_WIDTH = Rule(
    code="P601",
    name="表格宽出版心",
    severity="error",
    message="表格宽 {actual}，应{expected}",
    why="版心是排字的范围，宽 156 mm；表格出了版心，装订时会被订住或裁掉。",
    example="表格按窄页边排成 180 mm 宽。",
    cure=in_template("表格属性→表格→指定宽度 156 mm（15.6 厘米）以内。"),
    basis=f"{_STANDARD} 5.2.1{_BINDS}",
)
TABLE_GRID = Rule(
    code="P602",
    name="表格的行与列数不合",
    severity="note",
    message="{actual}（{count} 行）",
    why="一行的格子合起来应与表的列数相同；不合时 Word、WPS 各按各的猜，格线会错开。",
    example="表有 10 列，有一行只占 9 列。",
    cure=in_template("重新拆分或合并这一行的格子，使它与别的行对齐。"),
    basis=f"{_STANDARD} 8（通行做法）",
)
HEAD_ROWS = Rule(
    code="P603",
    name="长表的表头不重复",
    severity="note",
    message="表格可能跨页，表头没有设重复",
    why="表格跨到下一页时没有表头，看不出各列是什么。",
    example="“三、收到和处理政府信息公开申请情况”的表有二十多行。",
    cure=in_template("选中表头各行，布局→重复标题行。"),
    basis=f"{_STANDARD} 8（通行做法）",
)
ROW_SPLIT = Rule(
    code="P604",
    name="表格的行可能跨页断开",
    severity="note",
    message="有 {count} 行可以跨页断开，通行{expected}",
    why="一行断成两截，数字和项目就对不上了。",
    example="Word 默认允许跨页断行。",
    cure=in_template("表格属性→行→不勾选“允许跨页断行”。"),
    basis=f"{_STANDARD} 8（通行做法）",
)
TABLE_FONT = Rule(
    code="P605",
    name="表内字体少见",
    severity="note",
    message="表内的字体是{actual}，通行用{expected}（{count} 格）",
    why="标准没有单独规定表内的字体；通行用仿宋或宋体，表头可用黑体。",
    example="表内用了微软雅黑。",
    cure=in_template("把表内的中文字体设为仿宋或宋体。"),
    basis=f"{_STANDARD} 5.2.2（通行做法）",
)
TABLE_SIZE = Rule(
    code="P606",
    name="表内字号少见",
    severity="note",
    message="表内的字号是{actual}，通行用{expected}（{count} 格）",
    why="标准没有单独规定表内的字号；列多时可小，但小于小五号就看不清了。",
    example="表内用了 7 磅的字。",
    cure=in_template("把表内的字号设在小五号和3号之间。"),
    basis=f"{_STANDARD} 5.2.2（通行做法）",
)
