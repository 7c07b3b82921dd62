"""What changed between two tellings as a list: HTML to read, a frame to take away."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

import pandas as pd

from ..stories.changes import CHANGE_KINDS, Change, Passage
from ..stories.comparison import Comparison
from ..stories.quotation_matching import QuotePair
from ..vocabulary import SEVERITIES
from .change_groups import group_of
from .word_diff import word_diff

LONGEST = 55  # words of a passage shown in the list; the texts below have all of them
SIDES = ("First text", "Second text")

Numbered = tuple[int, Change]


def change_frame(comparison: Comparison) -> pd.DataFrame:
    """One row per change, most serious first, with the words and offsets of both sides."""
    rows = [
        {
            "number": number,
            "weight": SEVERITIES[change.severity],
            "group": group_of(change.kind).label,
            "kind": change.kind,
            "label": CHANGE_KINDS[change.kind].label,
            "what": change.what,
            **_columns("a", change.a),
            **_columns("b", change.b),
            "warning": change.warning,
            "actor_id": change.actor_id,
        }
        for number, change in enumerate(comparison.changes, 1)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: "Int64" for name in COLUMNS if name[:-2] in _OFFSETS})


_OFFSETS = ("start", "end")
COLUMNS = (
    *("number", "weight", "group", "kind", "label", "what"),
    *("text_a", "start_a", "end_a", "text_b", "start_b", "end_b", "warning", "actor_id"),
)


def _columns(side: str, passage: Passage | None) -> dict[str, object]:
    return {
        f"text_{side}": passage.text if passage else None,
        f"start_{side}": passage.start if passage else None,
        f"end_{side}": passage.end if passage else None,
    }


def change_list(comparison: Comparison, changes: Sequence[Numbered]) -> str:
    """The changes as safe HTML, kinds together under their explanation, each with the words of both texts."""
    heads = "".join(f"<span>{name}</span>" for name in ("", "", *SIDES))
    parts = [f"<div class='change heading' aria-hidden='true'>{heads}</div>"]
    for kind, run in groupby(changes, key=lambda numbered: numbered[1].kind):
        of_kind = list(run)
        group, label = group_of(kind), CHANGE_KINDS[kind].label
        n = f" <span class='count'>{len(of_kind)} times</span>" if len(of_kind) > 1 else ""
        parts.append(
            f"<section class='kind'><h4><mark class='{group.name}'>{escape(label)}</mark>{n}</h4>"
            f"<p class='means'>{escape(CHANGE_KINDS[kind].meaning)}</p>"
            f"{''.join(_item(comparison, number, change) for number, change in of_kind)}</section>"
        )
    return "".join(parts)


def _item(comparison: Comparison, number: int, change: Change) -> str:
    pair = comparison.quotes[change.quote] if change.quote is not None else None
    warned = change.warning is not None and change.a is not None  # else the empty side says it already
    warning = f"<p class='warning'>⚠ {escape(str(change.warning))}</p>" if warned else ""
    return (
        f"<div class='change' id='change-{number}'>{_leads_to(number, change)}"
        f"<div class='what'>{escape(change.what)}</div>{_side(0, change, pair)}{_side(1, change, pair)}{warning}</div>"
    )


def _leads_to(number: int, change: Change) -> str:
    """The change's number; it leads to the words in the text below, the second text's where both have them."""
    side, passage = ("b", change.b) if change.b else ("a", change.a)
    if passage is None or not passage.sentence_ids:
        return f"<span class='ref'>{number}</span>"
    title = f"Change {number}: show it in the texts"
    return f"<a class='ref' href='#{side}{passage.sentence_ids[0]}' title='{title}' aria-label='{title}'>{number}</a>"


def _side(side: int, change: Change, pair: QuotePair | None) -> str:
    passage = (change.a, change.b)[side]
    who = f"<span class='who'>{SIDES[side]}</span> "
    if passage is None:
        return f"<div class='absent'>{who}not in the {('first', 'second')[side]} text</div>"
    said = (pair.a, pair.b)[side] if pair is not None else None
    if pair is not None and said is not None:
        both = pair.a is not None and pair.b is not None and pair.a.direct and pair.b.direct
        words = word_diff(said.text, pair.difference, side) if both else escape(said.text)
        words = f"“{words}”" if said.direct else words
    else:
        words = escape(_short(passage.text))
    return f"<div>{who}{words}</div>"


def _short(text: str) -> str:
    found = text.split()
    return " ".join(found) if len(found) <= LONGEST else f"{' '.join(found[:LONGEST])} […]"
