"""Doing the work again whenever an input, the template or a form changes.

Files are looked at every second rather than subscribed to: offices keep inputs on network drives,
and those announce nothing.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from docgen.check.outcome import Outcome

EVERY = 1.0  # seconds


def wait_for_changes(
    look: Callable[[], list[Path]], others: Sequence[Path]
) -> Iterator[list[Path]]:
    """Yield the inputs that `look` finds: at once, and when one changed and is at rest again."""
    told = last = None
    while True:
        paths = look()
        now = tuple(_file_stamps((*paths, *others)))
        if now != told and (told is None or now == last):  # an editor may still be saving
            told = now
            yield paths
        last = now
        time.sleep(EVERY)


def _file_stamps(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Yield when each file was last written, and its size: of folders, of every file in them."""
    for path in paths:
        try:
            if path.is_dir():
                yield from _file_stamps(sorted(path.iterdir()))
            else:
                status = path.stat()
                yield str(path), status.st_mtime_ns, status.st_size
        except OSError:
            yield str(path), 0, 0


class News:
    """Of the outcomes of one round after the other, those that say something new."""

    def __init__(self) -> None:
        self._said: dict[Path, tuple[object, ...]] = {}

    def among(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Yield the outcomes that are not as they were."""
        for outcome in outcomes:
            now = (outcome.verdict, outcome.findings)
            if self._said.get(outcome.input) != now or (outcome.outputs and not outcome.unchanged):
                yield outcome
            self._said[outcome.input] = now
