"""The same document as a template of each engine, and the data each engine fills it with.

docxtpl gets docgen's own template; a `vmerge` is written where Word keeps it. The others get
what docxtpl prints of that template when the values are their tags: every table row is there with
its merges, only texts loop, and labels, the same in every report here, are typed. That is less
work for them, not more: it is how a designer would make a template of a fixed form for them.
"""

import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from docxtpl import DocxTemplate
from own_forms import FORM

from docgen.files import ooxml, own_template
from docgen.merge.context import context
from docgen.model import Report
from docgen.printing import print_figure

TEXTS = ("preface", *(section.key for section in FORM.text_sections))
_VMERGE = re.compile(
    r"(<w:tcPr>(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)"
    r"((?:(?!</w:tc>).)*?){%\s*vmerge\s+([^%]*?)\s*%}"
)


class Syntax(NamedTuple):
    """How an engine prints a value, and the paragraphs that loop over those of a text.

    A paragraph that begins with `# ` has a heading's style.
    """

    value: Callable[[str], str]
    loop: Callable[[str], Sequence[str]]


def _mustache(text: str) -> Sequence[str]:
    return (
        f"{{#{text}}}",
        "{#heading}",
        "# {lead}",
        "{/heading}",
        "{#body}",
        "{lead}{rest}",
        "{/body}",
        f"{{/{text}}}",
    )


def _commands(text: str) -> Sequence[str]:
    return (
        f"+++FOR p IN {text}+++",
        "+++IF $p.heading+++",
        "# +++INS $p.lead+++",
        "+++END-IF+++",
        "+++IF $p.body+++",
        "+++INS $p.lead++++++INS $p.rest+++",
        "+++END-IF+++",
        "+++END-FOR p+++",
    )


def _carbone(text: str) -> Sequence[str]:
    item = f"d.{text}[i]"
    return (
        f"# {{{item}.heading:ifEQ(true):showBegin}}{{{item}.lead}}{{{item}.heading:showEnd}}",
        f"{{{item}.body:ifEQ(true):showBegin}}{{{item}.lead}}{{{item}.rest}}{{{item}.body:showEnd}}",
        f"{{d.{text}[i+1].lead}}",
    )


SYNTAXES = {
    "docxtemplater": Syntax("{{{}}}".format, _mustache),
    "easy-template-x": Syntax("{{{}}}".format, _mustache),
    "carbone": Syntax("{{d.{}}}".format, _carbone),
    "docx-templates": Syntax("+++INS {}+++".format, _commands),
}


def write_templates(folder: Path, like: Report) -> None:
    """`ENGINE.docx` for every engine; the labels are those of this report."""
    folder.mkdir(parents=True)
    parts = ooxml.read_parts(own_template(FORM.template).read_bytes())
    text = parts[ooxml.DOCUMENT].decode()
    text = _VMERGE.sub(r'\1<w:vMerge w:val="{{ \3 }}"/>\2', text)
    base = ooxml.write_package(parts | {ooxml.DOCUMENT: text.encode()})
    folder.joinpath("docxtpl.docx").write_bytes(base)
    for engine, syntax in SYNTAXES.items():
        template = DocxTemplate(io.BytesIO(base))
        template.render(tags(syntax, like), autoescape=True)
        template.save(folder / f"{engine}.docx")


def tags(syntax: Syntax, like: Report) -> dict[str, Any]:
    """What docgen's template prints, with an engine's tags for all that differs by report."""
    numbers = {address: 900_000 + index for index, address in enumerate(FORM.figures)}
    named = {str(n): syntax.value(a.replace(".", "_")) for a, n in numbers.items()}
    tagged: dict[str, Any] = _replaced(names(like.model_copy(update={"figures": numbers})), named)
    tagged["title"] = syntax.value("title")
    tagged["signature"] = SimpleNamespace(name=syntax.value("name"), date=syntax.value("date"))
    tagged["preface"] = [_paragraph(text) for text in syntax.loop("preface")]
    for key in TEXTS[1:]:
        section = vars(tagged["sections"])[key]
        section.paragraphs = [_paragraph(text) for text in syntax.loop(key)]
    return tagged


def _paragraph(text: str) -> SimpleNamespace:
    if text.startswith("# "):
        return SimpleNamespace(heading=True, lead=text[2:], rest="")
    return SimpleNamespace(heading=False, lead="", rest=text)


def _replaced(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, SimpleNamespace):
        return SimpleNamespace(**_replaced(vars(value), words))
    if isinstance(value, dict):
        return {key: _replaced(part, words) for key, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, words) for part in value]
    return words.get(value, value) if isinstance(value, str) else value


def names(report: Report) -> dict[str, Any]:
    """What docxtpl fills the template with."""
    return context(FORM, report)


def flat(report: Report) -> dict[str, Any]:
    """What the engines with a template of their own fill it with."""
    found = names(report)
    texts = {key: vars(found["sections"])[key].paragraphs for key in TEXTS[1:]}
    texts["preface"] = found["preface"]
    return {
        "title": found["title"],
        **vars(found["signature"]),
        **{
            key: [{**vars(p), "body": not p.heading} for p in paragraphs]
            for key, paragraphs in texts.items()
        },
        **{a.replace(".", "_"): print_figure(report, figure) for a, figure in FORM.figures.items()},
    }
