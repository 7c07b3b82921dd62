"""How pairs of real tellings are drawn, put on a sheet, and measured by a reader's verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from analytics.article import AnnotatedArticle, Article, Sentence
from analytics.errors import InputError
from analytics.evaluation import telling_pairs
from analytics.evaluation.telling_pairs import COLUMNS, PairRow, TellingPair, draw, rows_of
from analytics.evaluation.tellings import SHEETS, evaluate, read_sheet
from analytics.ingest import read_articles
from analytics.stories.changes import Change, Passage
from analytics.stories.comparison import Comparison


def article(name: str, outlet: str) -> Article:
    """An article that shares no words with any other, long enough to be drawn."""
    return Article(article_id=name, text=" ".join(f"{name}{n}" for n in range(150)), outlet=outlet)


def grouped(articles: pd.DataFrame) -> pd.Series[str]:
    """A stand-in for the stories: articles whose ids begin alike."""
    names = articles["article_id"].tolist()
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name[0], name)
    return pd.Series([first[name[0]] for name in names], index=names)


def corpus() -> list[Article]:
    return [article(f"{letter}{n}", outlet) for letter in "abcd" for n, outlet in enumerate(("Herald", "Courier"))]


def test_pairs_are_of_two_outlets_and_one_story_and_the_seed_decides() -> None:
    drawn = draw(corpus(), seed=3, pairs=3, group=grouped)
    assert len(drawn) == 3 and len({pair.story_id for pair in drawn}) == 3
    assert all(pair.a.outlet != pair.b.outlet and pair.a.article_id[0] == pair.b.article_id[0] for pair in drawn)
    assert drawn == draw(corpus(), seed=3, pairs=3, group=grouped)
    orders = {tuple(pair.story_id for pair in draw(corpus(), seed=seed, pairs=4, group=grouped)) for seed in range(9)}
    assert len(orders) > 1


def test_halves_share_no_story() -> None:
    articles = [*corpus()[:2], article("x0", "Herald"), *corpus()[2:]]
    even, odd = (
        {pair.story_id for pair in draw(articles, seed=1, pairs=9, half=half, group=grouped)}
        for half in ("even", "odd")
    )
    assert even == {"a0"} and odd == {"b0", "c0", "d0"}


TEXTS = ("Two men fell.", "Ten men fell.")


def comparison_of(a: Article, b: Article, *changes: Change) -> Comparison:
    sides = [
        AnnotatedArticle(article=each, sentences=(Sentence(0, 0, len(each.text), 0, 0, False),)) for each in (a, b)
    ]
    return Comparison(a=sides[0], b=sides[1], alignments=(), quotes=(), changes=changes)


def change(kind: str, severity: int, a: tuple[int, int] | None, b: tuple[int, int] | None) -> Change:
    passages = [Passage(start=span[0], end=span[1], text="") if span else None for span in (a, b)]
    return Change(kind=kind, severity=severity, what="", a=passages[0], b=passages[1])


def test_a_sheet_holds_serious_changes_alone_and_a_pair_without_any() -> None:
    a, b = (Article(article_id=name, text=text) for name, text in zip("ab", TEXTS, strict=True))
    found = comparison_of(a, b, change("number_changed", 1, (0, 3), (0, 3)), change("added", 2, None, (4, 7)))
    assert rows_of(found) == [PairRow("a", "b", "number_changed", "serious", 0, 3, 0, 3)]
    assert rows_of(comparison_of(a, b)) == [PairRow("a", "b", "none", "", -1, -1, -1, -1)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.csv"
    path.write_text("text\n" + "\n".join(TEXTS) + "\n", encoding="utf-8")
    return path


def test_the_texts_of_drawn_pairs_stand_alone_and_beside_what_is_listed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = read_articles(file)
    assert isinstance(a, Article) and isinstance(b, Article)
    found = comparison_of(a, b, change("number_changed", 1, (0, 3), (0, 3)))
    monkeypatch.setattr(telling_pairs, "draw", lambda *_, **__: [TellingPair(story_id="s", a=a, b=b)])
    monkeypatch.setattr(telling_pairs, "compared", lambda _: iter([found]))
    assert telling_pairs.write_sheet(file, folder=tmp_path / "sheet", seed=1) == 1
    texts, listed = ((tmp_path / "sheet" / name).read_text(encoding="utf-8") for name in ("texts.md", "tellings.md"))
    assert all(text in texts and text in listed for text in TEXTS)
    assert "Number changed" not in texts and "number_changed" not in texts and "## Serious: 1" in listed


def sheet_of(folder: Path, *rows: Sequence[object]) -> Path:
    path = folder / "sheet.tsv"
    path.write_text("\n".join("\t".join(map(str, row)) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    return path


def test_rates_as_judged_and_as_listed_now(file: Path, tmp_path: Path) -> None:
    ids = [each.article_id for each in read_articles(file)]
    sheet = sheet_of(
        tmp_path,
        (*ids, "number_changed", "serious", 0, 3, 0, 3, "true"),
        (*ids, "place_changed", "serious", 4, 7, 4, 7, "false"),
        (*ids, "credit_lost", "serious", 4, 7, -1, -1, "false"),
        (*ids, "date_changed", "", 8, 12, 8, 12, "missed"),
    )

    def compare(pairs: Sequence[TellingPair]) -> Iterator[Comparison]:
        for pair in pairs:
            yield comparison_of(
                pair.a,
                pair.b,
                change("number_changed", 2, (0, 3), (0, 3)),
                change("place_changed", 1, (4, 6), (4, 6)),
                change("credit_lost", 1, None, (4, 7)),  # elsewhere than what was judged
                change("date_changed", 2, (8, 12), (8, 12)),
            )

    found = evaluate(file, sheets={"": sheet}, compare=compare).set_index(["split", "metric"])
    assert found.loc[("as judged", "false alarms"), ["value", "n"]].tolist() == [pytest.approx(2 / 3), 3]
    assert found.loc[("as judged", "facts missed"), ["value", "n"]].tolist() == [0.5, 2]
    assert found.loc[("now", "false alarms"), ["value", "n"]].tolist() == [1, 1]
    assert found.loc[("now", "facts missed"), ["value", "n"]].tolist() == [0, 2]
    assert found["value"]["now", "not judged"] == 1 and found["value"]["now", "no longer serious"] == 1


def test_another_corpus_and_rows_without_a_verdict_are_refused(file: Path, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ("x", "y", "number_changed", "serious", 0, 3, 0, 3, "true"))
    with pytest.raises(InputError, match="holds none of the pairs"):
        evaluate(file, sheets={"": sheet})
    with pytest.raises(InputError, match="is no verdict"):
        read_sheet(sheet_of(tmp_path, ("x", "y", "number_changed", "serious", 0, 3, 0, 3, "")))
    with pytest.raises(InputError, match="an offset is no number"):
        read_sheet(sheet_of(tmp_path, ("x", "y", "number_changed", "serious", "here", 3, 0, 3, "true")))


def test_a_second_sheet_has_splits_of_its_own_and_no_rate_of_what_nobody_looked_for(file: Path, tmp_path: Path) -> None:
    ids = [each.article_id for each in read_articles(file)]
    rows = [(*ids, "number_changed", "serious", 0, 3, 0, 3, verdict) for verdict in ("true", "false")]
    missed = (*ids, "date_changed", "", 8, 12, 8, 12, "missed")
    (tmp_path / "later").mkdir()
    sheets = {"": sheet_of(tmp_path, rows[0], missed), ", judged later": sheet_of(tmp_path / "later", rows[1])}

    def compare(pairs: Sequence[TellingPair]) -> Iterator[Comparison]:
        for pair in pairs:
            yield comparison_of(pair.a, pair.b, change("number_changed", 1, (0, 3), (0, 3)))

    found = evaluate(file, sheets=sheets, compare=compare).set_index(["split", "metric"])
    assert found["value"]["as judged", "false alarms"] == 0 and found["value"]["now, judged later", "false alarms"] == 1
    assert ("now", "facts missed") in found.index and ("now, judged later", "facts missed") not in found.index


def test_the_sheets_that_ship_can_be_read_and_share_no_pair() -> None:
    assert {row.verdict for row in read_sheet()} == {"true", "false", "missed", ""}
    first, *others = (read_sheet(sheet) for sheet in SHEETS.values())
    for later in others:
        assert {row.verdict for row in later} == {"true", "false", ""}
    pairs = [{row[:2] for row in sheet} for sheet in (first, *others)]
    assert len(set().union(*pairs)) == sum(map(len, pairs))
