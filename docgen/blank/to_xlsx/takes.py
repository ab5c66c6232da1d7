"""What a cell of a workbook takes, and what is said in Chinese where something else is typed."""

from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.hints import describe_cell
from docgen.forms.table import Cell, Kind

#: What a cell takes, and how it is held against a bound, in the words of XLSX.
CellType = Literal["whole", "decimal"]
Operator = Literal["greaterThan", "greaterThanOrEqual"]
_MOST_LISTED = 250  # characters that the choices of a cell may have in all: Excel's limit is 255


class Restrictions:
    """The rules of one sheet, each made once for all cells that take the same."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._rules: dict[Cell, DataValidation | None] = {}

    def restrict(self, coordinate: str, takes: Cell) -> None:
        """Let a cell take what the form says, and nothing else."""
        if takes not in self._rules:
            self._rules[takes] = rule = _rule_of(takes)
            if rule:
                self._sheet.add_data_validation(rule)

        if rule := self._rules[takes]:
            rule.add(coordinate)


def _rule_of(cell: Cell) -> DataValidation | None:
    """Return what a cell takes, with what is said of it; of a text nothing."""
    rule = _number_rule(cell) if cell.kind.is_number else _choice_rule(cell)
    if rule:
        rule.errorTitle, rule.error = "请核对", _refusal(cell)
        if cell.kind is not Kind.COUNT or cell.optional:  # of a plain count it is known
            rule.showInputMessage = True
            rule.promptTitle, rule.prompt = "填法", describe_cell(cell)[:_MOST_LISTED]

    return rule


def _number_rule(cell: Cell) -> DataValidation:
    """Return what lets in numbers of one kind."""
    shapes: dict[Kind, tuple[CellType, Operator, str]] = {
        Kind.COUNT: ("whole", "greaterThanOrEqual", "0"),
        Kind.CHANGE: ("whole", "greaterThan", "-1000000000"),
        Kind.DECIMAL: ("decimal", "greaterThanOrEqual", "0"),
        Kind.AMOUNT: ("decimal", "greaterThanOrEqual", "0"),
    }
    shape, operator, bound = shapes[cell.kind]
    return DataValidation(
        type=shape, operator=operator, formula1=bound, allow_blank=True, showErrorMessage=True
    )


def _choice_rule(cell: Cell) -> DataValidation | None:
    """Return what lets in one of a few words; None where any text may stand."""
    words = {Kind.YES: ("是", "否"), Kind.CHOICE: cell.choices}.get(cell.kind, ())
    return choose_from(words)


def choose_from(words: tuple[str, ...]) -> DataValidation | None:
    """Return a list to choose one of these words from; None where no workbook can hold it."""
    listed = ",".join(words)
    if not words or len(listed) > _MOST_LISTED or any(set(',"') & set(word) for word in words):
        return None
    return DataValidation(
        type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True
    )


def _refusal(cell: Cell) -> str:
    """Return what is said where something else is typed."""
    said = {
        Kind.COUNT: "只能填 0 或正整数；没有就填 0。",
        Kind.CHANGE: "只能填整数；没有增减就填 0。",
        Kind.DECIMAL: f"只能填 0 或正数，单位{cell.unit}。",
        Kind.AMOUNT: f"只能填 0 或正数，单位{cell.unit}。",
        Kind.YES: "只能填“是”或“否”。",
    }
    words = said.get(cell.kind, f"只能选一个：{'、'.join(cell.choices)}。")[:_MOST_LISTED]
    if cell.optional:
        words = words.partition("；")[0].removesuffix("。") + "，或空着。"

    return words
