"""Small runs of the real pipeline in a process of their own, which may be killed.

The pipeline is the one that users run, from the input file to the published tables, but for two parts that load
models: in the child alone, an annotator that only splits text at spaces and full stops and knows three names, and
sentence vectors that only count words, stand in their place. So a run takes about a second.
"""

from __future__ import annotations

import csv
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ...annotation import embedding
from ...article import AnnotatedArticle, Article, Mention, Sentence, Token
from ...errors import TellingsError
from ...results.store import Store
from ...scoring import batch, pipeline

WIDTH = 64  # of a sentence's vector
NAMES = ("Quill", "Tash", "Velland")
_PLACES = ("bridge", "ferry", "harbour", "mill", "market", "station")
_TELLINGS = (
    "Quill may reopen the {place} on day {day}. Tash praised the {place}. The {place} stays closed until then.",
    "Tash said that the {place} is safe on day {day}. Critics blame Quill for the {place}. Nobody asked Velland.",
)


def write_articles(file: Path, n: int, *, edition: str = "first") -> Path:
    """A table of `n` invented articles; another edition has other texts under the same headlines."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["title", "text", "outlet", "date", "author"])
        for i in range(n):
            place, telling = _PLACES[i // 2 % len(_PLACES)], _TELLINGS[i % 2]
            text = f"{telling.format(place=place, day=i // 2)} So says the {edition} edition."
            outlet, day = ("Harbour Post", "Daily Ferry")[i % 2], f"2031-01-{1 + i % 28:02d}"
            rows.writerow([f"The {place}, {i}", text, outlet, day, "Wren Aldo"])
    return file


def score_plainly(inputs: Sequence[Path] | Path, out: Path, *, resume: bool = False, **options: Any) -> Store:
    """Score with stand-ins for what loads models; for a process that does nothing else afterwards."""
    vars(batch)["annotator"] = lambda *_: PlainAnnotator()
    vars(embedding)["load_embedder"] = PlainEmbedder
    return pipeline.score(inputs, out, jobs=1, resume=resume, **options)


def in_child(work: Callable[..., object], /, *arguments: object, **options: object) -> int | None:
    """Run `work` in a process of its own until it ends or kills itself; returns its exit status, negative for a signal.

    The process is forked off one that has loaded the pipeline and started no thread. Not on Windows.
    """
    child = begin_child(work, *arguments, **options)
    child.join()
    status: int | None = child.exitcode
    return status


def begin_child(work: Callable[..., object], /, *arguments: object, **options: object) -> Any:
    """Like `in_child`, without waiting: the process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "pandera.backends.pandas.register"])
    child = context.Process(target=_quietly, args=(partial(work, *arguments, **options),), daemon=True)
    child.start()
    return child


def _quietly(work: Callable[[], object]) -> None:
    """What Tellings refuses is an exit status; any other error shows."""
    try:
        work()
    except TellingsError:
        sys.exit(1)


class PlainAnnotator:
    """Sentences at full stops, tokens at spaces, three names; no grammar."""

    def annotate(self, articles: Sequence[Article]) -> Iterator[AnnotatedArticle]:
        for article in articles:
            tokens, sentences = _split(article)
            mentions = [
                Mention(
                    mention_id=number,
                    sentence_id=next(s.sentence_id for s in sentences if s.first <= token.index < s.last),
                    actor_id=name.lower(),
                    name=name,
                    kind="person",
                    form="name",
                    start=token.start,
                    end=token.start + len(name),
                    first=token.index,
                    last=token.index + 1,
                    head=token.index,
                )
                for number, (token, name) in enumerate((t, n) for t in tokens for n in NAMES if t.text.startswith(n))
            ]
            yield AnnotatedArticle(
                article=article, tokens=tuple(tokens), sentences=tuple(sentences), mentions=tuple(mentions)
            )


def _split(article: Article) -> tuple[list[Token], list[Sentence]]:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    at = first = 0
    for word in article.content.split():
        start = article.content.index(word, at)
        at = start + len(word)
        number = len(tokens)
        tokens.append(Token(number, start, at, word, word.lower(), "NOUN", "NN", "dep", number, ""))
        if word.endswith("."):
            sentences.append(Sentence(len(sentences), tokens[first].start, at, first, number + 1, not sentences))
            first = number + 1
    return tokens, sentences


class PlainEmbedder:
    """Vectors of word counts."""

    def embed(self, texts: Sequence[str], *, threads: int = 1) -> np.ndarray[Any, Any]:
        vectors: np.ndarray[Any, Any] = np.zeros((len(texts), WIDTH))
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, crc32(word.encode()) % WIDTH] += 1
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors
