"""What is no report at all: a message that names the file, the right exit code, no trace."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from busy import nothing_written, put, refused
from door import INPUTS, Docgen, spawn

from docgen.files import ooxml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4


def png() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        size, check = struct.pack(">I", len(data)), struct.pack(">I", zlib.crc32(kind + data))
        return size + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


def spoilt(text: str, part: str = SHEET, before: bytes = b"<worksheet") -> bytes:
    """The workbook of the reference report with a text put into a part of it."""
    parts = ooxml.read_parts((INPUTS / "2024.xlsx").read_bytes())
    start = parts[part].index(before)
    parts[part] = parts[part][:start] + text.encode() + parts[part][start:]
    return ooxml.write_package(parts)


LAUGHS = (
    "<!DOCTYPE z [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {new} '{f'&{old};' * 10}'>"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
FILE = "<!DOCTYPE z [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
LATE = "<!--" + " " * 8000 + "-->" + LAUGHS
WHOLE = (INPUTS / "2024.xlsx").read_bytes()
BOMB = zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"\0" * (80 << 20)})


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("空.json", b"", "X302"),
        ("空.xlsx", b"", "X302"),
        ("图.json", png(), "X305"),
        ("图.json", JPEG, "X305"),
        ("图.xlsx", png(), "X308"),
        ("图.xlsx", JPEG, "X308"),
        ("旧.xls", OLE, "X306"),
        ("旧.et", OLE, "X306"),
        ("旧.xlsx", OLE, "X306"),
        ("密.xlsx", LOCKED, "X307"),
        ("炸.xlsx", BOMB, "X308"),
        ("炸.json", BOMB, "X305"),
        ("半.xlsx", WHOLE[: len(WHOLE) // 2], "X308"),
        ("半.xlsx", WHOLE[:-30], "X308"),
        ("半.xlsx", WHOLE[:4], "X308"),
        ("坏.xlsx", WHOLE[:3000] + b"\0" * 2000 + WHOLE[5000:], "X308"),
        ("空.xlsx", zipped(), "X308"),
        ("别.xlsx", zipped(**{"readme.txt": b"x"}), "X308"),
        ("别.xlsx", zipped(**{"xl/workbook.xml": b"<a><b></a>"}), "X308"),
        ("文.xlsx", "机关名称,甲镇".encode("gbk"), "X308"),
        ("实.xlsx", spoilt(LAUGHS), "X308"),
        ("实.xlsx", spoilt(FILE), "X308"),
        ("实.xlsx", spoilt(LATE), "X308"),
        ("坏.xlsx", spoilt("<a></b>"), "X308"),
        ("坏.xlsx", spoilt("<", "docProps/core.xml", b"Properties"), "X308"),
        ("坏.xlsx", spoilt("\x01", "xl/workbook.xml", b"<sheets"), "X308"),
        ("深.json", b"[" * 10_000 + b"]" * 10_000, "X310"),
        ("深.json", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "X310"),
        ("深.json", b"[" * 10_000, "X310"),
        ("深.json", b'{"body":' + b"[" * 80 + b"]" * 80 + b"}", "X310"),
        ("坏.json", b"{", "X309"),
        ("坏.json", b" \n", "X309"),
        ("坏.json", b"[1, 2]", "X309"),
        ("坏.json", b'"{"', "X309"),
        ("坏.json", b"]" * 10_000, "X309"),
        ("坏.json", b"\xef\xbb\xbf", "X309"),
        ("无.json", b"{}", "X313"),
        ("无.json", b'{"form": "disclosure-2050"}', "X313"),
        ("无.json", b'{"form": ["disclosure-2021"]}', "X313"),
        ("文.txt", b"x", "X311"),
        ("表一.csv", b"x", "X311"),
        ("无后缀", b"x", "X311"),
    ],
)
@pytest.mark.parametrize("command", ["check", "render"])
def test_files(
    docgen: Docgen, folder: Path, command: str, name: str, data: bytes, rule: str
) -> None:
    """No report: refused by name as unreadable, with what to do."""
    (folder / name).write_bytes(data)
    named = "" if rule == "X313" else name
    refused(docgen(command, name, "--json"), 3, rule, named, folder)


@pytest.mark.parametrize(("command", "rule"), [("check", "X340"), ("render", "X347")])
def test_a_document_that_is_none(docgen: Docgen, folder: Path, command: str, rule: str) -> None:
    """It is read as a published report, and no document is made of one whatever is in it."""
    (folder / "文.docx").write_bytes(WHOLE)
    refused(docgen(command, "文.docx", "--json"), 3, rule, "文.docx", folder)


@pytest.mark.parametrize("name", ["扫描.png", "说明.txt"])
def test_what_is_no_report_names_what_is(docgen: Docgen, folder: Path, name: str) -> None:
    """A picture or a plain text: the cure names the kinds that are read."""
    (folder / name).write_bytes(b"x")
    run = docgen("import", name)
    assert run.code == 3
    assert "换成 Word、网页，或能选中文字的 PDF" in run.err


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "X302"),
        (png(), "X305"),
        (JPEG, "X305"),
        (WHOLE, "X305"),
        (OLE, "X305"),
        (b"\xff\xfe\x00", "X305"),
        (b"a\0b", "X305"),
        ('信息内容,"本年\r\n规章,0'.encode(), "X305"),
    ],
)
def test_csv_files(docgen: Docgen, csv_folder: Path, folder: Path, data: bytes, rule: str) -> None:
    """A file of the folder that is no CSV stops the folder, and is named."""
    (csv_folder / "表一 主动公开.csv").write_bytes(data)
    refused(docgen("render", "2024", "--json"), 3, rule, "表一 主动公开.csv", folder)


def test_folder_without_csv(docgen: Docgen, folder: Path) -> None:
    """A folder of other things is no report."""
    (folder / "空表").mkdir()
    refused(docgen("render", "空表", "--json"), 3, "X303", "空表", folder)
    (folder / "空表" / "说明.txt").write_bytes(b"x")
    (folder / "空表" / "2024").mkdir()
    refused(docgen("render", "空表", "--json"), 3, "X303", "空表", folder)


@pytest.mark.parametrize("name", ["没有.json", "没有.xlsx", "没有", "没有/2024.json", "没有.xls"])
def test_missing(docgen: Docgen, folder: Path, name: str) -> None:
    """What is not there is named as it was typed."""
    refused(docgen("render", name, "--json"), 3, "X301", name, folder)


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ('{"form": "disclosure-2021",}', 1, 27, "多了一个逗号"),
        ('{\n  "form": "disclosure-2021",\n}', 2, 28, "多了一个逗号"),
        ('{"preface": [1, 2,]}', 1, 18, "多了一个逗号"),
        ('{"a": 1\n"b": 2}', 2, 1, "缺一个逗号"),
        ("{“form”: 1}", 1, 2, "全角"),
        ('{"form"： 1}', 1, 8, "全角"),
        ('{"form": 1', 1, 11, "不完整"),
        ("{'form': 1}", 1, 2, ""),
        ('{"form" 1}', 1, 9, ""),
        ('{"form": "a\nb"}', 1, 12, ""),
        ('{"year": 02024}', 1, 11, ""),
        ('{"form": 1} x', 1, 13, ""),
    ],
)
def test_json_faults(
    docgen: Docgen, folder: Path, text: str, line: int, column: int, why: str
) -> None:
    """What is wrong in JSON is named by line and column, the commonest faults in words."""
    (folder / "坏.json").write_text(text, encoding="utf-8")
    message = refused(docgen("check", "坏.json", "--json"), 3, "X309", "坏.json", folder)
    assert f"第 {line} 行第 {column} 列" in message
    assert why in message


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), OSError(5, "I/O error")])
@pytest.mark.parametrize("name", ["2024.json", "2024.xlsx", "2024"])
def test_unreadable(
    docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, name: str
) -> None:
    """A disk or network drive that fails is no fault of docgen."""
    (folder / "2024.json").write_bytes(b"{}")
    (folder / "2024.xlsx").write_bytes(WHOLE)
    (folder / "2024").mkdir()

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "iterdir" if name == "2024" else "open", fail)
    run = docgen("render", name, "--json")
    monkeypatch.undo()
    refused(run, 3, "X312", name, folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(png()),
        lambda path: path.write_bytes(b""),
        lambda path: put(path, "B4", "\x01"),
    ],
)
def test_as_a_clerk_sees_it(csv_folder: Path, spoil: Callable[[Path], None]) -> None:
    """In a process of its own: Chinese on stderr with the file's name, nothing on stdout."""
    spoil(csv_folder / "基本情况.csv")
    done = spawn("render", "2024", cwd=csv_folder.parent)
    assert done.returncode in (1, 3)
    assert "基本情况.csv" in done.stderr
    assert "改法" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert nothing_written(csv_folder.parent)
