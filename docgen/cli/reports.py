"""Command about reports: render."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.inputs import carry_out, names_of_others, refuse_many
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import (
    Inputs,
    Jobs,
    Kept,
    LinePerInput,
    OutputFolder,
    Previous,
    Roster,
    SealSize,
)
from docgen.cli.outputs import same_output
from docgen.cli.teller import OutcomeTeller
from docgen.cli.usage import USAGE, Command
from docgen.errors import SOUND, UsageStop
from docgen.files.inputs import find_inputs, input_name, output_stem
from docgen.forms.loader import folders_used, use_folders
from docgen.issuing.outputs import Beside
from docgen.pipeline import Settings, issue_many, read_many

#: A reason is a sentence.
_LONGEST_REASON = 200


@app.command("render", cls=Command)
def render(
    context: typer.Context,
    inputs: Inputs,
    output: OutputFolder = Path("outputs"),
    template: Annotated[
        Path | None,
        typer.Option(readable=False, metavar="模板", help="用这个 DOCX 模板，不用自带的"),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="只出一份看：没有错误的标“送审稿”，有错误的标“草稿”，不签发"),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件，没有变的也重做")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="另出校样（PDF），并留出用印的位置")] = False,
    png: Annotated[bool, typer.Option("--png", help="另出校样和每页的图片")] = False,
    seal_guide: Annotated[
        bool, typer.Option("--seal-guide", help="另出校样，用虚线圈出用印位置（只在校样上）")
    ] = False,
    seal: SealSize = 42,
    html: Annotated[
        bool, typer.Option("--html", help="另出网页，和粘贴到网站后台用的 X.粘贴.html")
    ] = False,
    data: Annotated[bool, typer.Option("--data", help="另出开放数据（CSV 和 JSON）")] = False,
    reissue: Annotated[
        str | None,
        typer.Option(
            "--reissue", metavar="原因", help="出更正版：上一份留着，写明改了哪里、为什么"
        ),
    ] = None,
    previous: Previous = None,
    kept: Kept = 50,
    roster: Roster = None,
    jobs: Jobs = None,
    form: FormPlace = "",
    cluster: Annotated[
        str | None, typer.Option(metavar="地址", help="交给一个 Dask 集群去做，写明调度器的地址")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="输入、模板或表式一改就重做，直到按 Ctrl-C")
    ] = False,
    as_json: LinePerInput = False,
) -> None:
    """核对并出文件：通过的写成 outputs/名称.docx 和签发记录。"""
    use_form(form)
    beside = Beside(pdf, png, seal_guide, seal, html, data)
    reason = _reason_given(reissue, alone=not (draft or watch or cluster))
    settings = Settings(
        output, template, draft, force, beside, previous, kept / 100, reissue=reason
    )
    told = {"as_json": as_json, "outputs": True, "traceback": bool(context.obj)}
    if watch:
        _watch_inputs(inputs, settings, jobs, cluster, told)
    paths = find_inputs(inputs)
    if reason and len(paths) > 1:
        raise UsageStop(USAGE.at(what="--reissue 一次只能更正一份报告"))
    others = names_of_others(paths, roster)
    settings = replace(settings, others=others, alone=len(paths) == 1)
    teller = OutcomeTeller(paths, roster, **told)
    raise typer.Exit(teller.tell_all(_issue_all(paths, settings, jobs, cluster)))


def _reason_given(reissue: str | None, *, alone: bool) -> str:
    """Return why a report is corrected; blank if it is not. Raise UsageStop where it cannot be."""
    if reissue is None:
        return ""
    if not alone:
        raise UsageStop(USAGE.at(what="--reissue 不能和 --draft、--watch、--cluster 一起用"))
    reason = " ".join(reissue.split())
    if not reason or len(reason) > _LONGEST_REASON or not reason.isprintable():
        what = f"--reissue 后面要写更正的原因，不超过 {_LONGEST_REASON} 个字"
        raise UsageStop(USAGE.at(what=what))
    return reason


def _issue_all(
    paths: list[Path], settings: Settings, jobs: int | None, cluster: str | None
) -> Iterator[Outcome]:
    """Yield what becomes of every input. Raise UsageStop before anything is done."""
    refuse_many(paths, settings.previous)
    if cluster is not None and jobs:
        raise UsageStop(USAGE.at(what="--cluster 和 --jobs 只能写一个"))

    apart, alike = _part_by_output(paths, settings)
    if not alike:
        return _carry_out(apart, settings, jobs, cluster)
    return _issue_alike(apart, alike, settings, jobs, cluster)


def _carry_out(
    paths: list[Path], settings: Settings, jobs: int | None, cluster: str | None
) -> Iterator[Outcome]:
    """Yield what becomes of inputs of which each writes files of its own."""
    if cluster is not None:
        from docgen.county.cluster import run_on_cluster

        return run_on_cluster(cluster, paths, settings)

    work = partial(issue_many, settings=settings)
    return carry_out(work, paths, jobs, together=settings.beside.proof)


def _part_by_output(
    paths: list[Path], settings: Settings
) -> tuple[list[Path], dict[Path, list[Path]]]:
    """Return the inputs whose outputs are called as no other's; the others by that document.

    A published report writes nothing, so it is in nobody's way.
    """
    from docgen.issuing.record import target_of
    from docgen.read.published import READERS

    named: dict[str, list[tuple[Path, Path]]] = {}
    apart = []
    for path in paths:
        if path.suffix.lower() in READERS and path.is_file():
            apart.append(path)
            continue
        target = target_of(input_name(path), settings.folder, draft=settings.draft).document
        # Windows takes A.docx for a.docx
        named.setdefault(str(target).casefold(), []).append((path, target))

    apart += [group[0][0] for group in named.values() if len(group) == 1]
    alike = {g[0][1]: [path for path, _ in g] for g in named.values() if len(g) > 1}
    order = {path: number for number, path in enumerate(paths)}
    return sorted(apart, key=order.__getitem__), alike


def _issue_alike(
    apart: list[Path],
    alike: dict[Path, list[Path]],
    settings: Settings,
    jobs: int | None,
    cluster: str | None,
) -> Iterator[Outcome]:
    """Yield what becomes of inputs of which some are called the same: those by body and year.

    Of two that are one body's of one year neither is issued.
    """
    from docgen.issuing.record import stem_of

    if apart:
        yield from _carry_out(apart, settings, jobs, cluster)

    taken = {output_stem(input_name(path)).casefold() for path in apart}
    targets = {path: target for target, group in alike.items() for path in group}
    stems: dict[str, list[Path]] = {}
    for read in carry_out(read_many, [path for group in alike.values() for path in group], jobs):
        if read.verdict != "sound":
            yield read
            continue
        name = read.body or input_name(read.input)
        stem = stem_of(name, read.year, read.family).casefold()
        stems.setdefault(stem, []).append(read.input)

    own = []
    for stem, group in stems.items():
        if len(group) == 1 and stem not in taken:
            own += group
            continue
        for path in group:
            other = next((one for one in group if one != path), path)
            yield same_output(path, other, targets[path])

    if own:
        yield from _carry_out(own, replace(settings, by_body=True), jobs, cluster)


def _watch_inputs(
    inputs: list[Path],
    settings: Settings,
    jobs: int | None,
    cluster: str | None,
    told: dict[str, bool],
) -> NoReturn:
    """Issue, and again whenever something changes, until it is interrupted."""
    from docgen.cli.watch import News, wait_for_changes

    code, news = SOUND, News()
    forms = folders_used()
    others = [*forms, *(path for path in (settings.template, settings.previous) if path)]

    try:
        for paths in wait_for_changes(lambda: find_inputs(inputs), others):
            use_folders(forms)  # one may be another now
            try:
                issued = list(news.among(_issue_all(paths, settings, jobs, cluster)))
                code = OutcomeTeller([one.input for one in issued], None, **told).tell_all(issued)
            except UsageStop as error:
                console.show_findings(error.findings)
            if not told["as_json"]:
                console.say("等着文件改动；按 Ctrl-C 结束")
    except KeyboardInterrupt:
        raise typer.Exit(code) from None

    raise AssertionError  # changes never end
