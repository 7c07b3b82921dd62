"""How fast and how lean scoring is, beside a bare spaCy parse of the same texts in the same run."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import pandas as pd

from ..annotation import model_name
from ..annotation.reader import load_reader
from ..article import Article
from ..ingest import RejectedRecord, read_articles
from ..measures import MEASURES
from ..scoring.batch import annotator, score_batch
from ..scoring.engines import run
from ..scoring.pipeline import score

ARTICLES = 1000  # so many that what starting costs hardly counts
BATCH = 32
SOME = 100
LEARNT = (
    "sentiment",
    "directed_sentiment",
    "framing",
    "slanted_wording",
)  # measures whose heads read the reader's vectors


def evaluate(path: Path, *, articles: int = ARTICLES, jobs: int | None = None) -> pd.DataFrame:
    """Time a bare parse and the whole of scoring on the first articles of a file or folder.

    Columns: system, articles, words, seconds, articles_per_second, words_per_second, sentences_per_second (of parts),
    times_bare_parse (1 is as fast as the parse alone), peak_memory_mb (all processes together).
    Both use the same number of processes, started anew, so that loading the model counts in both; scoring includes
    grouping into stories and writing the tables. Below, on the first 100 articles, the parts of it in one process
    with the models loaded, in processor seconds.
    """
    jobs = jobs or os.cpu_count() or 1
    found = [r for r in islice(read_articles([path]), articles) if not isinstance(r, RejectedRecord)]
    texts = [article.content for article in found]
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    with _Memory() as bare_memory:
        clock = time.perf_counter()
        list(run(partial(_parse, model=model_name()), batches, jobs=jobs))
        bare = time.perf_counter() - clock
    with tempfile.TemporaryDirectory() as folder, _Memory() as full_memory:
        sample = Path(folder) / "sample.parquet"
        columns = ("text", "title", "outlet", "published", "url")
        pd.DataFrame([{c: getattr(a, c) for c in columns} for a in found]).to_parquet(sample)
        clock = time.perf_counter()
        score(sample, Path(folder) / "results", jobs=jobs)
        full = time.perf_counter() - clock
    both = {"bare spaCy parse": (bare, bare_memory.peak), "tellings score": (full, full_memory.peak)}
    rows = [_row(name, found, seconds, bare, peak) for name, (seconds, peak) in both.items()]
    some = found[:SOME]
    parts = _parts(some)
    alone = next(iter(parts.values()))[0]
    for name, (seconds, sentences) in parts.items():
        rows.append({**_row(name, some, seconds, alone, None), "sentences_per_second": round(sentences / seconds)})
    return pd.DataFrame(rows)


def _row(name: str, articles: Sequence[Article], seconds: float, bare: float, peak: int | None) -> dict[str, object]:
    words = sum(len(article.content.split()) for article in articles)
    return {
        "system": name,
        "articles": len(articles),
        "words": words,
        "seconds": round(seconds, 1),
        "articles_per_second": round(len(articles) / seconds, 2),
        "words_per_second": round(words / seconds),
        "times_bare_parse": round(seconds / bare, 2),
        "peak_memory_mb": None if peak is None else round(peak / 2**20),
    }


def _parts(articles: Sequence[Article]) -> dict[str, tuple[float, int]]:
    """Processor seconds in one process, models loaded, of each part, and the sentences it went through."""
    make = annotator()
    score_batch(articles[:2])  # what is loaded on first use
    _parse(["A word."], model=model_name())

    def timed(part: Callable[[], object]) -> float:
        clock = time.process_time()
        part()
        return time.process_time() - clock

    contents = [article.content for article in articles]
    parse = timed(lambda: _parse(contents, model=model_name()))
    annotation = timed(lambda: deque(make.annotate(articles), maxlen=0))
    annotated = list(make.annotate(articles))
    heads = [measure for measure in MEASURES if measure.name in LEARNT]

    def read() -> None:
        for each in annotated:
            anew = replace(each, encoded=load_reader().read_article(each))
            for measure in heads:
                deque(measure.find(anew), maxlen=0)

    seconds = {
        "one process: bare spaCy parse": parse,
        "one process: annotation, both encoders": annotation,
        "one process: annotation and all measures": timed(lambda: score_batch(articles)),
        "one process: the reader and its heads alone": timed(read),
    }
    sentences = sum(len(each.sentences) for each in annotated)
    return {name: (each, sentences) for name, each in seconds.items()}


def _parse(texts: Sequence[str], *, model: str) -> int:
    nlp = _bare_model(model)
    return sum(len(doc) for doc in nlp.pipe(texts, batch_size=16))


_MODELS: dict[str, object] = {}


def _bare_model(name: str):  # type: ignore[no-untyped-def]  # spaCy is imported in workers only
    import importlib

    if name not in _MODELS:
        _MODELS[name] = importlib.import_module(name).load()
    return _MODELS[name]


class _Memory:
    """Samples the memory of this process and its children (proportional share) while a block runs."""

    def __enter__(self) -> _Memory:
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        import psutil

        me = psutil.Process()
        while not self._stop.wait(0.5):
            total = 0
            for process in [me, *me.children(recursive=True)]:
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)
