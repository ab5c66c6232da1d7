"""The body's name: one and the same in title, signature and text, or plainly short for it."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from docgen.check.others import (
    TOWNS,
    Topics,
    bodies,
    is_exchange,
    kin_in,
    places_of_others,
    towns,
)
from docgen.check.passages import Prose
from docgen.check.rules.characters import is_lost
from docgen.check.rules.inner import without_draft_mark
from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.model import Body, Reading
from docgen.prose.patterns import Pattern

NEIGHBOUR = Rule(
    code="E833",
    name="写着别的机关的名称",
    severity="warning",
    needs=("neighbours",),
    message="“{quote}”里有别的机关的名称“{actual}”",
    why="借用别的机关的稿子，最容易忘了改名称。",
    example="甘河子镇的报告里写“白杨沟镇”。",
    cure="核对这一句；确是说那个机关的，不用改。",
)
OTHER_NAME = Rule(
    code="E834",
    name="机关名称前后不一",
    severity="warning",
    needs=("text",),
    message="“{quote}”里的“{actual}”与本机关的名称“{expected}”不同",
    why="一份报告里只有一个机关在说话；名称错一个字，或留着别的机关的名称，是最容易看出来的错。",
    example="机关名称是甘河子镇，正文写“2024年，白杨沟镇高度重视……”，署名写“甘河仔镇人民政府”。",
    cure="核对名称；写错的改正，确是说那个机关的不用改。",
)
NAME_IN_OPENING = Rule(
    code="E836",
    name="引言里是别的机关的名称",
    severity="error",
    needs=("text",),
    message="引言“{quote}”里的“{actual}”与本机关的名称“{expected}”不同",
    why="引言说明是谁的报告；这里写着别的机关，整份报告像是借来的。",
    example="甘河子镇的报告，引言写“现公布白杨沟镇2024年度工作报告”。",
    cure="把“{actual}”改为本机关的名称。",
    waivable=True,
    since="0.2.0",
)

# 2024年, 二〇二四, 10月, 第三季度; not 年度报告.
_YEAR = re.compile(
    r"\s|(?:19|20)[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2}|年度?(?!度?报告)"
    "|(?:1?[0-9]|十?[一二]|[三四五六七八九十])月份?|第?[一二三四]季度?|[上下]半年"
)
#: What a body calls itself; of a county or a city anybody there may speak.
# 我镇, 我局; not 我乡村, 我局部.
_SELF = Pattern("我(镇|乡(?!村)|街道|局(?!部|势|限|面)|厅)")
# 白杨沟镇人民政府, 县政府; not 政府办公室.
_GOVERNMENT = re.compile("人民政府$|政府$")
#: What bodies of one kind end in; a county may well speak of its towns, and a city of its counties.
_KINDS = (
    "县区旗",
    "市州盟",
    "省自治区",
    "局",
    "委",
    "办",
    "厅",
    "院",
    "处",
    "中心",
)
# 青禾县自然资源局; not 城市管理局.
_PLACE_BEFORE = re.compile("^.{2,}?[省市县区旗州盟]")
_LONGEST_SHORT = 5  # characters of what a department is called for short
#: What may follow the name of a government: who writes for it.
_WRITERS = ("办公室", "办公厅", "本级", "机关")


def check_neighbours(prose: Prose) -> Iterator[Finding]:
    """Report names of bodies that must not stand in the text, as the office has filled in."""
    reading = prose.reading
    body = reading.report.body
    own = [name for name in (body.name, body.short_name) if name]
    names = [n for n in reading.report.neighbours if not any(n in name for name in own)]
    if not names:
        return

    for address in ("title", "signature.name"):
        text = reading.report.title if address == "title" else reading.report.signature.name
        for name in names:
            if name in (text or ""):
                yield NEIGHBOUR.at(reading.place(address), quote=text, actual=name)

    for match in re.finditer("|".join(map(re.escape, names)), prose.text):
        quote = prose.quote(match.start(), match.end())
        yield NEIGHBOUR.at(prose.place(match.start()), quote=quote, actual=match[0])


def check_names(prose: Prose) -> Iterator[Finding]:
    """Report every name that should be the body's own and is not."""
    reading = prose.reading
    names = _Names(reading.report.body, reading.form)
    if not names.full or is_lost(names.full):
        return

    for address, name in _stated_names(reading):
        short = name == names.short and names.may_be_short(name)
        if not (short or names.may_be(name) or is_lost(name)):
            places = (reading.place(address), reading.place("body.name"))
            yield OTHER_NAME.at(*places, quote=name, expected=names.full, actual=name)

    told = set()
    neighbours = reading.report.neighbours  # those have a rule of their own
    found = (names.slips, names.speakers, names.selves)

    for start, name in (each for find in found for each in find(prose.text)):
        if prose.bounds(start) not in told and not any(one in name for one in neighbours):
            told.add(prose.bounds(start))
            opening = prose.at(start).section == "preface"
            rule = NAME_IN_OPENING if opening else OTHER_NAME
            yield rule.at(
                prose.place(start),
                quote=prose.quote(start, start + len(name)),
                expected=names.short,
                actual=name,
            )

    foreign = places_of_others(prose.text, names.full)

    for start, place in (*foreign, *kin_in(prose.text, names.own, prose.others)):
        bounds = prose.bounds(start)
        if bounds not in told and not is_exchange(prose.around(start)):
            told.add(bounds)
            quote = prose.quote(start, start + len(place))
            yield NEIGHBOUR.at(prose.place(start), quote=quote, actual=place)


def _stated_names(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the names outside the text, each with its address."""
    report = reading.report
    official = bare_name(reading.form.title.format(name="", year=""))
    title = bare_name(without_draft_mark(report.title or ""))
    if title.endswith(official) and title != official:
        yield "title", title.removesuffix(official)
    for address, name in (
        ("body.short_name", report.body.short_name),
        ("signature.name", report.signature.name),
    ):
        if name:
            yield address, bare_name(name)


def may_sign(body: Body, form: Form, name: str) -> bool:
    """Return whether a name may stand under a body's report: E834 says nothing against it."""
    return _Names(body, form).may_be(bare_name(name))


def bare_name(title: str) -> str:
    """Return a title without years and blanks."""
    return _YEAR.sub("", title)


class _Names:
    """What a body is called, and what it may be called."""

    def __init__(self, body: Body, form: Form) -> None:
        self.topics = Topics(form.subjects, form.speech.business)
        self.full = bare_name(body.name or "")
        self.short = bare_name(body.short_name or body.name or "")
        self.is_department = body.level == "department"

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Return its names: in full, without 人民政府, and short."""
        return tuple(dict.fromkeys((self.full, _GOVERNMENT.sub("", self.full), self.short)))

    def may_be(self, name: str) -> bool:
        """Return whether a name is short for the full one, or longer by a place or a writer."""
        longer = name.startswith(self.full) and name.endswith(_WRITERS)
        return longer or name.endswith(self.full) or _is_within(name, self.full)

    def may_be_short(self, name: str) -> bool:
        """Return whether a department may be called so for short: 自规局 of 自然资源局.

        Such a name may hold what the full one does not any more; it begins and ends alike.
        """
        full = _PLACE_BEFORE.sub("", self.full)
        alike = full[:1] == name[:1] and full[-1:] == name[-1:]
        return self.is_department and alike and len(name) <= _LONGEST_SHORT

    def slips(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield names in the text that differ from an own one by one character, the last aside.

        Short ones are left out, 沭阳县 and 泗阳县 are both there; and of a department's name all
        but its place, for there is a 教育局 and a 体育局.
        """
        for name in self.own:
            if len(name) < 4 or (self.is_department and name == self.short):
                continue
            place = re.match(".*?[省市县区旗州盟]", name) if self.is_department else None
            yield from _slips_of(text, name, len(place[0]) - 1 if place else len(name) - 1)

    def speakers(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield other bodies of the same kind where the report should speak of its own."""
        kinds = _kinds_of(self.own)
        found = bodies(text, kinds, self.topics)
        if any(name.endswith(TOWNS) for name in self.own):
            found = chain(found, towns(text, self.topics))
        for names in found:
            own = (self.may_be(name) or name.endswith(self.own) for _, name in _bare_all(names))
            if names and not any(own):
                yield names[0]

    def selves(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield words by which other kinds of bodies call themselves: 我局 in a town's report."""
        for match in _SELF.finditer(text):
            if not any(match[1] in name for name in self.own):
                yield match.start(), match[0]


def _bare_all(names: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the names without 人民政府."""
    return ((at, _GOVERNMENT.sub("", name)) for at, name in names)


def _kinds_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the endings of names of the same kind as these."""
    ends = {name[-1] for name in names if name} - {"府"}
    return tuple(end for kind in _KINDS if ends.intersection(kind) for end in kind)


def _slips_of(text: str, name: str, last: int) -> Iterator[tuple[int, str]]:
    """Yield where the name stands with another character in one place before `last`.

    One half of it is then as it should be: only that is looked for.
    """
    middle = len(name) // 2

    for half, shift in ((name[:middle], 0), (name[middle:], middle)):
        found = text.find(half)
        while found >= 0:
            start = found - shift
            other = text[start : start + len(name)] if start >= 0 else ""
            wrong = [at for at, letter in enumerate(other) if letter != name[at]]
            one = len(other) == len(name) and len(wrong) == 1 and wrong[0] < last
            if one and "\u4e00" <= other[wrong[0]] <= "\u9fff":
                yield start, other
            found = text.find(half, found + 1)


def _is_within(short: str, full: str) -> bool:
    """Return whether all characters of one name stand in the other, in the same order."""
    rest = iter(full)  # `in` uses up what it passes, so the order is kept
    return all(character in rest for character in short)
