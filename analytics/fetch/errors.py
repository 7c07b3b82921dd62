"""What can go wrong with an address. The reason completes "this address …"; what follows ": " is detail."""

from __future__ import annotations

from ..errors import TellingsError


class FetchError(TellingsError):
    """An address gave nothing that can be read, and why."""

    passing = False  # whether it may be otherwise on the next run


class RefusedError(FetchError):
    """An address that is not asked for at all, or whose answer is not taken: it would break a promise of security."""


class UnreachableError(FetchError):
    """An address that did not answer as it should, for now; `wait` is for how many seconds its server asks."""

    passing = True

    def __init__(self, message: str, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait
