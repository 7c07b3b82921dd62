"""Stories out of articles, on made-up news."""

from __future__ import annotations

import pandas as pd
from stand_in_encoder import embed

from analytics.stories.groups import group_stories

EVENTS = {
    "dam": "The Velm dam broke at night and 300 people fled the valley, said Mayor Ada Brandt",
    "vote": "Parliament in Norrin rejected the fishing quota by 61 votes after Ivo Lang spoke",
    "fire": "A fire destroyed the Halgen paper mill and 14 workers were treated for smoke",
    "match": "Tolva beat Rask in the final after a late penalty by Mira Oss before 20,000 spectators",
}
RETOLD = ("{}.", "{}, officials confirmed on arrival.", "Overview of the morning: {}, which nobody had expected.")


def news(day: str = "2025-03-01", events: tuple[str, ...] = tuple(EVENTS), later: int = 0) -> pd.DataFrame:
    rows = [
        {
            "article_id": f"{day}-{event}-{n}",
            "title": " ".join(EVENTS[event].split()[:5]),
            "text": shape.format(EVENTS[event]),
            "published": pd.Timestamp(day, tz="UTC") + pd.Timedelta(hours=n + later),
        }
        for event in events
        for n, shape in enumerate(RETOLD)
    ]
    return pd.DataFrame(rows)


def events_of(groups: pd.Series) -> dict[str, set[str]]:  # type: ignore[type-arg]
    found: dict[str, set[str]] = {}
    for article, story in groups.items():
        found.setdefault(str(story), set()).add(str(article).rsplit("-", 2)[1])
    return found


def test_each_event_is_one_story_named_after_its_first_article() -> None:
    groups = group_stories(news(), embed=embed)
    assert events_of(groups) == {f"2025-03-01-{event}-0": {event} for event in EVENTS}


def test_the_order_of_the_rows_makes_no_difference() -> None:
    frame = news()
    mixed = frame.sample(frac=1, random_state=3)
    groups = group_stories(mixed, embed=embed)
    assert groups.index.tolist() == mixed["article_id"].tolist()
    assert groups.sort_index().equals(group_stories(frame, embed=embed).sort_index())


def test_the_same_words_a_month_later_are_another_story() -> None:
    both = pd.concat([news(events=("dam", "vote")), news("2025-04-05", events=("dam", "fire"))])
    assert len(events_of(group_stories(both, embed=embed))) == 4


def test_new_articles_join_earlier_stories_that_stay_as_they_are() -> None:
    frame = news()
    first = frame[frame["published"].dt.hour < 2]
    before = group_stories(first, embed=embed)
    after = group_stories(frame, embed=embed, earlier=before)
    assert after[before.index].equals(before)
    assert set(after) == set(before)


def test_two_earlier_stories_are_never_joined() -> None:
    frame = news(events=("dam",))
    apart = pd.Series({"2025-03-01-dam-0": "one", "2025-03-01-dam-1": "two"})
    after = group_stories(frame, embed=embed, earlier=apart)
    assert after["2025-03-01-dam-0"] == "one" and after["2025-03-01-dam-1"] == "two"
    assert after["2025-03-01-dam-2"] in ("one", "two")


def test_earlier_articles_out_of_reach_are_not_read_again() -> None:
    old, new = news(), news("2025-04-05", events=("fire",))
    before = group_stories(old, embed=embed)
    read: list[str] = []
    after = group_stories(
        pd.concat([old, new]), embed=lambda texts: (read.extend(texts), embed(texts))[1], earlier=before
    )
    assert len(read) == 3
    assert after[before.index].equals(before)


def test_missing_titles_and_dates_are_no_obstacle() -> None:
    frame = news(events=("dam", "vote")).assign(title=None)
    frame.loc[0, "published"] = pd.NaT
    assert len(group_stories(frame, embed=embed)) == 6


def test_one_article_and_none() -> None:
    assert group_stories(news().head(1), embed=embed).tolist() == ["2025-03-01-dam-0"]
    assert group_stories(news().head(0), embed=embed).empty
