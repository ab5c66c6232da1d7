"""The form that a command is told of: by its key, or by the folder it stands in."""

from pathlib import Path
from typing import Annotated

import typer

from docgen.errors import UsageStop
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.loader import (
    MAIN,
    find_form,
    form_keys,
    forms_in,
    is_form,
    use_folder,
    usual_form,
)
from docgen.read.label import nearest_hint

NO_SUCH_FORM = Rule(
    code="X213",
    name="没有这个表式",
    severity="error",
    message="“{given}”{why}{nearest}",
    why="表式要写代号（docgen form list 列出的）、一个表式的文件夹，或装着几个表式的文件夹。",
    example="表式在 U 盘的 forms 文件夹里，只写了它的名称。",
    cure="运行 docgen form list 看有哪些；在别处的，写明文件夹；没有的，用 docgen form new 做。",
    since="0.3.0",
)

#: For commands whose inputs name their form themselves: where it may be found.
FormPlace = Annotated[
    str,
    typer.Option(
        "--form", metavar="表式", help="自己的表式在哪个文件夹；在 ./forms 里的不用写，自己会找到"
    ),
]
#: For commands that ask for a form.
FormKey = Annotated[
    str,
    typer.Option("--form", metavar="表式", help="代号或文件夹；代号见 docgen form list"),
]


def use_form(given: str) -> Form | None:
    """Take the forms of a folder into use, and return the form that was named.

    None for a blank, and for a folder of several forms. Raise UsageStop for what is neither a key
    nor a folder with forms, InputStop for a form that is faulty.
    """
    if not given:
        return None
    if form := find_form(given):
        return form

    path = Path(given)
    inside = [path] if is_form(path) else forms_in(path)
    if not inside:
        near = nearest_hint(given, form_keys())
        raise UsageStop(NO_SUCH_FORM.at(given=given, why=_why_no_form(path), nearest=near))
    use_folder(path)
    return find_form(inside[0].resolve().name) if len(inside) == 1 else None


def _why_no_form(path: Path) -> str:
    """Return why nothing is found there; Windows shows neither .toml nor .txt."""
    if path.is_dir() and (path / f"{MAIN}.txt").exists():
        return f"里面的 {MAIN} 存成了 {MAIN}.txt：另存为时，“保存类型”选“所有文件”"
    return f"里面没有 {MAIN}" if path.is_dir() else "不是表式的代号，也不是表式的文件夹"


def named_form(given: str) -> Form:
    """Return the form named so, the usual one for a blank. Raise UsageStop where none is meant."""
    form = use_form(given) if given else usual_form()
    if form is None:
        from docgen.cli.usage import USAGE

        keys = "、".join(path.name for path in forms_in(Path(given)))
        raise UsageStop(USAGE.at(what=f"“{given}”里不止一个表式（{keys}）：写明是哪一个的文件夹"))
    return form
