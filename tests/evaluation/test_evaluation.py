import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from analytics.errors import InputError
from analytics.evaluation import DATASETS
from analytics.evaluation.figures import COLUMNS, row
from analytics.evaluation.newsmtsc import polarity

GOOD, BAD, FLAT = "{} gave a wonderful, brilliant speech.", "{} built a horrible, murderous trap.", "{} took the train."
NAMES = ("Ada Brandt", "Olin Moor", "Mira Vance", "Tomas Reik")


def newsmtsc(folder: Path) -> Path:
    """Invented sentences in the published format."""
    records = [
        {"sentence": text.format(name), "mention": name, "from": 0, "to": len(name), "polarity": polarity, "id": name}
        for name in NAMES
        for text, polarity in ((GOOD, 1), (BAD, -1), (FLAT, 0))
    ]
    lines = "\n".join(json.dumps(record) for record in records) + "\n"
    (folder / "train.jsonl").write_text(lines, encoding="utf-8")
    (folder / "dev_rw.jsonl").write_text(lines, encoding="utf-8")
    return folder


def szeged(folder: Path) -> Path:
    """Invented sentences in the published format."""
    sure = [{"text": f"The {what} closed on Monday.", "ccue": {}} for what in ("bank", "dam", "port", "bridge")]
    unsure = [
        {"text": f"The {what} may close on Monday.", "ccue": {"speculation_modal_probable_": ["may"]}}
        for what in ("bank", "dam", "port", "bridge")
    ]
    for name in ("wiki", "factbank_dev"):
        (folder / f"{name}.cleaned.json").write_text(json.dumps(sure + unsure), encoding="utf-8")
    return folder


def narrative_frames(folder: Path) -> Path:
    """Invented articles in the published format; the economic ones speak of inflation."""
    texts = [f"The {what} closed on Monday." for what in ("bank", "dam", "port", "bridge", "mill", "inn")]
    lines = ["\t".join(["1", "paper", "centre", "2020-01-01", text, *(["False"] * 4), "False"]) for text in texts] + [
        "\t".join(["1", "paper", "centre", "2020-01-01", f"{text} Inflation and recession.", *(["True"] * 5)])
        for text in texts
    ]
    for name in ("train.txt", "dev.txt"):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


MAKERS: dict[str, Callable[[Path], Path]] = {
    "narrative_frames": narrative_frames,
    "newsmtsc": newsmtsc,
    "szeged": szeged,
}


@pytest.mark.model
@pytest.mark.parametrize("dataset", MAKERS)
def test_figures_name_split_method_interval_and_n(dataset: str, tmp_path: Path) -> None:
    figures = DATASETS[dataset](MAKERS[dataset](tmp_path))
    assert list(figures.columns) == COLUMNS
    assert figures["value"].between(0, 1).all() and (figures["low"] <= figures["high"]).all()
    ours = {"narrative_frames": "frame cues", "newsmtsc": "VADER, as used", "szeged": "hedge lexicon, as used"}[dataset]
    values = figures.loc[figures["method"] == ours].set_index("split")["value"]
    assert (values[["dev: economic"]] == 1).all() if dataset == "narrative_frames" else (values == 1).all()


@pytest.mark.parametrize(
    ("dataset", "missing"),
    [
        ("narrative_frames", r"train\.txt is missing"),
        ("newsmtsc", r"train\.jsonl is missing"),
        ("szeged", r"wiki\.cleaned\.json is missing"),
    ],
)
def test_a_wrong_folder_is_told_which_file_is_expected(dataset: str, missing: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=missing):
        DATASETS[dataset](tmp_path)


@pytest.mark.parametrize(
    ("dataset", "file", "missing"),
    [("newsmtsc", "dev_rw.jsonl", r"dev_rw\.jsonl"), ("szeged", "factbank_dev.cleaned.json", r"factbank_dev")],
)
def test_a_folder_without_a_split_is_told_so(dataset: str, file: str, missing: str, tmp_path: Path) -> None:
    (MAKERS[dataset](tmp_path) / file).unlink()
    with pytest.raises(InputError, match=missing):
        DATASETS[dataset](tmp_path)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    newsmtsc(tmp_path)
    (tmp_path / "train.jsonl").write_text("{not json", encoding="utf-8")
    with pytest.raises(InputError, match=r"train\.jsonl is no JSON"):
        DATASETS["newsmtsc"](tmp_path)


@pytest.mark.filterwarnings("ignore:A single label was found")
@pytest.mark.parametrize("average", ["macro", "binary"])
@given(pairs=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=40))
def test_f1_equals_that_of_scikit_learn(average: str, pairs: list[tuple[int, int]]) -> None:
    gold, predicted = zip(*pairs, strict=True)
    expected = f1_score(gold, predicted, average=average, zero_division=0)
    assert row("dev", "ours", gold, predicted, average=average)["value"] == pytest.approx(expected)


def test_a_malformed_row_is_named_with_its_line(tmp_path: Path) -> None:
    narrative_frames(tmp_path)
    (tmp_path / "train.txt").write_text("1\tpaper\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"train\.txt:1: not 10 columns"):
        DATASETS["narrative_frames"](tmp_path)


def test_the_interval_holds_the_figure_and_comes_out_the_same_twice() -> None:
    gold, predicted = [0, 1, 1, 0, 1, -1] * 20, [0, 1, 0, 0, 1, -1] * 20
    figure = row("dev", "ours", gold, predicted, average="macro")
    assert figure["value"] == pytest.approx(f1_score(gold, predicted, average="macro"))
    assert figure["low"] < figure["value"] < figure["high"]
    assert figure == row("dev", "ours", gold, predicted, average="macro")


@pytest.mark.parametrize(("value", "label"), [(0.0, 0), (0.049, 0), (0.05, 1), (-0.05, -1), (1.0, 1)])
def test_polarity_uses_the_thresholds_of_vader(value: float, label: int) -> None:
    assert polarity(value) == label


@pytest.mark.gold
@pytest.mark.model
def test_the_figures_that_the_measures_state_still_hold(gold: Path) -> None:
    newsmtsc_figures = DATASETS["newsmtsc"](gold / "newsmtsc")
    szeged_figures = DATASETS["szeged"](gold / "szeged_uncertainty")
    assert _figure(newsmtsc_figures, "dev_rw", "VADER, as used") == pytest.approx(0.56, abs=0.03)
    assert _figure(szeged_figures, "factbank_dev", "hedge lexicon, as used") >= 0.84
    assert _figure(szeged_figures, "wiki", "hedge lexicon, as used") >= 0.75


def _figure(figures: pd.DataFrame, split: str, method: str) -> float:
    return float(figures.set_index(["split", "method"]).loc[(split, method), "value"])
