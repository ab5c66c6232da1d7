"""Old formats: read as LibreOffice converts them, or refused in one sentence."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from door import INPUTS, Docgen, write_json
from proofs import needs_office, stand_in
from published import report
from test_published_archive import zipped

from docgen import office
from docgen.files.ooxml import read_parts
from docgen.read import read_report
from docgen.read.published.converted import convert_file

FAULTS = {
    "no office": (None, "没有找到"),
    "hangs": ("sleep 60", "秒还没有转换完"),
    "fails": ("exit 1", "打不开它"),
    "says nothing": ("exit 0", "打不开它"),
}


def converted(source: Path, kind: str, folder: Path) -> Path:
    """Return a file in another format, as LibreOffice writes it."""
    program = office.find_office()
    assert program is not None
    command = [str(program), "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    shutil.rmtree(folder / "p")
    return folder / f"{source.stem}.{kind}"


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(
    ("kind", "name"), [("xls", "旧.xls"), ("xls", "旧.et"), ("ods", "旧.ods"), ("xls", "旧.xlsx")]
)
def test_a_blank_saved_as_an_old_workbook(
    docgen: Docgen, folder: Path, tmp_path: Path, kind: str, name: str
) -> None:
    """It is read as the workbook is, cell by cell, and issued."""
    made = converted(INPUTS / "2024.xlsx", kind, tmp_path)
    shutil.copy(made, folder / name)
    before, after = read_report(INPUTS / "2024.xlsx"), read_report(folder / name)
    assert after.report == before.report
    assert {place.cell for place in after.places.values()} == {
        place.cell for place in before.places.values()
    }
    assert docgen("render", name).code == 0
    assert (folder / "outputs" / "旧.docx").exists()


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("kind", ["doc", "wps", "odt", "rtf"])
def test_docgens_own_document(docgen: Docgen, folder: Path, tmp_path: Path, kind: str) -> None:
    """It says the same figures in every format."""
    write_json(folder / "2024.json", report("suqian_2024"))
    assert docgen("render", "2024.json").code == 0
    made = converted(folder / "outputs/2024.docx", kind.replace("wps", "doc"), tmp_path)
    shutil.copy(made, folder / f"年报.{kind}")
    before, after = read_report(folder / "2024.json"), read_report(folder / f"年报.{kind}")
    assert after.report.figures == before.report.figures
    assert after.report.sections == before.report.sections


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORD = OLE + "WordDocument".encode("utf-16-le")
BOOK = OLE + "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data"),
    [("旧.doc", WORD), ("旧.wps", WORD), ("旧.rtf", b"{\\rtf1}"), ("旧.xls", BOOK)],
)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_converted(
    docgen: Docgen,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes,
    fault: str,
) -> None:
    """One sentence says why, and what to save it as."""
    script, why = FAULTS[fault]
    if script is None:
        monkeypatch.setenv(office.SETTING, "/nowhere/soffice")
    else:
        stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr("docgen.read.published.converted._SECONDS", 0.5)
    (folder / name).write_bytes(data)

    run = docgen("check", name, "--json")
    assert (run.code, run.codes) == (3, ["X306"])
    [finding] = run.lines[0]["findings"]
    assert why in finding["message"]
    assert (".xlsx" if name.endswith("xls") else ".docx") in finding["cure"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("旧.doc", BOOK, "X306"),
        ("旧.xls", WORD, "X306"),
        ("旧.doc", OLE, "X306"),
        ("旧.doc", b"x", "X306"),
        ("旧.odt", b"PK\3\4", "X340"),
        ("密.doc", OLE + "EncryptedPackage".encode("utf-16-le"), "X307"),
        ("网页.doc", b"<p>x</p>", "X341"),
        ("空.doc", b"", "X302"),
    ],
)
def test_what_is_none(docgen: Docgen, folder: Path, name: str, data: bytes, code: str) -> None:
    """What a file is, its content says."""
    (folder / name).write_bytes(data)
    run = docgen("check", name, "--json")
    assert (run.code, run.codes) == (3, [code])


_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_XML = b'<?xml version="1.0"?>'
_LINKS = {
    "text": (
        '<text:section text:name="a"><text:section-source xlink:href="{link}" xlink:type="simple"/>'
        "<text:p>old</text:p></text:section><text:p>HELLO</text:p>"
    ),
    "spreadsheet": (
        '<table:table table:name="a"><table:table-row><table:table-cell '
        "table:formula=\"of:=['{link}'#$Sheet1.A1]\"><text:p>old</text:p></table:table-cell>"
        '<table:table-cell office:value-type="string"><text:p>HELLO</text:p></table:table-cell>'
        '</table:table-row></table:table><table:table table:name="b"><table:table-source '
        'xlink:href="{link}" table:filter-name="Text - txt - csv (StarCalc)"/></table:table>'
    ),
}


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("kind", _LINKS)
def test_links_are_not_followed(tmp_path: Path, kind: str) -> None:
    """What a file refers to on this computer does not come into what is read of it."""
    secret = tmp_path / "secret.csv"
    secret.write_text("TOPSECRET,2\n", encoding="utf-8")
    body = _LINKS[kind].replace("{link}", secret.as_uri())
    spaces = " ".join(f'xmlns:{name}="{_NAMES}:{name}:1.0"' for name in ("office", "text", "table"))
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:of="{_NAMES}:of:1.2" office:version="1.2"><office:body><office:{kind}>{body}'
        f"</office:{kind}></office:body></office:document-content>"
    )
    entries = {"/": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "text/xml"}
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{said}"/>'
        for path, said in entries.items()
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0">{manifest}</manifest:manifest>'
    )
    data = zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "META-INF/manifest.xml": _XML + manifest.encode(),
            "content.xml": _XML + content.encode(),
        },
        zipfile.ZIP_STORED,
    )

    target = ".docx" if kind == "text" else ".xlsx"
    made = b"".join(read_parts(convert_file(data, f"a.{kind}", target)).values())
    assert b"HELLO" in made
    assert b"TOPSECRET" not in made
