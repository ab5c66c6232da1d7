"""A form that is unlike the first in everything the engine must not rely on.

Cells of every kind, a sheet, rows for each unit on a landscape page, a table that a body may say
it has no business for, lines; no preface, no running text, no signature, no GB/T 9704.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from docgen.address import Address
from docgen.finding import Rule, Severity
from docgen.forms import FORMS
from docgen.forms.form import (
    Band,
    Cell,
    Condition,
    Equation,
    Form,
    Kind,
    Line,
    PageStyle,
    Section,
    Table,
    Test,
)
from docgen.model import Body, Report

VALUE = (Line("value", "内容"),)


def cell(kind: Kind, unit: str = "", *choices: str, blank: bool = False) -> Cell:
    """What a cell takes."""
    return Cell(kind, unit, choices, blank)


LIBRARY = Table(
    "library",
    "表一 基本信息",
    "表一",
    (
        Band(
            "library",
            VALUE,
            (
                Line("site", "图书室名称", (), cell(Kind.TEXT)),
                Line("address", "网址", (), cell(Kind.URL, blank=True)),
                Line("type", "建设方式", (), cell(Kind.CHOICE, "", "独立设置", "与文化站合建")),
                Line("opened", "启用日期", (), cell(Kind.DATE)),
                Line("free", "是否免费开放", (), cell(Kind.YES)),
                Line(
                    "stock",
                    "藏书",
                    in_address=False,
                    parts=(
                        Line("books", "总数", (), cell(Kind.COUNT, "册")),
                        Line("ebooks", "其中电子书", (), cell(Kind.COUNT, "册")),
                        Line("change", "比上年增减", (), cell(Kind.CHANGE, "册")),
                    ),
                ),
                Line("days", "平均借阅天数", (), cell(Kind.DECIMAL, "天")),
                Line(
                    "services",
                    "服务项目",
                    (),
                    cell(Kind.CHOICES, "", "借阅", "讲座", "展览", blank=True),
                ),
                Line(
                    "media",
                    "公众号",
                    in_address=False,
                    parts=(
                        Line("wechat", "是否开通", (), cell(Kind.YES)),
                        Line("wechat_name", "名称", (), cell(Kind.TEXT, blank=True)),
                        Line("wechat_fans", "关注人数", (), cell(Kind.COUNT, "人", blank=True)),
                    ),
                ),
            ),
            corner="项目",
            label_columns=2,
        ),
    ),
    shape="sheet",
)

BRANCHES = Table(
    "branches",
    "表二 各分馆借阅",
    "表二",
    (
        Band(
            "branches",
            (
                Line(
                    "loans",
                    "外借册次",
                    in_address=False,
                    parts=(
                        Line("books", "图书", (), cell(Kind.COUNT, "册次")),
                        Line("papers", "报刊", (), cell(Kind.COUNT, "册次")),
                        Line("total", "合计", ("小计",), cell(Kind.COUNT, "册次")),
                    ),
                ),
                Line("visits", "到馆人次", (), cell(Kind.COUNT, "人次")),
                Line("money", "购书经费（元）", ("购书经费",), cell(Kind.AMOUNT, "元")),
                Line("note", "备注", (), cell(Kind.TEXT, blank=True)),
            ),
            (Line("unit", "分馆名称", each=True), Line("all", "合计")),
            corner="分馆名称",
        ),
    ),
    notes=("外借册次按借出时计。",),
    landscape=True,
    widths=(3, 1, 1, 1, 1, 1, 2),
)

FEES = Table(
    "fees",
    "表三 收费",
    "表三",
    (
        Band(
            "fees",
            (
                Line("cases", "笔数", (), cell(Kind.COUNT, "笔")),
                Line("money", "金额（元）", ("金额",), cell(Kind.AMOUNT, "元")),
            ),
            (Line("copies", "复印"), Line("losses", "赔偿"), Line("all", "合计")),
            corner="项目",
        ),
    ),
    absent="本图书室不收取任何费用",
)

CONTACT = Table(
    "contact",
    "表四 填报信息",
    "表四",
    (
        Band(
            "contact",
            VALUE,
            (
                Line("head", "单位负责人", (), cell(Kind.PERSON)),
                Line("clerk", "经办", (), cell(Kind.PERSON)),
                Line("phone", "联系电话", (), cell(Kind.PHONE)),
                Line("filled", "填报日期", (), cell(Kind.DATE)),
            ),
        ),
    ),
    shape="lines",
)


def _rule(code: str, name: str, severity: Severity = "error") -> Rule:
    """A rule of the form's own."""
    return Rule(
        code=code,
        name=name,
        severity=severity,
        message=name,
        why=f"{name}，必有一处不对。",
        example=f"{name}。",
        cure="核对台账，改正其中一处。",
        basis="《图书室工作规定》第三条",
        since="0.3.0",
    )


RULES = (
    _rule("Z301", "各分馆之和不等于合计"),
    _rule("Z302", "图书与报刊之和不等于合计"),
    _rule("Z303", "各项收费之和不等于合计"),
    _rule("Z304", "开通了公众号却没有名称"),
    _rule("Z305", "电子书多于总数", "warning"),
)

TOY = Form(
    key="toy-2024",
    name="图书室工作年度报表（2024年格式）",
    basis="《图书室工作规定》",
    first_year=2020,
    last_year=None,
    title="{name}\n{year}年图书室工作年度报表",
    preface="",
    sections=(
        Section("library", "一、基本信息"),
        Section("business", "二、业务情况", is_heading=True),
        Section("branches", "（一）借阅"),
        Section("fees", "（二）收费"),
        Section("contact", "三、填报信息"),
    ),
    tables=(LIBRARY, BRANCHES, FEES, CONTACT),
    equations=(
        Equation("Z301", "branches", "columns", ("unit",), ("all",), "各分馆之和＝合计"),
        Equation("Z302", "branches", "rows", ("books", "papers"), ("total",), "图书＋报刊＝合计"),
        Equation("Z303", "fees", "columns", ("copies", "losses"), ("all",), "各项之和＝合计"),
        Equation(
            "Z305",
            "library",
            "",
            ("library.ebooks.value",),
            ("library.books.value",),
            "其中电子书不多于总数",
            "<=",
        ),
    ),
    family="toy-2024",
    signed=False,
    page=PageStyle(standard="", landscape=True),
    conditions=(
        Condition(
            "Z304",
            "library",
            "",
            (Test("library.wechat.value", "=", "是"),),
            (Test("library.wechat_name.value", "filled"),),
            "开通公众号的，写明名称",
        ),
    ),
    rules={rule.code: rule for rule in RULES},
    called="报表",
)

UNITS = ("城东分馆", "城西分馆", "河口分馆")


def toy_tree() -> dict[str, Any]:
    """A sound report of the toy form as a JSON input."""
    loans = {
        "unit1": {"books": 120, "papers": 30, "total": 150, "visits": 400, "money": 1234.5},
        "unit2": {"books": 80, "papers": 11, "total": 91, "visits": 260, "money": 800},
        "unit3": {"books": 7, "papers": 0, "total": 7, "visits": 19, "money": 0},
        "all": {"books": 207, "papers": 41, "total": 248, "visits": 679, "money": 2034.5},
    }
    loans["unit3"]["note"] = "七月起闭馆"  # type: ignore[assignment]
    answers: dict[str, object] = {
        "site": "南山镇图书室",
        "address": "https://lib.example.cn/nanshan",
        "type": "与文化站合建",
        "opened": "2019年5月4日",
        "free": "是",
        "books": 5210,
        "ebooks": 600,
        "change": -35,
        "days": 12.75,
        "services": "借阅、讲座",
        "wechat": "是",
        "wechat_name": "南山书声",
        "wechat_fans": 310,
    }
    contact = {
        "head": "赵明",
        "clerk": "欧阳小雨",
        "phone": "0577-88880000",
        "filled": "2025年1月10日",
    }
    return {
        "form": TOY.key,
        "year": 2024,
        "body": {"name": "南山镇人民政府", "level": "township"},
        "units": {"branches": list(UNITS)},
        "figures": {
            "library": {key: {"value": value} for key, value in answers.items()},
            "branches": loans,
            "fees": {
                "copies": {"cases": 12, "money": 36.5},
                "losses": {"cases": 1, "money": 45},
                "all": {"cases": 13, "money": 81.5},
            },
            "contact": {key: {"value": value} for key, value in contact.items()},
        },
    }


def toy_report() -> Report:
    """The same report, typed."""
    tree = toy_tree()
    cells = {
        str(Address.of(table, row, column)): value
        for table, rows in tree["figures"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
    form = TOY.as_reported(tree["units"], ())
    figures = {
        address: Decimal(str(cells[address]))
        if figure.kind in (Kind.AMOUNT, Kind.DECIMAL)
        else cells[address]
        for address, figure in form.figures.items()
        if address in cells
    }
    body = Body(name=tree["body"]["name"], level=tree["body"]["level"])
    return Report(
        form=TOY.key,
        year=tree["year"],
        body=body,
        title=f"{body.name}\n{tree['year']}年图书室工作年度报表",
        figures=figures,
        answers={address: str(cells[address]) for address in form.answers if address in cells},
        units={"branches": UNITS},
    )


def toy_sheets(report: Report) -> dict[str, list[list[str]]]:
    """The sheets of a toy report as a clerk types them: by sheet name, rows of texts."""
    form = TOY.as_reported(report.units, report.absent)
    values = {a: f"{number}" for a, number in report.figures.items()} | dict(report.answers)
    sheets = {
        "基本情况": [
            ["项目", "内容"],
            ["表式", form.key],
            ["年度", str(report.year)],
            ["机关名称", str(report.body.name)],
            ["机关层级", str(report.body.level)],
        ]
    }
    for table in form.tables:
        if table.is_absent:
            sheets[table.name] = [[table.absent]]
        elif table.shape == "grid":
            sheets[table.name] = _grid_rows(table, values)
        else:
            sheets[table.name] = _pair_rows(table, values)

    return sheets


def _pair_rows(table: Table, values: Mapping[str, str]) -> list[list[str]]:
    """Pairs of label and value; the group's label stands once, left of its first part."""
    band = table.bands[0]
    rows, above = [], ""
    for path in band.row_paths:
        group = path[0].label if len(path) > 1 else ""
        value = values.get(table.figure_address(path, band.column_paths[0]), "")
        labels = ["" if group == above else group, path[-1].label] if group else [path[-1].label]
        rows.append([*labels, *[""] * (band.label_columns - len(labels)), value])
        above = group

    return rows


def _grid_rows(table: Table, values: Mapping[str, str]) -> list[list[str]]:
    """A head of as many rows as it is deep, then the rows."""
    band = table.bands[0]
    depth = max(len(path) for path in band.column_paths)
    heads = [[band.corner] if not level else [""] for level in range(depth)]
    for path in band.column_paths:
        for level in range(depth):
            heads[level].append(path[level].label if level < len(path) else "")

    rows = []
    for row in band.row_paths:
        figures = [table.figure_address(row, column) for column in band.column_paths]
        rows.append([row[-1].label, *(values.get(address, "") for address in figures)])

    return [*heads, *rows]


def install_toy(monkeypatch: pytest.MonkeyPatch) -> Form:
    """Make docgen know the toy form for one test."""
    monkeypatch.setitem(FORMS, TOY.key, TOY)
    return TOY
