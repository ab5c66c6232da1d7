"""The package: a document and the record of its issue, put in place together, verified later.

record     what is said of an issue, and how it is read again
standing   what stands in the folder: what may be overwritten, what an earlier issue left
verify     what tells a file from the one that was issued
changes    what tells two documents apart: words first, then what is printed, then the rest
"""

from docgen.issuing.record import (
    DOCUMENT,
    DRAFT_TAG,
    MOST_BYTES,
    RECORD,
    Issue,
    Record,
    Sources,
    Target,
    load_record,
    parse_record,
    target_of,
    write_record,
)
from docgen.issuing.standing import (
    REMADE,
    Standing,
    find_stale,
    find_standing,
    finish_interrupted,
    refuse_overwrite,
    remove_stale,
    stand_there,
)

__all__ = [
    "DOCUMENT",
    "DRAFT_TAG",
    "MOST_BYTES",
    "RECORD",
    "REMADE",
    "Issue",
    "Record",
    "Sources",
    "Standing",
    "Target",
    "find_stale",
    "find_standing",
    "finish_interrupted",
    "load_record",
    "parse_record",
    "refuse_overwrite",
    "remove_stale",
    "stand_there",
    "target_of",
    "write_record",
]
