"""Pages are read in a process of their own: one that takes too long, or too much memory, is ended.

The run goes on with the next page.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from .pages import Page, read_page

SECONDS = 20.0  # for one page
LARGEST = 5 << 20  # characters of a page
_WARMING = (
    "<html lang='en'><head><title>The dam</title><meta property='article:published_time' content='2021-01-06'></head>"
    f"<body><article><p>{'The council said that the dam may hold until spring. ' * 20}</p></article></body></html>"
)
_START_SECONDS = 60.0
_MEMORY = 4 << 30  # bytes of address space


class Extraction:
    """Reads pages one at a time, in a process that lives until `close`; may be called from several threads."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds, self._lock = seconds, threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._is_ready = False

    def read(self, source: str, url: str) -> Page:
        """What a page holds; where it cannot be read within the limits, why not."""
        if len(source) > LARGEST:
            return Page(reason=f"no page: more than {LARGEST >> 20} MB of it")
        with self._lock:
            try:
                pipe = self._ready()
                pipe.send((source, url))
                if pipe.poll(self.seconds):
                    page = pipe.recv()
                    assert isinstance(page, Page)
                    return page
                reason = f"no page: not read within {self.seconds:g} seconds"
            except (EOFError, OSError):
                reason = "no page: reading it took too much memory"
            self._end()
            return Page(reason=reason)

    def start(self) -> None:
        """Start the process, which takes a moment; otherwise the first page does."""
        with self._lock:
            self._started()

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._is_ready = False
        return self._pipe

    def _ready(self) -> Connection:
        pipe = self._started()
        if not self._is_ready:
            if not pipe.poll(_START_SECONDS):
                raise OSError("the process that reads pages did not start")
            pipe.recv()
            self._is_ready = True
        return pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def __enter__(self) -> Extraction:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _serve(pipe: Connection) -> None:
    """Read what comes until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to answer
    with suppress(ImportError, ValueError, OSError):  # not on Windows, or a lower limit is set already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    _read(_WARMING, "https://harbour.example/dam")  # loads what pages need, so that the first has all its time
    pipe.send(None)
    with suppress(EOFError, OSError):
        while True:
            source, url = pipe.recv()
            pipe.send(_read(source, url))


def _read(source: str, url: str) -> Page:
    try:
        return read_page(source, url)
    except Exception as error:  # whatever the libraries stumble over: the other pages are read
        return Page(reason=f"no page: cannot be read: {type(error).__name__}")
