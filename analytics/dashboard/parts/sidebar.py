"""The filter that every page shares. It lives in the address, so a link reproduces it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ...results.actor_lookup import find_actors
from ...results.store import EVERYTHING, Selection
from ...vocabulary import VOICE_NAMES, VOICES
from ..view import View
from .escape import markdown

KEYS = ("outlet", "actor", "from", "to", "voice", "copies")  # in the address, and in the widgets' state
_COLLECTION = "collection"  # in the address, too: whose articles these are
LISTED_ACTORS = 500  # the most frequent; others are found by typing their name
_ONE_AT_A_TIME: Any = {"select_all": False, "filter_mode": "contains"}  # Enter takes the name that was typed


def show(view: View) -> View:
    """Draw the filter and return the view it selects."""
    unheard = in_vain(view)
    with st.sidebar:
        st.subheader("Filter", anchor=False)
        outlets = choose_outlets(view)
        for line in unheard:
            st.warning(line)
        actors = choose_actors(view)
        start, end = choose_dates(view)
        voices = choose_voices()
        selection = Selection(outlets=outlets, actors=actors, voices=voices, start=start, end=end)
        selection = selection.but(copies=choose_copies(view))
        actions()
    return replace(view, selection=selection)


def in_vain(view: View) -> list[str]:
    """What an address asks of the filter that is not there, a sentence each: the menus would drop it without a word.

    To be asked before the filter is drawn. Unknown actors are named by their menu.
    """
    outlets, voices = view.outlets(), VOICE_NAMES.values()
    asked = {key: st.query_params.get_all(key) for key in ("outlet", "voice")}
    names = [each for each in asked["outlet"] if each not in outlets]
    names += [f"voice {each}" for each in asked["voice"] if each not in voices]
    said = [
        f"The address asks for {markdown(name)}, which is not there; it is left out of the filter." for name in names
    ]
    return said + [line for key in ("from", "to") for line in _date_in_vain(view, key)]


def _date_in_vain(view: View, key: str) -> list[str]:
    asked = st.query_params.get(key)
    if not asked:
        return []
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return [f"The address asks for articles {key} {markdown(asked)}, which is no date (write 2031-01-06)."]
    bounds = view.dates()
    if bounds is None or bounds[0] <= day <= bounds[1]:
        return []
    return [
        f"The address asks for articles {key} {day}, but these articles are of {bounds[0]} to {bounds[1]}; "
        "that bound is left out of the filter."
    ]


def choose_outlets(view: View) -> tuple[str, ...]:
    """A menu of outlets; none chosen means all."""
    return tuple(
        st.multiselect(
            "Outlets", view.outlets(), key="outlet", bind="query-params", placeholder="All", **_ONE_AT_A_TIME
        )
    )


def article_link(article_id: str) -> str:
    """The address of an article's page, relative to the other pages, with the filter kept."""
    return address_of("articles", article=article_id)


def address_of(page: str, **parameters: str) -> str:
    """The address of a page, relative to the other pages, with the filter kept."""
    kept = [(key, value) for key, values in kept_parameters().items() for value in values]
    return f"{page}?{urlencode([*kept, *parameters.items()])}"


def kept_parameters() -> dict[str, list[str]]:
    """What goes along in the address from page to page: the collection and the filter."""
    return {key: st.query_params.get_all(key) for key in (_COLLECTION, *KEYS) if key in st.query_params}


def actor_labels(view: View) -> dict[str, str]:
    """Label → actor id of the most frequent actors; a name that several share carries its kind or id."""
    sql = f"SELECT actor_id, name, kind FROM actors ORDER BY n_articles DESC, name LIMIT {LISTED_ACTORS}"
    labels: dict[str, str] = {}
    for actor_id, name, kind in view.query(sql).itertuples(index=False):
        label = next(each for each in (name, f"{name} ({kind})", f"{name} ({actor_id})") if each not in labels)
        labels[label] = actor_id
    return labels


def label_of(view: View, actor_id: str) -> str:
    """The label of an actor, listed or not."""
    listed = next((label for label, listed_id in actor_labels(view).items() if listed_id == actor_id), None)
    return listed or str(view.query("SELECT name FROM actors WHERE actor_id = ?", [actor_id])["name"][0])


def choose_actors(view: View) -> tuple[str, ...]:
    """A menu of actors, which takes names that it does not list; ids of the chosen ones."""
    labels = actor_labels(view)
    chosen = st.multiselect(
        "Actors",
        list(labels),
        key="actor",
        bind="query-params",
        placeholder="All",
        accept_new_options=True,
        **_ONE_AT_A_TIME,
        help="People, organisations, countries and groups. Type a name that is not listed to look it up.",
    )
    ids: list[str] = []
    for label in chosen:
        found = {labels[label]: label} if label in labels else find_actors(view.store, label)
        if len(found) == 1:
            ids += found
        elif found:
            listed = ", ".join(f"{name} ({actor_id})" for actor_id, name in found.items())
            st.warning(f"{markdown(label)} may be any of these; type the id of the one you mean: {markdown(listed)}")
        else:
            st.warning(f"No actor is called {markdown(label)}; it is left out of the filter.")
    return tuple(dict.fromkeys(ids))


def choose_dates(view: View) -> tuple[date | None, date | None]:
    """First and last day, either of which may be open."""
    bounds = view.dates()
    if bounds is None:
        st.caption("No article has a date.")
        return None, None
    first, last = bounds
    options: Any = {"min_value": first, "max_value": last, "format": "YYYY-MM-DD", "bind": "query-params"}
    start = st.date_input("From", None, key="from", **options)
    end = st.date_input("To", None, key="to", **options)
    if start and end and start > end:
        st.warning("“From” is later than “To”: no article can match.")
    return start, end


def choose_voices() -> tuple[str, ...]:
    """Whose words count; none chosen means all."""
    chosen = st.pills(
        "Whose words",
        VOICES,
        default=["outlet"],
        selection_mode="multi",
        format_func=VOICE_NAMES.__getitem__,
        key="voice",
        bind="query-params",
        help="Outlet: the outlet's own words. Quoted: inside quotation marks. Reported: indirect speech "
        "(“she said that …”). None chosen means all three.",
    )
    st.caption(voice_sentence(tuple(chosen)))
    return tuple(chosen)


def choose_copies(view: View) -> bool:
    """Whether copies are among the articles; a switch only where the results have any."""
    n = view.copies(EVERYTHING)
    if not n:
        return True
    left_out = st.toggle(
        "Leave out copies",
        key="copies",
        bind="query-params",
        help="Copies are articles that repeat another one nearly word for word, such as an agency's report that "
        "several outlets print. The earliest of them stays.",
    )
    st.caption(f"{n:,} of these results' articles {'is a copy' if n == 1 else 'are copies'} of another.")
    return not left_out


def voice_sentence(voices: tuple[str, ...]) -> str:
    """What a choice of voices means for the numbers, in one sentence."""
    if voices == ("outlet",):
        return "Only the outlets’ own words count, so no outlet is blamed for what its sources say."
    if not voices or set(voices) == set(VOICES):
        return "All words count, those of sources too."
    names = {"outlet": "the outlets’ own words", "quoted": "quoted words", "reported": "indirect speech"}
    return f"Only {' and '.join(names[voice] for voice in VOICES if voice in voices)} count."


def actions() -> None:
    """Take the filter away, or take its address along."""
    left, right = st.columns(2)
    left.button("Clear", on_click=_clear, width="stretch")
    with right.popover("Link", width="stretch"):
        st.caption("This address reproduces the page and its filter.")
        st.code(address(), language=None, wrap_lines=True)


def address() -> str:
    """The address of what is on the screen."""
    parameters = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
    page = (st.context.url or "").split("?")[0]
    return f"{page}?{urlencode(parameters)}" if parameters else page


def _clear() -> None:
    st.session_state.update({"outlet": [], "actor": [], "from": None, "to": None, "voice": ["outlet"], "copies": False})
