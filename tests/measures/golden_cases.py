"""Golden cases of the measures: lines of golden/NAME.jsonl, each a test of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> list[dict[str, Any]]:
    """The cases of golden/NAME.jsonl, in order."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def each_case(name: str) -> pytest.MarkDecorator:
    """Runs a test for each golden case; the number in its id is the case's line."""
    return pytest.mark.parametrize("case", golden(name), ids=[f"{name}-{n}" for n in range(1, len(golden(name)) + 1)])
