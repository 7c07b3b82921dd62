"""The golden cases of changes: pairs of short tellings and what an editor must, or must not, be told of them.

A module of `analytics.stories.changes` has its cases in golden/NAME.jsonl, one a line: texts `a` and `b`; `has`,
changes that must be listed, each with its `kind` and, where they matter, `severity` and words of its `what`; and `not`,
kinds that must not be, or severities ("serious").
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analytics import compare_tellings
from analytics.stories.changes import CHANGE_KINDS, FINDERS
from analytics.vocabulary import SEVERITIES

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    pytest.param(json.loads(line), id=f"{file.stem}-{number}")
    for file in sorted(GOLDEN.glob("*.jsonl"))
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_golden_case(case: dict[str, Any]) -> None:
    found = compare_tellings(case["a"], case["b"]).changes
    for wanted in case.get("has", ()):
        assert any(
            change.kind == wanted["kind"]
            and SEVERITIES[change.severity] == wanted.get("severity", SEVERITIES[change.severity])
            and wanted.get("what", "") in change.what
            for change in found
        ), (wanted, found)
    for unwanted in case.get("not", ()):
        assert not [c for c in found if unwanted in (c.kind, SEVERITIES[c.severity])], (unwanted, found)


def test_every_kind_is_declared_by_the_module_that_finds_it() -> None:
    declared = [kind.name for finder in FINDERS for kind in finder.KINDS]
    assert sorted(declared) == sorted(CHANGE_KINDS) and len(set(declared)) == len(declared)


def test_every_kind_has_a_golden_case() -> None:
    shown = {wanted["kind"] for case in CASES for wanted in case.values[0].get("has", ())}
    assert shown == set(CHANGE_KINDS)
