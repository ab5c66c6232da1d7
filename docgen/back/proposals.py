"""What is to be written into the input so that it says what was changed in its document.

A figure that the text takes from a cell is changed in the cell, never in the text; a total that
docgen computes is computed again; what the form prescribes cannot be changed and is refused.
"""

from collections.abc import Iterator, Sequence

from docgen.address import Address
from docgen.back.changed_items import ItemProposer
from docgen.back.changed_text import TextProposer
from docgen.back.proposal import NOT_HERE, PRESCRIBED, WORKED_OUT, Proposal, refuse
from docgen.back.source import EditedInput, NotWritable
from docgen.finding import Place
from docgen.issuing.edits import Edit
from docgen.model import Reading

_UNIT_ROW = "少了一个单位；确实没有了，请在输入里删去它的一行"


def propose(reading: Reading, source: EditedInput, edits: Sequence[Edit]) -> list[Proposal]:
    """Return what each edit asks of the input, in the order of the document."""
    proposer = _Proposer(reading, source)
    found = [proposal for edit in edits for proposal in proposer.of_edit(edit)]
    return _without_doubles(found)


def told_alone(found: Sequence[Proposal]) -> list[Proposal]:
    """Refuse totals that docgen works out where nothing they are made of was changed."""
    if any(one.write for one in found):
        return list(found)
    return [
        one._replace(is_recomputed=False, why_not=f"这一格{WORKED_OUT}")
        if one.is_recomputed
        else one
        for one in found
    ]


def _without_doubles(found: Sequence[Proposal]) -> list[Proposal]:
    """Tell once of a cell that is changed in its table and in the text, and refuse what differs."""
    values: dict[Place, str] = {}
    kept: list[Proposal] = []
    for one in found:
        if one.write is None or one.edit.kind != "changed":
            kept.append(one)
        elif one.place not in values:
            values[one.place] = one.after
            kept.append(one)
        elif values[one.place] != one.after:
            why = f"别处把它改成了“{values[one.place]}”，两处不一样"
            kept.append(one._replace(write=None, why_not=why))

    return kept


class _Proposer:
    def __init__(self, reading: Reading, source: EditedInput) -> None:
        self.reading, self.form = reading, reading.form
        self._items = ItemProposer(reading)
        self._text = TextProposer(reading, source, self._items)

    def of_edit(self, edit: Edit) -> Iterator[Proposal]:
        """Yield what an edit asks for: a change of the text may ask for cells, too."""
        address, place = edit.address, self.reading.place(edit.address)
        try:
            yield from self._proposed(edit, address, place)
        except NotWritable as error:
            yield refuse(edit, place, str(error))

    def _proposed(self, edit: Edit, address: Address, place: Place) -> Iterator[Proposal]:
        is_text = bool(address.section) or (address == "title" and edit.kind == "added")
        if edit.kind in ("row removed", "row added", "table"):
            yield self._of_rows(edit)
        elif edit.kind == "added":
            yield self._text.added(edit) if is_text else refuse(edit, Place(), NOT_HERE)
        elif not address or (is_text and address.number is None):
            yield refuse(edit, Place(), PRESCRIBED)
        elif is_text:
            yield from self._text.of_paragraph(edit)
        elif edit.kind == "removed":
            yield refuse(edit, place, "删空了，这一项一定要有")
        elif address in self.form.cells:
            yield self._items.of_figure(edit, address, self._items.value_of(edit, address))
        elif address == "title":
            yield from self._text.of_title(edit)
        elif address == "signature.date":
            yield self._items.of_date(edit)
        else:
            yield self._items.of_words(edit)

    def _of_rows(self, edit: Edit) -> Proposal:
        """A row goes or comes as one."""
        if edit.kind == "row removed":
            is_unit = edit.address.first in self.reading.report.units
            why = _UNIT_ROW if is_unit else "表的行由表式规定，不能少一行"
            return refuse(edit, Place(), why)
        if edit.kind == "row added":
            return refuse(edit, Place(), "表的行由表式规定，不能多一行")
        return refuse(edit, Place(), "表的样子由表式规定")
