"""What tells two documents apart: their words, what is printed of them, then all the rest."""

import re
from collections.abc import Mapping, Sequence

from docgen.files import ooxml
from docgen.finding import Finding, Rule
from docgen.issuing.printed import Mark, find_marks
from docgen.word import blocks

TEXT_CHANGED = Rule(
    code="V103",
    name="文字改过",
    severity="error",
    message="{where}改过：签发时是“{expected}”，现在是“{actual}”",
    why="签发后的文件与签发时不同，数据没有跟着核对。",
    example="用印前在 Word 里改了一个数。",
    cure="改输入文件，重新运行 docgen render；不要改成品。",
)
PARTS_CHANGED = Rule(
    code="V104",
    name="版式改过",
    severity="error",
    message="文字和数字与签发时相同，没有看到藏起来、变了色或另加的内容，但{parts}不同",
    why="字体、页边距、页码或属性变了，版面可能已不合标准。",
    example="在 Word 里换了正文的字体。",
    cure="用签发时的原件；找不到就重新运行 docgen render。",
)
RESAVED = Rule(
    code="V105",
    name="重新保存过",
    severity="error",
    message="内容逐部分与签发时相同，但文件本身不是原件",
    why="文件被别的程序重新打包过，内容没有变。",
    example="用别的软件打开又保存，没有改动。",
    cure="用签发时的原件为好。",
)
PRINT_CHANGED = Rule(
    code="V114",
    name="印出来会不同",
    severity="error",
    message="印出来会和签发时不同：{where}的“{text}”{what}",
    why="字面上没有变，印到纸上却不一样：藏起来的、白色的看不见，符号、域和文本框会多印或换掉内容。",
    example="把一个数设成了白色，或设成了隐藏。",
    cure="不要用印。用签发时的原件，或改输入后重新运行 docgen render。",
    since="0.2.0",
)
SAVED_BY = Rule(
    code="V115",
    name="用别的软件另存过",
    severity="error",
    message=(
        "“{name}”用 {program} 打开后另存过：文字和数字与签发时相同，"
        "没有看到藏起来、变了色或另加的内容"
    ),
    why="内容没有变，但版式由那个软件重写过，字距、分页可能与签发时不同，也就不是原件了。",
    example="用 WPS 打开看过，关闭时点了保存。",
    cure="用签发时的原件去用印；找不到就重新运行 docgen render。以后打开只看，不要保存。",
    since="0.2.0",
)

# `<Application>WPS Office</Application>`; not `<Application/>`
_APPLICATION = re.compile(rb"<(?:\w+:)?Application>([^<]{1,200})<")
#: What programs call themselves in the documents they save, and what people call them.
_PROGRAMS = {b"WPS": "WPS", b"LibreOffice": "LibreOffice", b"Microsoft": "Word"}

NOTHING = "（没有）"


class Contents:
    """A document's parts and what its body says. Making one raises NotPackage."""

    def __init__(self, document: bytes) -> None:
        self.parts = ooxml.read_parts(document)
        self.body = blocks.read_blocks(self.parts.get(ooxml.DOCUMENT, b""))


def words_changed(issued: Contents, now: Contents) -> list[blocks.Difference]:
    """Return where two documents say different words, nothing told as such."""
    return [
        found._replace(expected=found.expected or NOTHING, actual=found.actual or NOTHING)
        for found in blocks.differences(issued.body, now.body)
    ]


def prints_changed(issued: Contents, now: Contents) -> list[Mark]:
    """Return what is printed otherwise than its words say, and was not so when it was issued."""
    was, is_now = find_marks(issued.parts), find_marks(now.parts)
    found = list((is_now - was).elements())
    told = {mark.where for mark in found}
    gone = (mark for mark in (was - is_now).elements() if mark.where not in told)

    return [*found, *(mark._replace(what="签发时的样子没有了") for mark in gone)]


def find_changes(
    issued: Contents, now: Contents, name: str, located: Sequence[Finding] = ()
) -> list[Finding]:
    """Return what tells a document from the one that was issued, which has other bytes.

    `located` are the changed words where they could be told in the places of the input.
    """
    found = list(located)
    if not found:
        found = [TEXT_CHANGED.at(**one._asdict()) for one in words_changed(issued, now)]
    found += [PRINT_CHANGED.at(**one._asdict()) for one in prints_changed(issued, now)]
    if found:
        return found

    names = sorted(issued.parts.keys() | now.parts.keys())
    changed = [part for part in names if _is_changed(part, issued.parts, now.parts)]
    program = _saved_by(now.parts)

    if not changed:
        return [RESAVED.at()]
    if program and program != _saved_by(issued.parts):
        return [SAVED_BY.at(name=name, program=program)]
    return [PARTS_CHANGED.at(parts="、".join(changed))]


def _saved_by(parts: Mapping[str, bytes]) -> str:
    """Return which of the usual programs saved a document, as it says of itself."""
    said = _APPLICATION.search(parts.get("docProps/app.xml", b""))
    return next((name for word, name in _PROGRAMS.items() if said and word in said[1]), "")


def _is_changed(name: str, was: Mapping[str, bytes], now: Mapping[str, bytes]) -> bool:
    """Return whether a part is not there in both, or its content is another."""
    if name not in was or name not in now:
        return True
    return was[name] != now[name] and ooxml.canonical(name, was[name]) != ooxml.canonical(
        name, now[name]
    )
