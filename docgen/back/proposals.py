"""What is to be written into the input so that it says what was changed in its document.

A figure that the text takes from a cell is changed in the cell, never in the text; a total that
docgen computes is computed again; what the form prescribes cannot be changed and is refused.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.address import PREFACE, Address
from docgen.back.rebound import rebind
from docgen.back.source import EditedInput, NewFact, NotWritable, cell_at
from docgen.check.needs import kind_of
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.forms.layout import print_line, printed_lines
from docgen.issuing.edits import Edit, plain_number
from docgen.model import FACT_SHEET, FACTS, WORDING, Reading
from docgen.printing import print_figure
from docgen.read.dates import read_date
from docgen.read.entry import Entry, column_letters
from docgen.read.references import addresses_of, binding_parts


class Proposal(NamedTuple):
    """One change of the input: which edit asks for it, where, from what to what.

    `why_not` says why it cannot be made; `is_recomputed` that docgen works the value out itself.
    `write` makes it.
    """

    edit: Edit
    place: Place
    before: str
    after: str
    write: Callable[[EditedInput], None] | None = None
    why_not: str = ""
    is_recomputed: bool = False


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph as its cell has it: which of the cell's lines it is."""

    place: Place
    line: int


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
        one._replace(is_recomputed=False, why_not=f"这一格{_WORKED_OUT}")
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
        self.reading, self.source = reading, source
        self.form, self.report = reading.form, reading.report

    def of_edit(self, edit: Edit) -> Iterator[Proposal]:
        """Yield what an edit asks for: a change of the text may ask for cells, too."""
        address, place = edit.address, self.reading.place(edit.address)
        try:
            yield from self._proposed(edit, address, place)
        except NotWritable as error:
            yield _refused(edit, place, str(error))

    def _proposed(self, edit: Edit, address: Address, place: Place) -> Iterator[Proposal]:
        is_text = bool(address.section) or (address == "title" and edit.kind == "added")
        if edit.kind in ("row removed", "row added", "table"):
            yield self._of_rows(edit)
        elif edit.kind == "added":
            yield self._added(edit) if is_text else _refused(edit, Place(), _NOT_HERE)
        elif not address or (is_text and address.number is None):
            yield _refused(edit, Place(), _PRESCRIBED)
        elif is_text:
            yield from self._of_paragraph(edit)
        elif edit.kind == "removed":
            yield _refused(edit, place, "删空了，这一项一定要有")
        elif address in self.form.cells:
            yield self._of_figure(edit, address, self._value_of(edit, address))
        elif address == "title":
            yield from self._of_title(edit)
        elif address == "signature.date":
            yield self._of_date(edit)
        else:
            yield self._of_words(edit)

    def _of_rows(self, edit: Edit) -> Proposal:
        """A row goes or comes as one."""
        if edit.kind == "row removed":
            is_unit = edit.address.first in self.report.units
            why = _UNIT_ROW if is_unit else "表的行由表式规定，不能少一行"
            return _refused(edit, Place(), why)
        if edit.kind == "row added":
            return _refused(edit, Place(), "表的行由表式规定，不能多一行")
        return _refused(edit, Place(), "表的样子由表式规定")

    # figures, facts, labels

    def _value_of(self, edit: Edit, address: Address) -> str:
        """Return what a cell is to hold; of a line of text, what stands after its label."""
        figure = self.form.cells[address]
        if figure.table.shape != "lines":
            return edit.after
        lines = printed_lines(self.form, figure.table, self.report.wording)
        label = next(label for label, each in lines if each.address == address)
        head = print_line(label, "")
        if not edit.after.startswith(head):
            raise NotWritable(f"“{head}”由表式规定，只能改后面的内容")
        return edit.after.removeprefix(head).strip()

    def _of_figure(self, edit: Edit, address: str, value: str) -> Proposal:
        figure, place = self.form.cells[address], self.reading.place(address)
        before = print_figure(self.report, figure)
        if address in self.reading.computed:
            return Proposal(edit, place, before, value, is_recomputed=True)
        digits = plain_number(value) if figure.kind.is_number else value
        if digits is None and not (value == "" and figure.cell.optional):
            return _refused(edit, place, f"“{value}”不是数" if value else "这一格删空了")
        is_number, text = figure.kind.is_number and bool(digits), digits or ""
        if address not in self.reading.places:
            if kind_of(self.reading) != "json":
                return _refused(edit, place, "输入里没有这一格")
            keys = ("figures", *Address(address).keys)
            fact = NewFact(figure.label, keys, text, place, is_number)
            there = Place(self.reading.name, "", ".".join(keys), Address(address))
            return Proposal(edit, there, before, text, lambda source: source.add_fact(fact))

        def write(source: EditedInput) -> None:
            (source.put_number if is_number else source.put_text)(place, text)

        return Proposal(edit, place, before, text, write)

    def _of_words(self, edit: Edit) -> Proposal:
        """A name, a label of a table, the name of a unit."""
        address = edit.address
        text, before = edit.after.replace("\n", ""), edit.before.replace("\n", "")
        place = self.reading.places.get(address)
        if not text:
            return _refused(edit, place or Place(), "删空了，这里一定要有字")
        if place is not None:
            there = place

            def write(source: EditedInput) -> None:
                source.put_text(there, text)

            return Proposal(edit, there, before, text, write)

        label = self._label_of(address)
        if not label:
            return _refused(edit, Place(), _PRESCRIBED)

        return Proposal(
            edit, self._no_place(label, address), before, text, self._adds(address, text)
        )

    def _adds(self, address: Address, text: str) -> Callable[[EditedInput], None]:
        first, rest = address.first, address.rest
        keys = (first, rest) if rest else (first,)
        fact = NewFact(self._label_of(address), keys, text, self.reading.place("year"))
        return lambda source: source.add_fact(fact)

    def _label_of(self, address: Address) -> str:
        """Return what a fact or a wording is called in the input that lacks it."""
        if address in FACTS:
            return FACTS[address]
        line = address.rest
        if address.first != "wording" or line not in self.form.wordings:
            return ""
        label = self.form.wordings[line].label
        alike = [one for one in self.form.wordings.values() if one.label == label]
        return f"{WORDING}：{label if len(alike) == 1 else line}"

    def _no_place(self, label: str, address: Address) -> Place:
        """Return where a fact will stand that the input does not have."""
        name = self.reading.name
        return Place(name, FACT_SHEET, f"“{label}”", address)

    def _of_title(self, edit: Edit) -> Iterator[Proposal]:
        place, own = self.reading.places.get("title"), ""
        if place is not None:
            own = self.source.text_at(place)
        text, before = edit.after, edit.before
        if "".join(text.split("\n")) != "".join(before.split("\n")):
            text, before = text.replace("\n", ""), before.replace("\n", "")

        if own and "{" in own.translate(_HALF):
            yield from self._of_bound(edit, _Paragraph(place or Place(), 0), own, before, text)
        else:
            yield self._of_words(edit)._replace(before=before, after=text, write=self._titled(text))

    def _titled(self, text: str) -> Callable[[EditedInput], None]:
        place = self.reading.places.get("title")
        if place is None:
            return self._adds(Address("title"), text)
        there = place
        return lambda source: source.put_text(there, text)

    def _of_date(self, edit: Edit) -> Proposal:
        place = self.reading.place("signature.date")
        date, _ = read_date(Entry(edit.after, place), FACTS["signature.date"])
        if date is None:
            return _refused(edit, place, "读不出真实的年月日")
        day = (date.year, date.month, date.day)

        def write(source: EditedInput) -> None:
            source.put_date(place, day)

        return Proposal(edit, place, edit.before, edit.after, write)

    # running text

    def _of_paragraph(self, edit: Edit) -> Iterator[Proposal]:
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

    def _added(self, edit: Edit) -> Proposal:
        """A paragraph is put in after another one, or as the first of its section."""
        address, text = edit.address, " ".join(edit.after.split("\n"))
        section = PREFACE if address == "title" else address.section
        if address == "title" and not self.form.preface:
            return _refused(edit, Place(), _NOT_HERE)

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
            return _refused(edit, place, _why_not_bound(binding, addresses, self.form), value)

        address = addresses[0]
        if address in self.reading.computed:
            label = self.form.figures[address].label
            return _refused(edit, place, f"“{label}”{_WORKED_OUT}", value)

        digits = plain_number(value)
        if digits is None:
            why = f"“{binding}”处是表里的数，改成的“{value}”不是数"
            return _refused(edit, place, why, value)

        return self._of_figure(edit, address, digits)


_NOT_HERE = "这里不能另加一段：表式没有给它留地方"
_PRESCRIBED = "这里的字由表式规定，不能改"
_UNIT_ROW = "少了一个单位；确实没有了，请在输入里删去它的一行"
_WORKED_OUT = "由各格算出，各格没有改，说不出该改哪一格"
_HALF = str.maketrans("｛｝", "{}")


def _refused(edit: Edit, place: Place, why: str, value: str = "") -> Proposal:
    return Proposal(edit, place, edit.before, value or edit.after, why_not=why)


def _why_not_bound(binding: str, addresses: Sequence[str], form: Form) -> str:
    if addresses:
        labels = "、".join(form.figures[one].label for one in addresses if one in form.figures)
        return f"“{binding}”处的数是几格加起来的（{labels}），说不出改哪一格"
    return f"“{binding}”处的内容由 docgen 照数据写出，请改它用的那一项"
