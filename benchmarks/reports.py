"""Reports to measure with: the reference's shape, each with a name, figures and words of its own.

As inputs they are sound: docgen issues each of them.
"""

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import INPUT
from own_forms import FORM
from sound import nested, sound_figures

from docgen.forms.loader import use_folders
from docgen.forms.outline import write_outline
from docgen.forms.table import Line

LONG = "disclosure-long"
#: A township makes no regulations.
REGULATIONS = {f"disclosure.regulations.{key}": 0 for key in ("issued", "repealed", "in_force")}


def texts(start: int, stop: int) -> Iterator[str]:
    """The JSON inputs of these numbers: the same for the same number, no two alike."""
    reference = json.loads(INPUT.read_text(encoding="utf-8"))
    del reference["figures"]
    text = json.dumps(reference, ensure_ascii=False)
    for number in range(start, stop):
        chance = random.Random(number)
        figures = sound_figures(lambda: chance.randrange(30), 0, REGULATIONS)  # noqa: B023
        name = f"{chr(0x5000 + number % 200)}{chr(0x6000 + number // 200)}镇"
        received = f"新收政府信息公开申请{figures['requests.received.total']}件"
        own = text.replace("甘河子镇", name).replace("未收到政府信息公开申请", received)
        tree: dict[str, Any] = json.loads(own)
        yield json.dumps(tree | {"figures": nested(figures)}, ensure_ascii=False)


def write_inputs(folder: Path, start: int, stop: int) -> list[Path]:
    """These inputs as files, `00000.json` and on."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05}.json" for number in range(start, stop)]
    for path, text in zip(paths, texts(start, stop), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def with_paragraphs(count: int) -> str:
    """The reference with so many paragraphs in its first section, no two alike."""
    from compare import sentence  # late: it loads what writes workbooks, and memory is measured

    tree = json.loads(next(texts(0, 1)))
    chance = random.Random(count)
    tree["sections"]["overview"] = [sentence(chance) for _ in range(count)]
    return json.dumps(tree, ensure_ascii=False)


def with_rows(count: int) -> str:
    """The reference in a form of its own, with so many more rows in the first table."""
    table = FORM.tables[1]
    rows = table.bands[0].rows
    more = tuple(Line(f"more_{number}", f"结转{number}") for number in range(count))
    outline = "\n".join(write_outline((*rows, *more)))
    folder = Path(tempfile.mkdtemp(), LONG)
    folder.mkdir()
    text = f'extends = "{FORM.key}"\n[[part]]\ngrid = "{table.key}"\nrows = """\n{outline}\n"""\n'
    (folder / "form.toml").write_text(text, encoding="utf-8")
    use_folders([folder])

    tree = json.loads(next(texts(0, 1)))
    for number, line in enumerate(more):
        figures = {path[-1].key: number for path in table.bands[0].column_paths}
        figures["total"] = number * (len(figures) - 1)
        tree["figures"][table.key][line.key] = figures
    return json.dumps(tree | {"form": LONG}, ensure_ascii=False)
