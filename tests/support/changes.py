"""One change to a sound report, of which it is known that it contradicts something in it."""

import copy
import csv
import io
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from forms import FORM
from sound import FACTS, Sound, Token

from docgen.blank.to_csv import write_csv_sheets
from docgen.model import Reading

#: How often each kind is tried on one report.
TRIES = {"figure in a table": 4, "figure in the text": 5, "year": 4, "name": 3, "label": 3}

#: Lists of which every item is given, with their total first.
_LISTS = (
    ("leaflets", "booklets", "sheets"),
    ("site", "news", "notices", "rest"),
    ("gazettes", "gazettes_first", "gazettes_second"),
)
_LISTED = {fact for facts in _LISTS for fact in facts}
_SUMMED = {a for balance in FORM.balances for a in (*balance.left, *balance.right)}
_CHARACTERS = "仔沟杨古田林河西东阳北山湖丰和安永新平乐仁石金玉"


class Change(NamedTuple):
    """A changed report: what was changed, where (an address or `sheet cell`), and in words."""

    kind: str
    place: str
    told: str
    tree: dict[str, Any]


class Spot(NamedTuple):
    """A token of the text, and where it stands."""

    section: str
    paragraph: int
    at: int
    token: Token

    @property
    def place(self) -> str:
        prefix = "" if self.section in ("preface", "title") else "sections."
        number = "" if self.section == "title" else f".{self.paragraph}"
        return f"{prefix}{self.section}{number}"


def changes(sound: Sound, chance: random.Random) -> Iterator[Change]:
    """A few changes of every kind, each by itself."""
    makers = {
        "figure in a table": _table,
        "figure in the text": _number,
        "year": _year,
        "name": _name,
        "label": _label,
    }
    for kind, times in TRIES.items():
        for _ in range(times):
            change = makers[kind](sound, chance)
            if change:
                yield change


def spots(sound: Sound, *kinds: str) -> list[Spot]:
    """The tokens of these kinds, title included."""
    texts = {"title": [sound.title]} | sound.texts
    return [
        Spot(section, number, index, token)
        for section, paragraphs in texts.items()
        for number, tokens in enumerate(paragraphs)
        for index, token in enumerate(tokens)
        if token.kind in kinds
    ]


def _put(sound: Sound, spot: Spot, text: str) -> dict[str, Any]:
    """The report with another text at this spot."""
    changed = copy.copy(sound)
    changed.texts = {key: [list(tokens) for tokens in texts] for key, texts in sound.texts.items()}
    changed.title = list(sound.title)
    tokens = (
        changed.title if spot.section == "title" else changed.texts[spot.section][spot.paragraph]
    )
    tokens[spot.at] = spot.token._replace(text=text)
    return changed.tree()


def _told(sound: Sound, spot: Spot, text: str) -> str:
    tokens = sound.title if spot.section == "title" else sound.texts[spot.section][spot.paragraph]
    before = "".join(token.text for token in tokens[: spot.at])[-30:]
    after = "".join(token.text for token in tokens[spot.at + 1 :])[:20]
    return f"{spot.place} {before}[{spot.token.text}→{text}]{after}"


def slip(value: Decimal, chance: random.Random) -> Decimal:
    """Another number, as a slip of the keys or of the mind makes it."""
    digits = f"{value:f}"
    at = chance.randrange(len(digits))
    ways = [
        str(value + chance.randrange(1, 10)),
        str(abs(value - chance.randrange(1, 10))),
        digits[:at] + chance.choice("0123456789") + digits[at:],
        digits[:at] + digits[at + 1 :],
        digits[:at] + digits[at + 1 : at + 2] + digits[at : at + 1] + digits[at + 2 :],
    ]
    made = [Decimal(way) for way in ways if way.replace(".", "").isdigit() and way[0] != "."]
    return chance.choice([one for one in made if one != value] or [value + 1])


def _table(sound: Sound, chance: random.Random) -> Change | None:
    """Half of the time a cell that no sum watches over."""
    watched = chance.random() < 0.5
    address = chance.choice([a for a in sound.figures if (a in _SUMMED) == watched])
    value = sound.figures[address]
    wrong = slip(Decimal(value), chance)
    changed = copy.copy(sound)
    changed.figures = {
        **sound.figures,
        address: wrong if address.endswith("amount") else int(wrong),
    }
    if changed.figures[address] == value or not _table_contradicts(changed, address):
        return None
    told = f"{address} {value}→{wrong}"
    return Change("figure in a table", address, told, changed.tree())


def _table_contradicts(changed: Sound, address: str) -> bool:
    """A sum of its table, last year's report, or a number typed in the text."""
    if address in _SUMMED:
        return True
    _, row, _ = address.split(".")
    if changed.last and row in ("normative", "regulations"):
        return True
    return any(
        address in cells and spot.token.value != sum(changed.figures[cell] for cell in cells)
        for spot in spots(changed, "number")
        for cells in [FACTS.get(spot.token.key, ())]
    )


def _number(sound: Sound, chance: random.Random) -> Change | None:
    """A number, a share or a change typed in the text, or typed over what was bound."""
    options = spots(sound, "number", "bound", "share", "change")
    spot = chance.choice(options) if options else None
    if spot is None or spot.token.value is None:
        return None
    token, exact = spot.token, spot.token.value
    if token.kind in ("share", "change"):
        gap = Decimal(chance.randrange(2, 60)) / 10
        wrong = abs(exact) + gap if abs(exact) < gap or chance.random() < 0.5 else abs(exact) - gap
        text = token.text[: 2 * (token.kind == "change")] + f"{wrong:.1f}%"
    else:
        value = slip(exact, chance)
        if not _text_contradicts(sound, spot, value):
            return None
        text = f"{value:f}"
    return Change(
        "figure in the text", spot.place, _told(sound, spot, text), _put(sound, spot, text)
    )


def _text_contradicts(sound: Sound, spot: Spot, wrong: Decimal) -> bool:
    """A cell, last year's cell, the total or item of a list, or the same fact said elsewhere."""
    fact = spot.token.key
    if fact == "received":
        return wrong not in (sound.value("new"), sound.value("both"))
    if fact in FACTS or fact in _LISTED or fact.startswith("last "):
        return wrong != sound.value(fact)
    said = [other for other in spots(sound, "number") if other.token.key == fact]
    return len(said) > 1


def _year(sound: Sound, chance: random.Random) -> Change | None:
    """A year in title or text, the report's own, or that of its date."""
    years = spots(sound, "year")
    number = chance.randrange(len(years) + 2)
    shift = chance.choice((-3, -2, -1, 1, 2))
    if number >= len(years):
        tree = sound.tree()
        if number == len(years):
            tree["year"] += shift
            told, place = f"year {sound.year}→{tree['year']}", "year"
        else:
            told, place = f"signature.date {shift:+}", "signature.date"
            tree["signature"]["date"] = f"{sound.year + 1 + shift}年1月20日"
        return Change("year", place, told, tree)
    spot = years[number]
    wrong = int(spot.token.text) + shift
    if spot.token.key == "y-1" and wrong <= sound.year:
        return None  # a year of the past may be any
    return Change("year", spot.place, _told(sound, spot, str(wrong)), _put(sound, spot, str(wrong)))


def _name(sound: Sound, chance: random.Random) -> Change:
    """A slip in the body's name, or another body's name in its place."""
    named = spots(sound, "name")
    number = chance.randrange(len(named) + 3)
    if number < len(named):
        spot = named[number]
        wrong = _other_name(sound, spot.token.text, int(spot.token.key == "short"), chance)
        return Change("name", spot.place, _told(sound, spot, wrong), _put(sound, spot, wrong))
    tree = sound.tree()
    part, key = (("signature", "name"), ("body", "name"), ("body", "short_name"))[
        number - len(named)
    ]
    wrong = _other_name(sound, tree[part][key], int(key == "short_name"), chance)
    told = f"{part}.{key} {tree[part][key]}→{wrong}"
    tree[part][key] = wrong
    return Change("name", f"{part}.{key}", told, tree)


def _other_name(sound: Sound, name: str, which: int, chance: random.Random) -> str:
    import phrases

    others = [body[which] for body in phrases.BODIES[sound.level] if body[which] != name]
    if chance.random() < 0.4:
        return chance.choice(others)
    return _misspelt(name, chance, last=len(name) - (4 if which == 0 else 1))


def _misspelt(text: str, chance: random.Random, last: int | None = None) -> str:
    """The text with one Chinese character replaced by another."""
    places = [at for at, c in enumerate(text[:last]) if "\u4e00" <= c <= "\u9fff"]
    at = chance.choice(places)
    other = chance.choice([c for c in _CHARACTERS if c != text[at]])
    return text[:at] + other + text[at + 1 :]


def _label(sound: Sound, chance: random.Random) -> Change | None:
    """A law's title or number, the number of an item, the name in a binding, the title's words."""
    options = [spot for spot in spots(sound, "law", "no", "order", "bound") if spot.token.text]
    fixed = [
        Spot("title", 0, index, token)
        for index, token in enumerate(sound.title)
        if len(token.text) > 5 and not token.kind
    ]
    spot = chance.choice([*options, *fixed])
    text = spot.token.text
    if spot.token.kind == "order":
        wrong = chance.choice([order for order in "一二三四五六" if order != text])
    elif spot.token.kind == "no":
        digits = [at for at, character in enumerate(text) if character.isdigit()]
        at = chance.choice(digits)
        wrong = (
            text[:at] + chance.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]
        )
    else:
        wrong = _misspelt(text, chance)
    return Change("label", spot.place, _told(sound, spot, wrong), _put(sound, spot, wrong))


def label_change(reading: Reading, chance: random.Random) -> tuple[Change, Mapping[str, bytes]]:
    """A slip in a label of the report's CSV files, and those files."""
    sheets = dict(write_csv_sheets(reading.form, reading.report))
    name = chance.choice(list(sheets))
    rows = list(csv.reader(io.StringIO(sheets[name].decode("utf-8-sig"), newline="")))
    is_text = name.startswith(("基本情况", "正文"))  # labels stand in the first column
    cells = [
        (row, column)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts[:1] if is_text else texts)
        if any("\u4e00" <= character <= "\u9fff" for character in text)
    ]
    row, column = chance.choice(cells)
    before = rows[row][column]
    rows[row][column] = _misspelt(before, chance)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    sheets[name] = stream.getvalue().encode("utf-8-sig")
    place = f"{name.removesuffix('.csv')} {chr(65 + column)}{row + 1}"
    told = f"{place} {before}→{rows[row][column]}"
    return Change("label of a table", place, told, {}), sheets
