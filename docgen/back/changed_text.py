"""What a changed title or paragraph asks of the input: its words, and the cells it binds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docgen.address import PREFACE, Address
from docgen.back.changed_items import ItemProposer
from docgen.back.proposal import NOT_HERE, WORKED_OUT, Proposal, refuse
from docgen.back.rebound import rebind
from docgen.back.source import EditedInput, cell_at
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.issuing.edits import Edit, plain_number
from docgen.model import Reading
from docgen.read.entry import column_letters
from docgen.read.references import addresses_of, binding_parts

_HALF = str.maketrans("｛｝", "{}")


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph as its cell has it: which of the cell's lines it is."""

    place: Place
    line: int


class TextProposer:
    """Proposes changes of the running text, and of the cells that it takes figures from."""

    def __init__(self, reading: Reading, source: EditedInput, items: ItemProposer) -> None:
        self.reading, self.source, self.form = reading, source, reading.form
        self._items = items

    def of_title(self, edit: Edit) -> Iterator[Proposal]:
        place, own = self.reading.places.get("title"), ""
        if place is not None:
            own = self.source.text_at(place)
        text, before = edit.after, edit.before
        if "".join(text.split("\n")) != "".join(before.split("\n")):
            text, before = text.replace("\n", ""), before.replace("\n", "")

        if own and "{" in own.translate(_HALF):
            yield from self._of_bound(edit, _Paragraph(place or Place(), 0), own, before, text)
        else:
            yield self._items.of_words(edit)._replace(
                before=before, after=text, write=self._titled(text)
            )

    def _titled(self, text: str) -> Callable[[EditedInput], None]:
        place = self.reading.places.get("title")
        if place is None:
            return self._items.adds(Address("title"), text)
        there = place
        return lambda source: source.put_text(there, text)

    def of_paragraph(self, edit: Edit) -> Iterator[Proposal]:
        paragraph = self._paragraph_at(edit.address)
        if edit.kind == "removed":
            yield self._removed(edit, paragraph)
            return

        own = self._lines_at(paragraph.place)[paragraph.line]
        after = " ".join(edit.after.split("\n"))
        yield from self._of_bound(edit, paragraph, own, edit.before, after)

    def _paragraph_at(self, address: Address) -> _Paragraph:
        """Return where a paragraph stands: the lines of a cell are paragraphs one after another."""
        place = self.reading.place(address)
        number = address.number or 0
        before = 0
        while number and self._cell_before(address, number) == place.cell:
            before, number = before + 1, number - 1
        return _Paragraph(place, before)

    def _cell_before(self, address: Address, number: int) -> str:
        above = Address.of_paragraph(address.section, number - 1)
        return self.reading.place(above).cell

    def _lines_at(self, place: Place) -> list[str]:
        text = self.source.text_at(place).replace("\r\n", "\n").replace("\r", "\n")
        return [line.strip(" \t\u3000\xa0") for line in text.split("\n") if line.strip()]

    def _removed(self, edit: Edit, paragraph: _Paragraph) -> Proposal:
        def write(source: EditedInput) -> None:
            lines = self._lines_now(source, paragraph.place)
            if len(lines) == 1:
                source.remove_paragraph(paragraph.place)
            else:
                left = lines[: paragraph.line] + lines[paragraph.line + 1 :]
                source.put_text(paragraph.place, "\n".join(left))

        return Proposal(edit, paragraph.place, edit.before, "", write)

    def _lines_now(self, source: EditedInput, place: Place) -> list[str]:
        """Return the lines of a cell as they are now; blank ones are no paragraphs."""
        text = source.text_at(place).replace("\r\n", "\n").replace("\r", "\n")
        return [line for line in text.split("\n") if line.strip()]

    def added(self, edit: Edit) -> Proposal:
        """A paragraph is put in after another one, or as the first of its section."""
        address, text = edit.address, " ".join(edit.after.split("\n"))
        section = PREFACE if address == "title" else address.section
        if address == "title" and not self.form.preface:
            return refuse(edit, Place(), NOT_HERE)

        if address.number is not None and address != "title":
            paragraph = self._paragraph_at(address)
            lines = self._lines_at(paragraph.place)
            if len(lines) > 1:
                return self._added_line(edit, paragraph, text)
            return self._added_to(edit, paragraph.place, text)

        return self._added_first(edit, section, text)

    def _added_line(self, edit: Edit, paragraph: _Paragraph, text: str) -> Proposal:
        def write(source: EditedInput) -> None:
            lines = self._lines_now(source, paragraph.place)
            lines.insert(paragraph.line + 1, text)
            source.put_text(paragraph.place, "\n".join(lines))

        return Proposal(edit, paragraph.place, "", text, write)

    def _added_first(self, edit: Edit, section: str, text: str) -> Proposal:
        """The first paragraph takes the place of the one there, which comes after it."""
        of_section = Address.of_section(section)
        there = self.reading.places.get(Address.of_paragraph(section, 0))
        head = self.reading.places.get(of_section)
        if there is None and head is not None and head.sheet:
            number, column = cell_at(head)
            there = head._replace(cell=f"{column_letters(column + 1)}{number + 1}")
        if there is None:  # a list that holds nothing
            return self._added_to(edit, Place(self.reading.name, "", of_section), text)
        first = there

        def write(source: EditedInput) -> None:
            old = source.text_at(first)
            source.put_text(first, text)
            if old.strip():
                source.add_paragraphs(first, [old])

        return Proposal(edit, first, "", text, write)

    def _added_to(self, edit: Edit, place: Place, text: str) -> Proposal:
        def write(source: EditedInput) -> None:
            source.add_paragraphs(place, [text])

        return Proposal(edit, place, "", text, write)

    def _of_bound(
        self, edit: Edit, paragraph: _Paragraph, own: str, before: str, after: str
    ) -> Iterator[Proposal]:
        """Yield what a changed text asks for, its own words and the cells it takes figures from."""
        text, figures = rebind(own, binding_parts(own), before, after)
        for binding, value in figures:
            yield self._of_binding(edit, binding, value)
        if text == own:
            return

        def write(source: EditedInput) -> None:
            if edit.address == "title":
                source.put_text(paragraph.place, text)
                return
            lines = self._lines_now(source, paragraph.place)
            lines[paragraph.line] = text
            source.put_text(paragraph.place, "\n".join(lines))

        yield Proposal(edit, paragraph.place, own, text, write)

    def _of_binding(self, edit: Edit, binding: str, value: str) -> Proposal:
        """The cell that a reference takes its figure from, if that is one and the figure alone."""
        name = binding.strip("{}｛｝【】 \u3000")
        place = self.reading.place(edit.address)
        addresses = addresses_of(name, self.form) or ()
        if len(addresses) != 1:
            return refuse(edit, place, _why_not_bound(binding, addresses, self.form), value)

        address = addresses[0]
        if address in self.reading.computed:
            label = self.form.figures[address].label
            return refuse(edit, place, f"“{label}”{WORKED_OUT}", value)

        digits = plain_number(value)
        if digits is None:
            why = f"“{binding}”处是表里的数，改成的“{value}”不是数"
            return refuse(edit, place, why, value)

        return self._items.of_figure(edit, address, digits)


def _why_not_bound(binding: str, addresses: Sequence[str], form: Form) -> str:
    if addresses:
        labels = "、".join(form.figures[one].label for one in addresses if one in form.figures)
        return f"“{binding}”处的数是几格加起来的（{labels}），说不出改哪一格"
    return f"“{binding}”处的内容由 docgen 照数据写出，请改它用的那一项"
