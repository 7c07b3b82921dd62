"""Who the source is that the learnt tagger marks: its actor, by parse and mentions, and what the rules know better.

The tagger marks words. The speaker is the actor whom they name; who is meant by "who", "his speech" and the like is
read from the parse, and so is who was only spoken to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ..article import Token
from .attribution_rules import NOBODY, AttributionRules, Speaker
from .encoder import Span
from .passives import named_by, quoted_subject, undergoer
from .reporting_cues import Cue

_TIME = re.compile(r"\d{1,2}[:.]\d\d\b")
_NEAR = 60  # characters after the tagger's source, within which a name still belongs to it
_RELATIVE = frozenset({"WP", "WDT", "WP$"})
UTTERANCES = frozenset(  # whoever owns one has said what it says
    "speech tweet post statement letter message comment remark address interview article op-ed column memo email"
    " testimony answer reply response announcement note blog book memoir essay appeal word video telegram thread"
    " declaration proclamation account caption affidavit sermon lecture broadcast warning".split()
)
_SUBJECTS = ("nsubj", "nsubjpass")


def touched(rules: AttributionRules, span: Span) -> tuple[int, int]:
    """The token range [first, last) that a span touches: word pieces and tokens need not begin together."""
    first = max(bisect_right(rules.starts, span[0]) - 1, 0)
    last = bisect_left(rules.starts, span[1])
    if first < last and rules.tokens[first].end <= span[0]:
        first += 1
    while first < last and rules.tokens[first].text.isspace():
        first += 1
    while first < last and rules.tokens[last - 1].text.isspace():
        last -= 1
    return first, last


def overlaps(speaker: Speaker, words: Span) -> bool:
    """Whether the words that name a speaker are among others."""
    return speaker.start is not None and speaker.end is not None and speaker.start < words[1] and words[0] < speaker.end


def source_of(rules: AttributionRules, source: Span | None, cue: Cue, cue_span: Span) -> tuple[Speaker, Span | None]:
    """The speaker of a tagged attribution, and the words that name whom its passive cue is about."""
    if source is not None:
        source = _without_cue(source, cue_span)
    if source is not None and rules.content[source[0]].isdigit():
        source = _without_time(rules, source, cue)
    speaker, about = _in_passive(rules, cue, _named(rules, source, cue))
    if about is None and cue.source is not None and _is_elsewhere(rules, speaker, cue) and _has_own_source(rules, cue):
        speaker = rules.speaker(cue.source)  # the tagger saw a listed verb and not its subject
    return speaker, about


def _is_elsewhere(rules: AttributionRules, speaker: Speaker, cue: Cue) -> bool:
    """Whether the tagger's source is none, or is in another sentence than its cue."""
    return speaker.start is None or rules.sentence_at(speaker.start) != rules.sentence_at(rules.starts[cue.token])


def _has_own_source(rules: AttributionRules, cue: Cue) -> bool:
    """Whether a listed verb is active and the source that the rules know for it is its own or a participle's."""
    verb = rules.tokens[cue.token]
    if not cue.entry.cue_class or verb.pos not in ("VERB", "AUX") or _is_passive(rules, verb):
        return False
    own = rules.children[verb.index]
    return cue.source in own or verb.tag == "VBG" or verb.dep in ("relcl", "conj")


def _is_passive(rules: AttributionRules, verb: Token) -> bool:
    """Whether a verb's form is a passive participle: no "have" is with it, nor with the verb that it is joined to."""
    if verb.tag == "VBD":
        return verb.dep == "acl"
    if verb.tag != "VBN":
        return False
    around = [*rules.children[verb.index], *(rules.children[verb.head] if verb.dep == "conj" else ())]
    helpers = [rules.tokens[i] for i in around if rules.tokens[i].dep in ("aux", "auxpass")]
    return any(t.dep == "auxpass" for t in helpers) or not any(t.lemma == "have" for t in helpers)


def _without_cue(source: Span, cue: Span) -> Span | None:
    """The source without the cue, where the tagger marked them as one: "a video showed", "Brandt Claims"."""
    if source[0] < cue[0] < source[1]:
        return source[0], cue[0]
    if cue[0] <= source[0] < cue[1]:
        return (cue[1], source[1]) if cue[1] < source[1] else None
    return source


def _without_time(rules: AttributionRules, source: Span, cue: Cue) -> Span:
    """The source after the time of day that a live report's entry begins with: "10:42 Police say …"."""
    if not _TIME.match(rules.content, source[0]):
        return source
    nouns = (t for t in reversed(rules.tokens[max(0, cue.first - 4) : cue.first]) if t.pos in ("NOUN", "PROPN", "PRON"))
    noun = next(nouns, None)
    return (noun.start, noun.end) if noun is not None and noun.start >= source[0] else source


def _in_passive(rules: AttributionRules, cue: Cue, speaker: Speaker) -> tuple[Speaker, Span | None]:
    """The speaker of a passive cue, and the words that name whom it is about.

    Who "was quoted as saying" something says it; who "was accused" or "told" does not.
    """
    tokens, children = rules.tokens, rules.children
    verb = tokens[cue.token]
    quoted = quoted_subject(verb, tokens, children)
    if quoted is not None:
        return rules.speaker(quoted), rules.phrase(quoted)
    sentence = rules.sentence_at(verb.start)
    about = undergoer(verb, tokens, children, headline=sentence is not None and sentence.in_title)
    if about is None:
        return _of_agent(rules, cue, speaker), None
    agent = named_by(verb, tokens, children)
    if agent is not None:
        return (rules.speaker(agent) if speaker == NOBODY or overlaps(speaker, rules.phrase(about)) else speaker), None
    start, end = rules.phrase(about)
    return (NOBODY if overlaps(speaker, (start, end)) else speaker), (start, end)


def _of_agent(rules: AttributionRules, cue: Cue, speaker: Speaker) -> Speaker:
    """The speaker of any other passive: "by" whom it is done; nobody of another sentence where nobody is named."""
    verb = rules.tokens[cue.token]
    if verb.tag not in ("VBN", "VBD"):
        return speaker
    own = [rules.tokens[i] for i in rules.children[verb.index]]
    by = next((t for t in own if t.dep == "agent"), None)
    agent = next((i for i in rules.children[by.index] if rules.tokens[i].dep == "pobj"), None) if by else None
    if agent is None and verb.dep == "acl":
        agent = named_by(verb, rules.tokens, rules.children)
    if agent is not None:
        before = speaker.start is not None and speaker.start < verb.start
        return rules.speaker(agent) if before and rules.tokens[agent].tag not in ("VBG", "CD") else speaker
    passive = verb.tag == "VBN" and any(t.dep in ("auxpass", "nsubjpass") for t in own)
    if passive and speaker.start is not None and rules.sentence_at(speaker.start) != rules.sentence_at(verb.start):
        return NOBODY
    if passive and cue.entry.cue_class == "opinion" and verb.lemma != "determine":
        about = next((t for t in own if t.dep == "nsubjpass"), None)
        about = rules.tokens[verb.head] if about is not None and about.tag in _RELATIVE else about
        if about is not None and overlaps(speaker, (about.start, about.end)):
            return NOBODY  # "researchers who were considered neutral"
    return speaker


def _named(rules: AttributionRules, source: Span | None, cue: Cue) -> Speaker:
    """The actor that a source span is about, with the words of the span's noun phrase."""
    if source is None:
        return NOBODY
    first, last = touched(rules, source)
    relative = next((i for i in range(max(first + 1, last - 2), last) if rules.tokens[i].tag in _RELATIVE), last)
    if relative < last:  # "a farmer who", "officials who have"
        last = relative
        source = (source[0], rules.tokens[last - 1].end)
    if last - first > 1 and rules.tokens[last - 1].tag == "TO":
        last -= 1  # "the only state to | endorse …"
        source = (source[0], rules.tokens[last - 1].end)
    if first >= last:
        return NOBODY
    head = rules.top(first, last)
    subject = _subject_of_clause(rules, head, first, last, cue)
    if subject is not None:
        return rules.speaker(subject)
    end = source[1]
    while rules.tokens[head].dep in ("compound", "amod", "nmod", "det"):
        above = rules.tokens[head].head
        if above == cue.token:
            break  # "Norland promises": the cue is no part of its source
        if rules.tokens[head].dep == "det" and head == last - 1:
            end = max(end, rules.tokens[above].end)  # a phrase cut short: "the" of "the teacher"
        head = above  # a name cut short: "President" of "President Ada Brandt"
    if rules.tokens[head].tag in _RELATIVE and last - first == 1:
        return _antecedent(rules, head)._replace(start=source[0], end=end)
    owner = _owner(rules, head)
    if owner is not None:
        return rules.speaker(owner)._replace(start=source[0], end=end)
    speaker = rules.speaker(head)
    if speaker.start is not None and speaker.end is not None and end <= speaker.start <= end + _NEAR:
        end = speaker.end  # the name beside a role: "the minister", "Ada Brandt"
    return speaker._replace(start=source[0], end=end)


def _subject_of_clause(rules: AttributionRules, head: int, first: int, last: int, cue: Cue) -> int | None:
    """Who is meant where the tagger marked a clause, or what stands beside the subject: "Brandt opens dam, says"."""
    token = rules.tokens[head]
    if token.tag in ("VBD", "VBZ", "VBP") and last - first > 2:
        return next((i for i in rules.children[head] if rules.tokens[i].dep == "nsubj" and first <= i < last), None)
    if token.pos == "ADP" and token.dep == "prep" and token.text.lower() not in ("according", "of", "from", "by"):
        own = next((i for i in rules.children[cue.token] if rules.tokens[i].dep == "nsubj"), None)
        return own if own is not None and not first <= own < last else None
    return None


def _antecedent(rules: AttributionRules, pronoun: int) -> Speaker:
    """Whom "who" or "which" means: the noun that its clause hangs on."""
    verb = rules.tokens[rules.tokens[pronoun].head]
    for _ in range(4):
        if verb.dep == "relcl":
            noun = rules.tokens[verb.head]
            return rules.speaker(noun.index) if noun.pos in ("NOUN", "PROPN", "PRON") else rules.speaker(pronoun)
        if verb.dep not in ("conj", "xcomp", "ccomp") or verb.head == verb.index:
            break
        verb = rules.tokens[verb.head]
    return rules.speaker(pronoun)


def _owner(rules: AttributionRules, noun: int) -> int | None:
    """Whose speech, letter or tweet a noun is: "his speech", "Ada Brandt's letter"."""
    if rules.tokens[noun].lemma not in UTTERANCES or rules.tokens[noun].dep not in _SUBJECTS:
        return None
    return next((i for i in rules.children[noun] if rules.tokens[i].dep == "poss"), None)
