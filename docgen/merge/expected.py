"""What the finished document must say, and reading it back to see that it does."""

from docgen.errors import FaultStop, TemplateStop
from docgen.files import ooxml
from docgen.finding import Rule
from docgen.forms.form import Form, Table
from docgen.forms.layout import printed_rows
from docgen.merge.document import BROKEN, refused
from docgen.merge.faults import WRONG_PRINT
from docgen.merge.template import Template
from docgen.model import Report
from docgen.printing import print_figure, print_signature_lines, print_title_lines
from docgen.word import blocks
from docgen.word.blocks import Block, Difference, TableCell

READ_BACK = Rule(
    code="X702",
    name="成品与数据不一致",
    severity="error",
    message="写好的文件读回来，{where}应为“{expected}”，却是“{actual}”，没有签发",
    why="签发前要把成品重新打开，逐字逐数与数据核对；不一致就不签发。",
    example="填充时多印了一个字（docgen 自己的毛病）。",
    cure="把这条信息和输入文件交给维护 docgen 的人。",
)


def expected_blocks(form: Form, report: Report) -> list[Block]:
    """Title, preface, every section with its text or table, name and date: in this order."""
    tables = {table.key: table for table in form.tables}
    expected: list[Block] = [print_title_lines(report), *report.preface]
    for section in form.sections:
        expected.append(section.title)
        if section.key in tables:
            expected.append(_table(form, tables[section.key], report))
        else:
            expected += report.sections.get(section.key, ())
    return [*expected, *print_signature_lines(report)]


def _table(form: Form, table: Table, report: Report) -> blocks.Table:
    return [
        [
            TableCell(print_figure(report, figure.address) if figure else text, span, merge)
            for text, figure, span, merge in row.cells
        ]
        for row in printed_rows(form, table, report.wording)
    ]


def compare(body: list[Block], template: Template, form: Form, report: Report) -> list[Difference]:
    """Where a body says something else than the report; literals of the template may stay."""
    expected = expected_blocks(form, report)
    if not blocks.differences(expected, body):
        return []
    own = template.literals - {block for block in expected if isinstance(block, str)}
    kept = [block for block in body if not isinstance(block, str) or block not in own]
    return blocks.differences(expected, kept)


def read_body(document: bytes, template: Template) -> list[Block]:
    """What the finished bytes say, read with other eyes than they were written with.

    Raises TemplateStop if filling left something that is no XML.
    """
    try:
        return blocks.read_document(document)
    except ooxml.NotPackage as error:
        raise refused(template, f"{BROKEN}：{error}") from None


def read_back(document: bytes, template: Template, form: Form, report: Report) -> None:
    """Raises FaultStop unless the finished bytes say every word of the report.

    Raises TemplateStop instead where a template from outside is to blame: it may say one thing of
    the report it was tried with and another of this one.
    """
    found = compare(read_body(document, template), template, form, report)
    if found:
        rule = READ_BACK if template.own else WRONG_PRINT
        blamed = FaultStop if template.own else TemplateStop
        raise blamed(*(rule.at(**difference._asdict()) for difference in found))
