"""Events that a user marks on the axis of time: a date, a label and perhaps the actor it is about."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import InputError

FILE = "events.csv"  # beside the results, where it is found by itself
COLUMNS = ("date", "label", "actor")
_NEEDED = {"date", "label"}


def read_events(path: Path) -> pd.DataFrame:
    """The events of a CSV file with the columns date (YYYY-MM-DD), label and, if one likes, actor (a name or an id).

    Columns of the result: day (a date), label, actor (null where the event is about nobody in particular), by day.

    Raises InputError, naming the file and the row, where a column, a date or a label is missing or unreadable.

    >>> _ = Path("marks.csv").write_text("date,label,actor\\n2031-02-01,Bridge closed,\\n2031-01-07,Vote,Mara Quill\\n")
    >>> read_events(Path("marks.csv"))
             day          label       actor
    0 2031-01-07           Vote  Mara Quill
    1 2031-02-01  Bridge closed        <NA>
    """
    rows = list(csv.reader(StringIO(_text(path), newline="")))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if lacking := sorted(_NEEDED - set(names)):
        raise InputError(f"{path}: no column {' and no column '.join(lacking)}; the first row must name them")
    found = [
        _event(path, number, dict(zip(names, map(str.strip, row), strict=False)))
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    frame = pd.DataFrame(found, columns=["day", "label", "actor"])
    typed = frame.astype({"day": "datetime64[us]", "label": "string", "actor": "string"})
    return typed.sort_values("day", kind="stable", ignore_index=True)


def events_beside(folder: Path) -> pd.DataFrame | None:
    """The events of the file events.csv in a results folder; None where there is none."""
    return read_events(folder / FILE) if (folder / FILE).is_file() else None


def about(events: pd.DataFrame, actor: Sequence[str] = ()) -> pd.DataFrame:
    """The events about these actors (any of their names or ids, whatever the case) and those about nobody.

    >>> events = pd.DataFrame({"label": ["Vote", "Strike", "Flood"], "actor": ["Mara Quill", "Oren Tash", None]})
    >>> about(events, ["person:mara_quill", "Mara Quill"])["label"].tolist()
    ['Vote', 'Flood']
    """
    named = {name.lower() for name in actor}
    return events[events["actor"].isna() | events["actor"].str.lower().isin(named)].reset_index(drop=True)


def between(events: pd.DataFrame, change: Mapping[str, Any]) -> str:
    """The events within the days that a change point lies in, in words; "" where there is none.

    >>> events = pd.DataFrame({"day": pd.to_datetime(["2031-01-07", "2031-02-01"]), "label": ["Vote", "Flood"]})
    >>> between(events, {"low": pd.Timestamp("2031-01-06"), "high": pd.Timestamp("2031-01-13")})
    'Vote (2031-01-07)'
    """
    if pd.isna(change["low"]):
        return ""
    inside = events[(events["day"] >= change["low"]) & (events["day"] <= change["high"])]
    return "; ".join(f"{row.label} ({row.day:%Y-%m-%d})" for row in inside.itertuples(index=False))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; save it as CSV in UTF-8") from error


def _event(path: Path, number: int, row: dict[str, str]) -> dict[str, object]:
    try:
        day = pd.Timestamp(date.fromisoformat(row["date"]))
    except (ValueError, KeyError) as error:
        raise InputError(f"{path}, row {number}: {row.get('date', '')!r} is no date such as 2022-02-24") from error
    if not row.get("label"):
        raise InputError(f"{path}, row {number}: the event of {day:%Y-%m-%d} has no label")
    return {"day": day, "label": row["label"], "actor": row.get("actor") or None}
