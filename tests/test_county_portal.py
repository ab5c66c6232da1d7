"""What a county puts on its portal: an index of all reports, and the data of all in one CSV."""

import csv
from pathlib import Path
from urllib.parse import unquote

from county import made_county
from door import Docgen
from lxml import etree

ISSUED = Path("结果/已签发")
INDEX, JOINT = ISSUED / "目录.html", ISSUED / "全县.数据.csv"


def test_index_and_joint_data(docgen: Docgen, tmp_path: Path) -> None:
    """Each report is linked, all its files are there, all its figures in one file."""
    made = made_county(tmp_path / "county", 3, only=("workbook", "wrong sum"))
    words = ("county", made.received, "--roster", made.roster, "-o", "结果")
    assert docgen(*words).code in (0, 1)
    assert not INDEX.exists()
    assert not JOINT.exists()

    run = docgen(*words, "--html", "--data")
    assert str(INDEX) in run.out
    assert str(JOINT) in run.out
    issued = [name for name, state in made.states.items() if state == "issued"]
    assert issued
    rows = etree.HTML(INDEX.read_text(encoding="utf-8")).findall(".//tbody/tr")
    assert ["".join(map(str, row[1].itertext())) for row in rows] == issued

    for name, row in zip(issued, rows, strict=True):
        links = [unquote(str(link.get("href"))) for link in row.iter("a")]
        stem = f"{name}-{made.year}"
        assert links == [f"{stem}{end}" for end in (".html", ".docx", ".数据.csv", ".数据.json")]
        assert all((ISSUED / link).is_file() for link in links)
        short = name.removeprefix("乌苏市").removesuffix("人民政府")
        assert "".join(map(str, row[2].itertext())).startswith(f"{short}{made.year}年")

    with JOINT.open(encoding="utf-8-sig", newline="") as file:
        head, *cells = csv.reader(file)
    assert head == ["机关", "年度", "报告", "表", "行", "列", "地址", "数值", "单位"]
    for name in issued:
        with (ISSUED / f"{name}-{made.year}.数据.csv").open(encoding="utf-8-sig") as own:
            assert [cell[3:] for cell in cells if cell[0] == name] == list(csv.reader(own))[1:]
    assert {cell[1] for cell in cells} == {str(made.year)}

    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (INDEX, JOINT)}
    docgen(*words, "--html", "--data")
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before}
    assert not list(ISSUED.glob(".*.part"))
    assert docgen("check", ISSUED).code == 0  # the index is no report
