"""Differences between outlets and over time: rates, contrasts and trends, each with n and interval.

Every function takes rows of the scores table for one measure and returns plain tables.
"""

from .contrasts import cliffs_delta, contrasts
from .rates import rates
from .trends import PERIODS, Period, Trends, trends

__all__ = ["PERIODS", "Period", "Trends", "cliffs_delta", "contrasts", "rates", "trends"]
