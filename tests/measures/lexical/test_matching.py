import pytest

from analytics.article import AnnotatedArticle, Article, Sentence, Token
from analytics.errors import KnowledgeError
from analytics.knowledge.lexicon import Entry
from analytics.measures.lexical.matching import Match, Matcher


def entry(pattern: str, label: str = "cue") -> Entry:
    return Entry(pattern=pattern, label=label, weight=1.0, source="own", lexicon="words", line=7)


def annotated(*sentences: str) -> AnnotatedArticle:
    """Sentences of `form/POS` or `form/POS/lemma` tokens, one space between tokens."""
    tokens: list[Token] = []
    spans: list[Sentence] = []
    forms: list[str] = []
    at = 0
    for number, sentence in enumerate(sentences):
        first, start = len(tokens), at
        for part in sentence.split():
            form, pos, *lemma = part.split("/")
            i = len(tokens)
            tokens.append(
                Token(i, at, at + len(form), form, lemma[0] if lemma else form.lower(), pos, "", "dep", first, "")
            )
            forms.append(form)
            at += len(form) + 1
        spans.append(Sentence(number, start, at - 1, first, len(tokens), False))
    article = Article(article_id="a", text=" ".join(forms))
    return AnnotatedArticle(article=article, tokens=tuple(tokens), sentences=tuple(spans))


def texts(article: AnnotatedArticle, matches: list[Match]) -> list[str]:
    return [article.text_of(match.start, match.end) for match in matches]


def found(article: AnnotatedArticle, *patterns: str) -> list[str]:
    return texts(article, Matcher(entry(p) for p in patterns).find(article))


def test_forms_ignore_case_and_curly_apostrophes() -> None:
    article = annotated("Likely/ADV it/PRON does/AUX n’t/PART")
    assert found(article, "likely", "does n't") == ["Likely", "does n’t"]


def test_lemmas_match_any_form_and_forms_only_themselves() -> None:
    article = annotated("figures/NOUN/figure suggested/VERB/suggest it/PRON")
    assert found(article, "<suggest>") == ["suggested"]
    assert found(article, "suggest") == []


def test_a_part_of_speech_restricts() -> None:
    article = annotated("the/DET might/NOUN", "it/PRON might/AUX")
    assert [m.sentence.sentence_id for m in Matcher([entry("might/AUX|VERB")]).find(article)] == [1]


def test_the_longest_wins_and_matches_never_overlap() -> None:
    article = annotated("there/PRON is/AUX no/DET doubt/NOUN about/ADP it/PRON")
    assert found(article, "doubt", "no doubt", "doubt about it") == ["no doubt"]


def test_a_rejected_match_gives_way_to_the_next_shorter() -> None:
    article = annotated("not/PART certain/ADJ yet/ADV")
    matcher = Matcher([entry("not certain", "a"), entry("not", "b"), entry("certain", "c")])
    accepted = matcher.find(article, accept=lambda match: match.entry.label != "a")
    assert texts(article, accepted) == ["not", "certain"]


def test_matches_stay_within_a_sentence() -> None:
    assert found(annotated("no/DET", "doubt/NOUN"), "no doubt") == []


def test_alternatives_wildcards_and_hyphens() -> None:
    article = annotated("as/ADV far/ADV as/SCONJ we/PRON know/VERB", "so/ADV -/PUNCT called/VERB experts/NOUN")
    assert found(article, "as far as * know|knew", "so-called") == ["as far as we know", "so - called"]


@pytest.mark.parametrize("pattern", ["* known", "<suggest", "may||might", "/VERB", "a|", "<>"])
def test_a_pattern_that_cannot_be_understood_is_named(pattern: str) -> None:
    with pytest.raises(KnowledgeError, match=r"words\.tsv:7"):
        Matcher([entry(pattern)])


def test_an_empty_article_has_no_matches() -> None:
    assert found(annotated(), "likely") == []
