"""Make a folder and a zip that need neither Python's own installer nor the internet.

    python tools/bundle/build.py windows        [-o FOLDER] [--python ZIP --sha256 HEX]
    python tools/bundle/build.py linux-x86_64   [-o FOLDER] [--python TAR --sha256 HEX]
    python tools/bundle/build.py linux-aarch64
    python tools/bundle/build.py windows --hashes        # note the hashes of new versions

The wheels are those of constraints.txt, held to the hashes in hashes.txt; they are unpacked into
`lib/`, so that every part of another's is a plain file that can be replaced. The interpreter is
an input, named by path and hash; without it the folder starts with one that is installed.
"""

import argparse
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
HASHES = HERE / "hashes.txt"
NAME = "年报助手"
#: Every file of a zip has this time, so that the same parts make the same bytes.
STILL = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Target:
    """A kind of computer: the tags of wheels that run there, what markers say of it."""

    key: str
    tags: tuple[str, ...]
    system: str
    machine: str

    def environment(self, python: str) -> dict[str, str]:
        """Return what the markers of requirements are held against."""
        windows = self.system == "Windows"
        return {
            "os_name": "nt" if windows else "posix",
            "sys_platform": "win32" if windows else "linux",
            "platform_system": self.system,
            "platform_machine": self.machine,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "extra": "",
        }


def _linux(machine: str) -> tuple[str, ...]:
    return tuple(
        f"{tag}_{machine}"
        for tag in ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux_2_12",
                    "manylinux2010", "manylinux_2_5", "manylinux1")
    )  # fmt: skip


TARGETS = {
    "windows": Target("windows", ("win_amd64",), "Windows", "AMD64"),
    "linux-x86_64": Target("linux-x86_64", _linux("x86_64"), "Linux", "x86_64"),
    "linux-aarch64": Target("linux-aarch64", _linux("aarch64"), "Linux", "aarch64"),
}


def main() -> None:
    """Make the bundle that is asked for."""
    parser = argparse.ArgumentParser(description="Make a bundle that needs no internet.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("-o", "--output", type=Path, default=PROJECT / "dist")
    parser.add_argument("--python-version", default="3.11", help="of the interpreter, like 3.11")
    parser.add_argument("--python", type=Path, help="the interpreter: a zip or a tar.gz")
    parser.add_argument("--sha256", default="", help="of the interpreter")
    parser.add_argument("--hashes", action="store_true", help="note the hashes of the wheels")
    asked = parser.parse_args()

    target = TARGETS[asked.target]
    with tempfile.TemporaryDirectory() as scratch:
        wheels = fetch_wheels(target, asked.python_version, Path(scratch), note=asked.hashes)
        if asked.hashes:
            return
        interpreter = _read_interpreter(asked.python, asked.sha256)
        folder = asked.output / f"{NAME}-{target.key}"
        write_bundle(folder, target, wheels, asked.python_version, interpreter)

    written = pack(folder)
    print(f"{folder}\n{written}  {written.stat().st_size / 1e6:.1f} MB")


def needed_packages(target: Target, python: str) -> dict[str, str]:
    """Return name and version of every distribution that docgen needs there."""
    pinned = dict(
        re.findall(r"^([\w.-]+)==(\S+)", (PROJECT / "constraints.txt").read_text("utf-8"), re.M)
    )
    versions = {canonicalize_name(name): version for name, version in pinned.items()}
    environment = target.environment(python)
    needed: dict[str, str] = {}
    own = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting: list[tuple[str, frozenset[str]]] = [("", frozenset())]

    while waiting:
        name, extras = waiting.pop()
        for text in _requirements_of(name) if name else own["dependencies"]:
            one = Requirement(text)
            marker, found = one.marker, canonicalize_name(one.name)
            asked = any(
                marker is None or marker.evaluate({**environment, "extra": extra})
                for extra in (*extras, "")
            )
            if asked and found not in needed:
                if found not in versions:
                    sys.exit(f"constraints.txt names no version of {found}")
                needed[found] = versions[found]
                waiting.append((found, frozenset(one.extras)))

    return dict(sorted(needed.items()))


def _requirements_of(name: str) -> list[str]:
    """Return what an installed distribution requires."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # of another system alone: it needs nothing more
        return []


def fetch_wheels(target: Target, python: str, folder: Path, *, note: bool) -> list[Path]:
    """Return the wheels for a target, docgen's own first; exit if one is not the known one."""
    packages = needed_packages(target, python)
    known = _known_hashes()
    lines = [f"{name}=={version}" for name, version in packages.items()]
    (folder / "wanted.txt").write_text("\n".join(lines), encoding="utf-8")
    platforms = [word for tag in target.tags for word in ("--platform", tag)]
    _run("pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", *platforms,
         "--python-version", python, "--implementation", "cp", "-d", folder / "wheels",
         "-r", folder / "wanted.txt")  # fmt: skip
    wheels = sorted((folder / "wheels").glob("*.whl"))
    found = {wheel.name: hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels}

    if note:
        both = sorted({**known, **found}.items())
        HASHES.write_text("".join(f"{digest}  {name}\n" for name, digest in both), "utf-8")
    elif wrong := [name for name, digest in found.items() if known.get(name) != digest]:
        sys.exit(f"not the wheels of hashes.txt: {', '.join(wrong)}")

    _run("pip", "wheel", "--quiet", "--no-deps", "-w", folder / "own", PROJECT)
    return [*(folder / "own").glob("*.whl"), *wheels]


def _known_hashes() -> dict[str, str]:
    """Return the hash of each wheel that was noted, by its name."""
    known: dict[str, str] = {}
    for line in HASHES.read_text("utf-8").splitlines() if HASHES.exists() else ():
        digest, name = line.split("  ")
        known[name] = digest
    return known


def _run(*words: object) -> None:
    subprocess.run([sys.executable, "-m", *map(str, words)], check=True)


def _read_interpreter(path: Path | None, digest: str) -> bytes:
    """Return the archive of the interpreter; exit if it is not the one that was named."""
    if path is None:
        return b""
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != digest.lower():
        sys.exit(f"{path.name} has the hash {found}, not the one that was given")
    return data


def write_bundle(
    folder: Path, target: Target, wheels: Iterable[Path], python: str, interpreter: bytes
) -> None:
    """Write the folder anew: libraries, licences, launcher, and a list of all files."""
    if folder.exists():
        shutil.rmtree(folder)
    library = folder / "lib"
    library.mkdir(parents=True)
    notices = []
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(library)
            notices.append(_notice_of(archive))

    windows = target.system == "Windows"
    if interpreter:
        _unpack(interpreter, folder / "python")
        for path in (folder / "python").glob("python*._pth"):  # the embedded one looks here alone
            path.write_text(f"{path.stem}.zip\n.\n..\\lib\nimport site\n", encoding="ascii")

    for name in ("windows", "linux"):
        if (name == "windows") == windows:
            for source in sorted((HERE / name).iterdir()):
                _copy(source, folder / source.name, python)
    _copy(HERE / "start.py", folder / "start.py", python)
    _copy(HERE / "使用说明.txt", folder / "使用说明.txt", python)
    shutil.copyfile(PROJECT / "LICENSE", folder / "LICENSE")
    (folder / "THIRD_PARTY_NOTICES.txt").write_text("\n\n".join(notices), encoding="utf-8")

    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in _files_in(folder)
    ]
    (folder / "SHA256SUMS.txt").write_text("".join(lines), encoding="utf-8")


def _notice_of(archive: zipfile.ZipFile) -> str:
    """Return the name, the licence and the licence's texts of a wheel."""
    [about] = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
    told = HeaderParser().parsestr(archive.read(about).decode("utf-8"))
    stated = told.get("License-Expression") or (told.get("License") or "").splitlines()[:1]
    licence = stated if isinstance(stated, str) else "".join(stated)
    if not licence:
        classifiers = told.get_all("Classifier") or []
        licence = "; ".join(one.rpartition(" :: ")[2] for one in classifiers if "License" in one)
    home = about.rpartition("/")[0]
    texts = [
        archive.read(name).decode("utf-8", "replace").strip()
        for name in archive.namelist()
        if name.startswith(home) and re.search(r"licen[cs]e|copying|notice", name, re.IGNORECASE)
    ]
    head = f"{told['Name']} {told['Version']}\n{licence}"
    return "\n\n".join([head, *texts, "-" * 78])


def _unpack(data: bytes, folder: Path) -> None:
    """Unpack the interpreter; a tar's single folder is left away."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder)
        return

    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        tar.extractall(folder, filter="data")
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        for path in list(inside[0].iterdir()):
            path.rename(folder / path.name)
        inside[0].rmdir()


def _copy(source: Path, target: Path, python: str) -> None:
    """Copy a text with the version filled in; what Windows' shell reads is in GBK."""
    text = source.read_text(encoding="utf-8").replace("@PYTHON@", python)
    text = text.replace("@DIGITS@", python.replace(".", ""))
    if source.suffix in (".bat", ".nsi", ".txt"):
        text = text.replace("\n", "\r\n")
    codec = {".bat": "gbk", ".txt": "utf-8-sig", ".nsi": "utf-8-sig"}.get(source.suffix, "utf-8")
    target.write_bytes(text.encode(codec))
    if source.suffix == ".sh":
        target.chmod(0o755)


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def pack(folder: Path) -> Path:
    """Return the zip of a folder: the same bytes for the same files."""
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in _files_in(folder):
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), STILL)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            archive.writestr(info, path.read_bytes())
    return target


if __name__ == "__main__":
    main()
