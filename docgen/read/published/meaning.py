"""What the stream of a published report means: a form and entries, as any other input has them."""

from collections.abc import Iterable, Iterator

from docgen.address import PREFACE, Address
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.model import FACTS, facts_of
from docgen.prose.personal import masked
from docgen.prose.title import break_title, join_short
from docgen.read.around import PASSED_OVER
from docgen.read.entry import Entries, Entry
from docgen.read.published.cells import ask_blanks, read_printed
from docgen.read.published.front import (
    FrontSignature,
    Title,
    find_signature,
    find_year,
    is_about_page,
    is_date,
)
from docgen.read.published.outline import OutlinePart, split_parts
from docgen.read.published.stream import Stream, StreamLine, StreamPicture, StreamTable
from docgen.read.published.tables import read_tables
from docgen.read.published.unread import tell_below, tell_unread
from docgen.read.published.which import which_form
from docgen.read.reported import settle_form

NOT_SAID = Rule(
    code="R358",
    name="公布的文件里没有",
    severity="warning",
    needs=("report",),
    message="文件里没有{labels}",
    why="这几项公布的报告里常常没有，docgen 不替机关编。",
    example="公布的 PDF 没有落款。",
    cure="用它来对照的，不用补；要再出一份的，在“基本情况”里补上。",
    since="0.3.0",
)

_SHOWN = 60  # characters of a line that is told of
#: What many a published report does not say: nothing of it is owed.
_MAY_BE_UNSAID = ("body.level", "signature.name", "signature.date")


def read_meaning(stream: Stream, place: Place, named: Form | None = None) -> tuple[Form, Entries]:
    """Return the form of a published report, and what it says. Raise InputStop if it is none."""
    form, title = which_form(stream, place, named)
    entries = Entries(findings=[item for item in stream if isinstance(item, Finding)])
    stream = [item for item in stream if not isinstance(item, Finding)]

    parts, findings = split_parts(stream, form)
    entries.findings += findings
    _read_facts(form, title, parts, place, entries)
    _read_texts(form, title, parts, entries)
    entries.findings += tell_unread(form, title, parts)
    read_tables(form, parts, entries, place)
    form = settle_form(form, entries, place.file)

    read_printed(form, entries)
    ask_blanks(form, entries)
    _ask_unsaid(form, entries, place)
    return form, entries


def _read_facts(
    form: Form, title: Title | None, parts: list[OutlinePart], place: Place, entries: Entries
) -> None:
    """Take form, year, body, title, name and date of issue."""
    facts = {"form": Entry(form.key, place)}
    last = parts[-1]
    signature = find_signature(last.lines, title.body if title else "")
    if form.signed:
        if signature.name:
            facts["signature.name"] = signature.name
        if signature.date:
            facts["signature.date"] = signature.date
        _cut_below(last, signature, entries)

    body = Entry(title.body, title.place) if title and title.body else signature.name
    signed = signature.name.text if signature.name else ""
    if body and signature.name and body.text != signed and body.text in signed:
        facts["body.short_name"], body = body, signature.name
    if body:
        facts["body.name"] = body

    every = [line for part in parts for line in part.lines]
    year = Entry(str(title.year), title.place) if title and title.year else find_year(every)
    if year:
        facts["year"] = year
    if title and not (body and year and _is_own_title(form, title, body.text, year.text)):
        facts["title"] = Entry(title.printed, title.place)

    for address, entry in facts.items():
        entries.facts[address] = entry._replace(
            place=entry.place._replace(address=Address(address))
        )


def _cut_below(last: OutlinePart, signature: FrontSignature, entries: Entries) -> None:
    """Take the signature and what stands below it out of the last part; tell of the latter.

    Tables stay: those of a form may stand in an annex.
    """
    below = last.lines[signature.before :]
    if not below:
        return

    own = {entry.place for entry in (signature.name, signature.date) if entry}
    start = next(number for number, item in enumerate(last.items) if item is below[0])
    unread: list[StreamLine | StreamPicture] = []
    for item in last.items[start:]:
        if isinstance(item, StreamTable | Finding) or item.place in own:
            continue  # the picture at the name or the date is the seal
        if isinstance(item, StreamLine) and is_about_page(item.text):
            entries.findings.append(PASSED_OVER.at(item.place, value=masked(item.text)[:_SHOWN]))
        else:
            unread.append(item)

    entries.findings += tell_below(unread)
    tables = [item for item in last.items[start:] if isinstance(item, StreamTable)]
    last.items = [*last.items[:start], *tables]


def _is_own_title(form: Form, title: Title, name: str, year: str) -> bool:
    """Whether a title is the form's own, in one line or in those that it is printed in."""
    own = form.title.format(name=name, year=year)
    printed = break_title(join_short(own), form.subjects)
    return title.text == "".join(own.split()) and title.printed in (title.text, printed)


def _read_texts(
    form: Form, title: Title | None, parts: list[OutlinePart], entries: Entries
) -> None:
    """Take the preface and the paragraphs of each section."""
    texts = {section.key for section in form.text_sections}
    of_title = {id(line) for line in title.lines} if title else set()
    for part in parts:
        if part.heading:
            entries.headings.setdefault(part.key, part.heading.place)

        if part.key in texts:
            entries.paragraphs.setdefault(part.key, []).extend(_paragraphs(part.lines))
        elif not part.key and form.preface:
            lines = part.lines
            after = max((n + 1 for n, x in enumerate(lines) if id(x) in of_title), default=0)
            entries.paragraphs[PREFACE] = list(_paragraphs(_without_page(lines[after:], entries)))


def _without_page(lines: list[StreamLine], entries: Entries) -> Iterator[StreamLine]:
    """Yield the lines under a title without what a portal says there; a day may be of the issue."""
    for line in lines:
        if is_date(line.text):
            day = Entry(line.text.strip("（）() "), line.place)
            entries.facts.setdefault("signature.date", day)
        elif is_about_page(line.text):
            entries.findings.append(PASSED_OVER.at(line.place, value=masked(line.text)[:_SHOWN]))
        else:
            yield line


def _paragraphs(lines: Iterable[StreamLine]) -> Iterator[Entry]:
    """Yield lines as entries."""
    return (Entry(line.text, line.place) for line in lines)


def _ask_unsaid(form: Form, entries: Entries, place: Place) -> None:
    """Ask once for what the report does not say."""
    unsaid = [a for a in _MAY_BE_UNSAID if a in facts_of(form) and a not in entries.facts]
    if unsaid:
        entries.asked.update(unsaid)
        places = [place._replace(address=Address(address)) for address in unsaid]
        labels = "、".join(FACTS[address] for address in unsaid)
        entries.findings.append(NOT_SAID.at(*places, labels=labels))
