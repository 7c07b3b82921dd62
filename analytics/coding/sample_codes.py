"""The codes of a sample beside the results as they are today: what agreement, errors and estimates are made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..results.store import Store
from .agreement import Agreement, agreement
from .codes import ADJUDICATED, codes_frame, orphans
from .items import items
from .samples import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """`population` are the items of the sample's frame that are still there, with today's values and each item's
    probability of having been coded; `codes` are rows as `Codes` has them; `notes` say what could not be used."""

    population: pd.DataFrame
    codes: pd.DataFrame
    notes: tuple[str, ...]


def coded(store: Store, sample: Sample) -> Coded:
    """A sample's codes and the population they stand for.

    Who has not coded all that was drawn has coded the first items of a random order, so an item's probability is that
    of the draw times the share of the drawn items that were decided. Items that came to the results after the draw
    are left out.

    >>> from analytics import open_store
    >>> from analytics.coding import draw_sample
    >>> from analytics.coding.code_log import append
    >>> store = open_store("results")
    >>> sample = draw_sample(store, "hedging", n=30, design="simple", name="fifteen of thirty")
    >>> first = sample.queue["item_id"].head(15)
    >>> append(sample.folder, [{"item_id": item, "coder": "ada", "code": 0} for item in first])
    >>> found = coded(store, sample)  # who stopped half-way has drawn half as many
    >>> (found.codes["probability"] / found.population["probability"].max()).unique().tolist()
    [1.0]
    >>> float((found.population["probability"].mean() * len(sample.frame)).round(6))
    15.0
    """
    log = sample.log()
    today = items(store, sample.about.score, actor=sample.about.actor_id, voice=sample.about.voice)
    frame = sample.frame.set_index("item_id")
    population = today[today["item_id"].isin(frame.index)].reset_index(drop=True)
    lines = log.in_force
    decided = set(lines.loc[lines["code"].notna(), "item_id"])
    population["probability"] = _probability(sample, population, decided)
    known = lines[lines["item_id"].isin(frame.index)]
    about = frame.loc[known["item_id"], ["article_id", "outlet", "machine"]].reset_index(drop=True)
    chance = population.set_index("item_id")["probability"].reindex(known["item_id"]).to_numpy(float)
    rows = pd.concat([known.reset_index(drop=True), about], axis=1).assign(
        measure=sample.about.score,
        actor_id=sample.about.actor_id,
        voice=sample.about.voice,
        probability=np.where(np.isnan(chance) | (chance <= 0), 1.0, chance),
    )
    codes = codes_frame(rows)
    notes = [orphans(codes, population), _strangers(lines, frame), *log.left_out]
    return Coded(population=population, codes=codes, notes=tuple(filter(None, notes)))


def agreement_of(sample: Sample) -> Agreement:
    """Krippendorff's alpha of the sample's coders, at the level of its measure."""
    return agreement(sample.log().in_force, level=sample.coding.level)


def agreement_by_class(sample: Sample) -> pd.DataFrame:
    """For each class, how far coders agree on it beyond chance against all others: class, label, alpha, low, high,
    n_items (coded by at least two, of which one at least said so), note."""
    codes = sample.log().in_force
    codes = codes[codes["code"].notna() & (codes["coder"] != ADJUDICATED)]
    several = codes.groupby("item_id")["coder"].transform("nunique") > 1
    rows = []
    for answer in sample.coding.answers:
        found = agreement(codes.assign(code=(codes["code"] == answer.value).astype(float)))
        said = codes[several & (codes["code"] == answer.value)]["item_id"].nunique()
        numbers = {"alpha": found.alpha, "low": found.low, "high": found.high}
        rows.append({"class": answer.value, "label": answer.label, **numbers, "n_items": said, "note": found.note})
    return pd.DataFrame(rows)


def progress(sample: Sample) -> pd.DataFrame:
    """How many items each coder has coded, and of how many it could not be told: coder, coded, cannot_tell, of."""
    codes = sample.log().in_force
    codes = codes[codes["coder"] != ADJUDICATED]
    found = codes.groupby("coder")["code"].agg(coded="count", lines="size").reset_index()
    found["cannot_tell"] = found["lines"] - found["coded"]
    return found.assign(of=len(sample.queue))[["coder", "coded", "cannot_tell", "of"]]


def _probability(sample: Sample, population: pd.DataFrame, decided: set[str]) -> np.ndarray:
    """Of each item, to have been drawn and decided in at least one draw."""
    drawn = sample.frame.set_index("item_id").loc[population["item_id"]]
    is_decided = population["item_id"].isin(decided).to_numpy(bool)
    missed, before = np.ones(len(population)), np.zeros(len(population), bool)
    for number in range(1, len(sample.about.drawn) + 1):
        of_this = drawn[f"place_{number}"].notna().to_numpy(bool) & ~before
        share = is_decided[of_this].mean() if of_this.any() else 0.0
        missed *= 1 - drawn[f"probability_{number}"].to_numpy(float) * share
        before |= of_this & is_decided
    return 1 - missed


def _strangers(lines: pd.DataFrame, frame: pd.DataFrame) -> str:
    n = lines.loc[~lines["item_id"].isin(frame.index), "item_id"].nunique()
    return f"{n:,} coded {'item is' if n == 1 else 'items are'} not of this sample and left out" if n else ""
