"""What became of sources at earlier runs, known again while all that it depends on is the same."""

import json
from collections.abc import Iterator
from pathlib import Path

from docgen import files
from docgen.check.outcome import NO_MEMORY, TOO_LONG, Outcome
from docgen.county.asked import Asked
from docgen.county.ledger import Ledger
from docgen.county.received import hash_input
from docgen.county.remembered import Json, NotKept, as_object, read_outcome, text_of, write_outcome
from docgen.county.taking import Candidate
from docgen.county.work import Checked
from docgen.errors import Stop
from docgen.files.inputs import find_inputs
from docgen.forms.loader import OWN, digest_of, form_folders, read_chain
from docgen.read.neighbour import find_previous

#: Exit codes of what has to do with the machine, not with the report.
_PASSING = (5, 70)


class Memory:
    """Outcomes that the ledger keeps, each under the conditions of this run."""

    def __init__(self, ledger: Ledger, conditions: str, previous: Path | None) -> None:
        self._ledger, self._conditions, self._previous = ledger, conditions, previous

    def remember(self, kind: str, source: Candidate, outcome: Outcome, said: str = "") -> None:
        """Keep what became of a source; `said` is the hash of what its report says."""
        passing = {found.rule for found in outcome.findings} & {TOO_LONG, NO_MEMORY}
        if outcome.exit_code in _PASSING or passing:  # of the machine: it is tried again
            return

        value: dict[str, Json] = {"outcome": write_outcome(outcome), "said": said}
        self._ledger.keep(kind, self._name_of(source), self._conditions, value)

    def recall(self, kind: str, source: Candidate) -> Outcome | None:
        """Return what became of a source at another run, under the same conditions."""
        said = self._ledger.recall(kind, self._name_of(source), self._conditions)
        try:
            return read_outcome(as_object(said).get("outcome"), source.input)
        except NotKept:
            return None

    def recall_checked(self, source: Candidate) -> Checked | None:
        """Return what became of checking a source at another run."""
        outcome = self.recall("checked", source)
        said = self._ledger.recall("checked", self._name_of(source), self._conditions)
        try:
            hashed = text_of(as_object(said), "said")
        except NotKept:
            return None
        return Checked(**vars(outcome), said=hashed) if outcome else None

    def _name_of(self, source: Candidate) -> str:
        """Return by what a source is known again: its place, its content, last year's beside it."""
        beside = [] if self._previous else _hash_neighbours(source.input)
        return "|".join([source.where, source.sha256, *beside])


def digest_conditions(asked: Asked, code: str) -> str:
    """Return the hash of all that an outcome depends on beside the report itself."""
    forms = {}
    for folder in form_folders():
        if folder.parent != OWN:
            try:
                forms[folder.name] = digest_of(read_chain(folder))
            except Stop:
                forms[folder.name] = ""

    said = [
        code,
        hash_input(asked.roster),
        _list_previous(asked.previous),
        forms,
        asked.form.key if asked.form else "",
        repr(asked.beside),
    ]
    return files.sha256(json.dumps(said).encode())


def _list_previous(previous: Path | None) -> list[str]:
    """Return what last year's reports are known again by."""
    if previous is None:
        return []
    listed = []
    for path in find_inputs([previous]):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for one in inside:
            try:
                status = one.stat()
                listed.append(f"{one} {status.st_size} {status.st_mtime_ns}")
            except OSError:
                listed.append(str(one))
    return listed


def _hash_neighbours(path: Path) -> Iterator[str]:
    """Yield the hashes of what may stand beside an input as last year's."""
    for year in range(2009, 2200):
        if str(year) in path.name and (beside := find_previous(path, year)):
            yield hash_input(beside)
