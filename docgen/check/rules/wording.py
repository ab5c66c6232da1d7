"""Wording: a report may print its own labels, but it is told where they leave the form's."""

from collections.abc import Iterator

from docgen.check.passages import Prose
from docgen.finding import Finding, Rule

WORDING = Rule(
    code="E401",
    name="用语与表式不同",
    severity="note",
    needs=("report",),
    message="表里印“{wording}”，表式的用语是“{official}”",
    why="表头和行名由表式规定；按机关要求照印，但提醒与表式不一致。",
    example="表式的行名是“办理结果”，表里印“办理的结果”。",
    cure="没有特别理由的，删去这条用语，改用表式的用语。",
)


def check_wording(prose: Prose) -> Iterator[Finding]:
    """Report each label that differs from the official one."""
    reading = prose.reading
    for address, text in reading.report.wording.items():
        official = reading.form.wordings[address].label
        if text != official:
            yield WORDING.at(
                reading.place(f"wording.{address}"),
                wording=text,
                official=official,
                expected=official,
                actual=text,
            )
