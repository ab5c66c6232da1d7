"""From files to the text of a form: editions over what they extend, each fault with its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from docgen.errors import InputStop
from docgen.files.visible import visible
from docgen.finding import Finding, Place
from docgen.forms.build import BuildFault, build_form
from docgen.forms.dropping import drop_cases, drop_cells, drop_uses, items_of, keys_of
from docgen.forms.form import Form
from docgen.forms.language import CaseDeclared, FormText
from docgen.forms.loader import (
    MAIN,
    OWN,
    Folder,
    form_finding,
    form_place,
    form_stop,
    parent_of,
    parse_toml,
    refuse_outside,
)
from docgen.forms.schema_faults import find_schema_faults

Tree = dict[str, object]
#: What tells one item of a list of tables from another, so that an edition may change it.
_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "part": ("text", "grid", "sheet", "lines", "heading"),
    "rule": ("code",),
    "facts": ("group",),
    "term": ("name",),
    "law": ("title",),
    "document": ("number",),
    "deadline": ("name", "levels"),
    "power": ("at",),
    "ceiling": ("at",),
    "case": ("about",),
}


TEMPLATE = "template.docx"  # what a form's template is called unless it says otherwise


class Origin(NamedTuple):
    """Where an item of a list stands: the form, its file, the line of its `[[…]]`."""

    key: str
    file: str
    line: int
    lines: tuple[str, ...]  # of the file


class _Texts:
    """The trees of a form's folders, put one over the other, with the origin of each item."""

    def __init__(self, chain: list[Folder]) -> None:
        self.origins: dict[tuple[str, int], Origin] = {}  # name of a list, number in it
        self.faults: list[Finding] = []
        self.key = chain[0].key
        self.top: dict[str, Origin] = {}
        self._items: dict[int, Origin] = {}  # by the identity of the item's own tree
        self.tree: Tree = {}
        for folder in reversed(chain):
            self._put_over(folder)

        for name in _IDENTITY:
            items = self.tree.get(name, ())
            for number, item in enumerate(items if isinstance(items, list) else ()):
                if id(item) in self._items:
                    self.origins[name, number] = self._items[id(item)]

    def _put_over(self, folder: Folder) -> None:
        """Put the files of one folder over what is there."""
        seen: set[str] = set()
        own: Tree = {}
        parent = parent_of(folder)
        for name in sorted(folder.files, key=lambda name: (name != MAIN, name)):
            tree = parse_toml(folder, name)
            lines = tuple(folder.files[name].decode("utf-8-sig").splitlines())
            self.faults += _unseen_faults(folder.key, name, lines, tree)
            if tree.get("extends", parent) != parent or (name != MAIN and "extends" in tree):
                why = 'extends 写在 form.toml 的最前面，写成 extends = "代号"'
                self.faults.append(form_finding(folder.key, why, name, _line_of(lines, "extends")))
            for key, value in tree.items():
                items = value if isinstance(value, list) and key in _IDENTITY else None
                if key in seen and items is None:
                    why = f"“{key}”在两个文件里都有：合到一个文件"
                    self.faults.append(form_finding(folder.key, why, name, _line_of(lines, key)))
                there = own.get(key)
                own[key] = value
                if items is not None:
                    self._note_items(folder, name, lines, key, items)
                    own[key] = [*there, *items] if isinstance(there, list) else items
                if key not in seen:
                    self.top[key] = Origin(folder.key, name, _line_of(lines, key), lines)
                seen.add(key)

        own.pop("extends", None)
        for dropped in _texts_of(own.pop("drop", [])):
            self._drop(folder, dropped)
        self._drop_lost_cells(own)
        for key, value in own.items():
            self._merge(self.tree, key, value)

    def _note_items(
        self, folder: Folder, file: str, lines: tuple[str, ...], key: str, items: list[object]
    ) -> None:
        heads = [n for n, line in enumerate(lines, 1) if line.strip().startswith(f"[[{key}]]")]
        for number, item in enumerate(items):
            line = heads[number] if number < len(heads) else 1
            self._items[id(item)] = Origin(folder.key, file, line, lines)

    def _drop(self, folder: Folder, dropped: str) -> None:
        """Take out what an edition drops: `rule L305`, `part licences` with all that uses it."""
        kind, _, name = dropped.partition(" ")
        items = self.tree.get(kind)
        if isinstance(items, list) and kind in _IDENTITY:
            kept = [item for item in items if _identity(kind, item) != name]
            if len(kept) < len(items):
                self.tree[kind] = kept
                if kind == "part":
                    drop_uses(self.tree, name)
                elif kind == "rule":
                    drop_cases(self.tree, name)
                return
        elif isinstance(items, dict) and name in items:
            del items[name]
            return
        self.faults.append(form_finding(folder.key, f"drop：没有“{dropped}”", "form.toml"))

    def _drop_lost_cells(self, own: Tree) -> None:
        """Take out what names a cell that a table of an edition no longer has."""
        before = {_identity("part", part): part for part in items_of(self.tree, "part")}
        for part in items_of(own, "part"):
            name = _identity("part", part)
            now = keys_of({**before.get(name, {}), **part})
            if name in before and now:
                drop_cells(self.tree, name, keys_of(before[name]) - now, own)

    def _merge(self, tree: Tree, key: str, value: object) -> None:
        """Put one value over what stands there."""
        there = tree.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            tree[key] = {**there, **value}
        elif isinstance(there, list) and isinstance(value, list) and key in _IDENTITY:
            tree[key] = self._merge_items(key, there, value)
        else:
            tree[key] = value

    def _merge_items(self, key: str, there: list[object], items: list[object]) -> list[object]:
        """Return a list with the items of an edition: in place of their likes, or added."""
        merged = list(there)
        for item in items:
            name = _identity(key, item)
            names = [_identity(key, other) for other in merged]
            after = item.get("after") if isinstance(item, dict) else None
            if name in names and isinstance(item, dict):
                at = names.index(name)
                before = merged.pop(at)
                assert isinstance(before, dict)
                fresh = {**before, **item}
                self._items[id(fresh)] = self._items[id(item)]
                merged.insert(at, fresh)
                item = fresh
                names = [_identity(key, other) for other in merged]
            elif after is None:
                merged.append(item)
            if after is not None:
                merged = [other for other in merged if other is not item]
                names = [_identity(key, other) for other in merged]
                merged.insert(names.index(after) + 1 if after in names else 0, item)

        return merged

    def place(self, path: tuple[str | int, ...], inside: int = 0) -> tuple[str, str, int]:
        """Return form, file and line of a value; `inside` counts the lines in it from 1."""
        name = str(path[0]) if path else ""
        number = path[1] if len(path) > 1 and isinstance(path[1], int) else None
        origin = self.origins.get((name, number)) if number is not None else None
        if origin is None:
            top = self.top.get(name)
            return (top.key, top.file, top.line) if top else (self.key, "form.toml", 0)

        line = origin.line
        rest = [step for step in path[2:] if isinstance(step, str)]
        if "band" in rest:
            band = path[3] if isinstance(path[3], int) else 0
            line = _nth(origin.lines, line, "[[part.band]]", band)
        if rest and rest[-1] != "band":
            line = _find_key(origin.lines, line, rest[-1])
        return origin.key, origin.file, line + inside


def _unseen_faults(key: str, file: str, lines: Sequence[str], tree: Tree) -> Iterator[Finding]:
    """Yield texts that hold characters nobody sees: they would stand in documents and messages."""
    for text in _all_texts(tree):
        for line in text.replace("\t", " ").splitlines():
            if visible(line) != line:
                at = next((n for n, one in enumerate(lines, 1) if line in one), 0)
                why = f"里面有看不见的字符：{visible(line)[:40]}"
                yield form_finding(key, why, file, at)


def _all_texts(tree: Tree) -> Iterator[str]:
    """Yield every text in a tree, however deep, names too."""
    left: list[object] = [tree]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value


def _texts_of(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _identity(kind: str, item: object) -> str:
    """Return what an item is known by."""
    if not isinstance(item, dict):
        return ""
    return next((str(item[name]) for name in _IDENTITY[kind] if item.get(name)), "")


def _line_of(lines: tuple[str, ...], key: str) -> int:
    """Return the first line that sets a key, or begins its table; 1 where none is found."""
    begins = re.compile(rf'\s*(\[+\s*)?"?{re.escape(key)}\b')
    return next((number for number, line in enumerate(lines, 1) if begins.match(line)), 1)


def _find_key(lines: tuple[str, ...], start: int, key: str) -> int:
    """Return the line below `start` that sets a key; `start` where none does."""
    for number in range(start, len(lines)):
        text = lines[number].strip()
        if text.startswith("[[") and not text.startswith("[[part.band"):
            break
        if re.match(rf"{re.escape(key)}\s*=", text):
            return number + 1
    return start


def _nth(lines: tuple[str, ...], start: int, head: str, count: int) -> int:
    """Return the line of the head that comes so many after `start`, the first counted 0."""
    found = [n + 1 for n in range(start, len(lines)) if lines[n].strip() == head]
    return found[count] if count < len(found) else start


def read_form(chain: list[Folder], digest: str) -> Form:
    """Return the form of a folder and what it extends. Raise InputStop with every fault."""
    texts = _Texts(chain)
    try:
        text = FormText.model_validate(texts.tree, strict=False)
    except ValidationError as error:
        raise InputStop(*texts.faults, *_schema_faults(texts, error)) from None

    form, faults = build_form(chain[0].key, text)
    found = [*texts.faults, *(_finding(texts, fault) for fault in faults)]
    if found:
        raise InputStop(*found)
    if chain[0].path.parent == OWN:
        return replace(form, digest=digest)
    folder = chain[0].path
    return replace(form, digest=digest, folder=str(folder), template=_own_template(texts, folder))


def _own_template(texts: _Texts, folder: Path) -> str:
    """Return the template that a form's own folder holds; blank if it is to have a plain one.

    That of a form it extends is for other tables. Raise InputStop for one that is not there.
    """
    top = texts.top.get("template")
    named = texts.tree.get("template") if top and top.key == folder.name else None
    name = str(named or TEMPLATE)
    if not (folder / name).is_file():
        if named and top:
            why = f"文件夹里没有 template 写的“{name}”"
            raise form_stop(folder.name, why, top.file, top.line)
        return ""

    refuse_outside(folder, name)
    return name


def read_text(chain: list[Folder]) -> FormText:
    """Return the text of a form that is sound."""
    try:
        return FormText.model_validate(_Texts(chain).tree, strict=False)
    except ValidationError:
        raise form_stop(chain[0].key, "表式有错") from None


def read_cases(chain: list[Folder]) -> list[tuple[CaseDeclared, Place]]:
    """Return the cases of a form that is sound, each with where it stands."""
    texts = _Texts(chain)
    cases = FormText.model_validate(texts.tree, strict=False).case
    return [(case, form_place(*texts.place(("case", number)))) for number, case in enumerate(cases)]


def _finding(texts: _Texts, fault: BuildFault) -> Finding:
    key, file, line = texts.place(fault.path, fault.line)
    return form_finding(key, fault.why, file, line)


def _schema_faults(texts: _Texts, error: ValidationError) -> Iterator[Finding]:
    """Yield what does not belong to the language, with its place."""
    for fault in find_schema_faults(error, _IDENTITY):
        key, file, line = texts.place(fault.path)
        yield form_finding(key, fault.why, file, line)
