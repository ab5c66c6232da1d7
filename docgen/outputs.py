"""What is issued beside the document: its proof, the page for the portal, open data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.catalogue import publish as rules
from docgen.errors import FaultStop, Stop
from docgen.finding import Finding
from docgen.model import Reading

if TYPE_CHECKING:  # what makes a proof is imported where one is asked for
    from docgen.proof import Proof


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


def prove(documents: Mapping[str, bytes], beside: Beside) -> dict[str, Proved]:
    """Prove documents by name, all together: LibreOffice starts slowly.

    Where no proof can be made the document is issued all the same.
    """
    from docgen.proof import fit_seals

    try:
        fitted = fit_seals(
            list(documents.values()),
            names=list(documents),
            seal_mm=beside.seal_mm,
            seal_guide=beside.seal_guide,
        )
    except Stop as error:
        return {name: Proved(data, {}, error.findings) for name, data in documents.items()}
    return {
        name: _proved(document, proof, beside)
        for name, (document, proof) in zip(documents, fitted, strict=True)
    }


def _proved(document: bytes, proof: "Proof | Stop", beside: Beside) -> Proved:
    from docgen.proof import png_pages

    if isinstance(proof, Stop):
        return Proved(document, {}, proof.findings)
    files = {".pdf": proof.pdf}
    if beside.png:
        pictures = enumerate(png_pages(proof.pdf), start=1)
        files |= {f"-{number}.png": picture for number, picture in pictures}
    return Proved(document, files, proof.findings, proof.pages)


def publish(reading: Reading, beside: Beside) -> dict[str, bytes]:
    """The files for the portal by what follows their name; read back like the document.

    Raises FaultStop unless they hold every figure and every word of the report.
    """
    form, report = reading.form, reading.report
    files: dict[str, bytes] = {}
    found: list[Finding] = []
    if beside.html:
        from docgen.blocks import differences
        from docgen.merge import expected_blocks
        from docgen.printing import print_signature, print_title
        from docgen.publish.html import write_html
        from docgen.publish.html_back import read_html

        files[".html"] = write_html(form, report)
        text = expected_blocks(form, report)[1:-2]
        expected = [print_title(report), *text, *print_signature(report)]  # in no lines of a page
        differs = differences(expected, read_html(files[".html"]))
        found += [rules.OUTPUT_DIFFERS.at(what="网页", **one._asdict()) for one in differs]
    if beside.data:
        from docgen.publish.data import data_differences, write_data

        data = write_data(form, report)
        differs = data_differences(form, report, data)
        found += [rules.OUTPUT_DIFFERS.at(what="数据文件", **one._asdict()) for one in differs]
        files |= data
    if found:
        raise FaultStop(*found)
    return files
