"""One file that a page sends: kept in the folder of work, and found again by its name there."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from docgen import files
from docgen.desk.folder import DeskFolder, named


async def keep_upload(request: Request, inside: str) -> Path:
    """Keep the file that a form sends in a folder of its own. Raise HTTPException if it is none."""
    folder: DeskFolder = request.app.state.folder
    async with request.form(max_files=1) as form:
        given = form.get("file")
        if not isinstance(given, UploadFile) or not given.filename:
            raise HTTPException(400, "没有选文件。请回到上一页，先选文件。")
        name, data = given.filename, await given.read()

    path = folder.free_place(folder.root / inside, name, data)
    if not path.exists():
        await run_in_threadpool(files.write_together, {path: data})
    return path


def find_upload(request: Request, inside: str) -> Path:
    """Return the kept file that a request names. Raise HTTPException if it is not there."""
    folder: DeskFolder = request.app.state.folder
    kept = folder.root / inside
    path = named(request.path_params["file"], kept.iterdir() if kept.is_dir() else ())
    if path is None:
        raise HTTPException(404, "这个文件不在了，请再交一次。")
    return path
