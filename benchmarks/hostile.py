"""How the work of each check grows on text made to run it away: it must grow as the text does.

`python benchmarks/hostile.py [CHARACTERS]` in an environment with docgen installed; 10,000, twice
and four times that unless said otherwise. Prints the slowest texts of each check, and of each
pattern that is looked for in a whole text; then those of a template's check, and how reading grows
with what an input has many of, up to what is refused. Twice the text may cost 2 to 2.6 times the
time: a pattern that runs away costs 4 times or more. The exit code is 1 where one does.
"""

import importlib
import pkgutil
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import measure
from hostile_inputs import hostile, make, put
from own_forms import FORMS

import docgen.check
import docgen.forms
import docgen.prose
import docgen.read
from docgen.check import FINDERS
from docgen.check.passages import Prose
from docgen.errors import TemplateStop
from docgen.files import ooxml, own_template
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.merge import Template, check_template
from docgen.model import Reading
from docgen.pipeline import check as check_input
from docgen.read import read_report

INPUT = measure.INPUT
# ruff: noqa: E501  lists of short texts
#: What is repeated to the length asked for, without a mark that ends a sentence.
PIECES = (
    "一", "、", "1", "（", "）", " ", "第", "《", "“", "十", "，", "　", "=", "〔", "年", "公",
    "第一百二十", "《》", "（一）", "一是", "1.", "，一是", "2023年", "较上年", "1件", "12件，", "占1件",
    "申请12件，", "收到申请1件、", "复议1件，", "自然人1件、", "其中1件", "未收到", "公民、法人", "其他组织", "政府信息公开",
    "行政许可、", "规范性文件", "2023年1月1日至", "年 月", "XX", "〔2020〕", "以下三个方面", "县公安局收到", "信息条",
    "138-1234", "无行政复议", "将", "《政府信息公开条例", "公开100条，其中：1条、", "制发规范性文件1件，", "甘河", "甘河子",
)  # fmt: skip
_ENDS = ("。", "申请12件，未发生复议诉讼。")
_STEEP = 3.2  # of twice the text
_TELLING = 0.02  # seconds: below this, a ratio tells nothing


def work(call: Callable[[], object]) -> float:
    """The CPU seconds of a call, the best of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return min(taken)


def reading_of(text: str, reading: Reading) -> Reading:
    """The reference with this text as its overview."""
    sections = {**reading.report.sections, "overview": (text,)}
    return replace(reading, report=reading.report.model_copy(update={"sections": sections}))


def checks(reading: Reading) -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every check as a function of a text."""
    for find in FINDERS:
        yield find.__name__, partial(_found, find, reading)


def _found(
    find: Callable[[Prose], Iterator[Finding]], reading: Reading, text: str
) -> list[Finding]:
    return list(find(Prose(reading_of(text, reading))))


def patterns() -> dict[str, str]:
    """Every pattern of rules, forms and readers, by the module it stands in."""
    found: dict[str, str] = {}
    for package in (docgen.check, docgen.prose, docgen.forms, docgen.read):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for one in value if isinstance(value, tuple) else (value,):
                    pattern = getattr(one, "compiled", one)
                    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                        found.setdefault(pattern.pattern, f"{info.name[7:]} {name}")
    return found


def searches() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every pattern as a function of a text."""
    for pattern, name in patterns().items():
        yield f"{name} {pattern[:30]}", re.compile(pattern).findall


#: What is repeated in a template, where a text stands and where no reader looks.
TAGS = (
    "{{", "}}", "{", "{%", "%}", "{#", "{{ title }}", "{{ (", "{{ title.a.a", "{{ ''", "{% if title %}",
    "{% endif %}", "{%- if title -%}a{%- endif -%}", "{%p if title %}", "{%tr for a in b %}", "{% vmerge ", "{% vm %}",
    "{% colspan a %}", "{# a #}", "{_{", "_", " ", "\t", "“”", "&lt;", "{</w:t></w:r><w:r><w:t>{ title }}",
    "</w:t></w:r></w:p><w:p><w:r><w:t>甲", "</w:t></w:r></w:p><w:tbl><w:tblGrid/></w:tbl><w:p><w:r><w:t>",
)  # fmt: skip
_PLACES = {
    "in a paragraph": "{}",
    "in a field's code": "</w:t></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:t>",
    "in an attribute": '</w:t></w:r><w:bookmarkStart w:id="0" w:name="{}"/><w:r><w:t>',
}


def template_checks() -> Iterator[tuple[str, Callable[[str], object]]]:
    """The check of a template as a function of a text that stands in it."""
    form = FORMS["disclosure-2021"]
    own = ooxml.read_parts(own_template(form.template).read_bytes())
    for place, around in _PLACES.items():
        yield f"template, {place}", partial(_template_checked, form, own, around)


def _template_checked(
    form: Form, own: Mapping[str, bytes], around: str, text: str
) -> Sequence[Finding]:
    title = "{{ title }}"
    body = own[ooxml.DOCUMENT].decode().replace(title, title + around.replace("{}", text), 1)
    try:
        data = ooxml.write_package({**own, ooxml.DOCUMENT: body.encode()})
        template = Template("hostile.docx", data, own=False)
        return check_template(template, form)
    except TemplateStop as error:
        return error.findings


def steep(
    calls: Iterable[tuple[str, Callable[[str], object]]],
    size: int,
    pieces: Sequence[str] = PIECES,
) -> Iterator[tuple[float, float, str, str]]:
    """For each call its worst text: growth, seconds at four times the size, name, piece."""
    for name, call in calls:
        worst = (0.0, 0.0, name, "")
        for piece in pieces:
            for end in _ENDS:
                texts = [piece * (times * size // len(piece)) + end for times in (1, 2, 4)]
                if work(partial(call, texts[0])) * 16 < _TELLING:
                    continue  # were it to run away, it would not matter yet
                costs = [work(partial(call, text)) for text in texts]
                if costs[2] > _TELLING:
                    worst = max(worst, (costs[2] / costs[1], costs[2], name, piece))
        yield worst


def readings(size: int) -> Iterator[tuple[float, float, str, str]]:
    """For everything that an input may have many of: growth, seconds at four times, name, end."""
    for name in hostile():
        costs, told = [], ""
        for times in (1, 2, 4):
            with tempfile.TemporaryDirectory() as folder:
                path = put(make(name, times * size), Path(folder))
                costs.append(work(partial(check_input, path)))
                told = check_input(path).verdict
        telling = costs[2] > _TELLING and told != "unreadable"
        yield (costs[2] / costs[1] if telling else 0.0, costs[2], name, told)


def main() -> None:
    """Measure, print, and fail where something runs away."""
    size = int(sys.argv[1]) if sys.argv[1:] else 10_000
    reading = read_report(INPUT)
    bad = 0
    for title, calls, pieces in (
        ("check", checks(reading), PIECES),
        ("pattern", searches(), PIECES),
        ("check", template_checks(), TAGS),
    ):
        print(f"\n| {title} | twice the text costs | s at {4 * size:,} | text |")
        print("| --- | ---: | ---: | --- |")
        for growth, seconds, name, piece in sorted(steep(calls, size, pieces), reverse=True):
            bad += growth > _STEEP and title == "check"
            if growth:
                print(f"| {name} | × {growth:.1f} | {seconds:.2f} | {piece!r} |", flush=True)
    print(f"\n| input | twice as many cost | s at {4 * size:,} | verdict |")
    print("| --- | ---: | ---: | --- |")
    for many in (size // 15, size):
        for growth, seconds, name, told in readings(many):
            bad += growth > _STEEP
            print(f"| {name}, {4 * many:,} | × {growth:.1f} | {seconds:.2f} | {told} |", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
