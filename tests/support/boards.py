"""Boards of real reports: each was written as a file, spoilt in some way, and checked."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
from county import body_name, put_file, sheets_of, unit_report, workbook_of

from docgen.county.board import STATES, Board, BoardRow, Return, State
from docgen.county.board_words import faults_of, tell_faults
from docgen.county.roster import Unit
from docgen.files import regular_bytes, sha256
from docgen.files.inputs import is_one_report
from docgen.finding import Place
from docgen.pipeline import check

YEAR = 2025
YESTERDAY, TODAY = datetime(2026, 1, 11, 16, 20), datetime(2026, 1, 12, 9, 30)
REQUESTS, DISCLOSURE, FACTS = "表二 申请办理", "表一 主动公开", "基本情况"

Spoil = Callable[[Path, dict[str, Any]], Path]


def _in_workbook(**cells: object) -> Spoil:
    """Type into cells of the workbook: `D4` of the second table, `f_B9` of the facts."""

    def write(folder: Path, report: dict[str, Any]) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(workbook_of(report)))
        for name, value in cells.items():
            sheet, _, cell = name.rpartition("_")
            book[{"": REQUESTS, "f": FACTS, "d": DISCLOSURE}[sheet]][cell].value = value
        folder.mkdir(parents=True, exist_ok=True)
        book.save(folder / f"{YEAR}.xlsx")
        return folder / f"{YEAR}.xlsx"

    return write


def write_json(folder: Path, report: dict[str, Any]) -> Path:
    """A JSON input whose total is wrong."""
    report["figures"]["requests"]["handled"]["total"] += 7
    return put_file(folder / f"{YEAR}.json", json.dumps(report, ensure_ascii=False).encode())


def write_folder(folder: Path, report: dict[str, Any]) -> Path:
    """A folder of CSV files in one of which a figure is no number."""
    for name, data in sheets_of(report).items():
        text = data.decode("utf-8-sig")
        if name.startswith(DISCLOSURE):
            text = text.replace("行政许可,", "行政许可,约", 1)
        put_file(folder / str(YEAR) / name, text.encode("utf-8-sig"))
    return folder / str(YEAR)


#: How the reports of faulty bodies are spoilt, in turn.
SPOILT: Sequence[Spoil] = (
    _in_workbook(E6=99),
    _in_workbook(D4="三件", E4="—", D6="约5", d_B4="五十左右", f_B9="2025年1月20日"),
    write_folder,
    write_json,
    _in_workbook(f_B9="明年"),
)


class BoardMaker:
    """Writes reports into a folder, body by body, and makes a board of what became of them."""

    def __init__(self, folder: Path) -> None:
        self.received = folder / "收件"
        self.rows: list[BoardRow] = []
        self._numbers = count(1)
        self._spoilt = count()

    def add(self, state: State, bodies: int = 1) -> "BoardMaker":
        """Add rows of bodies whose reports come to this."""
        for _ in range(bodies):
            number = next(self._numbers)
            unit = unit_of(number)
            returns = [self._came(path) for path in self._write(state, number, unit.short_name)]
            row = BoardRow(
                state=state,
                name=unit.name,
                unit=unit if state != "unlisted" else None,
                returns=tuple(returns),
                why=_why(state, returns),
                since=TODAY,
            )
            self.rows.append(row)
        return self

    def board(self, **more: Any) -> Board:
        """Return the board, failures first."""
        order = list(STATES)
        rows = sorted(self.rows, key=lambda row: order.index(row.state))
        made = Board(year=YEAR, rows=tuple(rows), made=TODAY, before=YESTERDAY)
        return replace(made, **more)

    def _write(self, state: State, number: int, short: str) -> list[Path]:
        report, folder = unit_report(number, YEAR), self.received / short
        if state == "faulty":
            return [SPOILT[next(self._spoilt) % len(SPOILT)](folder, report)]
        if state == "unreadable":
            return [put_file(folder / f"{YEAR}.xlsx", b"PK\3\4 " + short.encode())]
        if state == "missing":
            return []
        if state == "unlisted":
            report["body"]["name"] = report["signature"]["name"] = f"乌苏市{short}政府"
        first = put_file(folder / f"{YEAR}.xlsx", workbook_of(report))
        if state != "several":
            return [first]
        report["figures"]["disclosure"]["licensing"]["decided"] += 2
        return [first, put_file(folder / f"{YEAR}（改）.xlsx", workbook_of(report))]

    def _came(self, path: Path) -> Return:
        return return_of(path, self.received)


def unit_of(number: int) -> Unit:
    """Return a body as the roster has it."""
    name = body_name(number)
    short = name.removeprefix("乌苏市").removesuffix("人民政府")
    place = Place("名单.xlsx", "Sheet1", f"A{number + 1}")
    return Unit(name, f"王芳{number}", place, short, "township", phone=f"0992-{6000000 + number}")


def return_of(path: Path, received: Path, seen: datetime = TODAY) -> Return:
    """Return what became of a file or folder that came in."""
    inside = sorted(path.iterdir()) if is_one_report(path) else [path]
    data = b"".join(regular_bytes(each, 1 << 20) or b"" for each in inside)
    outcome = replace(check(path), reading=None)
    where = str(path.relative_to(received))
    return Return(where, path, path, sha256(data), seen, outcome)


def _why(state: State, returns: Sequence[Return]) -> str:
    if state == "several":
        return f"交了 {len(returns)} 份，不知道哪一份是定稿"
    if state == "missing":
        return "没有收到"
    if state == "unlisted":
        return f"“{returns[0].outcome.body}”不在名单里"
    return tell_faults(faults_of(returns[0]))


def county_board(folder: Path) -> Board:
    """Return a county of 60 in the middle of its January."""
    maker = BoardMaker(folder)
    maker.add("issued", 30).add("faulty", 8).add("unreadable", 2).add("several", 2)
    maker.add("issued", 10).add("missing", 8)
    rows = maker.add("unlisted").board().rows
    # what was so yesterday, and was said yesterday
    old = [row for row in rows if row.name in {body_name(31), body_name(53), body_name(54)}]
    before = [replace(row, since=YESTERDAY, chased=YESTERDAY) for row in old]
    first = {body_name(number) for number in range(1, 26)}

    def aged(row: BoardRow) -> BoardRow:
        if row in old:
            return before[old.index(row)]
        if row.name not in first:
            return row
        seen = tuple(replace(each, first_seen=YESTERDAY) for each in row.returns)
        return replace(row, returns=seen, since=YESTERDAY)

    return maker.board(rows=tuple(map(aged, rows)))
