"""Page: what the articles show first: the foremost actors by outlet, the differences that hold, what is covered."""

import streamlit as st

from analytics.charts import share_chart
from analytics.dashboard.explore.actors import SPEAKING, heat
from analytics.dashboard.parts import (
    actor_counts,
    coverage,
    elements,
    evidence,
    evidence_queries,
    findings,
    rate_charts,
    score_choice,
)
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.parts.sidebar import kept_parameters
from analytics.dashboard.view import View, current, each, page
from analytics.measures.voices import ATTRIBUTED_WORDS
from analytics.vocabulary import UNKNOWN, VOICE_LABELS, VOICES

FOREMOST = 8  # actors
LEAD = (
    "How news outlets tell the same story: whose words they print, how sure they sound, how they speak of the people "
    "and countries in it. Every number opens the sentences it was counted from; there is no single score for “bias”."
)


def main() -> None:
    view = current()
    if not view.query("SELECT count(*) AS n FROM articles")["n"][0]:
        _empty(view)
        return
    shown = elements.heading(view, "Tellings", LEAD)
    _doors()
    if not shown:
        return
    outlets = _outlets(view)
    _missing(view, outlets)
    _foremost(view)
    place = st.container()  # the tests take longest: what stands below is painted before them
    _contents(view)
    _coverage(view)
    _voices(view)
    with place:
        _findings(view, outlets)


def _empty(view: View) -> None:
    """Results without any article: why, and what to do."""
    st.title("Tellings", anchor=False)
    st.write(LEAD)
    elements.nothing("These results hold no article, so there is nothing to compare yet.")
    rejected(view)
    st.page_link(page("add_articles"), label="Add articles of your own", icon=":material/add:")
    st.page_link(page("compare_texts"), label="Compare two texts that you paste", icon=":material/compare_arrows:")


def _outlets(view: View) -> list[str]:
    sql = f"SELECT DISTINCT coalesce(t.outlet, '{UNKNOWN}') AS outlet FROM articles t WHERE {{where}}"
    return sorted(view.rows(sql, "articles")["outlet"])


def _missing(view: View, outlets: list[str]) -> None:
    """What cannot be asked of these articles, and what can."""
    if outlets == [UNKNOWN]:
        elements.nothing(
            "No article here names its outlet, so outlets cannot be compared. Actors, words, dates and single articles "
            "can be read. If a column of your table holds the outlet, name it when you add the articles "
            "(--column outlet=NAME)."
        )
    elif len(outlets) == 1:
        elements.nothing(
            f"All articles in view are of one outlet, {markdown(outlets[0])}: there is none to compare it with. "
            "How it treats each actor, and how that moves over time, can be followed."
        )
    if view.dates() is None:
        elements.nothing("No article has a date, so nothing can be shown over time.")


def _doors() -> None:
    kept = kept_parameters()
    doors: tuple[tuple[str, str, str, str, dict[str, list[str]]], ...] = (
        ("explore", "Compare outlets", ":material/bar_chart:", "On one measure, with intervals and sentences.", {}),
        ("explore", "Follow an actor", ":material/timeline:", "Over time, outlet by outlet.", {"tab": ["Over time"]}),
        ("compare_texts", "Check two texts", ":material/compare_arrows:", "What changed from one to the other.", {}),
        ("add_articles", "Add my articles", ":material/add:", "Files, pasted texts, addresses.", {}),
    )
    for column, (name, label, icon, what, more) in zip(st.columns(len(doors)), doors, strict=True):
        with column.container(border=True, gap="xxsmall", height="stretch"):
            st.page_link(page(name), label=f"**{label}**", icon=icon, query_params={**kept, **more})
            st.caption(what)


def _foremost(view: View) -> None:
    """The foremost actors by outlet on the first measure that is toward actors."""
    scores = {key: s for key, s in score_choice.available(view).items() if s.per_actor and key != SPEAKING}
    actors = actor_counts.most_mentioned(view.narrowed(actors=()), FOREMOST)
    if not scores or not actors:
        return
    score = list(scores.values())[score_choice.first_shown(view, scores)]
    st.header("How the foremost actors are treated", anchor=False)
    st.caption(
        f"{score_choice.explanation(view, score)} The {len(actors)} actors that most articles mention. Click a cell to "
        "read its sentences."
    )
    everyone = view.narrowed(actors=())
    frame = rate_charts.score_rates(everyone, score, by=("outlet", "actor_id"), actors=tuple(actors))
    if frame.empty:
        elements.nothing(f"{score.label}: nothing was found in this selection.")
        return
    heat(everyone, score, frame.assign(actor=frame["actor_id"].map(actors)), actors, name="foremost")


def _findings(view: View, outlets: list[str]) -> None:
    st.header("The largest differences that hold", anchor=False)
    if len(outlets) < 2:
        elements.nothing("None: there is but one outlet in view.")
        return
    with st.spinner("Comparing the outlets …"):
        found = findings.findings(view)
    if not found.largest:
        said = f"None of {found.compared:,} comparisons" if found.compared else "None: too few articles to compare any"
        more = " holds: after adjustment for their number, each may be chance" if found.compared else ""
        elements.nothing(f"{said}{more}. Explore shows each with its interval.")
        return
    for each_ in found.largest:
        toward = f" toward {markdown(each_.actor[1])}" if each_.actor else ""
        label = each_.score.label.replace(" toward the actor", "") if each_.actor else each_.score.label
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{markdown(label)}{toward}.** {markdown(each_.sentence)}")
            actor = {"actor": [each_.actor[1]]} if each_.actor else {}
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(f"n = {each_.n:,} articles beside {each_.n_reference:,}", width="stretch")
                st.page_link(
                    page("explore"),
                    label="Explore it",
                    icon=":material/arrow_forward:",
                    query_params={**kept_parameters(), "measure": [each_.score.label], **actor},
                )
    st.caption(
        f"{found.held:,} of {found.compared:,} comparisons hold (p below 0.05, adjusted for all of them): each outlet "
        "beside the others together, on the measures whose accuracy is measured, toward the foremost actors. Shown: "
        "the largest effects."
    )


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
    st.header("What is in here", anchor=False)
    for column, (name, number) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(name, f"{number:,}")
    rejected(view)


def rejected(view: View) -> None:
    """Why input records became no articles, in a line."""
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
    facts = {"measure": score_choice.VOICE_SHARE, "unit": "share of words"}
    alt = "Share of words by voice and outlet"
    picked = elements.chart(figure, frame, name="voices", alt=alt, picks=spoken, facts=facts)
    if picked:
        outlet, voice = picked
        evidence.show(
            view,
            evidence_queries.in_voice(ATTRIBUTED_WORDS, voice),
            view.selection.but(outlets=(outlet,)),
            name="voices",
        )


main()
