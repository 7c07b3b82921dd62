"""Fuzzes one target with atheris, which looks for bytes that lead to new branches of this project's code.

    pip install atheris
    python tests/fuzz/with_atheris.py normalise FOLDER -max_total_time=600

FOLDER gets the inputs to begin with and what is found; options are those of libFuzzer. Only this project's modules are
instrumented: with the libraries, too, it takes minutes until the first try.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))
with atheris.instrument_imports(include=["analytics"]):
    from fuzz.targets import TARGETS

GOLDEN = TESTS / "ingest" / "golden"
TEXT = "The council may rebuild the dam, Ada Brandt said. “We will not wait,” said Bo Lind on 6 January 2031.\n"
LARGEST_SEED = 1 << 13  # bytes; among larger ones are many that are meant to take long


def main(name: str, folder: Path, options: list[str]) -> None:
    """Fuzz until the options' end or the first failure, whose bytes are kept in the folder."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number:04}").write_bytes(data)
    bounds = ["-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={corpus}-"]
    atheris.Setup([sys.argv[0], *bounds, *options, str(corpus)], TARGETS[name])
    atheris.Fuzz()


def seeds(name: str) -> Iterator[bytes]:
    """What to begin with: an invented text, made exports, and for files the odd ones that reading is tried with."""
    yield TEXT.encode()
    yield from (export.read_bytes()[:LARGEST_SEED] for export in sorted(GOLDEN.glob("*.txt")))
    if name == "files":
        from analytics.evaluation.robustness import MAKERS
        from analytics.evaluation.robustness.inputs import odd_inputs

        with tempfile.TemporaryDirectory() as home:
            for number, odd in enumerate(odd_inputs(MAKERS)):
                path = Path(home, f"{number}.bin")
                odd.write(path)
                if path.is_file() and not path.is_symlink() and path.stat().st_size < LARGEST_SEED:
                    yield b"\0" + path.read_bytes()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
