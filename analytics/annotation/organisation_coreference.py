"""Resolves "it", "they" and descriptions ("the ministry") to organisations, countries and groups.

Only what is nearly certain: a pronoun that goes back to the subject of its own or the reporting
clause with no other noun between them, and a description whose noun one actor of the article has
in its name. Everything else stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..article import Token
from ..knowledge.aliases import ActorBook, load_link_confidence
from .actor_spans import ActorSpan, ArticleActors
from .parse import Parse, quoted_tokens
from .reporting_cues import load_cues

_SINGULAR = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "their", "themselves"})
_SUBJECTS = ("nsubj", "nsubjpass")
_NO_RIVALS = frozenset({"DATE", "TIME"})  # "said on Monday that it …"
_EXPLETIVE = frozenset(  # "it seems that", "it takes time": the pronoun means nobody
    "be seem appear take matter happen become look turn mean remain come go make cost rain follow help emerge".split()
)
_VERBS = ("VERB", "AUX")
# Nouns that describe an organisation, with the words of names that may be meant.
_DESCRIPTIONS = {
    noun: tuple((words or noun).split("|"))
    for noun, words in {
        "ministry": "",
        "department": "",
        "agency": "agency|administration",
        "committee": "",
        "commission": "",
        "council": "",
        "court": "",
        "embassy": "",
        "university": "",
        "institute": "",
        "foundation": "",
        "association": "",
        "federation": "",
        "union": "",
        "party": "",
        "bank": "",
        "ministries": "",
        "parliament": "parliament|duma|rada",
        "regiment": "",
        "battalion": "",
        "brigade": "",
        "charity": "",
        "airline": "airline|airlines|airways",
    }.items()
}
_KNOWN = {"alliance": "nato", "bloc": "european-union"}  # where the article names that one
_RIVALS = {"alliance": ("alliance", "csto", "collective"), "bloc": ("bloc", "bric", "g7", "group of seven")}


def resolve_bodies(parse: Parse, actors: ArticleActors, book: ActorBook) -> list[ActorSpan]:
    """Mentions of organisations, countries and groups by pronouns and descriptions, outside quotation marks."""
    quoted = quoted_tokens(parse)
    covered = actors.covered()
    heads = {span.head: span for span in actors.spans if span.kind != "person"}
    found = [
        span
        for token in parse.tokens
        if token.pos == "PRON" and token.index not in quoted and token.index not in covered
        if (span := _pronoun(token, parse.tokens, heads)) is not None
    ]
    return found + list(_descriptions(parse, actors, book, quoted | covered))


def _pronoun(pronoun: Token, tokens: tuple[Token, ...], heads: dict[int, ActorSpan]) -> ActorSpan | None:
    text = pronoun.text.lower()
    if text not in _SINGULAR | _PLURAL:
        return None
    if text in ("its", "their", "itself", "themselves"):
        subject = _subject_of_clause(pronoun, tokens) or _subject_above(pronoun, tokens)
    else:
        subject = _subject_of_report(pronoun, tokens)
    span = heads.get(subject.index) if subject is not None else None
    if subject is None or span is None or subject.index > pronoun.index:
        return None
    if text in _PLURAL and any(
        t.head == subject.index and t.dep in ("det", "nummod")
        for t in tokens[max(subject.index - 6, 0) : subject.index]
    ):
        return None  # "both Britons said they …" is not about Britain
    if (text in _PLURAL) != _is_plural(subject, tokens) or _has_rival(subject, pronoun, tokens, span):
        return None
    i = pronoun.index
    rule = "reported" if text in ("it", "they") else "possessive"
    return span._replace(form="pronoun", first=i, last=i + 1, head=i, confidence=load_link_confidence()[rule])


def _subject_of_clause(pronoun: Token, tokens: tuple[Token, ...]) -> Token | None:
    """The subject of the verb that governs a possessive or reflexive pronoun: "X closed its embassy"."""
    current = pronoun
    for _ in range(6):
        above = tokens[current.head]
        if above.index == current.index:
            return None
        if above.pos in _VERBS:
            return _subject_or_none(above, tokens, stop=pronoun.index)
        if current.dep == "conj":
            return None  # "the port and its owners": the owner stands beside it
        current = above
    return None


def _subject_above(pronoun: Token, tokens: tuple[Token, ...]) -> Token | None:
    """The reporting subject, for the owner of what a reported clause is about: "X said its embassy had closed"."""
    owned = tokens[pronoun.head]
    if pronoun.dep != "poss" or owned.dep not in _SUBJECTS:
        return None
    return _subject_of_report(owned, tokens)


def _subject_of_report(pronoun: Token, tokens: tuple[Token, ...]) -> Token | None:
    """The subject of the verb that reports the clause of a pronoun: "X said it would close the embassy"."""
    verb = tokens[pronoun.head]
    if pronoun.dep not in _SUBJECTS or verb.dep != "ccomp" or verb.pos not in _VERBS:
        return None
    if pronoun.text.lower() == "it" and (pronoun.dep != "nsubj" or verb.lemma in _EXPLETIVE):
        return None
    reporting = tokens[verb.head]
    entry = load_cues().get(reporting.lemma)
    if entry is None or reporting.index > pronoun.index:
        return None
    return _subject_or_none(reporting, tokens, stop=pronoun.index)


def _subject_or_none(verb: Token, tokens: tuple[Token, ...], *, stop: int) -> Token | None:
    """The subject of a verb, or of the verb it is coordinated with ("X said … and closed …")."""
    for _ in range(3):
        low = max(verb.index - 40, 0)
        own = [t for t in tokens[low:stop] if t.head == verb.index and t.dep in _SUBJECTS]
        if own:
            return own[0] if len(own) == 1 else None
        above = tokens[verb.head]
        if verb.dep not in ("conj", "xcomp") or above.pos not in _VERBS:
            return None
        verb = above
    return None


def _is_plural(noun: Token, tokens: tuple[Token, ...]) -> bool:
    coordinated = any(t.head == noun.index and t.dep == "conj" for t in tokens[noun.index : noun.index + 12])
    return noun.tag in ("NNS", "NNPS") or coordinated


def _has_rival(subject: Token, pronoun: Token, tokens: tuple[Token, ...], span: ActorSpan) -> bool:
    """Whether another noun between a subject and a pronoun might be meant."""
    return any(
        token.pos in ("NOUN", "PROPN", "PRON") and token.entity not in _NO_RIVALS
        for token in tokens[span.last : pronoun.index]
    ) or any(t.head == subject.index and t.dep == "conj" for t in tokens[subject.index : pronoun.index])


def _descriptions(parse: Parse, actors: ArticleActors, book: ActorBook, closed: set[int]) -> Iterator[ActorSpan]:
    tokens = parse.tokens
    bodies = sorted((p for p in actors.spans if p.kind == "organisation"), key=lambda span: span.first)
    titled = _titled(bodies, book)
    if not bodies:
        return
    described: dict[str, _Described] = {}
    for token in tokens:
        if token.index == 0 or token.tag != "NN" or tokens[token.index - 1].text.lower() != "the":
            continue
        if {token.index, token.index - 1} & closed or token.dep in ("compound", "nmod", "amod", "appos", "attr"):
            continue
        if tokens[min(token.index + 1, len(tokens) - 1)].text in ("of", "for", "that", "which", "in", "on"):
            continue  # "the department of …", "the party that …" says itself which
        if token.lemma not in described:
            described[token.lemma] = _Described(token.lemma, bodies, titled)
        span = described[token.lemma].before(token.index)
        if span is not None:
            i = token.index
            yield span._replace(
                form="nominal", first=i - 1, last=i + 1, head=i, confidence=load_link_confidence()["described"]
            )


def _titled(bodies: list[ActorSpan], book: ActorBook) -> dict[str, set[str]]:
    """The descriptions that a user's file gives to organisations of the article."""
    found: dict[str, set[str]] = {}
    for actor_id in {span.actor_id for span in bodies} & book.actors.keys():
        for title in book.actors[actor_id].titles:
            found.setdefault(title.removeprefix("the "), set()).add(actor_id)
    return found


class _Described:
    """The organisations that a noun describes, asked at one place of the text after the other."""

    def __init__(self, noun: str, bodies: list[ActorSpan], titled: dict[str, set[str]]) -> None:
        self._possible = iter([span for span in bodies if _may_mean(noun, span, titled)])
        self._next = next(self._possible, None)
        rivals = () if noun in titled else _RIVALS.get(noun, ())
        # from the first of them on, nobody can tell which is meant
        self._until = min((p.last for p in bodies if any(r in p.name.lower() for r in rivals)), default=None)
        self._latest: ActorSpan | None = None
        self._ids: set[str] = set()

    def before(self, index: int) -> ActorSpan | None:
        """The one organisation before a token that the noun can mean."""
        while self._next is not None and self._next.last <= index:
            self._latest = self._next
            self._ids.add(self._next.actor_id)
            self._next = next(self._possible, None)
        if self._until is not None and self._until <= index:
            return None
        return self._latest if len(self._ids) == 1 else None


def _may_mean(noun: str, span: ActorSpan, titled: dict[str, set[str]]) -> bool:
    if noun in titled:
        return span.actor_id in titled[noun]
    if noun in _KNOWN:
        return span.actor_id == _KNOWN[noun]
    return noun in _DESCRIPTIONS and not set(_DESCRIPTIONS[noun]).isdisjoint(span.name.lower().split())
