"""Rules about waivers (E9): each must let something through, and only what may be let through."""

from docgen.finding import Rule

UNUSED = Rule(
    "E901",
    "豁免没有用上",
    "warning",
    "第 {number} 条豁免（{code}）没有用上：{why}",
    "豁免只为一处问题而设；问题没有了，豁免也该撤去，免得日后放过别的问题。",
    "豁免的那句话已经改好，豁免还留着。",
    "删去这一条豁免；确实还要用，照核对结果写明编号和位置。",
)
EXPIRED = Rule(
    "E902",
    "豁免已经失效",
    "warning",
    "第 {number} 条豁免（{code}）已经失效：当时是“{expected}”，现在{now}",
    "豁免是对当时那个数、那句话的；内容变了，要重新判断，原来的问题照常算。",
    "豁免时表二写 12，后来改成了 13。",
    "改正问题；仍要放过，请批准人重新看过，照现在的内容另写一条。",
)
NOT_WAIVABLE = Rule(
    "E903",
    "这种问题不能豁免",
    "error",
    "第 {number} 条豁免写的是 {code}（{name}）：{why}",
    "数不平、缺项、读不出的，不改正就不能签发；提示本来就不拦签发，用不着豁免。",
    "豁免 E301（收办不平）。",
    "删去这一条豁免，改正那处问题。",
)
UNKNOWN_CODE = Rule(
    "E904",
    "豁免的编号不认识",
    "error",
    "第 {number} 条豁免的编号“{code}”不是 docgen 的编号{nearest}",
    "编号写错了，豁免就对不上任何问题。",
    "E5ll（数字 1 写成了字母 l）。",
    "照核对结果里的编号写，如 E511。",
)
