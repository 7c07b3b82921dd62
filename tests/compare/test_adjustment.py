from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from analytics.compare.adjustment import holm_adjusted


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_statsmodels_holm(seed: int) -> None:
    p = np.round(np.random.default_rng(seed).uniform(0, 0.3, 12), 2)  # with ties
    assert holm_adjusted(p) == pytest.approx(multipletests(p, method="holm")[1])
