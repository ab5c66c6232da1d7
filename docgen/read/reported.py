"""The form of one report: a row for each unit it names, no rows where it has no such business."""

import difflib
from collections.abc import Iterator

from docgen.address import Address
from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.finding import Place, Rule, has_errors
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Table
from docgen.model import HOW_TO_FILL, Question
from docgen.read.entry import MISSING_FACT, Entries, Entry, Grid, NoResult
from docgen.read.figures import BLANKS
from docgen.read.label import normal
from docgen.read.text import MOST_NAME, tidy_line

DOUBLED_UNIT = Rule(
    code="R341",
    name="单位重复",
    severity="error",
    needs=("units",),
    message="{table}的“{label}”出现了不止一行",
    why="一个单位一行；两行同名，多半是粘贴了两次，或有一行写错了名称。",
    example="“城东分局”写了两行，数不相同。",
    cure="只留一行；是两个单位的，把名称写全。",
    since="0.3.0",
)
NO_UNIT = Rule(
    code="R342",
    name="没有单位的行",
    severity="error",
    needs=("units",),
    message="{table}“{each}”下面一行也没有填，至少要有一行",
    why="这张表每个单位填一行；只有一个单位的，也填一行，写它的名称。",
    example="只填了“合计”一行。",
    cure="在“{each}”下面写上单位的名称，并填数；只有本单位的，写本单位。",
    since="0.3.0",
)
UNIT_BLANK = Rule(
    code="R343",
    name="单位的行没有数",
    severity="error",
    needs=("units",),
    message="{table}“{label}”这一行没有填",
    why="写了名称就是要报它；空着的行不能当 0。",
    example="写了“城西分局”，后面的格子都空着。",
    cure="填上这个单位的数，没有就填 0；不报这个单位的，删去这一行。",
    since="0.3.0",
)
ABSENT_AND_FIGURES = Rule(
    code="R344",
    name="写了没有这项业务，又填了数",
    severity="error",
    needs=("absence",),
    message="{table}写着“{sentence}”，又填了 {count} 格",
    why="没有这项业务，就没有数可填；有业务、只是一件也没有办的，填 0，不写这句话。",
    example="写了“本单位没有这项业务”，合计一行又填了 0。",
    cure="没有这项业务的，把填的清空；有的，删去这句话。",
    since="0.3.0",
)
EMPTY_TABLE = Rule(
    code="R345",
    name="整张表空着",
    severity="error",
    needs=("absence",),
    message="{table}整张空着：不知道是没有这项业务、一件没有办，还是漏填了",
    why="填数、填 0、没有这项业务，是三回事；空着看不出是哪一种，docgen 不替机关决定。",
    example="整张表都没有填，也没有写没有这项业务。",
    cure="有的填数；有这项业务、一件也没有的填 0；没有这项业务的，在表里写“{sentence}”。",
    since="0.3.0",
)

BLANK_TABLE = Rule(
    code="R377",
    name="表里一格也没有填",
    severity="error",
    needs=("cells",),
    message="{table}一格也没有填",
    why="空着不等于 0：可能是没有，也可能是还没填。docgen 不替机关决定。",
    example="空白表没有填就交了回来。",
    cure="逐格填：有的填数，没有的填 0。",
    since="0.4.0",
)

#: A body reports of so many units at most.
MOST_UNITS = 300

#: How like the sentence of the form another wording must be, and how much may stand around it.
_LIKE, _AROUND = 0.7, 8
_SHORTEST = 6  # characters of its beginning that are enough
_NOT = "无没未不非"


def settle_form(form: Form, entries: Entries, name: str) -> Form:
    """Return the form of this report; what is wrong with its units and tables goes to `entries`.

    Raise InputStop for more units than any report has.
    """
    for table in form.tables:
        _settle_absent(form, table, entries)

    units: dict[str, list[str]] = {}
    for table in form.tables:
        if table.each:
            units[table.key] = list(_unit_names(table, entries, name))

    return form.as_reported(units, entries.absent)


def find_absent(grid: Grid, table: Table) -> Entry | None:
    """Return the cell of a sheet that says that the body has no business of a table."""
    if not table.absent:
        return None
    texts = (entry for row in grid for entry in row if isinstance(entry.value, str))
    said = ((entry, entry.text.removeprefix(HOW_TO_FILL)) for entry in texts)
    return next((entry for entry, text in said if _says(text, table.absent)), None)


def _says(text: str, sentence: str) -> bool:
    """Whether a text is this sentence, its beginning or another wording of it.

    What denies must still deny: 有相关职责 is one character away from 无相关职责.
    """
    said, wanted = normal(text), normal(sentence)
    if not said or len(said) > len(wanted) + _AROUND:
        return False
    if wanted in said:
        return True
    if not set(said) & set(_NOT) and set(wanted) & set(_NOT):
        return False
    if len(said) >= _SHORTEST and wanted.startswith(said):
        return True

    return difflib.SequenceMatcher(None, said, wanted, autojunk=False).ratio() >= _LIKE


def _settle_absent(form: Form, table: Table, entries: Entries) -> None:
    """Judge whether a table is left out: by its sentence, with nothing filled in beside it."""
    cells = [(a, e) for a, e in entries.figures.items() if Address(a).first == table.key]
    filled = [entry for _, entry in cells if not _is_unfilled(entry)]
    said = entries.absent.get(table.key)
    if said is None:
        if cells and not filled:  # the names of units may be those of last year
            _tell_blank(form, table, entries)
        return

    text = said.text.removeprefix(HOW_TO_FILL)
    if normal(text) != normal(table.absent) and text != table.key:
        from docgen.read.answers import REPAIRED_ANSWER  # most forms have no answers

        entries.findings.append(
            REPAIRED_ANSWER.at(said.place, label=table.short, value=text[:40], text=table.absent)
        )
    if filled:
        entries.findings.append(
            ABSENT_AND_FIGURES.at(
                said.place,
                *(entry.place for entry in filled),
                table=table.short,
                sentence=table.absent,
                count=len(filled),
            )
        )
    for address, _ in cells:
        del entries.figures[address]
    entries.units.pop(table.key, None)


def _tell_blank(form: Form, table: Table, entries: Entries) -> None:
    """Tell once of a table in which nothing is filled in, if anything must be."""
    place = _place_of(table, entries, "")
    if table.absent:
        told = EMPTY_TABLE.at(place, table=table.short, sentence=table.absent)
        entries.findings.append(told)
        return

    owed = (a for a, figure in form.cells.items() if not figure.cell.optional)
    may_be_zero = any(Question(question=q.text).is_about_blanks for q, _ in entries.questions)
    if not may_be_zero and any(
        a in entries.figures and Address(a).first == table.key for a in owed
    ):
        entries.findings.append(BLANK_TABLE.at(place, table=table.short))


def _is_unfilled(entry: Entry) -> bool:
    """Whether a cell holds nothing, a sign for nothing, or a formula nobody has reckoned yet."""
    if isinstance(entry.value, NoResult):
        return True
    return entry.value is None or (isinstance(entry.value, str) and entry.text.upper() in BLANKS)


def _unit_names(table: Table, entries: Entries, name: str) -> Iterator[str]:
    """Yield the name of each unit of a table, and tell what is wrong with them."""
    given = entries.units.get(table.key, [])
    each = table.each.label if table.each else ""
    if len(given) > MOST_UNITS:
        size, limit = f"{len(given)} 个单位", f"{MOST_UNITS} 个"
        raise InputStop(TOO_LARGE.at(given[-1].place, name=name, size=size, limit=limit))

    is_told = entries.told()
    if not given and table.key not in entries.absent and not is_told(table.key):
        place = _place_of(table, entries, name)
        entries.findings.append(NO_UNIT.at(place, table=table.short, each=each))

    rows = {Address(a).above for a in entries.figures}
    filled = {Address(a).above for a, e in entries.figures.items() if not _is_unfilled(e)}
    seen: dict[str, Entry] = {}
    for key, entry in zip(unit_keys(len(given)), given, strict=True):
        row = Address.of(table.key, key)
        text, findings = tidy_line(entry, each, most=MOST_NAME)
        entries.findings += findings
        if not text and not has_errors(findings):
            entries.findings.append(MISSING_FACT.at(entry.place, label=each))
        if text and normal(text) in seen:
            places = (seen[normal(text)].place, entry.place)
            entries.findings.append(DOUBLED_UNIT.at(*places, table=table.short, label=text))
        if row in rows - filled and not is_told(row):
            entries.findings.append(UNIT_BLANK.at(entry.place, table=table.short, label=text or ""))

        seen.setdefault(normal(text or ""), entry)
        yield text or ""


def _place_of(table: Table, entries: Entries, name: str) -> Place:
    """Return the place of a table as a whole: its sheet, if anything of it was found."""
    found = (e.place for a, e in entries.figures.items() if Address(a).first == table.key)
    return next(found, Place(name, table.name))._replace(cell="", address=Address(table.key))
