"""The folder of last year's reports that the county's last run was given: the sum takes it, too.

Else a report that the run sends back, for it does not go on from last year's, would count.
"""

import os
from collections.abc import Callable
from pathlib import Path

from docgen.county.ledger import Ledger, ledger_of, locked_ledger
from docgen.files.inputs import is_archive
from docgen.finding import Finding, Rule

TAKEN_OVER = Rule(
    code="B157",
    name="照上次 docgen county 用的上年的报告核对",
    severity="note",
    message="和上次 docgen county 一样，与“{folder}”里上年的报告核对过",
    why="收件时退回的，汇总时也不该计入；两处要照同样的上年核对。",
    example="docgen county 收件 --roster 名单.xlsx --previous 上年 以后汇总，没有再写 --previous。",
    cure="不用管它；要照别的核对，加 --previous。",
    since="0.4.0",
)
GONE = Rule(
    code="B158",
    name="上次用的上年的报告不在了",
    severity="warning",
    message="上次 docgen county 用来核对的“{folder}”里现在没有报告，这次没有与上年核对",
    why="收件时因为与上年对不上而退回的，这次会计入，全县的数就不对了。",
    example="把上年的文件夹移走了再汇总。",
    cure="用 --previous 指明它现在在哪里，再汇总。",
    since="0.4.0",
)
_KIND = "last years"


def note_last_years(ledger: Ledger, previous: Path | None) -> None:
    """Note what the county's run was given."""
    said = _seen_from(_top_of(ledger), os.path.realpath(previous)) if previous else ""
    ledger.keep(_KIND, "", "", said)


def find_last_years(
    roster: Path, tell: Callable[[str], None]
) -> tuple[Path | None, tuple[Finding, ...]]:
    """Return the folder that the last run on this roster was given, and what is to be told."""
    path = ledger_of(roster)
    if not path.is_file():
        return None, ()
    with locked_ledger(path, tell):
        ledger = Ledger(path)
        try:
            said = ledger.recall(_KIND, "", "")
        finally:
            ledger.close()

    if not isinstance(said, str) or not said:
        return None, ()
    found = Path(_seen_from(os.getcwd(), os.path.join(_top_of(ledger), said)))  # noqa: PTH109, PTH118
    if not is_archive(found):
        return None, (GONE.at(folder=str(found)),)
    return found, (TAKEN_OVER.at(folder=str(found)),)


def _seen_from(top: str, path: str) -> str:
    """Return a path from this folder on, where it can be: such folders are moved together."""
    try:
        return os.path.relpath(path, top)
    except ValueError:  # another drive
        return path


def _top_of(ledger: Ledger) -> str:
    return os.path.realpath(ledger.path.parent)
