"""Rules about a Word template: the file (T1) and its tags (T2)."""

from docgen.finding import Rule

_WHERE = "在 Word 或 WPS 中打开模板，找到这一处改正，再运行 docgen template check。"

NOT_DOCX = Rule(
    "T101",
    "模板不是 Word 文件",
    "error",
    "模板“{name}”不是可用的 DOCX 文件：{why}",
    "模板须是 Word 的 .docx 文件；.doc、.wps 或改了后缀的文件不行。",
    "把 .doc 改名成了 .docx。",
    "用 Word 或 WPS 打开它，另存为 .docx；或去掉 --template，用自带的模板。",
)
UNKNOWN_NAME = Rule(
    "T201",
    "标签名不认识",
    "error",
    "{where}：标签 {tag} 里的“{name}”不认识{nearest}",
    "标签名写错，那里就填不进内容。",
    "{{ row.natrual }} 应为 {{ row.natural }}。",
    _WHERE,
)
BROKEN_TAG = Rule(
    "T202",
    "标签写坏了",
    "error",
    "{where}：{tag} {why}",
    "标签的括号不成对或写法不对，模板无法使用。",
    "{{ title }} 少了一个右括号。",
    _WHERE,
)
UNPAIRED_BLOCK = Rule(
    "T203",
    "循环或条件不成对",
    "error",
    "{where}：{tag} {why}",
    "每个 for 要有 endfor，每个 if 要有 endif，且前缀（tr、p）要一致。",
    "{%tr for row in requests.rows %} 用 {% endfor %} 结束，应为 {%tr endfor %}。",
    _WHERE,
)
SWALLOWED_TEXT = Rule(
    "T204",
    "标签旁的文字会被吞掉",
    "error",
    "{where}：{tag} 与“{text}”写在同一{unit}里，这些文字不会印出来",
    "{%p %} 所在的整段、{%tr %} 所在的整行都会被换掉，旁边的文字会丢失。",
    "“附：{%p for p in preface %}”。",
    "让这个标签独占一{unit}。",
)
NOT_ALLOWED = Rule(
    "T205",
    "标签里有不允许的写法",
    "error",
    "{where}：{tag} 里不能用{what}",
    "模板来自外部，只允许取值、循环和条件，不允许运算和调用。",
    "{{ ''.__class__ }}。",
    "只用 {{{{ 名称 }}}}、for、if 三种标签。",
)
MISSING_VALUE = Rule(
    "T206",
    "模板漏了内容",
    "error",
    "这一项印不出来：模板里没有{what}",
    "模板要把年报的每个数、每段文字都印出来，一个都不能少。",
    "删掉了“总计”一列的标签。",
    "补上缺的标签（对照自带的模板）。",
)
WRONG_PRINT = Rule(
    "T207",
    "模板印错了内容",
    "error",
    "{where}应印“{expected}”，用这个模板印出来是“{actual}”",
    "标签放错了格子，或模板里写死了别的文字。",
    "“自然人”一列放了 {{ row.total }}。",
    "改正这一处的标签。",
)
NOT_FILLED = Rule(
    "T208",
    "标签写在不填的地方",
    "error",
    "{where}：标签 {tag} 写在这里不会填，会原样印出来",
    "标签只在正文、页眉、页脚、脚注和文件属性里填；尾注、批注、图表等处的标签不填。",
    "尾注里写了 {{ signature.date }}。",
    "把标签移到正文、页眉、页脚或脚注里，或在这里删掉它。",
)
MAY_BE_EMPTY = Rule(
    "T209",
    "可能什么都不剩",
    "error",
    "{where}：{what}都在循环或条件里，可能一{unit}也不印，Word 就打不开这个文件",
    "表格至少要有一行，格子里至少要有一段；都不印时，Word 认为文件已损坏。",
    "一格里只有 {%p if title %}、{{ title }}、{%p endif %} 三段。",
    "在循环或条件之外留一{unit}（可以是空的）。",
)
TOO_MUCH = Rule(
    "T210",
    "模板填不完",
    "error",
    "{where}：{why}，没有再填",
    "一份年报的模板只有几百个标签，循环不过几百次；循环套循环会越印越多，填很久也填不完。",
    "{%p for a in preface %} 里又套了五层同样的循环。",
    "删去多余的循环和标签（对照自带的模板），再运行 docgen template check。",
)
