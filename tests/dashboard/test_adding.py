"""What stands behind the page on which articles are added: uploads apart, names made harmless, limits, collections."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.dashboard.adding import background, collections, uploads
from analytics.dashboard.adding.background import Run
from analytics.dashboard.adding.preparing import Choice, prepare, record_of, says, says_of
from analytics.dashboard.adding.uploads import GRACE, Uploads, harmless, keep
from analytics.dashboard.parts.add_giving import addresses, pasted
from analytics.errors import TellingsError
from analytics.ingest import read_articles
from analytics.results.manifest import MANIFEST

TEXT = "The council said that the dam may hold until spring."


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(collections.VARIABLE, str(tmp_path / "collections"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


def test_each_session_has_a_folder_that_goes_with_it() -> None:
    there, now, ended = {"a", "b"}, [0.0], []
    kept = Uploads(there.__contains__, clock=lambda: now[0])
    a, b = kept.folder("a"), kept.folder("b")
    assert a != b and kept.folder("a") == a and a.stat().st_mode & 0o077 == 0
    kept.at_the_end("a", lambda: ended.append("a"))
    there.discard("a")
    kept.look()
    assert a.is_dir()  # it may come back
    now[0] += GRACE
    kept.look()
    assert not a.exists() and b.is_dir() and ended == ["a"]
    kept.close()
    assert not b.exists()


def test_a_session_that_comes_back_keeps_its_folder() -> None:
    there, now = {"a"}, [0.0]
    kept = Uploads(there.__contains__, clock=lambda: now[0])
    folder = kept.folder("a")
    there.clear()
    kept.look()
    there.add("a")
    now[0] += GRACE
    kept.look()
    there.clear()
    kept.look()
    assert folder.is_dir()


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    dead = tmp_path / "temporary" / "tellings-uploads-999999999-x"
    alive = tmp_path / "temporary" / f"tellings-uploads-{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
    uploads.sweep()
    assert (dead.exists(), alive.exists()) == (False, True)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\boot.ini",
        "..",
        ".",
        "",
        "\x00",
        "a" * 5_000 + ".csv",
        "a/\n.csv",
        "-",
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    assert keep(tmp_path / "files", name, b"x").parent == tmp_path / "files"
    assert len(harmless(name)) <= 130


def test_files_are_limited_in_size_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE_MB", 2)
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER_MB", 3)
    monkeypatch.setattr(uploads, "MOST_FILES", 3)
    assert [keep(tmp_path, "a.csv", b"x").name for _ in range(2)] == ["a.csv", "a (2).csv"]
    with pytest.raises(TellingsError, match="larger than 2 MB"):
        keep(tmp_path, "b.csv", bytes((2 << 20) + 1))
    keep(tmp_path, "c.csv", bytes(2 << 20))
    with pytest.raises(TellingsError, match="at most 3 files"):
        keep(tmp_path, "d.csv", b"x")
    (tmp_path / "a.csv").unlink()
    with pytest.raises(TellingsError, match="larger than 3 MB together"):
        keep(tmp_path, "d.csv", bytes(1 << 20))


def test_a_collection_is_found_by_its_key_alone(tmp_path: Path) -> None:
    made = collections.create("  Dams &\nbridges ")
    assert made.name == "Dams & bridges" and made.key.startswith("dams-bridges-")
    assert len(made.key) - len("dams-bridges-") == 16
    assert collections.create("Dams & bridges").key != made.key
    assert collections.find(made.key) == made == collections.of_folder(made.results)
    for key in (
        "",
        "..",
        "../collections",
        "dams-bridges",
        made.key + "/../" + made.key,
        "/" + made.key,
        "A",
        "a" * 999,
    ):
        assert collections.find(key) is None
    assert collections.listed() == []  # nothing is measured yet
    made.results.mkdir()
    (made.results / MANIFEST).write_text("{}")
    assert collections.listed() == [made]


def test_what_was_not_measured_is_taken_back() -> None:
    made = collections.create("Dams")
    first = made.add([{"text": TEXT}])
    made.results.mkdir()
    (made.results / MANIFEST).write_text("{}")
    second = made.add([{"text": TEXT, "outlet": "Harbour Post"}])
    assert [file.name for file in (first, second)] == ["0001.jsonl", "0002.jsonl"]
    assert len(list(made.records())) == 2
    made.take_back(second)
    assert [each["text"] for each in made.records()] == [TEXT]
    other = collections.create("Bridges")
    other.take_back(other.add([{"text": TEXT}]))
    assert not other.folder.exists()


def test_every_record_is_measured_or_left_out_with_a_reason(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    rows = [
        ("Harbour Post", "03/04/2021", TEXT, "en"),
        ("", "2021-01-06", f"{TEXT} It rained.", "en-GB"),
        ("Harbour Post", "2021-01-06", TEXT, "en"),  # again
        ("Harbour Post", "2021-01-06", "Der Damm hält wohl bis zum Frühling.", "de"),
        ("Harbour Post", "2021-01-06", "", "en"),
        ("Valley Times", "2021-01-06", TEXT, ""),
    ]
    table.write_text("outlet,date,text,language\n" + "\n".join(",".join(row) for row in rows) + "\n")
    choice = Choice(outlet="Valley Times", order="mdy")
    found = prepare([(table, choice)], most=2)
    assert [(a.outlet, str(a.published)[:10]) for a in found.articles] == [
        ("Harbour Post", "2021-03-04"),
        ("Valley Times", "2021-01-06"),
    ]
    assert [(r.reason, r.source_file) for r in found.rejected] == [("empty text", "news.csv")]
    assert (found.n_repeated, found.n_foreign, found.n_over) == (1, 1, 1)
    assert len(prepare([(table, Choice())], most=9, foreign=True).articles) == 4
    known = {says(record_of(article)) for article in found.articles}
    assert prepare([(table, choice)], known=known, most=9).n_repeated == 3
    assert (
        prepare([(table, Choice(columns={"text": "gone"}))], most=9).rejected[0].reason.startswith("no column 'gone'")
    )


def test_what_a_document_does_not_say_is_what_was_written_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"The dam holds\n\n{TEXT}")
    (tmp_path / "b.txt").write_text(f"Title: Spring\nOutlet: Harbour Post\nDate: 2031-01-06\n\nA line.\n\n{TEXT}")
    choice = Choice(outlet="Valley Times", day=date(2031, 2, 1), first_line=True)
    first, second = prepare([(tmp_path / "a.txt", choice), (tmp_path / "b.txt", choice)], most=9).articles
    assert (first.title, first.outlet, str(first.published)[:10]) == ("The dam holds", "Valley Times", "2031-02-01")
    assert first.text == TEXT
    assert (second.title, second.outlet, str(second.published)[:10]) == ("Spring", "Harbour Post", "2031-01-06")


def test_a_collection_reads_as_it_was_prepared(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text(f"Title: The dam\nOutlet: Harbour Post\nDate: 2021-01-06\n\n{TEXT}")
    found = prepare([(tmp_path / "dam.txt", Choice())], most=9)
    made = collections.create("Dams")
    (again,) = read_articles(made.add(map(record_of, found.articles)))
    (before,) = found.articles
    assert says_of(again) == says_of(before) and again.published == before.published  # type: ignore[union-attr]


def test_pasted_texts() -> None:
    two = pasted(
        f"Title: The dam\nOutlet: Post\nDate: 2021-01-06\n\n{TEXT}\n\n-----\n{TEXT} Again.", outlet="Valley Times"
    )
    assert [(a.title, a.outlet, a.text) for a in two] == [
        ("The dam", "Post", TEXT),
        (None, "Valley Times", f"{TEXT} Again."),
    ]
    (one,) = pasted(f"The dam may hold\n\n{TEXT}", first_line=True, day="6 January 2021")
    assert (one.title, one.text, str(one.published)[:10]) == ("The dam may hold", TEXT, "2021-01-06")
    assert pasted(TEXT, title=" The dam ")[0].title == "The dam"
    for text, day, reason in (
        ("  ---  ", "", "no text yet"),
        (TEXT, "31/02/2021", "unreadable"),
        ("a" * 2_000_001, "", "long"),
    ):
        with pytest.raises(TellingsError, match=reason):
            pasted(text, day=day)


def test_addresses_are_of_the_web() -> None:
    assert addresses(" https://harbour.example/dam \n\nvalley.example/a\n") == [
        "https://harbour.example/dam",
        "https://valley.example/a",
    ]
    for text in ("", "/etc/passwd", "../news.csv", "file:///etc/passwd", "not an address", "https://a.example\n" * 101):
        with pytest.raises(TellingsError, match=r"no web address|no address yet|at most 100"):
            addresses(text)


def over(run: Run) -> background.State:
    while not (state := run.state()).is_over:
        time.sleep(0.05)
    return state


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Run]]:
    """Runs that end with the test."""
    started: list[Run] = []
    yield started
    for run in started:
        run.cancel()


def test_a_run_tells_what_went_wrong(tmp_path: Path, running: list[Run]) -> None:
    options = {"out": str(tmp_path / "out"), "limit": 1}
    named = Run("fetch", state_file=tmp_path / "a.json", sources=["/etc/hostname"], **options)
    running.append(named)
    state = over(named)
    assert (state.status, state.message) == ("failed", "no web address: /etc/hostname")
    assert not (tmp_path / "out").exists()
    running.append(Run("fetch", state_file=tmp_path / "b.json", sources=["http://127.0.0.1/"], **options))
    state = over(running[-1])
    assert state.about is not None and state.about["failures"] == [
        ["http://127.0.0.1/", "leads into a private network: 127.0.0.1 is 127.0.0.1"]
    ]


def test_runs_wait_for_each_other_and_can_be_cancelled(
    tmp_path: Path, running: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_COMMAND", "import time; time.sleep(60)")
    runs = [Run("score", state_file=tmp_path / f"{n}.json") for n in range(background.MOST_AT_ONCE + 1)]
    running += runs
    assert [run.state().status for run in runs] == ["working"] * background.MOST_AT_ONCE + ["waiting"]
    runs[0].cancel()
    assert [run.state().status for run in runs] == ["cancelled", "working", "working"]


def test_a_run_that_is_killed_is_not_waited_for(
    tmp_path: Path, running: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_COMMAND", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    running.append(Run("score", state_file=tmp_path / "a.json"))
    assert "was ended" in over(running[0]).message


def test_the_time_that_is_left() -> None:
    state = background.State(status="working", done=5, total=20, elapsed=10.0)
    assert state.left == 30.0
    assert background.State(status="working").left is None
    assert json.dumps(state.status) == '"working"'
