"""Start the desk from the folder that docgen was brought in; nothing is installed."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARY = HERE / "lib"
VERSION = "@PYTHON@"


def main() -> None:
    """Open the desk over the office's folder, which is made if it is not there."""
    if ".".join(map(str, sys.version_info[:2])) != VERSION:
        sys.exit(f"这里要用 Python {VERSION}，找到的是 {sys.version.split()[0]}。")

    sys.path.insert(0, str(LIBRARY))
    os.environ["PYTHONPATH"] = str(LIBRARY)  # for the commands that the buttons run
    home = Path(os.environ.get("NIANBAO") or Path.home() / "年报")
    home.mkdir(parents=True, exist_ok=True)
    os.chdir(home)
    if sys.stdout is None:  # started without a console
        log = (home / "助手.log").open("w", encoding="utf-8", buffering=1)
        sys.stdout = sys.stderr = log

    sys.argv = ["docgen", "desk", *sys.argv[1:]]
    from docgen.__main__ import main as run

    run()


main()
