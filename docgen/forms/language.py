"""The form language: what may stand in the TOML files of a form's folder, and of which kind.

A form is a folder whose name is its key. Its files `*.toml` are read as one. Nothing in them is
run: outlines (`docgen.forms.outline`) and relations (`docgen.forms.relations`) are parsed, texts
are texts. docs/form.md teaches the language; these classes are all of it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from docgen.finding import Severity

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][0-9]{3}$")]
Text = Annotated[str, Field(max_length=2000)]
Outline = Annotated[str, Field(max_length=20_000)]
Words = Annotated[str, Field(max_length=8000)]  # parted by blanks
Year = Annotated[int, Field(ge=2008, le=2199)]
# fullmatch: template.docx, 模板.docx; not ../a.docx, a/b.docx, template.doc.
File = Annotated[str, Field(pattern=r"^([^./\\:\s][^/\\:\s]{0,99}\.docx)?$")]
Day = Annotated[str, Field(pattern=r"^[01][0-9]-[0-3][0-9]$")]  # month and day: 03-31


class Declared(BaseModel):
    """A part of the language: nothing it does not know may stand there."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class BandText(Declared):
    """`[[part.band]]`: a stretch of a grid with columns and rows of its own."""

    key: Key
    title: Text = ""  # a printed row above its head
    corner: Text = ""  # the head above the row labels
    columns: Outline
    rows: Outline = ""


class PartText(Declared):
    """`[[part]]`: one part of the report, in printed order.

    Exactly one of `text` (paragraphs), `grid` (a table), `sheet` (pairs of label and value) and
    `lines` (such pairs as lines of text) is its key; with none, and a heading, it is a heading
    alone. The text `preface` has a `label` for the office's sheet in place of a heading.
    """

    text: Key | None = None
    grid: Key | None = None
    sheet: Key | None = None
    lines: Key | None = None
    heading: Text = ""
    variants: tuple[Text, ...] = ()  # other wordings of the heading
    label: Text = ""
    # of a text
    substantial: bool = False  # “无” is no answer
    usual_length: int = 0  # in characters
    looks_ahead: bool = False  # it speaks of the year after the report's
    ready: tuple[Text, ...] = ()  # paragraphs a blank holds from the start
    # of a grid, a sheet, lines
    name: Text = ""  # of its sheet (file): 表一 主动公开
    short: Text = ""  # what messages call it; its name up to the first blank, unless given
    columns: Outline = ""
    rows: Outline = ""
    corner: Text = ""
    band: Annotated[tuple[BandText, ...], Field(max_length=20)] = ()
    notes: tuple[Text, ...] = ()  # printed under it
    absent: Text = ""  # the sentence of a body that has no such business
    no_sum: Words = ""  # rows and columns that do not add up over bodies: averages, rates
    landscape: bool = False
    widths: Words = ""  # of its columns in print, as proportions: 3 2*1 4
    after: str = ""  # of an edition: the key of the part it follows


class RuleDeclared(Declared):
    """`[[rule]]`: a rule of the form's own. Its relation is one of holds, when, owes, carries,
    agrees; `grid` names the table (or several) whose keys it speaks of."""

    code: Code
    name: Text
    severity: Severity = "error"
    message: Text = ""
    why: Text = ""
    example: Text = ""
    cure: Text = ""
    basis: Text = ""
    waivable: bool = False
    since: str = "0.3.0"
    text: Text = ""  # the relation in words; made from the labels, unless given

    grid: Words = ""
    each: Literal["column", "row", ""] = ""  # where the keys alone do not say it
    holds: Text = ""  # received + carried_in = handled + carried_out; accepted <= applied
    when: Text = ""  # mobile = 是
    then: Text = ""  # weibo | wechat
    carries: Text = ""  # in_force = last in_force + issued - repealed
    within_edition: bool = False
    agrees: Text = ""  # penalties.all.total = disclosure: disclosure.penalty.decided
    owes: dict[
        str, Words
    ] = {}  # what must be spoken of, with the words that will do: {next_year}年
    part: str = ""  # where; blank: anywhere in the text
    in_headings: bool = False
    levels: Words = ""  # the bodies that owe it; none names all


class TextsDeclared(Declared):
    """`[rules.E101]`: what this form says about a rule of docgen in place of its own words."""

    why: Text = ""
    example: Text = ""
    cure: Text = ""
    basis: Text = ""


class PageDeclared(Declared):
    """`[page]`: how the document stands on paper."""

    standard: Literal["GB/T 9704—2012", ""] = "GB/T 9704—2012"
    landscape: bool = False
    one_page: bool = False


class DeadlineDeclared(Declared):
    """`[[deadline]]`: the last day of the next year on which bodies of these levels are in time."""

    levels: Words  # * for every body
    date: Day
    name: Text = ""  # what for, where there are several: 报送上级, 向社会公开
    basis: Text = ""


class PowerDeclared(Declared):
    """`[[power]]`: figures that bodies without a power cannot have."""

    at: str
    name: Text
    never: Words = ""
    seldom: Words = ""


class CeilingDeclared(Declared):
    """`[[ceiling]]`: an amount that a body of this level hardly ever reaches."""

    at: str
    level: str
    amount: int


class LawDeclared(Declared):
    """`[[law]]`: a law that such reports cite by its title."""

    title: Text
    short: tuple[Text, ...] = ()
    slips: tuple[Text, ...] = ()


class DocumentDeclared(Declared):
    """`[[document]]`: what such reports cite by its number."""

    number: Text
    names: tuple[Text, ...] = ()
    first_year: int = 0
    last_year: int = 0
    instead: Text = ""
    amended_by: Text = ""


class TermDeclared(Declared):
    """`[[term]]`: a short name for a figure or a sum of figures, as `{{ 本年新收 }}` uses it."""

    name: Text
    at: Words


class FactDeclared(Declared):
    """One fact of a group (`docgen.forms.speech.Fact`). `says` and `sums` are ways, parted by |."""

    key: str
    label: Text
    says: Words
    sums: Words = ""  # addresses; a group in one means all that is in it
    topic: Words = ""
    never: Words = ""
    doubt: Words = ""
    apart: Words = ""
    own: Words = ""
    context: Words = ""
    absent: Words = ""
    units: tuple[str, ...] | None = None
    wholes: Words = ""
    exact: bool = False
    rate: str = ""
    none: Words = ""


class FactsDeclared(Declared):
    """`[[facts]]`: facts that the text may state, with what is the same for all of them.

    In order: of two facts whose words stand beside a number, the first is meant.
    """

    group: str
    topic: Words = ""
    never: Words = ""
    doubt: Words = ""
    apart: Words = ""
    context: Words = ""
    units: tuple[str, ...] | None = None
    wholes: Words = ""
    list: Annotated[tuple[FactDeclared, ...], Field(max_length=300)]


class ProseDeclared(Declared):
    """`[prose]`: what else the running text is read with."""

    domain: Words = ""
    headings: Words = ""
    others: Words = ""
    telling: Words = ""
    formulas: tuple[Text, ...] = ()  # sentences of prescribed wording, as simple patterns
    subjects: Words = ""  # what the report is about, as titles say it; longest first
    business: Words = ""  # what else its body tells of right after its own name
    residues: tuple[Text, ...] = ()  # instructions of the official print that must not be left
    counted: Words = ""  # things that make no clause of their own without a number


Value = str | int | float | list[str]


class CaseDeclared(Declared):
    """`[[case]]`: what makes a rule speak: the example with these values in place of its own.

    Each is named by the address of its cell, or by its place in the input: `sections.overview`.
    """

    code: Code
    about: Text = ""
    set: dict[str, Value] = {}
    last: dict[str, Value] = {}  # in last year's report, which is the example but for these


class FormText(Declared):
    """A whole form, as its files declare it once what it extends is filled in."""

    name: Text
    called: Text = "报告"  # what messages call a report of this form
    family: Key | None = None  # one for all editions of a report; the first edition's key
    basis: Text = ""
    years: Annotated[tuple[Year, ...], Field(min_length=1, max_length=2)]
    title: Text
    template: File = ""  # a file of the form's folder, or of docgen's own templates
    usual: bool = False  # the form taken where none is named
    signed: bool = True
    outputs: tuple[Literal["docx", "html", "data", "proof", "seal"], ...] = (
        "docx",
        "html",
        "data",
        "proof",
        "seal",
    )
    unconfirmed: tuple[Text, ...] = ()
    page: PageDeclared = PageDeclared()
    part: Annotated[tuple[PartText, ...], Field(min_length=1, max_length=100)]
    rule: Annotated[tuple[RuleDeclared, ...], Field(max_length=300)] = ()
    rules: Annotated[dict[Code, TextsDeclared], Field(max_length=300)] = {}
    deadline: Annotated[tuple[DeadlineDeclared, ...], Field(max_length=20)] = ()
    power: Annotated[tuple[PowerDeclared, ...], Field(max_length=50)] = ()
    ceiling: Annotated[tuple[CeilingDeclared, ...], Field(max_length=50)] = ()
    law: Annotated[tuple[LawDeclared, ...], Field(max_length=500)] = ()
    document: Annotated[tuple[DocumentDeclared, ...], Field(max_length=500)] = ()
    document_codes: tuple[str, ...] = ()
    term: Annotated[tuple[TermDeclared, ...], Field(max_length=300)] = ()
    words: Annotated[dict[str, Words], Field(max_length=500)] = {}
    facts: Annotated[tuple[FactsDeclared, ...], Field(max_length=100)] = ()
    prose: ProseDeclared = ProseDeclared()
    case: Annotated[tuple[CaseDeclared, ...], Field(max_length=300)] = ()
