"""A check for programs: one object, in it for each input what `--json` says of it in a line."""

from collections.abc import Sequence

from docgen import __version__
from docgen.check.outcome import Outcome
from docgen.files.visible import as_json
from docgen.messages import phrases


def to_json(outcomes: Sequence[Outcome]) -> bytes:
    """Return the object, indented; a character that is none is written as its number."""
    inputs = [phrases.as_record(outcome) | {"exit_code": outcome.exit_code} for outcome in outcomes]
    record = {"docgen": __version__, "inputs": inputs}
    return (as_json(record, indent=2) + "\n").encode()
