"""The form of a document that a command was given: as its option says, or the record beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.check.outcome import Coverage

if TYPE_CHECKING:
    from docgen.forms.form import Form

_NO_STANDARD = "这种表式没有规定版面标准"
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


def clauses_left_out(form: "Form | None") -> Coverage | None:
    """Return what is not judged of a document because its form follows no standard."""
    from docgen.layout.page import clauses_not_judged

    codes = clauses_not_judged(form)
    return Coverage((), tuple((code, _NO_STANDARD) for code in codes)) if codes else None
