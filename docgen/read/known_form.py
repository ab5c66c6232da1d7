"""The form that an input names: without it nothing of the input can be read."""

from docgen.errors import InputStop
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.loader import find_form as form_at_hand
from docgen.forms.loader import form_keys
from docgen.model import FACTS
from docgen.read.entry import Entry

UNKNOWN_FORM = Rule(
    code="X313",
    name="表式不认识",
    severity="error",
    message="“{label}”填的是“{value}”，docgen 没有这个表式",
    why="表式决定有哪些表、哪些行列和哪些勾稽关系；不知道表式就无法读表，docgen 不猜。",
    example="表式填成了“2021”，少了前面的名称。",
    cure="填 {known} 之一；自己的表式，把它的文件夹放进 forms，或用 --form 写明它在哪里。",
)


def find_form(entry: Entry | None) -> Form:
    """Return the form this entry names; without it no table can be read."""
    text = entry.text if entry else ""
    form = form_at_hand(text)
    if form is None:
        places = [entry.place] if entry else []
        known = "、".join(form_keys())
        raise InputStop(UNKNOWN_FORM.at(*places, label=FACTS["form"], value=text, known=known))
    return form
