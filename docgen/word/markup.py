"""The markup of a DOCX: its namespaces, and the lengths, numbers and toggles of its attributes."""

import re

from docgen.files.ooxml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

#: What blocks may stand in without being part of another block: content controls, insertions.
HOLDERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
#: What stands among the text of a run and is a character in print.
CHARACTERS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
#: The breaks that are none of the text: of the page, of the column.
LAYOUT_BREAKS = ("page", "column")

TWIPS_IN_MM = 1440 / 25.4
_TWIPS_IN = {"mm": TWIPS_IN_MM, "cm": 10 * TWIPS_IN_MM, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
# "-320", "12.5mm"; not "1e9", "auto"
_LENGTH = re.compile(r"([-+]?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi)?")


def twips(value: str | None, default: float = 0) -> float:
    """Return the length an attribute gives, in twips; the default for none and for nonsense."""
    found = _LENGTH.fullmatch((value or "").strip())
    if not found:
        return default
    return float(found[1]) * _TWIPS_IN.get(found[2] or "", 1)


def number(value: str | None, default: float = 0) -> float:
    """Return the number an attribute gives; the default for none and for nonsense."""
    found = _LENGTH.fullmatch((value or "").strip())
    return float(found[1]) if found and not found[2] else default


def is_on(value: str | None) -> bool:
    """Return whether a toggle with this value holds: an absent one (None) does not."""
    return value not in (None, "0", "false", "off", "none")


def child_value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """Return an attribute of a child, if both are there."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}{attribute}")


def has_toggle(parent: Element | None, name: str) -> bool:
    """Return whether a child is there that switches something on, as it does without a value."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return child is not None and is_on(child.get(f"{W}val", "true"))
