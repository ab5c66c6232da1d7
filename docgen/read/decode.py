"""The text of a file, whatever it is saved in; refused where it was misread and is no Chinese.

The evidence is what characters there are, each counted once. Of those of a Chinese text nearly
all are in common use; the rare ones of names are few. Read in a wrong encoding, most are not,
and undoing the reading gives common ones again. Detectors that look at bytes alone call short
Chinese files Big5.
"""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

from docgen.errors import InputStop
from docgen.finding import Rule

NOT_TEXT = Rule(
    code="X305",
    name="不是文字文件",
    severity="error",
    message="“{name}”不是{kind}文件：{why}",
    why="文件的内容与后缀不符，或已经损坏。",
    example="把图片改名成了 .csv。",
    cure="用 Excel 或 WPS 打开原来的文件，另存为 {kind}。",
)
GARBLED = Rule(
    code="X320",
    name="文字的编码不对",
    severity="error",
    message="“{name}”里的文字读出来是乱码{shown}，{why}",
    why="存的时候和读的时候用的编码不同，中文就成了别的字；照着印出去，机关名称也会是错的。",
    example="在繁体中文的电脑上存成 Big5 的 CSV；用 Excel 打开 UTF-8 的 CSV，看到乱码又存了一次。",
    cure="找到没有乱码的那一份，打开后另存为，编码选 UTF-8；已经存成乱码的，重新导出或重新填。",
    since="0.2.0",
)

#: The share of common characters that Chinese text has at least; below which a file is no Chinese,
#: whatever else it is.
_CHINESE, _FOREIGN = 0.85, 0.5
#: Of a whole file and of one value: how many characters, each counted once, are needed to tell, and
#: the share of common ones that misread text has at most.
_FILE, _VALUE = (12, 0.8), (6, 0.7)
#: The share of a text that may be lost by misreading it: GBK has an odd byte left of UTF-8.
_LOST = 0.15
#: What is looked at of a long text.
_LOOKED_AT = 20_000

#: What a text is saved in, what it was taken for, and the codec.
_WAYS = (
    ("UTF-8", "gb18030", "utf-8"),
    ("Big5（繁体）", "gb18030", "big5"),
    ("Shift-JIS（日文）", "gb18030", "cp932"),
    ("UTF-8", "cp1252", "utf-8"),
    ("GBK", "cp1252", "gb18030"),
    ("Big5（繁体）", "cp1252", "big5"),
)

_ASCII = frozenset(map(chr, range(128)))
#: The first bytes of the marks and characters of GB 2312, without kana, Cyrillic and box lines.
_COMMON = bytes((*range(0xA1, 0xA4), *range(0xB0, 0xF8)))


class Garbled(NamedTuple):
    """A text that is no Chinese: what it is saved in, and what it says then; blank if unknown."""

    encoding: str = ""
    meant: str = ""


def decode(data: bytes, name: str, kind: str = "CSV") -> str:
    """Return the text of a file by its BOM, else strict UTF-8, else strict GB18030.

    GB18030 first would garble UTF-8. Raise InputStop for what is no text, or none in Chinese.
    """
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [encoding for mark, encoding in marks.items() if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            refuse_garbled(text, name)
            return text

    refuse_unmarked(data, name)
    why = "里面不是文字（可能是图片、压缩包或别的格式改了后缀）"
    raise InputStop(NOT_TEXT.at(name=name, kind=kind, why=why))


def find_garbled(text: str, *, whole: bool = True) -> Garbled | None:
    """Return what is wrong with the text of a file, or of one value; None if it may be Chinese.

    Of a value only what can be undone is known to be wrong: it may be any name.
    """
    if text.isascii():
        return None

    text = text[:_LOOKED_AT]
    others = _foreign_characters(text)
    enough, misread = _FILE if whole else _VALUE
    if len(others) < enough or _common_share(others) > misread:
        return None

    share, found = max(_undo_misreading(text), key=lambda way: way[0], default=(0.0, Garbled()))
    if share >= _CHINESE:
        return found

    return Garbled() if whole and _common_share(others) < _FOREIGN else None


def refuse_garbled(text: str, name: str) -> None:
    """Raise InputStop if the text of this file is no Chinese."""
    found = find_garbled(text)
    if found:
        why = "看不出是按什么编码存的"
        if found.encoding:
            why = f"像是 {found.encoding} 的文字，按别的编码读了"
        shown = "".join(one if one.isprintable() else "?" for one in _first_foreign(text))
        raise InputStop(GARBLED.at(name=name, shown=f"（{shown}…）", why=why))


def _first_foreign(text: str) -> str:
    """Return where a text begins to be other than the names and marks of its kind of file."""
    start = next(index for index, character in enumerate(text) if character > "\x7f")
    return text[start : start + 8]


def refuse_unmarked(data: bytes, name: str) -> None:
    """Raise InputStop if these bytes are text in UTF-16 that lacks the mark it begins with."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and "\n" in text and find_garbled(text) is None:
            why = "像是按 UTF-16 存的，缺了文件开头的标记"
            raise InputStop(GARBLED.at(name=name, shown="", why=why))


def _undo_misreading(text: str, times: int = 2) -> Iterator[tuple[float, Garbled]]:
    """Yield what the text says if it is saved in another encoding, and how Chinese that is.

    It may have been misread and saved again twice.
    """
    for encoding, taken_for, codec in _WAYS:
        if taken_for == "gb18030" and not any("一" <= one <= "鿿" for one in text):
            continue  # words of another language

        try:
            data = _western_bytes(text) if taken_for == "cp1252" else text.encode(taken_for)
        except UnicodeEncodeError:
            continue

        meant = data.decode(codec, "replace")
        lost = meant.count("\ufffd") > _LOST * len(meant)
        if not lost and len(others := _foreign_characters(meant)) > 1:
            yield _common_share(others), Garbled(encoding, meant)
            if times > 1:
                yield from _undo_misreading(meant, times - 1)


def _western_bytes(text: str) -> bytes:
    """Return the bytes of a text taken for Windows-1252, where five bytes are no character."""
    return b"".join(one.encode("cp1252", "ignore") or one.encode("latin-1") for one in text)


def _foreign_characters(text: str) -> set[str]:
    """Return the characters that are not ASCII, each once."""
    return set(text).difference(_ASCII)


def _common_share(characters: set[str]) -> float:
    """Return how many are marks or characters of GB 2312, or of the more common half of Big5.

    GB 2312 holds kana, Cyrillic and box lines, too: they stand between its marks and characters.
    """
    together = "".join(characters)
    with contextlib.suppress(UnicodeEncodeError):  # nearly every text
        if not together.encode("gb2312")[::2].translate(None, _COMMON):
            return 1.0

    gbk = together.encode("gbk", "ignore")
    simplified = sum(
        trail > 0xA0 and (lead < 0xA4 or 0xAF < lead < 0xF8)
        for lead, trail in zip(gbk[::2], gbk[1::2], strict=True)
    )
    if simplified >= _CHINESE * len(characters):
        return simplified / len(characters)

    traditional = sum(lead < 0xC7 for lead in together.encode("big5", "ignore")[::2])
    return max(simplified, traditional) / len(characters)
