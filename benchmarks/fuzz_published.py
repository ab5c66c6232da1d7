"""Published reports spoilt at random and read: a documented end, soon, and no wrong figure untold.

`python benchmarks/fuzz_published.py COUNT [SEED] [KIND …]` in an environment with docgen installed.
Kinds: docx html mht zip, and through LibreOffice doc odt rtf xls; those are converted many at a
time, as docgen converts one. What breaks is kept in `fuzz-found/`; the exit code is 1 then.

A wrong figure is counted where tags were spoilt and no word: one that is read, is not what it was,
and of which nothing new is told. Where bytes were, the file may really say another figure.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import measure  # noqa: F401  it says where the next ones stand
from door import INPUTS
from fuzzing import run
from pages import input_of
from spoilt_reports import REPORT, published, spoilt

from docgen import files, office
from docgen.check import check_report
from docgen.errors import Stop
from docgen.model import Reading
from docgen.read import read_report
from docgen.read.published.converted import _SECONDS, _WRITTEN, _format_of

QUICK, SLOW = ("docx", "html", "mht", "zip"), ("doc", "odt", "rtf", "xls")
SECONDS, BATCH = 20, 20


def main() -> None:
    """Spoil, read, count and print, kind by kind."""
    count, seed, *kinds = [*sys.argv[1:], *["1000", "0"][len(sys.argv[1:3]) :]]
    signal.signal(signal.SIGALRM, _late)
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds or (*QUICK, *SLOW):
            begun, counted = time.monotonic(), Counter[str]()
            original = _original(kind, Path(folder))
            known = _told(read_report(original))
            for path, is_same in _spoilt_files(original, kind, int(count), seed, Path(folder)):
                ends = list(_ends(path, known, is_same=is_same, kind=kind))
                counted.update(end.partition(":")[0] for end in ends)
                if faults := [end for end in ends if end not in ("read", "refused", "changed")]:
                    broken += 1
                    kept = Path("fuzz-found", f"{kind}-{seed}-{sum(counted.values())}{path.suffix}")
                    kept.parent.mkdir(exist_ok=True)
                    shutil.copy(path, kept)
                    print(f"{kept}: {faults}", flush=True)
            print(f"{kind}: {dict(counted)}, {time.monotonic() - begun:.0f} s", flush=True)
    sys.exit(1 if broken else 0)


def _original(kind: str, folder: Path) -> Path:
    """A sound file of this kind."""
    path = folder / f"sound.{kind}"
    if kind in QUICK:
        path.write_bytes(published(kind))
        return path

    source = folder / ("sound.xlsx" if kind == "xls" else "sound.docx")
    source.write_bytes((INPUTS / "2024.xlsx").read_bytes() if kind == "xls" else published("docx"))
    command = [
        str(office.find_office()),
        "--headless",
        f"-env:UserInstallation={folder.as_uri()}/p",
    ]
    command += ["--convert-to", kind, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return path


def _spoilt_files(
    original: Path, kind: str, count: int, seed: str, folder: Path
) -> Iterator[tuple[Path, bool]]:
    """Yield spoilt files, converted where they need to be, and whether their words stayed."""
    data = original.read_bytes()
    for start in range(0, count, BATCH):
        made: list[tuple[Path, bool]] = []
        for number in range(start, min(start + BATCH, count)):
            spoiled, is_same = spoilt(data, kind, Random(f"{kind} {seed} {number}"))
            path = folder / f"{number}.{kind}"
            path.write_bytes(spoiled)
            made.append((path, is_same))

        converted = _convert([path for path, _ in made]) if kind in SLOW else {}
        for path, is_same in made:
            yield converted.get(path, path), is_same
        for path in [*(path for path, _ in made), *converted.values()]:
            path.unlink()


def _convert(paths: list[Path]) -> dict[Path, Path]:
    """Return what LibreOffice makes of files; what breaks it is left to docgen to meet alone."""
    found = next((f for f in map(_format_of, (p.read_bytes() for p in paths)) if f), None)
    program = office.find_office()
    if found is None or program is None:
        return {}

    filters = office.Filters(found.read, _WRITTEN[found.target])
    fit = [path for path in paths if _format_of(path.read_bytes()) == found]
    made: dict[Path, Path] = {}
    with office.ONE_AT_A_TIME, office.work_folder() as work:
        for path in fit:
            shutil.copy(path, work / path.name)
        copies = [work / path.name for path in fit]
        office.run_office(program, copies, filters, _SECONDS * 4, memory=4 * 1024**3)
        for path, copy in zip(fit, copies, strict=True):
            if files.regular_bytes(copy.with_suffix(found.target), files.LIMIT):
                made[path] = path.with_suffix(found.target)
                shutil.copy(copy.with_suffix(found.target), made[path])
    return made


def _ends(path: Path, known: set[str], *, is_same: bool, kind: str) -> Iterator[str]:
    """Yield how reading a file ended, and what must not be."""
    begun = time.process_time()
    signal.alarm(6 * SECONDS)
    try:
        code, said = run(f"check {path} --json")
        if code not in (0, 1, 3) or "Traceback" in said:
            yield f"exit {code}: {said[-300:]}"
        try:
            after = read_report(path) if code != 3 else None
        except Stop:
            after = None
        yield "refused" if after is None else "read"
        if after is not None and kind != "xls":
            yield from _wrong(after, known, is_same=is_same)
    except TimeoutError:
        yield "hangs"
    signal.alarm(0)
    if time.process_time() - begun > SECONDS:
        yield "slow"


def _wrong(after: Reading, known: set[str], *, is_same: bool) -> Iterator[str]:
    """Yield that figures are not what they were, where nothing new is told."""
    before = input_of(REPORT).report.figures
    wrong = {a: n for a, n in after.report.figures.items() if before.get(a) != n}
    if wrong and not _told(after) - known:
        yield f"wrong untold: {wrong}" if is_same else "changed"


def _told(reading: Reading) -> set[str]:
    """What is told of a report, notes aside."""
    found = [*reading.findings, *check_report(reading)]
    return {finding.message for finding in found if finding.severity != "note"}


def _late(_number: int, _frame: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
