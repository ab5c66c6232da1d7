"""What the county's page of the sum has done beside: added up, put right, held against."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.check.outcome import Outcome
from docgen.desk.county_work import CarryOutCounted, ComparedSum, CountyState, Summed
from docgen.desk.folder import DeskFolder
from docgen.desk.task import Task

if TYPE_CHECKING:  # read where something is summed up
    from docgen.county.counted import Tally
    from docgen.county.summand import Summands
    from docgen.county.total import Total
    from docgen.model import Reading


class SumAsked(NamedTuple):
    """What the page asks of the sum: whose it is, and its own report of last year."""

    body: str
    last: Path | None


class Added(NamedTuple):
    """What all that counts adds up to."""

    tally: "Tally"
    total: "Total"


def _add_up(
    folder: DeskFolder, roster: Path, kept: "Summands", task: Task, own: "Reading | None" = None
) -> Added:
    """Read and check all that came in, and add up what counts; `own` is the county's report."""
    from docgen.county.asked import Asked
    from docgen.county.collect import gather
    from docgen.county.counted import tally_stands
    from docgen.county.summand import read_summands
    from docgen.county.total import add_up
    from docgen.county.work import other_names
    from docgen.forms.loader import find_form
    from docgen.pipeline import Settings

    carry_out = CarryOutCounted(task)
    settings = Settings(
        folder=Path(), previous=folder.previous, others=other_names(roster), figures_only=True
    )

    def check(paths: Sequence[Path]) -> Iterable[Outcome]:
        return kept.keep(carry_out(partial(read_summands, settings=settings), paths, False))

    declared = (own.form.declared or own.form) if own else None
    year = own.report.year if own else None
    asked = Asked(folder.received, roster, folder.results, folder.previous, year, form=declared)
    gathered = gather(asked, carry_out, task.said.append, check)
    task.step = "加起来"
    key = declared.key if declared else ""
    tally = tally_stands(gathered, kept.arrived, folder.received.name, key)
    form = declared or find_form(tally.form)
    assert form is not None  # its reports were read
    return Added(tally, add_up(form, tally, kept))


def add_up_returns(
    folder: DeskFolder, state: CountyState, roster: Path, wanted: SumAsked, task: Task
) -> None:
    """Add up what the bodies reported, and write the county's own report with its trace."""
    from docgen.county.county_input import county_report, write_county
    from docgen.county.summand import keep_summands
    from docgen.read import read_report

    last = read_report(wanted.last) if wanted.last else None
    body = wanted.body or (last.report.body.name if last else None) or ""
    with keep_summands() as kept:
        tally, total = _add_up(folder, roster, kept, task)
        report = county_report(total, tally, body, last)
        target = _free_input(folder, f"全县{tally.year}")
        write_county(target, total, report, tally, kept, last)

    state.summed, state.compared = Summed(target, tally, total.findings), None


def renew_sum(
    folder: DeskFolder, state: CountyState, roster: Path, draft: Path, task: Task
) -> None:
    """Put the sums of now into the county's report, and leave its text as it stands."""
    from docgen.county.county_input import renewed_report, write_county
    from docgen.county.summand import keep_summands
    from docgen.read import read_report

    before = read_report(draft)
    with keep_summands() as kept:
        tally, total = _add_up(folder, roster, kept, task, before)
        report = renewed_report(total, tally, before.report)
        _, told = write_county(draft, total, report, tally, kept, before=before)

    state.summed, state.compared = Summed(draft, tally, (*told, *total.findings)), None


def _free_input(folder: DeskFolder, stem: str) -> Path:
    """Return where the county's report goes: nothing of an earlier one is overwritten."""
    from docgen.county.trace import trace_paths

    for number in count(1):
        target = folder.inputs / f"{stem}{'' if number == 1 else f'-{number}'}.xlsx"
        if not any(map(os.path.lexists, (target, *trace_paths(target)))):
            return target
    raise AssertionError  # numbers never end


def compare_sum(
    folder: DeskFolder, state: CountyState, roster: Path, draft: Path, task: Task
) -> None:
    """Hold the county's report against what came in."""
    from docgen.county.against import compare_county
    from docgen.county.summand import keep_summands
    from docgen.read import read_report

    reading = read_report(draft)
    with keep_summands() as kept:
        tally, total = _add_up(folder, roster, kept, task, reading)
        found = compare_county(draft, reading, total, tally, kept)
    state.compared = ComparedSum(draft.name, list(found))
