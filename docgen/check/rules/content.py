"""What the text must say, and what a body of its level cannot have: as the form declares it."""

import re
from collections.abc import Iterator

from docgen.address import Address
from docgen.check.passages import QUOTE, Prose
from docgen.check.rules.level import known_level
from docgen.finding import Finding, Rule
from docgen.forms.duties import Topic
from docgen.model import Reading
from docgen.printing import UNKNOWN
from docgen.prose.personal import masked

LONG_SECTION = Rule(
    code="E805",
    name="写得太长",
    severity="note",
    needs=("lengths",),
    message="“{section}”有 {actual} 字，一般写 {expected} 字左右",
    why="这一部分是概述；写得太长，读者找不到要看的，有的地方还规定了字数。",
    example="概述写了 2300 字，把一年的新闻都抄了进去。",
    cure="删去与报告无关的内容；本地没有规定字数、都有必要写的，不用改。",
    since="0.2.0",
)
HOLLOW = Rule(
    code="E804",
    name="整个部分只写了“无”",
    severity="error",
    needs=("substance",),
    message="“{section}”只写了“{quote}”",
    why="这一部分要写实际情况；只写“无”是敷衍塞责。",
    example="“存在的问题和改进情况”下面只写“无”。",
    cure="写出本机关的实际情况，如存在的问题和改进的办法。",
    waivable=True,
)

# （一）年度工作。, 1.年度工作; not 年度工作.
_HEADING = re.compile(
    "(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．、])(.{0,40}?)(?:[。：]|$)"
)
# fullmatch: 无, 本单位暂无问题; not 无人申请.
_SAYS_NOTHING = re.compile(
    "(?:本年度|本年|暂时?|目前|[我本](?:[镇乡县局委办]|单位|机关|街道))*"
    "(?:无|没有|暂无|(?:暂)?未发现|不存在|略|同上年|[/／—－-]+)"
    "(?:存在)?的?(?:主要)?(?:问题|情况|此类情况|内容)?(?:及需要?改进的(?:情况|地方))?"
    "|(?:[一二三]?(?:存在的?)?(?:主要)?(?:问题|不足)?(?:及|和|与)?(?:改进)?(?:情况|措施)?"
    "(?:无|没有|暂无|略)){1,4}"
)
# 存在的主要问题：, 不足及改进措施; not 改进措施.
_ABOUT = re.compile("^(?:存在的?)?(?:主要)?(?:问题|不足)(?:及|和|与)?(?:改进)?(?:情况|措施)?[：:]?")
_FAR_LONGER = 1.2
# 无。, （无）; not 无.
_MARKS = re.compile("[，。；：、！（）()\\s]")


def check_topics(prose: Prose) -> Iterator[Finding]:
    """Report each thing a section must speak of and does not, once a section."""
    reading = prose.reading
    missing: dict[tuple[str, str], list[Topic]] = {}
    level = known_level(reading.report.body)

    for topic in reading.form.duties.topics:
        owed = not topic.levels or level in topic.levels
        paragraphs = _paragraphs_of(reading, topic.section)
        read = paragraphs and UNKNOWN not in paragraphs
        if owed and read and not _speaks_of(paragraphs, topic, reading.report.year):
            missing.setdefault((topic.code, topic.section), []).append(topic)

    titles = {section.key: section.title for section in reading.form.sections}
    for (code, section), topics in missing.items():
        title = titles.get(section, "")
        yield reading.form.rules[code].at(
            *([reading.place(Address.of_paragraph(section, 0))] if section else []),
            section=title,
            where=f"“{title}”里" if title else "全文",
            names="、".join(topic.name for topic in topics),
        )


def _paragraphs_of(reading: Reading, section: str) -> tuple[str, ...]:
    """Return the paragraphs of a section; of all sections where none is named."""
    sections = reading.report.sections
    if section:
        return sections.get(section, ())
    return tuple(text for paragraphs in sections.values() for text in paragraphs)


def _speaks_of(paragraphs: tuple[str, ...], topic: Topic, year: int | None) -> bool:
    """Return whether the headings, or else the text, have one of a topic's words.

    `{next_year}` in a word is the year after the report's.
    """
    texts = paragraphs
    if topic.in_headings:
        headings = [match[1] for text in paragraphs if (match := _HEADING.match(text))]
        texts = tuple(headings) or paragraphs

    following = str(year + 1) if year else ""
    words = [word.replace("{next_year}", following) for word in topic.words]
    return any(word in text for text in texts for word in words)


def check_substance(prose: Prose) -> Iterator[Finding]:
    """Check that a section of substance says more than “无”."""
    reading = prose.reading
    titles = {section.key: section.title for section in reading.form.sections}
    for key in reading.form.duties.substantial:
        paragraphs = reading.report.sections.get(key, ())
        bare = [_bare_text(text) for text in paragraphs]
        said = [text for text in bare if text and not _SAYS_NOTHING.fullmatch(text)]
        if any(bare) and not said:
            number = next(number for number, text in enumerate(bare) if text)
            place = reading.place(Address.of_paragraph(key, number))
            quote = masked(paragraphs[number])[:QUOTE]
            yield HOLLOW.at(place, section=titles[key], quote=quote)


def check_lengths(prose: Prose) -> Iterator[Finding]:
    """Report a section that is far longer than is usual."""
    reading = prose.reading
    titles = {section.key: section.title for section in reading.form.sections}
    for key, usual in reading.form.duties.lengths:
        length = sum(map(len, reading.report.sections.get(key, ())))
        if length > usual * _FAR_LONGER:
            place = reading.place(Address.of_paragraph(key, 0))
            yield LONG_SECTION.at(
                place, section=titles[key], expected=str(usual), actual=str(length)
            )


def _bare_text(text: str) -> str:
    """Return a paragraph without number, heading and marks; blank for a heading alone."""
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
    return _MARKS.sub("", _ABOUT.sub("", _MARKS.sub("", text)))
