"""Checking a template: every fault at once, each with its place.

First the tags as they stand, then the names they use against what a report of this form offers,
last a trial: a report whose every value is different is printed and read back.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from types import SimpleNamespace
from typing import Any

import jinja2
from jinja2 import nodes

from docgen import ooxml
from docgen.catalogue import template as rules
from docgen.errors import TemplateStop
from docgen.finding import Finding
from docgen.forms.form import Form, Kind
from docgen.merge.context import context
from docgen.merge.document import environment, merge_report
from docgen.merge.expected import compare
from docgen.merge.tags import Tag, read_tags
from docgen.merge.template import Template
from docgen.model import Body, Report, Signature

_ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr,
    nodes.Compare, nodes.Operand, nodes.Const, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_LOOP = SimpleNamespace(first=True, last=True, index=1, index0=0, length=1)
_MOST_TRIAL = 20


def check_template(template: Template, form: Form) -> list[Finding]:
    """Every fault of a template for this form."""
    tags, findings = read_tags(template.parts)
    names = _Names(context(form, sample_report(form)))
    for part in tags:
        findings += names.check(tags[part])
    if not findings or all(finding.rule is rules.UNKNOWN_NAME for finding in findings):
        findings += names.missing()
    return findings or _trial(template, form)


def sample_report(form: Form) -> Report:
    """A report of this form in which no two values are alike."""
    figures = {
        address: Decimal(f"{number}.25") if figure.kind is Kind.AMOUNT else number
        for number, (address, figure) in enumerate(form.figures.items(), start=1001)
    }
    text = ("（一）标题行", "（二）引题句。其余的话", "正文")
    return Report(
        form=form.key,
        year=2024,
        body=Body(name="某某机关", level="county"),
        title="某某标题",
        preface=tuple(f"引言{words}" for words in text),
        sections={s.key: tuple(f"{t}·{s.key}" for t in text) for s in form.text_sections},
        figures=figures,
        signature=Signature(name="某某署名", date=datetime.date(2025, 1, 5)),
    )


Scope = dict[str, tuple[Any, str]]  # name → what it means, and its path from the top


class _Unknown(Exception):
    def __init__(self, name: str, path: str, options: list[str]) -> None:
        super().__init__(name)
        self.name, self.path, self.options = name, path, options


class _Names:
    """What tags name, against a sample of everything they may name."""

    def __init__(self, sample: dict[str, Any]) -> None:
        self.root = SimpleNamespace(**sample)
        self.used: set[str] = set()
        self.near: set[str] = set()

    def check(self, tags: list[Tag]) -> list[Finding]:
        """The faults in the words of one part's tags."""
        broken = [finding for tag in tags if (finding := _syntax(tag))]
        if broken:
            return broken
        lines = [_as_jinja(tag) for tag in tags]
        try:
            tree = environment().parse("\n".join(lines))
        except jinja2.TemplateSyntaxError:
            return []  # blocks that do not pair: said already
        return list(self._walk(tree.body, {"loop": (_LOOP, "")}, tags))

    def missing(self) -> Iterator[Finding]:
        """Every label, text and figure that no tag prints."""
        for path in _printable(self.root, ""):
            if path not in self.used and path not in self.near:
                what = "标签 {{ " + path.replace("[]", "…") + " }}"
                yield rules.MISSING_VALUE.at(what=what)

    def _walk(self, body: list[Any], scope: Scope, tags: list[Tag]) -> Iterator[Finding]:
        for node in body:
            tag = tags[(node.lineno or 1) - 1]
            try:
                if isinstance(node, nodes.For):
                    value, path = self._resolve(node.iter, scope)
                    target = getattr(node.target, "name", "")
                    inner = {**scope, target: (_merged(value), f"{path}[]")}
                    yield from self._walk(node.body, inner, tags)
                elif isinstance(node, nodes.Name | nodes.Getattr):
                    self.used.add(self._resolve(node, scope)[1])
                elif isinstance(node, _ALLOWED):
                    children = list(node.iter_child_nodes())
                    for child in children:
                        child.lineno = child.lineno or node.lineno  # operands have none
                    yield from self._walk(children, scope, tags)
                else:
                    yield rules.NOT_ALLOWED.at(where=tag.where, tag=tag.text, what="运算或调用")
            except _Unknown as unknown:
                yield self._report(unknown, tag)

    def _resolve(self, node: nodes.Node, scope: Scope) -> tuple[Any, str]:
        if isinstance(node, nodes.Name):
            if node.name in scope:
                return scope[node.name]
            return self._member(self.root, "", node.name, list(scope))
        if isinstance(node, nodes.Getattr):
            value, path = self._resolve(node.node, scope)
            return self._member(value, path, node.attr, [])
        raise _Unknown("这种写法", "", [])

    def _member(self, value: Any, path: str, name: str, more: list[str]) -> tuple[Any, str]:
        members = vars(value) if isinstance(value, SimpleNamespace) else {}
        if name not in members:
            raise _Unknown(name, path, [*members, *more])
        return members[name], f"{path}.{name}" if path else name

    def _report(self, unknown: _Unknown, tag: Tag) -> Finding:
        close = get_close_matches(unknown.name, unknown.options, n=1, cutoff=0.6)
        if close:
            self.near.add(f"{unknown.path}.{close[0]}" if unknown.path else close[0])
        return rules.UNKNOWN_NAME.at(
            where=tag.where,
            tag=tag.text,
            name=unknown.name,
            nearest=f"；最接近的是“{close[0]}”" if close else "",
        )


def _as_jinja(tag: Tag) -> str:
    """The tag as plain Jinja on one line, so that a node's line number is its tag's number."""
    inner = " ".join(tag.inner.split())
    if tag.word == "vmerge":
        return "{{ " + inner.removeprefix("vmerge") + " }}"
    return tag.text[:2] + f" {inner} " + tag.text[-2:]


def _syntax(tag: Tag) -> Finding | None:
    closing = {"for": "{% endfor %}", "if": "{% endif %}"}
    opening = {"endfor": "{% for a in b %}", "endif": "{% if a %}", "else": "{% if a %}"}
    opening["elif"] = opening["else"]
    source = opening.get(tag.word, "") + _as_jinja(tag) + closing.get(tag.word, "")
    if tag.word in ("else", "elif"):
        source += closing["if"]
    try:
        environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        why = f"写法不对（{error.message}）"
        return rules.BROKEN_TAG.at(where=tag.where, tag=tag.text, why=why)
    return None


def _merged(value: Any) -> Any:
    """One member that has every attribute that any member of a list has."""
    members = [member for member in value if isinstance(member, SimpleNamespace)]
    merged = SimpleNamespace()
    for member in members:
        for name, part in vars(member).items():
            held = getattr(merged, name, None)
            if isinstance(part, SimpleNamespace) and isinstance(held, SimpleNamespace):
                part = _merged([held, part])
            if held is None or part:
                setattr(merged, name, part)
    return merged


def _printable(value: Any, path: str) -> Iterator[str]:
    """The path of every text that a template has to print."""
    if isinstance(value, SimpleNamespace):
        for name, member in vars(value).items():
            yield from _printable(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        yield from _printable(_merged(value), f"{path}[]")
    elif isinstance(value, str) and value:
        yield path


def _trial(template: Template, form: Form) -> list[Finding]:
    """Print a report with this template and read it back."""
    report = sample_report(form)
    try:
        document = merge_report(template, form, report)
        found = compare(document, template, form, report)
    except TemplateStop as error:
        return list(error.findings)
    except (ooxml.NotPackage, ValueError) as error:  # lxml's syntax errors are ValueErrors
        return [
            rules.BROKEN_TAG.at(where=template.name, tag="", why=f"填充后不是完好的文件：{error}")
        ]
    return [
        rules.WRONG_PRINT.at(
            where=difference.where, expected=difference.expected, actual=difference.actual
        )
        for difference in found[:_MOST_TRIAL]
    ]
