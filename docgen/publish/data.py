"""Open data: every figure of a report as CSV, a figure a row, and the whole report as JSON.

The JSON has the shape of docgen's own input, so docgen reads it again. Digits stay as they are:
no figure passes through a float.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

from docgen.address import Address
from docgen.files.visible import is_formula
from docgen.forms.form import Figure, Form, Kind, Line, Number
from docgen.forms.layout import label_of
from docgen.model import Report, print_number
from docgen.word.blocks import Difference

#: What follows the document's name: `2024.数据.csv`, `2024.数据.json`.
CSV, JSON = ".数据.csv", ".数据.json"

HEAD = ("表", "行", "列", "地址", "数值", "单位")
#: The unit of a kind of figure, where its label does not say one.
_UNITS = {Kind.COUNT: "件", Kind.CHANGE: "件", Kind.AMOUNT: "万元"}
#: What the office tells docgen for its checks, and the report does not say: not for the public.
_WORKING = ("deadline", "neighbours")
_UNIT = re.compile(r"（单位：(.+?)）")


def write_data(form: Form, report: Report) -> dict[str, bytes]:
    """The files of a sound report by what follows the document's name."""
    return {CSV: _csv(form, report), JSON: (_json(_tree(report)) + "\n").encode()}


def _csv(form: Form, report: Report) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    for address, figure in form.figures.items():
        number = print_number(report.figures[address])
        words = (figure.table.name, *_names(figure, report))
        writer.writerow([*map(_plain, words), address, number, _unit(figure)])
    return stream.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what might be one."""
    return f"'{text}" if is_formula(text) else text


def _names(figure: Figure, report: Report) -> tuple[str, str]:
    """Row and column in words, from the outermost group in; a band's title stands first."""

    def labels(path: tuple[Line, ...]) -> Iterator[str]:
        for depth in range(1, len(path) + 1):
            yield label_of(figure.table, path[:depth], report.wording)

    row = " / ".join(filter(None, (figure.band.title, *labels(figure.row))))
    return row, " / ".join(labels(figure.column))


def _unit(figure: Figure) -> str:
    said = _UNIT.search(figure.column[-1].label)
    return said[1] if said else _UNITS[figure.kind]


def _tree(report: Report) -> dict[str, object]:
    """The report in the shape of a JSON input; what it does not state is left out."""
    figures: dict[str, dict[str, dict[str, Number]]] = {}
    for address, number in report.figures.items():
        table, row, column = Address(address).figure
        figures.setdefault(table, {}).setdefault(row, {})[column] = number

    tree = report.model_dump(mode="json", exclude={"figures", *_WORKING}, exclude_none=True)
    tree["figures"] = figures  # in the place it has in the model
    if not report.wording:
        del tree["wording"]
    return {name: tree[name] for name in Report.model_fields if name in tree}


def _json(value: object, indent: str = "") -> str:
    """JSON with every number digit for digit; the library's own would make decimals floats."""
    inner = indent + "  "
    if isinstance(value, Mapping):
        lines = [f"{inner}{_json(key)}: {_json(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"
    if isinstance(value, list):
        lines = [f"{inner}{_json(part, inner)}" for part in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]" if lines else "[]"
    if isinstance(value, Number):
        return print_number(value)
    return json.dumps(value, ensure_ascii=False)


def read_data(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """The figures of each file by address, digit for digit. Raises ValueError for what is none."""
    return {
        name: _read_csv(data) if name == CSV else _read_json(data) for name, data in files.items()
    }


def _read_csv(data: bytes) -> dict[str, str]:
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    if tuple(head) != HEAD or any(len(row) != len(HEAD) for row in rows):
        raise ValueError("the columns are not those of the open data")
    if len({row[3] for row in rows}) < len(rows):
        raise ValueError("an address stands there twice")
    return {row[3]: row[4] for row in rows}


def _read_json(data: bytes) -> dict[str, str]:
    tree = json.loads(data, parse_int=str, parse_float=str)
    return dict(_leaves(tree["figures"], Address()))


def _leaves(tree: object, above: Address) -> Iterator[tuple[Address, str]]:
    """Yield every value of a tree with its address."""
    if not isinstance(tree, Mapping):
        yield above, str(tree)
        return
    for key, part in tree.items():
        yield from _leaves(part, Address.of(above, key))


def data_differences(form: Form, report: Report, files: Mapping[str, bytes]) -> list[Difference]:
    """Every figure that a file states otherwise than the report, leaves out or adds."""
    expected = {address: print_number(report.figures[address]) for address in form.figures}
    found = []
    for name, actual in read_data(files).items():
        for address in dict.fromkeys((*expected, *actual)):
            pair = expected.get(address, ""), actual.get(address, "")
            if pair[0] != pair[1]:
                label = form.figures[address].label if address in form.figures else address
                found.append(Difference(f"{name.lstrip('.')} {label}", *pair))
    return found
