"""One Python engine in a process of its own: fill its template with many reports.

`python worker.py ENGINE FOLDER COUNT OUTPUTS` on what `peers.prepare` put into the folder; prints
the seconds. As with the node engines, what is filled in is read before the clock starts; opening
and compiling the template counts. Only docgen's whole issue reads its inputs within the time.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Work = Callable[[], None]


def docxtpl(folder: Path, outputs: Sequence[Path]) -> Work:
    """As its documentation has it: a new DocxTemplate for each document."""
    from docxtpl import DocxTemplate

    text = folder.joinpath("names.json").read_text(encoding="utf-8")
    contexts: list[Any] = json.loads(text, object_hook=lambda names: SimpleNamespace(**names))
    path = folder / "templates" / "docxtpl.docx"

    def work() -> None:
        for names, output in zip(contexts, outputs, strict=False):
            template = DocxTemplate(path)
            template.render(vars(names), autoescape=True)
            template.save(output)

    return work


def docgen_merge(folder: Path, outputs: Sequence[Path]) -> Work:
    """The merge alone, of reports that are read: no checks, no read-back, no record."""
    from docgen.merge import load_template, merge_report
    from docgen.read import read_report

    readings = (read_report(path) for path, _ in zip(inputs(folder), outputs, strict=False))
    reports = [(reading.form, reading.report) for reading in readings]

    def work() -> None:
        for (form, report), output in zip(reports, outputs, strict=True):
            output.write_bytes(merge_report(load_template(form, None), form, report))

    as_docgen_runs()
    return work


def docgen_issue(folder: Path, outputs: Sequence[Path]) -> Work:
    """What `docgen render` does for every report: read, check, merge, read back, issue."""
    from docgen.pipeline import Settings, issue

    settings = Settings(folder=outputs[0].parent)

    def work() -> None:
        for path, output in zip(inputs(folder), outputs, strict=False):
            assert output in issue(path, settings).outputs

    as_docgen_runs()
    return work


def floor(folder: Path, outputs: Sequence[Path]) -> Work:
    """No engine at all: the finished XML of each document deflated as docgen does, and written."""
    from docgen.files import ooxml

    made = [path.read_bytes() for path in sorted(folder.joinpath("finished").glob("*.docx"))]
    documents = [ooxml.read_parts(document)[ooxml.DOCUMENT] for document in made]

    def work() -> None:
        for document, output in zip(documents, outputs, strict=True):
            output.write_bytes(ooxml.pack(document).deflated)

    return work


ENGINES = {
    "docxtpl": docxtpl,
    "docgen-merge": docgen_merge,
    "docgen-issue": docgen_issue,
    "floor": floor,
}


def as_docgen_runs() -> None:
    """The collector set as `docgen.__main__` sets it."""
    gc.freeze()
    gc.set_threshold(50_000)


def inputs(folder: Path) -> list[Path]:
    """The inputs in order."""
    return sorted(folder.joinpath("inputs").glob("*.json"))


def main() -> None:
    """Fill, and print the seconds it took."""
    engine, folder, count, target = sys.argv[1:]
    outputs = [Path(target, f"{number:05}.docx") for number in range(int(count))]
    work = ENGINES[engine](Path(folder), outputs)
    start = time.perf_counter()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
