"""Reading an input: a JSON file, an XLSX workbook or a folder of CSV files make one `Reading`."""

from pathlib import Path

from docgen import files
from docgen.errors import InputStop
from docgen.files import NO_FILE, UNREADABLE
from docgen.files.inputs import WORKBOOKS
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.model import Reading
from docgen.read.published import READERS
from docgen.read.references import NO_LAST_YEAR
from docgen.read.settle import settle

UNKNOWN_KIND = Rule(
    code="X311",
    name="不认识的文件种类",
    severity="error",
    message="“{name}”不是能读的文件种类",
    why="docgen 读填好的输入（.json、.xlsx、装着 CSV 的文件夹）和公布过的报告（Word、网页、PDF）。",
    example="docgen render 正文.csv（应给它所在的文件夹）。",
    cure="给出 .json、.xlsx、装着 CSV 的文件夹，或公布过的 Word、网页、PDF。",
)

_SAVE_AS = "用 Excel 或 WPS 打开它，另存为 .xlsx。"
_UNPACK = "先解压，再给出解开的 .xlsx，或装着 CSV 的文件夹。"
#: What to do with a file of a kind that is not read, by its suffix.
_CURES = {
    **dict.fromkeys((".xlsm", ".xlsb", ".xltx", ".xltm", ".ett"), _SAVE_AS),
    ".rar": _UNPACK,
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp"),
        "换成 Word、网页，或能选中文字的 PDF；图片里的字读不出来。",
    ),
    **dict.fromkeys((".lnk", ".url"), "给出它指着的那个文件；快捷方式不是文件本身。"),
    ".txt": "换成 Word、网页，或能选中文字的 PDF；文字文件里没有表。",
    ".csv": "给出装着全部 CSV 的那个文件夹；一个 CSV 只是报告的一张表。",
}


def read_report(path: Path, previous: Reading | None = None, named: Form | None = None) -> Reading:
    """Return the reading of one input. Raise InputStop if it cannot be read at all.

    `named` is the form of a published report, which may not show it; an input says it itself.
    Without last year's reading a change against it (`{{ 检查次数 | 同比 }}`) is a finding.
    Readers are imported when needed: a JSON file does not wait for the workbook library.
    """
    try:
        name, is_folder, is_there = path.resolve().name, path.is_dir(), path.exists()
    except (OSError, RuntimeError) as error:  # a link to itself, a folder above that is closed
        why = files.reason(error) if isinstance(error, OSError) else "这个链接指向它自己"
        raise InputStop(UNREADABLE.at(name=str(path), why=why)) from None

    if is_folder:
        from docgen.read.from_csv import read_csv_folder

        form, entries, inputs = read_csv_folder(path)
    elif path.suffix.lower() == ".json":
        from docgen.read.from_json import read_json

        form, entries, inputs = read_json(path)
    elif path.suffix.lower() in WORKBOOKS:
        from docgen.read.from_xlsx import read_xlsx

        form, entries, inputs = read_xlsx(path)
    elif path.suffix.lower() in READERS and is_there:
        from docgen.read.published import read_published

        form, entries, inputs = read_published(path, named)
    elif path.suffix.lower() in (".zip", ".7z") and is_there:
        from docgen.read.published.archive import unpacked

        with unpacked(path) as inside:
            return read_report(inside, previous, named)
    elif is_there:
        raise InputStop(UNKNOWN_KIND.at(name=name, cure=_CURES.get(path.suffix.lower(), "")))
    else:
        raise InputStop(NO_FILE.at(name=str(path)))

    return settle(name, form, entries, inputs, previous)


def takes_last_year(reading: Reading) -> bool:
    """Whether its text takes figures from last year's report: it is to be read again with that."""
    return any(finding.rule is NO_LAST_YEAR for finding in reading.findings)
