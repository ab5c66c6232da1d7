"""Measure `docgen compare` on reports made here: time, memory, planted copies found.

Each number of reports as JSON, CSV folders and workbooks. Every report has 50 sentences put
together from some hundred phrases: more alike by chance than reports really are.
One report in ten is a copy of another: its name replaced, three sentences in ten written anew and
two reworded. The memory is that of all processes together; CPU seconds say what the wall would be
on an idle machine.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measure import INPUT, table

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.model import Report
from docgen.read import read_report

SENTENCES, PARAGRAPHS = 50, 10


def _words(text: str) -> list[str]:
    return text.split()


TOPICS = _words("""
针对年初部署 围绕中心工作 对照考核反馈 结合本地实际 聚焦群众关切 根据上级要求
立足岗位职责 着眼便民利企
""")
VERBS = _words("""
持续加强 不断完善 切实抓好 深入推进 全面落实 进一步规范 扎实做好 积极拓展 严格执行
着力提升 有序推动 及时更新
""")
FIELDS = _words("""
重点领域 政策文件 规范性文件 政务新媒体 政府网站 依申请公开 保密审查 基层政务公开
信息公开指南 政务公开专区 财政预决算 惠民补贴 行政许可 行政处罚 安全生产 生态环境
义务教育 社会救助 养老服务 工程建设 征地拆迁 公共卫生 稳岗就业 乡村振兴 食品药品
国有土地 权责清单 政府公报 村务公开 热线诉求
""")
WHATS = _words("""
信息发布 栏目建设 办理流程 目录编制 台账管理 动态调整 集中清理 解读工作 公示制度
日常监管 服务事项 审核把关
""")
WHO = _words("""
办公室 各站所 司法所 网信专班 青年干部 驻村工作队 便民服务站 第三方机构 业务骨干
联络员 分管领导 群众代表
""")
HOW = _words("""
牵头负责并逐级落实 按月通报并限期整改 逐条审核后统一发布 对照要点逐项销号
每季度开展一次自查 集中学习并交流经验 利用赶集日现场宣传 建立台账并定期更新
上门走访听取意见 参加专题培训并考试 开展交叉互查 编印指南并免费发放 设置意见箱收集建议
实行三审三校
""")
ENDS = _words("""
群众满意度明显提高 时效性得到保证 未发生泄密事件 内容更加贴近需求 工作质量稳步提升
有效保障了知情权 答复更加规范 形成了上下联动的格局 更新率大幅提升 群众办事更加便捷
问题整改全部到位 政策知晓率持续上升
""")


class Measure(NamedTuple):
    """One run: its seconds, the most memory of all its processes in MB, what it found."""

    wall: float
    processor: float
    peak: float
    found: dict[str, Any]


def sentence(chance: random.Random) -> str:
    """A sentence as reports have them."""
    pick = chance.choice
    parts = [
        f"{pick(TOPICS)}，{pick(VERBS)}{pick(FIELDS)}{pick(WHATS)}",
        f"由{pick(WHO)}{pick(HOW)}",
        chance.choice((f"全年发布{chance.randrange(3, 400)}条", f"{pick(VERBS)}{pick(FIELDS)}")),
        pick(ENDS),
    ]
    return "，".join(parts) + "。"


def copied(text: list[str], chance: random.Random) -> list[str]:
    """A text with three sentences in ten new and two reworded."""
    copy = list(text)
    places = chance.sample(range(len(copy)), len(copy) // 2)
    new = 3 * len(copy) // 10
    for place in places[:new]:
        copy[place] = sentence(chance)
    for place in places[new:]:
        end = copy[place].rindex("，")
        copy[place] = f"{copy[place][:end]}，{chance.choice(ENDS)}。"
    return copy


def reports(count: int) -> Iterator[Report]:
    """So many reports; number 10 n + 9 has its text from number 10 n."""
    base = read_report(INPUT).report
    chance = random.Random(count)
    texts: list[list[str]] = []
    for index in range(count):
        text = [sentence(chance) for _ in range(SENTENCES)]
        texts.append(copied(texts[index - 9], chance) if index % 10 == 9 else text)
        place = f"{chr(0x5000 + index)}{chr(0x6000 + index)}镇"
        size = SENTENCES // PARAGRAPHS
        lines = [f"我镇{''.join(texts[index][at : at + size])}" for at in range(0, SENTENCES, size)]
        half = PARAGRAPHS // 2
        parts = (tuple(lines[:half]), tuple(lines[half:]), base.sections["other"])
        body = base.body.model_copy(update={"name": f"{place}人民政府", "short_name": place})
        sections = dict(zip(base.sections, parts, strict=True))
        yield base.model_copy(update={"body": body, "sections": sections})


def write(report: Report, kind: str, folder: Path, name: str) -> None:
    """The report as an input of this kind."""
    form = read_report(INPUT).form
    if kind == "CSV":
        folder.joinpath(name).mkdir(parents=True)
        for sheet, data in write_csv_sheets(form, report).items():
            folder.joinpath(name, sheet).write_bytes(data)
    elif kind == "XLSX":
        folder.joinpath(f"{name}.xlsx").write_bytes(write_workbook(form, report))
    else:
        tree = json.loads(INPUT.read_text(encoding="utf-8"))
        tree["body"] = report.body.model_dump(mode="json")
        tree["sections"] = {key: list(text) for key, text in report.sections.items()}
        folder.joinpath(f"{name}.json").write_text(json.dumps(tree), encoding="utf-8")


def run(folder: Path) -> Measure:
    """Compare a folder, page included, and look at the memory meanwhile."""
    words = [sys.executable, "-m", "docgen", "compare", str(folder), "--json"]
    before, start, peak = _processor(), time.perf_counter(), 0.0
    with tempfile.TemporaryDirectory() as out, tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([*words, "--html", str(Path(out, "page.html"))], stdout=said)
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, _family(process.pid))))
            time.sleep(0.02)
        wall = time.perf_counter() - start
        said.seek(0)
        return Measure(wall, _processor() - before, peak, json.load(said))


def _processor() -> float:
    """The CPU seconds of all processes that ended under this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return  # not Linux, or it has just ended
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> float:
    """The memory of a process, of what it shares with others its part, in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(counts: Sequence[int]) -> list[str]:
    """The section of the page: a row a number of reports and a kind of input."""
    rows = []
    for count in counts:
        made = list(reports(count))
        for kind in ("JSON", "CSV", "XLSX"):
            with tempfile.TemporaryDirectory() as folder:
                for index, report in enumerate(made):
                    write(report, kind, Path(folder), f"{index:05}")
                measured = run(Path(folder))
            pairs = {(pair["first"], pair["second"]) for pair in measured.found["pairs"]}
            planted = {(n, n + 9) for n in range(0, count - 9, 10)}
            rows.append(
                (
                    count,
                    kind,
                    *(f"{value:.1f}" for value in (measured.wall, measured.processor)),
                    f"{measured.peak:.0f}",
                    f"{len(planted & pairs)} of {len(planted)}",
                    len(pairs - planted),
                )
            )
    head = ("reports", "kind", "wall s", "CPU s", "peak MB", "copies found", "other pairs")
    return table(head, rows)
