"""Where a finding is to be shown: which of its places, in which file, on which line."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from docgen.check.outcome import Outcome
from docgen.finding import Finding, Place
from docgen.read.decode import decode
from docgen.read.from_csv import open_rows


def faulty(finding: Finding) -> list[Place]:
    """The cells to look at: those that may be the wrong ones; where none is suspected, all."""
    suspected = [suspect.place for suspect in finding.suspects]
    return list(dict.fromkeys(suspected or finding.places))


class Files:
    """The files of one input: their names beside the working folder, the lines of their rows."""

    def __init__(self, outcome: Outcome) -> None:
        self._inputs = outcome.reading.inputs if outcome.reading else {}
        real = os.path.realpath(outcome.input)
        self._own = os.path.basename(real)  # noqa: PTH119
        self._folder = os.path.dirname(real)  # noqa: PTH120
        self._lines: dict[str, list[int]] = {}

    def uri(self, place: Place) -> str:
        """The file of a place relative to the working folder; outside it, its name alone."""
        name = place.file or self._own
        if name.split("/")[0] == self._own:
            path = os.path.relpath(Path(self._folder, name)) if self._is_near() else name
        else:
            path = name  # last year's file: only its name is known
        return quote(path.replace(os.sep, "/").encode("utf-8", "surrogateescape"))

    def _is_near(self) -> bool:
        return Path(self._folder).is_relative_to(os.path.realpath("."))

    def line(self, place: Place) -> int | None:
        """The line where the row of a cell begins, counted from 1; None where there are no lines.

        A row of a CSV file goes on over several lines where a cell holds line breaks.
        """
        row = re.search("[0-9]+$", place.cell)
        data = self._inputs.get(place.file, b"")
        if not row or not place.file.lower().endswith(".csv") or not data:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = list(_begins(decode(data, place.file)))
        lines = self._lines[place.file]
        return lines[int(row[0]) - 1] if int(row[0]) <= len(lines) else None


def _begins(text: str) -> Iterator[int]:
    """The line each row of a CSV text begins on."""
    rows = open_rows(text)
    line = 1
    for _ in rows:
        yield line
        line = rows.line_num + 1
