"""Which issue a returned document was made from, and the input of that issue, unchanged since."""

from pathlib import Path

from docgen.errors import InputStop
from docgen.finding import Rule
from docgen.issuing.at_hand import find_input, fits, kept_as_issued, targets_near
from docgen.issuing.record import Record, Target, load_record
from docgen.issuing.verify import NO_PACKAGE, target_at

WHOSE = Rule(
    code="V121",
    name="不知道改的是哪一份",
    severity="error",
    message="没有找到“{name}”是照哪一份签发的文件改的",
    why="改了哪里，要和签发的那一份比才知道；签发的那一份按文件名在旁边和 outputs 里找。",
    example="改过的文件叫“王主任改.docx”，outputs 里的叫 2024.docx。",
    cure="用 --against 指明签发的那一份，如 --against outputs/2024.docx。",
    since="0.3.0",
)
INPUT_GONE = Rule(
    code="V122",
    name="签发时的输入不在了",
    severity="error",
    message="“{name}”{why}，不知道改动该写到哪一格",
    why="改动照签发时的输入一格一格写回；输入签发后又改过的，写回去会盖掉后来的改动。",
    example="文件送审以后，又在表里改了一个数。",
    cure="找回签发时的输入，用 --input 指明；或者先照现在的输入重新出一份，再把改动抄过去。",
    since="0.3.0",
)


def find_issue(path: Path, against: Path | None) -> tuple[Target, Record]:
    """Return the issue that a document was made from: the one named, or one of its name."""
    if against is not None:
        target, _ = target_at(against)
        record = load_record(target.record)
        if record is None:
            raise InputStop(NO_PACKAGE.at(name=against.name, package=target.record.name))
        return target, record

    for target in targets_near(path):
        record = load_record(target.record)
        if record is not None:
            return target, record

    raise InputStop(WHOSE.at(name=path.name))


def find_source(target: Target, record: Record, given: Path | None) -> Path:
    """Return the input of an issue, unchanged since. Raise InputStop where it is not at hand."""
    source = given or find_input(target, record)
    if source is None or not source.exists():
        why = "签发时用的输入不在旁边，也不在 inputs 里"
        raise InputStop(INPUT_GONE.at(name=target.document.name, why=why))
    if not fits(source, record):
        why = f"签发以后，输入“{source}”改过了"
        cure = _cure_of_kept(source, record)
        raise InputStop(INPUT_GONE.at(name=target.document.name, why=why, cure=cure))
    return source


def _cure_of_kept(source: Path, record: Record) -> str:
    """Return what to do where files that docgen kept are the input as it was issued."""
    kept = kept_as_issued(source, record)
    if not kept:
        return ""
    names = "、".join(f"“{one}”（签发时的“{now.name}”）" for now, one in kept)
    return (
        f"签发时的还留着：{names}。要留上一次收回的改动，照核对报的改好输入，运行 docgen render "
        "出了文件，再收这一份；不要那些改动，把留着的改回原名换上，再收。"
    )
