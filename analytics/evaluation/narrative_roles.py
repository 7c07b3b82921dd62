"""Heroes, villains and victims of climate news (Frermann et al. 2023): whom coders saw in these roles."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..measures.portrayal import FEATURES, ROLES, Weights, features, load_weights, probabilities
from ..vocabulary import ActorKind
from .figures import RESAMPLES, SEED, row, table
from .narrative_frames import read_gold, read_splits

SHIPPED = "portrayal, as shipped"
LEARNT_ANEW = "portrayal, learnt from other articles"
FOLDS = 5
LEAST = 2  # mentions of a candidate: coders named few actors that are mentioned once
KINDS = ("person", "organisation", "country")
Doubles = NDArray[np.float64]

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset("the a an of and mr mrs ms dr president sen rep gov in for to his her their our its us".split())
_NEGATIVE, _POSITIVE, _MENTIONS = (FEATURES.index(name) for name in ("negative", "positive", "mentions"))


class Candidate(NamedTuple):
    """An actor of an article, its features, and the number of its coded role in `ROLES`; 0 where nobody coded one."""

    article: str
    actor_id: str
    values: list[float]
    kind: ActorKind
    role: int


def evaluate(path: Path) -> pd.DataFrame:
    """How well coded actors' roles are told apart, and how often the likeliest hero, villain and victim was coded so.

    Over the articles of `dev.txt` and `test.txt`, those that are there, with the weights that ship; and, because these
    are few, over `train.txt`, each article by a model of the same kind that learnt from the others. `role` is macro-F1
    over the three roles of the actors that coders gave one; `first choice right` the share of articles with such a
    role in which the likeliest actor is one that coders named. The baselines: always the commonest role; a hero in a
    good light and a villain in a bad one; the actor that is mentioned most.

    Raises InputError naming the file that is missing or malformed.
    """
    roles, weights = read_roles(path), load_weights()
    rows: list[dict[str, object]] = []
    for split, gold in read_splits(path).items():
        found = candidates(dict(zip(gold["id"], gold["text"], strict=True)), roles)
        p = np.array([probabilities(each.values, weights) for each in found])
        rows += figures(split, found, p, method=SHIPPED)
    gold = read_gold(path / "train.txt")
    found = candidates(dict(zip(gold["id"], gold["text"], strict=True)), roles)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    p = np.zeros((len(found), len(ROLES)))
    for learnt, asked in folds.split(found, groups=[each.article for each in found]):
        apart = learn([found[i] for i in learnt])
        p[asked] = [probabilities(found[i].values, apart) for i in asked]
    return table([*rows, *figures("train, cross-validated", found, p, method=LEARNT_ANEW)])


def learn(found: Sequence[Candidate]) -> Weights:
    """The weights that candidates and their roles lead to.

    An actor's kind is a feature only here, so that the others need not stand in for it; without it, and with the same
    constant for every role, nobody has a role for what they are.
    """
    x = [[*each.values, *(float(each.kind == kind) for kind in KINDS)] for each in found]
    model: Pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=5000))
    scaler, fitted = model.fit(x, [each.role for each in found])
    kept, constants = len(FEATURES), fitted.intercept_
    return Weights(
        means=scaler.mean_[:kept].tolist(),
        spreads=scaler.scale_[:kept].tolist(),
        weights=fitted.coef_.T[:kept].tolist(),
        bias=[float(constants[0]), *[float(constants[1:].mean())] * (len(ROLES) - 1)],
    )


def read_roles(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Who was coded as what, (name, role) by article id, from the files `roles_*.tsv` of a folder.

    Raises InputError where there is none, or naming the file that has no columns ID, entity and role.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    paths = sorted(folder.glob("roles_*.tsv"))
    if not paths:
        raise InputError(f"{folder} holds no roles_*.tsv; give the folder of the coded roles, as published")
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t")
            if {"ID", "entity", "role"} - set(reader.fieldnames or ()):
                raise InputError(f"{path} has no columns ID, entity and role; it is not as published")
            for record in reader:
                if record["role"] in ROLES[1:]:
                    found[record["ID"]].append((record["entity"] or "", record["role"]))
    return found


def candidates(texts: Mapping[str, str], roles: Mapping[str, Sequence[tuple[str, str]]]) -> list[Candidate]:
    """The actors of articles (id → text) with their coded roles. Coded names that are no actor's are left out,
    and so are actors mentioned once;
    an actor that was coded in several roles has the commonest."""
    articles = [Article(article_id=name, text=text) for name, text in texts.items()]
    found = []
    for annotated in Annotator().annotate(articles):
        name = annotated.article.article_id
        coded = _coded(annotated, roles.get(name, ()))
        mentions = Counter(mention.actor_id for mention in annotated.mentions)
        kinds = {mention.actor_id: mention.kind for mention in reversed(annotated.mentions)}
        for actor_id, values in features(annotated).items():
            if mentions[actor_id] >= LEAST:
                seen = coded.get(actor_id)
                role = ROLES.index(seen.most_common(1)[0][0]) if seen else 0
                found.append(Candidate(name, actor_id, values, kinds[actor_id], role))
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


def figures(split: str, found: Sequence[Candidate], p: Doubles, *, method: str) -> Iterator[dict[str, object]]:
    """Rows of a method that gives `p` [candidate, ROLES] for one split, and of its baselines; see `evaluate`."""
    coded = [i for i, each in enumerate(found) if each.role]
    if not coded:
        return
    gold = [found[i].role for i in coded]
    methods = {
        "commonest role": [Counter(gold).most_common(1)[0][0]] * len(gold),
        "sentiment alone": [1 + (found[i].values[_NEGATIVE] > found[i].values[_POSITIVE]) for i in coded],
        method: [int(p[i, 1:].argmax()) + 1 for i in coded],
    }
    for name, predicted in methods.items():
        yield row(f"{split}: role", name, gold, predicted, average="macro")
    most = np.array([each.values[_MENTIONS] for each in found])
    for number, role in enumerate(ROLES[1:], 1):
        for name, rank in (("most mentioned", most), (method, p[:, number])):
            hits = _first_choices(found, rank, number)
            if hits:
                yield _share(f"{split}: {role}", name, hits)


def _first_choices(found: Sequence[Candidate], rank: Doubles, role: int) -> list[int]:
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
