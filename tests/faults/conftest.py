"""Runs of the real pipeline that load no models, and two finished results folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analytics.annotation import embedding
from analytics.evaluation.robustness.damaging import two_results
from analytics.evaluation.robustness.killing import tables_in
from analytics.evaluation.robustness.plain_runs import PlainAnnotator, PlainEmbedder
from analytics.scoring import batch


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Scoring in this process with stand-ins for what loads models."""
    monkeypatch.setattr(batch, "annotator", lambda *_: PlainAnnotator())
    monkeypatch.setattr(embedding, "load_embedder", PlainEmbedder)
    yield


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Results of two editions of the same articles. Tests only read them."""
    return two_results(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="session")
def whole(two: tuple[Path, Path]) -> dict[str, pd.DataFrame]:
    """The tables of the first of them."""
    return tables_in(two[0])
