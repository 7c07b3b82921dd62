"""Differences within stories: against statsmodels and by hand, under a null, with planted effects, on odd input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy.stats import permutation_test

from analytics.compare import contrasts, enough_stories, fixed_effects, in_words, same_story_contrasts
from analytics.compare.story_permutation import p_within_stories
from analytics.compare.told import told
from analytics.errors import SelectionError


def corpus(*, stories: int = 60, shift: float = 0.0, seed: int = 0, spread: float = 1.0) -> pd.DataFrame:
    """Three invented outlets that tell most of the same stories; "Daily Ferry" is `shift` higher."""
    random = np.random.default_rng(seed)
    names = ("Daily Ferry", "Harbour Post", "Northern Ledger")
    rows = [
        {"outlet": name, "story_id": f"s{story:03}", "effect": effect + shift * (name == names[0])}
        for story, effect in enumerate(random.normal(0, 1, stories))
        for name in names
        for _ in range(random.integers(0, 3))
    ]
    frame = pd.DataFrame(rows)
    size = random.integers(1, 20, len(frame)).astype(float)
    value = frame["effect"] + random.normal(0, spread, len(frame))
    ids = [f"a{n:04}" for n in range(len(frame))]
    return frame.assign(article_id=ids, numerator=value * size, denominator=size, copy_of=None)


def test_the_difference_is_that_of_least_squares_with_an_effect_for_each_story() -> None:
    scores = corpus(shift=0.5)
    found = same_story_contrasts(scores).set_index("outlet")
    checked = fixed_effects(scores).set_index("outlet")
    for name in found.index:
        data = scores.assign(value=scores["numerator"] / scores["denominator"], ours=scores["outlet"] == name)
        fit = smf.wls("value ~ ours + C(story_id)", data, weights=data["denominator"]).fit()
        assert found["difference"][name] == pytest.approx(fit.params["ours[T.True]"])
        assert checked["difference"][name] == pytest.approx(fit.params["ours[T.True]"])


def test_the_check_has_the_clustered_standard_errors_of_statsmodels() -> None:
    scores = corpus(shift=0.5)
    checked = fixed_effects(scores, reference="Harbour Post").set_index("outlet").loc["Daily Ferry"]
    pair = scores[scores["outlet"].isin(["Daily Ferry", "Harbour Post"])]
    pair = pair[pair.groupby("story_id")["outlet"].transform("nunique") == 2]
    data = pair.assign(value=pair["numerator"] / pair["denominator"], ours=pair["outlet"] == "Daily Ferry")
    stories = pd.factorize(data["story_id"])[0]
    fit = smf.wls("value ~ ours + C(story_id)", data, weights=data["denominator"]).fit(
        cov_type="cluster", cov_kwds={"groups": stories}, use_t=True
    )
    low, _ = fit.conf_int().loc["ours[T.True]"]
    assert checked["n_stories"] == data["story_id"].nunique()
    counted = (len(data) - 2) / (len(data) - 1 - data["story_id"].nunique())  # statsmodels counts the swept effects
    theirs = (checked["difference"] - low) / counted**0.5
    assert checked["difference"] - checked["low"] == pytest.approx(theirs, rel=0.02)


def test_interval_and_regression_agree() -> None:
    scores = corpus(stories=300, shift=0.2)
    found, checked = (each(scores, reference="Harbour Post").iloc[0] for each in (same_story_contrasts, fixed_effects))
    width = checked["high"] - checked["low"]
    assert found["low"] == pytest.approx(checked["low"], abs=0.1 * width)
    assert found["high"] == pytest.approx(checked["high"], abs=0.1 * width)


def test_p_is_that_of_every_relabelling() -> None:
    random = np.random.default_rng(3)
    ours, theirs = random.normal(0.6, 1, 10), random.normal(0, 1, 10)
    scores = pd.DataFrame(
        {
            "article_id": [f"{side}{n}" for side in "xy" for n in range(10)],
            "outlet": ["Daily Ferry"] * 10 + ["Harbour Post"] * 10,
            "story_id": [f"s{n}" for n in range(10)] * 2,
            "numerator": [*ours, *theirs],
            "denominator": 1.0,
        }
    )
    exact = permutation_test(
        (ours, theirs), lambda x, y, axis: (x - y).mean(axis=axis), permutation_type="samples", vectorized=True
    )
    articles = told(scores)
    [p] = p_within_stories(articles.shared(), [0], random=np.random.default_rng(1), relabellings=20_000)
    assert p == pytest.approx(exact.pvalue, abs=0.01)


def test_what_changes_nothing_is_no_evidence() -> None:
    scores = corpus()
    even = scores.assign(numerator=scores["denominator"])
    found = same_story_contrasts(even)
    assert (found["p"] == 1).all() and (found["difference"].abs() < 1e-12).all()
    assert found["low"].isna().all() and (found["note"] == "no interval: the articles do not vary").all()


def test_relabelled_outlets_are_rarely_told_apart() -> None:
    scores, random = corpus(stories=80), np.random.default_rng(5)
    articles = told(scores).shared()
    found = []
    for _ in range(150):
        dealt = random.permutation(len(articles))
        order = dealt[np.argsort(articles.story[dealt], kind="stable")]
        relabelled = type(articles)(
            outlets=articles.outlets,
            outlet=articles.outlet,
            story=articles.story,
            numerator=articles.numerator[order],
            denominator=articles.denominator[order],
        )
        found += list(p_within_stories(relabelled, [0, 1, 2], random=random, relabellings=99))
    assert 0.015 < np.mean(np.array(found) <= 0.05) < 0.095


def test_a_planted_difference_is_found_and_a_choice_of_stories_is_not_taken_for_one() -> None:
    planted = same_story_contrasts(corpus(stories=200, shift=0.4), reference="Harbour Post").iloc[0]
    assert planted["p_adjusted"] < 0.05 and planted["low"] < 0.4 < planted["high"]
    scores = corpus(stories=300, seed=2)
    grim = scores.groupby("story_id")["effect"].transform("first") < -0.3
    choosy = scores[grim | (scores["outlet"] != "Daily Ferry")]
    row = same_story_contrasts(choosy, reference="Harbour Post").iloc[0]
    raw = contrasts(choosy, reference="Harbour Post", stories="all").iloc[0]
    assert raw["p_adjusted"] < 0.01 and row["raw_difference"] == pytest.approx(raw["difference"])
    assert row["p"] > 0.05 and row["choice_high"] < 0
    assert row["choice"] == pytest.approx(row["raw_difference"] - row["difference"])


def test_copies_and_stories_of_one_outlet_do_not_count() -> None:
    scores = corpus()
    n = same_story_contrasts(scores, reference="Harbour Post").iloc[0]["n_stories"]
    alone = scores[scores["outlet"] == "Daily Ferry"].head(3)
    alone = alone.assign(story_id=["t1", "t2", "t3"], article_id=list("xyz"))
    copied = scores.head(1).assign(article_id="copy", copy_of="a0000", numerator=1e9, story_id="s000")
    found = same_story_contrasts(pd.concat([scores, alone, copied]), reference="Harbour Post").iloc[0]
    assert found["n_stories"] == n and found["raw_difference"] < 100


def test_few_articles_or_stories_say_so() -> None:
    scores = corpus()
    one = scores.head(1).assign(article_id="one", outlet="Lone Gull")
    apart = scores.head(8).assign(outlet="Far Bell", article_id=list("abcdefgh"), story_id=list("abcdefgh"))
    found = same_story_contrasts(pd.concat([scores, one, apart])).set_index("outlet")
    assert found["note"]["Lone Gull"] == "too few articles (1 of 5)"
    assert found["note"]["Far Bell"] == "no story that both tell"
    assert found.loc[["Lone Gull", "Far Bell"], "difference"].isna().all()
    assert found["difference"]["Daily Ferry"] is not pd.NA
    few = scores[scores["story_id"] < "s008"]
    assert "too few stories that both tell (" in same_story_contrasts(few, reference="Harbour Post")["note"].iloc[0]


def test_the_same_stories_come_first_where_there_are_enough() -> None:
    scores = corpus()
    assert enough_stories(scores) and contrasts(scores).attrs["stories"] == "same"
    assert not enough_stories(scores.head(20)) and contrasts(scores.head(20)).attrs["stories"] == "all"
    assert contrasts(scores, stories="all").attrs["stories"] == "all"
    assert contrasts(scores.drop(columns="story_id")).attrs["stories"] == "all"
    with pytest.raises(SelectionError, match="with_stories"):
        contrasts(scores.drop(columns="story_id"), stories="same")
    with pytest.raises(SelectionError, match="no outlet 'Lone Gull'"):
        same_story_contrasts(scores, reference="Lone Gull")


def test_order_of_rows_and_other_outlets_change_nothing() -> None:
    scores = corpus(shift=0.3)
    found = same_story_contrasts(scores, reference="Harbour Post")
    shuffled = same_story_contrasts(scores.sample(frac=1, random_state=1), reference="Harbour Post")
    pd.testing.assert_frame_equal(found, shuffled)
    pair = scores[scores["outlet"] != "Northern Ledger"]
    alone = same_story_contrasts(pair, reference="Harbour Post")
    assert alone.loc[0, "low"] == found.loc[0, "low"]


def test_sentences_say_which_way_how_sure_and_what_is_choice() -> None:
    row = same_story_contrasts(corpus(stories=200, shift=-0.6), reference="Harbour Post").iloc[0]
    said = in_words(row, unit="mean")
    assert said.startswith("Daily Ferry is 0.") and "lower (mean) than Harbour Post in the " in said
    assert "effect: lower" in said and "Over all articles the difference is" in said
    assert said.endswith("The measure's own error is not in this interval.")
    assert "own error" not in in_words(row, corrected=True)
    few = same_story_contrasts(corpus(stories=4), reference="Harbour Post").iloc[0]
    assert in_words(few).startswith("Daily Ferry beside Harbour Post: ")
