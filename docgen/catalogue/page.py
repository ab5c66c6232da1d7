"""Rules about the page of a DOCX, against GB/T 9704—2012 (P): sheet, type, paragraphs (P1–P3).

P1 sheet · P2 fonts and sizes · P3 paragraphs; P4 to P6 stand in `page_marks`.
The standard as data, with the strength of each clause, is `docgen.layout.page.gbt9704`: what binds
(应) is an error, 一般 a warning, 可以 and practice a note.
"""

from docgen.catalogue.cure import in_template
from docgen.finding import Rule

_STANDARD = "GB/T 9704—2012"
_BINDS, _MOSTLY = "（应）", "（一般）"
_STYLE = in_template("在 Word 或 WPS 里改这一处的样式，不要逐段去改。")

PAPER = Rule(
    "P101",
    "纸张不是 A4",
    "error",
    "纸张是 {actual}，应为 {expected}",
    "公文用纸是 A4；纸张不对，版心、页码和印章的位置全都不对。",
    "Word 英文版的默认纸张是 Letter（215.9 mm×279.4 mm）。",
    in_template("布局→纸张大小→A4。"),
    f"{_STANDARD} 5.1{_BINDS}",
)
MARGINS = Rule(
    "P102",
    "页边或版心不对",
    "error",
    "{actual}；应为{expected}",
    "天头、订口和版心的尺寸是国家标准定死的，装订和用印都依它。",
    "Word 的默认页边：上下 25.4 mm，左右 31.8 mm。",
    in_template("布局→页边距→自定义：上 37 mm，下 35 mm，左 28 mm，右 26 mm，装订线 0。"),
    f"{_STANDARD} 5.2.1{_BINDS}",
)
LINES = Rule(
    "P103",
    "每面不是 22 行",
    "warning",
    "文档网格{actual}，一般每面 {expected}",
    "一般每面排 22 行并撑满版心；行数不对，最后一页能否容下印章也算不准。",
    "没有设文档网格，每面排了 30 行。",
    in_template(
        "布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行（跨度 28.95 磅）。"
    ),
    f"{_STANDARD} 5.2.3{_MOSTLY}",
)
CHARACTERS = Rule(
    "P104",
    "每行不是 28 字",
    "warning",
    "文档网格{actual}，一般每行 {expected}",
    "一般每行排 28 个字并撑满版心；3号字按原距只排得下 27 个。",
    "文档网格只指定了行，没有指定字符。",
    in_template("布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行。"),
    f"{_STANDARD} 5.2.3{_MOSTLY}",
)
TITLE_FONT = Rule(
    "P201",
    "标题字体不对",
    "warning",
    "标题的字体是{actual}，一般用{expected}",
    "标题一般用2号小标宋体。",
    "标题用了宋体加粗。",
    in_template("把标题的中文字体设为“方正小标宋简体”。"),
    f"{_STANDARD} 7.3.1{_MOSTLY}",
)
TITLE_SIZE = Rule(
    "P202",
    "标题字号不对",
    "warning",
    "标题的字号是{actual}，一般用{expected}",
    "标题一般用2号小标宋体。",
    "标题用了小二号（18 磅）。",
    in_template("把标题的字号设为二号。"),
    f"{_STANDARD} 7.3.1{_MOSTLY}",
)
HEADING_FONT = Rule(
    "P203",
    "层次标题字体不对",
    "warning",
    "{about}的字体是{actual}，一般用{expected}（{count} 处）",
    "一般第一层“一、”用黑体，第二层“（一）”用楷体，第三、四层“1.”“（1）”用仿宋体。",
    "“一、总体情况”用了宋体加粗。",
    _STYLE,
    f"{_STANDARD} 7.3.3{_MOSTLY}",
)
HEADING_SIZE = Rule(
    "P204",
    "层次标题字号不对",
    "warning",
    "层次标题的字号是{actual}，一般用{expected}（{count} 处）",
    "各层标题与正文同为3号字，只以字体区别。",
    "“一、总体情况”用了二号字。",
    _STYLE,
    f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
BODY_FONT = Rule(
    "P205",
    "正文字体不对",
    "warning",
    "正文的字体是{actual}，一般用{expected}（{count} 处）",
    "如无特殊说明，各要素一般用3号仿宋体；仿宋_GB2312、仿宋、方正仿宋都算。",
    "正文用了宋体。",
    _STYLE,
    f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
BODY_SIZE = Rule(
    "P206",
    "正文字号不对",
    "warning",
    "正文的字号是{actual}，一般用{expected}（{count} 处）",
    "如无特殊说明，各要素一般用3号字（16 磅）。",
    "正文用了四号字（14 磅）。",
    _STYLE,
    f"{_STANDARD} 5.2.2、7.3.3{_MOSTLY}",
)
PUNCTUATION = Rule(
    "P207",
    "引号破折号落到西文字体",
    "warning",
    "{actual}，落到了西文字体，一般{expected}（{count} 处）",
    "引号、破折号、省略号在中西文字体里都有；没有标明用中文字体的，Word 就用西文字体，宽窄不对。",
    "“以公开为常态”的引号排成了 Times New Roman 的窄引号。",
    in_template("选中这些标点，在中文输入法下重新输入，或把它们的西文字体也设为中文字体。"),
    f"{_STANDARD} 5.2.2{_MOSTLY}",
)
LATIN_FONT = Rule(
    "P208",
    "西文字体少见",
    "note",
    "数字和字母的字体是{actual}，通行用 {expected}（{count} 处）",
    "标准没有规定数字和字母的字体，通行用 Times New Roman，也可随汉字的字体。",
    "年份用了 Calibri。",
    in_template("把样式里的西文字体设为 Times New Roman。"),
    f"{_STANDARD} 5.2.2（通行做法）",
)
COLOUR = Rule(
    "P209",
    "文字不是黑色",
    "error",
    "文字的颜色是{actual}，应为{expected}（{count} 处）",
    "如无特殊说明，公文中文字的颜色均为黑色。",
    "Word 默认的标题样式是蓝色。",
    in_template("把这些文字的颜色改为“自动”或黑色。"),
    f"{_STANDARD} 5.2.4{_BINDS}",
)
OTHER_FONTS = Rule(
    "P210",
    "用了公文以外的字体",
    "note",
    "还用了公文以外的字体：{actual}",
    "公文用仿宋、楷体、黑体、宋体、小标宋和 Times New Roman；别的字体换一台电脑就可能走样。",
    "页眉用了微软雅黑。",
    in_template("换成公文用的字体。"),
    f"{_STANDARD} 5.2.2（通行做法）",
)
TITLE_CENTRED = Rule(
    "P301",
    "标题没有居中",
    "warning",
    "标题{actual}，一般{expected}排布",
    "标题一般分一行或多行居中排布；首行缩进也会使它偏离中线。",
    "标题左对齐。",
    in_template("把标题设为居中，缩进设为 0。"),
    f"{_STANDARD} 7.3.1{_MOSTLY}",
)
TITLE_GAP = Rule(
    "P302",
    "标题下没有空一行",
    "note",
    "标题下空了 {actual} 行，通行{expected}",
    "标准要求主送机关编排于标题下空一行位置；没有主送机关的，正文前也通行空一行。",
    "标题下紧接着就是正文。",
    in_template("在标题下留一个空行。"),
    f"{_STANDARD} 7.3.2（通行做法）",
)
INDENT = Rule(
    "P303",
    "段首没有空二字",
    "warning",
    "段首{actual}，一般{expected}（{count} 段）",
    "每个自然段左空二字，回行顶格；层次标题也是自然段。",
    "用三个空格代替缩进。",
    in_template("段落→缩进→特殊格式：首行缩进 2 字符，左侧缩进 0；删去段首的空格。"),
    f"{_STANDARD} 7.3.3{_MOSTLY}",
)
LINE_SPACING = Rule(
    "P304",
    "行距使每面不是 22 行",
    "warning",
    "行距是{actual}，一般{expected}（{count} 段）",
    "段落自己的行距会盖过文档网格。固定值在 28 磅到 28.95 磅之间，才恰好每面 22 行。",
    "固定值 30 磅，每面只有 21 行；29 磅也差一点。",
    in_template(
        "段落→行距：单倍行距，并勾选“如果定义了文档网格，则对齐到网格”；或固定值 28.95 磅。"
    ),
    f"{_STANDARD} 5.2.3{_MOSTLY}",
)
PARAGRAPH_SPACE = Rule(
    "P305",
    "段前段后有间距",
    "warning",
    "段前段后的间距是{actual}，一般为 0（{count} 段）",
    "段间加了距离，每面就排不满 22 行。",
    "Word 默认的正文段后 10 磅，标题段前 24 磅。",
    in_template("段落→间距：段前、段后都设为 0。"),
    f"{_STANDARD} 5.2.3{_MOSTLY}",
)
