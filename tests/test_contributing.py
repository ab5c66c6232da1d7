"""CONTRIBUTING.md shows a rule whole: what a newcomer is told to do is done here."""

import os
import re
import shutil
import sysconfig
from pathlib import Path

import pytest
from door import PROJECT
from processes import finish

from docgen import __version__

pytestmark = pytest.mark.slow

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")

#: What a file is given: its name in backquotes and a colon, then the block.
_FILE = re.compile(r"`([\w./]+)`:\n\n```(?:python|json)\n(.*?)```", re.DOTALL)
_COMMANDS = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a newcomer has it, without what was made in it."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "outputs", "*.egg-info")
    return shutil.copytree(PROJECT, tmp_path / "copy", ignore=ignored)


def run(command: str, folder: Path) -> str:
    """Run a line of a shell in the copy, with the docgen that stands there; give what it said."""
    path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ["PATH"]))
    environment = {"PATH": path, "PYTHONPATH": str(folder), "PYTEST_ADDOPTS": "-n 0"}
    done = finish(["sh", "-c", command], cwd=folder, env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def test_a_rule_is_added_as_told(copy: Path) -> None:
    """The block and the two cases make a rule that is found, explained and in the reference."""
    for name, block in _FILE.findall(TEXT):
        path = copy / name
        path.parent.mkdir(exist_ok=True)
        before = f"{path.read_text(encoding='utf-8')}\n\n" if path.exists() else ""
        path.write_text(before + block, encoding="utf-8")

    [commands] = _COMMANDS.findall(TEXT)
    pages, cases, explained = (run(line, copy) for line in commands.splitlines())

    assert not pages
    assert "2 passed" in cases
    assert "写着见附件，年报没有附件" in explained
    assert f"docgen {__version__}" in explained
    reference = (copy / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert "写着“见附件2”" in reference.partition("## E899")[2].partition("\n## ")[0]
    run("pytest tests/test_cases.py -k 'since or both_cases or hold_nothing_else'", copy)
    run("python tools/make_docs.py --check", copy)
    run("ruff format --check docgen/check && ruff check docgen/check", copy)
