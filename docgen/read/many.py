"""Many findings alike told as one: a table pasted below another is one mistake."""

from collections.abc import Iterator

from docgen.finding import Place

#: More rows outside of a table, or there twice, are one thing pasted into it.
_FEW = 3


def folded(
    found: list[tuple[list[Place], str]], one: str, many: str
) -> Iterator[tuple[list[Place], str, str]]:
    """Each as it is; more than a few as one, named by the first."""
    if len(found) <= _FEW:
        yield from ((places, name, one) for places, name in found)
    else:
        places = [place for around, _ in found for place in around]
        yield places, found[0][1], many.format(len(found))
