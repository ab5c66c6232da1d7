"""Edits to one input: each says what it found and what it puts there.

Where something else stands by now, another window or program was there first: nothing of that is
overwritten, and it is told.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.address import Address
from docgen.back.plan import open_source
from docgen.back.source import EditedInput, NewFact, NotWritable, cell_at
from docgen.desk.draft import Draft, lines_in, open_draft, stamp_of
from docgen.finding import Place
from docgen.forms.form import Figure
from docgen.model import FACTS
from docgen.read.entry import column_letters

#: One at a time writes into a draft, whatever windows are open.
_locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


#: What was done last to a draft that can be taken back, by its path.
_last_done: dict[str, "DoneAct"] = {}

NO_SHEETS = "这份是给程序用的 JSON，不在这里改；先按“转成表来填”"


class TypedEdit(NamedTuple):
    """One field that was changed: its address, what stood in it, what stands in it now."""

    address: str
    was: str
    now: str


class Clash(NamedTuple):
    """An edit that was not made: what stands there by now, or why it cannot be written."""

    edit: TypedEdit
    label: str
    there: str
    why: str


class DoneAct(NamedTuple):
    """What was done to a draft in one stroke: in words, with its files before and after."""

    words: str
    before: Mapping[str, bytes]
    after: tuple[object, ...]


def edit_draft(path: Path, edits: Sequence[TypedEdit]) -> list[Clash]:
    """Write edits into a draft, all that can be; return the others.

    Raise Stop if the draft cannot be read or written.
    """
    with held_draft(path) as draft:
        try:
            if not draft.is_sheets:
                raise NotWritable(NO_SHEETS)
            writer = _Writer(draft)
        except NotWritable as error:
            return [Clash(one, draft.label_of(one.address), "", str(error)) for one in edits]

        clashes = [clash for edit in edits if (clash := writer.make(edit)) is not None]
        put_files(path, writer.source)

    return clashes


@contextmanager
def held_draft(path: Path) -> Iterator[Draft]:
    """Give a draft to one that writes into it; all others wait. Raise Stop if it is unreadable."""
    with _locks[str(path.absolute())]:
        yield open_draft(path)


def put_files(path: Path, source: EditedInput) -> None:
    """Write what was edited in place of what stands there, all or nothing."""
    _put_bytes(path, source.files())


def _put_bytes(path: Path, changed: Mapping[str, bytes]) -> None:
    if path.is_dir():
        put = {path / name.rpartition("/")[2]: data for name, data in changed.items()}
    else:
        put = dict(zip([path], changed.values(), strict=False))  # one file or none
    files.write_together(put)


def keep_before(draft: Draft, words: str) -> None:
    """Keep what a draft was before something was done to it, which is done now."""
    path = draft.path
    _last_done[str(path.absolute())] = DoneAct(words, draft.reading.inputs, stamp_of(path))


def last_done(path: Path) -> str:
    """Return what was done last, in words, if it can be taken back; else a blank."""
    done = _last_done.get(str(path.absolute()))
    return done.words if done and done.after == stamp_of(path) else ""


def take_back(path: Path) -> None:
    """Make a draft what it was before what was done last. Raise NotWritable if it changed since."""
    with _locks[str(path.absolute())]:
        if not last_done(path):
            raise NotWritable("后来又改过别的，撤不回来了")
        _put_bytes(path, _last_done.pop(str(path.absolute())).before)


class _Writer:
    """Makes edits in one draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.source = draft, open_source(draft.reading)

    def make(self, edit: TypedEdit) -> Clash | None:
        """Make one edit, or say why not."""
        draft, address = self.draft, Address(edit.address)
        section = address.section
        is_text = section in draft.texts and address == Address.of_section(section)
        known = (draft.facts, draft.form.cells, draft.names, draft.questions, draft.wordings)
        if not is_text and not any(address in each for each in known):
            return Clash(edit, edit.address, "", "没有这一项")

        there = draft.prose_of(section) if is_text else draft.text_of(address)
        now = _tidy(edit.now, is_text=is_text)
        if there == now:
            return None
        if there != _tidy(edit.was, is_text=is_text):
            return Clash(edit, draft.label_of(address), there, "")

        if not now and address in draft.names:
            why = "名称不能空着；不要这一行了，按“删去”"
            return Clash(edit, draft.label_of(address), there, why)

        if not now and address in draft.wordings:
            return Clash(edit, draft.label_of(address), there, "不要这一条了，按“改用表式的用语”")

        try:
            self._write(address, section if is_text else "", now)
        except NotWritable as error:
            return Clash(edit, draft.label_of(address), there, str(error))
        return None

    def _write(self, address: Address, section: str, now: str) -> None:
        if section:
            self._write_prose(section, now.split("\n") if now else [])
            return

        place = self.draft.reading.places.get(address)
        figure = self.draft.form.cells.get(address)
        if place is None:
            if address not in FACTS:
                raise NotWritable("表里没有这一格的位置")
            year = self.draft.reading.place("year")
            self.source.add_fact(NewFact(FACTS[address], address.keys, now, year))
        elif figure is not None and _is_digits(figure, now):
            self.source.put_number(place, now)
        else:
            self.source.put_text(place, now)

    def _write_prose(self, section: str, lines: list[str]) -> None:
        """Write the paragraphs of a section: what stays the same keeps its cell."""
        there = self.draft.lines_of(section)
        if not there:
            if lines:
                self._begin_prose(section, lines)
            return

        cells = list(dict.fromkeys(place for place, _ in there))
        share = max(1, len(cells))
        for number, place in enumerate(cells[:-1]):
            self._put_lines(place, lines[number : number + 1] if number < share else [])
        last = len(cells) - 1
        self._put_lines(cells[last], lines[last : last + 1])
        if rest := lines[len(cells) :]:
            self.source.add_paragraphs(cells[last], rest)

    def _put_lines(self, place: Place, lines: list[str]) -> None:
        """Make these lines, one or none, all that stands in a cell; a line as it was stays."""
        if not lines:
            self.source.remove_paragraph(place)
        elif lines_in(self.source.text_at(place)) != lines:
            self.source.put_text(place, lines[0])

    def _begin_prose(self, section: str, lines: list[str]) -> None:
        """Write the first paragraphs of a section where its name stands."""
        reading = self.draft.reading
        head = reading.places.get(Address.of_section(section))
        if head is None or not head.sheet:
            beside = Place(reading.name, "", "", Address.of_section(section))
            self.source.add_paragraphs(beside, lines)
            return

        number, column = cell_at(head)
        first = head._replace(cell=f"{column_letters(column + 1)}{number + 1}")
        self.source.put_text(first, lines[0])
        if lines[1:]:
            self.source.add_paragraphs(first, lines[1:])


def _tidy(text: str, *, is_text: bool) -> str:
    """Return a text as the input has it: no space around, no blank paragraph."""
    return "\n".join(lines_in(text)) if is_text else " ".join(text.split())


def _is_digits(figure: Figure, text: str) -> bool:
    """Whether a text is a number as the file would have it; all else is kept as it was typed."""
    plain = text.removeprefix("-").replace(".", "", 1)
    leading = text.removeprefix("-").split(".")[0]
    whole = len(leading) == 1 or not leading.startswith("0")
    return figure.kind.is_number and plain.isascii() and plain.isdecimal() and whole and (
        len(plain) <= 15 and not text.endswith(".") and bool(leading)
    )  # fmt: skip
