"""Rules about what must not leave the house (E83, E86), and characters that were lost (E87)."""

from docgen.finding import Rule

_SECRETS = "《中华人民共和国政府信息公开条例》第十四条、第十七条；《中华人民共和国保守国家秘密法》"

DRAFT_MARK = Rule(
    "E835",
    "还标着征求意见稿",
    "error",
    "“{quote}”里还写着“{actual}”",
    "公布的年报是定稿；标着征求意见稿、送审稿、草案，读者不知道哪一份算数。",
    "标题“甘河子镇2024年政府信息公开工作年度报告（征求意见稿）”。",
    "定了稿就删去“{actual}”；还没有定稿的，用 --draft 出草稿。",
    "GB/T 9704—2012 7.3.1（公文标题由发文机关名称、事由和文种组成）",
)
SECRET_MARK = Rule(
    "E862",
    "写着密级或内部标记",
    "error",
    "“{quote}”里有“{actual}”，像是密级或内部标记",
    "年报向社会公布；标着密级的不能公布，不涉密的不能标。",
    "“机密★1年”“（内部资料）”。",
    "先问保密审查：内容不涉密就删去“{actual}”，涉密就不能公布。",
    _SECRETS,
    waivable=True,
)
INNER_ADDRESS = Rule(
    "E863",
    "写着内网地址或本机路径",
    "error",
    "“{quote}”里的“{actual}”是{what}",
    "内网地址和本机路径在外面打不开，还会让人看出内部网络的样子。",
    "“详见http://192.168.1.8/zwgk”“D:\\年报\\附件.docx”。",
    "改为对外公布的网址，或删去。",
    "《中华人民共和国网络安全法》第二十一条；《党政机关公文处理工作条例》第三十条（保密）",
    waivable=True,
)
LOST_CHARACTER = Rule(
    "E872",
    "有字丢了，成了乱码",
    "error",
    "“{quote}”里的“{actual}”是转换编码时丢了的字",
    "生僻字在 GBK 里没有，另存时就变成问号；从别处贴来的乱码也是这样。",
    "“甘河?镇”（原是生僻字）、“锟斤拷”。",
    "对照原稿补上这个字；CSV 另存时选“CSV UTF-8（逗号分隔）”。",
    "GB 18030—2022《信息技术 中文编码字符集》",
    waivable=True,
)
PRIVATE_CHARACTER = Rule(
    "E873",
    "有 Word 的项目符号或自造字",
    "error",
    "“{quote}”里有 {count} 个只在原来的字体里才有样子的字符（{actual}）",
    "从 Word 贴来的项目符号和自造字用的是私有码位，换了字体就印成方框或别的符号。",
    "段首的项目符号“\uf06c”（U+F06C）。",
    "删去这个字符；是编号就打成“一是”“1.”，是人名、地名就改用正式编码的字。",
    "GB 18030—2022《信息技术 中文编码字符集》",
    waivable=True,
)
