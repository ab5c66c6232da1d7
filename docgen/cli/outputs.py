"""What a command may not write: over what must stay, or two results into one file."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from docgen.check.outcome import Outcome
from docgen.cli.usage import USAGE
from docgen.errors import OutputStop, UsageStop
from docgen.finding import Rule
from docgen.issuing.standing import NOT_OURS

SAME_OUTPUT = Rule(
    code="X202",
    name="两份输入会写成同一个文件",
    severity="error",
    message="“{first}”和“{second}”都会写成“{output}”",
    why="后写的会盖掉先写的。名字一样而机关或年度不同的，成品照机关和年度命名；都一样的才分不开。",
    example="docgen render inputs/2024.json inputs/2024.xlsx",
    cure="一次只给其中一份，或分别用 -o 指定不同的文件夹。",
)


def same_output(path: Path, other: Path, target: Path) -> Outcome:
    """Return what becomes of an input that would write the same file as another."""
    found = SAME_OUTPUT.at(first=str(path), second=str(other), output=str(target))
    return Outcome(path, "refused", (found,), UsageStop.exit_code)


def refuse_same_output(outputs: Iterable[tuple[Path, Path]]) -> None:
    """Raise UsageStop if two of these, each an input and its output, would write one file."""
    seen: dict[str, Path] = {}
    for path, target in outputs:
        first = seen.setdefault(str(target).casefold(), path)  # Windows takes A.docx for a.docx
        if first is not path:
            found = SAME_OUTPUT.at(first=str(first), second=str(path), output=str(target))
            raise UsageStop(found)


def refuse_issued(target: Path, *, force: bool) -> None:
    """Raise OutputStop if an issued file stands where a result is to go, or any unless forced."""
    from docgen.issuing.verify import is_issued

    if not os.path.lexists(target):
        return
    if is_issued(target):
        raise never_overwritten(target, "是签发的文件或签发记录", "结果")
    if not force:
        raise not_overwritten(target, "没有动它")


def refuse_standing(target: Path, kinds: Sequence[str]) -> None:
    """Raise UsageStop for a name of another kind, OutputStop if anything stands there."""
    if target.suffix.lower() not in kinds:
        what = f"-o {target} 写不了：只写 {'、'.join(kinds)} 文件"
        raise UsageStop(USAGE.at(what=what, cure=f"给它取个名字，如 -o {target.stem}{kinds[0]}。"))
    if os.path.lexists(target):
        from docgen.blank import ALREADY_THERE

        raise OutputStop(ALREADY_THERE.at(name=str(target), whose=""))


def not_overwritten(target: Path, why: str) -> OutputStop:
    """Return what stops docgen where a file stands that only force may overwrite."""
    return OutputStop(NOT_OURS.at(name=str(target), why=why))


def never_overwritten(target: Path, what_it_is: str, new_one: str) -> OutputStop:
    """Return what stops docgen where a file stands that force does not overwrite either."""
    why, cure = f"{what_it_is}，加 --force 也不盖", f"{new_one}另取一个名字，放在别处。"
    return OutputStop(NOT_OURS.at(name=str(target), why=why, cure=cure))
