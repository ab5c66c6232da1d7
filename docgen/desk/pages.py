"""Pages made of templates: every value is escaped, and nothing is looked up outside this folder."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from docgen.desk.told import for_desk

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["for_desk"] = for_desk
    return made


def fill_page(template: str, **values: object) -> str:
    """Return a template filled with these values."""
    return _environment().get_template(template).render(**values)


def send_page(template: str, code: int = 200, **values: object) -> HTMLResponse:
    """Return a page to send."""
    return HTMLResponse(fill_page(template, **values), code)
