from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # for synthetic_store

from synthetic_store import write_store  # noqa: E402

OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("results"))


@pytest.fixture
def open_page(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens a page of the dashboard, on the synthetic store, at an address."""
    monkeypatch.setenv("TELLINGS_STORE", str(store_folder))

    def opened(name: str = "home", **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
        app.query_params.update(address)
        if name != "home":
            app.switch_page(f"analytics/dashboard/pages/{name}.py")
            app.query_params.update(address)
        return app.run()

    return opened
