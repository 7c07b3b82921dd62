"""Where batches of articles are scored: in this process or in a pool of processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TypeVar

from ..errors import TellingsError

Item = TypeVar("Item")
Result = TypeVar("Result")

# Signals that end a run in good order; Windows lacks the last.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_SETTLE = 0.3  # seconds
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread_each() -> None:
    """Let processes of which numpy is not yet loaded multiply on one thread: with products as small as ours, and on
    shared cores, a second one only slows the first."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def run(work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int) -> Iterator[Result]:
    """Results of `work` in the order of the items; at most 2 × jobs items are held at a time.

    Raises TellingsError when a worker process dies, as it does when memory runs out.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    one_thread_each()
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    if os.name == "posix":
        with _held_signals():
            resource_tracker.ensure_running()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_serve, initargs=(os.getpid(),)) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                with _held_signals():
                    waiting.append(pool.submit(work, item))
                if len(waiting) >= 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            time.sleep(_SETTLE)  # where a signal ended the workers it ends this process, too, and says why
            raise TellingsError(
                "a worker process died, most likely for want of memory; go on with --resume and fewer --jobs"
            ) from error
        except BaseException:  # an interrupt, or a caller that wants no more: finished parts are safe, the rest can go
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.kill()
            raise


@contextmanager
def _held_signals() -> Iterator[None]:
    """Keep the signals that end a run for later. A process started meanwhile begins with them held, too: sent to the
    whole group, as when a terminal closes, they are the parent's alone to answer."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(parent: int) -> None:
    """Prepare a worker: Ctrl-C and a closed terminal are the parent's to answer, and a killed parent takes it along.

    SIGTERM ends it at once, since that is how a pool of which one process died ends the others.
    """
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
