"""Where the keywords of a proposition stand in an article."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from ...article import AnnotatedArticle
from ...knowledge.targets import Groups, Words
from ..lexical.matching import surface


class TargetSpan(NamedTuple):
    """A keyword over tokens [first, last)."""

    first: int
    last: int


Places = tuple[tuple[TargetSpan, ...], ...]  # for every group, in text order


class Keywords:
    """An article's words by form and lemma, made once and asked for any number of propositions."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self._forms = [{surface(token), token.lemma} for token in annotated.tokens]
        self._at: dict[str, list[int]] = defaultdict(list)
        for i, forms in enumerate(self._forms):
            for form in forms if annotated.boilerplate_at(annotated.tokens[i].start) is None else ():
                self._at[form].append(i)

    def places(self, groups: Groups) -> Places:
        """Where each group's keywords stand; empty unless every group has one somewhere."""
        found = tuple(tuple(sorted(place for words in group for place in self._places(words))) for group in groups)
        return found if all(found) else ()

    def _places(self, words: Words) -> list[TargetSpan]:
        starts = self._at.get(words[0], ())
        return [TargetSpan(i, i + len(words)) for i in starts if self._reads(i, words)]

    def _reads(self, i: int, words: Words) -> bool:
        forms = self._forms[i : i + len(words)]
        return len(forms) == len(words) and all(word in form for word, form in zip(words, forms, strict=True))


def inside(places: Places, first: int, last: int) -> list[TargetSpan] | None:
    """One keyword of every group within tokens [first, last); None where a group has none there."""
    found = [next((p for p in group if first <= p.first and p.last <= last), None) for group in places]
    return [p for p in found if p] if found and all(found) else None
