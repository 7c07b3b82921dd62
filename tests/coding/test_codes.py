"""The format of codes, and what of them is used."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.coding import ADJUDICATED, COLUMNS, by_item, codes_frame, orphans
from analytics.errors import InputError


def coded(
    item: str = "m1", coder: str = "ada", code: float | None = 1.0, minute: int = 0, **other: object
) -> dict[str, object]:
    row = {"item_id": item, "article_id": "a1", "outlet": "Harbour Post", "measure": "sentiment", "actor_id": None}
    row |= {"voice": "outlet", "machine": -0.5, "coder": coder, "code": code, "probability": 0.25}
    return row | {"time": pd.Timestamp("2031-01-06 10:00", tz="UTC") + pd.Timedelta(minutes=minute)} | other


def test_the_format_keeps_its_columns_and_types() -> None:
    found = codes_frame([coded(), coded("m2", code=None, outlet=None)])
    assert tuple(found.columns) == COLUMNS
    assert found["code"].isna().tolist() == [False, True] and str(found["time"].dtype) == "datetime64[us, UTC]"
    assert codes_frame([]).empty


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"probability": 0.0}, "probability holds 0.0"),
        ({"voice": "echo"}, "voice holds echo"),
        ({"code": "x"}, "codes: "),
    ],
)
def test_what_is_no_code_is_named(broken: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        codes_frame([coded() | broken])


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="column probability is missing"):
        codes_frame(pd.DataFrame([coded()]).drop(columns="probability"))


def test_coders_are_averaged_later_codes_replace_earlier_and_adjudication_settles() -> None:
    rows = [coded(code=-1), coded(code=1, minute=1), coded(coder="ben", code=0), coded("m2", code=None)]
    found = by_item(codes_frame(rows)).set_index("item_id")
    assert found.loc["m1", "code"] == 0.5 and found.loc["m1", "n_coders"] == 2
    assert pd.isna(found.loc["m2", "code"]) and found.loc["m2", "n_coders"] == 0
    settled = by_item(codes_frame([*rows, coded(coder=ADJUDICATED, code=-1, minute=9)])).set_index("item_id")
    assert settled.loc["m1", "code"] == -1 and settled.loc["m1", "n_coders"] == 1


def test_merging_a_file_twice_changes_nothing() -> None:
    once = codes_frame([coded(), coded(coder="ben", code=0)])
    pd.testing.assert_frame_equal(by_item(pd.concat([once, once])), by_item(once))


def test_codes_of_articles_that_are_gone_are_counted() -> None:
    population = pd.DataFrame({"item_id": ["m1"], "article_id": ["a1"]})
    assert orphans(codes_frame([coded()]), population) == ""
    said = orphans(codes_frame([coded("m8", article_id="a8"), coded("m9", article_id="a9")]), population)
    assert said == "2 coded items are no longer there and are left out (2 articles are gone): m8, m9"
