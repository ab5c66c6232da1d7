"""The findings of a check as files: for the office to print or to open, for machines to read.

Each kind is made by a module of its own, imported when asked for. Nothing here touches a disk.
"""

from collections.abc import Sequence

from docgen.check.outcome import Outcome

#: What a report's name may end with.
KINDS = (".html", ".xlsx", ".json")


def write_report(kind: str, outcomes: Sequence[Outcome]) -> bytes:
    """Return the report of this kind; a workbook is about the first outcome alone.

    The same bytes for the same outcomes.
    """
    if kind == ".html":
        from docgen.messages.to_html import to_html

        return to_html(outcomes)

    if kind == ".xlsx":
        from docgen.messages.to_xlsx import to_xlsx

        return to_xlsx(outcomes[0])

    from docgen.messages.to_json import to_json

    return to_json(outcomes)
