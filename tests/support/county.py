"""A county: many reports made from the reference one, each of a body of its own."""

import json
from pathlib import Path
from typing import Any

NAME, SHORT = "乌苏市甘河子镇人民政府", "甘河子镇"


def county(reference: dict[str, Any], folder: Path, count: int) -> list[Path]:
    """Inputs `01.json`, … in a folder; no two reports are the same."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(reference, ensure_ascii=False)
    paths = []
    for number in range(1, count + 1):
        short = body_name(number).removeprefix("乌苏市").removesuffix("人民政府")
        paths.append(folder / f"{number:02}.json")
        paths[-1].write_text(text.replace(SHORT, short), encoding="utf-8")
    return paths


def body_name(number: int) -> str:
    """The name of the body that sends the report of this number."""
    return NAME.replace("甘河子", "".join("零一二三四五六七八九"[int(d)] for d in str(number)))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder by name; none may be left aside."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
