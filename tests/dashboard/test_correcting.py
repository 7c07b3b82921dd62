"""Correcting an actor on its page takes effect at once and can be undone there."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.results.corrections import FILE, read_log
from analytics.results.store import open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(store_folder, tmp_path / "results"))
    monkeypatch.setenv("TELLINGS_STORE", str(copy))
    return copy


def actor_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
    app.switch_page("analytics/dashboard/pages/explore.py")
    app.query_params["tab"] = "Actors"
    return app.run()


def click(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_renaming_and_undoing(folder: Path) -> None:
    app = actor_page()
    before = [header.value for header in app.header]
    next(i for i in app.text_input if i.label == "Another name for it").set_value("The Renamed One")
    app = click(app, "Rename")
    assert any("The Renamed One" in header.value for header in app.header)
    app = click(app, "Undo")
    assert [header.value for header in app.header] == before
    assert len((folder / FILE).read_text().splitlines()) == 2


def test_merging_takes_the_actor_out_of_the_menu(folder: Path) -> None:
    first, second = open_store(folder).select("actors", order_by="n_mentions DESC")["actor_id"].head(2)
    app = actor_page()
    menu = next(s for s in app.selectbox if "same as" in s.label)
    menu.set_value(second)
    app = click(app, "Merge")
    assert [(c.action, c.actor_id, c.into) for c in read_log(folder).corrections] == [("merge", first, second)]
    assert open_store(folder).scalar("SELECT count(*) FROM actors WHERE actor_id = ?", [first]) == 0


def test_leaving_out_what_is_no_actor(folder: Path) -> None:
    n = open_store(folder).count("actors")
    click(actor_page(), "Leave it out: this is no actor")
    assert open_store(folder).count("actors") == n - 1
