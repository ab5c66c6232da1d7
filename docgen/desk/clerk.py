"""The page of one report: its fields, what is wrong with them, and what can be made of it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from docgen.address import Address
from docgen.check.outcome import Outcome
from docgen.desk.draft import (
    Clash,
    Draft,
    TypedEdit,
    check_draft,
    edit_draft,
    open_draft,
    why_unreadable,
)
from docgen.desk.folder import DeskFolder, find_draft, name_of
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import fill_page, send_page
from docgen.desk.tables import AT, Shown, write_table
from docgen.desk.told import ToldFinding, tell_outcome
from docgen.errors import Stop
from docgen.model import LEVELS, print_number

#: The most edits that one request makes: a pasted block of the largest table is below this.
_MOST_EDITS = 20_000


async def show_draft(request: Request) -> Response:
    """Show a report with all its fields."""
    path = find_draft(request)
    return await run_in_threadpool(_draft_page, request.app.state.folder, path)


def _draft_page(folder: DeskFolder, path: Path, clashes: list[Clash] | None = None) -> Response:
    outcome = check_draft(path, folder.previous)
    if outcome.reading is None:
        return send_page("unreadable.html", path=path.name, findings=outcome.findings)

    draft = Draft(path, outcome.reading)
    told = tell_outcome(outcome, draft.reading)
    shown = Shown(draft, _last_values(draft, folder), told.ids, told.marks)
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
    return send_page(
        "draft.html",
        draft=draft,
        name=name_of(path),
        preface=draft.form.preface,
        parts=parts,
        facts=draft.facts,
        levels=[names[0] for names in LEVELS.values()],
        shown=shown,
        told=told.findings,
        state=told.state,
        sound=told.sound,
        version=version_of(draft),
        outputs=[(name_of(one), one.name) for one in folder.outputs_of(path)],
        clashes=clashes or [],
        AT=AT,
        Address=Address,
    )


def _last_values(draft: Draft, folder: DeskFolder) -> Mapping[str, str]:
    """Return last year's figures by the address that each has this year."""
    from docgen.check.judge import find_last_year
    from docgen.model import align_cells

    last = find_last_year(draft.path, draft.reading, folder.previous)
    if last is None:
        return {}
    here = align_cells(draft.reading.report, last.report, last.report.figures)
    figures = last.report.figures
    return {own: print_number(figures[there]) for own, there in here.items()}


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
    draft = Draft(path, outcome.reading)
    told = tell_outcome(outcome, draft.reading)
    return {
        "findings": findings_html(told.findings, name_of(path)),
        "state": told.state,
        "sound": told.sound,
        "ids": told.ids,
        "marks": told.marks,
        "computed": draft.computed(),
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


def findings_html(told: Sequence[ToldFinding], name: str) -> str:
    """Return the list of findings, as the page has it."""
    return fill_page("findings.html", told=told, name=name, AT=AT)


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
            address, was, value = taken.split("|", 2)
            edits = [*(one for one in edits if one.address != address),
                     TypedEdit(address, was, value)]  # fmt: skip
        clashes = edit_draft(path, edits)
    except (Stop, ValueError) as error:
        why = why_unreadable(error) if isinstance(error, Stop) else "没有看懂这一页送来的内容"
        raise HTTPException(409, why) from None

    if clashes:
        return _draft_page(folder, path, clashes)
    return RedirectResponse(f"/draft/{name_of(path)}", 303)


async def show_page(request: Request) -> Response:
    """Show how the report will look on the portal; it runs no script."""
    path = find_draft(request)
    return await run_in_threadpool(_shown_page, path)


def _shown_page(path: Path) -> Response:
    from docgen.publish.html import write_html

    draft = open_draft(path)
    page = write_html(draft.form, draft.reading.report)
    return HTMLResponse(page, headers={"Content-Security-Policy": SHOWN_POLICY})


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
    from docgen.desk.verbs import VERBS, run_verb

    path = find_draft(request)
    verb = VERBS.get(request.path_params["verb"])
    if verb is None:
        raise HTTPException(404, "没有这个按钮。")
    folder: DeskFolder = request.app.state.folder
    result = await run_in_threadpool(run_verb, verb, folder, path)
    outputs = [(name_of(one), one.name) for one in folder.outputs_of(path)]
    return send_page(
        "result.html", name=name_of(path), draft=path.name, result=result, outputs=outputs
    )


async def take_into_sheets(request: Request) -> Response:
    """Make sheets to fill of a report that is none: JSON, or what was published."""
    return await run_in_threadpool(_sheets_of, request.app.state.folder, find_draft(request))


def _sheets_of(folder: DeskFolder, path: Path) -> Response:
    from docgen.importing import import_report
    from docgen.importing.writing import input_target, write_input

    imported = import_report(path)
    target = input_target(folder.inputs, imported.reading, workbook=False, alone=False)
    write_input(imported, target)
    return RedirectResponse(f"/draft/{name_of(target)}", 303)
