"""Where articles are given: files dropped, texts pasted, addresses to fetch."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import streamlit as st

from ...article import Article
from ...errors import TellingsError
from ...fetch import require_web
from ...ingest.dates import read_date
from ...stories.tellings import telling_of
from .. import session
from ..adding.background import Run, State
from ..adding.limits import LARGEST_FILE_MB, MOST_ADDRESSES, MOST_PASTED_CHARACTERS
from ..adding.preparing import record_of, with_headline
from ..adding.uploads import keep
from . import add_state, elements
from .escape import markdown

WAYS = ("Files", "Pasted texts", "Web addresses")
_BETWEEN = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


def show() -> None:
    """Draw the three ways of giving articles."""
    way = st.segmented_control(
        "How", WAYS, default=WAYS[0], required=True, key="add_way", label_visibility="collapsed", width="stretch"
    )
    {WAYS[0]: _files, WAYS[1]: _paste, WAYS[2]: _web}[way]()


def _files() -> None:
    state = add_state.adding()
    dropped = st.file_uploader(
        "Drop your files here, as many as you like",
        accept_multiple_files=True,
        key=f"add_files_{state.n_drops}",
        max_upload_size=LARGEST_FILE_MB,
    )
    st.caption(
        "Tables (CSV, Excel, ODS, Parquet), documents (Word, ODT, RTF, PDF), web pages, "
        "JSON, plain texts, exports of LexisNexis, Factiva and ProQuest, and ZIP files of these. What cannot be "
        "read is named below, with the reason."
    )
    for refusal in st.session_state.pop("add_refused", ()):
        st.error(markdown(refusal))
    if not dropped:
        return
    refused = []
    for file in dropped:
        try:
            keep(add_state.home(), file.name, file.getvalue())
        except TellingsError as error:
            refused.append(str(error))
    st.session_state["add_refused"] = refused
    state.n_drops += 1  # the field begins anew, and lets go of what it holds
    st.rerun()


def _paste() -> None:
    state = add_state.adding()
    n = state.n_pastes
    text: str = st.text_area("Text", height=260, key=f"add_text_{n}", placeholder="Paste the text of an article")
    st.caption(
        "For several at once put a line with --- between them. Lines such as “Title: …”, “Outlet: …” and “Date: …” at "
        "the beginning of a text are read as what they say."
    )
    left, middle, right = st.columns([2, 2, 1])
    title: str = left.text_input("Title", key=f"add_title_{n}", placeholder="The headline")
    outlet: str = middle.text_input("Outlet", key="add_outlet", placeholder="Who published it")
    day: str = right.text_input("Date", key=f"add_date_{n}", placeholder="2031-01-06")
    first_line = st.toggle("The first line of each text is its headline", key="add_first_line")
    if st.button("Add this text", icon=":material/add:"):
        try:
            found = pasted(text, title=title, outlet=outlet, day=day, first_line=first_line)
        except TellingsError as error:
            st.error(markdown(error))
            return
        state.pasted += [record_of(article) for article in found]
        add_state.write_pasted(state.pasted)
        state.n_pastes += 1
        st.toast(f"{elements.plural(len(found), 'text')} added")
        st.rerun()
    if state.pasted:
        _list_pasted()


def _list_pasted() -> None:
    """What was pasted so far, each with a way to take it out again."""
    state = add_state.adding()
    with st.expander(f"{elements.plural(len(state.pasted), 'text')} pasted so far"):
        for n, record in enumerate(state.pasted):
            left, right = st.columns([6, 1], vertical_alignment="center")
            left.write(markdown(record["title"] or record["text"][:80]))
            right.button("Remove", key=f"add_unpaste_{n}", on_click=_unpaste, args=(n,), type="tertiary")


def _unpaste(number: int) -> None:
    state = add_state.adding()
    del state.pasted[number]
    add_state.write_pasted(state.pasted)


def pasted(text: str, *, title: str = "", outlet: str = "", day: str = "", first_line: bool = False) -> list[Article]:
    """The articles in a pasted text. What a text says of itself counts before the fields beside it.

    Raises TellingsError for an empty or far too long text and for a date that cannot be read.
    """
    if len(text) > MOST_PASTED_CHARACTERS:
        raise TellingsError(f"That is too long to paste (at most {MOST_PASTED_CHARACTERS:,} characters); use a file.")
    read = read_date(day) if day.strip() else None
    if read is not None and read.published is None:
        raise TellingsError(f"The date {day.strip()} is {read.doubt}; write it as 2031-01-06.")
    parts = [part.strip() for part in _BETWEEN.split(text)]
    parts = [part for part in parts if part]
    if not parts:
        raise TellingsError("There is no text yet: paste one first.")
    found = []
    for part in parts:
        article = telling_of(part)
        article = with_headline(article) if first_line else article
        found.append(
            replace(
                article,
                title=article.title or (title.strip() or None if len(parts) == 1 else None),
                outlet=article.outlet or outlet.strip() or None,
                published=article.published or (read.published if read is not None else None),
                source_file=add_state.PASTED,
            )
        )
    return found


def _web() -> None:
    state = add_state.adding()
    try:
        require_web()
    except TellingsError as error:
        st.info(markdown(error))
        return
    if state.fetching is not None:
        _fetching()
        return
    text: str = st.text_area(
        "Addresses", height=160, key="add_addresses", placeholder="https://harbourpost.example/dam\nOne address a line"
    )
    st.caption(
        f"Of articles, or of a feed (RSS, Atom) or sitemap that lists them; up to {MOST_ADDRESSES} pages. Sites are "
        "asked slowly, and only for what their rules for programs allow: count on two seconds a page. This is the one "
        "place where Tellings reaches out to the internet."
    )
    if st.button("Fetch", icon=":material/download:"):
        try:
            sources = addresses(text)
        except TellingsError as error:
            st.error(markdown(error))
            return
        _start_fetching(sources)
        st.rerun()
    if state.failures:
        with st.expander(f"Addresses without an article: {len(state.failures):,}", expanded=True):
            st.dataframe([{"Address": url, "Why": reason} for url, reason in state.failures], hide_index=True)


def _start_fetching(sources: list[str]) -> None:
    out = session.folder() / "web"
    run = Run("fetch", state_file=session.folder() / "fetch.json", sources=sources, out=str(out), limit=MOST_ADDRESSES)
    add_state.adding().fetching = run
    session.uploads().at_the_end(session.identity(), run.cancel)


def fetch_listed(file: Path) -> None:
    """Fetch the pages whose addresses a file lists, in its place, as far as they may be fetched at a time."""
    state = add_state.adding()
    try:
        require_web()
        from ...fetch.file_lists import read_list_file

        listed = list(dict.fromkeys(each.url for each in read_list_file(file).items))
        sources = addresses("\n".join(listed[:MOST_ADDRESSES]))
    except TellingsError as error:
        state.said = str(error)
        return
    if len(listed) > MOST_ADDRESSES:
        state.said = f"Of {len(listed):,} addresses the first {MOST_ADDRESSES} are fetched; the command line takes all."
    add_state.remove(file)
    _start_fetching(sources)
    st.session_state["add_way"] = WAYS[2]


def addresses(text: str) -> list[str]:
    """The web addresses of a text, one a line. Raises TellingsError for a line that is none, and for too many."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if _SCHEME.match(line):
            found.append(line)
        elif _DOMAIN.fullmatch(line):
            found.append(f"https://{line}")
        else:
            raise TellingsError(f"This is no web address: {line[:100]}")
    if not found:
        raise TellingsError("There is no address yet.")
    if len(found) > MOST_ADDRESSES:
        raise TellingsError(f"These are {len(found):,} addresses; at most {MOST_ADDRESSES} at a time.")
    return found


@st.fragment(run_every=1.0)
def _fetching() -> None:
    run = add_state.adding().fetching
    if run is None:
        return
    now = run.state()
    if now.is_over:
        _fetched(now)
        st.rerun()
    words = "Waiting until another run is done …" if now.status == "waiting" else f"Fetching: {now.done:,} pages done"
    st.progress(now.done / now.total if now.total else 0.0, words)
    st.button("Cancel", key="add_cancel_fetch", on_click=run.cancel)


def _fetched(now: State) -> None:
    state = add_state.adding()
    state.fetching = None
    failures = (now.about or {}).get("failures", [])
    state.failures = [(str(url), str(reason)) for url, reason in failures]
    if now.status == "failed":
        state.failures = [("all", now.message)]
    add_state.write_pages(session.folder() / "web" / "articles.jsonl")
