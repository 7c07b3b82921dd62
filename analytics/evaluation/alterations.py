"""What happens to the words of a quotation on their way into another telling: alterations of a known kind.

Each function returns the altered words, or None where these words offer no place for it. They know nothing of how
alterations are recognised.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

Generator = np.random.Generator
Alteration = Callable[[str, Generator], str | None]
Lexicon = Mapping[str, Sequence[str]]

REWORDINGS = Path(__file__).parent / "rewordings.tsv"
LEAST_KEPT = 0.35  # of the words of a trimmed quotation
FEWEST_WORDS = 4
_WORD = re.compile(r"[\w’'-]+")
_BREAK = re.compile(r"[,;:]\s|\s[–—-]+\s|\s(?=(?:and|but|because|which|who|that|when|if|while|so)\s)")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?![\w,.]\d)(?!\w)")
_INNER_MARK = re.compile(r"(?<=\w)(,|;|:| [–—-] |--)(?= ?\w)")
_JOINT = re.compile(r"(?<=\w) (?=(?:and|but|because|when|while|which|so|as|if|with|in|on|for)\s)")

# From the speaker's mouth to the writer's: persons and tenses.
_REPORTED = {
    "will": "would", "can": "could", "may": "might", "is": "was", "are": "were", "has": "had", "does": "did",
    "won’t": "would not", "can’t": "could not", "cannot": "could not", "don’t": "did not", "doesn’t": "did not",
    "isn’t": "was not", "aren’t": "were not", "haven’t": "had not", "hasn’t": "had not", "it’s": "it was",
    "that’s": "that was", "there’s": "there was", "he’s": "he was", "she’s": "she was", "today": "that day",
    "tomorrow": "the next day", "yesterday": "the day before", "now": "then", "here": "there",
    "we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves", "we’re": "they were",
    "we’ve": "they had", "we’ll": "they would", "they’re": "they were", "they’ve": "they had", "they’ll": "they would",
    "you": "people", "your": "their", "you’re": "people were", "wants": "wanted", "needs": "needed", "knows": "knew",
    "thinks": "thought", "believes": "believed", "means": "meant", "remains": "remained", "continues": "continued",
}  # fmt: skip
# Verbs whose plain form is shifted only where a subject stands before it, not another verb.
_AFTER_SUBJECT = {
    "have": "had", "do": "did", "want": "wanted", "need": "needed", "know": "knew", "think": "thought", "see": "saw",
    "believe": "believed", "hope": "hoped", "feel": "felt", "understand": "understood", "remain": "remained",
    "continue": "continued",
}  # fmt: skip
_SUBJECT_AND_VERB = re.compile(
    rf"\b(I|[Ww]e|[Yy]ou|[Tt]hey|who|(?!its|this|has|is|was|does)\w+s) ({'|'.join(_AFTER_SUBJECT)})\b"
)
_NO_STATEMENT = re.compile(r"[?!]|\.\s|…|\.\.\.|[“”\"‘]|(?<!\w)'")
_FIRST_PERSON = re.compile(r"\b(?:I|me|[Mm]y|mine|myself)\b")
_OPENING = re.compile(r"(?:I|We|It|They|The|This|There|Our|My|He|She)\b")
_BEEN = re.compile(r"’s been\b")
_SPEAKER = {
    "he": {"i": "he", "me": "him", "my": "his", "mine": "his", "myself": "himself"},
    "she": {"i": "she", "me": "her", "my": "her", "mine": "hers", "myself": "herself"},
}
_AFTER_I = {"’m": " was", "’ve": " had", "’ll": " would", "’d": " would"}


@cache
def lexicon(kind: str) -> Lexicon:
    """The words of `rewordings.tsv` of one kind, each with what may stand instead."""
    found: dict[str, list[str]] = defaultdict(list)
    with REWORDINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["kind"] == kind:
                found[row["word"]].append(row["instead"])
    return found


def replaced(text: str, words: Lexicon, generator: Generator, *, share: float = 1.0, most: int | None = None) -> str:
    """A text in which a share of the words that a lexicon has, and at most so many, are replaced.

    >>> replaced("Big dams.", {"big": ["large"]}, np.random.default_rng(0))
    'Large dams.'
    """
    places = [m for m in _WORD.finditer(text) if m[0].lower() in words and generator.random() < share]
    if most is not None and len(places) > most:
        places = sorted((places[i] for i in generator.permutation(len(places))[:most]), key=lambda m: m.start())
    for match in reversed(places):
        choices = words[match[0].lower()]
        text = _put(text, match, choices[int(generator.integers(len(choices)))])
    return text


def punctuated(text: str, generator: Generator) -> str | None:
    """The same words with other marks between them: one comma, semicolon or dash more, less or for another.

    >>> punctuated("It was late, and it rained.", np.random.default_rng(0)) != "It was late, and it rained."
    True
    """
    if marks := list(_INNER_MARK.finditer(text)):
        mark = marks[int(generator.integers(len(marks)))]
        others = [other for other in ("", ";", " –", ",") if other.strip() != mark[1].strip()]
        instead = others[int(generator.integers(len(others)))]
        return f"{text[: mark.start()]}{instead} {text[mark.end() :].lstrip()}"
    if joints := list(_JOINT.finditer(text)):
        joint = joints[int(generator.integers(len(joints)))]
        return f"{text[: joint.start()]}{',' if generator.random() < 0.7 else ' –'}{text[joint.start() :]}"
    return None


def trimmed(text: str, generator: Generator) -> str | None:
    """The words but for those before, after or between places where a sentence can be cut.

    What is cut from the middle leaves an ellipsis.

    >>> trimmed("We held the dam, and we closed the road there.", np.random.default_rng(1))
    'We held the dam'
    """
    breaks = [m for m in _BREAK.finditer(text)]
    whole = len(_WORD.findall(text))
    kinds = ["end", "start", "middle"]
    for kind in (kinds[i] for i in generator.permutation(3)):
        for i in generator.permutation(len(breaks)):
            cut = _cut(text, breaks, int(i), kind)
            kept = len(_WORD.findall(cut)) if cut else 0
            if cut and max(FEWEST_WORDS, LEAST_KEPT * whole) <= kept < whole:
                return cut
    return None


def _cut(text: str, breaks: Sequence[re.Match[str]], i: int, kind: str) -> str | None:
    if kind == "end":
        return text[: breaks[i].start()].rstrip(" ,;:–—-")
    if kind == "start":
        return text[breaks[i].end() :].lstrip()
    if i + 1 == len(breaks):
        return None
    before, after = text[: breaks[i].start()].rstrip(" ,;:–—-"), text[breaks[i + 1].end() :].lstrip()
    return f"{before} … {after}"


def reworded(text: str, generator: Generator) -> str | None:
    """Other words inside the marks: up to three for others that mean the same or not, a number, a negation.

    >>> reworded("We saw 20 ships.", np.random.default_rng(0))
    'We saw 16 ships.'
    """
    ways: list[Alteration] = [_number, _negation, _meaning, _synonyms, _synonyms]
    altered = text
    for way in [ways[i] for i in generator.permutation(len(ways))][: int(generator.integers(1, 3))]:
        altered = way(altered, generator) or altered
    if altered == text:
        found = (way(text, generator) for way in (_synonyms, _meaning, _negation, _number))
        altered = next((words for words in found if words), text)
    return None if altered == text else altered


def _number(text: str, generator: Generator) -> str | None:
    if not (found := list(_NUMBER.finditer(text))):
        return None
    match = found[int(generator.integers(len(found)))]
    value = int(match[0].replace(",", ""))
    other = value + max(1, round(value * 0.2)) * (1 if generator.random() < 0.6 or value < 3 else -1)
    return f"{text[: match.start()]}{other:,}{text[match.end() :]}" if value < 1900 or value > 2100 else None


def _negation(text: str, generator: Generator) -> str | None:
    affirmed = replaced(_straight(text), lexicon("affirmed"), generator, most=1)
    if affirmed != _straight(text):
        return affirmed
    if re.search(r"\b(not|no|never)\b", text):
        return re.sub(r"\b(?:not|never) ", "", text, count=1)
    negated = replaced(text, lexicon("negated"), generator, most=1)
    return negated if negated != text else None


def _meaning(text: str, generator: Generator) -> str | None:
    altered = replaced(text, lexicon("meaning"), generator, most=1)
    return altered if altered != text else None


def _synonyms(text: str, generator: Generator) -> str | None:
    altered = replaced(text, lexicon("synonym"), generator, most=int(generator.integers(1, 4)))
    return altered if altered != text else None


def indirect(text: str, subject: str) -> str | None:
    """The words as the writer would report them: persons and tenses shifted, no marks.

    None where they are a question, an exclamation, a fragment or several sentences, quote somebody, or speak of
    the speaker ("I") while the subject does not tell which pronoun that becomes.

    >>> indirect("We will hold the dam, and I am sure it's safe.", "She")
    'they would hold the dam, and she was sure it was safe'
    """
    whole = text.strip().rstrip(".,")
    if _NO_STATEMENT.search(whole) or not _OPENING.match(whole):
        return None
    if subject.lower() not in _SPEAKER and _FIRST_PERSON.search(whole):
        return None
    person = _SPEAKER.get(subject.lower(), {})
    curly = whole.replace("'", "’")
    curly = re.sub(r"\bI(’m|’ve|’ll|’d)\b", lambda m: person["i"] + _AFTER_I[m[1]], curly)
    curly = re.sub(r"\bI am\b", lambda _: f"{person['i']} was", curly)
    curly = _SUBJECT_AND_VERB.sub(lambda m: f"{m[1]} {_AFTER_SUBJECT[m[2]]}", _BEEN.sub(" had been", curly))
    shifted = _WORD.sub(lambda m: person.get(m[0].lower()) or _REPORTED.get(m[0].lower()) or m[0], curly)
    return shifted[0].lower() + shifted[1:]


def _put(text: str, match: re.Match[str], word: str) -> str:
    instead = word[0].upper() + word[1:] if match[0][0].isupper() else word
    return text[: match.start()] + instead + text[match.end() :]


def _straight(text: str) -> str:
    return text.replace("’", "'")
