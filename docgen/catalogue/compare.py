"""Rules about comparing reports (C1): what a comparison cannot be made of."""

from docgen.finding import Rule

TOO_FEW = Rule(
    "C101",
    "至少要两份才能比",
    "error",
    "只找到 {count} 份输入，没有可比的",
    "比对要两份或更多的年报：两个年度、两个机关，或装着许多年报的文件夹。",
    "docgen compare inputs/2024.json",
    "再写一份输入，或给出装着几份年报的文件夹，如 docgen compare 2024.json 2025.json。",
)
BAD_THRESHOLD = Rule(
    "C102",
    "雷同的界线不对",
    "error",
    "--threshold 是“{value}”，应在 0 到 1 之间",
    "界线是雷同的句子占多少：0.5 就是一半。",
    "docgen compare 各镇 --threshold 50",
    "写 0 到 1 之间的数，如 --threshold 0.5。",
)
PAGE_IS_INPUT = Rule(
    "C103",
    "网页会盖掉输入",
    "error",
    "--html 写的“{name}”就是一份输入",
    "网页写在那里，这份年报的数据就没有了。",
    "docgen compare 2024.json 2025.json --html 2025.json",
    "给网页另取一个名字，如 --html 比对.html。",
)
