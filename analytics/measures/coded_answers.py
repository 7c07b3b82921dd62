"""The answers that coders of several measures choose from, and what they are asked."""

from __future__ import annotations

from .contract import Answer, CodedItem, Coding

SIDES = (
    Answer(key="1", value=-1, label="against", when="It is put in a bad light: blamed, mocked, belittled, at fault."),
    Answer(key="2", value=0, label="neither", when="It is only mentioned, or good and bad weigh about the same."),
    Answer(key="3", value=1, label="for", when="It is put in a good light: praised, defended, shown to succeed."),
)
MOST = 6  # of a count that one key gives; more cues of a kind in one sentence hardly occur

TREATED = Coding(
    item="mention",
    ask="Does the sentence put {actor} in a good or a bad light?",
    answers=SIDES,
    rule=(
        "Judge how the marked words are treated in this sentence, not what you think of them. Bad news about somebody "
        "is not yet a bad light. Words in grey are a source's or stand around the sentence: they help to understand, "
        "and are not judged."
    ),
)


def counted(what: str, *, means: str) -> Coding:
    """How many cues of a kind the words of one voice in a sentence hold."""
    return Coding(
        item="words",
        ask=f"How many {what} are there in the words that are not grey?",
        answers=tuple(
            Answer(key=str(n), value=n, label=f"{n} or more" if n == MOST else str(n)) for n in range(MOST + 1)
        ),
        level="interval",
        rule=f"Count {means} An expression of several words counts once. Words in grey do not count.",
    )


def yes_or_no(item: CodedItem, ask: str, *, yes: str, no: str, rule: str = "") -> Coding:
    """Whether something holds of an item; the machine's answer is a probability."""
    answers = (
        Answer(key="1", value=0, label="no", when=no),
        Answer(key="2", value=1, label="yes", when=yes),
    )
    return Coding(item=item, ask=ask, answers=answers, level="nominal", rule=rule)
