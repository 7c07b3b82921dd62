"""`tellings fetch`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import DAY, FOLDER
from .progress import progress_shown
from .running import Command, stoppable

if TYPE_CHECKING:
    from ..fetch.run import Fetched

_SHOWN = 10
_COUNTS = ("new", "changed", "unchanged", "passed over", "older", "refused", "failed", "left")


@click.command(cls=Command)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--out", required=True, type=FOLDER, help="The folder of what is fetched. What is in it is kept.")
@click.option("--limit", type=click.IntRange(min=1), default=1_000, show_default=True, help="Most pages in this run.")
@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="Leave out pages that a list dates before this day.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0.1),
    default=2.0,
    show_default=True,
    help="Seconds between two requests to a site; more where its robots.txt asks for more.",
)
@click.option(
    "--again-after",
    metavar="HOURS",
    type=click.FloatRange(min=0),
    default=12.0,
    show_default=True,
    help="Pass over pages that were asked for less than so many hours ago.",
)
@click.option("--contact", metavar="TEXT", help="How to reach you, told to the servers: an address or a page.")
@click.option("--allow-port", "ports", type=click.IntRange(1, 65535), multiple=True, help="A port besides 80 and 443.")
@click.option(
    "--allow-private",
    "own",
    metavar="HOST[:PORT]",
    multiple=True,
    help="A host of your own network, which may then be asked. Repeat for more.",
)
def fetch(
    sources: tuple[str, ...],
    out: Path,
    limit: int,
    since: datetime | None,
    delay: float,
    again_after: float,
    contact: str | None,
    ports: tuple[int, ...],
    own: tuple[str, ...],
) -> None:
    """Fetch articles from the web into a folder to score.

    SOURCE is an address, of an article, a feed (RSS, Atom), a sitemap, an OPML outline or a robots.txt that names
    sitemaps; or a file with addresses: one a line, a table as Media Cloud and GDELT export it, OPML. What a site's
    robots.txt forbids is not asked for. The same command goes on where it was stopped; hours later it asks which
    pages changed, and keeps both versions (see: tellings versions). Needs the extra "web".

    \b
    Examples:
      tellings fetch https://harbourpost.example/feed.xml --out news
      tellings fetch addresses.csv --out news --since 2031-01-01
      tellings score news --out results
    """
    from ..fetch import require_web

    require_web()
    from ..fetch.client import Client, user_agent
    from ..fetch.reach import Reach
    from ..fetch.run import fetch as run

    reach = Reach(ports=Reach().ports | set(ports), own=frozenset(each.lower() for each in own))
    told = f"stopped; the same command continues where it was; what is fetched is in {out}"
    with stoppable(told), progress_shown() as progress:
        fetched = run(
            [source if "://" in source[:12] else Path(source) for source in sources],
            out,
            limit=limit,
            delay=delay,
            since=since.replace(tzinfo=UTC) if since else None,
            again_after=timedelta(hours=again_after),
            client=Client(reach=reach, agent=user_agent(contact)),
            progress=progress,
        )
    click.echo("\n".join(_account(fetched)))


def _account(fetched: Fetched) -> Iterator[str]:
    counts = [f"{fetched.counts[name]:,} {name}" for name in _COUNTS if fetched.counts.get(name)]
    yield f"Pages: {', '.join(counts) or 'none'}."
    reasons = Counter(reason.partition(":")[0] for _, reason in fetched.failures)
    yield from (f"  {count:,}: {reason}" for reason, count in reasons.most_common())
    yield from (f"    {url[:200]} {reason}" for url, reason in fetched.failures[:_SHOWN])
    if len(fetched.failures) > _SHOWN:
        yield f"    … all {len(fetched.failures):,} are in {fetched.folder / '.fetched.jsonl'}"
    if fetched.counts.get("left"):
        yield "What is left is asked for when the same command runs again; --limit says how many pages a run asks for."
    if (fetched.folder / "articles.jsonl").exists():
        yield f"Score them with: tellings score {fetched.folder} --out results"
    if fetched.counts.get("changed"):
        yield f"See what changed with: tellings versions {fetched.folder}"
