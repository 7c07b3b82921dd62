"""Page: what is in the results, and the main measures at a glance."""

import streamlit as st

from analytics.charts import share_chart
from analytics.dashboard.parts import coverage, elements, evidence, evidence_queries, rate_charts, score_choice
from analytics.dashboard.view import View, current, each
from analytics.measures.voices import ATTRIBUTED_WORDS
from analytics.vocabulary import VOICE_LABELS, VOICES

MAIN = ("hedging", "boosting", "agentless_passive", "frame_conflict")


def main() -> None:
    view = current()
    lead = (
        "Tellings compares how news outlets tell the same story: whose words they print, how sure they sound, how they "
        "speak of the people and countries in it. Every number opens the sentences it was counted from; "
        "there is no single score for “bias”. Choose outlets, actors or dates on the left; click a mark in a chart to "
        "read the sentences behind it."
    )
    if not elements.heading(view, "Tellings", lead):
        return
    _contents(view)
    _coverage(view)
    _voices(view)
    _measures(view)


def _contents(view: View) -> None:
    n_sentences = view.count("sentences", view.selection.but(actors=()))
    actors = int(view.rows("SELECT count(DISTINCT t.actor_id) AS n FROM mentions t WHERE {where}", "mentions")["n"][0])
    undated = int(
        view.rows("SELECT count(*) AS n FROM articles t WHERE {where} AND t.published IS NULL", "articles")["n"][0]
    )
    numbers = {
        "Articles": view.count("articles"),
        "Sentences": n_sentences,
        "Actors named": actors,
        "Articles without a date": undated,
        "Records rejected": int(view.query("SELECT count(*) AS n FROM rejected")["n"][0]),
    }
    for column, (name, number) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(name, f"{number:,}")
    reasons = view.query("SELECT reason, count(*) AS n FROM rejected GROUP BY reason ORDER BY n DESC, reason LIMIT 5")
    if not reasons.empty:
        listed = "; ".join(f"{row.reason} ({row.n:,})" for row in each(reasons))
        st.text(f"Why input records were rejected: {listed}. The records are listed on Data & methods.")


def _coverage(view: View) -> None:
    st.header("What was published when", anchor=False)
    frame, period = coverage.coverage(view)
    st.caption(f"Articles per outlet and {period}. Compare outlets only over times that they all cover.")
    named = [(row.outlet, coverage.name_of(row.period, period)) for row in each(frame)]
    picked = elements.chart(
        coverage.coverage_chart(frame, period),
        frame,
        name="coverage",
        alt=f"Number of articles per outlet and {period}",
        picks={" · ".join(keys): keys for keys in named},
        pick_label="Show the articles of",
    )
    if picked:
        outlet, when = picked
        start = next(row.period for row, keys in zip(each(frame), named, strict=True) if keys == (outlet, when))
        evidence.of_period(view, outlet=outlet, start=start, period=period)


def _voices(view: View) -> None:
    view = view.narrowed(voices=())
    frame = rate_charts.share_rates(view, ("voices",), lambda: score_choice.voice_rows(view), by=("outlet", "voice"))
    if frame.empty:
        return
    st.header("Whose words", anchor=False)
    st.caption(
        "How much of the text is the outlet's own, how much stands in quotation marks, how much is indirect speech "
        "(“she said that …”). All voices are shown here, whatever the filter says."
    )
    labels = {f"{row.outlet} · {VOICE_LABELS[row.voice]}": (row.outlet, row.voice) for row in each(frame)}
    spoken = {label: keys for label, keys in labels.items() if keys[1] != VOICES[0]}
    figure = share_chart(frame).update_traces(marker_pattern_fillmode="overlay")
    picked = elements.chart(figure, frame, name="voices", alt="Share of words by voice and outlet", picks=spoken)
    if picked:
        outlet, voice = picked
        evidence.show(
            view,
            evidence_queries.in_voice(ATTRIBUTED_WORDS, voice),
            view.selection.but(outlets=(outlet,)),
            name="voices",
        )


def _measures(view: View) -> None:
    available = score_choice.available(view)
    st.header("Main measures by outlet", anchor=False)
    st.caption(
        "A dot is an outlet's rate, the line its 95 % interval (how far the rate could be off by chance), n its number "
        "of articles. Where two lines overlap widely, do not read a difference. More measures: page Outlets."
    )
    for name in MAIN:
        if name in available:
            st.subheader(available[name].label, anchor=False)
            st.caption(score_choice.explanation(view, available[name]))
            rate_charts.by_outlet(view, available[name], name=name)


main()
