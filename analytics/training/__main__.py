"""Makes the shipped weights anew.

    python -m analytics.training sentiment_teacher GOLD OUT --mpnet FOLDER [--corpus FILE ...]
    python -m analytics.training relation_teacher GOLD OUT --mpnet FOLDER [--corpus FILE ...]
    python -m analytics.training attributions GOLD OUT [--config TOML] [--start WEIGHTS]
    python -m analytics.training shipped - OUT
    python -m analytics.training reader GOLD OUT [--known FILE ...] [--config TOML] [--start WEIGHTS]
    python -m analytics.training blend - OUT --start WEIGHTS --other WEIGHTS --share SHARE
    python -m analytics.training calibration GOLD OUT
    python -m analytics.training frames GOLD OUT
    python -m analytics.training portrayals GOLD OUT
    python -m analytics.training sentences - OUT
    python -m analytics.training precision GOLD OUT --start WEIGHTS

GOLD holds the gold sets as published, each in a folder of its name: polnear, newsmtsc, dse, szeged_uncertainty,
narrative_frames. In this order: the attribution tagger; the teachers of sentiment, which are then asked about
unlabelled mentions and leave what they said in a file (a run that is cut off goes on where it was); the weights of
the reader as it ships, read back into OUT; the reader, which learns from the gold sets, from made-up sentences and
from these files, run by run, and whose vectors all other heads share; temperatures for it, and the weights of the
frames on top of it, which go into the same folder; the weights of heroes, villains and victims, a table that goes
beside the lexicons; and the sentence encoder, which is exported as published. `precision` shows what the reader loses
in int8; `blend` averages two runs.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from ..annotation.reader import FOLDER
from ..evaluation.polnear_gold import read_polnear
from . import export, gold, multi_task, pool, precision, teacher
from .calibration import calibrate
from .encoder import LAYERS, base_model
from .model import Model
from .sentences import Sentence, exchanged, to_pieces
from .shipped import read_back
from .templates import templates

CONFIGS = Path(__file__).parent
ASKED_AT_ONCE = 2000  # what a teacher says is written down after so many questions
TEACHERS = ("sentiment_teacher", "relation_teacher")
MODELS = (
    "attributions",
    *TEACHERS,
    "shipped",
    "reader",
    "blend",
    "calibration",
    "frames",
    "portrayals",
    "sentences",
    "precision",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m analytics.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("gold", type=Path, help="the folder of the gold sets")
    parser.add_argument("out", type=Path, help="where the results go")
    parser.add_argument("--config", type=Path, help="another configuration (TOML)")
    parser.add_argument("--mpnet", type=Path, help="teachers: the folder of all-mpnet-base-v2")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="teachers: articles to ask about, too")
    parser.add_argument("--known", type=Path, action="append", default=[], help="reader: what a teacher said")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    parser.add_argument("--other", type=Path, help="blend: the other run's weights")
    parser.add_argument("--share", type=float, help="blend: how much of --start")
    given = parser.parse_args()
    if given.model == "sentences":
        export.export_sentences(given.out)
        return
    if given.model == "shipped":
        torch.save(read_back(FOLDER).state_dict(), given.out)
        return
    if given.model == "blend":
        _blend(given.start, given.other, given.share, given.out)
        return
    if given.model == "calibration":
        print(calibrate(given.gold, given.out))
        return
    if given.model == "precision":
        model = Model(layers=LAYERS, dropout=0.0)
        model.load_state_dict(torch.load(given.start))
        print(precision.compare(model, given.gold, given.out).to_string(index=False))
        return
    given.out.mkdir(parents=True, exist_ok=True)
    if given.model in ("frames", "portrayals"):
        if given.config:
            parser.error(f"{given.model} has no configuration")
        from . import frames, portrayals

        (frames if given.model == "frames" else portrayals).fit(given.gold / "narrative_frames", given.out)
        return
    config = tomllib.loads((given.config or CONFIGS / f"{given.model}.toml").read_text(encoding="utf-8"))
    if given.model in TEACHERS:
        if not given.mpnet:
            parser.error("a teacher needs --mpnet")
        _teach(given.model, given.gold, given.out, given.mpnet, given.corpus, config)
    else:
        _train(given.model, given.gold, given.out, given.known, given.start, config)


def _teach(name: str, folder: Path, out: Path, mpnet: Path, corpora: list[Path], config: dict[str, Any]) -> None:
    """Train a teacher and write what it says of unlabelled sentences; what an earlier run has done is kept."""
    ask = {"most": config["most"], "seed": config["ask_seed"]}
    if name == "sentiment_teacher":
        sentences = gold.newsmtsc(folder, {})
        items = [teacher.Marked(s.text, ((a, b),), _likeliest(p)) for s in sentences for a, b, p in s.mentions]
        made_up = templates(most=config["templates"], seed=config["seed"])
        items += [teacher.Marked(s.text, ((a, b),), _likeliest(p)) for s in made_up for a, b, p in s.mentions]
        asked = pool.mentions_to_ask(folder, corpora, **ask)
    else:
        pairs = [(s.text, *pair) for s in gold.dse(folder, {}) for pair in s.pairs]
        draw = random.Random(config["seed"])
        pairs = [(text, a, b, p) if draw.random() < 0.5 else (text, b, a, exchanged(p)) for text, a, b, p in pairs]
        items = [teacher.Marked(text, (a, b), _likeliest(p)) for text, a, b, p in pairs]
        asked = pool.pairs_to_ask(folder, corpora, **ask)
    weights, said = out / f"{name}.pt", out / f"{name}.jsonl"
    if weights.exists():
        model = teacher.load(mpnet, weights, mentions=len(items[0].places), classes=config["classes"])
    else:
        model = teacher.train(items, mpnet, classes=config["classes"], config=config)
        torch.save(model.state_dict(), weights)
    torch.set_num_threads(config["threads"])
    done = len(said.read_text(encoding="utf-8").splitlines()) if said.exists() else 0
    tokenizer = teacher.load_tokenizer(mpnet)
    for part in _parts(islice(asked, done, None)):
        p = teacher.predict(model, tokenizer, part, names_masked=config["names_masked"]).softmax(-1).tolist()
        with said.open("a", encoding="utf-8") as file:
            for item, each in zip(part, p, strict=True):
                file.write(json.dumps({"sentence": item.sentence, "places": item.places, "p": each}) + "\n")


def _parts(asked: Iterator[teacher.Marked]) -> Iterator[list[teacher.Marked]]:
    while part := list(islice(asked, ASKED_AT_ONCE)):
        yield part


def _blend(start: Path, other: Path, share: float, out: Path) -> None:
    """Export the weighted mean of two runs' weights, of which one went on from the other (Wortsman et al. 2022)."""
    first, second = torch.load(start), torch.load(other)
    model = Model(layers=LAYERS, dropout=0.0)
    model.load_state_dict({name: share * value + (1 - share) * second[name] for name, value in first.items()})
    export.export_reader(model, out)
    torch.save(model.state_dict(), out.with_suffix(".pt"))


def _likeliest(p: tuple[float, ...]) -> int:
    return max(range(len(p)), key=p.__getitem__)


def _train(model: str, folder: Path, out: Path, known: list[Path], start: Path | None, config: dict[str, Any]) -> None:
    from ..annotation.windows import load_tokenizer

    tokenizer = load_tokenizer(base_model() / "tokenizer.json")
    sets: dict[str, list[Sentence]] = {}
    if model == "reader":
        sets = gold.sentence_sets(folder, gold.read_known(known), templates=config["templates"], seed=config["seed"])
    pieces = {name: to_pieces(tokenizer, sentences) for name, sentences in sets.items()}
    texts = read_polnear(folder / "polnear" / "train") if "polnear" in config["shares"] else []
    trained = multi_task.train(texts, pieces, tokenizer, config=config, out=out / "epochs", start=start)
    export_it = {"attributions": export.export_attributions, "reader": export.export_reader}[model]
    export_it(trained, out)


if __name__ == "__main__":
    main()
