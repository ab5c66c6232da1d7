"""Words and what they mean: a text is read as the longest known word at each place.

Words of one meaning are one set: 办结, 答复 and 回复 say the same of a request, and a rule
asks for the meaning. No pattern is searched, so no text can make reading run away.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

#: What these words do in any official text. A meaning is named by its commonest word; words of
#: the blank meaning are known to change nothing.
GENERAL: Mapping[str, str] = {
    "无": (
        "未 没有 没 无 零 从未 未曾 尚未 并未 均未 未有 暂无 暂未 均无 也未 亦未 也无 也没有 亦无"
    ),
    "其中": "其中 包括 包含 含 涵盖 具体为 具体包括 具体是 分为 分别为 分别是 分别",
    "增减": (
        "同比 环比 较 比 相比 增长 增加 上升 提高 增幅 降幅 下降 减少 降低 增至 降至 多出 翻番"
    ),
    "上年": "上年 上年度 上一年 上一年度 去年",
    "下年": "下年 下年度 下一年 下一年度 次年 明年 来年",
    "局部": (
        "平均 每 占 占比 比例 比重 率 涉及 逾期 延期 延长 超期 按期 按时 工作日 提前 "
        "当场 当年 当日 目标 力争 确保 不超过 计划 预计 将 转办 转交 转发 协助 指导 "
        "上级 下级 起草 程序 两级 三级 重新 撤回 补正 变更 补充 优秀 不规范 疑难 联合 "
        "质量 类 不予受理 不再处理 部分 抽查"
    ),
    "途径": (
        "网上 网络 在线 线上 线下 信函 邮寄 信件 邮件 当面 现场 窗口 平台 渠道 途径 "
        "方式 电子 传真 领域 形式 多种方式 多种渠道 多种途径 各种渠道"
    ),
    "等": "等",
    "均": "均 都 全部 均获 均为 均被",
    "全": "共 累计 总计 合计 全年 年度 我 总共 本 全",
    "": (
        "共计 全年度 本年 本年度 今年 年内 度 年 月 日 截至 至 到 底 末 已 共有 的 了 "
        "为 是 有 量 件 次 份 条 项 并 并且 和 与 及 以及 或 或者 、 ， ： ； 个 名 里 "
        "中 内 在 对 以 由 于 由于 因 因为 向 从 其 该 各类 任何 形式 一 二 三 四 五 六 "
        "七 八 九 十 （ ） 发生 出现 产生 存在 提出 提交 递交 要求 提起 引发 引起 关于 "
        "有关 相关 针对 导致 而 过 群众 公民 法人 其他 组织 市民 申请人 事项 事件 事务 "
        "情况 工作 案件 案 信息 政府 政务 行政 机关 单位 部门 情形 方面 上述 "
        "依法 依规 按规定 顺利 直接 被 另 另有 余 还 新 做出 作出 情 时 时间 截止 累 "
        "期间 报告期 需 继续 总体 类型 本级 有效 书面 正式 目前 自 同时 经 通过 达 达到 "
        "较好 及时 年初 年底 年末 任何形式 零距离 零容忍 零报告 零星 零售 零散 无障碍 "
        "无线 无锡 无缝 无偿 无效 无关 无论 未来 未成年 从无到有 未按 未经 无误"
    ),
}

# 2024年, 2023年度; not 1999年.
_YEAR = re.compile("(20[0-9]{2})年度?")


class Word(NamedTuple):
    """A known word of a text: where it stands and what it means."""

    start: int
    end: int
    meanings: tuple[str, ...]


class Lexicon:
    """The general words and those of a form, by the two characters they begin with."""

    def __init__(self, *given: Mapping[str, str]) -> None:
        meanings: dict[str, dict[str, None]] = {}
        for words in given:
            for meaning, said in words.items():
                for word in said.split():
                    meanings.setdefault(word, {})[meaning] = None

        self._long: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._single: dict[str, tuple[str, ...]] = {}

        for word in sorted(meanings, key=len, reverse=True):
            of_word = tuple(filter(None, meanings[word]))
            if len(word) == 1:
                self._single[word] = of_word
            else:
                self._long.setdefault(word[:2], []).append((word, of_word))

    def read(self, text: str, year: int | None) -> list[Word]:
        """Return the known words of a text in order; years mean 本年, 上年, 下年 or 他年."""
        found: list[Word] = []
        after = 0

        for at, letter in enumerate(text):
            if at < after:
                continue
            word = self._word_at(text, at, letter) or (
                self._year_at(text, at, year) if letter == "2" else None
            )
            if word:
                found.append(word)
                after = word.end

        return found

    def _word_at(self, text: str, at: int, letter: str) -> Word | None:
        """Return the longest known word that begins here, with this letter."""
        for word, meanings in self._long.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                return Word(at, at + len(word), meanings)
        return Word(at, at + 1, self._single[letter]) if letter in self._single else None

    def _year_at(self, text: str, at: int, year: int | None) -> Word | None:
        """Return the year that begins here, by what it is to the report's."""
        named = _YEAR.match(text, at)
        return Word(at, named.end(), (_relative_year(int(named[1]), year),)) if named else None


def _relative_year(said: int, year: int | None) -> str:
    """Return what a year is to the report's."""
    gap = said - year if year else 9
    return {0: "本年", -1: "上年", 1: "下年"}.get(gap, "他年")
