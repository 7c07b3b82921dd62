"""What the command line shows while it works: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import rich.progress
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ..progress import Progress, duration

LINE_EVERY = 30.0  # seconds between plain progress lines


@contextmanager
def progress_shown(console: Console | None = None) -> Iterator[Callable[[Progress], None]]:
    """A callback that shows each advance on standard error, so that standard output stays clean."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield _plain_lines(console)
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("records, {task.fields[rejected]} rejected,"),
        TimeElapsedColumn(),
        TextColumn("passed,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with rich.progress.Progress(*columns, console=console) as bar:
        task = bar.add_task("score", total=None, rejected=0)
        yield lambda now: bar.update(task, completed=now.done, total=now.total, rejected=now.rejected)


def describe(now: Progress) -> str:
    """One line about an advance: counts, rate and, once they can be known, the time left."""
    rate = now.done / now.elapsed if now.elapsed > 0 else 0.0
    parts = [f"{now.done:,}" + (f" of {now.total:,}" if now.total else "") + " records", f"{now.rejected:,} rejected"]
    if rate:
        parts.append(f"{rate:.1f} a second")
        if now.left is not None:
            parts.append(f"about {duration(now.left)} left")
    return ", ".join(parts)


def _plain_lines(console: Console) -> Callable[[Progress], None]:
    last = -LINE_EVERY  # the first line comes at once: it works

    def show(now: Progress) -> None:
        nonlocal last
        if now.done == now.total or now.elapsed - last >= LINE_EVERY:
            last = now.elapsed
            console.print(describe(now), highlight=False, soft_wrap=True)

    return show
