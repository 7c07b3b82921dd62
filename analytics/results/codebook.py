"""The codebook: what every column of every table means, with its type, unit and permitted values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .schemas import TABLES


class Entry(NamedTuple):
    """One column of one table."""

    table: str
    column: str
    type: str
    nullable: bool
    values: str  # permitted values or range, "" where any
    meaning: str


# Columns that mean the same wherever they occur.
_EVERYWHERE = {
    "article_id": "The article.",
    "sentence_id": "The sentence within the article, from 0.",
    "start": "Where the evidence begins: character offset into the article's text in `texts`.",
    "end": "Where it ends (exclusive): `text[start:end]` is the evidence.",
    "text": "The words themselves, as the article's text has them.",
    "voice": "Whose words these are: the outlet's own, quoted, or reported (indirect speech).",
    "speaker_id": "The actor whose words these are said to be; null in the outlet's voice or if unresolved.",
    "actor_id": "The actor.",
    "outlet": "Who published the article.",
    "published": "When it was published, UTC.",
    "source_file": "The input file the record came from.",
    "source_row": "The record's number within that file, from 1.",
}

_OF_TABLE = {
    "articles": {
        "article_id": "Identifies the article: the same input gives the same id.",
        "title": "The headline.",
        "url": "The article's address as the input gives it.",
        "author": "The byline as the input gives it.",
        "language": "Language code as the input gives it.",
        "n_words": "Words in title and body that measures read; boilerplate's are not among them.",
        "n_words_boilerplate": "Words in title and body that are boilerplate, left out of every measure; 0 as well "
        "where the run kept them.",
        "n_sentences": "Sentences in title and body, those of boilerplate included.",
        "date_source": "Where `published` comes from, such as a column or the text's first words.",
        "story_id": "The story (same-event group) the article belongs to.",
        "copy_of": "The article of which this one is a copy.",
        "wire_credit": "The news agency the article credits.",
        "flags": "Doubts about the article, separated by semicolons.",
    },
    "texts": {"text": "The normalised text: title, a blank line, body. All offsets refer to it."},
    "sentences": {
        "start": "Where the sentence begins: character offset into the article's text.",
        "end": "Where it ends (exclusive).",
        "in_title": "Whether the sentence stands in the headline.",
        "boilerplate": "The kind of boilerplate that the sentence is; null where it is news. No measure reads "
        "boilerplate, and mentions and attributions in it have no rows.",
        "p_slanted": "How likely it is that the outlet's own words in the sentence take a side; null where there are "
        "too few of them.",
    },
    "actors": {
        "actor_id": "Identifies the actor across the whole corpus.",
        "name": "The name shown for the actor.",
        "kind": "What the actor is.",
        "aliases": "Every form of the name that occurs, most frequent first, separated by semicolons.",
        "n_mentions": "Mentions in the whole corpus.",
        "n_articles": "Articles that mention the actor.",
    },
    "mentions": {
        "mention_id": "The mention within the article, from 0.",
        "form": "How the actor is referred to: by name, by a noun phrase, or by a pronoun.",
        "confidence": "How often links by the same rule were right where a reader judged them; null for names.",
        "role": "Whether the actor does (agent) or undergoes (patient) what the verb says.",
        "p_negative": "Probability that the sentiment toward the actor is negative.",
        "p_neutral": "Probability that it is neutral.",
        "p_positive": "Probability that it is positive.",
        "sentiment": "Sentiment toward the actor: p_positive − p_negative; below 0 is unfavourable.",
        "sentiment_vader": "The baseline: VADER's compound score of the sentence's words in the mention's voice.",
        "read_from": "Which words sentiment was read from: the whole sentence, the outlet's own words in it "
        "(own_words), or none, because the outlet tells of somebody else's attitude toward the actor (told_attitude) "
        "or too few words of its own are left beside a source's (too_few_words); null where no encoder read it.",
        "read_words": "Where the words that were read stand, as start-end of each stretch, separated by spaces; null "
        "where it is the whole sentence or none.",
    },
    "attributions": {
        "attribution_id": "The attribution within the article, from 0.",
        "kind": "Quotation (direct), indirect speech, or indirect speech with quoted words in it (mixed).",
        "speaker_id": "The actor who is made to say it; null where the source is no known actor.",
        "speaker_text": "The source in the article's own words.",
        "cue": "Lemma of the reporting expression, such as say, warn, according to.",
        "cue_class": "The kind of reporting expression.",
        "n_words": "Words attributed.",
        "joint_with": "The attribution of the same words to another source that says them, too; null where there is "
        "none or this is the first.",
        "level": "1 where the article itself reports it, 2 where it stands inside what another source reports, "
        "and so on; null in results of a version that did not tell.",
        "within": "The attribution whose words it stands inside of; null at level 1.",
    },
    "cues": {
        "cue_type": "What the cue is; the measures of docs/methods.md say what each class means.",
        "kind": "The cue's type within its lexicon; of loaded words: label (a name that takes a side), evaluation "
        "(praise or blame), emotion (what to feel), dramatic (makes a drama of it), doubt (distance).",
        "scope_start": "Where the words the cue bears on begin.",
        "scope_end": "Where they end (exclusive).",
    },
    "stances": {
        "holder_id": "The actor who holds the stance; null where `holder` is none, or the outlet holds it itself.",
        "holder": "The words that name who holds it, where they do; null (with holder_id null and voice `outlet`) is "
        "the outlet itself.",
        "target_id": "What the stance is toward, where it is an actor, a listed statement or a relation of actors.",
        "target_kind": "Whether the target is an actor or a proposition (such as joining an alliance).",
        "target": "The target in the article's own words.",
        "expression": "The words that carry the stance; null where the encoder read it from the sentence as a whole.",
        "method": "How the stance was found: expression (words of a lexicon, with the parse) or encoder (learnt).",
        "p_against": "Probability that the holder is against the target.",
        "p_none": "Probability that no side is taken.",
        "p_favour": "Probability that the holder is in favour.",
        "stance": "p_favour − p_against: −1 against, 1 in favour.",
        "read_from": "Which words the encoder read: the whole sentence, or the outlet's own words in it (own_words); "
        "null where an expression was found.",
        "read_words": "Where these words stand, as start-end of each stretch, separated by spaces; null where it is "
        "the whole sentence.",
    },
    "frames": {
        "frame": "The frame's name.",
        "p": "How probable it is that coders of climate news would see the frame; elsewhere only a degree.",
        "evidence": "Ids of the sentences that show it, weightiest first, separated by commas.",
    },
    "stories": {
        "story_id": "Identifies the story: the id of its first article, so that it stays the same as articles join.",
        "label": "The headline of its first article that has one.",
        "first_published": "When its first article was published, UTC.",
        "last_published": "When its latest article was published, UTC.",
        "n_articles": "Articles that tell it, copies included.",
        "n_outlets": "Outlets among them.",
    },
    "alignments": {
        "story_id": "The story.",
        "article_a": "The earlier telling.",
        "sentence_a": "Its sentence; null where the sentence of the later telling has no counterpart.",
        "article_b": "The later telling.",
        "sentence_b": "Its sentence; null where the sentence of the earlier telling has no counterpart.",
        "similarity": "How alike the two are: meaning, shared rare words, names and numbers; 1 is the same.",
        "relation": "What became of the sentence on the way from the earlier telling to the later.",
    },
    "quote_pairs": {
        "story_id": "The story.",
        "article_a": "The earlier telling; null where no other telling of the story has the quotation.",
        "attribution_a": "Its attribution; null where it has none, or nobody is named for the words.",
        "article_b": "The later telling.",
        "attribution_b": "Its attribution; null where it has none, or nobody is named for the words.",
        "relation": "What became of the quotation on the way from the earlier telling to the later.",
        "similarity": "Share of words in common; the likeness of meaning where one side is indirect speech.",
        "start_a": "Where the words begin in the earlier telling.",
        "end_a": "Where they end (exclusive).",
        "start_b": "Where the words begin in the later telling.",
        "end_b": "Where they end (exclusive).",
        "only_here": "Whether the later telling has words inside quotation marks that no other telling has.",
    },
    "scores": {
        "score": "The score's name; docs/methods.md says what each means.",
        "actor_id": "The actor a score is about; null for scores of the whole article.",
        "voice": "The voice it was counted in; `all` is the three together.",
        "value": "The score: scale × numerator / denominator.",
        "numerator": "What was counted or summed.",
        "denominator": "Out of how many; never 0, since a score over nothing is no row.",
    },
    "rejected": {
        "reason": "Why the record did not become an article.",
        "preview": "The record's first characters.",
    },
}

_TYPES = {
    "string": "text",
    "Int64": "whole number",
    "Float64": "number",
    "boolean": "true or false",
    "datetime64": "time (UTC)",
}


def codebook() -> Iterator[Entry]:
    """Every column of every table, in order.

    Raises KeyError for a column that nobody has described yet.
    """
    for table, model in TABLES.items():
        own = _OF_TABLE.get(table, {})
        for name, column in model.to_schema().columns.items():
            meaning = own[name] if name in own else _EVERYWHERE[name]
            kind = _TYPES[str(column.dtype).partition("[")[0]]
            yield Entry(table, name, kind, column.nullable, _permitted(column.checks), meaning)


def _permitted(checks: list[Any]) -> str:
    rules = {check.name: check.statistics for check in checks}
    if "isin" in rules:
        return ", ".join(rules["isin"]["allowed_values"])
    low = rules.get("greater_than_or_equal_to", {}).get("min_value")
    high = rules.get("less_than_or_equal_to", {}).get("max_value")
    if low is not None and high is not None:
        return f"{low} to {high}".replace("-", "−")
    if low is not None:
        return f"{low} or more"
    return "above 0" if "greater_than" in rules else ""
