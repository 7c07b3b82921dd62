"""Two tellings beside each other as HTML: sentences that tell the same are linked, changes are marked.

Pure: a comparison in, safe HTML out. Without scripts; the links are anchors and CSS.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..article import Sentence
from ..stories.alignment import Alignment
from ..stories.changes import CHANGE_KINDS, Change, Passage
from ..stories.comparison import Comparison
from .change_groups import GROUPS, group_of
from .change_list import SIDES, Numbered
from .marked_text import Span, highlight

RELATIONS = {
    "verbatim": "= same words",
    "trimmed": "− words left out",
    "extended": "+ words added",
    "reworded": "≈ other words",
    "merged": "> joined into one",
    "split": "< split into several",
    "only_a": "only in the first text",
    "only_b": "only in the second text",
}
MARKED = tuple(group.name for group in GROUPS)  # outermost first


def rows(comparison: Comparison, changes: Sequence[Numbered]) -> str:
    """A row per alignment: what the first text says beside what the second makes of it."""
    furthest, parts = -1, []
    for relation, first, second in _runs(comparison.alignments):
        moved = bool(first and second) and second[0] < furthest
        furthest = max([furthest, *second])
        label = escape(RELATIONS[relation]) + (" · ↕ elsewhere in the second text" if moved else "")
        cells = [_cell(comparison, side, numbers, changes) for side, numbers in (("a", first), ("b", second))]
        parts.append(f"<div class='row {relation}' tabindex='0'><p class='relation'>{label}</p>{''.join(cells)}</div>")
    return f"<div class='rows'>{_headings(comparison)}{''.join(parts)}</div>"


def _runs(alignments: Iterable[Alignment]) -> list[tuple[str, list[int], list[int]]]:
    """Relation and sentences of both sides, row by row; sentences in a row that one side alone has are one."""
    runs: list[tuple[str, list[int], list[int]]] = []
    for x in alignments:
        if runs and runs[-1][0] == x.relation and x.relation in ("only_a", "only_b"):
            runs[-1][1].extend(x.a)
            runs[-1][2].extend(x.b)
        else:
            runs.append((x.relation, list(x.a), list(x.b)))
    return runs


def _cell(comparison: Comparison, side: str, numbers: Sequence[int], changes: Sequence[Numbered]) -> str:
    if not numbers:
        return "<div class='cell empty'>nothing</div>"
    sentences = (comparison.a if side == "a" else comparison.b).sentences
    html = " ".join(_sentence(comparison, side, sentences[n], changes) for n in numbers)
    return f"<div class='cell'>{html}</div>"


def columns(comparison: Comparison, changes: Sequence[Numbered]) -> str:
    """Each text in its own order; a sentence lights up with its counterpart, its number leads there."""
    partner = _partners(comparison.alignments)
    parts = []
    for side, annotated in (("a", comparison.a), ("b", comparison.b)):
        html, paragraph = "", []
        for n, sentence in enumerate(annotated.sentences):
            link, target = partner.get((side, n), (None, None))
            paragraph.append(_sentence(comparison, side, sentence, changes, link=link, target=target))
            after = annotated.sentences[n + 1].start if n + 1 < len(annotated.sentences) else len(annotated.content)
            if "\n" in annotated.content[sentence.end : after] or n + 1 == len(annotated.sentences):
                html += f"<p>{' '.join(paragraph)}</p>"
                paragraph = []
        parts.append(f"<div class='column'>{html}</div>")
    links = sorted({link for link, _ in partner.values()})
    lit = ", ".join(f".columns:has(.l{n}:{how}) .l{n}" for n in links for how in ("hover", "focus-within"))
    style = f"<style>{lit} {{ background: rgba(31, 95, 139, .16); }}</style>" if links else ""
    return f"{style}<div class='columns'>{_headings(comparison)}{''.join(parts)}</div>"


def _partners(alignments: Iterable[Alignment]) -> dict[tuple[str, int], tuple[int, str]]:
    """(side, position of a sentence) → number of its alignment, and side and position where its counterpart begins."""
    found: dict[tuple[str, int], tuple[int, str]] = {}
    for link, x in enumerate(alignments):
        if x.a and x.b:
            found |= {("a", i): (link, f"b:{x.b[0]}") for i in x.a}
            found |= {("b", j): (link, f"a:{x.a[0]}") for j in x.b}
    return found


def _headings(comparison: Comparison) -> str:
    heads = []
    for name, annotated in zip(SIDES, (comparison.a, comparison.b), strict=True):
        article = annotated.article
        published = f"{article.published:%Y-%m-%d}" if article.published else None
        about = " · ".join(escape(str(fact)) for fact in (article.outlet, published) if fact)
        heads.append(f"<div class='head'><strong>{name}</strong>{f' · {about}' if about else ''}</div>")
    return f"<div class='heads'>{''.join(heads)}</div>"


def _sentence(
    comparison: Comparison,
    side: str,
    sentence: Sentence,
    changes: Sequence[Numbered],
    *,
    link: int | None = None,
    target: str | None = None,
) -> str:
    """A sentence with its changes marked, each followed by the number that leads to the list."""
    annotated = comparison.a if side == "a" else comparison.b
    text, base = annotated.text_of(sentence.start, sentence.end), sentence.start
    here = [
        (number, change, passage)
        for number, change in changes
        if (passage := _passage(change, side)) and passage.start < sentence.end and sentence.start < passage.end
    ]
    spans = [span for number, change, passage in here if (span := _span(number, change, passage, sentence))]
    ends = sorted((min(passage.end, sentence.end), number, change) for number, change, passage in here)
    html, at = "", base
    for end, number, change in ends:
        if any(p.end > sentence.end for n, _, p in here if n == number):
            continue  # goes on in the next sentence, where its number stands
        html += highlight(text[at - base : end - base], spans, base=at, kinds=MARKED) + _reference(number, change)
        at = max(at, end)
    html += highlight(text[at - base :], spans, base=at, kinds=MARKED)
    lit = f" lit l{link}" if link is not None else ""
    title = " in-title" if sentence.in_title else ""
    counterpart = _counterpart(comparison, target) if target else ""
    return f"<span class='sentence{lit}{title}' id='{side}{sentence.sentence_id}'>{html}{counterpart}</span>"


def _counterpart(comparison: Comparison, target: str) -> str:
    side, _, position = target.partition(":")
    sentences = (comparison.a if side == "a" else comparison.b).sentences
    name = SIDES["ab".index(side)].lower()
    arrow = "→" if side == "b" else "←"
    place = f"{side}{sentences[int(position)].sentence_id}"
    return f" <a class='jump' href='#{place}' aria-label='Its counterpart in the {name}'>{arrow}</a>"


def _passage(change: Change, side: str) -> Passage | None:
    return change.a if side == "a" else change.b


def _is_whole(passage: Passage, sentence: Sentence) -> bool:
    return passage.start <= sentence.start and passage.end >= sentence.end


def _span(number: int, change: Change, passage: Passage, sentence: Sentence) -> Span | None:
    """The mark of a change; none where whole sentences are the passage, which are only where the change is."""
    if _is_whole(passage, sentence):
        return None
    note = f"{number} · {CHANGE_KINDS[change.kind].label}: {change.what}"
    return Span(start=passage.start, end=passage.end, kind=group_of(change.kind).name, note=note)


def _reference(number: int, change: Change) -> str:
    note = escape(f"{CHANGE_KINDS[change.kind].label}: {change.what}", quote=True)
    return (
        f"<a class='ref' href='#change-{number}' title=\"{note}\" aria-label=\"Change {number}, {note}\">{number}</a>"
    )


def legend(groups: Iterable[str]) -> str:
    """What the marks mean, for the groups that are shown."""
    shown = set(groups)
    entries = [
        f"<span><mark class='{group.name}'>{escape(group.label)}</mark> {escape(group.mark)}</span>"
        for group in GROUPS
        if group.name in shown
    ]
    return f"<div class='legend'>{''.join(entries)}</div>" if entries else ""


CSS = """<style>
.tellings { line-height: 1.6; overflow-wrap: anywhere; container-type: inline-size; }
.tellings mark { color: inherit; background: none; padding: 0; text-underline-offset: 3px; }
.tellings mark.quotation { background: rgba(230, 170, 20, .18);
  text-decoration: underline light-dark(#9a6a00, #e0b04a) 1.5px; }
.tellings mark.source { text-decoration: underline dashed light-dark(#7a3f8a, #d7a8e3) 2px; }
.tellings mark.certainty { text-decoration: underline wavy light-dark(#b0541a, #f0a878) 1.5px; }
.tellings mark.verb { text-decoration: underline dotted light-dark(#1f5f8b, #7db8e0) 2.5px; }
.tellings mark.number { text-decoration: underline double light-dark(#1c6b45, #7fd0a8) 2px; }
.tellings mark.named { font-weight: 700; border-bottom: 1px solid light-dark(#56616a, #a9b0b4); }
.tellings mark.wording { border-bottom: 1px solid light-dark(#555, #aaa); }
.tellings mark.slant { border-top: 2px solid light-dark(#7a3f8a, #d7a8e3); }
.tellings mark.alone { border-left: 4px double light-dark(#56616a, #a9b0b4); padding-left: .3em; }
.tellings .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .85rem; }
.tellings .legend mark { font-weight: 600; margin-right: .2em; }
.tellings a { color: light-dark(#1f5f8b, #7db8e0); }
.tellings h4 { margin: 0; padding: 0; font-size: 1.05rem; }
.tellings .kind { margin: 0 0 1rem; }
.tellings .count, .tellings .means, .tellings .who, .tellings .absent, .tellings .relation, .tellings .heading {
  color: color-mix(in srgb, currentColor 72%, transparent); }
.tellings .count { font-weight: 400; font-size: .88rem; }
.tellings .means { margin: 0; font-size: .9rem; }
.tellings .change { display: grid; grid-template-columns: 2rem minmax(8rem, 13rem) 1fr 1fr; gap: 0 1rem;
  padding: .3rem .25rem; border-top: 1px solid rgba(127, 127, 127, .28); scroll-margin-top: 5rem; line-height: 1.5; }
.tellings .change.heading { border: 0; padding-bottom: 0; font-size: .82rem; font-weight: 600; }
.tellings .change:target { box-shadow: inset 4px 0 light-dark(#1f5f8b, #7db8e0); background: rgba(31, 95, 139, .12); }
.tellings .what { font-weight: 600; }
.tellings .who { display: none; font-size: .78rem; }
.tellings .ref { display: inline-block; min-width: 1.7em; height: 1.7em; line-height: 1.6em; text-align: center;
  font-size: .72rem; font-weight: 600; border: 1px solid currentColor; border-radius: 1em; padding: 0 .25em;
  box-sizing: border-box; text-decoration: none; font-variant-numeric: tabular-nums; }
.tellings .sentence .ref { margin: 0 .15em 0 .2em; vertical-align: .15em; font-size: .64rem; }
.tellings .change .ref { justify-self: start; align-self: start; margin-top: .15rem; }
.tellings a:focus-visible, .tellings .row:focus-visible {
  outline: 3px solid light-dark(#1f5f8b, #7db8e0); outline-offset: 1px; }
.tellings .absent, .tellings .empty { font-style: italic; }
.tellings .empty { color: color-mix(in srgb, currentColor 60%, transparent); }
.tellings .warning { grid-column: 3 / -1; margin: .1rem 0 0; font-size: .88rem; font-weight: 600; }
.tellings del { background: rgba(200, 60, 40, .14); text-decoration: line-through 1.5px; }
.tellings ins { background: rgba(30, 120, 70, .16); text-decoration: underline 1.5px; font-weight: 600; }
.tellings .jump { font-size: .85rem; white-space: nowrap; }
.tellings .heads, .tellings .row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.2rem; }
.tellings .heads { border-bottom: 2px solid rgba(127, 127, 127, .6); padding-bottom: .25rem;
  margin-top: .8rem; }
.tellings .row { padding: .35rem .5rem .5rem; border-bottom: 1px solid rgba(127, 127, 127, .25); }
.tellings .row:hover, .tellings .row:focus-within, .tellings .row:focus { background: rgba(31, 95, 139, .08);
  box-shadow: inset 3px 0 light-dark(#1f5f8b, #7db8e0); }
.tellings .row:has(:target) { box-shadow: inset 5px 0 light-dark(#1f5f8b, #7db8e0);
  background: rgba(31, 95, 139, .12); }
.tellings .relation { grid-column: 1 / -1; margin: 0; font-size: .76rem; }
.tellings .only_a .relation, .tellings .only_b .relation { font-weight: 700; }
.tellings .row.only_a .cell:not(.empty), .tellings .row.only_b .cell:not(.empty) {
  border-left: 4px double light-dark(#56616a, #a9b0b4); padding-left: .5em; }
.tellings .sentence { scroll-margin-top: 6rem; }
.tellings .sentence.in-title { font-weight: 700; }
.tellings .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.6rem; }
.tellings .columns .heads { grid-column: 1 / -1; gap: 0 1.6rem; margin-bottom: .5rem; }
.tellings .columns .sentence:not(.lit) { border-bottom: 4px double rgba(127, 127, 127, .45); }
.tellings .sentence:target { background: rgba(31, 95, 139, .16); }
.tellings .jump { text-decoration: none; }
.tellings .statement { border-top: 1px solid rgba(127, 127, 127, .35); padding: .6rem 0; }
.tellings p.what { margin: 0; }
.tellings .version { display: grid; grid-template-columns: 6rem 10rem 1fr; gap: 0 1rem; line-height: 1.5; }
.tellings .version.many { grid-template-columns: 6rem 1fr; }
.tellings .how { font-weight: 600; font-size: .88rem; }
@container (max-width: 38rem) {
  .tellings .heads, .tellings .row, .tellings .columns { grid-template-columns: 1fr; }
  .tellings .change { grid-template-columns: 2rem 1fr; gap: .2rem .5rem; }
  .tellings .change > :nth-child(n+3) { grid-column: 2; }
  .tellings .change.heading { display: none; }
  .tellings .who { display: block; }
  .tellings .version { grid-template-columns: 6rem 1fr; }
  .tellings .version > :nth-child(3) { grid-column: 1 / -1; padding-left: 1rem; }
  .tellings .row .cell + .cell { margin-top: .3rem; padding-left: 1rem; }
  .tellings .row .cell::before { content: "First text"; display: block; font-size: .76rem; font-weight: 600; }
  .tellings .row .cell + .cell::before { content: "Second text"; }
}
</style>"""


def block(html: str) -> str:
    """HTML of a comparison with its style, as one element."""
    return f"{CSS}<div class='tellings'>{html}</div>"
