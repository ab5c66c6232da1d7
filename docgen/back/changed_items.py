"""What a changed figure, name, label or date asks of its cell of the input."""

from collections.abc import Callable

from docgen.address import Address
from docgen.back.proposal import PRESCRIBED, Proposal, refuse
from docgen.back.source import EditedInput, NewFact, NotWritable
from docgen.check.needs import kind_of
from docgen.finding import Place
from docgen.forms.layout import print_line, printed_lines
from docgen.issuing.edits import Edit, plain_number
from docgen.model import FACT_SHEET, FACTS, WORDING, Reading
from docgen.printing import print_figure
from docgen.read.dates import read_date
from docgen.read.entry import Entry


class ItemProposer:
    """Proposes changes of what stands in a cell of its own."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.form, self.report = reading.form, reading.report

    def value_of(self, edit: Edit, address: Address) -> str:
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

    def of_figure(self, edit: Edit, address: str, value: str) -> Proposal:
        figure, place = self.form.cells[address], self.reading.place(address)
        before = print_figure(self.report, figure)
        if address in self.reading.computed:
            return Proposal(edit, place, before, value, is_recomputed=True)
        digits = plain_number(value) if figure.kind.is_number else value
        if digits is None and not (value == "" and figure.cell.optional):
            return refuse(edit, place, f"“{value}”不是数" if value else "这一格删空了")
        is_number, text = figure.kind.is_number and bool(digits), digits or ""
        if address not in self.reading.places:
            if kind_of(self.reading) != "json":
                return refuse(edit, place, "输入里没有这一格")
            keys = ("figures", *Address(address).keys)
            fact = NewFact(figure.label, keys, text, place, is_number)
            there = Place(self.reading.name, "", ".".join(keys), Address(address))
            return Proposal(edit, there, before, text, lambda source: source.add_fact(fact))

        def write(source: EditedInput) -> None:
            (source.put_number if is_number else source.put_text)(place, text)

        return Proposal(edit, place, before, text, write)

    def of_words(self, edit: Edit) -> Proposal:
        """A name, a label of a table, the name of a unit."""
        address = edit.address
        text, before = edit.after.replace("\n", ""), edit.before.replace("\n", "")
        place = self.reading.places.get(address)
        if not text:
            return refuse(edit, place or Place(), "删空了，这里一定要有字")
        if place is not None:
            there = place

            def write(source: EditedInput) -> None:
                source.put_text(there, text)

            return Proposal(edit, there, before, text, write)

        label = self._label_of(address)
        if not label:
            return refuse(edit, Place(), PRESCRIBED)

        return Proposal(
            edit, self._no_place(label, address), before, text, self.adds(address, text)
        )

    def adds(self, address: Address, text: str) -> Callable[[EditedInput], None]:
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

    def of_date(self, edit: Edit) -> Proposal:
        place = self.reading.place("signature.date")
        date, _ = read_date(Entry(edit.after, place), FACTS["signature.date"])
        if date is None:
            return refuse(edit, place, "读不出真实的年月日")
        day = (date.year, date.month, date.day)

        def write(source: EditedInput) -> None:
            source.put_date(place, day)

        return Proposal(edit, place, edit.before, edit.after, write)
