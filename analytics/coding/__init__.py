"""People's codes beside the machine's: how far coders agree, where the machine errs, and what is left of a finding.

`codes` is the format of a coded sample, `designs` how a sample is drawn, `agreement` and `machine_errors` what it
shows of coders and of the machine, `estimates` the numbers corrected by it. `items` are what can be coded in a results
folder, `samples` what was drawn, `desk` where a coder sits, `findings` what comes of it.
"""

from .agreement import Agreement, agreement, krippendorff_alpha
from .blind import Shown, shown
from .code_log import CodeLog, read_log
from .codes import ADJUDICATED, COLUMNS, Codes, by_item, codes_frame, orphans
from .designs import active, combined, draw, expected_errors, simple, stratified
from .desk import Desk, Place, disagreements, settle
from .estimates import corrected_contrasts, corrected_rates, corrected_slopes, corrected_trends, more_codings
from .exchange import FORMATS, Imported, ask, export_codes, import_codes, labelling_config
from .findings import Findings, findings, in_interval, side_by_side
from .guidelines import guidelines
from .items import codable, coding_of, items, voice_of
from .machine_errors import confusion, error_by_class, error_by_outlet, errs_differently
from .sample_codes import Coded, agreement_by_class, agreement_of, coded, progress
from .samples import (
    DESIGNS,
    About,
    Design,
    Sample,
    draw_more,
    draw_sample,
    open_sample,
    probabilities,
    samples,
    too_few_for_outlets,
)

__all__ = [
    "ADJUDICATED",
    "COLUMNS",
    "DESIGNS",
    "FORMATS",
    "About",
    "Agreement",
    "CodeLog",
    "Coded",
    "Codes",
    "Design",
    "Desk",
    "Findings",
    "Imported",
    "Place",
    "Sample",
    "Shown",
    "active",
    "agreement",
    "agreement_by_class",
    "agreement_of",
    "ask",
    "by_item",
    "codable",
    "coded",
    "codes_frame",
    "coding_of",
    "combined",
    "confusion",
    "corrected_contrasts",
    "corrected_rates",
    "corrected_slopes",
    "corrected_trends",
    "disagreements",
    "draw",
    "draw_more",
    "draw_sample",
    "error_by_class",
    "error_by_outlet",
    "errs_differently",
    "expected_errors",
    "export_codes",
    "findings",
    "guidelines",
    "import_codes",
    "in_interval",
    "items",
    "krippendorff_alpha",
    "labelling_config",
    "more_codings",
    "open_sample",
    "orphans",
    "probabilities",
    "progress",
    "read_log",
    "samples",
    "settle",
    "shown",
    "side_by_side",
    "simple",
    "stratified",
    "too_few_for_outlets",
    "voice_of",
]
