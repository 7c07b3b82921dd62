"""`tellings fetch` and `tellings versions` as a user runs them, against a server of one's own network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback_web import Web, answer, article

from analytics import cli, fetch

TEXT = "The dam may hold until spring, Ada Brandt said on Monday, and the council agreed with every word of it."
Command = Callable[..., tuple[object, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as leaving:
            cli.main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return leaving.value.code, shown.out, shown.err

    return run


@pytest.mark.model
def test_from_an_address_to_what_changed(command: Command, web: Web, tmp_path: Path) -> None:
    """With the system's own look-up and connections, which only a named host of one's own network lets through."""
    host, folder = f"127.0.0.1:{web.port}", tmp_path / "news"
    page = web.put(f"{host}/dam", answer(article("The dam", TEXT)))
    status, out, err = command("fetch", page, "--out", folder, "--delay", "0.1")
    assert status == 0 and "1 refused" in out and "is at port" in out and web.asked == []
    options = ("--out", folder, "--delay", "0.1", "--allow-private", host, "--again-after", "0")
    status, out, err = command("fetch", page, *options)
    assert status == 0 and "Pages: 1 new." in out and f"tellings score {folder}" in out, err
    assert "no page" not in command("versions", folder)[1]
    web.put(f"{host}/dam", answer(article("The dam", TEXT.replace("may hold", "will hold"))))
    assert "Pages: 1 changed." in command("fetch", page, *options)[1]
    assert "1 pages changed" in command("versions", folder)[1]
    status, out, _ = command("versions", folder, page, "--json")
    assert status == 0 and any("may" in json.dumps(change) for change in json.loads(out)["changes"])
    assert "there is no version 3" in command("versions", folder, page, "--between", 1, 3)[2]
    assert command("inspect", folder)[1].count("reads: ") == 1


def test_what_is_missing_is_named(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "holds nothing that tellings fetch has fetched" in command("versions", tmp_path)[2]
    monkeypatch.setattr(fetch, "_NEEDED", ("lxml", "no_such_package"))
    status, _, err = command("fetch", "https://harbour.example/", "--out", tmp_path / "news")
    assert (status, err.count("\n")) == (1, 1)
    assert "(no_such_package): pip install 'tellings[web]'" in err
