"""What a terminal or a spreadsheet obeys instead of showing it, in texts of others.

Cells, keys and names of files hold escape sequences, line breaks, characters that turn the
direction of writing, formulas. Here alone it is decided which those are.
"""

import contextlib
import json
import re

#: Controls, invisible characters and those that turn the direction, breaks of lines, halves of
#: characters; it matches "\x1b", "\n", "\u202e", "\ufeff", not "年", "é", "\u3000".
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
#: A step of a path, which docgen's own words end: "\udcc4\uac68.json" in “in/\udcc4\uac68.json”.
_STEP = re.compile("[^/“”（）：，；\\s]+")

_FORMULA = tuple("=+-@＝＋－＠")


def visible(text: str) -> str:
    r"""The text on one line, with `\x1b` or `\u202e` where one of those characters stands.

    A name of a file in another encoding is shown as that of old Chinese archives, if it can be.
    """
    if text.isprintable():
        return text
    return _UNSEEN.sub(_number, _STEP.sub(_as_gbk, text))


def is_formula(text: str) -> bool:
    """Whether spreadsheets may take this text, in a CSV file, for a formula."""
    return text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r"))


def _as_gbk(found: re.Match[str]) -> str:
    """What stands there as bytes, read as GBK, where it could not be read as UTF-8."""
    try:
        found[0].encode()
    except UnicodeEncodeError:
        with contextlib.suppress(UnicodeError):
            return found[0].encode("utf-8", "surrogateescape").decode("gb18030")

    return found[0]


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return found[0].encode("unicode_escape").decode()


def as_json(value: object, indent: int | None = None) -> str:
    """JSON without any of those characters: inside a string each is written as its number."""
    text = json.dumps(value, ensure_ascii=False, default=str, indent=indent)
    return _UNSEEN.sub(lambda m: m[0] if m[0] == "\n" else json.dumps(m[0])[1:-1], text)
