"""Old and other formats, read as what LibreOffice makes of them: a DOCX or an XLSX.

What a file is, its content says: `.wps` and `.doc` are one format, `.et` and `.xls` another, and
many an `.xls` of a portal is a web page.
"""

import zipfile
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from docgen import files
from docgen.errors import InputStop
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
