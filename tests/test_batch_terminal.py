"""A batch as people follow it: the line that grows on a terminal, and --watch."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from county import county
from door import PROJECT, Docgen, write_json
from processes import LIMIT, begin, on_terminal, wait_for


def test_a_terminal_shows_how_far_it_has_got(folder: Path, reference: dict[str, Any]) -> None:
    paths = county(reference, folder / "units", 8)
    reference["figures"]["requests"]["received"]["natural"] = 5
    write_json(paths[3], reference)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", on_terminal(folder, "render", "units"))
    assert "8/8 份，未通过 1" in shown
    assert re.search(r"每秒 [0-9.]+ 份，还要 +[0-9-]:", shown)
    last = shown.replace("\r", "\n").split("报告  ")[-1]
    assert "份，未通过 1 每秒" not in last, "the line is gone at the end"
    assert "共 8 份：" in last


@pytest.mark.parametrize("words", [["check", "2024.json"], ["check", "units", "--json"]])
def test_nothing_moves_where_nobody_follows(
    folder: Path, reference: dict[str, Any], words: list[str]
) -> None:
    county(reference, folder / "units", 6)
    write_json(folder / "2024.json", reference)
    assert "份，未通过" not in on_terminal(folder, *words)


def test_no_bar_in_a_file(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    county(reference, folder / "units", 6)
    run = docgen("check", "units")
    assert "\x1b" not in run.err + run.out
    assert "6/6" not in run.err


@pytest.mark.slow
def test_watch_does_again_what_changed_until_it_is_stopped(
    folder: Path, reference: dict[str, Any]
) -> None:
    [first, second] = county(reference, folder / "units", 2)
    said = folder / "said.txt"
    with said.open("w") as file:
        run = begin(folder, "render", "units", "--watch", stderr=file)
        try:
            wait_for(lambda: said.read_text().count("等着文件改动") == 1)
            before = (folder / "outputs/02.docx").read_bytes()
            text = second.read_text(encoding="utf-8")
            second.write_text(text.replace("坚持以", "始终坚持以", 1), encoding="utf-8")
            wait_for(lambda: said.read_text().count("等着文件改动") == 2)
            assert (folder / "outputs/02.docx").read_bytes() != before
            first.write_text("{", encoding="utf-8")
            wait_for(lambda: said.read_text().count("等着文件改动") == 3)
            told = said.read_text()
            assert told.count("共 2 份") == 1, "what did not change is not told of again"
            assert told.count("X309") == 1
        finally:
            os.kill(run.pid, signal.SIGINT)
        assert run.wait(timeout=LIMIT) == 3


@pytest.mark.slow
def test_watch_looks_at_the_template(folder: Path, reference: dict[str, Any]) -> None:
    write_json(folder / "2024.json", reference)
    own = PROJECT / "templates/report_template.docx"
    template = folder / "own.docx"
    template.write_bytes(own.read_bytes())
    said = folder / "said.txt"
    with said.open("w") as file:
        run = begin(folder, "render", "2024.json", "--watch", "--template", template, stderr=file)
        try:
            wait_for(lambda: said.read_text().count("等着文件改动") == 1)
            template.write_bytes(b"no template")
            wait_for(lambda: said.read_text().count("等着文件改动") == 2)
            assert "T101" in said.read_text()
        finally:
            os.kill(run.pid, signal.SIGINT)
        assert run.wait(timeout=LIMIT) == 4
