"""A comparison for people at a console; the page says the same at greater length."""

from collections.abc import Iterator
from itertools import groupby

from docgen.compare import Comparison, Detail, RedlinedSection
from docgen.compare import summary as say
from docgen.compare.shared import Pair

_MATRIX = 12  # reports that a matrix of this width can show
_NAMED = 40  # reports that are listed one by one
_PAIRS, _EVIDENCE, _SENTENCES = 200, 10, 5


def to_text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a comparison."""
    size = len(comparison.sources)
    for index in range(size if size <= _NAMED else 0):
        yield f"{say.title_of(comparison, index)}（{say.remarks(comparison, index)}）"

    if comparison.detail:
        yield from _detail_lines(comparison.detail)
    elif size <= _MATRIX:
        yield from _matrix_lines(comparison)

    yield ""
    yield say.verdict(comparison)
    yield f"（{say.not_counted(comparison)}）"

    # Of two, the sentences are redlined above.
    for number, pair in enumerate([] if comparison.detail else comparison.pairs[:_PAIRS]):
        yield from _pair_lines(comparison, pair, evidence=number < _EVIDENCE)

    if rest := len(comparison.pairs[_PAIRS:]):
        yield f"…… 还有 {rest} 对，用 --json 看全部"
    if comparison.shared.common:
        yield "常用句："
    for common in comparison.shared.common[:_SENTENCES]:
        yield f"  {common.reports} 份有  {common.text}"


def _matrix_lines(comparison: Comparison) -> Iterator[str]:
    size = len(comparison.sources)
    yield ""
    yield "每一行：这一份的句子有多少在那一份里"
    yield " ".join(["    ", *(f"{number:>6}" for number in range(1, size + 1))])

    for number, row in enumerate(comparison.shared.matrix):
        shares = ("—" if number == n else say.print_share(share) for n, share in enumerate(row))
        yield " ".join([f"{number + 1:>4}", *(f"{share:>6}" for share in shares)])


def _pair_lines(comparison: Comparison, pair: Pair, *, evidence: bool) -> Iterator[str]:
    one, other = (comparison.sources[index].label for index in (pair.first, pair.second))
    yield (
        f"{say.print_share(pair.share)}  {pair.first + 1} {one} 与 {pair.second + 1} {other}"
        f"（前者的 {say.print_share(pair.of_first)}，后者的 {say.print_share(pair.of_second)}）"
    )
    # A name left standing is the best evidence.
    matches = sorted(comparison.evidence(pair) if evidence else [], key=lambda m: not m.leftover)

    for match in matches[:_SENTENCES]:
        if match.first == match.second:
            yield f"  同  {match.first}"
        else:
            yield f"  {pair.first + 1:<3} {match.first}"
            yield f"  {pair.second + 1:<3} {match.second}"
        if match.leftover:
            yield f"      留着对方的名称：{match.leftover}"

    if len(matches) > _SENTENCES:
        yield f"  …… 共 {len(matches)} 句"


def _detail_lines(detail: Detail) -> Iterator[str]:
    yield ""
    yield f"基本情况和用语有 {len(detail.facts)} 处不同" if detail.facts else "基本情况和用语相同"
    for fact in detail.facts:
        yield f"  {fact.label}  {fact.first} → {fact.second}"

    yield from say.figures_summary(detail)
    for table, figures in groupby(detail.figures, key=lambda figure: figure.table):
        yield f"  {table}"
        for figure in figures:
            change = f"（{figure.change}）" if figure.change else ""
            yield f"    {figure.label}  {figure.first} → {figure.second}{change}  {figure.address}"

    for side, only in zip(say.SIDES, (detail.only_first, detail.only_second), strict=True):
        for one in only:
            yield f"  只有{side}有  {one.table} {one.label}  {one.value}  {one.address}"

    yield f"正文：{say.text_summary(detail)}"
    for section in detail.sections:
        yield from _section_lines(section)


def _section_lines(section: RedlinedSection) -> Iterator[str]:
    if all(change.kind == "kept" for change in section.changes):
        return

    yield f"  {section.title}"
    for kind, alike in groupby(section.changes, key=lambda change: change.kind):
        changes = list(alike)
        if kind == "kept":
            yield f"    …… {say.KINDS[kind]} {len(changes)} 句"
            continue

        for change in changes:
            yield f"    {say.KINDS[kind]}"
            if change.before:
                yield f"      - {change.before}"
            if change.after:
                yield f"      + {change.after}"
