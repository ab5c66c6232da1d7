"""All that docgen takes from docxtpl: the one module that imports it, when a template is compiled.

docxtpl is the truth about the tag language: offices know it, its manual tells it, and templates
made for it must print here what they print there. But it does everything anew for each document:
of its 50 milliseconds opening takes a tenth, patching the XML a third, compiling the Jinja another,
and filling a hundredth. docgen merges in one, because a template is patched and compiled once:

- `jinja_source` has docxtpl patch a part's XML (tags that an editor split are joined, `{%tr %}` and
  `{%p %}` moved out of their row or paragraph), and sees to what docxtpl would do after filling:
  line breaks, tabs and printed braces of the template's own text, and vertical merges.
- `fix_grids` is its repair of table grids, for templates whose tables can grow a column.

What docxtpl does with the values instead (escaping, line breaks) is `docgen.merge.sandbox`: there
a value that docxtpl would lose or take for XML is printed as it stands, or refused. Pictures and
sub-documents, which add parts while they are filled, no tag of docgen's can name.

That the parts come out the same is held by two tests, which run docxtpl itself beside docgen's
filling: `tests/test_merge.py` over reports with docgen's template, `tests/test_merge_corpus.py`
over any template. So docxtpl can be brought up to date, or replaced, by changing this file alone.
"""

import io
import re
from collections.abc import Iterator

import docxtpl
import jinja2

from docgen.errors import TemplateStop
from docgen.files import ooxml
from docgen.merge.faults import NOT_ALLOWED
from docgen.merge.sandbox import broken, environment, refuse_computing

VERSION = str(docxtpl.__version__)
_VMERGE = re.compile(r"(<w:tc[ >](?:(?!<w:tc[ >]).)*?){%\s*vmerge\s+([^%]*?)\s*%}", flags=re.DOTALL)
_VMERGE_PLACE = re.compile(
    r"(<w:tcPr>(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)(?:<w:vMerge[^>]*/>)?"
)
_BODY = re.compile(r"<w:body[ >].*</w:body>", re.DOTALL)
#: docxtpl's spelling of braces that are to be printed.
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_SPELT = re.compile("|".join(_BRACES))
#: Half of one beside a tag (\0), which docxtpl would put together when the tag is gone:
#: `{_\0`, `\0_}`; not `_\0`, `%\0`.
_HALF = re.compile(r"[{}%]_\s*\0|\0\s*_[{}%]")
#: Its three thirds, each between tags: `\0_\0` where `{\0` or `\0}` stands as well.
_MIDDLE, _END = re.compile(r"\0\s*_\s*\0"), re.compile(r"[{}]\s*\0|\0\s*[{}]")


def jinja_source(data: bytes, name: str, xml: str) -> str:
    """Return the source of a part of a template with these bytes.

    Raise TemplateStop for a tag that does more than print, repeat or leave out.
    """
    patcher = docxtpl.DocxTemplate(io.BytesIO(data))
    around = "", xml, ""
    if name == ooxml.DOCUMENT:  # docxtpl looks at the body alone
        body = _BODY.search(xml)
        if body is None:
            raise broken(name, "正文", "的 XML 不用通常的前缀 w")
        around = xml[: body.start()], body[0], xml[body.end() :]

    before, text, after = around
    return before + _patch(patcher, name, text) + after


def _patch(patcher: docxtpl.DocxTemplate, name: str, text: str) -> str:
    """Line breaks, tabs and braces of the template's own text, which docxtpl looks for after
    filling, are seen to here: values hold none, and braces of values are text.
    """
    pieces = list(_lex(name, _VMERGE.sub(_merge_cell, patcher.patch_xml(text))))
    bare = "".join("\0" if tag else piece for tag, piece in pieces)
    if _HALF.search(bare) or (_MIDDLE.search(bare) and _END.search(bare)):
        raise broken(name, "{_{", "这样要印出来的括号，被标签隔成了两半")
    source = "".join(
        re.sub(r"\s", " ", piece) if tag else _SPELT.sub(_printed, piece) for tag, piece in pieces
    )
    patched = str(patcher.resolve_listing(source))
    refuse_computing(name, patched)

    return patched


def _lex(name: str, source: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a source, cut as Jinja cuts it: whether each is a tag, and its text."""
    tag = ""
    try:
        for _, kind, text in environment().lex(source):
            if kind == "raw_begin":
                raise TemplateStop(NOT_ALLOWED.at(where=name, tag="有的标签", what=" raw"))
            if kind == "data":
                yield False, text
            elif kind.endswith("_end"):
                yield True, tag + text
                tag = ""
            else:
                tag += text
    except jinja2.TemplateSyntaxError:
        raise broken(name, "有的标签", "写法不对，或套得太深") from None


def _printed(spelt: re.Match[str]) -> str:
    return f"{{% raw %}}{_BRACES[spelt[0]]}{{% endraw %}}"


def _merge_cell(match: re.Match[str]) -> str:
    """`{% vmerge row.group1.merge %}` in a cell's text says its vertical merge.

    Said in the text it survives an editor; a vMerge written into rows that loop markers
    separate does not.
    """
    merge = rf'\1<w:vMerge w:val="{{{{ {match[2]} }}}}"/>'
    return _VMERGE_PLACE.sub(merge, match[1], count=1)


def fix_grids(text: str) -> str:
    """Return a filled body whose tables have as many grid columns as their rows use."""
    tree = docxtpl.DocxTemplate(None).fix_tables(text.encode())
    return ooxml.serialize(tree).decode()
