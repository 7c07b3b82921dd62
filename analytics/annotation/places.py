"""Tells a capital used for a government ("Moscow rejected") from the place ("in Moscow")."""

from __future__ import annotations

from ..article import Token
from ..knowledge.aliases import load_places

_LOCATIVE = frozenset("in at near outside around inside within into across through throughout beyond above".split())
_MOTION = frozenset(
    "travel go fly return come move arrive head drive flee march advance get ride walk rush evacuate route"
    " retreat withdraw visit trip journey flight visit road way train".split()
)
_ON_PLACES = frozenset(
    "visit leave attack shell bomb bombard hit take capture encircle surround enter reach seize strike defend flee"
    " approach target storm besiege hold control evacuate liberate tour circle cross retake recapture conquer rock"
    " pound overrun occupy base locate surround protect".split()
)
_PARTS_OF_PLACES = frozenset(
    "city capital outskirt outskirts region suburb centre center mayor north south east west"
    " northeast northwest southeast southwest street streets university"
    " part parts battle siege bombardment oblast district area resident residents people fall capture shelling"
    " kilometer kilometre mile edge metro airport sky skies bombing town village encirclement protest".split()
)
_OF_GOVERNMENTS = frozenset(
    "government regime official authority administration leadership leader policy position troop force army military"
    " ambassador envoy diplomat negotiator side ally aid sanction decision source spokesman"
    " spokeswoman spokesperson aide".split()
)


def is_place(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether a capital's name over tokens [first, last) means the place and not the government."""
    head = tokens[last - 1]
    while head.dep == "nummod" and first <= head.head < last:  # "No. 10"
        head = tokens[head.head]
    governor = tokens[head.head]
    if last < len(tokens) - 1 and tokens[last].text == "," and tokens[last + 1].entity == "GPE":
        return True  # "Kyiv, Ukraine"
    if head.dep == "pobj":
        preposition = governor.lemma
        if preposition == "of" and tokens[governor.index - 1].lemma in _PARTS_OF_PLACES:
            return True
        above = tokens[governor.head]
        if preposition in _LOCATIVE:
            return True
        if preposition in ("to", "from", "toward", "towards", "for", "via", "on"):
            return above.lemma in _MOTION or (preposition == "from" and above.pos == "VERB")
        return preposition == "of" and above.lemma in _PARTS_OF_PLACES
    if head.dep in ("dobj", "nsubjpass"):
        return governor.lemma in _ON_PLACES
    if head.dep in ("compound", "nmod", "amod", "nummod"):
        return governor.lemma not in _OF_GOVERNMENTS
    if head.dep == "poss":
        return governor.lemma in _PARTS_OF_PLACES or governor.entity in ("FAC", "LOC")
    if head.dep == "conj":  # coordinated names share their reading: "in Moscow and Kyiv"
        if governor.text in load_places():
            return True  # "Halsmer and Capstan", cities both
        return governor.entity == "GPE" and is_place(tokens, governor.index, governor.index + 1)
    return head.dep in ("npadvmod", "appos") or (head.dep == "nsubj" and governor.lemma in ("lie", "fall"))
