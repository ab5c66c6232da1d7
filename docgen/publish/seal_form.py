"""用印审批单: what those who sign and seal must know of an issued document, on one sheet.

It carries the short form of the document's SHA-256, by which the file in hand can be told from
any other when the seal is put to it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from docgen.errors import FaultStop, InputStop, UsageStop
from docgen.files import ooxml, own_template
from docgen.files.visible import visible
from docgen.finding import SEVERITIES, Rule
from docgen.publish import OUTPUT_DIFFERS
from docgen.publish.fill import fill
from docgen.word import blocks

BROKEN_RECORD = Rule(
    code="H202",
    name="签发记录不完整",
    severity="error",
    message="签发记录“{package}”缺少“{what}”，没有写用印审批单",
    why="审批单上的标题、机关和核对结果都取自签发记录；记录被改过就不可信。",
    example="在 package.json 里删掉了 findings。",
    cure="重新运行 docgen render，用新写的签发记录。",
)
BAD_SHORT = Rule(
    code="H204",
    name="校验码写得不对",
    severity="error",
    message="校验码“{value}”不是 16 位的 0—9、A—F",
    why="校验码印在用印审批单上，16 位，四位一组。",
    example="docgen verify outputs/2024.docx --short 8F3A-20",
    cure="照审批单上的校验码重写一遍，横线可写可不写。",
)

NO_SEAL = Rule(
    code="H206",
    name="这种表式不用印",
    severity="error",
    message="“{name}”的表式写明不用印，没有写用印审批单",
    why="用印审批单跟着要盖章的文件走；不用印的报表没有它。",
    example="给只在系统里报送的表写用印审批单。",
    cure="确实要用印，在表式的 outputs 里加上 seal，重新签发。",
    since="0.3.0",
)

TEMPLATE = "seal_form_template.docx"
#: What follows the document's name: `2024.用印审批单.docx`.
SUFFIX = ".用印审批单.docx"

#: What XML cannot hold, and controls: U+0000, U+D800, U+FFFE; a line break is none of them.
_UNPRINTABLE = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
_SHORT, _GROUP = 16, 4  # hexadecimal digits: 64 bits, in groups that can be read out
_BLANK = "　　　　"  # to be filled in by hand


@dataclass(frozen=True)
class Issued:
    """An issued document as its record tells of it; `warnings` are the messages let pass.

    What was waived is not among the warnings: it is in `waived`, with its reason.
    """

    name: str
    sha256: str
    sums: int | None  # relations that were checked; None: the record does not say
    title: str
    body: str
    pages: int | None  # of the proof that was issued beside it, if one was
    counts: Mapping[str, int]  # findings by severity
    warnings: tuple[str, ...]
    waived: tuple[str, ...]


def read_issued(name: str, record: Mapping[str, object]) -> Issued:
    """Read what a record says of the document of this name.

    Raise InputStop if something is missing, UsageStop where such documents bear no seal.
    """
    if record.get("sealed") is False:
        raise UsageStop(NO_SEAL.at(name=name))

    try:
        facts = {key: str(record[key]) for key in ("title", "body")}
        digest = str(_as_object(record["document"])["sha256"])
        pages, sums = record.get("pages"), record.get("sums")
        listed = record["findings"]
        if not isinstance(listed, list):
            raise TypeError
        found = [_as_object(each) for each in listed]
        findings = [(str(f["severity"]), str(f["message"])) for f in found if not f.get("waived")]
        waived = [_waived_text(f) for f in found if f.get("waived")]
        texts = [*facts.values(), *(message for _, message in findings), *waived]
        if any(_UNPRINTABLE.search(text) for text in texts):
            raise TypeError  # no document can hold these
    except (KeyError, TypeError) as error:
        what = error.args[0] if isinstance(error, KeyError) else "可用的内容"
        package = f"{name.removesuffix('.docx')}.package.json"
        raise InputStop(BROKEN_RECORD.at(package=package, what=what)) from None

    return Issued(
        name,
        digest,
        sums=sums if isinstance(sums, int) else None,
        **facts,
        pages=pages if isinstance(pages, int) else None,
        counts=Counter(severity for severity, _ in findings),
        warnings=tuple(message for severity, message in findings if severity == "warning"),
        waived=tuple(waived),
    )


def _as_object(value: object) -> Mapping[str, object]:
    """Return an object of a record as such. Raise TypeError for what is none."""
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _waived_text(finding: Mapping[str, object]) -> str:
    """Return a finding that was let through, with the reason. Raise TypeError for other members."""
    waived = _as_object(finding["waived"])
    if set(waived) != {"reason", "by", "date"}:
        raise TypeError
    said = f"{waived['reason']}（{waived['by']}，{waived['date']}）"
    return f"{finding['message']}。已豁免：{said}"


def write_seal_form(
    issued: Issued, *, copies: int | None = None, pages: int | None = None, made_from: str = ""
) -> bytes:
    """Return the seal form, its counts left blank where they are not given; read back before it is.

    `made_from` is the input the document was made from once more, if it was.
    """
    again = "出单时输入不在手边，没有照输入重做。"
    if made_from:
        again = f"出单时照“{visible(made_from)}”重新做了一遍，结果相同。"

    values = {
        "title": issued.title.replace("\n", ""),
        "body": issued.body,
        "file": issued.name,
        "pages": f"{pages or _BLANK} 页",
        "copies": f"{copies or _BLANK} 份",
        "short": short_form(issued.sha256),
        "checks": f"{_checks_text(issued)}{again}",
        "warnings": _warnings_text(issued),
    }
    data = fill(own_template(TEMPLATE).read_bytes(), values)
    said = blocks.plain_text(blocks.read_blocks(ooxml.read_parts(data)[ooxml.DOCUMENT]))
    for name, value in values.items():
        if value not in said:
            differs = OUTPUT_DIFFERS
            raise FaultStop(differs.at(what="用印审批单", where=name, expected=value, actual=""))

    return data


def is_seal_form(data: bytes) -> bool:
    """Whether this is a seal form, however it was filled in since; the template is none."""
    try:
        said = blocks.plain_text(blocks.read_blocks(ooxml.read_parts(data)[ooxml.DOCUMENT]))
    except (ooxml.NotPackage, KeyError):
        return False
    titled = said.lstrip().startswith("用印审批单\n") and "校 验 码" in said
    return titled and "{{ short }}" not in said


def _checks_text(issued: Issued) -> str:
    """Say what was checked and what was found."""
    sums = f"勾稽关系 {issued.sums} 条逐条核对；" if issued.sums else ""
    counts = "，".join(
        f"{name} {issued.counts.get(severity, 0)} 个" for severity, name in SEVERITIES.items()
    )

    if issued.waived:
        counts += f"，已豁免 {len(issued.waived)} 个"

    return f"{sums}{counts}；成品逐字逐数读回，与数据一致。"


def _warnings_text(issued: Issued) -> str:
    """List what was let pass, numbered."""
    texts = (*issued.waived, *issued.warnings)
    return "\n".join(f"{i}．{text}" for i, text in enumerate(texts, start=1)) or "无"


def short_form(sha256: str) -> str:
    """Return the first 16 digits of a SHA-256 as they are printed: `8F3A-20C4-7B1E-D905`."""
    digits = sha256[:_SHORT].upper()
    return "-".join(digits[at : at + _GROUP] for at in range(0, _SHORT, _GROUP))


def matches_short(given: str, sha256: str) -> bool:
    """Whether a short form, as someone typed it, is this SHA-256's. Raise UsageStop if it is none.

    Case, spaces, any kind of dash and full-width characters make no difference.
    """
    folded = unicodedata.normalize("NFKC", given)
    digits = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Pd")
    if not re.fullmatch(f"[0-9A-Fa-f]{{{_SHORT}}}", digits):
        raise UsageStop(BAD_SHORT.at(value=given))

    return digits.lower() == sha256[:_SHORT].lower()
