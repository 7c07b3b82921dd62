"""A coder's desk: the next item, an answer, undo, and how far one is. The terminal and the dashboard both sit here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..errors import InputError
from ..measures import Coding
from ..results.store import Store
from .blind import Shown, shown
from .code_log import append, checked_name
from .codes import ADJUDICATED
from .samples import Sample


@dataclass(frozen=True, kw_only=True)
class Place:
    """An item on the desk."""

    item_id: str
    shown: Shown


class Desk:
    """What one coder does with one sample, read anew from its files each time."""

    def __init__(self, store: Store, sample: Sample, coder: str) -> None:
        self.store, self.sample, self.coder = store, sample, checked_name(coder)
        if self.coder == ADJUDICATED:
            raise InputError(f"no coder can be called {ADJUDICATED!r}: the name marks what settles a disagreement")
        self._log = sample.log()
        self.notes = self._log.left_out

    @property
    def done(self) -> pd.DataFrame:
        """This coder's codes in force, oldest first."""
        codes = self._log.in_force
        return codes[codes["coder"] == self.coder]

    @property
    def turn(self) -> int:
        """How many lines this coder has written: what was shown at an earlier turn is answered no more."""
        return int((self._log.lines["coder"] == self.coder).sum())

    def is_turn(self, turn: int) -> bool:
        """Whether nothing was written since that turn, by this or another window."""
        self._log = self.sample.log()
        return self.turn == turn

    @cached_property
    def there(self) -> pd.DataFrame:
        """The items of the sample whose articles are still in the results, in the order of coding."""
        queue = self.sample.queue
        held = set(self.store.select("articles", columns=["article_id"])["article_id"])
        return queue[queue["article_id"].isin(held)].reset_index(drop=True)

    @property
    def gone(self) -> int:
        """How many items of the sample cannot be shown: their articles are no longer in the results."""
        return len(self.sample.queue) - len(self.there)

    def next(self) -> Place | None:
        """The first item in the order that this coder has not coded; None where all are."""
        done = set(self.done["item_id"])
        for _, item in self.there.iterrows():
            if item["item_id"] not in done:
                seen = shown(self.store, item, kind=self.sample.coding.item, voice=self.sample.about.voice)
                if seen is not None:
                    return Place(item_id=str(item["item_id"]), shown=seen)
        return None

    def answer(self, item_id: str, key: str | None) -> None:
        """Keep an answer by its key; None: it cannot be told."""
        code = value_of(self.sample.coding, key)
        append(self.sample.folder, [{"item_id": item_id, "coder": self.coder, "code": code}])
        self._log = self.sample.log()

    def undo(self) -> str | None:
        """Take the last code back; its item comes again. Returns the item, None where nothing is left to undo."""
        self._log = self.sample.log()
        if self.done.empty:
            return None
        item_id = str(self.done.sort_values("time", kind="stable")["item_id"].iloc[-1])
        append(self.sample.folder, [{"item_id": item_id, "coder": self.coder, "undone": True}])
        self._log = self.sample.log()
        return item_id


def disagreements(sample: Sample) -> pd.DataFrame:
    """Items that coders coded differently and nobody settled: item_id, codes (coder → code); in order of coding."""
    codes = sample.log().in_force
    settled = set(codes.loc[codes["coder"] == ADJUDICATED, "item_id"])
    codes = codes[codes["code"].notna() & ~codes["item_id"].isin(settled)]
    rows = [
        {"item_id": item_id, "codes": dict(zip(part["coder"], part["code"].astype(float), strict=True))}
        for item_id, part in codes.groupby("item_id")
        if part["code"].nunique() > 1
    ]
    found = pd.DataFrame(rows, columns=["item_id", "codes"])
    order = {item_id: place for place, item_id in enumerate(sample.queue["item_id"])}
    return found.sort_values("item_id", key=lambda ids: ids.map(order), ignore_index=True)


def settle(sample: Sample, item_id: str, key: str | None, *, by: str) -> None:
    """Keep the code that settles a disagreement, and who gave it; None: it cannot be told."""
    line = {"item_id": item_id, "coder": ADJUDICATED, "code": value_of(sample.coding, key), "by": checked_name(by)}
    append(sample.folder, [line])


def value_of(coding: Coding, key: str | None) -> float | None:
    """The code that a key stands for; None for "cannot tell". Raises InputError for a key that is none."""
    if key is None:
        return None
    values = {answer.key: float(answer.value) for answer in coding.answers}
    if key not in values:
        raise InputError(f"no answer {key!r}; there are: {', '.join(values)}")
    return values[key]
