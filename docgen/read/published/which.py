"""Which form a published report is made in: by the labels of its tables, its headings, title."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from docgen.errors import InputStop
from docgen.finding import Place, Rule
from docgen.forms.form import Form
from docgen.forms.loader import find_form, form_keys
from docgen.read.label import label_in
from docgen.read.published.front import Title, find_title, find_year
from docgen.read.published.outline import headings_in
from docgen.read.published.stream import Stream, StreamLine, StreamTable
from docgen.read.recognise import labels_of

NO_REPORT = Rule(
    code="X341",
    name="看不出是哪一种报告",
    severity="error",
    message="“{name}”里没有认得出的报告：表头、各部分的标题和题目都对不上手头的表式",
    why="读公布的报告，要先知道它是哪一种；docgen 按表头、标题认，认不出就不猜。",
    example="把通知当成报告来读。",
    cure="核对是不是选错了文件；是别的报告的，把它的表式放进 forms，或用 --form 写明。",
    since="0.3.0",
)
TWO_FORMS = Rule(
    code="X342",
    name="一个文件里有两种报告",
    severity="error",
    message="“{name}”里有两种报告：{first}和{second}",
    why="一次读一份报告；两种混在一起，数归哪一份就要猜。",
    example="两种报告合订在一个 Word 文件里。",
    cure="把它们拆成两个文件，分别读。",
    since="0.3.0",
)

#: The share of its labels or headings that must be there, and how much may belong to another.
_ENOUGH, _ANOTHER = 0.3, 0.6
_HEADINGS = 0.5
#: An edition of the right year is taken if its labels fit nearly as well as those of the best.
_NEARLY = 0.75
#: A title stands among so many lines.
_MOST_FRONT = 40


@dataclass(frozen=True)
class _Fit:
    """How well a form fits a file: the shares of its labels and headings that stand in it."""

    form: Form
    labels: float
    likeness: float  # of its labels to all those of the tables, both ways
    headings: float
    headed: frozenset[str]  # the headings found, made `normal`
    title: Title | None

    @property
    def is_enough(self) -> bool:
        if self.labels >= _ENOUGH or self.headings >= _HEADINGS:
            return True
        return self.title is not None and self.headings > 0

    @property
    def rank(self) -> tuple[float, bool]:
        own = self.title is not None and self.form.bare_title in self.title.text
        return (self.likeness + self.headings, own)


def which_form(
    stream: Stream, place: Place, named: Form | None = None
) -> tuple[Form, Title | None]:
    """Return the form of a published report and its title. Raise InputStop where it has none.

    `named` is the form that it is said to be in, where it does not show that itself.
    """
    if named:
        return named, _fit(named, stream).title

    fits = [fit for form in _forms_at_hand() if (fit := _fit(form, stream)).is_enough]
    if not fits:
        raise InputStop(NO_REPORT.at(place, name=place.file))

    best = max(fits, key=lambda fit: fit.rank)
    other = next((fit for fit in fits if _is_another(fit, best)), None)
    if other:
        names = (best.form.report_name, other.form.report_name)
        raise InputStop(TWO_FORMS.at(place, name=place.file, first=names[0], second=names[1]))

    lines = [item for item in stream if isinstance(item, StreamLine)]
    period = find_year(lines)
    year = best.title.year if best.title and best.title.year else period and int(period.text)
    kin = [fit for fit in fits if fit.form.is_kin(best.form)]
    right = [
        fit
        for fit in kin
        if year and fit.form.is_for(year) and fit.likeness >= _NEARLY * best.likeness
    ]
    chosen = max(right or [best], key=lambda fit: fit.rank)
    return chosen.form, chosen.title


def _forms_at_hand() -> list[Form]:
    """Return all forms that can be read; a faulty one is told of by those that name it."""
    forms: list[Form] = []
    for key in form_keys():
        with suppress(InputStop):
            forms += [form for form in [find_form(key)] if form]
    return forms


def _fit(form: Form, stream: Stream) -> _Fit:
    """Return how well a form fits."""
    texts = {
        label_in(entry)
        for item in stream
        if isinstance(item, StreamTable)
        for row in item.grid
        for entry in row
    }
    texts = {text for text in texts if text and not text.isdigit()}
    tables = {table.name for table in form.tables}
    labels = [label for name, all_ in labels_of(form).items() if name in tables for label in all_]
    found = sum(not texts.isdisjoint(label) for label in labels)
    known = sum(any(text in label for label in labels) for text in texts)
    share = found / len(labels) if labels else 0.0
    precision = known / len(texts) if texts else 0.0
    likeness = 2 * share * precision / (share + precision) if share + precision else 0.0

    headings = [section.key for section in form.sections if section.title]
    headed = headings_in(stream, form)
    share_headed = len({*headed.values()}) / len(headings) if headings else 0.0
    title = find_title(_front(stream, form), form)
    return _Fit(form, share, likeness, share_headed, frozenset(headed), title)


def _front(stream: Stream, form: Form) -> Sequence[StreamLine]:
    """Return the lines where a title may stand: those before the first heading."""
    lines = [item for item in stream if isinstance(item, StreamLine)]
    first = next((n for n, line in enumerate(lines) if headings_in([line], form)), len(lines))
    return lines[: min(first, _MOST_FRONT)]


def _is_another(fit: _Fit, best: _Fit) -> bool:
    """Whether a file holds a report of another kind, too."""
    if fit.form.is_kin(best.form):
        return False
    if not fit.form.tables or not best.form.tables:
        own = len(fit.headed - best.headed)  # some reports end with the same heading
        return best.headings >= _ANOTHER and own >= _ANOTHER * len(fit.form.sections) > 0
    return fit.labels >= _ANOTHER and best.labels >= _ANOTHER
