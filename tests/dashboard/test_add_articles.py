"""The page on which articles are added, run without a browser; what is measured is measured in `tests/browser`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from page_reading import said, widget
from streamlit.testing.v1 import AppTest

from analytics.dashboard import session
from analytics.dashboard.adding import collections
from analytics.dashboard.parts import add_giving, add_measuring

ROOT = Path(__file__).parents[2]
TEXT = "The council said that the dam may hold until spring."


class NoRun:
    """Stands in for a run: notes what it was asked to do."""

    asked: ClassVar[list[dict[str, object]]] = []

    def __init__(self, kind: str, **task: object) -> None:
        self.asked.append({"kind": kind, **task})

    def state(self) -> object:
        from analytics.dashboard.adding.background import State

        return State(status="working", done=1, total=2, elapsed=3.0)

    def cancel(self) -> None: ...


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The dashboard with nothing to show."""
    monkeypatch.setenv("TELLINGS_STORE", str(tmp_path / "none"))
    monkeypatch.setenv(collections.VARIABLE, str(tmp_path / "collections"))
    NoRun.asked.clear()
    monkeypatch.setattr(add_measuring, "Run", NoRun)
    yield AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    session.uploads().close()


def paste(app: AppTest, text: str, *, turn: int = 0, **fields: str) -> AppTest:
    if turn == 0:
        widget(app, "add_way").set_value("Pasted texts")
        app.run()
    widget(app, f"add_text_{turn}").set_value(text)
    for name, value in fields.items():
        widget(app, f"add_{name}" if name == "outlet" else f"add_{name}_{turn}").set_value(value)
    return button(app, "Add this text").click().run()


def button(app: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(each for each in app.button if each.label == label)


def test_without_results_the_dashboard_begins_here(app: AppTest) -> None:
    assert not app.exception
    assert app.title[0].value == "Add articles"
    assert "At a time up to 50 files of 50 MB each" in said(app)
    assert not [each for each in app.button if each.label.startswith("Measure")]


def test_pasted_texts_are_shown_as_they_will_be_read_and_then_measured(app: AppTest, tmp_path: Path) -> None:
    paste(app, TEXT, title="The <b>dam</b>", outlet="Harbour Post", date="2021-01-06")
    again = f"Title: The dam\n\n{TEXT}"
    paste(app, f"Title: The bridge\n\n{TEXT} Perhaps.\n---\n{again}", turn=1)
    assert not app.exception
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics == {"Articles": "2", "Outlets": "1", "With a date": "1", "Left out": "1"}
    table = app.dataframe[0].value
    assert table["Outlet"].tolist() == ["Harbour Post"] * 2  # it stays in its field
    assert "1 article without a date" in said(app) and "the same words of the same outlet" in said(app)
    assert "needs at least" in said(app)
    button(app, "Measure 2 articles").click().run()
    (asked,) = NoRun.asked
    assert asked["kind"] == "score" and asked["jobs"] == 1
    (made,) = (tmp_path / "collections").iterdir()
    assert asked["out"] == str(made / "results")
    assert "being measured" in said(app)
    button(app, "Cancel").click().run()
    assert list((tmp_path / "collections").iterdir()) == []  # taken back


def test_a_list_of_addresses_is_offered_to_be_fetched(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_giving, "Run", NoRun)
    (folder,) = session.uploads()._folders.values() or [session.uploads().folder("test session id")]
    rows = "".join(f"{n},Dam {n},https://harbour.example/{n}\n" for n in (1, 2, 2))
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "media cloud.csv").write_text(f"stories_id,title,url\n{rows}")
    app.run()
    assert "addresses without texts" in app.warning[0].value
    button(app, "Fetch their texts from the web").click().run()
    assert not app.exception
    (asked,) = NoRun.asked
    assert asked["kind"] == "fetch" and asked["sources"] == ["https://harbour.example/1", "https://harbour.example/2"]
    assert not list((folder / "files").iterdir())
    assert button(app, "Cancel")


def test_what_an_export_says_of_some_articles_is_not_taken_for_the_others(app: AppTest) -> None:
    article = "{}\n{}\n{}\nLength: 90 words\nBody\n\n" + TEXT + " It is number {}.\n\nEnd of Document\n\n"
    export = article.format("The dam", "The Harbour Post", "March 3, 2031 Monday", 1)
    export += article.format("The bridge", "Valley Herald", "March 5, 2031 Wednesday", 2)
    (folder,) = session.uploads()._folders.values() or [session.uploads().folder("test session id")]
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "nexis.txt").write_text(export)
    app.run()
    assert not app.exception
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics == {"Articles": "2", "Outlets": "2", "With a date": "2", "Left out": "0"}
    choice = app.session_state["tellings_adding"].choices["nexis.txt"]
    assert choice.outlet is None and choice.day is None


def test_what_cannot_be_pasted_is_said(app: AppTest) -> None:
    paste(app, TEXT, date="31/02/2021")
    assert "is unreadable" in app.error[0].value.replace("\\", "")
    assert not app.metric


def test_a_collection_that_is_not_there_is_not_opened(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLINGS_STORE", str(store_folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["collection"] = "../../etc"
    app.run()
    assert not app.exception and app.title[0].value == "Tellings"
    assert "collection" not in app.query_params
