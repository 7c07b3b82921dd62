"""Names in a text, told by how they are written: with a capital letter where no capital would stand otherwise.

Broader than what names an actor (places, laws, newspapers and nicknames count, too), and independent of the parser,
so that one name is as well found as another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple

from ..article import Mention
from ..knowledge.aliases import is_given_name, load_places, load_titles
from ..knowledge.lexicon import KNOWLEDGE
from ..knowledge.own_actors import load_book
from ..knowledge.person_names import PARTICLES
from .dictionary import load_dictionary
from .encoder import Span
from .name_words import GIVEN_TO_BODIES, HONORIFICS, OF_BODIES

NameKind = Literal["party", "place"]  # who may act, and countries and places with those named after them

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?=[A-Z])[^\W_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;…\n•*]|--|[—–])[\"“”‘’'()\[\]\s]*$|[\"“‘(\[]\s*$")  # what stands before a first word
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    "january february april may june july august september october november december jan feb apr jun jul aug sept sep"
    " oct nov dec march".split()
)
_NO_NAMES = frozenset(  # with a capital letter, and nobody's name
    "i i'm god lord christmas easter thanksgiving internet web covid coronavirus holocaust nazi nazis hitler bible"
    " earth english am pm a.m. p.m. mr ms mrs dr st jr sr ok tv no ceo cfo phd first".split()
)


class WrittenName(NamedTuple):
    """A stretch of characters that is a name; names of one `key` in a text name the same."""

    start: int
    end: int
    kind: NameKind
    key: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    lower: str


def written_names(text: str, *, known: Sequence[Mention | Span] = (), read_as: str | None = None) -> list[WrittenName]:
    """The names of a text, in order; none overlaps another.

    `known` are mentions, or stretches that are known to hold a name, whatever it looks like; a mention's actor is its
    key. `read_as` is the text in usual case, where it is set in capitals or as a headline.

    >>> [(n.kind, n.key) for n in written_names("Mayor Ada Brandt met Russian envoys. Brandt smiled.")]
    [('party', 'brandt'), ('place', 'russia'), ('party', 'brandt')]
    """
    finder = _Finder(read_as or text, [(k.start, k.end) if isinstance(k, Mention) else k for k in known])
    names = list(finder.names())
    mentions = [k for k in known if isinstance(k, Mention)]
    return _with_mentions(names, mentions, text) if mentions else names


class _Finder:
    def __init__(self, text: str, known: Sequence[Span]) -> None:
        self.text = text
        self.book = load_book(None)
        in_order = sorted(known)
        self.known_starts = [start for start, _ in in_order]
        self.known_until = list(accumulate((end for _, end in in_order), max))  # the furthest end so far
        self.words = [_Word(m.start(), m.end(), m.group(), m.group().lower()) for m in _WORD.finditer(text)]
        self.inner: frozenset[str] = frozenset()
        self.inner = frozenset(
            w.lower for i, w in enumerate(self.words) if self._has_capital(i) and not self._begins(i)
        )

    def names(self) -> Iterator[WrittenName]:
        i = 0
        is_name = [self._is_name(i) for i in range(len(self.words))]
        while i < len(self.words):
            if not is_name[i]:
                i += 1
                continue
            last = i + 1
            while (after := self._next(last, is_name)) is not None:
                last = after
            yield from self._parted(i, last)
            i = last

    def _next(self, i: int, is_name: Sequence[bool]) -> int | None:
        """Where a name that goes on with a word, or with a particle and a word, goes on after it."""
        if i < len(self.words) and self.words[i].text in PARTICLES and self._joined(i):
            i += 1
        return i + 1 if i < len(self.words) and is_name[i] and self._joined(i) else None

    def _joined(self, i: int) -> bool:
        """Whether a word belongs to one name with the word before it."""
        before, word = self.words[i - 1], self.words[i]
        between = self.text[before.end : word.start]
        return between in (" ", "-", "/", " & ", "&") or (between == ". " and len(before.text) == 1)

    def _parted(self, first: int, last: int) -> Iterator[WrittenName]:
        """A run of name words as one name, or as a country's and what follows it."""
        while first < last:
            start = self.words[first].start
            found = self._listed(self.words[first])
            end = start + len(found) if found else 0
            alias = self.book.by_text[found] if found else None
            if alias and alias.actor.kind == "country" and end < self.words[last - 1].end:
                yield WrittenName(start, end, "place", alias.actor.actor_id)
                first = next((i for i in range(first, last) if self.words[i].start >= end), last)
                continue
            whole = self.text[start : self.words[last - 1].end]
            yield self._name(start, self.words[last - 1].end, whole)
            return

    def _name(self, start: int, end: int, whole: str) -> WrittenName:
        alias = self.book.by_text.get(whole)
        if alias:
            kind: NameKind = "place" if alias.actor.kind == "country" else "party"
            return WrittenName(start, end, kind, alias.actor.actor_id)
        kind = "place" if whole in load_places() else "party"
        return WrittenName(start, end, kind, re.split(r"[\s-]", whole)[-1].lower())

    def _listed(self, word: _Word) -> str | None:
        """The known actor's name that begins with a word."""
        for text in (word.text, word.text.rstrip(".")):
            if found := self.book.starting_at(self.text, word.start, text):
                return found
        return None

    def _has_capital(self, i: int) -> bool:
        word = self.words[i]
        return word.text[0].isupper() and word.lower not in _NO_NAMES

    def _begins(self, i: int) -> bool:
        """Whether a word has its capital letter from where it stands."""
        word = self.words[i]
        before = self.text[max(word.start - 6, 0) : word.start]
        if not _BEGINS.search(before):
            return False
        last = self.words[i - 1] if i else None
        # "Mr. Marsh", "George W. Marsh", "Sen. Marsh"
        return not (
            last
            and self.text[last.end : word.start].strip() == "."
            and (last.lower in HONORIFICS or last.lower + "." in load_titles() or len(last.text) == 1)
        )

    def _is_known(self, word: _Word) -> bool:
        before = bisect_left(self.known_starts, word.end)  # names that begin before the word ends
        return before > 0 and self.known_until[before - 1] > word.start

    def _is_name(self, i: int) -> bool:
        word = self.words[i]
        if not self._has_capital(i):
            return False
        after = self.words[i + 1] if i + 1 < len(self.words) else None
        if word.lower in load_titles() or word.lower + "." in load_titles() or word.lower in HONORIFICS:
            return bool(after and after.text in OF_BODIES) or (self._is_known(word) and not self._leads(i))
        if word.lower in _DAYS:
            return False
        if word.lower in _MONTHS:
            return self._is_known(word) or self._follows_given_name(i)
        if self.text[word.end : word.end + 2] in ("'t", "’t"):
            return False
        dictionary = load_dictionary()
        if self._is_known(word):
            return word.lower not in dictionary.function_words or word.text.isupper()
        if not self._begins(i):
            return True
        return self._is_name_at_a_beginning(i, after)

    def _leads(self, i: int) -> bool:
        """Whether further words of a known name follow."""
        return i + 1 < len(self.words) and self._is_known(self.words[i + 1])

    def _follows_given_name(self, i: int) -> bool:
        return i > 0 and is_given_name(self.words[i - 1].text) and self.text[self.words[i - 1].end] == " "

    def _is_name_at_a_beginning(self, i: int, after: _Word | None) -> bool:
        word = self.words[i]
        dictionary = load_dictionary()
        if word.lower in dictionary.function_words:
            return word.text.isupper() and len(word.text) > 1
        if self._listed(word):
            return True
        followed = bool(after and after.text[0].isupper() and self.text[word.end : after.start] == " ")
        if not dictionary.is_word(word.lower) or word.text in load_places():
            return not word.text.isdigit()
        if word.lower in self.inner:
            return True
        if is_given_name(word.text) and word.text not in GIVEN_TO_BODIES:
            return followed or dictionary.is_noun_only(word.lower)
        return followed or word.text in _surnames()


def _with_mentions(names: list[WrittenName], mentions: Sequence[Mention], text: str) -> list[WrittenName]:
    """The names with those that are mentions told by their actor; a part of a name beside its mention joins it."""
    of: dict[int, Mention] = {}
    for mention in mentions:
        of.update(dict.fromkeys(range(mention.start, mention.end), mention))
    found: list[WrittenName] = []
    for name in names:
        at = name.start
        while at < name.end:
            here = of.get(at)
            end = at + 1
            while end < name.end and of.get(end) is here:
                end += 1
            _add(found, name, here, at, end, text)
            at = end
    return found


def _add(found: list[WrittenName], name: WrittenName, mention: Mention | None, at: int, end: int, text: str) -> None:
    stretch = text[at:end]
    if not any(character.isalnum() for character in stretch):
        return
    start, end = at + len(stretch) - len(stretch.lstrip(" -.")), end - len(stretch) + len(stretch.rstrip(" -"))
    if mention:
        kind: NameKind = "place" if mention.kind == "country" else "party"
        new = WrittenName(start, end, kind, mention.actor_id)
        if found and found[-1].start >= name.start and found[-1].key == "" and kind == "party":
            new = new._replace(start=found.pop().start)
        found.append(new)
    elif found and found[-1].start >= name.start and found[-1].kind == "party":
        found[-1] = found[-1]._replace(end=end)
    elif (start, end) == (name.start, name.end):
        found.append(name)
    else:  # the first part of a name whose mention follows
        found.append(WrittenName(start, end, "party", ""))


@cache
def _surnames() -> frozenset[str]:
    lines = (KNOWLEDGE / "surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
