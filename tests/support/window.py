"""A report in the form `window-2024` of tests/data/forms, which has a rule of each kind."""

from typing import Any

WINDOWS = ("城东窗口", "城西窗口", "河口窗口")


def window_tree(year: int = 2024) -> dict[str, Any]:
    """A sound report as a JSON input."""
    rows: dict[str, dict[str, Any]] = {
        "unit1": {"phone": 12, "net": 30, "done": 40, "on_time": 39, "late": 1, "money": 120},
        "unit2": {"phone": 8, "net": 11, "done": 19, "on_time": 19, "late": 0, "money": 0},
        "unit3": {"phone": 5, "net": 2, "done": 7, "on_time": 5, "late": 2, "money": 36.5},
    }
    for row in rows.values():
        row["total"] = row["phone"] + row["net"]
    rows["all"] = {key: sum(row[key] for row in rows.values()) for key in rows["unit1"]}
    site = {
        "open": "是",
        "url": "https://ck.example.cn",
        "account": "河口窗口",
        "ways": "预约、查询",
        "visits": 310,
        "asked": 25,
    }
    return {
        "form": "window-2024",
        "year": year,
        "body": {"name": "河口镇人民政府", "level": "township"},
        "sections": {"overview": ["全年组织培训两次，抽查窗口三个。"]},
        "units": {"work": list(WINDOWS)},
        "figures": {
            "work": rows,
            "stock": {"orders": {"came": 3, "gone": 1, "left": 14}},
            "site": {key: {"value": value} for key, value in site.items()},
        },
        "signature": {"name": "河口镇人民政府", "date": f"{year + 1}年1月20日"},
    }
