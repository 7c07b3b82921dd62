"""Workbooks: each sheet with a header is a table. A module for each format reads its rows."""
