"""The five sheets of a report, however they came: facts, running text and the three tables."""

from collections.abc import Iterator, Sequence

from docgen.catalogue import read, stop
from docgen.errors import InputStop
from docgen.finding import Place
from docgen.forms import FORMS
from docgen.forms.form import Form
from docgen.model import FACTS, WAIVER
from docgen.printing import masked
from docgen.read.bind import Binder
from docgen.read.entry import Entries, Entry, Grid, beside
from docgen.read.label import nearest, nearest_hint, normal

FACT_SHEET, TEXT_SHEET = "基本情况", "正文"
WAIVER_SHEET = "豁免"  # the one sheet that may be missing
FACT_HEAD = ("项目", "内容", "说明")
TEXT_HEAD = ("部分", "正文")
WORDING = "用语"

#: A sheet of a report has about thirty rows and fifteen columns.
MOST_ROWS, MOST_COLUMNS = 3000, 200

Sheet = tuple[Place, Grid]  # the place names the file and the sheet
Pair = tuple[Entry, Entry]  # a label and what stands beside it


def read_sheets(sheets: Sequence[Sheet], whole: Place) -> tuple[Form, Entries]:
    """Bind these sheets into the entries of one report. `whole` is the place of the input."""
    entries = Entries()
    facts = [grid for place, grid in sheets if normal(place.sheet) == normal(FACT_SHEET)]
    if not facts:
        raise InputStop(stop.NO_FACTS.at(whole, name=FACT_SHEET))
    pairs = list(_pairs(facts[0]))
    form = find_form(next((value for label, value in pairs if label.text == FACTS["form"]), None))
    named = _name_sheets(sheets, entries, whole, form)
    _read_facts(pairs, form, entries)
    if TEXT_SHEET in named:
        _read_text(named[TEXT_SHEET][1], form, entries)
    if WAIVER_SHEET in named:
        _read_waivers(named[WAIVER_SHEET][1], entries)
    for table in form.tables:
        if table.name in named:
            place, grid = named[table.name]
            binder = Binder(form, table, place)
            binder.read(grid)
            entries.figures |= binder.figures
            entries.findings += binder.findings
    return form, entries


def find_form(entry: Entry | None) -> Form:
    """The form this entry names; without it no table can be read."""
    text = entry.text if entry else ""
    if text not in FORMS:
        places = [entry.place] if entry else []
        known = "、".join(FORMS)
        raise InputStop(stop.UNKNOWN_FORM.at(*places, label=FACTS["form"], value=text, known=known))
    return FORMS[text]


def _name_sheets(
    sheets: Sequence[Sheet], entries: Entries, whole: Place, form: Form
) -> dict[str, Sheet]:
    expected = {
        normal(name): name
        for name in (FACT_SHEET, TEXT_SHEET, *(table.name for table in form.tables), WAIVER_SHEET)
    }
    named: dict[str, Sheet] = {}
    for place, grid in sheets:
        name = expected.get(normal(place.sheet), "")
        if not name and not any(entry.text for row in grid for entry in row):
            continue  # the empty sheets a new workbook has
        if not name:
            unused = [other for other in expected.values() if other not in named]
            hint = nearest_hint(place.sheet, unused)
            entries.findings.append(read.UNKNOWN_SHEET.at(place, name=place.sheet, nearest=hint))
        elif name in named:
            entries.findings.append(read.DOUBLED_SHEET.at(named[name][0], place, name=name))
        else:
            named[name] = (place, grid)
    for name in expected.values():
        if name not in named and name != WAIVER_SHEET:
            entries.findings.append(read.MISSING_SHEET.at(whole, name=name))
    return named


def _pairs(grid: Grid) -> Iterator[Pair]:
    """The label and value of each row; a third column is for explanations and is not read.

    The value stands below 内容, or beside the label where there is no such head.
    """
    column = 0
    for row in grid:
        filled = [index for index, entry in enumerate(row) if entry.text]
        if not filled:
            continue
        if _is_head([row[index] for index in filled[:2]], FACT_HEAD[:2]):
            column = filled[1]
            continue
        label, index = row[filled[0]], max(column, filled[0] + 1)
        yield label, row[index] if index < len(row) else Entry(None, beside(label.place, index))


def _is_head(row: Sequence[Entry], head: Sequence[str]) -> bool:
    return [normal(entry.text) for entry in row] == [normal(text) for text in head]


def _read_facts(pairs: Sequence[Pair], form: Form, entries: Entries) -> None:
    addresses = {normal(title): address for address, title in FACTS.items()}
    given = {addresses.get(normal(label.text)) for label, _ in pairs}
    missing = [title for address, title in FACTS.items() if address not in given]
    for label, value in pairs:
        found = addresses.get(normal(label.text))
        if found:
            _put(entries, entries.facts, found, label, value)
        elif normal(label.text).startswith(normal(WORDING)):
            _read_wording(label, value, form, entries)
        else:
            close = nearest(label.text, missing)
            hint = nearest_hint(label.text, [close] if close else FACTS.values())
            place = label.place._replace(address=addresses[normal(close)] if close else "")
            entries.findings.append(read.UNKNOWN_KEY.at(place, key=label.text[:40], nearest=hint))


def _read_wording(label: Entry, value: Entry, form: Form, entries: Entries) -> None:
    """`用语：行政规范性文件` names a row, column or group by its official label, or by address."""
    name = label.text.removeprefix(WORDING).lstrip("：: ")
    matching = [a for a, line in form.wordings.items() if normal(line.label) == normal(name)]
    address = name if name in form.wordings else matching[0] if len(matching) == 1 else ""
    if address:
        _put(entries, entries.wording, address, label, value)
        return
    labels = [line.label for line in form.wordings.values()]
    hint = nearest_hint(name, labels)
    if len(matching) > 1:
        hint = "；有几处都叫这个名称，请改写地址：" + "、".join(matching)
    entries.findings.append(read.UNKNOWN_KEY.at(label.place, key=label.text[:60], nearest=hint))


def _put(
    entries: Entries, into: dict[str, Entry], address: str, label: Entry, value: Entry
) -> None:
    if address in into:
        places = (into[address].place, value.place)
        entries.findings.append(read.DOUBLED_KEY.at(*places, key=label.text))
    else:
        into[address] = value._replace(place=value.place._replace(address=address))


def _read_text(grid: Grid, form: Form, entries: Entries) -> None:
    """Each row is one paragraph of the section named at its left or last named above it."""
    current: str | None = None
    column = 1  # where the text stands: below 正文, right of the sections' names
    for row in grid:
        filled = [(index, entry) for index, entry in enumerate(row) if entry.text]
        if _is_head([entry for _, entry in filled], TEXT_HEAD):
            column = filled[1][0]
            continue
        names = [entry for index, entry in filled if index < column]
        paragraphs = [entry for index, entry in filled if index >= column]
        if names:
            current = _section(names[0], form, entries)
            entries.headings.setdefault(current, names[0].place)
        if current is not None and paragraphs:  # of an unknown section its name is told of
            entries.paragraphs.setdefault(current, []).append(paragraphs.pop(0))
        for entry in (*names[1:], *paragraphs):
            entries.findings.append(
                read.STRAY_VALUE.at(entry.place, table=TEXT_SHEET, value=masked(entry.text)[:40])
            )


def _read_waivers(grid: Grid, entries: Entries) -> None:
    """A waiver a row, its members below their names in the first row."""
    keys = {normal(title): key for key, title in WAIVER.items()}
    rows = [row for row in grid if any(entry.text for entry in row)]
    columns: dict[int, str] = {}
    for index, head in enumerate(rows[0] if rows else ()):
        key = keys.get(normal(head.text))
        if key is None and head.text:
            hint = nearest_hint(head.text, WAIVER.values())
            entries.findings.append(
                read.UNKNOWN_KEY.at(head.place, key=head.text[:40], nearest=hint)
            )
        elif key:
            columns[index] = key
    for row in rows[1:]:
        members = {columns[i]: entry for i, entry in enumerate(row) if i in columns}
        entries.waivers.append((row[0].place, members))
        for entry in (entry for i, entry in enumerate(row) if i not in columns and entry.text):
            entries.findings.append(
                read.STRAY_VALUE.at(entry.place, table=WAIVER_SHEET, value=entry.text[:40])
            )


def _section(name: Entry, form: Form, entries: Entries) -> str:
    """The key of the section of this name, or blank and a finding; other wordings are noted."""
    official = {"preface": form.preface} | {s.key: s.title for s in form.text_sections}
    keys = {normal(title): key for key, title in official.items()}
    keys |= {normal(v): s.key for s in form.text_sections for v in s.variants}
    key = keys.get(normal(name.text))
    if key is None:
        close = nearest(name.text, official.values())
        hint = f"；最接近的是“{close}”" if close else ""
        place = name.place._replace(address=f"sections.{keys[normal(close)]}" if close else "")
        entries.findings.append(read.UNKNOWN_KEY.at(place, key=name.text[:40], nearest=hint))
        return ""
    if normal(name.text) != normal(official[key]):
        entries.findings.append(
            read.LABEL_VARIANT.at(name.place, label=name.text, official=official[key])
        )
    return key
