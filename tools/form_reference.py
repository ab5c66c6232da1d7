"""The reference of the form language, docs/reference/form.md, from docgen/forms/language.py."""

import sys
from collections.abc import Iterator
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

from form_words import KINDS, RELATIONS, WORDS
from pydantic.fields import FieldInfo

from docgen.forms import language as lang
from docgen.forms.outline import KINDS as KNOWN_KINDS
from docgen.forms.own_rules import KINDS as OF_RULES
from docgen.forms.own_rules import OwnKind

#: What a word takes, by its type.
_TAKES: tuple[tuple[object, str], ...] = (
    (lang.Key, "代号"),
    (lang.Code, "编号"),
    (lang.Text, "文字"),
    (lang.Outline, "一行一条，前后各三个引号"),
    (lang.Words, "词，空格隔开"),
    (lang.Year, "年份"),
    (lang.File, "文件名"),
    (lang.Day, "月-日"),
    (str, "文字"),
    (bool, "true 或 false"),
    (int, "整数"),
)

#: What a relation is called, by the kind of its rule.
_RELATIONS: dict[OwnKind, str] = {
    "sums": "`holds`，必须相等的",
    "bounds": "`holds`，不大于的，或只警告、提示的",
    "conditions": "`when`、`then`",
    "topics": "`owes`",
    "carried": "`carries`",
    "agreed": "`agrees`",
}


def form_reference(notice: str) -> Iterator[str]:
    """Yield the lines of the page. Exit where a word of the language has no words here."""
    _refuse_unknown()
    yield f"{notice}# 表式的写法一览\n"
    yield "怎样从头做一种表式，见 [做一种自己的表式](../form.md)；这里是全部的单词，供查。"
    yield "一个方括号 `[page]` 只有一个，两个方括号 `[[part]]` 可以有许多个。"
    yield "“不写时”是空的，就一定要写。\n"
    for kind, (where, what, words) in WORDS.items():
        yield f"## {where}\n\n{what}\n\n| 单词 | 填什么 | 不写时 | 意思 |"
        yield "| --- | --- | --- | --- |"
        hints = get_type_hints(kind, include_extras=True)
        for name, told in words.items():
            default = _default_of(kind.model_fields[name])
            yield f"| `{name}` | {_takes(hints[name])} | {default} | {told} |"
        yield ""

    yield "## 从别的表式改\n"
    yield '`extends = "代号"` 写在 form.toml 最前面：没有写的都照那一种，写了的换成新的。'
    yield '`drop = ["rule W302", "part site"]` 去掉那边的：种类、空格、代号或编号。\n'
    yield "## 行和列怎样写\n"
    yield "`columns`、`rows` 里一行一条：`名称 代号 种类:单位 | 其他叫法`。下一层前面多空两格；"
    yield "只作分组的，代号加括号 `(people)`。有几个单位填几行的，写 `each unit 单位名称`。"
    yield "种类写在列上，或写在行上；后面加 `?` 的可以空着。\n"
    yield "| 种类 | 填什么 | 例 |\n| --- | --- | --- |"
    yield from (f"| `{kind}` | {what} | `{line}` |" for kind, (what, line) in KINDS.items())
    yield "\n## 关系怎样写\n\n| 单词 | 写法 | 意思 |\n| --- | --- | --- |"
    yield from (f"| `{word}` | `{text}` | {what} |" for word, text, what in RELATIONS)
    yield "\n写的都是代号。分组的代号，是组里各项之和；带小数的照样逐位相加。"

    yield "\n## `message`、`cure` 里能写的\n"
    yield "花括号里只能写下面的词，别的一概不认；要印花括号，写两个。"
    yield "`{place}` 是表和行（列），`{where}` 单是行或列，`{text}` 是关系本身。\n"
    yield "| 关系 | 不写 `message` 时 | 花括号里能写 |\n| --- | --- | --- |"
    for relation, told_of in OF_RULES.items():
        facts = "、".join(f"`{fact}`" for fact in sorted(told_of.facts))
        yield f"| {_RELATIONS[relation]} | {told_of.message} | {facts} |"


def _refuse_unknown() -> None:
    """Exit where the words told here are not those of the language."""
    known = {kind: set(kind.model_fields) for kind in lang.Declared.__subclasses__()}
    told = {kind: set(words) for kind, (_, _, words) in WORDS.items()}
    wrong = [
        f"{kind.__name__}.{name}"
        for kind in {**known, **told}
        for name in known.get(kind, set()) ^ told.get(kind, set())
    ]
    wrong += sorted(KINDS.keys() ^ KNOWN_KINDS.keys())
    if wrong:
        sys.exit(f"tools/form_words.py: {', '.join(sorted(wrong))}")


def _takes(hint: object) -> str:
    """Return in words what a type takes."""
    for known, told in _TAKES:
        if hint == known:
            return told

    inner = [part for part in get_args(hint) if part not in (type(None), ...)]
    if get_origin(hint) is Annotated:
        return _takes(inner[0])
    if get_origin(hint) is Literal:
        return "、".join(f"`{value}`" if value else '`""`' for value in inner)
    if get_origin(hint) is tuple:
        many = isinstance(inner[0], type) and issubclass(inner[0], lang.Declared)
        return "可以有许多个" if many else f"[ {_takes(inner[0])}, … ]"
    if get_origin(hint) is dict:
        return f"{_takes(inner[0])} = {_takes(inner[1])}"
    if isinstance(hint, type) and issubclass(hint, lang.Declared):
        return "一个"
    return _takes(inner[0]) if len(inner) == 1 else "值"


def _default_of(field: FieldInfo) -> str:
    """Return in words what holds where a word is not written; blank where it must be."""
    if field.is_required():
        return ""
    default = field.default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, tuple) and default and isinstance(default[0], str):
        return "、".join(f"`{one}`" for one in default)
    return f"`{default}`" if isinstance(default, (str, int)) and default else "没有"
