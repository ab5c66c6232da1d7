"""Open data: every cell of a report as CSV, a cell a row, and the whole report as JSON.

The JSON has the shape of docgen's own input, so docgen reads it again. Digits stay as they are:
no figure passes through a float. The unit of a figure is what its form says, never guessed.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from docgen.address import Address
from docgen.files.visible import is_formula
from docgen.forms.form import Figure, Form
from docgen.forms.layout import label_of
from docgen.forms.table import Line, Number
from docgen.model import Report, print_number
from docgen.word.blocks import Difference

#: What follows the document's name: `2024.数据.csv`, `2024.数据.json`.
CSV, JSON = ".数据.csv", ".数据.json"

HEAD = ("表", "行", "列", "地址", "数值", "单位")
#: What the office tells docgen for its checks, and the report does not say: not for the public.
_WORKING = ("deadline", "neighbours", "unconfirmed")


def write_data(form: Form, report: Report) -> dict[str, bytes]:
    """Return the files of a sound report by what follows the document's name."""
    tree = _json_text(_json_tree(form, report))
    return {CSV: _csv_bytes(form, report), JSON: f"{tree}\n".encode()}


def write_json_input(form: Form, report: Report) -> bytes:
    """Return the report as the JSON input that it is read from; null where a cell is to fill in."""
    tree = _json_tree(form, report)
    figures = tree.get("figures")
    if isinstance(figures, dict):
        tree["figures"] = _with_blanks(form, figures)

    working = report.model_dump(mode="json", include=set(_WORKING), exclude_none=True)
    tree |= {name: value for name, value in working.items() if value}
    body, signature = tree.get("body"), tree.get("signature")
    for part, names in ((body, ("name", "level")), (signature, ("name", "date"))):
        if isinstance(part, dict):
            part |= {name: None for name in names if name not in part}

    ordered = {name: tree[name] for name in Report.model_fields if name in tree}
    return f"{_json_text(ordered)}\n".encode()


def _with_blanks(
    form: Form, figures: Mapping[str, Mapping[str, Mapping[str, object]]]
) -> dict[str, dict[str, dict[str, object]]]:
    """Return figures with null for each cell that must be filled in and is not."""
    whole: dict[str, dict[str, dict[str, object]]] = {table: {} for table in figures}
    for figure in form.cells.values():
        table, row, column = figure.address.figure
        value = figures.get(table, {}).get(row, {}).get(column)
        if table in whole and (value is not None or not figure.cell.optional):
            whole[table].setdefault(row, {})[column] = value

    return whole


def _csv_bytes(form: Form, report: Report) -> bytes:
    """Return the cells of a report, one a row."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    for address, figure in form.cells.items():
        value = _value_of(figure, report)
        words = (figure.table.name, *_row_and_column(figure, report))
        writer.writerow([*map(_without_formula, words), address, value, figure.unit])

    return stream.getvalue().encode("utf-8-sig")


def _value_of(figure: Figure, report: Report) -> str:
    """Return what a cell holds: digits as they are, a text as no formula, nothing of a blank."""
    if figure.kind.is_number:
        number = report.figures.get(figure.address)
        return "" if number is None else print_number(number)
    return _without_formula(report.answers.get(figure.address, ""))


def _without_formula(text: str) -> str:
    """Return a text, after an apostrophe where a spreadsheet might take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def _row_and_column(figure: Figure, report: Report) -> tuple[str, str]:
    """Yield row and column in words, from the outermost group in; a band's title stands first."""

    def labels(path: tuple[Line, ...]) -> Iterator[str]:
        for depth in range(1, len(path) + 1):
            yield label_of(figure.table, path[:depth], report.wording)

    row = " / ".join(filter(None, (figure.band.title, *labels(figure.row))))
    return row, " / ".join(labels(figure.column))


def _json_tree(form: Form, report: Report) -> dict[str, object]:
    """Return the report in the shape of a JSON input; what it does not state is left out."""
    figures: dict[str, dict[str, dict[str, Number | str]]]
    figures = {table.key: {} for table in form.tables if not table.is_absent}
    for address, figure in form.cells.items():
        value = report.figures.get(address, report.answers.get(address))
        if value is not None:
            table, row, column = figure.address.figure
            figures[table].setdefault(row, {})[column] = value

    hidden = {"figures", "answers", *_WORKING}
    tree = report.model_dump(mode="json", exclude=hidden, exclude_none=True)
    tree["figures"] = figures  # in the place it has in the model
    for name in ("wording", "units", "absent"):
        if not tree[name]:
            del tree[name]

    asked = {
        "preface": form.preface,
        "sections": form.text_sections,
        "figures": form.tables,
        "signature": form.signed,
    }
    return {n: tree[n] for n in Report.model_fields if n in tree and asked.get(n, True)}


def _json_text(value: object, indent: str = "") -> str:
    """JSON with every number digit for digit; the library's own would make decimals floats."""
    inner = indent + "  "
    if isinstance(value, Mapping):
        lines = [
            f"{inner}{_json_text(key)}: {_json_text(part, inner)}" for key, part in value.items()
        ]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"

    if isinstance(value, list):
        lines = [f"{inner}{_json_text(part, inner)}" for part in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]" if lines else "[]"

    if isinstance(value, Number):
        return print_number(value)

    return json.dumps(value, ensure_ascii=False)


def read_data(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Read the figures of each file by address. Raise ValueError for what is none."""
    return {
        name: _read_csv(data) if name == CSV else _read_json(data) for name, data in files.items()
    }


def _read_csv(data: bytes) -> dict[str, str]:
    """Read the figures of the CSV file. Raise ValueError for another one."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    if tuple(head) != HEAD or any(len(row) != len(HEAD) for row in rows):
        raise ValueError("the columns are not those of the open data")
    if len({row[3] for row in rows}) < len(rows):
        raise ValueError("an address stands there twice")
    return {row[3]: row[4] for row in rows}


def _read_json(data: bytes) -> dict[str, str]:
    """Read the figures of the JSON file, as they are spelled."""
    tree = json.loads(data, parse_int=str, parse_float=str)
    return dict(_tree_leaves(tree.get("figures", {}), Address()))


def _tree_leaves(tree: object, above: Address) -> Iterator[tuple[Address, str]]:
    """Yield every value of a tree with its address."""
    if not isinstance(tree, Mapping):
        yield above, str(tree)
        return
    for key, part in tree.items():
        yield from _tree_leaves(part, Address.of(above, key))


def _expected_cells(form: Form, report: Report, name: str) -> dict[str, str]:
    """Return what each cell says in the file of this name; JSON has texts as they are."""
    expected = {address: _value_of(figure, report) for address, figure in form.cells.items()}
    return {**expected, **report.answers} if name == JSON else expected


def data_differences(form: Form, report: Report, files: Mapping[str, bytes]) -> list[Difference]:
    """Return every cell that a file states otherwise than the report, leaves out or adds."""
    found = []
    for name, actual in read_data(files).items():
        expected = _expected_cells(form, report, name)
        for address in dict.fromkeys((*expected, *actual)):
            pair = expected.get(address, ""), actual.get(address, "")
            if pair[0] != pair[1]:
                label = form.cells[address].label if address in form.cells else address
                found.append(Difference(f"{name.lstrip('.')} {label}", *pair))

    return found
