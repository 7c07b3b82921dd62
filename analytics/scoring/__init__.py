"""From articles to a results folder: the pipeline, its batches, where they run, and how results are published."""
