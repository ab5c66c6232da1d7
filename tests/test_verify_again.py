"""`verify`, `seal-form` and `render` where document and record were changed together.

A forger has the folder: he edits the document, puts it and its hash into the record, and edits
whatever else the record says. Only the issue made again from its input tells.
"""

import base64
import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from door import INPUTS, Docgen, spawn
from issued import BODY, DOCUMENT, RECORD, codes, packed, parts_of
from proofs import needs_office

from docgen import __version__
from docgen.finding import Place
from docgen.layout.adjustments import ADJUSTED, Choice, adjust, what_was_done
from docgen.layout.pdf import normalise
from templates import edited

INPUT = Path("inputs/2024.json")
FORM = Path("outputs/2024.用印审批单.docx")


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report, issued from `inputs/` into `outputs/`, as an office does."""
    INPUT.parent.mkdir()
    shutil.copy(INPUTS / "2024.json", INPUT)
    assert docgen("render", INPUT, "--html", "--data").code == 0
    return docgen


def edit_record(edit: Callable[[dict[str, Any]], None]) -> None:
    """Change what the record says."""
    said = json.loads(RECORD.read_bytes())
    edit(said)
    RECORD.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def forge(document: bytes) -> None:
    """Put another document in place, and in its record."""
    DOCUMENT.write_bytes(document)
    digest = hashlib.sha256(document).hexdigest()
    held = {"sha256": digest, "base64": base64.b64encode(document).decode()}
    edit_record(lambda said: said["document"].update(held))


def with_seven() -> bytes:
    """The issued document with a 7 for a 0 in table two."""
    body = parts_of()[BODY].decode()
    at = body.index("一、本年新收")
    return packed(BODY, (body[:at] + body[at:].replace(">0<", ">7<", 1)).encode())


def with_white() -> bytes:
    """The issued document with a white 0 in table two."""
    body = parts_of()[BODY].decode()
    cell = body.index(">0<", body.index("一、本年新收"))
    at = body.rindex("<w:t", 0, cell)
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    return packed(BODY, f"{body[:at]}</w:r><w:r>{white}{body[at:]}".encode())


@pytest.mark.slow
def test_made_again_it_is_the_same(issued: Docgen) -> None:
    """The input is found where an office keeps it, or where it is said to be."""
    names = ("2024.docx", "2024.html", "2024.粘贴.html", "2024.数据.csv", "2024.数据.json")
    for name in names:
        run = issued("verify", Path("outputs") / name)
        assert (run.code, codes(run)) == (0, [])
        told = f"outputs/{name}：就是签发的那一份（照“inputs/2024.json”重新做了一遍，结果相同）\n"
        assert run.err == told
    assert issued("seal-form", DOCUMENT).err == ""
    shutil.move("inputs", "away")
    assert "没有找到输入" in issued("verify", DOCUMENT).err
    run = issued("verify", DOCUMENT, "--input", "away/2024.json")
    assert "照“away/2024.json”重新做了一遍，结果相同" in run.err


@pytest.mark.parametrize("shape", ["2024", "2024.xlsx", "2024.json"])
@pytest.mark.parametrize("where", [".", "inputs", "outputs", "inputs/东/西"])
def test_every_shape_of_input_is_found(
    docgen: Docgen, folder: Path, shape: str, where: str
) -> None:
    Path(where).mkdir(parents=True, exist_ok=True)
    source = folder / where / shape
    (shutil.copytree if shape == "2024" else shutil.copy)(INPUTS / shape, source)
    assert docgen("render", source).code == 0
    run = docgen("verify", DOCUMENT)
    assert (run.code, "重新做了一遍，结果相同" in run.err) == (0, True)
    forge(with_seven())
    assert codes(docgen("verify", DOCUMENT)) == ["V108", "V110"]


@pytest.mark.parametrize(
    ("forged", "told"),
    [
        (with_seven, "第 2 格：照输入做出来是“0”，文件里是“7”"),
        (with_white, "第 2 格：照输入做出来是“照常印出”，文件里是“0（颜色和底色差不多"),
    ],
)
def test_document_and_record_changed_together(
    issued: Docgen, forged: Callable[[], bytes], told: str
) -> None:
    """All three refuse, name the place, and leave what is there."""
    forge(forged())
    before = DOCUMENT.read_bytes(), RECORD.read_bytes()
    run = issued("verify", DOCUMENT)
    assert (run.code, codes(run)) == (6, ["V108", "V110"])
    assert "“2024.docx”和签发记录互相对得上，可是用“inputs/2024.json”重新做出来的不是它" in run.err
    assert told in run.err
    run = issued("seal-form", DOCUMENT)
    assert (run.code, codes(run), FORM.exists()) == (6, ["V108", "V110", "H201"], False)
    run = issued("render", INPUT)
    assert (run.code, codes(run)) == (5, ["X504"])
    assert "“outputs/2024.docx”和签发记录“2024.package.json”互相对得上" in run.err
    assert (DOCUMENT.read_bytes(), RECORD.read_bytes()) == before
    assert issued("render", INPUT, "--force").code == 0
    assert issued("verify", DOCUMENT).code == 0


def test_another_option_is_no_way_round(issued: Docgen) -> None:
    """The document is asked whatever else is asked for."""
    forge(with_seven())
    for words in (["--html"], ["--kept", "10"], ["--data", "--html"], []):
        assert codes(issued("render", INPUT, *words)) == ["X504"]


@pytest.mark.parametrize("name", ["2024.html", "2024.粘贴.html", "2024.数据.csv"])
def test_page_and_record_changed_together(issued: Docgen, name: str) -> None:
    """What is published is made again like the document."""
    path = Path("outputs") / name
    path.write_bytes(path.read_bytes().replace(b"0", b"7", 1))
    assert codes(issued("verify", path)) == ["V112"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    edit_record(
        lambda said: next(e for e in said["beside"] if e["name"] == name).update(sha256=digest)
    )
    run = issued("verify", path)
    assert (run.code, codes(run)) == (6, ["V108"])
    assert issued("verify", DOCUMENT).code == 0
    assert codes(issued("render", INPUT, "--html", "--data")) == ["X504"]


def test_a_file_that_was_not_issued(issued: Docgen) -> None:
    """A proof that the record does not know, a record, a letter."""
    Path("outputs/2024.pdf").write_bytes(b"%PDF-1.7")
    assert codes(issued("verify", "outputs/2024.pdf")) == ["V111"]
    assert codes(issued("verify", RECORD)) == ["V106"]
    Path("信.txt").write_text("x")
    assert codes(issued("verify", "信.txt")) == ["V106"]
    assert codes(issued("seal-form", "outputs/2024.html")) == ["V106", "H201"]


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (lambda said: said.update(title="另一个标题"), "标题"),
        (lambda said: said.update(body="另一个机关", year=2023), "年度、机关"),
        (lambda said: said.update(findings=[]), "核对结果"),
        (lambda said: said["findings"].pop(), "核对结果"),
    ],
)
def test_a_record_that_says_something_else(
    issued: Docgen, edit: Callable[[dict[str, Any]], None], what: str
) -> None:
    """No form is printed from it; `render` writes it as it should be."""
    was = RECORD.read_bytes()
    edit_record(edit)
    run = issued("verify", DOCUMENT)
    assert (run.code, codes(run)) == (6, ["V113"])
    assert f"“2024.package.json”里的{what}，不是用“inputs/2024.json”做得出来的" in run.err
    assert "文件没有变，签发记录改过" in run.err
    assert codes(issued("seal-form", DOCUMENT)) == ["V113", "H201"]
    assert issued("render", INPUT, "--html", "--data").code == 0
    assert RECORD.read_bytes() == was


def test_the_input_changed_since(issued: Docgen) -> None:
    """Either it was, or all three were forged: both are said; a change that makes none is none."""
    text = INPUT.read_text(encoding="utf-8")
    INPUT.write_text(f"{text}\n", encoding="utf-8")
    assert issued("verify", DOCUMENT).code == 0
    INPUT.write_text(text.replace("我镇认真贯彻", "本镇认真贯彻", 1), encoding="utf-8")
    run = issued("verify", DOCUMENT)
    assert (run.code, codes(run)) == (6, ["V109", "V110"])
    assert "照输入做出来是“2024年，本镇认真贯彻" in run.err
    assert "与签发记录相符，可是和现在的输入对不上" in run.err
    assert codes(issued("seal-form", DOCUMENT)) == ["V109", "V110", "H201"]
    INPUT.write_text(text.replace('"received"', '"recieved"', 1), encoding="utf-8")
    assert codes(issued("verify", DOCUMENT)) == ["V109"]


def test_another_input_of_that_name(issued: Docgen, reference: Any) -> None:
    """The very one that the record speaks of is taken, but it is told that another lies there."""
    Path("inputs/县").mkdir()
    shutil.move(INPUT, "inputs/县/2024.json")
    INPUT.write_text(json.dumps({**reference, "title": "另一个"}), encoding="utf-8")
    run = issued("verify", DOCUMENT)
    told = "照“inputs/县/2024.json”重新做一遍也相同；可是“inputs/2024.json”名字一样、内容不同"
    assert (run.code, told in run.err, "就是签发的那一份" in run.err) == (0, True, False)
    run = issued("verify", DOCUMENT, "--input", "inputs/县/2024.json")  # it is said which
    assert (run.code, "就是签发的那一份" in run.err) == (0, True)


def test_a_doctored_copy_of_the_input(issued: Docgen) -> None:
    """Beside the documents, where it is found first: no form is printed on its word."""
    false = Path("outputs/2024.json")
    text = INPUT.read_text(encoding="utf-8")
    false.write_text(text.replace("我镇认真贯彻", "本镇认真贯彻", 1), encoding="utf-8")
    assert issued("render", false, "--force").code == 0
    run = issued("verify", DOCUMENT)
    assert "照“outputs/2024.json”重新做一遍也相同；可是“inputs/2024.json”名字一样" in run.err
    run = issued("seal-form", DOCUMENT)
    assert (run.code, codes(run), FORM.exists()) == (6, ["H205"], False)
    assert "“inputs/2024.json”名字一样、内容不同" in run.err
    shutil.copy(INPUT, false)  # the same twice is nothing to tell
    assert issued("render", false).code == 0
    shutil.copytree(INPUTS / "2024", "inputs/2024")  # nor is another shape of it
    assert "就是签发的那一份" in issued("verify", DOCUMENT).err


def test_an_input_of_the_forgers_own(issued: Docgen) -> None:
    """A record that names another input is not believed where the document's own is at hand."""
    text = INPUT.read_text(encoding="utf-8")
    false = Path("inputs/x.json")
    false.write_text(text.replace("我镇认真贯彻", "本镇认真贯彻", 1), encoding="utf-8")
    assert issued("render", false, "-o", "x", "--html", "--data").code == 0
    forge(Path("x/x.docx").read_bytes())
    entry = {"name": "x.json", "sha256": hashlib.sha256(false.read_bytes()).hexdigest()}
    edit_record(lambda said: said.update(inputs=[entry]))
    assert codes(issued("verify", DOCUMENT)) == ["V109", "V110"]


@pytest.mark.parametrize(
    "name", ["../secret/2024.json", "/etc/passwd", "..", "a\0b", "\ud800", "C:2024.json", "inputs"]
)
def test_no_path_in_a_record_is_followed(issued: Docgen, folder: Path, name: str) -> None:
    """Names that are no plain ones are not looked for; the document's own name still is."""
    (folder / "secret").mkdir()
    shutil.copy(INPUT, folder / "secret/2024.json")
    digest = hashlib.sha256(INPUT.read_bytes()).hexdigest()
    said = json.loads(RECORD.read_bytes())
    for key in ("inputs", "previous"):
        said[key] = [{"name": name, "sha256": digest}]
    said["template"] = said["inputs"][0]
    RECORD.write_text(json.dumps(said), encoding="utf-8")
    run = issued("verify", DOCUMENT)
    assert "Traceback" not in run.err
    assert ("inputs/2024.json" in run.err, "secret" in run.err) == (True, False)
    shutil.rmtree("inputs")
    assert "没有找到输入" in issued("verify", DOCUMENT).err


JUNK: list[Any] = [None, 5, "x", ["x"], [5], {"a": 1}, [{"name": 5, "sha256": []}], "\ufffe\x1b[2J"]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(JUNK)))
def test_a_record_full_of_junk(issued: Docgen, number: int) -> None:
    """Whatever its members are: a code, a message, no traceback, and never exit 70.

    Each kind of junk goes into every third member: all pairs would take minutes.
    """
    sound, junk = RECORD.read_bytes(), JUNK[number]
    for key in list(json.loads(sound))[number % 3 :: 3]:
        RECORD.write_bytes(sound)
        edit_record(lambda said, key=key: said.update({key: junk}))  # type: ignore[misc]
        for words in (["verify", DOCUMENT], ["seal-form", DOCUMENT, "--force"], ["render", INPUT]):
            run = issued(*words)
            assert "Traceback" not in run.err
            assert run.code in (0, 3, 5, 6), (key, words, run.err)


def test_forged_with_an_old_version(issued: Docgen) -> None:
    """A record that claims another docgen: words and print are compared, not believed."""
    sound = DOCUMENT.read_bytes(), RECORD.read_bytes()
    edit_record(lambda said: said["versions"].update(docgen="0.0.9"))
    assert issued("verify", DOCUMENT).code == 0  # the same bytes all the same
    for forged in (with_seven(), with_white()):
        forge(forged)
        assert codes(issued("verify", DOCUMENT)) == ["V108", "V110"]
        DOCUMENT.write_bytes(sound[0])
    forge(packed("word/settings.xml", parts_of()["word/settings.xml"] + b" "))
    run = issued("verify", DOCUMENT)
    assert (run.code, "与签发记录相符，但没能照“inputs/2024.json”重新做一遍来比" in run.err) == (
        0,
        True,
    )
    assert "签发时用的是另一个版本的 docgen" in run.err
    run = issued("seal-form", DOCUMENT)
    assert (run.code, codes(run), FORM.exists()) == (6, ["H205"], False)
    assert __version__ != "0.0.9"


def test_a_template_of_its_own(docgen: Docgen, folder: Path) -> None:
    """Found by name and hash beside or in `templates`, or given; lacking it, figures still tell."""
    template = edited(("仿宋_GB2312", "仿宋"), part="word/styles.xml")
    Path("inputs").mkdir()
    shutil.copy(INPUTS / "2024.json", INPUT)
    assert docgen("render", INPUT, "--template", template).code == 0
    assert "结果相同" in docgen("verify", DOCUMENT).err
    (folder / "templates").mkdir()
    template.rename(folder / "templates/模板.docx")
    assert "结果相同" in docgen("verify", DOCUMENT).err
    shutil.move("templates", "else")
    run = docgen("verify", DOCUMENT)
    assert (run.code, "签发时用的模板“模板.docx”不在手边" in run.err) == (0, True)
    assert codes(docgen("seal-form", DOCUMENT)) == ["H205"]
    run = docgen("verify", DOCUMENT, "--template", "else/模板.docx")
    assert "结果相同" in run.err
    forge(with_seven())
    assert codes(docgen("verify", DOCUMENT)) == ["V108", "V110"]


@pytest.mark.slow
def test_last_years_report(issued: Docgen, reference: Any) -> None:
    """It is found by its name; without it the findings cannot be made again, the document can."""
    last = Path("上年.json")
    last.write_text(json.dumps({**reference, "year": 2023}), encoding="utf-8")
    assert issued("render", INPUT, "--previous", last).code == 0
    assert "结果相同" in issued("verify", DOCUMENT).err
    Path("别处").mkdir()
    last.rename("别处/上年.json")
    run = issued("verify", DOCUMENT)
    assert (run.code, "上年的报告和现在旁边的不同" in run.err) == (0, True)
    assert codes(issued("seal-form", DOCUMENT)) == ["H205"]
    assert issued("seal-form", DOCUMENT, "--previous", "别处/上年.json").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2024.docx", "2024.package.json", "2024.html"])
def test_a_pipe_does_not_hang(issued: Docgen, folder: Path, name: str) -> None:
    """Only regular files are read, whoever put something else there."""
    path = folder / "outputs" / name
    assert issued("verify", path).code in (0, 6)
    path.unlink()
    os.mkfifo(path)
    for words in (["verify", "outputs/2024.docx"], ["seal-form", "outputs/2024.docx"]):
        run = spawn(*words, cwd=folder)
        assert (run.returncode in (0, 3, 6), "Traceback" in run.stderr) == (True, False)
    run = spawn("verify", f"outputs/{name}", cwd=folder)
    assert run.returncode in (3, 6)
    assert spawn("render", INPUT, "--html", cwd=folder).returncode == 5


def test_a_relative_namespace(issued: Docgen) -> None:
    """What libxml2 has no canonical form of is compared as it is."""
    part = "word/settings.xml"
    data = parts_of()[part].replace(b"<w:settings ", b'<w:settings xmlns:a="b" a:c="1" ', 1)
    assert data != parts_of()[part]
    DOCUMENT.write_bytes(packed(part, data))
    run = issued("verify", DOCUMENT)
    assert (run.code, codes(run)) == (6, ["V104"])


@pytest.mark.parametrize("name", ["2024.html", "2024.package.json", "2024.数据.json"])
def test_no_report_takes_an_issued_files_place(issued: Docgen, name: str) -> None:
    """Not by force, nor where it was edited, nor by a link; what is not issued goes by force."""
    path = Path("outputs") / name
    before = path.read_bytes()
    Path("link").mkdir()
    link = Path("link") / f"a{path.suffix}"
    link.symlink_to(path.resolve())
    shutil.copy(INPUT, "2023.json")
    for to in (path, link):
        runs = [issued("check", INPUT, "--report", to, "--force")]
        runs.append(issued("compare", INPUT, "2023.json", "--html", to, "--force"))
        for run in runs:
            assert (run.code, codes(run)) == (5, ["X501"])
            assert "是签发的文件或签发记录，加 --force 也不盖" in run.err
            assert "确实要覆盖" not in run.err
    assert path.read_bytes() == before
    other = Path(f"outputs/别的{path.suffix}")
    other.write_text("x")
    assert issued("check", INPUT, "--report", other, "--force").code == 0
    assert other.read_text(encoding="utf-8") != "x"


@pytest.mark.parametrize("forged", [with_seven, with_white])
def test_a_false_hash_of_docgens_own_template(issued: Docgen, forged: Callable[[], bytes]) -> None:
    """There is one of each version: it cannot have been another."""
    forge(forged())
    edit_record(lambda said: said["template"].update(sha256="0" * 64))
    run = issued("verify", DOCUMENT)
    assert (run.code, codes(run)) == (6, ["V108", "V110"])
    forge(packed("word/settings.xml", parts_of()["word/settings.xml"] + b" "))
    assert issued("verify", DOCUMENT).code == 6


@needs_office
def test_adjusted_for_the_seal(issued: Docgen) -> None:
    """A layout that docgen itself may choose is the report's own, and no other is."""
    own = DOCUMENT.read_bytes()
    adjusted = adjust(own, Choice(pitch=571))
    assert adjusted
    forge(adjusted)
    assert codes(issued("verify", DOCUMENT)) == ["V108"]  # the record does not tell of it
    done = ADJUSTED.at(Place(file="2024.docx"), what=what_was_done(Choice(pitch=571)))
    edit_record(lambda said: said["findings"].append(done.as_json()))
    assert issued("verify", DOCUMENT).code == 0
    assert issued("render", INPUT).code == 0  # the record is written as docgen writes it
    assert "已签发，没有变" in issued("render", INPUT).err
    assert DOCUMENT.read_bytes() == adjusted
    other = adjust(own, Choice(pitch=500))
    assert other
    forge(other)
    assert codes(issued("verify", DOCUMENT)) == ["V108"]
    assert codes(issued("render", INPUT)) == ["X504"]


@pytest.mark.slow
@needs_office
def test_a_proof_of_another_document(issued: Docgen) -> None:
    """A PDF is read again, every character: the record's word for it is not taken."""
    assert issued("render", INPUT, "--pdf").code == 0
    Path("other").mkdir()
    other = Path("other/2024.json")
    text = INPUT.read_text(encoding="utf-8").replace("我镇认真贯彻", "本镇认真贯彻", 1)
    other.write_text(text, encoding="utf-8")
    assert issued("render", other, "--pdf", "-o", "other").code == 0
    path = Path("outputs/2024.pdf")
    shutil.copy("other/2024.pdf", path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def claim(said: dict[str, Any]) -> None:
        next(e for e in said["beside"] if e["name"] == "2024.pdf").update(sha256=digest)

    edit_record(claim)
    run = issued("verify", path)
    assert (run.code, codes(run)) == (6, ["V108"])
    assert issued("verify", DOCUMENT).code == 0
    run = issued("render", INPUT, "--html", "--data")  # it shows another document: it goes
    assert (run.code, "X506 上次一起出的“2024.pdf”" in run.err, path.exists()) == (0, True, False)


PROOF = Path("outputs/2024.pdf")
WORDS_ONLY = "字逐个核对相同；图形、颜色和字以外的内容没有比，用印和发布以 DOCX 为准"


def _cover(pdf: Any) -> None:
    """Nothing shows any more below a white patch."""
    patch = raw.FPDFPageObj_CreateNewRect(100, 300, 300, 200)
    raw.FPDFPageObj_SetFillColor(patch, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(patch, raw.FPDF_FILLMODE_ALTERNATE, False)
    raw.FPDFPage_InsertObject(pdf[1], patch)
    raw.FPDFPage_GenerateContent(pdf[1])


def _blank(pdf: Any) -> None:
    pdf.new_page(595, 842)


def _note(pdf: Any) -> None:
    raw.FPDFPage_CloseAnnot(raw.FPDFPage_CreateAnnot(pdf[1], raw.FPDF_ANNOT_SQUARE))


def _attach(pdf: Any) -> None:
    pdf.new_attachment("a.txt").set_data(b"x")


def forge_proof(change: Callable[[Any], None]) -> None:
    """Put another proof in place, as docgen marks its own, and its hash into the record."""
    stream = io.BytesIO()
    with pypdfium2.PdfDocument(PROOF.read_bytes()) as pdf:
        change(pdf)
        pdf.save(stream)
    PROOF.write_bytes(normalise(stream.getvalue(), DOCUMENT.read_bytes()))
    digest = hashlib.sha256(PROOF.read_bytes()).hexdigest()
    edit_record(
        lambda said: next(e for e in said["beside"] if e["name"] == PROOF.name).update(
            sha256=digest
        )
    )


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("change", [_cover, _blank, _note, _attach])
def test_a_proof_forged_with_its_record(
    issued: Docgen, change: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its characters are the same: never more is said than that; `render` makes it anew."""
    assert issued("render", INPUT, "--pdf").code == 0
    sound = PROOF.read_bytes()
    assert "就是签发的那一份" in issued("verify", PROOF).err
    with monkeypatch.context() as without:
        without.setenv("DOCGEN_SOFFICE", "/none")
        run = issued("verify", PROOF)
        assert (run.code, WORDS_ONLY in run.err, "就是" in run.err) == (0, True, False)
    forge_proof(change)
    run = issued("verify", PROOF)
    assert ("就是签发的那一份" in run.err, "文件没有变" in run.err) == (False, False)
    assert run.code == (0 if change is _cover else 6)
    assert (WORDS_ONLY in run.err) == (change is _cover)
    if change in (_note, _attach):
        assert codes(run) == ["V108"]
    run = issued("render", INPUT, "--pdf")
    assert (run.code, "没有变" in run.err, PROOF.read_bytes() == sound) == (0, False, True)
    run = issued("render", INPUT, "--pdf")
    assert (run.code, "已签发，没有变" in run.err) == (0, True)


@pytest.mark.slow
@needs_office
def test_no_new_record_takes_over_an_old_proof(issued: Docgen) -> None:
    """What another docgen proved is not vouched for by a run that did not ask for a proof."""
    assert issued("render", INPUT, "--pdf").code == 0
    assert issued("render", INPUT, "--html", "--data").code == 0
    assert PROOF.exists()  # made from the same, it stays
    edit_record(lambda said: said["versions"].update(docgen="0.0.9"))
    run = issued("render", INPUT)
    assert (run.code, codes(run), "X506" in run.err, PROOF.exists()) == (0, [], True, False)
    assert "2024.pdf" not in RECORD.read_text(encoding="utf-8")
