"""People's codes beside the machine's: how far coders agree, where the machine errs, and what is left of a finding.

`codes` is the format of a coded sample, `designs` how a sample is drawn, `agreement` and `machine_errors` what it
shows of coders and of the machine, `estimates` the numbers corrected by it.
"""

from .agreement import Agreement, agreement, krippendorff_alpha
from .codes import ADJUDICATED, COLUMNS, Codes, by_item, codes_frame, orphans
from .designs import active, combined, draw, expected_errors, simple, stratified
from .estimates import corrected_contrasts, corrected_rates, corrected_slopes, corrected_trends, more_codings
from .machine_errors import confusion, error_by_class, error_by_outlet, errs_differently

__all__ = [
    "ADJUDICATED",
    "COLUMNS",
    "Agreement",
    "Codes",
    "active",
    "agreement",
    "by_item",
    "codes_frame",
    "combined",
    "confusion",
    "corrected_contrasts",
    "corrected_rates",
    "corrected_slopes",
    "corrected_trends",
    "draw",
    "error_by_class",
    "error_by_outlet",
    "errs_differently",
    "expected_errors",
    "krippendorff_alpha",
    "more_codings",
    "orphans",
    "simple",
    "stratified",
]
