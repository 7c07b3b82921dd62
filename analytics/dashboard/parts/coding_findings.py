"""Where the machine errs by the codes, and a measure's numbers as measured and as corrected by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd
import streamlit as st

from ...charts import correction_chart
from ...coding import (
    Coded,
    Findings,
    Sample,
    coded,
    confusion,
    error_by_class,
    error_by_outlet,
    errs_differently,
    findings,
    side_by_side,
)
from ...compare import MACHINE_ERROR
from ..view import View
from . import elements
from .escape import markdown
from .rate_charts import axis

T = TypeVar("T")


def errors(view: View, sample: Sample) -> None:
    """F1 and confusion, by answer and outlet, and whether the machine errs differently by outlet."""
    found = _coded(view, sample)
    if found is None:
        return
    codes = found.codes[found.codes["code"].notna()]
    st.write(markdown(_remembered(view, sample, "differently", lambda: errs_differently(codes).sentence)))
    st.header("By outlet", anchor=False)
    st.caption("Error: the mean of machine − coders; above zero, the machine says too much.")
    elements.table(_remembered(view, sample, "by_outlet", lambda: error_by_outlet(codes)), name="coding_by_outlet")
    st.header("By answer", anchor=False)
    st.caption("Each coded item counts for as many as its draw makes it stand for.")
    labels = {float(answer.value): answer.label for answer in sample.coding.answers}
    by_class = _remembered(view, sample, "by_class", lambda: error_by_class(codes))
    elements.table(by_class.assign(answer=by_class["class"].map(labels)), name="coding_by_class")
    st.header("Confusion", anchor=False)
    st.caption("Rows: what coders say. Columns: the machine's nearest answer. As many items as stand behind them.")
    table = _remembered(view, sample, "confusion", lambda: confusion(codes)).round(1)
    table.columns = [f"machine: {labels.get(float(value), value)}" for value in table.columns]
    elements.table(
        table.reset_index().assign(code=[labels.get(float(v), v) for v in table.index]), name="coding_confusion"
    )


def estimate(view: View, sample: Sample) -> None:
    """Chart and table of both numbers, by outlet and as differences, and what more codings would do."""
    found = _coded(view, sample)
    if found is None:
        return
    score = sample.score
    st.caption(
        f"{markdown(score.question)} Hollow: as measured; {MACHINE_ERROR}. Filled: corrected by the codes; it is in "
        "there. Lines are 95 % intervals."
    )
    reach = st.number_input(
        "How many more codings for an interval of ± this? (0: as many again)", 0.0, key="coding_reach", format="%.3f"
    )
    result: Findings = _remembered(
        view, sample, f"findings {reach}", lambda: findings(sample, found, reach=float(reach) or None)
    )
    for note in result.notes:
        st.caption(markdown(note))
    _both(result.rates, sample, name="coding_rates", alt="as measured and corrected, by outlet", bounds=score.range)
    if len(result.differences):
        st.header("Differences from the other outlets", anchor=False)
        _both(result.differences, sample, name="coding_differences", alt="difference of each outlet, both ways")


def _both(
    rows: pd.DataFrame, sample: Sample, *, name: str, alt: str, bounds: tuple[float, float | None] | None = None
) -> None:
    score = sample.score
    figure = correction_chart(rows, **axis(score), bounds=bounds)
    elements.chart(figure, rows, name=name, alt=f"{score.label}: {alt}")
    st.table(side_by_side(rows).set_index("of"))


def _coded(view: View, sample: Sample) -> Coded | None:
    found: Coded = _remembered(view, sample, "coded", lambda: coded(view.store, sample))
    for note in found.notes:
        st.caption(markdown(note))
    if found.codes["code"].isna().all():
        elements.nothing("Nothing is coded yet.")
        return None
    return found


def _remembered(view: View, sample: Sample, what: str, compute: Callable[[], T]) -> T:
    """Computed once for these codes: the sample's files say whether there are others."""
    files = tuple((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(sample.folder.iterdir()))
    return view.remember(("coding", sample.name, what, files), compute)
