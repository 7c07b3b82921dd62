"""What a run shows while it works."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from analytics.cli.progress import LINE_EVERY, describe, progress_shown
from analytics.progress import Progress


def _now(done: int, total: int | None = 8000, *, rejected: int = 3, elapsed: float = 100.0) -> Progress:
    return Progress(done=done, total=total, rejected=rejected, elapsed=elapsed)


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (_now(0, elapsed=0.0), "0 of 8,000 records, 3 rejected"),
        (_now(1000), "1,000 of 8,000 records, 3 rejected, 10.0 a second, about 12 min left"),
        (_now(7900), "7,900 of 8,000 records, 3 rejected, 79.0 a second, about 1 s left"),
        (_now(100), "100 of 8,000 records, 3 rejected, 1.0 a second, about 2.2 h left"),
        (_now(8000), "8,000 of 8,000 records, 3 rejected, 80.0 a second"),
        (_now(50, None), "50 records, 3 rejected, 0.5 a second"),
    ],
)
def test_one_line_says_how_far_it_is(now: Progress, line: str) -> None:
    assert describe(now) == line


def test_plain_lines_come_at_once_now_and_then_and_at_the_end() -> None:
    out = StringIO()
    with progress_shown(Console(file=out, width=200)) as show:
        for done in range(0, 8001, 1000):
            show(_now(done, elapsed=done / 2000 * LINE_EVERY))
    lines = out.getvalue().splitlines()
    assert len(lines) == 5
    assert lines[-1].startswith("8,000 of 8,000 records")


def test_a_terminal_gets_a_bar_with_the_time_left() -> None:
    out = StringIO()
    with progress_shown(Console(file=out, force_terminal=True, width=120)) as show:
        show(_now(10, 40))
        show(_now(40, 40, rejected=2))
    assert "40/40" in out.getvalue()
    assert "2 rejected" in out.getvalue()
