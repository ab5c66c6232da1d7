"""The faults of a template that more than one module here finds; the others stand where found."""

from docgen.finding import Rule

#: The cure of a fault that one sees in the template.
IN_TEMPLATE = "在 Word 或 WPS 中打开模板，找到这一处改正，再运行 docgen template check。"
BROKEN_TAG = Rule(
    code="T202",
    name="标签写坏了",
    severity="error",
    message="{where}：{tag} {why}",
    why="标签的括号不成对或写法不对，模板无法使用。",
    example="{{ title }} 少了一个右括号。",
    cure=IN_TEMPLATE,
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
TOO_MUCH = Rule(
    code="T210",
    name="模板填不完",
    severity="error",
    message="{where}：{why}，没有再填",
    why="一份报告的模板只有几百个标签，循环不过几百次；循环套循环会越印越多，填很久也填不完。",
    example="{%p for a in preface %} 里又套了五层同样的循环。",
    cure="删去多余的循环和标签（对照自带的模板），再运行 docgen template check。",
    since="0.2.0",
)
