"""LibreOffice as it fails: missing, hanging, killed, silent, out of disk, two at once."""

import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from door import Docgen, spawn
from processes import LIMIT, begin, little_room
from proofs import document, needs_office, stand_in

from docgen import office
from docgen.layout import proof
from docgen.layout.office import ProofStop
from docgen.layout.proof import Proof

pytestmark = [
    pytest.mark.slow,
    needs_office,
    pytest.mark.skipif(os.name != "posix", reason="needs shell scripts in its place"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return document(tmp_path_factory.mktemp("report"))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own, in which nothing may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    office.discard_home()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stopped(report: bytes, timeout: float = 30) -> str:
    """The code of what stops a proof."""
    with pytest.raises(ProofStop) as stop:
        proof.make_proof(report, name="2024.docx", timeout=timeout)
    assert stop.value.exit_code == 5
    return stop.value.findings[0].code


def test_missing(report: bytes, monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setenv(office.SETTING, "/nowhere/soffice")
    assert office.find_office() is None
    assert stopped(report) == "F101"
    monkeypatch.delenv(office.SETTING)
    monkeypatch.setenv("PATH", str(temporary))
    monkeypatch.setattr(office, "_USUAL", {})
    monkeypatch.setattr(office, "_OPTIONAL", temporary)
    assert stopped(report) == "F101"


def test_missing_is_told_with_how_to_install(
    docgen: Docgen, folder: Path, report: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.docx").write_bytes(report)
    monkeypatch.setenv(office.SETTING, "/nowhere/soffice")
    run = docgen("proof", "a.docx")
    assert run.code == 5
    assert "libreoffice-writer-nogui" in run.err
    assert "/nowhere/soffice" in run.err
    assert [path.name for path in folder.iterdir()] == ["a.docx"]


def test_hanging_with_its_children(
    report: bytes, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    stand_in(tmp_path, monkeypatch, f"sleep 300 &\necho $! >> {pids}\nwait")
    start = time.monotonic()
    assert stopped(report, timeout=0.5) == "F102"
    assert time.monotonic() - start < 60  # of 300
    children = [int(pid) for pid in pids.read_text().split()]
    assert len(children) == 2  # the call and the retry
    for _ in range(50):
        if not any(_alive(pid) for pid in children):
            break
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in children)
    assert list(temporary.iterdir()) == []


def _alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill -9 $$", "F103"),
        ("exit 0", "F103"),
        ("exit 81", "F103"),
        ('for last; do :; done\nprintf "%%PDF-1.6 half" > "${last%docx}pdf"', "F104"),
        ('for last; do :; done\necho text > "${last%docx}pdf"', "F104"),
        ('for last; do :; done\nprintf "%%PDF-1.6\\n%%%%EOF" > "${last%docx}pdf"', "F104"),
    ],
)
def test_failing(
    report: bytes,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    code: str,
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    assert stopped(report) == code
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("first", ["sleep 300", "exit 0", "kill -9 $$"])
def test_the_retry_on_a_fresh_profile(
    report: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    mark = tmp_path / "been here"
    once = f'if [ ! -e "{mark}" ]; then touch "{mark}"; {first}; exit; fi'
    stand_in(tmp_path, monkeypatch, f'{once}\nexec "$REAL" "$@"')
    assert proof.make_proof(report, timeout=10 if "sleep" in first else 60).pages == 5


def test_a_corrupt_profile(report: bytes, temporary: Path) -> None:
    proof.make_proof(report)
    registry = next(temporary.glob("*/profile/user/registrymodifications.xcu"))
    registry.write_bytes(b"\0 not a registry <" * 100)
    assert proof.make_proof(report).pages == 5
    office.discard_home()
    assert list(temporary.iterdir()) == []


def test_one_bad_document_does_not_stop_the_rest(
    report: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = 'for last; do :; done\nrm -f "${last%docx}pdf"'
    stand_in(tmp_path, monkeypatch, f'"$REAL" "$@"\n{last}')  # the last of a call is lost
    found = proof.make_proofs([report, report], names=["a", "b"])
    assert isinstance(found[0], Proof)
    assert isinstance(found[1], ProofStop)


def test_out_of_disk(report: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report)
    room = little_room(4096, TMPDIR=str(tmp_path))
    run = begin(tmp_path, "proof", "a.docx", "-o", "out", stderr=subprocess.PIPE, **room)
    _, said = run.communicate(timeout=LIMIT)
    assert run.returncode == 5, said
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_two_at_once(report: bytes, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.docx").write_bytes(report)
    with ThreadPoolExecutor() as pool:  # two processes, and two threads in this one
        runs = [pool.submit(spawn, "proof", "a.docx", cwd=tmp_path / name) for name in "ab"]
        proofs = [pool.submit(proof.make_proof, report) for _ in "ab"]
        assert [run.result().returncode for run in runs] == [0, 0]
        assert [made.result().pages for made in proofs] == [5, 5]
    first, second = ((tmp_path / name / "a.pdf").read_bytes() for name in "ab")
    assert first == second


def test_nothing_is_left_behind(report: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(report)
    home = tmp_path / "home"
    temporary = tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    run = spawn("proof", "a.docx", cwd=tmp_path, HOME=str(home), TMPDIR=str(temporary))
    assert run.returncode == 0, run.stderr
    assert [*home.iterdir(), *temporary.iterdir()] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.docx", "a.pdf", "home", "temporary",
    ]  # fmt: skip
