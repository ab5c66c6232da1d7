"""One published report read in a process of its own: `python read_one.py FILE INPUT`.

Prints the CPU seconds of the reading, and of the whole process, those that it starts included.
Stops where a figure is not that of the input.
"""

import json
import os
import sys
from pathlib import Path

from docgen.read import read_report


def _taken() -> float:
    """The CPU seconds so far."""
    return sum(os.times()[:4])


def main() -> None:
    """Read, compare, print."""
    path, expected = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_bytes())["figures"]
    begun = _taken()
    reading = read_report(path)
    ended = _taken()
    for address, figure in reading.report.figures.items():
        table, row, column = address.split(".")
        assert expected[table][row][column] == figure, address
    assert len(reading.report.figures) == len(reading.form.figures)
    print(json.dumps([ended - begun, ended]))


if __name__ == "__main__":
    main()
