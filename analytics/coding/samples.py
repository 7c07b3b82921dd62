"""A sample on disk: what was drawn for coding, by which design and with which probability, beside the results."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from ..compare.groups import Floats
from ..errors import InputError, SelectionError, StoreError
from ..measures import Coding, Score
from ..results.locking import locked
from ..results.store import EVERYTHING, Selection, Store
from ..vocabulary import UNKNOWN
from . import designs
from .code_log import CodeLog, read_log
from .items import coding_of, items, voice_of
from .thresholds import coding_thresholds

FOLDER = "coding"  # in the results folder: a folder for each sample
ABOUT, GUIDELINES = "sample.json", "guidelines.txt"
FIRST = "draw-1.parquet"
FORMAT = 1
LONGEST_GUIDELINES = 1_000_000  # characters; a codebook has a tenth of it
_LEARNT_FROM = 30  # codings, before how far the machine errs is learnt from them rather than taken from its doubt
Design = Literal["simple", "stratified", "active"]
DESIGNS: dict[Design, str] = {
    "stratified": "evenly by outlet, and within each more where the machine is less sure",
    "active": "where a coding narrows the interval of the outlets most",
    "simple": "every item alike",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a sample is about; the file sample.json."""

    score: str
    actor_id: str | None
    actor: str | None  # its name when the sample was drawn
    voice: str
    design: Design
    seed: int
    selection: dict[str, Any]  # in words: which articles it was drawn from
    drawn: tuple[int, ...]  # items of each draw
    made: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample and the frame that it was drawn from, a row for each item; `place` orders what was drawn."""

    folder: Path
    about: About
    frame: pd.DataFrame  # item_id, article_id, …, machine, denominator; of draw n: probability_n and place_n
    guidelines: str  # one's own, "" without

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def score(self) -> Score:
        return coding_of(self.about.score)[0]

    @property
    def coding(self) -> Coding:
        return coding_of(self.about.score)[1]

    @property
    def title(self) -> str:
        """What is coded, in a few words."""
        toward = f" · {self.about.actor}" if self.about.actor else ""
        voice = "" if self.about.voice == "all" else f" · {self.about.voice} voice"
        return f"{self.score.label}{toward}{voice}"

    @property
    def queue(self) -> pd.DataFrame:
        """The items to be coded, in the order in which all coders get them: draw by draw, each in random order."""
        parts, seen = [], set[str]()
        for number in range(1, len(self.about.drawn) + 1):
            drawn = self.frame[self.frame[f"place_{number}"].notna()].sort_values(f"place_{number}")
            parts.append(drawn[~drawn["item_id"].isin(seen)])
            seen |= set(drawn["item_id"])
        return pd.concat(parts, ignore_index=True)

    def log(self) -> CodeLog:
        return read_log(self.folder)


def samples(folder: Path) -> list[str]:
    """The names of the samples of a results folder, oldest first."""
    found = [path for path in (folder / FOLDER).glob(f"*/{ABOUT}") if path.is_file()]
    return [path.parent.name for path in sorted(found, key=_age)]


def open_sample(folder: Path, name: str | None = None) -> Sample:
    """A sample of a results folder by name; without one, the only sample.

    Raises SelectionError where there is none of this name, or several and none was named, and StoreError where it is
    damaged.
    """
    there = samples(folder)
    if name is None:
        if len(there) != 1:
            said = f"{folder} has {len(there)} samples, name one: {', '.join(there)}" if there else _none(folder)
            raise SelectionError(said)
        name = there[0]
    if name not in there:
        raise SelectionError(
            f"no sample {name!r} in {folder}; " + (f"there are: {', '.join(there)}" if there else "draw one")
        )
    own = folder / FOLDER / name
    try:
        record = json.loads((own / ABOUT).read_text(encoding="utf-8"))
        about = About(**{**record, "drawn": tuple(record["drawn"])})
        frame = pd.concat(
            [pd.read_parquet(own / f"draw-{n}.parquet").set_index("item_id") for n in range(1, len(about.drawn) + 1)],
            axis=1,
        ).reset_index()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"the sample {own} is damaged ({error}); its codes stand in its files codes-*.jsonl"
        ) from error
    words = own / GUIDELINES
    return Sample(
        folder=own, about=about, frame=frame, guidelines=words.read_text(encoding="utf-8") if words.is_file() else ""
    )


def _age(about: Path) -> tuple[float, str]:
    first = about.parent / FIRST
    return (first.stat().st_mtime if first.is_file() else 0.0, str(about))


def _none(folder: Path) -> str:
    return f"{folder} has no sample to code yet; draw one with: tellings code draw {folder} MEASURE"


def draw_sample(
    store: Store,
    score: str,
    *,
    n: int,
    actor: str | None = None,
    voice: str = "outlet",
    design: Design = "stratified",
    seed: int = 0,
    name: str | None = None,
    selection: Selection = EVERYTHING,
    guidelines: str = "",
) -> Sample:
    """Draw items of a score for coding and keep the sample, with the probability of every item, in the results folder.

    Designs: "simple", every item alike; "stratified" by outlet and by the class that the machine predicts, so that
    outlets get about the same number and classes more the less sure the machine is; "active", in proportion to how
    far the machine is expected to be off and how much an item counts for its outlet.

    Raises SelectionError where the score cannot be coded or there is nothing to draw from, InputError for a name that
    is taken or guidelines beyond a million characters, StoreError where the folder cannot be written.

    >>> from analytics import open_store
    >>> store = open_store("results")
    >>> sample = draw_sample(store, "hedging", n=30, design="simple", name="hedges")
    >>> len(sample.queue), len(sample.frame) > 30, float(sample.frame["probability_1"].sum().round(6))
    (30, True, 30.0)
    """
    if design not in get_args(Design):
        raise SelectionError(f"no design {design!r}; there are: {', '.join(DESIGNS)}")
    if n < 1:
        raise InputError(f"a sample needs at least one item, not {n}")
    if len(guidelines) > LONGEST_GUIDELINES:
        raise InputError(
            f"guidelines have at most {LONGEST_GUIDELINES:,} characters, these have {len(guidelines):,}; keep what "
            "coders must know for every item, and the rest in a file of your own"
        )
    voice = voice_of(score, voice)
    population = items(store, score, actor=actor, voice=voice, selection=selection)
    if population.empty:
        raise SelectionError("there is nothing to code: no item of this measure, actor, voice and filter")
    own = _new_folder(store.folder, name or _slug(score, actor))
    probability = probabilities(population, n, design=design, coding=coding_of(score)[1])
    frame = _drawn(population, probability, 1, seed)
    about = About(
        score=score,
        actor_id=actor,
        actor=None if actor is None else _name_of(store, actor),
        voice=voice,
        design=design,
        seed=seed,
        selection=selection.but(actors=(), voices=()).describe(),
        drawn=(int(frame["place_1"].notna().sum()),),
        made=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )
    _write(own, lambda: _keep(own, about, frame, 1, guidelines))
    return Sample(folder=own, about=about, frame=frame, guidelines=guidelines)


def draw_more(sample: Sample, n: int) -> Sample:
    """Draw again from the same frame, independently, by the same design; what is coded already is not coded again.

    An active draw learns from the codes so far where the machine errs. Probabilities of both draws are kept.
    """
    if n < 1:
        raise InputError(f"a sample needs at least one item, not {n}")
    coded = sample.log().in_force
    with locked(sample.folder, "draws", wait=10):
        number = len(sample.about.drawn) + 1
        probability = probabilities(
            sample.frame, n, design=sample.about.design, coding=sample.coding, codes=coded[coded["code"].notna()]
        )
        frame = _drawn(sample.frame, probability, number, sample.about.seed + number - 1)
        drawn = int(frame[f"place_{number}"].notna().sum())
        about = About(**{**asdict(sample.about), "drawn": (*sample.about.drawn, drawn)})
        _write(sample.folder, lambda: _keep(sample.folder, about, frame, number, ""))
    return Sample(folder=sample.folder, about=about, frame=frame, guidelines=sample.guidelines)


def probabilities(
    population: pd.DataFrame, n: int, *, design: Design, coding: Coding, codes: pd.DataFrame | None = None
) -> Floats:
    """The probability of each item by a design; with codes so far, an active one learns from them."""
    outlet = population["outlet"].astype("string").fillna(UNKNOWN)
    if design == "simple":
        return designs.simple(len(population), n)
    machine = population["machine"].to_numpy(float)
    doubt = population["doubt"].to_numpy(float)
    doubt = np.where(np.isnan(doubt), 1.0, doubt)
    share = 1 / population["denominator"].groupby(outlet.to_numpy(object)).transform("sum").to_numpy(float)
    if design == "stratified":
        values = np.array([answer.value for answer in coding.answers], float)
        nearest = np.abs(machine[:, None] - values).argmin(axis=1)
        strata = outlet + "·" + pd.Series(nearest, index=population.index).astype("string")
        return designs.stratified(strata.to_numpy(object), n, spread=np.maximum(doubt, 0.1 * doubt.mean()) * share)
    if codes is not None and codes["item_id"].nunique() >= _LEARNT_FROM:
        mean = codes.groupby("item_id")["code"].mean()
        places = np.flatnonzero(population["item_id"].isin(mean.index))
        error = mean.reindex(population["item_id"].iloc[places]).to_numpy(float) - machine[places]
        features = np.column_stack([machine, doubt, population["denominator"].to_numpy(float)])
        doubt = designs.expected_errors(features, places, error - error.mean())
    return designs.active(doubt, n, weight=share)


def too_few_for_outlets(sample: Sample) -> str:
    """A sentence where a draw gives outlets fewer codings than a corrected number needs; "" where it does not."""
    drawn = sample.queue["outlet"].astype("string").fillna(UNKNOWN).value_counts()
    least = coding_thresholds().min_codes
    everything = sample.frame["outlet"].astype("string").fillna(UNKNOWN).unique()
    short = sorted(outlet for outlet in everything if drawn.get(outlet, 0) < least)
    if not short or len(everything) == 1:
        return ""
    named = ", ".join(f"{outlet} ({drawn.get(outlet, 0)})" for outlet in short[:4]) + (" …" if len(short) > 4 else "")
    return (
        f"A corrected number needs {least} codings. These outlets have fewer in this draw and will have none of their "
        f"own: {named}. Draw more, or from fewer outlets."
    )


def _drawn(population: pd.DataFrame, probability: Floats, number: int, seed: int) -> pd.DataFrame:
    """The frame with the probability of a draw, and of what was drawn its place in a random order."""
    random = np.random.default_rng(seed)
    places = designs.draw(probability, random=random)
    if not len(places):  # fewer than one expected: the likeliest to be drawn
        places = np.array([int(np.argmax(probability))])
    order = np.full(len(population), np.nan)
    order[places] = random.permutation(len(places))
    return population.assign(**{f"probability_{number}": probability, f"place_{number}": order})


def _keep(own: Path, about: About, frame: pd.DataFrame, number: int, guidelines: str) -> None:
    """Write the draw and, last, what makes it count."""
    columns = [f"probability_{number}", f"place_{number}"]
    kept = frame if number == 1 else frame[["item_id", *columns]]
    kept.to_parquet(own / f"draw-{number}.parquet", index=False)
    if guidelines.strip():
        (own / GUIDELINES).write_text(guidelines, encoding="utf-8")
    written = own / f".{secrets.token_hex(4)}.json"
    written.write_text(json.dumps(asdict(about), indent=2, ensure_ascii=False), encoding="utf-8")
    os.replace(written, own / ABOUT)


def _write(own: Path, keep: Callable[[], None]) -> None:
    try:
        own.mkdir(parents=True, exist_ok=True)
        keep()
    except OSError as error:
        raise StoreError(f"the sample cannot be kept in {own} ({error.strerror})") from error


def _new_folder(folder: Path, name: str) -> Path:
    if not re.fullmatch(r"[\w][\w.\- ]{0,79}", name):
        raise InputError(f"{name!r} cannot be the name of a sample: letters, digits, blanks, . and - only, at most 80")
    taken = set(samples(folder))
    if name in taken:
        raise InputError(f"there is a sample {name!r} already; give this one another name, or draw more for that one")
    return folder / FOLDER / name


def _slug(score: str, actor: str | None) -> str:
    return re.sub(r"[^\w.\-]+", "-", f"{score}-{actor}" if actor else score)[:70].strip("-")


def _name_of(store: Store, actor: str) -> str:
    return str(store.scalar("SELECT name FROM actors WHERE actor_id = ?", [actor]) or actor)
