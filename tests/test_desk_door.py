"""Who gets into the desk, and what may be asked of it: the real server, real requests."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from desk import RunningDesk, running_desk

from docgen.desk.folder import safe_name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with running_desk(tmp_path_factory.mktemp("desk")) as running:
        running.open()
        yield running


@pytest.fixture(scope="module")
def draft(desk: RunningDesk) -> str:
    """Begin a report; return where its page is."""
    body = f"year=2025&body={quote('石河乡人民政府')}&form=&last="
    answer = desk.ask("/new", body.encode())
    assert answer.code == 303, answer.text
    return answer.headers["location"]


def test_a_token_is_good_once(tmp_path: Path) -> None:
    with running_desk(tmp_path) as running:
        running.open()
        split = urlsplit(running.address)
        again = running.ask(f"/?{split.query}", known=False)
        assert again.code == 403
        assert "已经用过" in again.text
        assert running.ask("/").code == 200
        assert running.ask(f"/?{split.query}").code == 303  # the window that is in already


def test_nobody_gets_in_without_the_cookie(desk: RunningDesk, draft: str) -> None:
    for path in ("/", draft, f"{draft}/page", "/static/desk.js", "/?token=wrong"):
        assert desk.ask(path, known=False).code == 403, path
        other = desk.ask(path, known=False, headers={"Cookie": f"docgen-{desk.port}=guess"})
        assert other.code == 403, path


def test_the_cookie_is_for_no_script_and_no_other_site(tmp_path: Path) -> None:
    with running_desk(tmp_path) as running:
        split = urlsplit(running.address)
        cookie = running.ask(f"/?{split.query}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert cookie.partition("=")[0] == f"docgen-{running.port}"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost.evil.example:80", ""])
def test_another_name_of_this_machine_gets_nothing(desk: RunningDesk, host: str) -> None:
    """A foreign name may resolve to this machine (DNS rebinding)."""
    assert desk.ask("/", headers={"Host": host}).code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
def test_no_other_page_changes_anything(desk: RunningDesk, draft: str, origin: str) -> None:
    sent = json.dumps({"edits": [["body.name", "石河乡人民政府", "别的机关"]]}).encode()
    headers = {"Origin": origin, "Content-Type": "application/json"}
    assert desk.ask(f"{draft}/edit", sent, headers=headers).code == 403
    assert desk.ask(f"{draft}/do/draft", b"", headers={"Origin": origin}).code == 403
    assert "石河乡人民政府" in desk.ask(draft).text


def test_every_answer_forbids_what_comes_from_outside(desk: RunningDesk, draft: str) -> None:
    for path in ("/", draft, "/nothing", "/static/desk.css"):
        headers = desk.ask(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
    shown = desk.ask(f"{draft}/page").headers["content-security-policy"]
    assert "script-src" not in shown
    assert "sandbox" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/draft/..%2F..%2Fetc%2Fpasswd",
        "/draft/%2Fetc%2Fpasswd",
        "/static/../guard.py",
        "/static/%2e%2e/guard.py",
        "/static/..%5cguard.py",
        "/draft/0123456789ab",
    ],
)
def test_no_path_from_a_request(desk: RunningDesk, path: str) -> None:
    answer = desk.ask(path)
    assert answer.code == 404
    assert "root:" not in answer.text
    assert "class Guard" not in answer.text


def test_no_file_but_those_made_of_the_report(desk: RunningDesk, draft: str) -> None:
    for name in ("..%2F..%2Fsecret.txt", "secret", "0" * 12):
        assert desk.ask(f"{draft}/file/{name}").code == 404


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"{", b'{"edits": 3}', b'{"edits": [1]}', b'{"edits": [["a"]]}', b"\xff"]
)
def test_what_no_page_sends_is_refused_in_words(desk: RunningDesk, draft: str, sent: bytes) -> None:
    answer = desk.ask(f"{draft}/edit", sent, headers={"Content-Type": "application/json"})
    assert answer.code == 400
    assert "重新打开" in answer.text
    assert "Traceback" not in answer.text


def test_an_edit_of_nothing_known_is_told(desk: RunningDesk, draft: str) -> None:
    edits = [["../../x", "", "1"], ["form", "", "toy"], ["waivers.0", "", "x"], ["year.x", "", "1"]]
    sent = json.dumps({"edits": edits}).encode()
    answer = desk.ask(f"{draft}/edit", sent, headers={"Content-Type": "application/json"})
    clashes = json.loads(answer.text)["clashes"]
    assert [one["address"] for one in clashes] == [edit[0] for edit in edits]


def test_a_body_that_is_too_large_is_not_read(desk: RunningDesk) -> None:
    headers = {"Content-Length": str(10**10)}
    answer = desk.ask("/new", b"year=2025", headers=headers)
    assert answer.code == 413


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\用户\\年报.docx", "年报.docx"),
        ("a\x00b<c>.docx", "abc.docx"),
        ("...", "文件"),
        ("年" * 300 + ".docx", "年" * 80 + ".docx"),
        ("\u202eexe.docx", "exe.docx"),
    ],
)
def test_a_dropped_file_has_a_plain_name(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_the_desk_is_shut_by_its_button(tmp_path: Path) -> None:
    with running_desk(tmp_path) as running:
        running.open()
        assert "已经关了" in running.ask("/quit", b"").text
        assert running.process.wait(timeout=20) == 0
