"""A question of one outlet beside another: what is asked, and the contrast that answers it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..compare import contrasts
from ..compare.contrasts import Stories
from ..compare.groups import REST
from ..errors import InputError, SelectionError
from ..measures import Score
from ..results.actor_lookup import find_actors
from ..results.score_rows import find_score, of_whole_articles, score_rows
from ..results.store import Selection, Store, check_selection
from ..vocabulary import VOICES

STORIES = ("auto", "all", "same")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How does one outlet's score differ from another's, or from that of all the others together?

    >>> question = Question(score="hedging", outlet="Harbour Post", voices=("outlet",))
    >>> question.describe()
    {'score': 'hedging', 'outlet': 'Harbour Post', 'reference': 'rest', 'voices': ['outlet'], 'stories': 'auto'}
    """

    score: str
    outlet: str
    reference: str = REST
    actor: str = ""  # an id; "" for a score that is not about actors, or about all of them
    voices: tuple[str, ...] = ()
    stories: Stories = "auto"
    copies: bool = True  # False leaves copies out also where all articles are compared
    start: date | None = None
    end: date | None = None

    def describe(self) -> dict[str, Any]:
        """The fields as plain JSON values, without those that keep everything."""
        found = {name: str(v) if isinstance(v, date) else v for name, v in asdict(self).items()}
        kept = {name: list(v) if isinstance(v, tuple) else v for name, v in found.items() if v not in ("", (), None)}
        return kept if not self.copies else {name: v for name, v in kept.items() if name != "copies"}

    def selection(self) -> Selection:
        """The rows that the question is about."""
        return Selection(
            outlets=() if self.reference == REST else (self.outlet, self.reference),
            actors=(self.actor,) if self.actor else (),
            voices=self.voices,
            start=self.start,
            end=self.end,
            copies=self.copies,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The contrast that answers a question: its row, and the table of all outlets that it stands in."""

    question: Question
    score: Score
    row: dict[str, Any]
    table: pd.DataFrame
    rows: pd.DataFrame  # the rows of scores it was computed from, with story_id and copy_of
    stories: str  # "same" or "all": what "auto" became


def ask(store: Store, question: Question, *, seed: int = 0) -> Answer:
    """The answer to a question.

    Raises SelectionError where the store holds no such score, outlet, actor or voice, or nothing of the outlet in the
    selection.

    >>> from analytics import open_store
    >>> answer = ask(open_store("results"), Question(score="hedging", outlet="Harbour Post", stories="all"))
    >>> answer.row["n_articles"], answer.stories
    (6, 'all')
    """
    checked = check(store, question)
    score = find_score(store, checked.score)
    rows = score_rows(store, score, checked.selection(), stories=True)
    if checked.outlet not in set(rows["outlet"].dropna()):
        raise SelectionError(f"{checked.outlet!r} has no article with {score.label.lower()} in this selection")
    if checked.reference != REST and checked.reference not in set(rows["outlet"].dropna()):
        raise SelectionError(f"{checked.reference!r} has no article with {score.label.lower()} in this selection")
    table = contrasts(rows, reference=checked.reference, stories=checked.stories, scale=score.scale, seed=seed)
    [row] = table[table["outlet"] == checked.outlet].to_dict("records")
    named = {str(name): value for name, value in row.items()}
    return Answer(question=checked, score=score, row=named, table=table, rows=rows, stories=str(table.attrs["stories"]))


def check(store: Store, question: Question) -> Question:
    """The question with its actor by id, and without voices where the score is about whole articles.

    Raises SelectionError as `ask` does.
    """
    score = find_score(store, question.score)
    if question.outlet == question.reference:
        raise SelectionError(f"{question.outlet!r} cannot be compared with itself")
    actor = _actor(store, question.actor)
    voices = () if of_whole_articles(store, score.name) else question.voices
    found = replace(question, actor=actor, voices=voices)
    check_selection(store, found.selection().but(outlets=tuple({found.outlet, found.reference} - {REST})))
    return found


def read_question(path: Path) -> tuple[Question, dict[str, Any]]:
    """The question of a TOML file, and what else the file says (title, expect, notes).

    Raises InputError, naming the file, where it is no TOML or an entry is unknown, missing or of the wrong kind.

    >>> _ = Path("plan.toml").write_text('score = "hedging"\\noutlet = "Harbour Post"\\nexpect = "lower"\\n')
    >>> question, more = read_question(Path("plan.toml"))
    >>> question.outlet, more
    ('Harbour Post', {'expect': 'lower'})
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML in UTF-8 ({error})") from error
    known = {field.name for field in fields(Question)}
    if unknown := sorted(set(entries) - known - set(MORE)):
        raise InputError(f"{path}: no entry {unknown[0]!r}; there are: {', '.join([*sorted(known), *MORE])}")
    if missing := [name for name in ("score", "outlet") if not entries.get(name)]:
        raise InputError(f"{path}: no entry {missing[0]!r}; a question needs score and outlet")
    return _question(path, {name: entries[name] for name in entries if name in known}), {
        name: entries[name] for name in MORE if name in entries
    }


MORE = ("title", "expect", "notes")


def _question(path: Path, entries: Mapping[str, Any]) -> Question:
    values = dict(entries)
    for name, value in values.items():
        if name in ("start", "end"):
            values[name] = _day(path, name, value)
        elif name == "voices":
            values[name] = _voices(path, value)
        elif name == "copies" and not isinstance(value, bool):
            raise InputError(f"{path}: copies is true or false, not {value!r}")
        elif name != "copies" and not isinstance(value, str):
            raise InputError(f"{path}: {name} is a text, not {value!r}")
    if values.get("stories", "auto") not in STORIES:
        raise InputError(f"{path}: stories is one of {', '.join(STORIES)}, not {values['stories']!r}")
    return Question(**values)


def _day(path: Path, name: str, value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    raise InputError(f"{path}: {name} is a day such as 2022-02-24, not {value!r}")


def _voices(path: Path, value: object) -> tuple[str, ...]:
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list) or not set(map(str, named)) <= set(VOICES):
        raise InputError(f"{path}: voices is a list of {', '.join(VOICES)}, not {value!r}")
    return tuple(map(str, named))


def _actor(store: Store, typed: str) -> str:
    if not typed:
        return ""
    found = find_actors(store, typed)
    if len(found) > 1:
        raise SelectionError(f"{typed!r} may be any of these actors, name one by its id: {', '.join(found)}")
    return next(iter(found), typed)
