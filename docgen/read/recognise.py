"""Which sheet is which: by the labels in it; its name decides only where they do not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.forms.table import Table
from docgen.model import (
    FACT_SHEET,
    FACTS,
    GUIDE_SHEET,
    MARKS_HEAD,
    MARKS_SHEET,
    TEXT_SHEET,
    WAIVER,
    WAIVER_SHEET,
    facts_of,
    texts_of,
)
from docgen.prose.personal import masked
from docgen.read.entry import WHOLE_SHEET, Grid
from docgen.read.label import label_in, nearest, normal, unnumbered

MISSING_SHEET = Rule(
    code="R207",
    name="缺表",
    severity="error",
    needs=("report",),
    message="没有找到“{name}”",
    why="一份报告要有基本情况、正文和表式里的各张表；缺一张就不完整。",
    example="文件夹里没有“正文.csv”。",
    cure="用 docgen new 生成一套空表，补上“{name}”。",
)
UNKNOWN_SHEET = Rule(
    code="R208",
    name="多出不认识的表",
    severity="error",
    needs=("sheets",),
    message="“{name}”不是这种报告的表{nearest}",
    why="不认识的表若被跳过，填的内容就悄悄丢了。",
    example="文件名“附表 其他.csv”。",
    cure="改成正确的名称，或把它移出去。",
)
DOUBLED_SHEET = Rule(
    code="R209",
    name="表重复",
    severity="error",
    needs=("sheets",),
    message="“{name}”有不止一张",
    why="同一张表有两份时，取哪一份都是猜。",
    example="“基本情况.csv”和“基本 情况.csv”都在。",
    cure="只留一张，把另一张移出去。",
)
RENAMED_SHEET = Rule(
    code="R221",
    name="表的名称不同",
    severity="note",
    needs=("sheets",),
    message="“{found}”按“{name}”读：里面是这张表的行和列",
    why="表按里面的行列认，名称只作参考。",
    example="“正文(1).csv”按“正文”读。",
    cure="请看一眼是不是这张表；无误则不用改，也可改名为“{name}”。",
    since="0.2.0",
)

SHEET_BESIDE = Rule(
    code="R376",
    name="另加的表没有读",
    severity="note",
    needs=("sheets",),
    message="“{name}”没有读，也不印",
    why="说明、备注一类的表是写给同事看的，不是报告的内容。",
    example="工作簿里另加了一张“备注”，写着“请科长看一下”。",
    cure="不用改；里面有要写进报告的，填到表或“正文”里。",
    since="0.4.0",
)

Sheet = tuple[Place, Grid]  # the place names the file and the sheet
Labels = list[frozenset[str]]  # each label with its variants, made `normal`

#: What offices call a sheet that holds no figures; its name may have a number behind it.
# fullmatch: 备注, 填报说明2, 封面; not 旧数据, 附表 其他.
_BESIDE = re.compile("(?:填[表报写])?(?:说明|须知|要求|指南)|备注|备忘|附注|目录|封面|通知")

#: Where WPS keeps the pictures that stand in cells.
_OWN_OF_WPS = "WpsReserved_"
#: The share of its labels that a sheet must hold, and no other's sheet may.
_ENOUGH = 0.5
#: So many characters of a sheet that is not read are told.
_QUOTED = 200


def without_guide(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets without those that docgen itself wrote to be read by people alone.

    They are the guide of a blank workbook and what was found in a marked one, which may come
    back mended; a clerk's own of these names stays.
    """
    return [sheet for sheet in sheets if not (_is_guide(sheet) or _is_marks(sheet))]


def _is_guide(sheet: Sheet) -> bool:
    """Whether a sheet is called so, and says so of a report in the first cell that holds text."""
    place, grid = sheet
    first = next((entry.text for row in grid for entry in row if entry.text), "")
    return place.sheet == GUIDE_SHEET and first.startswith(f"{GUIDE_SHEET}：")


def _is_marks(sheet: Sheet) -> bool:
    """Whether a sheet is docgen's list of what was found: by its name, its opening and its head."""
    place, grid = sheet
    rows = [[entry.text for entry in row if entry.text] for row in grid]
    first = next((row[0] for row in rows if row), "")
    named = place.sheet.rstrip("0123456789") == MARKS_SHEET  # Excel numbers a second one
    return named and first.startswith(f"{MARKS_SHEET}：") and list(MARKS_HEAD) in rows


def find_facts(sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the sheet that holds the facts, or is named so where none does."""
    kinds = {FACT_SHEET: _single_labels(FACTS.values())}
    named = [sheet for sheet in sheets if normal(sheet[0].sheet) == normal(FACT_SHEET)]
    found = (sheet for sheet in (*named, *sheets) if _kind_of(sheet[1], kinds))
    return next(found, named[0] if named else None)


def name_sheets(
    sheets: Sequence[Sheet], form: Form, whole: Place, unread: Sequence[str] = ()
) -> tuple[dict[str, Sheet], list[Finding]]:
    """Return each sheet under the name that the form has for it, and what is wrong with the sheets.

    A missing one may be among the files that are `unread` because they are no CSV.
    """
    kinds = labels_of(form)
    by_name = {normal(name): name for name in kinds}
    named: dict[str, Sheet] = {}
    findings: list[Finding] = []
    unknown: list[Sheet] = []
    beside: list[Sheet] = []
    renamed: dict[str, Place] = {}
    doubled: set[str] = set()
    for place, grid in sheets:
        own = by_name.get(normal(place.sheet), "")
        name = _kind_of(grid, kinds) or own
        if not name:
            if _holds_something(place, grid):
                (beside if _is_beside(place, grid) else unknown).append((place, grid))
        elif name in named:
            findings.append(DOUBLED_SHEET.at(named[name][0], place, name=name))
            doubled.add(name)
        else:
            named[name] = (place, grid)
            if name != own:
                renamed[name] = place

    findings += (
        RENAMED_SHEET.at(place, found=place.sheet, name=name)
        for name, place in renamed.items()
        if name not in doubled
    )
    findings += (
        SHEET_BESIDE.at(place, name=place.sheet, actual=_words_of(grid)) for place, grid in beside
    )
    missing = [name for name in kinds if name not in named]
    for place, grid in unknown:
        close = nearest(place.sheet, missing)
        hint = f"；最接近的是“{close}”" if close else ""
        hint += "；它隐藏着，右击任一张表的名称，选“取消隐藏”就能看到" if _is_hidden(grid) else ""
        findings.append(UNKNOWN_SHEET.at(place, name=place.sheet, nearest=hint))
        missing = [name for name in missing if name != close]

    for name in missing:
        if name != WAIVER_SHEET:
            file = next((file for file in unread if normal(name) in normal(file)), "")
            cure = f"打开“{file}”，另存为 CSV，名称用“{name}”。" if file else ""
            findings.append(MISSING_SHEET.at(whole, name=name, cure=cure))

    return named, findings


def _holds_something(place: Place, grid: Grid) -> bool:
    """Whether a sheet of another name is more than a new workbook's empty ones, or WPS's own."""
    if place.sheet.startswith(_OWN_OF_WPS) and _is_hidden(grid):
        return False
    return any(entry.text for row in grid for entry in row)


def _is_beside(place: Place, grid: Grid) -> bool:
    """Whether a sheet in sight is called as those are that hold no figures."""
    return bool(_BESIDE.fullmatch(normal(place.sheet).rstrip("0123456789"))) and not _is_hidden(
        grid
    )


def _words_of(grid: Grid) -> str:
    """Return the beginning of what a sheet says, in one line, without what is personal."""
    return masked(" ".join(entry.text for row in grid for entry in row if entry.text)[:_QUOTED])


def _is_hidden(grid: Grid) -> bool:
    """Whether a sheet is out of sight as a whole."""
    return any(entry.look.hidden == WHOLE_SHEET for row in grid for entry in row)


@lru_cache(maxsize=8)
def labels_of(form: Form) -> dict[str, Labels]:
    """Return the labels of each sheet of a report in this form, by the sheet's name."""
    sections = [frozenset(map(normal, (s.title, *s.variants))) for s in form.text_sections]
    preface = _single_labels([form.preface] if form.preface else [])
    texts = {TEXT_SHEET: [*preface, *sections]} if texts_of(form) else {}
    return {
        FACT_SHEET: _single_labels(facts_of(form).values()),
        **texts,
        **{table.name: _of_table(table) for table in form.tables},
        WAIVER_SHEET: _single_labels(WAIVER.values()),
    }


def _single_labels(labels: Iterable[str]) -> Labels:
    """Return labels that have no variants."""
    return [frozenset([normal(label)]) for label in labels]


def _of_table(table: Table) -> Labels:
    """Return every label of a table's rows and columns, with and without its number."""
    paths = (path for band in table.bands for path in (*band.row_paths, *band.column_paths))
    lines = {line.label: line for path in paths for line in path if line.label and not line.each}
    return [
        frozenset(normal(text) for label in line.labels for text in (label, unnumbered(label)))
        for line in lines.values()
    ]


def _kind_of(grid: Grid, kinds: Mapping[str, Labels]) -> str:
    """Return the one kind of sheet whose labels stand here; blank if there is none, or several."""
    texts = {label_in(entry) for row in grid for entry in row if isinstance(entry.value, str)}
    shares = {
        name: sum(not texts.isdisjoint(variants) for variants in labels) / len(labels)
        for name, labels in kinds.items()
    }
    found = [name for name, share in shares.items() if share >= _ENOUGH]

    return found[0] if len(found) == 1 else ""
