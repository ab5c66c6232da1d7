"""What is wrong with a template: every rule about it (T1, T2), raised where it is found."""

from docgen.finding import Rule

NOT_DOCX = Rule(
    code="T101",
    name="模板不是 Word 文件",
    severity="error",
    message="模板“{name}”不是可用的 DOCX 文件：{why}",
    why="模板须是 Word 的 .docx 文件；.doc、.wps 或改了后缀的文件不行。",
    example="把 .doc 改名成了 .docx。",
    cure="用 Word 或 WPS 打开它，另存为 .docx；或去掉 --template，用自带的模板。",
)
_WHERE = "在 Word 或 WPS 中打开模板，找到这一处改正，再运行 docgen template check。"
UNKNOWN_NAME = Rule(
    code="T201",
    name="标签名不认识",
    severity="error",
    message="{where}：标签 {tag} 里的“{name}”不认识{nearest}",
    why="标签名写错，那里就填不进内容。",
    example="{{ row.natrual }} 应为 {{ row.natural }}。",
    cure=_WHERE,
)
BROKEN_TAG = Rule(
    code="T202",
    name="标签写坏了",
    severity="error",
    message="{where}：{tag} {why}",
    why="标签的括号不成对或写法不对，模板无法使用。",
    example="{{ title }} 少了一个右括号。",
    cure=_WHERE,
)
UNPAIRED_BLOCK = Rule(
    code="T203",
    name="循环或条件不成对",
    severity="error",
    message="{where}：{tag} {why}",
    why="每个 for 要有 endfor，每个 if 要有 endif，且前缀（tr、p）要一致。",
    example="{%tr for row in requests.rows %} 用 {% endfor %} 结束，应为 {%tr endfor %}。",
    cure=_WHERE,
)
SWALLOWED_TEXT = Rule(
    code="T204",
    name="标签旁的文字会被吞掉",
    severity="error",
    message="{where}：{tag} 与“{text}”写在同一{unit}里，这些文字不会印出来",
    why="{%p %} 所在的整段、{%tr %} 所在的整行都会被换掉，旁边的文字会丢失。",
    example="“附：{%p for p in preface %}”。",
    cure="让这个标签独占一{unit}。",
)
NOT_ALLOWED = Rule(
    code="T205",
    name="标签里有不允许的写法",
    severity="error",
    message="{where}：{tag} 里不能用{what}",
    why="模板来自外部，只允许取值、循环和条件，不允许运算和调用。",
    example="{{ ''.__class__ }}。",
    cure="只用 {{{{ 名称 }}}}、for、if 三种标签。",
)
MISSING_VALUE = Rule(
    code="T206",
    name="模板漏了内容",
    severity="error",
    message="这一项印不出来：模板里没有{what}",
    why="模板要把年报的每个数、每段文字都印出来，一个都不能少。",
    example="删掉了“总计”一列的标签。",
    cure="补上缺的标签（对照自带的模板）。",
)
WRONG_PRINT = Rule(
    code="T207",
    name="模板印错了内容",
    severity="error",
    message="{where}应印“{expected}”，用这个模板印出来是“{actual}”",
    why="标签放错了格子，或模板里写死了别的文字。",
    example="“自然人”一列放了 {{ row.total }}。",
    cure="改正这一处的标签。",
)
NOT_FILLED = Rule(
    code="T208",
    name="标签写在不填的地方",
    severity="error",
    message="{where}：标签 {tag} 写在这里不会填，会原样印出来",
    why="标签只在正文、页眉、页脚、脚注和文件属性里填；尾注、批注、图表等处的标签不填。",
    example="尾注里写了 {{ signature.date }}。",
    cure="把标签移到正文、页眉、页脚或脚注里，或在这里删掉它。",
)
MAY_BE_EMPTY = Rule(
    code="T209",
    name="可能什么都不剩",
    severity="error",
    message="{where}：{what}都在循环或条件里，可能一{unit}也不印，Word 就打不开这个文件",
    why="表格至少要有一行，格子里至少要有一段；都不印时，Word 认为文件已损坏。",
    example="一格里只有 {%p if title %}、{{ title }}、{%p endif %} 三段。",
    cure="在循环或条件之外留一{unit}（可以是空的）。",
)
TOO_MUCH = Rule(
    code="T210",
    name="模板填不完",
    severity="error",
    message="{where}：{why}，没有再填",
    why="一份年报的模板只有几百个标签，循环不过几百次；循环套循环会越印越多，填很久也填不完。",
    example="{%p for a in preface %} 里又套了五层同样的循环。",
    cure="删去多余的循环和标签（对照自带的模板），再运行 docgen template check。",
    since="0.2.0",
)
