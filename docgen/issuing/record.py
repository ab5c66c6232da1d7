"""The record of an issue (`2024.package.json`): what it says, how it is written and read.

It holds the hashes of inputs, template and document, and the document itself, so that every
change to it can be named. It is evidence, not authority: whoever can edit the document can edit
the record too, so what it says of itself is believed by nobody who can make the issue again.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docgen import files
from docgen.files.inputs import output_stem, portable_name
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.forms.loader import find_form, usual_form
from docgen.model import Reading

DRAFT_TAG = "草稿"
#: What follows the name of a report in the names of its document and its record.
DOCUMENT, RECORD = ".docx", ".package.json"
#: What else docgen writes for a document; nothing but these is ever removed. `-1.png` is one,
#: `-01.png`, `.json` and `/x.pdf` are none.
BESIDE = re.compile(
    r"\.pdf|-[1-9][0-9]{0,3}\.png|(?:\.粘贴)?\.html|\.数据\.(?:csv|json)|\.更正说明\.txt"
)
#: The option of a record that names the folder in which last year's report was looked for.
ARCHIVE = "previous_in"
#: A record of a report is about 20 KB; one of the largest input docgen reads is below this.
MOST_BYTES = 4 * files.LIMIT


@dataclass(frozen=True)
class Target:
    """Where one report's document and record go, and what stands beside them."""

    folder: Path
    stem: str

    @property
    def document(self) -> Path:
        return self.beside(DOCUMENT)

    @property
    def record(self) -> Path:
        return self.beside(RECORD)

    def beside(self, suffix: str) -> Path:
        """Return the file whose name goes on like this."""
        return self.folder / f"{self.stem}{suffix}"

    def suffix(self, name: str) -> str:
        """Return what follows the stem in this name; nothing if the name begins otherwise."""
        return name[len(self.stem) :] if name.startswith(self.stem) else ""


def is_beside(suffix: str) -> bool:
    """Whether docgen writes a file that is called so beside a document."""
    return BESIDE.fullmatch(suffix) is not None


@dataclass(frozen=True)
class Sources:
    """What an issue is made from, and nothing else: the same sources make the same bytes."""

    inputs: Mapping[str, bytes]  # by file name
    previous: Mapping[str, bytes]  # last year's input it was checked against, by file name
    template: tuple[str, bytes]  # name and bytes
    form: str  # the digest of its form's folder
    versions: Mapping[str, str]
    options: Mapping[str, bool | float | str]  # what was asked for beside the document
    draft: bool

    def as_json(self) -> dict[str, object]:
        """Return the members of the record that say it."""
        return {
            "status": "draft" if self.draft else "issued",
            "versions": dict(self.versions),
            "inputs": [_named(name, data) for name, data in self.inputs.items()],
            "previous": [_named(name, data) for name, data in self.previous.items()],
            "template": _named(*self.template),
            "form_sha256": self.form,
            "options": dict(self.options),
        }


@dataclass(frozen=True)
class Issue:
    """What is issued: everything the record speaks of."""

    reading: Reading
    sources: Sources
    findings: Sequence[Finding]
    document: bytes
    beside: Mapping[str, bytes]  # by what follows the document's stem
    pages: int | None  # of the proof, if one was made
    returned: Mapping[str, str] | None = None  # the document that changes were taken over from
    reissue: Mapping[str, object] | None = None  # what it corrects of the issue before it, and why


def target_of(reading_name: str, folder: Path, *, draft: bool) -> Target:
    """Return the files for an input: named after it alone, never after anything inside it."""
    stem = output_stem(reading_name)
    return Target(folder, f"{stem}.{DRAFT_TAG}" if draft else stem)


def stem_of(name: str, year: int | None, family: str) -> str:
    """Return what the files of a report are called by its body, its year and which report it is.

    The report that most bodies send is named by those two alone.
    """
    usual = usual_form(year)
    own = f"-{family}" if usual and family and family != (usual.family or usual.key) else ""
    return portable_name(f"{name}-{year}{own}" if year else f"{name}{own}")


def write_record(target: Target, issue: Issue) -> bytes:
    """Return the record's bytes."""
    report, form = issue.reading.report, issue.reading.form
    record = issue.sources.as_json() | {
        "form": form.key,
        "sums": len(form.balances),
        "sealed": "seal" in form.outputs,
        "year": report.year,
        "body": report.body.name,
        "title": report.title,
        "document": _named(target.document.name, issue.document)
        | {"base64": base64.b64encode(issue.document).decode()},
        "beside": [
            _named(target.beside(suffix).name, data) for suffix, data in issue.beside.items()
        ],
        "pages": issue.pages,
        "findings": [finding.as_json() for finding in issue.findings],
    }
    if report.unconfirmed:  # what somebody has said is so
        record["asked"] = [asked.model_dump() for asked in report.unconfirmed]
    if issue.returned:
        record["returned"] = dict(issue.returned)
    if issue.reissue:
        record["reissue"] = dict(issue.reissue)
    lines = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in record.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _named(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "sha256": files.sha256(data)}


@dataclass(frozen=True)
class Record:
    """A record as it lies there: only its shape is sound, nothing in it is believed."""

    members: Mapping[str, object]
    named: Mapping[str, str]  # the document: its name, sha256, base64
    others: tuple[Mapping[str, str], ...]  # what was issued beside it: name and sha256

    @property
    def issued(self) -> bool:
        """Whether it speaks of an issue, not of a draft."""
        return bool(self.members["status"] == "issued")

    @property
    def sha256(self) -> str:
        """The hash of the document."""
        return self.named["sha256"]

    @property
    def beside(self) -> dict[str, str]:
        """The hashes of what docgen issued beside the document, by what follows its name.

        Names that docgen writes for no document do not count, whoever put them there.
        """
        own = Target(Path(), self.named["name"].removesuffix(DOCUMENT))
        named = {own.suffix(entry["name"]): entry["sha256"] for entry in self.others}
        return {suffix: digest for suffix, digest in named.items() if is_beside(suffix)}

    @cached_property
    def document(self) -> bytes:
        """The document it holds. Raise ValueError if that is not the one it names."""
        document = base64.b64decode(self.named["base64"])
        if files.sha256(document) != self.sha256:
            raise ValueError("another document")
        return document

    @property
    def returned(self) -> dict[str, str] | None:
        """The document that changes were taken over from, by name and hash, if it names one."""
        try:
            return _texts_of(self.members["returned"], "name", "sha256")  # type: ignore[arg-type]
        except (KeyError, TypeError):
            return None

    def says(self, sources: Sources) -> bool:
        """Whether it names just these sources, whatever was asked for beside the document."""
        said = sources.as_json()
        return all(self.members.get(key) == said[key] for key in said if key != "options")

    def same_making(self, other: "Record") -> bool:
        """Whether both say that they were made from the same sources by the same docgen."""
        keys = ("status", "versions", "inputs", "previous", "template", "form_sha256")
        return all(self.members.get(key) == other.members.get(key) for key in keys)


def form_of(record: Record) -> Form | None:
    """Return the form that a record names, if docgen knows it."""
    return find_form(str(record.members.get("form")))


def parse_record(data: bytes) -> Record | None:
    """Return the record in these bytes, if they are one."""
    try:
        members = json.loads(data)
        named = _texts_of(members["document"], "name", "sha256", "base64")
        others = tuple(_texts_of(entry, "name", "sha256") for entry in members["beside"])
        well_formed = members["status"] in ("issued", "draft")
    except (ValueError, KeyError, TypeError, RecursionError):
        return None

    return Record(members, named, others) if well_formed else None


def _texts_of(entry: Mapping[str, object], *names: str) -> dict[str, str]:
    """Return these members of an entry. Raise KeyError or TypeError where one is no text."""
    texts = {name: entry[name] for name in names}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    return {name: str(text) for name, text in texts.items()}


def load_record(path: Path) -> Record | None:
    """Return the record in this file, if it is one."""
    data = files.regular_bytes(path, MOST_BYTES)
    return None if data is None else parse_record(data)
