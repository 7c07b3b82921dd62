"""The process in which articles are measured or fetched. It writes how far it has come to a file, and is ended there.

Run as `python -c "from analytics.dashboard.adding.job import main; main()" TASK`, where TASK is JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from ...errors import TellingsError
from ...progress import Progress
from ...scoring.engines import ENDING, one_thread_each


def main() -> None:
    """Do the task that the command line names."""
    task = json.loads(sys.argv[1])
    state = Path(task["state"])
    one_thread_each()
    for number in ENDING:
        signal.signal(number, _end)

    def tell(now: Progress) -> None:
        write(state, status="working", **asdict(now))

    try:
        about = _KINDS[task["kind"]](task, tell)
        write(state, status="done", **about)
    except KeyboardInterrupt:
        write(state, status="cancelled")
    except TellingsError as error:
        write(state, status="failed", message=str(error))
    except OSError as error:
        write(state, status="failed", message=f"{error.strerror}: {error.filename}" if error.filename else str(error))
    except Exception as error:
        write(state, status="failed", message=f"{type(error).__name__}: {error}")


def _end(_number: int, _frame: object) -> NoReturn:
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)  # it is ending already
    raise KeyboardInterrupt


def _score(task: dict[str, Any], tell: Any) -> dict[str, Any]:
    from ...scoring.pipeline import score

    store = score(task["inputs"], task["out"], jobs=task["jobs"], progress=tell)
    return {"articles": store.count("articles"), "rejected": store.count("rejected")}


def _fetch(task: dict[str, Any], tell: Any) -> dict[str, Any]:
    from ...fetch import require_web

    require_web()
    from ...fetch.run import fetch

    if files := [each for each in task["sources"] if "://" not in each[:12]]:
        raise TellingsError(f"no web address: {files[0][:100]}")  # a file of this machine is nobody's to name in a page
    fetched = fetch(task["sources"], task["out"], limit=task["limit"], progress=tell)
    return {"counts": dict(fetched.counts), "failures": [list(each) for each in fetched.failures]}


_KINDS = {"score": _score, "fetch": _fetch}


def write(state: Path, **values: Any) -> None:
    """Replace what a state file says, in one step."""
    new = state.with_suffix(".new")
    new.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    os.replace(new, state)
