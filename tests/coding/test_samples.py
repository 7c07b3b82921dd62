"""A sample on disk: what is drawn, with which probability, and what its codes stand for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.coding import (
    Desk,
    Sample,
    codable,
    coded,
    disagreements,
    draw_more,
    draw_sample,
    findings,
    items,
    open_sample,
    probabilities,
    samples,
    settle,
    shown,
)
from analytics.coding.code_log import append, read_log
from analytics.coding.guidelines import guidelines
from analytics.errors import InputError, SelectionError, StoreError
from analytics.results.store import Selection, Store, open_store

MARA = "person:mara_quill"


@pytest.fixture
def store(results: Path, tmp_path: Path) -> Store:
    return open_store(Path(shutil.copytree(results, tmp_path / "results")))


def code_all(store: Store, sample: Sample, coder: str = "ada", *, key: str = "2", most: int = 10**6) -> Desk:
    desk = Desk(store, sample, coder)
    while len(desk.done) < most and (place := desk.next()):
        desk.answer(place.item_id, key)
    return desk


@pytest.mark.parametrize("name", ["hedging", "boosting", "sentiment_vader", "frame_conflict"])
def test_items_add_up_to_the_score(store: Store, name: str) -> None:
    actor = MARA if codable()[name].per_actor else None
    found = items(store, name, actor=actor)
    rows = store.query(
        "SELECT sum(numerator) AS n, sum(denominator) AS d, sum(value) AS v, count(*) AS k FROM scores "
        "WHERE score = ? AND voice IN ('outlet', 'all') AND actor_id IS NOT DISTINCT FROM ?",
        [name, actor],
    ).iloc[0]
    above, below = (rows["v"], rows["k"]) if name.startswith("frame") else (rows["n"], rows["d"])
    assert found["machine"].sum() == pytest.approx(above)
    assert found["denominator"].sum() == pytest.approx(below)
    assert found["item_id"].is_unique and (found["denominator"] > 0).all()


def test_what_cannot_be_coded_is_named_with_what_can(store: Store) -> None:
    with pytest.raises(SelectionError, match="'agency' cannot be coded; these can: sentiment, author_sentiment"):
        draw_sample(store, "agency", n=10)
    with pytest.raises(SelectionError, match="name one"):
        draw_sample(store, "sentiment_vader", n=10)
    with pytest.raises(SelectionError, match="nothing to code"):
        draw_sample(store, "sentiment_vader", n=10, actor="person:nobody")


@pytest.mark.parametrize("design", ["simple", "stratified", "active"])
def test_a_draw_keeps_the_probability_of_every_item(store: Store, design: str) -> None:
    drawn = draw_sample(store, "hedging", n=30, design=design, name=design)  # type: ignore[arg-type]
    kept = open_sample(store.folder, design)
    pd.testing.assert_frame_equal(kept.frame, drawn.frame)
    assert kept.frame["probability_1"].between(0, 1, inclusive="right").all()
    assert kept.frame["probability_1"].sum() == pytest.approx(30) and len(kept.queue) in (29, 30, 31)


def test_the_same_seed_gives_the_same_draw_in_the_same_order(store: Store) -> None:
    one, other = (draw_sample(store, "hedging", n=20, name=name, seed=5) for name in ("one", "other"))
    assert one.queue["item_id"].tolist() == other.queue["item_id"].tolist()
    another = draw_sample(store, "hedging", n=20, name="another", seed=6)
    assert one.queue["item_id"].tolist() != another.queue["item_id"].tolist()


def test_a_stratified_draw_gives_outlets_about_the_same_number(store: Store) -> None:
    population = items(store, "hedging")
    chance = probabilities(population, 40, design="stratified", coding=codable()["hedging"].coding)  # type: ignore[arg-type]
    by_outlet = pd.Series(chance).groupby(population["outlet"].fillna("?").to_numpy(object)).sum()
    big = by_outlet[population["outlet"].value_counts().nlargest(3).index]
    assert big.max() / big.min() < 1.6


def test_more_than_there_is_draws_all(store: Store) -> None:
    sample = draw_sample(store, "sentiment_vader", n=10_000, actor=MARA)
    assert len(sample.queue) == len(sample.frame)


def test_who_stops_early_has_coded_a_smaller_sample(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=40, design="simple")
    code_all(store, sample, most=10, key="0")
    found = coded(store, sample)
    n = len(sample.queue)
    expected = sample.frame.set_index("item_id")["probability_1"] * 10 / n
    assert found.population.set_index("item_id")["probability"].to_numpy() == pytest.approx(
        expected.reindex(found.population["item_id"]).to_numpy()
    )
    assert (1 / found.codes["probability"]).sum() == pytest.approx(len(sample.frame), rel=0.1)


def test_what_cannot_be_told_is_stood_for_by_the_others(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=30, design="simple")
    desk = Desk(store, sample, "ada")
    for number in range(20):
        place = desk.next()
        assert place is not None
        desk.answer(place.item_id, None if number % 2 else "0")
    found = coded(store, sample)
    decided = found.codes[found.codes["code"].notna()]
    assert len(decided) == 10 and (1 / decided["probability"]).sum() == pytest.approx(len(sample.frame), rel=0.1)


def test_a_second_draw_codes_nothing_twice_and_counts_both(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=40, design="active")
    code_all(store, sample, key="0")
    again = draw_more(sample, 30)
    assert again.queue["item_id"].is_unique and again.queue["item_id"].tolist()[:40] == sample.queue["item_id"].tolist()
    code_all(store, again, key="1")
    found = coded(store, open_sample(store.folder))
    one, two = (found.population["probability"] >= again.frame[f"probability_{n}"] - 1e-9 for n in (1, 2))
    assert one.all() and two.all()


def test_corrected_numbers_find_the_truth_that_coders_tell(store: Store) -> None:
    sample = draw_sample(store, "sentiment_vader", n=1000, actor=MARA)
    code_all(store, sample, key="3")  # all for: the mean is 1, whatever the machine says
    rates = findings(sample, coded(store, sample)).rates
    assert rates.loc[0, "outlet"] == "all outlets" and rates.loc[0, "value"] == pytest.approx(1)
    assert rates.loc[0, "uncorrected"] == pytest.approx(sample.frame["machine"].mean())
    assert rates["note"].str.startswith("too few").any()  # outlets with fewer than 20 codings or 5 articles


def test_codes_of_articles_that_are_gone_are_said_and_kept(store: Store) -> None:
    sample = draw_sample(store, "sentiment_vader", n=1000, actor=MARA)
    code_all(store, sample)
    gone = sample.frame["article_id"].iloc[0]
    manifest = json.loads((store.folder / "manifest.json").read_text(encoding="utf-8"))
    for name in ("articles", "sentences", "mentions"):
        file = store.tables / f"{name}.parquet"
        table = pd.read_parquet(file)
        table = table[table["article_id"] != gone]
        table.to_parquet(file, index=False)
        manifest["counts"][name] = len(table)
    (store.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    after = open_store(store.folder)
    found = coded(after, sample)
    n = int((sample.frame["article_id"] == gone).sum())
    assert any("1 article is gone" in note for note in found.notes)
    assert len(found.population) == len(sample.frame) - n and len(sample.log().in_force) == len(sample.frame)
    assert Desk(after, sample, "ada").gone == n
    findings(sample, found)


def test_articles_that_came_after_the_draw_are_left_out_of_its_estimate(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=30, selection=Selection(outlets=("Harbour Post",)))
    code_all(store, sample, key="0")
    assert set(coded(store, sample).population["outlet"]) == {"Harbour Post"}


def test_undo_takes_the_last_code_back_and_keeps_both_lines(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=10)
    desk = code_all(store, sample, most=3, key="0")
    last = desk.done["item_id"].iloc[-1]
    assert desk.undo() == last and len(desk.done) == 2
    again = desk.next()
    assert again is not None and again.item_id == last and len(read_log(sample.folder).lines) == 4
    desk.answer(last, "1")
    assert desk.done["code"].tolist()[-1] == 1
    fresh = Desk(store, sample, "ben")
    assert fresh.undo() is None


def test_answers_are_those_of_the_measure(store: Store) -> None:
    sample = draw_sample(store, "sentiment_vader", n=5, actor=MARA)
    desk = Desk(store, sample, " ada  brandt ")
    assert desk.coder == "ada brandt"
    with pytest.raises(InputError, match="no answer '7'; there are: 1, 2, 3"):
        desk.answer(sample.queue["item_id"].iloc[0], "7")
    for name, why in (("adjudicated", "marks what settles"), ("  ", "cannot be empty"), ("x" * 61, "at most 60")):
        with pytest.raises(InputError, match=why):
            Desk(store, sample, name)


def test_disagreements_are_settled_once(store: Store) -> None:
    sample = draw_sample(store, "sentiment_vader", n=30, actor=MARA)
    code_all(store, sample, "ada", key="1")
    code_all(store, sample, "ben", key="1", most=5)
    assert disagreements(sample).empty
    code_all(store, sample, "eve", key="3", most=3)
    found = disagreements(sample)
    assert found["item_id"].tolist() == sample.queue["item_id"].tolist()[:3]
    assert found["codes"].iloc[0] == {"ada": -1.0, "ben": -1.0, "eve": 1.0}
    settle(sample, found["item_id"].iloc[0], "2", by="ida")
    assert len(disagreements(sample)) == 2
    codes = coded(store, sample).codes.set_index(["item_id", "coder"])["code"]
    assert codes[found["item_id"].iloc[0], "adjudicated"] == 0


def test_a_coder_sees_neither_outlet_nor_headline_nor_the_answer(store: Store) -> None:
    for name, actor in (("sentiment_vader", MARA), ("hedging", None), ("frame_conflict", None)):
        sample = draw_sample(store, name, n=1000, actor=actor, name=name)
        for _, item in sample.queue.iterrows():
            seen = shown(store, item, kind=sample.coding.item, voice="outlet")
            assert seen is not None
            words = " ".join([seen.before, seen.text, seen.after])
            assert "The bridge, day" not in words or name == "hedging"  # there, a headline can be an item itself
            assert "Harbour Post" not in words and "alert('title')" not in words.replace(seen.text, "")


def test_names_of_outlets_are_blackened_but_not_what_is_asked_about(store: Store) -> None:
    from analytics.coding.blind import _masked, _masks

    hidden = _masks(store)
    text = "The Harbour Post has learnt it, and so has Daily Ferry."
    assert _masked(text, hidden) == "The ████████████ has learnt it, and so has ███████████."
    assert _masked(text, hidden, spare=(43, 54)).endswith("Daily Ferry.")


def test_words_of_other_voices_are_grey(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=1000)
    seen = [shown(store, item, kind="words", voice="outlet") for _, item in sample.queue.iterrows()]
    quoted = next(each for each in seen if each and each.text.startswith("“We perhaps"))
    assert [quoted.text[a:b] for a, b in quoted.grey] == ["“We perhaps misjudged Quill,”"]


def test_names_guidelines_and_numbers_out_of_bounds_are_refused(store: Store) -> None:
    draw_sample(store, "hedging", n=5, name="first")
    for arguments, why in (
        ({"n": 5, "name": "first"}, "already"),
        ({"n": 5, "name": "../up"}, "cannot be the name"),
        ({"n": 0}, "at least one"),
        ({"n": 5, "guidelines": "x" * 1_000_001}, "at most 1,000,000 characters, these have 1,000,001"),
    ):
        with pytest.raises(InputError, match=why):
            draw_sample(store, "hedging", **arguments)  # type: ignore[arg-type]
    assert samples(store.folder) == ["first"]


def test_long_guidelines_are_kept_whole(store: Store) -> None:
    own = "Count what is meant. " * 5000  # 100,000 characters and more
    draw_sample(store, "hedging", n=5, guidelines=own)
    text = guidelines(open_sample(store.folder))
    assert text.endswith(own.strip()) and "How many hedges" in text


def test_a_damaged_sample_says_where_its_codes_are(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=5)
    (sample.folder / "draw-1.parquet").write_bytes(b"no parquet")
    with pytest.raises(StoreError, match=r"is damaged .* codes stand in its files"):
        open_sample(store.folder)


def test_samples_are_asked_for_by_name(store: Store) -> None:
    with pytest.raises(SelectionError, match="has no sample to code yet; draw one with: tellings code draw"):
        open_sample(store.folder)
    draw_sample(store, "hedging", n=5, name="one")
    draw_sample(store, "hedging", n=5, name="two")
    with pytest.raises(SelectionError, match="has 2 samples, name one: one, two"):
        open_sample(store.folder)
    with pytest.raises(SelectionError, match=r"no sample 'three'.*one, two"):
        open_sample(store.folder, "three")


def test_codes_of_strangers_are_counted(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=30)
    code_all(store, sample, key="0")
    append(sample.folder, [{"item_id": "elsewhere:1-2", "coder": "ada", "code": 1.0}])
    assert any("1 coded item is not of this sample" in note for note in coded(store, sample).notes)


def test_an_active_draw_learns_where_the_machine_errs(store: Store) -> None:
    sample = draw_sample(store, "hedging", n=1000)
    machine = sample.frame["machine"].to_numpy(float)
    codes = pd.DataFrame({"item_id": sample.frame["item_id"], "code": machine + np.where(machine > 0, 3.0, 0.0)})
    codes.loc[::2, "code"] = machine[::2]
    chance = probabilities(sample.frame, 20, design="active", coding=sample.coding, codes=codes)
    flat = sample.frame.assign(doubt=1.0)
    before = probabilities(flat, 20, design="active", coding=sample.coding)
    wrong = machine > 0
    assert chance[wrong].sum() > 1.5 * before[wrong].sum()
