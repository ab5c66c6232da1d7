"""What docgen read or added up and nothing proves: asked of the office."""

from collections.abc import Iterator

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.finding import Finding, Rule
from docgen.read.blanks import may_be_zero

OPEN_QUESTION = Rule(
    code="E103",
    name="还有待确认的",
    severity="error",
    needs=("questions",),
    message="待确认：{question}{actual}",
    why="公布的报告里读来的、各机关加起来的，有的地方 docgen 证不了；机关没有看过，不能出文件。",
    example="“待确认”一行的右边还空着。",
    cure="对照原来的看一眼：没有错的，在这一行的“内容”里（JSON 里是 answer）写“是”；"
    "错的先改正，再写“是”。以“是”“对”“已核对”开头的和 √ 都算，别的不算。",
    since="0.3.0",
)


def check_questions(prose: Prose) -> Iterator[Finding]:
    """Yield a finding for each question that nobody has answered."""
    reading = prose.reading
    filled = reading.report.figures.keys() >= may_be_zero(reading.form)
    for number, asked in enumerate(reading.report.unconfirmed):
        settled = asked.is_about_blanks and filled
        if asked.is_open and not settled:
            said = f"（答的是“{asked.answer[:40]}”）" if asked.answer else ""
            place = reading.place(Address.of_question(number))
            yield OPEN_QUESTION.at(place, question=asked.question, actual=said)
