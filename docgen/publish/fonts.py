"""The font families this computer has: asked of fontconfig, or read from the font files."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_FOLDERS = {
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
}
_OTHER = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_KINDS = (".ttf", ".otf", ".ttc", ".otc")
_FAMILY = (1, 16)  # of the name table: family, typographic family
_WINDOWS, _ENGLISH_OR_CHINESE = 3, (0x409, 0x804)


def installed_families() -> frozenset[str]:
    """Every family by every name it goes by."""
    listed = _listed()
    if listed is not None:
        return listed
    folders = _FOLDERS.get(sys.platform, _OTHER)
    return families_in(Path(os.path.expandvars(name)).expanduser() for name in folders)


def _listed() -> frozenset[str] | None:
    """What fontconfig lists, where there is one."""
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
    """The families of the font files in these folders; what cannot be read is passed over."""
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix.lower() in _KINDS:
                with suppress(OSError, struct.error), path.open("rb") as file:
                    found.update(_families(file))
    return frozenset(found)


def _families(file: BinaryIO) -> Iterator[str]:
    """The family names in a font file or collection (OpenType: `name` table)."""
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
