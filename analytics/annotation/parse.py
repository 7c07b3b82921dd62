"""The one linguistic pass: spaCy over pieces of articles, turned into plain token values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..article import Article, BoilerplateSpan, Entity, Sentence, Token
from .boilerplate import find_boilerplate
from .casing import recase
from .parser_model import load_model
from .quotations import Quotation, find_quotations

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PIECE = 20_000  # characters; keeps memory flat on articles of any length
_CUT = re.compile(r"\n+|(?<=[.!?])[\"”’')]*\s+")
# What no prose has: the tokeniser's work on a string without a space grows with its square, and so does that of
# several rules on a sentence. Beyond these lengths (characters) both are cut; the longest addresses have some 500.
_LONGEST_STRING, _LONGEST_SENTENCE = 1_000, 5_000
_STRING, _SENTENCE = re.compile(r"\S+"), re.compile(r"[^.!?\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """Tokens, sentences and entities of an article, the quotations its marks show and its boilerplate."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    quotations: tuple[Quotation, ...]
    text: str = ""  # the content as it was parsed: in usual case, where the article is set in another
    flags: tuple[str, ...] = ()
    boilerplate: tuple[BoilerplateSpan, ...] = ()  # each is a sentence


def parse_articles(
    articles: Sequence[Article], *, nlp: Language | None = None, keep_boilerplate: bool = False
) -> Iterator[Parse]:
    """Parse articles in order, in one stream so that short and long ones share batches.

    With `keep_boilerplate` none is looked for.
    """
    nlp = nlp or load_model()
    quotations = [find_quotations(article.content) for article in articles]
    texts = [recase(article) for article in articles]
    boilerplate = [
        () if keep_boilerplate else find_boilerplate(article.content, marks, body_start=article.body_start)
        for article, marks in zip(articles, quotations, strict=True)
    ]
    docs = nlp.pipe(_docs(nlp, [recased.text for recased in texts], quotations, boilerplate), batch_size=16)
    for article, recased, marks, spans in zip(articles, texts, quotations, boilerplate, strict=True):
        builder = _Builder()
        for start, _ in pieces(recased.text):
            builder.add(next(docs), start)
        yield replace(builder.build(article, marks, spans), text=recased.text, flags=recased.flags)


def pieces(content: str) -> list[tuple[int, int]]:
    """Cut a text into pieces of bounded length, at a paragraph or sentence end where there is one."""
    cuts, start = [], 0
    for end in [*_cuts_in_no_prose(content), len(content)]:
        while end - start > _PIECE:
            ends = [m.end() for m in _CUT.finditer(content, start + _PIECE // 2, start + _PIECE)]
            space = content.rfind(" ", start, start + _PIECE) + 1
            cut = ends[-1] if ends else (space or start + _PIECE)
            cuts.append((start, cut))
            start = cut
        cuts.append((start, end))
        start = end
    return cuts


def _cuts_in_no_prose(content: str) -> list[int]:
    """Where strings without a space and stretches without a sentence's end are cut that are far too long for such."""
    cuts: set[int] = set()
    if max(map(len, content.split()), default=0) > _LONGEST_STRING:
        for string in _STRING.finditer(content):
            cuts.update(range(string.start() + _LONGEST_STRING, string.end(), _LONGEST_STRING))
    if max(map(len, _SENTENCE.findall(content)), default=0) > _LONGEST_SENTENCE:
        for stretch in _SENTENCE.finditer(content):
            at = stretch.start()
            while stretch.end() - at > _LONGEST_SENTENCE:
                at = content.rfind(" ", at + 1, at + _LONGEST_SENTENCE) + 1 or at + _LONGEST_SENTENCE
                cuts.add(at)
    return sorted(cuts)


def _docs(
    nlp: Language,
    texts: Iterable[str],
    quotations: Iterable[list[Quotation]],
    boilerplate: Iterable[Sequence[BoilerplateSpan]],
) -> Iterator[Doc]:
    for text, marks, spans in zip(texts, quotations, boilerplate, strict=True):
        for start, end in pieces(text):
            doc = nlp.make_doc(text[start:end])
            doc._.tellings_marks = tuple(
                (q.start - start, q.end - 1 - start if q.closed else -1) for q in marks if start <= q.start < end
            )
            doc._.tellings_boilerplate = tuple(
                (span.start - start, span.end - start) for span in spans if span.end > start and span.start < end
            )
            yield doc


class _Builder:
    """Joins the parsed pieces of one article, shifting offsets and token indices."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.bounds: list[tuple[int, int]] = []  # token ranges of sentences
        self.entities: list[Entity] = []

    def add(self, doc: Doc, offset: int) -> None:
        first = len(self.tokens)
        strings = doc.vocab.strings
        attributes: Any = doc.to_array(["IDX", "LENGTH", "ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE"])
        for i, (idx, length, orth, lemma, pos, tag, dep, head, entity) in enumerate(attributes.tolist()):
            start = offset + idx
            # HEAD is a signed offset stored in an unsigned field
            relative = head if head < 1 << 63 else head - (1 << 64)
            self.tokens.append(
                Token(
                    first + i,
                    start,
                    start + length,
                    strings[orth],
                    strings[lemma].lower(),
                    strings[pos],
                    strings[tag],
                    strings[dep],
                    first + i + relative,
                    strings[entity] if entity else "",
                )
            )
        self.bounds += [(first + s.start, first + s.end) for s in doc.sents]
        for span in doc.ents:
            self.entities.append(
                Entity(
                    offset + span.start_char,
                    offset + span.end_char,
                    first + span.start,
                    first + span.end,
                    span.label_,
                )
            )

    def build(
        self, article: Article, quotations: list[Quotation], boilerplate: Sequence[BoilerplateSpan] = ()
    ) -> Parse:
        sentences: list[Sentence] = []
        for first, last in self.bounds:
            words = [t for t in self.tokens[first:last] if not t.text.isspace()]
            if words:
                start, end = words[0].start, words[-1].end
                in_title = end <= article.body_start
                sentences.append(Sentence(len(sentences), start, end, words[0].index, words[-1].index + 1, in_title))
        return Parse(
            tokens=tuple(self.tokens),
            sentences=tuple(sentences),
            entities=tuple(self.entities),
            quotations=tuple(quotations),
            boilerplate=tuple(boilerplate),
        )


def quoted_tokens(parse: Parse) -> set[int]:
    """Indices of the tokens inside quotation marks."""
    quoted: set[int] = set()
    quotations = iter(parse.quotations)
    current = next(quotations, None)
    for token in parse.tokens:
        while current is not None and token.start >= current.end:
            current = next(quotations, None)
        if current is not None and token.start >= current.inner_start:
            quoted.add(token.index)
    return quoted
