"""A PDF or OFD held against the issued document by its words: a sealed one has other bytes.

Only characters are compared, in their order, white space aside: where lines and cells end is the
page's own. Of a seal, a picture and a page that was scanned nothing is known.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.errors import InputStop
from docgen.files import limits, ooxml
from docgen.finding import Finding, Place, Rule
from docgen.issuing.changes import NOTHING, TEXT_CHANGED, Contents
from docgen.issuing.record import Record, Target
from docgen.read.published.stream import Stream, StreamLine, StreamTable
from docgen.word.blocks import Block, Difference

SAME_WORDS = Rule(
    code="V119",
    name="文字与签发的相同",
    severity="note",
    message=(
        "“{name}”不是签发时写出的那个文件，文字和数字与“{document}”逐个相同；"
        "印章、图片、字的颜色和版式没有比"
    ),
    why=(
        "盖过电子印章或另存过的 PDF、OFD 字节都变了，只能比文字；"
        "贴上去的图片盖住一个数，这样看不出来。"
    ),
    example="把盖了电子印章的 PDF 或 OFD 拿来核验。",
    cure="请看一眼各页有没有贴图和涂改；无误则不用改。",
    since="0.3.0",
)
NO_WORDS = Rule(
    code="V120",
    name="没有文字可比",
    severity="error",
    message="“{name}”没法和“{document}”比：{why}",
    why="扫描件只是画面，是不是同一份、改没改过数，docgen 都看不出来。",
    example="盖章后扫描成的 PDF。",
    cure="对着签发的 DOCX 逐页看；或者用盖电子印章的 PDF、OFD 核验。",
    since="0.3.0",
)

TOO_MUCH = "里面的内容多得比不完"
NO_DOCUMENT = "签发记录里的文件读不出来"

#: Figures stand or fall together; all else is a character.
# 1,024.5 is one; 3件 are two.
TOKEN = re.compile(r"[0-9][0-9,.]*|.", re.DOTALL)
# ⼀ (U+2F00), not 一 (U+4E00).
_RADICAL = re.compile("[\u2e80-\u2fdf]")
#: With so many tokens more than twice its own, a PDF is another document.
_MOST_MORE = 1_000
#: Of two stretches that are other, these many characters beside them are shown.
_AROUND = 8
#: Of a stretch that is longer, its beginning and its end are shown.
_SHOWN = 160


class WordPiece(NamedTuple):
    """A paragraph or a cell: where it stands, and its characters without white space."""

    where: str
    text: str


def tell_pdf(name: str, data: bytes, record: Record, target: Target) -> list[Finding]:
    """Return what tells a PDF, which is not the one that was issued, from the issued document."""
    from docgen.issuing.verify import tell_beside
    from docgen.read.published.pdf import read_stream
    from docgen.read.published.pdf_refused import NO_TEXT

    is_own = name == target.beside(".pdf").name
    digest = record.beside.get(".pdf") if is_own else None
    other = tell_beside(name, data, digest, target)
    document = target.document.name
    try:
        issued = Contents(record.document)
        stream = read_stream(data, Place(name))
    except (ValueError, ooxml.NotPackage):
        return other
    except InputStop as error:
        why = error.findings[0]
        told = [NO_WORDS.at(name=name, document=document, why=why.message)]
        return told if why.rule is NO_TEXT else other

    found = _tell_words(name, document, issued, stream)
    if {one.rule for one in found} == {TEXT_CHANGED}:
        return [*other, *found]
    return found if digest is None else [*other, *found]


def tell_ofd(name: str, data: bytes, record: Record, target: Target) -> list[Finding]:
    """Return what tells an OFD from the issued document; docgen itself writes none."""
    from docgen.read.published.ofd import read_stream

    document = target.document.name
    try:
        issued = Contents(record.document)
    except (ValueError, ooxml.NotPackage):
        return [NO_WORDS.at(name=name, document=document, why=NO_DOCUMENT)]

    try:
        with limits.limited():
            stream = read_stream(data, Place(name))
    except ooxml.NotPackage as error:
        return [NO_WORDS.at(name=name, document=document, why=str(error))]
    except InputStop as error:
        return [NO_WORDS.at(name=name, document=document, why=error.findings[0].message)]
    except (limits.TooLong, MemoryError):
        return [NO_WORDS.at(name=name, document=document, why=TOO_MUCH)]

    return _tell_words(name, document, issued, stream)


def _tell_words(name: str, document: str, issued: Contents, stream: Stream) -> list[Finding]:
    """Return each word that a stream says otherwise, or that all are the same."""
    try:
        with limits.limited():  # a file of nothing but one figure would take hours
            changes = find_word_changes(issued.body, stream)
    except (limits.TooLong, MemoryError):
        return [NO_WORDS.at(name=name, document=document, why=TOO_MUCH)]

    found = [TEXT_CHANGED.at(**one._asdict()) for one in changes]
    return found or [SAME_WORDS.at(name=name, document=document)]


def find_word_changes(issued: Sequence[Block], stream: Stream) -> list[Difference]:
    """Return where a stream says other words than the issued document.

    Only the first place is told of a stream with more words than any report has.
    """
    was, now = list(pieces_of_blocks(issued)), list(texts_of_stream(stream))
    if "".join(piece.text for piece in was) == "".join(now):
        return []

    old = [(token, number) for number, p in enumerate(was) for token in TOKEN.findall(p.text)]
    new = [token for text in now for token in TOKEN.findall(text)]
    if len(new) > 2 * len(old) + _MOST_MORE:
        return [Difference("整份文件", f"{len(old)} 个字", f"{len(new)} 个字")]

    return list(token_differences(was, old, new))


def token_differences(
    was: Sequence[WordPiece], old: Sequence[tuple[str, int]], new: Sequence[str]
) -> Iterator[Difference]:
    """Yield each stretch that is other, with what stands around it, in the piece it is in."""
    tokens = [token for token, _ in old]
    matcher = difflib.SequenceMatcher(None, tokens, new, autojunk=False)
    for kind, start, end, other, stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        number = old[min(start, len(old) - 1)][1] if old else 0
        first = next(at for at in range(len(old) + 1) if at == len(old) or old[at][1] == number)
        before = "".join(tokens[max(first, start - _AROUND) : start])
        expected, actual = "".join(tokens[start:end]), "".join(new[other:stop])
        where = was[number].where if was else "整份文件"
        if not expected and not actual:
            continue
        yield Difference(
            where,
            _shorten(f"{before}{expected}") or NOTHING,
            _shorten(f"{before}{actual}") if actual else NOTHING,
        )


def _shorten(text: str) -> str:
    """Return a stretch of pages as people can read it in a line."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}……{text[-_SHOWN // 2 :]}"


def pieces_of_blocks(issued: Sequence[Block]) -> Iterator[WordPiece]:
    """Yield the paragraphs and filled cells of a document in order."""
    paragraphs = tables = 0
    for block in issued:
        if not block:
            continue
        paragraphs += 1
        if isinstance(block, str):
            yield WordPiece(f"第 {paragraphs} 段", letters_of(block))
            continue

        tables += 1
        for row, cells in enumerate(block, start=1):
            for column, text in enumerate((cell.text for cell in cells), start=1):
                if text.strip():
                    yield WordPiece(f"第 {tables} 张表第 {row} 行第 {column} 格", letters_of(text))


def texts_of_stream(stream: Stream) -> Iterator[str]:
    """Yield the characters of each line and filled cell of a stream in order."""
    for one in stream:
        if isinstance(one, StreamLine):
            yield letters_of(one.text)
        elif isinstance(one, StreamTable):
            yield from (letters_of(entry.text) for row in one.grid for entry in row if entry.text)


def letters_of(text: str) -> str:
    """Return the characters of a text; a PDF may have a radical (⼀) for the character (一)."""
    return "".join(_RADICAL.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text).split())
