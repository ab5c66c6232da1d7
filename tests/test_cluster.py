"""A real Dask cluster: a scheduler and workers as processes of their own, killed as they work."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bodies import COUNTY, body_figures, write_bodies
from distributed import Client
from door import INPUTS, PROJECT, Docgen, write_json
from processes import LIMIT, begin_command

import docgen as package

#: What the workers load is what the tests load.
SOURCE = Path(package.__file__).parent.parent
#: The program of the tests may warn of what Dask leaves open when it is killed.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class Cluster:
    """A scheduler with the workers a test starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", file)
        self.workers: list[subprocess.Popen[str]] = []
        _until(lambda: file.exists() and file.read_text().strip().endswith("}"))
        self.address: str = json.loads(file.read_text())["address"]

    def work(self, preload: str = "", source: Path = SOURCE) -> "subprocess.Popen[str]":
        """One more worker; `preload` is what it does first, `source` where it has docgen from."""
        script = self.folder / f"preload{len(self.workers)}.py"
        script.write_text(preload, encoding="utf-8")
        options = ["--nthreads", "1", "--no-nanny", "--preload", script]
        worker = self._start("worker", self.address, *options, source=source)
        self.workers.append(worker)
        with Client(self.address) as client:  # type: ignore[no-untyped-call]
            _until(lambda: len(client.nthreads()) == self._alive())
        return worker

    def _alive(self) -> int:
        return sum(worker.poll() is None for worker in self.workers)

    def stop(self, *processes: "subprocess.Popen[str]") -> None:
        """Kill these, or all of them."""
        for process in processes or (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, *words: object, source: Path = SOURCE) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {"PYTHONPATH": str(source)}
        return begin_command([*map(str, command)], cwd=self.folder, env=environment, **quiet)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster without workers as yet; all of it ends with the test."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield made
    finally:
        made.stop()


def _until(true: Callable[[], bool], seconds: float = LIMIT) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _once_issued(count: int, folder: Path, do: Callable[[], None]) -> threading.Thread:
    """Do something as soon as this many documents are issued."""

    def watch() -> None:
        _until(lambda: len([*folder.glob("*.docx")]) >= count)
        do()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def _write_inputs(folder: Path, reference: dict[str, Any], count: int) -> None:
    """Reports of bodies of their own: JSON files, some with last year's beside them."""
    folder.mkdir()
    text = json.dumps(reference, ensure_ascii=False)
    for number in range(count):
        mine = json.loads(text.replace("甘河子", f"{'甲乙丙丁戊己庚辛'[number % 8]}河子"))
        write_json(folder / f"{number}-2024.json", mine)
        if number % 10 == 0:
            text_then = json.dumps(mine).replace("2024", "2023").replace("2025", "2024")
            write_json(folder / f"{number}-2023.json", json.loads(text_then))


def _add_others(folder: Path, reference: dict[str, Any]) -> None:
    """Beside them all that an input can be: a folder, a workbook, a link, faulty ones."""
    shutil.copytree(INPUTS / "2024", folder / "甲-2024")
    (folder / "甲-2024" / "说明.txt").write_text("不是表")
    shutil.copy(INPUTS / "2024.xlsx", folder / "乙-2024.xlsx")
    (folder / "丙-2024.json").symlink_to(INPUTS / "2024.json")
    (folder / "丁-2024.json").write_text("{")
    (folder / "戊-2024.json").write_text("")
    (folder / "戊-2023.json").write_text("[")
    reference["figures"]["requests"]["granted"]["natural"] = 7
    write_json(folder / "己-2024.json", reference)


def _held(folder: Path) -> dict[str, bytes]:
    """All that stands in a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _said(lines: list[dict[str, Any]], folder: str) -> dict[str, dict[str, Any]]:
    """What was said of each input, wherever the outputs went."""
    text = json.dumps(lines).replace(f'"{folder}/', '"')
    return {line["input"]: line for line in json.loads(text)}


def test_same_bytes_though_a_worker_is_killed(
    cluster: Cluster, docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """What a dead worker was at is done by the other; all is as if done here."""
    _write_inputs(folder / "in", reference, 80)
    _add_others(folder / "in", reference)
    first, _ = cluster.work(), cluster.work()
    there, here = folder / "there", folder / "here"
    issued: list[int] = []

    def kill() -> None:
        issued.append(len([*there.glob("*.docx")]))
        first.send_signal(signal.SIGKILL)

    watching = _once_issued(5, there, kill)
    far = docgen("render", "in", "-o", "there", "--html", "--json", "--cluster", cluster.address)
    watching.join()
    near = docgen("render", "in", "-o", "here", "--html", "--json")
    assert far.code == near.code == 3, far.err
    assert issued[0] < 60
    assert first.wait() == -signal.SIGKILL
    assert _held(there) == _held(here)
    assert len(_held(there)) == 4 * (80 + 8 + 3)
    assert _said(far.lines, "there") == _said(near.lines, "here")
    assert len(far.lines) == 80 + 8 + 7

    cluster.stop(cluster.scheduler)
    again = docgen("render", "in", "-o", "there", "--html")
    assert again.code == 3
    assert "已签发，没有变 91 份" in again.err


def test_what_was_issued_is_left_alone(
    cluster: Cluster, docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Only what is new or has changed is made; a template and last year's go along."""
    _write_inputs(folder / "in", reference, 6)
    shutil.copy(PROJECT / "templates" / "report_template.docx", folder / "我的模板.docx")
    cluster.work()
    words = ["--template", "我的模板.docx", "--cluster", cluster.address]
    assert docgen("render", *(folder / "in").glob("[123]-*"), *words).code == 0
    changed = folder / "in" / "2-2024.json"
    changed.write_text(changed.read_text(encoding="utf-8") + " ", encoding="utf-8")
    run = docgen("render", "in", *words)
    assert run.code == 0
    assert (
        "通过 5 份，已签发，没有变 2 份" in run.err or "已签发，没有变 2 份，通过 5 份" in run.err
    )
    local = words[:2]
    assert docgen("render", "in", "-o", "here", *local).code == 0
    assert _held(folder / "outputs") == _held(folder / "here")
    last = ["in/1-2024.json", "--previous", "in/0-2023.json"]
    assert docgen("render", *last, *words).code == 0
    assert docgen("render", *last, "-o", "here", *local).code == 0
    assert _held(folder / "outputs") == _held(folder / "here")


def test_another_docgen_is_refused(
    cluster: Cluster, docgen: Docgen, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A machine with another version does nothing, nor does one without docgen."""
    shutil.copy(INPUTS / "2024.json", folder)
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(SOURCE / "docgen", other / "docgen")
    (other / "templates").symlink_to(PROJECT / "templates")
    (other / "docgen" / "__init__.py").write_text('__version__ = "0.0.9"\n')
    cluster.work(source=other)
    run = docgen("render", "2024.json", "--cluster", cluster.address)
    assert run.code == 2
    assert "B303 “tcp://127.0.0.1:" in run.err
    assert "docgen 是 0.0.9（" in run.err
    assert f"），这里是 {package.__version__}（" in run.err
    assert not (folder / "outputs").exists()


def test_a_machine_that_comes_later_is_looked_at(
    cluster: Cluster, docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """One that is otherwise gets no more reports, and what it was sent another does."""
    _write_inputs(folder / "in", reference, 40)
    cluster.work()
    cluster.work(_CHANGES)
    run = docgen("render", "in", "-o", "there", "--cluster", cluster.address)
    assert run.code == 0, run.err
    assert docgen("render", "in", "-o", "here").code == 0
    assert _held(folder / "there") == _held(folder / "here")
    cluster.stop(cluster.workers[0])
    run = docgen("render", "in", "-o", "there", "--force", "--cluster", cluster.address)
    assert run.code == 2
    assert "docgen 是 0.0.9，这里是" in run.err


#: Dask loads a preload twice: only the first changes anything.
_CHANGES = """
from docgen.county import bundle, machine

if bundle.versions.__module__ == "docgen.county.machine":
    asked, real = [], machine.versions

    def versions(*, proof):
        asked.append(proof)
        return real(proof=proof) | ({"docgen": "0.0.9"} if len(asked) > 1 else {})

    bundle.versions = machine.versions = versions
"""

_SPOILS = """
from docgen.county import bundle

if bundle.make_bundles.__module__ == "docgen.county.bundle":
    real = bundle.make_bundles

    def make_bundles(*arguments):
        answer = real(*arguments)
        return answer._replace(made=answer.made[:-1] + b"?")

    bundle.make_bundles = make_bundles
"""


def test_a_spoilt_answer_is_not_issued(cluster: Cluster, docgen: Docgen, folder: Path) -> None:
    """What is not as it was when it was made is not even opened."""
    shutil.copy(INPUTS / "2024.json", folder)
    cluster.work(_SPOILS)
    run = docgen("render", "2024.json", "--cluster", cluster.address)
    assert run.code == 70
    assert "B304" in run.err
    assert not (folder / "outputs").exists()


def test_a_lost_scheduler_loses_nothing_done(
    cluster: Cluster, docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """What is done stays, the rest is told of; to run it again finishes it."""
    _write_inputs(folder / "in", reference, 30)
    cluster.work()
    there = folder / "there"
    watching = _once_issued(5, there, lambda: cluster.stop(cluster.scheduler))
    far = docgen("render", "in", "-o", "there", "--json", "--cluster", cluster.address)
    watching.join()
    assert far.code == 5
    lost = [line for line in far.lines if line["verdict"] == "refused"]
    assert {finding["code"] for line in lost for finding in line["findings"]} == {"B305"}
    assert lost
    assert len(far.lines) == 33
    assert len(lost) + len([*there.glob("*.docx")]) == 33
    assert docgen("render", "in", "-o", "there").code == 0
    assert docgen("render", "in", "-o", "here").code == 0
    assert _held(there) == _held(folder / "here")


def test_the_forms_of_the_office_are_sent(cluster: Cluster, docgen: Docgen, folder: Path) -> None:
    """A machine need not have them: it makes the same bytes, and as a form changes it changes."""
    form = shutil.copytree(SOURCE / "docgen" / "blank" / "starter", folder / "forms" / "kt")
    example = (form / "example.json").read_text(encoding="utf-8").replace("KEY", "kt")
    for number in range(3):
        (folder / f"{number}.json").write_text(example, encoding="utf-8")
    cluster.work()
    inputs = [f"{number}.json" for number in range(3)]

    for heading in ("一、基本情况", "一、基本的情况"):
        text = (form / "form.toml").read_text(encoding="utf-8")
        (form / "form.toml").write_text(text.replace("一、基本情况", heading), encoding="utf-8")
        for place in ("here", "there"):
            shutil.rmtree(folder / place, ignore_errors=True)
        assert docgen("render", *inputs, "-o", "here").code == 0
        run = docgen("render", *inputs, "-o", "there", "--cluster", cluster.address)
        assert run.code == 0, run.err
        assert _held(folder / "there") == _held(folder / "here")


def test_a_sum_is_the_same_wherever_it_is_read(
    cluster: Cluster, docgen: Docgen, folder: Path
) -> None:
    """The machines read and check; the county's input and its trace are the same to the byte."""
    paths = write_bodies(folder / "收件", [body_figures(seed) for seed in range(20)])
    (folder / "收件" / "坏的.json").write_text("{", encoding="utf-8")
    tree = json.loads(paths[3].read_text(encoding="utf-8"))
    tree["figures"]["requests"]["handled"]["natural"] += 1
    write_json(paths[3], tree)
    first, _ = cluster.work(), cluster.work()
    made = []
    for words in (("--cluster", cluster.address), ()):
        run = docgen("sum", "收件", "-o", "全县.xlsx", "--body", COUNTY, *words)
        assert run.code == 1, run.err
        made.append((run.err, _held_by(folder, "全县*")))
        for name in made[-1][1]:
            (folder / name).unlink()
    assert first.poll() is None
    assert made[0] == made[1]
    assert not [*folder.glob("outputs")]


def _held_by(folder: Path, pattern: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob(pattern))}
