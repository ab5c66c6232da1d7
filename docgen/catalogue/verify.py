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
    "文字和数字与签发时相同，但{parts}不同",
    "字体、页边距、页码或属性变了，版面可能已不合标准。",
    "用 WPS 打开后另存过。",
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
    "要核验的应是一个 DOCX 文件，旁边有签发时写下的 package.json。",
    "给的是 PDF。",
    "给出 outputs 里的 .docx 文件。",
)
