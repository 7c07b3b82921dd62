"""Tables and text files in, articles and rejected records out: nothing is dropped silently."""

from .articles import read_articles
from .inspection import SourceReport, count_records, inspect_inputs
from .records import RejectedRecord

__all__ = ["RejectedRecord", "SourceReport", "count_records", "inspect_inputs", "read_articles"]
