"""What the buttons of a report make: run, watched, stopped, and shown in the office's words."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from docgen.desk.folder import DeskFolder, find_draft, name_of
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page
from docgen.desk.tables import AT
from docgen.desk.task import Tasks
from docgen.desk.verbs import VERBS, VerbResult, run_verb


def list_outputs(folder: DeskFolder, path: Path) -> list[tuple[str, str, str]]:
    """Return what was made of a draft, pictures of pages aside: name, what it is, file name."""
    made = [one for one in folder.outputs_of(path) if one.suffix.lower() != ".png"]
    return [(name_of(one), kind_of_output(one), one.name) for one in made]


#: What a file is, by how its name ends; the longer endings first.
_KINDS = {
    ".用印审批单.docx": "用印审批单",
    ".草稿.docx": "送审稿、草稿（Word）",
    ".草稿.pdf": "送审稿、草稿（PDF）",
    ".数据.csv": "开放数据（表格）",
    ".数据.json": "开放数据（JSON）",
    ".docx": "正式文件（Word）",
    ".pdf": "校样（PDF）",
    ".html": "网页，给门户网站",
}


def kind_of_output(path: Path) -> str:
    """Return what a file is that was made of a report."""
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
        made=[(name_of(one), kind_of_output(one), one.name) for one in made],
        outputs=list_outputs(folder, path) if not result.made and result.is_done else [],
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
