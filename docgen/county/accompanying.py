"""What bodies send along with a report to be read by people: a sheet of remarks, a text file."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.taking import Candidate
from docgen.errors import Stop
from docgen.prose.personal import masked
from docgen.read.decode import decode
from docgen.read.recognise import SHEET_BESIDE

#: Texts that are no reports: a letter, what was said in a chat.
_TEXTS = (".txt", ".md", ".log")
_LARGEST = 100_000  # bytes
_SHOWN = 60  # characters


def is_text(where: str) -> bool:
    """Whether a file holds words for people alone, by its name."""
    return where.lower().endswith(_TEXTS)


def tell_sheets(outcome: Outcome) -> Iterator[str]:
    """Yield what the sheets of remarks in a report's workbook say, in short."""
    for finding in outcome.findings:
        if finding.code == SHEET_BESIDE.code and finding.actual:
            yield f"带了{finding.places[0].sheet}：“{shorten(finding.actual)}”"


def tell_files(source: Candidate) -> Iterator[str]:
    """Yield what a text file says in short; of those inside an archive the names alone."""
    if is_text(source.where) and not source.stopped:  # no link is followed
        name = PurePosixPath(source.where).name
        data = files.regular_bytes(source.input, _LARGEST)
        try:
            said = shorten(decode(data or b"", name, "TXT"))
        except Stop:  # it is no text after all
            said = ""
        yield f"带了{name}：“{said}”" if said else f"带了{name}"

    yield from (f"带了{place}，没有读" for place in source.also if is_text(place))


def shorten(text: str) -> str:
    """Return the beginning of a text in one line, without what is personal."""
    line = masked(" ".join(text.split()))
    return f"{line[:_SHOWN]}……" if len(line) > _SHOWN else line
