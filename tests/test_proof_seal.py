"""Room for the seal: names of 4 to 40 characters, 1 to 59 paragraphs; adjusted where need be."""

from pathlib import Path
from typing import Any

import pytest
from proofs import codes, document, edited, needs_office

from docgen.files import ooxml
from docgen.layout import proof
from docgen.layout.adjustments import CHOICES, adjust, what_was_done
from docgen.layout.passages import read_source
from docgen.layout.printed import Box, read_pages
from docgen.layout.proof import Proof
from docgen.layout.seal import reaches
from docgen.layout.tracing import trace
from docgen.word import blocks

pytestmark = [pytest.mark.slow, needs_office]

_NAME = "新疆维吾尔自治区塔城地区乌苏市甘河子镇人民政府政务公开工作领导小组办公室及便民服务中心"
_LINE = "本年度没有其他需要报告的事项，各项工作平稳有序推进。"
_ROOMLESS = {"F211", "F212", "F213"}


def report_of(folder: Path, name: int, paragraphs: int) -> bytes:
    """A report signed with a name of so many characters after so many paragraphs."""

    def change(report: dict[str, Any]) -> None:
        report["body"]["name"] = report["signature"]["name"] = _NAME[:name]
        lengths = [1 + (number * 7 + name) % 4 for number in range(paragraphs)]
        report["sections"]["other"] = [_LINE * length for length in lengths]

    return document(folder, change)


#: Every length of name, each with another number of paragraphs: where they end on a page differs.
CASES = [(4 + number * 11 % 37, 1 + number * 60 // 37) for number in range(37)]


@pytest.mark.parametrize("cases", [CASES[:20], CASES[20:]], ids=["few", "many"])
def test_no_signature_is_alone_and_the_seal_has_room(
    tmp_path: Path, cases: list[tuple[int, int]]
) -> None:
    assert {name for name, _ in CASES} == set(range(4, 41))
    found = proof.make_proofs([report_of(tmp_path, *case) for case in cases])
    for case, made in zip(cases, found, strict=True):
        assert isinstance(made, Proof), case
        assert not _ROOMLESS & set(codes(made)), (case, made.findings)
        seal = made.measures.seal
        assert seal is not None, case
        assert 0 < seal.gap <= 1, case
        assert seal.sinks > 0, case


@pytest.mark.parametrize(("seal", "adjusted"), [(42, False), (45, True), (50, True)])
def test_a_larger_seal_gets_room(tmp_path: Path, seal: float, adjusted: bool) -> None:
    before = report_of(tmp_path, 11, 5)
    after, made = proof.fit_seal(before, seal_mm=seal)
    assert (after != before) == adjusted
    assert ("F214" in [finding.code for finding in made.findings]) == adjusted
    assert made.measures.seal is not None
    assert _said(after) == _said(before)
    again = proof.make_proof(after, seal_mm=seal)
    assert again.pdf == made.pdf
    assert not codes(again)


def _said(data: bytes) -> list[blocks.Difference] | list[blocks.Block]:
    body = blocks.read_blocks(ooxml.read_parts(data)[ooxml.DOCUMENT])
    return [block for block in body if block]


def test_a_signature_alone_is_brought_back_to_the_text(tmp_path: Path) -> None:
    """Without docgen's keeping together, some number of lines leaves the signature alone."""
    loose = [edited(report_of(tmp_path, 11, n), ("<w:keepNext/>", "")) for n in range(1, 16)]
    bad = [
        data
        for data, made in zip(loose, proof.make_proofs(loose), strict=True)
        if _ROOMLESS & set(codes(made))
    ]
    assert bad
    for data in bad[:3]:
        after, made = proof.fit_seal(data)
        assert not _ROOMLESS & set(codes(made))
        done = [finding for finding in made.findings if finding.code == "F214"]
        assert len(done) == 1
        assert after != data


def test_what_cannot_be_adjusted_stays_and_says_why(tmp_path: Path) -> None:
    before = report_of(tmp_path, 11, 3)
    after, made = proof.fit_seal(before, seal_mm=80)
    assert after == before
    assert "F213" in codes(made)


def test_adjustments_stay_within_what_they_say(tmp_path: Path) -> None:
    data = report_of(tmp_path, 11, 3)
    for choice in CHOICES:
        changed = adjust(data, choice)
        assert what_was_done(choice)
        if changed is not None:
            assert _said(changed) == _said(data)
            assert adjust(changed, choice) is None
    assert adjust(data, CHOICES[0]) is None  # there is one empty line already
    assert all(choice.pitch is None or choice.pitch >= 556 for choice in CHOICES)


def test_the_guide_is_on_the_proof_only(tmp_path: Path) -> None:
    data = report_of(tmp_path, 40, 3)
    plain, guided = proof.make_proof(data), proof.make_proof(data, seal_guide=True)
    assert plain.pdf != guided.pdf
    before, after = read_pages(plain.pdf), read_pages(guided.pdf)
    assert [p.characters for p in before] == [p.characters for p in after]
    seal = guided.measures.seal
    assert seal is not None
    drawn = set(after[seal.page - 1].rules) - set(before[seal.page - 1].rules)
    ring = max(drawn, key=lambda rule: rule.right - rule.left)
    assert ring.right - ring.left == pytest.approx(42 * 72 / 25.4, abs=1)
    assert (ring.left + ring.right) / 2 == pytest.approx(seal.x, abs=0.5)
    source = read_source(data)
    found = trace(source, after)
    signature = {c for passage in source.names for c in found.of(passage)}
    assert source.date is not None
    signature |= set(found.of(source.date))
    for character in set(after[seal.page - 1].characters) - signature:
        assert not reaches(character, seal.x, seal.y, seal.radius)


def test_a_circle_and_a_box() -> None:
    assert reaches(Box(0, 0, 10, 10), 5, 5, 1)
    assert reaches(Box(0, 0, 10, 10), 12, 5, 2.1)
    assert not reaches(Box(0, 0, 10, 10), 12, 12, 2.5)
