"""What the commands about inputs share: their arguments, and the work on one or on many."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from docgen.check.outcome import Outcome
from docgen.cli.usage import USAGE
from docgen.errors import UsageStop
from docgen.files.inputs import input_name
from docgen.finding import Rule
from docgen.pipeline import Settings

SAME_OUTPUT = Rule(
    code="X202",
    name="两份输入会写成同一个文件",
    severity="error",
    message="“{first}”和“{second}”都会写成“{output}”",
    why="后写的会盖掉先写的。",
    example="docgen render inputs/2024.json inputs/2024.xlsx",
    cure="一次只给其中一份，或分别用 -o 指定不同的文件夹。",
)

Inputs = Annotated[
    list[Path],
    typer.Argument(
        readable=False,
        metavar="输入",
        help="JSON、XLSX 文件、装着 CSV 的文件夹，或装着许多份的文件夹",
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        readable=False,
        metavar="上年",
        help="与上年的输入核对；不写则用旁边名为上一年的",
    ),
]
Kept = Annotated[
    float,
    typer.Option("--kept", metavar="百分数", min=0, max=100, help="正文与上年相同的超过这么多就报"),
]
Json = Annotated[bool, typer.Option("--json", help="给程序用：每份输入一行 JSON")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="个数", min=1, help="同时做几份；不写则照这台电脑的能力"),
]
Roster = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        readable=False,
        metavar="名单",
        help="照名单（CSV 或 XLSX）看谁没交、重交、不在名单",
    ),
]

#: Up to this many inputs are done one after the other: that is sooner than starting processes.
_FEW = 4


def names_of_others(paths: Sequence[Path], roster: Path | None) -> tuple[str, ...]:
    """The bodies on the list, and what the inputs beside these are called.

    Raises InputStop if the list is none.
    """
    from docgen.read.neighbour import names_beside

    names = names_beside(paths)
    if roster:
        from docgen.county.roster import read_roster

        names.update(unit.name for unit in read_roster(roster))
    return tuple(sorted(names))


def refuse_many(inputs: Sequence[Path], previous: Path | None) -> None:
    """Raises UsageStop if one last year is given for several inputs."""
    if previous and len(inputs) > 1:
        raise UsageStop(USAGE.at(what="--previous 只能用于一份输入"))


def refuse_same_output(paths: Sequence[Path], settings: Settings) -> None:
    """Raises UsageStop if two inputs would write one file."""
    from docgen import issuing as package

    seen: dict[str, Path] = {}
    for path in paths:
        target = package.target_of(input_name(path), settings.folder, draft=settings.draft)
        output = str(target.document)
        first = seen.setdefault(output.casefold(), path)  # Windows takes A.docx for a.docx
        if first is not path:
            raise UsageStop(SAME_OUTPUT.at(first=str(first), second=str(path), output=output))


def carry_out(
    work: Callable[[Sequence[Path]], list[Outcome]],
    paths: Sequence[Path],
    jobs: int | None,
    *,
    together: bool = False,
) -> Iterator[Outcome]:
    """The outcome of every input as it is done; `together` where several share a step."""
    if jobs is None and len(paths) <= _FEW:
        for group in [paths] if together else [[path] for path in paths]:
            yield from work(group)
        return
    from docgen.county import batch

    yield from batch.run(work, paths, jobs or batch.processors(), together=together)
