"""Commands about finished documents: verify."""

from pathlib import Path
from typing import Annotated

import typer

from docgen import console, files
from docgen.catalogue import publish as rules
from docgen.catalogue import stop, verify
from docgen.cli.app import app
from docgen.cli.usage import Command
from docgen.errors import VERIFY_DIFFERS, InputStop, UsageStop
from docgen.finding import Finding


@app.command("verify", cls=Command)
def verify_command(
    documents: Annotated[
        list[Path], typer.Argument(readable=False, metavar="文件", help="outputs 里的 DOCX")
    ],
    short: Annotated[
        str, typer.Option("--short", metavar="校验码", help="用印审批单上印的校验码")
    ] = "",
) -> None:
    """看文件是不是签发的那一份；不是，就说出改了哪里。"""
    from docgen.package import verify_document

    if short and len(documents) > 1:
        raise UsageStop(stop.USAGE.at(what="校验码只能核对一个文件"))
    code = 0
    for path in documents:
        try:
            found = _compare_short(path, short) if short else verify_document(path)
        except InputStop as error:
            console.show_findings(error.findings)
            code = max(code, error.exit_code)
            continue
        console.show_findings(found)
        console.say(f"{path}：{_verdict(found, short)}")
        code = max(code, VERIFY_DIFFERS) if found else code
    raise typer.Exit(code)


def _compare_short(path: Path, short: str) -> list[Finding]:
    """The printed short form against the file: it needs no record beside it."""
    from docgen.publish.seal_form import matches_short, short_form

    digest = files.sha256(files.read_bytes(path))
    if matches_short(short, digest):
        return []
    return [rules.SHORT_DIFFERS.at(name=path.name, actual=short_form(digest), expected=short)]


def _verdict(found: list[Finding], short: str) -> str:
    if short:
        return "与审批单不符" if found else "与审批单相符"
    if any(finding.rule is verify.NO_PACKAGE for finding in found):
        return "无法核验"
    return "不是签发的那一份" if found else "就是签发的那一份"
