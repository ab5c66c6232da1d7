"""The proof: a document as LibreOffice sets it, compared and measured. It is looked at, not issued.

    document → copy for LibreOffice → PDF → every character compared → measured → findings

`make_proof` proves one document, `make_proofs` many in one call of LibreOffice; `fit_seal` and
`fit_seals` adjust documents, as the standard allows, until the seal finds room.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from docgen.errors import InputStop, Stop
from docgen.files.ooxml import NotPackage, read_parts
from docgen.files.outward import leads_out
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.layout.adjustments import ADJUSTED, CHOICES, FIRST_CHOICES, adjust, what_was_done
from docgen.layout.guide import draw_guide
from docgen.layout.measures import Measures, lines_of, measure
from docgen.layout.office import ProofStop, convert
from docgen.layout.office.copies import for_office
from docgen.layout.passages import Source, read_source
from docgen.layout.pdf import fault_of, holds_foreign, normalise
from docgen.layout.printed import read_pages
from docgen.layout.seal import NO_SEAL_ROOM, SEAL_MM, SealPlace
from docgen.layout.signature import SIGNATURE_ALONE, SIGNATURE_SPLIT
from docgen.layout.substitutes import named_fonts
from docgen.layout.tracing import Differs, Trace, trace

NOT_DOCX = Rule(
    code="F106",
    name="不是 Word 文件",
    severity="error",
    message="“{name}”不是可用的 DOCX 文件：{why}",
    why="校样只能从 Word 的 .docx 文件出；.doc、.wps 或改了后缀的文件不行。",
    example="把 .doc 改名成了 .docx。",
    cure="用 Word 或 WPS 打开它，另存为 .docx。",
)
LEADS_OUT = Rule(
    code="F108",
    name="文件会到外面去取内容",
    severity="error",
    message="“{name}”里有{what}，没有出校样",
    why="排版时会到文件外面去取内容，或打开嵌着的别的东西；别人发来的文件，docgen 不让它这样做。",
    example="文件里的图片是链接，每次打开都要到网上去取。",
    cure="在 Word 里打开，把链接的图片改成嵌入的（“文件—信息—编辑指向文件的链接—断开链接”），"
    "把对象和域换成文字或图片，再试。",
    since="0.2.0",
)

#: Of what pictures and links come on a page: `<w:drawing>`, `<w:pict/>`; `<w:picture>` is none.
_DRAWN = re.compile(
    rb"<w:(?:drawing|pict|object|hyperlink|footnoteReference|endnoteReference)[\s/>]"
)
_NO_ROOM = (SIGNATURE_ALONE, SIGNATURE_SPLIT, NO_SEAL_ROOM)


@dataclass(frozen=True)
class Proof:
    """A document's proof: its PDF, what was measured and found, which fonts stand in."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]
    substitutions: tuple[str, ...]
    measures: Measures


def make_proof(
    document: bytes,
    *,
    seal_mm: float = SEAL_MM,
    seal_guide: bool = False,
    name: str = "",
    form: Form | None = None,
    timeout: float | None = None,
) -> Proof:
    """Return the proof of a DOCX; `name` is what findings call it, `timeout` in seconds.

    A document of a `form` is held against what the form says of its page, too.

    Raise InputStop if this is no DOCX and ProofStop if no proof can be made of it.
    """
    proofs = make_proofs(
        [document],
        seal_mm=seal_mm,
        seal_guide=seal_guide,
        names=[name],
        forms=[form],
        timeout=timeout,
    )
    if isinstance(proofs[0], Stop):
        raise proofs[0]
    return proofs[0]


def make_proofs(
    documents: Sequence[bytes],
    *,
    seal_mm: float = SEAL_MM,
    seal_guide: bool = False,
    names: Sequence[str] = (),
    forms: Sequence[Form | None] = (),
    timeout: float | None = None,
) -> list[Proof | Stop]:
    """Return the proof of each DOCX, or what stopped it: a bad one does not stop the rest.

    `names` and `forms` are those of the documents, as far as they are known.

    Raise ProofStop if there is no LibreOffice.
    """
    named = [*names, *("" for _ in documents[len(names) :])]
    known = [*forms, *(None for _ in documents[len(forms) :])]
    sources = [_read_or_stop(*one) for one in zip(documents, named, known, strict=True)]
    jobs = {
        number: _Job(document, source, named[number])
        for number, (document, source) in enumerate(zip(documents, sources, strict=True))
        if isinstance(source, Source)
    }
    settings = _Settings(seal_mm, seal_guide, timeout)
    made = _prove_all(jobs, settings)
    again = {}
    for number, job in jobs.items():
        carried = _last_line(made[number])
        if carried and for_office(job.document) != for_office(job.document, carried):
            again[number] = job._replace(carried=carried)

    made |= _prove_all(again, settings) if again else {}
    return [
        source if isinstance(source, Stop) else made[number][0]
        for number, source in enumerate(sources)
    ]


class _Job(NamedTuple):
    document: bytes
    source: Source
    name: str
    carried: int = 0  # characters that go to the next page with the signature


class _Settings(NamedTuple):
    seal_mm: float
    seal_guide: bool
    timeout: float | None


_Made = tuple[Proof | Stop, Trace | None]


def _prove_all(jobs: Mapping[int, _Job], settings: _Settings) -> dict[int, _Made]:
    """Return each document's proof and where all on it stands, by one call of LibreOffice."""
    answers = convert(
        {str(number): for_office(job.document, job.carried) for number, job in jobs.items()},
        {str(number): job.name for number, job in jobs.items()},
        settings.timeout,
    )
    made: dict[int, _Made] = {}
    for number, job in jobs.items():
        answer = answers[str(number)]
        if isinstance(answer, bytes):
            made[number] = _prove_pdf(normalise(answer, job.document), job, settings)
        else:
            made[number] = answer, None

    return made


def _last_line(made: _Made) -> int:
    """Return how many characters the last line has above a signature that stands alone."""
    proof, found = made
    if not isinstance(proof, Proof) or found is None:
        return 0
    if not any(finding.rule is SIGNATURE_ALONE for finding in proof.findings):
        return 0
    above = [p for p in found.source.passages if p.number < found.source.names[0].number]
    lines = lines_of(found.of(above[-1])) if above else []
    return lines[-1].count if len(lines) > 1 else 0


def fit_seal(
    document: bytes,
    *,
    seal_mm: float = SEAL_MM,
    seal_guide: bool = False,
    name: str = "",
    form: Form | None = None,
    timeout: float | None = None,
) -> tuple[bytes, Proof]:
    """Return the document, adjusted if the seal has no room, and its proof: it says how.

    Adjustments are tried in two calls of LibreOffice and the first that helps is taken; if none
    does, the document is as it was and its proof says why. Raise as `make_proof`.
    """
    [(document, proof)] = fit_seals(
        [document],
        seal_mm=seal_mm,
        seal_guide=seal_guide,
        names=[name],
        forms=[form],
        timeout=timeout,
    )
    if isinstance(proof, Stop):
        raise proof
    return document, proof


def fit_seals(
    documents: Sequence[bytes],
    *,
    names: Sequence[str],
    forms: Sequence[Form | None] = (),
    seal_mm: float = SEAL_MM,
    seal_guide: bool = False,
    timeout: float | None = None,
) -> list[tuple[bytes, Proof | Stop]]:
    """Do as `fit_seal` for many documents in the same few calls of LibreOffice."""
    prove = partial(make_proofs, seal_mm=seal_mm, seal_guide=seal_guide, timeout=timeout)
    known = [*forms, *(None for _ in documents[len(forms) :])]
    fitted = list(zip(documents, prove(documents, names=names, forms=known), strict=True))
    first = FIRST_CHOICES
    for choices in (CHOICES[:first], CHOICES[first:]):
        tried = [
            (number, choice, adjusted)
            for number, (document, proof) in enumerate(fitted)
            if isinstance(proof, Proof) and _lacks_room(proof)
            for choice in choices
            if (adjusted := adjust(document, choice)) is not None
        ]
        proofs = prove(
            [adjusted for *_, adjusted in tried],
            names=[names[number] for number, *_ in tried],
            forms=[known[number] for number, *_ in tried],
        )
        for (number, choice, adjusted), proof in reversed(list(zip(tried, proofs, strict=True))):
            if isinstance(proof, Proof) and not _lacks_room(proof):
                done = ADJUSTED.at(Place(file=names[number]), what=what_was_done(choice))
                fitted[number] = adjusted, replace(proof, findings=(*proof.findings, done))

    return fitted


def find_layout(document: bytes, other: bytes, name: str) -> tuple[Finding, ...] | None:
    """Return what was done to make room for the seal if `other` is this document adjusted so.

    Nothing if it is this very document; None if it is another.
    """
    if other == document:
        return ()
    for choice in CHOICES:
        if adjust(document, choice) == other:
            return (ADJUSTED.at(Place(file=name), what=what_was_done(choice)),)

    return None


def prove_again(
    document: bytes, pdf: bytes, *, name: str, seal_mm: float, form: Form | None = None
) -> Proof | None:
    """Return the proof that this PDF is, measured anew; None if it shows another document."""
    source = _read_or_stop(document, name, form)
    if isinstance(source, Stop) or fault_of(pdf) or normalise(pdf, document) != pdf:
        return None
    rich = any(_DRAWN.search(part) for part in read_parts(document).values())
    if holds_foreign(pdf, rich=rich):
        return None
    proof, _ = _prove_pdf(pdf, _Job(document, source, name), _Settings(seal_mm, False, None))
    return proof if isinstance(proof, Proof) else None


def _lacks_room(proof: Proof) -> bool:
    return any(finding.rule in _NO_ROOM for finding in proof.findings)


def _read_or_stop(document: bytes, name: str, form: Form | None) -> Source | Stop:
    try:
        source = read_source(document, form)
        if found := leads_out(read_parts(document)):
            return InputStop(LEADS_OUT.at(Place(file=name), name=name, what="、".join(found)))
    except NotPackage as error:
        return InputStop(NOT_DOCX.at(Place(file=name), name=name, why=str(error)))
    return source


def _prove_pdf(pdf: bytes, job: _Job, settings: _Settings) -> _Made:
    try:
        found = trace(job.source, read_pages(pdf, guide=False), job.name)
        measures, findings = measure(found, settings.seal_mm, job.name)
        if settings.seal_guide and measures.seal is not None:
            pdf = _with_guide(pdf, found, measures.seal, job)
    except Differs as error:
        return ProofStop(*error.findings), None

    substitutions, notes = named_fonts(found)
    placed = tuple(replace(f, places=(Place(file=job.name),)) for f in (*findings, *notes))
    return Proof(pdf, len(found.pages), placed, substitutions, measures), found


def _with_guide(pdf: bytes, found: Trace, place: SealPlace, job: _Job) -> bytes:
    """Return the proof with the seal's place on it, compared once more."""
    drawn = normalise(draw_guide(pdf, found.pages[place.page - 1], place), job.document)
    trace(found.source, read_pages(drawn), job.name)
    return drawn
