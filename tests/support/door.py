"""The front door for tests: the real command and what it printed."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processes import finish

PROJECT = Path(__file__).resolve().parents[2]
INPUTS = PROJECT / "inputs"
DATA = PROJECT / "tests" / "data"


@dataclass(frozen=True)
class Run:
    """What a command did: its exit code, its result and what it said to people."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The result of `--json`, a line an input."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def codes(self) -> list[str]:
        """The codes of all findings of `--json`."""
        return [finding["code"] for line in self.lines for finding in line["findings"]]


Docgen = Callable[..., Run]


def spawn(*words: object, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run docgen as a process of its own."""
    return finish([sys.executable, "-m", "docgen", *map(str, words)], cwd=cwd, env=environment)


#: What the reference says of its own figures, and what it lacks: for tests of other figures.
_PLAIN = {
    "2024年甘河子镇未收到政府信息公开申请": "依法办理政府信息公开申请",
    "（一）政府信息管理情况": "（一）主动公开和政府信息管理情况",
    "（三）监督保障情况": "（三）平台建设和监督保障情况",
    "工作年报等工作制度": "工作年报、考核评议等工作制度",
    "本年度没有产生信息公开处理费": "依法收取信息处理费",
    "＜": "〈",
    "＞": "〉",
}


def plain(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs of the reference that hold whatever the figures are, with nothing to find."""
    texts = list(paragraphs)
    for old, new in _PLAIN.items():
        texts = [text.replace(old, new) for text in texts]
    return texts


def write_json(path: Path, report: object) -> Path:
    """Write an input and give its path back."""
    path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    return path
