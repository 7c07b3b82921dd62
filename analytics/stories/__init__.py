"""Tellings of one story: copies, same-event groups, sentence alignment, quotation matching, what changed."""
