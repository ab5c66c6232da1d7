"""The inputs that a command line names: files, folders full of them, and patterns."""

import glob
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from docgen.errors import OutputStop
from docgen.finding import Rule

UNPORTABLE = Rule(
    code="X520",
    name="文件名在 Windows 上不能用",
    severity="error",
    message="输入叫“{name}”，成品也会这样叫，而 Windows 上不能有这个文件名：{why}",
    why="报告要发给用 Windows 的机关；那里打不开这样命名的文件，解压时还会出错或改名。",
    example="在 Linux 或苹果电脑上把输入命名为“CON.json”“报告:2024.json”。",
    cure="给输入改个名字，如 2024.json，再运行一次。",
    since="0.2.0",
)

#: The sheet that every report has: a folder that holds its CSV file is one report.
FACT_SHEET = "基本情况"

#: What the notice that goes out with blanks is called: it is no report.
NOTICE = "填报通知"
#: What the page is called that lists a county's reports: it is none.
INDEX = "目录.html"

#: What the folder of a form holds.
_OF_FORM = "form.toml"
#: Workbooks; all but the first are read as the XLSX that LibreOffice makes of them.
WORKBOOKS = (".xlsx", ".xls", ".et", ".ods")
#: Published reports, which are read back as an input; the second line through LibreOffice.
PUBLISHED = (
    *(".docx", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf"),
    *(".doc", ".wps", ".odt", ".rtf", ".zip"),
)
#: The inputs whose outputs are called as they are, but for this.
NAMED = (".json", *WORKBOOKS)
_ENDS = (*NAMED, *PUBLISHED)
#: `con`, `NUL.2024` and `com1`, but not `control`.
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[1-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
#: `?` in `2024?`, the dot of `2024.`, but not that of `2024.1`.
_UNPORTABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[ .]\Z')
# sub: each of a:b?c; not of 2025（一）.
_NOWHERE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_LONGEST = 80  # characters of a name that docgen makes: each may take three bytes of 255
_NOT_INPUT, _PASTED = ".package.json", ".粘贴.html"


#: `2024.改前.json`, `正文.改前2.csv`, `2024.改前`; not `改前.json`.
_KEPT = re.compile(r".+\.改前[0-9]*(?:\.[A-Za-z]+)?")


def is_kept(name: str) -> bool:
    """Whether docgen kept this file as it was before it wrote into it: it is no input."""
    return _KEPT.fullmatch(name) is not None


#: What follows the name of an input in that of the files that say what its figures are the sum of.
SUM_OF = ".来源"


def is_beside(name: str) -> bool:
    """Whether docgen put this file beside an input: as that was, or what its figures are of."""
    return is_kept(name) or Path(name).stem.endswith(SUM_OF)


def kept_beside(path: Path) -> Path:
    """Return where a file is kept as it was: a name that nothing has yet."""
    number = 1
    while True:
        count = "" if number == 1 else number
        kept = path.with_name(f"{path.stem}.改前{count}{path.suffix}")
        if not os.path.lexists(kept):
            return kept
        number += 1


def find_inputs(given: Iterable[Path]) -> list[Path]:
    """The inputs among these: a folder stands for all that it holds, each taken once.

    What is given by itself is an input whatever it is, even twice: reading it says what is wrong.
    A pattern is one where no file has that very name, for shells that do not expand it.
    """
    found: list[Path] = []
    seen: set[str] = set()
    for path in (each for one in given for each in _matching(one)):
        inside = list(_inside(path)) if os.path.isdir(path) else []  # noqa: PTH112  no error
        if not inside or inside == [path]:
            found.append(path)
            seen.add(os.path.realpath(path))
            continue

        for each in inside:
            if (real := os.path.realpath(each)) not in seen:
                seen.add(real)
                found.append(each)

    return found


def _matching(path: Path) -> list[Path]:
    if not glob.has_magic(str(path)) or os.path.lexists(path):
        return [path]
    return [Path(name) for name in sorted(glob.glob(str(path), recursive=True))] or [path]  # noqa: PTH207


def _inside(top: Path) -> Iterator[Path]:
    """The inputs in a folder, however deep; a folder that is closed is one, to be told of.

    A folder of CSV files is one input, unless it lacks the sheet of facts and holds inputs of
    other kinds: then its CSV files are something else, a list of the units perhaps.
    """
    closed: list[OSError] = []
    for place, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = [name for name in names if not name.startswith((".", "~$", NOTICE))]
        names = sorted(name for name in shown if name != INDEX and not is_beside(name))
        if _OF_FORM in names:
            folders[:] = names = []  # its example is no report of the office
        sheets = [name for name in names if name.lower().endswith(".csv")]
        others = [n for n in names if n.lower().endswith(_ENDS) and not _is_issued(n, names)]
        if any(FACT_SHEET in name for name in sheets):
            folders[:] = others = []  # what else stands there, its reader tells of
        if sheets and not others and not folders:
            yield Path(place)
        yield from (Path(place, name) for name in others)

    yield from (Path(error.filename) for error in closed)


def _is_issued(name: str, beside: Collection[str]) -> bool:
    """Whether a name in a folder is that of a record, or of what one beside it was issued with.

    What was made to be pasted says what the page beside it says.
    """
    stem = name.partition(".")[0]
    issued = name.lower().endswith(PUBLISHED) and f"{stem}{_NOT_INPUT}" in beside
    pasted = name.endswith(_PASTED) and f"{name.removesuffix(_PASTED)}.html" in beside
    return issued or pasted or name.endswith(_NOT_INPUT)


def is_archive(path: Path) -> bool:
    """Whether this is a folder of reports, and not a report itself that is made of CSV files."""
    inside = list(_inside(path)) if os.path.isdir(path) else []  # noqa: PTH112  no error
    return bool(inside) and inside != [path]


def is_one_report(path: Path) -> bool:
    """Whether this is the folder of one report, made of CSV files."""
    return os.path.isdir(path) and list(_inside(path)) == [path]  # noqa: PTH112  no error


def input_name(path: Path) -> str:
    """What an input is called by itself; unlike resolve(), no error for a link to itself."""
    return Path(os.path.realpath(path)).name


def output_stem(name: str) -> str:
    """What the outputs of an input of this name are called, in Unicode's composed form.

    A Mac writes é as two characters, others as one: to a reader it is one name, so it is one
    output. Full-width digits are others than ASCII ones to every file system, and stay so.
    """
    path = Path(name)
    return unicodedata.normalize("NFC", path.stem if path.suffix.lower() in _ENDS else name)


def portable_name(name: str) -> str:
    """Return a name that every system can hold, alike to this one."""
    plain = _NOWHERE.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "_"
    plain = f"_{plain}" if _DEVICE.fullmatch(plain) else plain
    if len(plain) <= _LONGEST:
        return plain
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: _LONGEST - 10]}{dot}{suffix[:9]}" if dot else plain[:_LONGEST]


def refuse_unportable(stem: str) -> None:
    """Raises OutputStop if Windows can hold no file of this name."""
    why = ""
    if _DEVICE.fullmatch(stem):
        why = "Windows 把它当作设备的名称"
    elif found := _UNPORTABLE.search(stem):
        shown = {" ": "空格", ".": "点"}.get(found[0], found[0])
        why = f"末尾不能是{shown}" if found[0] in " ." else f"里面不能有 {shown}"
        why = why if found[0].isprintable() else "里面有看不见的控制字符"

    if why:
        raise OutputStop(UNPORTABLE.at(name=stem, why=why))
