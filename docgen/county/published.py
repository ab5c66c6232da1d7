"""What a county puts on its portal of all that was issued: an index, and all data in one CSV.

已签发/目录.html        each body's report, linked, and what lies beside it: Word, PDF, data
已签发/全县.数据.csv      the open data of all, a cell a row, the body first

Both are complete in the folder of what was issued, which can be put on a site as it is. Reports
are read one by one, however many there are; what stands there to the byte is left alone.
"""

import contextlib
import csv
import io
import os
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from docgen import files
from docgen.county.board import Board
from docgen.county.issued import ISSUED
from docgen.errors import OutputStop
from docgen.files.inputs import INDEX
from docgen.files.visible import is_formula
from docgen.issuing.record import RECORD, Record, form_of, load_record
from docgen.messages.webpage import escape, write_page, write_table
from docgen.publish.data import CSV, HEAD, JSON

JOINT = "全县.数据.csv"

#: What stands before the columns of the open data.
JOINT_HEAD = ("机关", "年度", "报告", *HEAD)

#: What is linked of a report, in this order, by what follows its name.
_LINKED = {".docx": "Word", ".pdf": "PDF", CSV: "数据（CSV）", JSON: "数据（JSON）"}
_PAGE = ".html"
_STYLE = """
td:nth-child(1) { width: 3rem; }
td:nth-child(4) { white-space: nowrap; }
td a { margin-right: .75em; }
@media print {
  @page { size: A4 portrait; margin: 15mm; }
  td:nth-child(4) { white-space: normal; }
}
""".strip()
_CHUNK = 1 << 16


class _Issued(NamedTuple):
    """One report that was issued: whose it is, and its files by what follows their name."""

    body: str
    record: Path
    beside: dict[str, Path]

    def read_record(self) -> Record | None:
        return load_record(self.record)


def write_published(board: Board, folder: Path) -> list[Path]:
    """Put index and data in place where pages or data were issued; return those that stand there.

    Raise OutputStop if they cannot be written.
    """
    issued = list(_issued_of(board))
    top = folder / ISSUED
    made: list[Path] = []
    if any(_PAGE in one.beside for one in issued):
        _put_stream(top / INDEX, iter([_write_index(board, issued)]))
        made.append(top / INDEX)
    if any(CSV in one.beside for one in issued):
        _put_stream(top / JOINT, _joint_rows(issued))
        made.append(top / JOINT)

    return made


def _issued_of(board: Board) -> Iterator[_Issued]:
    """Yield what was issued, in the order of the board."""
    for row in board.of("issued"):
        outputs = row.returns[0].outcome.outputs
        record = next((path for path in outputs if path.name.endswith(RECORD)), None)
        if record is not None:
            stem = record.name.removesuffix(RECORD)
            beside = {path.name.removeprefix(stem): path for path in outputs}
            yield _Issued(row.name, record, beside)


def _write_index(board: Board, issued: Sequence[_Issued]) -> bytes:
    title = f"{board.year} 年度报告目录"
    rows = (_index_row(number, one) for number, one in enumerate(issued, start=1))
    table = write_table(("序号", "机关", "报告", "附件下载"), rows, title)
    return write_page(title, _STYLE, chain([f"<p>共 {len(issued)} 份。</p>"], table))


def _index_row(number: int, one: _Issued) -> Sequence[str]:
    record = one.read_record()
    title = str(record.members.get("title") or "") if record else ""
    shown = escape(title.replace("\n", "") or one.body)
    page = one.beside.get(_PAGE)
    report = f'<a href="{quote(page.name)}">{shown}</a>' if page else shown
    links = (
        f'<a href="{quote(one.beside[suffix].name)}">{words}</a>'
        for suffix, words in _LINKED.items()
        if suffix in one.beside
    )
    return str(number), escape(one.body), report, " ".join(links)


def _joint_rows(issued: Sequence[_Issued]) -> Iterator[bytes]:
    """Yield the file report by report, each as its own data have it; what is no data is left."""
    yield _csv_bytes([JOINT_HEAD], mark=True)
    for one in issued:
        data = files.regular_bytes(one.beside[CSV], files.LIMIT) if CSV in one.beside else None
        record = one.read_record()
        if data is None or record is None:
            continue
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
        if tuple(head) == HEAD:
            form = form_of(record)
            words = (one.body, form.name if form else "")
            body, kind = (f"'{text}" if is_formula(text) else text for text in words)
            year = str(record.members.get("year") or "")
            yield _csv_bytes([(body, year, kind, *row) for row in rows])


def _csv_bytes(rows: Sequence[Sequence[str]], *, mark: bool = False) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _put_stream(path: Path, chunks: Iterator[bytes]) -> None:
    """Write what may be larger than memory, whole or not at all; leave alone what is the same.

    Raise OutputStop if it cannot be written.
    """
    files.clear_aside(path)
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if not _are_same(part, path):
            part.replace(path)
            files.sync_folders([path.parent])
    except OSError as error:
        why = files.reason(error)
        raise OutputStop(files.CANNOT_WRITE.at(name=str(path), why=why)) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _are_same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes, read a little at a time."""
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        pairs = zip_longest(
            iter(lambda: first.read(_CHUNK), b""), iter(lambda: second.read(_CHUNK), b"")
        )
        return all(chunk == same for chunk, same in pairs)
