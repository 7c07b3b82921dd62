"""Words typical of a side: Monroe's score, p by relabelling articles, dispersion; notes where nothing can be said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analytics.compare import distinctive_words
from analytics.compare.distinctive_words import Counts, p_of_words
from analytics.errors import SelectionError


def table(texts: dict[str, list[str]]) -> pd.DataFrame:
    """Words of articles, a list of texts for each outlet."""
    rows = [
        (f"{outlet}{n}", outlet, word)
        for outlet, articles in texts.items()
        for n, text in enumerate(articles)
        for word in text.split()
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "word"])


TEXTS = {
    "Dawn": ["the dam may hold", "the dam may break", "the vote may come", "the dam stood", "the sea rose"],
    "Dusk": ["the dam broke", "the sea broke in", "the vote fell", "a dam", "the end the end the end"],
}


def test_log_odds_and_z_are_monroes() -> None:
    found = distinctive_words(table(TEXTS), of="Dawn", reference="Dusk").set_index("word")
    n, m, total = 18, 18, 500
    may, prior = 3, 3 / (n + m) * total
    ours = np.log((may + prior) / (n + total - may - prior))
    theirs = np.log(prior / (m + total - prior))
    assert found.loc["may", "log_odds"] == pytest.approx(ours - theirs)
    assert found.loc["may", "z"] == pytest.approx((ours - theirs) / np.sqrt(1 / (may + prior) + 1 / prior))
    assert found.loc["may", "per_1000"] == pytest.approx(1000 * 3 / 18)
    assert (found.loc["may", "n_articles"], found.loc["may", "n_articles_reference"]) == (3, 0)
    assert found["z"].is_monotonic_decreasing


def test_dispersion_is_gries_deviation_of_proportions() -> None:
    found = distinctive_words(table(TEXTS), of="Dusk", reference="Dawn").set_index("word")
    sizes = np.array([3, 4, 3, 2, 6]) / 18
    end = np.array([0, 0, 0, 0, 1.0])
    assert found.loc["end", "dp"] == pytest.approx(np.abs(end - sizes).sum() / 2 / (1 - sizes.min()))


def test_p_agrees_with_relabelling_the_articles() -> None:
    random = np.random.default_rng(1)
    lam = random.gamma(0.4, 2, (60, 8)) * np.array([0.1, 0.3, 1, 3, 0.1, 0.3, 1, 3])
    counts = random.poisson(lam).astype(float)
    counts[:15, :4] += random.poisson(1.0, (15, 4))
    counts = np.column_stack([counts, np.full(60, 20.0)])
    ours = np.arange(60) < 15
    p = p_of_words(Counts(words=[""] * 9, counts=sparse.csc_array(counts), ours=ours))
    size = counts.sum(axis=1)
    above = counts - np.outer(size, counts.sum(axis=0) / size.sum())
    dealt = np.array([above[random.permutation(60)[:15]].sum(axis=0) for _ in range(20000)])
    observed = above[ours].sum(axis=0)
    upper, lower = (dealt >= observed - 1e-9).mean(axis=0), (dealt <= observed + 1e-9).mean(axis=0)
    assert p == pytest.approx(np.minimum(1, 2 * np.minimum(upper, lower)), rel=0.35, abs=0.03)


def test_a_word_of_one_long_article_is_not_told_apart() -> None:
    random = np.random.default_rng(2)
    filler = ["a b c d e f g h"] * 30
    burst = [f"{text} {'ferry ' * (40 if n == 3 else random.integers(0, 2))}" for n, text in enumerate(filler)]
    rare = [f"{text} {'ferry ' * random.integers(0, 2)}" for text in filler]
    found = distinctive_words(table({"Dawn": burst, "Dusk": rare}), of="Dawn", reference="Dusk").set_index("word")
    assert found.loc["ferry", "z"] > 2.5 and found.loc["ferry", "p"] > 0.05
    assert found.loc["ferry", "low"] < 0


def test_rare_words_have_a_note_in_place_of_p() -> None:
    found = distinctive_words(table(TEXTS), of="Dawn").set_index("word")
    assert found.loc["stood", "note"] == "too few articles hold it (1 of 5)"
    assert pd.isna(found.loc["stood", "p"]) and pd.isna(found.loc["stood", "p_adjusted"])
    assert found.loc["the", "p_adjusted"] >= found.loc["the", "p"]


def test_all_articles_alike_tell_nothing_apart() -> None:
    found = distinctive_words(table({"Dawn": ["the dam held"] * 6, "Dusk": ["the dam held"] * 6}), of="Dawn")
    assert found["log_odds"].to_numpy(float) == pytest.approx(0) and (found["p"] > 0.9).all()


def test_a_side_that_is_not_there_or_too_small_is_named() -> None:
    words = table({"Dawn": ["the dam"] * 6, "Once": ["the sea"]})
    with pytest.raises(SelectionError, match="no words of outlet 'Noon' here; there are those of: Dawn, Once"):
        distinctive_words(words, of="Noon")
    with pytest.raises(SelectionError, match=r"outlet 'Once' has too few articles \(1 of 5\)"):
        distinctive_words(words, of="Once")
    with pytest.raises(SelectionError, match="nobody"):
        distinctive_words(words.iloc[:0], of="Dawn")
