"""The form of a document that a command was given: as its option says, or the record beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from docgen.forms.form import Form

DocumentForm = Annotated[
    str,
    typer.Option(
        "--form", metavar="表式", help="文件是哪种表式（代号或文件夹）；不写则看旁边的签发记录"
    ),
]


def form_of_document(path: Path, key: str) -> "Form | None":
    """Return the form named by this key, else by the record beside the document, if there is one.

    Raise UsageStop for a key that is no form's, InputStop for a form that is faulty.
    """
    from docgen.cli.named_form import named_form
    from docgen.issuing.record import Target, form_of, load_record

    if key:
        return named_form(key)
    record = load_record(Target(path.parent, path.stem).record)
    return form_of(record) if record else None
