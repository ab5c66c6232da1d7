"""How cures begin that several rules share."""


def in_template(how: str) -> str:
    """Never in what docgen wrote: edited, it is no longer what its record speaks of."""
    return f"在模板里改（docgen 出的文件不要改，别处来的就改它自己）：{how}"
