"""What a workbook shows otherwise than it holds: said of every cell that the report takes."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby

from docgen.address import Address
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.model import FACTS, texts_of
from docgen.prose.personal import masked
from docgen.read.entry import WHOLE_SHEET, CellLook, Entries, Entry
from docgen.read.formats import rounds_to, show
from docgen.read.workbook import Worksheet

STRUCK = Rule(
    code="R401",
    name="有删除线",
    severity="error",
    needs=("workbook",),
    message="{what}里的“{struck}”{more}加了删除线",
    why="加了删除线的字是要删还是要留，只有机关知道；照印就成了没有删。",
    example="“共收到申请5件”的“5件”画了一道删除线。",
    cure="要删的，把这些字删掉；要留的，去掉删除线（设置单元格格式—字体）。",
    since="0.2.0",
)
SHOWN_OTHERWISE = Rule(
    code="R402",
    name="显示的不是存的",
    severity="error",
    needs=("workbook",),
    message="{what}里存的是 {stored}，打开看到的却{shown}{code}",
    why="格子的格式会把数缩小、放大或藏起来；docgen 读的是存的数，印出来就与看到的不同。",
    example="存着 125000，格式“0!.0,”显示成 12.5。",
    cure="把格子的格式改为“常规”（白字改为黑字），再看这个数对不对，照本格的单位填写。",
    since="0.2.0",
)
SHOWN_ROUNDED = Rule(
    code="R403",
    name="显示时四舍五入了",
    severity="note",
    needs=("workbook",),
    message="{what}里存的是 {stored}，打开看到的是“{shown}”；照存的印",
    why="格子的格式只显示几位小数，存的数还有更多位。",
    example="存着 190.457379，显示成 190.46。",
    cure="要印看到的数，就照看到的重新填一遍；否则不用改。",
    since="0.2.0",
)
MERGED = Rule(
    code="R404",
    name="与旁边的格子合并了",
    severity="error",
    needs=("workbook",),
    message="{what}与 {shown} 合并成了一格，打开只看得见 {shown}{covered}",
    why="合并以后只看得见一格，另一格的数看不见，也没有地方填。",
    example="“第一季度”和“第二季度”两格合并成了一格。",
    cure="取消合并单元格，每一格各填各的数；没有就填 0。",
    since="0.2.0",
)
HIDDEN = Rule(
    code="R405",
    name="有隐藏的内容",
    severity="warning",
    needs=("workbook",),
    message="“{sheet}”{hidden}隐藏着，里面的内容照样读，照样印",
    why="隐藏（或筛选）只是不显示，数还在；不想要的内容可能就这样印了出去。",
    example="把第 8 行隐藏了，以为就不算了。",
    cure="取消隐藏（或清除筛选），看一看里面的内容对不对。",
    since="0.2.0",
)
PICTURE = Rule(
    code="R406",
    name="图片不会印出来",
    severity="warning",
    needs=("workbook",),
    message="“{sheet}”里有{things}，不会印出来",
    why="docgen 只读格子里的文字和数；浮在格子上面的东西不进报告。",
    example="“正文”里贴了一张截图。",
    cure="里面有要写进报告的内容，就写到格子里；没有的话，删去它。",
    since="0.2.0",
)
BOX = Rule(
    code="R407",
    name="文字写在文本框里",
    severity="error",
    needs=("workbook",),
    message="文本框里写着“{text}”，没有读",
    why="文本框浮在格子上面，不知道它属于哪一部分；docgen 不悄悄丢掉它。",
    example="“正文”里插了一个文本框，写着一段话。",
    cure="把这些字写到应在的格子里，删去文本框。",
    since="0.2.0",
)
COMMENT = Rule(
    code="R408",
    name="批注没有读",
    severity="note",
    needs=("workbook",),
    message="“{sheet}”里有 {count} 条批注，没有读，也不印",
    why="批注是写给同事看的话，不是报告的内容。",
    example="B5 上有一条批注“请核实”。",
    cure="不用改；其中若有要改的，改好再出文件。",
    since="0.2.0",
)

#: Units that make another number of what stands before them, unless the cell asks for them.
_OTHER_UNIT = re.compile("[%‰百千万亿]")
_LONGEST = 40
# fullmatch: 第 8 行; not C 列.
_ROW = re.compile("第 ([0-9]+) 行")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST = 10  # rows and columns named


def check_looks(form: Form, entries: Entries) -> Iterator[Finding]:
    """Tell what is struck through, shown otherwise, covered by a merge or out of sight."""
    out_of_sight: dict[Place, list[Entry]] = {}
    merged: dict[Place, list[tuple[str, Entry]]] = {}
    struck: dict[Place, list[tuple[str, Entry]]] = {}
    for what, entry in _odd_entries(form, entries):
        if entry.look.merged:
            shown = entry.place._replace(cell=entry.look.merged, address=Address())
            merged.setdefault(shown, []).append((what, entry))
        elif entry.value is not None:
            cell = form.cells.get(entry.place.address)
            yield from _tell_shown(what, entry, cell.unit if cell else "")
            if entry.look.struck:
                row = entry.place._replace(
                    cell=entry.place.cell.lstrip(_LETTERS), address=Address()
                )
                struck.setdefault(row, []).append((what, entry))
            if entry.look.hidden:
                sheet = Place(entry.place.file, entry.place.sheet)
                out_of_sight.setdefault(sheet, []).append(entry)

    for together in struck.values():
        yield _tell_struck(together)

    figures = {entry.place._replace(address=Address()): entry for entry in entries.figures.values()}
    for shown, covered in merged.items():
        yield _tell_merged(covered, figures[shown].place if shown in figures else shown)

    for sheet, hidden in out_of_sight.items():
        yield _tell_hidden(sheet, hidden)


def _odd_entries(form: Form, entries: Entries) -> Iterator[tuple[str, Entry]]:
    """Yield every entry that looks otherwise than it is, and what to call it."""
    titles = texts_of(form)
    tables = {table.key: table for table in (form.declared or form).tables}
    called = [
        *((f"“{FACTS[address]}”", entry) for address, entry in entries.facts.items()),
        *(
            (f"“{titles.get(key, key)}”", entry)
            for key, listed in entries.paragraphs.items()
            for entry in listed
        ),
        *(
            (f"{form.cells[address].table.short}“{form.cells[address].label}”", entry)
            for address, entry in entries.figures.items()
        ),
        *(
            (f"{tables[key].short}“{each.label}”", entry)
            for key, listed in entries.units.items()
            for each in [tables[key].each]
            for entry in listed
            if each
        ),
        *((tables[key].short, entry) for key, entry in entries.absent.items()),
        *((f"“{form.wordings[a].label}”", entry) for a, entry in entries.wording.items()),
        *(("待确认", entry) for pair in entries.questions for entry in pair),
        *(("豁免", entry) for _, waiver in entries.waivers for entry in waiver.values()),
    ]

    return ((what, entry) for what, entry in called if entry.look != CellLook())


def _tell_merged(covered: list[tuple[str, Entry]], shown: Place) -> Finding:
    """Tell of a merge: neither the cells below it nor the one that is shown can be relied on."""
    what = covered[0][0]
    if len(covered) > 1:
        what = f"{what}等 {len(covered)} 格"

    held = "、".join(f"“{entry.text[:_LONGEST]}”" for _, entry in covered if entry.text)
    return MERGED.at(
        *(entry.place for _, entry in covered),
        shown,
        what=what,
        shown=shown.cell,
        covered=f"，被盖住的{held}看不见" if held else "",
    )


def _tell_struck(together: list[tuple[str, Entry]]) -> Finding:
    """Tell what is struck through in one row."""
    what, entry = together[0]
    look, whole = entry.look, masked(entry.text)[:_LONGEST]
    return STRUCK.at(
        *(entry.place for _, entry in together),
        what=what,
        struck=whole if look.struck == "…" else masked(look.struck)[:_LONGEST],
        more=f"等 {len(together)} 格" if len(together) > 1 else "",
    )


def _tell_shown(what: str, entry: Entry, unit: str) -> Iterator[Finding]:
    """Tell what is shown otherwise in a cell that holds something, in this unit."""
    look = entry.look
    if look.white and entry.value != 0:  # a 0 that nobody sees is usual
        yield _tell_otherwise(what, entry, "什么都没有：字是白的", "")
    elif look.code and isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
        yield from _by_format(what, entry, unit)


def _by_format(what: str, entry: Entry, unit: str) -> Iterator[Finding]:
    """Tell of a number that its format shows as another one."""
    value = Decimal(str(entry.value))
    shown = show(value, entry.look.code)
    if shown is None:
        return

    try:
        number = Decimal("".join(c for c in shown if c in "0123456789."))
    except InvalidOperation:
        if value:  # so is one that is shown as “-”
            said = f"是“{shown}”" if shown else "什么都没有"
            yield _tell_otherwise(what, entry, said, entry.look.code)
        return

    if _OTHER_UNIT.search(shown.removesuffix(unit)) or not rounds_to(value, number):
        yield _tell_otherwise(what, entry, f"是“{shown}”", entry.look.code)
    elif number != abs(value):
        yield SHOWN_ROUNDED.at(entry.place, what=what, stored=entry.text, shown=shown)


def _tell_otherwise(what: str, entry: Entry, shown: str, code: str) -> Finding:
    """Tell of a value that is shown as something else."""
    return SHOWN_OTHERWISE.at(
        entry.place,
        what=what,
        stored=masked(entry.text)[:_LONGEST],
        shown=shown,
        code=f"（格子的格式是 {code[:_LONGEST]}）" if code else "",
    )


def _tell_hidden(sheet: Place, entries: list[Entry]) -> Finding:
    """Tell once of all that is out of sight in a sheet, by rows, columns or whole."""
    hidden = list(dict.fromkeys(entry.look.hidden for entry in entries))
    rows = sorted(int(found[1]) for each in hidden if (found := _ROW.fullmatch(each)))
    said = [each for each in hidden if not _ROW.fullmatch(each)]
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        first, *rest = [row for _, row in run]
        said.append(f"第 {first}—{rest[-1]} 行" if rest else f"第 {first} 行")

    more = f" 等 {len(said)} 处" if len(said) > _MOST else ""
    shown = WHOLE_SHEET if WHOLE_SHEET in hidden else f"里{'、'.join(said[:_MOST])}{more}"
    places = [entry.place for entry in entries]
    return HIDDEN.at(*places, sheet=sheet.sheet, hidden=shown)


def check_things(found: Worksheet, sheet: Place) -> Iterator[Finding]:
    """Tell what lies over the cells of a sheet."""
    pictures, comments = [], 0
    for thing in found.things:
        place = sheet._replace(cell=thing.cell)
        if thing.kind == "批注":
            comments += 1
        elif thing.text:
            text = masked(thing.text)
            said = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
            yield BOX.at(place, text=said)
        else:
            pictures.append((thing.kind, place))

    if pictures:
        kinds = [kind for kind, _ in pictures]
        things = "、".join(
            f" {kinds.count(kind)} {'张' if kind == '图片' else '个'}{kind}"
            for kind in dict.fromkeys(kinds)
        )
        places = [place for _, place in pictures]
        yield PICTURE.at(*places, sheet=sheet.sheet, things=things)

    if comments:
        yield COMMENT.at(sheet, sheet=sheet.sheet, count=comments)
