"""The house is as it is drawn: docgen/__init__.py, the folders and the layers of imports agree."""

import ast
import re
import tomllib

from door import PROJECT

import docgen

#: A line of the drawing: the names of a layer, then, after three spaces or more, what they hold.
_DRAWN = re.compile(r"^ {4}(\w+(?: {2}\w+)*) {3,}\S", re.MULTILINE)


def _drawn() -> list[list[str]]:
    return [names.split() for names in _DRAWN.findall(docgen.__doc__ or "")]


def test_every_room_is_drawn() -> None:
    """Every module and folder directly under docgen/ is drawn once, and nothing else is."""
    modules = {path.stem for path in (PROJECT / "docgen").glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in (PROJECT / "docgen").glob("*/__init__.py")}
    assert sorted(name for layer in _drawn() for name in layer) == sorted(modules | folders)


def test_the_drawing_is_what_the_linter_holds() -> None:
    """The lines of the drawing are the layers of import-linter, in the same order."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = settings["tool"]["importlinter"]["contracts"]
    assert contract["exhaustive"]
    assert _drawn() == [re.split(r" \| ", layer) for layer in contract["layers"]]


def test_the_door_imports_nothing() -> None:
    """`import docgen` costs nothing; what a command needs it imports itself."""
    source = (PROJECT / "docgen" / "__init__.py").read_text(encoding="utf-8")
    kinds = {type(node) for node in ast.walk(ast.parse(source))}
    assert not kinds & {ast.Import, ast.ImportFrom}
