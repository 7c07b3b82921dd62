"""All measures, in the order in which pages and reports show them."""
