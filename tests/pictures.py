"""``python tests/pictures.py RESULTS``: the pictures of the dashboard in docs/images.

Needs Playwright (the extra `test`) and Chromium. RESULTS are those of the sample corpus (``tellings demo``).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from dashboard_server import started
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WHO = "actor=Edrik+Vosslane&actor=Ansa+Thorrel"
PICTURES = {  # file → address
    "home.png": "/",
    "explore-outlets.png": f"/explore?{WHO}&zoom=true",
    "explore-time.png": "/explore?tab=Over+time&measure=Hedges&period=Month",
}
SIZE = {"width": 1280, "height": 960}
PATIENCE = 120_000  # milliseconds


def draw(results: Path, folder: Path = IMAGES) -> list[Path]:
    """Take the pictures, and say where they are."""
    with (
        tempfile.TemporaryDirectory() as logs,
        started(results, log=Path(logs) / "server.log", by_command=True) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path in PICTURES.items():
            page = browser.new_page(base_url=address, viewport=SIZE)  # type: ignore[arg-type]
            page.set_default_timeout(PATIENCE)
            page.goto(path)
            page.get_by_test_id("stPlotlyChart").first.wait_for()
            page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
            page.wait_for_timeout(2000)  # charts fade in
            page.screenshot(path=folder / name)
            page.close()
        browser.close()
    return [folder / name for name in PICTURES]


if __name__ == "__main__":
    for picture in draw(Path(sys.argv[1])):
        print(picture)
