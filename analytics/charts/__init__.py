"""Tables in, Plotly figures out: pure functions that know nothing of the page they stand on.

What every chart holds to: n and interval with every value; "too few articles" in words and
never as a mark; a null is never zero; colours are never the only difference.
"""

from ..vocabulary import VOICE_LABELS
from .corrections import correction_chart
from .differences import difference_chart
from .heatmaps import heatmap
from .marks import with_change_points, with_events
from .rates import rates_chart
from .shares import share_chart
from .specifications import specification_chart
from .theme import COLOURS, SYMBOLS, VOICE_COLOURS, VOICE_PATTERNS
from .timeline import timeline_chart
from .trends import trend_chart
from .words import words_chart

__all__ = [
    "COLOURS",
    "SYMBOLS",
    "VOICE_COLOURS",
    "VOICE_LABELS",
    "VOICE_PATTERNS",
    "correction_chart",
    "difference_chart",
    "heatmap",
    "rates_chart",
    "share_chart",
    "specification_chart",
    "timeline_chart",
    "trend_chart",
    "with_change_points",
    "with_events",
    "words_chart",
]
