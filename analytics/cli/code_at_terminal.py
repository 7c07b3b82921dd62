"""`tellings code start` and `adjudicate`: one item at a time, one key an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .notes import tell
from .options import FOLDER, SAMPLE
from .running import Command
from .tables import rows_of

if TYPE_CHECKING:
    from ..coding import Desk, Sample, Shown

CANNOT_TELL, UNDO, READ, QUIT = "x", "u", "g", "q"
LONG = 1500  # characters of guidelines that are shown without being asked for


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
@click.option("--coder", required=True, help="Your name, as it shall stand beside your codes.")
def start(folder: Path, sample_name: str | None, coder: str) -> None:
    """Code a sample, or go on where you left off.

    Shows one item after the other, without outlet, headline and the machine's answer. One key is an answer; each is
    kept at once, so you may stop at any time. Several coders can work at the same time, each under a name.

    \b
    Example:
      tellings code start results --coder ada
    """
    from ..coding import Desk, open_sample
    from ..results.store import open_store

    store, sample = open_store(folder), open_sample(folder, sample_name)
    desk = Desk(store, sample, coder)
    tell(desk.notes)
    if desk.gone:
        click.echo(f"note: the articles of {desk.gone:,} items are no longer there; they are passed over", err=True)
    click.echo(f"{sample.title}. {len(desk.done):,} of {len(desk.there):,} coded by {desk.coder}.\n")
    _guidelines(sample, all_of_it=False)
    while (place := desk.next()) is not None:
        click.echo(click.style(f"\n── {len(desk.done) + 1} of {len(desk.there)} ", bold=True))
        _show(sample, place.shown)
        if not _answered(desk, place.item_id):
            click.echo(f"\nStopped at {len(desk.done):,} of {len(desk.there):,}. The same command goes on from here.")
            return
    click.echo(f"\nAll {len(desk.done):,} items are coded. What they say: tellings code estimate {folder}")


@click.command(cls=Command)
@click.argument("folder", metavar="DIR", type=FOLDER)
@SAMPLE
@click.option("--coder", required=True, help="Who settles the disagreements.")
def adjudicate(folder: Path, sample_name: str | None, coder: str) -> None:
    """Settle what coders disagree about, item by item.

    Shows who said what, and takes the code that counts. The coders' own codes stay.

    \b
    Example:
      tellings code adjudicate results --coder ada
    """
    from ..coding import disagreements, open_sample, settle, shown
    from ..results.store import open_store

    store, sample = open_store(folder), open_sample(folder, sample_name)
    open_ones = disagreements(sample)
    if open_ones.empty:
        click.echo("Coders disagree about nothing that is not settled.")
        return
    frame, labels = sample.frame.set_index("item_id", drop=False), _labels(sample)
    for number, row in enumerate(rows_of(open_ones), 1):
        seen = shown(store, frame.loc[row.item_id], kind=sample.coding.item, voice=sample.about.voice)
        if seen is None:
            click.echo(f"note: the article of {row.item_id} is no longer there; it is passed over", err=True)
            continue
        click.echo(click.style(f"\n── {number} of {len(open_ones)} ", bold=True))
        _show(sample, seen)
        for who, said in row.codes.items():
            click.echo(f"  {who}: {labels[said]}")
        key = _key(sample, undo=False)
        if key == QUIT:
            click.echo("\nStopped. The same command goes on from here.")
            return
        settle(sample, row.item_id, None if key == CANNOT_TELL else key, by=coder)
        click.echo(f"→ {_said(sample, key)}")
    click.echo("\nAll disagreements are settled.")


def _answered(desk: Desk, item_id: str) -> bool:
    """Take one key; False where the coder stops."""
    key = _key(desk.sample, undo=True)
    if key == QUIT:
        return False
    if key == UNDO:
        click.echo("→ the last one again" if desk.undo() else "→ nothing to undo")
    else:
        desk.answer(item_id, None if key == CANNOT_TELL else key)
        click.echo(f"→ {_said(desk.sample, key)}")
    return True


def _key(sample: Sample, *, undo: bool) -> str:
    """A key that means something; end of input and Ctrl-D stop."""
    known = {answer.key for answer in sample.coding.answers} | {CANNOT_TELL, QUIT} | ({UNDO} if undo else set())
    choices = "  ".join(f"{answer.key} {answer.label}" for answer in sample.coding.answers)
    others = f"{CANNOT_TELL} cannot tell  {f'{UNDO} undo  ' if undo else ''}{READ} guidelines  {QUIT} stop"
    click.echo(f"  {choices}  {others}")
    while True:
        pressed = _pressed()
        if pressed in ("", "\x04"):  # the end of the input, Ctrl-D
            return QUIT
        if pressed == READ:
            _guidelines(sample, all_of_it=True)
        elif pressed in known:
            return pressed


def _pressed() -> str:
    """One key, without Enter; from a pipe, one character."""
    if not sys.stdin.isatty():
        return sys.stdin.read(1).lower()
    try:
        return click.getchar().lower()
    except EOFError:
        return ""


def _said(sample: Sample, key: str) -> str:
    return next((answer.label for answer in sample.coding.answers if answer.key == key), "cannot tell")


def _labels(sample: Sample) -> dict[float, str]:
    return {float(answer.value): answer.label for answer in sample.coding.answers}


def _guidelines(sample: Sample, *, all_of_it: bool) -> None:
    from ..coding import guidelines

    text = guidelines(sample)
    if all_of_it and len(text) > LONG:
        click.echo_via_pager(text)
    elif len(text) > LONG and not all_of_it:
        click.echo(f"{text[:LONG].rstrip()} …\n(press {READ} for all {len(text):,} characters)")
    else:
        click.echo(text)


def _show(sample: Sample, seen: Shown) -> None:
    from ..coding import ask
    from ..coding.exchange import in_signs

    text = "".join(_styled(seen)) if sys.stdout.isatty() else in_signs(seen)
    for line in filter(None, [seen.before and click.style(seen.before, dim=True), text]):
        click.echo(line)
    if seen.after:
        click.echo(click.style(seen.after, dim=True))
    click.echo(click.style(f"\n{ask(sample)}", bold=True))


def _styled(seen: Shown) -> Iterator[str]:
    """The text with the words asked about underlined and what is not judged faint."""
    edges = sorted({0, len(seen.text), *(edge for stretch in (*seen.marked, *seen.grey) for edge in stretch)})
    for start, end in pairwise(edges):
        marked = any(a <= start < b for a, b in seen.marked)
        faint = any(a <= start < b for a, b in seen.grey)
        yield click.style(seen.text[start:end], bold=marked, underline=marked, dim=faint)
