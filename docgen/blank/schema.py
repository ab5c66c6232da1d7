"""The JSON Schema of an input: the report model's, with the cells and sections of a form."""

from pydantic.json_schema import JsonSchemaValue as Schema

from docgen.blank.hints import describe_cell
from docgen.forms.form import Figure, Form
from docgen.forms.table import Kind
from docgen.model import Report

_REQUIRED = {
    "Report": ["form", "year", "body", "sections", "figures", "signature"],
    "Body": ["name", "level"],
    "Signature": ["name", "date"],
    "Waiver": ["code", "reason", "by", "date"],
    "Question": ["question"],
}
_UNIT = "^unit[1-9][0-9]*$"  # the key of a row that stands for a unit: unit1, unit12; not unit0
_TITLES = {"Body": "机关", "Signature": "落款", "Waiver": "一条豁免", "Question": "一个问题"}


def json_schema(form: Form) -> Schema:
    """Return the schema of a JSON input for this form, with Chinese titles (draft 2020-12)."""
    schema = Report.model_json_schema()
    for name, part in (("Report", schema), *schema["$defs"].items()):
        part["required"] = _REQUIRED[name]
        del part["description"]  # the docstring: for programmers, in English
        part["title"] = _TITLES.get(name, form.name)
        for field, value in part["properties"].items():
            part["properties"][field] = _without_null(value)

    properties = schema["properties"]
    _leave_out(schema, form)
    properties["form"] |= {"const": form.key}
    properties["year"] |= {"minimum": form.first_year}
    if form.last_year:
        properties["year"] |= {"maximum": form.last_year}

    if form.tables:
        properties["figures"] = _cell_tables(form)
    paragraphs = {"type": "array", "items": {"type": "string"}}
    if form.text_sections:
        properties["sections"] = _closed_object(
            "正文",
            {s.key: paragraphs | {"title": s.title, "minItems": 1} for s in form.text_sections},
        )
    properties["wording"] = _closed_object(
        "用语", {a: {"type": "string", "title": line.label} for a, line in form.wordings.items()}
    ) | {"required": []}

    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _leave_out(schema: Schema, form: Form) -> None:
    """Take out of a schema what reports of this form have not; say what units and absence are."""
    properties = schema["properties"]
    has_units = {table.key: table.name for table in form.tables if table.each}
    may_lack = {table.key: table.absent for table in form.tables if table.absent}
    present = {
        "preface": form.preface,
        "sections": form.text_sections,
        "figures": form.tables,
        "signature": form.signed,
        "units": has_units,
        "absent": may_lack,
        "answers": False,  # with the figures
    }
    for name, there in present.items():
        if not there:
            del properties[name]
            schema["required"] = [key for key in schema["required"] if key != name]

    if not form.signed:
        del schema["$defs"]["Signature"]
    if has_units:
        names = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        properties["units"] = _closed_object(
            properties["units"]["title"],
            {key: names | {"title": name} for key, name in has_units.items()},
        ) | {"required": []}
    if may_lack:
        said = "；".join(f"{key}：{sentence}" for key, sentence in may_lack.items())
        properties["absent"] |= {"items": {"enum": list(may_lack)}, "description": said}


def _without_null(value: Schema) -> Schema:
    """Return a field without None, which says inside docgen that it could not be read."""
    kept = {key: part for key, part in value.items() if key not in ("anyOf", "default")}
    kinds = [kind for kind in value.get("anyOf", ()) if kind != {"type": "null"}]
    return {**kept, **kinds[0]} if kinds else kept


def _closed_object(title: str, properties: Schema) -> Schema:
    """Return the schema of an object that needs all of these members and takes no others."""
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _cell_tables(form: Form) -> Schema:
    """Return tables of rows of columns; what may be blank, absent or a total is not required."""
    tables = {table.key: _closed_object(table.name, {}) for table in form.tables}
    for address, figure in form.cells.items():
        is_needed = not figure.cell.optional and address not in form.totals
        _put_cell(tables[figure.table.key], form, figure, is_needed=is_needed)

    whole = _closed_object("数据", tables)
    needed = (table.key for table in form.tables if not table.absent)
    whole["required"] = [key for key in needed if tables[key]["required"]]
    return whole


def _put_cell(table: Schema, form: Form, figure: Figure, *, is_needed: bool) -> None:
    """Put the schema of a cell into that of its row; all units share one."""
    _, row, column = figure.address.figure
    each = figure.table.each
    is_unit = each is not None and row == each.key
    rows = table.setdefault("patternProperties", {}) if is_unit else table["properties"]
    name = _UNIT if is_unit else row
    if name not in rows:
        rows[name] = _closed_object(form.wordings[figure.address.above].label, {})

    rows[name]["properties"][column] = _cell_schema(figure)
    if is_needed:
        rows[name]["required"].append(column)
        if not is_unit and row not in table["required"]:
            table["required"].append(row)


def _cell_schema(figure: Figure) -> Schema:
    """Return the schema of one cell, by its kind."""
    title, cell = {"title": figure.column[-1].label}, figure.cell
    if cell.kind.is_number:
        is_whole = cell.kind in (Kind.COUNT, Kind.CHANGE)
        least = {} if cell.kind is Kind.CHANGE else {"minimum": 0}
        return title | {"type": "integer" if is_whole else "number"} | least

    said = title | {"type": "string", "description": describe_cell(cell)}
    choices = ("是", "否") if cell.kind is Kind.YES else cell.choices
    if cell.kind in (Kind.YES, Kind.CHOICE):
        return said | {"enum": [*choices, ""] if cell.optional else list(choices)}
    return said
