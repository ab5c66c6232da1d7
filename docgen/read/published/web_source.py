"""The source of a web page: out of its archive, in its encoding, as a tree of elements."""

import codecs
import re
from typing import NamedTuple

from lxml import etree

from docgen.errors import InputStop
from docgen.files.ooxml import Element
from docgen.finding import Rule
from docgen.read.decode import NOT_TEXT, refuse_garbled

BROKEN_PAGE = Rule(
    code="X361",
    name="网页打不开",
    severity="error",
    message="“{name}”不是完好的网页：{why}",
    why="下载中断，或内容与后缀不符。",
    example="保存网页时断了网，文件只有一半。",
    cure="用浏览器重新打开，另存为“网页，仅 HTML”，再试一次。",
    since="0.3.0",
)

#: `<meta charset="gb2312">`, `charset=gbk`; not `accept-charset=`.
_CHARSET = re.compile(rb"""(?<![-\w])(?:charset|encoding)\s*=\s*["']?\s*([-\w:.]{2,40})""", re.I)
#: What a page in Chinese is written in, by the names that Python has for it; GB2312 is part of
#: GBK, and that of GB18030.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "hz"), "gb18030"),
    **{name: name for name in ("utf-8", "big5", "big5hkscs")},
}
#: Characters that may stand in a tree of elements; others, as `\x00`, may not.
_SHEET_TEXT = re.compile(r"[\t\n\r\x20-\ud7ff\ue000-\ufffd]+")
#: Where a declaration of the encoding stands at the latest.
_DECLARED_BY = 4096
#: The share of a page that may be damaged: a few bytes that are no character.
_DAMAGED = 0.001
#: Elements deeper in one another than this, or more of them, are no page of a report.
_DEEPEST, _MOST_ELEMENTS = 240, 200_000


def page_root(data: bytes, name: str) -> Element:
    """Return the root of a page, or of the one in an MHT archive. Raise InputStop for none."""
    if not _is_archive(data):
        return _parse(_decode(data, "", name), name)

    archive = _open_archive(data, name)
    root = _parse(_decode(archive.page, archive.charset, name), name)
    for link in [*root.iter("link")]:
        sheet = archive.sheets.get(link.get("href", ""))
        if sheet is not None and "stylesheet" in link.get("rel", "").lower():
            link.tag, link.text = "style", sheet
    return root


def _is_archive(data: bytes) -> bool:
    """Whether these bytes are an MHT archive: headers of a mail, and then the parts."""
    start = data[:_DECLARED_BY].lstrip(codecs.BOM_UTF8 + b"\r\n ").lower()
    return not start.startswith(b"<") and b"mime-version:" in start


class _Archive(NamedTuple):
    """The page in an MHT archive, its encoding as the archive has it, its style sheets by name."""

    page: bytes
    charset: str
    sheets: dict[str, str]


def _open_archive(data: bytes, name: str) -> _Archive:
    """Return what an MHT archive holds. Raise InputStop where there is no page in it."""
    import email
    import email.policy

    page, charset = b"", ""
    sheets: dict[str, str] = {}
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        for part in message.walk():
            kind, held = part.get_content_type(), part.get_payload(decode=True)
            if not isinstance(held, bytes):
                continue
            if kind in ("text/html", "application/xhtml+xml") and not page.strip():
                page, charset = held, part.get_content_charset() or ""
            elif kind == "text/css":
                sheet = "".join(_SHEET_TEXT.findall(held.decode("utf-8", "replace")))
                names = part.get("Content-Location"), f"cid:{part.get('Content-ID', '')[1:-1]}"
                sheets.update((each, sheet) for each in names if each)
    except (RecursionError, ValueError, LookupError):
        raise InputStop(BROKEN_PAGE.at(name=name, why="里面的各部分套得太深或已损坏")) from None

    if not page.strip():
        raise InputStop(BROKEN_PAGE.at(name=name, why="这个 MHT 文件里没有网页"))
    return _Archive(page, charset, sheets)


def _decode(data: bytes, charset: str, name: str) -> str:
    """Return the text of a page: by its BOM, else UTF-8, what it declares, or GB18030.

    GBK under a declared GB2312 is common; so is UTF-8 under any. A few bytes that are no
    character are shown as such, where a page declares what it is written in.
    """
    marks = {codecs.BOM_UTF8: "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [codec for mark, codec in marks.items() if data.startswith(mark)]
    found = _CHARSET.search(data[:_DECLARED_BY])
    declared = _codec(charset) or (_codec(found[1].decode("ascii", "ignore")) if found else "")
    codecs_tried = marked or ["utf-8", *filter(None, [declared]), "gb18030"]

    for codec in codecs_tried:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        if "\0" not in text:
            refuse_garbled(text, name)
            return text

    text = data.decode((marked or [declared or "utf-8"])[0], "replace")
    if "\0" in text or text.count("\ufffd") > _DAMAGED * len(text) + 1:
        why = "里面不是文字，或文字已经损坏"
        raise InputStop(NOT_TEXT.at(name=name, kind="网页", why=why))
    refuse_garbled(text, name)
    return text


def _codec(charset: str) -> str:
    """Return the codec of a declared encoding; that of all of GBK for each part of it."""
    try:
        name = codecs.lookup(charset.strip()).name if charset else ""
    except (LookupError, ValueError):
        return ""
    return _CODECS.get(name, "")


def _parse(text: str, name: str) -> Element:
    """Return the root of a page. Raise InputStop for what is none, or too deep."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, SyntaxError, ValueError):
        root = None

    if root is None:
        raise InputStop(BROKEN_PAGE.at(name=name, why="里面没有网页的内容"))
    _refuse_endless(root, name)
    return root


def _refuse_endless(root: Element, name: str) -> None:
    """Raise InputStop for more elements, or deeper in one another, than a page has."""
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        begins = event == "start"
        depth += 1 if begins else -1
        count += begins
        if depth > _DEEPEST:
            raise InputStop(BROKEN_PAGE.at(name=name, why=f"元素套了 {_DEEPEST} 层以上"))
        if count > _MOST_ELEMENTS:
            raise InputStop(BROKEN_PAGE.at(name=name, why=f"元素有 {_MOST_ELEMENTS} 个以上"))
