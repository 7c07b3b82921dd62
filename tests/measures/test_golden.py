"""The golden cases of the measures of words: which words they find, of which kind, and where stated, in which voice.

A measure that fills the table `cues` has its cases in golden/NAME.jsonl, one a line: `text` and its `cues`, each with
`kind` and `text` and, where they matter, `cue_type`, `voice` (else the outlet's) and `scope` (the words it bears on).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from measures.golden_cases import golden

from analytics.article import AnnotatedArticle
from analytics.measures import MEASURES, Measure

CASES = [
    pytest.param(measure, case, id=f"{measure.name}-{number}")
    for measure in MEASURES
    if measure.table == "cues"
    for number, case in enumerate(golden(measure.name), 1)
]


@pytest.mark.model
@pytest.mark.parametrize(("measure", "case"), CASES)
def test_golden_case(annotate: Callable[[str], AnnotatedArticle], measure: Measure, case: dict[str, Any]) -> None:
    annotated = annotate(case["text"])
    found = list(measure.find(annotated))
    assert [(f["kind"], f["text"]) for f in found] == [(cue["kind"], cue["text"]) for cue in case["cues"]]
    for f, cue in zip(found, case["cues"], strict=True):
        assert f["cue_type"] == cue.get("cue_type", measure.marks[0].kind)
        assert f["voice"] == cue.get("voice", f["voice"] if "scope" in cue or "cue_type" in cue else "outlet")
        if "scope" in cue:
            assert annotated.text_of(f["scope_start"], f["scope_end"]) == cue["scope"]
