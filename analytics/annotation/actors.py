"""Decides which names of an article belong to the same actor, and what it tells of its persons.

Known names (countries with their demonyms and capitals, organisations with acronyms, the user's own
actors) come first; the parser's persons, organisations and groups fill in the rest. Names are merged
inside the article here; merging across articles happens when a corpus is stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..article import Token
from ..knowledge.aliases import ActorBook, load_given_names, load_person_nouns, load_titles, slug, written_out
from ..knowledge.person_names import key
from .actor_spans import ActorSpan, ArticleActors
from .boilerplate import covered_by
from .name_words import MONTHS, PERHAPS_PERSONS, titled
from .names import KINDS, Name, find_names, text_of
from .namesakes import settle
from .parse import Parse
from .persons import Persons, collect_persons, is_couple, title_gender
from .places import is_place
from .teams import Matches, find_teams
from .whole_names import name_text
from .word_companies import find_word_companies

_LONGEST_SHORT_NAME = 6  # tokens
_LONGEST_QUESTION = 20  # tokens
_OF_PERSONS = frozenset({"his", "her", "he", "she"})
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


def find_actors(parse: Parse, book: ActorBook) -> ArticleActors:
    """Named mentions of an article, with the titles and genders that the text gives its persons."""
    actors = ArticleActors()
    tokens = parse.tokens
    names = find_names(parse.text, parse, book)
    persons = collect_persons(names, tokens, book)
    common = frozenset(t.text for t in tokens if t.text.islower() and t.pos in ("NOUN", "VERB", "ADJ", "ADV"))
    for name in names:
        span = _place(name, tokens, persons, common)
        if span is not None:
            actors.spans.append(span)
    actors.spans = _with_persons_by_pronoun(actors.spans, tokens, book)
    actors.spans = _with_short_names(parse, actors, persons)
    if matches := Matches(parse.text, parse):
        actors.spans = find_teams(matches, actors.spans, actors.covered())
    actors.spans += find_word_companies(parse, actors.covered())
    unsettled = _of_several_bearers(actors, persons, tokens)
    _describe(actors, [span for span in actors.spans if span.first not in unsettled], tokens, book)
    if unsettled:
        known = actors.genders | {i: g for i in persons.names if (g := persons.gender(i)) is not None}
        actors.spans = settle(actors.spans, unsettled, tokens=tokens, sentences=parse.sentences, genders=known)
        _describe(actors, [span for span in actors.spans if span.first in unsettled], tokens, book)
    heads = {p.head for p in actors.spans if p.kind == "person" and p.form == "name"}
    actors.spans = [p for p in actors.spans if not _inside_title(p, heads, tokens)]
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


def _place(name: Name, tokens: tuple[Token, ...], persons: Persons, common: frozenset[str]) -> ActorSpan | None:
    text, _ = name_text(tokens, name)
    head = _head(tokens, name.first, name.last)
    if name.alias is not None:
        actor = name.alias.actor
        if name.alias.relation == "metonym" and is_place(tokens, name.first, name.last):
            return None
        if name.alias.relation == "demonym" and _no_country(tokens, name):
            return None
        local = _resolved(text, name.first, tokens, persons) if actor.kind == "person" and " " not in text else None
        if local is not None:
            return ActorSpan(*local, "person", "name", name.first, name.last, head)
        return ActorSpan(actor.actor_id, actor.name, actor.kind, "name", name.first, name.last, head)
    kind = KINDS[name.label]
    if kind != "group" and " " not in text and not text.isupper() and text.lower() in common:
        return None  # "Debris fell on …" names nobody
    if kind == "person" and " " not in text and is_couple(tokens, name.first):
        both = f"Mr and Mrs {text}"
        return ActorSpan(slug(both), both, "group", "name", name.first - 3, name.last, head)
    if kind != "group" and (resolved := _resolved(text, name.first, tokens, persons)):
        return ActorSpan(*resolved, "person", "name", name.first, name.last, head)
    return ActorSpan(slug(text), text, kind, "name", name.first, name.last, head)


def _with_persons_by_pronoun(spans: Sequence[ActorSpan], tokens: tuple[Token, ...], book: ActorBook) -> list[ActorSpan]:
    """The mentions, with persons of one name that were taken for bodies: "Odmark, who left with his wife"."""
    persons = {
        span.actor_id
        for span in spans
        if span.kind in ("person", "organisation")
        and span.last - span.first == 1
        and span.actor_id not in book.actors
        and (_is_told_of(span.last, tokens) or _is_asked(span.first, tokens))
    }
    return [span._replace(kind="person") if span.actor_id in persons else span for span in spans]


def _is_told_of(after: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a clause follows that has a person's pronoun: ", who left with his wife"."""
    relative = [token.text for token in tokens[after : after + 2]] == [",", "who"]
    return relative and any(token.text in _OF_PERSONS for token in tokens[after + 2 : after + 10])


def _is_asked(first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a clause of its own with a person's pronoun comes before: "Asked whether he would go, Lund said"."""
    name = tokens[first]
    if name.dep != "nsubj":
        return False
    i = first - 1
    while i >= 0 and first - i <= _LONGEST_QUESTION and not (tokens[i].head == name.head and tokens[i].dep == "advcl"):
        i -= 1
    clause = tokens[max(i, 0) : first]
    asked = i >= 0 and tokens[i].tag == "VBN" and tokens[i].text[:1].isupper() and tokens[i].head == name.head
    return asked and any(token.text in _OF_PERSONS for token in clause)


def _resolved(text: str, first: int, tokens: tuple[Token, ...], persons: Persons) -> tuple[str, str] | None:
    """The person that a name means, where the article leaves no doubt."""
    if key(text) in persons.same:
        return (actor_id := persons.same[key(text)]), persons.names[actor_id]
    bearers = persons.bearers(text)
    if len(bearers) != 1:
        return None
    (bearer,) = bearers.items()
    gender, known = title_gender(titled(tokens, first)), persons.gender(bearer[0])
    return None if gender and known and gender != known else bearer  # "Mrs Marsh" is not Karl Marsh


def _of_several_bearers(
    actors: ArticleActors, persons: Persons, tokens: tuple[Token, ...]
) -> dict[int, dict[str, str]]:
    """Mentions by a name that several of the article's persons bear: first token → those persons."""
    found = {}
    for span in actors.spans:
        if span.kind in ("person", "organisation") and span.actor_id not in persons.names:
            bearers = persons.bearers(span.name)
            if len(bearers) > 1 and span.actor_id not in persons.book.actors:
                found[span.first] = bearers
    return found


def _with_short_names(parse: Parse, actors: ArticleActors, persons: Persons) -> list[ActorSpan]:
    """The mentions, and those by short names of the article's persons that the recogniser cut or passed over."""
    tokens, starts = parse.tokens, persons.starts()
    owner = {i: span for span in actors.spans for i in range(span.first, span.last)}
    closed = _closed(parse) - owner.keys()
    found: list[ActorSpan] = []
    dropped: set[int] = set()
    skip_to = 0
    for token in tokens:
        i = token.index
        if i < skip_to or not token.text[0].isalpha() or key(token.text) not in starts:
            continue
        last = _end_of_short_name(i, tokens, persons)
        inner = {owner[j].first: owner[j] for j in range(i, last) if j in owner}
        if any(not _is_cut(span, i, last) for span in inner.values()):
            continue  # what is found already is as long
        if last == i + 1 and not _is_bare_surname(token, tokens):
            continue
        if token.entity == "GPE" and token.text in persons.book.by_text:
            continue  # "Washington, D.C.", beside somebody of that surname
        text = text_of(tokens, i, last)
        bearers = persons.bearers(text)
        if not closed.isdisjoint(range(i, last)) or not bearers:
            continue
        resolved = _resolved(text, i, tokens, persons)
        if resolved is None and len(bearers) == 1:
            continue
        actor_id, name = resolved or (slug(text), text)
        found.append(ActorSpan(actor_id, name, "person", "name", i, last, _head(tokens, i, last)))
        dropped |= inner.keys()
        skip_to = last
    return sorted([s for s in actors.spans if s.first not in dropped] + found, key=lambda span: span.first)


def _closed(parse: Parse) -> set[int]:
    """Tokens of entities that cannot be a person's surname: longer names of other things, and numbers."""
    return {
        i
        for entity in parse.entities
        for i in range(entity.first, entity.last)
        if (entity.last - entity.first > 1 and entity.label != "GPE") or entity.label not in PERHAPS_PERSONS | {"DATE"}
    }


def _is_cut(span: ActorSpan, first: int, last: int) -> bool:
    """Whether a mention is a part of the name over [first, last) only."""
    return span.kind == "person" and first <= span.first and span.last <= last and span.last - span.first < last - first


def _end_of_short_name(i: int, tokens: tuple[Token, ...], persons: Persons) -> int:
    """Where the longest surname of the article's persons that begins at a token ends; just after it where none does."""
    for last in range(min(i + _LONGEST_SHORT_NAME, len(tokens)), i + 1, -1):
        if tokens[last - 1].text[0].isupper() and persons.has_surname(text_of(tokens, i, last)):
            return last
    return i + 1


def _is_bare_surname(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a word that is a person's surname elsewhere in the article is one here: "May said", not "in May"."""
    if not token.text[0].isupper():
        return False
    party = token.dep in ("nsubj", "nsubjpass", "dobj", "poss", "agent")
    if token.text in MONTHS or token.entity == "DATE":
        before, after = tokens[token.index - 1], tokens[min(token.index + 1, len(tokens) - 1)]
        if token.index and before.pos in ("ADP", "NUM", "ADJ"):
            return False
        return (party and token.pos == "PROPN") or (token.dep == "aux" and after.tag in ("VBD", "VBZ"))
    return token.pos == "PROPN" or (party and token.pos == "NOUN")


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


def _describe(actors: ArticleActors, spans: list[ActorSpan], tokens: tuple[Token, ...], book: ActorBook) -> None:
    """Collect titles ("Russian President Vladimir Putin"; "X, the energy minister") and genders."""
    titles = load_titles()
    given_names = load_given_names()
    for span in spans:
        if span.kind != "person":
            continue
        known = book.actors.get(span.actor_id)
        if known is not None:
            if known.gender:
                actors.genders[span.actor_id] = known.gender
            for title in known.titles:
                actors.descriptions[(title, None)].add(span.actor_id)
        if gender := title_gender(titled(tokens, span.first)):
            actors.genders[span.actor_id] = gender
        if gender := _gender_of_name(span.name.split(), given_names):
            actors.genders.setdefault(span.actor_id, gender)
        words, country = _words_before(span, tokens, book)
        if not words and (gender := _gender_of_given_name(span.name, given_names)):
            actors.genders.setdefault(span.actor_id, gender)
        head = tokens[span.head]
        if head.dep == "appos" and (gender := load_person_nouns().get(tokens[head.head].lemma)):
            actors.genders.setdefault(span.actor_id, gender)  # "her husband, Karl Brandt"
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
