"""The command that times how articles given in the browser become charts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from invented_news import news

from analytics.dashboard import adding_time
from analytics.dashboard.adding.preparing import record_of

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.timeout(1_200)]


def test_both_ways_of_giving_articles_are_timed(chromium: str, tmp_path: Path) -> None:
    lines = [json.dumps(record_of(article)) for article in news()[:6]]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = adding_time.evaluate(tmp_path / "news.jsonl").to_dict("records")
    assert [(row["way"], row["articles"], row["errors"]) for row in rows] == [("pasted", 6, 0), ("a file", 6, 0)]
    assert all(0 < row["seconds_to_reading"] < row["seconds_to_charts"] for row in rows)
