"""Numbers of persons, which no message may show."""

import re

#: An ID card's, a telephone's, a bank card's: such numbers appear in no message.
# 13900000000, 139.0000.0000; not 2024年12月31日.
_PERSONAL = re.compile(
    r"[0-9０-９][0-9０-９ -]{9,20}[0-9０-９Xx]|1[3-9][0-9]([.—])[0-9]{4}\1[0-9]{4}(?![0-9])"
)


def masked(text: str) -> str:
    """Return the same text with long numbers blanked but for their ends, at the same length."""
    return _PERSONAL.sub(lambda m: f"{m[0][:3]}{'*' * (len(m[0]) - 5)}{m[0][-2:]}", text)
