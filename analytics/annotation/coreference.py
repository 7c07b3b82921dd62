"""Resolves "he", "she" and descriptions ("the Russian president") to the article's persons.

Rules on the parse, after Hobbs (1978) and Lappin & Leass (1994): gender, distance, grammatical role.
Where two persons fit about equally well the pronoun stays unresolved; unknown is better than wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from ..article import Token
from ..knowledge.aliases import ActorBook, load_link_confidence, load_person_nouns, load_titles
from .actor_spans import ActorSpan, ArticleActors
from .name_words import PRONOUN_GENDERS
from .parse import Parse, quoted_tokens
from .reporting_cues import load_cues

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OPENING_MARKS = frozenset("\"“‘'") | {"``"}
_AFTER_DEATH = frozenset("burial funeral grave coffin graveside wake obituary eulogy remains tomb".split())
_MOURN = frozenset("speak attend visit weep cry stand kneel mourn read lay arrive".split())
_WINDOW = 3  # sentences back
_UNIQUE = frozenset({"president", "prime minister", "chancellor", "premier", "king", "queen", "pope"})  # of a story
_MARGIN = 0.75  # by how much the best candidate must beat the next
_MARGIN_OVER_NEARER = 1.75  # the same where another one stands between them


@dataclass(slots=True)
class _Seen:
    """The latest sight of a person before a pronoun; `place` is None for somebody unnamed ("a soldier")."""

    head: int
    sentence: int
    subject: bool
    sights: int
    gender: str | None
    span: ActorSpan | None


def resolve_descriptions(parse: Parse, actors: ArticleActors, book: ActorBook) -> list[ActorSpan]:
    """Mentions such as "the prime minister", where the article gives exactly one person that title."""
    titles = load_titles()
    wanted = {title.split()[-1] for title, _ in actors.descriptions}
    covered = actors.covered()
    names = {span.actor_id: span.name for span in actors.spans if span.kind == "person"}
    person_heads = {span.head for span in actors.spans if span.kind == "person"}
    beside_persons = {
        parse.tokens[h].head for h in person_heads if parse.tokens[h].dep in ("appos", "compound")
    }  # tokens on which a person's name hangs
    last_person = _persons_by_place(actors)
    counts = Counter(span.actor_id for span in actors.spans if span.kind == "person")
    lead = counts.most_common(1)[0][0] if counts else None
    found = []
    for token in parse.tokens:
        if token.lemma not in wanted or token.tag not in ("NN", "NNP") or token.index in covered:
            continue
        if token.dep in ("attr", "oprd") or parse.tokens[token.head].lemma == "as":
            continue  # "became president", "his time as minister": an office and nobody
        if token.head in person_heads and token.dep in ("compound", "nmod", "appos", "amod"):
            continue
        if token.index in beside_persons:
            continue
        first, title, country, definite = _description(parse.tokens, token, book)
        if not definite or title is None or _stands_before_a_name(parse.tokens, token.index + 1, covered):
            continue
        if parse.tokens[min(token.index + 1, len(parse.tokens) - 1)].text == "of":
            country = _country_after_of(parse.tokens, token.index + 2, book, covered)
            if country is None:
                continue  # "the leader of the strikers" is not just any leader
        persons = actors.descriptions.get((title, country), set())
        if len(persons) != 1 and country is None:
            persons = actors.descriptions.get((title, None), set())
        if len(persons) == 1:
            (person,) = persons
            one_a_country = title in _UNIQUE or (title.endswith(("minister", "secretary")) and " " in title)
            certain = one_a_country and (country is not None or person == lead)
            if not certain and _last_before(last_person, token.index) != person:
                continue
            name = names.get(person) or book.actors[person].name
            confidence = load_link_confidence()["title"]
            found.append(ActorSpan(person, name, "person", "nominal", first, token.index + 1, token.index, confidence))
            if gender := titles.get(title):
                actors.genders.setdefault(person, gender)
    return found


def _persons_by_place(actors: ArticleActors) -> list[tuple[int, str]]:
    """Where each person is named: first token and actor id, in text order."""
    named: dict[int, str] = {}
    for span in actors.spans:
        if span.kind == "person":
            named.setdefault(span.first, span.actor_id)
    return sorted(named.items())


def _last_before(persons: list[tuple[int, str]], before: int) -> str | None:
    """The person named last before a token."""
    at = bisect_left(persons, (before, ""))
    return persons[at - 1][1] if at else None


def _stands_before_a_name(tokens: tuple[Token, ...], i: int, covered: set[int]) -> bool:
    """Whether a title leads on to the name it belongs to: "Secretary-General Ada Brandt"."""
    if i + 1 < len(tokens) and tokens[i].text in ("'s", "’s") and tokens[i + 1].text[0].isupper():
        return True  # "Prime Minister's Questions"
    while i < len(tokens) and i not in covered and (tokens[i].pos == "PROPN" or tokens[i].text == "-"):
        i += 1
    return i in covered and tokens[i - 1].text not in (",", ".")


def _country_after_of(tokens: tuple[Token, ...], i: int, book: ActorBook, covered: set[int]) -> str | None:
    """The country in "the president of X", unless the president's own name follows."""
    for token in tokens[i : i + 2]:
        alias = book.by_text.get(token.text)
        if alias is not None and alias.actor.kind == "country" and alias.relation == "name":
            return alias.actor.actor_id if token.dep == "pobj" and token.index + 1 not in covered else None
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


def resolve_pronouns(parse: Parse, actors: ArticleActors) -> list[ActorSpan]:
    """Mentions by "he" and "she" outside quotation marks."""
    tokens = parse.tokens
    spans = {span.head: span for span in actors.spans if span.kind == "person"}
    covered = actors.covered()
    perhaps = {s.head for s in actors.spans if s.kind == "organisation" and s.name == tokens[s.head].text.title()}
    nouns = {**load_titles(), **load_person_nouns()}
    gone_to = _fronted(parse, spans)
    quoted = quoted_tokens(parse)
    seen: dict[str, _Seen] = {}
    found: list[ActorSpan] = []
    for sentence in parse.sentences:
        for token in tokens[sentence.first : sentence.last]:
            if token.index in quoted:
                continue
            span = spans.get(token.index)
            gender = PRONOUN_GENDERS.get(token.text.lower()) if token.pos == "PRON" else None
            if span is None and gender is not None:
                certain = spans.get(gone_to.get(token.index, _beside(token, tokens)))
                if certain is not None and actors.genders.get(certain.actor_id, gender) == gender:
                    found.append(_pronoun(certain, token, load_link_confidence()["clause"]))
                    continue
                antecedent, confidence = _antecedent(token, gender, sentence.sentence_id, seen, tokens)
                if antecedent is None or _told(token, gender, spans, actors, tokens):
                    if seen and _reports(token, tokens):  # one of several speaks, and who speaks next may be the same
                        _see(seen, f"?{gender}", token, sentence.sentence_id, gender, None, tokens)
                    continue
                antecedent.gender = gender
                if antecedent.span is None:  # the pronoun means somebody unnamed, who stays in mind
                    antecedent.sentence, antecedent.head = sentence.sentence_id, token.index
                    continue
                actors.genders.setdefault(antecedent.span.actor_id, gender)
                span = _pronoun(antecedent.span, token, confidence)
                found.append(span)
            if span is not None:
                if _reports(token, tokens):
                    for unknown in ("?he", "?she"):
                        seen.pop(unknown, None)
                _see(seen, span.actor_id, token, sentence.sentence_id, actors.genders.get(span.actor_id), span, tokens)
            elif token.index in perhaps and (_reports(token, tokens) or _is_according(token, tokens)):
                _see(seen, f"?{token.text}", token, sentence.sentence_id, None, None, tokens)
            elif token.index in covered:
                continue
            elif token.lemma in nouns and _may_be_somebody(token):
                _see(seen, f"?{token.lemma}", token, sentence.sentence_id, nouns[token.lemma], None, tokens)
            elif token.tag == "NNP" and token.dep in _SUBJECTS and token.entity in ("", "PERSON"):
                _see(seen, f"?{token.text}", token, sentence.sentence_id, None, None, tokens)  # perhaps a person
    return found


def _pronoun(meant: ActorSpan, pronoun: Token, confidence: float) -> ActorSpan:
    i = pronoun.index
    return meant._replace(form="pronoun", first=i, last=i + 1, head=i, confidence=confidence)


def _fronted(parse: Parse, spans: dict[int, ActorSpan]) -> dict[int, int]:
    """Pronouns in what stands before a sentence's subject → that subject: "Asked about his plans, Brandt said …"."""
    found = {}
    for sentence in parse.sentences:
        words = parse.tokens[sentence.first : sentence.last]
        root = next((t for t in words if t.head == t.index and t.pos in ("VERB", "AUX")), None)
        subjects = [t for t in words if root is not None and t.head == root.index and t.dep in _SUBJECTS]
        if len(subjects) != 1 or subjects[0].index not in spans:
            continue
        subject = subjects[0]
        before = [t for t in words if t.index < spans[subject.index].first]
        comma = next((t.index for t in reversed(before) if t.text == ","), None)
        opener = before[0] if before else None
        if comma is None or opener is None or not (opener.pos == "ADP" or opener.tag in ("VBG", "VBN", "IN")):
            continue
        if any(t.index in spans for t in before):
            continue
        found.update({t.index: subject.index for t in before if t.dep == "poss" and t.text.lower() in PRONOUN_GENDERS})
    return found


def _beside(pronoun: Token, tokens: tuple[Token, ...]) -> int:
    """The head of X in "X and his brother"; -1 where there is none."""
    owned = tokens[pronoun.head]
    return owned.head if pronoun.dep == "poss" and owned.dep == "conj" else -1


def _reports(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a name or pronoun is the subject of a verb of saying: "he adds"."""
    return token.dep == "nsubj" and tokens[token.head].lemma in load_cues()


def _is_according(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a person is the source of a sentence: "according to Brandt"."""
    return token.dep == "pobj" and tokens[tokens[token.head].head].lemma == "accord"


def _outlives(pronoun: Token, other: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether another mention is the subject of the verb over "his funeral": who does something there is alive."""
    if pronoun.dep != "poss" or tokens[pronoun.head].lemma not in _AFTER_DEATH or other.dep not in _SUBJECTS:
        return False
    verb = tokens[other.head]
    return verb.lemma in load_cues() or verb.lemma in _MOURN


def _told(
    pronoun: Token, gender: str, spans: dict[int, ActorSpan], actors: ArticleActors, tokens: tuple[Token, ...]
) -> bool:
    """Whether a pronoun may mean the person who is told: "warned Brandt he would …"."""
    clause = tokens[pronoun.head]
    if pronoun.dep not in _SUBJECTS or clause.dep != "ccomp":
        return False
    told = [t for t in tokens[clause.head + 1 : pronoun.index] if t.head == clause.head and t.index in spans]
    return any(
        t.dep in ("dobj", "dative") and actors.genders.get(spans[t.index].actor_id, gender) == gender for t in told
    )


def _may_be_somebody(noun: Token) -> bool:
    """Whether a person noun stands for one person of its own and not for a part of another phrase."""
    return noun.tag == "NN" and noun.dep not in ("compound", "amod", "appos", "attr", "nmod")


def _see(
    seen: dict[str, _Seen],
    key: str,
    token: Token,
    sentence: int,
    gender: str | None,
    span: ActorSpan | None,
    tokens: tuple[Token, ...],
) -> None:
    before = seen.get(key)
    subject = token.dep in _SUBJECTS or (token.dep == "conj" and tokens[token.head].dep in _SUBJECTS)
    subject = subject or _is_according(token, tokens)
    if before is not None and before.sentence == sentence:
        subject = subject or before.subject
    sights = (before.sights if before else 0) + 1
    seen[key] = _Seen(token.index, sentence, subject, sights, gender, span)


def _antecedent(
    pronoun: Token, gender: str, sentence: int, seen: dict[str, _Seen], tokens: tuple[Token, ...]
) -> tuple[_Seen | None, float]:
    """Who a pronoun means, and with which confidence; nobody where two persons fit about equally well."""
    scored = []
    for sight in seen.values():
        distance = sentence - sight.sentence
        if distance > _WINDOW or (sight.gender or gender) != gender:
            continue
        if distance == 0 and _same_clause(pronoun, tokens[sight.head], tokens):
            continue
        if distance == 0 and _outlives(pronoun, tokens[sight.head], tokens):
            continue
        score = -1.0 * distance + (1.25 if sight.subject else 0.0) + (0.5 if sight.gender else 0.0)
        scored.append((score + min(sight.sights, 5) * 0.1, sight))
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return None, 0.0
    best = scored[0][1]
    if len(scored) == 1:
        return best, load_link_confidence()["alone"]
    nearer = any(sight.head > best.head and sight.sentence == sentence for _, sight in scored[1:])
    if scored[0][0] - scored[1][0] < (_MARGIN_OVER_NEARER if nearer else _MARGIN):
        return None, 0.0
    return best, load_link_confidence()["ahead"]


def _same_clause(pronoun: Token, other: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a non-reflexive object pronoun shares its verb with the other mention: "Brandt told him"."""
    if pronoun.text.lower().endswith("self"):
        return False
    verb = _governing_verb(pronoun, tokens)
    while other.dep == "conj":  # "Brandt and Kessel told him"
        other = tokens[other.head]
    return verb is not None and other.head == verb.index


def _governing_verb(pronoun: Token, tokens: tuple[Token, ...]) -> Token | None:
    """The verb that an object pronoun is the object of; None for subjects and possessives."""
    governor = tokens[pronoun.head]
    if pronoun.dep in ("dobj", "dative"):
        return governor
    if pronoun.dep == "pobj":
        return tokens[governor.head]
    after = tokens[min(pronoun.index + 1, len(tokens) - 1)]
    if pronoun.dep in _SUBJECTS and pronoun.text.lower() in ("him", "her"):  # "called him a liar"
        return tokens[governor.head]
    quoted = pronoun.text.lower() == "her" and after.text in _OPENING_MARKS
    if quoted and pronoun.dep == "poss" and governor.dep in ("dobj", "oprd", "ccomp", "acomp"):
        return tokens[governor.head]  # 'called her "clueless"', where the parser takes "her" for a possessive
    return None
