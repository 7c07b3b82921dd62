"""The guidelines that stand beside an item: the measure's own definition, and the coders' own words."""

from __future__ import annotations

from .exchange import ask
from .samples import Sample


def guidelines(sample: Sample) -> str:
    """What coders of a sample are told, as plain text."""
    score, coding = sample.score, sample.coding
    lines = [score.label, score.question, "", ask(sample)]
    for answer in coding.answers:
        lines.append(f"  {answer.key}  {answer.label}" + (f": {answer.when}" if answer.when else ""))
    lines += ["  cannot tell: the words do not let you decide.", "", coding.rule, sample.guidelines.strip()]
    return "\n".join(lines).strip()
