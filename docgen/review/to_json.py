"""A check for programs: one object, in it for each input what `--json` says of it in a line."""

from collections.abc import Sequence

from docgen import __version__, wording
from docgen.outcome import Outcome
from docgen.visible import as_json


def to_json(outcomes: Sequence[Outcome]) -> bytes:
    """The object, indented; a character that is none is written as its number."""
    inputs = [wording.record(outcome) | {"exit_code": outcome.exit_code} for outcome in outcomes]
    record = {"docgen": __version__, "inputs": inputs}
    return (as_json(record, indent=2) + "\n").encode()
