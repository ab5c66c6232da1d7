"""Rules about a document that should be what was issued (V1)."""

from docgen.finding import Rule

NO_PACKAGE = Rule(
    "V101",
    "没有签发记录",
    "error",
    "“{name}”旁边没有签发记录“{package}”，或它已损坏",
    "核验要靠签发时写下的成套文件；没有它就不知道签发的是什么。",
    "只把 DOCX 拷走了，没有拷 package.json。",
    "把签发时的 package.json 放在它旁边再核验。",
)
DRAFT = Rule(
    "V102",
    "是草稿",
    "error",
    "“{name}”是草稿，没有签发过",
    "草稿带着没有解决的问题，送审稿还没有定，都不能用印。",
    "docgen render --draft 出的文件。",
    "有错误的先改正，然后不加 --draft 重新运行 docgen render。",
)
TEXT_CHANGED = Rule(
    "V103",
    "文字改过",
    "error",
    "{where}改过：签发时是“{expected}”，现在是“{actual}”",
    "签发后的文件与签发时不同，数据没有跟着核对。",
    "用印前在 Word 里改了一个数。",
    "改输入文件，重新运行 docgen render；不要改成品。",
)
PARTS_CHANGED = Rule(
    "V104",
    "版式改过",
    "error",
    "文字和数字与签发时相同，没有看到藏起来、变了色或另加的内容，但{parts}不同",
    "字体、页边距、页码或属性变了，版面可能已不合标准。",
    "在 Word 里换了正文的字体。",
    "用签发时的原件；找不到就重新运行 docgen render。",
)
RESAVED = Rule(
    "V105",
    "重新保存过",
    "error",
    "内容逐部分与签发时相同，但文件本身不是原件",
    "文件被别的程序重新打包过，内容没有变。",
    "用别的软件打开又保存，没有改动。",
    "用签发时的原件为好。",
)
NOT_DOCUMENT = Rule(
    "V106",
    "不是可核验的文件",
    "error",
    "“{name}”{why}",
    "能核验的是 docgen 写的 DOCX、PDF、网页、数据文件和图片，旁边要有签发时写下的 package.json。",
    "文件只拷了一半；或者给的是 package.json。",
    "给出 outputs 里的文件，如 outputs/2024.docx。",
)
INTERRUPTED = Rule(
    "V107",
    "签发中途断了",
    "error",
    "签发“{name}”时中途断了：记录是新的，文件还没有换上",
    "断电或强行关掉时会这样；核验只看不写，不会替您换上。",
    "出文件时电脑断电。",
    "再运行一次 docgen render，把它做完。",
)
NOT_MADE = Rule(
    "V108",
    "不是输入做出来的",
    "error",
    "“{name}”和签发记录互相对得上，可是用“{input}”重新做出来的不是它",
    "同样的输入、模板和版本，每次做出来的文件一个字节也不差；对得上却做不出来，多半是文件和记录一起改过。",
    "有人改了成品里的一个数，又把签发记录里的哈希值改成了新的。",
    "不要用印。把它和签发记录移到别处留着查，再运行 docgen render 重新出一份。",
)
INPUT_CHANGED = Rule(
    "V109",
    "和现在的输入不一致",
    "error",
    "“{input}”和签发记录里写的不是同一份内容，照它做出来的也不是“{name}”",
    "签发以后改过输入，或者文件和记录一起改过；只看这几个文件分不出是哪一种。",
    "出了文件以后又改了一个数，没有重新出。",
    "输入是对的，就重新运行 docgen render；签发时的输入存在别处的，用 --input 指给 docgen。",
)
MADE_DIFFERS = Rule(
    "V110",
    "与输入做出来的不同",
    "error",
    "{where}：照输入做出来是“{expected}”，文件里是“{actual}”",
    "这一处文件和输入说的不一样。",
    "成品里的一个数改过，记录也跟着改过。",
    "以输入为准；输入有误就改输入，再重新运行 docgen render。",
)
NOT_IN_RECORD = Rule(
    "V111",
    "不是一起签发的",
    "error",
    "签发记录“{package}”里没有“{name}”",
    "网页、数据和校样与文件一起签发，都记在签发记录里；没有记的，不是这一次出的。",
    "以前出的 2024.pdf 被拷了回来。",
    "照需要加 --pdf、--html 或 --data，重新运行 docgen render。",
)
BESIDE_CHANGED = Rule(
    "V112",
    "一起签发的文件改过",
    "error",
    "“{name}”和签发时写出的不同",
    "它和“{document}”是一套，改了一个就对不上了。",
    "在网页里改了一个数。",
    "重新运行 docgen render；不要改成品。",
)
RECORD_EDITED = Rule(
    "V113",
    "签发记录改过",
    "error",
    "签发记录“{package}”里的{what}，不是用“{input}”做得出来的",
    "文件没有变，变的是记录：用印审批单上的标题、机关和警告都取自记录。",
    "在 package.json 里删掉了一条警告。",
    "再运行一次 docgen render，记录会照输入重新写好。",
)
PRINT_CHANGED = Rule(
    "V114",
    "印出来会不同",
    "error",
    "印出来会和签发时不同：{where}的“{text}”{what}",
    "字面上没有变，印到纸上却不一样：藏起来的、白色的看不见，符号、域和文本框会多印或换掉内容。",
    "把一个数设成了白色，或设成了隐藏。",
    "不要用印。用签发时的原件，或改输入后重新运行 docgen render。",
)
SAVED_BY = Rule(
    "V115",
    "用别的软件另存过",
    "error",
    "“{name}”用 {program} 打开后另存过：文字和数字与签发时相同，没有看到藏起来、变了色或另加的内容",
    "内容没有变，但版式由那个软件重写过，字距、分页可能与签发时不同，也就不是原件了。",
    "用 WPS 打开看过，关闭时点了保存。",
    "用签发时的原件去用印；找不到就重新运行 docgen render。以后打开只看，不要保存。",
)
