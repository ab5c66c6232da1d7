"""The addresses of the desk, each with the function that answers it."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from docgen.check.outcome import FAULT
from docgen.desk import (
    clerk,
    county,
    county_files,
    county_roster,
    county_sum,
    handed_in,
    home,
    results,
    returned,
    verified,
)
from docgen.desk.county_work import CountyState
from docgen.desk.folder import DeskFolder
from docgen.desk.guard import Guard
from docgen.desk.pages import send_page
from docgen.desk.task import Tasks
from docgen.desk.told import tell_finding
from docgen.errors import Stop

_HERE = Path(__file__).parent


def make_app(folder: Path, port: int, token: str) -> Starlette:
    """Return the desk over a folder, for the browser that opens it with this token."""
    routes = [
        Route("/", home.show_home),
        Route("/handed-in", handed_in.receive_file, methods=["POST"]),
        Route("/handed-in/{file}", handed_in.show_file),
        Route("/handed-in/{file}/verify", verified.verify_handed_in, methods=["POST"]),
        Route("/handed-in/{file}/{what}", handed_in.begin_with_file, methods=["POST"]),
        Route("/new", home.begin_report, methods=["POST"]),
        Route("/draft/{name}", clerk.show_draft, methods=["GET"]),
        Route("/draft/{name}", clerk.save_form, methods=["POST"]),
        Route("/draft/{name}/edit", clerk.save_edits, methods=["POST"]),
        Route("/draft/{name}/page", clerk.show_page),
        Route("/draft/{name}/do/{verb}", results.do_verb, methods=["POST"]),
        Route("/draft/{name}/work", results.show_work),
        Route("/draft/{name}/halt", results.halt_verb, methods=["POST"]),
        Route("/draft/{name}/file/{file}", results.send_output),
        Route("/draft/{name}/back", returned.receive_returned, methods=["POST"]),
        Route("/draft/{name}/back/{file}", returned.show_changes),
        Route("/draft/{name}/back/{file}", returned.take_changes, methods=["POST"]),
        Route("/draft/{name}/verify", verified.verify_returned, methods=["POST"]),
        Route("/draft/{name}/last-year", returned.show_last_year),
        Route("/draft/{name}/sheets", clerk.take_into_sheets, methods=["POST"]),
        Route("/county", county.show_county),
        Route("/county/files", county_files.show_files, methods=["GET"]),
        Route("/county/files", county.receive_files, methods=["POST"]),
        Route("/county/collect", county.begin_collecting, methods=["POST"]),
        Route("/county/progress", county.show_progress),
        Route("/county/halt", county.halt_work, methods=["POST"]),
        Route("/county/body/{body}", county.show_body),
        Route("/county/body/{body}/{file}", county.send_return),
        Route("/county/file/{file}", county_files.send_result),
        Route("/county/zip/{group}", county_files.send_zip),
        Route("/county/roster", county_roster.show_roster, methods=["GET"]),
        Route("/county/roster", county_roster.receive_roster, methods=["POST"]),
        Route("/county/roster/use", county_roster.choose_roster, methods=["POST"]),
        Route("/county/roster/new", county_roster.send_blank_roster),
        Route("/county/roster/last-year", county_roster.receive_last_year, methods=["POST"]),
        Route("/county/roster/list", county_roster.begin_listing, methods=["POST"]),
        Route("/county/roster/listed", county_roster.use_listed, methods=["POST"]),
        Route("/county/blanks", county_roster.begin_giving_out, methods=["POST"]),
        Route("/county/sum", county_sum.show_sum, methods=["GET"]),
        Route("/county/sum", county_sum.begin_adding_up, methods=["POST"]),
        Route("/county/sum/{name}/compare", county_sum.begin_comparing, methods=["POST"]),
        Route("/county/sum/{name}/renew", county_sum.begin_renewing, methods=["POST"]),
        Route("/county/sum/trace/{file}", county_sum.send_trace),
        Route("/quit", home.shut_desk, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, port=port, token=token)],
        exception_handlers={HTTPException: _tell_refused, Stop: _tell_stop, Exception: _tell_fault},
    )
    app.state.folder = DeskFolder(folder)
    app.state.tasks = Tasks()
    app.state.county = CountyState()
    return app


async def _tell_refused(_request: Request, error: Exception) -> Response:
    """Tell why a page is not to be had."""
    assert isinstance(error, HTTPException)
    why = "没有这一页。" if error.detail == "Not Found" else error.detail
    return send_page("refused.html", error.status_code, why=why, findings=())


async def _tell_stop(request: Request, error: Exception) -> Response:
    """Tell what stopped docgen, and nothing of where the folder of work lies."""
    assert isinstance(error, Stop)
    root = f"{request.app.state.folder.root}{os.sep}"
    told = [tell_finding(finding.as_json()) for finding in error.findings]
    told = [one._replace(message=one.message.replace(root, "")) for one in told]
    return send_page("refused.html", 409, why="没有做成。", findings=told)


async def _tell_fault(_request: Request, error: Exception) -> Response:
    """Tell of docgen's own fault, as every command does."""
    found = FAULT.at(what=f"{type(error).__name__}：{error}")
    return send_page("refused.html", 500, why="docgen 自己出错了。", findings=[found])
