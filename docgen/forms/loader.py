"""Where forms are found, and how a folder of TOML becomes one: as safely as an input is read.

Forms stand in docgen, in `./forms`, and where `use_folder` says. A form of docgen has a `built.py`
beside its text, the same form as Python writes it: it starts at once, and is used only for the
very bytes it was made from. Of another form no code is ever run.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import NamedTuple

from docgen.errors import InputStop
from docgen.files import read_bytes
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form

FORM_FAULT = Rule(
    code="X330",
    name="表式写得不对",
    severity="error",
    message="表式“{form}”：{why}",
    why="表式决定有哪些表、行列和关系；写错一处，就会少核对、多印或漏印，docgen 不猜。",
    example="rows 里的一行只写了名称，没有写英文代号。",
    cure="照提示改这一行，再运行 docgen form check；写法见 docs/form.md。",
    since="0.3.0",
)

OWN = Path(__file__).parent
BUILT = "built.py"
#: Other folders that hold forms, or are one; in the order they were given.
_more: list[Path] = []
_LARGEST = 400_000  # bytes of all files of a form
_DEEPEST = 5  # editions of editions


class Folder(NamedTuple):
    """A form's folder as it is read: its key, its files by name, and their digest."""

    path: Path
    files: Mapping[str, bytes]

    @property
    def key(self) -> str:
        return self.path.name


def use_folder(path: Path) -> None:
    """Look for forms in this folder, too; it may be a form itself."""
    if path not in _more:
        _more.append(path)
    find_form.cache_clear()


def folders_used() -> tuple[Path, ...]:
    """Return the folders given by `use_folder`."""
    return tuple(_more)


def form_keys() -> list[str]:
    """Return the keys of all forms at hand, docgen's own first."""
    return list(dict.fromkeys(path.name for path in _folders()))


def own_keys() -> list[str]:
    """Return the keys of docgen's own forms."""
    return [path.name for path in _forms_in(OWN)]


def _folders() -> Iterator[Path]:
    """Yield the folder of each form at hand."""
    yield from _forms_in(OWN)
    yield from _forms_in(Path("forms"))
    for path in _more:
        yield from [path.resolve()] if _is_form(path) else _forms_in(path)


def _forms_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _is_form(path))
    except OSError:
        return []


def _is_form(path: Path) -> bool:
    return (path / "form.toml").is_file()


@cache
def find_form(key: str) -> Form | None:
    """Return the form with this key, or None. Raise InputStop where it is faulty."""
    path = next((path for path in _folders() if path.name == key), None)
    return load_form(path) if path else None


def own_forms() -> list[Form]:
    """Return docgen's own forms."""
    return [form for key in own_keys() if (form := find_form(key))]


def usual_form(year: int | None = None) -> Form | None:
    """Return the form that is taken for a year (any) where none is named."""
    usual = (form for form in own_forms() if form.is_usual)
    fit = [form for form in usual if form.is_for(year or form.first_year)]
    return max(fit, key=lambda form: form.first_year, default=None)


def load_form(path: Path) -> Form:
    """Return the form of a folder. Raise InputStop with every fault of it."""
    chain = _read_chain(path)
    digest = digest_of(chain)
    if path.parent == OWN and (built := _load_built(path / BUILT, digest)):
        return built
    return _read_form(chain, digest)


def text_form(key: str) -> Form:
    """Return a form of docgen as its text says, whatever was built of it. Raise InputStop."""
    chain = _read_chain(OWN / key)
    return _read_form(chain, digest_of(chain))


def _read_form(chain: list[Folder], digest: str) -> Form:
    from docgen.forms.reading import read_form  # what most runs need not

    return read_form(chain, digest)


def read_folder(path: Path) -> Folder:
    """Return the text files of a form's folder. Raise InputStop if one cannot be read."""
    files = {file.name: read_bytes(file) for file in sorted(path.glob("*.toml"))}
    if sum(map(len, files.values())) > _LARGEST:
        raise form_stop(path.name, f"文字超过 {_LARGEST // 1000} KB")
    return Folder(path, files)


def _read_chain(path: Path) -> list[Folder]:
    """Return a form's folder and those of the forms it extends, itself first."""
    chain = [read_folder(path)]
    while parent := _parent_of(chain[-1]):
        near = (path.parent / parent, OWN / parent, Path("forms") / parent)
        found = next((folder for folder in near if _is_form(folder)), None)
        if found is None or len(chain) == _DEEPEST:
            why = f"extends 写的“{parent}”没有找到" if found is None else "extends 套得太多"
            raise form_stop(path.name, why, "form.toml")
        chain.append(read_folder(found))
    return chain


def _parent_of(folder: Folder) -> str:
    """Return the key of the form that one extends; blank for none."""
    for line in folder.files["form.toml"].decode("utf-8-sig", "replace").splitlines():
        name, is_set, value = line.partition("=")
        if is_set and name.strip() == "extends":
            return value.partition("#")[0].strip().strip("\"'")
        if line.lstrip().startswith("["):
            break
    return ""


def digest_of(chain: list[Folder]) -> str:
    """Return the SHA-256 of all that a form is made from."""
    digest = hashlib.sha256()
    for folder in chain:
        for name, data in sorted(folder.files.items()):
            digest.update(f"{folder.key}/{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _load_built(path: Path, digest: str) -> Form | None:
    """Return the form that a `built.py` of docgen holds, if it was made from these bytes."""
    if not path.is_file():
        return None

    name = f"docgen.forms.built_{path.parent.name.replace('-', '_')}"
    loader = SourceFileLoader(name, str(path))
    spec = spec_from_loader(name, loader)
    assert spec is not None  # there is a loader
    module = module_from_spec(spec)
    loader.exec_module(module)
    form = module.FORM
    return form if isinstance(form, Form) and form.digest == digest else None


def form_stop(key: str, why: str, file: str = "", line: int = 0) -> InputStop:
    """Return the stop that names one fault of a form."""
    return InputStop(form_finding(key, why, file, line))


def form_finding(key: str, why: str, file: str = "", line: int = 0) -> Finding:
    """Return the finding on a fault of a form, with its file and line."""
    place = Place(f"{key}/{file}" if file else key, "", f"第 {line} 行" if line else "")
    return FORM_FAULT.at(place, form=key, why=why)


def parse_toml(folder: Folder, name: str) -> dict[str, object]:
    """Return the tree of one file. Raise InputStop if it is no TOML."""
    try:
        return tomllib.loads(folder.files[name].decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise form_stop(folder.key, "不是 UTF-8 编码：用记事本另存为 UTF-8", name) from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = int(said.rpartition("line ")[2].partition(",")[0]) if "line " in said else 0
        raise form_stop(
            folder.key, "这一行不合 TOML 的写法（引号、方括号或等号）", name, line
        ) from None
    except RecursionError:
        raise form_stop(folder.key, "一层套一层，太深了", name) from None
