"""Writing a set of sheets to fill, in the printed shape of the form, as CSV files or a workbook."""

from pathlib import Path

from docgen import files
from docgen.blank.to_csv import write_csv_sheets
from docgen.catalogue import stop
from docgen.errors import OutputStop, UsageStop
from docgen.forms import FORMS
from docgen.forms.form import Form
from docgen.model import Body, Report, Signature


def form_for(year: int, key: str = "", last: Report | None = None) -> Form:
    """The form for this year: the one named, else last year's, else the first there is for it.

    Raises UsageStop if there is none.
    """
    wanted = [key] if key else [*([last.form] if last else []), *FORMS]
    for form in (FORMS[name] for name in wanted):
        if form.first_year <= year <= min(form.last_year or year, 2199):
            return form
    raise UsageStop(stop.BAD_YEAR.at(year=year))


def blank_report(year: int, body: str, last: Report | None, key: str = "") -> Report:
    """A report of this year without figures or text; the body's details are carried over."""
    form = form_for(year, key, last)
    before = last or Report(form=form.key)
    title = before.title
    if title is not None:
        was = str(before.year)
        title = title.replace(was, str(year)) if was in title else None
    return Report(
        form=form.key,
        year=year,
        body=Body(
            name=body or before.body.name,
            short_name=before.body.short_name,
            level=before.body.level,
        ),
        title=None if body and body != before.body.name else title,
        signature=Signature(name=body or before.signature.name),
        wording={a: text for a, text in before.wording.items() if a in form.wordings},
    )


def write_blank(report: Report, folder: Path, *, workbook: bool) -> list[Path]:
    """Write `folder/2025/` or `folder/2025.xlsx`. Raises OutputStop if it is there already."""
    form = FORMS[report.form]
    target = folder / (f"{report.year}.xlsx" if workbook else str(report.year))
    if target.exists():
        raise OutputStop(stop.ALREADY_THERE.at(name=str(target)))
    if workbook:
        from docgen.blank.to_xlsx import write_workbook

        contents = {target: write_workbook(form, report)}
    else:
        sheets = write_csv_sheets(form, report)
        contents = {target / name: data for name, data in sheets.items()}
    files.write_together(contents)
    return list(contents)
