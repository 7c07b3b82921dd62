"""What a user should know of a results folder that works all the same."""

from __future__ import annotations

from collections.abc import Sequence

import click

_MOST = 5  # at most, about one folder


def tell(notes: Sequence[str]) -> None:
    """Say notes on standard error, the first few of them."""
    for note in notes[:_MOST]:
        click.echo(f"note: {note}", err=True)
    if len(notes) > _MOST:
        click.echo(f"note: and {len(notes) - _MOST:,} more", err=True)
