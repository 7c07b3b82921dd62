"""The one linguistic pass: parse, actors, coreference, attributions, voices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..article import AnnotatedArticle, Article, Mention, Syntax
from ..knowledge.own_actors import load_book
from .actor_spans import ActorSpan, ArticleActors
from .actors import find_actors, without_boilerplate
from .attributions import find_attributions
from .coreference import resolve_descriptions, resolve_pronouns
from .organisation_coreference import resolve_bodies
from .own_words import read_own_words
from .parse import Parse, parse_articles
from .parser_model import load_model, model_name
from .reader import load_reader
from .sentence_ends import datelines
from .tagger import TaggedAttribution, load_tagger
from .titled_names import with_titled_names
from .voices import assign_voices
from .whole_names import with_whole_names
from .windows import Block

__all__ = ["Annotator", "annotate", "load_model", "model_name"]


def annotate(text: str, *, title: str | None = None) -> AnnotatedArticle:
    """One text as the pipeline annotates it, for a first look and for trying a measure.

    The first call loads parser and encoders, which takes seconds; they are kept.

    >>> dam = annotate('Ada Brandt said: "The dam may hold." Critics doubt her.')
    >>> [(mention.name, mention.form, dam.text_of(mention.start, mention.end)) for mention in dam.mentions]
    [('Ada Brandt', 'name', 'Ada Brandt'), ('Ada Brandt', 'pronoun', 'her')]
    >>> [(voice.voice, voice.speaker_id, dam.text_of(voice.start, voice.end)) for voice in dam.voices]
    [('outlet', None, 'Ada Brandt said: '), ('quoted', 'ada-brandt', '"The dam may hold."'),
     ('outlet', None, ' Critics doubt her.')]
    """
    [annotated] = _annotator().annotate([Article(article_id="text", text=text, title=title)])
    return annotated


class Annotator:
    """Annotates articles; holds the loaded parser, the encoders and the table of actors.

    `actors_file` is a user's own actors (docs/actors.md). Without `encoders` the rules stand alone: attributions are
    those of the rules, and measures that need an encoder find nothing. With `keep_boilerplate`, datelines, captions,
    credits and the like are read as if they were news. Raises KnowledgeError where the file is malformed,
    TellingsError where no parser is installed.

    >>> from analytics.article import Article
    >>> article = Article(article_id="a", text='Ada Brandt said: "The dam is safe."')
    >>> [annotated] = Annotator().annotate([article])
    >>> [(a.kind, a.speaker_id, a.cue, annotated.text_of(a.start, a.end)) for a in annotated.attributions]
    [('direct', 'ada-brandt', 'say', 'The dam is safe.')]
    """

    def __init__(
        self, *, actors_file: str | Path | None = None, encoders: bool = True, keep_boilerplate: bool = False
    ) -> None:
        self.book = load_book(Path(actors_file) if actors_file else None)
        self.nlp = load_model()
        self.tagger = load_tagger() if encoders else None
        self.reader = load_reader() if encoders else None
        self.keep_boilerplate = keep_boilerplate

    def annotate(self, articles: Sequence[Article], *, beside: Executor | None = None) -> Iterator[AnnotatedArticle]:
        """Annotated articles, in order. The tagger runs in the threads of `beside`, where one is given."""
        seen = (beside.map if beside else map)(self._encode, articles)
        parses = parse_articles(articles, nlp=self.nlp, keep_boilerplate=self.keep_boilerplate)
        for article, parse, (tagged, blocks) in zip(articles, parses, seen, strict=True):
            annotated = self._join(article, parse, tagged)
            yield self._read(annotated, blocks) if self.reader else annotated

    def _encode(self, article: Article) -> tuple[Sequence[TaggedAttribution] | None, Sequence[Block]]:
        """What the tagger sees in an article, and its word pieces, which are found once for both encoders."""
        if self.tagger is None:
            return None, ()
        blocks = self.tagger.encoder.blocks(article.content)
        windows = self.tagger.encoder.pack(article.content, blocks)
        return self.tagger.tag_windows(article.content, windows), blocks

    def _read(self, annotated: AnnotatedArticle, blocks: Sequence[Block]) -> AnnotatedArticle:
        """The article with what the reader sees in it: whole, and in the outlet's own words."""
        if self.reader is None:
            return annotated
        annotated = replace(annotated, encoded=self.reader.read_article(annotated, blocks=blocks))
        return replace(annotated, own_words=read_own_words(annotated, self.reader))

    def _join(self, article: Article, parse: Parse, tagged: Sequence[TaggedAttribution] | None) -> AnnotatedArticle:
        """Actors, attributions and voices on top of a finished parse."""
        book = self.book.of_outlet(article.outlet)
        parse = with_titled_names(with_whole_names(parse))
        actors = find_actors(parse, book)
        actors.spans += resolve_descriptions(parse, actors, book)
        actors.spans = without_boilerplate(actors.spans, parse)
        actors.spans += resolve_pronouns(parse, actors)
        actors.spans += resolve_bodies(parse, actors, book)
        actors.spans = _outside_datelines(actors.spans, parse, article.content)
        actors.spans = without_boilerplate(actors.spans, parse)
        mentions = _number(actors, parse)
        by_token = {i: m for m in mentions for i in range(m.first, m.last)}
        attributions, scare_quotes = find_attributions(
            article, parse, by_token, Syntax(parse.tokens, parse.sentences).children, tagged
        )
        return AnnotatedArticle(
            article=article,
            tokens=parse.tokens,
            sentences=parse.sentences,
            entities=parse.entities,
            mentions=mentions,
            attributions=attributions,
            scare_quotes=tuple((quotation.start, quotation.end) for quotation in scare_quotes),
            voices=assign_voices(len(article.content), attributions, parse.quotations, parse.tokens),
            boilerplate=parse.boilerplate,
            flags=(*article.flags, *_flags(parse)),
        )


@cache
def _annotator() -> Annotator:
    return Annotator()


def _outside_datelines(spans: list[ActorSpan], parse: Parse, content: str) -> list[ActorSpan]:
    """The mentions but for those of the place and the agency that a report begins with; these do nothing in it."""
    lines = datelines(content)
    return [s for s in spans if not any(a <= parse.tokens[s.first].start < b for a, b in lines)] if lines else spans


def _number(actors: ArticleActors, parse: Parse) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    sentences = iter(parse.sentences)
    sentence = next(sentences, None)
    for span in sorted(actors.spans, key=lambda p: (p.first, -p.last)):
        while sentence is not None and span.first >= sentence.last:
            sentence = next(sentences, None)
        if sentence is None:
            break
        if mentions and span.first < mentions[-1].last:
            continue  # a token belongs to one mention
        if mentions and mentions[-1].actor_id == span.actor_id and _in_brackets(parse, mentions[-1].last, span.first):
            continue  # "… Organisation (NATO)" names its actor once
        mentions.append(
            Mention(
                mention_id=len(mentions),
                sentence_id=sentence.sentence_id,
                actor_id=span.actor_id,
                name=span.name,
                kind=span.kind,
                form=span.form,
                start=parse.tokens[span.first].start,
                end=parse.tokens[span.last - 1].end,
                first=span.first,
                last=span.last,
                head=span.head,
                confidence=span.confidence,
            )
        )
    return tuple(mentions)


def _in_brackets(parse: Parse, after: int, first: int) -> bool:
    return first == after + 1 and parse.tokens[after].text == "("


_FUNCTION_WORDS = frozenset("the of and to in a is that for it was on with as by at from are be this".split())


def _flags(parse: Parse) -> tuple[str, ...]:
    flags = [*parse.flags]
    if any(not q.closed and not q.continues for q in parse.quotations):
        flags.append("unclosed quotation mark")
    words = [t.text.lower() for t in parse.tokens if t.text.isalpha()]
    if len(words) >= 30 and sum(w in _FUNCTION_WORDS for w in words) < 0.12 * len(words):
        flags.append("perhaps not English prose")
    return tuple(flags)
