"""The house is as it is drawn: docgen/__init__.py, the folders and the layers of imports agree."""

import ast
import re
import tomllib

from door import PROJECT

import docgen

#: A line of the drawing: the names of a layer, then, after three spaces or more, what they hold.
_DRAWN = re.compile(r"^ {4}(\w+(?: {2}\w+)*) {3,}\S", re.MULTILINE)

#: A file of the project that a page names: docgen/pipeline.py; not outputs/2024.docx.
_FILE = re.compile(
    r"(?<![\w/-])(?:docgen|docs|tests|tools|benchmarks)/[\w/-]+\.(?:py|md|json|toml)"
)
#: A room: `docgen/prose`, docgen/forms/.
_ROOM = re.compile(r"(?<![\w/-])docgen(?:/[\w-]+)+(?![\w.-])")


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


def test_pages_name_what_is_there() -> None:
    """No page sends its reader to a file or a room that has moved."""
    pages = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    named = {
        name
        for text in (page.read_text(encoding="utf-8") for page in pages)
        for name in (*_FILE.findall(text), *_ROOM.findall(text))
    }
    example = {"tests/cases/E899/fail.json", "tests/cases/E899/pass.json"}  # in CONTRIBUTING.md
    assert {name for name in named if not (PROJECT / name).exists()} == example
