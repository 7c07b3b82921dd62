"""Articles in their stories: what each outlet makes of the stories that others tell, too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import SelectionError
from ..vocabulary import UNKNOWN
from .groups import REST, Floats

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NO_STORY = -1
NEEDED = "story_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Articles, one a row, sorted by story and outlet; the rows of an article (voices, actors) are added up."""

    outlets: tuple[str, ...]  # or whatever else articles are grouped by
    outlet: Ints  # of each article, its place in `outlets`
    story: Ints  # of each article, the number of its story; NO_STORY where it is in none
    numerator: Floats
    denominator: Floats

    def __len__(self) -> int:
        return len(self.outlet)

    @property
    def value(self) -> Floats:
        """What each article scores."""
        return np.asarray(self.numerator / self.denominator)

    def only(self, kept: Bools | npt.NDArray[np.int64]) -> Told:
        """Some of the articles."""
        parts = ("outlet", "story", "numerator", "denominator")
        return replace(self, **{part: getattr(self, part)[kept] for part in parts})

    def shared(self) -> Told:
        """The articles of stories that at least two outlets tell."""
        if not (self.story >= 0).any():
            return self.only(np.zeros(len(self), bool))
        new = np.ones(len(self), bool)  # the first article of each outlet in each story
        new[1:] = (self.story[1:] != self.story[:-1]) | (self.outlet[1:] != self.outlet[:-1])
        outlets = np.bincount(self.story[new & (self.story >= 0)], minlength=self.story.max() + 1)
        return self.only((self.story >= 0) & (outlets[self.story] > 1))

    def both(self, ours: Bools) -> Bools:
        """Which articles are of stories that both sides tell."""
        return np.isin(self.story, cells(self, ours).story)

    def check(self, reference: str, *, by: str) -> None:
        """Raise SelectionError where there is no such group to compare with."""
        if reference != REST and reference not in self.outlets:
            raise SelectionError(f"no {by} {reference!r} to compare with; there are: {', '.join(self.outlets)}")


def told(scores: pd.DataFrame, *, by: str = "outlet") -> Told:
    """The articles behind score rows, without those that are copies (column copy_of, where there is one).

    Raises SelectionError where the rows do not say of which story (column story_id) their articles are.
    """
    if NEEDED not in scores:
        raise SelectionError(f"no column {NEEDED!r} in these rows; `with_stories(store, rows)` adds it")
    if "copy_of" in scores:
        scores = scores[scores["copy_of"].isna()]
    articles, ids = pd.factorize(scores["article_id"])
    first = np.unique(articles, return_index=True)[1]
    groups = scores[by].astype("string").fillna(UNKNOWN)
    if (groups.to_numpy(object) != groups.to_numpy(object)[first][articles]).any():
        raise ValueError(f"an article is in more than one group of {by!r}; compare groups that share no article")
    outlets = sorted(set(groups), key=lambda name: (name == UNKNOWN, name))
    outlet = pd.Categorical(groups.iloc[first], categories=outlets).codes.astype(np.int64)
    story, _ = pd.factorize(scores["story_id"].iloc[first], sort=True)
    sums = [
        np.bincount(articles, scores[column].to_numpy(float), minlength=len(ids))
        for column in ("numerator", "denominator")
    ]
    order = np.lexsort([np.asarray(ids, dtype=str)[np.arange(len(ids))], outlet, story])
    return Told(
        outlets=tuple(map(str, outlets)),
        outlet=outlet[order],
        story=story.astype(np.int64)[order],
        numerator=np.asarray(sums[0][order], dtype=np.float64),
        denominator=np.asarray(sums[1][order], dtype=np.float64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What one side, and the other side, make of each story that both tell: sums over a story's articles."""

    story: Ints
    ours: Floats  # Σ numerator
    our_size: Floats  # Σ denominator
    theirs: Floats
    their_size: Floats

    def __len__(self) -> int:
        return len(self.story)

    @property
    def weight(self) -> Floats:
        """How much a story says of a difference: half the harmonic mean of what the two sides have on it.

        These are the weights of Mantel and Haenszel for differences of rates (Greenland and Robins 1985), and
        those that least squares with an effect for each story gives.
        """
        return np.asarray(self.our_size * self.their_size / (self.our_size + self.their_size))

    @property
    def difference(self) -> Floats:
        """Our rate less theirs, story by story."""
        return np.asarray(self.ours / self.our_size - self.theirs / self.their_size)


def cells(articles: Told, is_ours: Bools) -> Cells:
    """Both sides' sums in the stories that both tell."""
    inside = articles.story >= 0
    story, ours = articles.story[inside], is_ours[inside]
    stories = int(story.max()) + 1 if len(story) else 0

    def sums(side: Bools, of: Floats) -> Floats:
        return np.asarray(np.bincount(story[side], of[inside][side], minlength=stories), dtype=np.float64)

    our_size, their_size = sums(ours, articles.denominator), sums(~ours, articles.denominator)
    both = np.flatnonzero((our_size > 0) & (their_size > 0))
    return Cells(
        story=both,
        ours=sums(ours, articles.numerator)[both],
        our_size=our_size[both],
        theirs=sums(~ours, articles.numerator)[both],
        their_size=their_size[both],
    )


def sides(articles: Told, name: str, reference: str) -> tuple[Told, Bools]:
    """The articles of a group and of its reference, and which of them are the group's own."""
    number = articles.outlets.index(name)
    if reference == REST:
        return articles, articles.outlet == number
    kept = articles.only((articles.outlet == number) | (articles.outlet == articles.outlets.index(reference)))
    return kept, kept.outlet == number
