import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InputError
from analytics.evaluation.figures import COLUMNS
from analytics.evaluation.polnear import evaluate, figures, per_role
from analytics.evaluation.polnear_gold import GoldAttribution, GoldText, read_polnear
from analytics.evaluation.span_agreement import compare, match, overlap

TEXT = 'Ada Brandt said the dam is safe.\n\n"It will hold," said Olin Moor. "We checked."\n'
ANN = "\n".join(
    [
        "",
        "T1\tSource 0 10\tAda Brandt",
        "T2\tCue 11 15\tsaid",
        "T3\tContent 16 31\tthe dam is safe",
        "T4\tAttribution 11 15\tsaid",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "",
        'T5\tContent 34 49;66 79\t"It will hold," "We checked."',
        "T6\tCue 50 54\tsaid",
        "T7\tSource 55 64\tOlin Moor",
        "T8\tAttribution 50 54\tsaid",
        "E2\tAttribution:T8 Content:T5 Cue:T6 Source:T7",
        "#1\tAnnotatorNotes E2\ta note",
        "T9\tDiscard 0 3\tAda",
        "",
    ]
)
GOLD = (
    GoldAttribution(((11, 15),), ((0, 10),), ((16, 31),)),
    GoldAttribution(((50, 54),), ((55, 64),), ((34, 49), (66, 79))),
)


def part(folder: Path, *, ann: str = ANN) -> Path:
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    (folder / "text" / "paper_2020-01-01_dam.txt").write_text(TEXT, encoding="utf-8")
    (folder / "attributions" / "paper_2020-01-01_dam_4b22.ann").write_text(ann, encoding="utf-8")
    return folder


def test_events_join_spans_that_may_be_in_pieces(tmp_path: Path) -> None:
    assert read_polnear(part(tmp_path)) == [GoldText("paper_2020-01-01_dam", TEXT, GOLD)]


def test_of_several_annotators_the_first_counts(tmp_path: Path) -> None:
    part(tmp_path)
    (tmp_path / "attributions" / "paper_2020-01-01_dam_ffff.ann").write_text("", encoding="utf-8")
    [gold] = read_polnear(tmp_path)
    assert gold.attributions == GOLD


def test_a_folder_of_another_layout_is_told_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected the folders text .* and attributions"):
        evaluate(tmp_path)


def test_an_empty_part_is_told_so(tmp_path: Path) -> None:
    part(tmp_path)
    next((tmp_path / "attributions").iterdir()).unlink()
    with pytest.raises(InputError, match="no pair"):
        read_polnear(tmp_path)


@pytest.mark.parametrize("ann", ["T1\tCue x y\tsaid", "T1\tCue\tsaid", "E1\tAttribution:T4 Cue:T2"])
def test_a_file_that_is_no_stand_off_is_named(ann: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"dam_4b22\.ann"):
        read_polnear(part(tmp_path, ann=ann))


def test_the_gold_agrees_with_itself() -> None:
    for counts in compare(TEXT, GOLD, GOLD).values():
        assert counts.hit == counts.found == counts.gold == 2
        assert counts.words_hit == counts.words_found == counts.words_gold > 0
    assert compare(TEXT, GOLD, GOLD)["content"].right_source == 2


def test_nothing_found_is_no_hit() -> None:
    assert all(counts.hit == 0 and counts.gold == 2 for counts in compare(TEXT, GOLD, ()).values())


def test_a_content_given_to_the_wrong_source_is_found_with_the_wrong_source() -> None:
    swapped = (
        GoldAttribution(GOLD[0].cue, GOLD[1].source, GOLD[0].content),
        GoldAttribution(GOLD[1].cue, (), GOLD[1].content),
    )
    counts = compare(TEXT, GOLD, swapped)["content"]
    assert (counts.hit, counts.right_source) == (2, 0)


def test_a_source_that_two_attributions_share_counts_once() -> None:
    twice = (GOLD[0], GoldAttribution(((50, 54),), GOLD[0].source, GOLD[1].content))
    assert compare(TEXT, twice, twice)["source"].gold == 1


@pytest.mark.parametrize(
    ("found", "hits"),
    [(((0, 10),), 1), (((0, 5),), 1), (((0, 4),), 0), (((0, 20),), 1), (((0, 21),), 0), (((0, 3), (7, 10)), 1)],
)
def test_overlap_is_measured_on_the_longer_span(found: tuple[tuple[int, int], ...], hits: int) -> None:
    assert len(match([((0, 10),)], [found])) == hits


spans = st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@given(spans, spans)
def test_overlap_is_symmetric_and_a_share(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> None:
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) == 1


@given(st.lists(spans, max_size=6, unique=True), st.lists(spans, max_size=6, unique=True))
def test_matching_is_one_to_one(
    gold: list[tuple[tuple[int, int], ...]], found: list[tuple[tuple[int, int], ...]]
) -> None:
    pairs = match(gold, found)
    assert len({g for g, _ in pairs}) == len({f for _, f in pairs}) == len(pairs)


def test_figures_are_ratios_over_all_texts() -> None:
    gold = [GoldText("a", TEXT, GOLD), GoldText("b", TEXT, GOLD)]
    values = {each["metric"]: each for each in figures(per_role(gold, [GOLD, GOLD[:1]]))}
    assert values["cue, span recall"]["value"] == 0.75
    assert values["cue, span precision"]["value"] == 1
    assert values["cue, span F1"]["value"] == pytest.approx(6 / 7)
    assert values["content, right source"]["n"] == 3
    assert values["cue, span F1"]["low"] <= 6 / 7 <= values["cue, span F1"]["high"]


@pytest.mark.model
def test_rules_and_baseline_run_on_every_part_but_train(tmp_path: Path) -> None:
    part(tmp_path / "dev")
    part(tmp_path / "train")
    table = evaluate(tmp_path)
    assert list(table.columns) == COLUMNS
    assert set(table["split"]) == {"dev"}
    values = table.set_index(["method", "metric"])["value"]
    assert values["readable rules", "content, span F1"] == 1
    assert values["quotation marks, nearest subject", "content, span F1"] < 1
    assert json.loads(table.to_json(orient="records"))
