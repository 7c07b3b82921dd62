"""All items that a sample was drawn from, each with the machine's value, some with a code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..compare.groups import Floats
from ..compare.told import NO_STORY
from ..errors import InputError
from .codes import by_item, orphans
from .estimands import Bools, Ints

NEEDED = ("item_id", "article_id", "machine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Items as arrays, an entry each; `frame` has their other columns, `notes` what of the codes could not be used."""

    frame: pd.DataFrame
    article: Ints
    story: Ints
    machine: Floats
    size: Floats
    coded: Bools
    code: Floats
    probability: Floats
    notes: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many articles, items and coded items there are."""
        return {
            "n_articles": len(np.unique(self.article)),
            "n_items": len(self.article),
            "n_coded": int(self.coded.sum()),
        }

    def only(self, places: Ints) -> Population:
        """Some of the items."""
        parts = ("article", "story", "machine", "size", "coded", "code", "probability")
        arrays = {part: getattr(self, part)[places] for part in parts}
        return Population(frame=self.frame.iloc[places], notes=self.notes, **arrays)

    def without_copies(self) -> Population:
        """The items of articles that are no copies."""
        if "copy_of" not in self.frame:
            return self
        return self.only(np.flatnonzero(self.frame["copy_of"].isna().to_numpy(bool)))


def population_of(frame: pd.DataFrame, codes: pd.DataFrame) -> Population:
    """Items and codes joined.

    Raises InputError where a column is missing, an item is there twice, a size or a probability is not above 0, or no
    code belongs to any item.
    """
    if missing := [name for name in NEEDED if name not in frame]:
        raise InputError(f"the population has no column {missing[0]!r}; it needs {', '.join(NEEDED)}")
    if frame["item_id"].duplicated().any():
        raise InputError(
            f"the population has item {frame.loc[frame['item_id'].duplicated(), 'item_id'].iloc[0]!r} twice"
        )
    of_items = by_item(codes).set_index("item_id")
    joined = of_items.reindex(frame["item_id"].to_numpy(object))
    code = joined["code"].to_numpy(float, na_value=np.nan)
    coded = ~np.isnan(code)
    if not coded.any():
        raise InputError(orphans(codes, frame) or "none of the items is coded")
    given = (frame if "probability" in frame else joined)["probability"].to_numpy(float, na_value=np.nan)
    size = frame["denominator"].to_numpy(float) if "denominator" in frame else np.ones(len(frame))
    if not (size > 0).all():
        raise InputError("the population has an item whose denominator is not above 0; leave such items out")
    if not (given[coded] > 0).all():
        raise InputError("a coded item has no probability above 0 of being drawn: nothing can be corrected by it")
    return Population(
        frame=frame,
        article=pd.factorize(frame["article_id"])[0].astype(np.int64),
        story=_stories(frame),
        machine=frame["machine"].to_numpy(float),
        size=size,
        coded=coded,
        code=np.where(coded, code, 0.0),
        probability=np.where(coded, given, 1.0),
        notes=tuple(filter(None, (orphans(codes, frame), _undecided(joined), _changed(frame, joined)))),
    )


def _stories(frame: pd.DataFrame) -> Ints:
    if "story_id" not in frame:
        return np.full(len(frame), NO_STORY, dtype=np.int64)
    return pd.factorize(frame["story_id"])[0].astype(np.int64)


def _undecided(joined: pd.DataFrame) -> str:
    n = int((joined["n_coders"] == 0).sum())
    if not n:
        return ""
    return f"{n:,} coded {'item' if n == 1 else 'items'} could not be decided; the others stand in"


def _changed(frame: pd.DataFrame, joined: pd.DataFrame) -> str:
    before, now = joined["machine"].to_numpy(float, na_value=np.nan), frame["machine"].to_numpy(float)
    n = int((np.abs(before - now) > 1e-9).sum())
    if not n:
        return ""
    return (
        f"for {n:,} coded {'item' if n == 1 else 'items'} the machine's value is not what it was then: today's is used"
    )
