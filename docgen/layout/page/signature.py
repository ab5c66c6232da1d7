"""Name and date of issue measured: the date's form, where both stand, and what holds them."""

import re

from docgen.finding import Place
from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults
from docgen.layout.page.line import line_of
from docgen.layout.page.roles import Text, is_dated
from docgen.layout.page.text import empty_lines
from docgen.word.content import Content, Paragraph

_SOUND_DATE = re.compile(r"[1-9]\d{3}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_USUAL = "2025年1月20日"  # as wide as dates are on average
_LINE_PITCH = 579  # a space above the name this high is an empty line


def measure_signature(content: Content, text: Text, faults: Faults, name: str) -> None:
    """Name and date against 7.3.5."""
    if text.date is None:
        faults.add(gbt9704.DATE, Place(name))
        return
    date = text.date
    if is_dated(date) and not _SOUND_DATE.fullmatch(date.stripped):
        faults.add(gbt9704.DATE_FORM, date.place, date.stripped[:20])
        # Where it will stand once it is written as it should be.
        line = line_of(date, date.text.replace(date.stripped, _USUAL))
    else:
        line = line_of(date)
    if line is not None and not gbt9704.DATE_PLACE.fits(line.after):
        faults.add(gbt9704.DATE_PLACE, date.place, f"{round(line.after, 1):g}")
    if text.name is None:
        faults.add(gbt9704.NAME, date.place)
        return
    above = line_of(text.name)
    if line is not None and above is not None:
        off = (above.axis * text.name.em - line.axis * date.em) / (date.em or 1)
        if not gbt9704.NAME_CENTRED.fits(off):
            side = "右" if off > 0 else "左"
            faults.add(gbt9704.NAME_CENTRED, text.name.place, f"{side}约 {abs(off):.1f} 字")
    _measure_hold(content, text.name, date, faults)


def _measure_hold(content: Content, name: Paragraph, date: Paragraph, faults: Faults) -> None:
    """One empty line before the name, and the last text kept with all that follows it."""
    at, last = content.blocks.index(name), content.blocks.index(date)
    empty = empty_lines(content, at - 1, -1)
    gap = empty + round(name.setting.before / _LINE_PITCH)
    if not gbt9704.SIGNATURE_GAP.fits(gap):
        faults.add(gbt9704.SIGNATURE_GAP, name.place, str(gap))
    for block in content.blocks[max(at - empty - 1, 0) : last]:
        if isinstance(block, Paragraph) and not block.setting.kept:
            faults.add(gbt9704.SIGNATURE_KEPT, block.place)
