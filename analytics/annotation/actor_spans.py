"""What stands between the rules that link mentions: spans of tokens with their actor, before they are numbered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from ..article import ActorKind, MentionForm


class ActorSpan(NamedTuple):
    """A mention before numbering: who, as what, over which tokens, governed by which token."""

    actor_id: str
    name: str
    kind: ActorKind
    form: MentionForm
    first: int
    last: int
    head: int
    confidence: float | None = None  # of links that are inferred; null for names


@dataclass(slots=True)
class ArticleActors:
    """The actors of one article and what it tells about them."""

    spans: list[ActorSpan] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)  # actor id → "he", "she"
    descriptions: dict[tuple[str, str | None], set[str]] = field(default_factory=lambda: defaultdict(set))
    # (title, country id or None) → the persons the article gives that title

    def covered(self) -> set[int]:
        return {i for span in self.spans for i in range(span.first, span.last)}
