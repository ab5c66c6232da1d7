"""The official fonts and what stands in for them on a proof: data, and a private fontconfig.

The DOCX names the official fonts; only a proof is set in stand-ins, and says which.
"""

import os
from pathlib import Path
from typing import NamedTuple


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

#: FandolSong-Bold and FandolHei-Bold claim the regular weight.
_REJECTED = ("*FandolSong-Bold*", "*FandolHei-Bold*")
_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "~/.fonts",
    "~/.local/share/fonts",
)


def write_fontconfig(folder: Path) -> Path:
    """A fontconfig file of docgen's own: the system's fonts, with a stand-in for each official."""
    rejected = "".join(f"<glob>{pattern}</glob>" for pattern in _REJECTED)
    folders = [*_FOLDERS, *filter(None, [os.environ.get("DOCGEN_FONTS")])]
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        + "".join(f"<dir>{_escape(str(Path(name).expanduser()))}</dir>" for name in folders)
        + f"<cachedir>{_escape(str(folder / 'fontcache'))}</cachedir>"
        + f"<selectfont><rejectfont>{rejected}</rejectfont></selectfont>"
        + "".join(_rule(name, font) for name, font in FONTS.items())
        + "</fontconfig>\n"
    )
    path = folder / "fonts.conf"
    path.write_text(text, encoding="utf-8")
    return path


def _rule(name: str, font: Official) -> str:
    families = "".join(f"<string>{family}</string>" for family in (name, *font.stand_ins))
    weight = (
        '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
        if font.bold
        else ""
    )
    return (
        f'<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong">{families}</edit>{weight}</match>'
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def is_own(official: str, embedded: str) -> bool:
    """Whether the font a PDF carries is the official one itself."""
    known = FONTS.get(official)
    names = known.own if known else (official,)
    squeezed = embedded.replace(" ", "")
    return any(name.replace(" ", "") in squeezed for name in names)
