"""Makes the shipped weights anew.

    python -m analytics.training teacher GOLD OUT --mpnet FOLDER [--corpus FILE ...]
    python -m analytics.training attributions GOLD OUT [--config TOML] [--start WEIGHTS]
    python -m analytics.training reader GOLD OUT [--known OUT/known.jsonl] [--config TOML] [--start WEIGHTS]
    python -m analytics.training calibration GOLD OUT
    python -m analytics.training frames GOLD OUT
    python -m analytics.training sentences - OUT

GOLD holds the gold sets as published, each in a folder of its name: polnear, newsmtsc, dse, szeged_uncertainty,
narrative_frames. In this order: the attribution tagger; a teacher of sentiment, which is then asked about unlabelled
mentions; the reader, whose vectors all other heads share; temperatures for it, and the weights of the frames on top of
it, which go into the same folder; and the sentence encoder, which is exported as published.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

import torch

from ..evaluation.figures import read_json
from ..evaluation.polnear_gold import read_polnear
from . import export, gold, joint, teacher
from .calibration import calibrate
from .encoder import base_model
from .sentences import to_pieces

CONFIGS = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m analytics.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", choices=["attributions", "teacher", "reader", "calibration", "frames", "sentences"])
    parser.add_argument("gold", type=Path, help="the folder of the gold sets")
    parser.add_argument("out", type=Path, help="where the results go")
    parser.add_argument("--config", type=Path, help="another configuration (TOML)")
    parser.add_argument("--mpnet", type=Path, help="teacher: the folder of all-mpnet-base-v2")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="teacher: articles to ask about, too")
    parser.add_argument("--known", type=Path, help="reader: what the teacher said")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    given = parser.parse_args()
    if given.model == "sentences":
        export.export_sentences(given.out)
        return
    if given.model == "calibration":
        print(calibrate(given.gold, given.out))
        return
    name = f"{given.model}.toml"
    config = tomllib.loads((given.config or CONFIGS / name).read_text(encoding="utf-8"))
    given.out.mkdir(parents=True, exist_ok=True)
    if given.model == "teacher":
        if not given.mpnet:
            parser.error("the teacher needs --mpnet")
        _teach(given.gold, given.out, given.mpnet, given.corpus, config)
    elif given.model == "frames":
        from .frames import fit

        fit(given.gold / "narrative_frames", given.out, **config)
    else:
        _train(given.model, given.gold, given.out, given.known, given.start, config)


def _teach(folder: Path, out: Path, mpnet: Path, corpora: list[Path], config: dict[str, Any]) -> None:
    from .pool import mentions_to_ask

    items = [
        teacher.Marked(sentence.text, start, end, max(range(3), key=p.__getitem__))
        for sentence in gold.newsmtsc(folder, {})
        for start, end, p in sentence.mentions
    ]
    model = teacher.train(items, mpnet, config=config)
    torch.save(model.state_dict(), out / "teacher.pt")
    asked = [*items, *mentions_to_ask(folder, corpora, most=config["most"], seed=config["seed"])]
    logits = teacher.predict(model, teacher.load_tokenizer(mpnet), asked)
    p = (logits / config["temperature"]).softmax(-1).tolist()
    with (out / "known.jsonl").open("w", encoding="utf-8") as file:
        for item, each in zip(asked, p, strict=True):
            file.write(json.dumps({"sentence": item.sentence, "from": item.start, "to": item.end, "p": each}) + "\n")


def _train(model: str, folder: Path, out: Path, known: Path | None, start: Path | None, config: dict[str, Any]) -> None:
    from ..annotation.windows import load_tokenizer

    verdicts: dict[str, dict[tuple[int, int], tuple[float, ...]]] = {}
    for record in read_json(known) if known else []:
        place = (record["from"], record["to"])
        verdicts.setdefault(record["sentence"], {})[place] = tuple(record["p"])
    tokenizer = load_tokenizer(base_model() / "tokenizer.json")
    sets = {} if model == "attributions" else gold.sentence_sets(folder, verdicts)
    pieces = {name: to_pieces(tokenizer, sentences) for name, sentences in sets.items()}
    texts = read_polnear(folder / "polnear" / "train") if "polnear" in config["shares"] else []
    trained = joint.train(texts, pieces, tokenizer, config=config, out=out / "epochs", start=start)
    export_it = {"attributions": export.export_attributions, "reader": export.export_reader}[model]
    export_it(trained, out)


if __name__ == "__main__":
    main()
