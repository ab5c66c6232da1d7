"""A comparison as one page, complete in itself: no script, nothing fetched, everything escaped."""

from collections.abc import Iterable, Iterator, Sequence

from docgen.compare import Comparison, Detail, Evidence, RedlinedSection
from docgen.compare import summary as say
from docgen.compare.redline import find_stretches
from docgen.compare.style import STYLE
from docgen.messages.webpage import escape, escape_row, write_page, write_table

_MATRIX = 60  # reports on a page's matrix; of more, those most alike
_PAIRS, _EVIDENCE, _COMMON = 1_000, 100, 200
_MARKS = {"both": "{}", "before": "<del>{}</del>", "after": "<ins>{}</ins>"}


def to_html(comparison: Comparison) -> bytes:
    """Return the page; the same bytes for the same comparison."""
    return write_page("报告比对", STYLE, _page_body(comparison))


def _page_body(comparison: Comparison) -> Iterator[str]:
    yield f'<p class="verdict">{escape(say.verdict(comparison))}</p>'
    yield f'<p class="note">{escape(say.not_counted(comparison))}。</p>'
    yield from _input_list(comparison)
    if comparison.detail:
        yield from _side_by_side(comparison.detail)
    else:
        yield from _matrix_table(comparison)

    yield from _pair_tables(comparison)
    yield from _common_sentences(comparison)


def _input_list(comparison: Comparison) -> Iterator[str]:
    yield "<h2>比的是</h2>"
    yield "<ul>"
    for index in range(len(comparison.sources)):
        title, remarks = say.title_of(comparison, index), say.remarks(comparison, index)
        yield f"<li>{escape(title)}（{escape(remarks)}）</li>"

    yield "</ul>"


def _matrix_table(comparison: Comparison) -> Iterator[str]:
    matrix, size = comparison.shared.matrix, len(comparison.sources)
    shown = list(range(size))
    yield "<h2>句子有多少在另一份里</h2>"
    if size > _MATRIX:
        likest = [max(row[:n] + row[n + 1 :]) for n, row in enumerate(matrix)]
        shown = sorted(sorted(shown, key=lambda index: -likest[index])[:_MATRIX])
        yield f'<p class="note">只列最像别人的 {_MATRIX} 份，全部见 --json。</p>'

    yield '<div class="scroll" role="region" aria-label="雷同矩阵" tabindex="0">'
    yield '<table class="heat">\n<caption>每一行：这一份的句子有多少在那一份里</caption>'
    heads = "".join(f'<th scope="col">{index + 1}</th>' for index in shown)
    yield f"<thead><tr><td></td>{heads}</tr></thead>\n<tbody>"

    for index in shown:
        label = escape(f"{index + 1} {comparison.sources[index].label}")
        cells = "".join(
            "<td>—</td>"
            if index == other
            else _heat_cell(matrix[index][other], comparison.threshold)
            for other in shown
        )
        yield f'<tr><th scope="row">{label}</th>{cells}</tr>'

    yield "</tbody>\n</table>\n</div>"


def _heat_cell(share: float, threshold: float) -> str:
    over = " over" if share > threshold else ""
    return f'<td class="h{int(share * 10)}{over}">{say.print_share(share)}</td>'


def _pair_tables(comparison: Comparison) -> Iterator[str]:
    if not comparison.pairs:
        return

    yield "<h2>雷同的句子</h2>"
    for number, pair in enumerate(comparison.pairs[:_PAIRS]):
        names = [say.title_of(comparison, index) for index in (pair.first, pair.second)]
        head = (
            f"{say.print_share(pair.share)}：{names[0]}（{say.print_share(pair.of_first)}）"
            f"与 {names[1]}（{say.print_share(pair.of_second)}）"
        )
        if number >= _EVIDENCE:
            yield f"<p>{escape(head)}</p>"
            continue
        yield f"<details{' open' if number == 0 else ''}>"
        yield f"<summary>{escape(head)}</summary>"
        rows = map(_match_row, comparison.evidence(pair))
        yield from write_table([escape(name) for name in names], rows, "雷同的句子")
        yield "</details>"

    if rest := len(comparison.pairs[_PAIRS:]):
        yield f"<p>还有 {rest} 对，用 --json 看全部。</p>"


def _match_row(match: Evidence) -> Sequence[str]:
    found = find_stretches(match.first, match.second)
    first = _mark_stretches((kind, text) for kind, text in found if kind != "after")
    second = _mark_stretches((kind, text) for kind, text in found if kind != "before")
    if match.leftover:
        second += f'<br><span class="left">留着对方的名称：{escape(match.leftover)}</span>'
    return first, second


def _mark_stretches(found: Iterable[tuple[str, str]]) -> str:
    return "".join(_MARKS[kind].format(escape(text)) for kind, text in found)


def _common_sentences(comparison: Comparison) -> Iterator[str]:
    common = comparison.shared.common
    if common:
        yield "<h2>常用句（不计）</h2>\n<details>"
        yield f"<summary>{len(common)} 句</summary>"
        rows = ((str(each.reports), escape(each.text)) for each in common[:_COMMON])
        yield from write_table(("几份有", "句子"), rows, "常用句")
        yield "</details>"


def _side_by_side(detail: Detail) -> Iterator[str]:
    yield "<h2>基本情况和用语</h2>"
    if detail.facts:
        facts = ((each.label, each.first, each.second) for each in detail.facts)
        yield from write_table(
            ("", *say.SIDES), (escape_row(row) for row in facts), "基本情况和用语"
        )
    else:
        yield "<p>相同。</p>"

    yield "<h2>数据</h2>"
    for said in say.figures_summary(detail):
        yield f"<p>{escape(said)}。</p>"

    if detail.figures:
        heads = ("表", "行和列", *say.SIDES, "增减")
        figures = (
            (each.table, each.label, each.first, each.second, each.change)
            for each in detail.figures
        )
        yield from write_table(heads, (escape_row(row) for row in figures), "不同的数据")

    for side, only in zip(say.SIDES, (detail.only_first, detail.only_second), strict=True):
        if only:
            rows = [escape_row((one.table, one.label, one.value)) for one in only]
            yield from write_table(("表", "行和列", side), rows, f"只有{side}有的数据")

    yield "<h2>正文</h2>"
    yield f"<p>{escape(say.text_summary(detail))}。</p>"
    for section in detail.sections:
        yield from _redlined_section(section)


def _redlined_section(section: RedlinedSection) -> Iterator[str]:
    if not section.changes:
        return

    yield f"<h3>{escape(section.title)}</h3>"
    for change in section.changes:
        mark = f'<span class="kind">{say.KINDS[change.kind]}</span>'
        if change.kind == "kept":
            yield f'<p class="kept">{mark}{escape(change.after)}</p>'
        else:
            yield f"<p>{mark}{_mark_stretches(find_stretches(change.before, change.after))}</p>"
