"""Many reports in one command: same bytes however they are done, and none stops another."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from county import body_name, contents, county
from door import INPUTS, Docgen, write_json

from docgen.files.inputs import find_inputs


@pytest.fixture
def spoiled(reference: dict[str, Any]) -> dict[str, Any]:
    """The reference with a figure that unbalances table two."""
    reference["figures"]["requests"]["received"]["natural"] = 5
    return reference


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_same_bytes_however_many_processes(
    docgen: Docgen, folder: Path, reference: dict[str, Any], jobs: int
) -> None:
    paths = county(reference, folder / "units", 12)
    assert [docgen("render", path, "-o", "one").code for path in paths] == [0] * 12
    run = docgen("render", *reversed(paths), "--jobs", jobs, "-o", "many", "--html", "--json")
    assert run.code == 0
    assert {line["input"] for line in run.lines} == {str(path) for path in paths}
    many = contents(folder / "many")
    assert len(many) == 48
    alone = contents(folder / "one")
    assert {name: many[name] for name in alone if name.endswith(".docx")} == {
        name: data for name, data in alone.items() if name.endswith(".docx")
    }


@pytest.mark.slow
def test_inputs_of_one_name_are_called_by_body_and_year(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Every blank is called 2025.json: none stops another, and the same body's twice are told."""
    paths = county(reference, folder / "units", 6)
    for number, path in enumerate(paths, 1):
        (folder / "units" / str(number)).mkdir()
        path.rename(folder / "units" / str(number) / "2025.json")
    shutil.copytree(folder / "units/6", folder / "units/7")
    (folder / "units/8").mkdir()
    (folder / "units/8/2025.json").write_text("{", encoding="utf-8")

    for _ in range(2):
        run = docgen("render", "units", "--json")
        assert run.code == 3
        names = {path.name for path in (folder / "outputs").glob("*.docx")}
        assert names == {f"{body_name(number)}-2024.docx" for number in range(1, 6)}
        assert run.codes.count("X202") == 2
        assert len(run.lines) == 8

    first = f"outputs/{body_name(1)}-2024.docx"
    assert docgen("verify", first, "--input", "units/1/2025.json").code == 0


def test_one_bad_report_does_not_stop_the_rest(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    county(json.loads((INPUTS / "2024.json").read_text(encoding="utf-8")), folder / "units", 6)
    write_json(folder / "units/refused.json", spoiled)
    (folder / "units/broken.json").write_text("{", encoding="utf-8")
    (folder / "units/old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    run = docgen("render", "units", "--jobs", 2)
    assert run.code == 3
    issued = sorted(path.name for path in (folder / "outputs").glob("*.docx"))
    assert issued == [f"0{number}.docx" for number in range(1, 7)]
    assert "错误 E301 表二“自然人”列不平" in run.err
    table = run.err[run.err.index("报告 ") :].splitlines()
    assert [row.split()[:2] for row in table[1:10]] == [
        *([f"units/0{n}.json", "通过"] for n in range(1, 7)),
        ["units/broken.json", "读不了"],
        ["units/old.xls", "读不了"],
        ["units/refused.json", "未通过"],
    ]
    assert table[10].startswith("共 9 份：")
    assert set(table[10].split("：")[1].split("，")) == {"通过 6 份", "读不了 2 份", "未通过 1 份"}
    assert run.out.count(".docx\n") == 6


def test_two_inputs_for_one_output_are_refused_before_anything_is_written(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    county(reference, folder / "east", 2)
    county(reference, folder / "west", 2)
    run = docgen("render", "east", "west")
    assert run.code == 2
    assert "X202" in run.err
    assert not (folder / "outputs").exists()


def test_folders_files_and_patterns_are_mixed_each_taken_once(
    folder: Path, reference: dict[str, Any], csv_folder: Path
) -> None:
    paths = county(reference, folder / "units/east", 3)
    more = county(reference, folder / "units/west", 2)
    (folder / "units/名单.csv").write_text("机关名称\n甲\n", encoding="utf-8")
    (folder / "units/说明.txt").write_bytes(b"x")
    for suffix in (".docx", ".package.json", ".校样.pdf", ".html"):  # issued, not sent in
        (folder / f"units/2023{suffix}").write_bytes(b"x")
    (folder / "units/~$01.xlsx").write_bytes(b"x")
    (folder / "units/.hidden.json").write_text("{}", encoding="utf-8")
    (folder / "units/01.package.json").write_text("{}", encoding="utf-8")
    here = Path("units")
    relative = [path.relative_to(folder) for path in (*paths, *more)]
    assert find_inputs([here]) == relative
    assert find_inputs([Path("units/east/*.json"), here]) == relative
    assert find_inputs([Path("units/**/02.json")]) == [relative[1], relative[4]]
    assert find_inputs([csv_folder]) == [csv_folder]
    (folder / "units/west/02.docx").write_bytes(b"x")  # published, and sent as it was
    assert find_inputs([here]) == [*relative[:-1], Path("units/west/02.docx"), relative[-1]]
    assert find_inputs([Path("nothing*.json")]) == [Path("nothing*.json")]
    (folder / "odd[1].json").write_text("{}", encoding="utf-8")
    assert find_inputs([Path("odd[1].json")]) == [Path("odd[1].json")]
    (folder / "units/report").mkdir()
    for sheet in csv_folder.iterdir():
        sheet.rename(folder / "units/report" / sheet.name)
    assert Path("units/report") in find_inputs([here])


def test_doing_it_again_does_only_what_changed(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    paths = county(reference, folder / "units", 6)
    assert docgen("render", "units", "--html").code == 0
    before = {p: p.stat().st_mtime_ns for p in (folder / "outputs").iterdir()}
    text = paths[2].read_text(encoding="utf-8")
    paths[2].write_text(text.replace("坚持以", "始终坚持以", 1), encoding="utf-8")
    (folder / "outputs/05.html").unlink()
    run = docgen("render", "units", "--html")
    assert run.code == 0
    assert "已签发，没有变 4 份" in run.err
    assert "通过 2 份" in run.err
    after = {p: p.stat().st_mtime_ns for p in (folder / "outputs").iterdir()}
    assert {path.name[:2] for path in after if after[path] != before.get(path)} == {"03", "05"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change", [["--force"], ["--pdf"], ["--data"], ["--template", "other.docx"]]
)
def test_doing_it_otherwise_does_it_anew(
    docgen: Docgen, folder: Path, reference: dict[str, Any], change: list[str]
) -> None:
    from docgen.files import own_template

    write_json(folder / "2024.json", reference)
    (folder / "other.docx").write_bytes(own_template("report_template.docx").read_bytes())
    assert docgen("render", "2024.json").code == 0
    before = (folder / "outputs/2024.package.json").stat().st_mtime_ns
    assert "没有变" not in docgen("render", "2024.json", *change).err
    assert (folder / "outputs/2024.package.json").stat().st_mtime_ns != before


def test_an_edited_output_is_not_taken_for_issued(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    write_json(folder / "2024.json", reference)
    docgen("render", "2024.json")
    with (folder / "outputs/2024.docx").open("ab") as file:
        file.write(b"x")
    run = docgen("render", "2024.json")
    assert run.code == 5
    assert "X501" in run.err


def test_last_years_report_is_one_of_the_sources(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    write_json(folder / "2024.json", reference)
    docgen("render", "2024.json")
    write_json(folder / "2023.json", {**reference, "year": 2023})
    assert "没有变" not in docgen("render", "2024.json").err
    assert "没有变" in docgen("render", "2024.json").err


def test_the_roster_tells_who_is_missing_double_or_unknown(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    paths = county(reference, folder / "units", 6)
    (folder / "units/06b.json").write_bytes(paths[5].read_bytes())
    names = [body_name(number) for number in (1, 2, 3, 5, 6)]
    listed = [f"{name},{number},联系人{number}" for number, name in enumerate(names)]
    rows = [
        "序号,,",
        "机关名称,序号,联系人",
        *listed,
        "乌苏市古尔图镇人民政府,9,王五 13x",
        listed[0],
    ]
    (folder / "units/名单.csv").write_text("\n".join(rows), encoding="gb18030")
    run = docgen("check", "units", "--roster", "units/名单.csv", "--json")
    assert run.code == 1
    [told] = [line["roster"] for line in run.lines if "roster" in line]
    assert told["units"] == 7
    assert [(f["code"], f["message"]) for f in told["findings"]] == [
        ("B104", f"名单里“{names[0]}”有不止一行"),
        ("B101", "“乌苏市古尔图镇人民政府”没有报告（联系人：王五 13x）"),
        ("B103", f"“{body_name(4)}”不在名单里；没有收到的里面，最接近的是“乌苏市古尔图镇人民政府”"),
        ("B102", f"“{body_name(6)}”2024 年度的报告有 2 份：units/06.json、units/06b.json"),
    ]
    assert told["findings"][0]["places"][1]["cell"] == "A9"


def test_a_complete_roster_from_a_workbook(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    from openpyxl import Workbook

    county(reference, folder / "units", 2)
    book = Workbook()
    book.worksheets[0].append(["机关名称", "机关层级"])
    for number in (1, 2):
        book.worksheets[0].append([body_name(number), "乡镇级"])
    book.save(folder / "名单.xlsx")
    run = docgen("check", "units", "--roster", "名单.xlsx")
    assert run.code == 0
    assert "名单 2 个机关：都交了" in run.err


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("名单.csv", "谁\n甲\n", "B105"),
        ("名单.txt", "机关名称\n", "X305"),
        ("没有.csv", "", "X301"),
    ],
)
def test_what_is_no_roster_is_refused_before_anything_is_done(
    docgen: Docgen, folder: Path, reference: dict[str, Any], name: str, text: str, code: str
) -> None:
    county(reference, folder / "units", 2)
    if text:
        (folder / name).write_text(text, encoding="utf-8")
    run = docgen("render", "units", "--roster", name)
    assert run.code == 3
    assert code in run.err
    assert not (folder / "outputs").exists()
