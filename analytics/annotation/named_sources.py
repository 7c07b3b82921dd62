"""The person whom a text names beside a role: "the finance minister, Ada Brandt," and "his lawyer Ada Brandt"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..article import Mention, Token

_DASHES = frozenset({"–", "—", "-", "--"})
_OPENING = frozenset({",", "("}) | _DASHES
_CLOSING = frozenset({",", ".", ")", ";", ":", "?", "!", '"', "“", "”", "‘", "’", "'"}) | _DASHES
_BEFORE_NAMES = frozenset({"det", "compound", "amod", "nmod", "punct", "poss", "case", "nummod", "advmod"})
_AFTER_NAMES = frozenset({"of", "from", "for", "at"})  # "Ada Brandt of Halsmer Council"
LETTERS_AFTER_NAMES = frozenset("QC KC SC MP MEP MSP OBE CBE MBE KBE DBE PhD MD FRS".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_ROLE = 24  # tokens after the noun: "minister of state for trade, industry and energy,"
_LONGEST_TITLE = 6  # tokens between the comma and the name: "the Right Reverend"


def person_beside(
    head: int,
    tokens: Sequence[Token],
    mentions: Mapping[int, Mention],
    children: Sequence[Sequence[int]],
    last: int,
) -> Mention | None:
    """The named person who holds the role that a noun names; `last` is the end of its sentence.

    A text says it with commas, dashes or brackets around the name, or with the name right after the
    role. "The minister and Ada Brandt", "the report Ada Brandt wrote" name somebody else.
    """
    role = tokens[head]
    if role.tag not in ("NN", "NNP", "JJ") or (role.index in mentions and mentions[head].form == "name"):
        return None
    if (mention := _right_after(role, tokens, mentions, last)) is not None:
        return mention
    for i in range(head + 1, min(last, head + _LONGEST_ROLE)):
        token = tokens[i]
        if token.text in _OPENING and not _is_hyphen(token, tokens):
            mention = _between_marks(role, i, tokens, mentions, children, last)
            if mention is not None:
                return mention
        if _ends_role(token, head, tokens, children):
            return None
    return None


def _right_after(role: Token, tokens: Sequence[Token], mentions: Mapping[int, Mention], last: int) -> Mention | None:
    mention = _next_name(role.index + 1, tokens, mentions, last)
    if mention is None:
        return None
    name = tokens[mention.head]
    apposed = name.dep in ("appos", "compound", "nmod", "dep", "oprd", "npadvmod") and name.head == role.index
    return mention if apposed else None


def _between_marks(
    role: Token,
    opening: int,
    tokens: Sequence[Token],
    mentions: Mapping[int, Mention],
    children: Sequence[Sequence[int]],
    last: int,
) -> Mention | None:
    mention = _next_name(opening + 1, tokens, mentions, last)
    if mention is None:
        return None
    name = tokens[mention.head]
    apposed = name.dep == "appos" or (name.dep == "conj" and not _is_coordinated(name, tokens, children))
    end = mention.last
    while end < last and tokens[end].text in LETTERS_AFTER_NAMES:
        end += 1
    after = tokens[end] if end < last else None
    if after is None or after.text in _CLOSING:
        following = tokens[end + 1] if end + 1 < last else None
        listed = after is not None and after.text == "," and following is not None and following.dep == "cc"
        return mention if apposed or not (listed or name.dep in ("nsubj", "nsubjpass")) else None
    if after.text.lower() in _AFTER_NAMES and after.head == name.index:
        return mention if apposed else None
    # the closing comma is often left out: "the negotiator, Ada Brandt said that …"
    return mention if apposed and after.index == role.head else None


def _is_coordinated(name: Token, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> bool:
    """Whether a conjunction links the name with what is before it; the parser also takes commas for one."""
    return any(tokens[i].dep == "cc" for i in children[name.head] if i < name.index)


def _next_name(first: int, tokens: Sequence[Token], mentions: Mapping[int, Mention], last: int) -> Mention | None:
    """A person's name that begins at a token, or after the title that begins there."""
    for i in range(first, min(last, first + _LONGEST_TITLE)):
        mention = mentions.get(i)
        if mention is not None and mention.form == "name":
            return mention if mention.kind == "person" and mention.first == i else None
        if tokens[i].dep not in _BEFORE_NAMES or tokens[i].text in _OPENING | {"and", "or"}:
            return None
    return None


def _ends_role(token: Token, head: int, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> bool:
    """Whether the words after a role can no longer belong to it; "founder and chief executive" is one role."""
    if token.tag in _FINITE or token.text in {"“", '"', ";", ":"} or token.tag in ("WP", "WDT"):
        return True
    if token.dep not in ("cc", "conj") or token.head != head or token.text in _OPENING:
        return False
    others = [i for i in children[head] if tokens[i].dep == "conj"]
    return not others or any(tokens[i].dep in ("det", "poss") for other in others for i in children[other])


def _is_hyphen(token: Token, tokens: Sequence[Token]) -> bool:
    return token.text == "-" and token.index > 0 and tokens[token.index - 1].end == token.start
