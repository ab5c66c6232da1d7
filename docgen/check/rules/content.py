"""What the text must say, and what a body of its level cannot have: as the form declares it."""

import re
from collections.abc import Iterator

from docgen.catalogue import words
from docgen.check.level import known_level
from docgen.check.passages import QUOTE
from docgen.finding import Finding, Rule
from docgen.forms.duties import Topic
from docgen.model import LEVELS, Reading, print_number
from docgen.printing import UNKNOWN
from docgen.prose.personal import masked

TOPIC_RULES: dict[str, Rule] = {
    rule.code: rule for rule in (words.MISSING_PARTS, words.NO_FEE, words.NO_APPRAISAL)
}

_HEADING = re.compile(
    "(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．、])(.{0,40}?)(?:[。：]|$)"
)
_SAYS_NOTHING = re.compile(
    "(?:本年度|本年|暂时?|目前|[我本](?:[镇乡县局委办]|单位|机关|街道))*"
    "(?:无|没有|暂无|(?:暂)?未发现|不存在|略|同上年|[/／—－-]+)"
    "(?:存在)?的?(?:主要)?(?:问题|情况|此类情况|内容)?(?:及需要?改进的(?:情况|地方))?"
    "|(?:[一二三]?(?:存在的?)?(?:主要)?(?:问题|不足)?(?:及|和|与)?(?:改进)?(?:情况|措施)?"
    "(?:无|没有|暂无|略)){1,4}"
)
_ABOUT = re.compile("^(?:存在的?)?(?:主要)?(?:问题|不足)(?:及|和|与)?(?:改进)?(?:情况|措施)?[：:]?")
_FAR_LONGER = 1.2
_MARKS = re.compile("[，。；：、！（）()\\s]")


def check_topics(reading: Reading) -> Iterator[Finding]:
    """Each thing a section must speak of; what is missing in it is said once."""
    missing: dict[tuple[str, str], list[Topic]] = {}
    level = known_level(reading.report.body)
    for topic in reading.form.duties.topics:
        owed = not topic.levels or level in topic.levels
        paragraphs = _paragraphs(reading, topic.section)
        read = paragraphs and UNKNOWN not in paragraphs
        if owed and read and not _speaks(paragraphs, topic):
            missing.setdefault((topic.code, topic.section), []).append(topic)
    titles = {section.key: section.title for section in reading.form.sections}
    for (code, section), topics in missing.items():
        yield TOPIC_RULES[code].at(
            *([reading.place(f"sections.{section}.0")] if section else []),
            section=titles.get(section, ""),
            names="、".join(topic.name for topic in topics),
        )


def _paragraphs(reading: Reading, section: str) -> tuple[str, ...]:
    sections = reading.report.sections
    if section:
        return sections.get(section, ())
    return tuple(text for paragraphs in sections.values() for text in paragraphs)


def _speaks(paragraphs: tuple[str, ...], topic: Topic) -> bool:
    texts = paragraphs
    if topic.in_headings:
        headings = [match[1] for text in paragraphs if (match := _HEADING.match(text))]
        texts = tuple(headings) or paragraphs
    return any(word in text for text in texts for word in topic.words)


def check_substance(reading: Reading) -> Iterator[Finding]:
    """A section of substance says more than “无”."""
    titles = {section.key: section.title for section in reading.form.sections}
    for key in reading.form.duties.substantial:
        paragraphs = reading.report.sections.get(key, ())
        bare = [_bare(text) for text in paragraphs]
        said = [text for text in bare if text and not _SAYS_NOTHING.fullmatch(text)]
        if any(bare) and not said:
            number = next(number for number, text in enumerate(bare) if text)
            place = reading.place(f"sections.{key}.{number}")
            quote = masked(paragraphs[number])[:QUOTE]
            yield words.HOLLOW.at(place, section=titles[key], quote=quote)


def check_lengths(reading: Reading) -> Iterator[Finding]:
    """A section that is far longer than is usual."""
    titles = {section.key: section.title for section in reading.form.sections}
    for key, usual in reading.form.duties.lengths:
        length = sum(map(len, reading.report.sections.get(key, ())))
        if length > usual * _FAR_LONGER:
            place = reading.place(f"sections.{key}.0")
            yield words.LONG_SECTION.at(
                place, section=titles[key], expected=str(usual), actual=str(length)
            )


def _bare(text: str) -> str:
    """A paragraph without its number, its heading and its marks; blank for a heading alone."""
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
    return _MARKS.sub("", _ABOUT.sub("", _MARKS.sub("", text)))


def check_powers(reading: Reading) -> Iterator[Finding]:
    """Figures that a body of this level cannot have."""
    level, figures = known_level(reading.report.body), reading.report.figures
    if level is None:
        return
    for power in reading.form.duties.powers:
        rule = words.NO_POWER if level in power.never else words.SELDOM_POWER
        if level not in (*power.never, *power.seldom):
            continue
        given = [a for a in figures if a.startswith(f"{power.address}.") and figures[a]]
        if given:
            figure = reading.form.figures[given[0]]
            yield rule.at(
                *(reading.place(address) for address in given),
                table=figure.table.short,
                name=power.name,
                label=figure.column[-1].label,
                level=LEVELS[level][0] + ("" if level == "department" else "机关"),
                expected="0",
                actual=print_number(figures[given[0]]),
            )
