"""How many of the mentions in a text are linked at all, against verdicts on places drawn from the text itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from ..article import Article
from ..knowledge.aliases import load_person_nouns, load_titles
from ..results.store import Selection, Store
from .figures import COLUMNS as FIGURES
from .sheets import read_rows

JUDGEMENTS = Path(__file__).parents[2] / "tests" / "judgements"
SHEET = JUDGEMENTS / "text_mentions.tsv"
# What its splits end with → a sheet. The rules were revised on both after they had been judged.
SHEETS = {"": SHEET, ", later": JUDGEMENTS / "text_mentions_later.tsv"}
COLUMNS = ["article_id", "start", "end", "form", "actor_id"]
NOBODY = "-"  # the verdict that a place is no mention of an actor
_NAME = re.compile(r"[A-Z][\w'’&.-]*\w(?:\s(?:(?:of|the|and|von|van|de|al|bin)\s)?[A-Z][\w'’&-]*\w)*")
_PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|herself|it|its|they|their|them)\b", re.IGNORECASE)
_BODIES = frozenset("ministry government party agency committee council court union company group bank police".split())


class Place(NamedTuple):
    """A stretch of an article that may be a mention, and the actor a reader says it means; None where unread."""

    article_id: str
    start: int
    end: int
    form: str  # "name", "pronoun", "nominal"
    actor_id: str | None = None


def draw(articles: Iterable[Article], n: int, *, seed: int) -> list[Place]:
    """Draw places of texts that may be mentions: names, pronouns, and "the" with a noun for persons or bodies.

    Nothing of the annotation is used, so that what it passes over is drawn as well. Drawn without replacement, each
    place of all articles as likely as any other; in the order of articles and offsets.

    >>> article = Article(article_id="a", text="The mayor thanked Ada Brandt. She smiled.")
    >>> [(place.form, article.content[place.start : place.end]) for place in draw([article], 3, seed=1)]
    [('nominal', 'The mayor'), ('name', 'Ada Brandt'), ('pronoun', 'She')]
    """
    places = [place for article in articles for place in _places(article)]
    return sorted(random.Random(seed).sample(places, min(n, len(places))))


def _places(article: Article) -> list[Place]:
    content = article.content
    found = [Place(article.article_id, *match.span(), "pronoun") for match in _PRONOUN.finditer(content)]
    found += [Place(article.article_id, *match.span(), "nominal") for match in _description().finditer(content)]
    taken = {i for place in found for i in range(place.start, place.end)}
    for match in _NAME.finditer(content):
        text = match.group()
        if match.start() not in taken and not (" " not in text and text.lower() in _common(content)):
            found.append(Place(article.article_id, *match.span(), "name"))
    return found


def _description() -> re.Pattern[str]:
    nouns = {noun for noun in (*load_person_nouns(), *load_titles(), *_BODIES) if noun.isalpha()}
    return re.compile(rf"\b[Tt]he (?:[\w-]+ )?(?:{'|'.join(sorted(nouns, key=len, reverse=True))})\b")


def _common(content: str) -> frozenset[str]:
    """Words that the text writes in lower case as well: capitals at the start of a sentence."""
    return frozenset(re.findall(r"\b[a-z]+\b", content))


def read_sheet(path: Path = SHEET) -> list[Place]:
    """The places of a sheet: tab-separated article_id, start, end, form, actor_id (an actor's id, or "-" for nobody).

    Raises InputError, naming the file, where it is not of that form.
    """
    rows = read_rows(path, COLUMNS)
    return [Place(r["article_id"], int(r["start"]), int(r["end"]), r["form"], r["actor_id"]) for r in rows]


def evaluate(store: Store, *, sheets: Mapping[str, Path] = SHEETS) -> pd.DataFrame:
    """Recall of actor links on the read places of a store's articles; no rows where it holds none of them.

    An independent reader said of each place whom it means, without seeing what is linked. A place counts as found
    where a mention of the right actor overlaps it. Splits: all, names, resolved (pronouns and descriptions); with
    ", later" those of the second sheet. Value: found of all places that mean an actor, with its 95 % Wilson interval.
    """
    return pd.DataFrame(
        [row for ending, sheet in sheets.items() for row in _recall(store, read_sheet(sheet), ending)], columns=FIGURES
    )


def _recall(store: Store, read: list[Place], ending: str) -> Iterator[tuple[object, ...]]:
    """The rows of one sheet."""
    places = [place for place in read if place.actor_id != NOBODY]
    chosen = ("article_id", "start", "end", "actor_id")
    articles = tuple({place.article_id for place in places})
    mentions = store.select("mentions", Selection(articles=articles), columns=chosen)
    linked: dict[str, list[tuple[int, int, str]]] = {}
    for article_id, start, end, actor_id in mentions.to_numpy().tolist():
        linked.setdefault(article_id, []).append((int(start), int(end), actor_id))
    counts: dict[str, Counter[bool]] = {split: Counter() for split in ("text", "text, names", "text, resolved")}
    for place in places:
        if place.article_id not in linked:
            continue
        spans = linked[place.article_id]
        found = any(a < place.end and place.start < b and actor == place.actor_id for a, b, actor in spans)
        counts["text"][found] += 1
        counts["text, names" if place.form == "name" else "text, resolved"][found] += 1
    for split, count in counts.items():
        if n := count.total():
            low, high = proportion_confint(count[True], n, method="wilson")
            yield (f"{split}{ending}", "rules", "recall", count[True] / n, low, high, n)
