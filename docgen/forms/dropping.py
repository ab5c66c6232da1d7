"""What goes with what an edition takes out: the rules, names and facts that speak of it.

So an edition says `drop = ["part licences"]`, or writes the columns of a table anew, and no more.
What is dropped by name (`rule L305`) takes only its cases along.
"""

import re
from collections.abc import Collection, Iterator

from docgen.forms.outline import OutlineFault, read_outline
from docgen.forms.table import Line

Tree = dict[str, object]
_OUTLINES = ("columns", "rows")


def drop_uses(tree: Tree, part: str) -> None:
    """Take out of a form's text all that speaks of a part; a rule of more tables keeps those."""
    gone = {str(rule.get("code")) for rule in items_of(tree, "rule") if not _keep_rule(rule, part)}
    _filter_items(tree, "rule", [r for r in items_of(tree, "rule") if r.get("code") not in gone])
    for code in gone:
        drop_cases(tree, code)

    _drop_names(tree, _address_in(part), {})


def drop_cells(tree: Tree, part: str, keys: Collection[str], own: Tree) -> None:
    """Take out the names, facts and cases of rows and columns that a table no longer has.

    What the edition's `own` text says anew keeps its place. Rules stay: what they add up is
    another sum now, and must be said anew.
    """
    if keys:
        each = "|".join(map(re.escape, keys))
        table = re.escape(part)
        # penalties.all.warned where the column warned is gone; not penalties.all.total
        address = rf"(?<![\w.]){table}\.(?:(?:{each})\.\w+|\w+\.(?:{each}))(?!\w)"
        _drop_names(tree, re.compile(address), own)


def keys_of(part: Tree) -> set[str]:
    """Return the keys of the rows and columns of a table, and of their groups."""
    outlines = [
        str(band.get(name, "")) for band in (part, *items_of(part, "band")) for name in _OUTLINES
    ]
    keys: set[str] = set()
    for outline in outlines:
        try:
            keys |= set(_keys_in(read_outline(outline)))
        except OutlineFault:
            return set()  # which is told where the form is built
    return keys


def _keys_in(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield line.key
        yield from _keys_in(line.parts)


def _drop_names(tree: Tree, address: re.Pattern[str], own: Tree) -> None:
    """Take out the terms, facts, powers, ceilings and cases with such an address."""
    for group in items_of(tree, "facts"):
        _filter_items(group, "list", [f for f in items_of(group, "list") if not _uses(f, address)])

    for name in ("term", "power", "ceiling", "case"):
        anew = {_name_of(item) for item in items_of(own, name)}
        kept = [i for i in items_of(tree, name) if _name_of(i) in anew or not _uses(i, address)]
        _filter_items(tree, name, kept)


def _name_of(item: Tree) -> str:
    return next((str(item[key]) for key in ("about", "name", "at") if item.get(key)), "")


def drop_cases(tree: Tree, code: str) -> None:
    """Take out the cases of a rule."""
    _filter_items(tree, "case", [c for c in items_of(tree, "case") if c.get("code") != code])


def _keep_rule(rule: Tree, part: str) -> bool:
    """Return whether a rule still speaks of something; of its tables the part is taken out."""
    tables = str(rule.get("grid", "")).split()
    if part in tables:
        tables.remove(part)
        rule["grid"] = " ".join(tables)
        return bool(tables)
    return rule.get("part") != part and not _uses(rule, _address_in(part))


def _address_in(part: str) -> re.Pattern[str]:
    """Return the pattern of what has an address in a part."""
    # penalties.all.total, sections.overview; not disclosure: disclosure.penalty.decided
    return re.compile(rf"(?<![\w.])(?:sections\.)?{re.escape(part)}(?:\.|$)")


def _uses(item: Tree, address: re.Pattern[str]) -> bool:
    """Return whether an item has such an address."""
    given = item.get("set")
    said = [str(item.get(key, "")) for key in ("at", "sums", "holds", "when", "then")]
    said.append(str(item.get("agrees", "")).partition("=")[0])
    said += list(given) if isinstance(given, dict) else []
    return any(address.search(text) for text in said)


def items_of(tree: Tree, name: str) -> Iterator[Tree]:
    """Yield the tables of a list."""
    items = tree.get(name)
    yield from (
        item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict)
    )


def _filter_items(tree: Tree, name: str, kept: list[Tree]) -> None:
    """Put in what is kept of a list; a list that is not there, or not one, stays as it is."""
    if isinstance(tree.get(name), list):
        tree[name] = kept
