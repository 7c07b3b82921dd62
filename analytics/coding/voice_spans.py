"""Which stretches of an article are a source's words, read back from the table of attributions."""

from __future__ import annotations

from collections import defaultdict

from ..results.store import Selection, Store

Spans = list[tuple[int, int, str]]  # start, end, voice; sorted, and they may overlap


def sources_words(store: Store, selection: Selection) -> dict[str, Spans]:
    """Article → the stretches in a source's voice.

    A quotation reaches over its marks. Indirect speech counts where somebody is named for saying more than two words;
    what is only wished or rejected stays in the outlet's voice, as `assign_voices` has it.

    >>> from analytics import open_store
    >>> spans = sources_words(open_store("results"), Selection(articles=("a000",)))
    >>> {voice for _, _, voice in spans["a000"]} <= {"quoted", "reported"}
    True
    """
    condition, parameters = store.where("attributions", selection.but(actors=(), voices=()))
    sql = f"""SELECT t.article_id, t.start, t."end", t.kind = 'direct' AS quoted FROM attributions t
        WHERE t.joint_with IS NULL AND {condition}
        AND (t.kind = 'direct' OR (t.speaker_text IS NOT NULL AND t.cue_class IS NOT NULL AND t.n_words > 2))
        ORDER BY t.article_id, t.start, t."end" """
    spans: dict[str, Spans] = defaultdict(list)
    for article_id, start, end, quoted in store.query(sql, parameters).itertuples(index=False):
        edge = int(quoted)  # the mark before the words, and that after them
        spans[article_id].append((int(start) - edge, int(end) + edge, "quoted" if quoted else "reported"))
    return {article_id: sorted(found) for article_id, found in spans.items()}
