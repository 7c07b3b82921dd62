"""Who is made to say what, in the language that newsrooms write: golden cases, each with its check."""

from pathlib import Path

import pytest

from analytics.evaluation.cases import Case, faults, read_cases

pytestmark = pytest.mark.model
CASES = read_cases(Path(__file__).parent / "golden" / "speakers.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case.case_id for case in CASES])
def test_speakers_and_contents(case: Case) -> None:
    assert faults(case) == []
