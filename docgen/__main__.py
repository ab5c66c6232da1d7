"""The start of `docgen`, kept lean: a report takes longer to start for than to check."""

import gc
import os
import sys


def main() -> None:
    """Import the command line with nothing in the way, then run it."""
    gc.disable()  # what is imported lives to the end: looking for garbage in it is time lost
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # the search costs 10 ms
    try:
        from docgen import cli

        cli.load()
    except KeyboardInterrupt:
        sys.exit(130)  # the code of an interrupted run; nothing was begun
    gc.freeze()
    gc.set_threshold(50_000)  # one report makes little garbage, and many soon reach this
    gc.enable()
    try:
        cli.main()
    finally:
        gc.freeze()  # the process ends: nothing left to collect


if __name__ == "__main__":
    main()
