from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_news import EVENTS, news

from analytics.errors import InputError
from analytics.evaluation import bcubed, stories
from analytics.evaluation.bcubed import Story, agreement
from analytics.evaluation.corpus import as_frame, dated, read_corpus
from analytics.evaluation.figures import COLUMNS

FLOOD = Story("a flood", frozenset("abc"), frozenset("xy"), frozenset("u"))


def corpus(folder: Path) -> tuple[Path, dict[str, str]]:
    """The invented articles as a file, and the id that reading gives each, by its title."""
    file = folder / "news.parquet"
    as_frame(news()).drop(columns="article_id").to_parquet(file)
    return file, {f"{a.title}": a.article_id for a in read_corpus(file)}


def sheet(folder: Path, ids: dict[str, str], *, unsure: bool = False) -> Path:
    rows = [
        (event, ids[f"The {event}, told for the {n + 1}. time"], "unsure" if unsure and n == 2 else "same")
        for event in EVENTS[:4]
        for n in range(3)
    ]
    file = folder / "sheet.tsv"
    pd.DataFrame(rows, columns=["story", "article_id", "verdict"]).to_csv(file, sep="\t", index=False)
    return file


def by_title(articles: pd.DataFrame, earlier: pd.Series | None) -> pd.Series:
    """Groups as they should be: the word after "The" in an invented headline is its event."""
    return pd.Series(articles["title"].str.split().str[1].array, index=articles["article_id"])


def values(table: pd.DataFrame, method: str) -> pd.Series:
    chosen = table[(table["method"] == method) & (table["split"] == "judged stories")]
    return chosen.set_index("metric")["value"]


@pytest.mark.parametrize(
    ("groups", "precision", "recall", "strict"),
    [
        ({"a": "abc", "b": "abc", "c": "abc"}, 3, 3, 3),
        ({"a": "a", "b": "b", "c": "c"}, 3, 1, 3),
        ({"a": "abcx", "b": "abcx", "c": "abcx"}, 9 / 4, 3, 9 / 4),
        ({"a": "abcu", "b": "abcu", "c": "abcu"}, 3, 3, 3),  # left open: counts nowhere
        ({"a": "abcq", "b": "abcq", "c": "abcq"}, 3, 3, 9 / 4),  # nobody judged it
        ({"a": "ab", "b": "ab", "c": "cxy"}, 2 + 1 / 3, 2 / 3 + 2 / 3 + 1 / 3, 2 + 1 / 3),
    ],
)
def test_agreement_of_one_story(groups: dict[str, str], precision: float, recall: float, strict: float) -> None:
    assert agreement(FLOOD, groups) == pytest.approx((3, precision, recall, strict))


@given(st.lists(st.integers(0, 4), min_size=6, max_size=12), st.lists(st.integers(0, 4), min_size=12, max_size=12))
def test_agreement_is_b_cubed_where_every_article_is_judged(gold: list[int], found: list[int]) -> None:
    ids = [str(i) for i in range(len(gold))]
    true, said = dict(zip(ids, gold, strict=True)), dict(zip(ids, found, strict=False))
    judged = [
        Story(str(k), frozenset(i for i in ids if true[i] == k), frozenset(i for i in ids if true[i] != k), frozenset())
        for k in set(gold)
    ]
    whole = {i: [j for j in ids if said[j] == said[i]] for i in ids}
    precision, recall, f1, strict = (value for _, value, _, _ in bcubed.figures([agreement(s, whole) for s in judged]))
    right = {i: [j for j in whole[i] if true[j] == true[i]] for i in ids}
    assert precision == pytest.approx(np.mean([len(right[i]) / len(whole[i]) for i in ids]))
    assert recall == pytest.approx(np.mean([len(right[i]) / gold.count(true[i]) for i in ids]))
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert strict == pytest.approx(f1)


def test_the_interval_holds_the_figure_and_is_of_stories() -> None:
    good, bad = bcubed.Sums(3, 3, 3, 3), bcubed.Sums(3, 1, 1, 1)
    for _, value, low, high in bcubed.figures([good, bad] * 10):
        assert low < value < high
    assert {(low, high) for _, _, low, high in bcubed.figures([good] * 10)} == {(1, 1)}


def test_the_shipped_sheets_name_three_tellings_of_every_event() -> None:
    first, later = (stories.read_sheet(path) for path in stories.SHEETS.values())
    found = first + later
    assert len(first) >= 60 and len(later) >= 40
    assert all(len(story.same) >= 3 for story in found)
    assert all(not story.same & story.other and not story.same & story.unsure for story in found)
    tellings = [article for story in found for article in story.same]
    assert len(tellings) == len(set(tellings)), "an article tells one event"


def test_the_tellings_of_other_stories_are_neighbours(tmp_path: Path) -> None:
    _, ids = corpus(tmp_path)
    first, second = stories.read_sheet(sheet(tmp_path, ids))[:2]
    assert second.same <= first.other


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("story\tid\tverdict\n", "columns must be story, article_id, verdict"),
        ("story\tarticle_id\tverdict\na\tb\tperhaps\n", r":2: 'perhaps' is no verdict"),
    ],
)
def test_a_malformed_sheet_is_named(content: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        stories.read_sheet(file)


def test_right_groups_get_a_full_score_and_articles_alone_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "SIZES", (8, 16, 10_000))
    file, ids = corpus(tmp_path)
    table = stories.evaluate(file, sheets={"judged stories": sheet(tmp_path, ids)}, group=by_title)
    assert list(table.columns) == COLUMNS
    assert (values(table, "tellings") == 1).all() and (values(table, "tellings, day by day") == 1).all()
    alone = values(table, "each article alone")
    assert alone["B-cubed precision"] == 1
    assert alone["B-cubed recall"] == pytest.approx(1 / 3, abs=0.001)
    costs = table[table["metric"] == "seconds"]
    assert costs["n"].tolist() == [8, 16], "a corpus of 24 articles cannot be timed with 10,000"


def test_everything_in_one_group_is_not_precise(tmp_path: Path) -> None:
    file, ids = corpus(tmp_path)
    table = stories.evaluate(
        file,
        sheets={"judged stories": sheet(tmp_path, ids)},
        group=lambda articles, _: pd.Series("all", index=articles["article_id"]),
    )
    found = values(table, "tellings")
    assert found["B-cubed recall"] == 1 and found["B-cubed precision"] == pytest.approx(3 / 12)
    assert found["B-cubed F1, unjudged counted wrong"] <= found["B-cubed F1"]


def test_articles_left_open_are_not_in_the_mix(tmp_path: Path) -> None:
    file, ids = corpus(tmp_path)
    judged = stories.read_sheet(sheet(tmp_path, ids, unsure=True))
    mix = stories._mixed(dated(read_corpus(file)), judged)
    assert not set(mix["article_id"]) & set().union(*(story.unsure for story in judged))
    assert set(mix["article_id"]) >= set().union(*(story.same for story in judged))


def test_another_corpus_is_refused(tmp_path: Path) -> None:
    file, _ = corpus(tmp_path)
    with pytest.raises(InputError, match="holds none of the judged stories"):
        stories.evaluate(file, group=by_title)


def test_a_results_folder_gives_the_same_articles_as_its_store(results: Path) -> None:
    from analytics import open_store

    store = open_store(results)
    contents = dict(store.select("texts")[["article_id", "text"]].to_numpy().tolist())
    found = read_corpus(results)
    assert {article.article_id: article.content for article in found} == contents
    undated = replace(found[0], published=None)
    assert undated not in dated([undated, *found[1:]])
    assert len(dated(found)) == sum(article.published is not None for article in found)
