"""Completeness: the parts the form prescribes are all there."""

from collections.abc import Iterator

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.finding import Finding, Rule, has_errors

EMPTY_SECTION = Rule(
    code="E101",
    name="缺一部分",
    severity="error",
    needs=("report",),
    message="“{section}”没有正文",
    why="报告有哪几个部分是规定的，一个都不能少；没有内容也要照实写明。",
    example="最后一个标题下面空着。",
    cure="写上这一部分；没有需要报告的，也用一句话说明。",
)
MISSING_FIGURE = Rule(
    code="E102",
    name="缺一个数",
    severity="error",
    needs=("no_errors_read",),
    message="{table}“{label}”没有{what}",
    why="报告的每一格都要有数；没有数的报告不签发。",
    example="输入里没有这一格。",
    cure="填上这一格；没有就填 0。",
)


def check_sections(prose: Prose) -> Iterator[Finding]:
    """Check that every text section has a paragraph, or a finding of why it was not read."""
    reading = prose.reading
    unread = {
        place.address
        for finding in reading.findings
        if finding.severity == "error"
        for place in finding.places
    }

    for section in reading.form.text_sections:
        address = Address.of_section(section.key)
        told = any(place.startswith(address) for place in unread)
        if not reading.report.sections.get(section.key) and not told:
            yield EMPTY_SECTION.at(reading.place(address), section=section.title)


def check_cells(prose: Prose) -> Iterator[Finding]:
    """Report every cell that must be filled and is not: the last defence, whatever was overlooked.

    Nothing is said where reading found an error: that says why a cell is missing.
    """
    reading = prose.reading
    if has_errors(reading.findings):
        return

    known = {*reading.report.figures, *reading.report.answers}
    for address, figure in reading.form.cells.items():
        if address not in known and not figure.cell.optional:
            yield MISSING_FIGURE.at(
                reading.place(address),
                table=figure.table.short,
                label=figure.label,
                what="数" if figure.kind.is_number else "填",
            )
