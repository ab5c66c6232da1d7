"""What is issued beside the document: its proof, the page for the portal, open data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from docgen.errors import FaultStop, Stop, UsageStop
from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.model import Reading
from docgen.publish import OUTPUT_DIFFERS

if TYPE_CHECKING:  # what makes a proof, or an issue, is imported where one is asked for
    from docgen.issuing.record import Record
    from docgen.issuing.standing import Standing
    from docgen.layout.proof import Proof


NOT_OFFERED = Rule(
    code="X214",
    name="这种表式不出这样的文件",
    severity="error",
    message="“{form}”不出{what}，没有签发",
    why="表式写明了可以出哪些文件；有的表只报送，不上网，也不用印。",
    example="给只报送的表加了 --html。",
    cure="去掉这个选项，再运行一次。",
    since="0.3.0",
)


@dataclass(frozen=True)
class Beside:
    """What to issue beside the document."""

    pdf: bool = False
    png: bool = False  # the pages of the proof as pictures
    seal_guide: bool = False  # the place of the seal drawn on the proof
    seal_mm: float = 42.0
    html: bool = False
    data: bool = False

    @property
    def proof(self) -> bool:
        """Whether a proof is made at all."""
        return self.pdf or self.png or self.seal_guide


@dataclass(frozen=True)
class Proved:
    """A document, adjusted if its seal lacked room; its proof by what follows its name."""

    document: bytes
    files: dict[str, bytes]
    findings: tuple[Finding, ...]
    pages: int | None = None


def refuse_not_offered(form: Form, asked: Beside) -> None:
    """Raise UsageStop where something is asked for that reports of this form have not."""
    wanted = {
        "html": ("网页（--html）", asked.html),
        "data": ("开放数据（--data）", asked.data),
        "proof": ("校样（--pdf、--png、--seal-guide）", asked.proof),
    }
    asked_for = {name: words for name, (words, is_asked) in wanted.items() if is_asked}
    missing = [words for name, words in asked_for.items() if name not in form.outputs]
    if missing:
        raise UsageStop(NOT_OFFERED.at(form=form.name, what="、".join(missing)))


def prove(
    documents: Mapping[str, bytes], forms: Mapping[str, Form], beside: Beside
) -> dict[str, Proved]:
    """Prove documents by name, all together: LibreOffice starts slowly.

    Where no proof can be made the document is issued all the same.
    """
    from docgen.layout.proof import fit_seals

    try:
        fitted = fit_seals(
            list(documents.values()),
            names=list(documents),
            forms=[forms[name] for name in documents],
            seal_mm=beside.seal_mm,
            seal_guide=beside.seal_guide,
        )
    except Stop as error:
        return {name: Proved(data, {}, error.findings) for name, data in documents.items()}

    return {
        name: _proved(document, proof, beside)
        for name, (document, proof) in zip(documents, fitted, strict=True)
    }


def prove_anew(document: bytes, name: str, form: Form | None, was: Beside) -> dict[str, bytes]:
    """Return the proof of an issued document by what follows its name; nothing if it has none."""
    from docgen.layout.proof import make_proof

    try:
        made = make_proof(
            document, name=name, form=form, seal_mm=was.seal_mm, seal_guide=was.seal_guide
        )
    except Stop:
        return {}

    return {".pdf": made.pdf, **(_pictures(made.pdf) if was.png else {})}


def _proved(document: bytes, proof: "Proof | Stop", beside: Beside) -> Proved:
    if isinstance(proof, Stop):
        return Proved(document, {}, proof.findings)
    files = {".pdf": proof.pdf} | (_pictures(proof.pdf) if beside.png else {})
    return Proved(document, files, proof.findings, proof.pages)


def _pictures(pdf: bytes) -> dict[str, bytes]:
    from docgen.layout.pdf import png_pages

    return {f"-{number}.png": picture for number, picture in enumerate(png_pages(pdf), start=1)}


def publish(
    reading: Reading, beside: Beside, there: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return the files for the portal by what follows their name; read back like the document.

    What is there to the byte was read back when it was issued. Raise FaultStop unless they hold
    every figure and every word of the report.
    """
    files: dict[str, bytes] = {}
    found: list[Finding] = []
    there = there or {}
    if beside.html:
        from docgen.publish import fragment
        from docgen.publish.html import write_html

        pages = {
            ".html": write_html(reading.form, reading.report),
            fragment.SUFFIX: fragment.write_fragment(reading.form, reading.report),
        }
        for suffix, page in pages.items():
            found += _page_differs(reading, page) if there.get(suffix) != page else []
        files |= pages

    if beside.data:
        from docgen.publish.data import write_data

        data = write_data(reading.form, reading.report)
        found += _data_differs(reading, data) if data.items() - there.items() else []
        files |= data

    if found:
        raise FaultStop(*found)
    return files


def _page_differs(reading: Reading, page: bytes) -> list[Finding]:
    from docgen.merge.expected import expected_text
    from docgen.printing import print_signature, print_title
    from docgen.publish.html_back import read_html
    from docgen.word.blocks import differences

    form, report = reading.form, reading.report
    signature = print_signature(report) if form.signed else ()
    text = expected_text(form, report)
    expected = [print_title(report), *text, *signature]  # in no lines of a page
    differs = differences(expected, read_html(page))

    return [OUTPUT_DIFFERS.at(what="网页", **one._asdict()) for one in differs]


def _data_differs(reading: Reading, data: Mapping[str, bytes]) -> list[Finding]:
    from docgen.publish.data import data_differences

    differs = data_differences(reading.form, reading.report, data)
    return [OUTPUT_DIFFERS.at(what="数据文件", **one._asdict()) for one in differs]


def is_layout(document: bytes, other: bytes) -> bool:
    """Whether this is the document, or that document adjusted for its seal."""
    from docgen.layout.proof import find_layout

    return find_layout(document, other, "") is not None


def find_kept_proof(
    document: bytes, name: str, form: Form, standing: "Standing", asked: Beside
) -> Proved | None:
    """Return the proof that stands there if it still shows this document: LibreOffice is slow.

    Nothing is taken from the record on trust: the document is adjusted again, every character
    of the PDF compared and measured again, its pages drawn again.
    """
    from docgen.issuing.record import DOCUMENT

    there, pdf = standing.files.get(DOCUMENT), standing.files.get(".pdf")
    was = options_of(standing.record)
    if there != document and not _says_adjusted(standing.record):
        return None
    if there is None or (pdf is None and (asked.proof or there == document)):
        return None
    if asked.proof and (was.seal_guide, was.seal_mm) != (asked.seal_guide, asked.seal_mm):
        return None
    from docgen.layout import proof

    layout = proof.find_layout(document, there, name)
    if layout is None:
        return None
    made = proof.prove_again(there, pdf, name=name, seal_mm=was.seal_mm, form=form) if pdf else None
    if made is None or pdf is None:
        return None if asked.proof else Proved(there, {}, layout)
    drawn = _pictures(pdf) if asked.png or was.png else {}

    if any(standing.files.get(suffix) != picture for suffix, picture in drawn.items()):
        if asked.png:
            return None
        drawn = {}

    return Proved(there, {".pdf": pdf, **drawn}, (*made.findings, *layout), made.pages)


def _says_adjusted(record: "Record") -> bool:
    """Whether a record tells of a layout adjusted: trying them all on each change takes long."""
    from docgen.layout.adjustments import ADJUSTED

    found = record.members.get("findings")
    return isinstance(found, list) and any(
        isinstance(one, dict) and one.get("code") == ADJUSTED.code for one in found
    )


def keep(reading: Reading, standing: "Standing", asked: Beside) -> dict[str, bytes]:
    """Return page and data of an earlier issue that are not asked for and still say the same."""
    page = not asked.html and ".html" in standing.files
    data = not asked.data and any(".数据." in suffix for suffix in standing.files)
    if not (page or data):
        return {}
    made = publish(reading, Beside(html=page, data=data), standing.files)

    return {suffix: now for suffix, now in made.items() if standing.files.get(suffix) == now}


def with_kept(asked: Beside, names: Collection[str], standing: "Standing | None") -> Beside:
    """Return what was asked for, and what of an earlier issue is kept beside it."""
    html, data = ".html" in names, any(".数据." in name for name in names)
    asked = replace(asked, html=asked.html or html, data=asked.data or data)
    if asked.proof or ".pdf" not in names or standing is None:
        return asked
    was = options_of(standing.record)
    png = any(name.endswith(".png") for name in names)

    return replace(asked, pdf=True, png=png, seal_guide=was.seal_guide, seal_mm=was.seal_mm)


def options_of(record: "Record") -> Beside:
    """Return what a record says was asked for; of what is no option, nothing."""
    said = record.members.get("options")
    known = {
        field.name: said[field.name]
        for field in fields(Beside)
        if isinstance(said, dict) and type(said.get(field.name)) is type(field.default)
    }
    return Beside(**known)
