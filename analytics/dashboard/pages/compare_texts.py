"""Page: two texts beside each other: what changed from the first to the second."""

from hashlib import blake2b

import streamlit as st

from analytics import compare_tellings
from analytics.article import Article
from analytics.dashboard.parts import elements, telling_input
from analytics.dashboard.parts.escape import markdown
from analytics.dashboard.view import View, current
from analytics.demo import SEEDS
from analytics.errors import TellingsError
from analytics.reports import side_by_side
from analytics.reports.change_groups import GROUPS, chosen, group_of
from analytics.reports.change_list import Numbered, change_frame, change_list
from analytics.reports.page import comparison_page
from analytics.results.export import to_csv_bytes
from analytics.stories.comparison import Comparison
from analytics.vocabulary import QUOTE_RELATIONS, SEVERITIES

PAIR = "compared"  # in the session's state: the two articles compared last, where they are not in the address
ADDRESS = ("first", "second")  # in the address: the ids of two articles of the results
LAYOUTS = ("Sentence beside sentence", "Each text in its own order")
TEXTS = "the-two-texts"  # the anchor of their heading
MINOR = 3
LITTLE = 0.35  # share of sentences with a counterpart


def main() -> None:
    view = current()
    elements.wide()
    st.title("Compare two texts", anchor=False)
    pair = _pair(view)
    if pair is None:
        _ask(view)
        return
    st.button("Compare other texts", on_click=_clear, icon=":material/arrow_back:")
    try:
        comparison = _compared(_key(pair), pair)
    except TellingsError as error:
        st.error(markdown(error))
        return
    _show(comparison)


def _pair(view: View) -> tuple[Article, Article] | None:
    """The two articles that the address names, or else those given last."""
    ids = [st.query_params.get(name) for name in ADDRESS]
    if not all(ids):
        pair: tuple[Article, Article] | None = st.session_state.get(PAIR)
        return pair
    found = [telling_input.article(view, str(article_id)) for article_id in ids]
    a, b = found
    if a is None or b is None:
        elements.nothing("These results hold no such article. The link may come from other results.")
        return None
    return a, b


@st.cache_resource(max_entries=20, show_spinner="Reading and comparing the two texts …")
def _compared(key: str, _pair: tuple[Article, Article]) -> Comparison:
    return compare_tellings(*_pair)


def _key(pair: tuple[Article, Article]) -> str:
    parts = [part or "" for x in pair for part in (x.outlet, x.author, str(x.published), x.content)]
    return blake2b("\x1f".join(parts).encode()).hexdigest()


def _ask(view: View) -> None:
    st.write(
        "Give two texts about the same event, such as an agency report and the article made from it. You see which "
        "quotations were altered, which doubts fell away, whose words and which credit got lost, and what was left "
        "out or added. Nothing leaves this machine."
    )
    left, right = st.columns(2, gap="large")
    given: list[telling_input.Given | None] = []
    failed = False
    sides = (
        (left, "first", "First text", "The earlier one, such as the agency's."),
        (right, "second", "Second text", "The later one, such as the outlet's."),
    )
    for column, side, label, help_ in sides:
        with column:
            try:
                given.append(telling_input.ask(view, side, label, help_))
            except TellingsError as error:
                st.error(markdown(f"{label}: {error}"))
                failed = True
    with st.container(horizontal=True):
        compare = st.button("Compare", type="primary", icon=":material/compare_arrows:")
        st.button("Try the example", on_click=_example, help="An agency report and a rewrite of it.")
    if compare and not failed:
        a, b = given
        if a is None or b is None:
            st.warning("Two texts are needed: give the first and the second.")
            return
        _remember(view, a, b)
        st.rerun()


def _remember(view: View, a: telling_input.Given, b: telling_input.Given) -> None:
    """Two articles of the results go into the address, so that a link shows them again."""
    if isinstance(a, str) and isinstance(b, str):
        st.query_params.update(dict(zip(ADDRESS, (a, b), strict=True)))
        return
    articles = [telling_input.article(view, x) if isinstance(x, str) else x for x in (a, b)]
    st.session_state[PAIR] = tuple(articles)


def _example() -> None:
    for side, path in zip(ADDRESS, sorted(SEEDS.glob("*.txt")), strict=True):
        st.session_state[f"{side}_way"] = telling_input.WAYS[0]
        st.session_state[f"{side}_text"] = path.read_text(encoding="utf-8")


def _clear() -> None:
    st.session_state.pop(PAIR, None)
    for name in ADDRESS:
        st.query_params.pop(name, None)


def _show(comparison: Comparison) -> None:
    st.html(side_by_side.CSS)
    _summary(comparison)
    if not comparison.changes:
        elements.nothing("No differences were found: what the one text says, the other says in the same words.")
    groups, weights = _filters(comparison)
    shown = chosen(comparison.changes, groups, weights)
    _changes(comparison, shown)
    st.header("The two texts", anchor=TEXTS)
    st.caption("Marked words carry the number of the change; it leads to its entry in the list, and from there back.")
    layout = st.segmented_control("Layout", LAYOUTS, default=LAYOUTS[0], required=True, key="layout")
    draw = side_by_side.rows if layout == LAYOUTS[0] else side_by_side.columns
    present = {group_of(change.kind).name for _, change in shown}
    st.html(side_by_side.block(side_by_side.legend(present) + draw(comparison, shown)))


def _summary(comparison: Comparison) -> None:
    counted = {weight: sum(c.severity == weight for c in comparison.changes) for weight in SEVERITIES}
    parts = [f"**{n}** {SEVERITIES[weight]}" for weight, n in counted.items() if n]
    noun = "difference" if len(comparison.changes) == 1 else "differences"
    facts = [f"{' · '.join(parts)} {noun} from the first text to the second."] if parts else []
    if None not in comparison.shared.values():
        a, b = comparison.shared["a"], comparison.shared["b"]
        facts.append(f"{a:.0%} of the first text’s sentences and {b:.0%} of the second’s have a counterpart.")
        if max(a or 0, b or 0) < LITTLE:
            facts.append(
                "They share little: these may be two reports of their own, not one text and what became of it."
            )
    relations = [pair.relation for pair in comparison.quotes]
    if relations:
        tally = [f"{relations.count(r)} {words}" for r, words in QUOTE_RELATIONS.items() if r in relations]
        facts.append(f"{elements.plural(len(relations), 'quotation')}: {'; '.join(tally)}.")
    st.write("  \n".join([*facts, f"[Go to the two texts](#{TEXTS})"]))


def _filters(comparison: Comparison) -> tuple[list[str], list[int]]:
    counts = {group.name: sum(group_of(c.kind) is group for c in comparison.changes) for group in GROUPS}
    labels = {group.name: f"{group.label} {counts[group.name]}" for group in GROUPS if counts[group.name]}
    if not labels:
        return [], []
    weights = [w for w in SEVERITIES if any(c.severity == w for c in comparison.changes)]
    groups = st.pills(
        "Kinds of change", list(labels), default=list(labels), selection_mode="multi", format_func=labels.__getitem__
    )
    shown = st.pills(
        "Weight",
        weights,
        default=[w for w in weights if w != MINOR] or weights,
        selection_mode="multi",
        format_func=lambda w: f"{SEVERITIES[w].capitalize()} {sum(c.severity == w for c in comparison.changes)}",
    )
    return groups, shown


def _changes(comparison: Comparison, shown: list[Numbered]) -> None:
    st.header("What changed", anchor=False)
    for weight, label in SEVERITIES.items():
        of_weight = [(number, change) for number, change in shown if change.severity == weight]
        if of_weight:
            st.subheader(label.capitalize(), anchor=False)
            st.html(side_by_side.block(change_list(comparison, of_weight)))
    hidden = len(comparison.changes) - len(shown)
    if hidden:
        st.caption(f"{elements.plural(hidden, 'difference')} not shown by the choice of kinds and weights above.")
    frame = change_frame(comparison)
    with st.container(horizontal=True):
        elements.download(f"Download all {len(frame)} differences (CSV)", lambda: to_csv_bytes(frame), "differences")
        st.download_button(
            "Download as one web page (HTML)",
            lambda: comparison_page(comparison).encode(),
            "comparison.html",
            "text/html",
            on_click="ignore",
            help="Everything in one file, to send to a colleague.",
        )


main()
