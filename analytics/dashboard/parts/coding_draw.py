"""The part of the page Coding where a sample is drawn from what the filter keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from ...coding import (
    DESIGNS,
    Sample,
    codable,
    draw_more,
    draw_sample,
    items,
    open_sample,
    probabilities,
    samples,
    voice_of,
)
from ...coding.thresholds import coding_thresholds
from ...errors import TellingsError
from ...measures import Score
from ...vocabulary import UNKNOWN, VOICE_NAMES, VOICES
from ..view import View
from . import elements, score_choice
from .escape import markdown

_PROBLEM = "tellings_coding_problem"


def show(view: View) -> None:
    """Choose measure, actor, voice, design and number; see what each outlet would get; draw."""
    _more(view)
    st.header("Draw a sample", anchor=False)
    st.caption("From the articles that the filter in the sidebar keeps.")
    held = score_choice.available(view)
    scores = {name: score for name, score in codable().items() if name in held}
    if not scores:
        elements.nothing("These results hold no measure whose items can be coded one by one.")
        return
    score = score_choice.choose(view, scores, key="coding_measure")
    actor = score_choice.choose_actor(view, key="coding_actor") if score.per_actor else None
    if score.per_actor and actor is None:
        elements.nothing("These results name no actor.")
        return
    voice = "outlet"
    if voice_of(score.name, "quoted") == "quoted":
        voice = st.selectbox("Whose words", VOICES, format_func=VOICE_NAMES.__getitem__, key="coding_voice")
    left, right = st.columns(2)
    n = int(left.number_input("How many items", 1, 100_000, 60, step=10, key="coding_n"))
    design = right.selectbox("Design", list(DESIGNS), key="coding_design")
    population = items(view.store, score.name, actor=actor and actor[0], voice=voice, selection=view.selection)
    if population.empty:
        elements.nothing("There is nothing to code: no item of this measure, actor, voice and filter.")
        return
    _what_outlets_get(population, n, design, score)
    with st.expander("Name, guidelines of your own, seed"):
        name = st.text_input(
            "Name of the sample (by default, after its measure and actor)", key="coding_name", max_chars=80
        )
        own = st.text_area("Guidelines, shown beside those of the measure", key="coding_guidelines")
        seed = int(st.number_input("Seed, for the same draw again", 0, 1_000_000, 0, key="coding_seed"))
    about = partial(
        draw_sample, view.store, score.name, actor=actor and actor[0], voice=voice, selection=view.selection
    )
    draw = partial(about, n=n, design=design, seed=seed, name=name.strip() or None, guidelines=own)
    st.button("Draw", type="primary", key="coding_draw", on_click=_draw, args=(draw,))
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(markdown(problem))


def _draw(draw: Callable[[], Sample]) -> None:
    """Draw, and go to the desk; before the page runs, since only then its menus can be set."""
    try:
        sample = draw()
    except TellingsError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        st.session_state.update(sample=sample.name, room="Code")


def _what_outlets_get(population: pd.DataFrame, n: int, design: str, score: Score) -> None:
    assert score.coding is not None
    st.caption(f"{design.capitalize()}: {DESIGNS[design]}.")  # type: ignore[index]
    chance = probabilities(population, n, design=design, coding=score.coding)  # type: ignore[arg-type]
    outlet = population["outlet"].astype("string").fillna(UNKNOWN)
    expected = pd.Series(chance, index=population.index).groupby(outlet.to_numpy(object)).sum().round().astype(int)
    expected, size = expected.sort_values(ascending=False), outlet.value_counts()
    said = "; ".join(
        f"{markdown(name)} {k:,} of {int(size[name]):,}" for name, k in zip(expected.index, expected, strict=True)
    )
    st.caption(f"{elements.plural(len(population), 'item')} in this filter. Codings for each outlet, about: {said}.")
    least = coding_thresholds().min_codes
    if len(expected) > 1 and (short := int((expected < least).sum())):
        st.warning(
            f"Fewer than {least} codings for {elements.plural(short, 'outlet')}: too few for a corrected number by "
            "outlet there. Draw more, or choose fewer outlets in the sidebar."
        )


def _more(view: View) -> None:
    """Draw again for a sample that is there."""
    there = samples(view.store.folder)
    if not there:
        return
    st.header("Draw more for a sample", anchor=False)
    left, middle, right = st.columns([3, 2, 1], vertical_alignment="bottom")
    name = left.selectbox("For", there[::-1], key="more_of")
    n = int(middle.number_input("How many more", 1, 100_000, 20, step=10, key="more_n"))
    if right.button("Draw more", key="more_draw"):
        try:
            before = open_sample(view.store.folder, name)
            after = draw_more(before, n)
        except TellingsError as error:
            st.error(markdown(error))
        else:
            st.success(f"{elements.plural(len(after.queue) - len(before.queue), 'item')} more to code.")
