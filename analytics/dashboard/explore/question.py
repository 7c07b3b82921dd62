"""What a person asks: which measure, toward whom, of which articles; and the numbers that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ...charts.dots import order
from ...charts.styles import Style, styles
from ...compare import enough_stories
from ...measures import Score
from ...results.store import Selection
from ...results.story_columns import with_stories
from ...vocabulary import VOICES
from ..parts import rate_charts, score_choice
from ..view import View

STORIES = {"all": "all articles", "same": "only the same stories"}
OWN_WORDS = {"outlet": "the outlets’ own words", "quoted": "quoted words", "reported": "indirect speech"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, complete.

    The view's selection holds outlets, voices, dates, copies and stories; where the score is about whole articles it
    holds the actors, too: those that articles mention.
    """

    view: View
    score: Score
    actors: Mapping[str, str]  # id → name: toward whom, or whom articles mention; empty only where the score allows it

    @property
    def toward(self) -> tuple[str, ...]:
        """The actors each of which has numbers of its own."""
        return tuple(self.actors) if self.score.per_actor else ()

    @property
    def named(self) -> dict[str, str]:
        """Id → name of the actors with numbers of their own; one entry without name where there is none."""
        return dict(self.actors) if self.score.per_actor else {"": ""}

    @property
    def only(self) -> str | None:
        """The one actor with numbers of its own; None where there are several, or the score is about whole articles."""
        return self.toward[0] if len(self.toward) == 1 else None

    def outlet_styles(self) -> dict[str, Style]:
        """One look for one outlet everywhere: by its place in the store, not in the filter."""
        return styles(self.view.outlets())

    def selection(self) -> Selection:
        """The selection of the rows of the score."""
        return score_choice.selection_for(self.view, self.score).but(actors=self.toward or self.view.selection.actors)

    def rows(self) -> pd.DataFrame:
        """The rows of `scores` behind the answer."""
        return score_choice.score_rows(self.view, self.score, actors=self.toward)

    def rates(self) -> pd.DataFrame:
        """The rate of each outlet, toward each actor; in the order of the charts."""
        by = ("outlet", "actor_id") if self.score.per_actor else ("outlet",)
        found = rate_charts.score_rates(self.view, self.score, by=by, actors=self.toward)
        if found.empty:
            return found
        rank = {outlet: at for at, outlet in enumerate(order(found))}
        place = {actor: at for at, actor in enumerate(self.toward)}
        keys = pd.DataFrame({"outlet": found["outlet"].map(rank)})
        if self.score.per_actor:
            keys["actor"] = found["actor_id"].map(place)
        return found.loc[keys.sort_values([str(name) for name in keys.columns]).index].reset_index(drop=True)

    def of(self, actor: str) -> Question:
        """The same question toward one of the actors."""
        return replace(self, actors={actor: self.actors[actor]}) if self.score.per_actor else self

    def facts(self) -> dict[str, str]:
        """The question in columns, as files carry it."""
        return {"measure": self.score.name, "measure_label": self.score.label, "unit": self.score.unit}

    def title(self) -> str:
        """What is asked, on one line."""
        about = " and ".join(self.actors.values())
        return f"{self.score.label}: {about}" if about else self.score.label


def tells_enough(view: View, score: Score, actors: tuple[str, ...]) -> bool:
    """Whether enough outlets tell enough of the same stories to compare these first."""

    def compute() -> bool:
        rows = score_choice.score_rows(view, score, actors=actors)
        return enough_stories(with_stories(view.store, rows))

    return view.remember(("enough stories", score.name, actors), compute)


def voices_in_words(voices: tuple[str, ...]) -> str:
    """Whose words count, as part of a sentence.

    >>> voices_in_words(("outlet",)), voices_in_words(())
    ('the outlets’ own words', 'all words')
    """
    if not voices or set(voices) == set(VOICES):
        return "all words"
    return " and ".join(OWN_WORDS[voice] for voice in VOICES if voice in voices)


def dates_in_words(selection: Selection) -> str:
    """Which days, as part of a sentence.

    >>> from datetime import date
    >>> dates_in_words(Selection(start=date(2031, 1, 6))), dates_in_words(Selection())
    ('the time from 6 Jan 2031', 'the whole time')
    """
    start, end = (f"{day:%-d %b %Y}" if day else "" for day in (selection.start, selection.end))
    if start and end:
        return f"{start} to {end}"
    return f"the time from {start}" if start else f"the time until {end}" if end else "the whole time"


def listed(names: list[str], *, none: str, noun: str, most: int = 2) -> str:
    """Names as part of a sentence, or how many they are.

    >>> listed(["A", "B"], none="all", noun="outlets"), listed(["A", "B", "C"], none="all", noun="outlets")
    ('A and B', '3 outlets')
    """
    if not names:
        return none
    return " and ".join(names) if len(names) <= most else f"{len(names)} {noun}"
