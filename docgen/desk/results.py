"""What the buttons of a report make: run, watched, stopped, and shown in the office's words."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from docgen.desk.folder import DeskFolder, find_draft, has_issued, is_earlier, is_outdated, name_of
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page
from docgen.desk.tables import AT
from docgen.desk.task import Tasks
from docgen.desk.verbs import VERBS, VerbResult, run_verb


class MadeFile(NamedTuple):
    """A file made of a draft, as a page lists it: how it is asked for, what it is, its name."""

    key: str
    kind: str
    file: str


class MadeFiles(NamedTuple):
    """All that was made of a draft: what stands now, data for programs, what it took the place of.

    `is_outdated` tells that the draft was changed after its document was issued.
    """

    now: Sequence[MadeFile]
    data: Sequence[MadeFile]
    earlier: Sequence[MadeFile]
    has_issued: bool
    is_outdated: bool


def list_outputs(folder: DeskFolder, path: Path) -> MadeFiles:
    """Return what was made of a draft, pictures of pages aside."""
    made = [one for one in folder.outputs_of(path) if one.suffix.lower() != ".png"]
    return MadeFiles(
        now=[_as_listed(one) for one in made if not one.name.endswith(_FOR_PROGRAMS)],
        data=[_as_listed(one) for one in made if one.name.endswith(_FOR_PROGRAMS)],
        earlier=[_as_listed(one) for one in folder.earlier_of(path)],
        has_issued=has_issued(folder, path),
        is_outdated=is_outdated(folder, path),
    )


def _as_listed(path: Path) -> MadeFile:
    return MadeFile(name_of(path), kind_of_output(path), path.name)


_FOR_PROGRAMS = (".数据.csv", ".数据.json")
#: What a file is, by how its name ends; the longer endings first.
_KINDS = {
    ".用印审批单.docx": "用印审批单",
    ".草稿.docx": "送审稿（Word）",
    ".草稿.pdf": "送审稿（PDF）",
    ".数据.csv": "开放数据，表格，交给数据平台",
    ".数据.json": "开放数据，给程序读，交给数据平台",
    ".更正说明.txt": "更正说明",
    ".粘贴.html": "网页，粘贴进网站后台用",
    ".docx": "正式文件（Word）",
    ".pdf": "校样（PDF）",
    ".html": "网页，给门户网站",
}


def kind_of_output(path: Path) -> str:
    """Return what a file is that was made of a report."""
    if is_earlier(path):
        return "以前的，留着查"
    return next((words for end, words in _KINDS.items() if path.name.endswith(end)), "文件")


async def send_output(request: Request) -> Response:
    """Send a file that was made of this report."""
    folder: DeskFolder = request.app.state.folder
    path = folder.find_output(find_draft(request), request.path_params["file"])
    if path is None:
        raise HTTPException(404, "没有这个文件了，请回到报告那一页看。")
    headers = {"Content-Security-Policy": SHOWN_POLICY}
    kind = "inline" if path.suffix in (".html", ".png") else "attachment"
    return FileResponse(path, filename=path.name, content_disposition_type=kind, headers=headers)


async def do_verb(request: Request) -> Response:
    """Run one of docgen's commands for a button, and show what came of it."""
    path = find_draft(request)
    verb = VERBS.get(request.path_params["verb"])
    if verb is None:
        raise HTTPException(404, "没有这个按钮。")
    folder: DeskFolder = request.app.state.folder
    if verb.is_long:
        tasks: Tasks = request.app.state.tasks
        tasks.begin(verb.name, lambda task: run_verb(verb, folder, path, task), of=name_of(path))
        return RedirectResponse(f"/draft/{name_of(path)}/work", 303)
    result = await run_in_threadpool(run_verb, verb, folder, path)
    return send_result(folder, path, result)


def send_result(folder: DeskFolder, path: Path, result: VerbResult) -> Response:
    """Return the page that shows what came of a command."""
    pages = [one for one in result.made if one.suffix == ".png"]
    made = [one for one in result.made if one.suffix != ".png"]
    return send_page(
        "result.html",
        name=name_of(path),
        draft=path.name,
        result=result,
        made=[_as_listed(one) for one in made],
        outputs=list_outputs(folder, path).now if not result.made and result.is_done else [],
        pages=[name_of(one) for one in sorted(pages, key=_page_number)],
        AT=AT,
    )


def _page_number(path: Path) -> tuple[int, str]:
    digits = path.stem.rpartition("-")[2]
    return (int(digits) if digits.isdecimal() else 0, path.name)


async def show_work(request: Request) -> Response:
    """Show how far work is that takes long, and what came of it."""
    path = find_draft(request)
    tasks: Tasks = request.app.state.tasks
    task, here = tasks.latest, name_of(path)
    if task is None or (task.is_over and task.of != here):
        return RedirectResponse(f"/draft/{here}", 303)
    if task.is_over and isinstance(task.result, VerbResult):
        return await run_in_threadpool(send_result, request.app.state.folder, path, task.result)
    return send_page("working.html", name=here, task=task, is_other=task.of != here)


async def halt_verb(request: Request) -> Response:
    """Stop work that was begun for this report."""
    path = find_draft(request)
    task = request.app.state.tasks.latest
    if task:
        task.is_halted = True
    return RedirectResponse(f"/draft/{name_of(path)}/work", 303)
