"""What is known of fonts: typefaces by name, the official fonts and their stand-ins, those here.

The DOCX names the official fonts; only a proof is set in stand-ins, and says which.
"""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

#: Which named fonts are cuts of which typeface: a part of the name, in the order of the search.
FAMILIES = {
    "小标宋": ("小标宋", "xiaobiaosong", "xbs"),
    "仿宋": ("仿宋", "fangsong"),
    "楷体": ("楷体", "kaiti"),
    "黑体": ("黑体", "simhei", "heiti"),
    "宋体": ("宋体", "simsun"),
    "Times New Roman": ("timesnewroman",),
}
CHINESE = ("小标宋", "仿宋", "楷体", "黑体", "宋体")
#: Chinese fonts whose names do not show it.
CHINESE_NAMES = ("yahei", "dengxian", "stsong", "stzhongsong", "stkai", "stfang", "notosanscjk")


def family_of(font: str) -> str:
    """Return the typeface a named font is a cut of; blank for none of the standard's."""
    name = font.lower().replace(" ", "")
    for family, parts in FAMILIES.items():
        if any(part in name for part in parts):
            return family
    return ""


def is_chinese(font: str) -> bool:
    """Return whether a font of this name sets Chinese."""
    name = font.lower().replace(" ", "")
    return (
        any(character > "⺀" for character in name)
        or family_of(font) in CHINESE
        or any(part in name for part in CHINESE_NAMES)
    )


#: The marks that lie in a Chinese and in a Latin font, and go where the run says.
SHARED_MARKS = "“”‘’—…"


class Official(NamedTuple):
    """A font that the standard or practice names.

    `own` are the names it has inside a PDF, `stand_ins` the families to take, best first.
    """

    own: tuple[str, ...]
    stand_ins: tuple[str, ...]
    bold: bool = False


_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
FONTS = {
    "仿宋_GB2312": Official(
        ("FangSong_GB2312", "仿宋_GB2312"),
        ("FangSong_GB2312", "仿宋", "FangSong", "FandolFang", "FandolFang R", *_SERIF),
    ),
    "楷体_GB2312": Official(
        ("KaiTi_GB2312", "楷体_GB2312"),
        ("KaiTi_GB2312", "楷体", "KaiTi", "AR PL KaitiM GB", "AR PL UKai CN", "FandolKai", *_SERIF),
    ),
    "黑体": Official(("SimHei", "黑体"), ("SimHei", "FandolHei", *_SANS)),
    "宋体": Official(("SimSun", "NSimSun", "宋体"), ("SimSun", "FandolSong", *_SERIF)),
    "方正小标宋简体": Official(
        ("FZXBSJW", "方正小标宋"), ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", *_SERIF), bold=True
    ),
    "Times New Roman": Official(  # all of the same widths
        ("TimesNewRoman",), ("Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman")
    ),
}


def is_own(official: str, embedded: str) -> bool:
    """Return whether the font a PDF carries is the official one itself."""
    known = FONTS.get(official)
    names = known.own if known else (official,)
    squeezed = embedded.replace(" ", "")
    return any(name.replace(" ", "") in squeezed for name in names)


_FOLDERS = {
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
}
_OTHER = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_KINDS = (".ttf", ".otf", ".ttc", ".otc")
_FAMILY = (1, 16)  # of the name table: family, typographic family
_WINDOWS, _ENGLISH_OR_CHINESE = 3, (0x409, 0x804)


def installed_families() -> frozenset[str]:
    """Return every family by every name it goes by."""
    listed = _listed()
    if listed is not None:
        return listed
    folders = _FOLDERS.get(sys.platform, _OTHER)
    return families_in(Path(os.path.expandvars(name)).expanduser() for name in folders)


def _listed() -> frozenset[str] | None:
    """Return what fontconfig lists, where there is one."""
    command = shutil.which("fc-list")
    if command is None:
        return None
    try:
        listed = subprocess.run(
            [command, ":", "family"], capture_output=True, check=True, timeout=30
        ).stdout.decode("utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return None

    names = (name for line in listed.splitlines() for name in line.split(","))
    return frozenset(name.replace("\\", "").strip() for name in names)


def families_in(folders: Iterable[Path]) -> frozenset[str]:
    """Return the families of the font files in these folders, but for what cannot be read."""
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix.lower() in _KINDS:
                with suppress(OSError, struct.error), path.open("rb") as file:
                    found.update(_families(file))
    return frozenset(found)


def _families(file: BinaryIO) -> Iterator[str]:
    """Yield the family names in a font file or collection (OpenType: `name` table)."""
    fonts = [0]
    if file.read(4) == b"ttcf":
        file.seek(8)
        (count,) = struct.unpack(">I", file.read(4))
        fonts = list(struct.unpack(f">{count}I", file.read(4 * count)))

    for start in fonts:
        file.seek(start + 4)
        (tables,) = struct.unpack(">H6x", file.read(8))
        for _ in range(tables):
            tag, at = struct.unpack(">4s4xI4x", file.read(16))
            if tag == b"name":
                yield from _names(file, at)
                break


def _names(file: BinaryIO, at: int) -> Iterator[str]:
    file.seek(at)
    count, strings = struct.unpack(">2xHH", file.read(6))
    records = file.read(12 * count)
    for platform, _, language, name, length, offset in struct.iter_unpack(">6H", records):
        if platform == _WINDOWS and name in _FAMILY and language in _ENGLISH_OR_CHINESE:
            file.seek(at + strings + offset)
            yield file.read(length).decode("utf-16-be", errors="replace")
