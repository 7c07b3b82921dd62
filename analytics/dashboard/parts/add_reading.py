"""How what was given is read: columns, dates, outlets, the first ten articles, and what is left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from ...compare.thresholds import thresholds
from ...errors import InputError
from ...ingest import SourceReport
from ...ingest.columns import ADDRESSES_ONLY
from ...ingest.dates import DateOrder
from ..adding.limits import MOST_ARTICLES
from ..adding.preparing import Choice, Prepared, Says
from . import add_documents, add_giving, add_state, elements
from .escape import markdown

FIELDS = {
    "text": "Text",
    "title": "Title",
    "outlet": "Outlet",
    "published": "Date",
    "author": "Author",
    "url": "Web address",
}
SHOWN = 10
_NONE = "(none)"
_ORDERS: dict[str, DateOrder | None] = {
    "Leave them without a date": None,
    "Day first: 03/04 is 3 April": "dmy",
    "Month first: 03/04 is March 4": "mdy",
}
_SHORTENED = 160
_MOST_LISTED = 200
_OWN_BOX = 6  # of so many files, each that gives no article says why; of more, a list below does


def show(known: set[Says]) -> Prepared | None:
    """Draw how the files are read, and return what would be measured; None where nothing was given."""
    given = add_state.files()
    if not given:
        return None
    st.header("How they are read", anchor=False)
    reports = {file: _report(file) for file in given}
    tables = [file for file in given if _is_table(reports[file])]
    documents = [file for file in given if file not in tables and add_documents.counts(reports[file])[0]]
    for file in given:
        if file in tables or (file not in documents and len(given) <= _OWN_BOX):
            _file(file, reports[file])
    if documents:
        add_documents.show(documents, reports)
    foreign = bool(st.session_state.get("add_foreign", False))
    with st.spinner("Reading …"):
        prepared = add_state.adding().read(known, foreign=foreign)
    _summary(prepared)
    return prepared


def _report(file: Path) -> list[SourceReport]:
    try:
        return add_state.adding().report(file)
    except InputError:  # a column that was chosen is not in the file any more
        add_state.adding().choices.pop(file.name, None)
        return add_state.adding().report(file)


def _is_table(reports: list[SourceReport]) -> bool:
    return any(_columns(report) for report in reports)


def _columns(report: SourceReport) -> list[str]:
    """The columns of a table, those that are used first."""
    found = [*report.columns.values(), *(name for names in report.alternatives.values() for name in names)]
    return list(dict.fromkeys([*found, *report.unused]))


def _file(file: Path, reports: list[SourceReport]) -> None:
    """One file: what it holds, its columns, its outlet, its dates, and a way to take it out."""
    state = add_state.adding()
    n_articles, n_rejected = add_documents.counts(reports)
    with st.container(border=True):
        left, right = st.columns([6, 1], vertical_alignment="center")
        name = file.stem.capitalize() if _is_ours(file) else file.name
        left.write(f"**{markdown(name)}** · {_told(n_articles, n_rejected)}")
        right.button("Remove", key=f"add_remove_{file.name}", on_click=add_state.remove, args=(file,), type="tertiary")
        for note in dict.fromkeys(note for report in reports for note in report.notes):
            st.caption(markdown(note))
        if not n_articles:
            st.warning(_why(reports))
            if any(ADDRESSES_ONLY in record.reason for report in reports for record in report.rejected):
                st.button(
                    "Fetch their texts from the web",
                    key=f"add_fetch_{file.name}",
                    icon=":material/download:",
                    on_click=add_giving.fetch_listed,
                    args=(file,),
                )
        choice = state.choice(file)
        if _is_table(reports) and not _is_ours(file):
            choice = replace(choice, columns=_mapping(file, reports))
        if n_articles and any((report.share_outlet or 0) < 1 for report in reports if report.n_records):
            choice = replace(choice, outlet=_outlet(file, choice))
        if any(doubt.startswith("ambiguous") for report in reports for doubt in report.doubtful_dates):
            choice = replace(choice, order=_order(file, reports))
        if choice != state.choice(file):
            state.choices[file.name] = choice
            st.rerun()


def _is_ours(file: Path) -> bool:
    """Whether a file is one that this page wrote, of what was pasted or fetched."""
    return file.name in (add_state.PASTED, add_state.WEB)


def _told(n_articles: int, n_rejected: int) -> str:
    left_out = f", {elements.plural(n_rejected, 'record')} left out" if n_rejected else ""
    return f"{elements.plural(n_articles, 'article')}{left_out}"


def _why(reports: list[SourceReport]) -> str:
    reason = next((record.reason for report in reports for record in report.rejected), "holds no records")
    subject = "it " if reason.startswith(("is ", "holds ", "has ", "cannot ")) else ""
    return f"Nothing in it can be measured: {subject}{markdown(reason)}"


def _mapping(file: Path, reports: list[SourceReport]) -> dict[str, str]:
    """Menus for the columns; open where the table leaves anything unsure. Only what a user changes is returned."""
    columns = list(dict.fromkeys(name for report in reports for name in _columns(report)))
    found = {field: name for report in reversed(reports) for field, name in report.columns.items()}
    told = dict(add_state.adding().choice(file).columns)
    unsure = [FIELDS[field] for field in ("text", "outlet", "published") if field not in found]
    guessed = [FIELDS[field] for report in reports for field in report.by_content if field in FIELDS]
    label = "Columns" + (
        f" · please look at: {', '.join(dict.fromkeys([*unsure, *guessed]))}" if unsure or guessed else ""
    )
    with st.expander(label, expanded="text" not in found or bool(guessed)):
        for column, (field, name) in zip(st.columns(len(FIELDS)), FIELDS.items(), strict=True):
            before = told.get(field) or found.get(field)
            options = [_NONE, *columns] if before is None or before in columns else [_NONE, before, *columns]
            picked = column.selectbox(
                name,
                options,
                index=options.index(before) if before else 0,
                key=f"add_column_{file.name}_{field}",
                format_func=lambda each: each[:60],
            )
            if picked not in (_NONE, before):
                told[field] = picked
    return told


def _outlet(file: Path, choice: Choice) -> str | None:
    given: str = st.text_input(
        "Outlet of the articles that name none",
        value=choice.outlet or "",
        key=f"add_outlet_{file.name}",
        placeholder="Such as Harbour Post",
    )
    return " ".join(given.split()) or None


def _order(file: Path, reports: list[SourceReport]) -> DateOrder | None:
    example = next(d.partition(": ")[2] for r in reports for d in r.doubtful_dates if d.startswith("ambiguous"))
    words = st.radio(
        f"Dates such as {markdown(example)} can be read in two ways, and no other date of this file says which",
        list(_ORDERS),
        key=f"add_order_{file.name}",
    )
    return _ORDERS[words]


def _summary(prepared: Prepared) -> None:
    articles = prepared.articles
    outlets = Counter(article.outlet for article in articles)
    dated = sum(article.published is not None for article in articles)
    left_out = len(prepared.rejected) + prepared.n_repeated + prepared.n_foreign + prepared.n_over
    numbers = {
        "Articles": len(articles),
        "Outlets": len(outlets.keys() - {None}),
        "With a date": dated,
        "Left out": left_out,
    }
    for column, (name, number) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(name, f"{number:,}")
    for line in _remarks(prepared, outlets, dated):
        st.caption(line)
    if prepared.n_foreign or st.session_state.get("add_foreign"):
        st.toggle(
            "Measure articles in other languages, too, although the measures are made for English", key="add_foreign"
        )
    if articles:
        st.dataframe(_table(prepared), hide_index=True, key="add_preview")
        if len(articles) > SHOWN:
            st.caption(f"The first {SHOWN} of {len(articles):,} articles, as they are read.")
    if prepared.rejected:
        with st.expander(f"{elements.plural(len(prepared.rejected), 'record')} that cannot be read, and why"):
            rows = [
                {"File": each.source_file, "Row": each.source_row, "Why": each.reason, "Begins": each.preview}
                for each in prepared.rejected[:_MOST_LISTED]
            ]
            st.dataframe(rows, hide_index=True, key="add_rejected")


def _table(prepared: Prepared) -> pd.DataFrame:
    rows = [
        {
            "Outlet": elements.outlet_name(article.outlet),
            "Date": elements.day_of(article.published),
            "Title": elements.title_of(article.title),
            "Text": " ".join(article.text[:_SHORTENED].split()),
            "Words": len(article.text.split()),
        }
        for article in prepared.articles[:SHOWN]
    ]
    return pd.DataFrame(rows)


def _remarks(prepared: Prepared, outlets: Counter[str | None], dated: int) -> list[str]:
    """What to know before measuring, in plain words."""
    n, lines = len(prepared.articles), []
    fewest = thresholds().min_articles
    if n and dated < n:
        lines.append(f"{elements.plural(n - dated, 'article')} without a date: measured, but in no chart over time.")
    if outlets[None]:
        lines.append(
            f"{elements.plural(outlets[None], 'article')} without an outlet: write it above to compare outlets."
        )
    few = [f"{markdown(name)} has {count}" for name, count in outlets.items() if name and count < fewest]
    if few:
        more = f" and {len(few) - 3} more" if len(few) > 3 else ""
        lines.append(f"A number for an outlet needs at least {fewest} articles of it; {', '.join(few[:3])}{more}.")
    if prepared.n_repeated:
        lines.append(
            f"{elements.plural(prepared.n_repeated, 'article')} left out: the same words of the same outlet again."
        )
    if prepared.n_foreign:
        lines.append(f"{elements.plural(prepared.n_foreign, 'article')} left out: in another language than English.")
    if prepared.n_over:
        lines.append(
            f"{elements.plural(prepared.n_over, 'article')} left out: a collection holds at most {MOST_ARTICLES:,}. "
            "The command line has no such limit."
        )
    flags = Counter(flag for article in prepared.articles for flag in article.flags)
    lines += [f"{elements.plural(count, 'article')}: {markdown(flag)}." for flag, count in flags.most_common(5)]
    return lines
