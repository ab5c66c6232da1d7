"""The report: one body's year, typed. Whatever could not be read is `None` and has a finding."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from docgen.address import PREFACE, Address
from docgen.finding import Finding, Place
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Number

Level = Literal["province", "prefecture", "county", "township", "department"]

#: What the office calls each level; the first word is printed, the rest are understood.
LEVELS: dict[Level, tuple[str, ...]] = {
    "province": ("省级", "省", "自治区", "直辖市"),
    "prefecture": ("市级", "设区市", "设区的市级", "地级市", "市", "州", "地区"),
    "county": ("县级", "县", "区", "县级市", "旗"),
    "township": ("乡镇级", "乡镇", "乡", "镇", "街道", "街道办事处"),
    "department": ("部门", "政府部门", "工作部门"),
}


class Part(BaseModel):
    """A frozen, strict part of a report. A field's title is its name on the office's forms."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Body(Part):
    """The body that reports."""

    name: Annotated[str | None, Field(title="机关名称")] = None
    short_name: Annotated[str | None, Field(title="机关简称")] = None
    level: Annotated[Level | None, Field(title="机关层级")] = None


class Signature(Part):
    """Name and date of issue (成文日期) under the text."""

    name: Annotated[str | None, Field(title="署名")] = None
    date: Annotated[datetime.date | None, Field(title="成文日期")] = None


class Waiver(Part):
    """A finding let through: which one, for which value, why, by whom and when.

    `place` is an address, or the place as a finding shows it; a sentence needs none. `value` is
    the figure or fact that stands there, or a sentence of the text: when it changes, the waiver
    expires.
    """

    code: Annotated[str, Field(title="编号")]
    place: Annotated[str, Field(title="位置")] = ""
    value: Annotated[str, Field(title="原值或原句")] = ""
    reason: Annotated[str, Field(title="理由")]
    by: Annotated[str, Field(title="批准人")]
    date: Annotated[datetime.date, Field(title="日期")]


#: How the answers that settle a question begin: `是，已核对`; whatever else leaves it open.
_SETTLED = ("是", "对", "无误", "已核对", "核对过", "已改", "已填", "√", "✓", "✔", "yes")
# sub: what says that all is right: 是，没有错.
_ALL_RIGHT = re.compile("没有?(?:错|问题)|不用改")
# search: what leaves it open all the same: 是不是, 对不上, 是吗, 是 12; not 是 0.
_UNSETTLED = re.compile("[不没未否吗呢?？错待]|^[是对]\\s*[1-9]")
#: The one question whose answer changes what is read: where the sums prove the blanks to be 0.
BLANKS_ARE_ZERO = "表里空着的格子都是 0"


class Question(Part):
    """What a reader of a published report could not prove; open until somebody answers it."""

    question: Annotated[str, Field(title="问题")]
    answer: Annotated[str, Field(title="回答")] = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet that it is so, or was put right."""
        said = self.answer.strip().lower()
        unsaid = _UNSETTLED.search(_ALL_RIGHT.sub("", said))
        return not said.startswith(_SETTLED) or unsaid is not None

    @property
    def is_about_blanks(self) -> bool:
        """Whether it asks if all blank cells mean 0."""
        return "".join(self.question.split()) == "".join(BLANKS_ARE_ZERO.split())


class Report(Part):
    """One report. Figures, answers and wordings are by address; paragraphs are in order.

    An answer is what a cell holds that is no number, as it is printed: a text, 是, 甲、乙, a date.
    `units` are the names of the rows of a table that has one for each unit, by table; `absent`
    are the tables in place of which the body says that it has no such business.
    """

    form: Annotated[str, Field(title="表式")]
    year: Annotated[int | None, Field(title="年度", ge=2008, le=2199)] = None
    body: Annotated[Body, Field(title="机关")] = Body()
    title: Annotated[str | None, Field(title="标题")] = None
    preface: Annotated[tuple[str, ...], Field(title="引言")] = ()
    sections: Annotated[Mapping[str, tuple[str, ...]], Field(title="正文")] = {}
    figures: Annotated[Mapping[str, Number], Field(title="数据")] = {}
    answers: Annotated[Mapping[str, str], Field(title="填写的内容")] = {}
    units: Annotated[Mapping[str, tuple[str, ...]], Field(title="各行的单位")] = {}
    absent: Annotated[tuple[str, ...], Field(title="没有的业务")] = ()
    signature: Annotated[Signature, Field(title="落款")] = Signature()
    deadline: Annotated[datetime.date | None, Field(title="上报期限")] = None
    neighbours: Annotated[tuple[str, ...], Field(title="相邻机关")] = ()
    wording: Annotated[Mapping[str, str], Field(title="用语")] = {}
    waivers: Annotated[tuple[Waiver, ...], Field(title="豁免")] = ()
    unconfirmed: Annotated[tuple[Question, ...], Field(title="待确认")] = ()

    def paragraphs_of(self, section: str) -> tuple[str, ...]:
        """Return the paragraphs of a section, or of the preface, by its key."""
        return self.preface if section == PREFACE else self.sections.get(section, ())

    def fact(self, address: str) -> object:
        """Return the fact at an address; None where there is none."""
        value: object = self
        for name in Address(address).keys:
            value = getattr(value, name, None)
        return value


_FACTS: dict[str, type[Part]] = {
    "form": Report,
    "year": Report,
    "body.name": Body,
    "body.short_name": Body,
    "body.level": Body,
    "title": Report,
    "signature.name": Signature,
    "signature.date": Signature,
    "deadline": Report,
    "neighbours": Report,
}

#: What a report that ends without a signature does not have.
_OF_SIGNATURE = ("signature.name", "signature.date")

#: The scalar facts of a report by address, each with its name on the office's forms.
FACTS: dict[str, str] = {
    address: str(part.model_fields[Address(address).last].title) for address, part in _FACTS.items()
}


def facts_of(form: Form) -> dict[str, str]:
    """Return the facts that a report of this form has, as `FACTS` has them."""
    return {a: label for a, label in FACTS.items() if form.signed or a not in _OF_SIGNATURE}


def texts_of(form: Form) -> dict[str, str]:
    """Return the titles of all that holds running text, the preface first, by key."""
    preface = {PREFACE: form.preface} if form.preface else {}
    return preface | {section.key: section.title for section in form.text_sections}


#: The members of a waiver, each with its name on the office's forms.
WAIVER: dict[str, str] = {key: str(field.title) for key, field in Waiver.model_fields.items()}

#: The members of a question, each with its name on the office's forms.
QUESTION_PARTS: dict[str, str] = {
    key: str(field.title) for key, field in Question.model_fields.items()
}

#: What the sheets of a report are called beside its tables, and what heads their columns.
FACT_SHEET, TEXT_SHEET = "基本情况", "正文"
WAIVER_SHEET = "豁免"  # the one sheet that may be missing
FACT_HEAD, TEXT_HEAD = ("项目", "内容", "说明"), ("部分", "正文", "说明")
WORDING = "用语"  # before the label that a report words otherwise
QUESTION = "待确认"  # before a question that is to be answered beside it
HOW_TO_FILL = "填法："  # begins a row, or a cell beside a text, that only tells how to fill it
GUIDE_SHEET = "填表说明"  # the first sheet of a blank workbook, which is not read
#: The sheet that docgen puts into a marked workbook, and the head of its list; it is not read.
MARKS_SHEET = "核对结果"
MARKS_HEAD = (
    *("级别", "编号", "规则", "位置", "问题", "应为", "现为", "怀疑", "改法", "依据", "豁免"),
)
LAST_YEAR = "上年（{year}年）供对照"  # over last year's figures beside a table, which are not read

#: Where each value of a report stands in its input, by address (`year`, `roads.paved.length`,
#: `sections.summary.2`, `wording.roads.paved`).
Places = Mapping[str, Place]


@dataclass(frozen=True)
class Reading:
    """What one input holds: the report as far as it could be read, and what is wrong with it."""

    name: str  # the input's own name, without the folders above it
    form: Form
    report: Report
    places: Places
    computed: frozenset[str]  # totals that were left out and are computed
    findings: tuple[Finding, ...]
    inputs: Mapping[str, bytes]  # what was read, by file name

    def place(self, address: str) -> Place:
        """Return where a value stands; for one that is not in the input, its address alone."""
        return self.places.get(address, Place(self.name, address=Address(address)))


def align_cells(report: Report, other: Report, addresses: Iterable[str]) -> dict[str, str]:
    """Return these addresses of another report by the address this one has for the same cell.

    The row of a unit is found by the unit's name: its number may be another's next year.
    """
    rows: dict[tuple[str, str], str] = {}
    for table, names in other.units.items():
        own = report.units.get(table, ())
        here = dict(zip(own, unit_keys(len(own)), strict=True))
        for name, key in zip(names, unit_keys(len(names)), strict=True):
            rows[table, key] = here.get(name, "")

    aligned: dict[str, str] = {}
    for there in addresses:
        table, row, column = Address(there).figure
        row = rows.get((table, row), row)
        if row:
            aligned[Address.of(table, row, column)] = there

    return aligned


def print_date(date: datetime.date) -> str:
    """Return the date as GB/T 9704 wants it: Arabic numerals, no leading zeros."""
    return f"{date.year}年{date.month}月{date.day}日"


def print_number(number: Number) -> str:
    """Return the figure digit for digit, never in scientific notation."""
    return f"{number:f}" if not isinstance(number, int) else str(number)
