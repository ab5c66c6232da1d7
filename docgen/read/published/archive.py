"""A zip that holds one report: a document, a workbook, a page with its folder, a folder of CSV.

It is unpacked into a folder of docgen's own, under names that leave it nowhere.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from docgen import files
from docgen.errors import InputStop
from docgen.files import scratch
from docgen.files.inputs import FACT_SHEET, NAMED
from docgen.files.ooxml import MOST_BYTES, MOST_PARTS, TYPES
from docgen.finding import Rule
from docgen.read.published import READERS
from docgen.read.published.converted import LOCKED_FILE

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
    message="压缩包“{name}”里没有 docgen 能读的文件{names}",
    why="docgen 在压缩包里找 Word、网页、PDF、Excel、JSON 文件和装着 CSV 的文件夹。",
    example="压缩包里只有几张扫描的图片。",
    cure="核对是不是给错了压缩包；里面是 .rar 或 .7z 的，先把它解开。",
    since="0.3.0",
)

#: Zips in one another, the outermost aside.
_DEEPEST = 2
#: What unpacks to so many times its size, beyond a megabyte, is a bomb.
_RATIO, _SMALL = 200, 1 << 20
_UTF8, _ENCRYPTED = 0x800, 1
_LINK, _KIND = 0o120000, 0o170000
#: The folder of a saved page: `网页_files`, `网页.files`, `网页_文件`.
_OF_PAGE = ("_files", ".files", "_file", "_文件")
_NAMES_SHOWN = 8


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
        self._others: list[str] = []  # what is in it and cannot be read

    def report_in(self, data: bytes) -> tuple[str, Mapping[str, bytes]]:
        """Return the name of the one report, and the files of it by their paths."""
        members = dict(self._members(data, PurePosixPath(), 0))
        reports = _find_reports(members)
        if not reports:
            shown = self._shown(self._others)
            names = f"，只有：{shown}" if shown else ""
            raise InputStop(NO_REPORT.at(name=self._name, names=names))
        if len(reports) > 1:
            shown = self._shown([str(report) for report in reports])
            raise InputStop(SEVERAL_REPORTS.at(name=self._name, count=len(reports), names=shown))

        [report] = reports
        if report in members:
            return report.name, {report.name: members[report]}
        folder = report.name or Path(self._name).stem
        sheets = {path.name: data for path, data in members.items() if path.parent == report}
        return folder, {f"{folder}/{name}": data for name, data in sheets.items()}

    def _members(
        self, data: bytes, around: PurePosixPath, depth: int
    ) -> Iterator[tuple[PurePosixPath, bytes]]:
        """Yield what may be a report or a part of one, those in zips inside included."""
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
        path = around / self._safe_path(info)
        self._count += 1
        if self._count > MOST_PARTS:
            raise self._stop(f"里面有 {MOST_PARTS} 个以上的文件")
        if info.is_dir() or (info.external_attr >> 16) & _KIND == _LINK or _is_aside(path):
            return

        suffix = path.suffix.lower()
        is_zip = suffix == ".zip"
        if not is_zip and suffix not in (*NAMED, *READERS, ".csv"):
            self._others.append(path.name)
            return
        if info.flag_bits & _ENCRYPTED:
            cure = "用密码解开它，再给出里面的报告。"
            raise InputStop(LOCKED_FILE.at(name=self._name, cure=cure))

        data = self._unpack(archive, info)
        if not is_zip:
            yield path, data
        elif depth == _DEEPEST:
            raise self._stop(f"压缩包里套了 {_DEEPEST} 层以上的压缩包")
        else:
            yield from self._members(data, path, depth + 1)

    def _unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member; what it says of its size may be a lie."""
        most = min(files.LIMIT, MOST_BYTES - self._bytes)
        if info.file_size <= most:
            with archive.open(info) as file:
                data = file.read(most + 1)
            self._bytes += len(data)
            if len(data) <= max(_SMALL, _RATIO * info.compress_size) and len(data) <= most:
                return data

        raise self._stop("解开后太大，像是压缩炸弹")

    def _safe_path(self, info: zipfile.ZipInfo) -> PurePosixPath:
        """Return the path of a member. Raise InputStop for one that leaves the folder."""
        path = PurePosixPath(_name_of(info).replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or any(":" in part for part in path.parts):
            raise self._stop("里面有文件的路径指到了外面")
        return path

    def _own(self, kind: str) -> PurePosixPath:
        """Return what the file is called that was given as a zip and is none."""
        return PurePosixPath(self._name).with_suffix(kind)

    def _shown(self, names: list[str]) -> str:
        shown = "、".join(names[:_NAMES_SHOWN])
        return f"{shown} 等" if len(names) > _NAMES_SHOWN else shown

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
        part == "__MACOSX" or part.startswith(".") or part.lower().endswith(_OF_PAGE)
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
