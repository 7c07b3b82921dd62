"""Tables as `analytics.compare` returns them, written out, and figures as the browser gets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

Row = tuple[Any, ...]
TOO_FEW = "too few articles (3 of 5)"


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    """Rates from rows (*keys, value or None, n articles); the interval is value ± 1 and the note follows."""

    def build(rows: list[Row], *, by: tuple[str, ...] = ("outlet",)) -> pd.DataFrame:
        found = [
            {
                **dict(zip(by, keys, strict=True)),
                "value": value,
                "low": None if value is None else value - 1,
                "high": None if value is None else value + 1,
                "n_articles": n,
                "denominator": 100.0,
                "note": TOO_FEW if value is None else "",
            }
            for *keys, value, n in rows
        ]
        numbers = dict.fromkeys(("value", "low", "high", "denominator"), "Float64")
        kinds = {**dict.fromkeys(by, "string"), **numbers, "n_articles": "Int64", "note": "string"}
        return pd.DataFrame.from_records(found, columns=list(kinds)).astype(kinds)

    return build


@pytest.fixture
def spec() -> Callable[[go.Figure], dict[str, Any]]:
    """The figure's specification, as JSON that holds no number which is not one."""

    def read(figure: go.Figure) -> dict[str, Any]:
        return dict(json.loads(figure.to_json(), parse_constant=lambda name: pytest.fail(f"{name} in the figure")))

    return read


def words_of(figure: dict[str, Any]) -> list[str]:
    """The texts of all annotations."""
    return [each["text"] for each in figure["layout"].get("annotations", [])]


@pytest.fixture
def words() -> Callable[[dict[str, Any]], list[str]]:
    return words_of
