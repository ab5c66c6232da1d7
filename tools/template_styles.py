"""The parts of a report template that no form changes: page, styles, settings, fonts, footers.

They hold GB/T 9704—2012: 3号仿宋 on 22 lines of 28 characters, heads in 黑体 and 楷体.
Lengths are twips unless a name says otherwise.
"""

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

TYPE_AREA = 8844  # 156 mm
CHARACTER = TYPE_AREA / 28
PITCH = 579  # the largest that keeps 22 lines in 225 mm
# In 4096ths of a point, from 16 pt; rounded down, or the 28th character would not fit.
CHARACTER_SPACE = int((CHARACTER / 20 - 16) * 4096) - 1
FOOTER_LINE = 280  # 14 pt, exact: the 一字线 runs through its middle
FOOTER = 1985 - 397 - FOOTER_LINE // 2  # so the 一字线 lies 7 mm under the type area

SECTION = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" '
    f'w:footer="{FOOTER}" w:gutter="0"/>'
    f'<w:docGrid w:type="linesAndChars" w:linePitch="{PITCH}" w:charSpace="{CHARACTER_SPACE}"/>'
)

# Without the hint, quotation marks, dashes and … fall to the Latin font.
HINT = '<w:rFonts w:hint="eastAsia"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{round(2 * CHARACTER)}"/>'
# Exact, so that a table is as tall with a stand-in font as with the named one.
SINGLE = '<w:snapToGrid w:val="0"/><w:spacing w:line="270" w:lineRule="exact"/>'
# The name is set on the date's axis by arithmetic, which automatic space would upset.
NO_AUTO_SPACE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def fonts(east_asia: str, latin: str = "") -> str:
    """The run property that sets a Chinese font and, where it changes, a Latin one."""
    other = f' w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}"' if latin else ""
    return f'<w:rFonts w:hint="eastAsia"{other} w:eastAsia="{east_asia}"/>'


def size(points: float) -> str:
    """The run properties that set a size."""
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def style(name: str, properties: str, *, alias: str = "", after: str = "") -> str:
    """One paragraph style, its id made of the name as Word does; `alias` marks one of our own."""
    custom = ' w:customStyle="1"' if alias else ""
    aliases = f'<w:aliases w:val="{alias}"/>' if alias else ""
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{name.title().replace(" ", "")}">'
        f'<w:name w:val="{name}"/>{aliases}<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"{properties}</w:style>"
    )


LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
BASE = f"<w:rPr>{fonts(FANGSONG, LATIN)}{size(16)}{LANGUAGE}</w:rPr>"
SMALL = f"<w:rPr>{size(10.5)}</w:rPr>"
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
NO_MARGINS = (
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="{0}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
)

STYLES = "".join(
    (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>{BASE}</w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>'
        f"{BASE}</w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "</w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        f"<w:tblPr>{NO_MARGINS.format(108)}</w:tblPr></w:style>",
        style(
            "Title",
            # Off the grid, where LibreOffice gives each line of 22 pt the room of two.
            f'<w:pPr>{KEEP}<w:snapToGrid w:val="0"/>'
            f'<w:spacing w:line="{PITCH}" w:lineRule="exact"/><w:jc w:val="center"/>'
            f"</w:pPr><w:rPr>{fonts(XIAOBIAOSONG)}{size(22)}</w:rPr>",
            after="Normal",
        ),
        style(
            "heading 1",
            f'<w:pPr>{KEEP}{INDENT}<w:outlineLvl w:val="0"/></w:pPr><w:rPr>{fonts(HEITI)}</w:rPr>',
            after="BodyText",
        ),
        style(
            "heading 2",
            f'<w:pPr>{KEEP}{INDENT}<w:outlineLvl w:val="1"/></w:pPr><w:rPr>{fonts(KAITI)}</w:rPr>',
            after="BodyText",
        ),
        style("Body Text", f"<w:pPr>{INDENT}</w:pPr>"),
        '<w:style w:type="character" w:customStyle="1" w:styleId="Lead"><w:name w:val="Lead"/>'
        '<w:aliases w:val="引题"/><w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        f"<w:rPr>{fonts(KAITI)}</w:rPr></w:style>",
        style(
            "Table Head",
            f'<w:pPr><w:keepNext/>{SINGLE}<w:jc w:val="center"/></w:pPr>{SMALL}',
            alias="表头",
        ),
        style(
            "Table Label",
            f'<w:pPr><w:keepNext/>{SINGLE}<w:jc w:val="left"/></w:pPr>{SMALL}',
            alias="表内文字",
        ),
        style(
            "Table Figure",
            f'<w:pPr><w:keepNext/>{SINGLE}<w:jc w:val="center"/></w:pPr>{SMALL}',
            alias="表内数字",
        ),
        style(
            "Signature",
            f'<w:pPr>{KEEP}{NO_AUTO_SPACE}<w:jc w:val="center"/></w:pPr>',
            after="Date",
        ),
        style(
            "Date",
            f"<w:pPr><w:keepLines/>{NO_AUTO_SPACE}"
            f'<w:ind w:rightChars="400" w:right="{round(4 * CHARACTER)}"/>'
            '<w:jc w:val="right"/></w:pPr>',
        ),
        style(
            "footer",
            f'<w:pPr><w:snapToGrid w:val="0"/>'
            f'<w:spacing w:line="{FOOTER_LINE}" w:lineRule="exact"/></w:pPr>'
            f"<w:rPr>{fonts(SONGTI, SONGTI)}{size(14)}</w:rPr>",
        ),
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr></w:style>",
        "</w:styles>",
    )
)

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
    """The fonts by name, so that an office without one finds the next best."""
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
    """The page number with a 一字线 on either side, one character in from the outer edge."""
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{FOOTER_LINE}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:rPr>{HINT}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r><w:rPr>{HINT}</w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )
