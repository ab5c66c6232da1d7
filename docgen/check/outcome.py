"""What became of one input, whatever stopped it."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from docgen.codes import CODES
from docgen.errors import InputStop, Stop
from docgen.files import limits
from docgen.finding import Finding, Place, Rule
from docgen.model import Reading

FAULT = Rule(
    code="X701",
    name="docgen 自己出错",
    severity="error",
    message="docgen 出了错（{what}），没有做完",
    why="这是 docgen 的毛病，不是您的。",
    example="docgen 没有装全，少了一个文件。",
    cure="把这条信息和输入文件交给维护 docgen 的人；加 --traceback 再运行一次可看到细节。",
)
NO_MEMORY = Rule(
    code="X704",
    name="内存不够",
    severity="error",
    message="做“{name}”时电脑的内存不够，没有写出",
    why="同时开着的程序太多，或同时做的份数太多；一份报告只要几十 MB，用到 2 GB 也会停下。",
    example="用旧电脑一次做几百份，还开着别的程序。",
    cure="关掉别的程序再运行一次；份数多时加 --jobs 1。只有这一份这样，看它是不是报告。",
)
TOO_LONG = Rule(
    code="X711",
    name="做得太久",
    severity="error",
    message="做“{name}”用了 {seconds} 秒还没有做完，已经停下",
    why="一份报告用不了一秒；做这么久的，多半不是报告，或文件有意做成这样。",
    example="程序出错生成的、有几万个相同项目的 JSON。",
    cure="核对是不是选错了文件；确是报告，把它交给维护 docgen 的人。",
    since="0.2.0",
)

Verdict = Literal["sound", "refused", "unreadable"]
_Made = TypeVar("_Made")


class Unjudged(NamedTuple):
    """A figure of the text that was not held against the tables: where, what, in which words."""

    place: Place
    said: str
    quote: str


@dataclass(frozen=True)
class Coverage:
    """The codes of the rules that ran; of those that could not, or not on everything, with why.

    `unjudged` are figures beside words of the tables for which no cell was found: of them nothing
    is said, and silence is not to be read as checked. `own_names` are the names of the form's own
    rules, by code.
    """

    ran: tuple[str, ...]
    not_run: tuple[tuple[str, str], ...]
    unjudged: tuple[Unjudged, ...] = ()
    own_names: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, code: str) -> str:
        """Return the name of a rule that ran or could not."""
        return self.own_names.get(code) or CODES[code].name

    def clean(self, findings: Iterable[Finding]) -> list[str]:
        """The rules that ran and found nothing: they have none of these findings."""
        found = {finding.code for finding in findings}
        return [code for code in self.ran if code not in found]

    @property
    def reasons(self) -> dict[str, list[str]]:
        """The rules that could not run by why, the commonest reason first."""
        grouped: dict[str, list[str]] = {}
        for code, why in self.not_run:
            grouped.setdefault(why, []).append(code)
        return dict(sorted(grouped.items(), key=lambda group: -len(group[1])))


@dataclass(frozen=True)
class Outcome:
    """What became of one input."""

    input: Path
    verdict: Verdict
    findings: tuple[Finding, ...]
    exit_code: int
    outputs: tuple[Path, ...] = ()
    body: str = ""  # the body that reports and the year it reports on, once they are known
    year: int | None = None
    family: str = ""  # of its form: all editions of a report; and what such a report is called
    report_name: str = ""
    draft: bool = False  # to be looked at, not issued
    unchanged: bool = False  # the bytes made now are those that stand there
    traceback: str = ""  # of docgen's own fault
    reading: Reading | None = None  # of a check that could read the input
    coverage: Coverage | None = None  # of a check: what ran and what could not

    def stopped(self, error: Stop) -> "Outcome":
        """Return this outcome with its issue stopped; the report itself may be sound."""
        findings = (*self.findings, *error.findings)
        return replace(self, verdict="refused", findings=findings, exit_code=error.exit_code)


def run_guarded(path: Path, work: Callable[[], _Made]) -> _Made | Outcome:
    """Return what the work makes, or the outcome if it is stopped, even by docgen's own fault.

    So it is if the work takes more time or memory than a report ever does.
    """
    try:
        with limits.limited():
            return work()
    except Stop as error:
        verdict: Verdict = "unreadable" if isinstance(error, InputStop) else "refused"
        return Outcome(path, verdict, error.findings, error.exit_code)
    except limits.TooLong:
        found = TOO_LONG.at(name=path.name, seconds=f"{limits.SECONDS:g}")
        return Outcome(path, "unreadable", (found,), InputStop.exit_code)
    except MemoryError:
        return Outcome(path, "refused", (NO_MEMORY.at(name=path.name),), Stop.exit_code)
    except Exception as error:
        fault = FAULT.at(what=f"{type(error).__name__}：{error}")
        told = traceback.format_exc()
        return Outcome(path, "refused", (fault,), Stop.exit_code, traceback=told)
