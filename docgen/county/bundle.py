"""A report on its way to another machine and back: files by content, not by where they stand.

here: read_bundle → there: make_bundles, in a folder of its own → here: open_answer, hash first
"""

import pickle
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.machine import versions
from docgen.county.summand import read_summands
from docgen.errors import Stop
from docgen.files import scratch
from docgen.files.inputs import is_archive
from docgen.forms.loader import (
    OWN,
    folders_used,
    form_folders,
    load_form,
    read_chain,
    use_folders,
)
from docgen.pipeline import Made, Settings, make_many
from docgen.read.from_csv import MOST_FILES
from docgen.read.neighbour import find_previous

#: Of a report with last year's; a larger one is refused or done where it lies, not sent about.
MOST_BYTES = 8 * 1024 * 1024

#: `2024` in `乙镇-2024.json`, `1202` and `2024` in `12024`, not `0999`.
_YEAR = re.compile(r"(?=([1-9][0-9]{3}))")

Content = bytes | Mapping[str, bytes]  # of a file, or of the files in a folder


class Bundle(NamedTuple):
    """One input with what it is read against."""

    path: Path  # where it lies here; nobody opens that elsewhere
    beside: Mapping[str, Content]  # the input by its name, and last year's beside it, if any
    previous: Content | None  # last year's that was asked for


class Forms(NamedTuple):
    """The forms of this office, for machines that have not got them, and their hash."""

    files: Mapping[str, Mapping[str, bytes]]  # by key, by name
    sha256: str


class Answer(NamedTuple):
    """What was made of bundles, as bytes, and their hash where they were made."""

    made: bytes
    sha256: str


def read_bundle(path: Path, previous: Path | None) -> Bundle | None:
    """Return the bundle of an input, or None for one to deal with here.

    That is one that cannot be read, is too large, has another name behind a link, or has its last
    year in a folder of many.
    """
    if previous and is_archive(previous):
        return None
    try:
        found = [path] if previous else [path, *_find_neighbours(path)]
        beside = {one.name: _read_content(one) for one in found}
        given = _read_content(previous) if previous else b""
    except (Stop, OSError, RuntimeError, ValueError):
        return None

    known = {name: content for name, content in beside.items() if content is not None}
    if len(known) < len(beside) or given is None:
        return None
    size = sum(map(_count_bytes, (*known.values(), given)))
    return Bundle(path, known, given or None) if size <= MOST_BYTES else None


def read_forms() -> Forms:
    """Return the forms of this office, with what they extend; a faulty one as far as it goes."""
    found: dict[str, dict[str, bytes]] = {}
    for path in form_folders():
        try:
            chain = read_chain(path)
            form = load_form(path)
        except Stop:
            continue

        for folder in chain:
            if folder.path.parent != OWN:
                found.setdefault(folder.key, {}).update(folder.files)
        if form.folder and form.template:
            found[form.key][form.template] = files.read_bytes(path / form.template)

    return Forms(found, files.sha256(pickle.dumps(found)))


def _find_neighbours(path: Path) -> set[Path]:
    """Last year's input for whatever year of its name the report turns out to be of."""
    found = (find_previous(path, int(year)) for year in _YEAR.findall(path.name))
    return {beside for beside in found if beside}


def _read_content(path: Path) -> Content | None:
    """Return what a reader would look at there; None for no input or what is called otherwise."""
    if path.resolve().name != path.name:
        return None
    if not path.is_dir():
        return files.read_bytes(path) if path.suffix.lower() in (".json", ".xlsx") else None

    inside = files.in_folder(path)
    if len(inside) > MOST_FILES:
        return None
    plain = (one for one in inside if not one.is_dir() and not one.name.startswith((".", "~$")))
    return {
        one.name: files.read_bytes(one) if one.suffix.lower() == ".csv" else b"" for one in plain
    } or None


def _count_bytes(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else sum(map(len, content.values()))


def make_bundles(
    bundles: Sequence[Bundle],
    settings: Settings,
    template: bytes | None,
    forms: Forms,
    expected: Mapping[str, str],
) -> Answer | None:
    """Return all that these reports make; None if this machine would make it otherwise."""
    if versions(proof=settings.beside.proof) != expected:
        return None

    _use_forms(forms)
    with scratch.folder("batch") as top:
        here = {}  # how each folder is called where the inputs lie
        own = replace(settings, folder=top / "outputs")
        if settings.template and template is not None:
            own = replace(own, template=top / "template" / settings.template.name)
            _lay_out(top / "template", {settings.template.name: template})
            here[top / "template"] = settings.template.parent
        if settings.previous and bundles[0].previous is not None:
            own = replace(own, previous=top / "previous" / settings.previous.name)
            _lay_out(top / "previous", {settings.previous.name: bundles[0].previous})
            here[top / "previous"] = settings.previous.parent
        paths = []
        for number, bundle in enumerate(bundles):
            _lay_out(top / str(number), bundle.beside)
            here[top / str(number)] = bundle.path.parent
            paths.append(top / str(number) / bundle.path.name)
        made: Sequence[Outcome | Made]
        made = read_summands(paths, own) if settings.figures_only else make_many(paths, own)
        told = [
            _as_told_here(one, bundle.path, here) for one, bundle in zip(made, bundles, strict=True)
        ]

    data = pickle.dumps(told)
    return Answer(data, files.sha256(data))


#: Where the forms of each office stand on this machine, for as long as its worker runs.
_standing: dict[str, Path] = {}
_laying = threading.Lock()


def _use_forms(forms: Forms) -> None:
    """Know the forms that were sent and no others, whatever stands where this worker runs."""
    with _laying:
        if forms.sha256 not in _standing:
            top = scratch.new_folder("batch")
            _lay_out(top, forms.files)
            _standing[forms.sha256] = top
        if folders_used() != (_standing[forms.sha256],):
            use_folders([_standing[forms.sha256]])


def open_answer(answer: Answer) -> list[Outcome | Made] | None:
    """Return what was made, in the order of the bundles; None if it is not what left there."""
    if files.sha256(answer.made) != answer.sha256:
        return None
    made: list[Outcome | Made] = pickle.loads(answer.made)
    return made


def _lay_out(folder: Path, contents: Mapping[str, Content]) -> None:
    for name, content in contents.items():
        inside = {name: content} if isinstance(content, bytes) else content
        where = folder if isinstance(content, bytes) else folder / name
        where.mkdir(parents=True, exist_ok=True)
        for one, data in inside.items():
            (where / one).write_bytes(data)


def _as_told_here(one: Outcome | Made, path: Path, here: Mapping[Path, Path]) -> Outcome | Made:
    """Return the same as told where the input lies: no finding names a folder of this machine."""
    if isinstance(one, Made):
        outcome = _as_told_here(one.outcome, path, here)
        assert isinstance(outcome, Outcome)
        return replace(one, outcome=outcome)

    findings = []
    for finding in one.findings:
        message = finding.message
        for folder, its in here.items():
            message = message.replace(_path_begins(folder), _path_begins(its))
        findings.append(replace(finding, message=message))

    return replace(one, input=path, findings=tuple(findings))


def _path_begins(folder: Path) -> str:
    """Return how the path of a file in this folder begins."""
    return str(folder / "_")[:-1]
