"""The question as a sentence whose words are the controls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import streamlit as st

from ...compare import PERIODS
from ...measures import Score
from ...results.store import Selection
from ...vocabulary import VOICE_NAMES
from ..parts import actor_counts, elements, score_choice, sidebar
from ..parts.escape import markdown
from ..view import View
from .question import STORIES, Question, dates_in_words, listed, tells_enough, voices_in_words

CSS = """<style>
.st-key-question p { font-size: 1.2rem; line-height: 1.9; }
.st-key-question [data-testid="stPopover"] button {
    padding: 0 0.15rem; min-height: 0; border: 0; border-bottom: 2px dotted currentColor; border-radius: 0;
}
</style>"""
TABS = ["Outlets", "Over time", "Actors", "Words", "Table", "Sentences"]
KNOWN = {  # words of the address
    *("collection", *sidebar.KEYS, "measure", "stories", "tab", "zoom", "panels", "reference", "toward"),
    *("period", "together", "smooth", "lines", "about"),
}
_REWORDED = "tellings_question_reworded"
_UNHEARD = "tellings_question_unheard"
MOST_ACTORS = 5  # side by side: more are not told apart


def ask(view: View) -> Question | None:
    """Draw the sentence and return the question it asks; None, and why, where nothing can be asked."""
    choices = score_choice.available(view)
    if not choices:
        elements.nothing("These results hold no scores: none of their articles has a number.")
        return None
    unheard = [*st.session_state.pop(_UNHEARD, ()), *sidebar.in_vain(view), *in_vain(choices)]
    words = _words(view, choices)
    st.html(CSS)
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key="question"):
        _said("How do")
        with _word(words["outlets"], "outlets"):
            outlets = sidebar.choose_outlets(view)
        _said("compare on")
        with _word(words["measure"], "measure"):
            score = _measure(view, choices)
        _said("toward" if score.per_actor else "in articles about")
        default = _foremost(view) if score.per_actor else {}
        with _word(words["actors"], "actors"):
            ids = sidebar.choose_actors(view)
            if not ids and default:
                st.caption(f"None chosen: {markdown(next(iter(default.values())))}, whom most articles mention.")
        _said("in")
        with _word(words["voices"], "voices"):
            voices = sidebar.choose_voices()
        _said("over")
        with _word(words["dates"], "dates"):
            start, end = sidebar.choose_dates(view)
        _said("counting")
        selection = Selection(outlets=outlets, voices=voices, start=start, end=end)
        with _word(words["stories"], "stories"):
            stories = st.container()
        _said("?")
    for line in unheard:
        st.warning(line)
    if len(ids) > MOST_ACTORS:
        st.warning(f"Only the first {MOST_ACTORS} of {len(ids)} actors are shown: more are not told apart.")
        ids = ids[:MOST_ACTORS]
    actors = {actor: sidebar.label_of(view, actor) for actor in ids} or default
    if score.per_actor and not actors:
        elements.nothing("These results name no actor, so there is no sentiment toward anyone.")
        return None
    selection = selection.but(actors=() if score.per_actor else tuple(actors))
    with stories:
        asked = replace(view, selection=selection)
        selection = _stories(asked, score, tuple(actors) if score.per_actor else ())
    _reword(words, _words(view, choices), unheard)
    return Question(view=replace(view, selection=selection), score=score, actors=actors)


def in_vain(choices: Mapping[str, Score]) -> list[str]:
    """What an address asks of this page that is not there, a sentence each; to be asked before controls are drawn."""
    offered = {
        "measure": [score.label for score in choices.values()],
        "tab": TABS,
        "stories": [name.capitalize() for name in STORIES.values()],  # the address has labels, as they are shown
        "period": [name.capitalize() for name in ("auto", *PERIODS)],
    }
    said = []
    for key, values in offered.items():
        for asked in st.query_params.get_all(key):
            if asked not in values:
                said.append(f"The address asks for the {key} {markdown(asked)}, which is not there.")
    of_charts = ("_pick", "_order")
    unknown = [key for key in st.query_params if key not in KNOWN and not key.endswith(of_charts)]
    return said + [f"The address has a word that this page does not know: {markdown(key)}." for key in unknown]


def _reword(drawn: dict[str, str], now: dict[str, str], unheard: list[str]) -> None:
    """Draw the page again where a control, once drawn, holds another value than its word said: after Back, or after a
    stretch of a chart has set the dates."""
    if drawn != now and not st.session_state.get(_REWORDED):
        st.session_state[_REWORDED] = True
        st.session_state[_UNHEARD] = unheard  # by then the toolkit has taken it out of the address
        st.rerun()
    st.session_state[_REWORDED] = False


def _said(words: str) -> None:
    st.markdown(words, width="content")


@contextmanager
def _word(label: str, key: str) -> Iterator[None]:
    """A word of the sentence that opens its control."""
    with st.popover(markdown(label), type="tertiary", key=f"word_{key}"):
        yield


# Words stand before their controls are drawn, so they are read from what the controls hold, or from the address.


def _words(view: View, choices: dict[str, Score]) -> dict[str, str]:
    """What each word of the sentence says."""
    score = _score_now(view, choices)
    return {
        "outlets": _outlets_now(view),
        "measure": score.label,
        "actors": _actors_now(score, _foremost(view) if score.per_actor else {}),
        "voices": _voices_now(view, score),
        "dates": _dates_now(view),
        "stories": STORIES.get(next(iter(_held("stories")), ""), STORIES["all"]),
    }


def _held(key: str) -> list[str]:
    value = st.session_state.get(key, st.query_params.get_all(key))
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)] if value else []


def _outlets_now(view: View) -> str:
    there = [name for name in _held("outlet") if name in view.outlets()]
    return listed(there, none="all outlets", noun="outlets", most=3)


def _score_now(view: View, choices: dict[str, Score]) -> Score:
    by_label = {score.label: score for score in choices.values()}
    first = list(choices.values())[score_choice.first_shown(view, choices)]
    return by_label.get(next(iter(_held("measure")), ""), first)


def _actors_now(score: Score, default: dict[str, str]) -> str:
    none = next(iter(default.values()), "nobody") if score.per_actor else "anyone"
    return listed(_held("actor"), none=none, noun="actors", most=3)


def _voices_now(view: View, score: Score) -> str:
    if score_choice.whole_article(view, score):
        return "whole articles"
    names = {name: voice for voice, name in VOICE_NAMES.items()}
    if "voice" in st.session_state:
        held = tuple(_held("voice"))
    elif "voice" in st.query_params:
        held = tuple(names[each] for each in st.query_params.get_all("voice") if each in names)
    else:
        held = ("outlet",)
    return voices_in_words(held)


def _dates_now(view: View) -> str:
    if view.dates() is None:
        return "an unknown time"

    def day(key: str) -> date | None:
        held = st.session_state.get(key)
        if isinstance(held, date):
            return held
        try:
            return date.fromisoformat(st.query_params.get(key, "")) if key not in st.session_state else None
        except ValueError:
            return None

    return dates_in_words(Selection(start=day("from"), end=day("to")))


def _measure(view: View, choices: dict[str, Score]) -> Score:
    by_label = {score.label: score for score in choices.values()}
    chosen = st.selectbox(
        "Measure", list(by_label), score_choice.first_shown(view, choices), key="measure", bind="query-params"
    )
    return by_label[chosen]


def _foremost(view: View) -> dict[str, str]:
    """The actor whom most articles mention."""
    return actor_counts.most_mentioned(replace(view, selection=Selection()), 1)


def _stories(view: View, score: Score, actors: tuple[str, ...]) -> Selection:
    """All articles, or only stories that several outlets tell; and whether copies count."""
    chosen = st.segmented_control(
        "Which articles",
        list(STORIES),
        default="same" if tells_enough(view, score, actors) else "all",
        required=True,
        format_func=lambda key: STORIES[key].capitalize(),
        key="stories",
        bind="query-params",
        help="Same stories: copies left out, and only stories that at least two of the outlets tell. They come "
        "first where enough outlets share enough of them, as otherwise outlets differ by what they write about.",
    )
    copies = sidebar.choose_copies(view)
    return view.selection.but(stories=chosen, copies=copies)
