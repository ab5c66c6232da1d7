"""What shapes the bytes that a machine makes: machines that differ in it do not work together."""

import platform
import sys
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path

import docgen
from docgen import files
from docgen.forms.loader import own_forms

_LIBRARIES = ("docxtpl", "jinja2", "lxml", "openpyxl", "pydantic", "pypdfium2", "python-docx")


@cache
def versions(*, proof: bool) -> dict[str, str]:
    """By name what this machine has; where proofs are made LibreOffice and fonts, too."""
    found = {
        "docgen": f"{docgen.__version__}（{_code_fingerprint()}）",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "系统": sys.platform,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: metadata.version(name) for name in _LIBRARIES},
    }
    return found | _for_proofs() if proof else found


def _code_fingerprint() -> str:
    """Return some digits of the hash of code and templates: one version may have several."""
    code = sorted(Path(docgen.__file__).parent.rglob("*.py"))
    code += sorted(Path(docgen.__file__).parent.rglob("*.toml"))
    templates = (files.own_template(form.template) for form in own_forms() if form.template)
    hashes = [files.sha256(path.read_bytes()) for path in (*code, *templates)]
    return files.sha256("".join(hashes).encode())[:8]


def _for_proofs() -> dict[str, str]:
    from docgen.layout.fonts import FONTS, installed_families
    from docgen.office import find_office
    from docgen.publish.doctor import check_fonts, office_version

    office = find_office()
    official = {name: (font.own, font.stand_ins) for name, font in FONTS.items()}
    fonts = [check.message for check in check_fonts(official, installed_families())]
    return {
        "LibreOffice": office_version(office) if office else "没有",
        "字体": "；".join(fonts),
    }
