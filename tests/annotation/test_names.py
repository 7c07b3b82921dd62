"""Names of persons, nations, teams and companies in invented sentences, with the real parser."""

from pathlib import Path

import pytest

from analytics.evaluation.cases import Case, faults, read_cases

pytestmark = pytest.mark.model
CASES = read_cases(Path(__file__).parent / "golden" / "names.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[case.case_id for case in CASES])
def test_names(case: Case) -> None:
    assert faults(case) == []
