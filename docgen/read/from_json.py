"""A JSON file: the same report for programs. Every number is taken as it is spelled."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from docgen import files
from docgen.address import PREFACE, Address
from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.finding import Place, Rule
from docgen.forms.form import Form, unit_keys
from docgen.model import FACTS, QUESTION_PARTS, WAIVER, Report, facts_of
from docgen.read.decode import decode
from docgen.read.entry import BAD_FACT, DOUBLED_KEY, UNKNOWN_KEY, Entries, Entry, Literal, spelled
from docgen.read.known_form import find_form
from docgen.read.label import nearest
from docgen.read.reported import settle_form
from docgen.read.text import told_unseen, without_unseen

BROKEN_JSON = Rule(
    code="X309",
    name="JSON 写法不对",
    severity="error",
    message="“{name}”第 {line} 行第 {column} 列：{why}",
    why="JSON 的括号、引号或逗号有误，无法读取。",
    example="最后一项后面多了一个逗号。",
    cure="改正这一处；拿不准就用 docgen new --xlsx 生成工作簿来填。",
)
DEEP_JSON = Rule(
    code="X310",
    name="JSON 嵌套太深",
    severity="error",
    message="“{name}”里的括号一层套一层，超过了 {limit} 层",
    why="报告的 JSON 只有四层；这么深的不是报告。",
    example="程序出错生成的文件。",
    cure="核对是不是选错了文件。",
)

DEEPEST = 64
#: A report has some five hundred items, one of 300 units some ten thousand.
MOST_ITEMS = 30_000


class Members(dict[str, object]):
    """A JSON object that remembers which of its keys came twice."""

    doubled: tuple[str, ...] = ()


def _as_members(pairs: list[tuple[str, object]]) -> Members:
    """Return an object of the file with the keys that came twice."""
    members = Members(pairs)
    if len(members) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        members.doubled = tuple(sorted(key for key, count in counted.items() if count > 1))
    return members


def read_json(path: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """Return the form, the entries, and the bytes read by file name."""
    data = files.read_bytes(path)
    text = decode(data, path.name, "JSON")
    brackets = text.count("[") + text.count("{")
    if (items := text.count(",") + brackets) > MOST_ITEMS:  # each would take a hundred bytes
        size, limit = f"{items} 项", f"{MOST_ITEMS} 项"
        raise InputStop(TOO_LARGE.at(name=path.name, size=size, limit=limit))

    # a report has some fifty brackets: they are not followed one by one
    if brackets > DEEPEST and _bracket_depth(text) > DEEPEST:
        raise InputStop(DEEP_JSON.at(name=path.name, limit=DEEPEST))

    try:
        tree = json.loads(
            text,
            object_pairs_hook=_as_members,
            parse_int=Literal,
            parse_float=Literal,
            parse_constant=Literal,
        )
    except json.JSONDecodeError as error:
        raise _broken_json(path.name, text, error) from None

    _refuse_halves(path.name, text)
    if not isinstance(tree, Members):
        why = "整个文件应是一个 { … }"
        raise InputStop(BROKEN_JSON.at(name=path.name, line=1, column=1, why=why))

    form = find_form(
        _make_entry(path.name, tree["form"], Address("form")) if "form" in tree else None
    )
    reader = _Reader(path.name, form)
    reader.read(tree)
    return reader.form, reader.entries, {path.name: data}


def _broken_json(name: str, text: str, error: json.JSONDecodeError) -> InputStop:
    """Tell where a text is no JSON and why, the commonest faults by name."""
    at = error.pos
    before, after = text[:at].rstrip(), text[at:].lstrip(", \r\n\t")
    why = "这里的写法不合 JSON 的规定"
    if after[:1] in ("}", "]") and (text[at : at + 1] == "," or before.endswith(",")):
        at = at if text[at : at + 1] == "," else len(before) - 1
        why = "最后一项后面多了一个逗号"
    elif text[at : at + 1] in tuple("“”‘’：，｛｝［］"):
        why = f"“{text[at]}”是全角标点，JSON 只用半角标点"
    elif not after:
        why = "到这里就没有了，文件不完整或括号、引号不成对"
    elif error.msg.startswith("Expecting ',' delimiter"):
        why = "这里之前缺一个逗号"

    return _broken_at(name, text, at, why)


def _broken_at(name: str, text: str, at: int, why: str) -> InputStop:
    """Return the stop that names line and column."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return InputStop(BROKEN_JSON.at(name=name, line=line, column=column, why=why))


#: `\ud83d` in `"\ud83dx"`, but not the two of `"\ud83d\ude00"` nor that of `"\\ud83d"`.
_ESCAPE = re.compile(r"\\(u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)", re.DOTALL)


def _refuse_halves(name: str, text: str) -> None:
    """Raise InputStop for an escape that is half a character: nothing can be done with one."""
    for escape in _ESCAPE.finditer(text):
        if len(escape[0]) == len("\\ud800"):
            why = f"“{escape[0]}”只是半个字（程序把一个字截断了）"
            raise _broken_at(name, text, escape.start(), why)


#: Matches each [, {, ] and }, and whole strings so that the bracket of "a[" is none; not a comma.
_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def _bracket_depth(text: str) -> int:
    """Return how deep brackets go outside strings."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1

    return deepest


@lru_cache(maxsize=8)
def _figures_by_row(form: Form) -> dict[Address, dict[str, tuple[Address, Address]]]:
    """Return the figures of each row by column: what each means, and where it is in a file."""
    rows: dict[Address, dict[str, tuple[Address, Address]]] = {}
    for address in (cell.address for cell in form.cells.values()):
        columns = rows.setdefault(address.above, {})
        columns[address.last] = address, Address.of("figures", address)
    return rows


def _make_entry(name: str, value: object, where: Address, address: Address | None = None) -> Entry:
    """Return a value with its place: `where` in the file, and what it means if that is another."""
    return Entry(value, Place(name, "", _counted_path(where), address or where))


#: Matches the 2 of `sections.summary.2` and of `waivers.2.code`; not `figures.roads`.
_NUMBER = re.compile(r"\.([0-9]+)(?:\.|$)")


def _counted_path(path: str) -> str:
    """Return a path as people count: `sections.summary.2` is sections.summary 第 3 段."""
    if path.startswith("figures"):  # nearly all, and no lists
        return path
    kind = {"waivers": "条", "unconfirmed": "条", "units": "个", "absent": "个"}.get(
        path.partition(".")[0], "段"
    )
    return _NUMBER.sub(lambda m: f" 第 {int(m[1]) + 1} {kind} ", path).strip()


#: fullmatch: unit1, units, unit; not reunited.
_UNIT_KEY = re.compile("units?[0-9]{0,3}")


class _Reader:
    """Sorts the members of one file into `entries`, and tells of those nobody knows."""

    def __init__(self, name: str, form: Form) -> None:
        self.name, self.form = name, form
        self.entries = Entries()
        self.changed: list[tuple[Entry, Entry]] = []  # as they stand, and as they are read

    def entry(self, value: object, where: Address, address: Address | None = None) -> Entry:
        found = _make_entry(self.name, value, where, address)
        read = without_unseen(found)
        if read is not found:
            self.changed.append((found, read))
        return read

    def read(self, tree: Members) -> None:
        """Sort every member of the tree into the entries."""
        declared, facts = self.form, facts_of(self.form)
        parts: dict[str, list[str]] = {}
        for fact in map(Address, facts):
            if fact.above:
                parts.setdefault(fact.first, []).append(fact.last)

        self._read_units(tree)
        for key, value in self._known_members(tree, Address(), _members_of(declared)):
            where = Address(key)
            if key in parts:
                for name, member in self._known_members(value, where, parts[key]):
                    fact = Address.of(key, name)
                    self.entries.facts[fact] = self.entry(member, fact)
            elif key in facts:
                self.entries.facts[key] = self.entry(value, where)
            else:
                self._read_member(where, value)

        if "figures" not in tree:
            self._read_figures(Members())

        self.entries.findings += told_unseen(self.changed)
        self.form = settle_form(declared, self.entries, self.name)

    def _read_units(self, tree: Members) -> None:
        """Take the units and the tables left out: by them it is known which figures there are."""
        known = [table.key for table in self.form.tables if table.each]
        units = tree.get("units") if known else None
        if units is not None:
            for table, names in self._known_members(units, Address("units"), known):
                self.entries.units[table] = self._listed(names, Address.of("units", table), table)

        may_be_absent = [table.key for table in self.form.tables if table.absent]
        absent = tree.get("absent") if may_be_absent else None
        if absent is not None:
            for entry in self._listed(absent, Address("absent")):
                if entry.text in may_be_absent:
                    place = entry.place._replace(address=Address(entry.text))
                    self.entries.absent[entry.text] = entry._replace(place=place)
                else:
                    self._tell_unknown(entry.text, Address("absent"), may_be_absent, may_be_absent)

        named = {key: [e.text for e in self.entries.units.get(key, ())] for key in known}
        self.form = self.form.as_reported(named, ())

    def _listed(self, value: object, where: Address, table: str = "") -> list[Entry]:
        """Return the texts of a list; of units each means its row in their table."""
        if not isinstance(value, list):
            self._tell_wrong(value, where, "一个 [ … ]，每个名称一项")
            return []

        rows = unit_keys(len(value)) if table else ("",) * len(value)
        return [
            self.entry(name, Address.of(where, str(number)), Address.of(table, row))
            for number, (name, row) in enumerate(zip(value, rows, strict=True))
        ]

    def _read_member(self, key: Address, value: object) -> None:
        """Sort a member that is no fact: the text, the figures, wordings, waivers."""
        if key == PREFACE:
            self._read_paragraphs(value, PREFACE)
        elif key == "sections":
            known = [section.key for section in self.form.text_sections]
            for name, paragraphs in self._known_members(value, key, known):
                self._read_paragraphs(paragraphs, name)
        elif key == "figures":
            self._read_figures(value)
        elif key == "wording":
            for line, text in self._known_members(value, key, list(self.form.wordings)):
                where = Address.of_wording(line)
                self.entries.wording[line] = self.entry(text, where, Address(line))
        elif key == "waivers":
            self._read_waivers(value, key)
        elif key == "unconfirmed":
            self._read_questions(value, key)

    def _known_members(
        self, value: object, where: Address, known: Collection[str]
    ) -> Iterator[tuple[str, object]]:
        """Yield the members of an object whose keys are known; the others become findings."""
        if not isinstance(value, Members):
            self._tell_wrong(value, where, "一个 { … }")
            return

        for key in value.doubled:
            place = self._place_of(where, key)
            shown = titled(self.form, place.address, key)
            self.entries.findings.append(DOUBLED_KEY.at(place, key=shown))

        for key, member in value.items():
            if key in known:
                yield key, member
            else:
                self._tell_unknown(
                    key, where, [other for other in known if other not in value], known
                )

    def _tell_unknown(
        self, key: str, where: Address, missing: Sequence[str], known: Collection[str]
    ) -> None:
        """Tell of a key nobody knows; it takes the address of the missing one it looks like."""
        close = nearest(key, missing)
        place = self._place_of(where, key)
        if close:
            place = place._replace(address=self._place_of(where, close).address)

        likest = close or nearest(key, known)
        hint = self._hint_at_units(key, where)
        if likest and not hint:
            meant = titled(self.form, Address.of(where, likest), f"“{likest}”")
            hint = f"；最接近的是{meant}"

        self.entries.findings.append(UNKNOWN_KEY.at(place, key=key[:60], nearest=hint))

    def _hint_at_units(self, key: str, where: Address) -> str:
        """Return where the names of units stand, if this key may be meant for one; or blank."""
        tables = {table.key: table.each for table in (self.form.declared or self.form).tables}
        each = {table: row for table, row in tables.items() if row}
        inside = where.partition(".")[2].partition(".")[0] if where.first == "figures" else ""
        if inside and inside not in each:
            return ""
        if not each or not (_UNIT_KEY.fullmatch(key) or key in {row.key for row in each.values()}):
            return ""

        table = inside or next(iter(each))
        example = f'"units": {{"{table}": ["甲", "乙"]}}'
        if key[-1].isdigit():
            return f"；“{key}”没有对应的名称：在文件的最外面写上 {example}，一个名称一行"
        return f"；{each[table].label}写在文件的最外面：{example}，数写在 unit1、unit2……"

    def _place_of(self, where: Address, key: str = "") -> Place:
        """Return the place of a member, or of the object itself."""
        path = Address.of(where, key[:60])
        return Place(self.name, "", _counted_path(path), path)

    def _tell_wrong(self, value: object, where: Address, expected: str) -> None:
        """Tell of a value that is no list or no object."""
        self.entries.findings.append(
            BAD_FACT.at(
                self._place_of(where),
                label=titled(self.form, where),
                value=spelled(value)[:40],
                expected=expected,
            )
        )

    def _read_paragraphs(self, value: object, section: str) -> None:
        """Take the paragraphs of a section."""
        if not isinstance(value, list):
            where = Address.of_section(section)
            self._tell_wrong(value, where, "一个 [ … ]，每段文字一项")
            return

        self.entries.paragraphs[section] = [
            self.entry(paragraph, Address.of_paragraph(section, number))
            for number, paragraph in enumerate(value)
        ]

    def _read_waivers(self, value: object, where: Address) -> None:
        """Take the waivers, each with its members."""
        if not isinstance(value, list):
            self._tell_wrong(value, where, "一个 [ … ]，每条豁免一项")
            return

        for number, waiver in enumerate(value):
            at = Address.of_waiver(number)
            members = self._known_members(waiver, at, list(WAIVER))
            entries = {name: self.entry(v, Address.of(at, name)) for name, v in members}
            if isinstance(waiver, Members):
                self.entries.waivers.append((self._place_of(at), entries))

    def _read_questions(self, value: object, where: Address) -> None:
        """Take the questions, each with its answer."""
        if not isinstance(value, list):
            self._tell_wrong(value, where, "一个 [ … ]，每个问题一项")
            return

        for number, question in enumerate(value):
            at = Address.of_question(number)
            members = dict(self._known_members(question, at, list(QUESTION_PARTS)))
            asked, answer = (
                self.entry(members.get(name, ""), Address.of(at, name)) for name in QUESTION_PARTS
            )
            self.entries.questions.append((asked, answer))

    def _read_figures(self, value: object) -> None:
        """Take the figures by table, row and column, and tell what is missing."""
        tree, known = Address("figures"), _figures_by_row(self.form)
        tables = list(dict.fromkeys(row.first for row in known))
        given: set[str] = set()
        for table, rows in self._known_members(value, tree, tables):
            given.add(table)
            names = [row.rest for row in known if row.first == table]
            for name, columns in self._known_members(rows, Address.of(tree, table), names):
                row = Address.of(table, name)
                where = Address.of(tree, row)
                given.add(row)
                figures = known[row]
                for column, number in self._known_members(columns, where, figures):
                    figure, path = figures[column]
                    self.entries.figures[figure] = self.entry(number, path, figure)

        if self.form.cells.keys() - self.entries.figures.keys():
            self._report_missing(tree, known, given)

    def _report_missing(
        self, tree: Address, known: Mapping[Address, Collection[str]], given: set[str]
    ) -> None:
        """Tell of each missing table, row or figure once; totals may be left out."""
        from docgen.read.bind import MISSING_ROW
        from docgen.read.recognise import MISSING_SHEET

        form, findings = self.form, self.entries.findings
        told = self.entries.told("figures.")
        for table in form.tables:
            if told(table.key) or table.key in self.entries.absent:
                continue
            if table.key not in given:
                findings.append(MISSING_SHEET.at(self._place_of(tree, table.key), name=table.name))
                continue

            for row, columns in known.items():
                cells = [Address.of(row, column) for column in columns]
                open_ = [c for c in cells if c in form.totals or form.cells[c].cell.optional]
                if row.first != table.key or len(open_) == len(cells) or told(row):
                    continue
                if row not in given:
                    place, label = self._place_of(tree, row), form.wordings[row].label
                    takes_number = any(form.cells[cell].kind.is_number for cell in cells)
                    cure = "" if takes_number else "补上这一行并填写。"
                    findings.append(
                        MISSING_ROW.at(place, table=table.short, label=label, after="", cure=cure)
                    )
                    continue

                for cell in cells:
                    if cell not in self.entries.figures and not told(cell):
                        where = Address.of(tree, cell)
                        self.entries.figures[cell] = self.entry(None, where, cell)


def _members_of(form: Form) -> list[str]:
    """Return the members that a report of this form may have."""
    missing = {
        "answers": True,  # they stand among the figures
        "signature": not form.signed,
        "preface": not form.preface,
        "units": not any(table.each for table in form.tables),
        "absent": not any(table.absent for table in form.tables),
    }
    return [name for name in Report.model_fields if not missing.get(name)]


def titled(form: Form, path: Address, name: str = "") -> str:
    """Return a member's name (its path, unless given) with what the office's forms call it."""
    title = _title_of(form, path)
    return f"{name or path}（{title}）" if title else name or path


def _title_of(form: Form, path: Address) -> str:
    """Return the Chinese name of `body`, `sections.summary`, `figures.roads.paved`."""
    if path in FACTS:
        return FACTS[path]

    first, rest = path.first, path.rest
    if first == "sections" and rest:
        return next((each.title for each in form.sections if each.key == rest.first), "")
    if first == "figures" and rest:
        tables = {table.key: table.name for table in form.tables}
        line, figure = form.wordings.get(rest), form.cells.get(rest)
        return figure.label if figure else line.label if line else tables.get(rest, "")

    if first == "waivers" and rest:
        return WAIVER.get(rest.last, "")

    member = Report.model_fields.get(first)
    return str(member.title) if member else ""
