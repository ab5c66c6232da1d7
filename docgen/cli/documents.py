"""Commands about finished documents: verify."""

from pathlib import Path
from typing import Annotated

import typer

from docgen import console
from docgen.cli.app import app
from docgen.cli.usage import Command
from docgen.errors import VERIFY_DIFFERS, InputStop


@app.command("verify", cls=Command)
def verify_command(
    documents: Annotated[list[Path], typer.Argument(metavar="文件", help="outputs 里的 DOCX")],
) -> None:
    """看文件是不是签发的那一份；不是，就说出改了哪里。"""
    from docgen.package import verify_document

    code = 0
    for path in documents:
        try:
            found = verify_document(path)
        except InputStop as error:
            console.show_findings(error.findings)
            code = max(code, error.exit_code)
            continue
        console.show_findings(found)
        console.say(f"{path}：{'不是签发的那一份' if found else '就是签发的那一份'}")
        code = max(code, VERIFY_DIFFERS) if found else code
    raise typer.Exit(code)
