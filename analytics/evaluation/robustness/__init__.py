"""Tries to break the toolkit, kind of fault by kind of fault: a table of what was tried and what failed."""
