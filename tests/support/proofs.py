"""Documents to be proved, and what their proofs say."""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS

from docgen import merge, office
from docgen.files import ooxml
from docgen.layout.proof import Proof
from docgen.read import read_report

needs_office = pytest.mark.skipif(
    office.find_office() is None and not {"CI", "DOCGEN_SKIP_NOTHING"} & {*os.environ},
    reason="LibreOffice is not installed",
)


@cache
def _form_and_template() -> tuple[Any, Any]:
    reading = read_report(INPUTS / "2024.json")
    return reading.form, merge.load_template(reading.form, None)


def document(folder: Path, change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """The reference report as DOCX, changed."""
    report = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    if change:
        change(report)
    path = folder / "changed.json"
    path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    form, template = _form_and_template()
    return merge.merge_report(template, form, read_report(path).report)


def edited(data: bytes, *changes: tuple[str, str], part: str = ooxml.DOCUMENT) -> bytes:
    """A DOCX with regular expressions replaced in a part, each at least once."""
    parts = dict(ooxml.read_parts(data))
    text = parts[part].decode()
    for pattern, replacement in changes:
        text, count = re.subn(pattern, replacement, text, flags=re.DOTALL)
        assert count, pattern
    parts[part] = text.encode()
    return ooxml.write_package(parts)


def codes(result: Any) -> list[str]:
    """The codes of a proof's findings above notes."""
    assert isinstance(result, Proof)
    return [finding.code for finding in result.findings if finding.severity != "note"]


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in LibreOffice's place; `$REAL` is the real one."""
    path = tmp_path / "soffice"
    path.write_text(f'#!/bin/sh\nREAL="{office.find_office()}"\n{script}\n', encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv(office.SETTING, str(path))
