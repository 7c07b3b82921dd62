"""Tells a known name that is only a part of a longer one: "Washington" in "Ada Washington", "Martin" in a company's."""

from __future__ import annotations

from ..article import Token
from ..knowledge.aliases import ActorBook, Alias, is_given_name, load_given_names, load_person_nouns, load_titles
from .name_words import GIVEN_TO_BODIES, LIKE_A_TITLE, load_titles_and_honorifics

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
GENERIC = frozenset(  # alone, these name no organisation in particular
    "State Committee Commission Council Department Ministry Company Government Army Navy Court Board Union Bank"
    " Association Agency Office Defense Defence Foreign War Assembly Embassy University Republic Region Party Home"
    " Parliament House Cabinet Administration Treasury Congress Force Forces Police Guard Security Service"
    " Allied Allies Alliance Eastern Western Supreme Marine Intelligence National Digital Health Education Interior"
    " Justice Commerce Customs Hospital Women Children People Fund Church Motherland Fatherland Intel Interim"
    " Operational Command Response Board Staff Press Science Energy Finance Transport Culture".split()
)


def is_in_longer_name(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a country's name ends that of another place or of a title: "New England", "Prince of Wales"."""
    before = [t.text for t in tokens[max(token.index - 2, 0) : token.index]]
    if before[-1:] == ["New"] and tokens[token.index - 1].entity:
        return True
    return before in (["New", "South"], ["Prince", "of"], ["Princess", "of"])


def is_surname(token: Token, last: int, tokens: tuple[Token, ...], alias: Alias) -> bool:
    """Whether a place that stands for a country is a person's surname here: "Ada Washington"."""
    if alias.actor.kind != "country" or alias.relation == "demonym" or token.index == 0 or token.text.isupper():
        return False
    before, given = tokens[token.index - 1], load_given_names()
    bound = before.dep == "compound" and before.head == token.index
    return (
        last == token.index + 1
        and before.pos == "PROPN"
        and before.text in given
        and before.text not in GIVEN_TO_BODIES
        and (bound or before.entity == token.entity == "PERSON")
    )


def is_body_of_a_country(token: Token, last: int, tokens: tuple[Token, ...], book: ActorBook) -> bool:
    """Whether a body's name is that of a country's own body: "Russia's Security Council" is not the UN's."""
    if any(t.text not in GENERIC and t.text != "Council" for t in tokens[token.index : last]):
        return False
    i = token.index - 1
    if i > 0 and tokens[i].text in _POSSESSIVE:
        i -= 1
    before = book.by_text.get(tokens[i].text) if i >= 0 else None
    return before is not None and before.actor.kind == "country"


def ends_a_company(first: int, last: int, tokens: tuple[Token, ...], book: ActorBook) -> bool:
    """Whether one name is the second half of another one: a "Martin" that follows no given name and no title."""
    if first == 0 or last - first > 1 or not tokens[first].text.istitle():
        return False
    before = tokens[first - 1]
    word = before.text.lower()
    return (
        before.pos == "PROPN"
        and before.text.istitle()
        and before.text.isalpha()
        and before.entity in ("", "ORG")
        and before.dep == "compound"
        and before.head == first
        and word not in load_titles_and_honorifics()
        and word not in load_person_nouns()
        and word not in {part for title in load_titles() for part in title.split()}
        and not LIKE_A_TITLE.match(before.text)
        and not is_given_name(before.text)
        and before.text not in book.by_text
        and before.text not in GENERIC
        and (first < 2 or tokens[first - 2].pos != "PROPN")
        and is_given_name(tokens[first].text)
    )
