"""What is no report at all: a message that names the file, the right exit code, no trace."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from busy import errors, nothing_written, put, said
from conftest import INPUTS, Docgen, Run, spawn

from docgen import ooxml

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


def doctype(entity: str) -> bytes:
    """A workbook of the reference report whose first table declares entities."""
    parts = ooxml.read_parts((INPUTS / "2024.xlsx").read_bytes())
    sheet = parts["xl/worksheets/sheet2.xml"]
    start = sheet.index(b"<worksheet")
    parts["xl/worksheets/sheet2.xml"] = sheet[:start] + entity.encode() + sheet[start:]
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


def refused(run: Run, code: int, rule: str, name: str, folder: Path) -> str:
    """Asserts how an input is refused; gives the message."""
    assert (run.code, errors(run)) == (code, [rule])
    found = said(run, rule)[0]
    assert name in found["message"]
    assert found["cure"]
    assert "Traceback" not in run.err
    assert nothing_written(folder)
    return str(found["message"])


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
        ("实.xlsx", doctype(LAUGHS), "X308"),
        ("实.xlsx", doctype(FILE), "X308"),
        ("实.xlsx", doctype(LATE), "X308"),
        ("深.json", b"[" * 10_000 + b"]" * 10_000, "X310"),
        ("深.json", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "X310"),
        ("深.json", b"[" * 10_000, "X310"),
        ("深.json", b'{"body":' + b"[" * 40 + b"]" * 40 + b"}", "X310"),
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
        ("文.docx", WHOLE, "X311"),
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


@pytest.mark.parametrize("name", ["大.json", "大.xlsx", "大/正文.csv"])
def test_a_gigabyte(docgen: Docgen, folder: Path, name: str) -> None:
    """A file too large is refused by its size alone: none of it is read."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    message = refused(docgen("render", name.split("/")[0], "--json"), 3, "X304", path.name, folder)
    assert "1024 MB" in message


def test_large_folders(docgen: Docgen, csv_folder: Path, folder: Path) -> None:
    """Many files, or many large ones, are refused as a large one is; none is left out silently."""
    for number in range(300):
        (csv_folder / f"别的{number}.csv").write_bytes(b"")
    refused(docgen("render", "2024", "--json"), 3, "X304", "2024", folder)
    (folder / "大").mkdir()
    for number in range(3):
        (folder / "大" / f"{number}.csv").write_bytes(b"\r\n" * 5_000_000)
    refused(docgen("render", "大", "--json"), 3, "X304", "大", folder)


@pytest.mark.parametrize("text", ["1\r\n" * 3001, "1," * 201 + "1", "," * 9_000_000 + "1"])
def test_large_tables(docgen: Docgen, csv_folder: Path, folder: Path, text: str) -> None:
    """A CSV of more rows or columns than any report has is refused by name."""
    (csv_folder / "表一 主动公开.csv").write_text(text, encoding="utf-8")
    refused(docgen("render", "2024", "--json"), 3, "X304", "表一 主动公开.csv", folder)


def test_blank_beyond_the_table(docgen: Docgen, csv_folder: Path) -> None:
    """Blank cells and rows far beyond the table are only blank."""
    path = csv_folder / "表一 主动公开.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "," * 16_000 + "\n")
    path.write_text(text + ",,\n" * 9000, encoding="utf-8")
    assert docgen("check", "2024", "--json").code == 0


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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["2024.json", "2024"])
def test_no_permission(docgen: Docgen, csv_folder: Path, folder: Path, name: str) -> None:
    """What may not be read is named with the reason."""
    (folder / "2024.json").write_bytes(b"{}")
    assert csv_folder.is_dir()
    (folder / name).chmod(0)
    try:
        refused(docgen("render", name, "--json"), 3, "X312", name, folder)
    finally:
        (folder / name).chmod(0o700)


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


@pytest.mark.parametrize("link", ["年报", "年报.json"])
def test_links(docgen: Docgen, csv_folder: Path, folder: Path, link: str) -> None:
    """A link to a folder is read as the folder, whatever the link's name."""
    (folder / link).symlink_to(csv_folder, target_is_directory=True)
    run = docgen("render", link, "--json")
    assert (run.code, errors(run)) == (0, [])
    assert (folder / "outputs" / "2024.docx").is_file()


@pytest.mark.parametrize("name", ["圈.json", "圈", "断.json"])
def test_bad_links(docgen: Docgen, folder: Path, name: str) -> None:
    """A link to itself or to nothing is not found or not readable."""
    (folder / name).symlink_to(name if name[0] == "圈" else "没有.json")
    run = docgen("check", name, "--json")
    assert (run.code, run.codes) in [(3, ["X301"]), (3, ["X312"])]


def test_long_name(docgen: Docgen, folder: Path) -> None:
    """A name longer than the system allows is only a name that cannot be read."""
    refused(docgen("render", "长" * 200 + ".json", "--json"), 3, "X312", "长长长", folder)


@pytest.mark.parametrize("name", ["管.json", "管.xlsx", "管"])
def test_pipes(folder: Path, name: str) -> None:
    """A pipe or device is no file: docgen does not wait for it."""
    if name == "管":
        (folder / name).mkdir()
        os.mkfifo(folder / name / "正文.csv")
    else:
        os.mkfifo(folder / name)
    done = spawn("render", name, cwd=folder)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_huge_sheet(docgen: Docgen, folder: Path) -> None:
    """A sheet formatted far beyond the table is refused with its name and what to delete."""
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx")
    book["正文"].cell(20_000, 1).value = "x"
    book.save(folder / "2024.xlsx")
    message = refused(docgen("render", "2024.xlsx", "--json"), 3, "X308", "2024.xlsx", folder)
    assert "正文" in message


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
