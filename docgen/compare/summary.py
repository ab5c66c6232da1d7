"""What the page and the console say alike: names of changes, shares, what was not counted."""

from collections import Counter
from collections.abc import Iterator

from docgen.compare import Comparison, Detail
from docgen.compare.redline import Kind
from docgen.compare.shared import COMMON_REPORTS, COMMON_SHARE, FEWEST
from docgen.printing import print_percent

KINDS: dict[Kind, str] = {
    "kept": "原样",
    "renamed": "只换了名称、年份、数字",
    "changed": "改写",
    "removed": "删去",
    "added": "新增",
}
SIDES = ("甲", "乙")


def print_share(share: float) -> str:
    """Return a share as people write it: 62.5%, 100%."""
    return f"{print_percent(share)}%"


def title_of(comparison: Comparison, index: int) -> str:
    """Return a report by its number, what it is called and where it came from."""
    source = comparison.sources[index]
    number = SIDES[index] if len(comparison.sources) == 2 else str(index + 1)
    return f"{number}  {source.label}  {source.path}"


def remarks(comparison: Comparison, index: int) -> str:
    """Return what must be known of a report to judge its shares."""
    source = comparison.sources[index]
    counted = comparison.shared.sizes[index]
    said = [f"可比 {counted} 句"]
    if counted < FEWEST:
        said.append("太少，判断不了")
    if source.errors:
        said.append(f"读取时有 {source.errors} 个错误，按读到的比")
    if comparison.is_cut(index):
        said.append("正文太长，后面的没有比")
    return "，".join(said)


def verdict(comparison: Comparison) -> str:
    """Return whether any text is too much alike."""
    limit = print_share(comparison.threshold)
    if len(comparison.sources) == 2:
        matrix = comparison.shared.matrix
        shares = f"甲有 {print_share(matrix[0][1])} 在乙里，乙有 {print_share(matrix[1][0])} 在甲里"
        return f"雷同的句子：{shares}，{'超过' if comparison.pairs else '没有超过'} {limit}"

    if comparison.pairs:
        return f"正文雷同超过 {limit} 的有 {len(comparison.pairs)} 对，最像的在前"
    return f"{len(comparison.sources)} 份里没有两份的正文雷同超过 {limit}"


def not_counted(comparison: Comparison) -> str:
    """Return what does not count, and why."""
    said = "名称、年份、数字、序号、标点不同不算不同，略有改动的句子算雷同；"
    said += "格式和法规规定的句子、不足 10 个字的句子不计"
    if len(comparison.sources) >= COMMON_REPORTS:
        said += (
            f"；超过 {print_share(COMMON_SHARE)} 的报告都有的 {len(comparison.shared.common)} 句"
            "是常用句，另列，不计（互相照抄的几份合起来只算一份）"
        )

    return said


def text_summary(detail: Detail) -> str:
    """Return how many sentences were kept, reworded and so on."""
    counts = Counter(change.kind for section in detail.sections for change in section.changes)
    said = "，".join(f"{name} {counts[kind]} 句" for kind, name in KINDS.items() if counts[kind])
    first, second = map(print_share, detail.kept)
    kept = f"甲的句子有 {first} 沿用到乙，乙有 {second} 是甲已有的"
    return f"{said or '都没有正文'}；{kept}"


def figures_summary(detail: Detail) -> Iterator[str]:
    """Yield what the tables differ in; of reports of two kinds, that none was compared."""
    if detail.kinds:
        yield f"甲是{detail.kinds[0]}，乙是{detail.kinds[1]}，不是同一种报告：数据没有比"
        return

    differ = len(detail.figures)
    yield f"两份都有的数据有 {differ} 处不同" if differ else "两份都有的数据全部相同"
    for side, only in zip(SIDES, (detail.only_first, detail.only_second), strict=True):
        if only:
            yield f"只有{side}有这 {len(only)} 项，没有比"
