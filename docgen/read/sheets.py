"""The sheets of a report, however they came: facts, running text and the tables."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from docgen.address import Address
from docgen.errors import InputStop
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.forms.table import Kind, Table
from docgen.model import (
    FACT_HEAD,
    FACT_SHEET,
    FACTS,
    HOW_TO_FILL,
    QUESTION,
    TEXT_HEAD,
    TEXT_SHEET,
    WAIVER,
    WAIVER_SHEET,
    WORDING,
    facts_of,
    texts_of,
)
from docgen.prose.personal import masked
from docgen.read.around import read_past, uncounted, without_last_year
from docgen.read.bind import STRAY_VALUE, Binder
from docgen.read.entry import DOUBLED_KEY, UNKNOWN_KEY, Entries, Entry, Grid, beside
from docgen.read.head import head_labels
from docgen.read.known_form import find_form
from docgen.read.label import LABEL_VARIANT, nearest, nearest_hint, normal
from docgen.read.pairs import PairBinder, parted
from docgen.read.recognise import (
    Sheet,
    find_facts,
    labels_of,
    name_sheets,
    without_guide,
)
from docgen.read.reported import find_absent, settle_form
from docgen.read.text import told_unseen, without_unseen

SECTION_ORDER = Rule(
    code="R213",
    name="各部分的次序不对",
    severity="warning",
    needs=("sheets",),
    message="“{label}”写在了“{after}”的后面，照名称归到它自己的部分里了",
    why="段落按左边的名称归到各部分，不按位置；名称打错了地方，段落就印到别的部分里去。",
    example="粘贴时把第一部分的标题又写了一遍，写在第五部分下面。",
    cure="核对这一行左边的名称和右边的段落是不是一部分；是的话，把它移到这一部分里。",
    since="0.2.0",
)
NO_FACTS = Rule(
    code="X314",
    name="没有基本情况",
    severity="error",
    message="没有找到“{name}”这张表",
    why="表式、年度和机关名称都在“基本情况”里；没有它就不知道怎么读其余的表。",
    example="文件夹里的“基本情况.csv”改了名。",
    cure="用 docgen new 生成一套空表，补上“{name}”。",
)

#: A sheet of a report has about thirty rows and fifteen columns.
MOST_ROWS, MOST_COLUMNS = 3000, 200

Pair = tuple[Entry, Entry]  # a label and what stands beside it


def read_sheets(
    sheets: Sequence[Sheet], whole: Place, unread: Sequence[str] = ()
) -> tuple[Form, Entries]:
    """Bind these sheets into the entries of one report.

    `whole` is the place of the input, `unread` the files beside that are no sheets.
    """
    entries = Entries()
    sheets = without_guide(sheets)
    sheets = [(place, _clear_unseen(grid, entries)) for place, grid in sheets]
    facts = find_facts(sheets)

    if facts is None:
        raise InputStop(NO_FACTS.at(whole, name=FACT_SHEET))

    pairs = list(_label_pairs(facts[1]))
    form = find_form(next((value for label, value in pairs if label.text == FACTS["form"]), None))
    named, findings = name_sheets(sheets, form, whole, unread)
    entries.findings += findings
    tables = {table.name: table for table in form.tables}
    for name in (FACT_SHEET, TEXT_SHEET, WAIVER_SHEET, *tables):
        if name not in named:
            continue

        place, grid = named[name]
        if name in tables:
            read_table(grid, form, tables[name], place, entries)
            continue

        kept, notes = read_past(grid, _known_labels(name, form), beside=name != TEXT_SHEET)
        entries.findings += notes
        if name == FACT_SHEET:
            _read_facts(list(_label_pairs(kept)), form, entries)
        elif name == TEXT_SHEET:
            _read_text(kept, form, entries)
        else:
            _read_waivers(kept, entries)

    return settle_form(form, entries, whole.file), entries


def read_table(grid: Grid, form: Form, table: Table, place: Place, entries: Entries) -> Binder:
    """Take the cells of a table, or the sentence that says the body has no business of it.

    Return what bound them.
    """
    grid = without_last_year(grid, table)
    absent = find_absent(grid, table)
    binder, notes = _bind_table(grid, form, table, place)
    if absent and not _is_remark(absent, binder.figures, form):
        entries.absent[table.key] = absent._replace(
            place=absent.place._replace(address=Address(table.key))
        )
        grid = [[e._replace(value=None) if e is absent else e for e in row] for row in grid]
        binder, _ = _bind_table(grid, form, table, place)
    else:  # else its rows need not be there
        entries.findings += [*notes, *binder.findings]

    entries.figures |= binder.figures
    if table.each:
        entries.units[table.key] = binder.units
    return binder


def _bind_table(grid: Grid, form: Form, table: Table, place: Place) -> tuple[Binder, list[Finding]]:
    """Return what was read of a sheet, and a note on what was read past."""
    pairs = table.shape != "grid"
    grid = parted(grid, table) if pairs else grid
    grid = [[] if _is_note(row, table) else row for row in grid]
    known, has_units = _known_labels(table.name, form), table.each is not None
    kept, notes = read_past(grid, known, sentences=has_units)
    binder = PairBinder(form, table, place) if pairs else Binder(form, table, place)
    binder.read(kept)
    return binder, notes


def _is_remark(sentence: Entry, cells: Mapping[str, Entry], form: Form) -> bool:
    """Whether such a sentence stands in a cell for text, beside figures: it is said of that row."""
    texts = {c.address.last for c in form.cells.values() if c.kind is Kind.TEXT}
    filled = {Address(a): entry for a, entry in cells.items() if entry.text}
    own = [a for a, entry in filled.items() if entry.place.cell == sentence.place.cell]
    return len(filled) > len(own) and any(address.last in texts for address in own)


def _is_note(row: Sequence[Entry], table: Table) -> bool:
    """Whether a row is a note that the form prints under its table, or only says how to fill it."""
    notes = {normal(note) for note in table.notes}
    filled = [entry for entry in row if entry.text]
    if len(filled) != 1:
        return False
    return filled[0].text.startswith(HOW_TO_FILL) or normal(filled[0].text) in notes


@lru_cache(maxsize=32)
def _known_labels(name: str, form: Form) -> frozenset[str]:
    """Return every label that may stand in this sheet."""
    heads = {FACT_SHEET: FACT_HEAD, TEXT_SHEET: TEXT_HEAD}.get(name, ())
    tables = (table for table in form.tables if table.name == name)
    heads = (*heads, *(label for table in tables for label in head_labels(form, table)))
    return frozenset(normal(head) for head in heads if head).union(*labels_of(form)[name])


def _clear_unseen(grid: Grid, entries: Entries) -> Grid:
    """Return the grid without what nobody sees, and without columns that only count the rows."""
    seen = [[without_unseen(entry) for entry in row] for row in grid]
    entries.findings += told_unseen(zip(chain(*grid), chain(*seen), strict=True))
    cleared, notes = uncounted(seen)
    entries.findings += notes
    return cleared


def _label_pairs(grid: Grid) -> Iterator[Pair]:
    """Yield the label and value of each row; a third column is for explanations and is not read.

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
    """Whether these cells are a head, whatever their spacing."""
    return [normal(entry.text) for entry in row] == [normal(text) for text in head]


def _read_facts(pairs: Sequence[Pair], form: Form, entries: Entries) -> None:
    """Take the facts and wordings, and tell of labels nobody knows."""
    facts = facts_of(form)
    addresses = {normal(title): address for address, title in facts.items()}
    given = {addresses.get(normal(label.text)) for label, _ in pairs}
    missing = [title for address, title in facts.items() if address not in given]
    for label, value in pairs:
        found = addresses.get(normal(label.text))
        if found:
            _put_once(entries, entries.facts, found, label, value)
        elif normal(label.text).startswith(normal(WORDING)):
            _read_wording(label, value, form, entries)
        elif normal(label.text).startswith(normal(QUESTION)):
            asked = label.text.removeprefix(QUESTION).lstrip("：: ")
            entries.questions.append((label._replace(value=asked), value))
        else:
            close = nearest(label.text, missing)
            hint = nearest_hint(label.text, [close] if close else facts.values())
            place = label.place._replace(address=Address(addresses[normal(close)] if close else ""))
            entries.findings.append(UNKNOWN_KEY.at(place, key=label.text[:40], nearest=hint))


def _read_wording(label: Entry, value: Entry, form: Form, entries: Entries) -> None:
    """`用语：办理结果` names a row, column or group by its official label, or by address."""
    name = label.text.removeprefix(WORDING).lstrip("：: ")
    matching = [a for a, line in form.wordings.items() if normal(line.label) == normal(name)]
    address = name if name in form.wordings else matching[0] if len(matching) == 1 else ""
    if address:
        _put_once(entries, entries.wording, address, label, value)
        return

    labels = [line.label for line in form.wordings.values()]
    hint = nearest_hint(name, labels)
    if len(matching) > 1:
        hint = "；有几处都叫这个名称，请改写地址：" + "、".join(matching)

    entries.findings.append(UNKNOWN_KEY.at(label.place, key=label.text[:60], nearest=hint))


def _put_once(
    entries: Entries, into: dict[str, Entry], address: str, label: Entry, value: Entry
) -> None:
    """Keep an entry by its address; tell if there is one already."""
    if address in into:
        places = (into[address].place, value.place)
        entries.findings.append(DOUBLED_KEY.at(*places, key=label.text))
    else:
        into[address] = value._replace(place=value.place._replace(address=Address(address)))


def _read_text(grid: Grid, form: Form, entries: Entries) -> None:
    """Each row is one paragraph of the section named at its left or last named above it."""
    current: str | None = None
    column = 1  # where the text stands: below 正文, right of the sections' names
    for row in grid:
        filled = [(index, entry) for index, entry in enumerate(row) if entry.text]
        if _is_head([entry for _, entry in filled[:2]], TEXT_HEAD[:2]):
            column = filled[1][0]
            continue

        filled = [(i, e) for i, e in filled if i <= column or not e.text.startswith(HOW_TO_FILL)]
        names = [entry for index, entry in filled if index < column]
        paragraphs = [entry for index, entry in filled if index >= column]
        if names:
            before, current = current, _section_key(names[0], form, entries)
            _note_order(before, current, names[0], form, entries)
            entries.headings.setdefault(current, names[0].place)

        if current is not None and paragraphs:  # of an unknown section its name is told of
            entries.paragraphs.setdefault(current, []).append(paragraphs.pop(0))

        for entry in (*names[1:], *paragraphs):
            entries.findings.append(
                STRAY_VALUE.at(
                    entry.place, table=TEXT_SHEET, value=masked(entry.text)[:40], more=""
                )
            )


def _note_order(
    before: str | None, current: str, name: Entry, form: Form, entries: Entries
) -> None:
    """Say where a section stands below one that the form prints after it."""
    titles = texts_of(form)
    order = list(titles)
    if before in titles and current in titles and order.index(current) < order.index(before):
        entries.findings.append(
            SECTION_ORDER.at(name.place, label=titles[current], after=titles[before])
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
            entries.findings.append(UNKNOWN_KEY.at(head.place, key=head.text[:40], nearest=hint))
        elif key:
            columns[index] = key

    for row in rows[1:]:
        members = {columns[i]: entry for i, entry in enumerate(row) if i in columns}
        entries.waivers.append((row[0].place, members))
        for entry in (entry for i, entry in enumerate(row) if i not in columns and entry.text):
            entries.findings.append(
                STRAY_VALUE.at(entry.place, table=WAIVER_SHEET, value=entry.text[:40], more="")
            )


def _section_key(name: Entry, form: Form, entries: Entries) -> str:
    """Return the key of the section of this name; blank, and told, if there is none."""
    official = texts_of(form)
    keys = {normal(title): key for key, title in official.items()}
    keys |= {normal(v): s.key for s in form.text_sections for v in s.variants}
    key = keys.get(normal(name.text))

    if key is None:
        close = nearest(name.text, official.values())
        hint = f"；最接近的是“{close}”" if close else ""
        meant = Address.of("sections", keys[normal(close)]) if close else Address()
        place = name.place._replace(address=meant)
        entries.findings.append(UNKNOWN_KEY.at(place, key=name.text[:40], nearest=hint))
        return ""

    if normal(name.text) != normal(official[key]):
        entries.findings.append(
            LABEL_VARIANT.at(name.place, label=name.text, official=official[key])
        )

    return key
