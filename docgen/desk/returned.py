"""Documents that come back: what was changed in Word is taken over; any file can be verified."""

import json
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from docgen import files
from docgen.desk.folder import DeskFolder, find_draft, name_of, named
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page
from docgen.desk.results import send_result
from docgen.desk.verbs import VerbResult, document_of, in_plain_words, run_docgen, within

#: Where documents are kept that came back.
RETURNED = "送回来的"


async def receive_returned(request: Request) -> Response:
    """Keep a document that came back, and show what was changed in it."""
    folder: DeskFolder = request.app.state.folder
    draft = find_draft(request)
    path = await _keep_upload(request, folder)
    return RedirectResponse(f"/draft/{name_of(draft)}/back/{name_of(path)}", 303)


async def _keep_upload(request: Request, folder: DeskFolder) -> Path:
    """Keep the file that a form sends, under a plain name. Raise HTTPException if it sends none."""
    async with request.form(max_files=1) as form:
        given = form.get("file")
        if not isinstance(given, UploadFile) or not given.filename:
            raise HTTPException(400, "没有选文件。请回到上一页，先选文件。")
        name, data = given.filename, await given.read()

    path = folder.free_place(folder.root / RETURNED, name, data)
    if not path.exists():
        await run_in_threadpool(files.write_together, {path: data})
    return path


def _find_returned(request: Request) -> Path:
    folder: DeskFolder = request.app.state.folder
    kept = folder.root / RETURNED
    path = named(request.path_params["file"], kept.iterdir() if kept.is_dir() else ())
    if path is None:
        raise HTTPException(404, "送回来的文件不在了，请再交一次。")
    return path


async def show_changes(request: Request) -> Response:
    """Show what a returned document changes; nothing is written."""
    draft, path = find_draft(request), _find_returned(request)
    return await run_in_threadpool(_tell_changes, request.app.state.folder, draft, path, "")


async def take_changes(request: Request) -> Response:
    """Write the changes into the draft and issue it again, once they are confirmed."""
    draft, path = find_draft(request), _find_returned(request)
    return await run_in_threadpool(_tell_changes, request.app.state.folder, draft, path, "--yes")


def _tell_changes(folder: DeskFolder, draft: Path, path: Path, confirmed: str) -> Response:
    words = ["back", within(folder, path), "--against", document_of(folder, draft),
             "--input", within(folder, draft)]  # fmt: skip
    _, said = run_docgen([*words, "--json", *filter(None, [confirmed])], folder.root)
    try:
        told = json.loads(said[-1] if said else "")
    except ValueError:
        plain = [in_plain_words(line, folder) for line in said]
        return send_result(folder, draft, VerbResult("收回改动", is_done=False, said=plain))

    return send_page(
        "changes.html", name=name_of(draft), file=name_of(path), path=path.name, told=told
    )


async def show_last_year(request: Request) -> Response:
    """Show what changed against last year, side by side; the page runs no script."""
    draft = find_draft(request)
    return await run_in_threadpool(_compared_page, request.app.state.folder, draft)


def _compared_page(folder: DeskFolder, draft: Path) -> Response:
    from docgen.check.judge import find_last_year
    from docgen.compare import ComparedReport, Comparison
    from docgen.compare.to_html import to_html
    from docgen.read import read_report

    reading = read_report(draft)
    last = find_last_year(draft, reading, folder.previous)
    if last is None:
        raise HTTPException(404, "没有找到上年的报告。在首页“上年的报告”里交来，再看这一页。")
    reports = [ComparedReport(one.name, one.form, one.report, errors=0) for one in (last, reading)]
    page = to_html(Comparison(reports, 0.5))
    return HTMLResponse(page, headers={"Content-Security-Policy": SHOWN_POLICY})
