"""A form tried whole: its template, its example, and that each rule of its own speaks when it must.

The example is issued as any report is, and each case is the example with a few values changed:
what the case names must be reported of it, and nothing else that the example is not told.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from docgen.check.rules.sums import is_of_sums
from docgen.codes import CODES
from docgen.errors import InputStop, Stop, UsageStop
from docgen.files import read_bytes, scratch
from docgen.finding import Finding, Place, Rule, has_errors
from docgen.forms.form import Form
from docgen.forms.language import CaseDeclared, Value
from docgen.forms.loader import form_place, load_form, read_chain, refuse_outside
from docgen.forms.reading import read_cases
from docgen.issuing.outputs import Beside
from docgen.model import Reading
from docgen.pipeline import Made, Settings, check, make_many, open_template
from docgen.read import read_report

BAD_EXAMPLE = Rule(
    code="X331",
    name="表式的例子不对",
    severity="error",
    message="表式“{form}”的例子 example.json {why}",
    why="例子是照这个表式填好的一份，通得过才知道表式能用；别人也照着它填。",
    example="表里加了一行，example.json 里没有跟着加。",
    cure="照上面的提示改 example.json，再运行 docgen form check。",
    since="0.3.0",
)
UNTRIED = Rule(
    code="X332",
    name="规则没有试过",
    severity="warning",
    message="规则 {code}（{name}）没有 [[case]]，不知道它会不会报",
    why="写错一个代号，规则就可能永远不报；有一个例子让它报出来，才算试过。",
    example="加了一条 holds，没有写 [[case]]。",
    cure='加上 [[case]]，如 code = "{code}"，set = {{ "表.行.列" = 改错的数 }}。',
    since="0.3.0",
)
CASE_FAILS = Rule(
    code="X333",
    name="规则的例子不对",
    severity="error",
    message="[[case]] {code}：{why}",
    why="[[case]] 把例子改错几格，正好让这一条规则报出来：不报，是规则写错了；报了别的，是改多了。",
    example="改了一格合计，各类之和、各单位之和两条都报。",
    cure="改 set 里的格子，或改这条规则，再运行 docgen form check。",
    since="0.3.0",
)

SHEETS_DIFFER = Rule(
    code="X334",
    name="空表读不回来",
    severity="error",
    message="把例子填进空表（{kind}），读回来“{what}”不同",
    why="填的人用的是空表：名称分不清、写法有歧义，填对了也会读错。",
    example="两行的名称只差一个空格。",
    cure="改这几处的名称，让它们分得清，再运行 docgen form check。",
    since="0.3.0",
)

EXAMPLE = "example.json"
#: Members of an input that a case may change beside cells.
_MEMBERS = ("sections", "preface", "signature", "body", "year", "title", "units", "absent")
_MOST_BYTES = 1_000_000
_MOST_TOLD = 5
_MAKE = "照这个表式填好一份，存成文件夹里的 example.json；写法见 docs/form.md 第二节。"
Tree = dict[str, object]


class Trial(NamedTuple):
    """What a trial has shown: the form, if its text could be read, and what is to be mended."""

    form: Form | None
    findings: tuple[Finding, ...]
    cases: int = 0


def try_form(path: Path) -> Trial:
    """Return what is wrong with the form in a folder; it must be among those at hand."""
    try:
        form = load_form(path)
        chain = read_chain(path.absolute())
    except InputStop as error:
        return Trial(None, error.findings)

    found = _try_template(form)
    cases = read_cases(chain)
    try:
        example = _read_example(form, path)
    except InputStop as error:
        return Trial(form, (*found, *error.findings), len(cases))

    with scratch.folder("batch") as top:
        tried = [*_try_example(form, example, top)]
        if not has_errors(tried):
            tried += _try_sheets(top / "example" / EXAMPLE, top)
            tried += _try_cases(form, example, cases, top)
    return Trial(form, (*found, *tried), len(cases))


def _try_template(form: Form) -> list[Finding]:
    """Return what is wrong with the form's template."""
    from docgen import merge

    try:
        return merge.check_template(open_template(form, None), form)
    except UsageStop:
        return []  # one of docgen's own that is only read
    except Stop as error:
        return list(error.findings)


def _read_example(form: Form, path: Path) -> Tree:
    """Return the example as JSON. Raise InputStop where it is none of this form."""
    if not (path / EXAMPLE).exists():
        raise InputStop(
            BAD_EXAMPLE.at(form_place(form.key), form=form.key, why="还没有", cure=_MAKE)
        )
    refuse_outside(path, EXAMPLE)
    try:
        tree = json.loads(read_bytes(path / EXAMPLE, _MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError:
        why = "不是 UTF-8 编码：用记事本打开，另存为，编码选 UTF-8"
        raise _bad_example(form, why) from None
    except (ValueError, RecursionError):
        read_report(path / EXAMPLE)  # which says what is wrong, and where
        raise _bad_example(form, "不是 UTF-8 编码的 JSON") from None
    if not isinstance(tree, dict):
        raise _bad_example(form, "应是一个 { … }")
    if tree.get("form") != form.key:
        raise _bad_example(form, f"里的 form 应是“{form.key}”")
    return tree


def _bad_example(form: Form, why: str) -> InputStop:
    return InputStop(BAD_EXAMPLE.at(form_place(form.key, EXAMPLE), form=form.key, why=why))


def _try_example(form: Form, example: Tree, top: Path) -> Iterator[Finding]:
    """Yield what keeps the example from being issued with all its outputs; all but its notes."""
    path = _write_input(top / "example", example)
    beside = Beside(html="html" in form.outputs, data="data" in form.outputs)
    if not form.template and not form.folder:  # one of docgen's own that is only read
        outcome = check(path)
    else:
        [made] = make_many([path], Settings(top / "outputs", beside=beside))
        outcome = made.outcome if isinstance(made, Made) else made

    yield from (finding for finding in outcome.findings if finding.severity != "note")
    if outcome.exit_code:
        yield _bad_example(form, "没有通过，出不了文件").findings[0]


def _try_sheets(path: Path, top: Path) -> Iterator[Finding]:
    """Yield what reads otherwise once the example is filled into sheets, as an office does."""
    from docgen.blank.to_csv import write_csv_sheets
    from docgen.blank.to_xlsx import write_workbook

    reading = read_report(path)
    form, report = reading.form, reading.report
    sheets, workbook = top / "sheets", top / "sheets.xlsx"
    sheets.mkdir()
    for name, data in write_csv_sheets(form, report).items():
        (sheets / name).write_bytes(data)
    workbook.write_bytes(write_workbook(form, report))

    for kind, filled in (("CSV", sheets), ("工作簿", workbook)):
        try:
            back = read_report(filled)
        except InputStop as error:
            yield from error.findings
            continue

        if differs := _find_different(reading, back):
            yield from [f for f in back.findings if f.severity == "error"][:_MOST_TOLD]
            yield SHEETS_DIFFER.at(form_place(form.key), kind=kind, what=differs)


def _find_different(one: Reading, other: Reading) -> str:
    """Return what two readings of the same have otherwise; blank if they say the same."""
    for address, cell in one.form.cells.items():
        both = [{**r.report.figures, **r.report.answers}.get(address) for r in (one, other)]
        if both[0] != both[1]:
            return f"{cell.table.short} {cell.label}"

    texts = [(r.report.preface, dict(r.report.sections)) for r in (one, other)]
    return "" if texts[0] == texts[1] else "正文"


def _try_cases(
    form: Form, example: Tree, cases: list[tuple[CaseDeclared, Place]], top: Path
) -> Iterator[Finding]:
    """Yield the cases that do not show what they are to show, and the rules without a case."""
    sound = _codes_told(form, example, {}, None, top / "sound")
    if any(case.last for case, _ in cases):  # the same text as last year's is told, too
        sound |= _codes_told(form, example, {}, {}, top / "sound after")

    for number, (case, place) in enumerate(cases):
        if why := _why_wrong(form, example, case, sound, top / str(number)):
            why += _whose_case(form, case, place)
            yield CASE_FAILS.at(place, code=f"{case.code} {case.about}".strip(), why=why)

    tried = {case.code for case, _ in cases}
    for code, rule in form.rules.items():
        if code not in tried and rule.needs != ("agreed",):  # it needs another report
            yield UNTRIED.at(form_place(form.key), code=code, name=rule.name)


def _whose_case(form: Form, case: CaseDeclared, place: Place) -> str:
    """Return what to do about a case that another form has; blank for the form's own."""
    key, _, file = place.file.partition("/")
    if key == form.key:
        return ""
    return (
        f"。这是沿用“{key}”的试例（在它的 {file} 里）：例子的数变了，"
        f'在自己的 form.toml 里照新数重写一个 about = "{case.about}" 的 [[case]]'
    )


def _why_wrong(
    form: Form, example: Tree, case: CaseDeclared, sound: frozenset[str], top: Path
) -> str:
    """Return why a case does not show what it is to show; blank if it does."""
    if case.code not in form.rules and case.code not in CODES:
        return "没有这个编号"
    try:
        codes = _codes_told(form, example, case.set, case.last or None, top)
    except ValueError as error:
        return str(error)

    if case.code not in codes:
        said = "、".join(sorted(codes - sound)) or "什么也没有报"
        return f"没有报 {case.code}（{said}）"
    if others := sorted(codes - sound - {case.code}):
        sums = [code for code in others if code in form.rules and is_of_sums(form.rules[code])]
        more = "；改了一格，它的合计也要一起改" if sums else ""
        return f"除了 {case.code}，还报了 {'、'.join(others)}{more}"
    return ""


Values = Mapping[str, Value]


def _codes_told(
    form: Form, example: Tree, values: Values, last: Values | None, top: Path
) -> frozenset[str]:
    """Return the codes of what is wrong with the example once these values are changed.

    Of notes only those of the form's own rules count. Where `last` is given, last year's report is
    the example with those values changed. Raise ValueError for a value without a place.
    """
    path = _write_input(top / "now", _changed(form, example, values))
    previous = None
    if last is not None:
        year = example.get("year")
        tree = _changed(form, example, last)
        tree |= {"year": year - 1 if isinstance(year, int) else year}
        tree.pop("title", None)
        previous = _write_input(top / "last", tree)

    found = check(path, previous).findings
    return frozenset(f.code for f in found if f.severity != "note" or f.code in form.rules)


def _write_input(folder: Path, tree: Tree) -> Path:
    folder.mkdir(parents=True)
    path = folder / EXAMPLE
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    return path


def _changed(form: Form, example: Tree, values: Values) -> Tree:
    """Return the example with these values in place of its own. Raise ValueError for no place."""
    changed: Tree = json.loads(json.dumps(example))
    units = changed.get("units")
    named = units if isinstance(units, dict) else {}
    cells = form.as_reported(named, ()).cells
    for address, value in values.items():
        if address not in cells and address.partition(".")[0] not in _MEMBERS:
            raise ValueError(f"没有“{address}”这一格{_hint_of_cell(form, address, cells)}")
        path = ["figures", *address.split(".")] if address in cells else address.split(".")
        _put_at(changed, path, value)
    return changed


def _hint_of_cell(form: Form, address: str, cells: Collection[str]) -> str:
    """Return how an address that is of no cell was likely meant."""
    table, _, rest = address.partition(".")
    each = next((one.each for one in form.tables if one.key == table), None)
    if each and rest.startswith(f"{each.key}."):
        first = f"{table}.unit1.{rest.partition('.')[2]}"
        return f"：单位的行写 unit1、unit2……，如 {first}"
    close = get_close_matches(address, cells, n=1)
    return f"；最接近的是“{close[0]}”" if close else "：写成 表.行.列"


def _put_at(tree: Tree, path: list[str], value: Value) -> None:
    """Put a value at its place in a tree."""
    for name in path[:-1]:
        inner = tree.setdefault(name, {})
        if not isinstance(inner, dict):
            raise ValueError(f"“{'.'.join(path)}”的位置不对")
        tree = inner
    tree[path[-1]] = value
