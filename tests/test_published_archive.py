"""Zips: the one report in it is read; whatever else it holds leaves nothing behind."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pages
import pytest
from door import INPUTS, Docgen, Run

WORKBOOK = (INPUTS / "2024.xlsx").read_bytes()
SHEETS = {path.name: path.read_bytes() for path in (INPUTS / "2024").iterdir()}


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def gbk(data: bytes, name: str, others: str) -> bytes:
    """A zip with a name in GBK, and no mark that says so, instead of one as long."""
    old = name.encode("gbk")
    assert len(old) == len(others)
    return data.replace(others.encode(), old)


def page() -> bytes:
    return pages.as_bytes(pages.page_of(pages.input_of("jinhu_2023")), "utf-8")


def check(docgen: Docgen, folder: Path, data: bytes) -> Run:
    (folder / "收到.zip").write_bytes(data)
    with tempfile.TemporaryDirectory() as own, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", own)  # not what others use at the same time
        run = docgen("check", "收到.zip", "--json")
        assert list(Path(own).iterdir()) == []

    assert sorted(path.name for path in folder.iterdir()) == ["收到.zip"]
    return run


@pytest.mark.parametrize(
    "members",
    [
        {"2024.xlsx": WORKBOOK},
        {"甲镇/2024.xlsx": WORKBOOK, "说明.txt": b"x", "__MACOSX/甲镇/._2024.xlsx": b"x"},
        {"2024\\2024.xlsx": WORKBOOK},
        {f"2024/{name}": data for name, data in SHEETS.items()},
        SHEETS,
        {"a/内.zip": zipped({"b/2024.xlsx": WORKBOOK})},
        {"a.zip": zipped({"b.zip": zipped({"2024.xlsx": WORKBOOK})})},
    ],
)
def test_one_report(docgen: Docgen, folder: Path, members: Mapping[str, bytes]) -> None:
    """Read as it would be outside of the zip."""
    run = check(docgen, folder, zipped(members))
    assert run.code == 0
    assert not {code[0] for code in run.codes} & set("XR")


def test_a_page_with_its_folder(docgen: Docgen, folder: Path) -> None:
    files = {"年报.html": page(), "年报_files/frame.html": page(), "年报_files/a.png": b"x"}
    assert "X363" not in check(docgen, folder, zipped(files)).codes


def test_a_document_that_is_called_a_zip(docgen: Docgen, folder: Path) -> None:
    assert check(docgen, folder, WORKBOOK).code == 0


def test_names_in_gbk(docgen: Docgen, folder: Path) -> None:
    data = gbk(zipped({"aaaa/2024.json": b"{}", "aaaa/2025.json": b"{}"}), "甲镇", "aaaa")
    [finding] = check(docgen, folder, data).lines[0]["findings"]
    assert "甲镇/2024.json、甲镇/2025.json" in finding["message"]


def locked() -> bytes:
    """A zip that says that its member is encrypted."""
    data = bytearray(zipped({"2024.xlsx": WORKBOOK}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def linked() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("2024.json")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


WHOLE = zipped({"2024.xlsx": WORKBOOK})
DEEP = zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"2024.json": b"{}"})})})})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked(), "X307"),
        (linked(), "X364"),
        (DEEP, "X362"),
        (zipped({"../2024.json": b"{}"}), "X362"),
        (zipped({"/etc/2024.json": b"{}"}), "X362"),
        (zipped({"C:\\2024.json": b"{}"}), "X362"),
        (zipped({"2024.json": b" " * (19 << 20)}), "X362"),
        (zipped({f"{n}.csv": b"" for n in range(3000)}), "X362"),
        (zipped({"2024.xlsx": WORKBOOK})[:-40], "X362"),
        (WHOLE[:300] + b"\0" * 40 + WHOLE[340:], "X362"),
        (b"PK\3\4", "X362"),
        (zipped({}), "X364"),
        (zipped({"a.json": b"{}", "b.zip": zipped({"c.json": b"{}"})}), "X363"),
    ],
)
def test_refused(docgen: Docgen, folder: Path, data: bytes, code: str) -> None:
    run = check(docgen, folder, data)
    assert (run.code, run.codes) == (3, [code])
