"""A workbook edited in place: the cells that are written, and no other part or format of it.

A row is never put in: what stands below would move, and with it merges and formulas. A paragraph
that is added stands in the cell of the one before it, on a line of its own.
"""

import datetime
import re
from collections.abc import Mapping
from functools import cached_property
from itertools import count

from lxml import etree

from docgen.back.source import NewFact, NotWritable, cell_at, spell_day
from docgen.files import ooxml
from docgen.files.ooxml import Element, tag_of
from docgen.files.xlsx import MOST_CHARACTERS, printable
from docgen.finding import Place
from docgen.read.entry import NoResult, column_letters
from docgen.read.workbook import read_workbook

#: AB of AB12.
_LETTERS = re.compile("[A-Z]+")
_FORMULA = "这一格是公式，写进去公式就没有了；请改公式引用的格"
_FIRST_DAY = datetime.datetime(1899, 12, 30)


class XlsxSource:
    """One workbook."""

    def __init__(self, inputs: Mapping[str, bytes]) -> None:
        [(self._name, self._data)] = inputs.items()
        self._parts = ooxml.read_parts(self._data)
        self._sheets = _sheets_of(self._parts)
        self._roots: dict[str, Element] = {}
        self._put: dict[tuple[str, str], str] = {}  # by sheet and cell

    @cached_property
    def _values(self) -> Mapping[str, Mapping[int, Mapping[int, object]]]:
        """The values of each sheet by row and column, as they stood before any edit."""
        sheets = read_workbook(ooxml.read_parts(self._data))
        return {sheet.title: sheet.cells for sheet in sheets}

    def _root(self, sheet: str) -> Element:
        part = self._sheets.get(sheet, "")
        if not part:
            raise NotWritable("说不出它在哪一张表")
        if part not in self._roots:
            self._roots[part] = ooxml.parse(self._parts[part], part)
        return self._roots[part]

    def _cell(self, place: Place) -> Element:
        """Return the cell at a place, made if it is not there. Raise NotWritable for a formula."""
        number, column = cell_at(place)
        data = self._root(place.sheet).find("{*}sheetData")
        if data is None:
            raise NotWritable("说不出它在哪一张表")

        row = _child_at(data, "row", number + 1)
        cell = _cell_in(row, number + 1, column)
        if cell.find("{*}f") is not None:
            raise NotWritable(_FORMULA)
        return cell

    def text_at(self, place: Place) -> str:
        """Return what a cell holds, or what was put into it."""
        put = self._put.get((place.sheet, place.cell))
        if put is not None:
            return put
        value = self._value_at(place)
        if isinstance(value, datetime.datetime):
            return str(value.date())
        return "" if value is None or isinstance(value, NoResult) else str(value)

    def _value_at(self, place: Place) -> object:
        number, column = cell_at(place)
        return self._values.get(place.sheet, {}).get(number, {}).get(column)

    def put_text(self, place: Place, text: str) -> None:
        if len(text) > MOST_CHARACTERS:
            raise NotWritable(f"一格装不下这么多字（{len(text)} 个）")
        cell = self._cell(place)
        self._put[place.sheet, place.cell] = text
        _clear(cell)
        cell.set("t", "inlineStr")
        space = tag_of(cell).rpartition("}")[0] + "}"
        words = etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t")
        words.text = printable(text)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def put_number(self, place: Place, digits: str) -> None:
        cell = self._cell(place)
        _clear(cell)
        space = tag_of(cell).rpartition("}")[0] + "}"
        etree.SubElement(cell, f"{space}v").text = digits
        self._forget_results()

    def put_date(self, place: Place, day: tuple[int, int, int]) -> None:
        value = self._value_at(place)
        if not isinstance(value, datetime.datetime):
            self.put_text(place, spell_day(day, self.text_at(place).strip()))
            return

        cell = self._cell(place)
        stored = cell.findtext("{*}v") or ""
        first = _FIRST_DAY if _days(value, _FIRST_DAY) == stored.partition(".")[0] else None
        if first is None or cell.get("t", "n") != "n":
            raise NotWritable("这一格的日期是另一种存法，请在 Excel 或 WPS 里改")
        self.put_number(place, _days(datetime.datetime(*day), first))

    def add_paragraphs(self, place: Place, texts: list[str]) -> None:
        lines = self.text_at(place).split("\n")
        self.put_text(place, "\n".join([lines[0], *texts, *lines[1:]]))

    def remove_paragraph(self, place: Place) -> None:
        self.put_text(place, "")
        _clear(self._cell(place))

    def add_fact(self, fact: NewFact) -> None:
        self.add_row(fact.beside, [fact.label, fact.text])

    def has_sheet(self, title: str) -> bool:
        return title in self._sheets

    def add_sheet(self, title: str, rows: list[list[str]]) -> None:
        """Add a sheet after the last one, of plain cells; a part that no other names."""
        main = dict(ooxml.related(self._parts).values())["officeDocument"]
        folder = main.rpartition("/")[0]
        part = next(
            name
            for number in count(1)
            if (name := f"{folder}/worksheets/sheet{number}.xml") not in self._parts
        )
        book = ooxml.parse(self._parts[main], main)
        listed = book.find("{*}sheets")
        if listed is None or not folder:
            raise NotWritable("这个工作簿里加不了工作表，请用 Excel 或 WPS 另存一次")

        space = tag_of(book).rpartition("}")[0].removeprefix("{")
        self._parts[part] = f'<worksheet xmlns="{space}"><sheetData/></worksheet>'.encode()
        names = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
        relations = ooxml.parse(self._parts[names], names)
        used = {str(one.get("Id")) for one in relations}
        own = next(name for number in count(1) if (name := f"rIdNew{number}") not in used)
        kind = next(
            str(one.get("Type")) for one in relations if str(one.get("Type")).endswith("/worksheet")
        )
        made = etree.SubElement(relations, tag_of(relations[0]))
        made.set("Id", own)
        made.set("Type", kind)
        made.set("Target", f"worksheets/{part.rpartition('/')[2]}")
        self._parts[names] = ooxml.serialize(relations)

        numbers = [int(str(sheet.get("sheetId", "0"))) for sheet in listed]
        sheet = etree.SubElement(listed, f"{{{space}}}sheet")
        sheet.set("name", title)
        sheet.set("sheetId", str(max(numbers, default=0) + 1))
        sheet.set(f"{{{kind.removesuffix('/worksheet')}}}id", own)
        self._parts[main] = ooxml.serialize(book)
        self._declare(part)

        self._sheets[title] = part
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                self.put_text(Place(self._name, title, f"{column_letters(column)}{number}"), text)

    def _declare(self, part: str) -> None:
        """Say in the package what a new part is, as the other sheets have it."""
        name = "[Content_Types].xml"
        types = ooxml.parse(self._parts[name], name)
        kinds = {str(one.get("PartName", "")): str(one.get("ContentType", "")) for one in types}
        known = next((kinds[f"/{one}"] for one in self._sheets.values() if f"/{one}" in kinds), "")
        if not known:
            raise NotWritable("这个工作簿里加不了工作表，请用 Excel 或 WPS 另存一次")

        made = etree.SubElement(types, tag_of(types).rpartition("}")[0] + "}Override")
        made.set("PartName", f"/{part}")
        made.set("ContentType", known)
        self._parts[name] = ooxml.serialize(types)

    def add_row(self, beside: Place, texts: list[str]) -> None:
        """Write below the last row of the sheet; no cell moves."""
        title = beside.sheet
        rows = self._root(title).findall("{*}sheetData/{*}row")
        last = max((int(row.get("r", "0")) for row in rows), default=0) + 1
        for column, words in enumerate(texts):
            self.put_text(Place(self._name, title, f"{column_letters(column)}{last}"), words)

    def insert_row(self, place: Place, text: str) -> None:
        where = f"“{place.sheet}”里给各行留的位置用完了，“{text}”没有地方写"
        raise NotWritable(f"{where}：请用 Excel 或 WPS 在这几行中间插入几行，存好，再回来")

    def remove_row(self, place: Place) -> None:
        """Take out what was typed into the cells of a row; its formulas stay."""
        number, _ = cell_at(place)
        for row in self._root(place.sheet).iterfind("{*}sheetData/{*}row"):
            if row.get("r") == str(number + 1):
                for cell in row:
                    if cell.find("{*}f") is None:
                        _clear(cell)
        self._forget_results()

    def _forget_results(self) -> None:
        """Take out the stored results of formulas: Excel works them out, and docgen its totals."""
        for title in self._sheets:
            for cell in self._root(title).iterfind("{*}sheetData/{*}row/{*}c"):
                result = cell.find("{*}v")
                if cell.find("{*}f") is not None and result is not None:
                    cell.remove(result)
                    cell.attrib.pop("t", None)

    def files(self) -> Mapping[str, bytes]:
        if not self._roots:
            return {}
        parts = dict(self._parts)
        for name, root in self._roots.items():
            parts[name] = ooxml.serialize(root)
        return {self._name: ooxml.write_package(parts)}


def _sheets_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of each worksheet by its title."""
    main = dict(ooxml.related(parts).values())["officeDocument"]
    related = ooxml.related(parts, main)
    found = {}
    for sheet in ooxml.parse(parts[main], main).iterfind("{*}sheets/{*}sheet"):
        identity = next((value for key, value in sheet.items() if str(key).endswith("}id")), "")
        kind, name = related.get(str(identity), ("", ""))
        if kind == "worksheet":
            found[str(sheet.get("name", ""))] = name

    return found


def _child_at(data: Element, name: str, number: int) -> Element:
    """Return the row of this number, made where it belongs if it is not there."""
    after = None
    for row in data:
        at = int(row.get("r", "0"))
        if at == number:
            return row
        if at > number:
            break
        after = row

    space = tag_of(data).rpartition("}")[0] + "}"
    made = data.makeelement(f"{space}{name}", {"r": str(number)})
    if after is None:
        data.insert(0, made)
    else:
        after.addnext(made)
    return made


def _cell_in(row: Element, number: int, column: int) -> Element:
    """Return the cell of a row in this column, made where it belongs if it is not there."""
    letters = column_letters(column)
    after = None
    for cell in row:
        found = _LETTERS.match(cell.get("r", ""))
        if found is None:
            raise NotWritable("这个工作簿没有写明各格的位置，请用 Excel 或 WPS 另存一次")
        if found[0] == letters:
            return cell
        if (len(found[0]), found[0]) > (len(letters), letters):
            break
        after = cell

    space = tag_of(row).rpartition("}")[0] + "}"
    made = row.makeelement(f"{space}c", {"r": f"{letters}{number}"})
    if after is None:
        row.insert(0, made)
    else:
        after.addnext(made)
    return made


def _clear(cell: Element) -> None:
    """Take out what a cell holds; its format stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)


def _days(day: datetime.datetime, first: datetime.datetime) -> str:
    return str((day - first).days)
