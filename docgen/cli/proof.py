"""Commands about proofs: proof."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.document_form import DocumentForm, clauses_left_out, form_of_document
from docgen.cli.options import LinePerDocument, SealSize
from docgen.cli.outputs import refuse_same_output
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND, OutputStop, Stop, UsageStop
from docgen.finding import Rule, has_errors

if TYPE_CHECKING:
    from docgen.forms.form import Form
    from docgen.layout.proof import Proof

NOT_OURS = Rule(
    code="F301",
    name="不覆盖已有的文件",
    severity="error",
    message="“{name}”已经在那里，不是 docgen 出的校样",
    why="别人放的文件，覆盖了就找不回来。",
    example="文件夹里已有一份盖过章扫描的 2024.pdf。",
    cure="先把它移走或改名，或用 -o 换一个文件夹；确实要覆盖，加 --force。",
)

_DPI = 150


@app.command("proof", cls=Command)
def proof_command(
    documents: Annotated[
        list[Path], typer.Argument(readable=False, metavar="文件", help="DOCX 文件")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", readable=False, metavar="文件夹", help="写到哪里；不写就在文件旁边"
        ),
    ] = None,
    png: Annotated[bool, typer.Option("--png", help="每页另出一张图片")] = False,
    seal_guide: Annotated[
        bool, typer.Option("--seal-guide", help="在校样上用虚线圈出用印位置（只在校样上）")
    ] = False,
    seal: SealSize = 42,
    form: DocumentForm = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    as_json: LinePerDocument = False,
) -> None:
    """出校样：排成 PDF，逐字核对，量版面和用印的位置。"""
    from docgen.layout.proof import make_proofs

    documents = list(dict.fromkeys(documents))
    refuse_same_output((path, (output or path.parent) / f"{path.stem}.pdf") for path in documents)
    read = {path: _read(path, form) for path in documents}
    sound = {path: one for path, one in read.items() if not isinstance(one, Stop)}
    proofs = make_proofs(
        [data for data, _ in sound.values()],
        seal_mm=seal,
        seal_guide=seal_guide,
        names=[path.name for path in sound],
        forms=[known for _, known in sound.values()],
    )
    made = dict(zip(sound, proofs, strict=True))
    codes = [SOUND]
    for path, one in read.items():
        proof = one if isinstance(one, Stop) else made[path]
        outcome = _write(path, output or path.parent, proof, png=png, force=force)
        if not isinstance(one, Stop):
            outcome = replace(outcome, coverage=clauses_left_out(one[1]))
        if as_json:
            console.show_json(outcome, outputs=True)
        else:
            console.show_outcome(outcome)
            for written in outcome.outputs:
                console.result(str(written))
        codes.append(outcome.exit_code)
    raise typer.Exit(max(codes))


def _read(path: Path, key: str) -> "tuple[bytes, Form | None] | Stop":
    """Return a document with its form, or what stopped it. Raise UsageStop for no form's key."""
    try:
        return files.read_bytes(path), form_of_document(path, key)
    except UsageStop:
        raise
    except Stop as error:
        return error


def _write(path: Path, folder: Path, proof: "Proof | Stop", *, png: bool, force: bool) -> Outcome:
    """Write one proof; what became of it."""
    from docgen.layout.pdf import png_pages

    if isinstance(proof, Stop):
        return Outcome(path, "unreadable", proof.findings, proof.exit_code)
    written = {folder / f"{path.stem}.pdf": proof.pdf}
    if png:
        for number, picture in enumerate(png_pages(proof.pdf, _DPI), start=1):
            written[folder / f"{path.stem}-{number}.png"] = picture
    try:
        if not force:
            for target in written:
                _refuse_overwrite(target)
        files.write_together(written)
    except Stop as error:
        return Outcome(path, "refused", (*proof.findings, *error.findings), error.exit_code)
    wrong = has_errors(proof.findings)
    return Outcome(
        path,
        "refused" if wrong else "sound",
        proof.findings,
        FINDINGS if wrong else SOUND,
        tuple(written),
    )


def _refuse_overwrite(target: Path) -> None:
    """Raises OutputStop if something else than a proof of docgen's stands there."""
    from docgen.layout.pdf import is_own_picture, is_own_proof

    if target.exists():
        data = target.read_bytes() if target.is_file() else b""
        if not (is_own_proof(data) or is_own_picture(data)):
            raise OutputStop(NOT_OURS.at(name=str(target)))
