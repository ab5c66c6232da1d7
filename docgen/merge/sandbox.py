"""Where the tags of templates run: what they may do, and how much.

A template comes from outside. Nothing in it is called or computed; what is left to stop are loops
in loops, which could print for hours, or more than a machine holds.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

import jinja2
from jinja2 import nodes

from docgen.errors import TemplateStop
from docgen.files import ooxml
from docgen.merge.faults import BROKEN_TAG, NOT_ALLOWED

#: A value's characters as XML text, its line breaks as `w:br`.
_AS_XML = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&#34;",
        "'": "&#39;",
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    }
)
_SPECIAL = re.compile("[&<>\"'\x00-\x1f]")
#: All that a tag may do. Nothing is called or computed: no sandbox is needed.
ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr,
    nodes.Compare, nodes.Operand, nodes.Const, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
#: A report's template has loops in loops and branches of two; Python compiles no more than 20.
MOST_NESTED, MOST_BRANCHES = 10, 50
#: A report goes round its loops as often as it has rows and paragraphs: a few hundred times.
_MOST_ROUNDS, _MOST_SECONDS = 1_000_000, 30


class TooMuch(jinja2.TemplateRuntimeError):
    """The template would print without end; the text says what grew, in Chinese."""


def guard(value: object) -> str:
    """Return a value as XML text: only text can be printed, and only what docgen's model takes."""
    if type(value) is str and value.isalnum():
        return value  # a figure, a label: in most cells there is nothing to look for

    if not isinstance(value, str):
        raise jinja2.UndefinedError(f"{type(value).__name__} cannot be printed")
    special = _SPECIAL.findall(value)
    if not special:
        return value
    if not set(special) <= {*'&<>"', "'", "\n"}:  # docxtpl makes runs and paragraphs of the others
        raise jinja2.UndefinedError("a control character cannot be printed")
    return value.translate(_AS_XML)


class _Limited(jinja2.Environment):
    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Return what a part printed, in one piece. Raise TooMuch before memory runs out."""
        every: list[str] = []
        printed, length = iter(pieces), 0
        while some := list(islice(printed, 32)):  # one by one would take half as long again
            length += sum(map(len, some))
            _refuse_long(length)
            every += some

        return "".join(every)


def environment(printed: Callable[[object], str] = guard) -> jinja2.Environment:
    """Return the place templates run in: values go through `printed`, nothing is undefined."""
    quiet = _Limited(undefined=jinja2.StrictUndefined, finalize=printed, optimized=False)
    quiet.globals.clear()
    return quiet


def parse(source: str) -> nodes.Template:
    """Return the tree of a Jinja source. Raise TemplateSyntaxError, however deep it goes."""
    try:
        return environment().parse(source)
    except RecursionError:
        raise jinja2.TemplateSyntaxError("一层套一层，套得太深", 1) from None


def refuse_computing(name: str, source: str) -> None:
    """Raise TemplateStop for a tag of this part that does more than print, repeat or leave out.

    Also where no reader sees a tag: in a field's code, in an attribute.
    """
    try:
        tree = parse(source)
    except jinja2.TemplateSyntaxError:
        raise broken(name, "有的标签", "写法不对，或套得太深") from None

    for node in tree.find_all(nodes.Node):
        hidden = isinstance(node, nodes.Getattr) and node.attr.startswith("_")
        if hidden or not isinstance(node, ALLOWED):
            raise _not_allowed(name, "运算或调用")
        if isinstance(node, nodes.If) and len(node.elif_) > MOST_BRANCHES:
            raise _not_allowed(name, f" {MOST_BRANCHES} 个以上的 elif")

    if _nested(tree) > MOST_NESTED:
        raise _not_allowed(name, f" {MOST_NESTED} 层以上的循环和条件")


def broken(name: str, tag: str, why: str) -> TemplateStop:
    """Return what stops a template with a tag that stands where nobody can point at."""
    return TemplateStop(BROKEN_TAG.at(where=name, tag=tag, why=why))


def _not_allowed(name: str, what: str) -> TemplateStop:
    return TemplateStop(NOT_ALLOWED.at(where=name, tag="有的标签", what=what))


def _nested(node: nodes.Node) -> int:
    """Return how deep loops and conditions stand in each other."""
    inner = max(map(_nested, node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For | nodes.If)


class Rounds:
    """How often the loops go round in one filling, and since when."""

    def __init__(self) -> None:
        self._left, self._end = _MOST_ROUNDS, time.monotonic() + _MOST_SECONDS

    def spend(self, rounds: int) -> None:
        """Raise TooMuch where a template goes round and round."""
        self._left -= rounds
        if self._left < 0:
            raise TooMuch(f"循环要重复 {_MOST_ROUNDS:,} 次以上")
        if time.monotonic() > self._end:
            raise TooMuch(f"填了 {_MOST_SECONDS} 秒还没有填完")

    def counted(self, members: Iterable[object]) -> list[object]:
        """These members as a list that counts how often it is gone through."""
        return _Counted(members, self)


class _Counted(list[object]):
    def __init__(self, members: Iterable[object], rounds: Rounds) -> None:
        super().__init__(members)
        self._rounds = rounds

    def __iter__(self) -> Iterator[object]:
        self._rounds.spend(len(self))
        return super().__iter__()


def fill(parts: Mapping[str, jinja2.Template], names: Mapping[str, object]) -> dict[str, str]:
    """Return each part filled. Raise jinja2.TemplateError; TooMuch before memory runs out."""
    filled: dict[str, str] = {}
    for name, part in parts.items():
        filled[name] = part.render(names)
        _refuse_long(sum(map(len, filled.values())))

    return filled


def _refuse_long(length: int) -> None:
    if length > ooxml.MOST_BYTES:
        raise TooMuch(f"填出来超过 {ooxml.MOST_BYTES >> 20} MB")
