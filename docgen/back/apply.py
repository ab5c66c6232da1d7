"""The changes of a returned document put into its input, checked, and issued again."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import files
from docgen.back.earlier import keep_issue
from docgen.back.origin import INPUT_GONE
from docgen.back.plan import Plan
from docgen.check.outcome import Outcome
from docgen.errors import InputStop
from docgen.files import ooxml
from docgen.files.inputs import kept_beside
from docgen.issuing.at_hand import find_previous, find_template
from docgen.issuing.changes import Contents
from docgen.issuing.edits import Edit, compare_bodies, know_blocks
from docgen.issuing.located import read_issued
from docgen.issuing.outputs import options_of
from docgen.pipeline import Settings, check, issue
from docgen.read.neighbour import find_previous as find_beside


@dataclass(frozen=True)
class Applied:
    """What was written, and what came of it.

    `outcome` is None where nothing was issued again because some changes could not be taken over;
    `others` are the places where the new document says something else than the returned one.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    outcome: Outcome | None
    others: tuple[Edit, ...] = ()


def apply_plan(plan: Plan) -> Applied:
    """Write the changes into the input, all files together, and issue it again."""
    put: dict[Path, bytes] = {}
    kept: list[Path] = []
    for name in (name for name in plan.reading.inputs if name in plan.files):
        data = plan.files[name]
        path = plan.input / name.rpartition("/")[2] if plan.input.is_dir() else plan.input
        was = plan.reading.inputs[name]
        if files.read_bytes(path) != was:
            why = f"输入“{path}”刚才又改了"
            raise InputStop(INPUT_GONE.at(name=plan.target.document.name, why=why))
        kept.append(kept_beside(path))
        put |= {kept[-1]: was, path: data}

    written = tuple(path for path in put if path not in kept)
    earlier = keep_issue(plan.target, plan.record.document)
    kept += earlier
    put |= earlier
    if plan.refused:
        files.write_together(put)
        return Applied(written, tuple(kept), None)

    document = plan.target.document
    if files.regular_bytes(document, files.LIMIT) == plan.data:  # it was changed where it stood
        kept.append(kept_beside(document))
        put |= {kept[-1]: plan.data, document: plan.record.document}
    files.write_together(put)

    outcome = issue(plan.input, _settings(plan))
    others = _find_others(plan, outcome) if outcome.outputs else ()
    return Applied(written, tuple(kept), outcome, others)


def try_check(plan: Plan) -> Outcome:
    """Check what the input would be, in a copy of it; nothing of the office's own is written."""
    year, source = plan.reading.report.year, plan.input
    last = find_previous(plan.target, plan.record) or (find_beside(source, year) if year else None)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / source.name
        if source.is_dir():
            copy.mkdir()
        for name, was in plan.reading.inputs.items():
            path = copy / name.rpartition("/")[2] if source.is_dir() else copy
            path.write_bytes(plan.files.get(name, was))
        outcome = check(copy, last)

    return replace(outcome, input=source)


def _settings(plan: Plan) -> Settings:
    """Return how the document was issued, and which one its changes came from."""
    record, target = plan.record, plan.target
    said = record.members.get("options")
    share = said.get("kept_share") if isinstance(said, dict) else None
    return Settings(
        folder=target.folder,
        template=find_template(target, record),
        draft=not record.issued,
        beside=options_of(record),
        previous=find_previous(target, record),
        kept_share=share if isinstance(share, float) and 0 <= share <= 1 else 0.5,
        alone=True,
        returned={"name": plan.path.name, "sha256": files.sha256(plan.data)},
    )


def _find_others(plan: Plan, outcome: Outcome) -> tuple[Edit, ...]:
    """Return where the document made now and the returned one say different words."""
    reading = read_issued(plan.target, plan.record, plan.input)
    try:
        made = Contents(files.read_bytes(outcome.outputs[0]))
    except ooxml.NotPackage:
        return ()

    known = know_blocks(reading, made.body)
    edits = compare_bodies(known, plan.returned.body).edits if known else []
    left = {(one.edit.address, one.edit.after) for one in plan.left}
    return tuple(
        edit
        for edit in edits
        if not plan.based.is_stale(edit) and (edit.address, edit.after) not in left
    )
