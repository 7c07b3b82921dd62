"""Tellings of one story: copies, same-event groups, sentence alignment, quotation drift, what changed."""
