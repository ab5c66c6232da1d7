"""Write the reference pages that follow from the code; with --check, fail if one is stale.

Run from the project root: `python tools/make_docs.py [--check]`.
"""

import ast
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from built_forms import built_source
from form_reference import form_reference

from docgen.blank.schema import json_schema
from docgen.check.own_words import own_words_of
from docgen.check.rules.conditions import say_tests
from docgen.check.rules.same_year import name_family
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.judged_lines import find_lines
from docgen.forms.loader import BUILT, OWN, own_forms, own_keys, text_form
from docgen.forms.table import Cell
from docgen.merge.context import context
from docgen.merge.lint import printable_names, sample_report

DOCS = Path("docs")
CASES = Path("tests", "cases")
NOTICE = "<!-- 由 tools/make_docs.py 生成，不要手改 -->\n"
LETTERS = "RECBTPFHVX"  # the order of the codes
SEVERITIES = {"error": "错误（不签发）", "warning": "警告", "note": "提示"}


def rules() -> Iterator[str]:
    """docs/reference/rules.md: every code, with its cases from tests/cases."""
    yield f"{NOTICE}# 编号一览\n\n`docgen explain 编号` 在命令行里显示同样的内容，只是没有实例。"
    yield "“报”和“不报”是实例，每次运行测试都用真实的命令逐个核对，做法见 tests/cases。"
    yield "表式自己的编号在后面，各表式一节。"
    for _, rule in declared():
        yield from one_rule(rule)
        yield from cases(rule.code)

    for forms in families():
        names = Counter(form.report_name for form in forms)
        yield f"\n# {names.most_common(1)[0][0]}自己的编号"
        for rule, of in own_rules(forms).items():
            yield from one_rule(rule)
            yield f"- 表式：{'、'.join(of)}" if len(of) < len(forms) else ""
            yield from cases(rule.code)


def one_rule(rule: Rule) -> Iterator[str]:
    """What a rule says of itself."""
    yield f"\n## {rule.code} {rule.name}\n"
    waivable = "，可以豁免" if rule.waivable else ""
    yield f"{SEVERITIES[rule.severity]}{waivable}，始于 docgen {rule.since}\n"
    yield f"- 为什么：{rule.why}" if rule.why else ""
    yield f"- 例如：{rule.example}" if rule.example else ""
    yield f"- 依据：{rule.basis}" if rule.basis else ""
    yield f"- 改法：{rule.plain_cure}"
    yield f"- 并入：{'、'.join(rule.aliases)}" if rule.aliases else ""
    for name, own in own_words_of(rule.code).items():
        yield f"- 在《{name}》里："
        yield f"  - 为什么：{own.why}" if own.why else ""
        yield f"  - 例如：{own.example}" if own.example else ""
        yield f"  - 依据：{own.basis}" if own.basis else ""
        yield f"  - 改法：{own.cure}" if own.cure else ""


def families() -> list[list[Form]]:
    """The forms of each report: its editions."""
    found: dict[str, list[Form]] = {}
    for form in own_forms():
        found.setdefault(form.family, []).append(form)
    return list(found.values())


def own_rules(forms: list[Form]) -> dict[Rule, list[str]]:
    """The own rules of these editions, each with the forms that have it in these words."""
    found: dict[Rule, list[str]] = {}
    for form in forms:
        for rule in form.rules.values():
            found.setdefault(rule, []).append(form.key)
    return dict(sorted(found.items(), key=lambda each: each[0].code))


def cases(code: str) -> Iterator[str]:
    """The cases of a code: what it is reported of, in which words, and what it is not."""
    for path in sorted((CASES / code).glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        link = f"[{code}/{path.stem}](../../{path.as_posix()})"
        if path.stem.startswith("fail"):
            yield f"- 报：{case['about']}（{link}）：\n  > {case['says']}"
        else:
            yield f"- 不报：{case['about']}（{link}）"


def form_page(form: Form) -> Iterator[str]:
    """docs/FORM.md: the cells, relations and template names of a form."""
    yield f"{NOTICE}# {form.name}\n\n表式 `{form.key}`，依据{form.basis}。\n"
    if form.unconfirmed:
        yield "## 没有核实的\n"
        yield from (f"- {what}" for what in form.unconfirmed)
        yield ""

    for table in form.tables:
        yield f"## {table.name}\n\n| 地址 | 数据 | 种类 |\n| --- | --- | --- |"
        for address, cell in form.cells.items():
            if cell.table is table:
                yield f"| `{address}` | {cell.label} | {kind_of(cell.cell)} |"
        yield ""
        if each := table.each:
            yield f"每个单位一行（{each.label}）：输入里是 `{each.key}1`、`{each.key}2`……\n"
        if table.absent:
            yield f"没有这项业务的，整张表写“{table.absent}”。\n"

    yield "## 关系\n\n| 编号 | 不合时 | 关系 | 处数 |\n| --- | --- | --- | --- |"
    for code, said, count in sorted(relations(form), key=lambda each: each[0]):
        yield f"| {code} | {SEVERITIES[form.rules[code].severity]} | {said} | {count or ''} |"
    if form.template:
        yield "\n## 模板里可用的名称\n"
        yield "`[]` 表示循环里的一项，例如 `{%tr for row in requests.rows %}` 里的 `row`。\n"
        for name in printable_names(SimpleNamespace(**context(form, sample_report(form))), ""):
            yield f"- `{name}`"


def kind_of(cell: Cell) -> str:
    """What a cell takes, in words."""
    said = cell.kind.value + (f"（{cell.unit}）" if cell.unit else "")
    choices = f"：{'、'.join(cell.choices)}" if cell.choices else ""
    return said + choices + ("，可以不填" if cell.optional else "")


def relations(form: Form) -> Iterator[tuple[str, str, int]]:
    """Every relation of a form: its code, in words, and where it holds, with one unit a table."""
    spread = Counter(id(balance.equation) for balance in (*form.balances, *form.bounds))
    tables = {table.key: table.short for table in form.tables}
    for equation in form.equations:
        where = f"{tables[equation.table]}：" if equation.table else ""
        yield equation.code, where + equation.text, spread[id(equation)]

    for each in form.conditions:
        lines = list(find_lines(form, each))
        when = say_tests(each.when, lines[0], any_will_do=each.any_when)
        then = say_tests(each.then, lines[0], any_will_do=each.any_then)
        where = f"{tables[each.table]}：" if each.table else ""
        yield each.code, f"{where}{each.text}：{when}的，{then}", len(lines)

    titles = {section.key: f"“{section.title}”" for section in form.sections}
    for topic in form.duties.topics:
        yield topic.code, f"{titles.get(topic.section, '正文')}要写到{topic.name}", 0
    for carry in form.duties.carries:
        yield carry.code, f"{tables[carry.table]}：{carry.text}", 0
    for agreement in form.agreements:
        yield agreement.code, f"{agreement.text}（{name_family(agreement.family)}）", 0


@cache
def declared() -> list[tuple[str, Rule]]:
    """Return every rule, `NAME = Rule(…)`, with the module it stands in, by code."""
    found = []
    for path in sorted(Path("docgen").rglob("*.py")):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            match node:
                case ast.Assign([ast.Name(constant)], ast.Call(ast.Name("Rule"))):
                    found.append((name, getattr(importlib.import_module(name), constant)))
    return sorted(found, key=lambda one: (LETTERS.index(one[1].code[0]), one[1].code))


def codes() -> Iterator[str]:
    """docgen/codes.py: where each rule stands, so that one can be had without the others."""
    yield '"""Every code and where its rule stands: written by tools/make_docs.py, not by hand."""'
    yield "\nfrom docgen.finding import IndexedRule\n\nCODES: dict[str, IndexedRule] = {"
    aliases: dict[str, list[str]] = {}
    for module, rule in declared():
        for alias in rule.aliases:
            aliases.setdefault(alias, []).append(rule.code)
        yield f'    "{rule.code}": IndexedRule("{module}", "{rule.name}", ({needs_of(rule)})),'
    yield "}"
    yield "\n#: Codes that were joined to others, and are never used again."
    yield "ALIASES: dict[str, tuple[str, ...]] = {"
    for alias, now in sorted(aliases.items()):
        quoted = "".join(f'"{code}", ' for code in now)
        yield f'    "{alias}": ({quoted}),'
    yield "}"


def codes_of_forms() -> Iterator[str]:
    """docgen/forms/codes.py: which form has each code that is a form's own."""
    yield (
        '"""Every code of the forms that docgen carries, each with the latest form that has it: '
        'written by\ntools/make_docs.py, not by hand."""'
    )
    yield "\nfrom docgen.finding import IndexedRule\n\nOF_FORMS: dict[str, IndexedRule] = {"
    latest: dict[str, tuple[str, Rule]] = {}
    for form in sorted(own_forms(), key=lambda form: form.first_year):
        latest |= {rule.code: (form.key, rule) for rule in form.rules.values()}
    for code, (key, rule) in sorted(latest.items()):
        yield f'    "{code}": IndexedRule("", "{rule.name}", ({needs_of(rule)}), "{key}"),'
    yield "}"


def needs_of(rule: Rule) -> str:
    """The needs of a rule as the items of a tuple."""
    return "".join(f'"{need}", ' for need in rule.needs)


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    made = {
        Path("docgen", "codes.py"): "\n".join(codes()) + "\n",
        Path("docgen", "forms", "codes.py"): "\n".join(codes_of_forms()) + "\n",
        DOCS / "reference" / "rules.md": "\n".join(filter(None, rules())) + "\n",
        DOCS / "reference" / "form.md": "\n".join(form_reference(NOTICE)) + "\n",
    }
    for form in map(text_form, own_keys()):
        made[OWN / form.key / BUILT] = built_source(form)
        made[DOCS / f"{form.key}.md"] = "\n".join(form_page(form)) + "\n"
        schema = json.dumps(json_schema(form), ensure_ascii=False, indent=2)
        made[DOCS / f"{form.key}.schema.json"] = schema + "\n"
    return made


def main() -> None:
    """Write the pages, or say which are stale."""
    stale = []
    for path, text in pages().items():
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path))
    if stale:
        sys.exit(f"stale, run tools/make_docs.py: {', '.join(stale)}")


if __name__ == "__main__":
    main()
