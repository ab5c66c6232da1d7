"""PDFs of reports drawn otherwise, so that a person sees in them the same figures, or fewer.

Every figure that is read from one is that of the report, or there is a finding.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pages
from drawn_pdf import Leaf, pdf_of
from drawn_report import SIZE, leaves_of

from docgen.address import Address
from docgen.check import check_report
from docgen.errors import InputStop
from docgen.model import Reading
from docgen.read import read_report

REPORTS = ("suqian_2023", "jinhu_2023", "enforcement-zhejiang", "enforcement-shandong")

# match: what Leaf.text draws.
_TEXT = re.compile(
    r"BT 0 Tr /F (?P<size>[\d.]+) Tf 1 0 0 1 (?P<x>[\d.-]+) (?P<y>[\d.-]+) Tm "
    r"<(?P<codes>\w+)> Tj ET"
)
#: Ways to draw a digit behind a figure that a person does not take for one of it.
_BESIDE = (
    "{at} 0 Tr /F 1 Tf {digit} ET",
    "{at} 3 Tr /F 10 Tf {digit} ET",
    "{at} 0 Tr 1 g /F 10 Tf {digit} ET 0 g",
    "{at} 0 Tr 0.92 g /F 10 Tf {digit} ET 0 g",
    "{at} 0 Tr /F 10 Tf {digit} ET 0.6 w {x} {middle} m {end} {middle} l S",
    "{at} 0 Tr /F 5 Tf {digit} ET",
    "{at} 0 Tr /F 10 Tf {digit} ET {x} {y} 5 8 re f",
    "q {x} {y} 0.1 9 re W n {at} 0 Tr /F 10 Tf {digit} ET Q",
)

Way = Callable[[list[Leaf], Random], None]


def wrong_figures(random: Random) -> Iterator[str]:
    """Yield what is read wrongly of a report drawn otherwise, and not told of."""
    name = random.choice(REPORTS)
    told = pages.input_of(name)
    tables = [table.key for table in told.form.tables]
    lined = random.choice((tables, (), [key for key in tables if random.random() < 0.7]))
    leaves = leaves_of(told, None, lined, random.choice((0, 0.5, 1)))
    ways = random.choices(WAYS, k=random.randint(1, 3))
    for way in ways:
        way(leaves, random)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{told.report.year}.pdf")
        path.write_bytes(pdf_of(leaves))
        try:
            reading = read_report(path)
        except InputStop:
            return

    yield from (
        f"{name} {[way.__name__ for way in ways]} lined {lined}: {address} was read as {read}"
        for address, read in _untold(told, reading)
    )


def _untold(told: Reading, reading: Reading) -> Iterator[tuple[str, object]]:
    """Yield the figures that are read wrongly, or not, without a finding on them."""
    findings = [*reading.findings, *check_report(reading)]
    errors = [finding for finding in findings if finding.severity == "error"]
    named = {place.address for finding in findings for place in finding.places}
    for address, value in told.report.figures.items():
        read = reading.report.figures.get(address)
        is_named = any(part in named for part in Address(address).lineage)
        if read != value and not is_named and (read is not None or not errors):
            yield address, read


def _some_text(leaves: list[Leaf], random: Random, pattern: str) -> tuple[Leaf, int, re.Match[str]]:
    """Return where a text is drawn that is like this."""
    found = [
        (leaf, number, match)
        for leaf in leaves
        for number, drawn in enumerate(leaf.drawn)
        if (match := _TEXT.fullmatch(drawn)) and re.fullmatch(pattern, _said(match))
    ]
    return random.choice(found)


def _said(match: re.Match[str]) -> str:
    return bytes.fromhex(match["codes"]).decode("utf-16-be")


def _hide_behind(leaves: list[Leaf], random: Random) -> None:
    """A digit stands behind a figure, and is none of it."""
    leaf, number, match = _some_text(leaves, random, r"[\d.]+")
    x, y = float(match["x"]) + SIZE / 2 * len(_said(match)), float(match["y"])
    place = {"x": x, "y": y, "end": x + SIZE / 2, "middle": y + 3.2}
    digit = f"<{random.choice('0123456789').encode('utf-16-be').hex()}> Tj"
    way = random.choice(_BESIDE)
    drawn = way.format(at=f"BT 1 0 0 1 {x} {y} Tm", digit=digit, **place)
    leaf.drawn.insert(number + random.choice((0, 1)), drawn)


def _lose_text(leaves: list[Leaf], random: Random) -> None:
    """A figure or a label is not printed."""
    leaf, number, _ = _some_text(leaves, random, random.choice((r"[\d.]+", r"\D.*")))
    del leaf.drawn[number]


def _lose_lines(leaves: list[Leaf], random: Random) -> None:
    """Some of the lines of tables are not drawn."""
    part = random.choice((0.02, 0.1, 0.9))
    for leaf in leaves:
        leaf.drawn = [
            drawn for drawn in leaf.drawn if not drawn.endswith(" S") or random.random() > part
        ]


def _shuffle(leaves: list[Leaf], random: Random) -> None:
    """All is drawn in another order."""
    for leaf in leaves:
        random.shuffle(leaf.drawn)


def _shift(leaves: list[Leaf], random: Random) -> None:
    """Every text stands a little beside its place."""
    for leaf in leaves:
        for number, drawn in enumerate(leaf.drawn):
            if match := _TEXT.fullmatch(drawn):
                x, y = (float(match[key]) + random.uniform(-0.8, 0.8) for key in "xy")
                place = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
                leaf.drawn[number] = drawn.replace(f"1 0 0 1 {match['x']} {match['y']} Tm", place)


def _part(leaves: list[Leaf], random: Random) -> None:
    """Texts are drawn character by character."""
    for leaf in leaves:
        pieces: list[str] = []
        for drawn in leaf.drawn:
            match = _TEXT.fullmatch(drawn)
            if match and random.random() < 0.5:
                x, size = float(match["x"]), float(match["size"])
                for letter in _said(match):
                    code = letter.encode("utf-16-be").hex()
                    at = f"1 0 0 1 {x:.2f} {match['y']} Tm"
                    pieces.append(f"BT 0 Tr /F {match['size']} Tf {at} <{code}> Tj ET")
                    x += size / 2 if letter.isascii() else size
            else:
                pieces.append(drawn)
        leaf.drawn = pieces


def _embolden(leaves: list[Leaf], random: Random) -> None:
    """Texts are drawn twice, a little apart."""
    for leaf in leaves:
        again = []
        for drawn in leaf.drawn:
            match = _TEXT.fullmatch(drawn)
            if match and random.random() < 0.2:
                x = float(match["x"]) + 0.2
                again.append(drawn.replace(f"0 0 1 {match['x']} ", f"0 0 1 {x} "))
        leaf.drawn += again


def _scale(leaves: list[Leaf], random: Random) -> None:
    """Pages are printed smaller or larger."""
    scale = random.choice((0.5, 0.8, 1.3))
    for leaf in leaves:
        leaf.width, leaf.height = leaf.width * scale, leaf.height * scale
        leaf.drawn = [f"q {scale} 0 0 {scale} 0 0 cm", *leaf.drawn, "Q"]


def _turn(leaves: list[Leaf], random: Random) -> None:
    """A page is turned as a whole."""
    leaf = random.choice(leaves)
    leaf.turn = random.choice((90, 180, 270))


def _stamp(leaves: list[Leaf], random: Random) -> None:
    """A stamp lies aslant over every page, and numbers stand at the foot."""
    for number, leaf in enumerate(leaves, start=1):
        stamp = "内部资料2024".encode("utf-16-be").hex()
        leaf.raw(f"BT 0 Tr 0.8 g /F 60 Tf 0.7 0.7 -0.7 0.7 120 200 Tm <{stamp}> Tj ET 0 g")
        leaf.text(leaf.width / 2, leaf.height - 20, random.choice((f"{number}", f"- {number} -")))


WAYS: tuple[Way, ...] = (
    _hide_behind, _hide_behind, _hide_behind, _lose_text, _lose_lines, _shuffle, _shift, _part,
    _embolden, _scale, _turn, _stamp,
)  # fmt: skip
