"""Accuracy on published gold sets, each beside the baselines that a measure has to beat.

A gold set is a folder that the user has obtained from its authors; nothing of it ships here.
Every evaluation returns one row per split and method: split, method, metric, value, low, high
(95 % bootstrap interval over gold items) and n (gold items).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from . import (
    attribution_sheet,
    babe,
    boilerplate,
    cases,
    change_points,
    contrasts,
    copies,
    correction,
    dse,
    gvfc,
    gwsd,
    links,
    long_archive,
    name_swaps,
    narrative_frames,
    narrative_roles,
    newsmtsc,
    persent,
    polnear,
    quotation_matching,
    robustness,
    roles,
    speed,
    stories,
    szeged,
    telling_pairs,
    tellings,
    words,
)

DATASETS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "babe": babe.evaluate,
    "dse": dse.evaluate,
    "gvfc": gvfc.evaluate,
    "gwsd": gwsd.evaluate,
    "narrative_frames": narrative_frames.evaluate,
    "narrative_roles": narrative_roles.evaluate,
    "newsmtsc": newsmtsc.evaluate,
    "persent": persent.evaluate,
    "polnear": polnear.evaluate,
    "roles": roles.evaluate,
    "szeged": szeged.evaluate,
}

# What is measured on a corpus, a results folder or a folder to work in of one's own, without a gold set.
CHECKS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "attributions": attribution_sheet.evaluate,
    "boilerplate": boilerplate.evaluate,
    "cases": cases.evaluate,
    "change_points": change_points.evaluate,
    "contrasts": contrasts.evaluate,
    "copies": copies.evaluate,
    "correction": correction.evaluate,
    "quotation_matching": quotation_matching.evaluate,
    "links": links.evaluate,
    "long_archive": long_archive.evaluate,
    "name_swaps": name_swaps.evaluate,
    "robustness": robustness.evaluate,
    "speed": speed.evaluate,
    "stories": stories.evaluate,
    "tellings": tellings.evaluate,
    "words": words.evaluate,
}

__all__ = ["CHECKS", "DATASETS", "telling_pairs"]
