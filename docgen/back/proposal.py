"""One change that a returned document asks of its input, made or refused."""

from collections.abc import Callable
from typing import NamedTuple

from docgen.back.source import EditedInput
from docgen.finding import Place
from docgen.issuing.edits import Edit

NOT_HERE = "这里不能另加一段：表式没有给它留地方"
PRESCRIBED = "这里的字由表式规定，不能改"
WORKED_OUT = "由各格算出，各格没有改，说不出该改哪一格"


class Proposal(NamedTuple):
    """One change of the input: which edit asks for it, where, from what to what.

    `why_not` says why it cannot be made; `is_recomputed` that docgen works the value out itself.
    `write` makes it; `is_left` where the office does not want it.
    """

    edit: Edit
    place: Place
    before: str
    after: str
    write: Callable[[EditedInput], None] | None = None
    why_not: str = ""
    is_recomputed: bool = False
    is_left: bool = False

    @property
    def can_be_left(self) -> bool:
        """Whether it is up to the office to take it or not."""
        return not self.why_not and not self.is_recomputed


def refuse(edit: Edit, place: Place, why: str, value: str = "") -> Proposal:
    """Return the change with the reason why it cannot be made."""
    return Proposal(edit, place, edit.before, value or edit.after, why_not=why)
