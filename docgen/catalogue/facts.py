"""Rules about facts that refute one another: the level and the name, a fee and its unit (E85)."""

from docgen.finding import Rule

LEVEL = Rule(
    "E853",
    "机关层级与机关名称不符",
    "error",
    "机关层级写的是“{actual}”，“{name}”应是“{expected}”",
    "层级决定年报的期限、该写的内容和能不能有规章；填错了，这些都核对不对。",
    "机关名称是甘河子镇人民政府，机关层级填“县级”。",
    "核对机关层级和机关名称；多半应填“{expected}”。",
    "《中华人民共和国宪法》第三十条；《中华人民共和国政府信息公开条例》第四十九条、第五十条",
    waivable=True,
)
FEE_UNIT = Rule(
    "E854",
    "收费金额的单位像是错了",
    "warning",
    "{table}“{label}”是 {actual} 万元，{why}",
    "这一格的单位是万元；把元数直接填进来，就多了一万倍。",
    "第六部分写收取信息处理费 12500 元，表一的收费金额填了 12500（万元），应为 1.25。",
    "核对单位：以元计的数除以 10000 再填；确是这么多的，不用改。",
    "国办公开办函〔2021〕30号 表一（收费金额，单位：万元）",
)
