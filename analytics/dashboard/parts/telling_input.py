"""Where a reader gives one of two texts: pasted, uploaded, or picked from the results."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import streamlit as st

from ...article import TITLE_SEPARATOR, Article
from ...errors import InputError
from ...stories.tellings import read_telling, telling_of
from ..view import View, each
from . import elements

WAYS = ("Paste", "Upload", "From these results")
OFFERED = 200  # articles in the menu; others are found by their words
ENDINGS = ("txt", "md", "json", "jsonl", "csv")
LONGEST = 400_000  # characters: a book, for which the command line is the place

Given = Article | str  # a text, or the id of an article of the results


def ask(view: View, side: str, label: str, help_: str) -> Given | None:
    """Draw the choices for one text and return what was given; None where nothing was yet.

    Raises InputError where a text cannot be read, saying why.
    """
    st.header(label, anchor=False)
    st.caption(help_)
    st.session_state.setdefault(f"{side}_way", WAYS[0])
    way = st.segmented_control(
        "How", WAYS, required=True, key=f"{side}_way", label_visibility="collapsed", width="stretch"
    )
    if way == WAYS[1]:
        return _uploaded(side, label)
    if way == WAYS[2]:
        return _picked(view, side, label)
    st.session_state.setdefault(f"{side}_text", st.session_state.get(f"{side}_kept", ""))
    text: str = st.text_area(
        label, height=280, key=f"{side}_text", label_visibility="collapsed", placeholder="Paste the whole text"
    )
    st.session_state[f"{side}_kept"] = text  # a widget that is not drawn forgets
    return telling_of(_checked(text)) if text.strip() else None


def article(view: View, article_id: str) -> Article | None:
    """An article of the results with its text; None where there is no such article."""
    found = view.query("SELECT * FROM articles WHERE article_id = ?", [article_id])
    if found.empty:
        return None
    row = next(each(found))
    content, title = view.store.text(article_id), None if pd.isna(row.title) else str(row.title)
    head = f"{title}{TITLE_SEPARATOR}"
    if title is None or not content.startswith(head):
        title, head = None, ""
    return Article(
        article_id=article_id,
        text=content.removeprefix(head),
        title=title,
        outlet=_or_none(row.outlet),
        author=_or_none(row.author),
        published=None if pd.isna(row.published) else pd.Timestamp(row.published).to_pydatetime(),
    )


def _or_none(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


def _uploaded(side: str, label: str) -> Article | None:
    file = st.file_uploader(label, ENDINGS, key=f"{side}_file", label_visibility="collapsed", max_upload_size=5)
    if file is None:
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.getvalue())
        try:
            found = read_telling(path)
        except InputError as error:
            raise InputError(str(error).replace(str(path), file.name)) from error
    _checked(found.text)
    return found


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(
            f"a text of {len(text):,} characters is too long to compare here (at most {LONGEST:,}); "
            "compare parts of it, or use the command: tellings compare A B"
        )
    return text


def _picked(view: View, side: str, label: str) -> str | None:
    words = st.text_input(
        "Find", key=f"{side}_find", placeholder="Words of its title or text", label_visibility="collapsed"
    )
    condition, parameters = view.store.where("articles", view.selection)
    if words:
        condition += " AND (contains(lower(x.text), lower(?)) OR contains(lower(coalesce(t.outlet, '')), lower(?)))"
        parameters = [*parameters, words, words]
    sql = f"""SELECT t.article_id, t.outlet, t.published, coalesce(t.title, left(x.text, 70) || ' …') AS title
        FROM articles t JOIN texts x USING (article_id) WHERE {condition}
        ORDER BY t.published DESC NULLS LAST, t.article_id LIMIT {OFFERED}"""
    rows = view.query(sql, parameters)
    if rows.empty:
        elements.nothing("No article matches these words and the filter on the left.")
        return None
    names = {
        row.article_id: f"{row.title} · {elements.outlet_name(row.outlet)} · {elements.day_of(row.published)}"
        for row in each(rows)
    }
    if len(rows) == OFFERED:
        st.caption(f"The newest {OFFERED} are listed; type words to find others.")
    chosen: str | None = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda i: names.get(i, str(i)),
        key=f"{side}_article",
        label_visibility="collapsed",
        placeholder="Choose an article",
    )
    return chosen
