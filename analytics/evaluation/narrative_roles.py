"""Heroes, villains and victims of climate news (Frermann et al. 2023): whom coders saw in these roles."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures.portrayal import FEATURES, ROLES, features, load_weights, probabilities
from .figures import RESAMPLES, SEED, row

SHIPPED = "portrayal, as shipped"
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset("the a an of and mr mrs ms dr president sen rep gov in for to his her their our its us".split())
_NEGATIVE, _POSITIVE, _MENTIONS = (FEATURES.index(name) for name in ("negative", "positive", "mentions"))


class Candidate(NamedTuple):
    """An actor of an article, its features, and the number of its coded role in `ROLES`; 0 where nobody coded one."""

    article: str
    actor_id: str
    values: list[float]
    role: int


def read_roles(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Who was coded as what, (name, role) by article id, from the files `roles_*.tsv` of a folder.

    Raises InputError naming the file that has no columns ID, entity and role.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(folder.glob("roles_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t")
            if {"ID", "entity", "role"} - set(reader.fieldnames or ()):
                raise InputError(f"{path} has no columns ID, entity and role; it is not as published")
            for record in reader:
                if record["role"] in ROLES[1:]:
                    found[record["ID"]].append((record["entity"] or "", record["role"]))
    return found


def candidates(texts: Mapping[str, str], roles: Mapping[str, Sequence[tuple[str, str]]]) -> list[Candidate]:
    """The actors of articles (id → text) with their coded roles. Coded names that are no actor's are left out;
    an actor that was coded in several roles has the commonest."""
    articles = [Article(article_id=name, text=text) for name, text in texts.items()]
    found = []
    for annotated in Annotator().annotate(articles):
        name = annotated.article.article_id
        coded = _coded(annotated, roles.get(name, ()))
        for actor_id, values in features(annotated).items():
            seen = coded.get(actor_id)
            role = ROLES.index(seen.most_common(1)[0][0]) if seen else 0
            found.append(Candidate(name, actor_id, values, role))
    return found


def _coded(annotated: AnnotatedArticle, roles: Sequence[tuple[str, str]]) -> dict[str, Counter[str]]:
    names: dict[str, set[frozenset[str]]] = defaultdict(set)
    for mention in annotated.mentions:
        if mention.form == "name":
            texts = (annotated.text_of(mention.start, mention.end), mention.name)
            names[mention.actor_id] |= {words for text in texts if (words := _words(text))}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for entity, role in roles:
        said = _words(entity)
        for actor_id, forms in names.items():
            # "the Trump administration's" is Trump's; "Florida" is Florida State University's, too: not all are right
            if said and any(said <= form or (form <= said and 2 * len(form) >= len(said)) for form in forms):
                found[actor_id][role] += 1
    return found


def _words(name: str) -> frozenset[str]:
    plain = name.lower().replace("’s", "").replace("'s", "")
    return frozenset(_WORD.findall(plain)) - _EMPTY


def figures(split: str, texts: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """Rows for one split: macro-F1 over the three roles of coded actors, and how often the actor that an article
    makes the likeliest hero (villain, victim) was coded so, among articles in which some actor was.

    The baselines: always the commonest role; a hero in a good light and a villain in a bad one; the actor that
    is mentioned most.
    """
    found = candidates(texts, read_roles(folder))
    weights = load_weights()
    p = np.array([probabilities(each.values, weights) for each in found])
    coded = [i for i, each in enumerate(found) if each.role]
    if not coded:
        return
    gold = [found[i].role for i in coded]
    methods = {
        "commonest role": [Counter(gold).most_common(1)[0][0]] * len(gold),
        "sentiment alone": [1 + (found[i].values[_NEGATIVE] > found[i].values[_POSITIVE]) for i in coded],
        SHIPPED: [int(p[i, 1:].argmax()) + 1 for i in coded],
    }
    for method, predicted in methods.items():
        yield row(f"{split}: role", method, gold, predicted, average="macro")
    most = np.array([each.values[_MENTIONS] for each in found])
    for number, role in enumerate(ROLES[1:], 1):
        for method, rank in (("most mentioned", most), (SHIPPED, p[:, number])):
            hits = _first_choices(found, rank, number)
            if hits:
                yield _share(f"{split}: {role}", method, hits)


def _first_choices(found: Sequence[Candidate], rank: np.ndarray, role: int) -> list[int]:
    by_article: dict[str, list[int]] = defaultdict(list)
    for i, each in enumerate(found):
        by_article[each.article].append(i)
    with_role = [members for members in by_article.values() if any(found[i].role == role for i in members)]
    return [int(found[max(members, key=lambda i: rank[i])].role == role) for members in with_role]


def _share(split: str, method: str, hits: Sequence[int]) -> dict[str, object]:
    draws = np.random.default_rng(SEED).choice(hits, size=(RESAMPLES, len(hits))).mean(axis=1)
    low, high = (float(each) for each in np.quantile(draws, [0.025, 0.975]))
    value = float(np.mean(hits))
    return {
        "split": split,
        "method": method,
        "metric": "first choice right",
        "value": value,
        "low": low,
        "high": high,
        "n": len(hits),
    }
