"""A county: many reports made from the reference one, each of a body of its own."""

import copy
import io
import json
import random
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from forms import FORM
from sound import nested, sound_figures

from docgen import merge, office
from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.forms.form import Form
from docgen.model import Report
from docgen.publish.html import write_html
from docgen.read import read_report

Tree = dict[str, Any]
NAME, SHORT = "乌苏市甘河子镇人民政府", "甘河子镇"


def county(reference: dict[str, Any], folder: Path, count: int) -> list[Path]:
    """Inputs `01.json`, … in a folder; no two reports are the same."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(reference, ensure_ascii=False)
    paths = []
    for number in range(1, count + 1):
        short = body_name(number).removeprefix("乌苏市").removesuffix("人民政府")
        paths.append(folder / f"{number:02}.json")
        paths[-1].write_text(text.replace(SHORT, short), encoding="utf-8")
    return paths


def body_name(number: int) -> str:
    """The name of the body that sends the report of this number."""
    return NAME.replace("甘河子", "".join("零一二三四五六七八九"[int(d)] for d in str(number)))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by name; none may be left aside."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# From here on: a county in January, in every shape in which its returns come in.

#: How each shape is to stand on the board. The first bodies have these, the others `workbook`.
SHAPES: dict[str, str] = {
    "workbook": "issued",
    "json": "issued",
    "csv": "issued",
    "zip": "issued",  # with one workbook, named as Chinese Windows names it
    "zip csv": "issued",  # with a folder of CSV files
    "zip shared": "issued",  # one zip of several bodies' workbooks
    "zip nested": "issued",
    "copies": "issued",  # `2025(1).xlsx`, `2025 - 副本.xlsx`: the same bytes
    "former name": "issued",
    "short name": "issued",  # in a file that says the body's name, its own name says nothing
    "beside": "issued",  # a workbook, and pictures and notes beside it
    "word": "issued",  # a document that was published
    "page": "issued",  # a saved page with its folder
    "wrong sum": "faulty",
    "nameless": "faulty",
    "neighbour": "faulty",  # another's report under one's own name
    "last year": "faulty",
    "twice": "several",
    "picture": "unreadable",
    "locked": "unreadable",
    "rar": "unreadable",
    "empty": "unreadable",
    "missing": "missing",
}
#: Those that want LibreOffice; a library for 7z.
OLD_SHAPES: dict[str, str] = {"xls": "issued", "et": "issued", "doc": "issued", "ods": "issued"}
SEVEN_SHAPES: dict[str, str] = {"7z": "issued"}

_TEXT = {
    "overview": [
        "（一）主动公开和依申请公开情况。依法公开政府信息。",
        "（二）政府信息管理和平台建设情况。按时更新政府网站。",
        "（三）监督保障情况。开展工作考核和社会评议，没有发生责任追究的情况。",
    ],
    "problems": ["一是公开的内容不够深入，将加强研究。二是公开不够及时，将加强督促。"],
    "other": ["依法收取信息处理费。"],
}


@dataclass(frozen=True)
class MadeCounty:
    """A county with what came in, and what is to become of it."""

    received: Path
    roster: Path
    year: int
    states: dict[str, str]  # of each body on the roster
    shapes: dict[str, str]
    figures: dict[str, dict[str, Any]]  # of each body on the roster, in the shape of the JSON input
    strays: dict[str, str]  # files of no body on the roster, and how they stand

    def count(self, state: str) -> int:
        """Return how many rows of the board are in a state."""
        return [*self.states.values(), *self.strays.values()].count(state)


def unit_report(number: int, year: int = 2025) -> dict[str, Any]:
    """The sound report of the body of this number; no two have the same figures."""
    name = body_name(number)
    short = name.removeprefix("乌苏市").removesuffix("人民政府")
    chance = random.Random(number * 10_000 + year)
    none = {f"disclosure.regulations.{key}": 0 for key in ("issued", "repealed", "in_force")}
    figures = sound_figures(lambda: chance.randrange(0, 9), Decimal(chance.randrange(90)), none)
    figures["disclosure.normative.in_force"] += figures["disclosure.normative.issued"]
    return {
        "form": FORM.key,
        "year": year,
        "body": {"name": name, "short_name": short, "level": "township"},
        "title": f"{short}{year}年政府信息公开工作年度报告",
        "sections": copy.deepcopy(_TEXT),
        "figures": nested(figures),
        "signature": {"name": name, "date": f"{year + 1}-01-20"},
    }


def made_county(
    folder: Path,
    bodies: int = 60,
    *,
    year: int = 2025,
    old_formats: bool = False,
    seven: bool = False,
    only: Sequence[str] = (),
) -> MadeCounty:
    """Write a county into a folder: 名单.xlsx, and 收件/ with a return of every shape.

    `only` are the shapes to have; `old_formats` those that LibreOffice writes and reads.
    """
    shapes = dict(SHAPES)
    shapes |= OLD_SHAPES if old_formats else {}
    shapes |= SEVEN_SHAPES if seven else {}
    listed = list(only) or list(shapes)
    assert bodies >= len(listed)
    writer = _Returns(folder / "收件", year)
    truth: dict[str, str] = {}
    told: dict[str, str] = {}
    for number in range(1, bodies + 1):
        shape = listed[number - 1] if number <= len(listed) else "workbook"
        truth[body_name(number)], told[body_name(number)] = shapes[shape], shape
        writer.write(number, shape)

    writer.convert_old()
    strays = {} if only else writer.write_strays(bodies + 7)
    roster = folder / "名单.xlsx"
    _write_roster(roster, told)
    figures = {body_name(n): unit_report(n, year)["figures"] for n in range(1, bodies + 1)}
    return MadeCounty(folder / "收件", roster, year, truth, told, figures, strays)


def _write_roster(path: Path, shapes: dict[str, str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["机关名称", "机关简称", "联系人", "电话", "曾用名"])
    for number, (name, shape) in enumerate(shapes.items(), start=1):
        short = name.removeprefix("乌苏市").removesuffix("人民政府")
        former = _former(number) if shape == "former name" else ""
        sheet.append([name, short, f"联系人{number}", f"0992-{6000000 + number}", former])
    book.save(path)


def _former(number: int) -> str:
    return body_name(number).replace("镇人民", "乡人民")


class Sender(NamedTuple):
    """A body with its report, its short name and a folder that is called so."""

    number: int
    report: Tree
    short: str
    own: Path


class _Returns:
    """Writes what comes in."""

    def __init__(self, top: Path, year: int) -> None:
        self._top, self._year = top, year
        self._old: list[tuple[Path, Path, str]] = []
        top.mkdir(parents=True, exist_ok=True)

    def write(self, number: int, shape: str) -> None:
        """Write the return of one body."""
        report = unit_report(number, self._year)
        short = report["body"]["short_name"]
        if shape != "missing":
            method = shape.replace(" ", "_").replace("7z", "seven")
            getattr(self, f"_{method}")(Sender(number, report, short, self._top / short))

    def _workbook(self, sent: Sender) -> None:
        put_file(sent.own / f"{self._year}.xlsx", workbook_of(sent.report))

    def _json(self, sent: Sender) -> None:
        put_file(
            self._top / f"{sent.short}.json", json.dumps(sent.report, ensure_ascii=False).encode()
        )

    def _csv(self, sent: Sender) -> None:
        for name, data in sheets_of(sent.report).items():
            put_file(sent.own / str(self._year) / name, data)

    def _zip(self, sent: Sender) -> None:
        # what Chinese Windows writes: the bytes of the name in GBK, nothing says so
        plain = zip_of({f"BB/{self._year}.xlsx": workbook_of(sent.report)})
        put_file(sent.own / "报送.zip", plain.replace(b"BB/", "报".encode("gbk") + b"/"))

    def _zip_csv(self, sent: Sender) -> None:
        sheets = {f"{self._year}/{name}": data for name, data in sheets_of(sent.report).items()}
        put_file(self._top / f"{sent.short}.zip", zip_of(sheets))

    def _zip_shared(self, sent: Sender) -> None:
        path = self._top / "几个镇一起报的.zip"
        old = {}
        if path.exists():
            with zipfile.ZipFile(path) as archive:
                old = {name: archive.read(name) for name in archive.namelist()}
        unlisted = unit_report(9001, self._year)  # of a body that is on no roster
        others = {f"{unlisted['body']['short_name']}.xlsx": workbook_of(unlisted)}
        put_file(path, zip_of({**others, **old, f"{sent.short}.xlsx": workbook_of(sent.report)}))

    def _zip_nested(self, sent: Sender) -> None:
        inner = zip_of({f"{sent.short}/{self._year}.xlsx": workbook_of(sent.report)})
        put_file(self._top / f"{sent.short}材料.zip", zip_of({"材料/里面.zip": inner}))

    def _seven(self, sent: Sender) -> None:
        import py7zr

        buffer = io.BytesIO()
        with py7zr.SevenZipFile(buffer, "w") as archive:
            archive.writestr(workbook_of(sent.report), f"{sent.short}/{self._year}.xlsx")
        put_file(sent.own / "报送.7z", buffer.getvalue())

    def _copies(self, sent: Sender) -> None:
        for name in (f"{self._year}", f"{self._year}(1)", f"{self._year} - 副本"):
            put_file(sent.own / f"{name}.xlsx", workbook_of(sent.report))

    def _former_name(self, sent: Sender) -> None:
        name = sent.report["body"]["name"].replace("镇人民", "乡人民")
        former = json.loads(
            json.dumps(sent.report, ensure_ascii=False).replace(sent.short, f"{sent.short[:-1]}乡")
        )
        assert former["body"]["name"] == name
        put_file(self._top / f"{self._year}年报（定稿）.xlsx", workbook_of(former))

    def _short_name(self, sent: Sender) -> None:
        put_file(
            self._top / "新建文件夹" / "新建 Microsoft Excel 工作表.xlsx", workbook_of(sent.report)
        )

    def _beside(self, sent: Sender) -> None:
        self._workbook(sent)
        put_file(sent.own / "盖章页.jpg", b"\xff\xd8\xff\xe0" + b"0" * 100)
        put_file(sent.own / "Thumbs.db", b"0")
        put_file(sent.own / "~$2025.xlsx", b"0")

    def _word(self, sent: Sender) -> None:
        form, read = form_and_report(sent.report)
        data = merge.merge_report(merge.load_template(form, None), form, read)
        put_file(self._top / f"{sent.short}年报.docx", data)

    def _page(self, sent: Sender) -> None:
        put_file(sent.own / "年报.html", write_html(*form_and_report(sent.report)))
        put_file(sent.own / "年报_files" / "style.css", b"body {}")
        put_file(sent.own / "年报_files" / "logo.png", b"\x89PNG\r\n\x1a\n")

    def _wrong_sum(self, sent: Sender) -> None:
        sent.report["figures"]["requests"]["handled"]["total"] += 7
        put_file(
            sent.own / f"{self._year}.json", json.dumps(sent.report, ensure_ascii=False).encode()
        )

    def _nameless(self, sent: Sender) -> None:
        sent.report["body"] = {"level": "township"}
        sent.report["signature"] = {"date": sent.report["signature"]["date"]}
        sent.report["title"] = None
        put_file(self._top / f"{sent.short}{self._year}.xlsx", workbook_of(sent.report))

    def _neighbour(self, sent: Sender) -> None:
        put_file(sent.own / f"{sent.short}.xlsx", workbook_of(unit_report(1, self._year)))

    def _last_year(self, sent: Sender) -> None:
        put_file(sent.own / "年报.xlsx", workbook_of(unit_report(sent.number, self._year - 1)))

    def _twice(self, sent: Sender) -> None:
        self._workbook(sent)
        sent.report["figures"]["disclosure"]["licensing"]["decided"] += 2
        put_file(sent.own / f"{self._year}改.xlsx", workbook_of(sent.report))

    def _picture(self, sent: Sender) -> None:
        put_file(self._top / f"{sent.short}.jpg", b"\xff\xd8\xff\xe0" + bytes(range(100)))

    def _locked(self, sent: Sender) -> None:
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        put_file(sent.own / f"{self._year}.xlsx", locked + sent.short.encode())

    def _rar(self, sent: Sender) -> None:
        put_file(self._top / f"{sent.short}.rar", b"Rar!\x1a\x07\x01\x00" + sent.short.encode())

    def _empty(self, sent: Sender) -> None:
        put_file(sent.own / f"{self._year}.xlsx", b"")

    def _xls(self, sent: Sender) -> None:
        self._convert_later(
            self._top / f"{sent.short}.xls", workbook_of(sent.report), "xls:MS Excel 97"
        )

    def _et(self, sent: Sender) -> None:
        self._convert_later(
            sent.own / f"{self._year}.et", workbook_of(sent.report), "xls:MS Excel 97"
        )

    def _ods(self, sent: Sender) -> None:
        self._convert_later(sent.own / f"{self._year}.ods", workbook_of(sent.report), "ods:calc8")

    def _doc(self, sent: Sender) -> None:
        form, read = form_and_report(sent.report)
        data = merge.merge_report(merge.load_template(form, None), form, read)
        self._convert_later(sent.own / f"{sent.short}年报.wps", data, "doc:MS Word 97")

    def _convert_later(self, path: Path, data: bytes, as_what: str) -> None:
        made = put_file(self._top.parent / "新格式" / f"{len(self._old)}.xlsx", data)
        self._old.append((made, path, as_what))

    def convert_old(self) -> None:
        """Write the files of old formats, by LibreOffice."""
        for made, path, as_what in self._old:
            word = "doc:" in as_what
            source = made.rename(made.with_suffix(".docx")) if word else made
            read = "MS Word 2007 XML" if word else "Calc MS Excel 2007 XML"
            program = office.find_office()
            assert program is not None
            with office.work_folder() as work:
                given = put_file(work / source.name, source.read_bytes())
                office.run_office(program, [given], office.Filters(read, as_what), 120)
                result = given.with_suffix(f".{as_what.partition(':')[0]}")
                put_file(path, result.read_bytes())
        if self._old:
            shutil.rmtree(self._top.parent / "新格式")

    def write_strays(self, number: int) -> dict[str, str]:
        """Write what belongs to no body on the roster; return how each stands."""
        other = unit_report(number, self._year)
        put_file(self._top / "外单位.xlsx", workbook_of(other))
        put_file(self._top / "说明.txt", "请查收".encode())
        put_file(self._top / "快捷方式.lnk", b"L\0\0\0")
        put_file(self._top / ".DS_Store", b"\0")
        put_file(self._top / "desktop.ini", b"[x]")
        return {
            "外单位.xlsx": "unlisted",
            "几个镇一起报的.zip": "unlisted",
            "快捷方式.lnk": "unreadable",
        }


def put_file(path: Path, data: bytes) -> Path:
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def form_and_report(report: Tree) -> tuple[Form, Report]:
    """Return a JSON input as docgen holds it."""
    with tempfile.TemporaryDirectory() as folder:
        reading = read_report(put_file(Path(folder) / "a.json", json.dumps(report).encode()))
    return reading.form, reading.report


def workbook_of(report: Tree) -> bytes:
    """Return a JSON input as the workbook that its office fills in."""
    return write_workbook(*form_and_report(report))


def sheets_of(report: Tree) -> dict[str, bytes]:
    """Return a JSON input as a folder of CSV files."""
    return write_csv_sheets(*form_and_report(report))


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """Return a zip with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
