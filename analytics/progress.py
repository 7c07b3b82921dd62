"""How far a run of scoring or fetching has come: what it tells, and whoever shows it is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    >>> now = Progress(done=5, total=20, rejected=0, elapsed=10.0)
    >>> now.left, duration(now.left)
    (30.0, '30 s')
    """

    done: int
    total: int | None
    rejected: int
    elapsed: float  # seconds

    @property
    def left(self) -> float | None:
        """Seconds until the end at the pace so far; None where that cannot be known, and at the end."""
        if not self.done or not self.elapsed or not self.total or self.done >= self.total:
            return None
        return self.elapsed / self.done * (self.total - self.done)


def duration(seconds: float) -> str:
    """A time in the unit in which people would say it.

    >>> duration(0.2), duration(300), duration(8_000)
    ('1 s', '5 min', '2.2 h')
    """
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
