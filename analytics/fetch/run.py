"""A run of fetch: from sources to pages in a folder."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import InputError
from ..ingest.dates import read_date
from ..ingest.metadata import outlet_of
from ..progress import Progress
from .addresses import Address, address_of, page_of
from .answers import Content, content_of
from .client import NOT_MODIFIED, Answer, Client
from .errors import FetchError, RefusedError, UnreachableError
from .extraction import Extraction
from .file_lists import read_list_file
from .folder import FetchFolder, Known, moment
from .hosts import LONGEST_PAUSE, Hosts, StoppedFetchingError
from .listed import Listed
from .pages import Page
from .robots import LARGEST as LARGEST_ROBOTS
from .schedule import Schedule

_DEEPEST = 3  # lists in lists: an outline of feeds, a sitemap of sitemaps
_MOST_LISTS = 500
_MOST_REMEMBERED = 2_000  # addresses of one list, for the case that it did not change
_TRIES = 2
_PATIENCE = 3.0  # seconds for what is under way when a run is interrupted


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came of a run: every address is counted once.

    `counts` are of pages: "new", "changed" (a new version), "unchanged", "refused", "failed" (may be otherwise another
    time), "passed over" (asked for a short while ago), "older" (than `since`) and "left" (over the limit, or the run
    was stopped). `failures` are addresses and reasons, of lists too.
    """

    folder: Path
    counts: Mapping[str, int]
    failures: tuple[tuple[str, str], ...]
    n_lists: int


@dataclass(frozen=True)
class _Task:
    listed: Listed
    depth: int = 0
    led_from: Address | None = None
    tries: int = 1


def fetch(
    sources: Iterable[str | Path],
    out: str | Path,
    *,
    limit: int = 1_000,
    delay: float = 2.0,
    since: datetime | None = None,
    again_after: timedelta = timedelta(hours=12),
    client: Client | None = None,
    extraction: Extraction | None = None,
    jobs: int = 8,
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Fetched:
    """Fetch pages into a folder that `score` reads, and keep every version of them.

    A source is an address (of a page, feed, sitemap, OPML outline or list) or a file with addresses. What robots.txt
    forbids is not asked for; between two requests to a site there are `delay` seconds, or what the site asks for.
    Pages that were asked for less than `again_after` ago are passed over, so that the same call goes on where a
    stopped one was; later ones are asked whether they changed. `limit` is of pages asked for in this run; pages that a
    list dates before `since` are left out. `stop` ends the run in good order; `extraction` is one to use again.

    Raises InputError for a file without addresses and for a folder that cannot be written or is being written.
    """
    given = [listed for source in sources for listed in _given(source)]
    if not given:
        raise InputError("no addresses; give some, or a file that lists them")
    run = _Run(
        folder=FetchFolder(Path(out)),
        client=client or Client(),
        delay=delay,
        limit=limit,
        since=since,
        fresh=datetime.now(UTC) - again_after,
        progress=progress,
        stop=stop or threading.Event(),
    )
    with run.folder.writing(), nullcontext(extraction) if extraction else Extraction() as reading:
        return run.whole(given, reading, jobs=jobs)


def _given(source: str | Path) -> Iterable[Listed]:
    """What a source names: itself where it is an address, otherwise what stands in the file."""
    text = str(source)
    if isinstance(source, str) and "://" in text[:12]:
        return [Listed(text, is_list=True)]
    path = Path(source)
    if not path.is_file():
        raise InputError(f"{source} is neither an address that begins with http:// or https:// nor a file")
    found = read_list_file(path)
    return found.items


@dataclass(kw_only=True)
class _Run:
    folder: FetchFolder
    client: Client
    delay: float
    limit: int
    since: datetime | None
    fresh: datetime
    progress: Callable[[Progress], None] | None
    stop: threading.Event
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)
    n_lists: int = 0
    n_asked: int = 0
    seen: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def whole(self, given: list[Listed], extraction: Extraction, *, jobs: int) -> Fetched:
        self.extraction, self.started = extraction, time.monotonic()
        self.hosts = Hosts(partial(self.client.get, limit=LARGEST_ROBOTS), delay=self.delay, stop=self.stop)
        self.schedule: Schedule[_Task] = Schedule(self.hosts.next_at, stop=self.stop)
        self.enqueue(given, depth=0, led_from=None)
        threads = [threading.Thread(target=self.work, daemon=True) for _ in range(jobs)]
        try:
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                for thread in threads:
                    thread.join(0.2)
        except BaseException:
            self.stop.set()
            patience = time.monotonic() + _PATIENCE
            for thread in threads:
                thread.join(max(patience - time.monotonic(), 0))
            raise
        self.counts["left"] += self.schedule.left
        return Fetched(
            folder=self.folder.folder,
            counts=dict(self.counts),
            failures=tuple(self.failures),
            n_lists=self.n_lists,
        )

    def enqueue(self, items: Iterable[Listed], *, depth: int, led_from: Address | None) -> None:
        """Take on addresses that were not seen in this run."""
        for listed in items:
            try:
                address = address_of(listed.url, base=led_from.url if led_from else None)
            except RefusedError as error:
                self.fail(listed.url, error)
                continue
            url = page_of(address.url)
            with self.lock:
                if url in self.seen:
                    continue
                self.seen.add(url)
            task = _Task(replace(listed, url=url), depth, led_from)
            self.schedule.put(address.origin, task)

    def work(self) -> None:
        """What each thread does: one address after the other."""
        while (taken := self.schedule.take()) is not None:
            site, task = taken
            try:
                self.one(task)
            except StoppedFetchingError:
                self.counts["left"] += 1
            except Exception as error:  # an address must never cost the others
                self.fail(task.listed.url, FetchError(f"cannot be read: {type(error).__name__}: {error}"))
            finally:
                self.schedule.done(site)
            self.tell()

    def one(self, task: _Task) -> None:
        """Ask for one address, and keep what came of it."""
        listed, known = task.listed, self.folder.known.get(task.listed.url, Known())
        if self.is_settled(listed, known):
            return
        address = address_of(listed.url)
        try:
            answer = self.client.get(address, headers=_conditions(known), turn=self.hosts.turn, led_from=task.led_from)
            self.hosts.answered(address, well=True)
            self.take_in(task, known, answer)
        except StoppedFetchingError:
            raise
        except FetchError as error:
            if isinstance(error, UnreachableError):
                self.hosts.answered(address, well=False)
                if self.again(task, address, error):
                    return
            self.fail(listed.url, error)

    def is_settled(self, listed: Listed, known: Known) -> bool:
        """Whether nothing is to be asked: too old, asked for a short while ago, or over the limit."""
        if self.is_older(listed):
            self.counts["older"] += 1
            return True
        if _as_list(listed, known):
            return self.too_many_lists(listed)
        asked_at = moment(known.at)
        if asked_at is not None and asked_at > self.fresh and not known.passing:
            self.counts["passed over"] += 1
            return True
        with self.lock:
            self.n_asked += 1
            if self.n_asked > self.limit:
                self.counts["left"] += 1
                return True
        return False

    def too_many_lists(self, listed: Listed) -> bool:
        with self.lock:
            self.n_lists += 1
            over = self.n_lists > _MOST_LISTS
        if over:
            self.fail(listed.url, FetchError(f"is left out: more than {_MOST_LISTS} lists"))
        return over

    def again(self, task: _Task, address: Address, error: UnreachableError) -> bool:
        """Put an address back once where its server asks for a little patience."""
        if error.wait is None:
            return False
        self.hosts.asked_to_wait(address, error.wait)
        if error.wait > LONGEST_PAUSE or task.tries >= _TRIES:
            return False
        with self.lock:
            self.n_asked -= 0 if task.listed.is_list else 1
            self.n_lists -= 1 if task.listed.is_list else 0
        self.schedule.put(address.origin, replace(task, tries=task.tries + 1))
        return True

    def take_in(self, task: _Task, known: Known, answer: Answer) -> None:
        if answer.status == NOT_MODIFIED:
            if known.found is not None:
                self.enqueue(known.found, depth=task.depth + 1, led_from=answer.address)
                self.log(task.listed.url, "list", answer)
            else:
                self.count(task.listed.url, "unchanged", answer)
            return
        content = content_of(answer, may_be_list=task.listed.is_list and task.depth <= _DEEPEST)
        if content.items is not None:
            self.take_list(task, answer, content)
            return
        if _as_list(task.listed, known):
            with self.lock:  # it turned out to be a page
                self.n_lists, self.n_asked = self.n_lists - 1, self.n_asked + 1
        page = self.extraction.read(content.text, answer.address.url)
        if page.reason:
            raise FetchError(page.reason)
        outcome, _ = self.folder.add(_record(task.listed, answer, page, content))
        self.count(task.listed.url, outcome, answer)

    def take_list(self, task: _Task, answer: Answer, content: Content) -> None:
        items = content.items or ()
        if self.since is not None:
            items = tuple(each for each in items if not (each.is_list and self.is_older(each)))
        self.enqueue(items, depth=task.depth + 1, led_from=answer.address)
        remembered = len(items) <= _MOST_REMEMBERED and bool(_validators(answer))
        found = {"found": [asdict(each) for each in items]} if remembered else {}
        self.log(task.listed.url, "list", answer if remembered else None, **found)

    def is_older(self, listed: Listed) -> bool:
        published = read_date(listed.published or "").published
        return published is not None and self.since is not None and published < self.since

    def count(self, url: str, outcome: str, answer: Answer) -> None:
        with self.lock:
            self.counts[outcome] += 1
        self.log(url, outcome, answer, page=page_of(answer.address.url))

    def fail(self, url: str, error: FetchError) -> None:
        outcome = "failed" if error.passing else "refused"
        with self.lock:
            self.counts[outcome] += 1
            self.failures.append((url, str(error)))
        self.log(url, outcome, None, reason=str(error), passing=error.passing)

    def log(self, url: str, outcome: str, answer: Answer | None, **more: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.folder.log({"url": url, "at": now, "outcome": outcome, **(_validators(answer) if answer else {}), **more})

    def tell(self) -> None:
        if self.progress is None:
            return
        with self.lock:
            done, rejected = self.counts.total(), self.counts["refused"] + self.counts["failed"]
            total = max(len(self.seen), done)
        self.progress(Progress(done, total, rejected, time.monotonic() - self.started))


def _as_list(listed: Listed, known: Known) -> bool:
    """Whether an address is taken for a list before it is asked: it may be one, and was no page before."""
    return listed.is_list and known.outcome not in ("new", "changed", "unchanged")


def _conditions(known: Known) -> dict[str, str]:
    """What makes a server answer only where the page changed."""
    return {
        **({"If-None-Match": known.etag} if known.etag else {}),
        **({"If-Modified-Since": known.modified} if known.modified else {}),
    }


def _validators(answer: Answer) -> dict[str, str]:
    names = {"etag": "etag", "last-modified": "modified"}
    return {ours: answer.headers[name][:500] for name, ours in names.items() if answer.headers.get(name)}


def _record(listed: Listed, answer: Answer, page: Page, content: Content) -> dict[str, Any]:
    """A version of a page, with names that the reading of articles knows."""
    url = page_of(answer.address.url)
    parts = urlsplit(url)
    listed_date = read_date(listed.published or "").published
    doubts = [*page.doubts, *([content.doubt] if content.doubt else [])]
    return {
        "url": url,
        "title": page.title or listed.title,
        "text": page.text,
        "published": page.published or (listed_date.isoformat() if listed_date else None),
        "outlet": page.outlet or listed.outlet or outlet_of([f"{parts.scheme}://{parts.netloc}/"]).name,
        "author": page.author,
        "language": page.language,
        "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
        "changed_by_its_own_account": page.modified,
        "asked_for": listed.url,
        "doubts": doubts,
    }
