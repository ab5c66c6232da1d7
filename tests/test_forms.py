"""Declarations: the forms docgen knows are sound, and a slip in one is named."""

from dataclasses import replace

import pytest

from docgen.forms import FORMS
from docgen.forms.faults import faults
from docgen.forms.form import Form, Line

FORM = FORMS["disclosure-2021"]
ONE, TWO, THREE = FORM.tables
SUM = FORM.equations[0]


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_form_is_sound(form: Form) -> None:
    assert faults(form) == []


def with_row(line: Line) -> Form:
    """The form with another row in its first band."""
    band = replace(ONE.bands[0], rows=(*ONE.bands[0].rows, line))
    return replace(FORM, tables=(replace(ONE, bands=(band, *ONE.bands[1:])), TWO, THREE))


@pytest.mark.parametrize(
    ("form", "named"),
    [
        (replace(FORM, equations=(replace(SUM, left=("recieved", "carried_in")),)), "recieved"),
        (replace(FORM, equations=(replace(SUM, table="request"),)), "received is no row"),
        (replace(FORM, equations=(replace(SUM, across="column"),)), "rows or columns"),
        (replace(FORM, sections=FORM.sections[:-4]), "table disputes has no section"),
        (with_row(Line("normative", "又一行")), "two figures have the address"),
        (with_row(Line("label", "一行")), "key label of disclosure"),
        (with_row(Line("printed-copies", "一行")), "key printed-copies"),
        (with_row(Line("group", "一组", parts=(Line("a", "甲"),))), "three parts"),
        (replace(FORM, tables=(ONE, ONE, TWO, THREE)), "band key documents stands twice"),
    ],
)
def test_a_slip_is_named(form: Form, named: str) -> None:
    """What would switch a sum off, print a row twice or leave a table out."""
    assert any(named in fault for fault in faults(form))


def test_balances_are_counted() -> None:
    """7 + 7 + 25 + 3 sums of one year; 34 totals that may be left out."""
    counts = [sum(b.equation is e for b in FORM.balances) for e in FORM.equations]
    assert counts == [7, 7, 25, 3]
    assert (len(FORM.figures), len(FORM.totals)) == (200, 34)
