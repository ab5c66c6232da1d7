"""Sound reports made at random: balanced tables, a text that says the same, last year's report.

A text is kept as tokens, so that one number, year or name of it can be changed alone.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import phrases
from forms import FORM

from docgen.forms.sums import compute_totals
from docgen.forms.table import Number

PARTS = [address for address in FORM.figures if address not in FORM.totals]
COLUMNS = tuple(dict.fromkeys(a.rpartition(".")[2] for a in FORM.figures if a[:9] == "requests."))


def sound_figures(
    draw: Callable[[], int], amount: Number, given: Mapping[str, Number] | None = None
) -> dict[str, Number]:
    """Figures that agree with every sum, from numbers drawn one by one, some of them given."""
    figures: dict[str, Number] = {address: draw() for address in PARTS}
    figures["disclosure.fees.amount"] = amount
    figures |= given or {}
    figures |= compute_totals(FORM, figures, set(FORM.totals))
    for column in COLUMNS:
        received, before, handled, after = (
            f"requests.{row}.{column}"
            for row in ("received", "carried_in", "handled", "carried_out")
        )
        figures[before] = min(figures[before], figures[handled] + figures[after])
        figures[received] = figures[handled] + figures[after] - figures[before]
    parts = {a: n for a, n in figures.items() if a in PARTS}
    both = parts | compute_totals(FORM, parts, set(FORM.totals))
    return {address: both[address] for address in FORM.figures}


def _rows(*rows: str, column: str = "total") -> tuple[str, ...]:
    return tuple(f"requests.{row}.{column}" for row in rows)


def _starting(prefix: str) -> tuple[str, ...]:
    rows = (address.split(".")[1] for address in FORM.figures if address.startswith("requests."))
    return _rows(*dict.fromkeys(row for row in rows if row.startswith(prefix)))


_SUITS = ("suit_direct", "suit_after_review")
_APPLICANTS = ("natural", "commercial", "research", "welfare", "legal", "other")

#: The cells whose sum a fact is. `received` may be either of its two; the generator's own table,
#: not the form's: what is contradicted is judged without asking docgen.
FACTS: dict[str, tuple[str, ...]] = {
    "new": _rows("received"),
    "both": _rows("received", "carried_in"),
    **{row: _rows(row) for row in ("carried_in", "handled", "carried_out", "granted", "partial")},
    "open": _rows("granted", "partial"),
    **{group: _starting(f"{group}_") for group in ("denied", "unable", "rejected", "closed")},
    **{
        address.split(".")[1]: (address,)
        for group in ("denied_", "unable_", "rejected_")
        for address in _starting(group)
    },
    **{column: _rows("received", column=column) for column in _APPLICANTS},
    "organisations": tuple(f"requests.received.{column}" for column in _APPLICANTS[1:]),
    "review": ("disputes.review.total",),
    "suits": tuple(f"disputes.{suit}.total" for suit in _SUITS),
    **{suit: (f"disputes.{suit}.total",) for suit in _SUITS},
    "disputes": tuple(f"disputes.{block}.total" for block in ("review", *_SUITS)),
    **{f"review_{key}": (f"disputes.review.{key}",) for key in ("upheld", "corrected", "pending")},
    **{
        f"suits_{key}": tuple(f"disputes.{suit}.{key}" for suit in _SUITS)
        for key in ("upheld", "corrected", "pending")
    },
    **{
        f"normative_{key}": (f"disclosure.normative.{key}",)
        for key in ("issued", "repealed", "in_force")
    },
    **{row: (f"disclosure.{row}.decided",) for row in ("licensing", "penalty", "coercion")},
    "fees": ("disclosure.fees.amount",),
}
#: Where a sentence says nothing of them: {none received} and the like.
NONE = {"received": "new", "disputes": "disputes", "normative_issued": "normative_issued"}

#: Some facts by the names that text may bind.
TERMS = {
    "new": "本年新收", "carried_in": "上年结转", "both": "收到合计", "handled": "办理总计",
    "carried_out": "结转下年", "natural": "自然人申请", "organisations": "法人申请",
    "granted": "予以公开", "partial": "部分公开", "denied": "不予公开", "unable": "无法提供",
    "rejected": "不予处理", "closed": "其他处理", "review": "行政复议", "suits": "行政诉讼",
    "suit_direct": "直接起诉", "suit_after_review": "复议后起诉", "review_upheld": "复议维持",
    "licensing": "行政许可", "penalty": "行政处罚", "coercion": "行政强制",
    "normative_issued": "规范性文件制发", "fees": "行政事业性收费",
}  # fmt: skip


class Token(NamedTuple):
    """A piece of text, and what it states: nothing, a number, a year, a name, …"""

    text: str
    kind: str = ""
    key: str = ""
    value: Decimal | None = None


Texts = dict[str, list[list[Token]]]  # the tokens of each paragraph, by section


@dataclass
class Sound:
    """One report before it is written down."""

    year: int
    level: str
    names: tuple[str, str, str, str]
    figures: dict[str, Number]
    last: dict[str, Number] | None
    neighbours: tuple[str, ...]
    texts: Texts = field(default_factory=dict)
    title: list[Token] = field(default_factory=list)
    free: dict[str, Decimal] = field(default_factory=dict)
    received: str = "new"  # what this body calls received

    def tree(self) -> dict[str, Any]:
        """The report as a JSON input."""
        texts = {
            key: ["".join(token.text for token in tokens) for tokens in paragraphs]
            for key, paragraphs in self.texts.items()
        }
        return {
            "form": FORM.key,
            "year": self.year,
            "body": {"name": self.names[0], "short_name": self.names[1], "level": self.level},
            "title": "".join(token.text for token in self.title),
            "preface": texts.pop("preface"),
            "sections": texts,
            "figures": nested(self.figures),
            "signature": {"name": self.names[0], "date": f"{self.year + 1}年1月20日"},
            **({"neighbours": list(self.neighbours)} if self.neighbours else {}),
        }

    def value(self, fact: str) -> Decimal:
        """What a fact is by the tables, or what this report says of what no table holds."""
        if fact.startswith("last "):
            assert self.last is not None
            return _sum(self.last, fact.removeprefix("last "))
        if fact == "received":
            return self.value(self.received)
        return _sum(self.figures, fact) if fact in FACTS else self.free[fact]


def _sum(figures: Mapping[str, Number], fact: str) -> Decimal:
    return sum((Decimal(figures[address]) for address in FACTS[fact]), Decimal(0))


def nested(figures: Mapping[str, Number]) -> dict[str, Any]:
    """Figures as the JSON input has them."""
    tree: dict[str, Any] = {}
    for address, number in figures.items():
        table, row, column = address.split(".")
        exact = str(number) if isinstance(number, Decimal) else number
        tree.setdefault(table, {}).setdefault(row, {})[column] = exact
    return tree


def sound_report(chance: random.Random) -> Sound:
    """A report with nothing wrong in it."""
    level = chance.choice(list(phrases.BODIES))
    bodies = phrases.BODIES[level]
    names = chance.choice(bodies)
    others = tuple(body[1] for body in bodies if body is not names)
    year = chance.randrange(2021, 2027)
    figures = _figures(chance, level)
    last = _last_year(chance, figures) if chance.random() < 0.5 else None
    sound = Sound(year, level, names, figures, last, others if chance.random() < 0.5 else ())
    sound.received = chance.choice(("new", "both"))
    sound.free = _free(chance)
    writer = Writer(sound, chance)
    sound.title = writer.tokens(
        chance.choice(
            ("{short}政府信息公开工作{y+0}年度报告", "{full}{y+0}年政府信息公开工作年度报告")
        )
    )
    sound.texts = writer.texts()
    return sound


def _figures(chance: random.Random, level: str) -> dict[str, Number]:
    busy = chance.choice((2, 9, 60, 900))

    def draw() -> int:
        return 0 if chance.random() < 0.35 else chance.randrange(1, busy + 1)

    amount = Decimal(chance.randrange(10**9)).scaleb(-chance.randrange(7)) % 7000  # 万元 of a town
    given: dict[str, Number] = {}
    if level != "prefecture":
        given = {f"disclosure.regulations.{key}": 0 for key in ("issued", "repealed", "in_force")}
    figures = sound_figures(draw, chance.choice((amount, Decimal(0))), given)
    for row in ("regulations", "normative"):
        if f"disclosure.{row}.in_force" not in given:
            figures[f"disclosure.{row}.in_force"] += figures[f"disclosure.{row}.issued"]
    return figures


def _last_year(chance: random.Random, figures: Mapping[str, Number]) -> dict[str, Number]:
    """Figures that this year's follow from."""
    given = {
        f"requests.carried_out.{column}": figures[f"requests.carried_in.{column}"]
        for column in _APPLICANTS
    }
    for row in ("regulations", "normative"):
        now = [figures[f"disclosure.{row}.{key}"] for key in ("in_force", "issued", "repealed")]
        given[f"disclosure.{row}.in_force"] = now[0] - now[1] + now[2]
    return sound_figures(lambda: chance.randrange(40), Decimal(7), given)


def _free(chance: random.Random) -> dict[str, Decimal]:
    keys = (
        *("published", "booklets", "sheets", "news", "notices", "rest", "gazettes_first"),
        *("gazettes_second", "cleared", "rules", "columns", "visits", "media", "pictures"),
        *("videos", "trainings", "trained"),
    )
    free = {key: Decimal(chance.randrange(2, 400)) for key in keys}
    free["leaflets"] = free["booklets"] + free["sheets"]
    free["site"] = free["news"] + free["notices"] + free["rest"]
    free["gazettes"] = free["gazettes_first"] + free["gazettes_second"]
    free["fee"] = Decimal(chance.choice((0, chance.randrange(20, 4000))))
    return free


class Writer:
    """Fills sentences with what a report states."""

    def __init__(self, sound: Sound, chance: random.Random) -> None:
        self.sound, self.chance = sound, chance
        self.bound = chance.random() < 0.5

    def texts(self) -> Texts:
        """The paragraphs of every section."""
        some, one = self.some, self.one
        fee = bool(self.sound.free["fee"])
        parts = (
            ("主动公开情况", some(phrases.DISCLOSED, 4)),
            ("依申请公开情况", [*self.requests(), *self.disputes(), *self.compared()]),
            ("政府信息管理情况", [*some(phrases.MANAGED, 2), *(phrases.FEE_TOO if fee else ())]),
            ("政府信息公开平台建设情况", some(phrases.PLATFORMS, 2)),
            ("监督保障情况", [one(phrases.SUPERVISED)]),
        )
        numbered = [
            f"（{{o {order}}}）{name}。{''.join(told)}"
            for order, (name, told) in zip("一二三四五", parts, strict=True)
        ]
        sections = {
            "preface": [one(phrases.PREFACE)],
            "overview": [one(phrases.LEAD), *numbered],
            "problems": [one(phrases.PROBLEMS), one(phrases.PLANS)],
            "other": [one(phrases.OTHER if fee else phrases.NO_FEE)],
        }
        return {key: [self.tokens(text) for text in texts] for key, texts in sections.items()}

    def requests(self) -> list[str]:
        if not self.sound.value("new") and self.chance.random() < 0.7:
            return [self.one(phrases.NOTHING["received"])]
        return [*self.some(phrases.RECEIVED, 2), *self.some(phrases.OUTCOMES, 1)]

    def disputes(self) -> list[str]:
        if not self.sound.value("disputes") and self.chance.random() < 0.7:
            return [self.one(phrases.NOTHING["disputes"])]
        return self.some(phrases.DISPUTED, 2)

    def compared(self) -> list[str]:
        return self.some(phrases.COMPARED, 1) if self.sound.last else []

    def one(self, options: tuple[str, ...]) -> str:
        return self.chance.choice(options)

    def some(self, options: tuple[str, ...], most: int) -> list[str]:
        """A few of these that this report can say."""
        possible = [text for text in options if self.can_say(text)]
        count = min(self.chance.randrange(1, most + 1), len(possible))
        return self.chance.sample(possible, count)

    def can_say(self, text: str) -> bool:
        value = self.sound.value
        wholes = re.findall(r"\{%\w+/(\w+)\}", text)
        changed = re.findall(r"\{\+(\w+)\}", text)
        return all(value(whole) for whole in wholes) and all(
            value(f"last {fact}") and value(fact) != value(f"last {fact}") for fact in changed
        )

    def tokens(self, text: str) -> list[Token]:
        """The text with its slots filled."""
        return list(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[Token]:
        for number, piece in enumerate(re.split(r"\{([^}]*)\}", text)):
            if number % 2:
                yield self._slot(piece)
            elif piece:
                yield Token(piece)

    def _slot(self, slot: str) -> Token:
        sound = self.sound
        kind, _, key = slot.partition(" ")
        full, short, we, everyone = sound.names
        names = {"full": full, "short": short}
        if slot in names:
            return Token(names[slot], "name", slot)
        if slot in ("we", "all"):
            return Token(we if slot == "we" else everyone)
        if slot.startswith("y"):
            return Token(str(sound.year + int(slot[1:])), "year", slot)
        if kind in ("law", "no"):
            return Token(phrases.LAWS[key][kind == "no"], kind, key)
        if kind == "o":
            return Token(key, "order", key)
        if slot.startswith("%"):
            part, _, whole = slot[1:].partition("/")
            exact = sound.value(part) * 100 / sound.value(whole)
            return Token(f"{rounded(exact, 1)}%", "share", slot, exact)
        if slot.startswith("+"):
            before = sound.value(f"last {slot[1:]}")
            exact = (sound.value(slot[1:]) - before) * 100 / before
            way = "增长" if exact > 0 else "下降"
            return Token(f"{way}{rounded(abs(exact), 2)}%", "change", slot, exact)
        value = sound.value(slot)
        term = TERMS.get(sound.received if slot == "received" else slot)
        if term and self.bound and self.chance.random() < 0.6:
            return Token(f"{{{{ {term} }}}}", "bound", slot, value)
        return Token(self.written(value), "number", slot, value)

    def written(self, value: Decimal) -> str:
        """The number as somebody might write it."""
        plain = f"{value:f}"
        style = self.chance.random()
        if style < 0.08:
            return plain.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
        if style < 0.16 and value == int(value) and value < 10**6:
            return words(int(value))
        if style < 0.21:
            return f"{value:,f}"
        return f" {plain} " if style < 0.26 else plain


def rounded(value: Decimal, digits: int) -> Decimal:
    """Rounded to so many decimals, halves up."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def words(value: int) -> str:
    """A number below a million in Chinese words, as 12 is 十二."""
    if value >= 10**4:
        rest = value % 10**4
        gap = "零" if 0 < rest < 1000 else ""
        return f"{words(value // 10**4)}万{gap}{words(rest) if rest else ''}"
    said, zero = "", False
    for unit, scale in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // scale % 10
        if digit:
            said += ("零" if zero and said else "") + "零一二三四五六七八九"[digit] + unit
        zero = not digit
    return (said[1:] if 10 <= value < 20 else said) or "零"


def last_year(sound: Sound) -> dict[str, Any]:
    """Last year's report, with a text of its own."""
    assert sound.last is not None
    tree = sound.tree()
    tree |= {"year": sound.year - 1, "figures": nested(sound.last), "preface": ["情况如下。"]}
    tree["title"] = f"{sound.names[1]}政府信息公开工作年度报告"
    tree["signature"] = {"name": sound.names[0], "date": f"{sound.year}年1月20日"}
    tree["sections"] = {
        "overview": ["开展各项公开工作，依法保障群众的权利。"],
        "problems": ["工作还有不足，正在逐步改进。"],
        "other": ["信息处理费依法收取。"],
    }
    return tree
