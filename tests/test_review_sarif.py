"""`docgen check --report FILE.sarif`: SARIF 2.1.0, as its schema has it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
from conftest import INPUTS, Docgen, write_json
from test_review import WAIVER, Page, faulty

__all__ = ["faulty"]

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"minLength": 1}}}
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["uri"],
                    "properties": {"uri": {"pattern": r"^(?!/)[!-~]+$"}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    key: {"type": "string"} for key in ("name", "fullyQualifiedName", "kind")
                },
            },
        },
    },
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
#: What SARIF 2.1.0 (its JSON schema) wants of the parts that docgen writes, and no other parts.
SARIF: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs", "$schema"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool", "results", "invocations"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "name": {"minLength": 1},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "additionalProperties": False,
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"pattern": "^[A-Z][0-9]{3}$"},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {
                                                    "additionalProperties": False,
                                                    "properties": {"level": _LEVEL},
                                                },
                                                "properties": {"type": "object"},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "language": {"const": "zh-CN"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "exitCode": {"type": "integer"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["message"],
                                        "properties": {
                                            "message": _TEXT,
                                            "level": _LEVEL,
                                            "associatedRule": {"required": ["id", "index"]},
                                            "locations": {"items": _LOCATION},
                                        },
                                    },
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {"items": _LOCATION},
                                "relatedLocations": {"items": _LOCATION, "uniqueItems": True},
                                "suppressions": {
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {
                                                "enum": ["accepted", "underReview", "rejected"]
                                            },
                                            "justification": {"type": "string"},
                                        },
                                    }
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}


def sarif(path: str) -> dict[str, Any]:
    """The one run of a SARIF file that keeps to the schema."""
    log = json.loads(Path(path).read_text(encoding="utf-8"))
    jsonschema.validate(log, SARIF)
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    return run


def test_sarif_points_at_the_line_and_the_cell(docgen: Docgen, faulty: Path) -> None:
    docgen("check", faulty, INPUTS / "2024.json", "没有.xlsx", "--report", "a.sarif")
    run = sarif("a.sarif")
    assert [one["exitCode"] for one in run["invocations"]] == [1, 0, 3]
    assert [one["executionSuccessful"] for one in run["invocations"]] == [True, True, False]
    results = {one["ruleId"]: one for one in run["results"]}
    wrong = results["E302"]["locations"][0]
    assert wrong["physicalLocation"] == {
        "artifactLocation": {"uri": f"2024/{quote('表二 申请办理.csv')}"},
        "region": {"startLine": 6},
    }
    assert [one["fullyQualifiedName"] for one in wrong["logicalLocations"]] == [
        "表二 申请办理!E6",
        "requests.granted.commercial",
    ]
    assert results["E604"]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}
    below = next(one for one in run["results"] if "信息处理费管理办法" in one["message"]["text"])
    sheet = (faulty / "正文.csv").read_text(encoding="utf-8-sig").split("\n")
    line = below["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "信息处理费管理办法" in sheet[line - 1]  # a line further down than its row
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert any(one["associatedRule"]["id"] == "E711" for one in notes)
    assert "E301" in run["invocations"][0]["properties"]["rulesRan"]


def test_sarif_tells_nothing_of_the_machine(docgen: Docgen, folder: Path, faulty: Path) -> None:
    docgen("check", faulty.resolve(), INPUTS / "2024.json", "--report", "a.sarif")
    assert str(folder) not in Path("a.sarif").read_text(encoding="utf-8")
    assert str(INPUTS.parent) not in Path("a.sarif").read_text(encoding="utf-8")
    uris = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].partition("/")[0]
        for one in sarif("a.sarif")["results"]
    }
    assert uris == {"2024", "2024.json"}


def test_waived_is_shown_as_waived(docgen: Docgen, reference: dict[str, Any]) -> None:
    reference["sections"]["overview"].append(WAIVER["value"])
    reference["waivers"] = [WAIVER]
    path = write_json(Path("a.json"), reference)
    docgen("check", path, "--report", "b.html", "--report", "b.sarif")
    assert "已豁免：旧账本年才核对完（李主任，2025年1月10日）" in Page(Path("b.html")).text
    waived = [one for one in sarif("b.sarif")["results"] if one["ruleId"] == "E604"]
    assert [one["suppressions"][0]["justification"] for one in waived] == [
        "旧账本年才核对完（李主任，2025年1月10日）"
    ]


# --- where reports are written ---
