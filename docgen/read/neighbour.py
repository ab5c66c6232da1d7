"""Last year's input beside an input: `2023.json`, `2023.xlsx` or `2023/` for `2024.json`."""

from pathlib import Path

_KINDS = (".json", ".xlsx", "")


def find_previous(path: Path, year: int) -> Path | None:
    """The input of the year before, if it stands beside this one and is named alike.

    Of several kinds the one of this input's own kind is taken first.
    """
    try:
        kind = path.suffix.lower() if path.suffix.lower() in _KINDS and not path.is_dir() else ""
        name = Path(path.absolute().name)
        stem = name.stem if kind else name.name
        if str(year) not in stem:
            return None
        before = stem.replace(str(year), str(year - 1))
        for suffix in dict.fromkeys((kind, *_KINDS)):
            beside = path.absolute().parent / f"{before}{suffix}"
            if beside.is_dir() if not suffix else beside.is_file():
                return beside
    except (OSError, ValueError):  # a name too long with the change, a folder that is closed
        return None
    return None
