"""Reading an input: a JSON file, an XLSX workbook or a folder of CSV files make one `Reading`."""

from pathlib import Path

from docgen.catalogue import stop
from docgen.errors import InputStop
from docgen.model import Reading
from docgen.read.settle import settle


def read_report(path: Path) -> Reading:
    """The reading of one input. Raises InputStop if it cannot be read at all.

    Readers are imported when needed: a JSON file does not wait for the workbook library.
    """
    name = path.resolve().name
    if path.is_dir():
        from docgen.read.from_csv import read_csv_folder

        form, entries, inputs = read_csv_folder(path)
    elif path.suffix.lower() == ".json":
        from docgen.read.from_json import read_json

        form, entries, inputs = read_json(path)
    elif path.suffix.lower() == ".xlsx":
        from docgen.read.from_xlsx import read_xlsx

        form, entries, inputs = read_xlsx(path)
    elif path.suffix.lower() in (".xls", ".et") and path.exists():
        raise InputStop(stop.OLD_WORKBOOK.at(name=name))
    elif path.exists():
        raise InputStop(stop.UNKNOWN_KIND.at(name=name))
    else:
        raise InputStop(stop.NO_FILE.at(name=str(path)))
    return settle(name, form, entries, inputs)
