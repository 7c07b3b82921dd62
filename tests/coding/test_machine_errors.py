"""Where the machine errs, against scikit-learn, and whether it errs differently by outlet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import confusion_matrix, f1_score, precision_score, recall_score

from analytics.coding import confusion, error_by_class, error_by_outlet, errs_differently


def codes(*, bias: float = 0.0, n: int = 240, seed: int = 0) -> pd.DataFrame:
    """Coded mentions of two invented outlets, the machine off by `bias` on one."""
    random = np.random.default_rng(seed)
    code = random.choice([-1.0, 0.0, 1.0], n)
    outlet = np.where(np.arange(n) % 2, "Harbour Post", "Daily Ferry")
    return pd.DataFrame(
        {
            "item_id": [f"m{i:03}" for i in range(n)],
            "article_id": [f"a{i // 2:03}{i % 2}" for i in range(n)],
            "outlet": outlet,
            "machine": np.clip(code + random.normal(np.where(outlet == "Daily Ferry", bias, 0), 0.5), -1, 1),
            "coder": "ada",
            "code": code,
            "probability": random.choice([0.1, 0.5], n),
            "time": pd.Timestamp("2031-01-06", tz="UTC"),
        }
    )


def test_figures_per_class_are_those_of_scikit_learn() -> None:
    given = codes()
    machine = np.clip(np.round(given["machine"]), -1, 1)
    how = {"sample_weight": 1 / given["probability"], "labels": [-1, 0, 1]}
    found = error_by_class(given)
    of_all = found[found["outlet"] == "all outlets"]
    for name, score in (("f1", f1_score), ("precision", precision_score), ("recall", recall_score)):
        assert of_all[name].tolist() == pytest.approx(score(given["code"], machine, average=None, **how).tolist())
    assert confusion(given).to_numpy() == pytest.approx(confusion_matrix(given["code"], machine, **how))
    assert ((of_all["low"] < of_all["f1"]) & (of_all["f1"] < of_all["high"])).all()
    assert found["outlet"].unique().tolist() == ["all outlets", "Daily Ferry", "Harbour Post"]


def test_a_machine_that_errs_differently_is_named_with_its_direction() -> None:
    found = errs_differently(codes(bias=0.8))
    assert found.p < 0.01
    assert found.sentence.startswith("The machine errs differently by outlet")
    assert "Daily Ferry: 0." in found.sentence and "too high beside the others" in found.sentence
    errors = error_by_outlet(codes(bias=0.8)).set_index("outlet")
    assert errors["low"]["Daily Ferry"] > 0 > errors["low"]["Harbour Post"]
    assert errors["n_items"].tolist() == [120, 120]


def test_a_machine_that_errs_alike_is_not() -> None:
    tested = [errs_differently(codes(seed=seed)).p for seed in range(12)]
    assert np.mean([p < 0.05 for p in tested]) <= 0.25
    assert "No sign" in errs_differently(codes(seed=int(np.argmax(tested)))).sentence


def test_too_few_articles_are_said() -> None:
    found = errs_differently(codes(n=6))
    assert found.p is None and "cannot be told: two outlets need 5 coded articles each" in found.sentence
