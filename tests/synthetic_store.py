"""A small results folder made without a parser: invented outlets, actors and sentences.

`write_store(folder)` writes every table and a manifest. The sentences carry their own annotation:
``[mara:agent|Mara Quill]`` is a mention, ``<hedge|may>`` a cue, curly quotation marks a quotation,
``{that the crossing is safe}`` indirect speech. One outlet has a hostile name and hostile text,
one article has no outlet, some have no date.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analytics.results.schemas import TABLES, frame

OUTLETS = ("Harbour Post", "Northern Ledger", "Daily Ferry")
HOSTILE_OUTLET = "<script>alert('outlet')</script> *Gazette* $x$"
HOSTILE_TITLE = "<script>alert('title')</script> [link](javascript:alert(1)) **bold** :red[word]"
HOSTILE_SENTENCE = "<script>window.pwned = true</script> The bridge & its <b>toll</b> stay."
ACTORS = {
    "person:mara_quill": ("Mara Quill", "person", "Mara Quill; Quill"),
    "person:oren_tash": ("Oren Tash", "person", "Oren Tash; Tash"),
    "organisation:tidewater_council": ("Tidewater Council", "organisation", "Tidewater Council; the council"),
    "country:velland": ("Velland", "country", "Velland; Vellandic"),
}
_IDS = {actor_id.split(":")[1].split("_")[0]: actor_id for actor_id in ACTORS}


@dataclass(frozen=True)
class Line:
    """One annotated sentence; `speaker` owns its quotation or indirect speech."""

    text: str
    tone: float = 0.0  # sentiment toward every actor mentioned
    speaker: str | None = None
    stance: tuple[str | None, str, float] | None = None  # holder, target, value


SURE = (
    Line("[mara:agent|Mara Quill] <booster|clearly> wrecked the bridge talks.", tone=-0.6),
    Line(
        "The [tidewater:agent|Tidewater Council] rejected [oren:patient|Oren Tash].",
        -0.4,
        None,
        ("tidewater", "oren", -0.8),
    ),
    Line("Critics <booster|certainly> blame [mara:patient|Quill] for the delay.", tone=-0.5),
)
CAREFUL = (
    Line("[mara:agent|Mara Quill] <hedge|may> reopen the bridge talks.", tone=0.3),
    Line("The toll <hedge|might> rise, and [velland:other|Velland] <hedge|could> pay for it.", tone=0.0),
    Line("[oren:agent|Oren Tash] welcomed [mara:patient|Quill] at the ferry.", 0.6, None, ("oren", "mara", 0.9)),
)
SPOKEN = (
    Line(
        "“The crossing is <booster|absolutely> safe for [velland:other|Velland],” [mara:agent|Quill] said.", 0.4, "mara"
    ),
    Line("“We <hedge|perhaps> misjudged [mara:patient|Quill],” [oren:agent|Tash] admitted.", -0.2, "oren"),
    Line(
        "[oren:agent|Tash] said {that the council <hedge|probably> opposes [mara:patient|Quill]}.",
        -0.3,
        "oren",
        ("tidewater", "mara", -0.7),
    ),
)
PLAIN = (
    Line("The bridge was closed for a second week."),
    Line("Ferries ran every hour between the two banks."),
    Line("The [tidewater:other|council] meets again on Monday."),
)
MARKS = re.compile(r"\[(\w+):(\w+)\|([^\]]+)\]|<(hedge|booster)\|([^>]+)>|([“”{}])")


class Writer:
    """Collects the rows of all tables, one article at a time."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}

    def article(
        self, *, outlet: str | None, published: datetime | None, title: str, lines: list[Line], url: str
    ) -> None:
        article_id = f"a{len(self.rows['articles']):03d}"
        self.base = {"article_id": article_id}
        self.meta = {"article_id": article_id, "outlet": outlet, "published": published}
        self.sums: dict[tuple[str, str | None, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.content = ""
        self.counts: dict[str, int] = defaultdict(int)
        self._sentence(Line(title), separator="\n\n", in_title=True)
        for i, line in enumerate(lines):
            self._sentence(line, separator="\n\n" if i % 3 == 2 else " ")
        text = self.content.rstrip()
        self.rows["texts"].append(self.base | {"text": text})
        self.rows["articles"].append(
            self.meta
            | {"title": title, "url": url, "author": None, "language": "en", "n_words": len(text.split())}
            | {
                "n_sentences": len(lines) + 1,
                "source_file": "articles.csv",
                "source_row": len(self.rows["articles"]) + 1,
            }
            | {"date_source": "column" if published else None}
        )
        self._scores()

    def _sentence(self, line: Line, *, separator: str, in_title: bool = False) -> None:
        sentence_id = self.counts["sentences"]
        self.counts["sentences"] += 1
        start, voice, opened = len(self.content), "outlet", 0
        speaker = _IDS.get(line.speaker or "")
        where = self.base | {"sentence_id": sentence_id}
        for piece, mark in _pieces(line.text) if not in_title else [(line.text, None)]:
            at, inside = len(self.content), {"voice": voice, "speaker_id": speaker if voice != "outlet" else None}
            self.content += piece
            span = {"text": piece, "start": at, "end": at + len(piece)}
            if mark is None:
                self._words(voice, piece)
            elif mark[0] == "mention":
                self._mention(where | inside | span, _IDS[mark[1]], mark[2], line.tone)
            elif mark[0] == "cue":
                self._cue(where | inside | span, mark[1])
            elif mark[0] in "“{":
                voice, opened = ("quoted", at) if mark[0] == "“" else ("reported", at)
            else:
                self._attribution(where, voice, speaker, line, opened + (voice == "quoted"), at)
                voice = "outlet"
        span = {"start": start, "end": len(self.content)}
        self.rows["sentences"].append(where | span | {"text": self.content[start:], "in_title": in_title})
        if line.stance:
            self._stance(where | span, line)
        self.content += separator

    def _words(self, voice: str, piece: str) -> None:
        for measure in ("hedging", "boosting"):
            self.sums[measure, None, voice][1] += len(re.findall(r"\w+", piece))

    def _mention(self, row: dict[str, Any], actor_id: str, role: str, tone: float) -> None:
        row |= {"mention_id": self.counts["mentions"], "actor_id": actor_id, "form": "name", "role": role}
        self.counts["mentions"] += 1
        self.rows["mentions"].append(row | {"sentiment_vader": tone})
        self._words(row["voice"], row["text"])
        self._add("sentiment_vader", actor_id, row["voice"], tone, 1)
        if role != "other":
            self._add("agency", actor_id, row["voice"], float(role == "agent"), 1)

    def _cue(self, row: dict[str, Any], cue_type: str) -> None:
        self.rows["cues"].append(row | {"cue_type": cue_type, "kind": "modal" if cue_type == "hedge" else "certainty"})
        self._words(row["voice"], row["text"])
        self.sums["hedging" if cue_type == "hedge" else "boosting", None, row["voice"]][0] += 1

    def _attribution(self, where: Any, voice: str, speaker: str | None, line: Line, start: int, end: int) -> None:
        text = self.content[start:end]
        kind, cue = ("direct", "say") if voice == "quoted" else ("indirect", "say")
        row = {"attribution_id": self.counts["attributions"], "kind": kind, "speaker_id": speaker, "cue": cue}
        row |= {"speaker_text": ACTORS[speaker][0] if speaker else None, "cue_class": "neutral", "text": text}
        self.rows["attributions"].append(where | row | {"start": start, "end": end, "n_words": len(text.split())})
        self.counts["attributions"] += 1

    def _stance(self, row: dict[str, Any], line: Line) -> None:
        holder, target, value = line.stance or (None, "", 0.0)
        voice = "reported" if line.speaker else "outlet"
        row |= {"holder_id": _IDS.get(holder or ""), "target_id": _IDS[target], "target_kind": "actor"}
        row |= {
            "target": ACTORS[_IDS[target]][0],
            "expression": "rejected" if value < 0 else "welcomed",
            "method": "expression",
            "stance": value,
        }
        row |= {"p_against": max(-value, 0.0), "p_favour": max(value, 0.0), "p_none": 1 - abs(value), "voice": voice}
        self.rows["stances"].append(row)
        self._add("stance", _IDS[target], voice, value, 1)

    def _frame(self) -> None:
        told = [row for row in self.rows["sentences"] if row["article_id"] == self.base["article_id"]]
        hostile = [str(row["sentence_id"]) for row in told if re.search("wrecked|rejected|blame", row["text"])]
        if hostile:
            p = len(hostile) / len(told)
            self.rows["frames"].append(self.base | {"frame": "conflict", "p": p, "evidence": ",".join(hostile)})
        self._add("frame_conflict", None, "all", len(hostile), len(told))

    def _add(self, measure: str, actor_id: str | None, voice: str, numerator: float, denominator: float) -> None:
        sums = self.sums[measure, actor_id, voice]
        sums[0] += numerator
        sums[1] += denominator

    def _scores(self) -> None:
        words = {voice: total for (measure, _, voice), (_, total) in self.sums.items() if measure == "hedging"}
        for voice in ("outlet", "quoted", "reported"):
            self._add("voice_share", None, voice, words.get(voice, 0.0), sum(words.values()))
        spoken = [row for row in self.rows["attributions"] if row["article_id"] == self.base["article_id"]]
        for row in spoken:
            self._add("speaking_share", row["speaker_id"], "all", row["n_words"], 0)
        for speaker in {row["speaker_id"] for row in spoken}:
            self._add("speaking_share", speaker, "all", 0, sum(row["n_words"] for row in spoken))
        self._frame()
        for (measure, actor_id, voice), (numerator, denominator) in self.sums.items():
            scale = 1000.0 if measure in ("hedging", "boosting") else 1.0
            row = {"score": measure, "actor_id": actor_id, "voice": voice, "value": scale * numerator / denominator}
            self.rows["scores"].append(self.meta | row | {"numerator": numerator, "denominator": denominator})


def _pieces(text: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    done = 0
    for match in MARKS.finditer(text):
        if match.start() > done:
            yield text[done : match.start()], None
        actor, role, name, cue, word, bracket = match.groups()
        if actor:
            yield name, ("mention", actor, role)
        elif cue:
            yield word, ("cue", cue)
        else:
            yield bracket.strip("{}"), (bracket,)
        done = match.end()
    if done < len(text):
        yield text[done:], None


def tables(*, per_outlet: int = 20) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table; the same on every call."""
    rng, writer, first_day = random.Random(7), Writer(), datetime(2031, 1, 6, 9, tzinfo=UTC)
    for number, outlet in enumerate(OUTLETS):
        for k in range(per_outlet):
            kept = [*rng.choices(SURE, k=3 - number), *rng.choices(CAREFUL, k=1 + number)]
            lines = [*kept, *rng.choices(SPOKEN, k=2), *rng.choices(PLAIN, k=3)]
            rng.shuffle(lines)
            published = None if k % 10 == 9 else first_day + timedelta(days=6 * k + number)
            title, url = f"The bridge, day {k + 1}", f"https://example.org/{number}/{k}"
            writer.article(outlet=outlet, published=published, title=title, lines=lines, url=url)
    unknown = {"outlet": None, "published": first_day, "title": "A letter about the bridge", "lines": [*PLAIN, *SPOKEN]}
    writer.article(**unknown, url="https://example.org/letter")
    hostile = {"outlet": HOSTILE_OUTLET, "published": first_day, "title": HOSTILE_TITLE, "url": "javascript:alert(1)"}
    writer.article(**hostile, lines=[Line(HOSTILE_SENTENCE.replace("[", "(")), *SURE, *SPOKEN])
    rows = writer.rows
    for actor_id, (name, kind, aliases) in ACTORS.items():
        of_actor = [m for m in rows["mentions"] if m["actor_id"] == actor_id]
        counts = {"n_mentions": len(of_actor), "n_articles": len({m["article_id"] for m in of_actor})}
        rows["actors"].append({"actor_id": actor_id, "name": name, "kind": kind, "aliases": aliases} | counts)
    rejected = {"source_file": "articles.csv", "source_row": 99, "reason": "no text", "preview": "<b>empty</b>"}
    rows["rejected"] = [rejected, rejected | {"source_row": 100}, rejected | {"source_row": 7, "reason": "not UTF-8"}]
    return rows


def write_store(folder: Path, *, per_outlet: int = 20) -> Path:
    """Write a complete results folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = tables(per_outlet=per_outlet)
    for name in TABLES:
        frame(name, rows[name]).to_parquet(folder / f"{name}.parquet", index=False)
    counts = {name: len(rows[name]) for name in TABLES}
    manifest = {"tellings": "0.1.0", "started": "2031-06-01T10:00:00+00:00", "counts": counts, "settings": {"jobs": 1}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
