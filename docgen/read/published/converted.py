"""Old and other formats, read as what LibreOffice makes of them: a DOCX or an XLSX.

What a file is, its content says: `.wps` and `.doc` are one format, `.et` and `.xls` another, and
many an `.xls` of a portal is a web page.
"""

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.errors import InputStop
from docgen.files.inputs import WORKBOOKS
from docgen.finding import Place, Rule
from docgen.read.published.stream import Stream

OLD_FORMAT = Rule(
    code="X306",
    name="旧格式的文件没有转换成",
    severity="error",
    message="“{name}”是旧格式的{kind}，{why}",
    why="docgen 读 .docx 和 .xlsx；.doc、.wps、.rtf、.odt、.xls、.et、.ods 要由 LibreOffice 转换了"
    "才能读。",
    example="2003 版 Excel 存的 .xls，而这台电脑上没有装 LibreOffice。",
    cure="用 Word、Excel 或 WPS 打开它，另存为 {suffix}。",
)
LOCKED_FILE = Rule(
    code="X307",
    name="文件有打开密码",
    severity="error",
    message="“{name}”设了打开密码，读不了",
    why="加密的文件里看不到数。",
    example="“文件—信息—保护工作簿—用密码进行加密”。",
    cure="用 Word、Excel 或 WPS 打开，去掉打开密码，再保存。",
)


class _Format(NamedTuple):
    """A format that LibreOffice reads: how a file of it is named, read and written."""

    suffix: str
    read: str
    target: str

    @property
    def kind(self) -> str:
        """What people call it."""
        return "工作簿" if self.target == ".xlsx" else "文档"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Formats by the name of the stream that holds them; a file of Excel 5 has a Book.
_STREAMS = {
    "WordDocument": _Format(".doc", "MS Word 97", ".docx"),
    "Workbook": _Format(".xls", "MS Excel 97", ".xlsx"),
    "Book\0": _Format(".xls", "MS Excel 95", ".xlsx"),
}
_RICH_TEXT = _Format(".rtf", "Rich Text Format", ".docx")
#: Formats by the beginning of what a package of OpenDocument says it is.
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": _Format(".odt", "writer8", ".docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": _Format(".ods", "calc8", ".xlsx"),
}
#: How LibreOffice calls what it writes.
_WRITTEN = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_NO_OFFICE = "这台电脑上没有找到能转换它的 LibreOffice"

#: Seconds and bytes that LibreOffice may take for one file; a report takes two seconds.
_SECONDS, _MEMORY = 25.0, 4 * 1024**3
#: Files that are converted in one call, and the seconds more that each of them may take.
_TOGETHER, _SECONDS_MORE = 50, 2.0


def read_stream(data: bytes, place: Place) -> Stream:
    """Return what such a file says. Raise InputStop where it cannot be converted."""
    if _is_page(data):
        from docgen.read.published import web

        return web.read_stream(data, place)

    from docgen.read.published import word

    return word.read_stream(convert_file(data, place.file, ".docx"), place)


def _is_page(data: bytes) -> bool:
    """Whether a file is a web page or an MHT archive under another name, as portals send them."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") or b"mime-version:" in start


def convert_file(data: bytes, name: str, target: str) -> bytes:
    """Return a file as a DOCX or an XLSX; one that is a package already stays as it is.

    Raise InputStop where that fails, is no such file, or is held by a password.
    """
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputStop(LOCKED_FILE.at(name=name))

    found = _format_of(data)
    if found is None and data.startswith(b"PK"):
        return data
    if found is None or found.target != target:
        kind = "工作簿" if target == ".xlsx" else "文档"
        why = "里面却不是" if found is None else f"里面却是{found.kind}"
        raise _stop(name, kind, target, why)

    return _converted(data, name, found)


def convert_many(given: Mapping[str, bytes]) -> dict[str, tuple[str, bytes] | InputStop]:
    """Return by name the suffix and the bytes of what each file becomes, or what stops it.

    LibreOffice starts slowly: it converts all of one format in one call.
    """
    made: dict[str, tuple[str, bytes] | InputStop] = {}
    by_format: dict[_Format, list[str]] = {}
    for name, data in given.items():
        found = _format_of(data)
        if data.startswith(_OLE) and _ENCRYPTED in data:
            made[name] = InputStop(LOCKED_FILE.at(name=name))
        elif found:
            by_format.setdefault(found, []).append(name)
        elif data.startswith(b"PK"):  # a new file under an old name
            made[name] = (".docx" if b"word/document.xml" in data else ".xlsx", data)
        elif _is_page(data):
            made[name] = (".mht" if b"mime-version:" in data[:1024].lower() else ".html", data)
        else:
            suffix = Path(name).suffix.lower()
            is_book = suffix in WORKBOOKS
            kind, target = ("工作簿", ".xlsx") if is_book else ("文档", ".docx")
            made[name] = _stop(name, kind, target, "里面却不是")

    for found, names in by_format.items():
        for at in range(0, len(names), _TOGETHER):
            some = names[at : at + _TOGETHER]
            done = _convert_together({name: given[name] for name in some}, found)
            for name in some:  # one that spoils the call is found by itself
                try:
                    data = done.get(name) or _converted(given[name], name, found)
                    made[name] = (found.target, data)
                except InputStop as error:
                    made[name] = error

    return made


def _convert_together(given: Mapping[str, bytes], found: _Format) -> dict[str, bytes]:
    """Return by name what LibreOffice makes of files in one call, as far as it makes them."""
    from docgen import office

    program = office.find_office()
    if program is None or len(given) < 2:
        return {}
    filters = office.Filters(found.read, _WRITTEN[found.target])
    with suppress(OSError), office.ONE_AT_A_TIME, office.work_folder() as work:
        paths = {name: work / f"{number}{found.suffix}" for number, name in enumerate(given)}
        for name, path in paths.items():
            path.write_bytes(given[name])

        seconds = _SECONDS + _SECONDS_MORE * len(given)
        office.run_office(program, list(paths.values()), filters, seconds, memory=_MEMORY)
        made = {
            name: files.regular_bytes(path.with_suffix(found.target), files.LIMIT)
            for name, path in paths.items()
        }
        return {name: data for name, data in made.items() if data}
    return {}


def _format_of(data: bytes) -> _Format | None:
    """Return the format that the content is in; None for one that is not converted."""
    if data.startswith(_OLE):
        names = ((stream.encode("utf-16-le"), found) for stream, found in _STREAMS.items())
        return next((found for stream, found in names if stream in data), None)
    if data.startswith(b"{\\rtf"):
        return _RICH_TEXT

    if data.startswith(b"PK"):
        with suppress(zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError):
            with zipfile.ZipFile(BytesIO(data)) as package, package.open("mimetype") as file:
                said = file.read(100)
            return next((f for kind, f in _OPEN_DOCUMENT.items() if said.startswith(kind)), None)

    return None


def _converted(data: bytes, name: str, found: _Format) -> bytes:
    """Return what LibreOffice makes of a file; what fails at once is tried on a fresh profile."""
    from docgen import office

    program = office.find_office()
    if program is None:
        raise _stop(name, found.kind, found.target, _NO_OFFICE)

    filters = office.Filters(found.read, _WRITTEN[found.target])
    ended: int | None = 0
    try:
        with office.ONE_AT_A_TIME:
            for _ in range(2):
                with office.work_folder() as work:
                    path = work / f"0{found.suffix}"
                    path.write_bytes(data)
                    ended = office.run_office(program, [path], filters, _SECONDS, memory=_MEMORY)
                    made = files.regular_bytes(path.with_suffix(found.target), files.LIMIT)

                if made and ended == 0:
                    return made
                office.discard_home()
                if ended is None:
                    break
    except OSError as error:
        why = f"LibreOffice 转换时要用的临时文件夹写不进去（{files.reason(error)}）"
        raise _stop(name, found.kind, found.target, why) from None

    hangs = f"LibreOffice 过了 {_SECONDS:g} 秒还没有转换完，已经停掉"
    part = "Calc" if found.target == ".xlsx" else "Writer"
    fails = f"LibreOffice 打不开它：文件坏了、设了打开密码，或没有装 LibreOffice {part}"
    why = hangs if ended is None else fails
    raise _stop(name, found.kind, found.target, why)


def _stop(name: str, kind: str, suffix: str, why: str) -> InputStop:
    return InputStop(OLD_FORMAT.at(name=name, kind=kind, suffix=suffix, why=why))
