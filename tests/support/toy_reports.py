"""Sound reports of the toy form, or any other, whatever they say."""

import datetime
from decimal import Decimal

from hypothesis import strategies as st
from toy import TOY

from docgen.forms.form import Form
from docgen.forms.table import Cell, Kind, Number
from docgen.model import Body, Report, Signature

#: Texts with what markup, templates and spreadsheets take for their own.
WORDS = st.text("甲乙丙，。&<>\"'{}%=+-0a ", min_size=1, max_size=12).map(str.strip).filter(bool)
#: Texts as a clerk types them.
PLAIN = st.text("甲乙丙丁戊", min_size=1, max_size=12)
NAMES = st.lists(st.sampled_from("城乡山河东西"), min_size=2, max_size=6).map("".join)


def answers_for(cell: Cell, *, plain: bool) -> st.SearchStrategy[str]:
    """What may stand in a cell that holds no number."""
    if plain and cell.kind is Kind.PHONE:
        return st.from_regex(r"0577-[2-8][0-9]{7}", fullmatch=True)
    if plain and cell.kind is Kind.URL:
        return st.from_regex(r"https://[a-z]{1,9}\.example\.cn/[a-z]{0,9}", fullmatch=True)
    if plain and cell.kind is Kind.PERSON:
        return st.sampled_from(["赵明", "欧阳小雨", "阿依古丽·买买提"])
    if cell.kind is Kind.YES:
        return st.sampled_from(["是", "否"])
    if cell.kind is Kind.CHOICE:
        return st.sampled_from(cell.choices)
    if cell.kind is Kind.CHOICES:
        chosen = st.sets(st.sampled_from(cell.choices), min_size=1)
        return chosen.map(lambda some: "、".join(one for one in cell.choices if one in some))
    if cell.kind is Kind.DATE:
        return st.dates(datetime.date(1990, 1, 1), datetime.date(2024, 12, 31)).map(
            lambda day: f"{day.year}年{day.month}月{day.day}日"
        )
    return PLAIN if plain else WORDS


def numbers_for(cell: Cell) -> st.SearchStrategy[Number]:
    """What may stand in a cell that holds a number."""
    if cell.kind in (Kind.AMOUNT, Kind.DECIMAL):
        return st.decimals(0, 10**9, places=2)
    return st.integers(-(10**6) if cell.kind is Kind.CHANGE else 0, 10**9)


@st.composite
def reports(
    draw: st.DrawFn, form: Form = TOY, *, plain: bool = False, whole: bool = False
) -> Report:
    """A sound report of a form, the toy's unless given: its totals are the sums of their parts.

    A `plain` one holds what a clerk types, no markup in names; a `whole` one leaves nothing blank.
    """
    names = st.lists(NAMES, min_size=1, max_size=5, unique=True).map(tuple)
    absent = tuple(t.key for t in form.tables if t.absent and draw(st.booleans()))
    units = {t.key: draw(names) for t in form.tables if t.each and t.key not in absent}
    reported = form.as_reported(units, absent)
    figures: dict[str, Number] = {}
    answers: dict[str, str] = {}
    for address, figure in reported.cells.items():
        if figure.cell.optional and not whole and draw(st.booleans()):
            continue
        if figure.kind.is_number:
            figures[address] = draw(numbers_for(figure.cell))
        else:
            answers[address] = draw(answers_for(figure.cell, plain=plain))

    for _ in range(2):  # a grand total is the sum of totals
        for total, parts in reported.totals.items():
            figures[total] = sum((figures[part] for part in parts), start=Decimal())
            if reported.cells[total].kind is Kind.COUNT:
                figures[total] = int(figures[total])

    body = Body(name="南山镇人民政府", level="township")
    return Report(
        form=form.key,
        year=2024,
        body=body,
        title=form.title.format(name=body.name, year=2024).replace("\n", ""),
        preface=("引言一段。",) if form.preface else (),
        sections={section.key: ("正文一段。",) for section in form.text_sections},
        figures=figures,
        answers=answers,
        units=units,
        absent=absent,
        signature=Signature(name=body.name, date=datetime.date(2025, 1, 20))
        if form.signed
        else Signature(),
    )
