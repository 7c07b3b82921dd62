"""A user's events are read, or refused with the row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.compare.events import about, events_beside, read_events
from analytics.errors import InputError


def test_events_come_by_day_whatever_the_order_and_case_of_columns(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text('\ufeffLabel,Date\n"Flood, second",2031-02-01\n\n Vote ,2031-01-07\n', encoding="utf-8")
    found = read_events(file)
    assert found["label"].tolist() == ["Vote", "Flood, second"]
    assert found["actor"].isna().all()
    assert events_beside(tmp_path) is not None and events_beside(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column date and no column label"),
        ("day,label\n2031-01-01,Vote\n", "no column date"),
        ("date,label\n03/04/2031,Vote\n", "row 2: '03/04/2031' is no date such as 2022-02-24"),
        ("date,label\n2031-01-01,Vote\n2031-02-30,Flood\n", "row 3"),
        ("date,label\n2031-01-01\n", "row 2: the event of 2031-01-01 has no label"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "events.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_events(file)


def test_a_file_that_is_not_utf8_or_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_bytes("date,label\n2031-01-01,Fl\xfc\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_events(file)
    with pytest.raises(InputError, match="No such file"):
        read_events(tmp_path / "nothing.csv")


def test_events_about_other_actors_are_left_out() -> None:
    events = pd.DataFrame({"label": ["Vote", "Strike"], "actor": pd.array(["Mara Quill", None], dtype="string")})
    assert about(events, ["mara quill"])["label"].tolist() == ["Vote", "Strike"]
    assert about(events)["label"].tolist() == ["Strike"]
