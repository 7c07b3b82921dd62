"""Archives and compressed files: what is in them is unpacked one file at a time, within bounds, and read as it is."""
