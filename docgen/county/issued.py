"""What stands for each body and is sound is issued, under the name of the body and the year.

A copy of what it was issued from stays under the same name, and one of last year's report that it
was checked against: so `docgen verify` can make the issue again, whatever becomes of the folders
that they came in.
"""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.asked import Asked, CarryOut
from docgen.county.ledger import Ledger
from docgen.county.received import hash_input
from docgen.county.remembered import (
    Json,
    NotKept,
    as_list,
    as_object,
    read_outcome,
    text_of,
    write_outcome,
)
from docgen.county.work import other_names
from docgen.errors import OutputStop, Stop
from docgen.files.inputs import find_inputs
from docgen.finding import Finding, Rule
from docgen.issuing.at_hand import KEPT_PREVIOUS, holds, previous_of
from docgen.issuing.record import DOCUMENT, RECORD, Target, load_record
from docgen.pipeline import Settings, issue_many

STALE_ISSUED = Rule(
    code="B130",
    name="先前签发的不再算数",
    severity="warning",
    message="“已签发”里有 {count} 份不再算数，名单里没有这个名称了：{names}",
    why="机关在名单里改了名，先前照旧名称签发的还在；两份一起发出去，就不知道哪一份算数。",
    example="名单里的“石桥乡”改成“石桥乡人民政府”，“石桥乡-2025.docx”还在“已签发”里。",
    cure="改了名的，把它和同名的几个文件移出“已签发”；没有改的，补进名单。docgen 一份也不删。",
    since="0.4.0",
)

#: Where documents go, and the copies of what they were made from.
ISSUED, FROM = "已签发", "inputs"


def find_stale(folder: Path, year: int, stems: Iterable[str]) -> list[Finding]:
    """Return that documents of this year stand there that are none of these, if there are some.

    Only what has a record is docgen's; of a second report of a body its name has a number.
    """
    owed = {stem.casefold() for stem in stems}
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []

    stale = []
    for name in names:
        stem = name.removesuffix(RECORD)
        document = f"{stem}{DOCUMENT}"
        plain = stem.casefold().removesuffix("-2")
        is_year = stem.endswith(f"-{year}") or f"-{year}-" in stem
        if name != stem and document in names and is_year and plain not in owed:
            stale.append(document)

    told = "、".join(f"“{name}”" for name in stale)
    return [STALE_ISSUED.at(count=len(stale), names=told)] if stale else []


class Issuer:
    """Issues the reports that are added, all together."""

    def __init__(self, asked: Asked, ledger: Ledger, conditions: str) -> None:
        self._asked, self._ledger, self._conditions = asked, ledger, conditions
        self._outcomes: dict[str, Outcome] = {}
        self._waiting: dict[Path, tuple[str, str, str]] = {}  # key, stem and hash by the copy
        self._stems: set[str] = set()

    def add(self, key: str, stem: str, path: Path, sha256: str) -> None:
        """Issue this input under this name, unless it stands there from another run."""
        while stem.casefold() in self._stems:
            stem = f"{stem}-2"
        self._stems.add(stem.casefold())
        try:
            copy = self._copy(path, stem)
        except Stop as error:  # it is gone by now, or there is no room
            self._outcomes[key] = Outcome(path, "refused", error.findings, error.exit_code)
            return
        known = self._recall(stem, sha256, copy)
        if known:
            self._outcomes[key] = known
        else:
            self._waiting[copy] = (key, stem, sha256)

    def issue(self, carry_out: CarryOut) -> dict[str, Outcome]:
        """Return what became of all that was added."""
        asked = self._asked
        folder, beside = asked.results / ISSUED, asked.beside
        settings = Settings(folder, beside=beside, previous=asked.previous)
        work = partial(issue_from, settings=settings, roster=asked.roster)
        for outcome in carry_out(work, list(self._waiting), beside.proof):
            key, stem, sha256 = self._waiting[outcome.input]
            self._outcomes[key] = outcome
            if outcome.outputs and outcome.exit_code != OutputStop.exit_code:
                self._keep_previous(stem)
                self._keep(stem, sha256, outcome)
        return self._outcomes

    def _copy(self, path: Path, stem: str) -> Path:
        """Return the copy of an input under the name of its issue."""
        folder = self._asked.results / FROM
        if path.is_dir():
            copy = folder / stem
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() == ".csv")
            if hash_input(copy) != hash_input(path):
                shutil.rmtree(copy, ignore_errors=True)
                files.rename_together({copy / one.name: files.read_bytes(one) for one in inside})
            return copy

        copy = folder / f"{stem}{path.suffix.lower()}"
        data = files.read_bytes(path)
        if not copy.is_file() or copy.read_bytes() != data:
            files.rename_together({copy: data})
        return copy

    def _keep_previous(self, stem: str) -> None:
        """Keep what the record of this issue names as last year's, as far as it is there."""
        record = load_record(Target(self._asked.results / ISSUED, stem).record)
        entries = previous_of(record) if record else {}
        name = next(iter(entries), "").partition("/")[0]
        found = next((p for p in self._last_years.get(name, ()) if holds(p, entries)), None)
        if found is None:
            return

        kept = self._asked.results / KEPT_PREVIOUS / stem / name
        inside = {kept / one.partition("/")[2]: found / one.partition("/")[2] for one in entries}
        copies = inside if found.is_dir() else {kept: found}
        contents = {copy: files.read_bytes(path) for copy, path in copies.items()}
        if not holds(kept, entries):
            files.rename_together(contents)

    @cached_property
    def _last_years(self) -> Mapping[str, Sequence[Path]]:
        """Return last year's reports by their names; there may be many of one."""
        found: dict[str, list[Path]] = {}
        for path in find_inputs([self._asked.previous] if self._asked.previous else []):
            found.setdefault(path.name, []).append(path)
        return found

    def _keep(self, stem: str, sha256: str, outcome: Outcome) -> None:
        outputs: list[Json] = [[path.name, hash_input(path)] for path in outcome.outputs]
        value: Json = {"sha256": sha256, "outcome": write_outcome(outcome), "outputs": outputs}
        self._ledger.keep("issued", stem, self._conditions, value)

    def _recall(self, stem: str, sha256: str, copy: Path) -> Outcome | None:
        """Return the issue of another run, if it was made of this very input and stands there."""
        said = self._ledger.recall("issued", stem, self._conditions)
        try:
            told = as_object(said)
            if text_of(told, "sha256") != sha256:
                return None
            outcome = read_outcome(told.get("outcome"), copy)
            outputs = []
            for one in as_list(told.get("outputs")):
                name, digest = as_list(one)
                path = self._asked.results / ISSUED / str(name)
                if not str(name).startswith(stem) or hash_input(path) != digest:
                    return None
                outputs.append(path)
        except (NotKept, ValueError):
            return None
        return replace(outcome, outputs=tuple(outputs), unchanged=True) if outputs else None


def issue_from(paths: Sequence[Path], settings: Settings, roster: Path) -> list[Outcome]:
    """Issue inputs that may not hold the names of other bodies on the roster."""
    return issue_many(paths, replace(settings, others=other_names(roster)))
