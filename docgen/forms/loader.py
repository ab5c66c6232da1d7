"""Where forms are found, and how a folder of TOML becomes one: as safely as an input is read.

Forms stand in docgen, in `./forms`, and where `use_folder` says. A form of docgen has a `built.py`
beside its text, the same form as Python writes it: it starts at once, and is used only for the
very bytes it was made from. Of another form no code is ever run, nothing outside its folder is
read but the forms it extends, and no form takes the place of another with its key.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
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
HERE = Path("forms")  # where an office keeps its own
BUILT, MAIN = "built.py", "form.toml"
#: The folders that hold forms beside docgen's own, or are one; none stands for `./forms`.
_places: list[Path] = []
_LARGEST, _MOST_FILES = 400_000, 20  # bytes of all files of a form
_LONGEST = 20_000  # characters of a line
_DEEPEST = 5  # editions of editions
# fullmatch: website, lawful-zhejiang, a_2; not 网站, Website, ../website.
_KEY = re.compile("[a-z][a-z0-9_-]{0,39}")


class Folder(NamedTuple):
    """A form's folder as it is read: its key, its files by name, and their digest."""

    path: Path
    files: Mapping[str, bytes]

    @property
    def key(self) -> str:
        return self.path.name


def use_folder(path: Path) -> None:
    """Look for forms in this folder, too; it may be a form itself."""
    real = path.resolve()
    if real not in folders_used():
        _places[:] = [*folders_used(), real]


def use_folders(paths: Sequence[Path] = ()) -> None:
    """Look for forms in just these folders beside docgen's own, as they are now."""
    _places[:] = paths
    _other_form.cache_clear()


def folders_used() -> tuple[Path, ...]:
    """Return the folders where forms are looked for beside docgen's own."""
    return tuple(_places) or (HERE,)


def form_keys() -> list[str]:
    """Return the keys of all forms at hand, docgen's own first."""
    return list(dict.fromkeys(path.name for path in form_folders()))


def own_keys() -> list[str]:
    """Return the keys of docgen's own forms."""
    return [path.name for path in forms_in(OWN)]


def form_folders() -> list[Path]:
    """Return the folder of each form at hand, docgen's own first."""
    return [*forms_in(OWN), *dict.fromkeys(_others())]


def _others() -> Iterator[Path]:
    """Yield the folder of each form that is not docgen's."""
    for path in map(Path.absolute, folders_used()):
        yield from [path] if is_form(path) else forms_in(path)


def forms_in(folder: Path) -> list[Path]:
    """Return the folders in this one that are forms."""
    try:
        return sorted(path for path in folder.iterdir() if is_form(path))
    except OSError:
        return []


def is_form(path: Path) -> bool:
    """Return whether a folder is a form."""
    return os.path.isfile(path / MAIN)  # noqa: PTH113  no error for a name no file can have


def is_key(text: str) -> bool:
    """Return whether a form may have this key."""
    return _KEY.fullmatch(text) is not None


def find_form(key: str) -> Form | None:
    """Return the form with this key, or None. Raise InputStop where it is faulty, or two have it.

    Nothing is looked for by a name that is no key: it may come from an input.
    """
    if not is_key(key):
        return None

    places = folders_used()
    near = [path / key for path in places] + [path for path in places if path.name == key]
    found = {path.resolve(): path.absolute() for path in near if is_form(path)}
    others = [path for real, path in found.items() if real.parent != OWN]
    if is_form(OWN / key):
        if others:
            raise form_stop(key, f"和 docgen 自带的表式同名（{others[0]}）：给文件夹换个名字")
        return _own_form(key)

    if len(others) > 1:
        raise form_stop(key, f"有两个表式同名（{'、'.join(map(str, others))}）：只留一个")
    return _other_form(others[0]) if others else None


@cache
def _own_form(key: str) -> Form:
    return load_form(OWN / key)


@cache
def _other_form(path: Path) -> Form:
    return load_form(path)


def own_forms() -> list[Form]:
    """Return docgen's own forms."""
    return [_own_form(key) for key in own_keys()]


def usual_form(year: int | None = None) -> Form | None:
    """Return the form that is taken for a year (any) where none is named."""
    usual = (form for form in own_forms() if form.is_usual)
    fit = [form for form in usual if form.is_for(year or form.first_year)]
    return max(fit, key=lambda form: form.first_year, default=None)


def load_form(path: Path) -> Form:
    """Return the form of a folder. Raise InputStop with every fault of it."""
    path = path.absolute()
    chain = read_chain(path)
    digest = digest_of(chain)
    if path.parent == OWN and (built := _load_built(path / BUILT, digest)):
        return built
    return _read_form(chain, digest)


def text_form(key: str) -> Form:
    """Return a form of docgen as its text says, whatever was built of it. Raise InputStop."""
    chain = read_chain(OWN / key)
    return _read_form(chain, digest_of(chain))


def _read_form(chain: list[Folder], digest: str) -> Form:
    from docgen.forms.reading import read_form  # what most runs need not

    return read_form(chain, digest)


def read_folder(path: Path) -> Folder:
    """Return the text files of a form's folder. Raise InputStop if one cannot be read."""
    if path.parent == OWN:  # nobody else writes there
        own = sorted(name for name in os.listdir(path) if name.endswith(".toml"))  # noqa: PTH208
        return Folder(path, {name: (path / name).read_bytes() for name in own})

    if not is_key(path.name):
        why = "文件夹的名称就是表式的代号，用小写英文字母、数字和短横，如 website"
        raise form_stop(path.name, why)
    names = sorted(name for name in _names_in(path) if name.endswith(".toml"))
    if len(names) > _MOST_FILES:
        raise form_stop(path.name, f"有 {len(names)} 个 .toml 文件，最多 {_MOST_FILES} 个")
    return Folder(path, dict(_read_files(path, names)))


def _names_in(path: Path) -> list[str]:
    try:
        return os.listdir(path)  # noqa: PTH208
    except OSError:
        raise form_stop(path.name, "文件夹打不开") from None


def _read_files(path: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its bytes."""
    size = 0
    for name in names:
        refuse_outside(path, name)
        data = read_bytes(path / name)
        size += len(data)
        if size > _LARGEST:
            raise form_stop(path.name, f"文字超过 {_LARGEST // 1000} KB")
        if max(map(len, data.split(b"\n"))) > 3 * _LONGEST:
            raise form_stop(path.name, f"有一行超过 {_LONGEST} 个字", name)
        yield name, data


def refuse_outside(path: Path, name: str) -> None:
    """Raise InputStop if a file of a form's folder stands elsewhere: a link leads out of it."""
    real = Path(os.path.realpath(path / name))
    if real.parent != Path(os.path.realpath(path)):
        raise form_stop(path.name, f"“{name}”是一个链接，不在这个文件夹里", name)


def read_chain(path: Path) -> list[Folder]:
    """Return a form's folder and those of the forms it extends, itself first."""
    chain = [read_folder(path)]
    while parent := parent_of(chain[-1]):
        if not is_key(parent):
            raise form_stop(path.name, f"extends 写表式的代号，不是“{parent}”", MAIN)

        places = [one if one.name == parent else one.absolute() / parent for one in folders_used()]
        near = (path.parent / parent, OWN / parent, *places)
        found = next((one for one in near if is_form(one)), None)
        if found is None or len(chain) == _DEEPEST:
            why = f"extends 写的“{parent}”没有找到" if found is None else "extends 套得太多"
            raise form_stop(path.name, why, MAIN)
        chain.append(read_folder(found))
    return chain


def parent_of(folder: Folder) -> str:
    """Return the key of the form that one extends; blank for none."""
    for line in folder.files[MAIN].decode("utf-8-sig", "replace").splitlines():
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
    module = ModuleType(name)
    SourceFileLoader(name, str(path)).exec_module(module)
    form = module.FORM
    return form if isinstance(form, Form) and form.digest == digest else None


def form_stop(key: str, why: str, file: str = "", line: int = 0) -> InputStop:
    """Return the stop that names one fault of a form."""
    return InputStop(form_finding(key, why, file, line))


def form_finding(key: str, why: str, file: str = "", line: int = 0) -> Finding:
    """Return the finding on a fault of a form, with its file and line."""
    return FORM_FAULT.at(form_place(key, file, line), form=key, why=why)


def form_place(key: str, file: str = "", line: int = 0) -> Place:
    """Return a place in a form's folder."""
    return Place(f"{key}/{file}" if file else key, "", f"第 {line} 行" if line else "")


def parse_toml(folder: Folder, name: str) -> dict[str, object]:
    """Return the tree of one file. Raise InputStop if it is no TOML."""
    import tomllib  # what most runs need not

    try:
        return tomllib.loads(folder.files[name].decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise form_stop(folder.key, "不是 UTF-8 编码：用记事本另存为 UTF-8", name) from None
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        line = int(said.rpartition("line ")[2].partition(",")[0]) if "line " in said else 0
        lines = ["", *folder.files[name].decode("utf-8-sig").split("\n"), ""]
        why = _why_no_toml(
            lines[line - 1].strip() if line else "", lines[min(line, len(lines) - 1)]
        )
        raise form_stop(folder.key, why, name, line) from None
    except RecursionError:
        raise form_stop(folder.key, "一层套一层，太深了", name) from None


def _why_no_toml(before: str, line: str) -> str:
    """Return why a line is no TOML, with the line before it: the commonest slips by name."""
    if before.strip().endswith('= """'):
        return '前面有一段文字没有收尾：这一段的末尾要单独写一行 """'
    if wide := next((mark for mark in "“”＝［］｛｝，" if mark in line), ""):
        return f"这一行的 {wide} 是全角的，改成半角"
    return "这一行不合 TOML 的写法（引号、方括号或等号）"
