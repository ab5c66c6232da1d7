"""Which fonts a proof was set in where the document names others, and which characters are rare."""

from collections.abc import Iterator

from docgen.finding import Finding
from docgen.layout.proof.compare import Trace
from docgen.layout.proof.fonts import is_own
from docgen.layout.proof.rules import RARE, SUBSTITUTED

_EAST_ASIAN = 0x2E80  # from here on, characters take the Chinese font
_SHOWN = 20


def named_fonts(trace: Trace) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The substitutions in words, and the notes about them and about rare characters."""
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
    """The font named and the font taken, character by character.

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
    """Whether the official fonts may lack it."""
    if ord(character) < _EAST_ASIAN:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
