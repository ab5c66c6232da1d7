"""Commands about finished documents: verify."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import IssuedInput, IssuedPrevious, IssuedTemplate
from docgen.cli.usage import USAGE, Command
from docgen.errors import VERIFY_DIFFERS, InputStop, UsageStop
from docgen.files.visible import visible
from docgen.finding import Finding, Rule

if TYPE_CHECKING:  # what makes an issue again is read where one is verified
    from docgen.remake import Again


SHORT_DIFFERS = Rule(
    code="H203",
    name="与审批单上的校验码不符",
    severity="error",
    message="“{name}”的校验码是 {actual}，审批单上是 {expected}",
    why="校验码不同，文件就不是审批的那一份，或审批后改过。",
    example="审批后又重新签发了一次，盖章时拿错了文件。",
    cure="找到审批的那一份；文件确实换了，就重新出审批单、重新审批。",
)


@app.command("verify", cls=Command)
def verify_command(
    documents: Annotated[
        list[Path],
        typer.Argument(
            readable=False,
            metavar="文件",
            help="outputs 里的文件；从网站上存下来的网页，盖过章的 PDF、OFD",
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            readable=False,
            metavar="签发的文件",
            help="和哪一份签发的文件比；不写则照文件名在旁边和 outputs 里找",
        ),
    ] = None,
    given: IssuedInput = None,
    template: IssuedTemplate = None,
    previous: IssuedPrevious = None,
    form: FormPlace = "",
    short: Annotated[
        str, typer.Option("--short", metavar="校验码", help="用印审批单上印的校验码")
    ] = "",
) -> None:
    """看文件是不是签发的那一份；不是，就说出改了哪里。"""
    from docgen.issuing.verify import find_issue, verify_file
    from docgen.remake import Again, Given, make_again

    use_form(form)
    if len(documents) > 1 and (short or given or against):
        raise UsageStop(USAGE.at(what="校验码、--against 和 --input 只能用于一个文件"))

    code, sources = 0, Given(given, template, previous)
    for path in documents:
        again = Again()
        try:
            found = _compare_short(path, short) if short else verify_file(path, given, against)
            if not found and not short:
                target, suffix = find_issue(path, against)
                again = make_again(target.beside(suffix), sources)
                found = list(again.findings)
        except InputStop as error:
            console.show_findings(error.findings)
            code = max(code, error.exit_code)
            continue
        console.show_findings(found)
        console.say(f"{path}：{_short_verdict(found) if short else _tell_verdict(found, again)}")
        _tell_corrected(path)
        differs = any(finding.severity != "note" for finding in found)
        code = max(code, VERIFY_DIFFERS) if differs else code

    raise typer.Exit(code)


def _tell_corrected(path: Path) -> None:
    """Tell of a corrected issue: that this is one, or that one took the place of this."""
    from docgen.issuing.reissue import reissue_of, superseded_by
    from docgen.issuing.verify import record_at, target_at

    newer, record = superseded_by(target_at(path)[0]), record_at(path)
    reissue = reissue_of(record) if record else None
    if newer:
        console.say(f"这是更正前的一份，后来出过更正版：{newer.document}")
    elif reissue:
        console.say(f"这是第 {reissue.number} 次更正的一份，更正原因：{visible(reissue.reason)}")


def _compare_short(path: Path, short: str) -> list[Finding]:
    """Return the printed short form against the file: it needs no record beside it."""
    from docgen.publish.seal_form import matches_short, short_form

    digest = files.sha256(files.read_bytes(path))
    if matches_short(short, digest):
        return []
    return [SHORT_DIFFERS.at(name=path.name, actual=short_form(digest), expected=short)]


def _short_verdict(found: list[Finding]) -> str:
    return "与审批单不符" if found else "与审批单相符"


def _tell_verdict(found: list[Finding], again: "Again") -> str:
    """Return what was proved, and no more."""
    return _tell_differing(found, again) if found else _tell_same(again)


def _tell_differing(found: list[Finding], again: "Again") -> str:
    """Return what is to be said of a file that is not just the one that was issued."""
    from docgen.issuing.saved_page import PAGE_SAME
    from docgen.issuing.sealed import NO_WORDS, SAME_WORDS
    from docgen.issuing.verify import NO_PACKAGE
    from docgen.remake import FORM_CHANGED, INPUT_CHANGED, RECORD_EDITED

    rules_found = {finding.rule for finding in found}
    if rules_found & {NO_PACKAGE, NO_WORDS}:
        return "无法核验"
    if rules_found and rules_found <= {SAME_WORDS, PAGE_SAME}:
        return "文字和数字与签发的相同"
    if rules_found == {RECORD_EDITED}:
        if again.words_only:
            return "字逐个核对相同，可是签发记录和它对不上：文件或记录改过"
        return "文件没有变，签发记录改过"

    sources = {INPUT_CHANGED: "输入", FORM_CHANGED: "表式"}
    if changed := next((name for rule, name in sources.items() if rule in rules_found), ""):
        return f"与签发记录相符，可是和现在的{changed}对不上"
    return "不是签发的那一份"


def _tell_same(again: "Again") -> str:
    """Return how sure it is that a file is the one that was issued."""
    if again.input is None:
        return (
            "与签发记录相符。没有找到输入，没有重新做一遍来比："
            "文件和记录若是一起改过，这样看不出来；用 --input 指明输入再核验"
        )

    if again.unsure:
        return f"与签发记录相符，但没能照“{again.input}”重新做一遍来比：{again.unsure}"
    if again.rival:
        return (
            f"与签发记录相符，照“{again.input}”重新做一遍也相同；可是“{again.rival}”"
            "名字一样、内容不同，分不清哪一份才是真的输入：用 --input 指明再核验"
        )

    if again.words_only:
        return (
            f"照“{again.input}”重新做了一遍，字逐个核对相同；"
            "图形、颜色和字以外的内容没有比，用印和发布以 DOCX 为准"
        )

    return f"就是签发的那一份（照“{again.input}”重新做了一遍，结果相同）"
