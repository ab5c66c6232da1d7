"""Which fonts a proof was set in where the document names others, and which characters are rare."""

from collections.abc import Iterator

from docgen.finding import Finding, Rule
from docgen.layout.fonts import is_own
from docgen.layout.tracing import Trace

SUBSTITUTED = Rule(
    code="F111",
    name="校样用了替代字体",
    severity="note",
    message="这台电脑没有{official}，校样上用 {standin} 代替",
    why=(
        "DOCX 里写的仍是公文规定的字体；只是校样在这台电脑上排，用了相近的字体，"
        "换行可能有一两处不同。"
    ),
    example="服务器上没有装仿宋_GB2312。",
    cure="不必处理；要让校样与成品完全一样，请在这台电脑上装好规定的字体。",
)
RARE = Rule(
    code="F112",
    name="有生僻字",
    severity="note",
    message="有 {count} 个字不在 GB2312 里：{characters}",
    why=(
        "仿宋_GB2312、楷体_GB2312 只有 6763 个常用汉字；这些字在打印的电脑上会换成别的字体，"
        "粗细不一。"
    ),
    example="人名里的“珺”，单位“㎡”。",
    cure="在要打印的电脑上看一眼这几个字，印出来正常就不必处理。",
)

_EAST_ASIAN = 0x2E80  # from here on, characters take the Chinese font
_SHOWN = 20


def named_fonts(trace: Trace) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the substitutions in words, and the notes about them and about rare characters."""
    used: dict[str, dict[str, None]] = {}
    for official, font in (*_in_text(trace), *_in_numbers(trace)):
        if official and not is_own(official, font):
            used.setdefault(official, {})[font.removesuffix("-VKana")] = None

    pairs = [(official, "、".join(fonts)) for official, fonts in used.items()]
    notes = [SUBSTITUTED.at(official=name, standin=standin) for name, standin in pairs]
    text = "".join(passage.text for passage in trace.source.passages)
    rare = [*dict.fromkeys(filter(_is_rare, text))]
    if rare:
        shown = "".join(rare[:_SHOWN]) + ("……" if len(rare) > _SHOWN else "")
        notes.append(RARE.at(count=len(rare), characters=shown))

    return tuple(f"{name} → {standin}" for name, standin in pairs), tuple(notes)


def _in_text(trace: Trace) -> Iterator[tuple[str, str]]:
    """Yield the font named and the font taken, character by character.

    Rare characters and signs say nothing: their font is another one even where all are there.
    """
    for passage in trace.source.passages:
        places = iter(trace.of(passage))
        for piece in passage.pieces:
            for character in piece.text:
                place = next(places)
                if character.isascii():
                    yield piece.latin, place.font
                elif ord(character) >= _EAST_ASIAN and not _is_rare(character):
                    yield piece.chinese, place.font


def _in_numbers(trace: Trace) -> Iterator[tuple[str, str]]:
    for characters in trace.furniture.values():
        for place in characters:
            if place.text.isdigit():
                yield trace.source.number_font, place.font


def _is_rare(character: str) -> bool:
    """Return whether the official fonts may lack it."""
    if ord(character) < _EAST_ASIAN:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
