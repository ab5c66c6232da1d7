"""Above every regular expression stand examples: what it must find, and what it must not.

`# 甘河子镇人民政府, 路南街道办事处; not 城镇管理局.` Where the expression is used by `match` or
`fullmatch`, the line begins with that word and a colon. `\\u` and four digits stand for a character
that cannot be seen.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import docgen
from docgen.prose.patterns import Pattern

HOUSE = Path(docgen.__file__).parent
FILES = sorted(path for room in ("prose", "check") for path in (HOUSE / room).rglob("*.py"))
LINE = re.compile(r"# (?:(?P<used>match|fullmatch): )?(?P<good>\S.*); not (?P<bad>\S.*)\.")
#: The calls that make a regular expression.
MAKERS = ("re.compile", "Pattern")


class Expression(NamedTuple):
    """An expression of a module, where it begins, and the line of examples above it, if any."""

    file: str
    line: int
    code: str
    examples: re.Match[str] | None

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is evaluated when a module is imported: no body of a function or a class."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


def _expressions(path: Path) -> Iterator[Expression]:
    """Yield every call of a file that makes an expression, and every other text with examples."""
    tree, lines = ast.parse(text := path.read_text(encoding="utf-8")), text.splitlines()
    name = path.relative_to(HOUSE.parent).as_posix()
    nodes = list(_outside_functions(tree))
    begins = {n.value: n.lineno for n in nodes if isinstance(n, ast.Assign | ast.AnnAssign)}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    makers = [node for node in calls if ast.unparse(node.func) in MAKERS]
    texts = [node for node in nodes if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp)]
    seen: set[int] = set()

    for node in (*makers, *texts):
        line = begins.get(node, node.lineno)
        examples = LINE.fullmatch(lines[line - 2].strip())
        if node in makers or (examples and line not in seen):
            seen.add(line)
            yield Expression(name, line, ast.unparse(node), examples)


EVERY = [each for path in FILES for each in _expressions(path)]


def _finds(each: Expression, used: str, example: str) -> bool:
    """Return whether the expression, as its module makes it, finds anything in an example."""
    module = importlib.import_module(each.file.removesuffix(".py").replace("/", "."))
    made = eval(each.code, vars(module))
    pattern = made if isinstance(made, re.Pattern | Pattern) else re.compile(made)
    return bool(getattr(pattern, used)(example))


def _split(examples: str) -> list[str]:
    """Return the examples of one side, with the characters that are written as numbers."""
    return [
        re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), example)
        for example in examples.split(", ")
    ]


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.where)
def test_examples(each: Expression) -> None:
    assert each.examples, f"{each.where}: no line of examples above {each.code[:60]}"
    used = each.examples["used"] or "search"

    missed = [one for one in _split(each.examples["good"]) if not _finds(each, used, one)]
    wrong = [one for one in _split(each.examples["bad"]) if _finds(each, used, one)]
    assert (missed, wrong) == ([], []), each.where


def test_there_are_many() -> None:
    assert len(EVERY) > 150
