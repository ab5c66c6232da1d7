"""Commands about forms as folders: form list, new, check, template."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormPlace, named_form, use_form
from docgen.cli.outputs import not_overwritten
from docgen.cli.usage import Command, CommandGroup
from docgen.errors import FINDINGS, SOUND, InputStop
from docgen.files.visible import visible
from docgen.finding import has_errors
from docgen.forms.loader import MAIN, OWN, find_form, form_folders, use_folder

if TYPE_CHECKING:
    from docgen.forms.form import Form

form_app = typer.Typer(
    help="表式：看有哪些，做一种新的，试一试，出模板",
    no_args_is_help=True,
    rich_markup_mode=None,
    cls=CommandGroup,
)
app.add_typer(form_app, name="form")

FormFolder = Annotated[
    str, typer.Argument(metavar="表式", help="表式的文件夹，如 forms/website；或它的代号")
]
_HEAD = ("代号", "名称", "年度", "在哪里")


@form_app.command("list", cls=Command)
def list_command(
    place: FormPlace = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一个 JSON")] = False,
) -> None:
    """列出能用的表式：代号、名称、哪些年度用、在哪里。"""
    use_form(place)
    found = [(path, _read_form(path.name)) for path in form_folders()]
    if as_json:
        console.result_json([_as_record(path, form) for path, form in found])
        return

    rows = [_HEAD, *(_as_row(path, form) for path, form in found)]
    console.result(*console.in_columns(rows))


def _read_form(key: str) -> "Form | None":
    """Return the form with this key, or None where it is faulty."""
    try:
        return find_form(key)
    except InputStop:
        return None


def _as_row(path: Path, form: "Form | None") -> tuple[str, ...]:
    where = "自带" if path.parent == OWN else visible(str(_near(path)))
    if form is None:
        return visible(path.name), "有错：用 docgen form check 看", "", where
    return form.key, form.name, _years_of(form), where


def _years_of(form: "Form") -> str:
    if form.last_year is None:
        return f"{form.first_year}起"
    return f"{form.first_year}—{form.last_year}"


def _near(path: Path) -> Path:
    """Return a path as it is called from here, if it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _as_record(path: Path, form: "Form | None") -> dict[str, object]:
    own = path.parent == OWN
    record: dict[str, object] = {"key": path.name, "own": own, "folder": str(path)}
    if form is None:
        return record | {"usable": False}
    years = {"first_year": form.first_year, "last_year": form.last_year}
    return record | {"usable": True, "name": form.name, **years, "sha256": form.digest}


@form_app.command("new", cls=Command)
def new_command(
    key: Annotated[str, typer.Argument(metavar="代号", help="小写英文，如 website")],
    output: Annotated[
        Path, typer.Option("-o", "--output", readable=False, metavar="文件夹", help="写到哪里")
    ] = Path("forms"),
) -> None:
    """写一个表式的文件夹：一份能用的小表式，里面有说明，照着改成自己的。"""
    from docgen.blank.form_folder import write_form_folder

    for path in write_form_folder(key, output):
        console.result(str(path))
    folder = output / key
    console.say(f"照着改 {folder / MAIN}；改一处，就运行一次 docgen form check {folder}")


@form_app.command("check", cls=Command)
def check_command(
    folder: FormFolder,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """把一个表式试一遍：写法、模板、例子，每条规则报不报得出来，一次说全。"""
    from docgen.trial import try_form

    path = _folder_of(folder)
    trial = try_form(path)
    wrong = has_errors(trial.findings)
    if as_json:
        found = [finding.as_json() for finding in trial.findings]
        console.result_json({"form": path.name, "usable": not wrong, "findings": found})
    else:
        console.show_findings(trial.findings)
        console.say(f"{folder}：{_sum_up(trial.form, trial.cases, wrong=wrong)}")

    code = InputStop.exit_code if trial.form is None else FINDINGS
    raise typer.Exit(code if wrong else SOUND)


def _folder_of(given: str) -> Path:
    """Return the folder of the form that is meant. Raise UsageStop if there is none."""
    if (Path(given) / MAIN).is_file():
        use_folder(Path(given))
        return Path(given).absolute()
    if found := next((path for path in form_folders() if path.name == given), None):
        return found
    form = named_form(given)
    return Path(form.folder) if form.folder else OWN / form.key


def _sum_up(form: "Form | None", cases: int, *, wrong: bool) -> str:
    """Return in a line what the trial came to."""
    if form is None:
        return "还不能用：写法有错"
    what = f"{form.name}，{len(form.tables)} 张表，{len(form.cells)} 格，{len(form.rules)} 条规则"
    tried = f"，试了 {cases} 个例子" if cases else ""
    return f"{'还不能用' if wrong else '可以用'}（{what}{tried}）"


@form_app.command("template", cls=Command)
def template_command(
    folder: FormFolder,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            readable=False,
            metavar="文件",
            help="写成哪个文件；不写就是表式文件夹里的 template.docx",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的模板")] = False,
) -> None:
    """写一份朴素的 Word 模板，在 Word 或 WPS 里打扮：字体、行距、边框随意改，标签不动。"""
    from docgen.blank.template import write_template
    from docgen.forms.reading import TEMPLATE

    form = named_form(folder)
    target = output or (Path(form.folder) if form.folder else Path()) / TEMPLATE
    if target.is_dir():
        target /= f"{form.key}.docx"
    if target.exists() and not force:
        raise not_overwritten(target, "里面可能有打扮好的版式")
    files.write_together({target: write_template(form)})
    console.result(str(_near(target)))
