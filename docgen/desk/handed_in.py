"""A file that is dropped on the first page: what it is, and what is to become of it.

It is kept as it came. What is filled in is a copy of it, or sheets made of it.
"""

from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docgen import files
from docgen.blank import blank_report, blank_target, form_for, write_blank
from docgen.desk.folder import DeskFolder, name_of, safe_name
from docgen.desk.pages import send_page
from docgen.desk.told import tell_finding
from docgen.desk.uploads import find_upload, keep_upload
from docgen.errors import Stop
from docgen.forms.form import Form
from docgen.importing import import_report, with_level
from docgen.importing.writing import input_target, write_input
from docgen.model import Report
from docgen.read import read_report

#: Where what was handed in is kept.
HANDED_IN = "交来的"
#: A workbook is filled in as it is; of all else sheets are made.
_WORKBOOKS = (".xlsx",)


async def receive_file(request: Request) -> Response:
    """Keep a file that was dropped, and ask what is to become of it."""
    path = await keep_upload(request, HANDED_IN)
    return RedirectResponse(f"/handed-in/{name_of(path)}", 303)


async def show_file(request: Request) -> Response:
    """Show whose report a file is, and what can be begun with it."""
    return await run_in_threadpool(
        _file_page, request.app.state.folder, find_upload(request, HANDED_IN)
    )


def _file_page(folder: DeskFolder, path: Path) -> Response:
    sent_out = [(name_of(one), one.name) for one in folder.list_drafts() if folder.outputs_of(one)]
    try:
        reading = read_report(path)
    except Stop as error:
        found = [tell_finding(one.as_json()) for one in error.findings]
        return send_page(
            "handed_in.html",
            file=name_of(path),
            path=path.name,
            report=None,
            findings=found,
            sent_out=sent_out,
        )

    return send_page(
        "handed_in.html",
        file=name_of(path),
        path=path.name,
        report=reading.report,
        kind=reading.form.name,
        findings=(),
        sent_out=sent_out,
        as_it_is=path.suffix.lower() in _WORKBOOKS,
    )


async def begin_with_file(request: Request) -> Response:
    """Begin next year's report with a file, or go on with the one it holds."""
    what = request.path_params["what"]
    if what not in ("next", "same"):
        raise HTTPException(404, "没有这个按钮。")
    work = _begin_next if what == "next" else _go_on
    return await run_in_threadpool(work, request.app.state.folder, find_upload(request, HANDED_IN))


def _begin_next(folder: DeskFolder, path: Path) -> Response:
    """Begin the report of the year after. Raise Stop."""
    data = files.read_bytes(path)
    last = folder.free_place(folder.last_year, path.name, data)
    if not last.exists():
        files.write_together({last: data})
    reading = read_report(last)
    reading = replace(reading, report=with_level(reading.report))
    if reading.report.year is None or not reading.report.body.name:
        raise HTTPException(409, "没有读出机关名称或年度。请在首页“开始一份新的”里写上它们。")

    year = reading.report.year + 1
    form = form_for(year, None, reading)
    report = blank_report(form, year, "", reading)
    return RedirectResponse(f"/draft/{name_of(lay_blank(folder, form, report))}", 303)


def lay_blank(folder: DeskFolder, form: Form, report: Report) -> Path:
    """Write a blank, and return where; the same body's that was begun already is gone on with.

    Another body's of that year has the name: then it is named by its body. Raise Stop.
    """
    there = blank_target(form, report.year, folder.inputs, workbook=False)
    if not there.exists():
        return write_blank(form, report, folder.inputs, workbook=False)[0].parent

    name = f"{safe_name(report.body.short_name or report.body.name or '')}{report.year}"
    named_by_body = blank_target(form, report.year, folder.inputs, workbook=False, name=name)
    for begun in (there, named_by_body):
        if begun.exists() and read_report(begun).report.body.name == report.body.name:
            return begun
    return write_blank(form, report, folder.inputs, workbook=False, name=name)[0].parent


def _go_on(folder: DeskFolder, path: Path) -> Response:
    """Fill in what a file holds: a workbook in a copy, all else in sheets. Raise Stop."""
    if path.suffix.lower() in _WORKBOOKS:
        read_report(path)  # what cannot be read is no draft
        data = files.read_bytes(path)
        target = folder.free_place(folder.inputs, path.name, data)
        if not target.exists():
            files.write_together({target: data})
    else:
        target = make_sheets(folder, path)
    return RedirectResponse(f"/draft/{name_of(target)}", 303)


def make_sheets(folder: DeskFolder, path: Path) -> Path:
    """Make sheets to fill of a report that is none, and return where they are. Raise Stop."""
    imported = import_report(path)
    target = input_target(folder.inputs, imported.reading, workbook=False, alone=False)
    write_input(imported, target)
    return target
