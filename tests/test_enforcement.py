"""Official forms of enforcement and the rule of law: what they must be told, and must not."""

import json
from pathlib import Path
from typing import Any

import pytest
from door import DATA, INPUTS, Docgen, Run, write_json

from docgen.forms.loader import OWN, find_form, own_keys

PUBLISHED: dict[str, Any] = json.loads((DATA / "enforcement.json").read_text(encoding="utf-8"))
#: Their text is not at hand: this one says nothing of their figures.
TEXT = "执法决定按时公开，执法过程全程记录，重大执法决定都经过审核。"
FORMS = [key for key in own_keys() if key.startswith("enforcement-")]


def report(name: str) -> dict[str, Any]:
    """Return a published report as an input; of the tables that were not seen it has none."""
    case = PUBLISHED[name]
    form = find_form(case["form"])
    assert form is not None
    figures: dict[str, Any] = {}
    absent = []

    for table in form.tables:
        columns = [path[-1].key for path in table.bands[0].column_paths]
        if table.shape == "lines":
            figures[table.key] = example(form.key)["figures"][table.key]
        elif table.key in case:
            row = dict(zip(columns, case[table.key], strict=True))
            figures[table.key] = {"unit1": row, "all": dict(row)}
        else:
            absent.append(table.key)

    texts = {section.key: [TEXT] for section in form.text_sections}
    return ({"sections": texts} if texts else {}) | {
        "form": form.key,
        "year": case["year"],
        "body": {"name": case["body"], "level": case["level"]},
        "title": form.title.format(name=case["body"], year=case["year"]),
        "units": {key: [case["body"]] for key, rows in figures.items() if "unit1" in rows},
        "absent": absent,
        "figures": figures,
    }


def example(key: str) -> dict[str, Any]:
    """Return the example of a form."""
    given: dict[str, Any] = json.loads((OWN / key / "example.json").read_text(encoding="utf-8"))
    return given


def checked(docgen: Docgen, folder: Path, given: dict[str, Any]) -> Run:
    """Return what `docgen check` says of an input."""
    return docgen("check", write_json(folder / "a.json", given), "--json")


def told(run: Run, *severities: str) -> list[str]:
    """Return the codes of errors and warnings (or of these alone), each once."""
    asked = severities or ("error", "warning")
    return sorted({f["code"] for f in run.lines[0]["findings"] if f["severity"] in asked})


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_tables(docgen: Docgen, folder: Path, name: str) -> None:
    """The sums that hold are silent, the published mistakes are told, and nothing else is."""
    assert told(checked(docgen, folder, report(name))) == PUBLISHED[name]["told"]


def test_permits_revoked_are_no_part_of_those_accepted(docgen: Docgen, folder: Path) -> None:
    """26462 + 102 + 5 = 26569 by chance: with 6 revoked there is still nothing to tell."""
    given = report("qingyuan_2024")
    for row in given["figures"]["licences"].values():
        row["withdrawn"] = 6
    assert told(checked(docgen, folder, given)) == []


def test_money_without_a_fine(docgen: Docgen, folder: Path) -> None:
    """Detention with a fine counts as detention, and its money is money."""
    given = report("zhengzhou_2020")
    for row in given["figures"]["penalties"].values():
        row |= {"fined": 0, "detained": 293}
    assert told(checked(docgen, folder, given)) == []


@pytest.mark.parametrize("key", [*FORMS, "rule-of-law"])
def test_examples_are_sound(docgen: Docgen, folder: Path, key: str) -> None:
    """The example of each form has nothing to find."""
    run = checked(docgen, folder, example(key))
    assert (run.code, told(run)) == (0, [])


def test_another_report_of_the_same_year_is_a_hint(docgen: Docgen, folder: Path) -> None:
    """Decisions counted otherwise in 政府信息公开年报 are noted, with both places, and no more."""
    given = example("enforcement-zhejiang")
    other = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    other["body"] = given["body"]
    run = docgen(
        "check",
        write_json(folder / "2024.json", other),
        write_json(folder / "2024 执法.json", given),
        "--json",
    )
    found = [f for line in run.lines for f in line["findings"] if f["code"].startswith("L")]
    assert {(f["code"], f["severity"]) for f in found} == {
        ("L311", "note"),
        ("L312", "note"),
        ("L313", "note"),
    }
    assert [p["address"] for p in found[0]["places"]] == [
        "penalties.all.total",
        "disclosure.penalty.decided",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "全年共作出行政处罚决定178宗，罚没金额92.15万元。",
        "罚没金额921500元，开展行政检查3161次。",
        "共作出行政许可决定1227件，其中准予许可1218件、不予许可9件。",
        "行政许可：申请1240宗，受理1231宗，许可1218宗，不予许可9宗，撤销许可2宗。",
        "作出警告、罚款等行政处罚178宗，罚没金额92.15万元。",
        "采取行政强制措施14宗，其中查封4宗、扣押10宗。",
        "采取查封、扣押等强制措施14宗。",
        "2024年作出行政处罚178宗，较2023年的190宗下降6.3%。",
        # what is counted is something else
        "我局现有行政许可事项35项，行政处罚事项420项。",
        "评查行政处罚案卷30宗、行政许可案卷20宗。",
        "对轻微违法行为不予行政处罚56宗，减轻处罚12宗。",
        "因行政处罚被申请行政复议3件，被提起行政诉讼1件。",
        "罚款金额60万元，没收违法所得32.15万元。",
        "注销行政许可46宗，变更、延续行政许可213宗。",
        "适用简易程序处罚30宗，适用普通程序处罚148宗。",
        "罚没款入库88.4万元。",
    ],
)
def test_true_sentences(docgen: Docgen, folder: Path, text: str) -> None:
    """What the tables say, in other words, and what is no figure of theirs."""
    given = example("enforcement-zhejiang")
    given["sections"]["overview"] = [text]
    assert told(checked(docgen, folder, given)) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年共作出行政处罚决定187宗。",
        "罚没金额92.15元。",
        "收到行政许可申请1204宗。",
        "其中警告、通报批评91宗，是全部行政处罚178宗的一部分；行政处罚罚款172宗。",
        "实施行政强制措施41宗。",
        "采取行政强制措施14宗，其中查封5宗、扣押10宗。",
        "本年度未作出行政处罚决定。",
        "开展行政检查3116次。",
    ],
)
def test_wrong_sentences(docgen: Docgen, folder: Path, text: str) -> None:
    """A number of the text that is not the table's."""
    given = example("enforcement-zhejiang")
    given["sections"]["overview"] = [text]
    assert told(checked(docgen, folder, given), "error") == ["E511"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("共作出行政处罚178宗，其中罚款127宗，占71.3%。", None),
        ("共作出行政处罚178宗，其中罚款127宗，占73.1%。", "E514"),
        ("收到行政许可申请1240宗，受理1231宗，受理率99.3%。", None),
        ("收到行政许可申请1240宗，受理1231宗，受理率90%。", "E522"),
    ],
)
def test_shares(docgen: Docgen, folder: Path, text: str, code: str | None) -> None:
    """A share of all penalties, a rate of what was accepted."""
    given = example("enforcement-zhejiang")
    given["sections"]["overview"] = [text]
    assert told(checked(docgen, folder, given)) == [code] * bool(code)


@pytest.mark.parametrize(
    ("date", "late"),
    [("2025-02-28", 0), ("2025-03-01", 1), ("2025-03-31", 1), ("2025-04-01", 2)],
)
def test_two_deadlines(docgen: Docgen, folder: Path, date: str, late: int) -> None:
    """To the superiors before 1 March, published before 1 April."""
    given = example("rule-of-law")
    given["signature"]["date"] = date
    assert checked(docgen, folder, given).codes.count("E606") == late


def test_a_leap_year_has_a_day_more(docgen: Docgen, folder: Path) -> None:
    given = json.loads(json.dumps(example("rule-of-law")).replace("2024", "2023"))
    given = json.loads(json.dumps(given).replace("2025", "2024"))
    given["signature"]["date"] = "2024-02-29"
    assert "E606" not in checked(docgen, folder, given).codes


def test_the_year_to_come_is_named(docgen: Docgen, folder: Path) -> None:
    """A plan for no year, or for the past one, is no plan for the next."""
    given = example("rule-of-law")
    given["sections"]["plans"] = ["继续推进执法规范化，充实乡镇执法力量。"]
    assert told(checked(docgen, folder, given), "error") == ["G801"]


def test_a_sentence_on_a_table_that_the_body_has_not(docgen: Docgen, folder: Path) -> None:
    """A blank has a sentence for each table; that of a table without business is to go."""
    given = example("enforcement-zhejiang")
    given["absent"] = ["licences"]
    del given["figures"]["licences"], given["units"]["licences"]
    given["sections"]["overview"] = ["共收到行政许可申请{{ 许可申请 }}宗。"]
    run = checked(docgen, folder, given)
    assert told(run) == ["E503"]
    assert "表二写的是“本单位无相关行政执法职责”" in run.lines[0]["findings"][0]["cure"]
