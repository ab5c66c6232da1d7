"""What the office's forms call the members of a JSON input: its keys are short English names."""

from docgen.forms.form import Form
from docgen.model import FACTS, WAIVER, Report


def titled(form: Form, path: str, name: str = "") -> str:
    """The name (the path itself, unless given) of a member, with what the form calls it."""
    title = _title(form, path)
    return f"{name or path}（{title}）" if title else name or path


def _title(form: Form, path: str) -> str:
    """The Chinese name of `body`, `sections.overview`, `figures.requests.granted` and the like."""
    first, _, rest = path.partition(".")
    if path in FACTS:
        return FACTS[path]
    if first == "sections" and rest:
        key = rest.partition(".")[0]
        return next((section.title for section in form.sections if section.key == key), "")
    if first == "figures" and rest:
        tables = {table.key: table.name for table in form.tables}
        line = form.wordings.get(rest)
        figure = form.figures.get(rest)
        return figure.label if figure else line.label if line else tables.get(rest, "")
    if first == "waivers" and rest:
        return WAIVER.get(rest.rpartition(".")[2], "")
    field = Report.model_fields.get(first)
    return str(field.title) if field else ""
