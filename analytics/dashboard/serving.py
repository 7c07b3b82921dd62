"""Serves the dashboard on this machine."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from ..demo import DASHBOARD

STORE_VARIABLE = "TELLINGS_STORE"  # names the results folder to the dashboard


HOSTS = ("localhost", "127.0.0.1", "::1")  # names under which the dashboard answers


def serve(
    folder: Path | None,
    *,
    port: int | None = None,
    headless: bool = False,
    allowed_hosts: Sequence[str] = (),
    token: str | None = None,
) -> None:
    """Run the dashboard on a results folder until it is stopped (what ``python -m streamlit run`` does).

    Without a folder it begins with the page on which articles are added.

    It listens on localhost only, answers under the names of `HOSTS` and `allowed_hosts` only, and reports nothing to
    anyone. With a token it answers only those who have it.
    """
    from .hardening import harden  # loads the toolkit

    options = {
        "server.address": "localhost",
        "server.headless": headless,
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": False,
        "browser.gatherUsageStats": False,
        # with its welcome goes an offer, in terminal and page, to install help for developers of Streamlit apps;
        # without a browser to open there is no such offer, and the welcome names the address
        "logger.hideWelcomeMessage": not headless,
    }
    if port is not None:
        options["server.port"] = port
    os.environ.pop(STORE_VARIABLE, None)
    if folder is not None:
        os.environ[STORE_VARIABLE] = str(folder.resolve())
    flags = [f"--{name}={str(value).lower()}" for name, value in options.items()]
    flags += [f"--server.allowedHosts={host}" for host in (*HOSTS, *allowed_hosts)]
    harden(token=token)
    sys.argv = ["streamlit", "run", str(DASHBOARD), *flags]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
