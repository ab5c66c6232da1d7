"""What goes with a part that an edition drops: the rules, names and facts that speak of it.

So an edition says `drop = ["part licences"]` and no more. What is dropped by name (`rule L305`)
takes only its cases along.
"""

import re
from collections.abc import Iterator

Tree = dict[str, object]


def drop_uses(tree: Tree, part: str) -> None:
    """Take out of a form's text all that speaks of a part; a rule of more tables keeps those."""
    gone = {str(rule.get("code")) for rule in _items(tree, "rule") if not _keep_rule(rule, part)}
    _filter_items(tree, "rule", [r for r in _items(tree, "rule") if r.get("code") not in gone])
    for code in gone:
        drop_cases(tree, code)

    for group in _items(tree, "facts"):
        _filter_items(group, "list", [f for f in _items(group, "list") if not _uses(f, part)])
    _filter_items(tree, "facts", [g for g in _items(tree, "facts") if g.get("list")])

    for name in ("term", "power", "ceiling", "case"):
        _filter_items(tree, name, [item for item in _items(tree, name) if not _uses(item, part)])


def drop_cases(tree: Tree, code: str) -> None:
    """Take out the cases of a rule."""
    _filter_items(tree, "case", [c for c in _items(tree, "case") if c.get("code") != code])


def _keep_rule(rule: Tree, part: str) -> bool:
    """Return whether a rule still speaks of something; of its tables the part is taken out."""
    tables = str(rule.get("grid", "")).split()
    if part in tables:
        tables.remove(part)
        rule["grid"] = " ".join(tables)
        return bool(tables)
    return rule.get("part") != part and not _uses(rule, part)


def _uses(item: Tree, part: str) -> bool:
    """Return whether an item has an address in this part."""
    # penalties.all.total, sections.overview; not disclosure: disclosure.penalty.decided
    address = re.compile(rf"(?<![\w.])(?:sections\.)?{re.escape(part)}(?:\.|$)")
    given = item.get("set")
    said = [str(item.get(key, "")) for key in ("at", "sums", "holds", "when", "then")]
    said.append(str(item.get("agrees", "")).partition("=")[0])
    said += list(given) if isinstance(given, dict) else []
    return any(address.search(text) for text in said)


def _items(tree: Tree, name: str) -> Iterator[Tree]:
    """Yield the tables of a list."""
    items = tree.get(name)
    yield from (
        item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict)
    )


def _filter_items(tree: Tree, name: str, kept: list[Tree]) -> None:
    """Put in what is kept of a list; a list that is not there, or not one, stays as it is."""
    if isinstance(tree.get(name), list):
        tree[name] = kept
