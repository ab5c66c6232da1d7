"""Numbers of documents: written as GB/T 9704 has them, of the document named, and in force."""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from docgen.check.passages import Prose
from docgen.finding import Finding, Rule
from docgen.forms.duties import Document, Law
from docgen.prose.patterns import HAN, Pattern

LAW_TITLE = Rule(
    code="E841",
    name="法规、文件的名称不对",
    severity="warning",
    needs=("laws",),
    message="“{quote}”里的《{actual}》应为《{expected}》",
    why="法规和文件的名称要与公布的一字不差。",
    example="《党政机关公文处理工作条列》。",
    cure="改为《{expected}》。",
)


_DOCUMENT = "GB/T 9704—2012 7.2.5"
DOCUMENT_NUMBER = Rule(
    code="E842",
    name="发文字号的写法不对",
    severity="warning",
    needs=("text",),
    message="“{quote}”里的“{actual}”应为“{expected}”",
    why="发文字号的年份用六角括号〔〕，序号不加“第”、不编虚位。",
    example="川办发[2021]16号、川办发（2021）第16号。",
    cure="改为“{expected}”。",
    basis=_DOCUMENT,
)
WRONG_NUMBER = Rule(
    code="E843",
    name="发文字号与文件名称对不上",
    severity="warning",
    needs=("text",),
    message="“{quote}”：《{title}》的文号是{expected}，写的是{actual}",
    why="文号错了就找不到这份文件。",
    example="〔2021〕16号的文件写成〔2021〕61号。",
    cure="改为{expected}。",
)
OUT_OF_FORCE = Rule(
    code="E844",
    name="引用的法规、文件不是这一年度的",
    severity="warning",
    needs=("text",),
    message="“{quote}”引用的{actual}{why}",
    why="依据已经废止或被代替的文件编制报告，读者会以为是旧稿。",
    example="2024 年度的报告写“根据……”，那份文件 2021 年就废止了。",
    cure="改为{expected}；只是说它的来历的，写明“公布”“修订”或“已废止”。",
    since="0.2.0",
)

# 国办函[2020]16号, 川办发〔2021〕第016号; not （2024）新42行初12号.
_NUMBER = Pattern(
    rf"[\[［(（【{{﹝<＜〈〔](?<={HAN}{HAN}.)\s?(?P<year>[0-9]{{4}})\s?[\]］)）】}}﹞>＞〉〕]"
    r"\s?第?(?P<serial>[0-9]{1,5})\s?号"
)
# 国务院令第5号, 国务院第5号令; not 省政府令第3号.
_ORDER = Pattern(
    r"国务院(?:令\s?第?\s?(?P<serial>[0-9]{1,4})\s?号|第?\s?(?P<other>[0-9]{1,4})\s?号令)", "国务院"
)
# 国办函, 2024年川办发; not 国办函1.
_CODE = Pattern(f"{HAN}{{1,10}}$")
#: The longest code, and how far from a title its number may stand.
_LONGEST, _NEAR = 10, 40
#: What may stand between a title and its number.
# fullmatch: 》（, 》的通知（以下简称《通知》，; not 》经过修改.
_BETWEEN = Pattern(
    r"[》〉＞>”\s]{0,3}(?:（试行）|\(试行\))?[》〉＞>”\s]{0,3}的?(?:通知|意见|公告)?[》〉＞>”\s]{0,3}"
    r"(?:文件|精神|要求|的?规定)?[（(，〔\[【\s]{0,2}"
    r"(?:[0-9年月日]{4,11}|(?:以下|下)简?称(?:为)?[《“][^》”\n]{1,16}[》”][，、；]?|[^《》（）()，。；\n]{0,12}(?:[，、；]|公布|修订))?"
    r"(?:中华人民共和国)?"
)
#: How much of the text a title may take, and what stands right before one that has no place.
_LONGEST_TITLE, _OPENING = 40, "《〈＜<“‘国于发"
# 已废止, 被代替; not 已施行.
_TOLD = Pattern("废止|代替|替代|失效")
#: A code of fewer characters is too short to be known by what is left of it.
_FIRM = 5


class Cited(NamedTuple):
    """A number as it is written, and as it should be; `code` and `number` are the right ones."""

    start: int
    end: int
    text: str
    code: str
    number: str


# 《公文处理工作条例》; not 《办法》.
_TITLE = re.compile(r"《([^《》\n]{4,60})》")

_NESTED_MARKS = str.maketrans("＜＞<>", "〈〉〈〉")

_ALIKE = 0.85

_LONG = 8


def check_titles(prose: Prose) -> Iterator[Finding]:
    """Report titles of laws that are almost right; known slips without marks, too."""
    laws = prose.reading.form.duties.laws
    for law in laws:
        for slip in (slip for slip in law.slips if slip in prose.text):
            for match in re.finditer(rf"(?<!《)(?<!共和国){slip}", prose.text):
                yield LAW_TITLE.at(
                    prose.place(match.start()),
                    quote=prose.quote(match.start(), match.end()),
                    expected=law.short[0],
                    actual=slip,
                )

    for match in _TITLE.finditer(prose.text):
        title = "".join(match[1].translate(_NESTED_MARKS).split())
        right = _right_title(title, laws)
        if right not in (None, title):
            yield LAW_TITLE.at(
                prose.place(match.start()),
                quote=prose.quote(match.start(), match.end()),
                expected=right,
                actual=match[1],
            )


@lru_cache(maxsize=512)
def _right_title(title: str, laws: tuple[Law, ...]) -> str | None:
    """Return the title meant: itself, the known one it is a slip of, or None for one not known."""
    known = [name for law in laws for name in (law.title, *law.short)]
    if title in known:
        return title
    slips = [name for name in known if _is_slip(title, name)]
    if slips:
        return slips[0]
    if any(name in title for name in known):
        return None  # a law of a place, or a document about the law
    close = difflib.get_close_matches(title, known, n=1, cutoff=_ALIKE)
    return close[0] if close and abs(len(close[0]) - len(title)) <= len(title) // 3 else None


def _is_slip(title: str, name: str) -> bool:
    """Return whether one character differs, in a name long enough for that to be a slip."""
    if len(title) != len(name) or len(name) < _LONG:
        return False
    return sum(one != other for one, other in zip(title, name, strict=True)) == 1


def check_numbers(prose: Prose) -> Iterator[Finding]:
    """Report each number that is written wrongly, is another document's, or is out of force."""
    duties = prose.reading.form.duties
    for cited in find_numbers(prose.text, duties.codes):
        place, quote = prose.place(cited.start), prose.quote(cited.start, cited.end)
        if cited.text != cited.number:
            yield DOCUMENT_NUMBER.at(place, quote=quote, expected=cited.number, actual=cited.text)
        title, named = _named_before(prose.text, cited, duties.documents)
        if named and not any(_is_of(cited, document) for document in named):
            right = named[0].number
            actual = cited.number if cited.number[0] != "〔" else cited.code + cited.number
            now = named[0].instead if _is_over(prose, named[0]) else ""
            yield WRONG_NUMBER.at(
                place,
                quote=quote,
                title=title,
                expected=right,
                actual=actual,
                cure=f"这一年度用的是{now}，名称和文号都改成它的。" if now else "",
            )
        else:
            yield from _out_of_force(prose, cited)


def find_numbers(text: str, codes: tuple[str, ...]) -> Iterator[Cited]:
    """Yield every number in a text; one that is written well enough is as it should be."""
    for match in _ORDER.finditer(text):
        number = f"国务院令第{match['serial'] or match['other']}号"
        yield Cited(match.start(), match.end(), number, "国务院令", number)
    for match in _NUMBER.finditer(text):
        tail = f"〔{match['year']}〕{int(match['serial'])}号"
        before = _CODE.search(text, max(match.start() - _LONGEST, 0), match.start())
        written, right = _right_code(before[0] if before else "", codes)
        if written == right:  # also one that is not known: an office of the place
            yield Cited(match.start(), match.end(), match[0], right, tail)
        else:
            start = match.start() - len(written)
            yield Cited(start, match.end(), text[start : match.end()], right, right + tail)


@lru_cache(maxsize=256)
def _right_code(before: str, codes: tuple[str, ...]) -> tuple[str, str]:
    """Return the code at the end of these words as it is written, and as it should be.

    涵 is a slip of 函 everywhere; of the codes known, one of six characters is known by five.
    """
    known = next((code for code in codes if before.endswith(code)), None)
    if known:
        return known, known

    for code in codes:
        for length in (len(code), len(code) - 1, len(code) + 1):
            written = before[-length:] if length >= _FIRM else ""
            if written[:1] == code[0] and _is_near(written, code):
                return written, code

    return ("涵", "函") if before.endswith("涵") else (before, before)


def _is_near(one: str, other: str) -> bool:
    """Return whether one character was changed, left out, added, or two were swapped."""
    if len(one) == len(other):
        wrong = sum(a != b for a, b in zip(one, other, strict=True))
        return wrong == 1 or (wrong == 2 and sorted(one) == sorted(other))
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _named_before(
    text: str, cited: Cited, documents: tuple[Document, ...]
) -> tuple[str, list[Document]]:
    """Return the title right before this number, by the longest name known, and whose it is."""
    before = text[max(cited.start - _LONGEST - _NEAR - _LONGEST_TITLE, 0) : cited.start]
    before = before.removesuffix(cited.code)
    found: dict[str, list[Document]] = {}

    for document in documents:
        for name in document.names:
            at = before.rfind(name)
            if at < 0 or (at > 0 and before[at - 1] not in _OPENING):
                continue  # of the same name, with 四川省 before it, is another one
            if _BETWEEN.fullmatch(before[at + len(name) :]):
                found.setdefault(name, []).append(document)

    name = max(found, key=len, default="")
    return name, found.get(name, [])


def _is_of(cited: Cited, document: Document) -> bool:
    """Return whether a number is this document's, or of an office with numbers of its own."""
    if not document.number.startswith(cited.code):
        return not cited.code.startswith("国")
    return document.number.endswith(cited.number)


def _is_over(prose: Prose, document: Document) -> bool:
    """Return whether a document is no longer for the reports of this year."""
    year = prose.reading.report.year or 0
    return 0 < document.last_year < year


def _out_of_force(prose: Prose, cited: Cited) -> Iterator[Finding]:
    """Report a document that is not for reports of this year, where it is not told how it ended."""
    year = prose.reading.report.year or 0
    number = cited.number if cited.number[0] != "〔" else cited.code + cited.number
    sentence = prose.around(cited.start)

    for document in prose.reading.form.duties.documents:
        told = (document.amended_by and document.amended_by in sentence) or _TOLD.search(sentence)
        if not year or document.number != number or told:
            continue

        if _is_over(prose, document):
            why = f"只用到 {document.last_year} 年度，现在用{document.instead}"
        elif year < document.first_year:
            why = f"从 {document.first_year} 年度起才用"
        else:
            continue

        yield OUT_OF_FORCE.at(
            prose.place(cited.start),
            quote=prose.quote(cited.start, cited.end),
            why=why,
            expected=document.instead or "这一年度用的文件",
            actual=number,
        )
