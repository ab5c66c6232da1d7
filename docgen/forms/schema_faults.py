"""What does not belong to the form language, said to the one who wrote it: no word of English."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from pydantic import ValidationError

Path = tuple[str | int, ...]

#: What the author of a form may call a rule of its own.
OWN_CODES = "一个大写字母加三个数字，自己的用 S、W、Y、Z 这些字母，如 W301"

_MOST_FAULTS = 50
#: By the type of fault that the library finds; what is not here is told by `_OTHER`.
_WORDS: Mapping[str, str] = {
    "extra_forbidden": "不认识“{name}”{nearest}",
    "missing": "缺“{name}”",
    "string_type": "“{name}”应是加引号的文字",
    "string_too_long": "“{name}”太长",
    "too_long": "“{name}”太多",
    "too_short": "“{name}”太少",
    "string_pattern_mismatch": "“{name}”的写法不对{how}",
    "literal_error": "“{name}”只能是 {expected}",
    "bool_type": "“{name}”只能是 true 或 false，不加引号",
    "bool_parsing": "“{name}”只能是 true 或 false，不加引号",
    "int_type": "“{name}”应是整数，不加引号",
    "int_parsing": "“{name}”应是整数，不加引号",
    "int_from_float": "“{name}”应是整数，不加引号",
    "greater_than_equal": "“{name}”太小，最小是 {ge}",
    "less_than_equal": "“{name}”太大，最大是 {le}",
    "tuple_type": "“{name}”要写在方括号里：{name} = [{value}]",
    "list_type": "“{name}”要写在方括号里：{name} = [{value}]",
    "model_type": "“{name}”是一段，单独一行写 {head}，下面一行写一项",
    "model_attributes_type": "“{name}”是一段，单独一行写 {head}，下面一行写一项",
    "dict_type": "“{name}”是一段，单独一行写 {head}，下面一行写一项",
}
_OTHER = "“{name}”的写法不对：照 docs/form.md 里的样子写"
_PATTERNS: Mapping[str, str] = {
    "code": f"：{OWN_CODES}",
    "rules": "：写成 [rules.编号]，编号是一个大写字母加三个数字",
    "template": "：写文件夹里的一个 .docx 文件的名称",
    "date": "：写成 月-日，如 03-31",
}
_KEY = "：代号用小写英文字母、数字和下划线，以字母开头"
#: Of a case: members whose values are named by addresses.
_BY_ADDRESS = ("set", "last")


class SchemaFault(NamedTuple):
    """Where in a form's text something does not belong, and why."""

    path: Path
    why: str


def find_schema_faults(
    error: ValidationError, lists: Mapping[str, object]
) -> Iterator[SchemaFault]:
    """Yield what the library found, once for each value; `lists` are written as [[name]]."""
    seen: set[Path] = set()
    for fault in error.errors(include_url=False)[:_MOST_FAULTS]:
        path, given = _value_of(fault["loc"]), fault.get("input")
        if path in seen:
            continue

        seen.add(path)
        names = [step for step in path if isinstance(step, str)]
        name = names[-1] if names else ""
        if len(names) > 1 and names[-2] in _BY_ADDRESS:
            yield SchemaFault(path[:-1], _why_no_value(name, given, error, path))
        elif fault["type"] in ("tuple_type", "list_type") and isinstance(given, dict):
            yield SchemaFault(path, f"写成 [[{name}]]，两个方括号")
        else:
            words = _WORDS.get(fault["type"], _OTHER)
            yield SchemaFault(path, words.format(**_facts_of(fault, path, name, lists)))


def _facts_of(
    fault: Mapping[str, object], path: Path, name: str, lists: Mapping[str, object]
) -> dict[str, object]:
    """Return what the words on a fault can name."""
    context, given = fault.get("ctx"), fault.get("input")
    bounds = context if isinstance(context, dict) else {}
    close = get_close_matches(name, _names_at(path), n=1)
    key = next((step for step in path if step in _PATTERNS), "") if path[-1:] != (name,) else name
    return {
        "name": name,
        "nearest": f"；最接近的是“{close[0]}”" if close else "",
        "how": _PATTERNS.get(str(key), _KEY),
        "expected": str(bounds.get("expected", "")).replace(" or ", "、").replace("'", '"'),
        "ge": bounds.get("ge", ""),
        "le": bounds.get("le", ""),
        "value": f'"{given}"' if isinstance(given, str) else given,
        "head": f"[[{name}]]" if name in lists else f"[{name}]",
    }


def _value_of(place: tuple[int | str, ...]) -> Path:
    """Return the path of the value itself: the library names what it tried behind a case's."""
    path = tuple(step for step in place if step != "[key]")
    for name in _BY_ADDRESS:
        if path[:1] == ("case",) and name in path:
            return path[: path.index(name) + 2]
    return path


def _why_no_value(name: str, given: object, error: ValidationError, path: Path) -> str:
    """Return why a case cannot set this: mostly an address was written without quotes."""
    tree: object = given
    for fault in error.errors(include_url=False):
        if _value_of(fault["loc"]) == path and isinstance(fault.get("input"), dict):
            tree = fault["input"]

    address = [name]
    while isinstance(tree, dict) and len(tree) == 1:
        [(inner, tree)] = tree.items()
        address.append(str(inner))
    if len(address) > 1:
        return f'点号连着的格子要加引号："{".".join(address)}" = …'
    return f"“{name}”要改成的，只能是一个数、一段文字或几段文字"


def _names_at(path: Path) -> list[str]:
    """Return the names that the language has where this one stands."""
    from docgen.forms import language

    models: dict[str, type[language.Declared]] = {
        "part": language.PartText,
        "band": language.BandText,
        "rule": language.RuleDeclared,
        "facts": language.FactsDeclared,
        "list": language.FactDeclared,
        "term": language.TermDeclared,
        "page": language.PageDeclared,
        "prose": language.ProseDeclared,
        "deadline": language.DeadlineDeclared,
        "case": language.CaseDeclared,
    }
    above = [step for step in path[:-1] if isinstance(step, str)]
    model = models.get(above[-1], language.FormText) if above else language.FormText
    return list(model.model_fields)
