"""The format of a coded sample: one row for each code that one coder gave to one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from ..errors import InputError
from ..results.schemas import Table, Time
from ..vocabulary import VOICES

ADJUDICATED = "adjudicated"  # the coder's name on a row that settles a disagreement; it takes the place of all others


class Codes(Table):
    """One row per item and coder; a later row of the same coder on the same item takes the place of an earlier one."""

    item_id: Series[pd.StringDtype]  # what was coded: a mention, a sentence, an article; one population, one kind
    article_id: Series[pd.StringDtype]
    outlet: Series[pd.StringDtype] = pa.Field(nullable=True)
    measure: Series[pd.StringDtype]  # the name of the score that the codes are about
    actor_id: Series[pd.StringDtype] = pa.Field(nullable=True)
    voice: Series[pd.StringDtype] = pa.Field(isin=[*VOICES, "all"])
    machine: Series[pd.Float64Dtype]  # what the machine adds to the score's numerator for this item
    coder: Series[pd.StringDtype]
    code: Series[pd.Float64Dtype] = pa.Field(nullable=True)  # on the machine's scale; null: it cannot be decided
    probability: Series[pd.Float64Dtype] = pa.Field(gt=0, le=1)  # of being in the sample by its draw
    time: Series[Time]


COLUMNS = tuple(Codes.to_schema().columns)


def codes_frame(rows: Iterable[Mapping[str, object]] | pd.DataFrame) -> pd.DataFrame:
    """Validated codes of row mappings or of a frame, each column with its dtype.

    Raises InputError, in one sentence, where a column is missing or a value breaks the schema.

    >>> row = {"item_id": "m1", "article_id": "a1", "outlet": "Harbour Post", "measure": "sentiment", "actor_id": None}
    >>> row |= {"voice": "outlet", "machine": -0.6, "coder": "ada", "code": -1, "probability": 0.1}
    >>> codes_frame([row | {"time": pd.Timestamp("2031-01-06 10:00", tz="UTC")}])["code"].tolist()
    [-1.0]
    >>> codes_frame([row | {"time": pd.Timestamp("2031-01-06 10:00", tz="UTC"), "probability": 2}])
    Traceback (most recent call last):
      ...
    analytics.errors.InputError: codes: probability holds 2.0, which it must not: less_than_or_equal_to(1)
    """
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame.from_records(list(rows), columns=COLUMNS)
    if missing := [name for name in COLUMNS if name not in frame]:
        raise InputError(f"codes: the column {missing[0]} is missing; there must be: {', '.join(COLUMNS)}")
    try:
        return Codes.validate(frame[list(COLUMNS)].assign(time=pd.to_datetime(frame["time"], utc=True)))
    except pa.errors.SchemaError as error:
        name = getattr(error.schema, "name", "")
        cases = error.failure_cases
        value = cases["failure_case"].iloc[0] if isinstance(cases, pd.DataFrame) and len(cases) else cases
        raise InputError(
            f"codes: {name} holds {value}, which it must not: {getattr(error.check, 'error', error.check)}"
        ) from error
    except pa.errors.SchemaErrors as error:  # of a column that cannot be made the type it must have
        case = error.failure_cases.iloc[0]
        said = f"codes: {case['column']} holds {case['failure_case']}, which it must not: {case['check']}"
        raise InputError(said) from error
    except (TypeError, ValueError) as error:
        raise InputError(f"codes: {error}") from error


def counting(codes: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: each coder's latest on an item, or the adjudicated one in place of them all."""
    latest = codes.sort_values("time", kind="stable").drop_duplicates(["item_id", "coder"], keep="last")
    settled = set(latest.loc[latest["coder"] == ADJUDICATED, "item_id"])
    return latest[(latest["coder"] == ADJUDICATED) | ~latest["item_id"].isin(settled)]


def by_item(codes: pd.DataFrame) -> pd.DataFrame:
    """One row per item: its code by all coders, and how many gave one.

    The adjudicated code where there is one, else the mean of the coders' latest codes; items that nobody could
    decide have none. Columns: item_id, article_id, outlet, machine, code, probability, n_coders.
    """
    kept = counting(codes)
    first = {name: (name, "last") for name in ("article_id", "outlet", "machine", "probability")}
    found = kept.groupby("item_id", sort=True).agg(**first, code=("code", "mean"), n_coders=("code", "count"))
    columns = ["item_id", "article_id", "outlet", "machine", "code", "probability", "n_coders"]
    return found.reset_index()[columns]


def orphans(codes: pd.DataFrame, population: pd.DataFrame) -> str:
    """What to say of codes whose item is not in the population any more; "" where there are none.

    >>> population = pd.DataFrame({"item_id": ["m1", "m2"], "article_id": ["a1", "a1"]})
    >>> orphans(pd.DataFrame({"item_id": ["m1", "m9"], "article_id": ["a1", "a9"]}), population)
    '1 coded item is no longer there and is left out (1 article is gone): m9'
    """
    gone = codes[~codes["item_id"].isin(population["item_id"])].drop_duplicates("item_id")
    if gone.empty:
        return ""
    n, articles = len(gone), gone.loc[~gone["article_id"].isin(population["article_id"]), "article_id"].nunique()
    named = ", ".join(gone["item_id"].astype(str).head(3)) + (" …" if n > 3 else "")
    which = f" ({articles:,} {'article is' if articles == 1 else 'articles are'} gone)" if articles else ""
    left_out = "item is no longer there and is left out" if n == 1 else "items are no longer there and are left out"
    return f"{n:,} coded {left_out}{which}: {named}"
