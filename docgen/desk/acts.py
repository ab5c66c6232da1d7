"""What is done to a draft besides typing into its fields: rows of units, tables left out, waivers.

Each act is done in the files at once, as the office would do it there; a request names what it
means by its address, and the rest is looked up in what was read just now.
"""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from docgen.address import Address
from docgen.back.plan import open_source
from docgen.back.source import EditedSheets, NotWritable, cell_at
from docgen.blank.sheets import SheetCell, table_rows
from docgen.check.outcome import Outcome
from docgen.check.waivers import values_at
from docgen.desk.draft import Draft
from docgen.desk.edits import NO_SHEETS, held_draft, keep_before, put_files, take_back
from docgen.desk.told import blank_cells, can_waive, key_of_finding
from docgen.finding import Place
from docgen.forms.table import Table
from docgen.model import FACT_SHEET, WAIVER, WAIVER_SHEET, print_date, print_number
from docgen.read.entry import column_letters

#: The most characters that a reason or a name has, and a value that a waiver holds.
_MOST, _MOST_VALUE = 200, 120
#: So many rows below a table are looked through for one that is blank.
_FAR = 400

#: Before what a button asks for: the person was asked, and said yes.
SURE = "sure:"

Given = Mapping[str, str]


def do_act(path: Path, act: str, given: Given, check: Callable[[], Outcome]) -> str:
    """Do what a button asks of a draft; return why it could not be, blank if it is done.

    `given` are the fields of the page; `check` tells what is wrong now. Raise Stop if the draft
    can be neither read nor written.
    """
    kind, _, target = act.removeprefix(SURE).partition("|")
    do = _ACTS.get(kind)
    if kind == "take-back":
        try:
            take_back(path)
        except NotWritable as error:
            return str(error)
        return ""
    if do is None:
        return "没有这个按钮"

    try:
        with held_draft(path) as draft:
            if not draft.is_sheets:
                return NO_SHEETS
            source = cast("EditedSheets", open_source(draft.reading))
            words = _WORDS[kind](draft, target) if kind in _WORDS else ""
            do(draft, source, target, given, check)
            put_files(path, source)
            if words:
                keep_before(draft, words)
    except NotWritable as error:
        return str(error)
    return ""


def ask_first(draft: Draft, act: str) -> str:
    """Return what is asked before something is done; blank if it is done at once."""
    kind, _, target = act.partition("|")
    if kind == "drop-row" and target in draft.names:
        filled = sum(1 for one in _cells_of_unit(draft, target) if draft.text_of(one))
        return f"“{draft.names[target]}”这一行已经填了 {filled} 格，真要删去吗？" if filled else ""
    if kind == "fill-zeros" and (blank := _blank_numbers(draft, target)):
        return f"“{_table_at(draft, target).name}”里还空着 {len(blank)} 格，都填 0 吗？"
    return ""


def _cells_of_unit(draft: Draft, unit: str) -> list[str]:
    """Return the cells in the row of a unit."""
    return [
        address
        for address, figure in draft.form.cells.items()
        if figure.table.key == Address(unit).first
        and Address.of(figure.table.key, figure.row[-1].key) == unit
    ]


def _blank_numbers(draft: Draft, key: str) -> list[str]:
    """Return the cells of a table that take a number, must be filled in and are not."""
    cells = draft.form.cells
    return [
        address
        for address in blank_cells(draft.reading)
        if cells[address].table.key == key and cells[address].kind.is_number
    ]


def _fill_zeros(
    draft: Draft, source: EditedSheets, key: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    """Write 0 into every blank cell of a table, as the person said who knows it."""
    blank = _blank_numbers(draft, key)
    if not blank:
        raise NotWritable("这张表里没有空着的格")
    for address in blank:
        place = draft.reading.places.get(address)
        if place is None:
            raise NotWritable(f"表里没有“{draft.label_of(address)}”的位置")
        source.put_number(place, "0")


def _table_at(draft: Draft, key: str) -> Table:
    """Return the table of this key, as the form declares it. Raise NotWritable without one."""
    tables = (draft.form.declared or draft.form).tables
    table = next((table for table in tables if table.key == key), None)
    if table is None:
        raise NotWritable("没有这张表")
    return table


def _add_row(
    draft: Draft, source: EditedSheets, key: str, given: Given, _check: Callable[[], Outcome]
) -> None:
    """Write the name of one more unit where a row is blank; else in a row of its own."""
    table = _table_at(draft, key)
    name = " ".join(given.get(f"new:{key}", "").split())[:_MOST]
    if not table.each or key in draft.reading.report.absent:
        raise NotWritable("这张表里没有各单位的行")
    if not name:
        raise NotWritable(f"先写{table.each.label}，再加一行")
    if name in draft.reading.report.units.get(key, ()):
        raise NotWritable(f"“{name}”已经有一行了")

    place, is_free = _next_row(draft, source, table)
    if is_free:
        source.put_text(place, name)
    else:
        source.insert_row(place, name)


def _next_row(draft: Draft, source: EditedSheets, table: Table) -> tuple[Place, bool]:
    """Return where the next unit's name goes, and whether that row is blank already.

    If it is not, the row is to be put in below.
    """
    places = draft.reading.places
    own = [places[one] for one in draft.names if Address(one).first == table.key]
    cells = [places[one] for one in places if one.startswith(f"{table.key}.") and _is_cell(one)]
    if not cells:
        raise NotWritable("说不出这些行在表里的哪里，请在 Excel 或 WPS 里加")
    columns = [cell_at(place)[1] for place in cells]
    wide = range(max(columns) + 1)

    def is_blank(row: int) -> bool:
        try:
            texts = [source.text_at(_moved(cells[0], row, column)).strip() for column in wide]
        except NotWritable:
            return False  # below the last row
        return not any(texts[: min(columns)]) and not any(t.strip("0.") for t in texts)

    if own:
        last = max(own, key=cell_at)
        row, column = cell_at(last)
        below = last._replace(cell=f"{column_letters(column)}{row + 2}")
        return (below, True) if is_blank(row + 1) else (last, False)

    column = max(min(columns) - 1, 0)
    rows = [cell_at(place)[0] for place in cells]
    row = first = min(rows)
    if _comes_last(table):
        row = max(rows) + 1
        return _moved(cells[0], row if is_blank(row) else row - 1, column), is_blank(row)
    while row > 0 and first - row < _FAR and is_blank(row - 1):
        row -= 1
    return _moved(cells[0], row if row < first else first - 1, column), row < first


def _moved(place: Place, row: int, column: int) -> Place:
    """Return another cell of the sheet that a place stands in."""
    return place._replace(cell=f"{column_letters(column)}{row + 1}", address=Address())


def _is_cell(address: str) -> bool:
    return address.count(".") == 2


def _comes_last(table: Table) -> bool:
    """Whether the units stand below all other rows."""
    band = next(band for band in table.bands if any(row.each for row in band.rows))
    return band.rows[-1].each and len(band.rows) > 1


def _drop_row(
    draft: Draft, source: EditedSheets, target: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    if target not in draft.names:
        raise NotWritable("这一行已经不在了")
    source.remove_row(draft.reading.places[target])


def _leave_out(
    draft: Draft, source: EditedSheets, key: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    """Write that the body has no such business, below a table in which nothing is filled in."""
    table = _table_at(draft, key)
    report = draft.reading.report
    own = [one for one in draft.form.cells if Address(one).first == key]
    filled = [one for one in own if draft.text_of(one)]
    if not table.absent or key in report.absent:
        raise NotWritable("这张表不能写成没有这项业务")
    if filled or report.units.get(key):
        count = len(filled) or len(report.units[key])
        raise NotWritable(f"表里已经填了 {count} 处；真没有这项业务，先把它们清空、删去")

    place = next((draft.reading.places[one] for one in own if one in draft.reading.places), None)
    if place is None:
        raise NotWritable("说不出这张表在哪里，请在 Excel 或 WPS 里写")
    source.add_row(place, [table.absent])


def _take_in(
    draft: Draft, source: EditedSheets, key: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    """Take out that the body has no such business; where nothing else stood, the rows come back."""
    table, place = _table_at(draft, key), draft.reading.places.get(key)
    if place is None:
        raise NotWritable("这张表本来就要填")
    source.put_text(place, "")
    is_whole = _has_rows(source, place)
    source.remove_paragraph(place)
    if is_whole:
        return

    units = {key: ("",) * 3} if table.each else {}
    report = draft.reading.report.model_copy(update={"absent": (), "units": units})
    form = (draft.form.declared or draft.form).as_reported(units, ())
    fresh = next(one for one in form.tables if one.key == key)
    rows = [[_cell_text(cell) for cell in row] for row in table_rows(form, fresh, report)]
    for row in rows:
        source.add_row(place, row)


def _has_rows(source: EditedSheets, place: Place) -> bool:
    """Whether anything but one sentence stood in a sheet."""
    row, _ = cell_at(place)
    for number in range(row + 8):
        try:
            if any(source.text_at(_moved(place, number, column)).strip() for column in range(4)):
                return True
        except NotWritable:
            continue
    return False


def _cell_text(cell: SheetCell) -> str:
    if cell.value is None:
        return ""
    return cell.value if isinstance(cell.value, str) else print_number(cell.value)


def _waive(
    draft: Draft,
    source: EditedSheets,
    target: str,
    given: Given,
    check: Callable[[], Outcome],
) -> None:
    """Write a waiver of a finding, for what stands there now."""
    reason = " ".join(given.get(f"reason:{target}", "").split())[:_MOST]
    by = " ".join(given.get(f"by:{target}", "").split())[:_MOST]
    day = given.get(f"date:{target}", "").strip()[:_MOST]
    if not reason or not by:
        raise NotWritable("要放过一处，理由和批准人都要写")

    finding = next((one for one in check().findings if key_of_finding(one) == target), None)
    if finding is None or not can_waive(draft.form, finding):
        raise NotWritable("这一处已经不在了，或不能放过")

    value = next(values_at(draft.reading, finding))
    if len(value) > _MOST_VALUE and (finding.actual and finding.actual in value):
        value = finding.actual  # a paragraph is long: the words in question are enough
    place = next((one.address for one in finding.places if one.address), "")
    members = {"code": finding.code, "place": place, "value": value, "reason": reason, "by": by}
    members["date"] = day or print_date(datetime.date.today())  # noqa: DTZ011  the office's day
    _write_waiver(draft, source, members)


def _write_waiver(draft: Draft, source: EditedSheets, members: Mapping[str, str]) -> None:
    titles = list(WAIVER.values())
    row = [members.get(key, "") for key in WAIVER]
    if not source.has_sheet(WAIVER_SHEET):
        source.add_sheet(WAIVER_SHEET, [titles, row])
        return

    file = next((f for f in draft.reading.inputs if f.endswith(f"{WAIVER_SHEET}.csv")), "")
    head = Place(file or draft.reading.name, WAIVER_SHEET, "A1")
    heads = [source.text_at(_moved(head, 0, column)).strip() for column in range(12)]
    if not set(titles) <= set(heads):
        raise NotWritable(f"“{WAIVER_SHEET}”表的表头不是{'、'.join(titles)}，请在表里写")
    written = dict(zip(titles, row, strict=True))
    source.add_row(head, [written.get(one, "") for one in heads[: _last_filled(heads) + 1]])


def _last_filled(texts: list[str]) -> int:
    return max(number for number, text in enumerate(texts) if text)


def _drop_wording(
    draft: Draft, source: EditedSheets, target: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    """Have a line printed in the form's own words again."""
    place = draft.reading.places.get(target)
    if place is None or target not in draft.wordings:
        raise NotWritable("这一条已经不在了")
    if place.sheet == FACT_SHEET:
        source.remove_row(place)
    else:  # the head in the table itself is worded so
        source.put_text(place, draft.wordings[target])


def _unwaive(
    draft: Draft, source: EditedSheets, target: str, _given: Given, _check: Callable[[], Outcome]
) -> None:
    place = draft.reading.places.get(target)
    if place is None or Address(target).first != "waivers":
        raise NotWritable("这一条已经不在了")
    source.remove_row(place)


_ACTS: Mapping[str, Callable[[Draft, EditedSheets, str, Given, Callable[[], Outcome]], None]] = {
    "add-row": _add_row,
    "drop-row": _drop_row,
    "fill-zeros": _fill_zeros,
    "leave-out": _leave_out,
    "take-in": _take_in,
    "waive": _waive,
    "unwaive": _unwaive,
    "drop-wording": _drop_wording,
}

#: What can be taken back, and how it is told.
_WORDS: Mapping[str, Callable[[Draft, str], str]] = {
    "drop-wording": lambda draft, at: f"“{draft.wordings.get(at, '')}”改用了表式的用语",
    "drop-row": lambda draft, target: f"删去了“{draft.names.get(target, '')}”这一行",
    "fill-zeros": lambda draft, key: f"空着的 {len(_blank_numbers(draft, key))} 格都填了 0",
}
