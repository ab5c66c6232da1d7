"""The tags of a template as they stand in its paragraphs, and whether each stands right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen import ooxml
from docgen.blocks import Element, W, text_of
from docgen.catalogue import template as rules
from docgen.finding import Finding
from docgen.merge.compiled import filled_parts
from docgen.merge.empty import may_be_empty
from docgen.merge.properties import CORE, tagged_properties

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PREFIX = re.compile(r"\{[{%#](p|tr|tc|r)\s")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # docxtpl straightens them too
_CLOSERS = {"endfor": "for", "endif": "if"}


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
    """The tags of each part that is filled, and what is wrong with how they stand."""
    tags: dict[str, list[Tag]] = {}
    findings: list[Finding] = []
    filled = filled_parts(parts)
    for name in filter(ooxml.is_xml, parts):
        try:
            root = ooxml.parse(parts[name])
        except SyntaxError:  # XML parsers raise it
            if name in filled:
                why = "这个部件不是完好的 XML"
                findings.append(rules.BROKEN_TAG.at(where=name, tag="", why=why))
            continue
        if name not in filled:
            findings += _unfilled(name, root)
            continue
        scanner = _Scanner("" if name == ooxml.DOCUMENT else f"{name.split('/')[-1]} ")
        scanner.scan(root)
        tags[name] = scanner.tags
        findings += scanner.findings
        findings += _pairing(scanner.tags)
        findings += may_be_empty(root, scanner.part)
    if CORE in parts:
        tags[CORE] = [
            tag for text in tagged_properties(parts[CORE]).values() for tag in _tags(text)
        ]
    return tags, findings


def _tags(text: str) -> Iterator[Tag]:
    """The tags of a core property, which holds nothing but text."""
    for match in _TAG.finditer(text):
        yield Tag(match[0], "", match[0][2:-2].strip(), "文件属性", None)


def _unfilled(name: str, root: Element) -> Iterator[Finding]:
    """Tags where docxtpl fills none: endnotes, comments, charts, a head no page has."""
    if name != CORE and (tag := _TAG.search("".join(root.itertext()))):
        yield rules.NOT_FILLED.at(where=name, tag=tag[0][:60])


class _Scanner:
    def __init__(self, part: str) -> None:
        self.part = part
        self.tags: list[Tag] = []
        self.findings: list[Finding] = []
        self.paragraphs = self.tables = 0

    def scan(self, element: Element) -> None:
        """Walk the part in order, counting paragraphs outside tables, and tables."""
        for child in element:
            if child.tag == f"{W}p":
                self.paragraphs += 1
                where = f"{self.part}第 {self.paragraphs} 段"
                self._paragraph(child, where, element, None, None)
            elif child.tag == f"{W}tbl":
                self.tables += 1
                self._table(child, f"{self.part}第 {self.tables} 张表")
            else:
                self.scan(child)

    def _table(self, table: Element, where: str) -> None:
        for number, row in enumerate(table.iter(f"{W}tr"), start=1):
            for column, cell in enumerate(row.iter(f"{W}tc"), start=1):
                place = f"{where}第 {number} 行第 {column} 格"
                for paragraph in cell.iter(f"{W}p"):
                    self._paragraph(paragraph, place, cell, row, table)

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
        for stray in _STRAY.finditer(_TAG.sub("", text)):
            why = "没有成对的另一半括号"
            self.findings.append(rules.BROKEN_TAG.at(where=where, tag=stray[0], why=why))
        for match in _TAG.finditer(text):
            prefix = found[1] if (found := _PREFIX.match(match[0])) else ""
            inner = match[0][2 + len(prefix) : -2].strip().translate(_QUOTES).strip("-").strip()
            containers = {"p": holder, "tr": table}
            tag = Tag(match[0], prefix, inner, where, containers.get(prefix, paragraph))
            if not match[0].startswith("{#"):
                self.tags.append(tag)
            self._stands(tag, text, row)

    def _stands(self, tag: Tag, text: str, row: Element | None) -> None:
        if tag.prefix in ("tc", "r"):
            what = f" {tag.prefix} 前缀，只能用 p 和 tr"
            self.findings.append(rules.NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix and tag.text.startswith("{{"):
            what = f" {tag.prefix} 前缀，取值的标签只填文字，不插入整段或整行"
            self.findings.append(rules.NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.word == "vmerge" and row is None:
            what = " vmerge，因为它不在表格里"
            self.findings.append(rules.NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix == "tr" and row is None:
            what = " tr 前缀，因为它不在表格里"
            self.findings.append(rules.NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what))
        elif tag.prefix:
            whole = (
                text
                if tag.prefix == "p" or row is None
                else "".join(map(text_of, row.iter(f"{W}p")))
            )
            beside = whole.replace(tag.text, "", 1).strip()
            if beside:
                unit = "段" if tag.prefix == "p" else "行"
                self.findings.append(
                    rules.SWALLOWED_TEXT.at(
                        where=tag.where, tag=tag.text, text=beside[:30], unit=unit
                    )
                )


def _pairing(tags: list[Tag]) -> Iterator[Finding]:
    """Every block closed by its own kind, with the same prefix, in the same place."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.word in ("for", "if"):
            opened.append(tag)
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
    return rules.UNPAIRED_BLOCK.at(where=tag.where, tag=tag.text, why=why)
