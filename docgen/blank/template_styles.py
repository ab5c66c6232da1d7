"""What a template looks like before anybody dresses it: paper, styles, settings, fonts, footers.

By GB/T 9704—2012: 3号仿宋 on 22 lines of 28 characters, heads in 黑体 and 楷体. A form without the
standard has plain margins and no grid, one for a single page smaller type. Lengths are twips
unless a name says otherwise.
"""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.forms.form import PageStyle

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
LATIN = "Times New Roman"
# What Word may take where the official font is not installed, and the font's family.
FONTS = {
    LATIN: ("", "roman"),
    FANGSONG: ("仿宋", "modern"),
    KAITI: ("楷体", "modern"),
    HEITI: ("SimHei", "modern"),
    SONGTI: ("SimSun", "auto"),
    XIAOBIAOSONG: ("方正小标宋_GBK", "auto"),
}


class Paper(NamedTuple):
    """A page: its size and margins, and whether lines and characters stand on a grid."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    has_grid: bool

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom

    def turned(self) -> "Paper":
        """Return the page on its side: its head lies where the left edge was (GB/T 9704, 8)."""
        around = (self.left, self.top, self.right, self.bottom)
        return Paper(self.height, self.width, *around, self.has_grid)


OFFICIAL = Paper(11906, 16838, 2098, 1474, 1985, 1588, has_grid=True)
PLAIN = Paper(11906, 16838, 1417, 1417, 1417, 1417, has_grid=False)  # 2.5 cm

TYPE_AREA = OFFICIAL.text_width  # 156 mm
CHARACTER = TYPE_AREA / 28
PITCH = 579  # the largest that keeps 22 lines in 225 mm
# In 4096ths of a point, from 16 pt; rounded down, or the 28th character would not fit.
CHARACTER_SPACE = int((CHARACTER / 20 - 16) * 4096) - 1
FOOTER_LINE = 280  # 14 pt, exact: the 一字线 runs through its middle
UNDER_TEXT = 397  # so far the 一字线 lies under the type area: 7 mm
NUMBER_ROOM = 2268  # 4 cm, along which a number stands on a page that is turned
# The footers of upright pages and of turned ones by relationship: for odd pages, for even ones.
UPRIGHT, TURNED = ("rId4", "rId5"), ("rId6", "rId7")


def paper_of(page: PageStyle, *, landscape: bool) -> Paper:
    """Return the paper that a part of a document stands on."""
    upright = OFFICIAL if page.standard else PLAIN
    return upright.turned() if landscape else upright


def section(paper: Paper, *, numbered: bool = True) -> str:
    """Return the properties of a section on this paper, its pages `numbered` or not."""
    is_turned = paper.width > paper.height
    turned = ' w:orient="landscape"' if is_turned else ""
    odd, even = TURNED if is_turned and paper.has_grid else UPRIGHT
    footers = (
        f'<w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/>'
    )
    footer = paper.bottom - UNDER_TEXT - FOOTER_LINE // 2
    grid = 'w:linePitch="312"'
    if paper.has_grid:
        grid = f'w:type="linesAndChars" w:linePitch="{PITCH}" w:charSpace="{CHARACTER_SPACE}"'

    return (
        f"<w:sectPr>{footers if numbered else ''}"
        f'<w:pgSz w:w="{paper.width}" w:h="{paper.height}"{turned}/>'
        f'<w:pgMar w:top="{paper.top}" w:right="{paper.right}" w:bottom="{paper.bottom}" '
        f'w:left="{paper.left}" w:header="851" w:footer="{footer}" w:gutter="0"/>'
        f"<w:docGrid {grid}/></w:sectPr>"
    )


class Sizes(NamedTuple):
    """The sizes of a document's type in points, and the heights of its lines in twips."""

    title: float
    text: float
    table: float
    title_line: int
    table_line: int
    text_line: int = 0  # as the grid has it


USUAL = Sizes(22, 16, 10.5, PITCH, 270)
SMALL = Sizes(18, 10.5, 9, 480, 200, 300)  # for what must stand on one page


def sizes_of(page: PageStyle) -> Sizes:
    """Return the sizes that a form's page asks for: the standard leaves those of tables open."""
    if not page.one_page:
        return USUAL
    if page.standard:
        return USUAL._replace(table=SMALL.table, table_line=SMALL.table_line)
    return SMALL


# Without the hint, quotation marks, dashes and … fall to the Latin font.
HINT = '<w:rFonts w:hint="eastAsia"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
OFF_GRID = '<w:snapToGrid w:val="0"/>'
# The name is set on the date's axis by arithmetic, which automatic space would upset.
NO_AUTO_SPACE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def fonts(east_asia: str, latin: str = "") -> str:
    """Return the run property that sets a Chinese font and, where it changes, a Latin one."""
    other = f' w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}"' if latin else ""
    return f'<w:rFonts w:hint="eastAsia"{other} w:eastAsia="{east_asia}"/>'


def size(points: float) -> str:
    """Return the run properties that set a size."""
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def style(name: str, properties: str, *, alias: str = "", after: str = "") -> str:
    """Return a paragraph style, its id made of its name as Word does; an `alias` marks our own."""
    custom = ' w:customStyle="1"' if alias else ""
    aliases = f'<w:aliases w:val="{alias}"/>' if alias else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{name.title().replace(" ", "")}">'
        f'<w:name w:val="{name}"/>{aliases}<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"{properties}</w:style>"
    )


LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
NO_MARGINS = (
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="{0}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
)


def exact(line: int) -> str:
    """Return the paragraph properties of lines of one height, whatever font stands in."""
    return f'{OFF_GRID}<w:spacing w:line="{line}" w:lineRule="exact"/>'


def styles(page: PageStyle, *, notes: bool = False) -> str:
    """Return the styles of a document on such pages; with one for `notes` under tables."""
    sizes = sizes_of(page)
    base = f"<w:rPr>{fonts(FANGSONG, LATIN)}{size(sizes.text)}{LANGUAGE}</w:rPr>"
    character = CHARACTER if page.standard else 20 * sizes.text
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{round(2 * character)}"/>'
    line = exact(sizes.text_line) if sizes.text_line else ""
    parts = [
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>{base}</w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/>{line}<w:jc w:val="both"/></w:pPr>'
        f"{base}</w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "</w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        f"<w:tblPr>{NO_MARGINS.format(108)}</w:tblPr></w:style>",
        *_text_styles(sizes, indent),
        *_table_styles(sizes, notes=notes),
        *_end_styles(character),
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr></w:style>",
        "</w:styles>",
    ]
    return "".join(parts)


def _text_styles(sizes: Sizes, indent: str) -> Iterator[str]:
    """Yield the styles of title, headings and text."""
    # Off the grid, where LibreOffice gives each line of 22 pt the room of two.
    title = f'{KEEP}{exact(sizes.title_line)}<w:jc w:val="center"/>'
    look = f"{fonts(XIAOBIAOSONG)}{size(sizes.title)}"
    yield style("Title", f"<w:pPr>{title}</w:pPr><w:rPr>{look}</w:rPr>", after="Normal")

    for level, font in enumerate((HEITI, KAITI)):
        setting = f'<w:pPr>{KEEP}{indent}<w:outlineLvl w:val="{level}"/></w:pPr>'
        look = f"<w:rPr>{fonts(font)}</w:rPr>"
        yield style(f"heading {level + 1}", f"{setting}{look}", after="BodyText")

    yield style("Body Text", f"<w:pPr>{indent}</w:pPr>")
    yield (
        '<w:style w:type="character" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/>'
        '<w:aliases w:val="引题"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{fonts(KAITI)}</w:rPr></w:style>"
    )


def _table_styles(sizes: Sizes, *, notes: bool) -> Iterator[str]:
    """Yield the styles of cells, and of notes under a table."""
    line, look = exact(sizes.table_line), f"<w:rPr>{size(sizes.table)}</w:rPr>"
    for name, alias, align in (
        ("Table Head", "表头", "center"),
        ("Table Label", "表内文字", "left"),
        ("Table Figure", "表内数字", "center"),
    ):
        setting = f'<w:pPr><w:keepNext/>{line}<w:jc w:val="{align}"/></w:pPr>'
        yield style(name, f"{setting}{look}", alias=alias)

    if notes:
        yield style(
            "Table Note", f'<w:pPr>{line}<w:jc w:val="left"/></w:pPr>{look}', alias="表下说明"
        )


def _end_styles(character: float) -> Iterator[str]:
    """Yield the styles of name, date and page number."""
    centred = f'<w:pPr>{KEEP}{NO_AUTO_SPACE}<w:jc w:val="center"/></w:pPr>'
    yield style("Signature", centred, after="Date")
    yield style(
        "Date",
        f"<w:pPr><w:keepLines/>{NO_AUTO_SPACE}"
        f'<w:ind w:rightChars="400" w:right="{round(4 * character)}"/>'
        '<w:jc w:val="right"/></w:pPr>',
    )
    look = f"<w:rPr>{fonts(SONGTI, SONGTI)}{size(14)}</w:rPr>"
    yield style("footer", f"<w:pPr>{exact(FOOTER_LINE)}</w:pPr>{look}")


SETTINGS = (
    f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
    '<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
    '<w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="579"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
    "<w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def font_table() -> str:
    """Return the fonts by name, so that an office without one finds the next best."""
    entries = []
    for name, (other, family) in FONTS.items():
        alternative = f'<w:altName w:val="{other}"/>' if other else ""
        charset = "00" if name == LATIN else "86"
        entries.append(
            f'<w:font w:name="{name}">{alternative}<w:charset w:val="{charset}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{''.join(entries)}</w:fonts>"


def footer(side: str) -> str:
    """Return the page number with a 一字线 on either side: at this side, or in the center."""
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{_number(side)}</w:ftr>"


def turned_footer(side: str) -> str:
    """Return the same for a page on its side, where the sheet has it when it is held upright.

    That is along the left edge, its head to the right: a floating cell of text from top to bottom.
    """
    paper = OFFICIAL.turned()
    across = paper.left - UNDER_TEXT - FOOTER_LINE // 2
    ends = {"left": paper.top, "right": paper.top + paper.text_height - NUMBER_ROOM}
    sides = ("top", "left", "bottom", "right")
    margins = "".join(f'<w:{name} w:w="0" w:type="dxa"/>' for name in sides)
    return (
        f"{DECLARATION}<w:ftr {NAMESPACES}><w:tbl><w:tblPr>"
        f'<w:tblpPr w:vertAnchor="page" w:horzAnchor="page" w:tblpX="{across}" '
        f'w:tblpY="{ends[side]}"/><w:tblW w:w="{FOOTER_LINE}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{FOOTER_LINE}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{NUMBER_ROOM}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{FOOTER_LINE}" w:type="dxa"/>'
        f'<w:textDirection w:val="tbRl"/></w:tcPr>{_number(side)}</w:tc></w:tr></w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'
    )


def _number(side: str) -> str:
    """Return the paragraph of a page number, one character in from this side, or in the center."""
    inside = f'<w:ind w:{side}Chars="100" w:{side}="{FOOTER_LINE}"/>' if side != "center" else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{inside}<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:rPr>{HINT}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
