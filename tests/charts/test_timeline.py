from __future__ import annotations

import pandas as pd

from analytics.charts import timeline_chart
from analytics.charts.theme import row_at


def tellings(*rows: tuple[str, str, str | None, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "published", "is_copy"])
    return frame.assign(published=pd.to_datetime(frame["published"], utc=True), title="The <b>bridge</b>")


def test_the_first_outlet_to_tell_is_at_the_top_and_copies_have_another_symbol() -> None:
    figure = timeline_chart(
        tellings(
            ("late", "Ferry", "2031-01-06 18:00", False),
            ("early", "Post", "2031-01-06 09:00", False),
            ("copy", "Ledger", "2031-01-06 12:00", True),
            ("never", "Gazette", None, False),
        )
    )
    assert list(figure.layout.yaxis.ticktext) == ["Post", "Ledger", "Ferry"]
    own, copies = figure.data
    assert [point[0] for point in own.customdata] == ["early", "late"]
    assert list(own.y) == [row_at(0), row_at(2)]
    assert [point[0] for point in copies.customdata] == ["copy"]
    assert own.marker.symbol != copies.marker.symbol
    assert "<b>bridge" not in own.hovertext[0]
    assert "time" in figure.layout.xaxis.title.text


def test_days_without_an_hour_are_shown_as_days() -> None:
    figure = timeline_chart(tellings(("a", "Post", "2031-01-06", False), ("b", "Ferry", "2031-01-06", False)))
    assert "day" in figure.layout.xaxis.title.text
    low, high = figure.layout.xaxis.range
    assert high > low
    assert "00:00" not in "".join(figure.data[0].hovertext)


def test_no_dates_give_words_and_no_axis() -> None:
    figure = timeline_chart(tellings(("a", "Post", None, False)))
    assert not figure.data
    assert "has a date" in figure.layout.annotations[0].text
