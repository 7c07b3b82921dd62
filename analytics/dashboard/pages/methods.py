"""Page: where the data come from, what each measure means and rests on, and how to cite a run."""

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.compare.thresholds import thresholds
from analytics.dashboard.parts import elements
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import View, current
from analytics.measures import MEASURES, Measure
from analytics.measures.accuracy import stated
from analytics.results.codebook import codebook
from analytics.vocabulary import BOILERPLATE_KINDS

SHOWN_REJECTED = 1000


def main() -> None:
    view = current()
    lead = "What these results were made from, how each number is computed, and its limits."
    elements.heading(view, "Data & methods", lead)
    _run(view)
    _rejected(view)
    _boilerplate(view)
    _measures()
    _intervals()
    _columns()
    _licences()
    _citation(view)


def _run(view: View) -> None:
    st.header("This run", anchor=False)
    st.text(f"Results folder: {view.store.folder}")
    rows = list(_entries(view.store.manifest))
    st.dataframe(pd.DataFrame(rows, columns=["entry", "value"]), hide_index=True, key="manifest_table")
    st.download_button(
        "Download the manifest (JSON)",
        lambda: json.dumps(view.store.manifest, indent=2, ensure_ascii=False).encode(),
        "manifest.json",
        "application/json",
        on_click="ignore",
    )


def _entries(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """A nested value as lines: ("versions.spacy", "3.8.18")."""
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = {str(i): part for i, part in enumerate(value, start=1)}.items()
    else:
        yield name, "" if value is None else str(value)
        return
    for key, part in parts:
        yield from _entries(part, f"{name}.{key}" if name else str(key))


def _rejected(view: View) -> None:
    st.header("Rejected records", anchor=False)
    total = int(view.query("SELECT count(*) AS n FROM rejected")["n"][0])
    if not total:
        st.write("Every input record became an article.")
        return
    st.write(f"{elements.plural(total, 'input record')} did not become articles. None was dropped silently:")
    sql = "SELECT reason, count(*) AS records FROM rejected GROUP BY reason ORDER BY records DESC, reason"
    elements.table(view.query(sql), name="rejected-reasons")
    rows = view.query(f"SELECT * FROM rejected ORDER BY source_file, source_row LIMIT {SHOWN_REJECTED}")
    if total > SHOWN_REJECTED:
        st.caption(f"The first {SHOWN_REJECTED:,} of {total:,}; all with: tellings export DIR rejected")
    elements.table(rows, name="rejected")


def _boilerplate(view: View) -> None:
    st.header("Boilerplate", anchor=False)
    settings = view.store.manifest.get("settings", {})
    if settings.get("keep_boilerplate"):
        st.write("This run read boilerplate (datelines, captions, credits, newsletter lines) as if it were news.")
        return
    sql = "SELECT count(*) AS articles, coalesce(sum(n_words_boilerplate), 0) AS words FROM articles"
    [found] = view.query(f"{sql} WHERE n_words_boilerplate > 0").to_dict("records")
    if not found["articles"]:
        st.write("No words were left out of the measures as boilerplate.")
        return
    st.write(
        f"{elements.plural(int(found['words']), 'word')} in {elements.plural(int(found['articles']), 'article')} were "
        "left out of every measure. They stay in the texts; the reader of an article shows them in grey."
    )
    st.caption("To measure them, too: tellings score … --keep-boilerplate")
    kinds = view.query(
        "SELECT boilerplate AS kind, count(*) AS stretches, count(DISTINCT article_id) AS articles FROM sentences "
        "WHERE boilerplate IS NOT NULL GROUP BY kind ORDER BY stretches DESC, kind"
    )
    elements.table(kinds.assign(meaning=kinds["kind"].map(BOILERPLATE_KINDS)), name="boilerplate")


def _measures() -> None:
    st.header("Measures", anchor=False)
    st.write(
        "Tellings gives no single bias score. Each measure answers one question; "
        "each rests on words that you can open and read."
    )
    for measure in MEASURES:
        with st.expander(", ".join(score.label for score in measure.scores)):
            _measure(measure)


def _measure(measure: Measure) -> None:
    for score in measure.scores:
        st.markdown(f"**{markdown(score.label)}** ({score.status})")
        low, high = score.range
        bounds = f"{low:g} to {'no limit' if high is None else f'{high:g}'}".replace("-", "−")
        st.write(
            f"{markdown(score.question)} Unit: {markdown(score.unit)}; range: {bounds}. "
            f"Higher means {markdown(score.higher_means.rstrip('.'))}."
        )
    gold = f"{measure.gold_set}, below" if measure.gold_set else "none yet: its accuracy is not measured"
    for name, text in (
        ("Method", measure.method),
        ("Source", measure.source),
        ("Known limits", measure.limits),
        ("Accuracy stated on", gold),
    ):
        st.markdown(f"*{name}.* {markdown(text)}")
    if measure.gold_set:
        figures = stated(measure.gold_set).drop(columns="gold_set")
        rounded = {name: st.column_config.NumberColumn(format="%.2f") for name in ("value", "low", "high")}
        elements.table(figures.rename(columns={"split": "part"}), name=f"accuracy-{measure.name}", columns=rounded)
        st.caption(
            "Low to high is a 95 % interval over the n items of the gold set. Unless it says cross-validated, a part "
            "is one for development, on which word lists were revised and thresholds set: expect less elsewhere."
        )


def _intervals() -> None:
    st.header("Intervals and tests", anchor=False)
    set_to = thresholds()
    st.markdown(
        f"""
- **A rate** of an outlet is the sum of what was counted divided by the sum of what it is counted over, so a
  long article weighs more than a short one.
- **The interval** ({set_to.level:.0%}) comes from drawing the outlet's articles again and again with replacement
  (bootstrap, at least {set_to.resamples:,} draws). The article is the unit, because sentences of one article are
  not independent. Small groups get wider intervals (Hesterberg 2015).
- **Too few articles**: below {set_to.min_articles} articles there is no number and no mark in a
  chart, only these words.
- **Differences** compare an outlet with all others together. The effect size is Cliff's delta, from −1 to 1: how
  much likelier an article of this outlet scores higher than one of the others than lower. The p value comes from a
  permutation test and is adjusted for the number of outlets compared (Holm).
- **Unknown is not zero**: an article that does not mention an actor has no value for that actor.
- **Limit**: articles are taken as independent; copies of one agency report make intervals too narrow.
"""
    )


def _columns() -> None:
    st.header("Columns of the tables", anchor=False)
    st.write("Every export uses these names.")
    with st.expander("Codebook"):
        elements.table(pd.DataFrame(codebook()), name="codebook")


def _licences() -> None:
    st.header("Licences", anchor=False)
    st.write("Tellings is MIT-licensed. It runs on these parts; their licences are as their packages state them.")
    with st.expander("Parts"):
        elements.table(_parts(), name="licences")


@st.cache_data(show_spinner=False)
def _parts() -> pd.DataFrame:
    try:
        needed = requires("tellings") or []
    except PackageNotFoundError:
        needed = []
    names = sorted({_distribution(line) for line in needed if "extra ==" not in line}, key=str.lower)
    return pd.DataFrame(
        [(name, version(name), _licence(name)) for name in names], columns=["part", "version", "licence"]
    )


def _distribution(requirement: str) -> str:
    name = requirement
    for mark in "[<>=!~; (":
        name = name.split(mark)[0]
    return name


def _licence(name: str) -> str:
    about = metadata(name)
    classified = [
        line.rsplit(" :: ", 1)[1] for line in about.get_all("Classifier", []) if line.startswith("License ::")
    ]
    stated = [*about.get_all("License-Expression", []), ", ".join(classified), *about.get_all("License", [])]
    return next((text for text in stated if text), "not stated").splitlines()[0][:80]


def _citation(view: View) -> None:
    st.header("How to cite", anchor=False)
    st.write("Name the version and the run, so that others can repeat it. The manifest holds the rest.")
    manifest = view.store.manifest
    day = str(manifest.get("ended") or manifest.get("started") or "no date")[:10]
    n = elements.plural(view.store.count("articles"), "article")
    citation = f"Tellings {manifest.get('tellings', '(unknown version)')} (computer software). Run of {day} on {n}"
    st.code(f"{citation}{_inputs(manifest.get('inputs'))}.", language=None, wrap_lines=True)


def _inputs(inputs: object) -> str:
    """The input files with the beginning of their hashes."""
    if not isinstance(inputs, list):
        return ""
    named = [f"{Path(str(entry.get('file'))).name} sha256 {str(entry['sha256'])[:12]}" for entry in inputs[:5]]
    more = f" and {len(inputs) - 5} more" if len(inputs) > 5 else ""
    return f" ({'; '.join(named)}{more})"


main()
