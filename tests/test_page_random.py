"""Documents broken at random: findings or NotPackage, never another exception."""

import random
from pathlib import Path

import pytest
from door import INPUTS
from lxml import etree
from typed import word_defaults

from docgen.files import ooxml
from docgen.files.ooxml import NotPackage
from docgen.layout.page import check_page
from docgen.pipeline import Settings, issue
from docgen.word.markup import W

STRANGE = ("", "0", "-1", "-320", "999999999", "1e9", "12.5mm", "auto", "none", "xx", "９", "200%")
ROUNDS = 100
#: The parts that are measured.
READ = (
    *("_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml"),
    *("word/settings.xml", "word/theme/theme1.xml", "word/footer1.xml", "word/footer2.xml"),
)
ROWS = 3  # of each table: more would say nothing new


@pytest.fixture(scope="module", params=["own", "word"])
def parts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The parts of a sound document and of one in Word's defaults."""
    if request.param == "word":
        return ooxml.read_parts(word_defaults(ROWS))
    folder: Path = tmp_path_factory.mktemp("own")
    outcome = issue(INPUTS / "2024.json", Settings(folder))
    own = ooxml.read_parts(outcome.outputs[0].read_bytes())
    document = ooxml.parse(own[ooxml.DOCUMENT])
    for table in document.iter(f"{W}tbl"):
        for row in table.findall(f"{W}tr")[ROWS:]:
            table.remove(row)
    return {**own, ooxml.DOCUMENT: ooxml.serialize(document)}


def measured(parts: dict[str, bytes]) -> None:
    """Measure, and put every finding into words."""
    try:
        found = check_page(ooxml.write_package(parts), "x.docx")
    except NotPackage:
        return
    for finding in found:
        assert finding.message
        assert "{" not in finding.message
        assert finding.as_json()


def broken(part: bytes, chance: random.Random, count: int) -> bytes:
    """A part with elements deleted or moved and attributes deleted or made strange."""
    root = ooxml.parse(part)
    every = list(root.iter())
    for _ in range(count):
        element = chance.choice(every)
        kind = chance.randrange(4)
        if kind == 0 and element.getparent() is not None:
            ooxml.parent_of(element).remove(element)
        elif kind == 1 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif kind == 2 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(STRANGE))
        elif kind == 3 and len(element):
            element.append(etree.Comment("x") if chance.random() < 0.5 else element[0])
    return ooxml.serialize(root)


@pytest.mark.slow
def test_elements_deleted_moved_and_made_strange(parts: dict[str, bytes]) -> None:
    chance = random.Random(9704)
    names = [name for name in READ if name in parts]
    for _ in range(ROUNDS):
        chosen = chance.sample(names, 2)
        if chance.random() < 0.7:
            chosen.append(ooxml.DOCUMENT)
        changed = {name: broken(parts[name], chance, chance.randint(1, 30)) for name in chosen}
        measured({**parts, **changed})


@pytest.mark.slow
def test_every_kind_of_element_deleted_or_emptied(parts: dict[str, bytes]) -> None:
    for name in (name for name in READ if name in parts):
        tags = {ooxml.tag_of(element) for element in ooxml.parse(parts[name]).iter(etree.Element)}
        for tag in sorted(tags):
            for emptied in (False, True):
                root = ooxml.parse(parts[name])
                for element in list(root.iter(tag)):
                    if emptied:
                        element.attrib.clear()
                        del element[:]
                        element.text = None
                    elif element.getparent() is not None:
                        ooxml.parent_of(element).remove(element)
                measured({**parts, name: ooxml.serialize(root)})


def test_parts_missing_or_no_xml(parts: dict[str, bytes]) -> None:
    for name in (name for name in READ if name in parts):
        measured({other: part for other, part in parts.items() if other != name})
        for junk in (b"", b"junk", b"<a/>", parts[name][:-9], b"<!DOCTYPE a><a/>", b"\xff\xfe"):
            measured({**parts, name: junk})
