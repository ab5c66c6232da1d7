"""Reports whose sentences are known, to be compared."""

import json
import random
from pathlib import Path
from typing import Any

from door import INPUTS, Run, write_json

Tree = dict[str, Any]


#: The characters of GB 2312, level one.
COMMON = [
    bytes((lead, trail)).decode("gb2312")
    for lead in range(0xB0, 0xD7)
    for trail in range(0xA1, 0xFF)
]


def sentences(count: int, seed: int = 1) -> list[str]:
    """So many sentences that are nothing alike, of characters in common use."""
    chance = random.Random(seed)
    return ["".join(chance.choice(COMMON) for _ in range(24)) for _ in range(count)]


def tree(texts: list[str], body: str = "乌苏市甘河子镇人民政府", year: int = 2024) -> Tree:
    """A report whose text is these sentences, as JSON."""
    report: Tree = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    report["body"] = {"name": body, "level": "township"}
    report["year"] = year
    report["preface"] = []
    report["sections"] = {"overview": ["".join(f"{text}。" for text in texts)]}
    return report


def compared(run: Run) -> Tree:
    """The object of `--json`."""
    result: Tree = json.loads(run.out)
    return result


def write(folder: Path, texts: list[list[str]], bodies: list[str] | None = None) -> None:
    """A folder of reports with these texts."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        body = bodies[number] if bodies else f"乙山县第{chr(0x7532 + number)}镇人民政府"
        write_json(folder / f"{number:03}.json", tree(text, body))


def own(count: int, reports: int) -> list[list[str]]:
    """So many texts, each of so many sentences that no other has."""
    every = sentences(count * reports, seed=7)
    return [every[at : at + count] for at in range(0, len(every), count)]
