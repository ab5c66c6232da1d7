"""One input as it is typed: the texts that stand in it, edits to them, and what is wrong.

An edit says what it found and what it puts there. Where something else stands by now, another
window or program was there first: nothing of that is overwritten, and it is told.
"""

import datetime
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.address import Address
from docgen.back.plan import open_source
from docgen.back.source import EditedInput, NewFact, NotWritable, cell_at
from docgen.check.judge import find_last_year
from docgen.check.needs import kind_of
from docgen.check.outcome import Outcome
from docgen.errors import Stop
from docgen.finding import Place
from docgen.forms.form import Figure, Form, unit_keys
from docgen.model import (
    FACTS,
    LEVELS,
    Question,
    Reading,
    facts_of,
    print_date,
    print_number,
    texts_of,
)
from docgen.pipeline import check
from docgen.read import read_report
from docgen.read.entry import column_letters
from docgen.read.label import normal

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


@dataclass(frozen=True)
class Draft:
    """An input that could be read, with the texts that stand in it."""

    path: Path
    reading: Reading

    @property
    def form(self) -> Form:
        return self.reading.form

    @property
    def is_sheets(self) -> bool:
        """Whether it is sheets, as people fill them in: no JSON, nothing that was published."""
        return kind_of(self.reading) in ("csv", "xlsx")

    @cached_property
    def _source(self) -> EditedInput:
        return open_source(self.reading)

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """The facts that can be filled in, by address: what each is called."""
        rare = ("form", "deadline", "neighbours")
        return {
            address: label
            for address, label in facts_of(self.form).items()
            if address not in rare or (address != "form" and address in self.reading.places)
        }

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The parts of running text by key: their titles."""
        return texts_of(self.form)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of the rows that a table has for each unit, by the address of the row."""
        return {
            Address.of(table, key): name
            for table, names in self.reading.report.units.items()
            for key, name in zip(unit_keys(len(names)), names, strict=True)
        }

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """What is to be answered before the report can be issued, by address."""
        asked = self.reading.report.unconfirmed
        return {Address.of_question(number): one for number, one in enumerate(asked)}

    @cached_property
    def wordings(self) -> Mapping[str, str]:
        """The lines that are printed in other words than the form's: those words, by address."""
        return {
            Address.of_wording(line): self.form.wordings[line].label
            for line in self.reading.report.wording
        }

    def text_of(self, address: str) -> str:
        """Return what stands in a cell or a fact, as it was typed; blank for nothing."""
        if not self.is_sheets:
            return self._printed(address)
        place = self.reading.places.get(address)
        if place is None or (address in self.reading.computed and not self._stands(address)):
            return ""
        return self._source.text_at(place).strip()

    def _printed(self, address: str) -> str:
        """Return what was read of a cell or a fact, as it is printed."""
        report = self.reading.report
        number = report.figures.get(address)
        if number is not None:
            return print_number(number)
        if address in self.names:
            return self.names[address]
        if address in self.questions:
            return self.questions[address].answer
        if address in self.wordings:
            return report.wording[Address(address).rest]
        if address == "body.level":
            return LEVELS[report.body.level][0] if report.body.level else ""
        fact = report.fact(address) if address in FACTS else report.answers.get(address)
        if isinstance(fact, datetime.date):
            return print_date(fact)
        return "" if fact is None else str(fact)

    def _stands(self, address: str) -> bool:
        place = self.reading.places[address]
        try:
            return bool(self._source.text_at(place).strip())
        except NotWritable:
            return False

    def prose_of(self, section: str) -> str:
        """Return the paragraphs of a section, one a line, as they were typed."""
        return "\n".join(line for _, line in self.lines_of(section))

    def lines_of(self, section: str) -> list[tuple[Place, str]]:
        """Return each paragraph of a section with the cell that it stands in."""
        if not self.is_sheets:
            texts = self.reading.report.paragraphs_of(section)
            return [(Place(self.reading.name), text) for text in texts]

        lines: list[tuple[Place, str]] = []
        seen: set[Place] = set()
        for number in range(len(self.reading.report.paragraphs_of(section))):
            place = self.reading.places[Address.of_paragraph(section, number)]._replace(
                address=Address()
            )
            if place not in seen:
                seen.add(place)
                lines += [(place, line) for line in _lines(self._source.text_at(place))]

        return lines

    def is_ready_only(self, text: str) -> bool:
        """Whether a text is nothing but the sentences that its blank held already."""
        ready = {
            normal(said) for each in self.form.speech.ready for said in (each.text, each.words)
        }
        return all(normal(line) in ready for line in _lines(text))

    def computed(self) -> dict[str, str]:
        """Return the totals that docgen works out because nothing stands there."""
        figures = self.reading.report.figures
        return {
            address: print_number(figures[address])
            for address in self.reading.computed
            if address in figures
        }

    def label_of(self, address: str) -> str:
        """Return what a field is called."""
        if address in self.form.cells:
            return self.form.cells[address].label
        if address in self.names:
            return f"“{self.names[address]}”的名称"
        if address in self.questions:
            return self.questions[address].question
        if address in self.wordings:
            return f"“{self.wordings[address]}”在表里印作"
        return FACTS.get(address) or self.texts.get(Address(address).section, address)

    def where_of(self, address: str) -> str:
        """Return where a value stands, as the page of the report has it; blank for nowhere there.

        Of a figure that is its table, row and column; of running text which paragraph it is.
        """
        named, section = Address(address), Address(address).section
        if address in self.form.cells:
            figure = self.form.cells[address]
            return f"{figure.table.short}：{figure.label}"
        if section in self.texts:
            number = named.number
            return self.texts[section] + ("" if number is None else f" 第 {number + 1} 段")
        label = self.label_of(address)
        return "" if label == address else label


def open_draft(path: Path) -> Draft:
    """Return a draft as its files are now. Raise InputStop if it cannot be read."""
    return _draft_at(path, _stamp_of(path))


def draft_of(path: Path, reading: Reading) -> Draft:
    """Return the draft that was read so, with what was looked up in it already."""
    kept = open_draft(path)
    return kept if kept.reading is reading else Draft(path, reading)


def check_draft(path: Path, previous: Path | None = None) -> Outcome:
    """Return what is wrong with a draft, with what was read of it."""
    return check(path, previous, read=read_kept)


def read_kept(path: Path) -> Reading:
    """Return the reading of a draft or of last year's report: read anew once a file changed."""
    return open_draft(path).reading


@lru_cache(maxsize=16)
def _draft_at(path: Path, _stamp: tuple[object, ...]) -> Draft:
    return Draft(path, read_report(path))


def _stamp_of(path: Path) -> tuple[object, ...]:
    """Return what is other as soon as a file, or any file of a folder, was written."""
    try:
        inside = sorted(path.iterdir()) if path.is_dir() else []
        stats = [(str(one), one.stat()) for one in (path, *inside)]
    except OSError as error:
        return (error.errno, object())  # reading tells why: nothing is kept
    return tuple((n, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino) for n, s in stats)


def find_last(draft: Draft, previous: Path | None) -> Reading | None:
    """Return last year's report of the same body, if it is at hand and can be read."""
    return find_last_year(draft.path, draft.reading, previous, read_kept)


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
    _last_done[str(path.absolute())] = DoneAct(words, draft.reading.inputs, _stamp_of(path))


def last_done(path: Path) -> str:
    """Return what was done last, in words, if it can be taken back; else a blank."""
    done = _last_done.get(str(path.absolute()))
    return done.words if done and done.after == _stamp_of(path) else ""


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
        elif _lines(self.source.text_at(place)) != lines:
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


def _lines(text: str) -> list[str]:
    """Return the paragraphs in a cell."""
    lines = (line.strip(" \t\u3000\xa0") for line in text.replace("\r", "\n").split("\n"))
    return [line for line in lines if line]


def _tidy(text: str, *, is_text: bool) -> str:
    """Return a text as the input has it: no space around, no blank paragraph."""
    return "\n".join(_lines(text)) if is_text else " ".join(text.split())


def _is_digits(figure: Figure, text: str) -> bool:
    """Whether a text is a number as the file would have it; all else is kept as it was typed."""
    plain = text.removeprefix("-").replace(".", "", 1)
    leading = text.removeprefix("-").split(".")[0]
    whole = len(leading) == 1 or not leading.startswith("0")
    return figure.kind.is_number and plain.isascii() and plain.isdecimal() and whole and (
        len(plain) <= 15 and not text.endswith(".") and bool(leading)
    )  # fmt: skip


def why_unreadable(error: Stop) -> str:
    """Return why a draft cannot be read, for a person."""
    return "；".join(finding.message for finding in error.findings)
