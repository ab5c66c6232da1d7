"""Edits of a draft in every kind of input: what was typed stands there, and nothing else moved."""

import tempfile
from pathlib import Path

import pytest
from door import INPUTS
from forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.blank import blank_report, write_blank
from docgen.desk.clerk import value_of
from docgen.desk.draft import Draft, check_draft, open_draft, read_kept
from docgen.desk.edits import TypedEdit, edit_draft
from docgen.read import read_report

KINDS = ("csv", "xlsx")

#: What a clerk types into a field: figures, remarks, marks that CSV must quote, nothing.
FIELD = st.one_of(
    st.integers(-5, 10**6).map(str),
    st.sampled_from(["", "0", "007", "3.5", "十二", "12件", "1,024", '说"话"', "a,b", "=1+1", "—"]),
    st.text("甲乙1 ,\"'=;\t。", max_size=12),
)
PROSE = st.lists(st.text("甲乙丙，。12\"'=; ", max_size=30), max_size=6).map("\n".join)


def blank(folder: Path, kind: str) -> Path:
    """Return an untouched blank of a kind."""
    report = blank_report(FORM, 2025, "石河乡人民政府")
    return write_blank(FORM, report, folder, workbook=kind == "xlsx")[0].parent / (
        "2025.xlsx" if kind == "xlsx" else ""
    )


def all_values(draft: Draft) -> dict[str, str]:
    """Return what stands in every field."""
    sections = ["preface", *(f"sections.{key}" for key in draft.texts if key != "preface")]
    return {
        address: value_of(draft, address)
        for address in (*draft.facts, *draft.form.cells, *sections)
    }


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_typed_stands_there_and_nothing_else_changes(
    kind: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = blank(Path(folder), kind)
        for _ in range(3):
            before = all_values(open_draft(path))
            texts = [address for address in before if address.startswith(("preface", "sections"))]
            cells = st.sampled_from(sorted(FORM.cells))
            typed = data.draw(st.dictionaries(cells, FIELD, max_size=5))
            typed |= data.draw(st.dictionaries(st.sampled_from(texts), PROSE, max_size=2))
            edits = [TypedEdit(one, before[one], now) for one, now in typed.items()]
            clashes = edit_draft(path, edits)
            after = all_values(open_draft(path))

            refused = {clash.edit.address for clash in clashes}
            for address, was in before.items():
                if address in typed and address not in refused:
                    lines = [" ".join(line.split()) for line in typed[address].split("\n")]
                    expected = "\n".join(filter(None, lines))
                    shown = "\n".join(" ".join(line.split()) for line in after[address].split("\n"))
                    assert shown == expected, address
                else:
                    assert after[address] == was, address


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_of_what_another_window_changed_is_not_made(tmp_path: Path, kind: str) -> None:
    path = blank(tmp_path, kind)
    address = sorted(FORM.figures)[0]
    assert edit_draft(path, [TypedEdit(address, "", "5")]) == []
    clash = edit_draft(
        path, [TypedEdit(address, "", "7"), TypedEdit("body.short_name", "", "石河乡")]
    )
    assert [(one.edit.address, one.there) for one in clash] == [(address, "5")]
    draft = open_draft(path)
    assert draft.text_of(address) == "5"
    assert draft.text_of("body.short_name") == "石河乡"
    assert edit_draft(path, [TypedEdit(address, "5", "7")]) == []
    assert open_draft(path).text_of(address) == "7"


def test_json_is_not_edited(tmp_path: Path) -> None:
    """It is for programs; the desk makes sheets of it that people fill in."""
    path = tmp_path / "2024.json"
    path.write_bytes((INPUTS / "2024.json").read_bytes())
    [clash] = edit_draft(path, [TypedEdit(sorted(FORM.figures)[0], "0", "12")])
    assert "转成表来填" in clash.why
    assert path.read_bytes() == (INPUTS / "2024.json").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_program_wrote_is_seen_at_once(tmp_path: Path, kind: str) -> None:
    """Readings are kept between keystrokes, but never longer than the files stay as they are."""
    folder, last = tmp_path / "inputs", tmp_path / "last"
    folder.mkdir()
    last.mkdir()
    path, previous = blank(folder, kind), blank(last, kind)
    address = sorted(FORM.figures)[0]
    for number in "579":
        for changed in (path, previous):
            fresh = tmp_path / f"{changed.parent.name}-{number}"
            fresh.mkdir()
            copy = blank(fresh, kind)
            assert edit_draft(copy, [TypedEdit(address, "", number)]) == []
            for one in sorted(copy.iterdir()) if copy.is_dir() else [copy]:
                target = changed / one.name if changed.is_dir() else changed
                target.write_bytes(one.read_bytes())  # in place, and of the same size
        assert open_draft(path).text_of(address) == number
        assert check_draft(path, previous).reading == read_report(path)
        assert read_kept(previous).report.figures[address] == int(number)
