"""A desk that runs as a process of its own, asked as a browser or as somebody else would ask."""

import http.client
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What the desk answered."""

    code: int
    headers: Mapping[str, str]
    text: str
    data: bytes = b""


@dataclass
class RunningDesk:
    """A desk over a folder: the address to open, its port, the cookie once it is open."""

    folder: Path
    address: str
    port: int
    process: "subprocess.Popen[str]"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        *,
        method: str = "",
        headers: Mapping[str, str] | None = None,
        known: bool = True,
    ) -> Answer:
        """Ask for a page; with a body, send it as a form or what the headers say."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {**(self.headers if known else {}), **(headers or {})}
        if body is not None:
            sent = {
                "Origin": f"http://{self.host}",
                "Content-Type": "application/x-www-form-urlencoded",
                **sent,
            }
        connection.request(method or ("GET" if body is None else "POST"), path, body, sent)
        got = connection.getresponse()
        data = got.read()
        headers = dict(got.getheaders())
        answer = Answer(got.status, headers, data.decode("utf-8", "replace"), data)
        connection.close()
        return answer

    def hand_in(self, path: str, files: Sequence[tuple[str, str, bytes]]) -> Answer:
        """Send files as a form does: the name of the field, that of the file, its content."""
        mark = "docgen-test-boundary"
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
            "\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
            + data
            + b"\r\n"
            for field, name, data in files
        )
        kind = f"multipart/form-data; boundary={mark}"
        return self.ask(path, body + f"--{mark}--\r\n".encode(), headers={"Content-Type": kind})

    def open(self) -> None:
        """Open it as the browser does: the token becomes a cookie."""
        split = urlsplit(self.address)
        answer = self.ask(f"{split.path}?{split.query}")
        assert answer.code == 303, answer
        self.headers["Cookie"] = answer.headers["set-cookie"].partition(";")[0]


@contextmanager
def running_desk(folder: Path) -> Iterator[RunningDesk]:
    """Run a desk over a folder."""
    with running([sys.executable, "-m", "docgen", "desk", "--no-browser"], folder) as desk:
        yield desk


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[RunningDesk]:
    """Run a desk by this command."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=None if environment is None else dict(environment),
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate(timeout=10)
        yield RunningDesk(folder, address, urlsplit(address).port or 0, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)
