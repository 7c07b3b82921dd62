"""What an article is before and after annotation: frozen values, no library but the standard one.

All offsets in this project are character offsets into `Article.content`, the normalised
title and body joined by a blank line, so ``content[start:end]`` is always the evidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from .vocabulary import VOICES as VOICES
from .vocabulary import ActorKind as ActorKind
from .vocabulary import AttributionKind as AttributionKind
from .vocabulary import BoilerplateKind as BoilerplateKind
from .vocabulary import MentionForm as MentionForm
from .vocabulary import Role as Role
from .vocabulary import Voice as Voice

TITLE_SEPARATOR = "\n\n"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read and normalised. Missing metadata is None, never guessed.

    >>> dam = Article(article_id="a", title="The dam", text="It may hold.")
    >>> dam.content
    'The dam\\n\\nIt may hold.'
    >>> dam.content[dam.body_start :]
    'It may hold.'
    """

    article_id: str  # a hash of what it says, so that the same input gives the same id
    text: str  # the body, normalised
    title: str | None = None  # on one line
    outlet: str | None = None
    published: datetime | None = None  # UTC
    date_source: str | None = None  # "column", "page", "inline", or why none: "unreadable: …", "ambiguous: …"
    url: str | None = None
    author: str | None = None
    language: str | None = None  # as the input gives it; nothing is guessed
    source_file: str | None = None
    source_row: int | None = None  # 1-based record number within the file
    flags: tuple[str, ...] = ()  # doubts about how it was read, e.g. "HTML removed"

    @property
    def content(self) -> str:
        """Title and body as one text; every offset refers to it."""
        return f"{self.title}{TITLE_SEPARATOR}{self.text}" if self.title else self.text

    @property
    def body_start(self) -> int:
        """Offset in `content` at which the body begins (0 where there is no title)."""
        return len(self.title) + len(TITLE_SEPARATOR) if self.title else 0


class Token(NamedTuple):
    """One token of the parse. `head` is a token index; a root is its own head."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs
    start: int
    end: int
    text: str
    lemma: str  # lower-cased
    pos: str  # universal part of speech
    tag: str  # Penn Treebank tag
    dep: str  # ClearNLP dependency label, as en_core_web_* uses it
    head: int
    entity: str  # entity type of the token, "" where none

    @property
    def is_word(self) -> bool:
        """Whether the token counts as a word, in every rate, length and denominator: it holds a letter or a digit."""
        return self.text.isalnum() or any(character.isalnum() for character in self.text)


class Sentence(NamedTuple):
    """A sentence as a half-open token range [first, last) and character range [start, end)."""

    sentence_id: int
    start: int
    end: int
    first: int
    last: int
    in_title: bool


@dataclass(frozen=True, eq=False)
class Syntax:
    """The parse of a text: tokens as trees, one or more in a sentence."""

    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the indices of its dependents, left to right."""
        dependents: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                dependents[token.head].append(token.index)
        return tuple(tuple(each) for each in dependents)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def children_of(self, token: Token, *deps: str) -> Iterator[Token]:
        """Dependents of a token, all of them or those with one of the given labels."""
        for i in self.children[token.index]:
            if not deps or self.tokens[i].dep in deps:
                yield self.tokens[i]

    def subtree(self, token: Token) -> list[int]:
        """Indices of a token and all its descendants, in text order."""
        found, stack = [], [token.index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.children[i])
        return sorted(found)

    def anchor(self, first: int, last: int) -> Token:
        """The token of a range [first, last) that is governed from outside it: the rest of the range hangs on it."""
        for token in self.tokens[first:last]:
            if token.head == token.index or not first <= token.head < last:
                return token
        return self.tokens[first]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset; offsets between sentences belong to the one before."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 else None


class Entity(NamedTuple):
    """A named entity of the parse (OntoNotes label) over tokens [first, last)."""

    start: int
    end: int
    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an actor is named, described or referred to by a pronoun."""

    mention_id: int
    sentence_id: int
    actor_id: str
    name: str  # the actor's name as this article alone establishes it
    kind: ActorKind
    form: MentionForm
    start: int
    end: int
    first: int  # token range [first, last)
    last: int
    head: int  # the token that governs the rest of the mention
    confidence: float | None = None  # that a description or pronoun means this actor; None for names


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words that somebody other than the outlet is made to say: who, by which cue, what."""

    attribution_id: int
    sentence_id: int  # the sentence in which the content begins
    kind: AttributionKind
    start: int  # content span
    end: int
    speaker_id: str | None  # an actor, where the source resolves to one
    speaker_text: str | None
    cue: str | None  # lemma of the reporting expression
    cue_class: str | None
    cue_start: int | None = None
    cue_end: int | None = None
    source_start: int | None = None  # the words that name the source
    source_end: int | None = None
    joint_with: int | None = None  # the attribution of the same words to the first of several sources
    level: int = 1  # 1 where the article itself reports it, 2 inside a report, and so on
    within: int | None = None  # the attribution that it is inside of


class VoiceSpan(NamedTuple):
    """A stretch of `content` in one voice. Spans tile the whole text without overlap."""

    start: int
    end: int
    voice: Voice
    speaker_id: str | None
    attribution_id: int | None


class BoilerplateSpan(NamedTuple):
    """A stretch of `content` that is no news, such as a dateline, a credit or a newsletter line."""

    start: int
    end: int
    kind: BoilerplateKind


@dataclass(frozen=True, kw_only=True, eq=False)
class AnnotatedArticle:
    """An article with everything the one linguistic pass found. Measures only read it.

    Each is only equal to itself, so that what several measures count in it can be remembered. `Annotator` makes
    them of articles; a test may make one by hand, with as many parts as it needs.

    >>> text = "Ada Brandt said the dam may hold."
    >>> annotated = AnnotatedArticle(
    ...     article=Article(article_id="a", text=text),
    ...     sentences=(Sentence(0, 0, 33, 0, 0, False),),
    ...     voices=(VoiceSpan(0, 16, "outlet", None, None), VoiceSpan(16, 33, "reported", "ada-brandt", 0)),
    ... )
    >>> annotated.text_of(24, 27), annotated.voice_span_at(24).voice, annotated.voice_span_at(24).speaker_id
    ('may', 'reported', 'ada-brandt')
    >>> annotated.sentence_at(24).sentence_id
    0
    """

    article: Article
    tokens: tuple[Token, ...] = ()  # in text order, each at its index
    sentences: tuple[Sentence, ...] = ()  # in text order, each at its sentence_id; the title's come first
    entities: tuple[Entity, ...] = ()  # what the parser takes for names
    mentions: tuple[Mention, ...] = ()  # in text order, each at its mention_id; no token belongs to two
    attributions: tuple[Attribution, ...] = ()  # in text order, each at its attribution_id
    voices: tuple[VoiceSpan, ...] = ()  # in text order; they tile `content`
    scare_quotes: tuple[tuple[int, int], ...] = ()  # words in marks (with them) that are the outlet's own
    boilerplate: tuple[BoilerplateSpan, ...] = ()  # what no measure reads, in text order; each is sentences of its own
    flags: tuple[str, ...] = field(default=())  # doubts about the annotation, e.g. "unclosed quotation mark"
    encoded: Any = field(default=None, repr=False)  # annotation.reader.EncodedText; None without weights
    # sentence id → annotation.own_words.OwnWords, of sentences that also hold a source's words
    own_words: Mapping[int, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def content(self) -> str:
        """Title and body as one text; every offset refers to it."""
        return self.article.content

    @cached_property
    def _computed(self) -> dict[Any, Any]:
        return {}

    @cached_property
    def _voice_starts(self) -> list[int]:
        return [span.start for span in self.voices]

    @cached_property
    def syntax(self) -> Syntax:
        """The parse alone, for those who need nothing but its trees."""
        return Syntax(self.tokens, self.sentences)

    @cached_property
    def mention_at(self) -> dict[int, Mention]:
        """Token index → the mention that covers it."""
        return {i: mention for mention in self.mentions for i in range(mention.first, mention.last)}

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence, in order."""
        return self.tokens[sentence.first : sentence.last]

    def text_of(self, start: int, end: int) -> str:
        """The words between two offsets: the evidence of a row with this start and end."""
        return self.content[start:end]

    def voice_span_at(self, offset: int) -> VoiceSpan:
        """The voice span that covers a character offset (the outlet's where none is annotated)."""
        at = bisect_right(self._voice_starts, offset) - 1
        if at >= 0 and offset < self.voices[at].end:
            return self.voices[at]
        return VoiceSpan(0, len(self.content), "outlet", None, None)

    @cached_property
    def _boilerplate_starts(self) -> list[int]:
        return [span.start for span in self.boilerplate]

    def boilerplate_at(self, offset: int) -> BoilerplateKind | None:
        """The kind of boilerplate that covers an offset; None in the text that is read."""
        at = bisect_right(self._boilerplate_starts, offset) - 1
        return self.boilerplate[at].kind if at >= 0 and offset < self.boilerplate[at].end else None

    @cached_property
    def read_sentences(self) -> tuple[Sentence, ...]:
        """The sentences that measures read: all but boilerplate."""
        if not self.boilerplate:
            return self.sentences
        return tuple(sentence for sentence in self.sentences if self.boilerplate_at(sentence.start) is None)

    def with_voices(self) -> Iterator[tuple[Token, VoiceSpan]]:
        """Every token that measures read beside the voice span it begins in; boilerplate is left out."""
        span = self.voice_span_at(0)
        for token in self.tokens if not self.boilerplate else self._read_tokens:
            if not span.start <= token.start < span.end:
                span = self.voice_span_at(token.start)
            yield token, span

    @cached_property
    def _read_tokens(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if self.boilerplate_at(token.start) is None)

    @cached_property
    def words_by_voice(self) -> Mapping[Voice, int]:
        """Number of words in each voice, zeros included; a word belongs to the voice it begins in.

        Words of boilerplate are in none.
        """
        counts: dict[Voice, int] = dict.fromkeys(VOICES, 0)
        for token, span in self.with_voices():
            counts[span.voice] += token.is_word
        return MappingProxyType(counts)

    @property
    def n_words(self) -> int:
        """Number of words in title and body, without those of boilerplate."""
        return sum(self.words_by_voice.values())

    @property
    def n_words_boilerplate(self) -> int:
        """Number of words in boilerplate, which no measure reads."""
        if not self.boilerplate:
            return 0
        return sum(token.is_word for token in self.tokens) - self.n_words

    def once(self, compute: Callable[[AnnotatedArticle], T]) -> T:
        """What a function finds in this article, computed when first asked for and kept as long as the article."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        found: T = self._computed[compute]
        return found

    def voice_at(self, offset: int) -> Voice:
        """The voice of a character."""
        return self.voice_span_at(offset).voice

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset, as `Syntax.sentence_at` finds it."""
        return self.syntax.sentence_at(offset)

    def children_of(self, token: Token, *deps: str) -> Iterator[Token]:
        """Dependents of a token, as `Syntax.children_of` finds them."""
        return self.syntax.children_of(token, *deps)

    def subtree(self, token: Token) -> list[int]:
        """Indices of a token and all below it, as `Syntax.subtree` finds them."""
        return self.syntax.subtree(token)

    def anchor(self, first: int, last: int) -> Token:
        """The token of a range that governs the rest of it, as `Syntax.anchor` finds it."""
        return self.syntax.anchor(first, last)
