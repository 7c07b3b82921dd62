"""Gives texts that are set in capitals, in lower case or in Title Case the case that the parser was trained on.

Only case changes, letter by letter, so that every offset stays what it was. What is a name is told by the actor book,
lists of given names and surnames, the dictionary that comes with the lemmatizer, and, for a headline, by its article.
After the truecasing of Lita et al. (2003), with rules in the place of counts.

A known failure: a surname that is an everyday word, without a given name or title, stays a word ("price says no").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..article import Article
from ..knowledge.aliases import is_given_name, load_places, load_titles
from ..knowledge.lexicon import KNOWLEDGE
from ..knowledge.own_actors import load_book
from ..knowledge.person_names import PARTICLES
from .dictionary import Dictionary, load_dictionary
from .name_words import GIVEN_TO_BODIES, HONORIFICS, OF_BODIES

Casing = Literal["usual", "capitals", "lower", "title"]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CASED = re.compile(r"[^\W\d_]{2,}")
_SAMPLE = 4_000  # characters from which the casing of a body is told
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset("january february april june july august september october november december".split())
_WORDS_FIRST = frozenset("us who it polish turkey will may march".split())  # names of actors, and words more often
_BEFORE_MONTHS = frozenset("in since until by of last next early late mid this".split())
_BEFORE_US = frozenset("let tell told give gave of to for with join help".split())
_WORD_NAMES = frozenset(  # given names that are everyday nouns
    "dawn ivy lily daisy ruby pearl olive iris jade amber ginger robin jean dean dale glen cliff basil crystal art"
    " victor major sky star summer autumn christian angel baron duke page court case".split()
)
_SURE_NAMES = frozenset("peter nick bob harry jimmy josh jack tom sam ben dan mike".split())  # and hardly ever words
_FLAGS = {
    "capitals": "text in capitals, read in usual case",
    "lower": "text in lower case, read in usual case",
}
_FEW_MARKS = "hardly any punctuation"
_WORDS_PER_MARK = 80  # prose has a full stop in some twenty words


@dataclass(frozen=True, slots=True)
class Recased:
    """A text as the parser reads it, of the same length as the content, and the doubts that go with it."""

    text: str
    flags: tuple[str, ...] = ()


def recase(article: Article) -> Recased:
    """An article's content in usual case; unchanged where it is that already, as nearly always.

    >>> recase(Article(article_id="a", text="THE MAYOR, HELEN MARSH, SAID THE DAM WAS SAFE.")).text
    'The mayor, Helen Marsh, said the dam was safe.'
    """
    content, start = article.content, article.body_start
    title, body = content[:start], content[start:]
    of_title, of_body = _casing(title, heading=True), _casing(body[:_SAMPLE])
    flags = tuple(_FLAGS[kind] for kind in ("capitals", "lower") if kind == of_body)
    if _has_few_marks(body):
        flags += (_FEW_MARKS,)
    if of_title == of_body == "usual":
        return Recased(content, flags)
    evidence = body if of_body == "usual" else ""
    return Recased(_recased(title, of_title, evidence) + _recased(body, of_body, ""), flags)


def _casing(text: str, *, heading: bool = False) -> Casing:
    words = _CASED.findall(text)
    if len(words) < 3:
        return "usual"
    if len(words) > 3 and sum(map(str.isupper, words)) >= 0.8 * len(words):
        return "capitals"
    if len(words) > 7 and sum(map(str.islower, words)) >= 0.99 * len(words):
        return "lower"
    long = [word for word in words if len(word) > 3]
    if heading and len(long) > 1 and sum(map(str.islower, long)) <= 0.1 * len(long):
        return "title"
    return "usual"


def _has_few_marks(text: str) -> bool:
    marks = len(re.findall(r"[.!?:;]", text))
    return (
        len(text) > 100
        and len(text) / 6 > _WORDS_PER_MARK * marks
        and len(_WORD.findall(text)) > 25 + (_WORDS_PER_MARK * marks)
    )


def _recased(text: str, casing: Casing, evidence: str) -> str:
    return text if casing == "usual" else _Recasing(text, casing, evidence).text()


class _Recasing:
    """One text's words, of each of which it is decided whether it is a name."""

    def __init__(self, text: str, casing: Casing, evidence: str) -> None:
        self.source, self.casing = text, casing
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.lower = [text[start:end].lower() for start, end in self.spans]
        self.dictionary: Dictionary = load_dictionary()
        self.evidence = _Evidence(evidence)
        self.written: dict[int, str] = {}  # word → how it is written

    def text(self) -> str:
        self._known_actors()
        for i in range(len(self.spans)):
            if i not in self.written:
                self.written[i] = self._written(i)
        self._bodies()
        letters = list(self.source)
        for i, (start, end) in enumerate(self.spans):
            new = self.written[i]
            if self._starts_sentence(i) and new.islower():
                new = new[0].upper() + new[1:]
            if len(new) == end - start:
                letters[start:end] = new
        return "".join(letters)

    def _known_actors(self) -> None:
        """Write the names of known actors as the book does."""
        low, i = self.source.lower(), 0
        while i < len(self.spans):
            name = next((n for n in _known_names().get(self.lower[i], ()) if self._stands_at(n, i, low)), None)
            start = self.spans[i][0]
            if name is None or (" " not in name and not self._may_be_name(i)):
                i += 1
                continue
            end = start + len(name)
            while i < len(self.spans) and self.spans[i][0] < end:
                a, b = self.spans[i]
                self.written[i] = name[a - start : b - start]
                i += 1

    def _stands_at(self, name: str, i: int, low: str) -> bool:
        start = self.spans[i][0]
        end = start + len(name)
        if self.casing == "title" and not self.source.startswith(name, start):
            return False
        return low.startswith(name.lower(), start) and not (end < len(low) and low[end].isalnum())

    def _may_be_name(self, i: int) -> bool:
        word = self.lower[i]
        if word not in _WORDS_FIRST:
            return True
        before = self._before(i)
        if word == "us":
            return self.casing != "lower" and before not in _BEFORE_US
        return word in ("who", "turkey") and before in ("the", "with", "of") and self.casing != "lower"

    def _written(self, i: int) -> str:
        start, end = self.spans[i]
        source, word = self.source[start:end], self.lower[i]
        if self.casing == "title" and (
            source.islower() or (source.isupper() and end - start > 1) or not source.istitle()
        ):
            return source  # "NATO", "McNeill", "of"
        if self.casing == "title" and self._starts_sentence(i):
            return source
        if word in self.evidence.acronyms or (self.casing == "capitals" and _is_acronym(word)):
            return word.upper()
        return _as_name(word) if self._is_name(i) else word

    def _is_name(self, i: int) -> bool:
        word = self.lower[i]
        if word == "i" or word in _DAYS | _MONTHS or (word in ("may", "march") and self._before(i) in _BEFORE_MONTHS):
            return True
        if (told := self.evidence.tells(self._words_around(i), word)) is not None:
            return told
        if word in self.dictionary.function_words or (word in PARTICLES and self._follows_name(i)):
            return False
        if self._follows_name(i) and self._is_surname(i):
            return True
        if self._follows_title(i) and not self.dictionary.is_verb_form(word):
            return True
        capital = word.capitalize()
        if is_given_name(capital):
            return self._is_given_here(i)
        return capital in load_places() or capital in _surnames() or not self.dictionary.is_word(word)

    def _before(self, i: int) -> str:
        return self.lower[i - 1] if i else ""

    def _words_around(self, i: int) -> tuple[str, ...]:
        """The word with the one before it and with the one after it, as the text has them."""
        start, end = self.spans[i]
        pairs = []
        if i:
            pairs.append(self.source[self.spans[i - 1][0] : end])
        if i + 1 < len(self.spans):
            pairs.append(self.source[start : self.spans[i + 1][1]])
        return tuple(pairs)

    def _is_given_here(self, i: int) -> bool:
        word, capital = self.lower[i], self.lower[i].capitalize()
        everyday = self.dictionary.is_word(word) and not self.dictionary.is_noun_only(word)
        if word in _SURE_NAMES or (not everyday and capital not in GIVEN_TO_BODIES and word not in _WORD_NAMES):
            return True
        after = self.lower[i + 1] if i + 1 < len(self.spans) else ""
        return after != "" and (after.capitalize() in _surnames() or not self.dictionary.is_word(after))

    def _follows_name(self, i: int) -> bool:
        """Whether a given name, or a hyphen or particle after one, stands directly before a word."""
        if not i or self.source[self.spans[i - 1][1] : self.spans[i][0]] not in (" ", "-"):
            return False
        before = self.written.get(i - 1, "")
        if before in PARTICLES:
            return self._follows_name(i - 1)
        return before.istitle() and (
            is_given_name(before) or "-" in self.source[self.spans[i - 1][1] : self.spans[i][0]]
        )

    def _is_surname(self, i: int) -> bool:
        word = self.lower[i]
        return not self.dictionary.is_verb_form(word) and word not in load_titles() and len(word) > 1

    def _follows_title(self, i: int) -> bool:
        """Whether an honorific, or a title before what can only be a name, stands before a word."""
        if not i or self.source[self.spans[i - 1][1] : self.spans[i][0]].strip(".") != " ":
            return False
        word, before = self.lower[i], self.lower[i - 1]
        if before in HONORIFICS:
            return word not in load_titles()
        return before in load_titles() and (word.capitalize() in _surnames() or not self.dictionary.is_word(word))

    def _bodies(self) -> None:
        """Capitals for what names a body together with the name before it: "Norrby party", and titles before names."""
        for i in range(len(self.spans)):
            first = self.casing == "title" and i and self._starts_sentence(i - 1)
            if i and not first and self.lower[i].capitalize() in OF_BODIES and self.written[i - 1].istitle():
                self.written[i] = self.lower[i].capitalize()
        for i in range(len(self.spans) - 2, -1, -1):
            between = self.source[self.spans[i][1] : self.spans[i + 1][0]]
            if between == " " and self.lower[i] in load_titles() and self.written[i + 1].istitle():
                self.written[i] = _as_name(self.lower[i])

    def _starts_sentence(self, i: int) -> bool:
        if not i:
            return True
        between = self.source[self.spans[i - 1][1] : self.spans[i][0]]
        if self.lower[i - 1] + "." in HONORIFICS or self.lower[i - 1] + "." in load_titles():
            return "\n" in between
        return "\n" in between or bool(re.search(r"[.!?][\"”’)]*\s", between))


class _Evidence:
    """How the article writes words in the middle of its sentences; nothing where it has no usual case itself."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = frozenset(re.findall(r"\b[a-z][a-z'’]+\b", text))
        capitals = re.findall(r"(?<=[a-z,;] )[A-Z][\w'’]*", text)
        self._capital = frozenset(word.lower() for word in capitals)
        self.acronyms = frozenset(word.lower() for word in re.findall(r"\b[A-Z]{2,}\b", text)) - self._lower

    def tells(self, pairs: tuple[str, ...], word: str) -> bool | None:
        """Whether a word is a name; None where the article does not tell."""
        if word in self._capital and (word not in self._lower or any(pair in self._text for pair in pairs)):
            return True
        return False if word in self._lower and word not in self._capital else None


@cache
def _known_names() -> dict[str, tuple[str, ...]]:
    """The names of known actors by their first word in lower case, the longest first."""
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(load_book(None).by_text, key=len, reverse=True):
        if match := _WORD.match(name):
            names[match.group().lower()].append(name)
    return {first: tuple(each) for first, each in names.items()}


@cache
def _surnames() -> frozenset[str]:
    """Surnames that a dictionary of nouns holds as well."""
    lines = (KNOWLEDGE / "surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_acronym(word: str) -> bool:
    return 1 < len(word) < 6 and word.isalpha() and not set(word) & set("aeiouy")


def _as_name(word: str) -> str:
    """A name's usual case: "o'dell" → "O'Dell", "al" → "al" stays with its particle."""
    if len(word) > 2 and word[1] in "'’":
        return word[0].upper() + word[1] + word[2:].capitalize()
    return word.capitalize()
