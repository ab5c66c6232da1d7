"""What stands in a published report and has no place in an input: told of, never lost silently."""

from collections.abc import Iterator, Sequence

from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.prose.personal import masked
from docgen.read.published.front import Title, is_about_page
from docgen.read.published.outline import OutlinePart
from docgen.read.published.printed import has_figure
from docgen.read.published.stream import StreamLine, StreamPicture, StreamTable

NOT_READ = Rule(
    code="R371",
    name="公布的文件里有没有读的",
    severity="warning",
    needs=("report",),
    message="{what}没有读{value}",
    why="图、表式以外的表、落款后的附件和联系人，输入里没有它们的位置；要的话得由机关自己放回去。",
    example="第一部分里有一张统计图。",
    cure="看一眼原文：要的，在输入的“正文”里用文字写明，或出了文件以后在 Word 里放回去。",
    since="0.3.0",
)
PAGE_PASSED_OVER = Rule(
    code="R372",
    name="题目上面的没有读",
    severity="note",
    needs=("report",),
    message="题目上面的{what}没有读{value}",
    why="网站和文件头印在题目上面的（栏目、文号、发布时间），不是报告的正文。",
    example="网页的题目上面有“当前位置：首页 > 公告”。",
    cure="不用改。是报告里的话，写到“正文”里。",
    since="0.3.0",
)

Shown = StreamLine | StreamTable | StreamPicture

_SHOWN = 40  # characters of a line that is told of
_MOST_NAMED = 3


def tell_unread(form: Form, title: Title | None, parts: Sequence[OutlinePart]) -> Iterator[Finding]:
    """Yield what tells of pictures, and of what stands above the title or in no part."""
    front, *rest = parts
    above, below = _around_title(_shown_in(front), title)
    above = [x for x in above if not (isinstance(x, StreamTable) and _has_figures(x))]
    if above:
        place = above[0].place
        yield PAGE_PASSED_OVER.at(place, what=_counted(above), value=_quoted(above))
        gone = {id(item) for item in above if isinstance(item, StreamTable)}
        front.items = [item for item in front.items if id(item) not in gone]

    left: list[Shown] = [item for item in below if isinstance(item, StreamPicture)]
    if not form.preface:  # there is no section for what stands under the title
        left += [x for x in below if isinstance(x, StreamLine) and not is_about_page(x.text)]
    if left:
        yield _told("题目和第一部分之间", left)

    for part in rest:
        pictures: list[Shown] = [x for x in part.items if isinstance(x, StreamPicture)]
        if pictures and part.heading:
            yield _told(f"“{part.heading.text}”里", pictures)


def tell_below(items: Sequence[Shown]) -> Iterator[Finding]:
    """Yield what tells of the lines and pictures below the signature."""
    if items:
        yield _told("落款后", items)


def tell_table(table: StreamTable) -> Finding | None:
    """Return what tells of a table without figures that is none of the form, if it says a thing."""
    said = [entry.text for row in table.grid for entry in row if entry.text]
    if not said:
        return None
    return NOT_READ.at(
        table.place, what=table.place.sheet, value=f"：“{masked(said[0])[:_SHOWN]}”等"
    )


def _shown_in(part: OutlinePart) -> list[Shown]:
    """Return what a part shows."""
    return [item for item in part.items if isinstance(item, Shown)]


def _around_title(items: Sequence[Shown], title: Title | None) -> tuple[list[Shown], list[Shown]]:
    """Return what stands above the title and below it."""
    own = {id(line) for line in title.lines} if title else set()
    at = [number for number, item in enumerate(items) if id(item) in own]
    if not at:
        return [], list(items)
    return list(items[: at[0]]), list(items[at[-1] + 1 :])


def _has_figures(table: StreamTable) -> bool:
    """Whether a figure stands in a table: it may be one of the form."""
    return any(has_figure(entry) for row in table.grid for entry in row)


def _told(where: str, items: Sequence[Shown]) -> Finding:
    """Return what tells of things that were not read."""
    return NOT_READ.at(items[0].place, what=f"{where}的{_counted(items)}", value=_quoted(items))


def _counted(items: Sequence[Shown]) -> str:
    """Return how many of what there are: `2 段、1 张图（第 8 段）`."""
    lines = sum(isinstance(item, StreamLine) for item in items)
    pictures = [item.place for item in items if isinstance(item, StreamPicture)]
    tables = len(items) - lines - len(pictures)
    counts = [f" {lines} 段"] if lines else []
    counts += [f" {tables} 张表"] if tables else []
    if pictures:
        where = "、".join(dict.fromkeys(filter(None, map(_spot, pictures[:_MOST_NAMED]))))
        counts.append(f" {len(pictures)} 张图（{where}）" if where else f"的 {len(pictures)} 张图")
    return "、".join(counts)


def _spot(place: Place) -> str:
    """Return where in its file something stands."""
    return " ".join(filter(None, (place.sheet, place.cell)))


def _quoted(items: Sequence[Shown]) -> str:
    """Return the beginnings of the lines among what was not read."""
    said = [masked(item.text) for item in items if isinstance(item, StreamLine)]
    shown = "、".join(
        f"“{text[:_SHOWN]}……”" if len(text) > _SHOWN else f"“{text}”" for text in said[:_MOST_NAMED]
    )
    return f"：{shown}{'等' if len(said) > _MOST_NAMED else ''}" if shown else ""
