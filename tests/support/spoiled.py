"""Reports spoilt at random, and what is found in each.

`python tests/support/spoiled.py` writes tests/data/findings.txt, a line a rule: how many findings
of it there are in all the reports, and a checksum of their places and of the cells they suspect.
A message may be worded anew; where another change to a rule shows, `spoiled.py E302` prints the
findings of E302, to be compared with what it prints before the change. No two runs differ: the
reports follow from a seed.
"""

import json
import random
import re
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from changes import slip
from door import DATA
from sound import Sound, last_year, nested, sound_report

from docgen.check import check_report, coverage
from docgen.finding import Finding
from docgen.read import read_report

KEPT = DATA / "findings.txt"
COUNT = 500

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORDS = """
件 条 次 万元 元 人次 个百分点 XX ×× 。。 ，， 其中 共 约 增长 下降 同比 占 比上年
纠正 全县 全市 我镇 较2023年 2021年 2025年 2019年， 上半年 今年 明年将 未收到
没有 新收 受理 办结 结转 本机关 全镇 某某 予以公开 行政复议 行政诉讼 信访 石河乡人民政府
市发展和改革委员会 请填写 【填写】 三个方面 两项措施： 一是 二是 三是 四是 （一） （二）
（三） 1. 2. 3. 《中华人民共和国政府信息公开条例》 《政府信息公开条列》
国办函〔2020〕109号 国办发[2021]30号 13912345678
650105199003071234 6222020200112233445 镕 㐂 〇
"""
_PIECES = (
    *"0123456789一二三四五六七八九十百零两、，。；：！？“”‘’（）《》〈〉〔〕【】,.:;()%％…—",
    *_WORDS.split(),
    "    ",
    "\n",
)


def summary() -> list[str]:
    """A line for every rule: how often, and a checksum of where."""
    kept: dict[str, list[str]] = defaultdict(list)
    for line in findings():
        kept[line.split()[1]].append(f"{line}\n")
    return [
        f"{code} {len(lines)} {zlib.crc32(''.join(lines).encode()):08x}"
        for code, lines in sorted(kept.items())
    ]


def findings() -> Iterator[str]:
    """The number of a report, a code, its places and suspects; or which rule could not run."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(COUNT):
            found, left_out = _checked(Path(name), random.Random(f"spoilt {number}"))
            yield from sorted(f"{number} {_told(finding)}" for finding in found)
            yield from (f"{number} {code} could not run" for code in left_out)


def _checked(folder: Path, chance: random.Random) -> tuple[list[Finding], list[str]]:
    """What is found in one report, and which rules could not run."""
    sound = sound_report(chance)
    previous = None
    if sound.last:
        previous = read_report(_write(folder, sound.year - 1, last_year(sound)))
    reading = read_report(_write(folder, sound.year, _spoil(sound, chance)), previous)
    not_run = coverage.cover(reading, previous).not_run
    return [*reading.findings, *check_report(reading, previous)], [code for code, _ in not_run]


def _write(folder: Path, year: int, tree: dict[str, Any]) -> Path:
    path = folder / f"{year}.json"
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    return path


def _spoil(sound: Sound, chance: random.Random) -> dict[str, Any]:
    """The report with some figures and, in some paragraphs, a few places changed."""
    figures = dict(sound.figures)
    for address in chance.sample(sorted(figures), chance.choice((0, 0, 1, 1, 2, 3))):
        was = figures[address]
        wrong = slip(Decimal(was), chance)
        figures[address] = int(wrong) if isinstance(was, int) else wrong
    tree = sound.tree() | {"figures": nested(figures)}
    texts = [tree["preface"], *tree["sections"].values()]
    for _ in range(chance.randrange(2, 9)):
        paragraphs = chance.choice([text for text in texts if text])
        at = chance.randrange(len(paragraphs))
        paragraphs[at] = _edit(paragraphs[at], chance)
    if chance.random() < 0.1:
        chance.choice(texts).clear()
    if chance.random() < 0.2:
        tree["title"] = _edit(tree["title"], chance).replace("\n", "")
    if chance.random() < 0.2:
        tree["signature"]["date"] = (
            f"{sound.year + chance.randrange(3)}年{chance.randrange(1, 13)}月9日"
        )
    return tree


def _edit(text: str, chance: random.Random) -> str:
    """A text with another number, or with something put in, taken out, in another's place."""
    numbers = list(_NUMBER.finditer(text))
    if numbers and chance.random() < 0.5:
        number = chance.choice(numbers)
        wrong = slip(Decimal(number[0]), chance)
        return f"{text[: number.start()]}{wrong}{text[number.end() :]}"
    at = chance.randrange(len(text) + 1)
    end = min(at + chance.choice((0, 0, 1, 1, 2, 5, 12)), len(text))
    piece: str = chance.choice(("", *_PIECES))
    return text[:at] + piece + text[end:]


def _told(finding: Finding) -> str:
    places = " ".join(place.address or place.cell for place in finding.places)
    suspects = "".join(
        f" ?{suspect.place.address}={suspect.expected}" for suspect in finding.suspects
    )
    return f"{finding.code} {places}{suspects}"


def main() -> None:
    """Write what the rules find today, or print all that one of them finds."""
    for code in sys.argv[1:]:
        print(*(line for line in findings() if line.split()[1] == code), sep="\n")
    if not sys.argv[1:]:
        KEPT.write_text("\n".join(summary()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
