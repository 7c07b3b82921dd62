"""Resolves "he", "she" and descriptions ("the Russian president") to the article's persons.

Rules on the parse, after Hobbs (1978) and Lappin & Leass (1994): gender, distance, grammatical role.
Where two persons fit about equally well the pronoun stays unresolved; unknown is better than wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..article import Token
from ..knowledge.aliases import ActorBook, load_person_nouns, load_titles
from .actors import Cast, Place
from .parse import Parse

_GENDER = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_WINDOW = 3  # sentences back
_UNIQUE = frozenset({"president", "prime minister", "chancellor", "premier", "king", "queen", "pope"})  # of a story
_MARGIN = 0.75  # by how much the best candidate must beat the next


@dataclass(slots=True)
class _Seen:
    """The latest sight of a person before a pronoun; `place` is None for somebody unnamed ("a soldier")."""

    head: int
    sentence: int
    subject: bool
    sights: int
    gender: str | None
    place: Place | None


def resolve_descriptions(parse: Parse, cast: Cast, book: ActorBook) -> list[Place]:
    """Mentions such as "the prime minister", where the article gives exactly one person that title."""
    titles = load_titles()
    wanted = {title.split()[-1] for title, _ in cast.descriptions}
    covered = cast.covered()
    names = {place.actor_id: place.name for place in cast.places if place.kind == "person"}
    person_heads = {place.head for place in cast.places if place.kind == "person"}
    found = []
    for token in parse.tokens:
        if token.lemma not in wanted or token.tag not in ("NN", "NNP") or token.index in covered:
            continue
        if token.head in person_heads and token.dep in ("compound", "nmod", "appos", "amod"):
            continue
        if any(
            parse.tokens[h].head == token.index and parse.tokens[h].dep in ("appos", "compound") for h in person_heads
        ):
            continue
        first, title, country, definite = _description(parse.tokens, token, book)
        if not definite or title is None or _stands_before_a_name(parse.tokens, token.index + 1, covered):
            continue
        if parse.tokens[min(token.index + 1, len(parse.tokens) - 1)].text == "of":
            country = _country_after_of(parse.tokens, token.index + 2, book)
            if country is None:
                continue  # "the leader of the strikers" is not just any leader
        persons = cast.descriptions.get((title, country), set())
        if len(persons) != 1 and country is None:
            persons = cast.descriptions.get((title, None), set())
        if len(persons) == 1:
            (person,) = persons
            if country is None and title not in _UNIQUE and _last_person(cast, token.index) != person:
                continue
            name = names.get(person) or book.actors[person].name
            found.append(Place(person, name, "person", "nominal", first, token.index + 1, token.index))
            if gender := titles.get(title):
                cast.genders.setdefault(person, gender)
    return found


def _last_person(cast: Cast, before: int) -> str | None:
    """The person named last before a token."""
    named = [place for place in cast.places if place.kind == "person" and place.first < before]
    return max(named, key=lambda place: place.first).actor_id if named else None


def _stands_before_a_name(tokens: tuple[Token, ...], i: int, covered: set[int]) -> bool:
    """Whether a title leads on to the name it belongs to: "Secretary-General Ada Brandt"."""
    if i + 1 < len(tokens) and tokens[i].text in ("'s", "’s") and tokens[i + 1].text[0].isupper():
        return True  # "Prime Minister's Questions"
    while i < len(tokens) and i not in covered and (tokens[i].pos == "PROPN" or tokens[i].text == "-"):
        i += 1
    return i in covered and tokens[i - 1].text not in (",", ".")


def _country_after_of(tokens: tuple[Token, ...], i: int, book: ActorBook) -> str | None:
    for token in tokens[i : i + 2]:
        alias = book.by_text.get(token.text)
        if alias is not None and alias.actor.kind == "country" and alias.relation == "name":
            return alias.actor.actor_id
    return None


def _description(tokens: tuple[Token, ...], noun: Token, book: ActorBook) -> tuple[int, str | None, str | None, bool]:
    """First token, title, country id and definiteness of a noun phrase that ends in a title."""
    first, country, definite = noun.index, None, noun.text[0].isupper()
    words = [noun.lemma]
    i = noun.index - 1
    while i >= 0 and noun.index - i <= 5:
        token = tokens[i]
        alias = book.by_text.get(token.text)
        if token.dep == "det":
            if token.lemma != "the":
                return first, None, None, False
            first, definite = i, True
            break
        if alias is not None and alias.actor.kind == "country":
            country = alias.actor.actor_id
            definite = definite or token.dep == "poss"
        elif token.tag == "JJS":
            return first, None, None, False
        elif token.dep in ("compound", "amod") and token.pos != "PUNCT":
            words.insert(0, token.text.lower())
        elif token.text not in ("'s", "’s", "-"):
            break
        first = i
        i -= 1
    if {"former", "late", "ex", "new", "next", "deputy", "first"} & set(words[:-1]):
        return first, None, None, False
    titles = load_titles()
    for size in (3, 2, 1):
        if len(words) >= size and (title := " ".join(words[-size:])) in titles:
            return first, title, country, definite
    return first, None, None, False


def resolve_pronouns(parse: Parse, cast: Cast) -> list[Place]:
    """Mentions by "he" and "she" outside quotation marks."""
    tokens = parse.tokens
    places = {place.head: place for place in cast.places if place.kind == "person"}
    covered = cast.covered()
    nouns = load_person_nouns()
    quoted = _quoted_tokens(parse)
    seen: dict[str, _Seen] = {}
    found: list[Place] = []
    for sentence in parse.sentences:
        for token in tokens[sentence.first : sentence.last]:
            if token.index in quoted:
                continue
            place = places.get(token.index)
            gender = _GENDER.get(token.text.lower()) if token.pos == "PRON" else None
            if place is None and gender is not None:
                antecedent = _antecedent(token, gender, sentence.sentence_id, seen, tokens)
                if antecedent is None:
                    continue
                antecedent.gender = gender
                if antecedent.place is None:  # the pronoun means somebody unnamed, who stays in mind
                    antecedent.sentence, antecedent.head = sentence.sentence_id, token.index
                    continue
                cast.genders.setdefault(antecedent.place.actor_id, gender)
                i = token.index
                place = antecedent.place._replace(form="pronoun", first=i, last=i + 1, head=i)
                found.append(place)
            if place is not None:
                _see(seen, place.actor_id, token, sentence.sentence_id, cast.genders.get(place.actor_id), place, tokens)
            elif token.lemma in nouns and token.index not in covered and _may_be_somebody(token):
                _see(seen, f"?{token.lemma}", token, sentence.sentence_id, nouns[token.lemma], None, tokens)
    return found


def _may_be_somebody(noun: Token) -> bool:
    """Whether a person noun stands for one person of its own and not for a part of another phrase."""
    return noun.tag == "NN" and noun.dep not in ("compound", "amod", "appos", "attr", "nmod")


def _see(
    seen: dict[str, _Seen],
    key: str,
    token: Token,
    sentence: int,
    gender: str | None,
    place: Place | None,
    tokens: tuple[Token, ...],
) -> None:
    before = seen.get(key)
    subject = token.dep in _SUBJECTS or (token.dep == "conj" and tokens[token.head].dep in _SUBJECTS)
    if before is not None and before.sentence == sentence:
        subject = subject or before.subject
    sights = (before.sights if before else 0) + 1
    seen[key] = _Seen(token.index, sentence, subject, sights, gender, place)


def _antecedent(
    pronoun: Token, gender: str, sentence: int, seen: dict[str, _Seen], tokens: tuple[Token, ...]
) -> _Seen | None:
    scored = []
    for sight in seen.values():
        distance = sentence - sight.sentence
        if distance > _WINDOW or (sight.gender or gender) != gender:
            continue
        if distance == 0 and _same_clause(pronoun, tokens[sight.head], tokens):
            continue
        score = -1.0 * distance + (1.25 if sight.subject else 0.0) + (0.5 if sight.gender else 0.0)
        scored.append((score + min(sight.sights, 5) * 0.1, sight))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN):
        return None
    return scored[0][1]


def _same_clause(pronoun: Token, other: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a non-reflexive object pronoun shares its verb with the other mention ("Putin told him")."""
    if pronoun.dep not in ("dobj", "dative", "pobj") or pronoun.text.lower().endswith("self"):
        return False
    verb = tokens[pronoun.head]
    if pronoun.dep == "pobj":
        verb = tokens[verb.head]
    return other.head == verb.index


def _quoted_tokens(parse: Parse) -> set[int]:
    quoted: set[int] = set()
    quotations = iter(parse.quotations)
    current = next(quotations, None)
    for token in parse.tokens:
        while current is not None and token.start >= current.end:
            current = next(quotations, None)
        if current is not None and token.start >= current.inner_start:
            quoted.add(token.index)
    return quoted
