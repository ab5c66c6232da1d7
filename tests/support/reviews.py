"""Reports to be reviewed, with something wrong."""

from pathlib import Path

WAIVER = {
    "code": "E604",
    "value": "2023年，我镇完成旧账核对。",
    "reason": "旧账本年才核对完",
    "by": "李主任",
    "date": "2025-01-10",
}


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Change a text in one of the CSV files of a folder."""
    path = folder / file
    before = path.read_bytes().decode("utf-8-sig")
    assert old in before
    path.write_bytes(before.replace(old, new, 1).encode("utf-8-sig"))
