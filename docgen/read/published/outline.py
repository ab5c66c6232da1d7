"""Where the parts of a published report begin: its headings, however they are numbered."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from docgen.finding import Finding, Rule
from docgen.forms.form import Form, Section
from docgen.read.label import normal
from docgen.read.published.stream import Stream, StreamItem, StreamLine, StreamTable

OTHER_HEADING = Rule(
    code="R352",
    name="各部分的标题与表式不同",
    severity="warning",
    needs=("report",),
    message="“{heading}”按“{title}”读，下面的段落归到了这一部分",
    why="公布的报告标题写法不一；这一处和表式不一样，是按最接近的一个读的，不是猜定的。",
    example="“五、主要问题及整改”按“五、存在的问题”读。",
    cure="看一眼下面的段落是不是这一部分的；不是的，在输入里移到别的部分。",
    since="0.3.0",
)
NO_HEADING = Rule(
    code="R353",
    name="没有找到一部分的标题",
    severity="warning",
    needs=("report",),
    message="没有找到“{title}”这一部分的标题{more}",
    why="各部分按标题认；没有标题，它的段落可能归到了前一部分。",
    example="“五、存在的问题”这一行漏排了。",
    cure="看一眼“{before}”的段落里有没有它的；有的，请照原文写到“正文”里“{title}”的下面。",
    since="0.3.0",
)
TWICE_HEADING = Rule(
    code="R354",
    name="标题出现了两次",
    severity="warning",
    needs=("report",),
    message="“{heading}”出现了不止一次，下面的段落都归到了“{title}”",
    why="同一个标题下有两处文字，可能有一处是别的部分。",
    example="“六、其他”这个标题排了两遍，前一个应是第五部分。",
    cure="核对这两处的段落，不是这一部分的在输入里移走。",
    since="0.3.0",
)

EXTRA_HEADING = Rule(
    code="R373",
    name="多出的标题",
    severity="warning",
    needs=("report",),
    message="“{heading}”是表式里没有的标题，它和下面的段落读在“{title}”里",
    why="表式以外的部分没有它的位置；读到前一部分里，印出来就成了那一部分的文字。",
    example="“六、其他”的后面还有“七、附则”。",
    cure="看一眼是不是该在这一部分里；不是的，在输入里移到别的部分，或删去。",
    since="0.3.0",
)

HEADING_VARIANT = Rule(
    code="R374",
    name="标题是通行的别的写法",
    severity="note",
    needs=("report",),
    message="“{heading}”按“{title}”读，出文件时印的是表式的这一个",
    why="表式认得这个写法，不会归错部分；但印出来的标题是表式的，和公布的不一样。",
    example="“五、存在的问题及改进措施”按表式的“五、存在的问题”读。",
    cure="不用改。",
    since="0.3.0",
)

_NUMERAL = "[一二三四五六七八九十]{1,3}|[0-9]{1,2}"
# match: 一、概况, （二）情况, 五、五、问题, 3.其他, 第一部分 情况; not 一次检查, 2023年.
_NUMBER = re.compile(
    rf"(?:(?:{_NUMERAL})\s*[、.．，,]\s*|[（(](?:{_NUMERAL})[）)]\s*[、.．]?\s*"
    rf"|第(?:{_NUMERAL})部分[、.．：:\s]*)+"
)
_NUMERALS = "一二三四五六七八九"
# match: 七、附则, 七 、附则; not 十一、附则, （七）附则.
_TOP_NUMBER = re.compile(f"([{_NUMERALS}])\\s*、")
# search: what an entry of a table of contents ends in: a tab or dots, and the page.
_PAGE_NUMBER = re.compile(r"(?:\t|[.…·]{3,})\s*[0-9]{1,3}$")
# match: 注：数据截至12月31日, 说明：; not 注意到, 说明情况.
NOTE = re.compile("(?:注|备注|说明|填表说明)[:：]")
_CONTENTS = "目录"
#: What parts a heading from the text that stands in the same line.
_AFTER_HEADING = tuple("。：:\n\u3000 ")
_LONGEST_HEADING = 45
#: A report has not so many lines that may be a heading in other words.
_MOST_TRIED = 500
_LIKE = 0.6


@dataclass
class OutlinePart:
    """A part of a report: the key of its section, blank before the first, and what it holds."""

    key: str
    heading: StreamLine | None = None
    items: Stream = field(default_factory=list)

    @property
    def lines(self) -> list[StreamLine]:
        """The paragraphs in it."""
        return [item for item in self.items if isinstance(item, StreamLine)]


def bare_heading(text: str) -> str:
    """Return a heading without its number."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def headings_in(stream: Stream, form: Form) -> dict[str, str]:
    """Return the headings of sections that stand in a stream, made `normal`, with their keys."""
    known = _known_headings(form)
    texts = (normal(bare_heading(x.text)) for x in stream if isinstance(x, StreamLine))
    return {text: known[text] for text in texts if text in known}


def split_parts(stream: Stream, form: Form) -> tuple[list[OutlinePart], list[Finding]]:
    """Return the parts of a report in their order, and what is to be asked of its headings."""
    known = _known_headings(form)
    stream = list(_with_headings_apart(_without_pages(stream, known), form))
    lines = [item for item in stream if isinstance(item, StreamLine)]
    found = {
        id(line): key for line in lines if (key := known.get(normal(bare_heading(line.text)), ""))
    }
    worded = dict(_other_headings(lines, form, found))

    parts = [OutlinePart("")]
    findings: list[Finding] = []
    for item in stream:
        key = found.get(id(item)) or worded.get(id(item), "")
        if key and isinstance(item, StreamLine):
            if id(item) in worded:
                title = _title_of(form, key)
                findings.append(OTHER_HEADING.at(item.place, heading=item.text, title=title))
            elif normal(bare_heading(item.text)) != normal(bare_heading(_title_of(form, key))):
                title = _title_of(form, key)
                findings.append(HEADING_VARIANT.at(item.place, heading=item.text, title=title))
            parts.append(OutlinePart(key, item))
        else:
            parts[-1].items.append(item)

    kept = list(_without_contents(parts))
    findings += [*_judge_order(kept, form), *_extra_headings(kept, form)]
    return list(_with_untitled(kept, form, findings)), findings


def _known_headings(form: Form) -> dict[str, str]:
    """Return the key of each section by its title without number, made `normal`."""
    return {
        normal(bare_heading(title)): section.key
        for section in form.sections
        for title in (section.title, *section.variants)
        if title  # what stands last may have none
    }


def _without_pages(stream: Stream, known: Mapping[str, str]) -> Iterator[StreamItem]:
    """Yield a stream without the entries of a table of contents that end with a page."""
    for item in stream:
        text = item.text if isinstance(item, StreamLine) else ""
        entry = _PAGE_NUMBER.search(text)
        if entry and normal(bare_heading(text[: entry.start()])) in known:
            continue
        if normal(text) == _CONTENTS:
            continue
        yield item


def _with_headings_apart(stream: Iterator[StreamItem], form: Form) -> Iterator[StreamItem]:
    """Yield a stream with headings in lines of their own: `一、概况。2024年，…`."""
    titles = [bare_heading(t) for s in form.sections for t in (s.title, *s.variants) if t]
    for item in stream:
        if not isinstance(item, StreamLine):
            yield item
            continue

        text, bare = item.text, bare_heading(item.text)
        title = next((t for t in titles if bare != text and bare.startswith(t)), "")
        rest = bare[len(title) :]
        if title and rest[:1] in _AFTER_HEADING and len(rest.strip()) > len(title):
            head = text[: len(text) - len(rest)]
            yield StreamLine(head, item.place)
            yield StreamLine(rest.lstrip("".join(_AFTER_HEADING)), item.place)
        else:
            yield item


def _without_contents(parts: Sequence[OutlinePart]) -> Iterator[OutlinePart]:
    """Yield the parts without a table of contents: headings that hold nothing and come again.

    What stands below the last of them is of the front.
    """
    gone = 0
    front = parts[0]
    yield front
    for number, part in enumerate(parts[1:], start=2):
        again = any(other.key == part.key for other in parts[number:])
        if again and not part.items:
            gone += 1
        elif again and gone > 1:
            front.items += part.items
            gone = 0
        else:
            gone = 0
            yield part


def _other_headings(
    lines: Sequence[StreamLine], form: Form, found: dict[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield the lines that are headings in other words, each with the section nearest to it.

    Such a section is missing, and stands in the form between those found before and after.
    """
    order = [section.key for section in form.sections]
    missing = [x for x in form.sections if x.title and x.key not in found.values()]
    ends = [order.index(found[id(line)]) for line in lines if id(line) in found]
    at, tried = -1, 0
    for line in lines:
        if id(line) in found:
            at = ends.pop(0)
            continue
        if not missing or not _may_be_heading(line.text):
            continue

        tried += 1
        if tried > _MOST_TRIED:
            return
        end = ends[0] if ends else len(order)
        fit = [section for section in missing if at < order.index(section.key) < end]
        section = _nearest_section(line.text, fit)
        if section:
            missing.remove(section)
            at = order.index(section.key)
            yield id(line), section.key


def _may_be_heading(text: str) -> bool:
    """Whether a line is short, and no sentence."""
    return len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；", "，", "："))


def _nearest_section(text: str, sections: Sequence[Section]) -> Section | None:
    """Return the section whose title is nearest to a heading, if it is near enough."""
    bare = normal(bare_heading(text))
    likeness = [
        (
            difflib.SequenceMatcher(
                None, bare, normal(bare_heading(title)), autojunk=False
            ).ratio(),
            n,
        )
        for n, section in enumerate(sections)
        for title in (section.title, *section.variants)
    ]
    best, at = max(likeness, default=(0.0, 0))
    return sections[at] if best >= _LIKE else None


def _judge_order(parts: Sequence[OutlinePart], form: Form) -> Iterator[Finding]:
    """Yield what is to be asked of headings that are missing, or there twice."""
    seen: dict[str, OutlinePart] = {}
    for part in parts[1:]:
        if part.key in seen and part.heading:
            places = [h.place for h in (seen[part.key].heading, part.heading) if h]
            title = _title_of(form, part.key)
            yield TWICE_HEADING.at(*places, heading=part.heading.text, title=title)
        seen.setdefault(part.key, part)


def _extra_headings(parts: Sequence[OutlinePart], form: Form) -> Iterator[Finding]:
    """Yield what is to be asked of headings that the form has not: 七、 in the part of 六、.

    A list inside a part begins with its first number, such a heading goes on with the parts'.
    """
    for part in parts[1:]:
        own = part.heading and _TOP_NUMBER.match(part.heading.text)
        lines = part.lines
        found = ((n, _TOP_NUMBER.match(line.text)) for n, line in enumerate(lines))
        first = next(((n, number) for n, number in found if number), None)
        if not own or not first or not first[1] or not _may_be_heading(lines[first[0]].text):
            continue

        at, number = first
        if _NUMERALS.find(number[1]) == _NUMERALS.find(own[1]) + 1:
            line, title = lines[at], _title_of(form, part.key)
            yield EXTRA_HEADING.at(line.place, heading=line.text, title=title)


def _with_untitled(
    parts: Sequence[OutlinePart], form: Form, findings: list[Finding]
) -> Iterator[OutlinePart]:
    """Yield the parts, and a part for each stretch of text whose heading is missing.

    Running text below a table is of the section that comes next, if that was not found.
    """
    found = {part.key for part in parts}
    texts = {section.key for section in form.text_sections}
    tables = {table.key: {normal(note) for note in table.notes} for table in form.tables}
    follows = {one.key: two for one, two in pairwise(form.sections)}
    before = ""
    for part in parts:
        yield part
        after = follows.get(part.key)
        below = _text_below(part, tables.get(part.key, set())) if part.key in tables else []
        if after and after.key in texts and after.key not in found and below:
            part.items = part.items[: -len(below)]
            found.add(after.key)
            more = f"；表下面的 {len(below)} 段归到了这一部分"
            where = next(item.place for item in below if isinstance(item, StreamLine))
            before = _title_of(form, part.key)
            findings.append(NO_HEADING.at(where, title=after.title, before=before, more=more))
            yield OutlinePart(after.key, None, below)

    before = "引言"
    for section in form.sections:
        if section.title and section.key not in found:
            findings.append(_missing_heading(section, before, parts, form))
        before = section.title


def _missing_heading(
    section: Section, before: str, parts: Sequence[OutlinePart], form: Form
) -> Finding:
    """Return what tells of a section that was not found: what stands below a table is not read."""
    above = next((one.key for one, two in pairwise(form.sections) if two is section), "")
    table = next((table for table in form.tables if table.key == above), None)
    notes = {normal(text) for text in (*table.notes, table.name, table.short)} if table else set()
    lines = [line for part in parts if table and part.key == above for line in part.lines]
    count = sum(normal(line.text) not in notes for line in lines)
    if not count:
        return NO_HEADING.at(title=section.title, before=before, more="")

    more = f"；“{before}”的表旁边的 {count} 段没有读"
    cure = f"看一眼这 {count} 段是不是它的：是的，请照原文抄到“正文”里“{section.title}”的下面。"
    return NO_HEADING.at(title=section.title, before=before, more=more, cure=cure)


def _text_below(part: OutlinePart, notes: set[str]) -> Stream:
    """Return the running text below the last table of a part; nothing if it is a note or two."""
    last = max((n for n, x in enumerate(part.items) if isinstance(x, StreamTable)), default=None)
    below = [] if last is None else part.items[last + 1 :]
    lines = [item for item in below if isinstance(item, StreamLine)]
    is_text = any(
        len(line.text) > _LONGEST_HEADING and normal(line.text) not in notes for line in lines
    )
    return below if is_text and not NOTE.match(lines[0].text) else []


def _title_of(form: Form, key: str) -> str:
    """Return the title of a section."""
    return next(section.title for section in form.sections if section.key == key)
