"""All that knows the folder on disk: its tables and their codebook, reading, corrections, export, merged actors."""
