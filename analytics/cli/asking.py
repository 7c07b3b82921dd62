"""The question that several commands take: by options, or from a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..vocabulary import VOICES
from .selecting import COPIES, END, START

if TYPE_CHECKING:
    from ..reports.questions import Question

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OPTIONS = (
    click.option("--question", "question_file", type=FILE, help="Read the question from this file (TOML) instead."),
    click.option("--score", help="The score, such as sentiment or hedging."),
    click.option("--outlet", help="Whose score is compared."),
    click.option("--reference", default="rest", show_default=True, help="With which outlet; rest: all the others."),
    click.option("--actor", help="About this actor, by name, alias or id."),
    click.option(
        "--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only this voice. Repeat for more."
    ),
    click.option(
        "--stories",
        type=click.Choice(["auto", "same", "all"]),
        default="auto",
        show_default=True,
        help="All articles, or the stories that both tell; auto: these, where there are enough.",
    ),
    START,
    END,
    COPIES,
)


def asked(command: F) -> F:
    """The options of a question; the command passes what it gets of them to `question_of`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def question_of(
    *,
    question_file: Path | None,
    score: str | None,
    outlet: str | None,
    reference: str,
    actor: str | None,
    voices: tuple[str, ...],
    stories: Any,
    start: datetime | None,
    end: datetime | None,
    copies: bool,
    plan: Path | None = None,
) -> Question:
    """What the options ask; a plan stands in where there is no other question."""
    from ..reports.questions import Question, read_question

    if question_file and (score or outlet):
        raise click.UsageError("give --question, or --score and --outlet, not both")
    if file := question_file or (plan if not (score or outlet) else None):
        return read_question(file)[0]
    if not (score and outlet):
        raise click.UsageError("a question needs --score and --outlet, or --question FILE")
    return Question(
        score=score,
        outlet=outlet,
        reference=reference,
        actor=actor or "",
        voices=voices,
        stories=stories,
        copies=copies,
        start=start.date() if start else None,
        end=end.date() if end else None,
    )
