"""Documents of prose: one article a file, or an archive's export of many. A module for each format reads its lines."""
