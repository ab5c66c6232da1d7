"""Bodies of one county whose reports are summed up: each sound, each with figures of its own."""

import copy
import json
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from county import body_name
from door import INPUTS, plain, write_json
from sound import nested, sound_figures

from docgen.forms.table import Number

COUNTY = "宁川县人民政府"
#: A township makes no regulations.
_NONE = {f"disclosure.regulations.{key}": 0 for key in ("issued", "repealed", "in_force")}

Figures = dict[str, Number]


def body_figures(seed: int) -> Figures:
    """Sound figures, the same for the same number; money has two decimals."""
    chance = random.Random(seed)
    amount = Decimal(chance.randrange(10**6)).scaleb(-2)
    figures = sound_figures(lambda: chance.randrange(30), amount, _NONE)
    figures["disclosure.normative.in_force"] += figures["disclosure.normative.issued"]
    return figures


def write_body(folder: Path, number: int, figures: Mapping[str, Number]) -> Path:
    """The report of the body of this number; its text says no figure of the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    tree: dict[str, Any] = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    tree["preface"] = plain(tree["preface"])
    tree["sections"] = {key: plain(texts) for key, texts in tree["sections"].items()}
    name = body_name(number)
    short = name.removeprefix("乌苏市").removesuffix("人民政府")
    text = json.dumps(tree | {"figures": nested(figures)}, ensure_ascii=False)
    path = folder / f"{number:03}.json"
    path.write_text(text.replace("甘河子镇", short), encoding="utf-8")
    return path


def write_bodies(folder: Path, figures: Sequence[Mapping[str, Number]]) -> list[Path]:
    """The reports of so many bodies, numbered from 1."""
    return [write_body(folder, number, own) for number, own in enumerate(figures, start=1)]


def write_roster(path: Path, names: Sequence[str], parent: str = "", former: str = "") -> Path:
    """A list of these bodies; `former` is what the first was called, too."""
    rows = [f"{name},张三,{parent},{former if not at else ''}" for at, name in enumerate(names)]
    path.write_text("\n".join(["机关名称,联系人,上级机关,曾用名", *rows]) + "\n", encoding="utf-8")
    return path


def sum_of(figures: Sequence[Mapping[str, Number]]) -> Figures:
    """The sum of each cell, reckoned here."""
    total: Figures = {}
    for own in figures:
        for address, value in own.items():
            total[address] = total.get(address, 0) + value
    return total


def write_example(folder: Path, name: str, tree: Mapping[str, Any], **changes: Any) -> Path:
    """Another form's example as the report of a body of this name."""
    folder.mkdir(parents=True, exist_ok=True)
    own = copy.deepcopy(dict(tree)) | changes
    text = json.dumps(own, ensure_ascii=False).replace(str(tree["body"]["name"]), name)
    return write_json(folder / f"{name}.json", json.loads(text))
