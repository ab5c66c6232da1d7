"""A zip that holds one report: a document, a workbook, a page with its folder, a folder of CSV.

It is unpacked into a folder of docgen's own, under names that leave it nowhere. A county is sent
zips and 7z of several: `read_archive` gives all reports in one.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from docgen import files
from docgen.errors import InputStop
from docgen.files import scratch
from docgen.files.inputs import FACT_SHEET, NAMED
from docgen.files.ooxml import MOST_BYTES, MOST_PARTS, TYPES
from docgen.finding import Rule, list_first
from docgen.read.published import READERS
from docgen.read.published.converted import LOCKED_FILE

if TYPE_CHECKING:  # installed where 7z are unpacked
    from py7zr import FileInfo

BROKEN_ARCHIVE = Rule(
    code="X362",
    name="压缩包打不开",
    severity="error",
    message="压缩包“{name}”打不开：{why}",
    why="压缩包没有下载完、已经损坏，或里面的东西不该出现在一份报告的压缩包里。",
    example="下载中断，压缩包只有一半。",
    cure="用压缩软件解开它，再给出里面的报告；解不开的，重新取一份。",
    since="0.3.0",
)
SEVERAL_REPORTS = Rule(
    code="X363",
    name="压缩包里不止一份报告",
    severity="error",
    message="压缩包“{name}”里面有 {count} 份：{names}",
    why="一次读一份；几份里面读哪一份，docgen 不替机关选。",
    example="把各镇报上来的几份一起打成了一个包。",
    cure="解压后逐个给出，或给出解开的文件夹。",
    since="0.3.0",
)
NO_REPORT = Rule(
    code="X364",
    name="压缩包里没有报告",
    severity="error",
    message="压缩包“{name}”里没有能读的文件{names}",
    why="docgen 在压缩包里找 Word、网页、PDF、Excel、JSON 文件和装着 CSV 的文件夹。",
    example="压缩包里只有几张扫描的图片。",
    cure="核对是不是给错了压缩包；里面是 .rar 或 .7z 的，先把它解开。",
    since="0.3.0",
)

NO_SEVEN = Rule(
    code="X366",
    name="没有装解 7z 的程序库",
    severity="error",
    message="“{name}”是 7z 压缩包，这台电脑上没有装能解开它的程序库",
    why="docgen 自己会解 zip；7z 要用另外的程序库 py7zr，用得到的才装。",
    example="乡镇用 7-Zip 打的包，直接放进了收件的文件夹。",
    cure="用压缩软件解开它，把里面的文件放回原来的地方；常有的话，运行 pip install py7zr。",
    since="0.4.0",
)

#: What holds other files, by suffix.
ARCHIVES = (".zip", ".7z")
#: Zips in one another, the outermost aside.
_DEEPEST = 2
#: What unpacks to so many times its size, beyond a megabyte, is a bomb.
_RATIO, _SMALL = 200, 1 << 20
_UTF8, _ENCRYPTED = 0x800, 1
_BOMB = "解开后太大，像是压缩炸弹"
_SEVEN = b"7z\xbc\xaf\x27\x1c"
_LINK, _KIND = 0o120000, 0o170000
#: The folder of a saved page: `网页_files`, `网页.files`, `网页_文件`.
OF_PAGE = ("_files", ".files", "_file", "_文件")
_NAMES_SHOWN = 8


class ArchivedReport(NamedTuple):
    """A report in an archive: where it lies there, and its files by name; of a folder several."""

    path: PurePosixPath
    is_folder: bool
    files: Mapping[str, bytes]


def read_archive(path: Path) -> tuple[list[ArchivedReport], list[str]]:
    """Return all reports in a zip or 7z, and the names of what else is in it.

    Raise InputStop if it cannot be unpacked, or holds no report.
    """
    unpacking = _Unpacking(path.name)
    return unpacking.reports_in(files.read_bytes(path)), unpacking.others


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Yield the one report in a zip, as a file or a folder that is removed in the end.

    Raise InputStop if there is none, or more than one.
    """
    data = files.read_bytes(path)
    name, members = _Unpacking(path.name).report_in(data)

    folder = scratch.new_folder("unpack")
    try:
        for inside, content in members.items():
            _write_file(folder / inside, content, path.name)
        yield folder / name
    finally:
        scratch.remove(folder)


def _write_file(place: Path, content: bytes, name: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        why = f"解不到临时文件夹里（{files.reason(error)}）"
        raise InputStop(BROKEN_ARCHIVE.at(name=name, why=why)) from None


class _Unpacking:
    """Unpacks one zip and those in it, all together within the limits."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = self._bytes = 0
        self.others: list[str] = []  # what is in it and cannot be read

    def report_in(self, data: bytes) -> tuple[str, Mapping[str, bytes]]:
        """Return the name of the one report, and the files of it by their paths."""
        reports = self.reports_in(data)
        if len(reports) > 1:
            shown = list_first((str(report.path) for report in reports), _NAMES_SHOWN)
            raise InputStop(SEVERAL_REPORTS.at(name=self._name, count=len(reports), names=shown))

        [report] = reports
        if not report.is_folder:
            return report.path.name, report.files
        folder = report.path.name or Path(self._name).stem
        return folder, {f"{folder}/{name}": data for name, data in report.files.items()}

    def reports_in(self, data: bytes) -> list[ArchivedReport]:
        """Return all reports. Raise InputStop if there is none."""
        members = dict(self._members(data, PurePosixPath(), 0))
        reports = _find_reports(members)
        if not reports:
            shown = list_first(self.others, _NAMES_SHOWN)
            names = f"，只有 {shown}" if shown else ""
            raise InputStop(NO_REPORT.at(name=self._name, names=names))

        return [
            ArchivedReport(report, False, {report.name: members[report]})
            if report in members
            else ArchivedReport(
                report, True, {p.name: d for p, d in members.items() if p.parent == report}
            )
            for report in reports
        ]

    def _members(
        self, data: bytes, around: PurePosixPath, depth: int
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield what may be a report or a part of one, those in zips inside included."""
        if data.startswith(_SEVEN):
            yield from self._members_of_seven(data, around, depth)
            return
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
                if kind := _kind_of_package(infos):
                    yield around.with_suffix(kind) if around.name else self._own(kind), data
                    return
                for info in infos:
                    yield from self._member(archive, info, around, depth)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, zlib.error):
            raise self._stop("它不是完好的 zip 压缩包") from None
        except NotImplementedError:
            raise self._stop("它用了 docgen 解不开的压缩方法") from None
        except (RuntimeError, ValueError, LookupError):
            raise self._stop("它已损坏") from None

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        around: PurePosixPath,
        depth: int,
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield one member, or what is in it. Raise InputStop beyond the limits."""
        path = around / self._safe_path(_name_of(info))
        self._count_one()
        if (
            info.is_dir()
            or (info.external_attr >> 16) & _KIND == _LINK
            or not self._is_wanted(path)
        ):
            return
        if info.flag_bits & _ENCRYPTED:
            raise self._locked()
        yield from self._content(path, self._unpack(archive, info), depth)

    def _members_of_seven(
        self, data: bytes, around: PurePosixPath, depth: int
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield the same of a 7z. Raise InputStop where no library for it is installed."""
        try:
            import py7zr
            from py7zr.io import BytesIOFactory
        except ImportError:
            raise InputStop(NO_SEVEN.at(name=self._name)) from None

        most = MOST_BYTES - self._bytes
        factory = BytesIOFactory(most)
        wanted: dict[str, PurePosixPath] = {}
        try:
            with py7zr.SevenZipFile(BytesIO(data), max_extract_size=most) as archive:
                if archive.needs_password():
                    raise self._locked()
                wanted = dict(self._wanted_of_seven(archive.list(), around))
                if self._bytes > min(max(_SMALL, _RATIO * len(data)), MOST_BYTES):
                    raise self._stop(_BOMB)
                if wanted:
                    archive.extract(targets=list(wanted), factory=factory)
        except (InputStop, MemoryError):
            raise
        except Exception:  # it raises whatever a spoilt archive makes it stumble over
            raise self._stop("它不是完好的 7z 压缩包") from None

        for name, path in wanted.items():
            if name in factory.products:
                file = factory.products[name]
                file.seek(0)
                yield from self._content(path, file.read(), depth)

    def _wanted_of_seven(
        self, listed: "list[FileInfo]", around: PurePosixPath
    ) -> Iterator[tuple[str, PurePosixPath]]:
        """Yield the members that may be of a report, by the names they have in the 7z."""
        for info in listed:
            path = around / self._safe_path(info.filename)
            self._count_one()
            if info.is_file and self._is_wanted(path):
                self._bytes += info.uncompressed
                yield info.filename, path

    def _content(
        self, path: PurePosixPath, data: bytes, depth: int
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield a member, or what is in it if it is an archive itself."""
        if path.suffix.lower() not in ARCHIVES:
            yield path, data
        elif depth == _DEEPEST:
            raise self._stop(f"压缩包里套了 {_DEEPEST} 层以上的压缩包")
        else:
            yield from self._members(data, path, depth + 1)

    def _is_wanted(self, path: PurePosixPath) -> bool:
        """Whether a member may be a report, a part of one or an archive; others are noted."""
        if _is_aside(path):
            return False
        wanted = path.suffix.lower() in (*ARCHIVES, *NAMED, *READERS, ".csv")
        if not wanted:
            self.others.append(path.name)
        return wanted

    def _count_one(self) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise self._stop(f"里面有 {MOST_PARTS} 个以上的文件")

    def _locked(self) -> InputStop:
        cure = "用密码解开它，再给出里面的报告。"
        return InputStop(LOCKED_FILE.at(name=self._name, cure=cure))

    def _unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member; what it says of its size may be a lie."""
        most = min(files.LIMIT, MOST_BYTES - self._bytes)
        if info.file_size <= most:
            with archive.open(info) as file:
                data = file.read(most + 1)
            self._bytes += len(data)
            if len(data) <= max(_SMALL, _RATIO * info.compress_size) and len(data) <= most:
                return data

        raise self._stop(_BOMB)

    def _safe_path(self, name: str) -> PurePosixPath:
        """Return the path of a member. Raise InputStop for one that leaves the folder."""
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts):
            raise self._stop("里面有文件的路径指到了外面")
        return path

    def _own(self, kind: str) -> PurePosixPath:
        """Return what the file is called that was given as a zip and is none."""
        return PurePosixPath(self._name).with_suffix(kind)

    def _stop(self, why: str) -> InputStop:
        return InputStop(BROKEN_ARCHIVE.at(name=self._name, why=why))


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: of a zip made in Chinese Windows it is GBK, of others UTF-8."""
    name = info.filename
    if info.flag_bits & _UTF8:
        return name

    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return name


def _kind_of_package(infos: list[zipfile.ZipInfo]) -> str:
    """Return the suffix of the document that a zip is in truth; blank for none."""
    names = {info.filename for info in infos}
    kinds = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
    return next((kind for part, kind in kinds.items() if {part, TYPES} <= names), "")


def _is_aside(path: PurePosixPath) -> bool:
    """Whether a member is none of what was put into the zip: of a Mac, of Word, of a saved page."""
    own = path.name.startswith((".", "~$")) or path.name.lower().endswith(".package.json")
    return own or any(
        part == "__MACOSX" or part.startswith(".") or part.lower().endswith(OF_PAGE)
        for part in path.parts[:-1]
    )


def _find_reports(members: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
    """Return the reports among these: a folder with a sheet of facts is one as a whole."""
    sheets = [path for path in members if path.suffix.lower() == ".csv"]
    folders = {path.parent for path in sheets if FACT_SHEET in path.name}
    others = (
        path
        for path in members
        if path.suffix.lower() != ".csv" and not folders.intersection(path.parents)
    )
    return sorted((*folders, *others))
