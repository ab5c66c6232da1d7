"""The desk over the reference report: from the start to the page, from a keystroke to its finding.

Last year's report lies beside as a Word file: it is read once, not at every keystroke.
"""

import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from measure import INPUT, spread, table

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.desk.folder import name_of
from docgen.read import read_report

FIELD = "requests.received.natural"


def measure(keystrokes: int) -> list[str]:
    """The section of the page: a row a kind of draft."""
    rows = [_row(kind, keystrokes) for kind in ("CSV", "XLSX")]
    head = ("draft", "start to page: ms", "page: ms", "keystroke: ms", "min–max")
    return [
        f"{keystrokes} keystrokes, medians; server's time, through HTTP.",
        "",
        *table(head, rows),
    ]


def _row(kind: str, keystrokes: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as made:
        draft = _lay_folder(Path(made), kind)
        begun = time.perf_counter()
        command = [sys.executable, "-m", "docgen", "desk", "--no-browser"]
        with subprocess.Popen(command, cwd=made, stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            asked = _Asked(desk.stdout.readline().strip())
            asked.send("/")
            started = (time.perf_counter() - begun) * 1000
            path = f"/draft/{name_of(draft)}"
            page = asked.send(path)
            times = [asked.edit(path, str(number), str(number + 1)) for number in range(keystrokes)]
            desk.terminate()

    typed = spread(times)
    return (kind, f"{started:.0f}", f"{page:.0f}", *typed)


def _lay_folder(folder: Path, kind: str) -> Path:
    """Lay the draft, and last year's report as it was published."""
    report = read_report(INPUT).report
    figures = {**report.figures, FIELD: 0}
    report = report.model_copy(update={"figures": figures})
    form = read_report(INPUT).form.as_reported(report.units, report.absent)
    (folder / "inputs" / "2024").mkdir(parents=True)
    if kind == "CSV":
        for name, data in write_csv_sheets(form, report).items():
            (folder / "inputs" / "2024" / name).write_bytes(data)
        draft = folder / "inputs" / "2024"
    else:
        (folder / "inputs" / "2024").rmdir()
        draft = folder / "inputs" / "2024.xlsx"
        draft.write_bytes(write_workbook(form, report))

    tree = json.loads(INPUT.read_text(encoding="utf-8").replace("2024年", "2023年"))
    tree |= {"year": 2023}
    tree["signature"]["date"] = "2024年1月20日"
    last = folder / "last.json"
    last.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    issue = [
        sys.executable,
        "-m",
        "docgen",
        "render",
        str(last),
        "--draft",
        "-o",
        str(folder / "made"),
    ]
    subprocess.run(issue, check=False, capture_output=True)
    (folder / "上年").mkdir()
    shutil.copy(folder / "made" / "last.草稿.docx", folder / "上年" / "2023.docx")
    return draft


class _Asked:
    """A browser's part of the talk."""

    def __init__(self, address: str) -> None:
        split = urlsplit(address)
        self._host = split.netloc
        self._headers: dict[str, str] = {}
        self.send(f"/?{split.query}")

    def send(self, path: str, body: bytes | None = None) -> float:
        """Return the milliseconds that an answer takes."""
        connection = http.client.HTTPConnection(self._host, timeout=60)
        begun = time.perf_counter()
        headers = {**self._headers, "Origin": f"http://{self._host}"}
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        taken = (time.perf_counter() - begun) * 1000
        if cookie := answer.headers["set-cookie"]:
            self._headers["Cookie"] = cookie.partition(";")[0]
        if answer.status >= 400 or (body and json.loads(text)["clashes"]):
            sys.exit(f"{path}: {answer.status} {text.decode()[:500]}")
        return taken

    def edit(self, path: str, was: str, now: str) -> float:
        """Return the milliseconds from an edit to what is told of it."""
        return self.send(f"{path}/edit", json.dumps({"edits": [[FIELD, was, now]]}).encode())
