"""How boilerplate is measured against a reader's verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import InputError
from analytics.evaluation.boilerplate import COLUMNS, evaluate, read_sheet
from analytics.ingest import read_articles

NEWS = "The dam at Halsmer may hold."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "news.csv"
    path.write_text(f'text\n"HALSMER (AP) — {NEWS}\n\nRead more: The river"\n"{NEWS} A bridge."\n', encoding="utf-8")
    return path


def sheet_of(folder: Path, *rows: tuple[object, ...]) -> Path:
    path = folder / "sheet.tsv"
    path.write_text("\n".join("\t".join(map(str, row)) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    return path


def test_precision_recall_and_what_is_marked_in_vain(corpus: Path, tmp_path: Path) -> None:
    first, second = (article.article_id for article in read_articles(corpus))
    sheet = sheet_of(
        tmp_path,
        (first, 0, 14, "dateline", "marked", "boilerplate"),
        (first, 46, 66, "link", "marked", "news"),
        (first, 0, 14, "dateline", "read", "boilerplate"),
        (second, 29, 38, "caption", "read", "boilerplate"),
    )
    found = evaluate(corpus, sheet=sheet).set_index(["split", "metric"])["value"]
    assert found["marked", "precision"] == 0.5
    assert found["read", "recall"] == 0.5
    assert (found["captions", "recall"], found["others", "recall"]) == (0, 1)
    assert found["read", "marked in vain"] == 1  # the link, which no row of the sample "read" calls boilerplate


def test_another_corpus_and_another_table_are_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds none of the articles"):
        evaluate(corpus, sheet=sheet_of(tmp_path, ("elsewhere", 0, 1, "link", "read", "boilerplate")))
    (tmp_path / "other.tsv").write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(InputError, match="the columns must be"):
        read_sheet(tmp_path / "other.tsv")
    with pytest.raises(InputError, match="there is no such sheet"):
        read_sheet(tmp_path / "none.tsv")


def test_the_sheet_that_ships_can_be_read() -> None:
    assert {verdict.sample for verdict in read_sheet()} == {"marked", "read"}
