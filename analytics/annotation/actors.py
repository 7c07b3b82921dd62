"""Decides which names of an article belong to the same actor, and what it tells of its persons.

Known names (countries with their demonyms and capitals, organisations with acronyms, the user's own
actors) come first; the parser's persons, organisations and groups fill in the rest. Names are merged
inside the article here; merging across articles happens when a corpus is stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..article import ActorKind, Article, MentionForm, Token
from ..knowledge.aliases import ActorBook, load_given_names, load_titles, slug, written_out
from .boilerplate import covered_by
from .names import KINDS, Name, find_names, text_of
from .parse import Parse
from .places import is_place

_NAME_PARTICLES = frozenset("von van de der den del della di da la le el al bin ibn ben".split())
_FEMININE_SURNAME = re.compile(r"(?:ov|ev|in|sk|ts?k|n)a(?:ya|ia)?$")
_GIVEN_NAME_ENDINGS = (
    "iy",
    "ii",
    "yna",
    "ina",
    "iya",
    "ia",
    "yla",
    "slav",
    "mir",
    "mila",
    "ana",
    "andr",
    "andra",
    "ova",
)
_NO_LONGER = frozenset("former ex late then ousted deposed first deputy acting longtime".split())
_LANGUAGE = frozenset("speaking speaker language born speak".split())


class ActorSpan(NamedTuple):
    """A mention before numbering: who, as what, over which tokens, governed by which token."""

    actor_id: str
    name: str
    kind: ActorKind
    form: MentionForm
    first: int
    last: int
    head: int
    confidence: float | None = None  # of links that are inferred; null for names


@dataclass(slots=True)
class ArticleActors:
    """The actors of one article and what it tells about them."""

    spans: list[ActorSpan] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)  # actor id → "he", "she"
    descriptions: dict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    # (title, country id or None) → the persons the article gives that title

    def covered(self) -> set[int]:
        return {i for span in self.spans for i in range(span.first, span.last)}


def find_actors(article: Article, parse: Parse, book: ActorBook) -> ArticleActors:
    """Named mentions of an article, with the titles and genders that the text gives its persons."""
    actors = ArticleActors()
    names = find_names(article.content, parse, book)
    persons = _persons(names, parse.tokens, book)
    common = frozenset(t.text for t in parse.tokens if t.text.islower() and t.pos in ("NOUN", "VERB", "ADJ", "ADV"))
    for name in names:
        span = _place(name, parse.tokens, persons, common)
        if span is not None:
            actors.spans.append(span)
    actors.spans += _bare_surnames(parse, actors, persons)
    _describe(actors, parse.tokens, book)
    heads = {p.head for p in actors.spans if p.kind == "person" and p.form == "name"}
    actors.spans = [p for p in actors.spans if not _inside_title(p, heads, parse.tokens)]
    actors.spans.sort(key=lambda span: span.first)
    return actors


def without_boilerplate(spans: Sequence[ActorSpan], parse: Parse) -> list[ActorSpan]:
    """The mentions outside of boilerplate, of actors that are named there: who stands in a caption alone is nobody."""
    if not parse.boilerplate:
        return list(spans)
    covered = covered_by(parse.boilerplate)
    outside = [span for span in spans if not covered(parse.tokens[span.first].start)]
    named = {span.actor_id for span in outside if span.form == "name"}
    only_inside = {span.actor_id for span in spans if span.form == "name"} - named
    return [span for span in outside if span.actor_id not in only_inside]


class _Persons:
    """Full names of an article's persons, found again by surname."""

    def __init__(self, book: ActorBook) -> None:
        self.book = book
        self.by_surname: dict[str, dict[str, str]] = defaultdict(dict)  # surname → {actor id: name}
        self.by_given: dict[str, dict[str, str]] = defaultdict(dict)
        self.names: dict[str, str] = {}

    def add(self, actor_id: str, name: str) -> None:
        words = name.split()
        self.names[actor_id] = name
        if len(words) > 1:
            self.by_surname[_surname(words)][actor_id] = name
            self.by_given[words[0]][actor_id] = name

    def resolve(self, text: str) -> tuple[str, str] | None:
        """The person that a single name means, where the article leaves no doubt."""
        for index in (self.by_surname, self.by_given):
            candidates = {i: name for i, name in index.get(text, {}).items() if self.book.may_be(i, text)}
            if len(candidates) == 1:
                return next(iter(candidates.items()))
            if candidates:
                return None
        return None


def _surname(words: list[str]) -> str:
    i = len(words) - 1
    if words[i].rstrip(".") in ("Jr", "Sr", "II", "III") and i > 1:
        i -= 1
    while i > 1 and words[i - 1].lower() in _NAME_PARTICLES:
        i -= 1
    return " ".join(words[i:])


def _persons(names: list[Name], tokens: tuple[Token, ...], book: ActorBook) -> _Persons:
    persons = _Persons(book)
    for name in sorted(names, key=lambda name: name.first):
        text = text_of(tokens, name.first, name.last)
        if name.alias is not None and name.alias.actor.kind == "person" and " " in text:
            persons.add(name.alias.actor.actor_id, name.alias.actor.name)
        elif name.label == "PERSON" and " " in text:
            full = book.by_text.get(text)
            if full is not None and full.actor.kind == "person":
                persons.add(full.actor.actor_id, full.actor.name)
            else:
                persons.add(slug(text), text)
    return persons


def _place(name: Name, tokens: tuple[Token, ...], persons: _Persons, common: frozenset[str]) -> ActorSpan | None:
    text = text_of(tokens, name.first, name.last)
    head = _head(tokens, name.first, name.last)
    if name.alias is not None:
        actor = name.alias.actor
        if name.alias.relation == "metonym" and is_place(tokens, name.first, name.last):
            return None
        if name.alias.relation == "demonym" and _no_country(tokens, name):
            return None
        local = persons.resolve(text) if actor.kind == "person" and " " not in text else None
        if local is not None:
            return ActorSpan(*local, "person", "name", name.first, name.last, head)
        return ActorSpan(actor.actor_id, actor.name, actor.kind, "name", name.first, name.last, head)
    kind = KINDS[name.label]
    if kind != "group" and " " not in text and not text.isupper() and text.lower() in common:
        return None  # "Debris fell on …" names nobody
    if kind != "group" and " " not in text and (resolved := persons.resolve(text)):
        return ActorSpan(*resolved, "person", "name", name.first, name.last, head)
    return ActorSpan(slug(text), text, kind, "name", name.first, name.last, head)


def _no_country(tokens: tuple[Token, ...], name: Name) -> bool:
    """Whether a demonym means a language or one man: "in Russian", "Russian-speaking", "the Russian left"."""
    head = tokens[name.last - 1]
    after = {token.lemma for token in tokens[name.last : name.last + 2]}
    if after & _LANGUAGE or tokens[head.head].lemma in ("speak", "translate", "language"):
        return True
    if head.dep in ("amod", "compound", "nmod", "poss") or head.tag in ("JJ", "NNS", "NNPS"):
        return head.dep == "pobj" and tokens[head.head].lemma == "in" and head.tag != "NNPS"
    return head.text.endswith(
        ("an", "i", "k", "ole", "inn", "ede", "ane")
    )  # "the French" are many, "the Russian" is one


def _bare_surnames(parse: Parse, actors: ArticleActors, persons: _Persons) -> list[ActorSpan]:
    """Surnames of the article's persons that the entity recogniser passed over."""
    covered = actors.covered() | {i for e in parse.entities if e.label != "GPE" for i in range(e.first, e.last)}
    found = []
    for token in parse.tokens:
        if token.pos != "PROPN" or token.index in covered or token.text not in persons.by_surname:
            continue
        if resolved := persons.resolve(token.text):
            found.append(ActorSpan(*resolved, "person", "name", token.index, token.index + 1, token.index))
    return found


def _describe(actors: ArticleActors, tokens: tuple[Token, ...], book: ActorBook) -> None:
    """Collect titles ("Russian President Vladimir Putin"; "X, the energy minister") and genders."""
    titles = load_titles()
    given_names = load_given_names()
    for span in actors.spans:
        if span.kind != "person":
            continue
        known = book.actors.get(span.actor_id)
        if known is not None:
            if known.gender:
                actors.genders[span.actor_id] = known.gender
            for title in known.titles:
                actors.descriptions[(title, None)].add(span.actor_id)
        if gender := _gender_of_name(span.name.split(), given_names):
            actors.genders.setdefault(span.actor_id, gender)
        words, country = _words_before(span, tokens, book)
        if not words and (gender := _gender_of_given_name(span.name, given_names)):
            actors.genders.setdefault(span.actor_id, gender)
        head = tokens[span.head]
        for child in tokens[span.last : span.last + 12]:
            if child.dep == "appos" and child.head == head.index:
                words, country = _appositive(child, tokens, book)
                break
        for title in _titles_in(words):
            if gender := titles.get(title):
                actors.genders.setdefault(span.actor_id, gender)
            if not _NO_LONGER.isdisjoint(words):
                continue  # a former president is not "the president"
            actors.descriptions[(title, None)].add(span.actor_id)
            if country:
                actors.descriptions[(title, country)].add(span.actor_id)


def _gender_of_name(words: list[str], given_names: dict[str, str | None]) -> str | None:
    """What a full name tells of its bearer: by the given name, else by a Slavic feminine surname."""
    if len(words) < 2:
        return None
    return given_names.get(words[0]) or ("she" if _FEMININE_SURNAME.search(words[-1]) else None)


def _gender_of_given_name(name: str, given_names: dict[str, str | None]) -> str | None:
    """What a name of one word tells, unless it is as often a surname ("Kelly")."""
    return given_names.get(name) if name.endswith(_GIVEN_NAME_ENDINGS) else None


def _words_before(span: ActorSpan, tokens: tuple[Token, ...], book: ActorBook) -> tuple[list[str], str | None]:
    """Title words directly before a name, and the country among them."""
    words: list[str] = []
    country = None
    i = span.first - 1
    while i >= 0 and span.first - i <= 6 and tokens[i].dep in ("compound", "amod", "nmod", "poss", "case", "punct"):
        if tokens[i].pos in ("PUNCT", "SPACE", "VERB") and tokens[i].text != "-":
            break
        alias = book.by_text.get(tokens[i].text)
        if alias is not None and alias.actor.kind == "country":
            country = alias.actor.actor_id
        else:
            words.insert(0, written_out(tokens[i].text.lower()))
        i -= 1
    return words, country


def _appositive(noun: Token, tokens: tuple[Token, ...], book: ActorBook) -> tuple[list[str], str | None]:
    """The words of an appositive title up to its noun, and the country named in it."""
    words, country = [], None
    for token in tokens[max(noun.index - 5, 0) : min(noun.index + 5, len(tokens))]:
        alias = book.by_text.get(token.text)
        if alias is not None and alias.actor.kind == "country":
            country = alias.actor.actor_id
        elif token.index <= noun.index and (token.head == noun.index or token.index == noun.index):
            words.append(token.text.lower())
    return words, country


def _titles_in(words: list[str]) -> list[str]:
    """The known titles that a run of words ends in or contains, e.g. "prime minister", "minister"."""
    titles = load_titles()
    found = []
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            if (title := " ".join(words[i : i + size])) in titles:
                found.append(title)
    return found


def _inside_title(span: ActorSpan, heads: set[int], tokens: tuple[Token, ...]) -> bool:
    """Whether a country's adjective only belongs to a person's title, "Russian President Putin"."""
    if span.kind != "country" or tokens[span.head].dep not in ("amod", "compound", "nmod"):
        return False
    i = tokens[span.head].head
    for _ in range(4):
        if i in heads:
            return True
        if tokens[i].dep not in ("compound", "nmod", "amod"):
            return False
        i = tokens[i].head
    return False


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    for i in range(last - 1, first - 1, -1):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return last - 1
