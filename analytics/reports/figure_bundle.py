"""A figure to hand on: picture, numbers, codebook, manifest and reference in one ZIP that says what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
import plotly.graph_objects as go

from ..charts.svg import to_svg
from ..results.export import to_csv_bytes
from ..results.store import Selection
from ..vocabulary import VOICES

ABOVE = 84  # pixels for title, filter and source over a picture
VOICES_IN_WORDS = {"outlet": "the outlets' own", "quoted": "quoted", "reported": "indirect speech"}
MEANINGS = {
    "measure": "The score, as the table scores names it.",
    "measure_label": "The score in words.",
    "unit": "What value, low, high and difference are measured in.",
    "actor": "The actor's name.",
    "actor_id": "The actor toward whom, or of whom, the number is; empty where it is of whole articles.",
    "voices": "Whose words count: the outlets' own, quoted, reported (indirect speech).",
    "from": "First day of the articles (UTC); empty where open.",
    "to": "Last day of the articles (UTC), included; empty where open.",
    "outlets": "The outlets that the filter keeps; all where it keeps every outlet.",
    "mentioning": "Only articles that mention one of these actors; empty where any.",
    "copies": "Whether articles that are copies of another one are among them.",
    "stories": "all: all articles; same: only stories that at least two of the outlets tell, copies left out.",
    "outlet": "Who published the articles.",
    "period": "In rows over time, the first day of the period.",
    "period_length": "How long a period is.",
    "smoothed_over": "How many periods stand behind a point; 1: the period alone.",
    "volume": "Articles of the period alone that have the number.",
    "voice": "Whose words the row is about.",
    "value": "The rate: scale × sum of numerators ÷ sum of denominators.",
    "low": "Lower end of the 95 % interval (bootstrap, articles or stories resampled).",
    "high": "Upper end of the 95 % interval.",
    "n_articles": "Articles behind the number.",
    "denominator": "Sum of the denominators: what was counted over.",
    "note": "Why there is no number or no interval.",
    "reference": "What the outlet is compared with; rest: all other outlets together.",
    "reference_value": "The reference's rate.",
    "difference": "value − reference_value.",
    "cliffs_delta": "Effect size, −1 to 1: how much likelier an article of the outlet scores higher than lower.",
    "p": "p of a permutation test.",
    "p_adjusted": "p adjusted for the number of outlets compared (Holm).",
    "n_reference": "Articles of the reference.",
    "n_stories": "Stories that both sides tell.",
    "n_higher": "Of these, those in which the outlet is higher.",
    "n_lower": "Of these, those in which the outlet is lower.",
    "raw_difference": "The difference over all articles, whatever story they tell.",
    "raw_low": "Lower end of its 95 % interval.",
    "raw_high": "Upper end of its 95 % interval.",
    "choice": "raw_difference − difference: what the choice of stories makes.",
    "choice_low": "Lower end of its 95 % interval.",
    "choice_high": "Upper end of its 95 % interval.",
    "article_id": "The article.",
    "title": "Its headline.",
    "published": "When it was published (UTC).",
    "n_words": "Words of the article.",
    "n_quotations": "Quotations in the article.",
    "copy_of": "The article of which it is a copy.",
    "wire_credit": "The news agency it credits.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What goes with a figure: what it shows, of which articles, where it is, and how its numbers were made."""

    title: str
    facts: Mapping[str, str]  # what is measured, as columns
    selection: Selection
    actors: Mapping[str, str]  # id → name of those whom the filter names
    link: str
    manifest: Mapping[str, Any]


def bundle(figure: go.Figure, frame: pd.DataFrame, leaving: Leaving) -> bytes:
    """The ZIP: NAME.svg, NAME.png where a browser can be had (the extra images), NAME.csv, codebook.csv,
    manifest.json, reference.bib and README.txt. The same figure gives the same bytes."""
    name = file_name(leaving)
    table = with_columns(frame, leaving)
    above, below = [in_words(leaving)], [f"Source: {citation(leaving)}", leaving.link]
    files: dict[str, bytes] = {
        f"{name}.svg": to_svg(figure, title=leaving.title, above=above, below=below).encode(),
        f"{name}.csv": to_csv_bytes(table),
        "codebook.csv": to_csv_bytes(codebook_of(table)),
        "manifest.json": json.dumps(dict(leaving.manifest), indent=2, ensure_ascii=False).encode(),
        "reference.bib": bibtex(leaving).encode(),
    }
    if picture := to_png(figure, leaving):
        files[f"{name}.png"] = picture
    files["README.txt"] = _readme(files, leaving).encode()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file, data in files.items():
            archive.writestr(ZipInfo(f"{name}/{file}"), data, ZIP_DEFLATED)
    return packed.getvalue()


def file_name(leaving: Leaving) -> str:
    """A name that tells files apart: what is shown, and a few signs of the filter.

    >>> asked = Leaving(title="Hedges, by outlet", facts={}, selection=Selection(), actors={}, link="", manifest={})
    >>> file_name(asked).rpartition("-")[0]
    'hedges-by-outlet'
    """
    words = re.sub(r"[^\w]+", "-", leaving.title.lower(), flags=re.ASCII).strip("-")[:60].strip("-")
    told = json.dumps([leaving.title, dict(leaving.facts), leaving.selection.describe()], sort_keys=True)
    return f"{words or 'figure'}-{blake2b(told.encode(), digest_size=3).hexdigest()}"


def with_columns(frame: pd.DataFrame, leaving: Leaving) -> pd.DataFrame:
    """The numbers with what they are of: measure, actor, voices, days, outlets, copies and stories as columns."""
    selection, facts = leaving.selection, dict(leaving.facts)
    if "period" in facts:
        facts["period_length"] = facts.pop("period")
    constants = {
        **facts,
        "voices": "; ".join(selection.voices or VOICES),
        "from": str(selection.start or ""),
        "to": str(selection.end or ""),
        "outlets": "; ".join(selection.outlets) or "all",
        "mentioning": "; ".join(selection.actors),
        "copies": str(selection.copies).lower(),
        "stories": selection.stories,
    }
    missing = {name: value for name, value in constants.items() if name not in frame}
    return pd.concat([frame.assign(**missing)[list(missing)], frame], axis=1)


def codebook_of(table: pd.DataFrame) -> pd.DataFrame:
    """What each column of the numbers means."""
    names = [str(name) for name in table.columns]
    return pd.DataFrame({"column": names, "meaning": [MEANINGS.get(name, "") for name in names]})


def in_words(leaving: Leaving) -> str:
    """The filter in one line.

    >>> from datetime import date
    >>> only = Selection(outlets=("Daily Ferry",), voices=("outlet",), start=date(2031, 1, 6))
    >>> in_words(Leaving(title="", facts={"unit": "share"}, selection=only, actors={}, link="", manifest={}))
    "Unit: share. Outlets: Daily Ferry. Words: the outlets' own. Days: 2031-01-06 to the last. Copies counted."
    """
    selection = leaving.selection
    parts = [f"Unit: {leaving.facts['unit']}"] if "unit" in leaving.facts else []
    parts.append(f"Outlets: {', '.join(selection.outlets) or 'all'}")
    if selection.actors:
        parts.append(f"Articles mentioning: {', '.join(leaving.actors.get(a, a) for a in selection.actors)}")
    parts.append(f"Words: {', '.join(VOICES_IN_WORDS[voice] for voice in selection.voices or VOICES)}")
    if selection.start or selection.end:
        parts.append(f"Days: {selection.start or 'the first'} to {selection.end or 'the last'}")
    same = selection.stories == "same"
    parts.append("Only stories that several outlets tell, copies left out" if same else "")
    parts.append("" if same else "Copies counted" if selection.copies else "Copies left out")
    return " ".join(f"{part}." for part in parts if part)


def citation(leaving: Leaving) -> str:
    """The run in a line: version, day and number of articles."""
    run = leaving.manifest.get("run", {})
    day = str(run.get("ended") or run.get("started") or "no date")[:10]
    n = run.get("counts", {}).get("articles", 0)
    return f"Tellings {run.get('tellings', '(unknown version)')}, run of {day} on {n:,} articles"


def bibtex(leaving: Leaving) -> str:
    """A reference with the filter and the link."""
    run = leaving.manifest.get("run", {})
    year = str(run.get("ended") or run.get("started") or "")[:4]
    fields = {
        "title": f"{leaving.title} (figure and data)",
        "author": "{Tellings contributors}",
        "year": year,
        "version": str(run.get("tellings", "")),
        "note": f"{citation(leaving)}. {in_words(leaving)}",
        "url": leaving.link,
    }
    kept = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
    return f"@misc{{{file_name(leaving).replace('-', '_')},\n{kept}\n}}\n"


def to_png(figure: go.Figure, leaving: Leaving) -> bytes | None:
    """The figure as a picture of pixels, by a browser; None where there is none, or no kaleido."""
    if find_spec("kaleido") is None:
        return None
    titled = go.Figure(figure)
    words = "<br>".join(
        [
            f"<b>{escape(leaving.title)}</b>",
            f"<span style='font-size:0.8em'>{escape(in_words(leaving))}</span>",
            f"<span style='font-size:0.8em'>{escape(citation(leaving))}</span>",
        ]
    )
    place = {"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top", "pad": {"l": 12, "t": 26}}
    titled.update_layout(
        title={"text": words, "font_size": 16, **place},
        margin_t=float(titled.layout.margin.t or 60) + ABOVE,
        height=float(titled.layout.height or 400) + ABOVE,
        width=1100,
    )
    try:
        return bytes(titled.to_image(format="png", scale=2))
    except Exception:  # whatever keeps a browser from starting: the picture is an extra, the SVG is there
        return None


def _readme(files: Mapping[str, bytes], leaving: Leaving) -> str:
    listed = "\n".join(f"- {name}" for name in files)
    png = any(name.endswith(".png") for name in files)
    none = (
        "" if png else "\nNo PNG: it needs Chrome or Chromium and the extra images (pip install 'tellings[images]').\n"
    )
    return (
        f"{leaving.title}\n\n{in_words(leaving)}\n{citation(leaving)}.\nThe view: {leaving.link}\n\n{listed}\n{none}\n"
        "codebook.csv says what each column of the numbers means; manifest.json how they were made; reference.bib is "
        "for citing them.\n"
    )


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text) if not text.startswith("http") else text
