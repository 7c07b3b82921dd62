"""Page: one question, seen from every side: outlets, time, actors, words, table, sentences."""

import streamlit as st

from analytics.dashboard.explore import actors, controls, outlets, over_time, sentences, table, words
from analytics.dashboard.parts import elements, score_choice, sidebar, titles
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import current, keep

SHOW = (outlets.show, over_time.show, actors.show, words.show, table.show, sentences.show)  # by controls.TABS


def main() -> None:
    elements.wide()
    with st.sidebar:
        sidebar.actions()
    st.title("Explore", anchor=False)
    question = controls.ask(current())
    if question is None:
        return
    keep(question.view)
    score = question.score
    st.caption(score_choice.explanation(question.view, score))
    if limits := score_choice.limits_of(score):
        with st.expander("What this number cannot show"):
            st.write(markdown(limits))
    if not elements.in_view(question.view):
        return
    tabs = st.tabs(controls.TABS, key="tab", on_change="rerun", bind="query-params")
    for tab, name, show in zip(tabs, controls.TABS, SHOW, strict=True):
        if tab.open:
            titles.show(question.title(), name)
            with tab:
                show(question)


main()
