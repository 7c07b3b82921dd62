"""A finding as a bundle to hand on: text, table, figure, data, codebook, manifest, references."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from ..charts import difference_chart, specification_chart
from ..charts.images import png
from ..errors import TellingsError
from ..results.export import export_manifest, to_csv_bytes
from ..results.store import Store
from . import finding
from .plans import Plan, as_expected, departures, planned
from .questions import Answer, Question, ask
from .references import ALL, CURVE, SAME, bibtex, references, ris, software
from .robustness import CHOICES, LABELS, Robustness, in_sentences

REPORT = "report.md"
_MEANINGS = {
    "outlet": "The outlet that the row is about.",
    "reference": "What it is compared with; rest: all the other outlets together.",
    "value": "The outlet's rate, in units of the score.",
    "reference_value": "The reference's rate.",
    "difference": "value − reference_value; above 0 where the outlet is higher.",
    "low": "Lower end of the difference's 95 % interval.",
    "high": "Upper end.",
    "cliffs_delta": "Effect size, −1 to 1: the chance that an article of the outlet scores higher than one of the "
    "reference, less the chance that it scores lower.",
    "p": "p of the permutation test of the difference.",
    "p_adjusted": "p adjusted for the number of outlets compared (Holm).",
    "n_articles": "Articles of the outlet.",
    "n_reference": "Articles of the reference.",
    "n_stories": "Stories that both tell.",
    "n_higher": "Stories in which the outlet is higher.",
    "n_lower": "Stories in which it is lower.",
    "raw_difference": "The difference over all articles that are no copies, whatever story they tell.",
    "raw_low": "Lower end of its 95 % interval.",
    "raw_high": "Upper end.",
    "choice": "raw_difference − difference: what the choice of stories makes.",
    "choice_low": "Lower end of its 95 % interval.",
    "choice_high": "Upper end.",
    "note": "Why there is no number, or no interval.",
}
_DATA = {
    "article_id": "The article.",
    "published": "When it was published, UTC.",
    "story_id": "The story it tells; null where no other article tells it.",
    "copy_of": "The article that this one is a copy of; null for others.",
    "voice": "Whose words: outlet, quoted, reported; all for a score of whole articles.",
    "numerator": "What is summed above the line.",
    "denominator": "What is summed below it (words, mentions, sentences).",
    "value": "The score of the row: the scale times numerator over denominator.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files of a report by name, and the answer that they are about."""

    answer: Answer
    files: dict[str, bytes]

    def zipped(self) -> bytes:
        """All files as one ZIP file, the same bytes each time."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def write(self, path: Path) -> None:
        """Write the files into a new or empty folder, or as one file where the path ends in .zip.

        Raises TellingsError where there is something already.
        """
        if path.suffix.lower() == ".zip":
            if path.exists():
                raise TellingsError(f"{path} is there already; name another file, or remove it")
            path.write_bytes(self.zipped())
            return
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise TellingsError(f"{path} is there already and not empty; name another folder, or remove it")
        path.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (path / name).write_bytes(data)


def report(
    store: Store,
    question: Question,
    *,
    plan: Plan | None = None,
    curve: Robustness | None = None,
    pictures: bool = False,
    seed: int = 0,
) -> Bundle:
    """The report of a question: everything that a paper, a reviewer and a reader who checks need of it.

    report.md has the result in sentences, whether it was planned, the paragraph on methods with the figures of
    accuracy, what was kept (filter and corrections in words) and the limits; table.csv all outlets' contrasts;
    articles.csv the numbers of each article that they were computed from; codebook.csv what their columns mean;
    figure.html the figure; manifest.json run, filter and corrections; references.bib and references.ris. With a
    `curve` (`robustness`), also settings.csv and settings.html. `pictures` adds the figures as PNG, which needs the
    extra `images` and a browser.

    Raises SelectionError as `ask` does, TellingsError where a picture cannot be drawn.

    >>> from analytics import open_store
    >>> made = report(open_store("results"), Question(score="hedging", outlet="Harbour Post"))
    >>> sorted(made.files)[:4]
    ['articles.csv', 'codebook.csv', 'figure.html', 'manifest.json']
    """
    answer = ask(store, question, seed=seed)
    of = [software(store.manifest), *(references()[key] for key in _keys(answer, curve))]
    manifest = export_manifest(store, "scores", len(answer.rows), answer.question.selection())
    manifest |= {"question": answer.question.describe(), "stories": answer.stories, "seed": seed}
    if plan:
        manifest["plan"] = {"file": plan.path.name, "sha256": plan.hash, "sealed": plan.sealed.isoformat()}
    data = finding.rows_for_others(answer)
    files = {
        REPORT: _text(store, answer, plan, curve).encode(),
        "table.csv": to_csv_bytes(answer.table),
        "articles.csv": to_csv_bytes(data),
        "codebook.csv": to_csv_bytes(_codebook(answer.table, data)),
        "figure.html": _page(figure(answer)),
        "manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False, default=str).encode(),
        "references.bib": bibtex(of).encode(),
        "references.ris": ris(of).encode(),
    }
    if curve:
        files |= {"settings.csv": to_csv_bytes(curve.rows), "settings.html": _page(curve_figure(curve))}
    if pictures:
        files |= {"figure.png": png(figure(answer))} | ({"settings.png": png(curve_figure(curve))} if curve else {})
    return Bundle(answer=answer, files=files)


def curve_figure(curve: Robustness) -> go.Figure:
    """The curve of estimates."""
    return specification_chart(
        curve.rows,
        choices=CHOICES,
        labels=LABELS,
        label=f"{curve.score.label}: {curve.question.outlet} less {_other(curve.question)}",
        unit=curve.score.unit,
        higher_means=curve.score.higher_means,
    )


def _text(store: Store, answer: Answer, plan: Plan | None, curve: Robustness | None) -> str:
    difference, low, high = (answer.row[name] for name in ("difference", "low", "high"))
    none = bool(pd.isna(difference))
    sure = not none and not pd.isna(low) and (low > 0 or high < 0)
    expected = plan if plan and not departures(store, answer.question, plan) else None
    parts = {
        f"# {finding.title(store, answer)}": "",
        "## Result": finding.result(answer),
        "## Planned or not": " ".join(
            filter(
                None,
                [
                    planned(store, answer.question, plan),
                    as_expected(expected, None if none else float(difference), sure),
                ],
            )
        ),
        "## Other settings": in_sentences(curve) if curve else "",
        "## Methods": finding.methods(store, answer),
        "## What was kept": finding.kept(store, answer),
        "## Limits": finding.limits(answer),
    }
    return "\n\n".join(f"{head}\n\n{text}".strip() for head, text in parts.items() if text or head[1] == " ") + "\n"


def figure(answer: Answer) -> go.Figure:
    """All outlets' differences, as the page on outlets draws them."""
    return difference_chart(
        answer.table,
        label=answer.score.label,
        unit=answer.score.unit,
        by="outlet",
        higher_means=answer.score.higher_means,
    )


def _page(drawn: go.Figure) -> bytes:
    return str(drawn.to_html(include_plotlyjs=True, div_id="figure")).encode()


def _codebook(table: pd.DataFrame, data: pd.DataFrame) -> pd.DataFrame:
    rows = [("table.csv", str(name), _MEANINGS[str(name)]) for name in table.columns]
    rows += [("articles.csv", str(name), _DATA.get(str(name), _MEANINGS.get(str(name), ""))) for name in data.columns]
    return pd.DataFrame(rows, columns=["file", "column", "meaning"])


def _keys(answer: Answer, curve: Robustness | None) -> tuple[str, ...]:
    return (SAME if answer.stories == "same" else ALL) + (CURVE if curve else ())


def _other(question: Question) -> str:
    return "the others" if question.reference == "rest" else question.reference
