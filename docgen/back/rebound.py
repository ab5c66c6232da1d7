"""A changed paragraph that takes figures from cells: its own words, and the figures put in.

What the input holds is `共{{ 检查次数 }}次`, what was printed `共3次`, what came back `检查4次`:
the input's words become `检查{{ 检查次数 }}次`, and 4 is put in the place of the reference.
"""

import difflib
import re
from collections.abc import Sequence

from docgen.back.source import NotWritable

#: Runs of digits with their point stand or fall together; all else is a character.
# 1,024.5 is one; 3件 are two.
_TOKEN = re.compile(r"[0-9０-９][0-9０-９,.]*%?|.", re.DOTALL)


def rebind(
    own: str, bindings: Sequence[str], before: str, after: str
) -> tuple[str, list[tuple[str, str]]]:
    """Return a paragraph with references as changed, and each figure that was put in place of one.

    `own` is what the input holds, `before` what it printed. Raise NotWritable where what a
    reference printed cannot be told from the words around it.
    """
    if not bindings:
        return after, []

    pieces = _pieces_of(own, bindings, before)
    tokens = [token for text, binding in pieces for token in _tokens(text, binding)]
    now = [(token, "") for token in _TOKEN.findall(after)]
    matcher = difflib.SequenceMatcher(
        None, [text for text, _ in tokens], [text for text, _ in now], autojunk=False
    )
    written: list[str] = []
    figures: list[tuple[str, str]] = []
    for _, start, end, other, stop in matcher.get_opcodes():
        old, new = tokens[start:end], [text for text, _ in now[other:stop]]
        text, put = _rewritten(old, new)
        written.append(text)
        figures += put

    return "".join(written), figures


def _tokens(text: str, binding: str) -> list[tuple[str, str]]:
    return [(text, binding)] if binding else [(token, "") for token in _TOKEN.findall(text)]


def _pieces_of(own: str, bindings: Sequence[str], before: str) -> list[tuple[str, str]]:
    """Cut what was printed into words of the input's own and what its references printed."""
    literals, rest = [], own
    for binding in bindings:
        literal, _, rest = rest.partition(binding)
        literals.append(literal)
    known = [re.escape(literal) for literal in (*literals, rest)]
    shortest, longest = (
        re.fullmatch(piece.join(known), before, re.DOTALL) for piece in ("(.*?)", "(.*)")
    )
    if shortest is None or longest is None or shortest.groups() != longest.groups():
        raise NotWritable("这一段里有引用，分不清哪些字是引用印出来的；请直接改输入")

    pieces: list[tuple[str, str]] = []
    for literal, binding, printed in zip(literals, bindings, shortest.groups(), strict=True):
        pieces += [(literal, ""), (printed, binding)]
    return [*pieces, (rest, "")]


def _rewritten(
    old: Sequence[tuple[str, str]], new: Sequence[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands for a stretch of tokens now, and the figures put for references."""
    if not any(binding for _, binding in old):
        return "".join(new), []
    if [text for text, _ in old] == list(new):
        return "".join(binding or text for text, binding in old), []

    numbers = [at for at, text in enumerate(new) if _has_digit(text)]
    own_numbers = [at for at, (text, _) in enumerate(old) if _has_digit(text)]
    if not numbers:
        return "".join(new), []  # the sentence does not speak of that figure any more
    if len(numbers) != len(own_numbers):
        raise NotWritable("这一句里有引用的数，改得太多，分不清哪个数是哪一格的；请直接改输入")

    words, figures = list(new), []
    for at, mine in zip(numbers, own_numbers, strict=True):
        text, binding = old[mine]
        if binding:
            words[at] = binding
            if new[at] != text:
                figures.append((binding, new[at]))

    return "".join(words), figures


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
