"""Commands about the page: page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app, fault
from docgen.cli.document_form import DocumentForm, clauses_left_out, form_of_document
from docgen.cli.options import LinePerDocument
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND, InputStop, Stop, UsageStop
from docgen.files import UNREADABLE
from docgen.finding import has_errors

if TYPE_CHECKING:
    from docgen.forms.form import Form


@app.command("page", cls=Command)
def page_command(
    context: typer.Context,
    documents: Annotated[
        list[Path], typer.Argument(readable=False, metavar="文件", help="要量的 DOCX")
    ],
    form: DocumentForm = "",
    as_json: LinePerDocument = False,
) -> None:
    """照 GB/T 9704—2012 量一份 DOCX 的版面：页边、字体、行距、页码、署名、表格。"""
    codes = [SOUND]
    for path in documents:
        try:
            outcome = _measure(path, form_of_document(path, form))
        except InputStop as error:
            outcome = Outcome(path, "unreadable", error.findings, error.exit_code)
        except UsageStop:
            raise
        except Exception as error:
            outcome = Outcome(path, "refused", (fault(context.obj, error),), Stop.exit_code)
        if as_json:
            console.show_json(outcome, outputs=False)
        else:
            console.show_outcome(outcome)
        codes.append(outcome.exit_code)
    raise typer.Exit(max(codes))


def _measure(path: Path, form: "Form | None") -> Outcome:
    """Return the outcome of one document. Raise InputStop if it is none."""
    from docgen.files.ooxml import NotPackage
    from docgen.layout.page import check_page

    try:
        found = tuple(check_page(files.read_bytes(path), path.name, form))
    except NotPackage as error:
        cure = "在 Word 或 WPS 里打开它，另存为 .docx；.doc、.wps 和改了后缀的文件不行。"
        raise InputStop(UNREADABLE.at(name=path.name, why=str(error), cure=cure)) from None
    wrong = has_errors(found)
    return Outcome(
        path,
        "refused" if wrong else "sound",
        found,
        FINDINGS if wrong else SOUND,
        coverage=clauses_left_out(form),
    )
