"""The readable rules for who is made to say what, over the parse and the quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from ..article import Article, AttributionKind, Mention, Sentence
from .named_sources import person_beside
from .parse import Parse
from .passives import named_by, undergoer
from .quotations import Quotation
from .reporting_cues import ADVERBIALS, Cue, find_cues, noun_clause

_LONGEST_KIND = 4  # tokens before the name of a work: "his first comic song"
_NEAR = 12  # tokens between a quotation and a cue beside it


class Content(NamedTuple):
    start: int
    end: int
    kind: AttributionKind
    cue: Cue | None
    speaker: Speaker


class Speaker(NamedTuple):
    """A source as the text gives it: an actor where the mention resolves to one, and the words with their place."""

    actor_id: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


NOBODY = Speaker()


class AttributionRules:
    """One article's tokens, cues and quotations, indexed for the rules below."""

    def __init__(
        self,
        article: Article,
        parse: Parse,
        mentions: dict[int, Mention],
        children: tuple[tuple[int, ...], ...],
    ) -> None:
        self.content = article.content
        self.parse = parse
        self.tokens = parse.tokens
        self.mentions = mentions
        self.children = children
        self.starts = [token.start for token in self.tokens]
        self.sentence_starts = [sentence.start for sentence in parse.sentences]
        self.quotation_starts = [quotation.start for quotation in parse.quotations]
        self._ends_so_far = list(accumulate((quotation.end for quotation in parse.quotations), max))
        self.found = find_cues(parse, children)
        self._by_token = sorted((cue.token, number) for number, cue in enumerate(self.found))
        self.cues = [self._in_headline(self._outside_marks(cue)) for cue in self.found]
        self.cue_at = {cue.token: cue for cue in self.cues}

    def _outside_marks(self, cue: Cue) -> Cue:
        """Mend a cue whose source the parser took from inside a quotation beside it.

        'He said "guarantees must be for both," implying …': who implies is who said it.
        """
        quotation = self.quotation_at(self.starts[cue.source]) if cue.source is not None else None
        if quotation is None or quotation == self.quotation_at(self.starts[cue.token]):
            return cue
        sentence = self.sentence_at(self.starts[cue.token])
        before = [self.found[i] for i in self._cues_in(sentence.first, cue.token)] if sentence else []
        outside = [c for c in before if c.source is not None and self.quotation_at(self.starts[c.source]) is None]
        return cue._replace(source=outside[-1].source if outside else None)

    def _cues_in(self, first: int, last: int) -> list[int]:
        """The numbers of the cues whose token is in [first, last)."""
        low, high = bisect_left(self._by_token, (first, 0)), bisect_left(self._by_token, (last, 0))
        return sorted(number for _, number in self._by_token[low:high])

    def _in_headline(self, cue: Cue) -> Cue:
        """A headline's passive without its auxiliary has no source but "by …": "Brandt slammed for “cruel” cuts"."""
        verb, sentence = self.tokens[cue.token], self.sentence_at(self.starts[cue.token])
        if sentence is None or not sentence.in_title:
            return cue
        if undergoer(verb, self.tokens, self.children, headline=True) is None:
            return cue
        return cue._replace(source=named_by(verb, self.tokens, self.children))

    def quotation_at(self, offset: int) -> Quotation | None:
        at = bisect_right(self.quotation_starts, offset) - 1
        if at >= 0 and offset < self.parse.quotations[at].end:
            return self.parse.quotations[at]
        return None

    def contents(self) -> list[Content]:
        """What the rules find by themselves."""
        direct = self.direct()
        return [*self.indirect({content.start: content.speaker for content in direct}), *direct]

    # ---- indirect speech -------------------------------------------------

    def indirect(self, quoted: Mapping[int, Speaker]) -> list[Content]:
        """Reported clauses; `quoted` gives the speakers of quotations by where their words begin."""
        found = []
        for cue in self.cues:
            if cue.entry.quotes_only or cue.source is None:
                continue
            head = self._complement(cue)
            if head is None:
                continue
            speaker = self.speaker(cue.source)
            if self.tokens[cue.source].text == "I" and (quotation := self.quotation_at(self.starts[cue.source])):
                speaker = quoted.get(quotation.inner_start, speaker)  # “I think that …”
            for start, end in self._clause_spans(head, cue):
                if self.fully_quoted(start, end):
                    continue
                kind: AttributionKind = "mixed" if self.holds_quotation(start, end) else "indirect"
                found.append(Content(start, end, kind, cue, speaker))
        return found

    def _complement(self, cue: Cue) -> int | None:
        """The head of the clause that a cue reports."""
        verb = self.tokens[cue.token]
        if cue.entry.noun:
            return noun_clause(verb, self.tokens, self.children)
        if cue.lemma in ADVERBIALS:
            governor = self.tokens[verb.head]
            while governor.pos not in ("VERB", "AUX") and governor.head != governor.index:
                governor = self.tokens[governor.head]
            return governor.index if governor.index != cue.token else None
        clauses = [i for i in self.children[verb.index] if self.tokens[i].dep == "ccomp"]
        if cue.lemma == "make clear":
            clear = next((i for i in self.children[verb.index] if self.tokens[i].text.lower() == "clear"), None)
            clauses = [i for i in clauses if i != clear]
            if clear is not None:
                clauses += [i for i in self.children[clear] if self.tokens[i].dep in ("ccomp", "advcl")]
        if not clauses and cue.entry.cue_class in ("assertive", "claiming", "warning"):
            clauses = [i for i in self.children[verb.index] if self.tokens[i].dep == "xcomp" and i > verb.index]
            if cue.lemma not in ("vow", "pledge", "promise", "swear", "threaten", "claim"):
                clauses = []
        return clauses[0] if clauses else None

    def _clause_spans(self, head: int, cue: Cue) -> list[tuple[int, int]]:
        """The stretches of a reported clause, without the cue's own words inside it."""
        own = {cue.token, *range(cue.first, cue.last)}
        own.update(self._subtree(cue.source) if cue.source is not None else ())
        own.update(self._subtree(cue.token) if cue.lemma in ADVERBIALS else ())
        inside = [i for i in self._subtree(head) if i not in own]
        if inside and self.tokens[inside[0]].dep == "mark" and self.tokens[inside[0]].text.lower() in ("that", "as"):
            inside = inside[1:]
        spans: list[list[int]] = []
        for i in inside:
            if spans and all(self.tokens[j].pos in ("PUNCT", "SPACE") for j in range(spans[-1][-1] + 1, i)):
                spans[-1].append(i)
            else:
                spans.append([i])
        trimmed = (self._without_edges(span[0], span[-1]) for span in spans)
        return [(self.tokens[first].start, self.tokens[last].end) for first, last in trimmed if last > first]

    def _without_edges(self, first: int, last: int) -> tuple[int, int]:
        """A token range [first, last] without commas, stops and spaces at its edges."""
        while first < last and (self.tokens[first].text in {",", ";", ":"} or self.tokens[first].text.isspace()):
            first += 1
        while last > first and (self.tokens[last].text in {",", ";", ":", "."} or self.tokens[last].text.isspace()):
            last -= 1
        return first, last

    def fully_quoted(self, start: int, end: int) -> bool:
        covered = sum(min(q.end, end) - max(q.start, start) for q in self._quotations_in(start, end))
        return covered >= 0.9 * (end - start)

    def names_work(self, start: int, end: int) -> bool:
        """Whether words only name a work: "the song “Never Mind the Rain”"."""
        inside = self._quotations_in(start, end)
        if len(inside) != 1:
            return False
        first, last = self.token_range(start, end)
        outside = [t for t in self.tokens[first:last] if not inside[0].start <= t.start < inside[0].end]
        plain = len(outside) <= _LONGEST_KIND and all(t.pos in ("DET", "NOUN", "ADJ", "PRON", "NUM") for t in outside)
        return plain and self._is_title(inside[0], *self.token_range(inside[0].inner_start, inside[0].inner_end))

    def holds_quotation(self, start: int, end: int) -> bool:
        return bool(self._quotations_in(start, end))

    def _quotations_in(self, start: int, end: int) -> list[Quotation]:
        low, high = bisect_right(self._ends_so_far, start), bisect_left(self.quotation_starts, end)
        return [q for q in self.parse.quotations[low:high] if q.end > start]

    # ---- direct speech ---------------------------------------------------

    def direct(self) -> list[Content]:
        found: list[Content] = []
        previous: Quotation | None = None
        for quotation in self.parse.quotations:
            first, last = self.token_range(quotation.inner_start, quotation.inner_end)
            if first >= last or self._is_title(quotation, first, last):
                continue
            cue = self._governing_cue(first, last) or self._cue_beside(quotation, first, last)
            speaker = self.speaker(cue.source) if cue is not None and cue.source is not None else NOBODY
            if cue is None:
                speaker = self._before_colon(quotation)
            if speaker == NOBODY and found and previous and self._continues(previous, quotation, first, last):
                speaker = found[-1].speaker
            found.append(Content(quotation.inner_start, quotation.inner_end, "direct", cue, speaker))
            previous = quotation
        return found

    def _is_title(self, quotation: Quotation, first: int, last: int) -> bool:
        """Whether marks set off the name of a work or programme ("This Week in Halsmer") and not speech."""
        sentence = self.sentence_at(quotation.start)
        words = [t for t in self.tokens[first:last] if t.text[0].isalpha()]
        if sentence is None or sentence.in_title or len(words) < 2:
            return False
        small = ("DET", "ADP", "CCONJ", "PART", "PRON")
        return all(t.text[0].isupper() or t.pos in small for t in words) and words[-1].text[0].isupper()

    def _governing_cue(self, first: int, last: int) -> Cue | None:
        """The innermost cue with a source above the quotation's words, in the same sentence."""
        sentence = self.sentence_at(self.tokens[first].start)
        if sentence is None:
            return None
        tops = [
            i
            for i in range(first, last)
            if not first <= self.tokens[i].head < last and self.tokens[i].pos not in ("PUNCT", "SPACE")
        ]
        for top in tops:
            i = top
            for _ in range(12):
                above = self.tokens[i].head
                if above == i or not sentence.first <= above < sentence.last:
                    break
                cue = self.cue_at.get(above)
                is_source = cue is not None and cue.source is not None and i == cue.source
                if cue is not None and cue.source is not None and not first <= above < last and not is_source:
                    return cue
                if is_source:
                    break
                i = above
        return None

    def _cue_beside(self, quotation: Quotation, first: int, last: int) -> Cue | None:
        """A cue right after the quotation (“…,” she said) or right before it (she said: “…”)."""
        after = self.sentence_at(quotation.end - 1)
        before = self.sentence_at(quotation.start)
        best: tuple[int, Cue] | None = None
        for cue in (self.cues[i] for i in self._cues_in(first - _NEAR, last + _NEAR + 1)):
            if cue.source is None or first <= cue.token < last or cue.entry.noun:
                continue
            if after is not None and last <= cue.token < after.last:
                distance = cue.token - last
            elif before is not None and before.first <= cue.token < first:
                distance = first - cue.token + 1
            else:
                continue
            if distance <= _NEAR and (best is None or distance < best[0]):
                best = (distance, cue)
        return best[1] if best else None

    def _before_colon(self, quotation: Quotation) -> Speaker:
        """The actor named right before a colon: 'Marin Olde: "…"'."""
        i = bisect_left(self.starts, quotation.start) - 1
        while i >= 0 and self.tokens[i].text.isspace():
            i -= 1
        if i > 0 and self.tokens[i].text == ":" and (mention := self.mentions.get(i - 1)):
            return self.speaker(mention.head)
        return NOBODY

    def _continues(self, previous: Quotation, quotation: Quotation, first: int, last: int) -> bool:
        """Whether a quotation that fills its sentences goes on from the one shortly before."""
        if previous.continues:
            return True
        first_sentence = self.sentence_at(quotation.inner_start)
        last_sentence = self.sentence_at(quotation.inner_end - 1)
        before = self.sentence_at(previous.end - 1)
        if first_sentence is None or last_sentence is None or before is None:
            return False
        outside = self.content[first_sentence.start : quotation.start] + self.content[quotation.end : last_sentence.end]
        fills = not any(c.isalnum() for c in outside)
        return fills and first_sentence.sentence_id - before.sentence_id - self._captions(before, first_sentence) <= 1

    def _captions(self, before: Sentence, after: Sentence) -> int:
        """How many sentences between two are boilerplate, which interrupts nobody."""
        between = self.parse.sentences[before.sentence_id + 1 : after.sentence_id]
        if not between or len(between) > _NEAR:
            return 0
        starts = {span.start for span in self.parse.boilerplate}
        return sum(sentence.start in starts for sentence in between)

    # ---- shared ----------------------------------------------------------

    def speaker(self, head: int) -> Speaker:
        """The source whose noun phrase a token heads."""
        if head > 0 and not any(c.isalnum() for c in self.tokens[head].text) and head - 1 in self.mentions:
            head -= 1  # a sign after a name that the parser took for its head
        mention = self.mentions.get(head)
        if mention is None or mention.form != "name":
            sentence = self.sentence_at(self.starts[head])
            last = sentence.last if sentence else len(self.tokens)
            mention = person_beside(head, self.tokens, self.mentions, self.children, last) or mention
        if mention is not None and (mention.head == head or mention.kind == "person"):
            return Speaker(mention.actor_id, self.content[mention.start : mention.end], mention.start, mention.end)
        phrase = [
            i
            for i in self._subtree(head)
            if i == head
            or (self.tokens[i].text == "-" and self._is_inside_word(i))  # "thirty-two percent"
            or (
                (self.tokens[i].dep not in ("relcl", "acl", "punct", "appos", "advcl", "cc", "conj"))
                and self.tokens[i].tag not in ("WP", "WDT")
            )
        ]
        first = head
        while first - 1 in phrase:
            first -= 1
        while first < head and self.tokens[first].dep == "case":
            first += 1  # what is before "’s" is no part of the phrase
        last = head
        while last + 1 in phrase:
            last += 1
        if self.tokens[head].text == "No" and [t.text for t in self.tokens[head + 1 : head + 2]] == ["."]:
            last = (
                max(last, head + 2) if self.tokens[head + 2 : head + 3] and self.tokens[head + 2].tag == "CD" else last
            )
        start, end = self.tokens[first].start, self.tokens[last].end
        return Speaker(None, self.content[start:end], start, end)

    def _is_inside_word(self, i: int) -> bool:
        """Whether no space is on either side of a token."""
        token, around = self.tokens[i], self.content[self.tokens[i].start - 1 : self.tokens[i].end + 1]
        return len(around) == len(token.text) + 2 and not any(character.isspace() for character in around)

    def phrase(self, head: int) -> tuple[int, int]:
        """The characters from the first to the last word that a token governs."""
        words = self._subtree(head)
        return self.tokens[words[0]].start, self.tokens[words[-1]].end

    def sentence_at(self, offset: int) -> Sentence | None:
        at = bisect_right(self.sentence_starts, offset) - 1
        return self.parse.sentences[at] if at >= 0 else None

    def top(self, first: int, last: int) -> int:
        """The token that governs the rest of a range [first, last)."""
        outside = (i for i in range(first, last) if not first <= self.tokens[i].head < last or self.tokens[i].head == i)
        return next((i for i in outside if self.tokens[i].pos not in ("PUNCT", "SPACE", "DET")), first)

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        while last > first and self.tokens[last - 1].text.isspace():
            last -= 1
        return first, last

    def _subtree(self, head: int) -> list[int]:
        found, stack = [], [head]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.children[i])
        return sorted(found)
