"""Changes in an issued document told in the places of its input, and who made or asked for them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from docgen.errors import InputStop
from docgen.files import ooxml
from docgen.finding import Finding, Place, Rule
from docgen.issuing.at_hand import find_input, find_previous, fits
from docgen.issuing.changes import NOTHING, TEXT_CHANGED, Contents, words_changed
from docgen.issuing.edits import Compared, Edit, compare_bodies, know_blocks, tidied
from docgen.issuing.record import Record, Target
from docgen.model import Reading
from docgen.read import read_report, takes_last_year
from docgen.word.revisions import RevisionSpot, read_returned

REVISED = Rule(
    code="V117",
    name="带着修订",
    severity="note",
    message="{where}{author}{kind}“{text}”，是没有接受的修订",
    why="修订没有接受也没有拒绝，打印时可能连着标记一起印出来；比对时都按接受算。",
    example="领导打开“修订”改了一句，存好就送回来了。",
    cure="用 docgen back 收回这些改动，重新出文件。",
    since="0.3.0",
)
COMMENTED = Rule(
    code="V118",
    name="带着批注",
    severity="note",
    message="{where}{author}批注{about}：{text}",
    why="批注是写给起草的人看的，签发的文件里不该有。",
    example="领导在一个数旁边批“再核一下”。",
    cure="照批注办好，用签发时的原件，或者改输入后重新运行 docgen render。",
    since="0.3.0",
)

#: So many marks are told; of a document with more the first.
_MOST_TOLD = 50
_SHOWN = 40

PlaceAt = Callable[[RevisionSpot], Place]


def read_issued(target: Target, record: Record, source: Path) -> Reading:
    """Read the input of an issue, with last year's where its text takes figures from there."""
    reading = read_report(source)
    if not takes_last_year(reading):
        return reading
    from docgen.read.neighbour import find_previous as find_beside

    year = reading.report.year
    last = find_previous(target, record) or (find_beside(source, year) if year else None)
    return read_report(source, read_report(last)) if last else reading


def locate_changes(
    target: Target, record: Record, issued: Contents, now: Contents, given: Path | None
) -> tuple[list[Finding], PlaceAt]:
    """Return the changed words in the places of the input, and where each spot is in it.

    There are none where the input is not at hand, was changed, or makes another document.
    """
    nowhere: PlaceAt = lambda _: Place()  # noqa: E731
    source = given or find_input(target, record)
    if source is None or not source.exists() or not fits(source, record):
        return [], nowhere

    try:
        reading = read_issued(target, record, source)
        known = know_blocks(reading, issued.body)
        compared = known and compare_bodies(known, read_returned(now.parts).body)
    except (InputStop, ValueError):
        return [], nowhere
    if not compared:
        return [], nowhere

    found = [_told(reading, edit) for edit in compared.edits]
    if found:
        found += _of_space(issued, now)
    return found, partial(_place_of, reading, compared)


def _place_of(reading: Reading, compared: Compared, spot: RevisionSpot) -> Place:
    address = compared.addresses.get(spot)
    return reading.places.get(address, Place()) if address else Place()


def _told(reading: Reading, edit: Edit) -> Finding:
    """Tell an edit in the place of the input that has it, or else of the document."""
    added = edit.kind == "added"
    place = reading.places.get(edit.address) if edit.address else None
    if place is None or edit.kind in ("row removed", "row added", "table"):
        return TEXT_CHANGED.at(
            where=edit.where, expected=edit.before or NOTHING, actual=edit.after or NOTHING
        )
    where = f"{place} 之后" if added else str(place)
    return TEXT_CHANGED.at(
        place, where=where, expected=edit.before or NOTHING, actual=edit.after or NOTHING
    )


def _of_space(issued: Contents, now: Contents) -> Iterator[Finding]:
    """Yield the differences that are white space alone, or a merge of cells."""
    for one in words_changed(issued, now):
        if tidied(one.expected) == tidied(one.actual) or one.expected.startswith("占 "):
            yield TEXT_CHANGED.at(**one._asdict())


def find_remarks(now: Contents, place_at: PlaceAt) -> list[Finding]:
    """Return who tracked which change and who commented what. Raise NotPackage."""
    if ooxml.DOCUMENT not in now.parts:
        return []
    returned = read_returned(now.parts)
    found = []

    for revision in returned.revisions:
        place = place_at(revision.spot)
        where = f"{place}：" if place.file else ""
        found.append(
            REVISED.at(
                *_sure(place),
                where=where,
                author=revision.author,
                kind=revision.kind,
                text=revision.text[:_SHOWN],
            )
        )
    for comment in returned.comments:
        place = place_at(comment.spot)
        where = f"{place}：" if place.file else ""
        about = f"“{comment.about[:_SHOWN]}”" if comment.about else ""
        found.append(
            COMMENTED.at(
                *_sure(place),
                where=where,
                author=comment.author,
                about=about,
                text=comment.text[:_SHOWN],
            )
        )

    return found[:_MOST_TOLD]


def _sure(place: Place) -> tuple[Place, ...]:
    return (place,) if place.file else ()
