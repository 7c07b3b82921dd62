"""Trains a model and exports it: `python -m analytics.training attribution POLNEAR OUT`."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from . import attribution, export


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m analytics.training", description=__doc__)
    parser.add_argument("model", choices=["attribution"])
    parser.add_argument("gold", type=Path, help="the folder of the gold set, as published")
    parser.add_argument("out", type=Path, help="where the weights go")
    parser.add_argument("--config", type=Path, default=attribution.CONFIG, help="another configuration (TOML)")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    given = parser.parse_args()
    config = tomllib.loads(given.config.read_text(encoding="utf-8"))
    model = attribution.train(given.gold, given.out / "epochs", config=config, start=given.start)
    export.export(model, given.out)


if __name__ == "__main__":
    main()
