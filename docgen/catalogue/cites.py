"""Rules about what a text cites (E84): laws, notices, their numbers, whether they are in force."""

from docgen.finding import Rule

_DOCUMENT = "GB/T 9704—2012 7.2.5"

LAW_TITLE = Rule(
    "E841",
    "法规、文件的名称不对",
    "warning",
    "“{quote}”里的《{actual}》应为《{expected}》",
    "法规和文件的名称要与公布的一字不差。",
    "《中华人民共和国政府信息公开条列》。",
    "改为《{expected}》。",
)
DOCUMENT_NUMBER = Rule(
    "E842",
    "发文字号的写法不对",
    "warning",
    "“{quote}”里的“{actual}”应为“{expected}”",
    "发文字号的年份用六角括号〔〕，序号不加“第”、不编虚位。",
    "国办函[2020]109号、国办函（2020）第109号。",
    "改为“{expected}”。",
    _DOCUMENT,
)
WRONG_NUMBER = Rule(
    "E843",
    "发文字号与文件名称对不上",
    "warning",
    "“{quote}”：《{title}》的文号是{expected}，写的是{actual}",
    "文号错了就找不到这份文件。",
    "信息处理费管理办法写成国办函〔2020〕190号。",
    "改为{expected}。",
)
OUT_OF_FORCE = Rule(
    "E844",
    "引用的法规、文件不是这一年度的",
    "warning",
    "“{quote}”引用的{actual}{why}",
    "依据已经废止或被代替的文件编制年报，读者会以为是旧稿。",
    "2024 年度的年报写“根据……（国务院令第492号）”“……（国办公开办函〔2019〕60号）”。",
    "改为{expected}；只是说它的来历的，写明“公布”“修订”或“已废止”。",
    "《中华人民共和国政府信息公开条例》（国务院令第711号，自2019年5月15日起施行）；国办公开办函〔2021〕30号",
)
