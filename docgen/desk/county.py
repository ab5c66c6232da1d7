"""The county's pages of what came in: files are dropped, the board, each body by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from docgen import files
from docgen.county.board import STATES, Board, BoardRow, Return
from docgen.county.board_words import (
    describe_row,
    findings_of,
    print_day,
    sum_up_states,
    tell_news,
    without_file,
)
from docgen.county.chat import write_message
from docgen.county.ledger import ledger_of
from docgen.county.received import list_received
from docgen.desk.county_files import send_file
from docgen.desk.county_work import (
    COLLECT,
    PAGE_OF,
    CollectAsked,
    Collected,
    CountyState,
    beside_of,
    collect_returns,
)
from docgen.desk.folder import DeskFolder, name_of, named
from docgen.desk.intake import HandedIn, keep_files
from docgen.desk.pages import send_page
from docgen.desk.task import Task, Tasks
from docgen.errors import Stop
from docgen.files.visible import visible
from docgen.finding import SEVERITIES, Finding
from docgen.issuing.outputs import Beside
from docgen.messages.phrases import describe_suspect, list_places

#: So many files in one form; a page with scripts sends more in several.
MOST_FILES = 5000
_DIGITS = 12
_COMMANDS = ("docgen", "--", "JSON")
_MOST_DIFFERENCES = 40


class CountyDesk(NamedTuple):
    """What every page of the county works with."""

    folder: DeskFolder
    tasks: Tasks
    state: CountyState

    def task_for(self, here: str) -> Task | None:
        """Return the county's work that is under way, or the last, if it was of this page."""
        latest = self.tasks.latest
        page = PAGE_OF.get(latest.name) if latest else None
        return latest if page and (page == here or self.is_busy) else None

    @property
    def is_busy(self) -> bool:
        """Whether any work is under way, a report's too: it is one at a time."""
        return self.tasks.latest is not None and not self.tasks.latest.is_over


def county_of(request: Request) -> CountyDesk:
    """Return the county that a request is about."""
    state = request.app.state
    return CountyDesk(state.folder, state.tasks, state.county)


def refuse_busy(county: CountyDesk) -> None:
    """Raise HTTPException while other work is under way."""
    if county.is_busy:
        raise HTTPException(409, "正在做别的，先等它做完，或把它停下。")


def roster_or_refuse(county: CountyDesk) -> Path:
    """Return the roster that is used. Raise HTTPException if there is none."""
    if county.folder.roster is None:
        raise HTTPException(400, "先交名单：一行一个机关。在“名单和发表”那一页。")
    return county.folder.roster


async def show_county(request: Request) -> Response:
    """Show what came in, and the board."""
    return await run_in_threadpool(_county_page, county_of(request), request.query_params)


def _county_page(county: CountyDesk, query: Mapping[str, str]) -> Response:
    folder, state = county.folder, county.state
    _recall_board(county)
    board = state.collected.board if state.collected else None
    wanted = query.get("state", "")
    rows = [] if board is None else [r for r in board.rows if wanted in ("", r.state)]
    taken, state.taken = state.taken, type(state.taken)()
    return send_page(
        "county.html",
        here="county",
        folder=folder,
        task=county.task_for("county"),
        taken=taken,
        came=_count_received(folder),
        newer=_count_newer(folder, board) if board else 0,
        has_roster=folder.roster is not None,
        board=board,
        wanted=wanted if wanted in STATES else "",
        states=STATES,
        summary=sum_up_states(board).partition("：")[0] if board else "",
        news=tell_news(board) if board else "",
        rows=[(row_key(row), row, describe_row(board, row)) for row in rows] if board else [],
        beside=beside_of(folder.results),
        undecided=len(board.of("several")) if board else 0,
    )


def _recall_board(county: CountyDesk) -> None:
    """Begin to read the board again, the first time that the page is opened after a restart."""
    folder, state = county.folder, county.state
    roster = folder.roster
    if state.collected or state.is_recalled or county.is_busy or roster is None:
        return
    if ledger_of(roster).is_file() and folder.received.is_dir():
        _begin(county, CollectAsked(roster, (), beside_of(folder.results)))


def _begin(county: CountyDesk, wanted: CollectAsked) -> None:
    county.state.is_recalled = True  # once it was begun, nothing begins it but a person
    county.tasks.begin(
        COLLECT, lambda task: collect_returns(county.folder, county.state, wanted, task)
    )


def _count_received(folder: DeskFolder) -> int:
    if not folder.received.is_dir():
        return 0
    return sum(1 for path in folder.received.rglob("*") if path.is_file())


def _count_newer(folder: DeskFolder, board: Board) -> int:
    """Return how many files lie there that the board does not know of."""
    known = {path for row in board.rows for one in row.returns for path in (one.where, *one.also)}
    known |= {*board.ignored}
    try:
        arrived = list_received(folder.received).arrivals
    except Stop:
        return 0
    tops = {where.partition(" › ")[0] for where in known}
    return sum(1 for one in arrived if one.where not in tops and not {*one.also} & tops)


async def receive_files(request: Request) -> Response:
    """Keep what was dropped, and read it when all of it is there."""
    county = county_of(request)
    handed, more = await take_upload(request)
    await run_in_threadpool(keep_files, county.folder.received, handed, county.state.taken)
    if more:
        return Response(status_code=204)

    if county.folder.roster is not None and not county.is_busy:
        beside = await run_in_threadpool(beside_of, county.folder.results)
        _begin(county, CollectAsked(county.folder.roster, (), beside))
    return RedirectResponse("/county", 303)


async def take_upload(request: Request) -> tuple[list[HandedIn], bool]:
    """Return the files of a form, and whether a script is about to send more of them."""
    try:
        form = await request.form(max_files=MOST_FILES)
    except HTTPException:  # starlette's own words are English
        raise HTTPException(400, "一次送来的文件太多，或没有送完，请分几次再送。") from None

    try:
        handed = [
            HandedIn(given.filename, await given.read())
            for given in form.getlist("files")
            if isinstance(given, UploadFile) and given.filename
        ]
        return handed, bool(form.get("more"))
    finally:
        await form.close()


async def begin_collecting(request: Request) -> Response:
    """Read all that came in, beside; the page shows how far it is."""
    county = county_of(request)
    roster = roster_or_refuse(county)
    refuse_busy(county)
    async with request.form() as form:
        chosen = tuple(str(one) for one in form.getlist("choose"))
        also = {str(one) for one in form.getlist("also")}

    was = await run_in_threadpool(beside_of, county.folder.results)  # it is kept as it was
    beside = Beside(
        pdf=was.pdf or "pdf" in also,
        html=was.html or "html" in also,
        data=was.data or "data" in also,
    )
    _begin(county, CollectAsked(roster, chosen, beside))
    return RedirectResponse("/county", 303)


async def show_progress(request: Request) -> Response:
    """Tell how far the work is, for the script of the page."""
    task = request.app.state.tasks.latest
    if task is None:
        return JSONResponse({"over": True})
    return JSONResponse(
        {
            "over": task.is_over,
            "done": task.done,
            "total": task.total,
            "seconds": task.seconds,
            "step": task.step,
        }
    )


async def halt_work(request: Request) -> Response:
    """Stop the work that is under way, and go back to the page it was seen on."""
    task = request.app.state.tasks.latest
    if task:
        task.is_halted = True
    async with request.form() as form:
        here = str(form.get("here", ""))
    return RedirectResponse(PAGES.get(here, "/county"), 303)


#: The pages of the county, by what their forms call them.
PAGES = {
    "county": "/county",
    "roster": "/county/roster",
    "files": "/county/files",
    "sum": "/county/sum",
}


def row_key(row: BoardRow) -> str:
    """Return what a request calls a row: the same at every run."""
    where = "" if row.unit or not row.returns else row.returns[0].where
    return files.sha256("\0".join([row.name, row.report_name, where]).encode())[:_DIGITS]


class FindingWords(NamedTuple):
    """A finding for a person: how grave, where, what, and what to do."""

    severity: str
    word: str
    where: str
    message: str
    suspects: Sequence[str]
    cure: str
    basis: str


class ReturnWords(NamedTuple):
    """One thing that came in: where it lay, its file, what was found in it."""

    where: str
    came: str
    also: Sequence[str]
    file: str
    made: str
    issued: Sequence[tuple[str, str]]
    findings: Sequence[FindingWords]


async def show_body(request: Request) -> Response:
    """Show one body: what came from it, all that was found, what is to be sent to it."""
    county = county_of(request)
    return await run_in_threadpool(_body_page, county, request.path_params["body"])


def _body_page(county: CountyDesk, key: str) -> Response:
    collected, row = _find_row(county, key)
    board = collected.board
    marked = collected.returned.path_of(row)
    return send_page(
        "county_body.html",
        here="county",
        folder=county.folder,
        task=None,
        key=key,
        row=row,
        words=describe_row(board, row),
        returns=[_return_words(board, one) for one in row.returns],
        differing=list(_differences(row)) if row.state == "several" else [],
        most=_MOST_DIFFERENCES,
        message=write_message(board, row, collected.returned),
        marked=(name_of(county.folder.results / marked), Path(marked).name) if marked else None,
    )


def _find_row(county: CountyDesk, key: str) -> tuple[Collected, BoardRow]:
    """Return the row that a request names. Raise HTTPException if there is none."""
    collected = county.state.collected
    rows = collected.board.rows if collected else ()
    row = next((row for row in rows if row_key(row) == key), None)
    if collected is None or row is None:
        raise HTTPException(404, "进度表里没有这一个了，请回到县（区）收件那一页看。")
    return collected, row


def _return_words(board: Board, came: Return) -> ReturnWords:
    found = sorted(findings_of(came), key=lambda one: list(SEVERITIES).index(one.severity))
    return ReturnWords(
        visible(came.where),
        print_day(came.first_seen, board),
        [visible(one) for one in came.also],
        name_of(came.file) if came.file.is_file() else "",
        name_of(came.input) if came.input != came.file else "",
        [(name_of(path), path.name) for path in came.outcome.outputs],
        [_finding_words(one) for one in found],
    )


def _finding_words(finding: Finding) -> FindingWords:
    plain = without_file(finding)
    cells = [place for place in plain.places if place.sheet]
    return FindingWords(
        finding.severity,
        {"error": "要改", "warning": "看一看", "note": "提示"}[finding.severity],
        visible(list_places(cells)) if cells else "",
        visible(finding.message),
        [visible(describe_suspect(one)) for one in plain.suspects],
        visible(_cure_in_words(finding)),
        finding.rule.basis,
    )


def _cure_in_words(finding: Finding) -> str:
    """Return what to do, without what is for people who type commands."""
    clauses = re.split("(?<=[；。])", finding.cure)
    return "".join(one for one in clauses if not any(word in one for word in _COMMANDS))


def _differences(row: BoardRow) -> Iterator[tuple[str, str, str]]:
    """Yield what the first two reports of a body say otherwise: what, the one, the other."""
    from docgen.compare.figures import Side, different_facts, different_figures
    from docgen.read import read_report

    reports = [one for one in row.returns if one.outcome.family][:2]
    try:
        sides = [Side(read.form, read.report) for read in (read_report(r.input) for r in reports)]
    except Stop:
        return
    if len(sides) == 2:
        first, second = sides
        for one in (*different_facts(first, second), *different_figures(first, second)):
            yield f"{one.table} {one.label}".strip(), one.first, one.second
        texts = (side.report.sections for side in sides)
        if len({repr(one) for one in texts}) > 1:
            yield "正文", "见文件", "不同"


async def send_return(request: Request) -> Response:
    """Send a file that came in, or what was made of it, to be saved."""
    county = county_of(request)
    _, row = _find_row(county, request.path_params["body"])
    listed = [path for one in row.returns for path in (one.file, one.input)]
    path = named(request.path_params["file"], listed)
    answer = await run_in_threadpool(send_file, path)
    answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace(
        "inline", "attachment"
    )
    return answer
