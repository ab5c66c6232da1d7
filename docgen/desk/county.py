"""The county's page: the roster, what came in, the board, the sum."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.board import STATES, Board
from docgen.county.processes import Work, count_processors, run_in_processes
from docgen.desk.folder import DeskFolder, name_of, named
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page
from docgen.desk.task import Task, Tasks
from docgen.errors import Stop

#: Files in `结果` that may be fetched.
_SHOWN = (".html", ".xlsx", ".txt", ".docx", ".pdf", ".csv", ".json")
_FEW = 4  # so many are done sooner here than in processes


async def show_county(request: Request) -> Response:
    """Show the county's page."""
    return await run_in_threadpool(_county_page, request)


def _county_page(request: Request, told: str = "") -> Response:
    folder: DeskFolder = request.app.state.folder
    tasks: Tasks = request.app.state.tasks
    task = tasks.latest
    board = task.result if task and isinstance(task.result, Board) else None
    came = _files_in(folder.received)
    return send_page(
        "county.html",
        code=400 if told else 200,
        told=told,
        folder=folder,
        came=len(came),
        has_roster=folder.roster is not None,
        task=task,
        board=board,
        states=STATES,
        results=[(name_of(one), one.relative_to(folder.results).as_posix())
                 for one in _files_in(folder.results) if one.suffix in _SHOWN],
    )  # fmt: skip


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


async def receive_files(request: Request) -> Response:
    """Keep what was dropped: the roster where it belongs, all else among what came in."""
    folder: DeskFolder = request.app.state.folder
    async with request.form(max_files=2000) as form:
        for field, kept_in in (("roster", folder.root), ("files", folder.received)):
            for given in form.getlist(field):
                if isinstance(given, UploadFile) and given.filename:
                    data = await given.read()
                    await run_in_threadpool(_keep, folder, kept_in, given.filename, data, field)

    return RedirectResponse("/county", 303)


def _keep(folder: DeskFolder, kept_in: Path, name: str, data: bytes, field: str) -> None:
    if field == "roster":
        suffix = Path(name).suffix.lower()
        if suffix not in (".xlsx", ".csv", ".xls", ".et"):
            raise HTTPException(400, "名单要是 Excel 或 WPS 的表格。")
        name = f"名单{suffix}"
    target = folder.free_place(kept_in, name, data)
    if not target.exists():
        files.write_together({target: data})


async def begin_collecting(request: Request) -> Response:
    """Read all that came in, beside; the page shows how far it is."""
    folder: DeskFolder = request.app.state.folder
    if folder.roster is None:
        return _county_page(request, "先交名单：一行一个机关。")
    async with request.form() as form:
        chosen = tuple(str(one) for one in form.getlist("choose"))
    roster = folder.roster
    request.app.state.tasks.begin("收齐", lambda task: _collect(folder, roster, chosen, task))
    return RedirectResponse("/county", 303)


def _collect(folder: DeskFolder, roster: Path, chosen: tuple[str, ...], task: Task) -> Board:
    from docgen.county.collect import Asked, collect
    from docgen.county.results import write_results

    def work_on(work: Work, paths: Sequence[Path], together: bool) -> Iterable[Outcome]:
        if len(paths) <= _FEW:
            outcomes: Iterable[Outcome] = (one for path in paths for one in work([path]))
        else:
            outcomes = run_in_processes(work, paths, count_processors(), together=together)
        return task.count(outcomes, len(paths))

    asked = Asked(folder.received, roster, folder.results, folder.previous, chosen=chosen)
    board, _ = collect(asked, work_on, task.said.append, write_results)
    return board


async def show_progress(request: Request) -> Response:
    """Tell how far the work is, for the script of the page."""
    task = request.app.state.tasks.latest
    if task is None:
        return JSONResponse({"over": True})
    return JSONResponse(
        {"over": task.is_over, "done": task.done, "total": task.total, "seconds": task.seconds}
    )


async def halt_work(request: Request) -> Response:
    """Stop the work that is under way."""
    task = request.app.state.tasks.latest
    if task:
        task.is_halted = True
    return RedirectResponse("/county", 303)


async def send_result(request: Request) -> Response:
    """Send a file of the results."""
    folder: DeskFolder = request.app.state.folder
    shown = [path for path in _files_in(folder.results) if path.suffix in _SHOWN]
    path = named(request.path_params["file"], shown)
    if path is None:
        raise HTTPException(404, "没有这个文件了，请回到县（区）收件那一页看。")
    kind = "inline" if path.suffix == ".html" else "attachment"
    return FileResponse(
        path,
        filename=path.name,
        content_disposition_type=kind,
        headers={"Content-Security-Policy": SHOWN_POLICY},
    )


async def add_up_county(request: Request) -> Response:
    """Add up what the bodies reported."""
    from docgen.desk.verbs import run_docgen

    folder: DeskFolder = request.app.state.folder
    if folder.roster is None:
        return _county_page(request, "先交名单：一行一个机关。")
    async with request.form() as form:
        body = str(form.get("body", "")).strip()
    words = ["sum", str(folder.received), "--roster", str(folder.roster), "--body", body,
             "-o", str(folder.inputs / "全县.xlsx")]  # fmt: skip
    try:
        done, said = await run_in_threadpool(run_docgen, words, folder.root)
    except Stop as error:
        done, said = False, [finding.message for finding in error.findings]
    return send_page("sum.html", done=done, said=said)
