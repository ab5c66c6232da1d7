"""A folder of CSV files edited in place: around the cell that is written no byte changes."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.back.source import NewFact, NotWritable, cell_at, spell_day
from docgen.finding import Place
from docgen.read.decode import decode
from docgen.read.from_csv import separator

_CODECS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(eq=False)
class _Row:
    """A row as it is written: its fields with their quotes, and how its line ends."""

    fields: list[str]
    end: str
    more: list["_Row"] = field(default_factory=list)  # put in after it
    is_gone: bool = False


class CsvSource:
    """The files of a folder, by the names under which they were read."""

    def __init__(self, inputs: Mapping[str, bytes]) -> None:
        self._inputs = inputs
        self._open: dict[str, _Sheet] = {}
        self._added: dict[str, bytes] = {}

    def _sheet(self, name: str) -> "_Sheet":
        if name not in self._open:
            self._open[name] = _Sheet(name, self._inputs[name])
        return self._open[name]

    def text_at(self, place: Place) -> str:
        return self._sheet(place.file).text_at(*cell_at(place))

    def put_text(self, place: Place, text: str) -> None:
        self._sheet(place.file).put(*cell_at(place), text)

    def put_number(self, place: Place, digits: str) -> None:
        self.put_text(place, digits)

    def put_date(self, place: Place, day: tuple[int, int, int]) -> None:
        self.put_text(place, spell_day(day, self.text_at(place).strip()))

    def add_paragraphs(self, place: Place, texts: list[str]) -> None:
        sheet, (row, column) = self._sheet(place.file), cell_at(place)
        for text in reversed(texts):
            sheet.add_below(row, column, text)

    def remove_paragraph(self, place: Place) -> None:
        self._sheet(place.file).remove(*cell_at(place))

    def add_fact(self, fact: NewFact) -> None:
        self.add_row(fact.beside, [fact.label, fact.text])

    def has_sheet(self, title: str) -> bool:
        return self._name_of(title) in self._inputs

    def _name_of(self, title: str) -> str:
        """Return the name of the file of a sheet, which the others stand beside."""
        folder = next(iter(self._inputs)).rpartition("/")[0]
        return f"{folder}/{title}.csv" if folder else f"{title}.csv"

    def add_sheet(self, title: str, rows: list[list[str]]) -> None:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\r\n").writerows(rows)
        self._added[self._name_of(title)] = stream.getvalue().encode("utf-8-sig")

    def add_row(self, beside: Place, texts: list[str]) -> None:
        self._sheet(beside.file or self._name_of(beside.sheet)).add_last(texts)

    def insert_row(self, place: Place, text: str) -> None:
        self.add_paragraphs(place, [text])

    def remove_row(self, place: Place) -> None:
        self._sheet(place.file).remove_row(cell_at(place)[0])

    def files(self) -> Mapping[str, bytes]:
        made = {name: sheet.encoded() for name, sheet in self._open.items()}
        changed = {name: data for name, data in made.items() if data != self._inputs[name]}
        return changed | self._added


class _Sheet:
    """One CSV file, cut into fields as they are written."""

    def __init__(self, name: str, data: bytes) -> None:
        text = decode(data, name)
        self._codec = next((codec for mark, codec in _CODECS.items() if data.startswith(mark)), "")
        if not self._codec:
            self._codec = "utf-8" if _is_encoded(text, "utf-8", data) else "gb18030"
        self._big_endian = data.startswith(b"\xfe\xff")
        if self._encode(text) != data:
            raise NotWritable("它的编码不能原样写回，请用 Excel 或 WPS 改")

        self._mark = separator(text)
        self._rows = list(_cut(text, self._mark))
        self._end = next((row.end for row in self._rows if row.end), "\r\n")

    def _encode(self, text: str) -> bytes:
        if self._big_endian:
            return b"\xfe\xff" + text.encode("utf-16-be")
        if self._codec == "utf-16":
            return b"\xff\xfe" + text.encode("utf-16-le")
        return text.encode(self._codec)

    def encoded(self) -> bytes:
        """Return the bytes of the file as it is now."""
        lines: list[str] = []
        for row in self._rows:
            for each in (*(() if row.is_gone else (row,)), *row.more):
                if lines and not lines[-1].endswith(("\n", "\r")):
                    lines.append(self._end)  # what was the last line had no end
                lines.append(self._mark.join(each.fields) + each.end)
        return self._encode("".join(lines))

    def _row(self, number: int) -> _Row:
        if number >= len(self._rows):
            raise NotWritable("说不出它在哪一行")
        return self._rows[number]

    def text_at(self, number: int, column: int) -> str:
        fields = self._row(number).fields
        return _unquoted(fields[column]) if column < len(fields) else ""

    def put(self, number: int, column: int, text: str) -> None:
        row = self._row(number)
        row.fields += [""] * (column + 1 - len(row.fields))
        row.fields[column] = self._quoted(text, as_is=row.fields[column].startswith('"'))

    def _quoted(self, text: str, *, as_is: bool = False) -> str:
        """Return a field; in quotes where it needs them or the one before it had them."""
        if as_is or any(one in text for one in (self._mark, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    def add_below(self, number: int, column: int, text: str) -> None:
        """Put in a row right after this one, before those put in there already."""
        row = self._row(number)
        fields = [""] * max(len(row.fields), column + 1)
        fields[column] = self._quoted(text)
        row.more.insert(0, _Row(fields, row.end or self._end))

    def remove(self, number: int, column: int) -> None:
        """Take out a row, or blank the field where something else stands beside it."""
        row = self._row(number)
        others = [one for at, one in enumerate(row.fields) if at != column and _unquoted(one)]
        if others:
            self.put(number, column, "")
        else:
            row.is_gone = True

    def remove_row(self, number: int) -> None:
        """Take out a row, whatever stands in it."""
        self._row(number).is_gone = True

    def add_last(self, texts: list[str]) -> None:
        """Put in a row at the end, with as many fields as the first has."""
        wide = max((len(row.fields) for row in self._rows), default=0)
        fields = [*map(self._quoted, texts)] + [""] * (wide - len(texts))
        if not self._rows:
            raise NotWritable("这张表是空的")
        self._rows[-1].more.append(_Row(fields, self._end))


def _is_encoded(text: str, codec: str, data: bytes) -> bool:
    return text.encode(codec, "replace") == data


def _unquoted(written: str) -> str:
    """Return what a field holds."""
    if not written.startswith('"'):
        return written
    return written[1:-1].replace('""', '"')


def _cut(text: str, mark: str) -> "list[_Row]":
    """Cut a CSV text into rows of fields, every character of it kept."""
    rows: list[_Row] = []
    fields: list[str] = []
    at = 0

    while at < len(text):
        end = _end_of_field(text, at, mark)
        fields.append(text[at:end])
        if text.startswith(mark, end):
            at = end + len(mark)
            if at == len(text):  # the last field is blank, and no line ends after it
                rows.append(_Row([*fields, ""], ""))
                return rows
            continue

        line_end = "\r\n" if text.startswith("\r\n", end) else text[end : end + 1]
        rows.append(_Row(fields, line_end))
        fields, at = [], end + len(line_end)

    return rows


def _end_of_field(text: str, at: int, mark: str) -> int:
    """Return where the field ends that begins here."""
    if text.startswith('"', at):
        at += 1
        while at < len(text):
            at = text.find('"', at)
            if at < 0:
                return len(text)
            if not text.startswith('""', at):
                return at + 1
            at += 2
        return len(text)

    ends = (text.find(one, at) for one in (mark, "\n", "\r"))
    return min((end for end in ends if end >= 0), default=len(text))
