"""Documents of others: whatever leads out of them, no request leaves and what it is is said."""

import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from door import PROJECT, Docgen
from proofs import document, needs_office

from docgen import office
from docgen.files import ooxml
from docgen.files.outward import cut_off, leads_out
from docgen.layout.office import ProofStop, convert
from docgen.office.isolation import no_network

pytestmark = needs_office

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="9" name="p"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip {how}="rIdX" xmlns:r="' + R + '"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/>"
    "<a:ext cx='900000' cy='900000'/></a:xfrm><a:prstGeom prst='rect'/></pic:spPr></pic:pic>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
LINKED, EMBEDDED = DRAWN.replace("{how}", "r:link"), DRAWN.replace("{how}", "r:embed")
FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText>'
    '</w:r><w:r><w:instrText>PICTURE "{url}/f.png" \\d </w:instrText></w:r><w:r><w:fldChar '
    'w:fldCharType="separate"/></w:r><w:r><w:t>图</w:t></w:r><w:r><w:fldChar '
    'w:fldCharType="end"/></w:r></w:p>'
)
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
OLE = (
    f'<w:p><w:r><w:object {VML}><v:shape id="s" style="width:90pt;height:90pt"/><o:OLEObject '
    f'Type="Link" ProgID="Excel.Sheet.12" ShapeID="s" r:id="rIdX" xmlns:r="{R}" '
    'UpdateMode="Always"/></w:object></w:r></w:p>'
)
IMAGE_DATA = (
    f'<w:p><w:r><w:pict {VML}><v:shape style="width:90pt;height:90pt"><v:imagedata '
    'src="{url}/v.png"/></v:shape></w:pict></w:r></w:p>'
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" '
    'height="90"><image xlink:href="{url}/s.png" width="90" height="90"/></svg>'
)
#: What leads out, and what is said of it: element, kind of relationship, target, mode, part.
HOSTILE = {
    "linked picture": (LINKED, "image", "{url}/p.png", "External", "链接到外面的图片"),
    "linked EMF": (LINKED, "image", "{url}/p.emf", "External", "链接到外面的图片"),
    "linked SVG": (LINKED, "image", "{url}/p.svg", "External", "链接到外面的图片"),
    "picture as hyperlink": (LINKED, "hyperlink", "{url}/h.png", "External", "链接到外面的图片"),
    "no mode": (LINKED, "image", "{url}/p.png", "Internal", "链接到外面的图片"),
    "field": (FIELD, "", "", "", "INCLUDEPICTURE"),
    "simple field": (
        '<w:p><w:fldSimple w:instr=\'includetext "{url}/a.docx"\'><w:r><w:t>文</w:t></w:r>'
        "</w:fldSimple></w:p>", "", "", "", "INCLUDETEXT",
    ),
    "chunk outside": (
        f'<w:altChunk r:id="rIdX" xmlns:r="{R}"/>', "aFChunk", "{url}/c.html", "External",
        "altChunk",
    ),
    "chunk inside": (
        f'<w:altChunk r:id="rIdX" xmlns:r="{R}"/>', "aFChunk", "chunk.html", "Internal", "altChunk",
    ),
    "object": (OLE, "oleObject", "{url}/o.xlsx", "External", "OLE"),
    "svg inside": (EMBEDDED, "image", "media/x.svg", "Internal", "SVG"),
    "vml": (IMAGE_DATA, "", "", "", "链接到外面的图片"),
}  # fmt: skip


@pytest.fixture
def asked() -> Iterator[tuple[str, list[bytes]]]:
    """An address that listens, and what was asked of it."""
    found: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            connection.settimeout(1)
            with connection:
                try:
                    found.append(connection.recv(200))
                    connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
                except OSError:
                    found.append(b"")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", found
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return document(tmp_path_factory.mktemp("plain"))


def hostile(data: bytes, kind: str, url: str, part: str = ooxml.DOCUMENT) -> bytes:
    """The document with that in one of its parts."""
    element, relation, target, mode, _ = HOSTILE[kind]
    parts = dict(ooxml.read_parts(data))
    end = b"<w:sectPr" if part == ooxml.DOCUMENT else b"</w:"
    before, mark, after = parts[part].rpartition(end)
    parts[part] = before + element.replace("{url}", url).encode() + mark + after
    parts["word/media/x.svg"] = SVG.replace("{url}", url).encode()
    parts["word/chunk.html"] = f'<html><body>x<img src="{url}/c.png"></body></html>'.encode()
    types = parts["[Content_Types].xml"].decode()
    added = '<Default Extension="svg" ContentType="image/svg+xml"/>'
    added += '<Default Extension="html" ContentType="text/html"/><Override'
    parts["[Content_Types].xml"] = types.replace("<Override", added, 1).encode()
    return _related(parts, part, relation, target.replace("{url}", url), mode)


def _related(parts: dict[str, bytes], part: str, kind: str, target: str, mode: str) -> bytes:
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    root = ooxml.parse(parts.get(rels, empty))
    if kind:
        entry = root.makeelement(f"{{{root.nsmap[None]}}}Relationship")
        attributes = {"Id": "rIdX", "Type": f"{R}/{kind}", "Target": target, "TargetMode": mode}
        for key, value in attributes.items():
            entry.set(key, value)
        root.append(entry)
    parts[rels] = ooxml.serialize(root)
    return ooxml.write_package(parts)


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_leads_out_is_refused_and_nothing_is_asked_for(
    docgen: Docgen, folder: Path, plain: bytes, asked: tuple[str, list[bytes]], kind: str
) -> None:
    url, found = asked
    (folder / "a.docx").write_bytes(hostile(plain, kind, url))
    run = docgen("proof", "a.docx")
    assert (run.code, found) == (3, []), run.err
    assert "F108" in run.err
    assert HOSTILE[kind][-1] in run.err
    assert [path.name for path in folder.iterdir()] == ["a.docx"]
    run = docgen("template", "check", "a.docx")
    assert (run.code, found) == (4, [])
    assert "T101" in run.err


@pytest.mark.parametrize("part", ["word/footer1.xml", "word/footnotes.xml", "word/header1.xml"])
def test_in_other_parts(
    docgen: Docgen, folder: Path, plain: bytes, asked: tuple[str, list[bytes]], part: str
) -> None:
    url, found = asked
    parts = dict(ooxml.read_parts(plain))
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts.setdefault(part, f'<w:x xmlns:w="{word}"></w:x>'.encode())
    (folder / "a.docx").write_bytes(
        hostile(ooxml.write_package(parts), "linked picture", url, part)
    )
    run = docgen("proof", "a.docx")
    assert (run.code, found) == (3, []), run.err
    assert "链接到外面的图片" in run.err


def _bare(plain: bytes, kind: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is given the document as it is; what it makes of it does not count."""
    office.discard_home()
    try:
        convert({"a": hostile(plain, kind, url)}, {"a": "a"}, 60)
    except ProofStop:
        pass
    finally:
        monkeypatch.undo()
        office.discard_home()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["linked picture", "field", "chunk inside", "svg inside"])
def test_a_profile_that_fetches_nothing(
    plain: bytes, asked: tuple[str, list[bytes]], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the check would let it through and the network is there, the profile holds."""
    url, found = asked
    monkeypatch.setattr(office, "no_network", lambda: ())
    _bare(plain, kind, url, monkeypatch)
    assert found == []


@pytest.mark.slow
@pytest.mark.skipif(not no_network(), reason="the system cannot do without network")
def test_no_network_at_all(
    plain: bytes, asked: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, found = asked
    monkeypatch.setattr(office, "write_profile", lambda _: None)
    _bare(plain, "linked picture", url, monkeypatch)
    assert found == []


@pytest.mark.slow
def test_without_all_that_it_is_asked_for(
    plain: bytes, asked: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tests can fail: a LibreOffice that nobody holds fetches the picture."""
    url, found = asked
    monkeypatch.setattr(office, "no_network", lambda: ())
    monkeypatch.setattr(office, "write_profile", lambda _: None)
    _bare(plain, "linked picture", url, monkeypatch)
    assert found


@pytest.mark.slow
def test_what_only_waits_to_be_clicked_is_proved(
    docgen: Docgen, folder: Path, plain: bytes, asked: tuple[str, list[bytes]]
) -> None:
    """A hyperlink, the template a document was made from: usual, and of no weight on a page."""
    url, found = asked
    parts = dict(ooxml.read_parts(plain))
    link = f'<w:p><w:hyperlink r:id="rIdX" xmlns:r="{R}"><w:r><w:t>网站</w:t></w:r></w:hyperlink>'
    before, mark, after = parts[ooxml.DOCUMENT].rpartition(b"<w:sectPr")
    parts[ooxml.DOCUMENT] = before + link.encode() + b"</w:p>" + mark + after
    data = _related(parts, ooxml.DOCUMENT, "hyperlink", f"{url}/", "External")
    parts = dict(ooxml.read_parts(data))
    settings = parts["word/settings.xml"].decode()
    at = settings.index(">", settings.index("<w:settings")) + 1
    template = f'<w:attachedTemplate r:id="rIdX" xmlns:r="{R}"/>'
    parts["word/settings.xml"] = (settings[:at] + template + settings[at:]).encode()
    data = _related(parts, "word/settings.xml", "attachedTemplate", f"{url}/t.dotm", "External")
    (folder / "a.docx").write_bytes(data)
    run = docgen("proof", "a.docx")
    assert (run.code, found) == (0, []), run.err
    kept = cut_off(ooxml.read_parts(data))
    assert not any(url.encode() in part for part in kept.values())


def test_own_documents_and_templates_lead_nowhere(plain: bytes) -> None:
    paths = sorted((PROJECT / "templates").glob("*.docx"))
    assert paths
    for data in (plain, *(path.read_bytes() for path in paths)):
        parts = ooxml.read_parts(data)
        assert leads_out(parts) == []
        assert cut_off(parts) == parts


def test_macros_and_names_that_only_libreoffice_understands(
    docgen: Docgen, folder: Path, plain: bytes
) -> None:
    for change, said in (
        (("word/vba.bin", b"x"), "宏"),
        (("word\\_rels\\document.xml.rels", b"<x/>"), "名称写法不对的部件"),
    ):
        parts = dict(ooxml.read_parts(plain))
        parts[change[0]] = change[1]
        types = parts["[Content_Types].xml"].decode()
        override = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        if said == "宏":
            types = types.replace("<Override", override + "<Override", 1)
        parts["[Content_Types].xml"] = types.encode()
        (folder / "a.docx").write_bytes(ooxml.write_package(parts))
        run = docgen("proof", "a.docx")
        assert run.code == 3
        assert f"“a.docx”里有{said}，没有出校样" in run.err


def test_a_package_with_broken_relationships(docgen: Docgen, folder: Path, plain: bytes) -> None:
    with zipfile.ZipFile(folder / "a.docx", "w") as package:
        for name, part in ooxml.read_parts(plain).items():
            package.writestr(name, b"<" if name.endswith("document.xml.rels") else part)
    run = docgen("proof", "a.docx")
    assert run.code == 3, run.err
    assert "不是完好的 XML" in run.err
