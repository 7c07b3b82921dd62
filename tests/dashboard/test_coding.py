"""The page Coding: nothing is given away before it is coded, and codes become corrected numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from page_reading import html_of, said, widget
from streamlit.testing.v1 import AppTest
from synthetic_store import OUTLETS

from analytics.coding import Desk, draw_sample, open_sample, samples
from analytics.results.store import open_store

ROOT = Path(__file__).parents[2]
MARA = "person:mara_quill"


@pytest.fixture
def folder(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(store_folder, tmp_path / "results"))
    monkeypatch.setenv("TELLINGS_STORE", str(copy))
    return copy


def page(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.switch_page("analytics/dashboard/pages/coding.py")
    app.query_params.update(address)
    app = app.run()
    assert not app.exception
    return app


def click(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def code(folder: Path, coder: str, keys: str) -> None:
    desk = Desk(open_store(folder), open_sample(folder), coder)
    for key in keys:
        place = desk.next()
        assert place is not None
        desk.answer(place.item_id, None if key == "x" else key)


def draw(folder: Path, n: int = 100) -> None:
    draw_sample(open_store(folder), "sentiment_vader", n=n, actor=MARA, name="tone")


def test_a_sample_is_drawn_from_what_the_filter_keeps(folder: Path) -> None:
    app = page(outlet=OUTLETS[0])
    assert "Codings for each outlet, about: Harbour Post" in said(app)
    widget(app, "coding_measure").set_value("Hedges").run()
    app = click(app, "Draw")
    assert samples(folder) == ["hedging"]
    sample = open_sample(folder)
    assert set(sample.frame["outlet"]) == {OUTLETS[0]} and len(sample.queue) in (59, 60, 61)
    assert [field.label for field in app.text_input] == ["Your name, as it shall stand beside your codes"]


def test_too_few_codings_for_an_outlet_are_said_before_the_draw(folder: Path) -> None:
    assert any("Fewer than 20 codings for" in warning.value for warning in page().warning)


def test_keys_code_undo_and_a_reload_goes_on(folder: Path) -> None:
    draw(folder)
    app = page(coder="ada")
    assert "0 of 100" not in said(app)
    answers = [b for b in app.button if (b.key or "").startswith(("answer_", "cannot_"))]
    assert [(b.label, b.proto.shortcut) for b in answers] == [
        ("against", "1"),
        ("neither", "2"),
        ("for", "3"),
        ("cannot tell", "x"),
    ]
    first = answers[0].key
    app = click(app, "against")
    app = click(app, "cannot tell")
    assert len(open_sample(folder).log().in_force) == 2
    app = click(app, "undo the last")
    assert open_sample(folder).log().in_force["code"].tolist() == [-1]
    again = page(coder="ada")
    second = next(b.key for b in again.button if (b.key or "").startswith("answer_1"))
    assert second != first
    assert second == next(b.key for b in app.button if (b.key or "").startswith("answer_1"))


def test_nothing_gives_away_outlet_headline_or_answer(folder: Path) -> None:
    draw(folder)
    frame = open_sample(folder).frame.set_index("item_id")
    for _ in range(6):
        app = page(coder="ada")
        item = next(b.key for b in app.button if (b.key or "").startswith("answer_1")).split("_", 3)[3]
        shown = html_of(app) + said(app) + "".join(text.value for text in app.text)
        for outlet in OUTLETS:
            assert outlet not in shown
        assert "The bridge, day" not in shown and f"{frame.loc[item, 'machine']:.1f}" not in said(app)
        assert '<mark class="cue">' in html_of(app)
        click(app, "neither")


def test_the_guidelines_stand_beside_the_item(folder: Path) -> None:
    draw_sample(open_store(folder), "hedging", n=5, guidelines="Read it twice.\n" * 7000)  # 100,000 characters
    text = "".join(text.value for text in page(coder="ada").text)
    assert "How often does this voice leave open what it says?" in text and text.count("Read it twice.") == 7000


def test_a_torn_line_is_said(folder: Path) -> None:
    draw(folder)
    code(folder, "ada", "12")
    file = open_sample(folder).folder / "codes-ada.jsonl"
    file.write_bytes(file.read_bytes()[:-9])
    app = page(coder="ada")
    assert any("is cut off or no JSON" in w.value.replace("\\", "") for w in app.warning)


def test_coders_disagree_and_it_is_settled(folder: Path) -> None:
    draw(folder)
    code(folder, "ada", "1123")
    code(folder, "ben", "1133")
    app = page(room="Agreement", adjudicator="eve")
    assert app.metric[0].label == "Alpha" and "1 item on which coders disagree" in said(app)
    app = click(app, "neither")
    assert "0 items on which coders disagree" in said(app)
    log = open_sample(folder).log().in_force
    assert log.loc[log["coder"] == "adjudicated", "code"].tolist() == [0]


def test_one_coder_has_nobody_to_agree_with(folder: Path) -> None:
    draw(folder)
    assert "Nothing is coded yet." in said(page(room="Agreement"))
    code(folder, "ada", "1")
    assert "No item has codes of two coders." in said(page(room="Agreement"))


def test_a_sample_that_is_damaged_is_said_and_others_can_be_drawn(folder: Path) -> None:
    draw(folder)
    (open_sample(folder).folder / "draw-1.parquet").write_bytes(b"")
    app = page()
    assert "is damaged" in app.error[0].value and any(button.label == "Draw" for button in app.button)


def test_more_is_drawn_and_files_go_out(folder: Path) -> None:
    draw(folder, n=10)
    app = click(page(room="New sample"), "Draw more")
    assert "more to code" in app.success[0].value and len(open_sample(folder).about.drawn) == 2
    assert "item_id" in said(page(room="Files"))


def test_a_button_of_a_turn_that_is_over_codes_nothing(folder: Path) -> None:
    from analytics.dashboard.parts.coding_desk import _keep, _take_back

    draw(folder)
    desk = Desk(open_store(folder), open_sample(folder), "ada")
    one = desk.next()
    assert one is not None
    _keep(desk, 0, one.item_id, "1")
    two = desk.next()
    assert two is not None
    _keep(desk, 0, one.item_id, "3")  # one key may press the buttons of two items
    _keep(desk, 1, two.item_id, "3")
    _take_back(desk, 1)
    assert desk.done[["item_id", "code"]].to_numpy().tolist() == [[one.item_id, -1.0], [two.item_id, 1.0]]
    _take_back(desk, 2)
    assert desk.done["item_id"].tolist() == [one.item_id] and desk.turn == 3
