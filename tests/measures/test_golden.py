"""The golden cases of the measures of words: which words they find, of which kind, and where stated, in which voice.

A measure that fills the table `cues` has its cases in golden/NAME.jsonl, one a line: `text` and its `cues`, each with
`kind` and `text` and, where they matter, `cue_type`, `voice` (else the outlet's) and `scope` (the words it bears on).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from measures.golden_cases import golden

from analytics.annotation import Annotator
from analytics.article import AnnotatedArticle, Article
from analytics.measures import MEASURES, Measure

CASES = [
    pytest.param(measure, number, case, id=f"{measure.name}-{number}")
    for measure in MEASURES
    if measure.table == "cues"
    for number, case in enumerate(golden(measure.name), 1)
]


@cache
def annotated_cases(name: str) -> tuple[AnnotatedArticle, ...]:
    """The texts of a measure's cases; together they take a third of the time that they take one by one."""
    return tuple(Annotator().annotate([Article(article_id="a", text=case["text"]) for case in golden(name)]))


@pytest.mark.model
@pytest.mark.parametrize(("measure", "number", "case"), CASES)
def test_golden_case(measure: Measure, number: int, case: dict[str, Any]) -> None:
    annotated = annotated_cases(measure.name)[number - 1]
    found = list(measure.find(annotated))
    assert [(f["kind"], f["text"]) for f in found] == [(cue["kind"], cue["text"]) for cue in case["cues"]]
    for f, cue in zip(found, case["cues"], strict=True):
        assert f["cue_type"] == cue.get("cue_type", measure.marks[0].kind)
        assert f["voice"] == cue.get("voice", f["voice"] if "scope" in cue or "cue_type" in cue else "outlet")
        if "scope" in cue:
            assert annotated.text_of(f["scope_start"], f["scope_end"]) == cue["scope"]
