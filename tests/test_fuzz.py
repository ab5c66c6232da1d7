"""Files spoilt at random, and every verb on them: a documented code, no traceback, no harm done.

For longer: `python benchmarks/fuzz.py SECONDS SEED`. What it finds is mended and kept, as small as
it can be, in a folder of tests/data/fuzz: the files, and the command in `command`.
"""

from pathlib import Path
from random import Random

import pytest
from door import PROJECT
from fuzz_files import spoil
from fuzzing import VERBS, changed_figure, faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

KEPT = sorted((PROJECT / "tests" / "data" / "fuzz").iterdir())
#: Hypothesis draws what Random would: a failing case becomes smaller by itself.
RANDOM = st.randoms(use_true_random=False)
FEW = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", VERBS)
@FEW
@given(random=RANDOM)
def test_spoilt_files(kind: str, random: Random) -> None:
    """Whatever is in a file, the command ends as documented and changes nothing it should not."""
    files, command = spoil(kind, random), random.choice(VERBS[kind])
    assert list(faults(files, command)) == [], command


@pytest.mark.slow
@settings(FEW, max_examples=100)
@given(RANDOM)
def test_figures_are_read_or_told(random: Random) -> None:
    """However a figure is written, it is read as it stands or there is a finding at its cell."""
    assert list(changed_figure(random)) == []


@pytest.mark.parametrize("folder", KEPT, ids=[folder.name for folder in KEPT])
def test_what_once_broke(folder: Path) -> None:
    """What was mended stays mended."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "command"
    }
    for command in (folder / "command").read_text(encoding="utf-8").splitlines():
        assert list(faults(files, command)) == [], command
