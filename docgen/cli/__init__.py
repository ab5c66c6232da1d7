"""The command line: it alone parses arguments, prints and exits.

Exit codes: 0 sound · 1 findings of severity error · 2 usage · 3 input unreadable · 4 template ·
5 output, or a result that could not be written to stdout · 6 verify differs · 70 a fault of
docgen · 130 interrupted. A stream that fails otherwise does not change the code.
"""

# The order of the imports is the order of the help.
from docgen.cli import reports, check, forms, compare, page, proof, publish, documents  # noqa: I001
from docgen.cli.app import app, main

__all__ = [
    "app",
    "check",
    "compare",
    "documents",
    "forms",
    "main",
    "page",
    "proof",
    "publish",
    "reports",
]
