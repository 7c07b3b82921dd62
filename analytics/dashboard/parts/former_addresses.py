"""Where the pages of earlier versions are now: Outlets, Actors and Over time are tabs of Explore."""

from __future__ import annotations

from collections.abc import Mapping

TABS = {"outlets": "Outlets", "actors": "Actors", "over_time": "Over time"}
MEANT = {"treatment_pick": "rates_pick"}  # menus of charts that have another name now


def moved(former: str, asked: Mapping[str, list[str]]) -> tuple[str, dict[str, list[str]]]:
    """The page's name now and its parameters, for an address of before.

    The actor that a menu of the page named (`about`) is in the question now; "All outlets together", the period and
    the marks picked are as they were.

    >>> moved("over_time", {"about": ["Mara Quill"], "period": ["Month"]})
    ('explore', {'period': ['Month'], 'tab': ['Over time'], 'actor': ['Mara Quill']})
    """
    if former not in TABS:
        return "home", dict(asked)
    kept = {MEANT.get(key, key): list(values) for key, values in asked.items() if key != "about"}
    tab = "Outlets" if former == "actors" and "treatment_pick" in asked else TABS[former]
    kept["tab"] = [tab]
    if about := asked.get("about"):
        kept["actor"] = list(about)
    return "explore", kept
