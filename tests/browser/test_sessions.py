"""Several readers at once: nobody sees an error.

With ten for five minutes, and their memory: `tellings evaluate endurance RESULTS`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.dashboard import endurance

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1_200)]


def test_many_readers_at_once(chromium: str, results: Path) -> None:
    (row,) = endurance.evaluate(results, sessions=3, minutes=0.2).to_dict("records")
    assert row["errors"] == 0, row["first_error"]
    assert row["actions"] >= 3 and 0 < row["mb_before"] <= row["mb_most"]
    assert 0 < row["median_seconds"] <= row["p95_seconds"]
