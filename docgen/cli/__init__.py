"""The command line: it alone parses arguments, prints and exits.

Exit codes: 0 sound · 1 findings of severity error · 2 usage · 3 input unreadable · 4 template ·
5 output, or a result that could not be written to stdout · 6 verify differs · 70 a fault of
docgen · 130 interrupted. A stream that fails otherwise does not change the code.
"""

import sys
from importlib import import_module

from docgen.cli import app

#: The module of each command, in the order of the help.
_MODULES = {
    "desk": "desk",
    "render": "reports",
    "check": "check",
    "roster": "roster",
    "new": "forms",
    "sum": "total",
    "import": "importing",
    "schema": "forms",
    "explain": "forms",
    "template": "forms",
    "form": "form_folders",
    "compare": "compare",
    "page": "page",
    "proof": "proof",
    "seal-form": "publish",
    "doctor": "publish",
    "verify": "documents",
    "back": "back",
    "county": "county",
}


def load() -> None:
    """Import the module of the command that is asked for, which registers it.

    Without a command that is known all are imported: the help and a usage fault name them.
    """
    word = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    for module in dict.fromkeys([_MODULES[word]] if word in _MODULES else _MODULES.values()):
        import_module(f"docgen.cli.{module}")


def main() -> None:
    """Run the command that is asked for and exit with its code."""
    load()
    app.main()
