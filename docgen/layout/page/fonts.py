"""The fonts that characters anywhere in the document are set in, beside the standard's."""

from collections.abc import Iterator

from docgen.files.ooxml import Element
from docgen.finding import Place
from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults
from docgen.layout.page.line import is_wide
from docgen.word.content import Content, Paragraph, Run, read_paragraph
from docgen.word.markup import W
from docgen.word.package import Opened


def measure_fonts(opened: Opened, content: Content, faults: Faults, name: str) -> None:
    """Fonts that are not the standard's and that no other finding names."""
    known = set(faults.fonts)
    for paragraph in _paragraphs(opened, content, name):
        for run in paragraph.runs:
            for font in _used(run):
                if font and font not in known and not gbt9704.OTHER_FONTS.fits(font):
                    faults.add(gbt9704.OTHER_FONTS, paragraph.place, f"“{font}”")
        for symbol in paragraph.element.iter(f"{W}sym"):
            font = symbol.get(f"{W}font", "")
            if font and font not in known and not gbt9704.OTHER_FONTS.fits(font):
                faults.add(gbt9704.OTHER_FONTS, paragraph.place, f"“{font}”")


def _paragraphs(opened: Opened, content: Content, name: str) -> Iterator[Paragraph]:
    yield from content.paragraphs
    for table in content.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    boxes: list[tuple[Element, str]] = [
        (box, "文本框") for box in opened.document.iter(f"{W}txbxContent")
    ]
    boxes += [(root, "页眉页脚") for root in opened.margins.values()]
    for root, where in boxes:
        for element in root.iter(f"{W}p"):
            yield read_paragraph(element, content.styles, Place(name, "", where))


def _used(run: Run) -> set[str]:
    """The fonts of a run that its characters use."""
    fonts = set()
    for character in run.text:
        if character.isspace():
            continue
        if character in gbt9704.SHARED_MARKS:
            fonts.add(run.look.east_asia if run.look.hinted else run.look.other)
        elif is_wide(character):
            fonts.add(run.look.east_asia)
        else:
            fonts.add(run.look.ascii if character < "\x80" else run.look.other)
    return fonts
