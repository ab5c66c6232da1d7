"""Documents set as PDF by LibreOffice: tried once more where it fails, only a whole PDF counts."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from docgen import files
from docgen.errors import OutputStop
from docgen.finding import Finding, Rule
from docgen.layout.office.fontconfig import write_fontconfig
from docgen.layout.pdf import fault_of
from docgen.office import (
    ONE_AT_A_TIME,
    SETTING,
    Filters,
    discard_home,
    find_office,
    home,
    run_office,
    work_folder,
)

NO_OFFICE = Rule(
    code="F101",
    name="没有 LibreOffice",
    severity="error",
    message="没有找到 LibreOffice，出不了校样{where}",
    why="校样（PDF）由 LibreOffice 排出来；DOCX 不需要它，照常签发。",
    example="新电脑上只装了 docgen。",
    cure="装上 LibreOffice：Debian/Ubuntu 用 apt install libreoffice-writer-nogui，麒麟、统信在"
    "软件商店里搜 LibreOffice，Windows 和 macOS 从 libreoffice.org 下载；已装在别处的，把"
    " soffice 的全路径写进环境变量 DOCGEN_SOFFICE。",
)
HANGS = Rule(
    code="F102",
    name="LibreOffice 没有反应",
    severity="error",
    message="LibreOffice 过了 {seconds} 秒还没有排完“{name}”，已经停掉",
    why="文件里有 LibreOffice 排不出来的内容，或电脑正忙；换了全新的设置又试过一次，也是这样。",
    example="电脑内存不足，LibreOffice 卡住了。",
    cure="关掉别的程序再试；还是这样，用 docgen 自带的模板（不写 --template）重新出一份再试。",
)
FAILED = Rule(
    code="F103",
    name="LibreOffice 没有排出来",
    severity="error",
    message="LibreOffice 没有排出“{name}”：{why}",
    why="LibreOffice 中途退出，或没有写出文件；换了全新的设置又试过一次，也是这样。",
    example="磁盘满了，或 LibreOffice 没有装全（缺 Writer）。",
    cure="腾出磁盘空间；还是这样，用 LibreOffice 打开它看看，不要保存；打不开就重装 LibreOffice"
    "（要带 Writer）。",
)
BROKEN_PDF = Rule(
    code="F104",
    name="校样不完整",
    severity="error",
    message="“{name}”的校样不是完整的 PDF：{why}",
    why="写到一半停下的 PDF 打不开或缺页；换了全新的设置又试过一次，也是这样。",
    example="磁盘满了，PDF 只写了一半。",
    cure="腾出磁盘空间再试。",
)
NO_ROOM = Rule(
    code="F107",
    name="临时文件夹写不进去",
    severity="error",
    message="没有出校样：排版要用的临时文件夹“{name}”写不进去（{why}）",
    why="LibreOffice 排版时要有放临时文件的地方，一份约 1 MB；DOCX 不需要它，照常签发。",
    example="/tmp 所在的磁盘满了。",
    cure="腾出空间，或把环境变量 TMPDIR 指到有空间的文件夹，再运行一次。",
    since="0.2.0",
)

#: Seconds for a start, and for each document after it.
START, EACH = 60.0, 10.0

_FILTERS = Filters("MS Word 2007 XML", "pdf:writer_pdf_Export")


class ProofStop(OutputStop):
    """No proof can be made."""


def convert(
    documents: Mapping[str, bytes], names: Mapping[str, str], timeout: float | None = None
) -> dict[str, bytes | ProofStop]:
    """Return the PDF of every document, by key, or why there is none; `names` are theirs.

    `timeout` is in seconds for each call of LibreOffice. What fails is tried once more, by
    itself, on a fresh profile; after two that hang, the rest is not tried again.
    """
    office = find_office()
    if office is None:
        where = (
            f"（{SETTING} 指向的“{os.environ[SETTING]}”不是程序）" if SETTING in os.environ else ""
        )
        raise ProofStop(NO_OFFICE.at(where=where))

    try:
        with ONE_AT_A_TIME:
            return _convert(office, documents, names, timeout) if documents else {}
    except OSError as error:
        name = tempfile.tempdir or "临时文件夹"
        raise ProofStop(NO_ROOM.at(name=name, why=files.reason(error))) from None


def _convert(
    office: Path, documents: Mapping[str, bytes], names: Mapping[str, str], timeout: float | None
) -> dict[str, bytes | ProofStop]:
    answers = _run(office, documents, names, timeout)
    hung = 0
    for key, answer in answers.items():
        if isinstance(answer, bytes) or hung > 1:
            continue
        discard_home()
        again = _run(office, {key: documents[key]}, names, timeout)[key]
        answers[key] = again
        hung += not isinstance(again, bytes) and again.rule is HANGS

    if any(not isinstance(answer, bytes) for answer in answers.values()):
        discard_home()
    return {
        key: answer if isinstance(answer, bytes) else ProofStop(answer)
        for key, answer in answers.items()
    }


def _run(
    office: Path, documents: Mapping[str, bytes], names: Mapping[str, str], timeout: float | None
) -> dict[str, bytes | Finding]:
    """Return what one call of LibreOffice makes of all these documents."""
    with work_folder() as work:
        paths = []
        for number, data in enumerate(documents.values()):
            paths.append(work / f"{number}.docx")
            paths[-1].write_bytes(data)

        seconds = timeout or START + EACH * len(documents)
        ended = run_office(office, paths, _FILTERS, seconds, environment=_fonts())
        return {
            key: _answer(names[key], path.with_suffix(".pdf"), ended, seconds)
            for key, path in zip(documents, paths, strict=True)
        }


def _answer(name: str, path: Path, ended: int | None, seconds: float) -> bytes | Finding:
    data = path.read_bytes() if path.is_file() else b""
    fault = fault_of(data) if data else ""
    if data and not fault:
        return data
    if ended is None:
        return HANGS.at(seconds=f"{seconds:g}", name=name)
    if data:
        return BROKEN_PDF.at(name=name, why=fault)
    how = f"中途退出（代码 {ended}）" if ended else "没有写出 PDF"
    return FAILED.at(name=name, why=how)


def _fonts() -> dict[str, str]:
    """Return what makes LibreOffice take a stand-in for each official font."""
    if os.name != "posix":
        return {}
    fonts = home() / "fonts.conf"
    return {"FONTCONFIG_FILE": str(fonts if fonts.exists() else write_fontconfig(home()))}
