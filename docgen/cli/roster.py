"""Commands about the list of units: roster check, roster new."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.outputs import refuse_standing
from docgen.cli.usage import Command, CommandGroup
from docgen.errors import FINDINGS, SOUND
from docgen.finding import has_errors
from docgen.model import LEVELS

if TYPE_CHECKING:
    from docgen.county.roster import Unit
    from docgen.county.roster_rows import Column

roster_app = typer.Typer(
    help="名单：看一看，要一份空的", no_args_is_help=True, rich_markup_mode=None, cls=CommandGroup
)
app.add_typer(roster_app, name="roster")


@roster_app.command("check", cls=Command)
def check_command(
    roster: Annotated[
        Path, typer.Argument(readable=False, metavar="名单", help="工作簿或 CSV，一行一个机关")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一个 JSON")] = False,
) -> None:
    """看一份名单：多少机关，各是什么层级，缺什么，有没有写重。"""
    from docgen.county.body_names import check_units
    from docgen.county.roster import examine_roster

    units, told = examine_roster(roster)
    findings = [*check_units(units), *told]
    if as_json:
        rows = [unit._asdict() | {"place": str(unit.place)} for unit in units]
        console.result_json({"units": rows, "findings": [one.as_json() for one in findings]})
    else:
        console.show_findings(findings)
        console.say(f"{roster}：{_sum_up(units)}")

    raise typer.Exit(FINDINGS if has_errors(findings) else SOUND)


def _sum_up(units: "Sequence[Unit]") -> str:
    """Return how many units there are, of which levels, and what is known of them."""
    levels = Counter(unit.level for unit in units)
    named = [f"{names[0]} {levels[level]} 个" for level, names in LEVELS.items() if level in levels]
    named += [f"看不出层级 {levels['']} 个"] if levels[""] else []
    people, phones = sum(bool(u.contact) for u in units), sum(bool(u.phone) for u in units)
    about = f"有联系人的 {people} 个，有电话的 {phones} 个"
    return f"{len(units)} 个机关（{'，'.join(named)}）；{about}"


@roster_app.command("new", cls=Command)
def new_command(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            readable=False,
            metavar="文件夹",
            help="上年公布的报告：照里面的机关填好名单",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", readable=False, metavar="名单", help="写成哪个 .xlsx")
    ] = Path("名单.xlsx"),
) -> None:
    """要一份名单来填：空的带两行示例，或照上年的报告填好。"""
    from docgen.county.roster_new import write_roster

    refuse_standing(output, (".xlsx",))
    rows = _rows_from(source) if source else []
    files.write_together({output: write_roster(rows)})
    console.result(str(output))
    if source:
        console.say(f"照“{source}”里的报告写了 {len(rows)} 个机关；请核对名称，补上联系人和电话")
    else:
        console.say("前两行是示例，不算机关；从第 4 行填起，或写在它们上面")


def _rows_from(folder: Path) -> "list[dict[Column, str]]":
    """Return the rows of a roster by the reports of a folder, and tell of those not read."""
    from docgen.cli.progress import show_steps
    from docgen.county.roster_new import FoundBody, bodies_of, rows_of
    from docgen.files.inputs import find_inputs

    paths = find_inputs([folder])
    bodies: list[FoundBody] = []
    for path, found in zip(paths, show_steps(bodies_of(paths), len(paths), "份"), strict=True):
        if isinstance(found, Outcome):
            why = found.findings[0].message if found.findings else ""
            console.say(f"{path}：没有读（{why}）")
        elif found.body.name or found.seal_name:
            bodies.append(found)
        else:
            console.say(f"{path}：看不出是哪个机关的，没有写进名单")

    return rows_of(bodies)
