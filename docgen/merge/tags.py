"""The tags of a template as they stand in its paragraphs, and whether each stands right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from docgen.files import ooxml
from docgen.files.ooxml import Element
from docgen.finding import Finding, Rule
from docgen.merge.braces import STRAY, find_tags, outside_tags
from docgen.merge.compiled import filled_parts
from docgen.merge.empty import may_be_empty
from docgen.merge.faults import BROKEN_TAG, IN_TEMPLATE, NOT_ALLOWED, TOO_MUCH
from docgen.merge.properties import CORE, tagged_properties
from docgen.merge.sandbox import MOST_NESTED
from docgen.word.blocks import text_of
from docgen.word.markup import W

UNPAIRED_BLOCK = Rule(
    code="T203",
    name="循环或条件不成对",
    severity="error",
    message="{where}：{tag} {why}",
    why="每个 for 要有 endfor，每个 if 要有 endif，且前缀（tr、p）要一致。",
    example="{%tr for row in roads.rows %} 用 {% endfor %} 结束，应为 {%tr endfor %}。",
    cure=IN_TEMPLATE,
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
NOT_FILLED = Rule(
    code="T208",
    name="标签写在不填的地方",
    severity="error",
    message="{where}：标签 {tag} 写在这里不会填，会原样印出来",
    why="标签只在正文、页眉、页脚、脚注和文件属性里填；尾注、批注、图表等处的标签不填。",
    example="尾注里写了 {{ signature.date }}。",
    cure="把标签移到正文、页眉、页脚或脚注里，或在这里删掉它。",
)

_PREFIX = re.compile(r"\{[{%#](p|tr|tc|r)\s")
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # docxtpl straightens them too
_PROPERTIES = "文件属性"
_CLOSERS = {"endfor": "for", "endif": "if"}
#: A report's template has 120 tags of 40 characters at most, and no table in a table.
_MOST_TAGS, _LONGEST, _DEEPEST_TABLE = 10_000, 200, 5


@dataclass(frozen=True)
class Tag:
    """One tag: its text, the words inside, and where it stands."""

    text: str
    prefix: str  # "", "p" or "tr": what of the document the tag replaces
    inner: str
    where: str
    container: object  # blocks open and close in the same one

    @property
    def word(self) -> str:
        """The statement's first word: `for`, `endif`, `vmerge`; blank for a value."""
        return self.inner.split(None, 1)[0] if self.text.startswith("{%") and self.inner else ""


def read_tags(parts: dict[str, bytes]) -> tuple[dict[str, list[Tag]], list[Finding]]:
    """Return the tags of each part that is filled, and what is wrong with how they stand.

    Raise NotPackage where a part is no XML.
    """
    tags: dict[str, list[Tag]] = {}
    findings: list[Finding] = []
    filled = filled_parts(parts)
    for name in filter(lambda name: ooxml.is_xml(name) or name in filled, parts):
        root = ooxml.parse(parts[name], name)
        if name in (*filled, CORE) and (why := _too_much(root)):
            findings.append(TOO_MUCH.at(where=name, why=why))
        elif name in filled:
            tags[name], found = _scanned(name, root)
            findings += found or _hidden(name, root)
        elif name == CORE:
            properties = tagged_properties(parts).values()
            tags[CORE] = [tag for text in properties for tag in _tags(text)]
            findings += (found for text in properties for found in _ill_closed(_PROPERTIES, text))
        else:
            findings += _unfilled(name, root)

    return tags, findings


def _too_much(root: Element) -> str:
    """Return what there is too much of for a template, before anything looks at it closely."""
    text = "".join(root.itertext())
    number = max(map(text.count, ("{{", "{%", "{#", "}}", "%}", "#}")))
    if number > _MOST_TAGS:
        return f"有 {number:,} 个标签，超过上限 {_MOST_TAGS:,} 个"
    deep = deepest = 0

    for event, _ in etree.iterwalk(root, events=("start", "end"), tag=f"{W}tbl"):
        deep += 1 if event == "start" else -1
        deepest = max(deep, deepest)

    return f"表格里套表格，套了 {deepest} 层" if deepest > _DEEPEST_TABLE else ""


def _scanned(name: str, root: Element) -> tuple[list[Tag], list[Finding]]:
    """Return the tags in the paragraphs of a part, and what is wrong with how they stand."""
    scanner = _Scanner("" if name == ooxml.DOCUMENT else f"{name.split('/')[-1]} ")
    scanner.scan(root)
    paired = _pairing(scanner.tags)
    return scanner.tags, [*scanner.findings, *paired, *may_be_empty(root, scanner.part)]


def _hidden(name: str, root: Element) -> Iterator[Finding]:
    """Tell of tags that docxtpl sees and no reader: in a field's code, across paragraphs."""
    values = (value for element in root.iter() for value in element.values())
    for text in ("".join(root.itertext()), *values):
        yield from _ill_closed(f"{name}（域代码、属性等看不见的地方）", text)


def _ill_closed(where: str, text: str) -> Iterator[Finding]:
    """Tell of halves of tags, and tags that are closed much too late."""
    if stray := STRAY.search(outside_tags(text)):
        yield BROKEN_TAG.at(where=where, tag=stray[0], why="没有成对的另一半括号")
    for place in find_tags(text):
        if place.stop - place.start > _LONGEST:
            yield BROKEN_TAG.at(where=where, tag=f"{text[place][:24]}…", why="太长了")


def _tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a core property, which holds nothing but text."""
    for place in find_tags(text):
        found = text[place]
        if len(found) <= _LONGEST:
            yield Tag(found, "", found[2:-2].strip(), _PROPERTIES, None)


def _unfilled(name: str, root: Element) -> Iterator[Finding]:
    """Tell of tags where docxtpl fills none: endnotes, comments, charts, a head no page has."""
    text = "".join(root.itertext())
    for place in islice(find_tags(text), 1):
        yield NOT_FILLED.at(where=name, tag=text[place][:60])


class _Scanner:
    def __init__(self, part: str) -> None:
        self.part = part
        self.tags: list[Tag] = []
        self.findings: list[Finding] = []
        self.paragraphs = self.tables = 0
        self.swallowing: set[object] = set()  # paragraphs and rows already told of

    def scan(self, element: Element) -> None:
        """Walk the part in order, counting paragraphs outside tables, and tables."""
        for child in element:
            if child.tag == f"{W}p":
                self.paragraphs += 1
                where = f"{self.part}第 {self.paragraphs} 段"
                self._paragraph(child, where, element, None, None)
            elif child.tag == f"{W}tbl":
                self._table(child)
            else:
                self.scan(child)

    def _table(self, table: Element) -> None:
        """Scan the cells of a table, row by row; a table in a cell is a table by itself."""
        self.tables += 1
        where = f"{self.part}第 {self.tables} 张表"
        for number, row in enumerate(_within(table, "tr"), start=1):
            for column, cell in enumerate(_within(row, "tc"), start=1):
                place = f"{where}第 {number} 行第 {column} 格"
                for paragraph in _within(cell, "p"):
                    self._paragraph(paragraph, place, cell, row, table)
                for inner in _within(cell, "tbl"):
                    self._table(inner)

    def _paragraph(
        self,
        paragraph: Element,
        where: str,
        holder: Element,
        row: Element | None,
        table: Element | None,
    ) -> None:
        text = text_of(paragraph)
        where = f"{where}“{text[:24]}{'…' if len(text) > 24 else ''}”"
        for stray in STRAY.finditer(outside_tags(text)):
            why = "没有成对的另一半括号"
            self.findings.append(BROKEN_TAG.at(where=where, tag=stray[0], why=why))

        for place in find_tags(text):
            found = text[place]
            if len(found) > _LONGEST:
                short = f"{found[:24]}…"
                self.findings.append(BROKEN_TAG.at(where=where, tag=short, why="太长了"))
                continue

            prefix = match[1] if (match := _PREFIX.match(found)) else ""
            inner = found[2 + len(prefix) : -2].strip().translate(_QUOTES).strip("-").strip()
            containers = {"p": holder, "tr": table}
            tag = Tag(found, prefix, inner, where, containers.get(prefix, paragraph))
            if not found.startswith("{#"):
                self.tags.append(tag)
            self._stands(tag, text, row)

    def _stands(self, tag: Tag, text: str, row: Element | None) -> None:
        if tag.prefix in ("tc", "r"):
            what = f" {tag.prefix} 前缀，只能用 p 和 tr"
            self.findings.append(NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix and tag.text.startswith("{{"):
            what = f" {tag.prefix} 前缀，取值的标签只填文字，不插入整段或整行"
            self.findings.append(NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.word == "vmerge" and row is None:
            what = " vmerge，因为它不在表格里"
            self.findings.append(NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix == "tr" and row is None:
            what = " tr 前缀，因为它不在表格里"
            self.findings.append(NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix:
            self._alone(tag, text, None if tag.prefix == "p" else row)

    def _alone(self, tag: Tag, text: str, row: Element | None) -> None:
        """Whether nothing stands beside a tag in its paragraph or row; each is told of once."""
        unit, key = ("段", tag.where) if row is None else ("行", row)
        if key in self.swallowing:
            return
        whole = text if row is None else "".join(map(text_of, row.iter(f"{W}p")))
        beside = whole.replace(tag.text, "", 1).strip()

        if beside:
            self.swallowing.add(key)
            self.findings.append(
                SWALLOWED_TEXT.at(where=tag.where, tag=tag.text, text=beside[:30], unit=unit)
            )


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name in this one, but for what a paragraph or a table in it holds."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in (f"{W}p", f"{W}tbl"):
            yield from _within(child, name)


def _pairing(tags: list[Tag]) -> Iterator[Finding]:
    """Tell of blocks not closed by their own kind, with the same prefix, in the same place."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.word in ("for", "if"):
            opened.append(tag)
            if len(opened) == MOST_NESTED + 1:
                what = f" {MOST_NESTED} 层以上的循环和条件"
                yield NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what)
        elif tag.word in ("else", "elif", *_CLOSERS):
            kind = _CLOSERS.get(tag.word, "if")
            if not opened or opened[-1].word != kind:
                yield _unpaired(tag, f"前面没有与它成对的 {kind}")
                continue

            start = opened[-1] if tag.word not in _CLOSERS else opened.pop()
            if start.prefix != tag.prefix:
                yield _unpaired(tag, f"与 {start.text} 的前缀不一致")
            elif start.container is not tag.container:
                yield _unpaired(tag, f"与 {start.text} 不在同一个地方（同一段、同一格或同一张表）")

    for tag in opened:
        yield _unpaired(tag, f"后面没有与它成对的 end{tag.word}")


def _unpaired(tag: Tag, why: str) -> Finding:
    return UNPAIRED_BLOCK.at(where=tag.where, tag=tag.text, why=why)
