"""`docgen verify` on a document whose words are as issued, and whose print is not.

Each edit is made in the XML of a document that was really issued.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from door import INPUTS, Docgen, Run
from issued import BODY, DOCUMENT, STYLES, codes, packed, parts_of
from processes import LIMIT
from proofs import needs_office

#: The figure in the second cell of the fourth row of table two, as it stands in its run.
CELL = "第 2 张表第 4 行第 2 格"
FIGURE = re.compile(
    r"(一、本年新收.*?<w:r>)(<w:rPr>.*?</w:rPr>)?(<w:t[^>]*>0</w:t>)(</w:r>)", re.DOTALL
)
PREFACE = "现将甘河子镇2024年政府信息公开实际情况报告如下："
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report, issued."""
    assert docgen("render", INPUTS / "2024.json").code == 0
    return docgen


def rewrite(part: str, text: str) -> None:
    """Put another text in a part of the issued document."""
    DOCUMENT.write_bytes(packed(part, text.encode()))


def told(docgen: Docgen) -> Run:
    """What is said: the first thing is what is printed."""
    run = docgen("verify", DOCUMENT)
    assert (run.code, set(codes(run))) == (6, {"V114"}), run.err
    assert run.err.startswith("错误 V114 印出来会和签发时不同：")
    assert "文字和数字与签发时相同" not in run.err
    return run


def figure(properties: str = "", instead: str = "", after: str = "") -> None:
    """Edit the run of one figure: its properties, its text, what follows it."""
    body = parts_of()[BODY].decode()
    found = FIGURE.search(body)
    assert found
    own = (found[2] or "<w:rPr></w:rPr>").replace("</w:rPr>", f"{properties}</w:rPr>")
    run = f"{found[1]}{own}{instead or found[3]}{found[4]}{after}"
    rewrite(BODY, body[: found.start()] + run + body[found.end() :])


@pytest.mark.parametrize(
    ("properties", "what"),
    [
        ("<w:vanish/>", "设成了隐藏"),
        ('<w:vanish xmlns:x="urn:x" x:y="0"/>', "设成了隐藏"),
        ('<w:color w:val="FFFFFF"/>', "颜色和底色差不多"),
        ('<w:color w:val="F8F8F0"/>', "颜色和底色差不多"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "颜色和底色差不多"),
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', "颜色和底色差不多"),
        (
            '<w:color w:val="101010"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
            "颜色和底色差不多",
        ),
        (f"<w14:textFill {W14}><w14:noFill/></w14:textFill>", "颜色和底色差不多"),
        ('<w:sz w:val="2"/>', "字号小得看不清"),
        ('<w:w w:val="1"/>', "压扁或叠在一起"),
        ('<w:position w:val="-400"/>', "挪到了行外"),
        ("<w:strike/>", "加了删除线"),
        ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', "换成了符号字体"),
    ],
)
def test_a_figure_that_is_not_seen(issued: Docgen, properties: str, what: str) -> None:
    """Hidden, white, under a bar, tiny, squeezed, moved out of its line, in signs."""
    figure(properties)
    assert f"：{CELL}的“0”{what}" in told(issued).err


def test_a_figure_hidden_by_its_style(issued: Docgen) -> None:
    """The words of a style hide all that is set in it."""
    styles = parts_of()[STYLES].decode()
    hidden = '<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>'
    rewrite(STYLES, styles.replace("</w:styles>", f"{hidden}</w:styles>"))
    figure('<w:rStyle w:val="X"/>')
    assert f"：{CELL}的“0”设成了隐藏" in told(issued).err


def test_a_colour_is_said_as_a_whole(issued: Docgen) -> None:
    """A run's own black takes nothing from a style's white of the theme: it is seen."""
    styles = parts_of()[STYLES].decode()
    white = '<w:rPr><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr>'
    style = f'<w:style w:type="character" w:styleId="X">{white}</w:style>'
    rewrite(STYLES, styles.replace("</w:styles>", f"{style}</w:styles>"))
    figure('<w:rStyle w:val="X"/><w:color w:val="000000"/>')
    assert codes(issued("verify", DOCUMENT)) == ["V104"]
    figure('<w:color w:themeColor="background1"/>')
    assert f"：{CELL}的“0”颜色和底色差不多" in told(issued).err


def test_a_broken_part_hides_nothing(issued: Docgen) -> None:
    """What cannot be read beside the document does not keep the rest from being told."""
    figure("<w:vanish/>")
    rewrite("word/settings.xml", "<broken")
    assert f"：{CELL}的“0”设成了隐藏" in told(issued).err


def test_a_whole_style_turned_white(issued: Docgen) -> None:
    """Each paragraph of that style is told of, in its place."""
    styles = parts_of()[STYLES].decode()
    at = styles.index('w:styleId="BodyText"')
    end = styles.index("</w:style>", at)
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    own = re.sub(r"<w:rPr>.*?</w:rPr>", "", styles[at:end], flags=re.DOTALL)
    rewrite(STYLES, styles[:at] + own + white + styles[end:])
    run = told(issued)
    assert len(codes(run)) > 5
    assert "的“依据《中华人民共和国政府信息公开条例》精神" in run.err


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ('<w:r><w:sym w:font="Symbol" w:char="0037"/></w:r>', "的“Symbol 0037”是插入的符号"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =5+2 </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "的“=5+2”是域代码",
        ),
        (
            "<w:r><w:pict><w:shape/></w:pict></w:r>",
            "的“图形”放在图形或文本框里",
        ),
        ("<w:r><w:drawing/></w:r>", "的“图形”放在图形或文本框里"),
        ('<w:del w:id="7"><w:r><w:delText>7</w:delText></w:r></w:del>', "的“7”带着修订标记"),
    ],
    ids=["sign", "field", "shape", "picture", "tracked"],
)
def test_something_that_prints_beside_a_figure(issued: Docgen, after: str, what: str) -> None:
    """A digit as a sign, a field, a shape: none is text, all are printed."""
    figure(after=after)
    assert f"：{CELL}{what}" in told(issued).err


def test_a_figure_that_became_a_field(issued: Docgen) -> None:
    """It shows the issued 0 until Word computes it anew for the printer."""
    body = parts_of()[BODY].decode()
    found = FIGURE.search(body)
    assert found
    run = f"<w:r>{found[3]}</w:r>"
    field = f'</w:r><w:fldSimple w:instr=" =7 ">{run}</w:fldSimple><w:r>'
    rewrite(BODY, body[: found.start(3)] + field + body[found.end(3) :])
    assert f"：{CELL}的“=7”是域代码，打印时会算出别的内容" in told(issued).err


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ('<w:altChunk r:id="rId77"/>', "插在这里（altChunk）"),
        ("<w:moveTo><w:p><w:r><w:t>另有五件</w:t></w:r></w:p></w:moveTo>", "放在别处（moveTo）"),
    ],
)
def test_something_among_the_paragraphs(issued: Docgen, before: str, what: str) -> None:
    """What no reader of paragraphs sees."""
    rewrite(BODY, parts_of()[BODY].decode().replace("<w:tbl>", f"{before}<w:tbl>", 1))
    assert what in told(issued).err


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>", "整行设成了隐藏"),
        (
            "<w:tblPr>",
            '<w:tblPr><w:tblpPr w:tblpX="9000" w:tblpY="9000"/>',
            "的“表格”挪了位置，浮在版面上",
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="BodyText"/>',
            '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:framePr w:x="9000" w:y="9000"/>',
            "挪了位置，放进了图文框",
        ),
        (
            '<w:p><w:pPr><w:pStyle w:val="BodyText"/>',
            '<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:numPr><w:numId w:val="3"/></w:numPr>',
            "带自动编号",
        ),
    ],
    ids=["row", "table", "frame", "number"],
)
def test_moved_and_numbered(issued: Docgen, old: str, new: str, what: str) -> None:
    """Rows, tables and paragraphs that are printed elsewhere, not at all, or with a number."""
    body = parts_of()[BODY].decode()
    assert old in body
    rewrite(BODY, body.replace(old, new, 1))
    assert what in told(issued).err


def test_heads_and_feet(issued: Docgen) -> None:
    """They are printed on every page."""
    name = "word/footer1.xml"
    foot = parts_of()[name].decode()
    rewrite(name, foot.replace("—", "作废 —", 1))
    run = told(issued)
    assert "：页脚的“作废 — 〔页码〕 —”印在那里，签发时不是这样" in run.err
    rewrite(name, foot)


def test_the_page_number_a_foot_last_showed_is_nothing(issued: Docgen) -> None:
    name = "word/footer1.xml"
    rewrite(name, parts_of()[name].decode().replace("<w:t>1</w:t>", "<w:t>5</w:t>"))
    assert codes(issued("verify", DOCUMENT)) == ["V104"]


def test_what_is_printed_is_said_before_the_rest(issued: Docgen) -> None:
    """A word that changed, and a figure that is hidden: both are told, no part's name."""
    body = parts_of()[BODY].decode()
    rewrite(BODY, body.replace("我镇认真贯彻", "本镇认真贯彻", 1))
    figure("<w:vanish/>")
    assert codes(issued("verify", DOCUMENT)) == ["V103", "V114"]


@pytest.mark.parametrize(
    ("application", "program"),
    [
        ("WPS Office_12.1.0.17827_F1E327BC-269C-435d-A152-05C5408002CA", "WPS"),
        ("Microsoft Office Word", "Word"),
    ],
)
def test_saved_by_a_program(issued: Docgen, application: str, program: str) -> None:
    """As WPS and Word do it: their name in the properties, the styles written anew."""
    app = parts_of()["docProps/app.xml"].decode()
    rewrite("docProps/app.xml", app.replace("docgen", application))
    styles = parts_of()[STYLES].decode()
    auto = '<w:color w:val="auto"/>'
    rewrite(STYLES, styles.replace("<w:rPr>", f"<w:rPr>{auto}", 1))
    run = issued("verify", DOCUMENT)
    assert codes(run) == ["V115"]
    assert f"“2024.docx”用 {program} 打开后另存过：文字和数字与签发时相同" in run.err
    figure('<w:color w:val="FFFFFF"/>')
    assert f"{CELL}的“0”颜色和底色差不多" in told(issued).err


@pytest.mark.slow
@needs_office
def test_saved_by_libreoffice(issued: Docgen, folder: Path) -> None:
    """A real save: the words are the same and nothing is taken for a trick."""
    office = shutil.which("soffice")
    assert office
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", "saved", str(DOCUMENT)]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
    shutil.copy("saved/2024.docx", DOCUMENT)
    run = issued("verify", DOCUMENT)
    assert codes(run) == ["V115"], run.err
    assert "用 LibreOffice 打开后另存过：文字和数字与签发时相同" in run.err
