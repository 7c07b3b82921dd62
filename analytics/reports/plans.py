"""A plan of analysis: a question written down and sealed before the results are seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..errors import InputError, SelectionError
from ..results.store import Store
from .questions import Question, check, read_question

SUFFIX = ".seal.json"
UNPLANNED = "No plan was given: the question may have been chosen after the results were seen. Take it as exploratory."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sealed plan. `hash` is the SHA-256 of the file, `sealed` when that was written down beside it."""

    path: Path
    question: Question
    more: Mapping[str, Any]
    hash: str
    sealed: datetime


def seal(path: Path) -> Plan:
    """Write down beside a plan (TOML) its hash and the time, or find them there: a plan is sealed once.

    Whoever changes the plan afterwards breaks the seal. A computer's clock can be set, so what convinces others is a
    hash that somebody else has dated: send it to them, or deposit it.

    Raises InputError where the plan cannot be read or was changed after it was sealed.

    >>> _ = Path("plan.toml").write_text('score = "hedging"\\noutlet = "Harbour Post"\\n')
    >>> seal(Path("plan.toml")).hash[:8], seal(Path("plan.toml")).question.outlet
    ('b0e07a1c', 'Harbour Post')
    """
    question, more = read_question(path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    beside = path.with_name(path.name + SUFFIX)
    if not beside.is_file():
        now = datetime.now(UTC).isoformat(timespec="seconds")
        beside.write_text(json.dumps({"plan": path.name, "sha256": found, "sealed": now}, indent=2) + "\n")
    held, sealed = _held(beside)
    if held != found:
        raise InputError(
            f"{path} was changed after it was sealed on {sealed:%Y-%m-%d}; bring it back as it was, or write another "
            "plan under another name"
        )
    return Plan(path=path, question=question, more=more, hash=found, sealed=sealed)


def planned(store: Store, question: Question, plan: Plan | None) -> str:
    """Whether an answered question was planned, in sentences: how it departs from the plan, and what was known then.

    >>> from analytics import open_store
    >>> planned(open_store("results"), Question(score="hedging", outlet="Harbour Post"), None)[:17]
    'No plan was given'
    """
    if plan is None:
        return UNPLANNED
    named = f"The plan {plan.path.name} (SHA-256 {plan.hash}) was sealed on {plan.sealed:%Y-%m-%d at %H:%M} UTC"
    departs = departures(store, question, plan)
    scored = _scored(store)
    if scored is None:
        when = "; when the articles were scored is not known."
    elif plan.sealed < scored:
        when = f", before the articles were scored ({scored:%Y-%m-%d at %H:%M} UTC)."
    else:
        when = f", after the articles were scored ({scored:%Y-%m-%d at %H:%M} UTC): results may have been seen by then."
    if departs:
        return f"{named}{when} The question departs from it, so it is not the planned one: {'; '.join(departs)}."
    return f"{named}{when} The question is the planned one."


def departures(store: Store, question: Question, plan: Plan) -> list[str]:
    """In what a question differs from the plan's, in words; nothing where it is the planned one."""
    try:
        meant = check(store, plan.question)
    except SelectionError as error:
        return [f"the plan cannot be asked of these results ({error})"]
    asked = check(store, question).describe()
    there = meant.describe()
    return [
        f"{name} {_told(there.get(name))} in the plan, {_told(asked.get(name))} here"
        for name in sorted({*there, *asked})
        if there.get(name) != asked.get(name)
    ]


def as_expected(plan: Plan | None, difference: float | None, sure: bool) -> str:
    """How the result of the planned question compares with what the plan expects ("higher" or "lower"), in a sentence.

    "" where it expects nothing.

    >>> plan = Plan(path=Path("p"), question=Question(score="s", outlet="o"), more={"expect": "lower"}, hash="",
    ...             sealed=datetime.now(UTC))
    >>> as_expected(plan, -0.2, True)
    'The plan expected it to be lower: it is, and the interval leaves out zero.'
    """
    expected = str(plan.more.get("expect", "")) if plan else ""
    if not expected:
        return ""
    if difference is None:
        return f"The plan expected it to be {expected}: there is too little to tell."
    came = expected == ("higher" if difference > 0 else "lower")
    certain = "the interval leaves out zero" if sure else "the interval holds zero"
    return f"The plan expected it to be {expected}: it is{'' if came else ' not'}, and {certain}."


def _held(beside: Path) -> tuple[str, datetime]:
    try:
        entries = json.loads(beside.read_text(encoding="utf-8"))
        return str(entries["sha256"]), datetime.fromisoformat(entries["sealed"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{beside} is no seal of a plan; restore it, or seal the plan under another name") from error


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "any" if value is None else str(value)


def _scored(store: Store) -> datetime | None:
    started = store.manifest.get("started")
    try:
        found = datetime.fromisoformat(str(started))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
