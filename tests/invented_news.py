"""An invented corpus for the evaluations that need one: articles of events, told by several outlets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analytics.article import Article

EVENTS = ("dam", "ferry", "mill", "tower", "bridge", "harbour", "quarry", "railway")
PEOPLE = ("Ada Brandt", "Olin Moor", "Mira Vance", "Tomas Reik", "Ines Holt", "Per Lund", "Nora Quist", "Jon Falk")
TELLING = (
    "Work at the {event} stopped on day {number} after a crack was found near the gate. "
    "Engineers reported the damage to the council of {place} before noon. "
    "“We will close the {event} tonight, and the {place} road will be closed because it leads there,” {person} said. "
    "Some residents left the town during the inspection. "
    "{person} said: “The repair of the {event} will take 20 days, but it is safe to live in {place}.” "
    "A further meeting about the {event} is planned for the next week. "
    "“Nobody in {place} was hurt when the crack at the {event} was found,” {person} added. "
    "The council of {place} last checked the {event} several years ago, according to its records. "
)
OUTLETS = ("Harbour Post", "Northern Ledger", "Daily Ferry")


def news(*, tellings: int = 3) -> list[Article]:
    """For each event some tellings on one day, of different outlets, with the same words in another order."""
    made = []
    for number, (event, person) in enumerate(zip(EVENTS, PEOPLE, strict=True)):
        for n in range(tellings):
            sentences = TELLING.format(event=event, number=number, person=person, place=f"{event.title()}ford")
            more = " ".join(
                f"Line {line} of the {OUTLETS[n % 3]} report on the {event} named cause {line * (n + 3)}."
                for line in range(16)
            )
            made.append(
                Article(
                    article_id=f"{event}-{n}",
                    title=f"The {event}, told for the {n + 1}. time",
                    outlet=OUTLETS[n % 3],
                    published=datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=3 * number, hours=n),
                    text=sentences + more,
                )
            )
    return made
