"""Single cases with what should come out: a text, a file or two tellings, and a check of what was found in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..annotation import Annotator
from ..article import AnnotatedArticle, Article
from ..errors import InputError
from ..ingest import RejectedRecord, read_articles
from ..ingest.normalise import normalise
from ..scoring.batch import annotator, article_rows
from ..stories.changes import Change
from ..stories.tellings import compare_tellings
from .figures import read_json

SHEET = Path(__file__).parents[2] / "tests" / "judgements" / "cases.jsonl"
COLUMNS = ["group", "right", "wrong", "unchecked", "wrong_cases"]
_ALIKE = 0.8  # of the characters of an expected and a found content, how many must be in both
_RIGHT = "other"  # the group of cases that have none

Check = Mapping[str, Any]


class Case(NamedTuple):
    """One case: `input` is a text with its title, the path of a file, or two tellings `a` and `b`."""

    case_id: str
    group: str
    input: Any
    check: Check | None
    folder: Path  # in which files of cases lie


def read_cases(path: Path, *, sheet: Path = SHEET) -> list[Case]:
    """The cases of a file of JSON lines; a case without a `check` of its own has that of its id in the sheet.

    Raises InputError, naming the file and the line, where a case has no id or no input.
    """
    checks = {str(record["id"]): record["check"] for record in read_json(sheet)} if sheet.is_file() else {}
    cases = []
    for number, record in enumerate(read_json(path), start=1):
        if "id" not in record or "input" not in record:
            raise InputError(f"{path}, record {number}: a case needs an id and an input")
        check = record.get("check", checks.get(str(record["id"])))
        cases.append(Case(str(record["id"]), record.get("group") or _RIGHT, record["input"], check, path.parent))
    return cases


def evaluate(path: Path, *, sheet: Path = SHEET) -> pd.DataFrame:
    """How many cases of a file come out right, by group of fault; the last row holds all.

    `path` is a file of JSON lines: id, group, input (title and text; `a` and `b`; or the name of a file
    beside it) and check. `unchecked` counts the cases for which no check is written yet; `wrong_cases` names the
    others that fail. What a check may ask for is listed at `faults`.

    Raises InputError where the file holds no cases.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"right": 0, "wrong": 0, "unchecked": 0})
    wrong: dict[str, list[str]] = defaultdict(list)
    for case in read_cases(path, sheet=sheet):
        found = None if case.check is None else faults(case)
        outcome = "unchecked" if found is None else "wrong" if found else "right"
        for group in (case.group, "all"):
            counts[group][outcome] += 1
        if found:
            wrong[case.group].append(case.case_id)
    groups = [*sorted(group for group in counts if group != "all"), "all"]
    rows = [{"group": group, **counts[group], "wrong_cases": " ".join(wrong[group])} for group in groups]
    return pd.DataFrame(rows, columns=COLUMNS)


def faults(case: Case) -> list[str]:
    """What a case asks for and does not get, in plain words; nothing where it comes out right.

    Of a text: `speakers` (content, speaker, kind; with `actor`, one that is an actor), `sources`, `not_speakers`,
    `not_contents`, `outlet` and `not_outlet` (words in the outlet's voice or not), `actors`, `not_actors`,
    `mentions` (text, actor, nth), `cues` and `flags` (has, not), `sentiment` (actor, least, most),
    `stances` (holder, target, least, most), `roles` (text, role).
    A content is looked for in the text; "first words … last words" stands for the stretch between them.

    Of two tellings: `changes`, with `has`, `notable`, `serious`, `not`, `not_serious` (lists of kinds of change or
    of words in it; `not: ["*"]` for no change at all).

    Of a file: `articles` (their number, or for each the fields that it must have, by the names of `Article`: title,
    outlet, url, author, published as it begins, `text` as words in it; `not_text` as words that are not; `flags` with
    has and not, as words of them) and `rejected` (their number, or words of the reasons). A file that has no article
    at all is one with 0 articles.
    """
    if case.check is None:
        return []
    if isinstance(case.input, str):
        return list(_file_faults(case.folder / case.input, case.check))
    if "a" in case.input:
        return list(_change_faults(case.input["a"], case.input["b"], case.check["changes"]))
    return list(_text_faults(case.input, case.check))


# ---- a text ------------------------------------------------------------


class _Reading(NamedTuple):
    annotated: AnnotatedArticle
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    names: Mapping[str, str]

    def name(self, actor_id: str | None) -> str | None:
        return self.names.get(actor_id, actor_id) if actor_id else None


def _text_faults(given: Mapping[str, Any], check: Check) -> Iterator[str]:
    title = normalise(given.get("title") or "") or None
    article = Article(article_id="case", title=title, text=normalise(given["text"]))
    reading = _read(article, annotator())
    for key, wanted in check.items():
        if key not in _TEXT_CHECKS:
            raise InputError(f"a check of a text cannot ask for {key!r}; it may for: {', '.join(_TEXT_CHECKS)}")
        yield from _TEXT_CHECKS[key](reading, wanted)


def _read(article: Article, make: Annotator) -> _Reading:
    annotated = next(make.annotate([article]))
    names = {mention.actor_id: mention.name for mention in annotated.mentions}
    return _Reading(annotated, article_rows(annotated), names)


def _speakers(reading: _Reading, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in wanted:
        start, end = _span(reading.annotated.content, each["content"])
        spans = [(a, _bare(reading.annotated.content, a.start, a.end)) for a in reading.annotated.attributions]
        alike = [a for a, span in spans if _overlap(span, (start, end)) >= _ALIKE]
        if "kind" in each:
            alike = [a for a in alike if a.kind == each["kind"]]
        speakers = [reading.name(a.speaker_id) or (None if each.get("actor") else a.speaker_text) for a in alike]
        if not any(_same(each["speaker"], speaker) for speaker in speakers):
            yield f"{each['content']!r}: {each['speaker']} expected, found {speakers or 'no such content'}"


def _same(wanted: str | None, found: str | None) -> bool:
    """Names alike but for case, marks and an article."""
    return _plain(wanted) == _plain(found)


def _plain(name: str | None) -> str | None:
    if name is None:
        return None
    kept = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return " ".join(kept[1:] if kept[:1] in (["the"], ["a"], ["an"]) else kept)


def _span(content: str, words: str) -> tuple[int, int]:
    """Where the words stand, without marks and stops at their edges."""
    first, _, last = (part.strip() for part in words.partition("…"))
    start = content.find(first)
    end = content.find(last, start + len(first)) + len(last) if last else start + len(first)
    if start < 0 or end < start + len(first):
        raise InputError(f"a check asks for words that its text does not hold: {words!r}")
    return _bare(content, start, end)


def _bare(content: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not content[start].isalnum():
        start += 1
    while end > start and not content[end - 1].isalnum():
        end -= 1
    return start, end


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def _sources(reading: _Reading, wanted: Sequence[str]) -> Iterator[str]:
    """Actors that are the source of something, wherever its words begin and end."""
    found = {reading.name(attribution.speaker_id) for attribution in reading.annotated.attributions}
    for name in wanted:
        if not any(_same(name, other) for other in found):
            yield f"{name} is no source of anything"


def _not_speakers(reading: _Reading, unwanted: Sequence[str]) -> Iterator[str]:
    for attribution in reading.annotated.attributions:
        speaker = reading.name(attribution.speaker_id) or attribution.speaker_text
        if any(_same(name, speaker) for name in unwanted):
            yield f"{speaker} is made to say something"


def _not_contents(reading: _Reading, unwanted: Sequence[str]) -> Iterator[str]:
    for words in unwanted:
        start, end = _span(reading.annotated.content, words)
        if any(a.start < end and start < a.end for a in reading.annotated.attributions):
            yield f"{words!r} is put in somebody's mouth"


def _voice(outlet: bool) -> Callable[[_Reading, Sequence[str]], Iterator[str]]:
    def check(reading: _Reading, wanted: Sequence[str]) -> Iterator[str]:
        for words in wanted:
            start, _ = _span(reading.annotated.content, words)
            voice = reading.annotated.voice_span_at(start).voice
            if (voice == "outlet") != outlet:
                yield f"{words!r} is in the voice: {voice}"

    return check


def _actors(reading: _Reading, wanted: Sequence[str]) -> Iterator[str]:
    found = list(reading.names.values())
    for name in wanted:
        if sum(_same(name, other) for other in found) != 1:
            yield f"{name} is not one actor among {sorted(found)}"


def _not_actors(reading: _Reading, unwanted: Sequence[str]) -> Iterator[str]:
    for name in unwanted:
        if any(_same(name, other) for other in reading.names.values()):
            yield f"{name} is an actor"


def _mentions(reading: _Reading, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in wanted:
        at = _nth(reading.annotated.content, each["text"], each.get("nth", 0))
        covering = (m for m in reading.annotated.mentions if m.start <= at < m.end)
        actor = next((reading.name(m.actor_id) for m in covering), None)
        if not _same(each["actor"], actor):
            yield f"{each['text']!r} is {actor}, not {each['actor']}"


def _nth(content: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth + 1):
        at = content.find(words, at + 1)
        if at < 0:
            raise InputError(f"a check asks for words that its text does not hold: {words!r}")
    return at


def _listed(found: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for words in wanted.get("has", ()):
        if not any(words.lower() in other.lower() for other in found):
            yield f"{words!r} is missing among {list(found)}"
    for words in wanted.get("not", ()):
        if any(words == "*" or words.lower() in other.lower() for other in found):
            yield f"{words!r} is among {list(found)}"


def _cues(reading: _Reading, wanted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from _listed([cue["text"] for cue in reading.rows.get("cues", ())], wanted)


def _flags(reading: _Reading, wanted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from _listed(reading.annotated.flags, wanted)


def _sentiment(reading: _Reading, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in wanted:
        values = [
            float(row["sentiment"])
            for row in reading.rows["mentions"]
            if _same(each["actor"], reading.name(row["actor_id"])) and row.get("sentiment") is not None
        ]
        yield from _between(f"sentiment toward {each['actor']}", values, each)


def _stances(reading: _Reading, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in wanted:
        values = [
            float(row["stance"])
            for row in reading.rows.get("stances", ())
            if _same(each.get("holder"), reading.name(row["holder_id"]))
            and _same(each["target"], reading.name(row["target_id"]) or row["target"])
        ]
        yield from _between(f"stance of {each.get('holder')} toward {each['target']}", values, each)


def _between(what: str, values: Sequence[float], each: Mapping[str, Any]) -> Iterator[str]:
    """Every value must lie in the range; there need be none unless it is `needed`."""
    if each.get("needed") and not values:
        yield f"no {what}"
    for value in values:
        if not each.get("least", -1.0) <= value <= each.get("most", 1.0):
            yield f"{what} is {value:+.2f}"


def _roles(reading: _Reading, wanted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in wanted:
        found = [row["role"] for row in reading.rows["mentions"] if row["text"] == each["text"]]
        if each["role"] not in found:
            yield f"the role of {each['text']} is {found}, not {each['role']}"


_TEXT_CHECKS: dict[str, Callable[[_Reading, Any], Iterator[str]]] = {
    "speakers": _speakers,
    "sources": _sources,
    "not_speakers": _not_speakers,
    "not_contents": _not_contents,
    "outlet": _voice(True),
    "not_outlet": _voice(False),
    "actors": _actors,
    "not_actors": _not_actors,
    "mentions": _mentions,
    "cues": _cues,
    "flags": _flags,
    "sentiment": _sentiment,
    "stances": _stances,
    "roles": _roles,
}


# ---- two tellings ------------------------------------------------------


def _change_faults(a: str, b: str, check: Check) -> Iterator[str]:
    changes = compare_tellings(a, b).changes
    for key, severity in (("has", 3), ("notable", 2), ("serious", 1)):
        found = [_described(change) for change in changes if change.severity <= severity]
        yield from _listed(found, {"has": check.get(key, ())})
    yield from _listed([_described(change) for change in changes], {"not": check.get("not", ())})
    serious = [_described(change) for change in changes if change.severity == 1]
    yield from _listed(serious, {"not": check.get("not_serious", ())})


def _described(change: Change) -> str:
    passages = (passage.text for passage in (change.a, change.b) if passage is not None)
    return " | ".join((change.kind, change.what, *passages))


# ---- a file ------------------------------------------------------------


def _file_faults(path: Path, check: Check) -> Iterator[str]:
    records = list(_read_file(path))
    articles = [record for record in records if isinstance(record, Article)]
    reasons = [record.reason for record in records if isinstance(record, RejectedRecord)]
    wanted = check.get("articles", len(articles))
    number = wanted if isinstance(wanted, int) else len(wanted)
    if len(articles) != number:
        yield f"{len(articles)} articles, not {number}"
    for article, fields in zip(articles, () if isinstance(wanted, int) else wanted, strict=False):
        yield from _field_faults(article, fields)
    rejected = check.get("rejected")
    if isinstance(rejected, int) and len(reasons) != rejected:
        yield f"{len(reasons)} records rejected, not {rejected}"
    elif isinstance(rejected, list):
        yield from _listed(reasons, {"has": rejected})


def _read_file(path: Path) -> Iterator[Article | RejectedRecord]:
    """All that a file holds, also where none of it is an article, which elsewhere ends a run."""
    records = read_articles([path])  # raises where there is no such file
    with suppress(InputError):
        yield from records


def _field_faults(article: Article, fields: Mapping[str, Any]) -> Iterator[str]:
    for name, wanted in fields.items():
        if name == "flags":
            yield from _listed(article.flags, wanted)
            continue
        found = getattr(article, name.removeprefix("not_"))
        if name == "published":
            alike = found is None if wanted is None else found is not None and found.isoformat().startswith(wanted)
        elif name in ("text", "not_text"):
            alike = (wanted in found) == (name == "text")
        else:
            alike = found == wanted
        if not alike:
            yield f"{name} is {found!r}, not {json.dumps(wanted, ensure_ascii=False)}"
