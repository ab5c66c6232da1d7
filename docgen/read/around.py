"""What usually stands around a table, and is none of it: its title, 填表人, 计量单位, notes."""

import re
from collections.abc import Set

from docgen.finding import Finding, Rule
from docgen.forms.layout import last_year_columns
from docgen.forms.table import Table
from docgen.model import LAST_YEAR
from docgen.prose.personal import masked
from docgen.read.entry import Entry, Grid, is_blank
from docgen.read.label import label_in, nearest, normal

PASSED_OVER = Rule(
    code="R222",
    name="表外的说明没有读",
    severity="note",
    needs=("sheets",),
    message="“{value}”是表外的说明，没有读，也不印",
    why="表名、计量单位、填表人、填报日期、序号习惯写在表的四周；报告的版面里没有它们的位置。",
    example="表的最下面写着“填表人：张三”。",
    cure="不用改。要印的话，写到“正文”里。",
    since="0.2.0",
)

#: Matches 填表人：张三, （单位：件）, 注：数据截至12月31日; not 其他, not 单位内部信息.
_AROUND = re.compile(
    r"[（(]?(?:(?:填表|制表|填报|编制|审核|审批|复核|经办|报送|上报)(?:人|单位|机关|部门|日期|时间)"
    r"|联系(?:人|电话|方式)|(?:单位|部门)?负责人|分管领导"
    r"|(?:计量单位|单位|填表说明|说明|备注|注|制表|审核|日期|时间|电话)[:：])"
)
#: Matches 检查情况统计表, 2024年度报告（盖章）; not 检查人.
_TITLE = re.compile(r"(?:表|报告?|情况|统计|汇总)(?:[（(][^（）()]{0,20}[）)])?$")
# search: 1.到馆人次的统计范围为全年。, 说明：; not 城东分局, 甲、乙两站.
_SENTENCE = re.compile("[。；：]")
# fullmatch: 上年（2024年）供对照; not 上年, 上年（2024年）.
_LAST_YEAR = re.compile(LAST_YEAR.format(year="[0-9]{4}"))
_LONGEST_TITLE = 60
_SHORTEST_PHONE = 7
#: What a column is called that only counts the rows.
_COUNTING = {"序号", "行次"}
_LONGEST_HEAD = 6  # with spaces: 序   号


def read_past(
    grid: Grid, known: Set[str], *, beside: bool = True, sentences: bool = False
) -> tuple[Grid, list[Finding]]:
    """Return the grid with such rows blank, and a note for each. `known` are labels, made `normal`.

    Only what stands alone at the left is read past where `beside` it there is running text; also
    `sentences` that stand alone, where any other text would be the name of a unit.
    """
    kept: Grid = []
    notes = []
    above = True
    for row in grid:
        filled = [entry for entry in row if not is_blank(entry)]
        labelled = any(label_in(entry) in known for entry in filled)
        above = above and not labelled
        alone = len(filled) == 1 and (beside or filled == row[:1])
        around = (alone or beside) and bool(filled) and _is_around(filled)
        if sentences and alone and _SENTENCE.search(filled[0].text):
            around = True

        if not labelled and (around or (above and alone and _is_title(filled[0], known))):
            said = masked(" ".join(entry.text for entry in filled))
            value = said if len(said) <= _LONGEST_TITLE else f"{said[:_LONGEST_TITLE]}……"
            notes.append(PASSED_OVER.at(filled[0].place, value=value))
            kept.append([])
        else:
            kept.append(row)

    return kept, notes


def _is_around(filled: list[Entry]) -> bool:
    """Whether a row begins with such words and holds no figures but telephone numbers."""
    if not _AROUND.match(filled[0].text):
        return False
    figures = (text for entry in filled if (text := normal(entry.text)).isdigit())
    return all(len(text) >= _SHORTEST_PHONE for text in figures)


def _is_title(entry: Entry, known: Set[str]) -> bool:
    """Whether a text that stands alone in its row is no label misspelt."""
    text = entry.text
    if not isinstance(entry.value, str) or len(text) > _LONGEST_TITLE or normal(text).isdigit():
        return False
    if text.count("，") > 1:  # a head of columns in one cell
        return False
    return bool(_TITLE.search(text)) or nearest(text, known) is None


def without_last_year(grid: Grid, table: Table) -> Grid:
    """Return the grid without last year's figures beside the table, as a blank workbook has them.

    Right of the mark they take as many columns as the table's own; what is further right is kept.
    """
    marks = (i for row in grid for i, entry in enumerate(row) if _LAST_YEAR.fullmatch(entry.text))
    start = next(marks, None)
    if start is None:
        return grid

    end = start + 1 + last_year_columns(table)
    return [
        [e._replace(value=None) if start <= i < end else e for i, e in enumerate(row)]
        for row in grid
    ]


def uncounted(grid: Grid) -> tuple[Grid, list[Finding]]:
    """Return the grid without the numbers of columns that count its rows, and a note for each."""
    notes = []
    heads = {
        index
        for row in grid
        for index, entry in enumerate(row)
        if isinstance(entry.value, str)
        and len(entry.value) <= _LONGEST_HEAD
        and normal(entry.value) in _COUNTING
    }

    for index in sorted(heads):
        column = [row[index] for row in grid if index < len(row) and not is_blank(row[index])]
        start = next(i for i, entry in enumerate(column) if label_in(entry) in _COUNTING)
        numbers = [entry for entry in column[start + 1 :] if entry.text.isdecimal()]
        counted = [int(entry.text[:9]) for entry in numbers]

        # what else stands there is kept: a title, 合计, notes
        if counted == sorted(set(counted)):
            notes.append(PASSED_OVER.at(column[start].place, value=column[start].text))
            gone = {id(entry) for entry in (column[start], *numbers)}
            grid = [[e._replace(value=None) if id(e) in gone else e for e in row] for row in grid]

    return grid, notes
