"""p of several comparisons of one table, adjusted for their number."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.multitest import multipletests


def holm(table: pd.DataFrame) -> pd.DataFrame:
    """The table with p_adjusted for all its rows that have p (Holm 1979): the family-wise error rate is kept.

    >>> holm(pd.DataFrame({"p": [0.01, 0.04], "p_adjusted": [None, None]}))["p_adjusted"].tolist()
    [0.02, 0.04]
    """
    tested = table["p"].notna()
    if tested.any():
        table = table.copy()
        table.loc[tested, "p_adjusted"] = multipletests(table.loc[tested, "p"].to_numpy(float), method="holm")[1]
    return table
