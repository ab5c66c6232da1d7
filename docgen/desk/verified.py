"""Files that are handed in to be verified: is this what was issued? docgen's own verdict is told.

From the page of a report it is held against what was issued of that; from the first page against
the issued document that it is nearest to, or that whose 校验码 is typed.
"""

import re
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from docgen.desk.folder import DeskFolder, find_draft, has_issued, issued_record, name_of
from docgen.desk.handed_in import HANDED_IN
from docgen.desk.pages import send_page
from docgen.desk.uploads import find_upload, keep_upload
from docgen.desk.verbs import in_plain_words, run_docgen, within
from docgen.errors import Stop
from docgen.issuing.record import DOCUMENT, Target
from docgen.issuing.verify import verify_file

#: Where files are kept that were handed in to be verified.
VERIFIED = "核验的"
_LONGEST_CODE = 80
#: Against more issued documents than this no file is held: the page would wait for them.
_MOST_TRIED = 60
# sub: ；用 --input 指明输入再核验; not 重新做一遍，结果相同
_WITH_OPTION = re.compile("[：；]用 --[^；。：）]*")


class Verdict(NamedTuple):
    """What came of verifying a file; `words` are docgen's own, `against` what it was held to."""

    is_same: bool
    words: str
    against: str = ""
    said: tuple[str, ...] = ()


async def verify_returned(request: Request) -> Response:
    """Tell whether a file that is handed in is what was issued of this report."""
    folder: DeskFolder = request.app.state.folder
    draft = find_draft(request)
    path = await keep_upload(request, VERIFIED)

    def work() -> Verdict:
        if not has_issued(folder, draft):
            return Verdict(is_same=False, words="没有可以比的：这份报告还没有正式出文件")
        return _verify_against(folder, path, folder.target_of(draft), "")

    verdict = await run_in_threadpool(work)
    return send_page("verified.html", path=path.name, verdict=verdict, back=name_of(draft))


async def verify_handed_in(request: Request) -> Response:
    """Tell whether a file from the first page is any of the documents that were issued."""
    folder: DeskFolder = request.app.state.folder
    path = find_upload(request, HANDED_IN)
    async with request.form() as form:
        code = str(form.get("code", "")).strip()[:_LONGEST_CODE]

    verdict = await run_in_threadpool(_verify_nearest, folder, path, code)
    return send_page("verified.html", path=path.name, verdict=verdict, back="")


def _verify_nearest(folder: DeskFolder, path: Path, code: str) -> Verdict:
    """Hold a file against the issued document of this code, else against that it is nearest to."""
    issued = folder.list_issued()
    if not issued:
        return Verdict(is_same=False, words="没有可以比的：这个文件夹里还没有正式出的文件")
    if code:
        issued = [one for one in issued if _has_code(one, code)] or issued
    nearest = min(issued[:_MOST_TRIED], key=lambda one: _count_differences(path, one))
    return _verify_against(folder, path, nearest, code)


def _has_code(target: Target, code: str) -> bool:
    from docgen.publish.seal_form import matches_short

    record = issued_record(target)
    try:
        return record is not None and matches_short(code, record.sha256)
    except Stop:
        return False  # it is no code at all: told by the command


def _count_differences(path: Path, target: Target) -> float:
    try:
        return len(verify_file(path, against=target.document))
    except Stop:
        return float("inf")


def _verify_against(folder: DeskFolder, path: Path, target: Target, code: str) -> Verdict:
    """Run docgen's command on a file; its last words on it are the verdict.

    A code is that of the Word file: of any other it says which document was sealed.
    """
    is_other = bool(code) and not _has_code(target, code)
    asked = ["--short", code] if is_other else ["--against", within(folder, target.document)]
    is_same, lines = run_docgen(["verify", within(folder, path), *asked], folder.root)

    head = f"{within(folder, path)}："
    verdict = next((line for line in lines if line.startswith(head)), f"{head}无法核验")
    words = _WITH_OPTION.sub("", verdict.removeprefix(head))
    said = [in_plain_words(line, folder) for line in lines if line != verdict]
    if code and not is_other and is_same and path.suffix.lower() == DOCUMENT:
        words = f"与审批单相符，{words}"
    elif code and not is_other:
        said.append(f"校验码 {code} 是“{target.document.name}”的")
    against = f"校验码 {code}" if is_other else target.document.name
    return Verdict(is_same, words, against, tuple(filter(None, said)))
