"""What the commands about inputs share: what may be asked of several, and the work on them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docgen.check.outcome import Outcome
from docgen.cli.usage import USAGE
from docgen.errors import UsageStop
from docgen.files.inputs import is_archive

#: Up to this many inputs are done one after the other: that is sooner than starting processes.
_FEW = 4


def names_of_others(paths: Sequence[Path], roster: Path | None) -> tuple[str, ...]:
    """Return the bodies on the list, and what the inputs beside these are called.

    Raise InputStop if the list is none.
    """
    from docgen.read.neighbour import names_beside

    names = names_beside(paths)
    if roster:
        from docgen.county.roster import read_roster

        names.update(unit.name for unit in read_roster(roster))

    return tuple(sorted(names))


def refuse_many(inputs: Sequence[Path], previous: Path | None) -> None:
    """Raise UsageStop if one last year is given for several inputs: a folder of many serves all."""
    if previous and len(inputs) > 1 and not is_archive(previous):
        what = "--previous 写的是一份报告，只能用于一份输入；装着许多份的文件夹可以用于许多份"
        raise UsageStop(USAGE.at(what=what))


def carry_out(
    work: Callable[[Sequence[Path]], list[Outcome]],
    paths: Sequence[Path],
    jobs: int | None,
    *,
    together: bool = False,
) -> Iterator[Outcome]:
    """Yield the outcome of every input as it is done; `together` where several share a step."""
    if not paths:
        return
    if jobs is None and len(paths) <= _FEW:
        for group in [paths] if together else [[path] for path in paths]:
            yield from work(group)
        return

    from docgen.county.processes import count_processors, run_in_processes

    yield from run_in_processes(work, paths, jobs or count_processors(), together=together)
