"""How the shipped weights were made. Needs the extra `train`; nothing else in the package imports this."""
