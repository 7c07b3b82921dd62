import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from invented_news import news

from analytics.errors import InputError
from analytics.evaluation import copies
from analytics.evaluation.corpus import as_frame
from analytics.evaluation.figures import COLUMNS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "news.parquet"
    as_frame(news(tellings=1)).drop(columns="article_id").to_parquet(file)
    more = as_frame(news(tellings=2)).query("title.str.contains('2.')").assign(url="https://example.org/2")
    pd.concat([pd.read_parquet(file), more.drop(columns="article_id")]).to_parquet(file)
    return file


def oracle(frame: pd.DataFrame) -> pd.DataFrame:
    """Links a planted copy to the article that shares most of its words in its place."""
    texts = dict(frame[["article_id", "text"]].to_numpy().tolist())
    sources = {i: set(re.findall(r"\w+ \w+ \w+", text)) for i, text in texts.items() if not i.startswith("planted")}
    rows = []
    for article_id, text in texts.items():
        if article_id.startswith("planted"):
            runs = {" ".join(words) for words in zip(*(text.split()[n:] for n in range(3)), strict=False)}
            rows.append((article_id, max(sources, key=lambda i: len(runs & sources[i]))))
    return pd.DataFrame(rows, columns=["article_id", "copy_of"])


def value(table: pd.DataFrame, method: str, metric: str) -> float:
    return float(table.set_index(["method", "metric"]).loc[(method, metric), "value"])


@pytest.mark.parametrize(
    ("text", "middle"),
    [
        ("One.\n\nTwo.\n\nThree.", "Two."),
        ("A a. B b. C c. D d. E e. F f. G g. H h.", "C c. D d. E e. F f."),
        ("A a. B b. C c.", "B b."),
        ("Only one.", "Only one."),
    ],
)
def test_the_ends_are_cut(text: str, middle: str) -> None:
    assert copies.trimmed(text) == middle


def test_every_tenth_word_is_another_one() -> None:
    words = [f"word{n}" for n in range(45)]
    changed = copies.changed_words(" ".join(words), ["word9", "else"], np.random.default_rng(0)).split()
    assert [n for n, (a, b) in enumerate(zip(words, changed, strict=True)) if a != b] == [9, 19, 29, 39]


def test_planted_copies_have_another_headline_and_outlet_and_come_later() -> None:
    mix, originals = copies.planted(news())
    by_id = {article.article_id: article for article in mix}
    assert len(originals) == 12 and len(mix) == 36
    for copy_id, source_id in originals.items():
        copy, source = by_id[copy_id], by_id[source_id]
        assert copy.outlet != source.outlet and copy.text != source.text and copy.title != source.title
        assert copy.published and source.published and copy.published > source.published
    again, _ = copies.planted(news())
    assert again == mix


def test_right_links_are_counted_right_and_baselines_stand_beside(corpus: Path) -> None:
    table = copies.evaluate(corpus, find=oracle)
    assert list(table.columns) == COLUMNS
    assert value(table, "tellings", "recall") == 1 and value(table, "tellings", "precision") == 1
    assert value(table, "exact hash", "recall") == 0
    assert "TF-IDF, cosine ≥ 0.8" in set(table["method"])


def test_wrong_links_cost_precision_and_recall(corpus: Path) -> None:
    def shifted(frame: pd.DataFrame) -> pd.DataFrame:
        right = oracle(frame)
        return right.assign(copy_of=np.roll(right["copy_of"].to_numpy(), 1))

    table = copies.evaluate(corpus, find=shifted)
    assert value(table, "tellings", "recall") < 0.5
    assert value(table, "tellings", "precision") < 1


def test_no_link_is_no_precision(corpus: Path) -> None:
    table = copies.evaluate(corpus, find=lambda frame: oracle(frame).iloc[:0])
    assert value(table, "tellings", "recall") == 0
    assert np.isnan(value(table, "tellings", "precision"))


@pytest.mark.parametrize(
    ("links", "linked"),
    [
        ({"p": "s"}, True),
        ({"s": "p"}, True),
        ({"p": "e", "s": "e"}, True),
        ({"p": "e"}, False),
        ({"p": "e", "s": "f"}, False),
        ({"s": "e"}, False),
        ({}, False),
    ],
)
def test_a_copy_may_be_linked_over_an_earlier_article(links: dict[str, str], linked: bool) -> None:
    assert copies._linked("p", "s", links) is linked


def test_a_link_between_articles_of_the_corpus_needs_long_shared_runs() -> None:
    a, b = " ".join(f"a{n}" for n in range(40)), " ".join(f"b{n}" for n in range(40))
    texts = {"one": a, "two": f"{b[:60]} {a}", "three": b}
    assert copies._is_copy("two", "one", {}, {}, texts)
    assert not copies._is_copy("three", "one", {}, {}, texts)


def test_a_corpus_that_is_too_small_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "news.csv"
    file.write_text("title,text\nA dam,It broke.\n", encoding="utf-8")
    with pytest.raises(InputError, match="0 articles have 120 words or more"):
        copies.evaluate(file)
