"""Who gets into the desk, and what may be asked of it: the real server, real requests."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

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


def _sheet_version(desk: RunningDesk, draft: str) -> str:
    """Return the version that the page of a draft holds."""
    return desk.ask(draft).text.partition('name="version" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    "act",
    [
        "add-row|requests",
        "add-row|../../x",
        "drop-row|requests.unit1",
        "drop-row|body.name",
        "leave-out|requests",
        "take-in|year",
        "waive|0123456789ab",
        "unwaive|year",
        "unwaive|waivers.0",
        "write|/etc/passwd",
        "__class__|x",
        "|||",
        "\x00",
        "x" * 5000,
    ],
)
def test_no_button_does_what_no_page_offers(desk: RunningDesk, draft: str, act: str) -> None:
    """Nothing is written, and it is said in words."""
    folder = desk.folder / "inputs"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    fields = {"version": _sheet_version(desk, draft), "act": act, "new:requests": "x",
              "reason:0123456789ab": "x", "by:0123456789ab": "x"}  # fmt: skip
    answer = desk.ask(draft, urlencode(fields).encode())
    assert answer.code == 200
    assert "没有做：" in answer.text
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("sent", ["copy=preface", "copy=year", "take=a", "take=year|1", "copy=%00"])
def test_no_offer_is_taken_that_no_page_makes(desk: RunningDesk, draft: str, sent: str) -> None:
    version = _sheet_version(desk, draft)
    answer = desk.ask(draft, f"version={version}&{sent}".encode())
    assert answer.code in (303, 409)
    assert "Traceback" not in answer.text


def _multipart(name: str, data: bytes) -> tuple[bytes, dict[str, str]]:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--x--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../../evil.json", b"{}"),
        ("evil.docx", b"PK\x03\x04not a zip"),
        ("evil.xlsx", b"\x00" * 64),
        ("evil.html", b"<script>alert(1)</script>"),
        ("<img src=x onerror=alert(1)>.pdf", b"%PDF-1.7"),
        ("evil.exe", b"MZ"),
        (".hidden", b""),
    ],
)
def test_a_hostile_file_is_handed_in(desk: RunningDesk, name: str, data: bytes) -> None:
    """It is kept under a plain name where it belongs; why it cannot be read is said in words."""
    body, headers = _multipart(name, data)
    answer = desk.ask("/handed-in", body, headers=headers)
    assert answer.code == 303, answer.text
    page = desk.ask(answer.headers["location"])
    assert page.code == 200
    assert "读不了" in page.text
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    kept = [path for path in (desk.folder / "交来的").iterdir() if path.read_bytes() == data]
    assert kept
    for what in ("next", "same", "../x", "delete"):
        done = desk.ask(f"{answer.headers['location']}/{what}", b"")
        assert done.code in (404, 409), what
        assert "Traceback" not in done.text
    assert not (desk.folder.parent / "evil.json").exists()


def test_what_was_begun_is_gone_on_with(tmp_path: Path) -> None:
    """The same body's report of a year is begun once; another body's gets a name of its own."""
    with running_desk(tmp_path) as running:
        running.open()
        first, again, other = (
            running.ask("/new", f"year=2025&body={quote(body)}&form=&last=".encode())
            for body in ("石河乡人民政府", "石河乡人民政府", "../东山乡人民政府")
        )
        assert first.headers["location"] == again.headers["location"]
        assert other.headers["location"] != first.headers["location"]
        assert len(list((tmp_path / "inputs").iterdir())) == 2

        asked = tmp_path / "inputs" / "2025" / "基本情况.csv"
        asked.write_bytes(b"")  # what lies there cannot be read any more
        told = running.ask("/new", f"year=2025&body={quote('北山乡人民政府')}&form=&last=".encode())
        assert told.code in (303, 400, 409)
        assert str(tmp_path) not in told.text.replace(f'<p class="where">{tmp_path}</p>', "")


def test_a_handed_in_file_is_named_by_what_lies_there(desk: RunningDesk) -> None:
    for name in ("..%2F..%2Fetc%2Fpasswd", "0" * 12, "%00"):
        assert desk.ask(f"/handed-in/{name}").code == 404
        assert desk.ask(f"/handed-in/{name}/same", b"").code == 404
    other = desk.ask("/handed-in", b"x", headers={"Origin": "http://evil.example"})
    assert other.code == 403


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
