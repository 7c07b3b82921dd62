"""Which of one telling goes with which of the other, where each may go with one: the likeliest pair first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def best_first(scored: Iterable[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs (i, j) of (score, i, j), the highest score first, every i and every j at most once.

    Ties go to the lower numbers, so that the same input gives the same pairs.

    >>> list(best_first([(0.9, 0, 0), (0.95, 0, 1), (0.5, 1, 0)]))
    [(0, 1), (1, 0)]
    """
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for _, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            yield i, j
