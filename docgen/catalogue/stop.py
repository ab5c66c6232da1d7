"""What stops docgen, by exit code: usage (X2), input (X3), output (X5), docgen's own fault (X7)."""

from docgen.finding import Rule

USAGE = Rule(
    "X201",
    "命令写法不对",
    "error",
    "{what}",
    "命令里的选项或参数不对。",
    "docgen rendr inputs/2024.json",
    "运行 docgen --help 看用法。",
)
SAME_OUTPUT = Rule(
    "X202",
    "两份输入会写成同一个文件",
    "error",
    "“{first}”和“{second}”都会写成“{output}”",
    "后写的会盖掉先写的。",
    "docgen render inputs/2024.json inputs/2024.xlsx",
    "一次只给其中一份，或分别用 -o 指定不同的文件夹。",
)
NO_TEMPLATE = Rule(
    "X203",
    "这种表式没有模板",
    "error",
    "表式“{form}”没有自带模板，不能出文件",
    "2019 年试行格式只供读取和核对。",
    "docgen render 一份 2019 年的年报。",
    "只核对请用 docgen check；要出文件请用 --template 指定模板。",
)
NO_SUCH_CODE = Rule(
    "X204",
    "没有这个编号",
    "error",
    "没有编号“{code}”{nearest}",
    "编号由一个字母和三个数字组成。",
    "docgen explain E999",
    "运行 docgen explain（不带编号）看全部编号。",
)
BAD_YEAR = Rule(
    "X205",
    "年度不对",
    "error",
    "年度“{year}”不在已知表式的范围内",
    "年度决定用哪种表式。",
    "docgen new 24",
    "写四位年份，如 docgen new 2025。",
)
CANNOT_CARRY = Rule(
    "X209",
    "不能写进空表的内容",
    "error",
    "“{label}”是“{value}”，{why}，没有写空表",
    "空表要用 Excel 打开；那里会算的公式、看不见的字符，都不该从别人的文件里带进来。",
    "上年的输入里，机关名称被人改成了 =HYPERLINK(…)。",
    "用 --body 写明机关的全称；是上年的输入不对，先改正那里的这一项。",
)
NO_FILE = Rule(
    "X301",
    "找不到输入",
    "error",
    "找不到“{name}”",
    "文件名或文件夹写错了，或文件不在当前文件夹下。",
    "docgen render 2024.json（文件其实在 inputs 里）。",
    "核对路径和文件名；要填的输入还没有的，用 docgen new 生成一套空表。",
)
EMPTY_FILE = Rule(
    "X302",
    "文件是空的",
    "error",
    "“{name}”是空的（0 字节）",
    "保存或复制时出了问题，内容已经不在文件里。",
    "U 盘拔早了，文件成了 0 字节。",
    "重新保存或复制一份。",
)
EMPTY_FOLDER = Rule(
    "X303",
    "文件夹里没有表",
    "error",
    "文件夹“{name}”里没有 CSV 文件",
    "一份年报的文件夹里应有基本情况、正文和三张表，都是 CSV。",
    "给的是上一级文件夹 inputs。",
    "给出装着这些 CSV 的那个文件夹，如 inputs/2025。",
)
TOO_LARGE = Rule(
    "X304",
    "文件太大",
    "error",
    "“{name}”有 {size}，超过上限 {limit}",
    "一份年报的数据只有几十 KB；这么大多半不是年报，或有大片空白格带格式。",
    "把整年的台账存成了 CSV。",
    "核对是不是选错了文件；若是表格，删去多余的行列后再保存。",
)
NOT_TEXT = Rule(
    "X305",
    "不是文字文件",
    "error",
    "“{name}”不是{kind}文件：{why}",
    "文件的内容与后缀不符，或已经损坏。",
    "把图片改名成了 .csv。",
    "用 Excel 或 WPS 打开原来的文件，另存为 {kind}。",
)
OLD_WORKBOOK = Rule(
    "X306",
    "是旧格式的工作簿",
    "error",
    "“{name}”是旧格式的工作簿（.xls 或 .et）",
    "docgen 只读 .xlsx。",
    "2003 版 Excel 存的文件。",
    "用 Excel 或 WPS 打开它，另存为 .xlsx。",
)
LOCKED_WORKBOOK = Rule(
    "X307",
    "工作簿有打开密码",
    "error",
    "“{name}”设了打开密码，读不了",
    "加密的文件里看不到数。",
    "“文件—信息—保护工作簿—用密码进行加密”。",
    "用 Excel 或 WPS 打开，去掉打开密码，再保存。",
)
BROKEN_WORKBOOK = Rule(
    "X308",
    "工作簿打不开",
    "error",
    "“{name}”不是完好的 .xlsx 工作簿：{why}",
    "文件损坏，或内容与后缀不符。",
    "下载中断，文件只有一半。",
    "用 Excel 或 WPS 打开并另存为 .xlsx；打不开就重新取一份。",
)
BROKEN_JSON = Rule(
    "X309",
    "JSON 写法不对",
    "error",
    "“{name}”第 {line} 行第 {column} 列：{why}",
    "JSON 的括号、引号或逗号有误，无法读取。",
    "最后一项后面多了一个逗号。",
    "改正这一处；拿不准就用 docgen new --xlsx 生成工作簿来填。",
)
DEEP_JSON = Rule(
    "X310",
    "JSON 嵌套太深",
    "error",
    "“{name}”里的括号一层套一层，超过了 {limit} 层",
    "年报的 JSON 只有四层；这么深的不是年报。",
    "程序出错生成的文件。",
    "核对是不是选错了文件。",
)
UNKNOWN_KIND = Rule(
    "X311",
    "不认识的文件种类",
    "error",
    "“{name}”不是 JSON、XLSX 文件，也不是装着 CSV 的文件夹",
    "docgen 读三种输入：一个 .json、一个 .xlsx，或一个装着 CSV 的文件夹。",
    "docgen render 表一.csv（应给它所在的文件夹）。",
    "给出 .json、.xlsx 或文件夹；单个 CSV 请给它所在的文件夹。",
)
UNREADABLE = Rule(
    "X312",
    "读不了",
    "error",
    "“{name}”读不了：{why}",
    "没有读取的权限，或磁盘、网络盘出了问题。",
    "文件正被别的程序占用。",
    "关掉正在打开它的程序，核对权限后再试。",
)
UNKNOWN_FORM = Rule(
    "X313",
    "表式不认识",
    "error",
    "“{label}”填的是“{value}”，docgen 没有这个表式",
    "表式决定有哪些表、哪些行列和哪些勾稽关系；不知道表式就无法读表，docgen 不猜。",
    "表式填成了“2021”，应填 disclosure-2021。",
    "填 {known} 之一；2021 年及以后的年报填 disclosure-2021。",
)
NO_FACTS = Rule(
    "X314",
    "没有基本情况",
    "error",
    "没有找到“{name}”这张表",
    "表式、年度和机关名称都在“基本情况”里；没有它就不知道怎么读其余的表。",
    "文件夹里的“基本情况.csv”改了名。",
    "用 docgen new 生成一套空表，补上“{name}”。",
)
NO_FOLDER = Rule(
    "X321",
    "当前文件夹没有了",
    "error",
    "运行 docgen 的这个文件夹已经被删掉或移走了",
    "命令里的文件名都从当前文件夹找起；它没有了，就不知道去哪里找。",
    "在 U 盘的文件夹里运行，U 盘已经拔掉。",
    "用 cd 换到一个还在的文件夹，再运行一次。",
)
FOREIGN_NAME = Rule(
    "X322",
    "文件名的编码不对",
    "error",
    "“{name}”的文件名不是 UTF-8 编码，记不进签发记录",
    "签发记录里要写明用了哪些文件，写不出名字就无法核验；多半是 Windows 的压缩包在 Linux 上解开。",
    "把同事发来的 zip 用 unzip 解开，文件名成了乱码。",
    "改一个文件名；或删掉后用 unzip -O GBK 重新解开压缩包。",
)
NOT_OURS = Rule(
    "X501",
    "不覆盖已有的文件",
    "error",
    "“{name}”已经在那里，{why}",
    "别人放的或签发后改过的文件，覆盖了就找不回来。",
    "签发后在 Word 里改过，又运行了一次 docgen render。",
    "先把它移走或改名；确实要覆盖，加 --force。",
)
CANNOT_WRITE = Rule(
    "X502",
    "写不进去",
    "error",
    "写不了“{name}”：{why}",
    "磁盘满了、没有权限，或文件正在 Word 里打开着。一起写的几个文件都没有写，原来的没有动。",
    "outputs 文件夹是只读的。",
    "腾出空间、关掉正在打开它的程序，或用 -o 换一个文件夹。",
)
ALREADY_THERE = Rule(
    "X503",
    "空表已经在那里",
    "error",
    "“{name}”已经存在，没有动它",
    "里面可能已有填好的数。",
    "docgen new 2025 运行了两次。",
    "换一个文件夹（-o），或先把它移走。",
)
RESULT_LOST = Rule(
    "X509",
    "结果没有全说出来",
    "error",
    "结果没有全写到标准输出：{why}",
    "结果转存到别处时，那里写不进去了；该写的文件不受影响，写好的都在。",
    "docgen check 2024.json --json 的结果转存到满了的 U 盘。",
    "腾出空间或换个地方转存，再运行一次；写好的文件不会重做。",
)
FAULT = Rule(
    "X701",
    "docgen 自己出错",
    "error",
    "docgen 出了错（{what}），没有做完",
    "这是 docgen 的毛病，不是您的。",
    "docgen 没有装全，少了一个文件。",
    "把这条信息和输入文件交给维护 docgen 的人；加 --traceback 再运行一次可看到细节。",
)
READ_BACK = Rule(
    "X702",
    "成品与数据不一致",
    "error",
    "写好的文件读回来，{where}应为“{expected}”，却是“{actual}”，没有签发",
    "签发前要把成品重新打开，逐字逐数与数据核对；不一致就不签发。",
    "填充时多印了一个字（docgen 自己的毛病）。",
    "把这条信息和输入文件交给维护 docgen 的人。",
)
INTERRUPTED = Rule(
    "X703",
    "已中断",
    "error",
    "已按要求停下，没有写完的都没有留下",
    "按了 Ctrl-C，或系统要 docgen 停下。",
    "出很多份校样时按了 Ctrl-C。",
    "再运行一次即可。",
)
NO_MEMORY = Rule(
    "X704",
    "内存不够",
    "error",
    "做“{name}”时电脑的内存不够，没有写出",
    "同时开着的程序太多，或同时做的份数太多；一份年报只要几十 MB，用到 2 GB 也会停下。",
    "用旧电脑一次做几百份，还开着别的程序。",
    "关掉别的程序再运行一次；份数多时加 --jobs 1。只有这一份这样，看它是不是年报。",
)
TOO_LONG = Rule(
    "X711",
    "做得太久",
    "error",
    "做“{name}”用了 {seconds} 秒还没有做完，已经停下",
    "一份年报用不了一秒；做这么久的，多半不是年报，或文件有意做成这样。",
    "程序出错生成的、有几万个相同项目的 JSON。",
    "核对是不是选错了文件；确是年报，把它交给维护 docgen 的人。",
)
