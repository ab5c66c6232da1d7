"""The arguments and options that several commands share; what only one has stands with it."""

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[Path],
    typer.Argument(
        readable=False,
        metavar="输入",
        help="JSON、XLSX 文件、装着 CSV 的文件夹，公布过的 Word、网页、PDF，或装着许多份的文件夹",
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        readable=False,
        metavar="上年",
        help="与上年的报告核对：输入、公布过的文件，或装着各机关去年所报的文件夹；"
        "不写则用旁边名为上一年的",
    ),
]
Kept = Annotated[
    float,
    typer.Option("--kept", metavar="百分数", min=0, max=100, help="正文与上年相同的超过这么多就报"),
]
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

#: What an issue was made from, for the commands that make it again.
IssuedInput = Annotated[
    Path | None,
    typer.Option(
        "--input",
        readable=False,
        metavar="输入",
        help="签发时的输入；不写则在文件旁边和 inputs 里找",
    ),
]
IssuedTemplate = Annotated[
    Path | None,
    typer.Option(
        "--template", readable=False, metavar="模板", help="签发时用的模板，不是自带的才要写"
    ),
]
IssuedPrevious = Annotated[
    Path | None,
    typer.Option("--previous", readable=False, metavar="上年", help="签发时核对过的上年的报告"),
]

OutputFolder = Annotated[
    Path, typer.Option("-o", "--output", readable=False, metavar="文件夹", help="写到哪里")
]
SealSize = Annotated[float, typer.Option(metavar="毫米", min=20, max=80, help="印章直径")]
LinePerInput = Annotated[bool, typer.Option("--json", help="给程序用：每份输入一行 JSON")]
LinePerDocument = Annotated[bool, typer.Option("--json", help="给程序用：每份文件一行 JSON")]
