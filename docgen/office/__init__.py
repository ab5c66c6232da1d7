"""LibreOffice: found, run on a profile of its own, stopped with all its children.

It exits 0 when it fails and hangs now and then: only a whole file counts as an answer.
"""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from docgen.files import scratch
from docgen.office.isolation import no_network, write_profile

if sys.platform == "linux":
    import resource

#: The environment variable that names LibreOffice's program.
SETTING = "DOCGEN_SOFFICE"

_NAMES = ("soffice.com", "soffice", "libreoffice")  # the .com waits, on Windows
_USUAL = {
    "linux": ("/usr/bin", "/usr/local/bin", "/snap/bin", "/usr/lib/libreoffice/program"),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS",),
    "win32": (
        r"C:\Program Files\LibreOffice\program",
        r"C:\Program Files (x86)\LibreOffice\program",
    ),
}
_OPTIONAL = Path("/opt")  # where the packages from libreoffice.org go


class Filters(NamedTuple):
    """As what LibreOffice reads a file, and as what it writes it: `docx:MS Word 2007 XML`.

    Without the first, any text file would pass for a document.
    """

    read: str
    write: str


def find_office() -> Path | None:
    """Return LibreOffice's program: as the environment says, on the PATH, in the usual places."""
    if named := os.environ.get(SETTING):
        found = shutil.which(named)
        return Path(found) if found else None

    opt = sorted(_OPTIONAL.glob("libreoffice*/program"), reverse=True)
    for folder in (None, *_USUAL.get(sys.platform, ()), *map(str, opt)):
        for name in _NAMES:
            if found := shutil.which(name, path=folder):
                return Path(found)

    return None


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield a folder for one call of LibreOffice, deleted after it. Raise OSError."""
    with tempfile.TemporaryDirectory(dir=home(), ignore_cleanup_errors=True) as name:
        yield Path(name)


def run_office(
    office: Path,
    paths: Sequence[Path],
    filters: Filters,
    seconds: float,
    *,
    environment: Mapping[str, str] | None = None,
    memory: int = 0,
) -> int | None:
    """Convert files beside themselves; return the exit code, None if it had to be stopped.

    `environment` is added to what keeps LibreOffice to its own folders. `memory` is how many
    bytes it may take, where the system can hold it to that; 0 for no limit.
    """
    own = home()
    work = paths[0].parent
    command = [*no_network(), *_command(office, own, work, paths, filters)]
    around = _environment(own, work) | dict(environment or {})
    return _call(command, around, seconds, scratch.lock_of(own), memory)


def _command(
    office: Path, own: Path, work: Path, paths: Sequence[Path], filters: Filters
) -> list[str]:
    switches = "headless invisible nologo nodefault norestore nolockcheck nofirststartwizard"
    return [
        str(office),
        *(f"--{switch}" for switch in switches.split()),
        f"-env:UserInstallation={(own / 'profile').as_uri()}",
        f"--infilter={filters.read}",
        "--convert-to",
        filters.write,
        "--outdir",
        str(work),
        *map(str, paths),
    ]


def _environment(own: Path, work: Path) -> dict[str, str]:
    """Return where LibreOffice writes what it writes of itself: there docgen deletes it."""
    around = {"TMPDIR": str(work), "TMP": str(work), "TEMP": str(work), "TZ": "UTC"}
    if os.name == "posix":
        around |= {
            "HOME": str(own),
            "XDG_CACHE_HOME": str(own / "cache"),
            "XDG_CONFIG_HOME": str(own / "config"),
            "XDG_DATA_HOME": str(own / "data"),
            "LC_ALL": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
        }

    return {**os.environ, **around}


def _call(
    command: Sequence[str], environment: Mapping[str, str], seconds: float, held: int, memory: int
) -> int | None:
    """Run a program in a process group of its own; None if it had to be stopped.

    `held` locks its folder: if this process is killed, the program still has it.
    """
    new_group = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
    process = subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
        creationflags=new_group,
        pass_fds=(held,) if os.name == "posix" else (),
    )
    if sys.platform == "linux" and memory:
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            resource.prlimit(process.pid, resource.RLIMIT_AS, (memory, memory))

    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of the group, children included, however the call ended."""
    if sys.platform == "win32":
        if process.poll() is None:
            kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(kill, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)

    process.wait()


ONE_AT_A_TIME = threading.Lock()  # two calls on one profile: one of them fails
_HOMES: list[Path] = []


def home() -> Path:
    """Return the temporary folder of this process (profile, fonts, work), kept until the end."""
    if not _HOMES or not _HOMES[0].is_dir():
        discard_home()
        path = scratch.new_folder("proof")
        write_profile(path / "profile")
        _HOMES[:] = [path]
    return _HOMES[0]


def discard_home() -> None:
    """Remove that folder: the next call begins a new profile."""
    for path in _HOMES:
        scratch.remove(path)
    _HOMES.clear()


atexit.register(discard_home)
