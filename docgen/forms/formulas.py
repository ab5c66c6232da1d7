"""Patterns of prescribed sentences as a form writes them: regular expressions that stay quick.

A form may come from anywhere, so only what cannot run away is taken: characters, `^`, `$`, groups
with `|`, a `?` after a character or a group, and gaps: `.*` (three at most) or `.{0,40}`.
"""

import re

# Matches a character, a class, a gap, a bracket of a group; not a+, .*?, {2,}.
_TOKEN = re.compile(
    r"\.\*|\.\{0,[0-9]{1,2}\}|\(\??:?|\)\??|\||\^|\$|\[[^\]\\^-]+\]\??|[^\\.*+?{}()\[\]|^$]\??"
)
_MOST_GAPS, _LONGEST = 3, 300


class UnsafePattern(ValueError):
    """A pattern with something that is not taken."""


def safe_pattern(text: str) -> str:
    """Return a pattern that may be compiled. Raise UnsafePattern."""
    at = gaps = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token[0] in ("(?", "(:"):
            raise UnsafePattern(
                f"“{text}”第 {at + 1} 个字起读不懂：只用字、^ $ ( | ) ? .* .{{0,20}}"
            )
        gaps += token[0].startswith(".*")
        at = token.end()

    if gaps > _MOST_GAPS or len(text) > _LONGEST:
        raise UnsafePattern(f"“{text}”太长，或 .* 多于 {_MOST_GAPS} 处")
    try:
        re.compile(text)
    except re.error:
        raise UnsafePattern(f"“{text}”的括号不成对") from None
    return text
