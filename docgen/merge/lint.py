"""Checking a template: every fault at once, each with its place.

First the tags as they stand, then the names they use against what a report of this form offers,
last a trial: reports whose every value is different are printed and read back.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from types import SimpleNamespace

import jinja2
from jinja2 import nodes

from docgen.errors import Stop
from docgen.files.ooxml import NotPackage
from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.forms.table import Kind, Number
from docgen.merge.context import context
from docgen.merge.document import merge_report
from docgen.merge.faults import BROKEN_TAG, IN_TEMPLATE, NOT_ALLOWED
from docgen.merge.reading_back import read_back
from docgen.merge.sandbox import ALLOWED, parse
from docgen.merge.tags import Tag, read_tags
from docgen.merge.template import Template
from docgen.model import Body, Report, Signature

UNKNOWN_NAME = Rule(
    code="T201",
    name="标签名不认识",
    severity="error",
    message="{where}：标签 {tag} 里的“{name}”不认识{nearest}",
    why="标签名写错，那里就填不进内容。",
    example="{{ row.lenght }} 应为 {{ row.length }}。",
    cure=IN_TEMPLATE,
)
MISSING_VALUE = Rule(
    code="T206",
    name="模板漏了内容",
    severity="error",
    message="这一项印不出来：模板里没有{what}",
    why="模板要把报告的每个数、每段文字都印出来，一个都不能少。",
    example="删掉了“总计”一列的标签。",
    cure="补上缺的标签（对照自带的模板）。",
)

_LOOP = SimpleNamespace(first=True, last=True, index=1, index0=0, length=1)
_MOST_TRIAL = 20
#: The first words that a `{% %}` tag may have.
_WORDS = {"for", "endfor", "if", "elif", "else", "endif", "vmerge"}
_COMPUTED = "运算或调用"
_MOST_BRACKETS = 10


def check_template(template: Template, form: Form) -> list[Finding]:
    """Return every fault of a template for this form."""
    try:
        tags, findings = read_tags(template.parts)
    except NotPackage as error:
        return list(template.refused(str(error)).findings)

    full = sample_report(form)
    names = _Names(context(form.as_reported(full.units, ()), full))
    for table in form.tables:
        if table.absent:  # both it and the table must be printed, though never together
            vars(getattr(names.root, table.key))["absent"] = table.absent

    for part in tags:
        findings += names.check(tags[part])
    if not findings or all(finding.rule is UNKNOWN_NAME for finding in findings):
        findings += names.missing(form)
    return findings or _trial(template, form)


def sample_reports(form: Form) -> Iterator[Report]:
    """Yield a report that has all the form asks for, and one without what may be left out."""
    full = sample_report(form)
    yield full

    absent = tuple(table.key for table in form.tables if table.absent)
    cells = form.as_reported(full.units, absent).cells
    filled = {address for address, figure in cells.items() if not figure.cell.optional}
    figures = {a: number for a, number in full.figures.items() if a in filled}
    answers = {a: answer for a, answer in full.answers.items() if a in filled}
    if len(figures) + len(answers) < len(full.figures) + len(full.answers):
        left = {"figures": figures, "answers": answers, "absent": absent}
        yield full.model_copy(update=left)


def sample_report(form: Form) -> Report:
    """Return a report of this form in which no two values are alike, of two units each."""
    units = {table.key: ("某某单位甲", "某某单位乙") for table in form.tables if table.each}
    figures: dict[str, Number] = {}
    answers: dict[str, str] = {}
    for number, (address, figure) in enumerate(form.as_reported(units, ()).cells.items(), 1001):
        if not figure.kind.is_number:
            answers[address] = f"某项内容{number}"
        elif figure.kind in (Kind.AMOUNT, Kind.DECIMAL):
            figures[address] = Decimal(f"{number}.25")
        else:
            figures[address] = number

    text = ("（一）标题行", "（二）引题句。其余的话", "正文")
    return Report(
        form=form.key,
        year=2024,
        body=Body(name="某某机关", level="county"),
        title="某某标题",
        preface=tuple(f"引言{words}" for words in text) if form.preface else (),
        sections={s.key: tuple(f"{t}·{s.key}" for t in text) for s in form.text_sections},
        figures=figures,
        answers=answers,
        units=units,
        signature=Signature(name="某某署名", date=datetime.date(2025, 1, 5)),
    )


Scope = dict[str, tuple[object, str]]  # name → what it means, and its path from the top


class _Wrong(Exception):
    """A fault in a tag: its finding, but for where the tag stands and what it is."""

    def __init__(self, at: Callable[..., Finding]) -> None:
        super().__init__()
        self.at = at


class _Names:
    """What tags name, against a sample of everything they may name."""

    def __init__(self, sample: dict[str, object]) -> None:
        self.root = SimpleNamespace(**sample)
        self.used: set[str] = set()
        self.wrong: list[_Wrong] = []

    def check(self, tags: list[Tag]) -> list[Finding]:
        """Return the faults in the words of one part's tags."""
        broken = [finding for tag in tags if (finding := _word(tag) or _syntax(tag))]
        if broken:
            return broken
        lines = [_as_jinja(tag) for tag in tags]
        try:
            tree = parse("\n".join(lines))
        except jinja2.TemplateSyntaxError:
            return []  # blocks that do not pair: said already

        return list(self._walk(tree.body, {}, tags))

    def missing(self, form: Form) -> Iterator[Finding]:
        """Tell of every label, text and figure that no tag prints."""
        for path in printable_names(self.root, ""):
            if path not in self.used:
                what = "标签 {{ " + path.replace("[]", "…") + " }}" + self._meaning(path, form)
                yield MISSING_VALUE.at(what=what)

    def _meaning(self, path: str, form: Form) -> str:
        """Return what a name prints in the form's words: its table and label, or its section."""
        first, *rest = path.replace(".rows[]", "").split(".")
        value = getattr(self.root, first, None)
        if first == "sections":
            return f"（“{getattr(value, rest[0]).title}”）"
        table = next((t.short for t in form.tables for band in t.bands if band.key == first), "")
        labels: dict[str, None] = {}  # in order, each once

        for name in rest:
            value = getattr(value, name, None)
            labels[value if isinstance(value, str) else getattr(value, "label", "")] = None

        label = "·".join(filter(None, labels))
        return f"（{table}{f'“{label}”' if label else '的行名'}）" if table else ""

    def _walk(
        self, body: Sequence[nodes.Node], scope: Scope, tags: list[Tag], *, printed: bool = False
    ) -> Iterator[Finding]:
        for node in body:
            tag = tags[(node.lineno or 1) - 1]
            try:
                yield from self._node(node, scope, tags, printed)
            except _Wrong as wrong:
                self.wrong.append(wrong)

            for fault in self.wrong:
                yield fault.at(where=tag.where, tag=tag.text)
            self.wrong.clear()

    def _node(
        self, node: nodes.Node, scope: Scope, tags: list[Tag], printed: bool
    ) -> Iterator[Finding]:
        if isinstance(node, nodes.For):
            inner = self._loop(node, scope)
            yield from self._walk([*([node.test] if node.test else []), *node.body], inner, tags)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            value, path = self._resolve(node, scope)
            if printed and not isinstance(value, str):
                raise _Wrong(partial(BROKEN_TAG.at, why="指的不是一段文字，不能直接印"))
            self.used.add(path)
        elif isinstance(node, nodes.TemplateData):
            return
        elif isinstance(node, ALLOWED) and not printed:
            children = list(node.iter_child_nodes())
            for child in children:
                child.lineno = child.lineno or node.lineno  # operands have none
            yield from self._walk(children, scope, tags, printed=isinstance(node, nodes.Output))
        else:
            raise _Wrong(partial(NOT_ALLOWED.at, what=_COMPUTED))

    def _loop(self, node: nodes.For, scope: Scope) -> Scope:
        """Return the names inside a loop."""
        value, path = self._resolve(node.iter, scope)
        if not isinstance(value, list):
            parts = vars(value) if isinstance(value, SimpleNamespace) else {}
            lists = [name for name, part in parts.items() if isinstance(part, list)]
            hint = f"，要写 {path}.{lists[0]}" if lists else ""
            raise _Wrong(partial(BROKEN_TAG.at, why=f"里的“{path}”不能循环{hint}"))

        if not isinstance(node.target, nodes.Name):
            raise _Wrong(partial(NOT_ALLOWED.at, what="几个循环变量"))
        return {**scope, "loop": (_LOOP, ""), node.target.name: (_merged(value), f"{path}[]")}

    def _resolve(self, node: nodes.Node, scope: Scope) -> tuple[object, str]:
        if isinstance(node, nodes.Name):
            if node.name in scope:
                return scope[node.name]
            return self._member(self.root, "", node.name, scope)

        if isinstance(node, nodes.Getattr):
            value, path = self._resolve(node.node, scope)
            return self._member(value, path, node.attr, {})

        raise _Wrong(partial(NOT_ALLOWED.at, what=_COMPUTED))

    def _member(self, value: object, path: str, name: str, scope: Scope) -> tuple[object, str]:
        """Return what a name means; of a misspelt one what the nearest does, so all are found."""
        members = vars(value) if isinstance(value, SimpleNamespace) else {}
        if name not in members:
            close = get_close_matches(name, [*members, *scope], n=1, cutoff=0.6)
            nearest = f"；最接近的是“{close[0]}”" if close else ""
            wrong = _Wrong(partial(UNKNOWN_NAME.at, name=name, nearest=nearest))
            if not close:
                raise wrong
            self.wrong.append(wrong)
            name = close[0]
            if name in scope:
                return scope[name]

        return members[name], f"{path}.{name}" if path else name


def _word(tag: Tag) -> Finding | None:
    if tag.word and tag.word not in _WORDS:
        what = f" {tag.word}"
        return NOT_ALLOWED.at(where=tag.where, tag=tag.text, what=what)

    return None


def _as_jinja(tag: Tag) -> str:
    """Return the tag as plain Jinja on one line: a node's line number is its tag's number."""
    inner = " ".join(tag.inner.split())
    if tag.word == "vmerge":
        return "{{ " + inner.removeprefix("vmerge") + " }}"
    return tag.text[:2] + f" {inner} " + tag.text[-2:]


def _syntax(tag: Tag) -> Finding | None:
    if sum(map(tag.inner.count, "([{")) > _MOST_BRACKETS:
        return BROKEN_TAG.at(where=tag.where, tag=tag.text, why="里的括号套得太深")
    closing = {"for": "{% endfor %}", "if": "{% endif %}"}
    opening = {"endfor": "{% for a in b %}", "endif": "{% if a %}", "else": "{% if a %}"}
    opening["elif"] = opening["else"]
    source = opening.get(tag.word, "") + _as_jinja(tag) + closing.get(tag.word, "")
    if tag.word in ("else", "elif"):
        source += closing["if"]

    try:
        parse(source)
    except jinja2.TemplateSyntaxError:
        why = "的写法不对"
        return BROKEN_TAG.at(where=tag.where, tag=tag.text, why=why)

    return None


def _merged(value: list[object]) -> SimpleNamespace:
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


def printable_names(value: object, path: str) -> Iterator[str]:
    """Yield the path of every text that a template has to print."""
    if isinstance(value, SimpleNamespace):
        for name, member in vars(value).items():
            yield from printable_names(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        yield from printable_names(_merged(value), f"{path}[]")
    elif isinstance(value, str) and value:
        yield path


def _trial(template: Template, form: Form) -> list[Finding]:
    """Print reports with this template and read them back."""
    for report in sample_reports(form):
        reported = form.as_reported(report.units, report.absent)
        try:
            read_back(merge_report(template, reported, report), template, reported, report)
        except Stop as error:
            return list(error.findings[:_MOST_TRIAL])

    return []
