"""The page of one report: its fields, what is wrong with them, and what can be made of it."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from docgen.address import Address
from docgen.blank.hints import describe_section
from docgen.blank.sheets import fact_hints
from docgen.check.outcome import Outcome
from docgen.desk.acts import SURE, ask_first, do_act
from docgen.desk.draft import Draft, check_draft, draft_of, find_last, open_draft, why_unreadable
from docgen.desk.edits import Clash, TypedEdit, edit_draft, last_done
from docgen.desk.folder import DeskFolder, find_draft, name_of
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import fill_page, send_page
from docgen.desk.results import list_outputs
from docgen.desk.tables import AT, Shown, write_table
from docgen.desk.told import Told, tell_finding, tell_outcome
from docgen.errors import Stop
from docgen.model import LEVELS, Reading, align_cells, print_date, print_number
from docgen.office import find_office

#: The most edits that one request makes: a pasted block of the largest table is below this.
_MOST_EDITS = 20_000


async def show_draft(request: Request) -> Response:
    """Show a report with all its fields."""
    path = find_draft(request)
    return await run_in_threadpool(_draft_page, request.app.state.folder, path)


def _draft_page(
    folder: DeskFolder,
    path: Path,
    clashes: list[Clash] | None = None,
    not_done: str = "",
    given: Mapping[str, str] | None = None,
    question: tuple[str, str] | None = None,
) -> Response:
    outcome = check_draft(path, folder.previous)
    if outcome.reading is None:
        told_why = [tell_finding(one.as_json()) for one in outcome.findings]
        return send_page("unreadable.html", path=path.name, findings=told_why)

    draft = draft_of(path, outcome.reading)
    told = tell_outcome(outcome, draft.reading)
    last = find_last(draft, folder.previous)
    shown = Shown(draft, _last_values(draft, last), told.ids, told.marks)
    tables = {table.key: table for table in draft.form.tables}
    parts = [
        {
            "key": section.key,
            "title": section.title,
            "is_text": section.key in draft.texts,
            "table": write_table(shown, tables[section.key]) if section.key in tables else "",
        }
        for section in draft.form.sections
    ]
    here = name_of(path)
    return send_page(
        "draft.html",
        draft=draft,
        name=here,
        preface=draft.form.preface,
        parts=parts,
        facts=draft.facts,
        levels=[names[0] for names in LEVELS.values()],
        shown=shown,
        told=told.findings,
        state=told.state,
        sound=told.sound,
        version=version_of(draft),
        outputs=list_outputs(folder, path),
        clashes=clashes or [],
        not_done=not_done,
        given=given or {},
        question=question,
        last_done=last_done(path),
        passed=told.passed,
        hints=_hints_of(draft),
        fact_hints=fact_hints(draft.form),
        before={key: last.report.paragraphs_of(key) for key in draft.texts} if last else {},
        last_year=last is not None,
        previews=previews_of(draft),
        has_office=find_office() is not None,
        today=print_date(datetime.date.today()),  # noqa: DTZ011  the office's own day
        AT=AT,
        Address=Address,
    )


def _last_values(draft: Draft, last: Reading | None) -> Mapping[str, str]:
    """Return last year's figures and answers by the address that each has this year."""
    if last is None:
        return {}
    report = last.report
    printed = {at: print_number(number) for at, number in report.figures.items()}
    printed |= report.answers
    here = align_cells(draft.reading.report, report, printed)
    return {own: printed[there] for own, there in here.items()}


def _hints_of(draft: Draft) -> Mapping[str, Sequence[str]]:
    """Return what is to be written in each section, as its blank says."""
    report = draft.reading.report
    found = {}
    for section in draft.form.text_sections:
        lines = describe_section(draft.form, section.key, report.body.level, report.year)
        whole = [one for one in lines[0].hint.split("；") if one and "插入行" not in one]
        parts = [line.hint for line in lines[1:] if line.text is None and line.hint]
        found[section.key] = [*whole, *parts]

    return found


def previews_of(draft: Draft) -> dict[str, str]:
    """Return the text of each section that takes figures from the tables, as it will be printed."""
    report = draft.reading.report
    return {
        Address.of_section(key): "\n".join(report.paragraphs_of(key))
        for key in draft.texts
        if any(mark in draft.prose_of(key) for mark in ("【", "{{", "｛｛"))
    }


def version_of(draft: Draft) -> str:
    """Return a digest of what stands in the files of a draft."""
    from docgen import files

    digests = [files.sha256(data) for _, data in sorted(draft.reading.inputs.items())]
    return files.sha256("".join(digests).encode())[:16]


async def save_edits(request: Request) -> Response:
    """Save what was typed, and return what is wrong now; for the script of the page."""
    path = find_draft(request)
    try:
        given = json.loads(await request.body())
        edits = [TypedEdit(*(str(part) for part in one)) for one in given["edits"][:_MOST_EDITS]]
    except (ValueError, KeyError, TypeError):
        raise HTTPException(400, "没有看懂这一页送来的内容，请重新打开它。") from None

    return await run_in_threadpool(_save_and_tell, request.app.state.folder, path, edits)


def _save_and_tell(folder: DeskFolder, path: Path, edits: list[TypedEdit]) -> Response:
    try:
        clashes = edit_draft(path, edits)
    except Stop as error:
        return JSONResponse({"stopped": why_unreadable(error)}, 409)

    outcome = check_draft(path, folder.previous)
    if outcome.reading is None:
        return JSONResponse({"stopped": why_unreadable(Stop(*outcome.findings))}, 409)

    return JSONResponse(_as_told(path, outcome, edits, clashes))


def _as_told(
    path: Path, outcome: Outcome, edits: list[TypedEdit], clashes: list[Clash]
) -> dict[str, object]:
    """Return what the page shows anew after an edit."""
    assert outcome.reading is not None
    draft = draft_of(path, outcome.reading)
    told = tell_outcome(outcome, draft.reading)
    return {
        "findings": findings_html(told, name_of(path)),
        "state": told.state,
        "sound": told.sound,
        "ids": told.ids,
        "marks": told.marks,
        "computed": draft.computed(),
        "previews": previews_of(draft),
        "version": version_of(draft),
        "values": {one.address: value_of(draft, one.address) for one in edits},
        "clashes": [
            {"address": one.edit.address, "label": one.label, "there": one.there, "why": one.why}
            for one in clashes
        ],
    }


def value_of(draft: Draft, address: str) -> str:
    """Return what stands in a field."""
    section = Address(address).section
    return draft.prose_of(section) if section in draft.texts else draft.text_of(address)


def findings_html(told: Told, name: str) -> str:
    """Return the list of findings, as the page has it."""
    today = print_date(datetime.date.today())  # noqa: DTZ011  the office's own day
    return fill_page(
        "findings.html",
        told=told.findings,
        passed=told.passed,
        name=name,
        AT=AT,
        today=today,
        given={},
    )


async def save_form(request: Request) -> Response:
    """Save all fields of the page as it was sent without scripts."""
    path = find_draft(request)
    async with request.form(max_fields=_MOST_EDITS) as form:
        given = {key: str(value) for key, value in form.items()}
    return await run_in_threadpool(_save_fields, request.app.state.folder, path, given)


def _save_fields(folder: DeskFolder, path: Path, given: Mapping[str, str]) -> Response:
    try:
        draft = open_draft(path)
        fields = {key.removeprefix(AT): text for key, text in given.items() if key.startswith(AT)}
        now = {address: value_of(draft, address) for address in fields}
        edits = [TypedEdit(one, now[one], text.replace("\r", "")) for one, text in fields.items()]
        if given.get("version") != version_of(draft):  # another window was there first
            clashes = [
                Clash(one, draft.label_of(one.address), one.was, "")
                for one in edits
                if one.was != one.now.strip()
            ]
            return _draft_page(folder, path, clashes)
        if taken := given.get("take"):
            address, value, was = taken.split("|", 2)
            edits = [*(one for one in edits if one.address != address),
                     TypedEdit(address, was, value)]  # fmt: skip
        if copied := given.get("copy"):
            edits = [_with_last_year(one, copied, draft, folder) for one in edits]
        clashes = edit_draft(path, edits)
        not_done = ""
        act = given.get("act", "")
        if act and not clashes and (question := ask_first(open_draft(path), act)):
            return _draft_page(folder, path, given=given, question=(question, SURE + act))
        if act and not clashes:
            not_done = do_act(path, act, given, lambda: check_draft(path, folder.previous))
    except (Stop, ValueError) as error:
        why = why_unreadable(error) if isinstance(error, Stop) else "没有看懂这一页送来的内容"
        raise HTTPException(409, why) from None

    if clashes or not_done:
        return _draft_page(folder, path, clashes, not_done, given)
    return RedirectResponse(f"/draft/{name_of(path)}", 303)


def _with_last_year(edit: TypedEdit, address: str, draft: Draft, folder: DeskFolder) -> TypedEdit:
    """Return an edit of a section with last year's text below what it puts there.

    The sentences that came with the blank stand in last year's text too: it takes their place.
    """
    last = find_last(draft, folder.previous)
    section = Address(address).section
    if edit.address != address or last is None or section not in draft.texts:
        return edit
    text = "\n".join(last.report.paragraphs_of(section))
    own = "" if draft.is_ready_only(edit.now) else edit.now.strip()
    return edit._replace(now="\n".join(filter(None, [own, text])))


async def show_page(request: Request) -> Response:
    """Show how the report will look on the portal; it runs no script."""
    path = find_draft(request)
    return await run_in_threadpool(_shown_page, path)


def _shown_page(path: Path) -> Response:
    from docgen.publish.html import write_html

    draft = open_draft(path)
    page = write_html(draft.form, draft.reading.report)
    return HTMLResponse(page, headers={"Content-Security-Policy": SHOWN_POLICY})


async def take_into_sheets(request: Request) -> Response:
    """Make sheets to fill of a report that is none: JSON, or what was published."""
    return await run_in_threadpool(_sheets_of, request.app.state.folder, find_draft(request))


def _sheets_of(folder: DeskFolder, path: Path) -> Response:
    from docgen.desk.handed_in import make_sheets

    return RedirectResponse(f"/draft/{name_of(make_sheets(folder, path))}", 303)
