"""``python -m analytics``: the same as the ``tellings`` command."""

from .cli import main

if __name__ == "__main__":  # worker processes import this module again
    main()
