"""Actors merged, renamed and left out by file or in the browser: the same tables either way."""

from pathlib import Path

import pandas as pd
import pytest

from analytics import open_store, score
from analytics.results import corrections

pytestmark = pytest.mark.model

ARTICLES = """outlet,title,text
Capstan,The dam is safe,"Marta Kessel said it was safe. She met Olin Moor in Halsmer. Moor rejected the plan."
Klaxon,The dam leaks,"Olin Moor told the Harbour Workers Union that it leaked. Marta Kessel praised Olin Moor."
"""
FILE = """
[[actor]]
name = "Dam people"
kind = "person"
members = ["Marta Kessel", "olin-moor"]
[[actor]]
name = "Harbour Workers Union"
kind = "organisation"
hide = true
"""


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    store = open_store(folder)
    chosen = {name: store.select(name) for name in ("mentions", "attributions", "stances", "scores", "actors")}
    store.close()
    # the order of rows and of aliases is not what is compared
    return {
        name: frame.drop(columns=["aliases"], errors="ignore")
        .sort_values(list(frame.columns.drop("aliases", errors="ignore")))
        .reset_index(drop=True)
        for name, frame in chosen.items()
    }


def test_file_and_browser_agree(tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text(ARTICLES, encoding="utf-8")
    (tmp_path / "actors.toml").write_text(FILE, encoding="utf-8")
    inputs = [tmp_path / "articles.csv"]
    by_file = score(inputs, tmp_path / "file", actors_file=tmp_path / "actors.toml", jobs=1)
    assert by_file.manifest["hidden"] == {"harbour-workers-union": 1}
    by_file.close()
    score(inputs, tmp_path / "browser", jobs=1).close()
    corrections.group(tmp_path / "browser", ["marta-kessel", "olin-moor"], "Dam people")
    corrections.hide(tmp_path / "browser", "harbour-workers-union")
    file, browser = tables(tmp_path / "file"), tables(tmp_path / "browser")
    assert file["actors"]["actor_id"].tolist() == ["dam-people"]
    assert len(file["mentions"]) == 7  # each name, the surname and "She"
    for name in file:
        pd.testing.assert_frame_equal(file[name], browser[name], obj=name)


def test_names_that_never_mean_an_actor(tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text(ARTICLES, encoding="utf-8")
    (tmp_path / "actors.toml").write_text('[[actor]]\nname = "Olin Moor"\nnot = ["Moor"]', encoding="utf-8")
    store = score([tmp_path / "articles.csv"], tmp_path / "out", actors_file=tmp_path / "actors.toml", jobs=1)
    mentions = store.select("mentions")
    store.close()
    assert "Moor" not in set(mentions.loc[mentions["actor_id"] == "olin-moor", "text"])
    assert set(mentions.loc[mentions["text"] == "Olin Moor", "actor_id"]) == {"olin-moor"}
