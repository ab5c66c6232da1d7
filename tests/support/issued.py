"""The issued reference report, and what `docgen verify` says of it."""

import io
import zipfile
from pathlib import Path

from door import Run

DOCUMENT, RECORD = Path("outputs/2024.docx"), Path("outputs/2024.package.json")


BODY, STYLES = "word/document.xml", "word/styles.xml"


def codes(run: Run) -> list[str]:
    """The codes of what was said, in order."""
    return [line.split()[1] for line in run.err.splitlines() if line.startswith("错误 ")]


def parts_of() -> dict[str, bytes]:
    """The parts of the issued document."""
    with zipfile.ZipFile(DOCUMENT) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(part: str, data: bytes) -> bytes:
    """The issued document with another part, zipped by another hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, old in {**parts_of(), part: data}.items():
            package.writestr(name, data if name == part else old)
    return stream.getvalue()
