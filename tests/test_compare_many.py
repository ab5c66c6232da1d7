"""Many reports: who has whose text, what is common to most; one bad input stops nothing."""

import itertools
import random
from pathlib import Path

import pytest
from alike import Tree, compared, own, sentences, tree, write
from door import INPUTS, Docgen, spawn, write_json

from docgen.compare.near import NEAR, find_near, letter_pairs, likeness


def pairs(result: Tree) -> set[tuple[int, int]]:
    """The pairs above the threshold."""
    return {(pair["first"], pair["second"]) for pair in result["pairs"]}


def test_the_matrix_and_the_likeliest_first(docgen: Docgen, folder: Path) -> None:
    a, b, c, d = own(10, 4)
    write(folder / "all", [a, a[:6] + b[:4], a[:9] + c[:1], d])
    run = docgen("compare", "all", "--json")
    result = compared(run)
    assert run.code == 1
    assert result["matrix"] == [[1, 0.6, 0.9, 0], [0.6, 1, 0.6, 0], [0.9, 0.6, 1, 0], [0, 0, 0, 1]]
    assert [(p["first"], p["second"], p["share"]) for p in result["pairs"]] == [
        (0, 2, 0.9),
        (0, 1, 0.6),
        (1, 2, 0.6),
    ]
    assert result["detail"] is None
    assert docgen("compare", "all", "--threshold", "0.9").code == 0


def test_the_text_for_people(docgen: Docgen, folder: Path) -> None:
    a, b, c = own(10, 3)
    write(folder / "all", [a, [f"{text[:4]}第甲镇{text[4:]}" for text in a[:9]] + b[:1], c])
    run = docgen("compare", "all")
    assert "   1      —    90%     0%" in run.out
    assert "正文雷同超过 50% 的有 1 对" in run.out
    assert "90%  1 乙山县第甲镇人民政府 2024 与 2 乙山县第申镇人民政府 2024（" in run.out
    assert f"  1   {a[0]}。\n  2   {a[0][:4]}第甲镇{a[0][4:]}。" in run.out
    assert "留着对方的名称：第甲镇" in run.out
    assert run.err == ""


def test_what_most_have_does_not_count(docgen: Docgen, folder: Path) -> None:
    everyones = sentences(6, seed=99)
    texts = [everyones + text for text in own(4, 10)]
    write(folder / "all", texts)
    run = docgen("compare", "all", "--json")
    result = compared(run)
    assert (run.code, result["pairs"]) == (0, [])
    assert {(each["text"], each["reports"]) for each in result["common"]} == {
        (f"{text}。", 10) for text in everyones
    }
    assert [(each["counted"], each["common"]) for each in result["inputs"]] == [(4, 6)] * 10
    assert "常用句" in docgen("compare", "all").out
    for number in range(5, 10):  # of nine and fewer nothing is common
        Path(f"all/00{number}.json").unlink()
    assert len(compared(docgen("compare", "all", "--json"))["pairs"]) == 10


def test_common_is_more_than_three_in_ten(docgen: Docgen, folder: Path) -> None:
    texts = own(4, 10)
    three, four = sentences(2, seed=99)
    for number, text in enumerate(texts):
        text += [three] * (number < 3) + [four] * (number < 4)
    write(folder / "all", texts)
    result = compared(docgen("compare", "all", "--json"))
    assert [each["text"] for each in result["common"]] == [f"{four}。"]


def test_copyists_cannot_make_a_text_common(docgen: Docgen, folder: Path) -> None:
    texts = own(10, 12)
    for copyist in (1, 2, 3, 4):
        texts[copyist] = texts[0][:9] + texts[copyist][:1]
    write(folder / "all", texts)
    result = compared(docgen("compare", "all", "--json"))
    assert result["common"] == []
    assert pairs(result) == set(itertools.combinations(range(5), 2))


def test_the_years_of_one_body_are_no_crowd(docgen: Docgen, folder: Path) -> None:
    same = sentences(6, seed=99)
    write(folder / "all", [same + text for text in own(4, 10)], ["甲县乙镇人民政府"] * 10)
    result = compared(docgen("compare", "all", "--json"))
    assert (result["common"], len(result["pairs"])) == ([], 45)


def test_the_sentences_behind_a_pair_are_the_same_both_ways(docgen: Docgen, folder: Path) -> None:
    chance = random.Random(3)
    a, b = own(12, 2)
    other = [text[:8] + "变" * chance.randrange(3) + text[8:] for text in a[:9]] + b[:3]
    chance.shuffle(other)
    write(folder / "one", [a, other])
    write(folder / "two", [other, a])
    one, two = (compared(docgen("compare", name, "--json")) for name in ("one", "two"))
    found = {(s["first"], s["second"], s["near"]) for s in one["pairs"][0]["sentences"]}
    assert found == {(s["second"], s["first"], s["near"]) for s in two["pairs"][0]["sentences"]}
    assert len(found) == 9
    assert one["matrix"] == [[1.0, 0.75], [0.75, 1.0]]


def test_near_texts_are_found() -> None:
    chance = random.Random(5)
    texts = sentences(150, seed=5)
    for text in texts[:100]:
        place = chance.randrange(20)
        texts.append(text[:place] + "改动" + text[place + chance.randrange(4) :])
    texts = list(dict.fromkeys(texts))
    grams = [letter_pairs(text) for text in texts]
    every = {
        (i, j): likeness(grams[i], grams[j])
        for i, j in itertools.combinations(range(len(texts)), 2)
    }
    near = find_near(texts)
    assert all(i in near[j] for i, others in enumerate(near) for j in others)
    found = {(i, j) for i, others in enumerate(near) for j in others if i < j}
    assert found == {pair for pair, like in every.items() if like >= NEAR}
    assert len(found) == 100


def test_no_near_text_is_lost_among_short_ones_and_long_ones() -> None:
    chance = random.Random(6)
    texts = ["".join(chance.choices("甲乙丙丁", k=chance.randrange(9))) for _ in range(300)]
    texts = list(dict.fromkeys(texts))
    grams = [letter_pairs(text) for text in texts]
    near = find_near(texts)
    assert all(list(others) == sorted(others) for others in near)
    assert {(i, j) for i, others in enumerate(near) for j in others if i < j} == {
        (i, j)
        for i, j in itertools.combinations(range(len(texts)), 2)
        if likeness(grams[i], grams[j]) >= NEAR
    }


def test_inputs_of_every_kind_in_folders(docgen: Docgen, folder: Path, csv_folder: Path) -> None:
    deep = folder / "all" / "乙县"
    deep.mkdir(parents=True)
    csv_folder.rename(deep / "2024")
    for name in ("2024.json", "2024.xlsx"):
        (deep / name).write_bytes((INPUTS / name).read_bytes())
    for name in ("~$2024.xlsx", ".2024.json", "2024.package.json", "说明.txt"):
        (deep / name).write_text("不是年报", encoding="utf-8")
    result = compared(docgen("compare", "all", "--json"))
    assert [each["input"] for each in result["inputs"]] == [
        str(Path("all", "乙县", name)) for name in ("2024.json", "2024.xlsx", "2024")
    ]
    assert result["matrix"] == [[1.0] * 3] * 3
    assert len(compared(docgen("compare", "all", deep / "2024.json", "--json"))["inputs"]) == 4


def test_one_unreadable_input_stops_nothing(docgen: Docgen, folder: Path) -> None:
    write(folder / "all", own(10, 3))
    (folder / "all" / "坏.json").write_text("{", encoding="utf-8")
    run = docgen("compare", "all", "没有.json", "--json")
    result = compared(run)
    assert (run.code, len(result["inputs"]), len(result["matrix"])) == (3, 3, 3)
    assert [found["findings"][0]["code"] for found in result["unreadable"]] == ["X309", "X301"]
    run = docgen("compare", "all", "没有.json")
    assert run.code == 3
    assert "没有两份的正文雷同超过 50%" in run.out
    assert "坏.json：读不了，没有比" in run.err


def test_nothing_left_to_compare(docgen: Docgen, folder: Path) -> None:
    write_json(folder / "a.json", tree(sentences(3)))
    run = docgen("compare", "a.json", "没有.json", "--html", "page.html")
    assert (run.code, run.out) == (3, "")
    assert "能读的不足两份" in run.err
    assert not (folder / "page.html").exists()
    assert docgen("compare", "a.json").code == 2
    (folder / "empty").mkdir()
    run = docgen("compare", "empty", "a.json")
    assert run.code == 3
    assert "X303" in run.err


def test_one_bad_input_among_many(docgen: Docgen, folder: Path) -> None:
    texts = own(4, 64)
    texts[63] = texts[0]
    write(folder / "all", texts)
    (folder / "all" / "坏.json").write_text("{", encoding="utf-8")
    run = docgen("compare", "all", "--json")
    result = compared(run)
    assert (run.code, pairs(result), len(result["inputs"])) == (3, {(0, 63)}, 64)
    assert result["unreadable"][0]["findings"][0]["code"] == "X309"
    assert run.err == ""


@pytest.mark.slow
def test_every_run_says_the_same(folder: Path) -> None:
    texts = own(10, 11)
    texts[1] = [text[:9] + "变" + text[9:] for text in texts[0]]
    write(folder / "all", texts)
    words = ("compare", "all", "--json", "--html")
    runs = [spawn(*words, f"{seed}.html", cwd=folder, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [run.returncode for run in runs] == [1, 1]
    assert runs[0].stdout.replace("1.html", "2.html") == runs[1].stdout
    assert (folder / "1.html").read_bytes() == (folder / "2.html").read_bytes()
