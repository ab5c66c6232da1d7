"""Documents that come back: what was changed in Word is taken over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from docgen import files
from docgen.back.earlier import kept_issues
from docgen.desk.draft import open_draft
from docgen.desk.folder import DeskFolder, find_draft, name_of
from docgen.desk.guard import SHOWN_POLICY
from docgen.desk.pages import send_page
from docgen.desk.results import send_result
from docgen.desk.told import tell_finding
from docgen.desk.uploads import find_upload, keep_upload
from docgen.desk.verbs import VerbResult, in_plain_words, read_told, run_docgen, within
from docgen.files import ooxml
from docgen.issuing.at_hand import fits
from docgen.issuing.record import Record, Target, load_record
from docgen.word.blocks import plain_text
from docgen.word.revisions import read_returned

#: Where documents are kept that came back.
RETURNED = "送回来的"


async def receive_returned(request: Request) -> Response:
    """Keep a document that came back, and show what was changed in it."""
    draft = find_draft(request)
    path = await keep_upload(request, RETURNED)
    return RedirectResponse(f"/draft/{name_of(draft)}/back/{name_of(path)}", 303)


async def show_changes(request: Request) -> Response:
    """Show what a returned document changes; nothing is written."""
    draft, path = find_draft(request), find_upload(request, RETURNED)
    return await run_in_threadpool(_tell_changes, request.app.state.folder, draft, path)


async def take_changes(request: Request) -> Response:
    """Write those changes that are wanted into the draft and issue it again."""
    draft, path = find_draft(request), find_upload(request, RETURNED)
    async with request.form() as form:
        shown, wanted = form.getlist("shown"), form.getlist("wanted")
    unwanted = [one for one in map(str, shown) if one.isdecimal() and one not in wanted]
    confirmed = [word for number in unwanted for word in ("--leave", number)] + ["--yes"]
    folder: DeskFolder = request.app.state.folder
    return await run_in_threadpool(_tell_changes, folder, draft, path, confirmed)


def _tell_changes(
    folder: DeskFolder, draft: Path, path: Path, confirmed: Sequence[str] = ()
) -> Response:
    base = find_base_of(folder, draft, path)
    if base is None:
        return _tell_refused(draft, path, [_nothing_made()])

    words = ["back", within(folder, path), "--against", within(folder, base.document),
             "--input", within(folder, draft)]  # fmt: skip
    _, said = run_docgen([*words, "--json", *confirmed], folder.root)
    told = read_told(said)
    if told is None:
        plain = [in_plain_words(line, folder) for line in said]
        return send_result(folder, draft, VerbResult("收回改动", is_done=False, said=plain))
    if "changes" not in told:
        found = told.get("findings")
        return _tell_refused(draft, path, found if isinstance(found, list) else [])

    return send_page(
        "changes.html",
        name=name_of(draft),
        file=name_of(path),
        path=path.name,
        told={**told, **_problems_in_words(draft, told)},
        places=_places_in_words(draft, told),
        is_review=base == folder.target_of(draft, is_draft=True),
        is_earlier=told["made_from"] != told["against"],
    )


def find_base_of(folder: DeskFolder, draft: Path, path: Path) -> Target | None:
    """Return which document a returned one was made from: issued, or for review.

    It is the one whose words are nearest to it, as it stands or as it was kept: the other may have
    been made since, from what was changed meanwhile. None if nothing was made of the draft.
    """
    issued, review = folder.target_of(draft), folder.target_of(draft, is_draft=True)
    records = {one: found for one in (issued, review) if (found := load_record(one.record))}
    if len(records) < 2:
        return next(iter(records), None)

    lines = _lines_of(files.read_bytes(path))
    far = {
        one: (min(_distance(lines, each) for each in _documents_of(one, record)),
              not fits(draft, record))
        for one, record in records.items()
    }  # fmt: skip
    return min(far, key=lambda one: far[one])


def _documents_of(target: Target, record: Record) -> Iterator[bytes]:
    try:
        yield record.document
    except ValueError:
        yield b""
    for kept in kept_issues(target):
        yield files.regular_bytes(kept, files.LIMIT) or b""


def _lines_of(data: bytes) -> Counter[str]:
    """Return the lines that a document says, its heads of pages too; none of what is no DOCX.

    Where the same is issued as was sent for review, the head alone tells one from the other.
    """
    try:
        parts = ooxml.read_parts(data)
        heads = [
            "".join(text for one in ooxml.parse(part, name).iter() if (text := one.text))
            for name, part in parts.items()
            if name.startswith("word/header")
        ]
        body = read_returned(parts).body
    except ooxml.NotPackage:
        return Counter()
    return Counter([*heads, *plain_text(body).splitlines()])


def _distance(lines: Counter[str], document: bytes) -> int:
    other = _lines_of(document)
    return (lines - other).total() + (other - lines).total()


#: The code of the refusal that the desk has a cure of its own for.
_INPUT_GONE = "V122"
_MAKE_AGAIN = (
    "填的在出文件以后又改过。先回到报告，再按一次“出送审稿”（领导改的是正式文件的，按“正式出文件”），"
    "旧的会留着；再把这一份交来，就只收领导改的地方，后来填的都在。"
)


def _tell_refused(draft: Path, path: Path, found: Sequence[object]) -> Response:
    """Tell in words why nothing can be taken over."""
    told = [tell_finding(one) for one in found if isinstance(one, dict)]
    codes = [one.get("code") for one in found if isinstance(one, dict)]
    told = [
        one._replace(cure=_MAKE_AGAIN) if code == _INPUT_GONE else one
        for one, code in zip(told, codes, strict=True)
    ]
    return send_page("not_taken.html", name=name_of(draft), path=path.name, findings=told)


def _nothing_made() -> dict[str, object]:
    return {
        "message": "这份报告还没有出过送审稿或正式文件，不知道它是照哪一份改的",
        "cure": "看看是不是拿错了文件；是别的报告的，到那一份报告里交。",
    }


def _problems_in_words(draft: Path, told: Mapping[str, object]) -> dict[str, object]:
    """Return the findings that were told, with cells called as the page of the report calls them.

    They are those of the changes, of a check before writing, and of what came of it.
    """
    opened = open_draft(draft)
    spelled = {str(place): opened.where_of(key) for key, place in opened.reading.places.items()}
    longest_first = sorted(filter(None, spelled), key=len, reverse=True)

    def in_words(found: object) -> list[dict[str, object]]:
        listed = [dict(one) for one in found if isinstance(one, dict)] if isinstance(
            found, list) else []  # fmt: skip
        for one in listed:
            for key in ("message", "cure"):
                text = str(one.get(key, ""))
                for place in longest_first:
                    text = text.replace(place, f"“{spelled[place]}”") if place in text else text
                one[key] = text
        return listed

    inner = {key: one for key in ("check", "outcome") if isinstance(one := told.get(key), dict)}
    return {
        "findings": in_words(told.get("findings")),
        **{key: {**one, "findings": in_words(one.get("findings"))} for key, one in inner.items()},
    }


def _places_in_words(draft: Path, told: Mapping[str, object]) -> dict[str, str]:
    """Return what the page of the report calls each place that was told, by its address."""
    opened = open_draft(draft)
    listed = (told.get(key) for key in ("changes", "stale", "others", "revisions", "comments"))
    entries = (one for some in listed if isinstance(some, list) for one in some)
    found = [
        str(one.get(key) or "")
        for one in entries
        if isinstance(one, dict)
        for key in ("address", "edited")
    ]
    return {one: opened.where_of(one) for one in found if one}


async def show_last_year(request: Request) -> Response:
    """Show what changed against last year, side by side; the page runs no script."""
    draft = find_draft(request)
    return await run_in_threadpool(_compared_page, request.app.state.folder, draft)


def _compared_page(folder: DeskFolder, draft: Path) -> Response:
    from docgen.check.judge import find_last_year
    from docgen.compare import ComparedReport, Comparison
    from docgen.compare.to_html import to_html
    from docgen.read import read_report

    reading = read_report(draft)
    last = find_last_year(draft, reading, folder.previous)
    if last is None:
        raise HTTPException(404, "没有找到上年的报告。在首页“上年的报告”里交来，再看这一页。")
    reports = [ComparedReport(one.name, one.form, one.report, errors=0) for one in (last, reading)]
    page = to_html(Comparison(reports, 0.5), has_addresses=False)
    return HTMLResponse(page, headers={"Content-Security-Policy": SHOWN_POLICY})
