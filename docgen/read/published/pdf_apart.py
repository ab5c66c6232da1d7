"""The pages of a PDF, read in a process apart and taken over from there.

What reads them (`pdf_pages.py`) is held to its time and memory, and may crash.
"""

import json
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from docgen.errors import InputStop
from docgen.finding import Place, Rule

NOT_PDF = Rule(
    code="X380",
    name="PDF 打不开",
    severity="error",
    message="“{name}”打不开：{why}",
    why="文件没有下载完、已损坏，或加了密，里面的字就读不出来。",
    example="从网上下载时中断了；发来的 PDF 要密码才能打开。",
    cure="重新下载或另要一份；有 Word 原件或网页的，用它更好。",
    since="0.3.0",
)
PDF_TOO_LARGE = Rule(
    code="X381",
    name="PDF 太大",
    severity="error",
    message="“{name}”太大：{why}",
    why="一份报告几页到几十页，一秒就读完；大得多的多半不是报告，或里面画着图纸、地图。",
    example="把全年的文件汇编合成了一个 300 页的 PDF。",
    cure="核对是不是选错了文件；报告只是其中几页的，先把这几页另存为一个 PDF。",
    since="0.3.0",
)

#: Seconds and bytes that reading a file may take: a report takes 0.2 seconds and 40 megabytes.
SECONDS = 20
MEMORY = 1024**3

#: How a system says that a process was stopped for its time.
_STOPPED = (9, 24)

_WHYS = {
    "broken": (NOT_PDF, "不是 PDF，或文件不完整"),
    "locked": (NOT_PDF, "有密码"),
    "long": (PDF_TOO_LARGE, "超过 200 页"),
    "large": (PDF_TOO_LARGE, "字或线条太多"),
    "slow": (PDF_TOO_LARGE, f"{SECONDS} 秒没有读完"),
}

#: A text that leans more than this, in quarters of a turn, is a stamp over the page.
_ASLANT = 0.1

#: A picture that covers less of its page shows no table: a seal, a badge.
_LARGE = 0.03

#: Radicals that some programs write for characters, and Unicode does not call the same.
_RADICALS = dict(
    zip(
        "⺠⻓⻅⻋⻔⻚⻛⻝⻢⻥⻦⻩⻬⻰⻄⻆⻉⻒⻘⻜⻣⻤⺟⻊⻮⻳",
        "民长见车门页风食马鱼鸟黄齐龙西角贝韦青飞骨鬼母足齿龟",
        strict=True,
    )
)

#: What the process apart tells of a page: characters, lines, pictures, facts, as rows.
Told = dict[str, list[list[float]]]


class Glyph(NamedTuple):
    """A character in its em box, in points from the top left of the page.

    `x`, `y` are the middle of its ink, `start`, `base` where it stands on its line; `quarter` is
    how the line runs: 0 to the right, 1 downwards, 2 to the left, -1 upwards. `sight` is how well
    it is seen, as a key of `pdf_sight.SIGHTS`.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float
    start: float
    base: float
    size: float
    quarter: float
    sight: float = 0

    @property
    def is_turned(self) -> bool:
        """Whether its line does not run to the right."""
        return round(self.quarter) % 4 != 0


class Ruling(NamedTuple):
    """A level or upright line."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left > self.bottom - self.top


@dataclass(frozen=True)
class SeenPage:
    """One page as it is looked at: its characters, lines and pictures."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rulings: Sequence[Ruling]
    hidden: int  # characters that are there and not seen
    pictures: Sequence[float]  # where those begin that are large enough to show a table
    pictured: float  # the part of the page that its largest picture covers
    points: int  # ends of lines drawn


def read_pages_apart(data: bytes, place: Place) -> list[SeenPage]:
    """Return the pages of a PDF. Raise InputStop where it cannot be read within the limits."""
    told = _ask(data)
    if isinstance(told, str):
        raise pdf_stop(told, place)
    return [page_of(page, number) for number, page in enumerate(told, start=1)]


def pdf_stop(word: str, place: Place) -> InputStop:
    """Return what stops a PDF, by a word of `_WHYS`."""
    rule, why = _WHYS[word]
    return InputStop(rule.at(place, name=place.file, why=why))


def _ask(data: bytes) -> list[Told] | str:
    """Return what the process apart tells of the pages; a word of `_WHYS` where it cannot."""
    if b"%PDF-" not in data[:1024]:
        return "broken"

    script = Path(__file__).with_name("pdf_pages.py")
    try:
        ended = subprocess.run(
            [sys.executable, "-P", str(script), str(SECONDS), str(MEMORY)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "slow"

    if ended.returncode:  # stopped by the system, or crashed
        return "slow" if -ended.returncode in _STOPPED else "broken"
    told: list[Told] | str = json.loads(ended.stdout)
    return told


def page_of(told: Told, number: int) -> SeenPage:
    """Return a page, turned so that most of its text runs to the right."""
    [[width, height, hidden, points]] = told["facts"]
    sheet = width * height
    covered = [(top, (x - left) * (y - top) / sheet) for left, top, x, y in told["pictures"]]
    pictures = sorted(top for top, part in covered if part > _LARGE)
    pictured = max((part for _, part in covered), default=0.0)
    glyphs = [Glyph(_plain(str(text)), *rest) for text, *rest in told["glyphs"]]
    rulings = [Ruling(*line) for line in told["rulings"]]

    straight = [one for one in glyphs if abs(one.quarter - round(one.quarter)) < _ASLANT]
    ways = Counter(round(one.quarter) % 4 for one in straight)
    for _ in range(max(ways, key=ways.__getitem__, default=0)):  # each time a quarter to the left
        straight = [_turned(one, width) for one in straight]
        rulings = [Ruling(x.top, width - x.right, x.bottom, width - x.left) for x in rulings]
        width, height = height, width

    return SeenPage(
        number, width, height, straight, rulings, int(hidden), pictures, pictured, int(points)
    )


def _turned(one: Glyph, width: float) -> Glyph:
    """Return a character of a page this wide that is turned a quarter to the left."""
    return one._replace(
        left=one.top,
        top=width - one.right,
        right=one.bottom,
        bottom=width - one.left,
        x=one.y,
        y=width - one.x,
        start=one.base,
        base=width - one.start,
        quarter=one.quarter - 1,
    )


def _plain(letter: str) -> str:
    """Return the ordinary character for one that stands for a radical: `⼀` is 一, `⻅` is 见."""
    if "\u2e80" <= letter <= "\u2fdf":
        return _RADICALS.get(letter) or unicodedata.normalize("NFKC", letter)
    return letter
