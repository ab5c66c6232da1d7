"""The workbooks made of published reports, where people answer and mend them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.ledger import Ledger
from docgen.county.received import hash_input
from docgen.county.roster import Unit
from docgen.county.taking import Candidate
from docgen.errors import Stop
from docgen.issuing.record import stem_of

#: Where they go, in the folder of the results.
MADE = "转成表格"


class MadeWorkbooks:
    """Puts them in place, and knows those that somebody has changed."""

    def __init__(
        self, folder: Path, ledger: Ledger, find_named: Callable[[str], Unit | None]
    ) -> None:
        self._folder, self._ledger, self._find_named = folder, ledger, find_named
        self._taken: dict[str, str] = {}  # the hash of what was made, by name

    def place(self, source: Candidate, outcome: Outcome) -> Candidate:
        """Return a source with its workbook as its input, or with what stopped it.

        A workbook that somebody has changed since docgen wrote it is used as it is.
        """
        if outcome.verdict != "sound":
            return source._replace(stopped=outcome.findings)
        try:
            made = files.read_bytes(outcome.outputs[0])
        except Stop as error:
            return source._replace(stopped=error.findings)
        sha256 = files.sha256(made)
        unit = self._find_named(outcome.body)
        name = unit.name if unit else outcome.body or source.input.stem
        stem = stem_of(name, outcome.year, outcome.family)
        path = self._folder / f"{stem}.xlsx"

        if not self._is_own(path, source, sha256):
            path = self._folder / f"{stem}-{source.sha256[:6]}.xlsx"
        self._taken[path.name] = sha256
        there = hash_input(path) if path.exists() else ""
        if there != sha256 and there in ("", self._written(path)):
            files.rename_together({path: made})
            there = sha256
        self._ledger.keep("made", path.name, "", [source.sha256, sha256])
        short, whole = f"“{source.input.name}”", f"“{source.where}”"
        told = (replace(f, message=f.message.replace(short, whole)) for f in outcome.findings)
        return source._replace(input=path, sha256=there, was_published=True, remarks=tuple(told))

    def _is_own(self, path: Path, source: Candidate, sha256: str) -> bool:
        """Whether a name is for the workbook of this source: nobody's yet, or its own."""
        if path.name in self._taken:
            return self._taken[path.name] == sha256
        said = self._ledger.recall("made", path.name, "")
        was_of = said[0] if isinstance(said, list) and said else None
        edited = path.exists() and hash_input(path) not in (self._written(path), sha256)
        return was_of in (None, source.sha256) or not edited

    def _written(self, path: Path) -> str:
        """Return the hash of what docgen wrote there last."""
        said = self._ledger.recall("made", path.name, "")
        return str(said[1]) if isinstance(said, list) and len(said) == 2 else ""
