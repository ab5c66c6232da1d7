"""Templates with something changed, and what is said of them."""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from door import INPUTS, PROJECT, Docgen

OWN = PROJECT / "templates" / "report_template.docx"


BODY, TYPES, RELATIONS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"


CORE = "docProps/core.xml"


Edit = tuple[str, str]


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_docx(parts: Mapping[str, bytes], name: str = "模板.docx") -> Path:
    """A package of these parts in the working folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for part, data in parts.items():
            package.writestr(part, data)
    Path(name).write_bytes(stream.getvalue())
    return Path(name)


def edited(*edits: Edit, part: str = BODY) -> Path:
    """The own template with the first of each text replaced in a part."""
    parts = parts_of(OWN)
    text = parts[part].decode()
    for old, new in edits:
        assert old in text, f"{old} is not in {part}"
        text = text.replace(old, new, 1)
    return write_docx({**parts, part: text.encode()})


def told(docgen: Docgen, path: Path) -> list[str]:
    """The findings of `template check`, a line each, `T201 …`; the exit code must say so."""
    run = docgen("template", "check", path)
    assert "Traceback" not in run.err
    found = re.findall(r"^错误 (T\d+ .*)$", run.err, flags=re.MULTILINE)
    assert run.code == (4 if found else 0)
    assert found or run.err == f"{path}：可以用\n"
    return found


def refused(docgen: Docgen, path: Path) -> list[str]:
    """The codes `render` refuses with; nothing may be written."""
    run = docgen("render", INPUTS / "2024.json", "--template", path, "--json")
    assert run.code == 4
    assert run.lines[0]["verdict"] == "refused"
    assert run.lines[0]["outputs"] == []
    assert not Path("outputs").exists()
    return [code for code in run.codes if code.startswith("T")]
