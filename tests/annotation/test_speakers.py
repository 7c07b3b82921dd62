"""Who is made to say what, in the language that newsrooms write: golden cases, each with its check."""

from pathlib import Path

import pytest

from analytics.evaluation.cases import Case, faults, read_cases

pytestmark = pytest.mark.model
GOLDEN = Path(__file__).parent / "golden"
CASES = [case for name in ("speakers", "statements") for case in read_cases(GOLDEN / f"{name}.jsonl")]


@pytest.mark.parametrize("case", CASES, ids=[case.case_id for case in CASES])
def test_speakers_and_contents(case: Case) -> None:
    assert faults(case) == []
