"""Roles of named entities in news (SemEval-2025, task 10): protagonist, antagonist, innocent."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures import portrayal, sentiment
from .figures import per_class, row, table

ROLES = {"Protagonist": "hero", "Antagonist": "villain", "Innocent": "victim"}
NAMES = tuple(ROLES)
SHIPPED = "portrayal, as shipped"
SHIFT = 12  # characters by which coded places may be off


class Coded(NamedTuple):
    """A mention that coders gave a role, a place in `NAMES`, and where it stands."""

    start: int
    end: int
    role: int


def evaluate(path: Path) -> pd.DataFrame:
    """Macro-F1 over the three roles of all coded mentions, with F1 of each.

    Methods: the commonest role; the sign of the sentiment toward the mention (favourable: protagonist); the likeliest
    of hero, villain and victim that the portrayal of the mention's actor gives. A mention in which no actor was found
    has the commonest role with every method.

    Raises InputError naming the file that is missing or malformed.
    """
    coded = read_coded(path / "annotations.tsv")
    articles = [Article(article_id=name, text=_text(path / "documents" / name)) for name in coded]
    gold: list[int] = []
    found: dict[str, list[int]] = {"sign of sentiment": [], SHIPPED: []}
    commonest = Counter(each.role for some in coded.values() for each in some).most_common(1)[0][0]
    for annotated in Annotator().annotate(articles):
        some = coded[annotated.article.article_id]
        gold += [each.role for each in some]
        found["sign of sentiment"] += _by_sign(annotated, some, commonest)
        found[SHIPPED] += by_portrayal(annotated, some, commonest)
    rows = [row("all mentions", "commonest role", gold, [commonest] * len(gold), average="macro")]
    for method, predicted in found.items():
        rows += per_class("all mentions", method, gold, predicted, NAMES)
    return table(rows)


def read_coded(path: Path) -> dict[str, list[Coded]]:
    """The coded mentions by document, in order. Raises InputError where the file is missing or malformed."""
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds it, with the folder documents beside it")
    found: dict[str, list[Coded]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(cells) < 5 or not (cells[2].isdigit() and cells[3].isdigit()) or cells[4] not in ROLES:
                raise InputError(f"{path}:{number}: not document, mention, first, last and role")
            place = Coded(int(cells[2]), int(cells[3]) + 1, NAMES.index(cells[4]))
            found.setdefault(cells[0], []).append(place)
    return found


def by_portrayal(annotated: AnnotatedArticle, coded: Sequence[Coded], otherwise: int) -> list[int]:
    """The likeliest role of each coded mention's actor."""
    weights, features = portrayal.load_weights(), portrayal.features(annotated)
    likeliest = {
        actor: int(np.argmax(portrayal.probabilities(values, weights)[1:])) for actor, values in features.items()
    }
    ours = [_mention(annotated, each) for each in coded]
    return [likeliest.get(annotated.mentions[i].actor_id, otherwise) if i is not None else otherwise for i in ours]


def _by_sign(annotated: AnnotatedArticle, coded: Sequence[Coded], otherwise: int) -> list[int]:
    light = {row["mention_id"]: float(str(row["sentiment"])) for row in sentiment.find_in_whole_sentences(annotated)}
    ours = [_mention(annotated, each) for each in coded]
    return [int(light[i] < 0) if i in light else otherwise for i in ours]


def _mention(annotated: AnnotatedArticle, coded: Coded) -> int | None:
    """The mention at a coded place, the nearest that overlaps it or lies at most `SHIFT` characters off."""
    gaps = [(max(m.start - coded.end, coded.start - m.end, 0), m.mention_id) for m in annotated.mentions]
    gap, mention = min(gaps, default=(SHIFT + 1, -1))
    return mention if gap <= SHIFT else None


def _text(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder that holds the documents as published")
    return path.read_text(encoding="utf-8")
