"""Write docgen's own forms as Python beside their text: a cold start need not parse them."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum

from docgen.forms.form import Form

HEAD = '''"""{key}, as its text declares it: written by tools/make_docs.py, not by hand."""

from docgen.finding import Rule
from docgen.forms.duties import (
    Carry, Ceiling, Deadline, Document, Duties, Law, Power, Topic,
)
from docgen.forms.form import Form, PageStyle, RuleText, Section
from docgen.forms.relation import Agreement, Condition, Equation, Test
from docgen.forms.table import Band, Cell, Kind, Line, Table
from docgen.forms.speech import Fact, Ready, Speech, Term

FORM = {source}
'''


def built_source(form: Form) -> str:
    """Return the module that holds this form."""
    return HEAD.format(key=form.key, source=_source(form, 0))


def _source(value: object, depth: int) -> str:
    """Return a value as Python writes it, without what is as it is by default."""
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, Mapping):
        inner = [f"{key!r}: {_source(part, depth + 1)}" for key, part in value.items()]
        return _bracketed("{", inner, "}", depth)
    given = list(_given(value))
    if given or is_dataclass(value):
        inner = [f"{name}={_source(part, depth + 1)}" for name, part in given]
        return _bracketed(f"{type(value).__name__}(", inner, ")", depth)
    if isinstance(value, tuple):
        return _bracketed("(", [_source(part, depth + 1) for part in value], ")", depth)
    return repr(str(value)) if isinstance(value, str) else repr(value)


def _bracketed(begin: str, inner: list[str], end: str, depth: int) -> str:
    """Return these in brackets, one a line near the top."""
    if depth < 2 and len(inner) > 1:
        return "\n".join([begin, *(f"{part}," for part in inner), end])
    comma = "," if begin == "(" and len(inner) == 1 else ""
    return begin + ", ".join(inner) + comma + end


def _given(value: object) -> Iterator[tuple[str, object]]:
    """Yield the members of a declaration that are not as they are by default."""
    if hasattr(value, "_fields"):
        defaults = value._field_defaults  # type: ignore[attr-defined]
        members = [(name, defaults.get(name, MISSING)) for name in value._fields]
    elif is_dataclass(value):
        members = [
            (f.name, f.default_factory() if f.default_factory is not MISSING else f.default)
            for f in fields(value)
        ]
    else:
        return
    for name, default in members:
        part = getattr(value, name)
        if name != "folder" and (default is MISSING or part != default):
            yield name, part
