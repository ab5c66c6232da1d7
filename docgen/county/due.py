"""By when the bodies of a board owe their reports, as the forms say of what came from others."""

import datetime
from collections.abc import Mapping, Sequence

from docgen.check.rules.level import open_levels
from docgen.county.board import Board, BoardRow
from docgen.errors import Stop
from docgen.forms.form import Form
from docgen.forms.loader import find_form, form_keys
from docgen.model import Body, print_date

#: The forms of a year's reports, by what such a report is called; blank: where one kind came.
Forms = Mapping[str, Sequence[Form]]


def forms_of(board: Board) -> Forms:
    """Return the forms of the reports that came."""
    came = (each.outcome for row in board.rows for each in row.returns)
    families = {each.report_name: each.family for each in came if each.family}
    if not families:
        return {}

    known = [form for form in map(_form_at_hand, form_keys()) if form and form.is_for(board.year)]
    forms = {
        name: [form for form in known if form.family == family] for name, family in families.items()
    }
    return forms | {"": next(iter(forms.values()))} if len(forms) == 1 else forms


def tell_due(board: Board, row: BoardRow, forms: Forms) -> str:
    """Return by when a body owes its report; blank where the form does not say, or forms differ.

    Where the office set a day of its own, it is that for all.
    """
    if board.until:
        return _tell_day("", board.until, board.made.date())
    level = _level_of(row)
    told = {
        "，".join(
            _tell_day(deadline.name, deadline.day_for(board.year), board.made.date())
            for deadline in form.duties.deadlines
            if deadline.level == level
        )
        for form in forms.get(row.report_name, ())
    }
    return told.pop() if len(told) == 1 else ""


def _form_at_hand(key: str) -> Form | None:
    try:
        return find_form(key)
    except Stop:  # a faulty form of the office: who checks a report of it is told
        return None


def _level_of(row: BoardRow) -> str:
    """Return the level of a body as the roster has it, else as its name shows it."""
    if row.unit and row.unit.level:
        return row.unit.level
    levels = open_levels(Body(name=row.name))
    return levels[0] if len(levels) == 1 else ""


def _tell_day(name: str, day: datetime.date, today: datetime.date) -> str:
    past = "，已经过了" if day < today else ""
    return f"{name}{'的' if name else ''}期限是{print_date(day)}{past}"
