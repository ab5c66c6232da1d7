"""What is wrong with a form as a whole: a slip would switch a sum off, or print a row twice."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from docgen.address import Address
from docgen.forms.form import Form
from docgen.forms.table import Band, Line, Table

Fault = tuple[tuple[str | int, ...], str]  # where in the form's text, why

#: Names a template context uses itself.
RESERVED = {
    "title", "corner", "rows", "label", "depth", "preface", "sections", "signature", "notes",
    "absent",
}  # fmt: skip
# fullmatch: for, in, tc; not fork. Words of the template language: no table may be called so.
_TEMPLATE_WORD = re.compile(
    "and|block|break|call|cellbg|colspan|context|continue|cycler|dict|do|else|endfor|endif|extends"
    "|false|filter|for|from|hm|if|import|in|include|is|joiner|lipsum|loop|macro|namespace|none|not"
    "|or|p|r|range|recursive|self|set|tc|tr|true|vm|with|without"
)
MOST_CELLS = 5000
#: The sheets that every blank has beside those of the tables.
SHEETS = ("基本情况", "正文", "豁免")
_MOST_NAME = 31  # characters that Excel takes for the name of a sheet
# search: 甲/乙, 甲:乙; not 表一 甲、乙（丙）. What no file or sheet may be called.
_NO_NAME = re.compile(r"[\\/:*?\[\]\"<>|']|^[. ]|[. ]$")


def find_faults(form: Form) -> Iterator[Fault]:
    """Yield what is wrong with the tables of a form and what is printed; none for a sound one."""
    yield from _key_faults(form)
    for table in form.tables:
        yield from _line_faults(form, table)
    for code, rule in form.rules.items():
        if not rule.name:
            yield ("rule",), f"{code} 没有名称"

    missing = {text for text in ("{year}", "{name}") if text not in form.title}
    if "{year}" in missing:
        yield ("title",), "标题里要有 {year}"
    if strange := _strange_fields(form.title):
        yield ("title",), f"标题里只能有 {{name}} 和 {{year}}，不能有“{strange}”"
    if form.last_year is not None and form.last_year < form.first_year:
        yield ("years",), "先写起用的一年，再写最后一年"
    if not form.sections:
        yield ("part",), "没有一个部分会印出来"


def count_cells(form: Form) -> int:
    """Return how many cells a form has; quicker than to make them."""
    bands = [band for table in form.tables for band in table.bands]
    return sum(len(band.row_paths) * len(band.column_paths) for band in bands)


def _strange_fields(title: str) -> str:
    """Return what stands in braces in a title and is neither name nor year."""
    rest = title.replace("{name}", "").replace("{year}", "")
    return rest[rest.find("{") :][:20] if "{" in rest else "}" if "}" in rest else ""


def _key_faults(form: Form) -> Iterator[Fault]:
    """Yield parts and bands whose key is taken."""
    sections = Counter(section.key for section in form.sections)
    bands = Counter(band.key for table in form.tables for band in table.bands)
    yield from ((("part",), f"“{key}”用了两次") for key, count in sections.items() if count > 1)
    yield from ((("part",), f"“{key}”用了两次") for key, count in bands.items() if count > 1)
    yield from ((("part",), f"代号不能叫“{key}”") for key in bands if _is_taken(key))

    for table in form.tables:
        if table.name in SHEETS:
            yield ("part",), f"表不能叫“{table.name}”：空表里已有一张，用 name 另取名称"
        elif len(table.name) > _MOST_NAME or _NO_NAME.search(table.name):
            why = f"不能作文件名：用 name 另取，最多 {_MOST_NAME} 个字，不用 / \\ : * ? [ ] 等"
            yield ("part",), f"“{table.name}”{why}"

    names = Counter(table.name for table in form.tables)
    yield from ((("part",), f"两张表都叫“{name}”") for name, count in names.items() if count > 1)


def _is_taken(key: str) -> bool:
    """Return whether templates use this name themselves."""
    return key in RESERVED or _TEMPLATE_WORD.fullmatch(key) is not None


def find_duty_faults(form: Form, unsound: Collection[str] = ()) -> Iterator[Fault]:
    """Yield powers and ceilings that are of nothing in the form; of `unsound` tables none."""
    for number, power in enumerate(form.duties.powers):
        if power.address.partition(".")[0] in unsound:
            continue
        if power.address not in form.wordings:
            yield ("power", number, "at"), f"没有“{power.address}”这一行或一列"
    for number, ceiling in enumerate(form.duties.ceilings):
        if ceiling.address.partition(".")[0] in unsound:
            continue
        if ceiling.address not in form.figures:
            yield ("ceiling", number, "at"), f"没有“{ceiling.address}”这一格"


def _line_faults(form: Form, table: Table) -> Iterator[Fault]:
    """Yield what is wrong with the rows and columns of a table."""
    number = next(n for n, section in enumerate(form.sections) if section.key == table.key)
    where: tuple[str | int, ...] = ("part", number + bool(form.preface))
    addresses: Counter[Address] = Counter()
    each = [row for band in table.bands for row in band.rows if row.each]
    if len(each) > 1:
        yield where, "一张表只能有一个 each 行"

    for band in table.bands:
        if not band.columns:
            yield where, "没有列"
        lines = (line for path in (*band.row_paths, *band.column_paths) for line in path)
        for key in dict.fromkeys(line.key for line in lines if line.key):
            if key in RESERVED or re.fullmatch("(unit|group)[0-9]+", key):
                yield where, f"代号不能叫“{key}”"
        for label in (*_find_namesakes(band.rows), *_find_namesakes(band.columns)):
            yield (
                where,
                f"“{table.name}”里有两处都叫“{label}”，填的人分不清：改一处的名称，或分到两组",
            )
        addresses.update(_figure_addresses(table, band))

    for address, count in addresses.items():
        if count > 1:
            yield where, f"两格同是“{address}”：代号重复"


def _find_namesakes(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each label that two lines side by side have."""
    labels = Counter(label for line in lines for label in {*line.labels} if label)
    yield from (label for label, count in labels.items() if count > 1)
    for line in lines:
        yield from _find_namesakes(line.parts)


def _figure_addresses(table: Table, band: Band) -> Iterator[Address]:
    """Yield the address of every cell of a band."""
    for row in band.row_paths:
        for column in band.column_paths:
            yield table.figure_address(row, column)
