"""A JSON file edited in place: order and layout stay, only the values that changed are others."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docgen.back.source import NewFact, NotWritable, spell_day
from docgen.finding import Place
from docgen.read.decode import decode

#: White space between the marks of a JSON text.
_SPACE = re.compile(r"[ \t\r\n]*")
#: Matches -1.5e3, true, null; not a bracket, not "1".
_PLAIN = re.compile(r"[^\s,\]}\[{\":]+")
#: A string, whatever is escaped in it: "a\\"b"; not "a.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
#: How a place counts: `sections.summary 第 2 段` and `units.branches 第 1 个`, not `title`.
_COUNTED = re.compile(r"(.*?) 第 ([0-9]+) (?:段|个|条)")


@dataclass(eq=False)
class _Node:
    """A value in the text: where it begins and ends, and the values in it."""

    start: int
    end: int
    members: dict[str, "_Node"] = field(default_factory=dict)
    items: list["_Node"] = field(default_factory=list)


class JsonSource:
    """One file; what is to be replaced is gathered, and put in from the end of the text."""

    def __init__(self, inputs: Mapping[str, bytes]) -> None:
        [(self._name, self._data)] = inputs.items()
        self._text = decode(self._data, self._name, "JSON")
        marked = self._data.startswith(b"\xef\xbb\xbf")
        codecs = ("utf-8-sig",) if marked else ("utf-8", "gb18030")
        encoded = (codec for codec in codecs if self._text.encode(codec) == self._data)
        self._codec = next(encoded, "")
        if not self._codec:
            raise NotWritable("它的编码不能原样写回")
        self._root = _parse(self._text)
        self._ascii = self._text.isascii()
        self._set: dict[_Node, str] = {}
        self._added: dict[_Node, list[str]] = {}  # after an item, or to an empty list
        self._members: dict[_Node, list[str]] = {}  # after the last member of an object
        self._removed: set[_Node] = set()

    def _find(self, place: Place) -> _Node:
        node = self._find_list(place)
        counted = _COUNTED.fullmatch(place.cell)
        if not counted:
            return node
        number = int(counted[2]) - 1
        if number >= len(node.items):
            raise NotWritable("说不出它是第几段")
        return node.items[number]

    def _find_list(self, place: Place) -> _Node:
        """Return the value a place names, or the list it counts in."""
        counted = _COUNTED.fullmatch(place.cell)
        path = counted[1] if counted else place.cell
        node = self._root
        while path:
            keys = [key for key in node.members if path == key or path.startswith(f"{key}.")]
            if not keys:
                raise NotWritable("输入里没有写这一项")
            key = max(keys, key=len)
            node, path = node.members[key], path[len(key) + 1 :]
        return node

    def _spell(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self._ascii)

    def text_at(self, place: Place) -> str:
        node = self._find(place)
        written = self._set.get(node) or self._text[node.start : node.end]
        return str(json.loads(written)) if written.startswith('"') else written

    def put_text(self, place: Place, text: str) -> None:
        self._set[self._find(place)] = self._spell(text)

    def put_number(self, place: Place, digits: str) -> None:
        node = self._find(place)
        is_text = self._text.startswith('"', node.start)
        self._set[node] = self._spell(digits) if is_text else digits

    def put_date(self, place: Place, day: tuple[int, int, int]) -> None:
        self.put_text(place, spell_day(day, self.text_at(place).strip()))

    def add_paragraphs(self, place: Place, texts: list[str]) -> None:
        within = self._find_list(place)
        item = self._find(place) if within.items else within
        self._added[item] = [*texts, *self._added.get(item, [])]

    def remove_paragraph(self, place: Place) -> None:
        self._removed.add(self._find(place))

    def add_fact(self, fact: NewFact) -> None:
        """Add a member, with the objects it stands in where they are not there."""
        parent, keys = self._root, list(fact.keys)
        while len(keys) > 1 and keys[0] in parent.members:
            parent = parent.members[keys.pop(0)]

        written = fact.text if fact.is_number else self._spell(fact.text)
        for key in reversed(keys[1:]):
            written = f"{{{self._spell(key)}: {written}}}"
        self._add_member(parent, f"{self._spell(keys[0])}: {written}")

    def _add_member(self, parent: _Node, member: str) -> None:
        if not parent.members:
            self._set[parent] = f"{{{member}}}"
            return
        last = max(parent.members.values(), key=lambda node: node.end)
        first = min(parent.members.values(), key=lambda node: node.start)
        gap = _SPACE.match(self._text, parent.start + 1)
        indent = gap[0] if gap and gap.end() <= first.start else " "
        self._members.setdefault(last, []).append(f",{indent}{member}")

    def files(self) -> Mapping[str, bytes]:
        cuts = [(node.start, node.end, text) for node, text in self._set.items()]
        cuts += [(node.end, node.end, "".join(more)) for node, more in self._members.items()]
        cuts += _list_cuts(self._root, self._text, self._removed, self._spelled_added)
        text = self._text
        for start, end, written in sorted(cuts, reverse=True):
            text = text[:start] + written + text[end:]
        return {self._name: text.encode(self._codec)} if cuts else {}

    @property
    def _spelled_added(self) -> dict["_Node", list[str]]:
        return {node: [*map(self._spell, texts)] for node, texts in self._added.items()}


def _list_cuts(
    node: _Node, text: str, removed: set[_Node], added: Mapping[_Node, list[str]]
) -> Iterator[tuple[int, int, str]]:
    """Yield what becomes of the lists of a file: where, and what stands there then."""
    if node in added and not node.items:
        yield node.start, node.end, "[" + ", ".join(added[node]) + "]"

    kept = False
    for number, item in enumerate(node.items):
        start = node.items[number - 1].end if number else node.start + 1
        before = text[start : item.start].replace(",", "", 1)
        if item in removed and kept:
            yield start, item.end, ""
        elif item in removed:
            last = number + 1 == len(node.items)
            yield item.start, item.end if last else node.items[number + 1].start, ""
        kept = kept or item not in removed
        if item in added:
            yield item.end, item.end, "".join(f",{before}{each}" for each in added[item])

    for member in node.members.values():
        yield from _list_cuts(member, text, removed, added)


def _parse(text: str) -> _Node:
    """Return the values of a sound JSON text with where they stand."""
    node, _ = _value(text, _skip(text, 0))
    return node


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[_Node, int]:
    if text[at] == '"':
        end = _end_of_string(text, at)
        return _Node(at, end), end
    if text[at] not in "[{":
        found = _PLAIN.match(text, at)
        end = found.end() if found else at + 1
        return _Node(at, end), end

    node, closing = _Node(at, at), "]" if text[at] == "[" else "}"
    at = _skip(text, at + 1)
    while text[at] != closing:
        if closing == "}":
            end = _end_of_string(text, at)
            key = str(json.loads(text[at:end]))
            at = _skip(text, _skip(text, end) + 1)
            node.members[key], at = _value(text, at)
        else:
            item, at = _value(text, at)
            node.items.append(item)

        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)

    node.end = at + 1
    return node, node.end


def _end_of_string(text: str, at: int) -> int:
    found = _STRING.match(text, at)
    return found.end() if found else len(text)
