"""Figures of reports that governments published, as inputs."""

import json
from typing import Any

from door import DATA
from forms import FORMS

from docgen.forms.layout import printed_rows

LEVELS = {
    "suqian_2023": "prefecture",
    "suqian_2024": "prefecture",
    "shuyang_gov_2025": "county",
    "jinhu_2023": "county",
    "shanghai_office_2019": "province",
}


#: Their text is not at hand: this one says nothing of their figures, and has nothing to find.
TEXT = {
    "overview": [
        "（一）主动公开和依申请公开情况。依法公开政府信息。",
        "（二）政府信息管理和平台建设情况。按时更新政府网站。",
        "（三）监督保障情况。开展工作考核和社会评议，没有发生责任追究的情况。",
    ],
    "problems": ["一是公开的内容不够深入，将加强研究。二是公开不够及时，将加强督促。"],
    "other": ["依法收取信息处理费。"],
}


def report(name: str) -> dict[str, Any]:
    """A published report as an input: its rows of figures in printed order."""
    case = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    form = FORMS[f"disclosure-{case['edition']}"]
    figures: dict[str, Any] = {}
    for table, rows in zip(form.tables, case["tables"], strict=True):
        printed = [row for row in printed_rows(form, table, {}) if row.kind == "figures"]
        given = [row for row in rows if row[-1] == "" or row[-1][0].isdigit()]
        assert len(printed) == len(given)
        for row, values in zip(printed, given, strict=True):
            cells = [cell.figure.address for cell in row.cells if cell.figure]
            for address, value in zip(cells, values[-len(cells) :], strict=True):
                key, line, column = address.split(".")
                figures.setdefault(key, {}).setdefault(line, {})[column] = value
    return {
        "form": form.key,
        "year": case["year"],
        "body": {"name": case["body"], "level": LEVELS[name]},
        "sections": TEXT,
        "figures": figures,
        "signature": {"name": case["body"], "date": f"{case['year'] + 1}-01-30"},
    }
