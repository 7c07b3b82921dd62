"""Attributions against a sheet of verdicts."""

from pathlib import Path

import pytest

from analytics.errors import InputError
from analytics.evaluation.attribution_sheet import COLUMNS, KINDS, SHEETS, evaluate, hash_of, read_sheet
from analytics.results.store import open_store


@pytest.mark.parametrize("sheet", SHEETS.values())
def test_a_sheet_holds_every_kind_and_both_verdicts(sheet: Path) -> None:
    verdicts = read_sheet(sheet)
    assert {verdict.kind for verdict in verdicts} == set(KINDS)
    assert {verdict.speaker for verdict in verdicts} == {"right", "wrong", "missed", "none"}
    assert {verdict.bounds for verdict in verdicts} == {"right", "wrong"}


def test_the_first_reading_stays_beside_what_still_stands(results: Path, tmp_path: Path) -> None:
    chosen = ("article_id", "start", "end", "kind", "speaker_id", "speaker_text")
    made = open_store(results).select("attributions", columns=chosen)
    article, start, end, kind, who, text = made[made["speaker_id"].notna()].iloc[0].tolist()
    rows = [
        (article, start, end, kind, who, hash_of(text), "right", "wrong"),
        (article, start, end, kind, who, hash_of("Somebody Else"), "wrong", "right"),
        (article, 100_000, 100_001, kind, "", "", "none", "right"),
    ]
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text("\n".join("\t".join(map(str, row)) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    figures = evaluate(results, sheets={", later": sheet})
    assert figures[figures["split"] == "all, later"].set_index("metric")["value"].to_dict() == {
        "speaker when judged": 1 / 2,
        "bounds when judged": 2 / 3,
        "speaker": 1,
        "bounds": 0,
        "attributions changed": 1,
        "attributions gone": 1,
    }


def test_a_corpus_without_judged_articles_is_refused(results: Path) -> None:
    with pytest.raises(InputError, match="too few of the articles"):
        evaluate(results)


def test_no_article_is_judged_on_two_sheets() -> None:
    first, later = ({verdict.article_id for verdict in read_sheet(sheet)} for sheet in SHEETS.values())
    assert not first & later
