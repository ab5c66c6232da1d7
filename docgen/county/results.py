"""What a run over a county leaves in its folder: the board, the chase, what goes back.

进度.html  进度.xlsx            the board, to print and to filter
退回/石河乡人民政府.xlsx          of each body that must mend something: its own, marked
消息/退回消息.txt  消息/催办.txt   to paste into the chat
已签发/目录.html  全县.数据.csv    for the portal, where pages or data were issued
"""

from pathlib import Path

from docgen import files
from docgen.county.board import Board
from docgen.county.returned import write_returned

PAGE, WORKBOOK = "进度.html", "进度.xlsx"
RETURNS, CHASE = "消息/退回消息.txt", "消息/催办.txt"


def write_results(board: Board, folder: Path) -> list[Path]:
    """Put all of it in place; return the files that stand there, the board first.

    What is already there as it would be written now is left alone, to the byte and the time. The
    marked workbooks come first, one by one: the texts that name them come after them, together.
    Raise OutputStop if something cannot be written.
    """
    from docgen.county.board_page import write_board_page
    from docgen.county.board_workbook import write_board_workbook
    from docgen.county.chat import write_chase, write_returns
    from docgen.county.published import write_published

    returned = write_returned(board, folder)
    texts = {RETURNS: write_returns(board, returned), CHASE: write_chase(board)}
    made = {
        folder / PAGE: write_board_page(board, returned),
        folder / WORKBOOK: write_board_workbook(board, returned),
        # with a mark, so that every editor on Windows takes it for UTF-8
        **{folder / name: text.encode("utf-8-sig") for name, text in texts.items()},
    }
    new = {path: data for path, data in made.items() if not _stands_there(path, data)}
    if new:
        files.write_together(new)

    published = write_published(board, folder)
    return [*made, *published, *(folder / path for path in returned.paths.values())]


def _stands_there(path: Path, data: bytes) -> bool:
    return files.regular_bytes(path, len(data)) == data
