"""``python -m analytics.documentation``, with ``DATASET=PATH …`` for gold sets to be measured on."""

import sys
from pathlib import Path

from . import write

if __name__ == "__main__":
    write({name: Path(path) for name, _, path in (argument.partition("=") for argument in sys.argv[1:])})
