"""What the county's work wrote, to be opened or saved: one by one, or all of a kind as one zip."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from docgen.county.issued import ISSUED
from docgen.county.made import MADE
from docgen.county.results import PAGE, WORKBOOK
from docgen.county.returned import FOLDER as RETURNED
from docgen.desk.county_work import GIVEN
from docgen.desk.folder import DeskFolder, name_of, named
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page

#: Files that may be fetched.
_SHOWN = (".html", ".xlsx", ".txt", ".docx", ".pdf", ".csv", ".json", ".png")
_PIECE = 1 << 16


class FileGroup(NamedTuple):
    """Files of one kind: what they are called, in a request too, and what they are for."""

    key: str
    name: str
    what: str
    files: Sequence[Path]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return what a request calls each, and its name."""
        return [(name_of(path), path.name) for path in self.files]


def list_groups(folder: DeskFolder) -> list[FileGroup]:
    """Return what lies in the folders of results, by kind; nothing that a link leads to."""
    results = folder.results
    top = _files_in(results, below=False)
    boards = [path for path in top if path.name in (PAGE, WORKBOOK)]
    found = [
        FileGroup("board", "进度", "给领导看，可以打印、筛选", boards),
        FileGroup("returns", "退回的表", "各机关自己的表，标好了错处",
                  _files_in(results / RETURNED)),
        FileGroup("messages", "消息", "贴到群里：退回消息、催办", _files_in(results / "消息")),
        FileGroup("issued", "已签发", "通过的，可以用印", _files_in(results / ISSUED)),
        FileGroup("site", "公布用", "网站的目录页和合并的数据",
                  [path for path in top if path not in boards]),
        FileGroup("made", "转成表格的", "交来的是 Word、网页、PDF 的，改在这里",
                  _files_in(results / MADE)),
        FileGroup("given", "空表和通知", "发给各机关填", _files_in(folder.root / GIVEN)),
    ]  # fmt: skip
    return [group for group in found if group.files]


def _files_in(top: Path, *, below: bool = True) -> list[Path]:
    if not top.is_dir() or top.is_symlink():
        return []
    inside = top.rglob("*") if below else top.iterdir()
    real = top.resolve()
    return sorted(
        path
        for path in inside
        if path.suffix.lower() in _SHOWN
        and not path.name.startswith((".", "~$"))
        and not path.is_symlink()
        and path.is_file()
        and path.resolve().is_relative_to(real)
    )


def find_group(folder: DeskFolder, key: str) -> FileGroup | None:
    """Return the files of a kind that a request names."""
    return next((group for group in list_groups(folder) if group.key == key), None)


async def show_files(request: Request) -> Response:
    """Show all that was written, by kind."""
    folder: DeskFolder = request.app.state.folder
    groups = await run_in_threadpool(list_groups, folder)
    return send_page("county_files.html", groups=groups, folder=folder, here="files", task=None)


async def send_result(request: Request) -> Response:
    """Send one of the files."""
    folder: DeskFolder = request.app.state.folder
    groups = await run_in_threadpool(list_groups, folder)
    path = named(request.path_params["file"], [path for group in groups for path in group.files])
    return send_file(path)


def send_file(path: Path | None) -> Response:
    """Send a file to be saved, a page to be looked at. Raise HTTPException where there is none."""
    if path is None or not path.is_file():
        raise HTTPException(404, "没有这个文件了，请回到县（区）收件那一页看。")
    kind = "inline" if path.suffix == ".html" else "attachment"
    return FileResponse(
        path,
        filename=path.name,
        content_disposition_type=kind,
        headers={"Content-Security-Policy": SHOWN_POLICY},
    )


async def send_zip(request: Request) -> Response:
    """Send all files of a kind as one zip."""
    folder: DeskFolder = request.app.state.folder
    group = await run_in_threadpool(find_group, folder, request.path_params["group"])
    if group is None:
        raise HTTPException(404, "还没有这样的文件。")
    name = quote(f"{group.name}.zip")
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{name}"}
    return StreamingResponse(
        zip_pieces(group.files, _common_folder(group.files)),
        media_type="application/zip",
        headers=headers,
    )


def _common_folder(paths: Sequence[Path]) -> Path:
    """Return the innermost folder that all lie in."""
    folder = paths[0].parent
    while not all(path.is_relative_to(folder) for path in paths):
        folder = folder.parent
    return folder


class _Pipe:
    """Takes what is written to a zip, and gives it on: no zip is held whole."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what was written is there."""

    def close(self) -> None:
        """Do nothing: what was written is still to be taken."""

    def take_all(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self._held)
        self._held.clear()
        return data


def zip_pieces(paths: Sequence[Path], top: Path) -> Iterator[bytes]:
    """Yield a zip of these files, piece by piece; what is gone by now is left out."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            try:
                source = path.open("rb")
            except OSError:
                continue
            with source, archive.open(path.relative_to(top).as_posix(), "w") as member:
                while piece := source.read(_PIECE):
                    member.write(piece)
                    yield pipe.take_all()

    yield pipe.take_all()
