"""Many reports on the machines of a Dask cluster; here alone they are put in place.

    a task → bundles of its reports → an answer, hash first → put in place → outcomes

What a lost machine was at is done by another.
"""

import gc
import logging
import queue
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.bundle import (
    Answer,
    Forms,
    make_bundles,
    open_answer,
    read_bundle,
    read_forms,
)
from docgen.county.machine import versions
from docgen.county.summand import read_summands
from docgen.county.task import (
    LOST,
    TOGETHER,
    TOGETHER_TIMEOUT,
    BatchTask,
    Done,
    cut_tasks,
    run_tasks,
)
from docgen.errors import InputStop, OutputStop, UsageStop
from docgen.finding import Finding, Rule
from docgen.pipeline import Made, Settings, find_settled, issue, put

if TYPE_CHECKING:  # installed where a cluster is used
    from distributed import Client, Future

    Sent = Future[Answer | None]

NO_DASK = Rule(
    code="B301",
    name="没有装集群用的程序库",
    severity="error",
    message="--cluster 要用程序库 distributed，这台电脑没有装，或装坏了",
    why="多台电脑一起做是另外的一部分，只在要用的电脑上装。",
    example="只装了 docgen 就用 --cluster。",
    cure='在 docgen 的源文件夹里运行 pip install ".[cluster]"；不用集群就去掉 --cluster。',
)
NO_CLUSTER = Rule(
    code="B302",
    name="用不上集群",
    severity="error",
    message="连不上“{address}”：{why}",
    why="--cluster 后面是 Dask 调度器的地址；调度器和工作进程要先开着。",
    example="调度器还没有启动，或地址里的端口写错了。",
    cure="核对地址和端口，看调度器、工作进程和防火墙；不用集群就去掉 --cluster。",
)
OTHER_MACHINE = Rule(
    code="B303",
    name="集群里的电脑不一样",
    severity="error",
    message="“{machine}”{what}",
    why="同一份报告在哪台电脑上做都要一个字节不差；版本不同，做出来的文件就可能不同。",
    example="有一台工作机上还是旧版的 docgen。",
    cure="在那台电脑上装成和这里一样的，重新启动它的工作进程；或先把它从集群里撤下。",
)
SPOILT = Rule(
    code="B304",
    name="送回来的成品坏了",
    severity="error",
    message="两次送回来的成品都和做好时的校验值不符，没有签发",
    why="成品从别的电脑送回来，要和做好时一个字节不差才写下来。",
    example="网络设备有毛病，改动了传送的内容。",
    cure="去掉 --cluster 在这台电脑上做；再请管网络的人检查。",
)
CLUSTER_LOST = Rule(
    code="B305",
    name="集群中途没有了",
    severity="error",
    message="还没有做，集群中途没有了：{why}",
    why="调度器停了、网络断了，或所有工作机都停了。已经写好的不受影响。",
    example="调度器所在的电脑重新启动了。",
    cure="重新启动集群，把同一条命令再运行一次：做好的不会重做，只做剩下的。",
)

#: Seconds to reach the scheduler.
_REACH = 5
#: Seconds without any answer after which the cluster is given up. Dask itself takes 300 to find
#: that a machine without power is gone.
_PATIENCE = 600.0
#: Reports in a task where no proofs are made: a task costs Dask about as much as a report costs.
_SMALL = 8
#: Tasks that wait for each thread: enough that none is idle, few enough to hold in memory here.
_AHEAD = 3
#: Seconds after which the threads are counted again: machines come and go.
_RECOUNT = 10.0

#: Dask keeps the last 100,000 messages, each a task with its inputs; and it warns, in English, of
#: tasks of several megabytes.
_SETTINGS = {
    "distributed.admin.low-level-log-length": 10,
    "distributed.admin.large-graph-warning-threshold": "1 GB",
}

_REASONS: Mapping[type[Exception], str] = {
    ValueError: "地址的写法不对，应像 tcp://10.0.0.1:8786",
    TypeError: "tls:// 的地址要先在 Dask 的配置里写明证书",
}


class _Lost(Exception):
    """The cluster can do no more of this batch; it carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def run_on_cluster(address: str, paths: Sequence[Path], settings: Settings) -> Iterator[Outcome]:
    """Yield the outcome of every input, as they are done, by the cluster whose scheduler is there.

    Raise UsageStop if it cannot be reached or its machines would make other bytes.
    """
    with _connect_to(address) as client:
        cluster = _Cluster(client, settings)
        if unfit := cluster.look():
            raise UsageStop(*unfit)

        left = dict.fromkeys(paths)
        try:
            for outcome in run_tasks(cluster.cut(paths), cluster):
                left.pop(outcome.input, None)
                yield outcome
        except _Lost as lost:
            for path in left:
                yield Outcome(path, "refused", (lost.finding,), OutputStop.exit_code)


@contextmanager
def _connect_to(address: str) -> Iterator["Client"]:
    """Yield a client of the scheduler, that says nothing by itself."""
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise UsageStop(NO_DASK.at()) from None

    dask.config.set(_SETTINGS)
    for name in ("distributed", *logging.Logger.manager.loggerDict):
        if name.startswith(("distributed", "tornado", "asyncio")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)

    # A client that found no scheduler (--watch tries again) is let go here: let go by the thread
    # of the next one it would wait for that thread, and both for ever.
    gc.collect()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what differs `look` tells what matters
            client = Client(address, timeout=_REACH, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        why = _REASONS.get(type(error), "没有应答")
        raise UsageStop(NO_CLUSTER.at(address=address, why=why)) from None

    try:
        yield client
    finally:
        client.close(timeout=_REACH)  # type: ignore[no-untyped-call]


class _Cluster:
    """The machines at work on one batch."""

    def __init__(self, client: "Client", settings: Settings) -> None:
        self._client, self._settings = client, settings
        self._expected = versions(proof=settings.beside.proof)
        self._only: list[str] | None = None  # the workers to use, once some are unfit
        self._template, self._forms = self._send_template(), self._send_forms()
        self._arrived: queue.SimpleQueue[tuple[Sent, Answer | Exception | None]]
        self._arrived = queue.SimpleQueue()
        self._running: dict[Sent, BatchTask] = {}
        self._counted = -_RECOUNT
        self._most: int = 1

    def _send_template(self) -> "Future[bytes] | None":
        """Return the template given, as a task that all machines can have: sent once to each.

        None for the form's own, which all machines carry, and for one that cannot be read.
        """
        try:
            data = files.read_bytes(self._settings.template) if self._settings.template else None
        except InputStop:
            data = None

        if data is None:
            return None
        return self._client.submit(bytes, data, key=f"docgen-template-{files.sha256(data)}")

    def _send_forms(self) -> "Future[Forms]":
        """Return the forms of this office, as a task that all machines can have."""
        forms = read_forms()
        return self._client.submit(Forms, *forms, key=f"docgen-forms-{forms.sha256}")

    def look(self) -> list[Finding]:
        """Look at all machines, use those that are as this one; what is wrong with the others."""
        proof = self._settings.beside.proof
        found = self._client.run(versions, proof=proof, on_error="return")
        unfit = {machine: its for machine, its in found.items() if its != self._expected}
        self._only = [machine for machine in found if machine not in unfit] if unfit else None
        if not found:
            why = "调度器应答了，但没有一个工作进程连着它"
            scheduler = self._client.scheduler
            return [NO_CLUSTER.at(address=scheduler.address if scheduler else "", why=why)]

        return [
            OTHER_MACHINE.at(machine=machine, what=_tell_differences(its, self._expected))
            for machine, its in unfit.items()
        ]

    def _look_again(self) -> None:
        """Leave out the machines that are unfit: one may have come to the cluster."""
        with _or_lost():
            unfit = self.look()
        if unfit and not self._only:
            raise _Lost(unfit[0])

    def cut(self, paths: Sequence[Path]) -> Iterator[BatchTask]:
        """Return tasks, so large that every thread has one."""
        most = TOGETHER if self._settings.beside.proof else _SMALL
        return cut_tasks(paths, min(most, -(-len(paths) // self._count_threads())))

    def has_room(self) -> bool:
        return len(self._running) < self._count_threads() * _AHEAD

    def is_busy(self) -> bool:
        return bool(self._running)

    def begin(self, task: BatchTask) -> Iterator[Outcome]:
        """Send the reports of a task; what is issued already or cannot be sent is done here."""
        settings, bundles = self._settings, []
        unreadable = settings.template is not None and self._template is None
        for path in task.paths:
            new = task.again or settings.figures_only
            settled = None if new else find_settled(path, settings)
            bundle = None if settled or unreadable else read_bundle(path, settings.previous)
            if bundle is None:
                yield settled or self._do_here(path)
            else:
                bundles.append(bundle)

        if not bundles:
            return

        future = self._client.submit(
            make_bundles,
            bundles,
            settings,
            self._template,
            self._forms,
            self._expected,
            pure=False,
            workers=self._only,
        )
        self._running[future] = BatchTask([bundle.path for bundle in bundles], task.again)
        future.add_done_callback(self._fetch_answer)  # type: ignore[no-untyped-call]

    def _do_here(self, path: Path) -> Outcome:
        """Return what becomes of a report that is not sent about."""
        if self._settings.figures_only:
            return read_summands([path], self._settings)[0]
        return issue(path, self._settings)

    def wait(self) -> Iterator[tuple[BatchTask, Done]]:
        """Yield what became of the task that ended first; what it made is put in place."""
        patience = TOGETHER_TIMEOUT if self._settings.beside.proof else _PATIENCE
        try:
            future, answer = self._arrived.get(timeout=patience)
        except queue.Empty:
            why = f"{patience:.0f} 秒没有一份做好了送回来"
            raise _Lost(CLUSTER_LOST.at(why=why)) from None

        task = self._running.pop(future)
        if isinstance(answer, Exception):
            yield task, self._find_fault(future, answer)
            return

        future.release()  # type: ignore[no-untyped-call]
        if answer is None:
            self._look_again()
            yield task, None
            return

        made = open_answer(answer)
        yield task, SPOILT.at() if made is None else self._put_in_place(made)

    def _put_in_place(self, made: Sequence[Outcome | Made]) -> Iterator[Outcome]:
        """Put in place what one task made."""
        for one in made:
            yield one if isinstance(one, Outcome) else put(one, self._settings)

    def _count_threads(self) -> int:
        """Return how many reports the cluster makes at once, as of some seconds ago."""
        if time.monotonic() - self._counted > _RECOUNT:
            self._counted = time.monotonic()
            with _or_lost():
                threads = self._client.nthreads()  # type: ignore[no-untyped-call]
                self._most = max(1, sum(threads.values()))
            if self._only is not None:
                self._look_again()

        return self._most

    def _fetch_answer(self, future: "Sent") -> None:
        """Bring the answer here, while others are being put in place."""
        answer: Answer | Exception | None
        try:
            answer = future.result()
        except Exception as error:
            answer = error

        self._arrived.put((future, answer))

    def _find_fault(self, future: "Sent", error: Exception) -> Finding:
        """Find out whether the task, its machine or the whole cluster is at fault."""
        if future.status == "cancelled":
            raise _Lost(_lost_connection())
        killed = type(error).__name__ == "KilledWorker"
        if not killed:
            self._look_again()
        why = "工作进程一个接一个没了，可能是内存不够" if killed else type(error).__name__
        return LOST.at(why=f"在集群上，{why}")


def _lost_connection() -> Finding:
    return CLUSTER_LOST.at(why="和调度器的连接断了")


@contextmanager
def _or_lost() -> Iterator[None]:
    """Raise _Lost where the scheduler does not answer in the middle of a batch."""
    try:
        yield
    except OSError:
        raise _Lost(_lost_connection()) from None


def _tell_differences(its: Mapping[str, str] | Exception, ours: Mapping[str, str]) -> str:
    """Return what a machine has otherwise, with what this one has."""
    if isinstance(its, OSError):
        return "没有应答"
    if isinstance(its, Exception):
        return f"没有能用的 docgen（{type(its).__name__}）"
    names = [name for name in {**ours, **its} if its.get(name) != ours.get(name)]
    return "，".join(f"{n} 是 {its.get(n, '没有')}，这里是 {ours.get(n, '没有')}" for n in names)
