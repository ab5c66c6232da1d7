"""The JSON Schema of an input: the report model's, with the figures and sections of a form."""

from pydantic.json_schema import JsonSchemaValue as Schema

from docgen.address import Address
from docgen.forms.form import Figure, Form, Kind
from docgen.model import Report

_REQUIRED = {
    "Report": ["form", "year", "body", "sections", "figures", "signature"],
    "Body": ["name", "level"],
    "Signature": ["name", "date"],
    "Waiver": ["code", "reason", "by", "date"],
}
_TITLES = {"Body": "机关", "Signature": "落款", "Waiver": "一条豁免"}


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
    for name in ("answers", "units", "absent"):
        del properties[name]
    properties["form"] |= {"const": form.key}
    properties["year"] |= {"minimum": form.first_year}
    if form.last_year:
        properties["year"] |= {"maximum": form.last_year}

    properties["figures"] = _figure_tables(form)
    paragraphs = {"type": "array", "items": {"type": "string"}}
    properties["sections"] = _closed_object(
        "正文",
        {s.key: paragraphs | {"title": s.title, "minItems": 1} for s in form.text_sections},
    )
    properties["wording"] = _closed_object(
        "用语", {a: {"type": "string", "title": line.label} for a, line in form.wordings.items()}
    ) | {"required": []}

    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


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


def _figure_tables(form: Form) -> Schema:
    """Tables of rows of columns; what may be left out as a total is not required."""
    tables: Schema = {}
    for table in form.tables:
        rows: Schema = {}
        for address, figure in form.figures.items():
            if figure.table is table:
                _, row, column = figure.address.figure
                label = form.wordings[Address.of(table.key, row)].label
                entry = rows.setdefault(row, _closed_object(label, {}))
                entry["properties"][column] = _figure_schema(figure)
                if address not in form.totals:
                    entry["required"].append(column)

        tables[table.key] = _closed_object(table.name, rows)
        tables[table.key]["required"] = [row for row, part in rows.items() if part["required"]]

    return _closed_object("数据", tables)


def _figure_schema(figure: Figure) -> Schema:
    """Return the schema of one figure, by its kind."""
    kind = "number" if figure.kind is Kind.AMOUNT else "integer"
    least = {} if figure.kind is Kind.CHANGE else {"minimum": 0}
    return {"title": figure.column[-1].label, "type": kind} | least
