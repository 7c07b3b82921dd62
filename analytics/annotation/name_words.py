"""Words that tell what a name beside them or around them is the name of."""

from __future__ import annotations

import re
from functools import cache

from ..article import Token
from ..knowledge.aliases import load_titles

PRONOUN_GENDERS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
HONORIFICS = frozenset(  # before these names of persons stand, and nothing else
    "mr mr. mrs mrs. ms ms. miss sir dame lord lady baroness baron viscount viscountess sheikh sheik sen. rep. gov."
    " sgt sgt. cpl cpl. pte maj maj. lt lt. col col. capt capt.".split()
)
PEERS = frozenset("lord lady baroness baron viscount viscountess".split())
PERHAPS_PERSONS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})  # labels
MONTHS = frozenset("May June April August".split())  # months that are given names or surnames, too
GIVEN_TO_BODIES = frozenset(  # given names that are as often names of companies, clubs and places
    "Meta Chelsea Israel Georgia Chad Austin Virginia Carolina Florence Charlotte Houston Charles Johnson"
    " Marshall Max Hunter Art Don King Miles Royal Chase Grant Bill Will May June April Hope Faith Grace"
    " Victoria Mercedes Major Earl Prince Santa India Asia Kenya Dean Joy Madison Lincoln Washington"
    " Jackson Sterling Rolls Shell Star Dell Marine Sun Al Stanford Ford Morgan Merrill Wells Columbia"
    " Cornell Howard Duke Brown Stanley Roman Rusty German Jordan Paris".split()
)
OF_BODIES = frozenset(
    "Foundation Institute University Center Centre Hospital School College Fund Group Inc Corp Company Co News Press"
    " Bank Party Trust Airlines Church Court Committee Council Library Museum Academy Society Club FC United Media"
    " Times Post Journal House Hall Charity Kids Brothers Sachs Stanley Show Live Tonight Center's Administration"
    " Ministry Department Office Agency Army Brigade Division Battalion Regiment Prison Camp".split()
)

# How words are made that stand before names as titles, listed or not: "Burgomaster".
LIKE_A_TITLE = re.compile(r"[A-Z][a-z]{2,}(?:er|or|man|men|woman|person|ist|eer|ess|ant|ary|lord|lady|chief|head)$")


@cache
def load_titles_and_honorifics() -> frozenset[str]:
    """What may stand before a name without being a part of it, in lower case."""
    return frozenset(load_titles()) | HONORIFICS


def titled(tokens: tuple[Token, ...], first: int) -> str | None:
    """The honorific directly before a token, in lower case and without its full stop."""
    before = tokens[first - 1].text.lower() if first else ""
    return before.rstrip(".") if before in HONORIFICS and tokens[first - 1].text[0].isupper() else None
