"""Two tellings made of one article: the second retells it, and some of its quotations changed on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..article import TITLE_SEPARATOR, Article
from .alterations import Generator, indirect, lexicon, punctuated, replaced, reworded, trimmed

Change = Literal["verbatim", "punctuation", "trimmed", "reworded", "indirect", "dropped", "added"]
CHANGES: tuple[Change, ...] = ("verbatim", "punctuation", "trimmed", "reworded", "indirect", "dropped", "added")
Span = tuple[int, int]

WORDS = (5, 45)  # of a quotation
_RUN = 5  # words of a quotation that must not stand elsewhere in its article
_AROUND = 0.35  # of the words around quotations that have another word are replaced
_LEFT_OUT = 0.1  # of the sentences without a quotation
_MOVED = 0.4  # of the reporting clauses change their side
_VERB_CHANGED = 0.5

_VERBS = (
    "said|says|added|warned|explained|insisted|claimed|tweeted|noted|stressed|argued|stated|wrote|continued|declared"
)
_SUBJECT = r"(?:[Hh]e|[Ss]he|(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w-]+)(?![\w’'-]|\s[A-Z])"  # a whole name
_QUOTE = r"(?P<open>“|(?<![\w”\"])\")(?P<quote>[^“”\"\n]{20,320})(?P<close>”|\"(?!\w))"
_AFTER = re.compile(
    rf"{_QUOTE}\s(?:(?P<s1>{_SUBJECT})\s(?P<v1>{_VERBS})|(?P<v2>{_VERBS})\s(?P<s2>{_SUBJECT}))"
    r"(?P<rest>[^.!?“”\"\n]{0,60})\.(?=\s|$)"
)
_BEFORE = re.compile(rf"(?P<s1>{_SUBJECT})\s(?P<v1>{_VERBS})(?P<rest>[^.!?“”\"\n:,]{{0,40}})[:,]\s{_QUOTE}(?=\s|$)")
_ANY_QUOTE = re.compile(r"“[^”\n]*”|(?<![\w\"])\"[^\"\n]*\"(?!\w)")
_SENTENCE = re.compile(
    r"(?<=[a-z0-9)]{2}[.!?])(?<!Mrs\.)(?<!Gen\.)(?<!Sen\.)(?<!Rep\.)(?<!Gov\.)(?<!Col\.)(?<!Rev\.)\s+(?=[A-Z])"
)
_BOUNDARY = re.compile(r"(?:^|[.!?]|[.!?,][”\"]|\n)\s*$")
_STRAIGHT = re.compile(r"(?<![\w.,!?…])\"(?=[\w‘'\[])")


@dataclass(frozen=True, slots=True)
class PlantingSite:
    """A sentence that is one quotation and who said it: its span in the body, and its parts."""

    start: int
    end: int
    quote_start: int
    quote: str  # as it stands between the marks
    marks: tuple[str, str]
    subject: str
    verb: str
    verb_first: bool
    rest: str  # what else the reporting clause says
    quote_first: bool
    followed: bool  # by another quotation, which may need this sentence to be understood


@dataclass(frozen=True, slots=True)
class Planted:
    """A quotation that was changed in a known way. Spans are in the contents of the two tellings, without the marks."""

    change: Change
    a: Span | None
    b: Span | None


@dataclass(frozen=True, slots=True)
class Tellings:
    """An article and its retelling, and the quotations that were changed on the way."""

    a: Article
    b: Article
    planted: tuple[Planted, ...]


def places(article: Article) -> list[PlantingSite]:
    """The quotations of an article that stand in a sentence of their own and nowhere else, in order."""
    runs = _runs(article.content)
    matches = [match for pattern in (_AFTER, _BEFORE) for match in pattern.finditer(article.text)]
    found = sorted((_place(match, article.text) for match in matches), key=lambda place: place.start)
    kept: list[PlantingSite] = []
    for place in found:
        alone = all(runs[run] == 1 for run in _ngrams(place.quote))
        fits = WORDS[0] <= len(place.quote.split()) <= WORDS[1] and _BOUNDARY.search(article.text[: place.start])
        if alone and fits and (not kept or place.start >= kept[-1].end):
            kept.append(place)
    return kept


def _place(match: re.Match[str], text: str) -> PlantingSite:
    groups = {name: str(words) for name, words in match.groupdict().items() if words is not None}
    return PlantingSite(
        start=match.start(),
        end=match.end(),
        quote_start=match.start("quote"),
        quote=match["quote"],
        marks=(match["open"], match["close"]),
        subject=groups.get("s1") or groups["s2"],
        verb=groups.get("v1") or groups["v2"],
        verb_first="v1" not in groups,
        rest=match["rest"],
        quote_first=match.re is _AFTER,
        followed=bool(re.match(r"\s*[“\"]", text[match.end() :])),
    )


def _ngrams(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]


def _runs(text: str) -> Counter[str]:
    return Counter(_ngrams(text))


def altered(place: PlantingSite, change: Change, generator: Generator) -> str | None:
    """What stands in the retelling between the marks, or as indirect speech; None where the change cannot be made."""
    match change:
        case "verbatim":
            return place.quote
        case "punctuation":
            return punctuated(place.quote, generator)
        case "trimmed":
            return trimmed(place.quote, generator)
        case "reworded":
            return reworded(place.quote, generator)
        case "indirect":
            return None if place.followed else indirect(place.quote, place.subject)
        case "dropped" | "added":
            return None if place.followed else ""


def retell(article: Article, changes: Sequence[tuple[PlantingSite, Change, str]], generator: Generator) -> Tellings:
    """The article and its retelling, with the given quotations changed; all other words are lightly paraphrased."""
    lead = f"{article.title}{TITLE_SEPARATOR}" if article.title else ""
    title = replaced(article.title, lexicon("around"), generator, share=_AROUND) if article.title else None
    a, b = _Text(lead), _Text(f"{title}{TITLE_SEPARATOR}" if title else "")
    planted: list[Planted] = []
    at = 0
    for place, change, words in changes:
        before = article.text[at : place.start]
        a.add(before)
        b.add(_paraphrased(before, generator))
        whole = article.text[place.start : place.end]
        in_a = None if change == "added" else a.add(whole, place.quote_start - place.start, len(place.quote))
        in_b = None if change == "dropped" else _retold(b, place, change, words, generator)
        planted.append(Planted(change, in_a, in_b))
        at = place.end
    a.add(article.text[at:])
    b.add(_paraphrased(article.text[at:], generator))
    content_b = _house_marks(b.text, generator)[len(f"{title}{TITLE_SEPARATOR}") if title else 0 :]
    return Tellings(
        replace(article, article_id=f"{article.article_id}-a", text=a.text[len(lead) :]),
        replace(article, article_id=f"{article.article_id}-b", title=title, text=content_b),
        tuple(planted),
    )


class _Text:
    """A text in the making that knows where the last piece of it stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def add(self, piece: str, start: int = 0, length: int | None = None) -> Span:
        at = len(self.text) + start
        self.text += piece
        return at, at + (len(piece) - start if length is None else length)


def _retold(b: _Text, place: PlantingSite, change: Change, words: str, generator: Generator) -> Span:
    """Add the sentence of a quotation as the retelling has it; where the quoted or reported words now stand."""
    others = [v for v in ("said", "stated", "noted", "added") if v != place.verb]
    verb = others[int(generator.integers(len(others)))] if generator.random() < _VERB_CHANGED else place.verb
    subject = place.subject[0].upper() + place.subject[1:] if place.subject in ("he", "she") else place.subject
    if change == "indirect":
        opening = f"{subject} said that "
        return b.add(f"{opening}{words}.", len(opening), len(words))
    words = place.quote if change == "added" else words
    opens, closes = place.marks
    quote_first = place.quote_first ^ (generator.random() < _MOVED and "," not in place.rest)
    if not quote_first:
        opening = f"{subject} {verb}{place.rest}: {opens}"
        words = _ended(words, ".")
        return b.add(f"{opening}{words}{closes}", len(opening), len(words))
    words = _ended(words, ",")
    who = f"{place.subject[0].lower()}{place.subject[1:]}" if place.subject in ("He", "She") else place.subject
    clause = f"{verb} {who}" if place.verb_first else f"{who} {verb}"
    return b.add(f"{opens}{words}{closes} {clause}{place.rest}.", len(opens), len(words))


def _ended(words: str, stop: str) -> str:
    """Words with the stop that their new place in the sentence asks for."""
    return words if words.endswith(("?", "!", "…")) else words.rstrip(".,") + stop


def _paraphrased(text: str, generator: Generator) -> str:
    """A text in which words outside quotation marks are replaced, and a few sentences without any are left out."""
    pieces: list[str] = []
    for piece, quoted in _pieces(text):
        if quoted:
            pieces.append(piece)
            continue
        sentences = _SENTENCE.split(piece)
        kept = [s for i, s in enumerate(sentences) if i in (0, len(sentences) - 1) or generator.random() >= _LEFT_OUT]
        pieces.append(replaced(" ".join(kept), lexicon("around"), generator, share=_AROUND))
    return "".join(pieces)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _ANY_QUOTE.finditer(text):
        yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    yield text[at:], False


def _house_marks(text: str, generator: Generator) -> str:
    """The text with curly marks for straight ones, or the other way round, or as it is; its length stays."""
    if generator.random() < 0.5:
        return text
    if "“" in text:
        return text.replace("“", '"').replace("”", '"')
    return _STRAIGHT.sub("“", text).replace('"', "”")
