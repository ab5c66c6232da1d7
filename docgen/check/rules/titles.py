"""The title: its year, its wording by the form, and lines that fit the page."""

from collections.abc import Iterator

from docgen.check.mentioned_years import title_years
from docgen.check.passages import Prose
from docgen.check.rules.inner import without_draft_mark
from docgen.check.rules.names import bare_name
from docgen.finding import Finding, Rule
from docgen.prose.personal import masked
from docgen.prose.title import LINE, unbroken

TITLE_YEAR = Rule(
    code="E601",
    name="标题年度不对",
    severity="error",
    needs=("title",),
    message="标题{said}，{called}是 {expected} 年度的",
    why="标题里的年度就是报告的年度；不一致或没有写，多半是改了一处忘了另一处。",
    example="2024 年度的报告，标题还是“2023年度工作报告”。",
    cure="核对标题和“年度”一栏；多半应为 {expected} 年。",
)
TITLE_YEAR_TWICE = Rule(
    code="E611",
    name="标题里年度写了两遍",
    severity="note",
    needs=("title",),
    message="标题“{quote}”里 {expected} 年写了不止一遍",
    why="标题里年度写一遍就够了。",
    example="“2024年甘河子镇2024年度工作报告”。",
    cure="只留一处年度。",
    since="0.2.0",
)
TITLE_WORDING = Rule(
    code="E402",
    name="标题的用语与表式不同",
    severity="note",
    needs=("title",),
    message="标题写的是“{actual}”，表式的用语是“{official}”",
    why="报告叫什么名称，由表式规定。",
    example="表式里是“工作年度报告”，标题少了“工作”。",
    cure="改为“{official}”。",
)
TITLE_LINE = Rule(
    code="E403",
    name="标题太长，断不开",
    severity="warning",
    needs=("report",),
    message="标题里的“{actual}”超过 {most} 个字，一行排不下，又找不到可以断开的地方",
    why=(
        "标题回行要词意完整，排成梯形或菱形；找不到断开的地方，"
        "Word 就把一个词或机关名称从中间断开。"
    ),
    example="“某某国家级高新技术产业示范基地综合服务中心”，哪里能断开只有自己知道。",
    cure="在标题里要换行的地方自己换行：Excel、WPS 里按 Alt+Enter，JSON 里写 \\n。",
    basis="GB/T 9704—2012 7.3.1（一般）",
    since="0.2.0",
)


def check_title(prose: Prose) -> Iterator[Finding]:
    """Check that the title has one year, and that it is the report's."""
    reading = prose.reading
    year, title = reading.report.year, reading.report.title
    if year is None or title is None:
        return

    place, stated = reading.place("title"), title_years(title)
    wrong = [found for found in stated if found != year]

    if wrong or not stated:
        said = f"写的是 {wrong[0]} 年" if wrong else "没有写年度"
        actual = str(wrong[0]) if wrong else ""
        called = reading.form.called
        yield TITLE_YEAR.at(place, said=said, called=called, expected=str(year), actual=actual)
    elif len(stated) > 1:
        yield TITLE_YEAR_TWICE.at(place, quote=masked(title).replace("\n", ""), expected=str(year))


def check_title_words(prose: Prose) -> Iterator[Finding]:
    """Check that the title calls the report what its form calls it."""
    reading = prose.reading
    title = without_draft_mark(reading.report.title or "")
    official = bare_name(reading.form.title.format(name="", year=""))
    if title and not bare_name(title).endswith(official):
        right = reading.form.title.partition("\n")[2].format(year=reading.report.year or "")
        yield TITLE_WORDING.at(
            reading.place("title"), expected=right, actual=masked(title), official=right
        )


def check_title_lines(prose: Prose) -> Iterator[Finding]:
    """Report every line of the title that is too long and cannot be broken by sense."""
    for line in unbroken(prose.reading.report.title or "", prose.reading.form.subjects):
        yield TITLE_LINE.at(prose.reading.place("title"), actual=masked(line), most=str(LINE))
