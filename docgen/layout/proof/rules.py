"""The rules of the page as it is printed (F), by GB/T 9704."""

from docgen.finding import Rule
from docgen.layout.cure import in_template

NO_OFFICE = Rule(
    code="F101",
    name="没有 LibreOffice",
    severity="error",
    message="没有找到 LibreOffice，出不了校样{where}",
    why="校样（PDF）由 LibreOffice 排出来；DOCX 不需要它，照常签发。",
    example="新电脑上只装了 docgen。",
    cure="装上 LibreOffice：Debian/Ubuntu 用 apt install libreoffice-writer-nogui，麒麟、统信在"
    "软件商店里搜 LibreOffice，Windows 和 macOS 从 libreoffice.org 下载；已装在别处的，把"
    " soffice 的全路径写进环境变量 DOCGEN_SOFFICE。",
)
HANGS = Rule(
    code="F102",
    name="LibreOffice 没有反应",
    severity="error",
    message="LibreOffice 过了 {seconds} 秒还没有排完“{name}”，已经停掉",
    why="文件里有 LibreOffice 排不出来的内容，或电脑正忙；换了全新的设置又试过一次，也是这样。",
    example="电脑内存不足，LibreOffice 卡住了。",
    cure="关掉别的程序再试；还是这样，用 docgen 自带的模板（不写 --template）重新出一份再试。",
)
FAILED = Rule(
    code="F103",
    name="LibreOffice 没有排出来",
    severity="error",
    message="LibreOffice 没有排出“{name}”：{why}",
    why="LibreOffice 中途退出，或没有写出文件；换了全新的设置又试过一次，也是这样。",
    example="磁盘满了，或 LibreOffice 没有装全（缺 Writer）。",
    cure="腾出磁盘空间；还是这样，用 LibreOffice 打开它看看，不要保存；打不开就重装 LibreOffice"
    "（要带 Writer）。",
)
BROKEN_PDF = Rule(
    code="F104",
    name="校样不完整",
    severity="error",
    message="“{name}”的校样不是完整的 PDF：{why}",
    why="写到一半停下的 PDF 打不开或缺页；换了全新的设置又试过一次，也是这样。",
    example="磁盘满了，PDF 只写了一半。",
    cure="腾出磁盘空间再试。",
)
TEXT_DIFFERS = Rule(
    code="F105",
    name="校样与文件的文字不一样",
    severity="error",
    message="校样与文件不一样：{where}应为“{expected}”，校样上是“{actual}”，没有出校样",
    why="校样要逐字与 DOCX 相同，才能拿来看版面；LibreOffice 有时会丢字。",
    example="行末的句号在 PDF 里丢了。",
    cure=in_template("看这一处有没有文本框、批注、修订或自动编号，改成普通文字后再试。"),
)
NOT_DOCX = Rule(
    code="F106",
    name="不是 Word 文件",
    severity="error",
    message="“{name}”不是可用的 DOCX 文件：{why}",
    why="校样只能从 Word 的 .docx 文件出；.doc、.wps 或改了后缀的文件不行。",
    example="把 .doc 改名成了 .docx。",
    cure="用 Word 或 WPS 打开它，另存为 .docx。",
)
NO_ROOM = Rule(
    code="F107",
    name="临时文件夹写不进去",
    severity="error",
    message="没有出校样：排版要用的临时文件夹“{name}”写不进去（{why}）",
    why="LibreOffice 排版时要有放临时文件的地方，一份约 1 MB；DOCX 不需要它，照常签发。",
    example="/tmp 所在的磁盘满了。",
    cure="腾出空间，或把环境变量 TMPDIR 指到有空间的文件夹，再运行一次。",
    since="0.2.0",
)
LEADS_OUT = Rule(
    code="F108",
    name="文件会到外面去取内容",
    severity="error",
    message="“{name}”里有{what}，没有出校样",
    why="排版时会到文件外面去取内容，或打开嵌着的别的东西；别人发来的文件，docgen 不让它这样做。",
    example="文件里的图片是链接，每次打开都要到网上去取。",
    cure="在 Word 里打开，把链接的图片改成嵌入的（“文件—信息—编辑指向文件的链接—断开链接”），"
    "把对象和域换成文字或图片，再试。",
    since="0.2.0",
)
SUBSTITUTED = Rule(
    code="F111",
    name="校样用了替代字体",
    severity="note",
    message="这台电脑没有{official}，校样上用 {standin} 代替",
    why=(
        "DOCX 里写的仍是公文规定的字体；只是校样在这台电脑上排，用了相近的字体，"
        "换行可能有一两处不同。"
    ),
    example="服务器上没有装仿宋_GB2312。",
    cure="不必处理；要让校样与成品完全一样，请在这台电脑上装好规定的字体。",
)
RARE = Rule(
    code="F112",
    name="有生僻字",
    severity="note",
    message="有 {count} 个字不在 GB2312 里：{characters}",
    why=(
        "仿宋_GB2312、楷体_GB2312 只有 6763 个常用汉字；这些字在打印的电脑上会换成别的字体，"
        "粗细不一。"
    ),
    example="人名里的“珺”，单位“㎡”。",
    cure="在要打印的电脑上看一眼这几个字，印出来正常就不必处理。",
)
PITCH = Rule(
    code="F201",
    name="每面不是 22 行",
    severity="warning",
    message="行距为 {pitch} 磅，一面能排 {lines} 行，应为 22 行",
    why="公文一般每面排 22 行、每行 28 个字，并撑满版心。",
    example="行距设成了 1.5 倍。",
    cure=in_template("在“页面设置—文档网格”里设为每页 22 行、每行 28 字。"),
    basis="GB/T 9704—2012 5.2.3（一般）",
)
TYPE_AREA = Rule(
    code="F202",
    name="版心不对",
    severity="error",
    message="正文的{side}为 {actual} 毫米，应为 {expected} 毫米",
    why="公文用纸天头（上白边）37 毫米、订口（左白边）28 毫米，版心 156 毫米×225 毫米。",
    example="页边距用了 Word 的默认值。",
    cure=in_template("在“页面设置”里设上 37、下 35、左 28、右 26 毫米。"),
    basis="GB/T 9704—2012 5.2.1（应）",
)
PAGE_NUMBER = Rule(
    code="F203",
    name="页码不对",
    severity="warning",
    message="第 {page} 页的页码是“{actual}”，应为“— {page} —”",
    why="页码用阿拉伯数字，左右各放一条一字线。",
    example="页码只有一个数字，没有一字线。",
    cure=in_template("双击页脚改好页码；奇数页、偶数页要分别设。"),
    basis="GB/T 9704—2012 7.5（一般）",
)
NUMBER_PLACE = Rule(
    code="F204",
    name="页码的位置不对",
    severity="error",
    message="第 {page} 页的页码{what}，应{expected}",
    why="页码在版心下边缘之下，一字线上距版心下边缘 7 毫米；单页居右空一字，双页居左空一字。",
    example="所有页码都居中了。",
    cure=in_template(
        "勾选页脚的“奇偶页不同”，奇数页的页码居右、右缩进一字，偶数页居左、左缩进一字。"
    ),
    basis="GB/T 9704—2012 7.5（左右：应；高低：一般）",
)
HEADING_LAST = Rule(
    code="F205",
    name="标题落在页末",
    severity="warning",
    message="标题“{heading}”在第 {page} 页的最后，它下面的内容到了下一页",
    why="标题与它的内容分在两页，读起来断了。",
    example="“六、其他需要报告的事项”单独留在页末。",
    cure=in_template("在标题的样式里，“段落—换行和分页”勾选“与下段同页”。"),
    basis="通行做法",
)
ROW_SPLIT = Rule(
    code="F206",
    name="表格的一行分在两页",
    severity="warning",
    message="第 {table} 张表第 {row} 行“{label}”分在第 {first} 页和第 {last} 页",
    why="一行断成两半，数与名称对不上。",
    example="很高的一行没有勾选“不允许跨页断行”。",
    cure=in_template("选中整张表，在“表格属性—行”里去掉“允许跨页断行”。"),
    basis="通行做法",
)
HEAD_NOT_REPEATED = Rule(
    code="F207",
    name="续页上没有表头",
    severity="warning",
    message="第 {table} 张表接到第 {page} 页，那里没有重复表头",
    why="没有表头，就不知道各列是什么。",
    example="一张表排了两页，第二页只有数。",
    cure=in_template("选中表头的几行，在“表格属性—行”里勾选“在各页顶端以标题行形式重复出现”。"),
    basis="通行做法",
)
TABLE_OUTSIDE = Rule(
    code="F208",
    name="表格超出版心",
    severity="error",
    message="第 {page} 页的表格{side}超出版心 {over} 毫米",
    why="版心宽 156 毫米，表格在版心之内。",
    example="表格宽度设成了 17 厘米。",
    cure=in_template("选中表格，在“表格属性”里把宽度设为不超过 15.6 厘米，居中。"),
    basis="GB/T 9704—2012 5.2.1（应）",
)
_SIGNATURE = "GB/T 9704—2012 7.3.5.1"
NAME_OFF = Rule(
    code="F209",
    name="署名与日期没有对中",
    severity="warning",
    message="机关署名比成文日期的中线偏{side} {off} 毫米",
    why="机关署名在成文日期之上，以成文日期为准居中。",
    example="用空格把署名推到右边。",
    cure=in_template("署名用样式“签名”，日期用样式“日期”，不要用空格来排。"),
    basis=f"{_SIGNATURE}（一般）",
)
DATE_PLACE = Rule(
    code="F210",
    name="成文日期不是右空四字",
    severity="warning",
    message="成文日期右边空 {actual} 字，应空四字",
    why="成文日期右空四字，印章才不会压到页边。",
    example="日期右对齐，没有缩进。",
    cure=in_template("日期用样式“日期”；别处来的文件，给日期那一段设右缩进 4 字符。"),
    basis=f"{_SIGNATURE}（一般）",
)
SIGNATURE_ALONE = Rule(
    code="F211",
    name="署名单独在一页",
    severity="error",
    message="第 {page} 页上只有署名和日期，没有正文",
    why="印章顶端要在正文一行之内，所以署名所在的页上至少要有一行正文；也不许写“此页无正文”。",
    example="正文正好排满一页，署名到了下一页。",
    cure=(
        "用 docgen render --pdf 重新出，它会自己调行距、字距；还是这样，"
        "就在输入里把正文增减一两行。"
    ),
    basis=f"{_SIGNATURE}、7.3.5.5",
)
SIGNATURE_SPLIT = Rule(
    code="F212",
    name="署名和日期不在同一页",
    severity="error",
    message="机关署名在第 {first} 页，成文日期在第 {last} 页",
    why="印章要同时盖住署名和日期，两者必须在同一页。",
    example="署名是一页的最后一行，日期到了下一页。",
    cure=in_template("选中署名，在“段落—换行和分页”里勾选“与下段同页”。"),
    basis=f"{_SIGNATURE}（应）",
)
NO_SEAL_ROOM = Rule(
    code="F213",
    name="盖不下印章",
    severity="error",
    message="第 {page} 页盖不下直径 {seal} 毫米的印章：{why}",
    why="印章端正、居中下压署名和日期，使它们在印章中心偏下；印章顶端距正文一行之内，不压正文、不出页边。",
    example="正文与署名之间空了四行，印章盖在日期上就离正文太远。",
    cure="用 docgen render --pdf 重新出，它会自己调行距、字距；仍盖不下，就在输入里把正文增减"
    "一两行，或在模板的署名前只留一个空行。",
    basis=f"{_SIGNATURE}、7.3.5.5（应）",
)
ADJUSTED = Rule(
    code="F214",
    name="为盖章调整过版面",
    severity="note",
    message="为了盖得下印章，{what}；文字和数没有动",
    why="所剩空白容不下印章时，标准允许用调整行距、字距的办法解决。",
    example="署名多了一行，印章会压到页码。",
    cure="不必处理。",
    basis="GB/T 9704—2012 7.3.5.5（可以）",
)
NO_SIGNATURE = Rule(
    code="F215",
    name="没有署名或日期",
    severity="note",
    message="没有找到机关署名和成文日期，没有量盖章的位置",
    why="网上公布的年报可以没有署名；要盖章的纸质件须有署名和成文日期。",
    example="正文之后什么都没有。",
    cure="不盖章的不必处理；要盖章就用 docgen 自带的模板重新出（别处来的文件，在正文之后加上）。",
    basis=f"{_SIGNATURE}（一般）",
)
NOT_OURS = Rule(
    code="F301",
    name="不覆盖已有的文件",
    severity="error",
    message="“{name}”已经在那里，不是 docgen 出的校样",
    why="别人放的文件，覆盖了就找不回来。",
    example="文件夹里已有一份盖过章扫描的 2024.pdf。",
    cure="先把它移走或改名，或用 -o 换一个文件夹；确实要覆盖，加 --force。",
)
