"""Behind a number, words that it was not read from are marked, and mentions that were not read are counted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest
from synthetic_store import OUTLETS

from analytics.dashboard.parts.evidence_queries import unread


@pytest.fixture
def read_in_part(store_folder: Path, tmp_path: Path) -> Path:
    """The synthetic store, its mentions with sentiment: read from their own words alone, one of four not at all."""
    folder = shutil.copytree(store_folder, tmp_path / "read")
    _rewrite(
        folder / "mentions.parquet",
        """SELECT * REPLACE (
            CASE WHEN mention_id % 4 = 0 THEN NULL ELSE sentiment_vader END AS sentiment,
            CASE WHEN mention_id % 4 = 0 THEN 'told_attitude' ELSE 'own_words' END AS read_from,
            CASE WHEN mention_id % 4 = 0 THEN NULL ELSE "start" || '-' || "end" END AS read_words) FROM {}""",
    )
    _rewrite(
        folder / "scores.parquet",
        "SELECT * REPLACE (CASE WHEN score = 'sentiment_vader' THEN 'sentiment' ELSE score END AS score) FROM {}",
    )
    return folder


def _rewrite(file: Path, sql: str) -> None:
    rows = duckdb.sql(sql.format(f"read_parquet('{file}')")).to_arrow_table()
    duckdb.from_arrow(rows).write_parquet(str(file))


def test_words_that_a_number_was_not_read_from_are_marked_and_named(
    open_page, read_in_part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "TELLINGS_STORE", str(read_in_part))
    address = {"measure": "Sentiment toward the actor", "about": "Mara Quill", "rates_pick": OUTLETS[0]}
    app = open_page("explore", **address)
    assert not app.exception
    html = "".join(str(each.value) for each in app.html)
    assert '<mark class="unread" data-label="not read" title="not read">' in html
    assert "the value was read from the other words" in html
    captions = " ".join(str(each.value) for each in app.caption)
    assert "Mentions without a value:" in captions and "somebody else's attitude toward the actor" in captions


def test_a_number_without_such_words_has_no_legend_of_them(open_page) -> None:
    app = open_page("explore", measure="Hedges", rates_pick=OUTLETS[0])
    assert not any("unread" in str(each.value).partition("</style>")[2] for each in app.html)


@pytest.mark.parametrize(
    ("read_words", "expected"),
    [(None, []), ("10-50", []), ("10-20 35-50", [(20, 35)]), ("12-20", [(10, 12), (20, 50)])],
)
def test_what_was_not_read_is_the_rest_of_the_sentence(read_words: str | None, expected: list[tuple[int, int]]) -> None:
    assert [(span.start, span.end) for span in unread(read_words, 10, 50)] == expected
