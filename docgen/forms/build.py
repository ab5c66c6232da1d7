"""From the text of a form to the form: outlines, relations and words are parsed, and proved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple, ParamSpec, TypeVar

from docgen.address import PREFACE
from docgen.codes import ALIASES, CODES
from docgen.finding import Rule
from docgen.forms import duties, speech
from docgen.forms.codes import OF_FORMS
from docgen.forms.faults import MOST_CELLS, count_cells, find_duty_faults, find_faults
from docgen.forms.form import Form, PageStyle, RuleText, Section
from docgen.forms.formulas import UnsafePattern, safe_pattern
from docgen.forms.judged_lines import find_test_faults
from docgen.forms.language import (
    FactDeclared,
    FactsDeclared,
    FormText,
    PartText,
    RuleDeclared,
)
from docgen.forms.outline import OutlineFault, find_keyless, find_open_groups, read_outline
from docgen.forms.own_rules import KINDS, OwnKind, find_unknown_facts, form_rule
from docgen.forms.relation import Agreement, Condition, Equation
from docgen.forms.relations import (
    Names,
    RelationFault,
    expand_address,
    nearest_key,
    read_agreed,
    read_carried,
    read_clause,
    read_condition,
    read_equation,
)
from docgen.forms.schema_faults import OWN_CODES
from docgen.forms.table import Band, Line, Table

Given = ParamSpec("Given")
Built = TypeVar("Built")
Where = tuple[str | int, ...]
_LETTERS = {code[0] for code in CODES}


class BuildFault(NamedTuple):
    """What is wrong with a form: where (`part`, 2, `rows`, and the line in it), and why."""

    path: Where
    why: str
    line: int = 0  # inside the value, the first counted 1


class _Builder:
    """Builds one form and gathers its faults."""

    def __init__(self, key: str, text: FormText) -> None:
        self.key, self.text = key, text
        self.faults: list[BuildFault] = []
        self.names: dict[str, Names] = {}
        #: The tables an outline of which is faulty: what is said of their cells is not judged.
        self.unsound: set[str] = set()

    def attempt(
        self, at: Where, build: Callable[Given, Built], *args: Given.args, **named: Given.kwargs
    ) -> Built | None:
        """Return what is built, or None where it is faulty, with the fault noted."""
        try:
            return build(*args, **named)
        except (RelationFault, UnsafePattern) as fault:
            self.faults.append(BuildFault(at, str(fault)))
        return None

    def build(self) -> Form:
        """Return the form, as far as it could be built."""
        text = self.text
        bare = Form(
            key=self.key,
            name=text.name,
            basis=text.basis,
            first_year=text.years[0],
            last_year=text.years[1] if len(text.years) > 1 else None,
            title=text.title,
            preface=next((p.label or "引言" for p in text.part if p.text == PREFACE), ""),
            sections=tuple(self._sections()),
            tables=tuple(self._tables()),
            equations=(),
            template=text.template,
            family=text.family or self.key,
            called=text.called,
            is_usual=text.usual,
            signed=text.signed,
            page=PageStyle(**text.page.model_dump()),
            outputs=text.outputs,
            rules=dict(self._rules()),
            texts=dict(self._texts()),
            unconfirmed=text.unconfirmed,
        )
        if count_cells(bare) > MOST_CELLS:
            why = f"一共 {count_cells(bare)} 格，最多 {MOST_CELLS} 格"
            self.faults.append(BuildFault(("part",), why))
            return bare

        self.faults += (
            BuildFault(where, why)
            for where, why in find_faults(bare)
            if not self._is_unsound_part(where)
        )
        if any(len(cell.address.keys) != 3 for cell in bare.cells.values()):
            self.faults += self._open_groups()
            return bare

        self.names = {table.key: Names(table) for table in bare.tables}
        form = replace(
            bare,
            equations=tuple(self._equations()),
            conditions=tuple(self._conditions()),
            agreements=tuple(self._agreements()),
            duties=self._duties(),
            speech=self._speech(),
        )
        self.faults += (
            BuildFault(where, why) for where, why in find_duty_faults(form, self.unsound)
        )
        self.faults += self._idle_relations(form)
        return form

    def _is_unsound_part(self, where: Where) -> bool:
        """Return whether this is a part with a table whose outline is faulty."""
        if where[0] != "part" or len(where) < 2 or not isinstance(where[1], int):
            return False
        part = self.text.part[where[1]]
        return (part.grid or part.sheet or part.lines) in self.unsound

    def _open_groups(self) -> Iterator[BuildFault]:
        """Yield the groups whose key stands without parentheses: it would be in addresses."""
        for number, part in enumerate(self.text.part):
            bands: list[tuple[Where, str, str]] = [(("part", number), part.rows, part.columns)]
            bands += [
                (("part", number, "band", at), band.rows, band.columns)
                for at, band in enumerate(part.band)
            ]
            for where, rows, columns in bands:
                has_rows = bool(rows.strip()) or not part.grid
                for name, outline in (("rows", rows), ("columns", columns)):
                    for line, group in find_open_groups(outline) if has_rows else ():
                        label, _, key = group.rpartition(" ")
                        why = f"“{group}”下面有分项，是分组：代号加括号，写成“{label} ({key})”"
                        yield BuildFault((*where, name), why, line)

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        for number, rule in enumerate(self.text.rule):
            kind = _kind_of(rule)
            if kind is None:
                why = "规则要有 holds、when 和 then、owes、carries、agrees 之一"
                self.faults.append(BuildFault(("rule", number), why))
                continue
            for name, why in _rule_faults(rule, kind):
                self.faults.append(BuildFault(("rule", number, name), why))
            yield (
                rule.code,
                form_rule(
                    kind,
                    rule.code,
                    rule.name,
                    severity=rule.severity,
                    message=rule.message,
                    why=rule.why,
                    example=rule.example,
                    cure=rule.cure,
                    basis=rule.basis,
                    waivable=rule.waivable,
                    since=rule.since,
                ),
            )

    def _texts(self) -> Iterator[tuple[str, RuleText]]:
        """Yield what the form says about rules of docgen, by code."""
        for code, said in self.text.rules.items():
            if code not in CODES:
                own = any(rule.code == code for rule in self.text.rule)
                why = "是表式自己的编号，写在它的 [[rule]] 里" if own else "不是 docgen 的编号"
                self.faults.append(BuildFault(("rules", code), f"[rules.{code}] {why}"))
            yield code, RuleText(**said.model_dump())

    def _idle_relations(self, form: Form) -> Iterator[BuildFault]:
        """Yield the relations that would never be judged: a slip must not switch one off."""
        each = [row for table in form.tables if (row := table.each)]
        for number, rule in enumerate(self.text.rule):
            for equation in form.equations:
                if equation.code == rule.code and not self._speaks_of_unsound(equation):
                    for why in _equation_faults(form, equation):
                        yield BuildFault(("rule", number, "holds"), why)

            for agreement in form.agreements:
                of_unit = any(f".{row.key}." in a for row in each for a in agreement.here)
                if agreement.code == rule.code and of_unit:
                    why = "each 的行有几个单位就有几行：写合计的行"
                    yield BuildFault(("rule", number, "agrees"), why)

            for condition in form.conditions:
                tables = {test.key.partition(".")[0] for test in (*condition.when, *condition.then)}
                if condition.code == rule.code and not tables & self.unsound:
                    for why in find_test_faults(form, condition):
                        yield BuildFault(("rule", number, "when"), why)

    def _speaks_of_unsound(self, equation: Equation) -> bool:
        """Return whether an equation has cells of a table whose outline is faulty."""
        cells = () if equation.table else (*equation.left, *equation.right)
        tables = {equation.table, *(address.partition(".")[0] for address in cells)}
        return not tables.isdisjoint(self.unsound)

    def _sections(self) -> Iterator[Section]:
        headings = 0
        for part in self.text.part:
            key = part.text or part.grid or part.sheet or part.lines
            if key == PREFACE:
                continue
            if key is None:
                headings += 1
            yield Section(key or f"heading{headings}", part.heading, part.variants, key is None)

    def _tables(self) -> Iterator[Table]:
        for number, part in enumerate(self.text.part):
            key = part.grid or part.sheet or part.lines
            if key is None:
                continue
            name = part.name or part.heading or key
            widths = self.attempt(("part", number, "widths"), _widths_of, part.widths)
            bands = tuple(self._bands(number, part, key))
            no_sum = tuple(part.no_sum.split())
            if key not in self.unsound:
                self.attempt(("part", number, "no_sum"), _refuse_unknown_lines, no_sum, bands)
            yield Table(
                key,
                name,
                part.short or (name.split() or [key])[0],
                bands,
                shape="grid" if part.grid else "sheet" if part.sheet else "lines",
                notes=part.notes,
                landscape=part.landscape,
                widths=widths or (),
                absent=part.absent,
                no_sum=no_sum,
            )

    def _bands(self, number: int, part: PartText, key: str) -> Iterator[Band]:
        if not part.grid:
            for fault in find_keyless(part.rows):
                self.unsound.add(key)
                self.faults.append(BuildFault(("part", number, "rows"), fault.why, fault.line))
            rows = self._lines(part.rows, "part", number, "rows")
            yield Band(
                key, (Line("value", "内容"),), rows, corner="项目", label_columns=_depth(rows)
            )
            return

        for at, band in enumerate(part.band):
            path = ("part", number, "band", at)
            columns = self._lines(band.columns, *path, "columns")
            rows = self._lines(band.rows, *path, "rows") or (Line("", ""),)
            yield Band(band.key, columns, rows, band.title, band.corner, _depth(rows))
        if not part.band:
            columns = self._lines(part.columns, "part", number, "columns")
            rows = self._lines(part.rows, "part", number, "rows") or (Line("", ""),)
            yield Band(key, columns, rows, "", part.corner, _depth(rows))

    def _lines(self, outline: str, *path: str | int) -> tuple[Line, ...]:
        try:
            return read_outline(outline)
        except OutlineFault as found:
            faults = (found, *found.others)
            part = self.text.part[int(path[1])]
            self.unsound.add(part.grid or part.sheet or part.lines or "")
            self.faults += (BuildFault(path, fault.why, fault.line) for fault in faults)
            return found.read

    def _grids(self, number: int, rule: RuleDeclared) -> Iterator[str]:
        """Yield the tables a rule speaks of; a blank one for whole addresses."""
        grids = rule.grid.split()
        for grid in grids:
            if grid in self.unsound:
                continue
            if grid in self.names:
                yield grid
            else:
                why = f"没有“{grid}”这张表{nearest_key(grid, self.names)}"
                self.faults.append(BuildFault(("rule", number, "grid"), why))
        if not grids:
            yield ""

    def _equations(self) -> Iterator[Equation]:
        for number, rule in enumerate(self.text.rule):
            at = ("rule", number, "holds")
            for grid in self._grids(number, rule) if rule.holds else ():
                given = (self.names, rule.code, grid, rule.holds, rule.each, rule.text)
                if made := self.attempt(at, read_equation, *given):
                    yield made

    def _conditions(self) -> Iterator[Condition]:
        for number, rule in enumerate(self.text.rule):
            if not rule.when:
                continue
            at = ("rule", number, "when")
            when = self.attempt(at, read_clause, rule.when)
            then = self.attempt(("rule", number, "then"), read_clause, rule.then)
            if when is None or then is None:
                continue
            for grid in self._grids(number, rule):
                given = (self.names, rule.code, grid, when, then, rule.each, rule.text or rule.name)
                if made := self.attempt(at, read_condition, *given):
                    yield made

    def _agreements(self) -> Iterator[Agreement]:
        for number, rule in enumerate(self.text.rule):
            at = ("rule", number, "agrees")
            agreed = self.attempt(at, read_agreed, rule.agrees) if rule.agrees else None
            if agreed:
                here = self._addresses(" ".join(agreed.here), *at)
                text = rule.text or rule.name
                yield Agreement(rule.code, agreed.family, here, agreed.there, text)

    def _duties(self) -> duties.Duties:
        text = self.text
        parts = [(part.text, part) for part in text.part if part.text]
        return duties.Duties(
            carries=tuple(self._carries()),
            topics=tuple(self._topics()),
            powers=tuple(
                duties.Power(p.at, p.name, tuple(p.never.split()), tuple(p.seldom.split()))
                for p in text.power
            ),
            ceilings=tuple(duties.Ceiling(c.at, c.level, c.amount) for c in text.ceiling),
            deadlines=tuple(
                duties.Deadline(level, month, day, each.basis, each.name)
                for each in text.deadline
                for month, day in [map(int, each.date.split("-"))]
                for level in (duties.LEVELS if each.levels == "*" else each.levels.split())
            ),
            laws=tuple(duties.Law(law.title, law.short, law.slips) for law in text.law),
            documents=tuple(duties.Document(**d.model_dump()) for d in text.document),
            codes=text.document_codes,
            substantial=tuple(key for key, part in parts if part.substantial),
            lengths=tuple((key, part.usual_length) for key, part in parts if part.usual_length),
            plans=tuple(key for key, part in parts if part.looks_ahead),
        )

    def _carries(self) -> Iterator[duties.Carry]:
        for number, rule in enumerate(self.text.rule):
            if not rule.carries:
                continue
            at = ("rule", number, "carries")
            carried = self.attempt(at, read_carried, rule.carries)
            if carried is None:
                continue
            keys = [carried.key, carried.last, *carried.plus, *carried.minus]
            for grid in self._grids(number, rule):
                if not grid:
                    self.faults.append(BuildFault(at, "用 grid 写明是哪张表"))
                elif across := self.attempt(at, self.names[grid].across_of, keys, rule.each):
                    text = rule.text or self.names[grid].print_carried(carried)
                    yield duties.Carry(rule.code, grid, across, *carried, text, rule.within_edition)

    def _topics(self) -> Iterator[duties.Topic]:
        sections = {part.text for part in self.text.part if part.text}
        for number, rule in enumerate(self.text.rule):
            if rule.owes and rule.part and rule.part not in sections:
                self.faults.append(
                    BuildFault(("rule", number, "part"), f"没有“{rule.part}”这一部分")
                )
            for name, words in rule.owes.items():
                yield duties.Topic(
                    rule.code,
                    rule.part,
                    name,
                    tuple(words.split()),
                    rule.in_headings,
                    tuple(rule.levels.split()),
                )

    def _speech(self) -> speech.Speech:
        text, prose = self.text, self.text.prose
        at = ("prose", "formulas")
        formulas = [self.attempt(at, safe_pattern, one) for one in prose.formulas]
        return speech.Speech(
            terms=tuple(
                speech.Term(term.name, self._addresses(term.at, "term", number, "at"))
                for number, term in enumerate(text.term)
            ),
            words=text.words,
            facts=tuple(
                self._fact(group, fact, number)
                for number, group in enumerate(text.facts)
                for fact in group.list
            ),
            domain=prose.domain,
            headings=prose.headings,
            others=prose.others,
            telling=prose.telling,
            ready=tuple(
                speech.Ready(part.text, paragraph)
                for part in text.part
                if part.text
                for paragraph in part.ready
            ),
            formulas=tuple(filter(None, formulas)),
            subjects=tuple(prose.subjects.split()),
            business=tuple(prose.business.split()),
            residues=prose.residues,
            counted=tuple(prose.counted.split()),
        )

    def _fact(self, group: FactsDeclared, fact: FactDeclared, number: int) -> speech.Fact:
        sums = [self._addresses(way, "facts", number) for way in _ways(fact.sums)]
        units = fact.units if fact.units is not None else group.units
        return speech.Fact(
            fact.key,
            fact.label,
            tuple(_ways(fact.says)),
            tuple(sums),
            topic=fact.topic or group.topic,
            never=fact.never or group.never,
            doubt=fact.doubt or group.doubt,
            apart=fact.apart or group.apart,
            own=fact.own,
            context=fact.context or group.context,
            absent=fact.absent,
            units=speech.COUNTED if units is None else units,
            wholes=tuple((fact.wholes or group.wholes).split()),
            exact=fact.exact,
            rate=fact.rate,
            none=fact.none,
        )

    def _addresses(self, text: str, *path: str | int) -> tuple[str, ...]:
        """Return the addresses that these mean, groups in them written out."""

        def expand() -> tuple[str, ...]:
            sound = (a for a in text.split() if a.partition(".")[0] not in self.unsound)
            return tuple(one for a in sound for one in expand_address(self.names, a))

        return self.attempt(path, expand) or ()


def build_form(key: str, text: FormText) -> tuple[Form, list[BuildFault]]:
    """Return the form of this text, and every fault of it."""
    builder = _Builder(key, text)
    form = builder.build()
    return form, builder.faults


def _ways(text: str) -> list[str]:
    """Return the ways of a fact, parted by |."""
    return [way.strip() for way in text.split("|") if way.strip()]


def _depth(rows: tuple[Line, ...]) -> int:
    """Return how many columns the labels of these rows take."""
    if not any(row.label for row in rows):
        return 0
    return max(1 + _depth(row.parts) if row.parts else 1 for row in rows)


def _widths_of(text: str) -> tuple[int, ...]:
    """Return the widths of columns: `790 2*685` is 790, 685, 685."""
    widths: list[int] = []
    for piece in text.split():
        times, star, width = piece.rpartition("*")
        if not width.isdecimal() or (star and not times.isdecimal()) or int(times or 1) > 100:
            raise RelationFault(f"列宽“{piece}”读不懂：写成 3 2*1 4")
        widths += [int(width)] * int(times or 1)
    return tuple(widths)


def _refuse_unknown_lines(keys: tuple[str, ...], bands: tuple[Band, ...]) -> None:
    """Raise RelationFault for a key that no row, no column and no group of them has."""
    paths = [path for band in bands for path in (*band.row_paths, *band.column_paths)]
    known = dict.fromkeys(line.key for path in paths for line in path if line.key)
    for key in keys:
        if key not in known:
            raise RelationFault(f"没有“{key}”这一行或这一列{nearest_key(key, known)}")


def _equation_faults(form: Form, equation: Equation) -> Iterator[str]:
    """Yield why an equation could never be judged."""
    if why := _why_no_numbers(form, equation):
        yield why
        return

    spread = {id(balance.equation) for balance in (*form.balances, *form.bounds)}
    each = [row for table in form.tables if (row := table.each)]
    of_unit = any(f".{row.key}." in a for row in each for a in equation.left)
    if id(equation) not in spread or (of_unit and not equation.across):
        yield "这个关系一处也用不上：有的代号没有，不是数，或是 each 的行"


def _why_no_numbers(form: Form, equation: Equation) -> str:
    """Return which names of an equation are of cells that hold no numbers; blank if all do.

    Of a table with columns of several kinds it holds where there are numbers.
    """
    cells = [
        cell
        for cell in form.cells.values()
        for table, row, column in [cell.address.figure]
        for key in [row if equation.across == "columns" else column]
        if (table == equation.table and key in (*equation.left, *equation.right))
        or (not equation.table and cell.address in (*equation.left, *equation.right))
    ]
    if not cells or any(cell.kind.is_number for cell in cells):
        return ""
    kinds = "、".join(dict.fromkeys(f"“{cell.label}”是{cell.kind.value}" for cell in cells[:2]))
    return f"{kinds}，不是数，不能相加、比大小"


def _kind_of(rule: RuleDeclared) -> OwnKind | None:
    """Return the kind of a rule by its relation; None where it has none, or several."""
    sure = rule.severity == "error" and "<=" not in rule.holds
    kinds: dict[OwnKind, bool] = {
        "sums": bool(rule.holds) and sure,
        "bounds": bool(rule.holds) and not sure,
        "conditions": bool(rule.when and rule.then),
        "topics": bool(rule.owes),
        "carried": bool(rule.carries),
        "agreed": bool(rule.agrees),
    }
    has = [kind for kind, is_so in kinds.items() if is_so]
    return has[0] if len(has) == 1 else None


def _rule_faults(rule: RuleDeclared, kind: OwnKind) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a rule beside its relation: the name of the value, and why."""
    code = rule.code
    if code in CODES or code in ALIASES:
        yield "code", f"{code} 是 docgen 的编号：换成{OWN_CODES}"
    elif code[0] in _LETTERS and code not in OF_FORMS:
        yield "code", f"{code[0]} 开头的编号是 docgen 的：换成{OWN_CODES}"
    if rule.waivable and kind == "sums":
        yield "waivable", '必须相等的数不能豁免；不能肯定的关系写成 severity = "warning"'

    for name, said in (("message", rule.message), ("cure", rule.cure)):
        for unknown in find_unknown_facts(kind, said):
            facts = "、".join(f"{{{fact}}}" for fact in sorted(KINDS[kind].facts))
            yield name, f"{unknown[:20]} 不是这里能用的；能用的是 {facts}"
