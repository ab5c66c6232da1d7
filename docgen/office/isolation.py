"""LibreOffice kept to itself: a profile that fetches and runs nothing, and no network to do it by.

The copy it gets holds no links any more; this is for what nobody has thought of.
"""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

#: What docgen sets of LibreOffice's configuration: path, name, value. A proxy where nobody
#: listens ends what asks for the net; settings a version does not know it leaves aside.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),  # very high
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Office.Calc/Content/Update", "Link", "1"),  # never
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Office.Update/Update", "Enabled", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
)
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)


def write_profile(folder: Path) -> None:
    """Begin a profile with these settings. Raise OSError."""
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    registry = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n'
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(registry, encoding="utf-8")


@cache
def no_network() -> tuple[str, ...]:
    """Return what runs a command without network when put before it; nothing where that fails."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    for options in ("-n", "-rn") if unshare else ():
        command = (str(unshare), options)
        try:
            tried = subprocess.run([*command, "true"], capture_output=True, timeout=5, check=False)
        except (OSError, subprocess.SubprocessError):
            continue
        if tried.returncode == 0:
            return command

    return ()
