"""Differences between outlets and over time: rates, contrasts and trends, each with n and interval.

Every function takes rows of the scores table for one measure and returns plain tables.
"""

from .change_points import ChangePoints, change_in_words, change_points
from .contrasts import cliffs_delta, contrasts
from .distinctive_words import distinctive_words
from .events import read_events
from .fixed_effects import fixed_effects
from .rates import rates
from .same_story import enough_stories, same_story_contrasts
from .trends import PERIODS, Period, Trends, trends
from .wording import MACHINE_ERROR, effect_in_words, in_words

__all__ = [
    "MACHINE_ERROR",
    "PERIODS",
    "ChangePoints",
    "Period",
    "Trends",
    "change_in_words",
    "change_points",
    "cliffs_delta",
    "contrasts",
    "distinctive_words",
    "effect_in_words",
    "enough_stories",
    "fixed_effects",
    "in_words",
    "rates",
    "read_events",
    "same_story_contrasts",
    "trends",
]
