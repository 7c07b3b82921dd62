"""Lexicons, thresholds, aliases and model weights: data, each with its source."""
