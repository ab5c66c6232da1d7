"""What docgen finds on this computer, a line each: good, worth a look, or in its way."""

import json
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import docgen
from docgen import files
from docgen.files import ooxml, own_template
from docgen.forms.loader import own_forms
from docgen.publish.seal_form import TEMPLATE

State = Literal["good", "attention", "bad"]
#: What each state is called on the screen.
STATES: Mapping[State, str] = {"good": "好", "attention": "注意", "bad": "不行"}

OLDEST = (3, 11)
_LIBRARIES = ("docxtpl", "jinja2", "lxml", "openpyxl", "pydantic", "python-docx", "typer")
_PATIENCE = 30  # seconds for a program to say its version
_INSTALL = (
    "校样和读 .doc、.wps、.xls、.et 要用它，签发 DOCX 不用。"
    "Debian、Ubuntu：apt install libreoffice-writer-nogui libreoffice-calc-nogui；麒麟、统信："
    "在软件商店里搜 LibreOffice；Windows、macOS：从 libreoffice.org 下载安装"
)
_REINSTALL = "在 docgen 的源文件夹里运行 pip install . 重新安装"


@dataclass(frozen=True)
class Check:
    """One thing looked at: how it is, and what to do about it."""

    state: State
    subject: str
    message: str
    cure: str = ""

    def __str__(self) -> str:
        """Return the line on the screen."""
        cure = f"；{self.cure}" if self.cure else ""
        return f"{STATES[self.state]:　<2} {self.subject}：{self.message}{cure}"

    def as_json(self) -> dict[str, str]:
        return {
            "state": self.state,
            "subject": self.subject,
            "message": self.message,
            "cure": self.cure,
        }


def is_usable(checks: Sequence[Check]) -> bool:
    """Whether nothing is in docgen's way."""
    return all(check.state != "bad" for check in checks)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> Check:
    """Check the Python docgen runs on."""
    shown = ".".join(map(str, version))
    if version[:2] < OLDEST:
        return Check("bad", "Python", shown, "docgen 要 Python 3.11 或更新的版本")
    return Check("good", "Python", f"{shown}（{platform.system()}），docgen {docgen.__version__}")


def check_libraries(names: Sequence[str] = _LIBRARIES) -> Check:
    """Check the libraries docgen is built on, and name their versions."""
    versions, missing = [], []
    for name in names:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)

    if missing:
        return Check("bad", "程序库", f"缺少 {'、'.join(missing)}", _REINSTALL)

    return Check("good", "程序库", "，".join(versions))


def check_office(office: Path | None) -> Check:
    """LibreOffice, found by the proof room, and its version."""
    if office is None:
        return Check("attention", "LibreOffice", "没有找到，出不了校样（PDF）", _INSTALL)

    version = office_version(office)
    if not version:
        cure = "在桌面上打开一次 LibreOffice 看能不能用；不能就重新安装"
        return Check("attention", "LibreOffice", f"{office} 没有应答，出不了校样（PDF）", cure)

    return Check("good", "LibreOffice", f"{version}，{office}")


def office_version(office: Path) -> str:
    """Return the version LibreOffice says it has; blank if it does not answer."""
    try:
        said = subprocess.run(
            [str(office), "--version"], capture_output=True, check=True, timeout=_PATIENCE
        ).stdout.decode("utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""

    version = re.search(r"\d+(\.\d+)+", said)
    return version[0] if version else "版本不明"


def check_fonts(
    official: Mapping[str, tuple[Sequence[str], Sequence[str]]], installed: Collection[str]
) -> Iterator[Check]:
    """Check each official font, by the names it goes by; what may stand in for it is best first."""
    have = {name.casefold() for name in installed}
    for font, (own, stand_ins) in official.items():
        if any(name.casefold() in have for name in (font, *own)):
            yield Check("good", "字体", font)
            continue
        other = next((name for name in stand_ins if name.casefold() in have), "")
        message = f"没有 {font}，{f'校样用 {other} 代替' if other else '也没有相近的字体'}"
        cure = "签发不受影响，DOCX 里写的仍是它；要打印的电脑上应装好它"
        yield Check("attention", "字体", message, cure)


def check_templates() -> Iterator[Check]:
    """Check the templates docgen carries: whether they open, and are carried compiled."""
    for name in (*(form.template for form in own_forms() if form.template), TEMPLATE):
        path = own_template(name)
        try:
            data = path.read_bytes()
            if ooxml.DOCUMENT not in ooxml.read_parts(data):
                raise ooxml.NotPackage("里面没有正文")
        except (OSError, ooxml.NotPackage) as error:
            why = files.reason(error) if isinstance(error, OSError) else str(error)
            yield Check("bad", "模板", f"{name} 打不开：{why}", _REINSTALL)
            continue

        if name == TEMPLATE or _is_compiled(path, data):
            yield Check("good", "模板", f"{name} 完好")
        else:
            message = f"{name} 能用，但随带的编好的模板不是出自它，每次都要现编，慢一些"
            yield Check("attention", "模板", message, _REINSTALL)


def _is_compiled(path: Path, data: bytes) -> bool:
    """Whether the compiled form beside a template was made from these bytes."""
    try:
        record = json.loads(path.with_suffix(".jinja.json").read_bytes())
        return bool(record["template"] == files.sha256(data))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_folder(folder: Path) -> Check:
    """Whether a file can be written where docgen writes; nothing is left there."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        message = f"{folder.absolute()} 写不进去：{files.reason(error)}"
        return Check("bad", "写文件", message, "换到有权限的文件夹里运行，或用 -o 指定别的文件夹")

    made = "" if there == folder else "（还没有，运行时会建）"
    return Check("good", "写文件", f"{folder.absolute()} 可写{made}")


def check_console(encoding: str | None) -> Check:
    """Whether the console can print Chinese."""
    name = encoding or "ascii"
    try:
        "好、注意、不行".encode(name)
    except (LookupError, UnicodeEncodeError):
        cure = "Windows：先运行 chcp 65001；其他系统：设环境变量 PYTHONUTF8=1"
        return Check("attention", "屏幕", f"编码是 {name}，印不出汉字，会印成编号", cure)

    try:
        "㐀䶮✓𠮷".encode(name)
    except UnicodeEncodeError:
        message = f"编码是 {name}，印得出汉字；其中没有的生僻字会印成编号（只在屏幕上）"
        return Check("good", "屏幕", message)

    return Check("good", "屏幕", f"编码是 {name}，汉字都印得出")
