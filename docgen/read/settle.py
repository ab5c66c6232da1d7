"""Making sense of entries: strict values into the `Report`, everything else into findings."""

import datetime
import re
from collections.abc import Mapping, Sequence

from docgen.address import PREFACE, Address
from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.finding import Finding, Place, has_errors
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Table
from docgen.model import (
    FACTS,
    LEVELS,
    QUESTION_PARTS,
    WAIVER,
    Body,
    Level,
    Question,
    Reading,
    Report,
    Signature,
    Waiver,
)
from docgen.prose.title import join_short
from docgen.read.dates import read_date
from docgen.read.entry import BAD_FACT, MISSING_FACT, Entries, Entry, Literal
from docgen.read.figures import settle_figures
from docgen.read.references import NO_VALUE, bind
from docgen.read.text import (
    MOST_NAME,
    MOST_TEXT,
    find_formula_error,
    tidy_line,
    tidy_paragraphs,
)

#: The years a report may be for; the form narrows them further.
YEARS = range(2008, 2200)

#: A report has some thousand characters; a book of this many is none.
MOST_CHARACTERS = 500_000

_NAMES = ("title", "body.name", "body.short_name", "signature.name")
_REQUIRED_DATES = ("signature.date",)
#: What a waiver cannot be without.
_OWED = ("code", "reason", "by", "date")
# 甲局、乙局, 甲局;乙局; not 甲局 乙局.
_COMMAS = re.compile("[、，,；;]")


def settle(
    name: str,
    form: Form,
    entries: Entries,
    inputs: Mapping[str, bytes],
    previous: Reading | None = None,
) -> Reading:
    """Return the reading that these entries make; `previous` is last year's.

    Raise InputStop if they hold more text than any report does.
    """
    lengths = [(len(str(entry.value)), entry.place) for entry in entries.texts()]
    if (total := sum(length for length, _ in lengths)) > MOST_CHARACTERS:
        size, limit = f"{total} 个字", f"{MOST_CHARACTERS} 个字"
        raise InputStop(TOO_LARGE.at(max(lengths)[1], name=name, size=size, limit=limit))

    settler = _Settler(form, entries, previous)
    report, computed = settler.report()
    return Reading(name, form, report, settler.places, computed, tuple(settler.findings), inputs)


class _Settler:
    """Makes a report of entries; `places` and `findings` grow as it goes."""

    def __init__(self, form: Form, entries: Entries, previous: Reading | None) -> None:
        self.form = form
        self.previous = previous
        self.entries = entries
        self.places: dict[str, Place] = {
            Address.of_section(key): place for key, place in entries.headings.items()
        }
        self.findings = list(entries.findings)
        self.told = entries.told()

    def report(self) -> tuple[Report, frozenset[str]]:
        year = self._read_year()
        body = Body(
            name=self._read_line("body.name"),
            short_name=self._read_line("body.short_name", required=False),
            level=self._read_level(),
        )
        signature = Signature()
        if self.form.signed:
            signature = Signature(
                name=self._read_line("signature.name"), date=self._read_date("signature.date")
            )
        title = self._read_line("title", required=False)

        if title is None and body.name and year:
            title = join_short(self.form.title.format(name=body.name, year=year))

        questions = self._read_questions()
        cells = self._read_blanks(questions)
        figures, computed, findings = settle_figures(self.form, cells, self.told)
        self.findings += findings
        answers: dict[str, str] = {}
        if self.form.answers:  # many forms have none
            from docgen.read.answers import settle_answers

            answers, findings = settle_answers(self.form, self.entries.figures, self.told)
            self.findings += findings
        self.places |= {a: entry.place for a, entry in self.entries.figures.items()}
        self.places |= {
            Address.of(table, key): entry.place
            for table, names in self.entries.units.items()
            for key, entry in zip(unit_keys(len(names)), names, strict=True)
        }
        self.places |= {
            Address(table): entry.place._replace(address=Address(table))
            for table, entry in self.entries.absent.items()
        }
        report = Report(
            form=self.form.key,
            year=year,
            body=body,
            title=title,
            preface=self._read_paragraphs(PREFACE, self.form.preface),
            sections={
                section.key: self._read_paragraphs(section.key, section.title)
                for section in self.form.text_sections
            },
            figures=figures,
            answers=answers,
            units={
                table.key: _unit_labels(table, len(self.entries.units[table.key]))
                for table in self.form.tables
                if table.key in self.entries.units
            },
            absent=tuple(table.key for table in self.form.tables if table.is_absent),
            signature=signature,
            deadline=self._read_date("deadline", next_to=year),
            neighbours=self._read_names("neighbours"),
            wording={
                address: text
                for address, entry in self.entries.wording.items()
                if (text := self._read_wording(entry, address))
            },
            waivers=self._read_waivers(),
            unconfirmed=questions,
        )
        own_title = bool(self.entries.facts.get("title") and title)
        report, findings = bind(self.form, report, self.places, self.previous, own_title=own_title)

        if not has_errors(self.findings):  # else they tell why a figure is missing
            self.findings += findings
        else:
            self.findings += (each for each in findings if each.rule is not NO_VALUE)

        return report, computed

    def _read_waivers(self) -> tuple[Waiver, ...]:
        """Return the waivers, and keep where each stands."""
        waivers, places, findings = _settle_waivers(self.entries.waivers)
        self.places |= places
        self.findings += findings
        return waivers

    def _read_questions(self) -> tuple[Question, ...]:
        """Return the questions with their answers, and keep where each is to be answered."""
        questions: list[Question] = []
        for asked, answer in self.entries.questions:
            members = {}
            for (key, label), entry in zip(QUESTION_PARTS.items(), (asked, answer), strict=True):
                text, findings = tidy_line(_as_text(entry), label) if entry.text else ("", [])
                self.findings += findings
                members[key] = text or ""

            at = Address.of_question(len(questions))
            self.places[at] = answer.place._replace(address=at)
            questions.append(Question(**members))

        return tuple(questions)

    def _read_blanks(self, questions: Sequence[Question]) -> Mapping[str, Entry]:
        """Return the cells, 0 where one is blank and somebody said that this is what blank means.

        While that is asked and not answered, the question alone tells of the blank cells.
        """
        cells = self.entries.figures
        about = next((asked for asked in questions if asked.is_about_blanks), None)
        if about is None:
            return cells
        from docgen.read.blanks import fill_blanks

        filled, notes = fill_blanks(self.form, cells)
        if not about.is_open:
            self.findings += notes
            return filled

        self.entries.asked.update(a for a in cells if filled[a] is not cells[a])
        self.told = self.entries.told()
        return cells

    def _entry_of(self, address: str, *, required: bool = True) -> Entry | None:
        """Return the entry of a fact, if it holds one; tell if it is missing."""
        entry = self.entries.facts.get(address)
        if entry is not None:
            self.places[address] = entry.place
            if failed := find_formula_error(entry, FACTS[address]):
                self.findings.append(failed)
                return None
            if entry.text:
                return entry

        if required and not self.told(address):
            places = [entry.place] if entry else []
            self.findings.append(MISSING_FACT.at(*places, label=FACTS[address]))

        return None

    def _tell_bad(self, entry: Entry, address: str, expected: str) -> None:
        """Tell of a fact that is not of the kind it should be."""
        self.findings.append(
            BAD_FACT.at(
                entry.place,
                label=FACTS[address],
                value=entry.text[:40],
                expected=expected,
                actual=entry.text[:40],
            )
        )

    def _read_year(self) -> int | None:
        """Return the year of the report."""
        entry = self._entry_of("year")
        if entry is None:
            return None

        text = entry.text.removesuffix(".0").removesuffix("年")
        if isinstance(entry.value, bool) or not re.fullmatch(r"[0-9]{4}", text):
            self._tell_bad(entry, "year", "四位数字的年份，如 2024")
        elif int(text) not in YEARS:
            self._tell_bad(entry, "year", f"{YEARS.start} 到 {YEARS.stop - 1} 之间的年份")
        else:
            return int(text)

        return None

    def _read_level(self) -> Level | None:
        """Return the level of the body, by any of its names."""
        entry = self._entry_of("body.level")
        if entry is None:
            return None

        for level, names in LEVELS.items():
            if entry.text in (level, *names):
                return level

        names_shown = "、".join(names[0] for names in LEVELS.values())
        self._tell_bad(entry, "body.level", f"{names_shown}之一")
        return None

    def _read_date(self, address: str, *, next_to: int | None = None) -> datetime.date | None:
        """Return a day; an optional one may leave its year out, the one after `next_to`."""
        entry = self._entry_of(address, required=address in _REQUIRED_DATES)
        if entry is None:
            return None
        date, findings = read_date(entry, FACTS[address], next_to=next_to)
        self.findings += findings
        return date

    def _read_names(self, address: str) -> tuple[str, ...]:
        """Return names in one cell, or in a JSON list."""
        entry = self._entry_of(address, required=False)
        if entry is None:
            return ()
        if isinstance(entry.value, list):
            listed = entry.value
            if not all(type(name) is str for name in listed):
                self._tell_bad(entry, address, "机关名称")
                return ()
            entry = entry._replace(value="、".join(listed))

        text = self._tidy_text(entry, FACTS[address], address)
        return tuple(filter(None, (name.strip() for name in _COMMAS.split(text or ""))))

    def _read_line(self, address: str, *, required: bool = True) -> str | None:
        """Return a fact that is a line of text."""
        entry = self._entry_of(address, required=required)
        return self._tidy_text(entry, FACTS[address], address) if entry else None

    def _tidy_text(self, entry: Entry, label: str, address: str) -> str | None:
        """Return a text tidied, and keep where it stands."""
        self.places.setdefault(address, entry.place)
        most = MOST_NAME if address in _NAMES else MOST_TEXT
        text, findings = tidy_line(entry, label, breaks=address == "title", most=most)
        self.findings += findings
        return text

    def _read_wording(self, entry: Entry, address: str) -> str | None:
        """Return what the report calls a line of a table."""
        return self._tidy_text(
            entry, self.form.wordings[address].label, Address.of_wording(address)
        )

    def _read_paragraphs(self, key: str, label: str) -> tuple[str, ...]:
        """Return the paragraphs of a section, and keep where each stands."""
        paragraphs: list[str] = []
        for entry in self.entries.paragraphs.get(key, []):
            texts, findings = tidy_paragraphs(entry, label)
            self.findings += findings
            for text in texts:
                of_text = Address.of_paragraph(key, len(paragraphs))
                self.places[of_text] = entry.place._replace(address=of_text)
                paragraphs.append(text)

        return tuple(paragraphs)


def _unit_labels(table: Table, count: int) -> tuple[str, ...]:
    """Return the names of the units of a table, in the order of its rows."""
    rows = {row.key: row.label for band in table.bands for row in band.rows}
    return tuple(rows[key] for key in unit_keys(count))


def _settle_waivers(
    given: list[tuple[Place, dict[str, Entry]]],
) -> tuple[tuple[Waiver, ...], dict[str, Place], list[Finding]]:
    """Return the waivers that could be read, where each stands, and what is wrong."""
    waivers: list[Waiver] = []
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for place, entries in given:
        waiver, found = _settle_waiver(place, entries)
        findings += found
        if waiver:
            places[Address.of_waiver(len(waivers))] = place
            waivers.append(waiver)

    return tuple(waivers), places, findings


def _settle_waiver(place: Place, entries: dict[str, Entry]) -> tuple[Waiver | None, list[Finding]]:
    """Return one waiver, None where a member is missing or wrong, and what is to be said of it."""
    members: dict[str, object] = {}
    findings: list[Finding] = []
    for key, label in WAIVER.items():
        entry = entries.get(key)
        if entry is None or not entry.text:
            if key in _OWED:
                findings.append(MISSING_FACT.at(entry.place if entry else place, label=label))
            continue

        if key == "date":
            members[key], found = read_date(entry, label)
        else:
            members[key], found = tidy_line(_as_text(entry), label)

        findings += found

    sound = not any(finding.severity == "error" for finding in findings)
    return Waiver.model_validate(members) if sound else None, findings


def _as_text(entry: Entry) -> Entry:
    """Return an entry as a text: in a waiver a figure may be given as a number."""
    number = isinstance(entry.value, (int, float, Literal)) and not isinstance(entry.value, bool)
    return entry._replace(value=str(entry.value)) if number else entry
