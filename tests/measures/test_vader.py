import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures.golden_cases import each_case

from analytics.article import AnnotatedArticle, Article, Mention, Sentence, VoiceSpan
from analytics.measures import vader

TEXT = 'Brandt, a hero, said: "Moor is a liar and a killer." Moor sat.'


def mention(number: int, sentence_id: int, actor: str, start: int) -> Mention:
    return Mention(
        mention_id=number,
        sentence_id=sentence_id,
        actor_id=actor.lower(),
        name=actor,
        kind="person",
        form="name",
        start=start,
        end=start + len(actor),
        first=0,
        last=1,
        head=0,
    )


@pytest.fixture
def annotated() -> AnnotatedArticle:
    """Brandt in the outlet's words, Moor quoted and then in the outlet's words."""
    return AnnotatedArticle(
        article=Article(article_id="a", text=TEXT),
        sentences=(Sentence(0, 0, 52, 0, 0, False), Sentence(1, 53, len(TEXT), 0, 0, False)),
        mentions=(mention(0, 0, "Brandt", 0), mention(1, 0, "Moor", 23), mention(2, 1, "Moor", 53)),
        voices=(
            VoiceSpan(0, 22, "outlet", None, None),
            VoiceSpan(22, 52, "quoted", "brandt", 0),
            VoiceSpan(52, len(TEXT), "outlet", None, None),
        ),
    )


def test_a_quotation_counts_only_for_those_named_in_it(annotated: AnnotatedArticle) -> None:
    values = {f["mention_id"]: f["sentiment_vader"] for f in vader.find(annotated)}
    assert values[0] == vader.compound("Brandt, a hero, said:") > 0.3
    assert values[1] == vader.compound('"Moor is a liar and a killer."') < -0.3
    assert values[2] == 0


def test_scores_are_means_per_actor_and_voice(annotated: AnnotatedArticle) -> None:
    findings = list(vader.find(annotated))
    rows = {(r.actor_id, r.voice): (r.numerator, r.denominator) for r in vader.score(annotated, findings)}
    assert set(rows) == {("brandt", "outlet"), ("moor", "quoted"), ("moor", "outlet")}
    assert rows["moor", "quoted"] == (findings[1]["sentiment_vader"], 1)


def test_without_voices_the_whole_sentence_counts() -> None:
    bare = AnnotatedArticle(
        article=Article(article_id="a", text="Moor is a hero."),
        sentences=(Sentence(0, 0, 15, 0, 0, False),),
        mentions=(mention(0, 0, "Moor", 0),),
    )
    assert next(vader.find(bare))["sentiment_vader"] == vader.compound("Moor is a hero.")


@given(st.text(max_size=80))
def test_a_compound_stays_in_range(text: str) -> None:
    assert -1 <= vader.compound(text) <= 1


@pytest.mark.model
@each_case("vader")
def test_golden_case(annotate, case) -> None:
    annotated = annotate(case["text"])
    found = [
        (annotated.voice_span_at(m.start).voice, f["sentiment_vader"])
        for m, f in zip(annotated.mentions, vader.find(annotated), strict=True)
        if m.name == case["actor"]
    ]
    voice, value = found[0]
    assert voice == case["voice"]
    assert {"+": value > 0.05, "-": value < -0.05, "0": abs(value) < 0.05}[case["sign"]], value
