"""Commands about publication: seal-form, doctor."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import IssuedInput, IssuedPrevious, IssuedTemplate
from docgen.cli.outputs import never_overwritten, not_overwritten
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND, VERIFY_DIFFERS, OutputStop
from docgen.finding import Rule
from docgen.issuing.verify import NOT_DOCUMENT

NOT_ISSUED = Rule(
    code="H201",
    name="没有通过核验，不能出用印审批单",
    severity="error",
    message="“{name}”没有通过核验，没有写用印审批单",
    why="审批单上印着文件的校验码；文件签发后改过，审批的和盖章的就不是同一份。",
    example="签发后在 Word 里改了一个字，再运行 docgen seal-form。",
    cure="按上面的提示处理；改输入文件、重新运行 docgen render，再出审批单。",
)
CANNOT_REMAKE = Rule(
    code="H205",
    name="没能照输入重做，不能出用印审批单",
    severity="error",
    message="找到了输入“{input}”，却没能照它重新做一遍来核对：{why}",
    why="审批单上印着文件的校验码；输入在手边而没有核对过，文件和记录一起改过就看不出来。",
    example="签发后换过 docgen 的版本。",
    cure=(
        "再运行一次 docgen render，然后出审批单；输入或模板在别处的，用 --input、--template 指明。"
    ),
    since="0.2.0",
)


@app.command("seal-form", cls=Command)
def seal_form_command(
    document: Annotated[
        Path, typer.Argument(readable=False, metavar="文件", help="outputs 里的 DOCX")
    ],
    copies: Annotated[
        int | None, typer.Option(metavar="份数", min=1, help="用印份数；不写则留空待填")
    ] = None,
    pages: Annotated[
        int | None,
        typer.Option(metavar="页数", min=1, help="文件的页数；不写则自己数，数不出就留空待填"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", readable=False, metavar="文件", help="写成哪个文件"),
    ] = None,
    given: IssuedInput = None,
    template: IssuedTemplate = None,
    previous: IssuedPrevious = None,
    place: FormPlace = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的审批单")] = False,
) -> None:
    """为签发的文件写一张用印审批单：校验码、核对结果、签名栏。"""
    from docgen import files
    from docgen.issuing.record import DOCUMENT
    from docgen.issuing.verify import record_at
    from docgen.publish.seal_form import SUFFIX, read_issued, write_seal_form

    use_form(place)
    source = _refuse_forged(document, given, template, previous)
    stem = document.name.removesuffix(DOCUMENT)
    record = record_at(document)
    assert record is not None  # it was verified
    issued = read_issued(document.name, record.members)
    pages = pages or issued.pages or _count_pages(document)
    form = write_seal_form(issued, copies=copies, pages=pages, made_from=source)
    target = output or document
    if output is None or output.is_dir():
        target = (output or document.parent) / f"{stem}{SUFFIX}"
    if os.path.lexists(target):
        _refuse_other(target, form, force=force)
    files.write_together({target: form})
    console.result(str(target))


def _refuse_forged(
    document: Path, given: Path | None, template: Path | None, previous: Path | None
) -> str:
    """Return the name of the input that makes this document, if it is at hand.

    Exit unless it is the document that was issued, as far as can be seen from here.
    """
    from docgen import remake
    from docgen.issuing.record import DOCUMENT
    from docgen.issuing.verify import verify_file

    found, again = verify_file(document), remake.Again()
    if not document.name.endswith(DOCUMENT):
        found = [NOT_DOCUMENT.at(name=document.name, why="不是 DOCX 文件")]
    if not found:
        again = remake.make_again(document, remake.Given(given, template, previous))
        found = list(again.findings)

    unsure = again.unsure or (again.rival and f"“{again.rival}”名字一样、内容不同，分不清真假")
    if found or unsure:
        why = NOT_ISSUED.at(name=document.name)
        if not found:
            why = CANNOT_REMAKE.at(input=str(again.input), why=unsure)
        console.show_findings([*found, why])
        raise typer.Exit(VERIFY_DIFFERS)

    if again.input is None:
        console.say(
            "没有找到输入，没有重新做一遍来核对：文件和签发记录若是一起改过，这样看不出来；"
            "用 --input 指明输入再出"
        )

    return again.input.name if again.input else ""


def _count_pages(document: Path) -> int | None:
    """Return the pages of a proof made for this alone; none where none can be made."""
    from docgen import files
    from docgen.layout.proof import make_proof
    from docgen.office import find_office

    if find_office() is None:
        return None
    try:
        return make_proof(files.read_bytes(document), name=document.name).pages
    except OutputStop:
        return None  # the proof has its own command, which says why


def _refuse_other(target: Path, form: bytes, *, force: bool) -> None:
    """Raise OutputStop if something else stands there: it may have been filled in.

    A form is renewed by force, and nothing but a form.
    """
    from docgen import files
    from docgen.publish.seal_form import is_seal_form

    there = files.regular_bytes(target, files.LIMIT)
    if force and not (there and is_seal_form(there)):
        raise never_overwritten(target, "不是用印审批单", "审批单")
    if not force and there != form:
        raise not_overwritten(target, "内容与这次要写的不同")


@app.command("doctor", cls=Command)
def doctor_command(
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """看这台电脑能不能用 docgen：缺什么，怎么办。"""
    from docgen.layout.fonts import FONTS, installed_families
    from docgen.office import find_office
    from docgen.publish import doctor

    official = {name: (font.own, font.stand_ins) for name, font in FONTS.items()}
    checks = [
        doctor.check_python(),
        doctor.check_libraries(),
        *doctor.check_templates(),
        doctor.check_folder(Path("outputs")),
        doctor.check_console(sys.stdout.encoding),
        doctor.check_office(find_office()),
        *doctor.check_fonts(official, installed_families()),
    ]
    usable = doctor.is_usable(checks)
    if as_json:
        record = {"usable": usable, "checks": [check.as_json() for check in checks]}
        console.result_json(record)
    else:
        for check in checks:
            console.result(str(check))
        console.say("可以用" if usable else "先把“不行”的解决了才能用")

    raise typer.Exit(SOUND if usable else FINDINGS)
