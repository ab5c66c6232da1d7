"""One input as it is typed: the texts that stand in it, and what is wrong."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from docgen.address import Address
from docgen.back.plan import open_source
from docgen.back.source import EditedInput, NotWritable
from docgen.check.judge import find_last_year
from docgen.check.needs import kind_of
from docgen.check.outcome import Outcome
from docgen.errors import Stop
from docgen.finding import Place
from docgen.forms.form import Form, unit_keys
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
from docgen.read.label import normal


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
                lines += [(place, line) for line in lines_in(self._source.text_at(place))]

        return lines

    def is_ready_only(self, text: str) -> bool:
        """Whether a text is nothing but the sentences that its blank held already."""
        ready = {
            normal(said) for each in self.form.speech.ready for said in (each.text, each.words)
        }
        return all(normal(line) in ready for line in lines_in(text))

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
    return _draft_at(path, stamp_of(path))


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


def stamp_of(path: Path) -> tuple[object, ...]:
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


def lines_in(text: str) -> list[str]:
    """Return the paragraphs in a cell."""
    lines = (line.strip(" \t\u3000\xa0") for line in text.replace("\r", "\n").split("\n"))
    return [line for line in lines if line]


def why_unreadable(error: Stop) -> str:
    """Return why a draft cannot be read, for a person."""
    return "；".join(finding.message for finding in error.findings)
