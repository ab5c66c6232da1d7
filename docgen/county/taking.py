"""What came in becomes inputs: taken out of archives, converted, read back from what was published.

Whatever is made so goes into the folder of the results, under the place it came from, and stays
there: the next run finds it, and so does whoever wants to see what was read.

    取出/甲镇/报送.zip/2025.xlsx   out of 甲镇/报送.zip
    取出/乙镇.xls/乙镇.xlsx         as LibreOffice converts 乙镇.xls
    取出/丙镇.docx/丙镇.docx.xlsx   as docgen reads a published report back
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.check.outcome import Outcome, run_guarded
from docgen.county.ledger import Ledger
from docgen.county.received import Arrival, hash_input
from docgen.county.remembered import (
    Json,
    NotKept,
    as_list,
    as_object,
    read_findings,
    text_of,
    write_findings,
)
from docgen.errors import Stop
from docgen.files.inputs import PUBLISHED, WORKBOOKS, portable_name
from docgen.finding import Finding
from docgen.read.published.archive import ARCHIVES, read_archive

TAKEN = "取出"

#: Formats that LibreOffice converts, a workbook or a document.
_OLD = (*WORKBOOKS[1:], ".doc", ".wps", ".odt", ".rtf")
_TOGETHER = 50
#: Steps of a path in an archive that are kept: what is made of it must have a place, too.
_DEEPEST = 4


class Candidate(NamedTuple):
    """What may be one return: the arrival it came in, and what docgen reads of it."""

    arrival: Arrival
    where: str  # as told: `甲镇/报送.zip › 2025.xlsx`
    input: Path
    sha256: str  # of the input
    also: tuple[str, ...] = ()
    stopped: tuple[Finding, ...] = ()  # why there is nothing to read
    was_published: bool = False  # its input was made of a published report
    remarks: tuple[Finding, ...] = ()  # of making its input

    @property
    def is_old(self) -> bool:
        """Whether it is in a format that LibreOffice converts."""
        return self.input.suffix.lower() in _OLD and not self.input.is_dir()

    @property
    def is_published(self) -> bool:
        """Whether it is a published report, to be read back as an input."""
        return self.input.suffix.lower() in PUBLISHED and not self.input.is_dir()


class Taker:
    """Takes the inputs out of arrivals, or finds them where the run before put them."""

    def __init__(self, folder: Path, ledger: Ledger, conditions: str) -> None:
        self._folder, self._ledger, self._conditions = folder, ledger, conditions
        self._old: list[Candidate] = []

    def take_all(self, arrivals: Iterable[Arrival]) -> list[Candidate]:
        """Return every source in order. Raise OutputStop where one can't be put."""
        sources = [source for one in arrivals for source in self._take(one)]
        converted: dict[str, Candidate] = {}
        for at in range(0, len(self._old), _TOGETHER):
            converted |= self._convert(self._old[at : at + _TOGETHER])

        return [converted.get(source.where, source) for source in sources]

    def _take(self, arrival: Arrival) -> list[Candidate]:
        """Return the sources in one arrival; those of old formats are converted later."""
        own = Candidate(arrival, arrival.where, arrival.path, arrival.sha256, arrival.also)
        suffix = arrival.path.suffix.lower()
        if arrival.stopped or not arrival.sha256:
            return [own._replace(stopped=arrival.stopped)]

        found = [own]
        if suffix in ARCHIVES and not arrival.path.is_dir():
            found = self._recall(arrival, own.where) or self._unpack(arrival)
        for source in found:
            if source.is_old and not source.stopped:
                again = self._recall(arrival, source.where, source.sha256)
                self._old += [] if again else [source]
                found = [again[0] if again and one is source else one for one in found]
        return found

    def _unpack(self, arrival: Arrival) -> list[Candidate]:
        """Return what is in an archive, put where it stays."""
        read = run_guarded(arrival.path, partial(read_archive, arrival.path))
        if isinstance(read, Outcome):
            return [self._stopped(arrival, read.findings)]

        reports, others = read
        sources: list[Candidate] = []
        names: set[str] = set()
        for report in reports:
            steps = [portable_name(step) for step in report.path.parts[-_DEEPEST:]]
            name = "/".join(steps)
            while name.casefold() in names:  # two of the archive's that Windows takes for one
                name = f"{name}_"
            names.add(name.casefold())
            place = self._place(arrival.where) / name
            inside = {
                place / portable_name(each) if report.is_folder else place: data
                for each, data in report.files.items()
            }
            try:
                files.rename_together(inside)
            except Stop as error:
                return [self._stopped(arrival, error.findings)]
            also = (*arrival.also, *(f"{arrival.where} › {other}" for other in others))
            where = f"{arrival.where} › {report.path}" if report.path.name else arrival.where
            sources.append(
                Candidate(arrival, where, place, hash_input(place), () if sources else also)
            )

        self._keep(arrival.where, arrival.sha256, sources)
        return sources

    def _convert(self, old: Sequence[Candidate]) -> dict[str, Candidate]:
        """Return by its place what each file of an old format becomes."""
        from docgen.read.published.converted import convert_many

        given: dict[str, bytes] = {}
        made: dict[str, Candidate] = {}
        for source in old:
            try:
                given[source.where] = files.read_bytes(source.input)
            except Stop as error:
                made[source.where] = source._replace(stopped=error.findings)

        named = {source.where: source for source in old if source.where in given}
        for where, result in convert_many(given).items() if given else ():
            source = named[where]
            if isinstance(result, Stop):
                made[where] = source._replace(stopped=_by_name(result.findings, source))
            else:
                made[where] = self._put_converted(source, *result)
            self._keep(where, source.sha256, [made[where]])

        return made

    def _put_converted(self, source: Candidate, suffix: str, data: bytes) -> Candidate:
        """Return a source with what it was converted to."""
        place = self._place(source.where) / f"{portable_name(source.input.stem)}{suffix}"
        try:
            files.rename_together({place: data})
        except Stop as error:
            return source._replace(stopped=error.findings)
        return source._replace(input=place, sha256=files.sha256(data))

    def _stopped(self, arrival: Arrival, findings: tuple[Finding, ...]) -> Candidate:
        """Return an arrival of which nothing can be taken."""
        own = Candidate(arrival, arrival.where, arrival.path, arrival.sha256, arrival.also)
        return own._replace(stopped=findings)

    def _place(self, where: str) -> Path:
        """Return where what is made of a file goes."""
        steps = [portable_name(step) for step in where.replace(" › ", "/").split("/")]
        return self._folder.joinpath(*steps)

    def _keep(self, where: str, sha256: str, sources: Sequence[Candidate]) -> None:
        said: list[Json] = [
            {
                "where": source.where,
                "input": None
                if source.stopped
                else source.input.relative_to(self._folder).as_posix(),
                "sha256": source.sha256,
                "also": list(source.also),
                "stopped": write_findings(source.stopped),
            }
            for source in sources
        ]
        self._ledger.keep("taken", f"{where}|{sha256}", self._conditions, said)

    def _recall(self, arrival: Arrival, where: str, sha256: str = "") -> list[Candidate]:
        """Return what was made of a file at another run, if it stands there; else nothing."""
        name = f"{where}|{sha256 or arrival.sha256}"
        said = self._ledger.recall("taken", name, self._conditions)
        try:
            found = [self._recall_one(as_object(one), arrival) for one in as_list(said)]
        except (NotKept, OSError):
            return []
        fits = (one.stopped or hash_input(one.input) == one.sha256 for one in found)
        return found if all(fits) else []

    def _recall_one(self, told: dict[str, Json], arrival: Arrival) -> Candidate:
        stopped = read_findings(told.get("stopped"))
        also = tuple(one for one in as_list(told.get("also")) if isinstance(one, str))
        path = arrival.path
        if not stopped:
            path = self._folder / text_of(told, "input")
            if not path.resolve().is_relative_to(self._folder.resolve()):
                raise NotKept("input")
        return Candidate(
            arrival, text_of(told, "where"), path, text_of(told, "sha256"), also, stopped
        )


def _by_name(findings: Iterable[Finding], source: Candidate) -> tuple[Finding, ...]:
    """Return findings that call a file by its name, not by its whole place."""
    name = source.input.name
    return tuple(replace(one, message=one.message.replace(source.where, name)) for one in findings)
