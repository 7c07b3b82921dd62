"""docs/api.md: what users and those who extend Tellings import, out of its docstrings and the comments on fields."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from types import FunctionType
from typing import Any, NamedTuple

from .declarations import fields, signature
from .pages import NOTICE, page_of

_MEMBERS = (property, cached_property, FunctionType)


class Section(NamedTuple):
    """Names that belong together, as they are imported."""

    title: str
    about: str
    module: str
    names: tuple[str, ...]
    examples: bool = True  # whether each name must come with an example that runs


SECTIONS = (
    Section(
        "From articles to results",
        "The public names of the package: `from analytics import …`.",
        "analytics",
        ("read_articles", "score", "open_store", "Selection", "compare_tellings", "Comparison"),
    ),
    Section("Results", "What `open_store` and `score` return.", "analytics.results.store", ("Store",)),
    Section(
        "Statistics",
        "All take rows of the table `scores` of one score, as `Store.select` returns them, and give plain tables. "
        "Null and a note stand where too few articles allow no number.",
        "analytics.compare",
        ("rates", "contrasts", "same_story_contrasts", "fixed_effects", "trends", "Trends", "cliffs_delta", "in_words"),
    ),
    Section(
        "Coded samples",
        "What people say beside what the machine says, and numbers corrected by it: [coding.md](coding.md), "
        "[contrasts.md](contrasts.md).",
        "analytics.coding",
        (
            *("items", "draw_sample", "coded", "findings", "codes_frame", "corrected_rates"),
            *("simple", "stratified", "active", "draw", "agreement", "confusion"),
        ),
    ),
    Section(
        "Articles",
        "What measures read. All offsets are character offsets into `content`.",
        "analytics.article",
        ("Article", "AnnotatedArticle"),
    ),
    Section("Annotation", "Makes one of the other.", "analytics.annotation", ("annotate", "Annotator")),
    Section(
        "Parts of an annotated article",
        "Plain values; the example of `AnnotatedArticle` shows them at work.",
        "analytics.article",
        ("Token", "Sentence", "Entity", "Mention", "Attribution", "VoiceSpan"),
        examples=False,
    ),
    Section(
        "The contract of measures",
        "A measure is a module of `analytics/measures/` that declares a `MEASURE`; `MEASURES` of "
        "`analytics/measures/__init__.py` lists them.",
        "analytics.measures.contract",
        ("Measure", "Score", "ScoreRow", "Evidence", "Mark", "Coding"),
    ),
    Section(
        "The contract of changes",
        "A kind of change is declared in the `KINDS` of a module of `analytics/stories/changes/` with a `find(pair)`; "
        "the package finds such modules by itself.",
        "analytics.stories.changes.contract",
        ("ChangeKind", "Change", "Passage", "Side", "Pair"),
    ),
    Section(
        "The contract of formats",
        "A reader of a format is a function from a path to a `Source`; `READERS` in `analytics/ingest/formats.py` "
        "say how each is told by a file's content.",
        "analytics.ingest.records",
        ("Source", "Record", "BrokenRecord", "RejectedRecord"),
    ),
    Section(
        "Errors",
        "Raised on purpose, with a message that says what to do. The command line prints it as one line.",
        "analytics.errors",
        ("TellingsError", "InputError", "StoreError", "SelectionError", "KnowledgeError"),
        examples=False,
    ),
)


def reference_page() -> str:
    """docs/api.md: signatures, fields and docstrings of what `SECTIONS` names."""
    parts = [
        "# API reference",
        NOTICE,
        "Examples are run by the tests. Where one opens the folder `results`, it is the small invented one of "
        "`tests/synthetic_store.py`. The columns of all tables: [tables.md](tables.md).",
        "\n".join(_contents()),
    ]
    for section in SECTIONS:
        parts += [f"## {section.title}", section.about]
        for name in section.names:
            parts += _entry(section, name)
    return page_of(parts)


def _contents() -> Iterator[str]:
    """A line of links for each section. Of headings that read the same, code hosts number all but the first."""
    seen: Counter[str] = Counter()
    for section in SECTIONS:
        seen[_slug(section.title)] += 1
        links = []
        for name in section.names:
            anchor = _slug(name)
            links.append(f"[`{name}`](#{anchor}{f'-{seen[anchor]}' if seen[anchor] else ''})")
            seen.update([anchor, *(_slug(method) for method, _ in list(documented(section, name))[1:])])
        yield f"- {section.title}: {', '.join(links)}"


def _slug(heading: str) -> str:
    """The anchor that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def documented(section: Section, name: str) -> Iterator[tuple[str, str]]:
    """The name itself and, of a class, its public methods, each with its docstring."""
    value = getattr(import_module(section.module), name)
    yield name, _docstring(value)
    if inspect.isclass(value):
        for method, function in _methods(value):
            yield f"{name}.{method}", _docstring(function)


def _entry(section: Section, name: str) -> Iterator[str]:
    value = getattr(import_module(section.module), name)
    yield f"### {name}"
    home = value.__module__.replace(".", "/")
    home = f"{home}/__init__.py" if hasattr(import_module(value.__module__), "__path__") else f"{home}.py"
    yield f"`from {section.module} import {name}` · [{home}](../{home})"
    if not inspect.isclass(value):
        yield _fenced(signature(value))
    yield markdown(_docstring(value))
    if not inspect.isclass(value):
        return
    if rows := list(fields(value)):
        lines = ["| field | type | default | meaning |", "|---|---|---|---|"]
        yield "\n".join([*lines, *("| " + " | ".join(field) + " |" for field in rows)])
    for method, function in _methods(value):
        yield f"#### {name}.{method}"
        yield _fenced(signature(function))
        yield markdown(_docstring(function))


def _docstring(value: Any) -> str:
    return inspect.cleandoc(value.__doc__ or "")


def _methods(value: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that a class itself defines, in its order."""
    for name, member in vars(value).items():
        function = getattr(member, "fget", None) or getattr(member, "func", None) or member
        if not name.startswith("_") and inspect.isfunction(function) and isinstance(member, _MEMBERS):
            yield name, function


def _fenced(code: str, language: str = "python") -> str:
    return f"```{language}\n{code}\n```"


def markdown(docstring: str) -> str:
    """A docstring with its examples in fences.

    >>> markdown("Adds.\\n\\n>>> 1 + 1\\n2").splitlines()
    ['Adds.', '', '```pycon', '>>> 1 + 1', '2', '```']
    """
    blocks = docstring.split("\n\n")
    shown = [_example(block) if block.startswith(">>> ") else block for block in blocks]
    return "\n\n".join(shown)


def _example(block: str) -> str:
    return _fenced(block.replace("<BLANKLINE>", ""), "pycon")
