"""A fontconfig file of docgen's own: the system's fonts, with a stand-in for each official one."""

import os
from pathlib import Path

from docgen.layout.fonts import FONTS, Official

#: FandolSong-Bold and FandolHei-Bold claim the regular weight.
_REJECTED = ("*FandolSong-Bold*", "*FandolHei-Bold*")
_FONT_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "~/.fonts",
    "~/.local/share/fonts",
)


def write_fontconfig(folder: Path) -> Path:
    """Write a fontconfig file: the system's fonts, with a stand-in for each official."""
    rejected = "".join(f"<glob>{pattern}</glob>" for pattern in _REJECTED)
    folders = [*_FONT_FOLDERS, *filter(None, [os.environ.get("DOCGEN_FONTS")])]
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        + "".join(f"<dir>{_escape(str(Path(name).expanduser()))}</dir>" for name in folders)
        + f"<cachedir>{_escape(str(folder / 'fontcache'))}</cachedir>"
        + f"<selectfont><rejectfont>{rejected}</rejectfont></selectfont>"
        + "".join(_match_rule(name, font) for name, font in FONTS.items())
        + "</fontconfig>\n"
    )
    path = folder / "fonts.conf"
    path.write_text(text, encoding="utf-8")
    return path


def _match_rule(name: str, font: Official) -> str:
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
