"""Links of mentions to actors, against sheets of verdicts."""

from pathlib import Path

import pytest

from analytics.errors import InputError
from analytics.evaluation.links import COLUMNS, SHEETS, evaluate, read_sheet
from analytics.results.store import open_store


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda path: path.stem)
def test_a_sheet_holds_both_kinds_of_links(sheet: Path) -> None:
    forms = [verdict.form for verdict in read_sheet(sheet)]
    assert forms.count("name") >= 100
    assert len(forms) - forms.count("name") >= 100


def test_the_first_reading_stays_beside_what_still_stands(results: Path, tmp_path: Path) -> None:
    mentions = open_store(results).select("mentions", columns=("article_id", "start", "end", "actor_id"))
    article_id, start, end, actor_id = mentions.iloc[0].tolist()
    rows = [
        (article_id, start, end, "name", actor_id, "right"),
        (article_id, start, end, "name", "somebody-else", "wrong"),
        (article_id, 0, 100_000, "name", actor_id, "wrong"),
    ]
    sheet = tmp_path / "later.tsv"
    sheet.write_text("\n".join("\t".join(map(str, row)) for row in (COLUMNS, *rows)) + "\n")
    figures = evaluate(results, sheets={", later": sheet})
    named = figures[figures["split"] == "named, later"].set_index("metric")["value"]
    assert named.to_dict() == {"precision when judged": 1 / 3, "precision": 1, "links changed": 1, "links gone": 1}


def test_a_corpus_without_judged_articles_is_refused(results: Path) -> None:
    with pytest.raises(InputError, match="none of the articles"):
        evaluate(results)
